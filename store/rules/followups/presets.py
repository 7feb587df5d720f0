"""The follow-up rules as shipped, with a preset and the user's own numbers on top.

The numbers and words are in `followups.toml`, the presets in `presets.toml`.
"""

import re
import tomllib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from store.rules.followups.numbers import Delay, Rules, Season
from store.rules.text import Refused, quoted, suggestion

STANDARD = "standard"
"""The preset that is in force when none is chosen."""

Overrides = Mapping[str, Mapping[str, object]]
"""The user's own numbers: section, key and number as in `followups.toml`."""

_Value = int | bool | Delay | tuple[Season, ...]
_Numbers = dict[str, dict[str, _Value]]
"""Section, field, value."""

_NO_OVERRIDES: Overrides = MappingProxyType({})
_WORDS = ("labels", "recruiter_labels", "person_labels", "reasons", "waiting")
_SEASON = re.compile(r"(\d\d)-(\d\d) to (\d\d)-(\d\d)")
_LEAP_YEAR = 2_000
_SAYABLE = 10**20
"""Whole numbers beyond it are not repeated: Python refuses to write out very long ones."""
_LISTED_IN_A_SENTENCE = 30
"""How many names are told at most when none is near."""


class WrongRule(Refused):
    """A number that no rule can work with; `section` and `key` say which one."""

    def __init__(self, sentence: str, section: str, key: str = "") -> None:
        super().__init__(sentence)
        self.section = section
        self.key = key


def presets() -> Mapping[str, str]:
    """What each preset is called, by its name, in the order to choose from."""
    return {name: preset.title for name, preset in _presets().items()}


@cache
def shipped_edition() -> str:
    """Changes with every number and word that is shipped."""
    from hashlib import sha256

    shipped = sha256()
    for name in ("followups.toml", "actions.toml", "presets.toml"):
        shipped.update((Path(__file__).parent / name).read_bytes())
    return shipped.hexdigest()[:16]


def check_preset(name: str) -> None:
    """Refused, with the names there are, unless there is a preset `name`."""
    if name not in _presets():
        like = suggestion(name, _presets())
        raise Refused(
            f"There is no preset {quoted(name)}.{like} The presets are {', '.join(_presets())}."
        )


def rules_for(
    preset: str = STANDARD,
    overrides: Overrides = _NO_OVERRIDES,
    holidays: Container[date] = frozenset(),
    *,
    slow_season: bool = False,
    card_preset: str = "",
) -> Rules:
    """The rules of `preset` with the user's own numbers, business days without `holidays`.

    A card's own preset is nearer than the user's numbers: it wins in what presets speak of, and
    leaves the other numbers as they are. Raises Refused for an unknown preset, WrongRule for a
    section, key or number that is not possible.
    """
    check_preset(preset)
    layers = [_presets()[preset].numbers, read_numbers(overrides)]
    if card_preset and card_preset != preset:
        check_preset(card_preset)
        layers.append(_presets()[card_preset].numbers)
    shipped, words = _read_shipped()
    numbers = _merge(shipped, *layers)
    made: dict[str, Any] = {name: kind(**numbers[name]) for name, kind in sections().items()}
    return Rules(**made | dict(words), holidays=holidays, slow_season=slow_season)


def read_numbers(tables: Mapping[str, object]) -> _Numbers:
    """The numbers in `tables` by section and field; WrongRule when one is not possible."""
    numbers: _Numbers = {}
    for section, table in tables.items():
        if section not in sections():
            raise WrongRule(
                f"There is no section {quoted(section)}.{known_names(section, sections())}", section
            )
        if not isinstance(table, Mapping):
            raise WrongRule(f"{quoted(section)} must be a section with numbers in it.", section)
        numbers[section] = _read_section(section, table)
    return numbers


class _Preset(NamedTuple):
    """One choice: its title, and its value for every field that any preset speaks of."""

    title: str
    numbers: _Numbers


@cache
def _presets() -> Mapping[str, _Preset]:
    tables = _load("presets.toml")
    titles = {name: table.pop("title") for name, table in tables.items()}
    read = {name: read_numbers(table) for name, table in tables.items()}
    shipped, _ = _read_shipped()
    spoken_of = _merge(*read.values())
    common: _Numbers = {
        section: {field: shipped[section][field] for field in values}
        for section, values in spoken_of.items()
    }
    return {name: _Preset(titles[name], _merge(common, read[name])) for name in tables}


@cache
def _read_shipped() -> tuple[_Numbers, Mapping[str, Mapping[str, str]]]:
    tables = _load("followups.toml")
    words = {name: tables.pop(name) for name in _WORDS}
    return read_numbers(tables), words


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _merge(*layers: _Numbers) -> _Numbers:
    """The layers on top of each other, the last one on top."""
    merged: _Numbers = {}
    for layer in layers:
        for section, values in layer.items():
            merged[section] = merged.get(section, {}) | values
    return merged


