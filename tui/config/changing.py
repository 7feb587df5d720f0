"""The config file changed from the screen or the shell: one setting, a command, or all of it.

What is wrong is refused with a sentence before anything is written.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from shlex import quote
from tempfile import mkdtemp
from typing import Any, NamedTuple

from store.config.file import ConfigFile, Mistake, read_config
from store.config.overview import FILE, Shown, find_setting, show_settings
from store.config.reading import read_value
from store.config.signature import Signature, read_signature
from store.config.table import ME, SECTIONS, ConfigSetting
from store.config.writing import set_value, unset_value, write_text
from store.errors import StoreError
from store.file.location import CONFIG
from store.rules.own_commands import OPTIONS
from store.rules.text import Refused, printable, quoted, suggestion
from tui.config.keys import KEYS, OWN, keymap_of
from tui.config.table import all_mistakes, all_settings, own_setting

NOTHING = "Nothing was written."
_NOT_TAKEN = "config-not-taken.toml"
"""What is called the text that an editor left and that could not be taken."""


class Changed(NamedTuple):
    """What was written: the setting as it is now and as it was, and the keys that were lost."""

    name: str
    before: Any
    now: Shown | None
    line: int | None
    notices: tuple[str, ...] = ()


class SettingPlace(NamedTuple):
    """Where something stands in the file, by its name: a setting by one of its keys, a command of
    the user's own or an option of it."""

    path: tuple[str, ...]
    setting: ConfigSetting | None = None
    key: str = ""


def find_place(name: str) -> SettingPlace:
    """What is called `name`: “follow_ups.preset”, “preset”, “keys.note”, “commands.f9.output”.

    Raises Refused, with a guess, for a name that there is not.
    """
    known = all_settings()
    if (found := find_setting(known, name)) is not None:
        return SettingPlace(found[0].path(found[1]), *found)
    if (path := _own_path(name)) is not None:
        return SettingPlace(path)
    short = [one for one in known if name in one.keys and one.section[0] != KEYS and one.common]
    if len(short) == 1:
        return SettingPlace(short[0].path(), short[0], short[0].key)
    raise Refused(f"There is no setting {quoted(name)}.{_guess(name, known)}")


def _own_path(name: str) -> tuple[str, ...] | None:
    section, dot, key = name.partition(".")
    if section != OWN or not key or not dot:
        return None
    begin, _, option = key.rpartition(".")
    return (OWN, begin, option) if begin and option in OPTIONS else (OWN, key)


def _guess(name: str, known: Iterable[ConfigSetting]) -> str:
    names = [one.name for one in known]
    like = suggestion(name, names)
    if not like:
        by_key = {one.key: one.name for one in known}
        like = suggestion(name.rpartition(".")[2], by_key)
        for key, whole in by_key.items():
            like = like.replace(quoted(key), quoted(whole))
    return like or " “rounds config” lists them."


def change(path: Path, name: str, words: str) -> Changed:
    """Set what is called `name` to what `words` say. Raises Refused and StoreError."""
    place = find_place(name)
    file = read_config(path)
    raw: Any
    if place.setting is None:
        place, raw = _own_change(file, place, words)
        also: tuple[str, ...] = ()
    else:
        raw = place.setting.kind_of(place.key).raw(printable(words))
        try:
            read_value(place.setting, place.key, raw)
        except Refused as refused:
            raise Refused(f"{refused} {NOTHING}") from None
        also = tuple(key for key in place.setting.keys if key != place.key)
    return _write(path, file, place, raw, also)


def _write(
    path: Path, file: ConfigFile | None, place: SettingPlace, raw: Any, also: tuple[str, ...]
) -> Changed:
    before, lost = _value_at(file, place), _notices(file)
    signed = read_signature(path.with_name("drafts")) if place.path[0] == ME else Signature()
    known = {mistake.what for mistake in all_mistakes(file)} if file is not None else set()

    def check(changed: ConfigFile) -> None:
        for mistake in all_mistakes(changed):
            if mistake.what not in known:
                raise Refused(f"{mistake.what} {NOTHING}")

    written = set_value(path, place.path, raw, also=also, check=check)
    if signed.file is not None:
        # From now on the older file counts no more: the other half of it comes along.
        name, text = (
            ("signature", signed.below) if place.path[1] == "name" else ("name", signed.name)
        )
        if text:
            set_value(path, (ME, name), text)
    now = read_config(path)
    return Changed(
        ".".join(place.path),
        before,
        setting_at(now, place),
        written.line,
        tuple(notice for notice in _notices(now) if notice not in lost),
    )


