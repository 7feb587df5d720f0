"""Every setting there is: those of `store.config.table`, and those that only a screen knows."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from store.config.file import ConfigFile, Mistake
from store.config.kinds import ValueKind
from store.config.reading import read_chosen, unknown_sections
from store.config.table import ConfigSetting, read_entries, read_file
from store.config.table import settings as store_settings
from store.rules.own_commands import read_own
from store.rules.text import Refused, quoted, suggestion
from tui.board.columns.fourth_line import FIELDS, OFF, read_fields
from tui.config.keys import OWN, PLACES, key_settings, keymap_of


def theme_names() -> Mapping[str, str]:
    """The themes that there are: ours first."""
    from textual.theme import BUILTIN_THEMES

    from tui.styles.themes import OURS

    ours = {theme.name: "ours" for theme in OURS}
    return ours | dict.fromkeys(sorted(BUILTIN_THEMES), "")


def _theme(value: object) -> str:
    names = theme_names()
    if not isinstance(value, str):
        raise ValueError
    if value not in names:
        like = suggestion(value, names) or f" Ours are {', '.join([*names][:2])}."
        raise Refused(f"There is no theme {quoted(value)}.{like}")
    return value


_KINDS: Mapping[str, ValueKind] = {
    "theme": ValueKind("a text in quotation marks", _theme, str.strip, theme_names),
    "fields": ValueKind(
        f"a text such as “tags, salary”, or “{OFF}”",
        read_fields,
        str.strip,
        lambda: dict.fromkeys((*FIELDS, OFF), ""),
    ),
}


@cache
def screen_settings() -> tuple[ConfigSetting, ...]:
    """The settings of the screen, without the keys."""
    said = read_file(Path(__file__).with_name("settings.toml"))
    return tuple(read_entries(said, _KINDS))


@cache
def all_settings() -> tuple[ConfigSetting, ...]:
    """Every setting but the user's own commands, in the order in which they are shown."""
    return (*screen_settings(), *store_settings(), *key_settings())


def all_mistakes(file: ConfigFile) -> tuple[Mistake, ...]:
    """What is wrong in the file, in the order of its lines."""
    found = (
        *file.mistakes,
        *unknown_sections(file),
        *read_chosen(file, (*screen_settings(), *store_settings())).mistakes,
        *keymap_of(file).mistakes,
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.line or 0))


def own_setting(key: str, said: object) -> ConfigSetting:
    """A command of the user's own as a setting."""
    title = said.get("title") if isinstance(said, Mapping) else None
    what = f"your own command: {title}" if title else "your own command"
    return ConfigSetting((OWN,), key, _OWN_KIND, None, what)


def _own(value: object) -> object:
    return read_own("f1", value, PLACES)


_OWN_KIND = ValueKind("a program with its words", _own)