@cache
def sections() -> Mapping[str, Callable[..., Any]]:
    """The classes of the sections with numbers, by name."""
    return {
        field.name: field.type
        for field in fields(Rules)
        if isinstance(field.type, type) and field.type.__module__ == Rules.__module__
    }


@cache
def _keys(section: str) -> Mapping[str, str]:
    """The keys of a section, each with the field that it is for."""
    keys: dict[str, str] = {}
    for field in fields(sections()[section]):  # type: ignore[arg-type]
        if field.type is Delay:
            keys |= {f"{field.name}_days": field.name, f"{field.name}_business_days": field.name}
        else:
            keys[field.name] = field.name
    return keys


def keys_of(section: str, field: str) -> tuple[str, ...]:
    """The keys by which `field` of `section` can be given, those of older files too."""
    keys = [key for key, of in _keys(section).items() if of == field]
    return (*keys, *(also for also, key in _ALSO.items() if key in keys))


def numbers_of(preset: str) -> Mapping[str, Mapping[str, tuple[str, object]]]:
    """The numbers of `preset` without any of the user's: by section and field the key and the
    value as a file would say them. Refused for an unknown preset."""
    check_preset(preset)
    numbers = _merge(_read_shipped()[0], _presets()[preset].numbers)
    return {
        section: {field: _as_written(field, value) for field, value in values.items()}
        for section, values in numbers.items()
    }


def _as_written(field: str, value: _Value) -> tuple[str, object]:
    if isinstance(value, Delay):
        return f"{field}_business_days" if value.business else f"{field}_days", value.days
    if isinstance(value, tuple):
        spans = ["{:02}-{:02} to {:02}-{:02}".format(*span.first, *span.last) for span in value]
        return field, spans
    return _WORDS_TODAY.get(field, field), value


_ALSO = {"quiet_days": "dormant_days", "quiet_after_nudge_days": "dormant_after_nudge_days"}
"""Other names for keys: the word that everything else says, and the one from before."""
_WORDS_TODAY = {before: today for today, before in _ALSO.items()}


def _read_section(section: str, table: Mapping[str, object]) -> dict[str, _Value]:
    keys, values = _keys(section), dict[str, _Value]()
    for key, raw in table.items():
        known = _ALSO.get(key, key)
        if known not in keys:
            raise WrongRule(
                f"There is no {quoted(key)} in {quoted(section)}.{known_names(key, keys)}",
                section,
                key,
            )
        if keys[known] in values:
            how = "under two names" if known in _ALSO.values() else "in days and in business days"
            raise WrongRule(f"{quoted(keys[known])} is given twice, {how}. Keep one.", section, key)
        try:
            values[keys[known]] = _read_value(known, raw, section)
        except ValueError as error:
            raise WrongRule(f"{quoted(key)} must be {error}.", section, key) from None
    return values


def _read_value(key: str, raw: object, section: str) -> _Value:
    """The value of one entry; ValueError, saying what it must be, when it is none."""
    if key == "seasons":
        return _read_seasons(raw)
    if key.startswith("only_"):
        if not isinstance(raw, bool):
            raise ValueError(f"true or false, not {_value_words(raw)}")
        return raw
    most = next(limit for suffix, limit in _LIMITS.items() if key.endswith(suffix))
    if type(raw) is not int or not 0 <= raw <= most:
        raise ValueError(f"a whole number from 0 to {most:,}, not {_value_words(raw)}")
    if _keys(section)[key] == key:
        return raw
    return Delay(raw, business=key.endswith("_business_days"))


_LIMITS = {"_business_days": 2_600, "_days": 3_650, "_hours": 8_760, "at_most": 10}
"""Ten years, a year, ten messages: more than that is a slip of the finger (product)."""


def _read_seasons(raw: object) -> tuple[Season, ...]:
    wanted = 'a list of spans like "12-20 to 01-02", month and day'
    if not isinstance(raw, list) or not all(isinstance(span, str) for span in raw):
        raise ValueError(wanted)
    seasons = []
    for span in raw:
        found = _SEASON.fullmatch(span.strip())
        if not found:
            raise ValueError(f"{wanted}, not {_value_words(span)}")
        first, last = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
        for month, day in (first, last):
            try:
                date(_LEAP_YEAR, month, day)
            except ValueError:
                raise ValueError(f"{wanted}; {_value_words(span)} names no such day") from None
        seasons.append(Season(first, last))
    return tuple(seasons)


def _value_words(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, str | float) or (isinstance(raw, int) and abs(raw) < _SAYABLE):
        return quoted(str(raw))
    return "that"


def known_names(name: str, known: Iterable[str]) -> str:
    """What to say of an unknown name: the known one that is nearest, else all of them, or where
    they are listed if that is too much for a sentence."""
    from difflib import get_close_matches

    known = list(known)
    if near := get_close_matches(name, known, n=1):
        return f" Did you mean {quoted(near[0])}?"
    if len(known) > _LISTED_IN_A_SENTENCE:
        return " “rounds config” lists all."
    return f" Known are {', '.join(known)}."
