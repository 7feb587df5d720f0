"""Goals for a week, and how far they are, counted by SQLite.

Light, though `rounds due` asks for it only where there is a goal.
"""

from collections.abc import Iterable
from datetime import datetime, time

from store.read.glance import Glance, later
from store.read.rows import Reader, Row, as_stored, plus_minutes
from store.rules.weekly.goals import Goal, StoredGoal, goals_for
from store.rules.weekly.weeks import MONDAY, WEEK_BEGINS, Week, week_of

_GOALS = "SELECT kind, number, from_on FROM goal ORDER BY from_on, id"
_HELD = """
SELECT starts_at, minutes FROM interview
WHERE status = 'confirmed' AND kept IS NOT FALSE
  AND starts_at >= :begins AND starts_at < :ends AND starts_at <= :now"""
_COUNTS = {
    "applications": "SELECT count(*) FROM application WHERE applied_on BETWEEN :first AND :last",
    "follow_ups": "SELECT count(*) FROM follow_up "
    "WHERE done_on BETWEEN :first AND :last AND state = 'done'",
    "contacts": "SELECT count(*) FROM point "
    "WHERE kind = 'networking' AND noted_on BETWEEN :first AND :last",
}
"""What is done of each kind of goal; interviews are counted by their ends."""


def first_weekday(glance: Glance) -> int:
    """The weekday on which weeks begin for this board, 0 for Monday."""
    kept = glance.setting(WEEK_BEGINS)
    return int(kept) if kept in tuple("0123456") else MONDAY


def read_goals(glance: Glance, week: Week, now: datetime | None = None) -> tuple[Goal, ...]:
    """The goals that hold in `week`, with how much of each was done by `now`.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        wanted = goals_for(week, _read_stored(reader))
        if not wanted:
            return ()  # nearly always, without anything being counted
        now = reader.now(now)
        return tuple(
            Goal(kind, number, _count(glance, kind, week, now)) for kind, number in wanted.items()
        )


def read_goals_now(glance: Glance, now: datetime | None = None) -> tuple[Goal, ...]:
    """The goals of the present week; see `read_goals`."""
    reader = glance.reader
    with reader.snapshot():
        now = reader.now(now)
        return read_goals(glance, week_of(now.date(), first_weekday(glance)), now)


def _read_stored(reader: Reader) -> Iterable[StoredGoal]:
    return [StoredGoal(kind, number, reader.days[on]) for kind, number, on in reader.rows(_GOALS)]


def _count(glance: Glance, kind: str, week: Week, now: datetime) -> int:
    reader = glance.reader
    if kind == "interviews":
        return len(interviews_held(glance, week, now))
    span = {"first": week.first.isoformat(), "last": week.last.isoformat()}
    ((number,),) = reader.rows(_COUNTS[kind], span)
    return int(number)


def interviews_held(glance: Glance, week: Week, now: datetime) -> list[Row]:
    """The start and the minutes of each interview that began in `week` and is over at `now`.

    Only to be called inside a snapshot.
    """
    zone, until = glance.clock.zone, as_stored(now)
    span = {
        "begins": as_stored(datetime.combine(week.first, time(), zone)),
        "ends": as_stored(datetime.combine(later(week.last, 1), time(), zone)),
        "now": until,
    }
    rows = glance.reader.rows(_HELD, span)
    return [row for row in rows if plus_minutes(row[0], row[1]) <= until]
