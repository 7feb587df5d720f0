"""The table of settings: what can be chosen, what each one does, and what it is by default.

All that lists settings comes from here: `rounds config`, its completion, the page on the screen,
and the guesses at names that there are not. What only a screen knows is in `tui.config.table`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from store.config.kinds import KINDS, ValueKind, number_kind
from store.rules.followups.presets import STANDARD, keys_of, numbers_of

FOLLOW_UPS, CALENDAR, NOTIFY, ME, REVIEW = "follow_ups", "calendar", "notify", "me", "review"
SECTIONS = (FOLLOW_UPS, ME, REVIEW, CALENDAR, NOTIFY, "screen", "cards", "keys", "commands")
"""Every section of the file; the last four are for the screen."""


_ANY = "any"
"""The section whose words hold for a number of which its own section says nothing."""


@dataclass(frozen=True, slots=True)
class ConfigSetting:
    """One thing that the user can choose.

    Attributes:
        section: the tables that it stands in, from the top.
        key: its name there.
        default: the value that it has otherwise, as the file would say it.
        what: what it does, in a few words.
        common: whether it stands on the page of the settings.
        also: other keys that say the same, in another unit or by an older name.
        of_preset: the section and the field of the rules, where the default is that of a preset.
    """

    section: tuple[str, ...]
    key: str
    kind: ValueKind
    default: Any
    what: str
    common: bool = False
    also: tuple[str, ...] = ()
    of_preset: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """As it is typed: “follow_ups.preset”."""
        return ".".join((*self.section, self.key))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key by which it can be given."""
        return (self.key, *self.also)

    def kind_of(self, key: str) -> ValueKind:
        """The kind of the value that stands under one of its keys."""
        if self.of_preset is None or key == self.key:
            return self.kind
        return number_kind(self.of_preset[0], key, self.default)

    def path(self, key: str = "") -> tuple[str, ...]:
        """The way to it in the file, by one of its keys."""
        return (*self.section, key or self.key)


@cache
def settings() -> tuple[ConfigSetting, ...]:
    """The settings that belong to no screen, in the order in which they are shown."""
    said = read_file(Path(__file__).with_name("settings.toml"))
    numbers = said.pop("numbers")
    own = tuple(read_entries(said, KINDS))
    rules = of_section(own, FOLLOW_UPS)
    return (*rules, *_numbers(numbers), *own[len(rules) :])


def read_file(file: Path) -> dict[str, Any]:
    """The tables of a file of ours."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def read_entries(
    said: Mapping[str, Any], kinds: Mapping[str, ValueKind]
) -> Iterator[ConfigSetting]:
    """The settings that a file of ours tells of."""
    for name, entry in said.items():
        section, _, key = name.partition(".")
        yield ConfigSetting(
            (section,),
            key,
            kinds[entry["kind"]],
            entry["default"],
            entry["what"],
            common=entry.get("common", False),
        )


def _numbers(said: Mapping[str, Mapping[str, str]]) -> Iterator[ConfigSetting]:
    for section, fields in numbers_of(STANDARD).items():
        for field, (key, value) in fields.items():
            yield ConfigSetting(
                (FOLLOW_UPS, section),
                key,
                number_kind(section, key, value),
                value,
                said.get(section, {}).get(field) or said[_ANY][field],
                also=tuple(other for other in keys_of(section, field) if other != key),
                of_preset=(section, field),
            )


def of_section(known: Iterable[ConfigSetting], section: str) -> tuple[ConfigSetting, ...]:
    """Those of `known` that stand in a section of the file, or below it."""
    return tuple(setting for setting in known if setting.section[0] == section)
