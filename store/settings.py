"""The user's configuration file, as far as the follow-up rules go.

    [follow_ups]
    preset = "uk"
    country = "GB-SCT"
    slow_season = true

    [follow_ups.interview]
    inquiry_business_days = 6

The sections and keys below `follow_ups` are those of `store/rules/followups.toml`. The sections
`keys` and `cards` are for `tui.keymap` and `tui.board.fourth_line`, `calendar` and `notify` for
`store.export.chosen`. In `review` stands on which day the week begins, where that is not as in the
country, or Monday:

    [review]
    week_begins = "sunday"
"""

import re
import tomllib
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from store.errors import name
from store.file.location import config_path
from store.file.text import Unreadable, read_text
from store.rules.followups.numbers import Rules
from store.rules.followups.presets import (
    STANDARD,
    Overrides,
    WrongRule,
    check_preset,
    known_names,
    presets,
    read_numbers,
    rules_for,
    sections,
    shipped_edition,
)
from store.rules.text import Refused, printable, quoted
from store.rules.weeks import MONDAY, begins_in, read_weekday

_OURS = "follow_ups"
CALENDAR = "calendar"
REVIEW = "review"
_OTHERS = ("keys", "cards", CALENDAR, "notify", REVIEW)
_WEEK_BEGINS = "week_begins"
_CHOICES = ("preset", "country", "slow_season")
_LARGEST = 32_768
"""Bytes: every number there is, with a comment on each, takes a tenth of it."""

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose for the follow-up rules; the default is what is shipped."""

    preset: str = STANDARD
    country: str = ""
    slow_season: bool = False
    overrides: Overrides = field(default_factory=lambda: MappingProxyType({}))
    holidays: Container[date] = field(default_factory=frozenset, compare=False, repr=False)
    week_begins: int = MONDAY
    """The weekday on which weeks begin, 0 for Monday."""
    says_calendar: bool = field(default=False, compare=False)
    """Whether the file says something of a calendar, which `store.export.chosen` reads."""
    _made: dict[str, Rules] = field(default_factory=dict, compare=False, repr=False)

    def rules(self, card_preset: str = "") -> Rules:
        """The rules for a card, which may have a preset of its own; one that is gone is none."""
        if card_preset not in self._made:
            self._made[card_preset] = rules_for(
                self.preset,
                self.overrides,
                self.holidays,
                slow_season=self.slow_season,
                card_preset=card_preset if card_preset in presets() else "",
            )
        return self._made[card_preset]

    @property
    def fingerprint(self) -> str:
        """Differs whenever the rules may: follow-ups planned under another one are out of date."""
        from hashlib import sha256
        from json import dumps

        numbers = {section: dict(table) for section, table in self.overrides.items()}
        known = [shipped_edition(), self.preset, self.country, self.slow_season, numbers]
        if self.week_begins != MONDAY:
            known.append(self.week_begins)
        told = dumps(known, sort_keys=True)
        return sha256(told.encode()).hexdigest()[:16]


def read_settings(path: Path | None = None) -> Settings:
    """The settings in the file at `path`, by default the user's; the standard ones without a file.

    Raises Refused, naming file and line, for whatever cannot be meant: an unknown key, a wrong
    type, a number out of range, an unknown preset or country, a text that is no TOML.
    """
    file = read_config(config_path() if path is None else path)
    return Settings() if file is None else _read(file)


class UserSettings(NamedTuple):
    """The settings that apply: the user's, or the standard ones with what is wrong with theirs."""

    settings: Settings
    fingerprint: str
    """Names the rules; of a file that cannot be read one that no other settings have, so that
    everything is planned anew once it is mended."""
    trouble: str = ""


def user_settings(path: Path | None = None) -> UserSettings:
    """The settings in the file at `path`, by default the user's; never raises Refused."""
    try:
        settings = read_settings(path)
    except Refused as refused:
        standard = Settings()
        return UserSettings(standard, f"unreadable {standard.fingerprint}", str(refused))
    return UserSettings(settings, settings.fingerprint)


