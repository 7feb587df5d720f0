"""What stands in the user's calendar.

A file of its own: what reads it and what writes it share no other.
"""

from datetime import date, datetime
from typing import NamedTuple

INTERVIEWS, FOLLOW_UPS, DEADLINES = "interview", "follow-up", "deadline"
"""The kinds of entries."""
NEW = "new"
"""The identity of a board that was never changed: it gets its own with the first change."""
OPEN, DONE, CANCELLED = "open", "done", "cancelled"
"""What became of an entry."""


class CalendarEntry(NamedTuple):
    """One entry: at a moment, or on a whole day.

    `application_id` is 0 for a reminder that belongs to none; `zone` is the one in which it was
    agreed, as stored; empty where there is none. `lines` say what it is about. `sequence` is the
    number of the change that touched it last, `changed_at` the moment of the last change of its
    application.
    """

    uid: str
    kind: str
    application_id: int
    title: str
    lines: tuple[str, ...]
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str
    place: str
    link: str
    state: str
    settled_on: date | None
    ahead: bool
    """Whether it was still to come when the board was changed last."""
    sequence: int
    changed_at: datetime
    is_gone: bool = False
    """Whether it was deleted: it is to go wherever it stands, however long its day is over."""
    awaits_reply: bool = False
    """Whether the employer proposed it, and the user has not answered: it is not agreed yet."""


class BoardCalendar(NamedTuple):
    """All entries, in the order of their days; `board` is the identity of the board, which a copy
    of it shares."""

    board: str
    entries: tuple[CalendarEntry, ...]
