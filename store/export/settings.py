"""What the user chose for calendar and notices: `[calendar]` and `[notify]` in the config file.

[calendar]
file = "~/rounds.ics"              # kept up to date after every change; vdir = "..." too
follow_ups = "todos"               # or "events", or "none"
interview_alarm = 60               # minutes before an interview; 0 for none
day_alarm = "09:00"                # for follow-ups and deadlines; "" for none

[notify]
quiet = "22:00-08:00"              # nothing is told then
"""

from datetime import time
from pathlib import Path
from typing import NamedTuple

from store.config.file import Mistake, read_config
from store.config.reading import Chosen, read_chosen
from store.config.table import CALENDAR, NOTIFY, of_section, settings
from store.file.location import config_path

EVENTS, TODOS, NONE = "events", "todos", "none"
FOLLOW_UPS = (EVENTS, TODOS, NONE)
"""What follow-ups are in a calendar."""


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
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong in the file: it counts as not set."""

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
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong in the file: it counts as not set."""

    def is_quiet(self, at: time) -> bool:
        """Whether nothing is told at that time of the day."""
        begins, ends = self.quiet_from, self.quiet_to
        if begins is None or ends is None:
            return False
        return begins <= at < ends if begins <= ends else at >= begins or at < ends


def read_calendar_choice(path: Path | None = None) -> CalendarChoice:
    """What the file at `path`, by default the user's, says of the calendar.

    Raises Refused for a file that is no text at all.
    """
    chosen, mistakes = _read(path, CALENDAR)
    usual = CalendarChoice()
    return CalendarChoice(
        chosen.value("calendar.file", usual.file),
        chosen.value("calendar.vdir", usual.vdir),
        chosen.value("calendar.follow_ups", usual.follow_ups),
        chosen.value("calendar.interview_alarm", usual.interview_alarm),
        chosen.value("calendar.day_alarm", usual.day_alarm),
        mistakes,
    )


def read_notify_choice(path: Path | None = None) -> NotifyChoice:
    """What the file at `path`, by default the user's, says of notices; see above."""
    chosen, mistakes = _read(path, NOTIFY)
    usual = NotifyChoice()
    begins, ends = chosen.value("notify.quiet", (usual.quiet_from, usual.quiet_to))
    return NotifyChoice(begins, ends, mistakes)


def _read(path: Path | None, section: str) -> tuple[Chosen, tuple[Mistake, ...]]:
    file = read_config(config_path() if path is None else path)
    chosen = read_chosen(file, of_section(settings(), section))
    return chosen, (*(file.mistakes if file is not None else ()), *chosen.mistakes)