def replan_notice(application_ids: Sequence[int]) -> str:
    """What to say when the follow-ups of these applications changed with the rules."""
    number = len(application_ids)
    of = "one application" if number == 1 else f"{number:,} applications"
    return f"The rules have changed: the follow-ups of {of} were planned again."


class ConfigFile:
    """A configuration that was read, to refuse parts of it by line.

    Raises Refused for a text that is no TOML.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.tables = _parse(path, text)

    def refusal(self, sentence: str, *keys: str) -> Refused:
        """`sentence` about what `keys` name."""
        return _wrong(self.path, sentence, line_of(self.text, keys))


def read_config(path: Path) -> ConfigFile | None:
    """The config file at `path`, for the rules and for the keys; None when there is no file.

    Raises Refused, naming the file and, where there is one, the line: whoever reads it says the
    same of a file that could not be read.
    """
    try:
        text = read_text(path, _LARGEST)
    except Unreadable as why:
        raise Refused(why.told(f"The config file {name(path)}")) from None
    return None if text is None else ConfigFile(path, text)


def _wrong(path: Path, sentence: str, line: int | None) -> Refused:
    at = f", line {line}" if line else ""
    return Refused(f"The config file {name(path)}{at}: {sentence}")


def _read(file: ConfigFile) -> Settings:
    tables = file.tables
    for key in tables:
        if key not in (_OURS, *_OTHERS):
            raise file.refusal(
                f"There is no section {quoted(key)}.{known_names(key, (_OURS, *_OTHERS))}", key
            )
    chosen = tables.get(_OURS, {})
    if not isinstance(chosen, Mapping):
        raise file.refusal(f"{quoted(_OURS)} must be a section: [{_OURS}].", _OURS)
    known = (*_CHOICES, *sections())
    for key in chosen:
        if key not in known:
            raise file.refusal(
                f"There is no {quoted(key)} in {quoted(_OURS)}.{known_names(key, known)}",
                _OURS,
                key,
            )
    overrides = {key: table for key, table in chosen.items() if key not in _CHOICES}
    try:
        read_numbers(overrides)
    except WrongRule as error:
        keys = (error.section, error.key) if error.key else (error.section,)
        raise file.refusal(str(error), _OURS, *keys) from None
    country = _choice(file, chosen, "country", "")
    preset = _choice(file, chosen, "preset", STANDARD)
    _check(file, "preset", check_preset, preset)
    return Settings(
        preset=preset,
        country=country,
        slow_season=_choice(file, chosen, "slow_season", False),
        overrides=overrides,
        holidays=_check(file, "country", days_off, country),
        week_begins=_week_begins(file, country),
        says_calendar=CALENDAR in tables,
    )


def read_week_begins(path: Path | None = None) -> int:
    """The weekday on which weeks begin by the file at `path`, by default the user's; 0 is Monday.

    As `read_settings` has it, without what else takes its time there. Raises Refused, naming file
    and line, for what names no day.
    """
    file = read_config(config_path() if path is None else path)
    if file is None:
        return MONDAY
    chosen = file.tables.get(_OURS)
    country = chosen.get("country") if isinstance(chosen, Mapping) else None
    return _week_begins(file, country if isinstance(country, str) else "")


def _week_begins(file: ConfigFile, country: str) -> int:
    """What `[review]` says, else what is usual in the country."""
    table = file.tables.get(REVIEW, {})
    if not isinstance(table, Mapping):
        raise file.refusal(f"{quoted(REVIEW)} must be a section: [{REVIEW}].", REVIEW)
    for key in table:
        if key != _WEEK_BEGINS:
            more = known_names(key, (_WEEK_BEGINS,))
            raise file.refusal(f"There is no {quoted(key)} in {quoted(REVIEW)}.{more}", REVIEW, key)
    said = table.get(_WEEK_BEGINS)
    if said is None:
        return begins_in(country)
    if not isinstance(said, str):
        raise file.refusal(
            f"{quoted(_WEEK_BEGINS)} must be a day in quotation marks, such as “sunday”.",
            REVIEW,
            _WEEK_BEGINS,
        )
    try:
        return read_weekday(said)
    except Refused as refused:
        raise file.refusal(str(refused), REVIEW, _WEEK_BEGINS) from None


_Choice = TypeVar("_Choice", str, bool)
_Checked = TypeVar("_Checked")


def _choice(file: ConfigFile, chosen: Mapping[str, Any], key: str, default: _Choice) -> _Choice:
    value = chosen.get(key, default)
    if not isinstance(value, type(default)):
        wanted = "true or false" if isinstance(default, bool) else "a text in quotation marks"
        raise file.refusal(f"{quoted(key)} must be {wanted}.", _OURS, key)
    return value


def _check(file: ConfigFile, key: str, check: Callable[[str], _Checked], text: str) -> _Checked:
    try:
        return check(text)
    except Refused as error:
        raise file.refusal(str(error), _OURS, key) from None


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        deepest = max(text.split("\n"), key=lambda line: line.count("[") + line.count("{"))
        line = text[: text.index(deepest)].count("\n") + 1
        what = "It is nested too deeply. Remove the brackets that are too many."
        raise _wrong(path, what, line) from None
    except ValueError as error:
        told = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "this is not TOML"
        place = _PLACE.search(told)
        line = None
        if place:
            line = int(place[1]) if place[1] else text.rstrip("\n").count("\n") + 1
        what = " ".join(printable(_PLACE.sub("", told)).split()).rstrip(".")
        raise _wrong(path, f"It could not be read: {what[:1].lower()}{what[1:]}.", line) from None


_LONGEST = 50
"""Lines that one value may run over before it is no longer looked for its end."""


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The line, counted from 1, with which what `path` names begins; None if it is not found.

    `text` must be whole TOML, `path` the names of its tables down to a key. Found by reading: it is
    the line before which the rest says nothing of `path`, and with which it does.
    """
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if path[-1] not in line:
            continue
        before = _read_whole(lines[:start])
        if before is None or _holds(before, path):
            continue
        for end in range(start + 1, min(start + _LONGEST, len(lines)) + 1):
            read = _read_whole(lines[:end])
            if read is not None:
                if _holds(read, path):
                    return start + 1
                break
    return None


