"""What the user chose for the follow-up rules: `[follow_ups]` in the config file.

    [follow_ups]
    preset = "uk"
    country = "GB-SCT"
    slow_season = true

    [follow_ups.interview]
    inquiry_business_days = 6

What can be chosen there is in `store.config.table`; the sections and keys below `follow_ups` are
those of `store/rules/followups/followups.toml`.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from store.config.days_off import days_off
from store.config.file import ConfigFile, Mistake, read_config
from store.config.reading import Chosen, read_chosen, unknown_sections
from store.config.table import CALENDAR, FOLLOW_UPS, REVIEW, of_section, settings
from store.file.location import config_path
from store.rules.followups.numbers import Rules
from store.rules.followups.presets import (
    STANDARD,
    Overrides,
    presets,
    rules_for,
    shipped_edition,
)
from store.rules.text import Refused
from store.rules.weekly.weeks import MONDAY, begins_in


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
    """Whether the file says something of a calendar, which `store.export.settings` reads."""
    mistakes: tuple[Mistake, ...] = field(default=(), compare=False)
    """What is wrong in the file, as far as the rules go: it counts as not set."""
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

    What is wrong there is among the mistakes, and costs only that value. Raises Refused for a file
    that is no text at all.
    """
    file = read_config(config_path() if path is None else path)
    return Settings() if file is None else settings_of(file)


class UserSettings(NamedTuple):
    """The settings that apply: the user's, or the standard ones with what is wrong with theirs."""

    settings: Settings
    fingerprint: str
    """Names the rules; of a file that cannot be read one that no other settings have, so that
    everything is planned anew once it is mended."""
    troubles: tuple[str, ...] = ()


def user_settings(path: Path | None = None) -> UserSettings:
    """The settings in the file at `path`, by default the user's; never raises Refused."""
    try:
        settings = read_settings(path)
    except Refused as refused:
        standard = Settings()
        told = f"{refused} The standard rules and keys apply until it is fixed."
        return UserSettings(standard, f"unreadable {standard.fingerprint}", (told,))
    return UserSettings(settings, settings.fingerprint, tuple(map(str, settings.mistakes)))


def replan_notice(application_ids: Sequence[int]) -> str:
    """What to say when the follow-ups of these applications changed with the rules."""
    number = len(application_ids)
    of = "one application" if number == 1 else f"{number:,} applications"
    return f"The rules have changed: the follow-ups of {of} were planned again."


def read_week_begins(path: Path | None = None) -> int:
    """The weekday on which weeks begin by the file at `path`, by default the user's; 0 is Monday.

    As `read_settings` has it, without what else takes its time there. Raises Refused, naming file
    and line, for what names no day.
    """
    file = read_config(config_path() if path is None else path)
    if file is None:
        return MONDAY
    chosen = read_chosen(file, of_section(settings(), REVIEW))
    if chosen.mistakes:
        raise Refused(str(chosen.mistakes[0]))
    follow_ups = file.tables.get(FOLLOW_UPS)
    country = follow_ups.get("country") if isinstance(follow_ups, Mapping) else None
    return _week_begins(chosen, country if isinstance(country, str) else "")


def _week_begins(chosen: Chosen, country: str) -> int:
    """What was chosen, else what is usual in the country."""
    said: int | None = chosen.value(f"{REVIEW}.week_begins")
    return begins_in(country) if said is None else said


def settings_of(file: ConfigFile) -> Settings:
    """What a file that was read says of the follow-up rules, and of weeks."""
    known = [one for section in (FOLLOW_UPS, REVIEW) for one in of_section(settings(), section)]
    chosen = read_chosen(file, known)
    overrides: dict[str, dict[str, object]] = {}
    for setting in known:
        said = chosen.said.get(setting.name)
        if said is not None and setting.of_preset is not None:
            overrides.setdefault(setting.section[-1], {})[said.key] = said.raw
    country = chosen.value(f"{FOLLOW_UPS}.country", "")
    return Settings(
        preset=chosen.value(f"{FOLLOW_UPS}.preset", STANDARD),
        country=country,
        slow_season=chosen.value(f"{FOLLOW_UPS}.slow_season", False),
        overrides=overrides,
        holidays=days_off(country),
        week_begins=_week_begins(chosen, country),
        says_calendar=CALENDAR in file.tables,
        mistakes=(*file.mistakes, *unknown_sections(file), *chosen.mistakes),
    )