def _own_change(
    file: ConfigFile | None, place: SettingPlace, words: str
) -> tuple[SettingPlace, Any]:
    """Where to write what of a command, which may stand there as a text or as a table."""
    _, key, *option = place.path
    commands = file.tables.get(OWN, {}) if file is not None else {}
    there = commands.get(key) if isinstance(commands, Mapping) else None
    said: Any = words
    if option == ["shell"]:
        said = {"true": True, "yes": True, "false": False, "no": False}.get(words.lower(), words)
    if isinstance(there, Mapping):
        return place._replace(path=(OWN, key, *(option or ["run"]))), said
    if not option:
        return place, said
    if option == ["run"]:
        return place._replace(path=(OWN, key)), said
    if there is None:
        raise Refused(
            f"There is no command on {quoted(key)} yet. {NOTHING} First give the program: “rounds "
            f"config {OWN}.{key} 'firefox {{url}}'”."
        )
    return place._replace(path=(OWN, key)), {"run": there, option[0]: said}


def unset(path: Path, name: str) -> Changed | None:
    """Remove what is called `name`, so that the default counts again; None where it does not stand
    there. Raises Refused and StoreError."""
    file = read_config(path)
    try:
        place = find_place(name)
    except Refused:
        # It may be there all the same, as a mistake that is to go.
        literal = _literal_path(name)
        if file is None or file.line_of(*literal) is None:
            raise
        place = SettingPlace(literal)
    before = _value_at(file, place)
    keys = place.setting.keys if place.setting is not None else place.path[-1:]
    removed = [key for key in keys if unset_value(path, (*place.path[:-1], key)) is not None]
    if not removed:
        return None
    return Changed(name, before, setting_at(read_config(path), place), None)


def _literal_path(name: str) -> tuple[str, ...]:
    section, _, rest = name.partition(".")
    if section in (KEYS, OWN):
        return (section, rest)
    return tuple(name.split("."))


def preview(file: ConfigFile | None, name: str, words: str) -> tuple[list[str], list[str]]:
    """What would be wrong, and which keys would be lost, if `name` were set to `words`."""
    try:
        place = find_place(name)
        raw: Any = words
        if place.setting is not None:
            raw = place.setting.kind_of(place.key).raw(printable(words))
            read_value(place.setting, place.key, raw)
        else:
            place, raw = _own_change(file, place, words)
    except Refused as refused:
        return [str(refused)], []
    before = file or ConfigFile(Path(CONFIG), "")
    after = before.with_value(place.path, raw)
    if after is None:
        return [], []
    known, lost = {one.what for one in all_mistakes(before)}, _lost_keys(before)
    return (
        [one.what for one in all_mistakes(after) if one.what not in known],
        [what for what in _lost_keys(after) if what not in lost],
    )


def _lost_keys(file: ConfigFile) -> list[str]:
    return [one.what for one in keymap_of(file).lost]


class Begun(NamedTuple):
    """What an editor is given, and what the config file held then; None where there was none."""

    text: str
    there: str | None


class Taken(NamedTuple):
    """What came of a text: what is wrong in it, and where it is kept if it was not written.

    `overtaken` tells that the file was changed by somebody else in the meantime.
    """

    mistakes: tuple[Mistake, ...] = ()
    kept: Path | None = None
    overtaken: bool = False


def begin_edit(path: Path) -> Begun:
    """The text for the editor: what was typed there and could not be taken, else the file, or one
    to begin with. Raises Refused for a file that is no text."""
    file = read_config(path)
    there = file.text if file is not None else None
    kept = read_config(path.with_name(_NOT_TAKEN))
    if kept is not None:
        return Begun(kept.text, there)
    return Begun(template() if there is None else there, there)


