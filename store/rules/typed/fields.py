"""The fields of an application as people type them: in the form, as options, as text in an editor.

One table for all three, so that a field which is added to it can be typed everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from store.rules.dates import echo_day
from store.rules.fields import APPLICATION, LABELS
from store.rules.people import RELATIONS, check_relation
from store.rules.text import Refused, clean, clean_tags, quoted, shell_word

_ON, _OFF = ("yes", "y", "true"), ("no", "n", "false", "")


class FieldKind(Enum):
    """What a line of the form holds."""

    TEXT = auto()
    APPLIED = auto()
    DAY = auto()
    PAST = auto()
    PRESET = auto()
    WINDOW = auto()
    TAGS = auto()
    RELATION = auto()
    SWITCH = auto()


class Meaning(NamedTuple):
    """What the text of a field means, and the words that say it back."""

    value: object
    echo: str = ""


class FormLine(NamedTuple):
    """One line: the name of its value, an example, what it holds.

    `option` is what the shell calls it, where not as here; it needs neither dashes nor a list.
    """

    name: str
    example: str = ""
    kind: FieldKind = FieldKind.TEXT
    option: str = ""

    @property
    def label(self) -> str:
        """The words beside it."""
        return LABELS[self.name]

    @property
    def called(self) -> str:
        """The name of its option, without dashes: "salary", "why-role"."""
        return self.option or shell_word(self.name)


LEFT = (
    FormLine("company", "required"),
    FormLine("role", "required"),
    FormLine("applied_on", "e.g. today, mon, 3 dec", FieldKind.APPLIED, "applied"),
    FormLine("url", "https://…"),
    FormLine("location"),
    FormLine("source", "where you found it"),
    FormLine("salary"),
)
RIGHT = (
    FormLine("tags", "e.g. remote python", FieldKind.TAGS, "tag"),
    FormLine("contact_name", "who to write to", option="contact"),
    FormLine("contact_email", option="email"),
    FormLine("closing_on", "last day to apply", FieldKind.DAY, "closes"),
    FormLine("expected_by", "e.g. 3 dec, end of month", FieldKind.WINDOW, "decides-by"),
)
LINES = LEFT + RIGHT
MORE_LEFT = (
    FormLine("posted_on", "date it was posted", FieldKind.PAST, "posted"),
    FormLine("channel", "e.g. email, their site, a portal"),
    FormLine("cv_version", "which one", option="cv"),
    FormLine("letter_version", "which one", option="letter"),
)
MORE_RIGHT = (
    FormLine(
        "contact_relation", "e.g. recruiter, manager, referrer", FieldKind.RELATION, "relation"
    ),
    FormLine("via_recruiter", "if there is one", option="recruiter"),
    FormLine("preset", "as in the settings", FieldKind.PRESET),
    FormLine("next_step", "what they said the next step is"),
)
AREAS = (FormLine("why_role"), FormLine("why_company"), FormLine("posting_text"))
"""Texts of many lines."""
MORE = MORE_LEFT + MORE_RIGHT + AREAS
"""The fields behind the fold: a newcomer does not need them."""
ALL = LINES + MORE
NO_CONTACT = FormLine("no_contact", "they asked not to be contacted", FieldKind.SWITCH)
"""The only field that is on or off."""


@dataclass(frozen=True, slots=True)
class FormReader:
    """Reads the lines as of `today`.

    Adding an application, with nothing `stored`, no day means today. A line that was not touched
    keeps what is stored, even if it could not be typed any more, as a date that has passed.
    """

    today: date
    stored: Mapping[str, object]

    def read(self, line: FormLine, text: str) -> Meaning:
        """Read `text` as what `line` holds.

        Raises Refused, with what to do instead, when it cannot be read so.
        """
        kept = self.stored.get(line.name)
        if kept is not None and text == text_of(kept):
            return Meaning(kept, echo_day(kept, self.today) if isinstance(kept, date) else "")
        match line.kind:
            case FieldKind.TEXT:
                return Meaning(clean(text, APPLICATION[line.name]))
            case FieldKind.SWITCH:
                return Meaning(read_switch(text))
            case FieldKind.TAGS:
                return Meaning(clean_tags(split_tags(text)))
            case FieldKind.RELATION:
                return _read_name(text, RELATIONS, check_relation)
            case FieldKind.PRESET:
                from store.rules.followups.presets import check_preset, presets

                return _read_name(text, presets(), check_preset)
            case _:
                return self._read_day(line.kind, text)

    def _read_day(self, kind: FieldKind, text: str) -> Meaning:
        from store.rules.typed.days import parse_day, parse_window  # few commands name a day

        if not text.strip():
            if kind is not FieldKind.APPLIED or self.stored:
                return Meaning(None)
            text = "today"
        if kind is FieldKind.WINDOW:
            day = parse_window(text, self.today)
        else:
            day = parse_day(text, self.today, past=kind in (FieldKind.APPLIED, FieldKind.PAST))
        return Meaning(day, echo_day(day, self.today))


def _read_name(text: str, known: Mapping[str, str], check: Callable[[str], object]) -> Meaning:
    """Read a name or a title of `known`, or its beginning; an empty text names none.

    Raises what `check` does for a name that is not known.
    """
    wanted = text.strip().lower()
    if not wanted:
        return Meaning("")
    words = ((name, (name, title.lower())) for name, title in known.items())
    meant = [name for name, both in words if any(word.startswith(wanted) for word in both)]
    name = meant[0] if len(meant) == 1 else wanted
    check(name)
    return Meaning(name, known[name])


def read_switch(text: str) -> bool:
    """A field that is on or off; Refused for what is neither yes nor no."""
    word = text.strip().casefold()
    if word not in (*_ON, *_OFF):
        raise Refused(f"{quoted(text)} is not a valid answer. Answer yes or no.")
    return word in _ON


def split_tags(text: str) -> tuple[str, ...]:
    """Split a line into tags: at commas if there are any, else at spaces."""
    parts = text.split(",") if "," in text else text.split()
    return tuple(part.strip() for part in parts if part.strip())


def text_of(value: object) -> str:
    """Turn a stored value into a text that is read as the same value again."""
    if isinstance(value, bool):
        return _ON[0] if value else _OFF[0]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        alone = len(value) == 1 and " " in str(value[0])
        return ", ".join(map(str, value)) + ("," if alone else "")
    return "" if value is None else str(value)
