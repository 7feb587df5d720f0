"""How much is due, counted by the database: for a prompt that asks all day, and for a view over
several boards.

The same numbers as those of the list, where `Placing` and `Due.level` decide row by row.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from store.read.glance import LONGEST, SHOWN, Glance, in_sql, later
from store.read.rows import Row, as_stored
from store.rules.followups.actions import (
    AROUND,
    FIRST_INQUIRY,
    NUDGES,
    SILENT,
    UNANSWERED,
    actions_that,
)
from store.rules.shelf import list_until
from store.rules.urgency import Level, due_level

_ENDS = "strftime('%Y-%m-%d %H:%M:%S', starts_at, '+' || minutes || ' minutes')"
_AHEAD = f"""
SELECT id FROM interview
WHERE status = 'confirmed' AND kept IS NOT FALSE AND starts_at > :since
  AND (starts_at > :now OR {_ENDS} || substr(starts_at, 20) > :now)"""
"""The agreed interviews that are not over: see `store.read.faces.interviews_ahead`."""
_WAITS = f"""
CASE WHEN interview_id IN (SELECT id FROM ahead) THEN action NOT IN ({in_sql(AROUND)})
     ELSE action = '{UNANSWERED}' AND not_before IS NOT NULL AND not_before > :now END"""
_IMPORTED, _SILENT = 16, 32
_ENDING = actions_that(lambda action: action.fold == SILENT)
_FOLD = f"""
CASE WHEN rule = '{FIRST_INQUIRY}' THEN
       CASE WHEN imported_on IS NOT NULL AND nth = 1 AND due_on = planned_on
            THEN {_IMPORTED} ELSE 0 END
     WHEN action IN ({in_sql(_ENDING)}) THEN {_SILENT} ELSE 0 END"""
"""In numbers, which are grouped in two thirds of the time that texts take."""
_NUDGES = f"action IN ({in_sql(NUDGES)})"
_LATE_FROM = "CASE WHEN snoozed_to IS NULL OR snoozed_to < :today THEN late_from END"
"""Put off until today it is not late. Put off until a day that is over it is late from the same
moment on: `late_from` decides where it is after that day, and where it is not it has passed."""
_RESTS = f"(:again IS NOT NULL AND due_at IS NULL AND day < :today AND {_NUDGES})"
"""On days off nobody is written to: what waits for the business day after them."""
_LEVEL = f"""
CASE WHEN {_RESTS} THEN {Level.COMING:d}
     WHEN coalesce(due_at >= :tomorrow, day > :today) THEN {Level.COMING:d}
     WHEN coalesce({_LATE_FROM} <= :now, due_at < :now, day < :today) THEN {Level.LATE:d}
     ELSE {Level.TODAY:d} END"""
_ALL = f"""
FROM open_follow_up
WHERE {{which}} AND CASE WHEN {_RESTS} THEN :again <= :until
                         ELSE coalesce(due_at < :end, day <= :until) END
  AND NOT ({_WAITS}){SHOWN}"""
_COUNTS = (
    f"WITH ahead AS ({_AHEAD}) SELECT {_FOLD} + {_LEVEL} AS what, count(*){_ALL} GROUP BY what"
)
_ANY = f"WITH ahead AS ({_AHEAD}) SELECT 1{_ALL} LIMIT 1"
_CLOSINGS = """
SELECT closing_on > :soon AS ahead, count(*) FROM posting
WHERE closing_on BETWEEN :today AND :until GROUP BY ahead"""
_REMINDERS = """
SELECT coalesce(snoozed_to, due_on) AS day, count(*) FROM reminder
WHERE state = 'open' AND coalesce(snoozed_to, due_on) <= :until GROUP BY day"""
"""Those of each day; what has no day is counted nowhere."""
_STROKES = ("snoozed_to IS NULL AND due_on <= :reach", "snoozed_to <= :until")
"""Each has an index of its own, as in `Glance.due`."""


def count_due(glance: Glance, now: datetime | None = None, days: int = 0) -> Mapping[Level, int]:
    """How many things are late, due today, and due in the next `days` days at `now`.

    A fold is one thing, which is never late; what hangs on an interview that is not over is none
    yet. A posting that closes is one, too, and never late, and so is a reminder that belongs to no
    application. Raises StoreError when the file could not be read.
    """
    counts, folds = dict.fromkeys((Level.LATE, Level.TODAY, Level.COMING), 0), set[int]()
    for what, count in _read(glance, _COUNTS, now, days):
        if what < _IMPORTED:
            counts[Level(what)] += count
        else:
            fold = what - what % _IMPORTED
            folds.add(fold + max(what - fold, Level.TODAY))
    for fold in folds:
        counts[Level(fold % _IMPORTED)] += 1
    for ahead, count in _count_closings(glance, now, days):
        counts[Level.COMING if ahead else Level.TODAY] += count
    for level, count in _count_reminders(glance, now, days):
        counts[level] += count
    return counts


def is_due(glance: Glance, now: datetime | None = None, days: int = 0) -> bool:
    """Whether `count_due` would count anything: found with the first of it."""
    return bool(
        _read(glance, _ANY, now, days)
        or _count_closings(glance, now, days)
        or _count_reminders(glance, now, days)
    )


def _count_closings(glance: Glance, now: datetime | None, days: int) -> list[Row]:
    """How many postings close soon, and how many later in the span."""
    reader = glance.reader
    with reader.snapshot():
        today = reader.now(now).date()
        values = {
            "today": today.isoformat(),
            "soon": list_until(today, 0).isoformat(),
            "until": list_until(today, days).isoformat(),
        }
        return reader.rows(_CLOSINGS, values)


def _count_reminders(glance: Glance, now: datetime | None, days: int) -> list[tuple[Level, int]]:
    """How many reminders of no application stand at each level, day by day."""
    reader = glance.reader
    with reader.snapshot():
        now = reader.now(now)
        rows = reader.rows(_REMINDERS, {"until": later(now.date(), days).isoformat()})
        return [(due_level(reader.days[day], None, now), count) for day, count in rows]


def _read(glance: Glance, sql: str, now: datetime | None, days: int) -> list[Row]:
    reader = glance.reader
    now = reader.now(now)
    today = now.date()
    until = later(today, days)
    values: dict[str, str | None] = {
        "now": as_stored(now),
        "since": as_stored(now - LONGEST),
        "today": today.isoformat(),
        "until": until.isoformat(),
        "reach": later(until, 2).isoformat(),
        "tomorrow": _begins(glance, later(today, 1)),
        "end": _begins(glance, later(until, 1)),
    }
    with reader.snapshot():
        again_on = reader.rests_until(today)
        values["again"] = again_on.isoformat() if again_on is not None else None
        return [row for which in _STROKES for row in reader.rows(sql.format(which=which), values)]


def _begins(glance: Glance, day: date) -> str:
    """The instant, as stored, at which `day` begins at the reader's place."""
    return as_stored(datetime.combine(day, time(), glance.clock.zone))


QUIET_DAYS = 14
"""Days without a change after which whoever looks for a job has gone quiet (product)."""

_OPEN = "SELECT count(*) FROM application WHERE outcome IS NULL"
_LAST = "SELECT at FROM change ORDER BY id DESC LIMIT 1"


class BoardStanding(NamedTuple):
    """How one board stands. `changed_at` is the last change, at the reader's place; None where
    there was none yet."""

    name: str
    open: int
    late: int
    today: int
    changed_at: datetime | None
    quiet: int | None
    """Days since the last change, where they are many and something is open."""


def read_standing(glance: Glance, name: str) -> BoardStanding:
    """How the board that is called so stands now. Raises StoreError when it cannot be read."""
    reader = glance.reader
    now = reader.now()
    with reader.snapshot():
        ((many,),) = reader.rows(_OPEN)
        last = reader.rows(_LAST)
        counts = count_due(glance, now)
        changed_at = reader.instants[last[0][0]] if last else None
    days = (now.date() - changed_at.date()).days if changed_at is not None else 0
    quiet = days if many and days >= QUIET_DAYS else None
    return BoardStanding(name, many, counts[Level.LATE], counts[Level.TODAY], changed_at, quiet)