def take_text(path: Path, text: str, begun: Begun | None = None) -> Taken:
    """Write the whole text of the config file; `begun` is what the editor was given that left it.

    Where something is wrong in it, or the file is not as it was then, the text is kept beside the
    file instead, where the next editor finds it. Raises Refused and StoreError where it can be
    written nowhere; what was typed is in a temporary file then, which the sentence names.
    """
    if begun is None:
        return _take(path, text, None)
    if not text.strip():
        raise Refused(
            "The text is empty. Nothing was changed. For the defaults of all settings, delete the "
            "config file."
        )
    try:
        return _take(path, text, begun)
    except (Refused, StoreError) as error:
        file = _keep_elsewhere(text)
        told = (
            "What you typed could be kept nowhere."
            if file is None
            else f"What you typed is in {quoted(str(file), 200)}: “rounds config --from "
            f"{quote(str(file))}” takes it."
        )
        raise type(error)(f"{error} {told}") from None


def _take(path: Path, text: str, begun: Begun | None) -> Taken:
    kept = path.with_name(_NOT_TAKEN)
    mistakes = all_mistakes(ConfigFile(path, text))
    overtaken = False
    if begun is not None:
        now = read_config(path)
        overtaken = (now.text if now is not None else None) != begun.there
    if mistakes or overtaken:
        write_text(kept, text)
        return Taken(mistakes, kept, overtaken)
    write_text(path, text)
    with suppress(OSError):
        kept.unlink(missing_ok=True)
    return Taken()


def _keep_elsewhere(text: str) -> Path | None:
    """A new file in a folder of its own for temporary ones that nobody else can read."""
    with suppress(OSError):
        file = Path(mkdtemp(prefix="rounds-")) / CONFIG
        file.write_text(text, encoding="utf-8", newline="\n")
        return file
    return None


def _notices(file: ConfigFile | None) -> tuple[str, ...]:
    return keymap_of(file).notices if file is not None else ()


def setting_at(file: ConfigFile | None, place: SettingPlace) -> Shown | None:
    """The setting at `place` as it is now; None for a command that there is not."""
    if place.setting is not None:
        of_it = (one for one in all_settings() if one.section[0] == place.path[0])
        found = show_settings(file, of_it, {})
        return next(one for one in found if one.setting is place.setting)
    return next((own for own in shown_own(file) if own.setting.key == place.path[1]), None)


def _value_at(file: ConfigFile | None, place: SettingPlace) -> Any:
    shown = setting_at(file, place)
    return None if shown is None else shown.value


def shown_own(file: ConfigFile | None) -> list[Shown]:
    """The user's own commands as they stand in the file."""
    if file is None:
        return []
    keymap = keymap_of(file)
    table = file.tables.get(OWN, {})
    commands = table if isinstance(table, Mapping) else {}
    wrong = {mistake.keys[1] for mistake in keymap.mistakes if mistake.keys[:1] == (OWN,)}
    return [
        Shown(own_setting(key, said), key, said, None, FILE, file.line_of(OWN, key))
        for key, said in commands.items()
        if key not in wrong
    ]


def show_all(file: ConfigFile | None, others: Mapping[str, tuple[Any, str]]) -> list[Shown]:
    """Every setting as it is, with the user's own commands last."""
    return [*show_settings(file, all_settings(), others), *shown_own(file)]


def template() -> str:
    """A config file with nothing chosen, and the common settings as remarks."""
    from store.config.writing import as_line

    lines = [
        "# The settings of rounds. To choose something else, remove the # before a line.",
        "# “rounds config” lists every setting and every key.",
    ]
    section = ""
    common = [one for one in all_settings() if one.common]
    for one in sorted(common, key=lambda one: SECTIONS.index(one.section[0])):
        if one.section[0] != section:
            section = one.section[0]
            lines += ["", f"[{section}]"]
        lines.append(f"# {as_line(one.key, one.default):<34}  # {one.what}")
    lines += ["", f"[{KEYS}]", '# "move.right" = "L,ctrl+right"']
    lines += ["", f"[{OWN}]", '# f9 = "firefox --new-window {url}"', ""]
    return "\n".join(lines)
