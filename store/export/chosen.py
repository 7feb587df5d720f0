"""What the user chose for calendar and notices: `[calendar]` and `[notify]` in the config file.

[calendar]
file = "~/rounds.ics"              # kept up to date after every change; vdir = "..." too
follow_ups = "todos"               # or "events", or "none"
interview_alarm = 60               # minutes before an interview; 0 for none
day_alarm = "09:00"                # for follow-ups and deadlines; "" for none

[notify]
quiet = "22:00-08:00"              # nothing is told then
"""

import re
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from store.file.location import config_path, path_of
from store.rules.followups.presets import known_names
from store.rules.text import Refused, quoted
from store.settings import CALENDAR, ConfigFile, read_config

NOTIFY = "notify"
EVENTS, TODOS, NONE = "events", "todos", "none"
FOLLOW_UPS = (EVENTS, TODOS, NONE)
"""What follow-ups are in a calendar."""

_LONGEST_ALARM = 7 * 24 * 60
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_T = TypeVar("_T")


class CalendarChoice(NamedTuple):
    """How the calendar is written, and where it is kept up to date."""

    file: Path | None = None
    vdir: Path | None = None
    follow_ups: str = EVENTS
    interview_alarm: int = 60
    """Minutes before an interview, and before a deadline with a time (product); 0 for none."""
    day_alarm: time | None = time(9)
    """At which time of its day a follow-up alarms, and a deadline on the day before too: when the
    day begins on the board as well."""

    @property
    def is_kept(self) -> bool:
        """Whether something is to be kept up to date."""
        return self.file is not None or self.vdir is not None


class NotifyChoice(NamedTuple):
    """When nothing is told: from one time of the day to another; never where both are None.

    Unless the user says otherwise at night (product): what is for a whole day is due at midnight.
    """

    quiet_from: time | None = time(22)
    quiet_to: time | None = time(8)

    def is_quiet(self, at: time) -> bool:
        """Whether nothing is told at that time of the day."""
        begins, ends = self.quiet_from, self.quiet_to
        if begins is None or ends is None:
            return False
        return begins <= at < ends if begins <= ends else at >= begins or at < ends


def read_calendar_choice(path: Path | None = None) -> CalendarChoice:
    """What the file at `path`, by default the user's, says of the calendar.

    Raises Refused, naming file and line, for what cannot be meant.
    """
    section = _Section(config_path() if path is None else path, CALENDAR)
    usual = CalendarChoice()
    return section.whole(
        CalendarChoice(
            file=section.read("file", usual.file, _path, "a whole path such as “~/rounds.ics”"),
            vdir=section.read(
                "vdir", usual.vdir, _path, "a whole path such as “~/.calendars/rounds”"
            ),
            follow_ups=section.read(
                "follow_ups", usual.follow_ups, _follow_ups, "“events”, “todos” or “none”"
            ),
            interview_alarm=section.read(
                "interview_alarm",
                usual.interview_alarm,
                _minutes,
                f"a number of minutes from 0 to {_LONGEST_ALARM:,}",
            ),
            day_alarm=section.read(
                "day_alarm", usual.day_alarm, _time_or_none, "a time such as “09:00”, or “”"
            ),
        )
    )


def read_notify_choice(path: Path | None = None) -> NotifyChoice:
    """What the file at `path`, by default the user's, says of notices; see above."""
    section = _Section(config_path() if path is None else path, NOTIFY)
    wanted = "two times such as “22:00-08:00”, or “”"
    usual = NotifyChoice()
    begins, ends = section.read("quiet", (usual.quiet_from, usual.quiet_to), _span, wanted)
    return section.whole(NotifyChoice(begins, ends))


class _Section:
    """One section of the config file, read key by key."""

    def __init__(self, path: Path, name: str) -> None:
        self._file: ConfigFile | None = read_config(path)
        self._name = name
        table: Any = self._file.tables.get(name, {}) if self._file is not None else {}
        if self._file is not None and not isinstance(table, Mapping):
            raise self._file.refusal(f"{quoted(name)} must be a section: [{name}].", name)
        self._table: Mapping[str, Any] = table
        self._known: list[str] = []

    def read(self, key: str, usual: _T, understand: Callable[[Any], _T], wanted: str) -> _T:
        """The value of `key` as `understand` has it; `usual` where there is none.

        Refused, saying what is `wanted`, where it raises ValueError.
        """
        self._known.append(key)
        if key not in self._table:
            return usual
        try:
            return understand(self._table[key])
        except Refused as refused:
            raise self._refusal(str(refused), key) from None
        except ValueError:
            raise self._refusal(f"{quoted(key)} must be {wanted}.", key) from None

    def whole(self, read: _T) -> _T:
        """`read`, once every key is known that stands there."""
        for key in self._table:
            if key not in self._known:
                more = known_names(key, self._known)
                raise self._refusal(
                    f"There is no {quoted(key)} in {quoted(self._name)}.{more}", key
                )
        return read

    def _refusal(self, sentence: str, key: str) -> Refused:
        assert self._file is not None
        return self._file.refusal(sentence, self._name, key)


def _path(value: object) -> Path | None:
    if not isinstance(value, str):
        raise ValueError
    if not value.strip():
        return None
    path = path_of(value)
    if not path.is_absolute():  # each command would begin somewhere else
        raise ValueError
    return path


def _follow_ups(value: object) -> str:
    if value not in FOLLOW_UPS:
        raise ValueError
    return str(value)


def _minutes(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_ALARM:
        raise ValueError
    return value


def _time(value: object) -> time:
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError
    return time(int(found[1]), int(found[2]))


def _time_or_none(value: object) -> time | None:
    return None if value == "" else _time(value)


def _span(value: object) -> tuple[time | None, time | None]:
    if value == "":
        return None, None
    if not isinstance(value, str):
        raise ValueError
    begins, _, ends = value.replace("–", "-").partition("-")
    return _time(begins), _time(ends)
