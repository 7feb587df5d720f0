"""The words of the settings' page: lines, and what stands below the list about one of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from store.config.file import Mistake
from store.config.overview import Shown
from store.config.table import SECTIONS
from store.rules.own_commands import FIELDS
from store.rules.text import capital
from tui.commands import key_name
from tui.config.keys import KEYS, OWN
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Column, Row, Tone

COLUMNS = (
    Column(14, most=24, head="Setting"),
    Column(20, most=44, more=40, head="Value", yields=True),
    Column(7, most=16, head="From"),
)
"""What is chosen, its value, where that comes from."""
TITLES: Mapping[str, str] = {
    "screen": "Look",
    "cards": "Look",
    "follow_ups": "Follow-ups",
    "me": "Your messages",
    "review": "Your week",
    "calendar": "Calendar",
    "notify": "Notices",
    OWN: "Your own commands",
    KEYS: "Keys",
}
"""The heading of each section of the file."""
WRONG = "To be fixed"
_ORDER = ("screen", "cards", *(name for name in SECTIONS if name not in ("screen", "cards")))
_LABELS: Mapping[str, str] = {
    "screen.theme": "Theme",
    "cards.fourth_line": "Cards show",
    "calendar.file": "Calendar file",
    "notify.quiet": "Quiet hours",
}
_CHOICES_AT_MOST = 12


class SettingLine(NamedTuple):
    """A line of the page: a setting as it is, or a mistake in the file."""

    ident: str
    title: str
    shown: Shown | None = None
    mistake: Mistake | None = None


def lines(shown: Iterable[Shown], mistakes: Iterable[Mistake]) -> list[SettingLine]:
    """The lines of the page: mistakes first, the common settings, own commands, all keys."""
    found = [SettingLine(f"mistake {m.line} {m.what}", WRONG, mistake=m) for m in mistakes]
    wanted = [
        one
        for one in shown
        if one.setting.common or one.setting.section[0] in (KEYS, OWN) or one.source == "file"
    ]
    places = {name: place for place, name in enumerate(_ORDER) if name not in (KEYS, OWN)}
    places |= {OWN: len(_ORDER), KEYS: len(_ORDER) + 1}
    for one in sorted(wanted, key=lambda one: places[one.setting.section[0]]):
        found.append(SettingLine(one.setting.name, TITLES[one.setting.section[0]], one))
    return found


def row(key: int, line: SettingLine) -> Row:
    """A line of the list."""
    if line.mistake is not None:
        at = f"Line {line.mistake.line}" if line.mistake.line else "The file"
        return Row(key, (Cell(at, Tone.STRONG), Cell(line.mistake.what), Cell("")), wide=True)
    one = line.shown
    assert one is not None
    tone = Tone.STRONG if one.is_chosen else Tone.TEXT
    return Row(
        key,
        (Cell(label(one), Tone.TEXT), Cell(value_words(one), tone), Cell(source(one), Tone.MUTED)),
    )


def label(one: Shown) -> str:
    """What a setting is called on the page."""
    section = one.setting.section[0]
    if section == KEYS:
        return one.setting.what.partition(":")[0]
    if section == OWN:
        return ", ".join(key_name(key) for key in one.key.split(","))
    return _LABELS.get(one.setting.name) or capital(one.key.replace("_", " "))


def value_words(one: Shown) -> str:
    """A value as people read it."""
    if one.setting.section[0] == KEYS:
        return " ".join(key_name(key.strip()) for key in str(one.value).split(","))
    return words_of(one.value)


def words_of(value: Any) -> str:
    """A value as people read it, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(words_of, value)) or "none"
    if isinstance(value, Mapping):
        said = value.get("title")
        return str(said or value.get("run", ""))
    return " / ".join(str(value).split("\n")) if value not in (None, "") else "not set"


def source(one: Shown) -> str:
    """Where a value comes from, in a word or two."""
    match one.source:
        case "file":
            return f"line {one.line}" if one.line else "config file"
        case "preset":
            return f"preset {one.preset}"
        case "board":
            return "chosen by T"
        case "signature":
            return "signature.txt"
    return "default"


def detail(line: SettingLine, path: str) -> Iterator[Paragraph]:
    """What stands below the list about a line."""
    if line.mistake is not None:
        at = f"Line {line.mistake.line}" if line.mistake.line else "The file"
        yield Paragraph(at, Tone.STRONG)
        yield Paragraph(line.mistake.what, Tone.TEXT)
        yield Paragraph(
            "It counts as not set until it is fixed. E opens the file in your editor.", Tone.MUTED
        )
        return
    one = line.shown
    assert one is not None
    yield Paragraph(one.name, Tone.STRONG)
    yield Paragraph(capital(one.setting.what), Tone.TEXT)
    if one.setting.section[0] == OWN:
        yield from _own_words(one.value)
    elif one.default not in (None, ""):
        usual = one.default if one.setting.section[0] != KEYS else key_name(str(one.default))
        yield Paragraph(words_of(usual), Tone.MUTED, lead="Default")
    if line.shown is not None and one.setting.section[0] != OWN:
        choices = [*one.setting.kind.choices()][:_CHOICES_AT_MOST]
        if choices and one.setting.key not in ("country", "theme"):
            yield Paragraph(", ".join(choices), Tone.MUTED, lead="Choices")
    if one.line:
        yield Paragraph(f"{path}, line {one.line}", Tone.MUTED, lead="Written")


def _own_words(said: Any) -> Iterator[Paragraph]:
    table = said if isinstance(said, Mapping) else {"run": said}
    for name, value in table.items():
        yield Paragraph(words_of(value), Tone.MUTED, lead=capital(name))
    yield Paragraph(", ".join(FIELDS), Tone.MUTED, lead="Fields")