def _read_whole(lines: Sequence[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None


def _holds(table: Any, path: Sequence[str]) -> bool:
    for key in path:
        if not isinstance(table, Mapping) or key not in table:
            return False
        table = table[key]
    return True


_EXAMPLES = "Write it as two letters, such as DE, with a part of the country as in DE-BY."


def days_off(country: str) -> Container[date]:
    """The public holidays of `country`, of any year; none when it is empty.

    `country` is an ISO 3166 code of two letters, with a subdivision if wanted ("DE", "DE-BY").
    Raises Refused for one that is not known, and when the library that knows holidays is missing.
    """
    if not country:
        return frozenset[date]()
    try:
        # A third of a second: only for those who set a country.
        from holidays import country_holidays, list_supported_countries
    except ImportError:
        raise Refused(
            "Holidays need the Python package “holidays”. "
            "Install it, or remove the country from the config file."
        ) from None
    code, dash, part = country.strip().upper().partition("-")
    known = list_supported_countries()
    if code not in known:
        raise Refused(f"There are no holidays for {quoted(country)}. {_EXAMPLES}")
    parts = {name.upper(): name for name in known[code]}
    if dash and part not in parts:
        there_are = f"Parts of {code} are {', '.join(known[code])}." if parts else _EXAMPLES
        raise Refused(f"{code} has no part {quoted(part)}. {there_are}")
    return country_holidays(code, subdiv=parts.get(part))
