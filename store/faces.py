"""Rows of the two views, and of interviews, made into the values that are shown.

Columns are named here, next to the code that takes them apart by place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from store.board import Card, Due, Meeting
from store.reading import Reader, Row, plus_minutes, stored
from store.rules.stages import Outcome, Stage
from store.rules.urgency import MORNING

CARD = """
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by, offer_deadline_on, offer_deadline_at,
       dormant_on, close_suggested_on, position
FROM board_card"""
FOLLOW_UP = """
SELECT id, application_id, rule, action, label, day, due_at, late_until, lapses_at, reason, nth,
       of, snoozed_to, interview_id, person
FROM open_follow_up"""
NAMED_FOLLOW_UP = FOLLOW_UP.replace("\nFROM", ", company, role, stage\nFROM")
"""With the application's name, which a board has read already."""
MEETING = """
SELECT id, application_id, stage, status, starts_at, minutes, zone, place, people, invited_on,
       answered_on, kept, formats, round, offered_slots_on, moved_times, debriefed_on, debrief_left,
       called_off_by, called_off_on, final
FROM interview"""

_STAGES = {stage.value: stage for stage in Stage}
_OUTCOMES: dict[str | None, Outcome | None] = {outcome.value: outcome for outcome in Outcome} | {
    None: None
}


class Placed(NamedTuple):
    """A follow-up's row with what sorts it: its day, the instant it is due, its id.

    Day and instant are text as stored; a follow-up for the whole day is due at 09:00 (A.4).
    """

    day: str
    moment: str
    id: int
    row: Row


def in_order(follow_ups: Iterable[Placed], now: datetime) -> list[Placed]:
    """Follow-ups as every list shows them at `now`: by day, then by instant, then by id.

    Those of today that are late by the clock come before those that have the whole day.
    """
    ordered = sorted(follow_ups)
    today, moment = now.date().isoformat(), stored(now)
    start = bisect_left(ordered, today, key=itemgetter(0))
    end = bisect_right(ordered, today, lo=start, key=itemgetter(0))
    ordered[start:end] = sorted(
        ordered[start:end], key=lambda placed: placed.row[6] is None or placed.moment >= moment
    )
    return ordered


class Faces:
    """Turns rows into values; must be used inside a snapshot, which tells what is unreadable."""

    def __init__(self, reader: Reader) -> None:
        self._days = reader.days
        self._instants = reader.instants
        self._mornings = _Mornings(reader)

    def placed(self, row: Row) -> Placed:
        """A row of FOLLOW_UP in its place. The day of an instant is the reader's local one."""
        day, due_at = row[5], row[6]
        if due_at is None:
            return Placed(day, self._mornings[day], row[0], row)
        return Placed(self._instants[due_at].date().isoformat(), due_at, row[0], row)

    def due(self, placed: Placed) -> Due:
        """The follow-up as shown; `placed` holds a row of NAMED_FOLLOW_UP."""
        company, role, stage = placed.row[15:]
        return self._due(placed, company, role, _STAGES[stage])

    def _due(self, placed: Placed, company: str, role: str, stage: Stage) -> Due:
        instants = self._instants
        (id_, application_id, rule, action, label, _, due_at, late_until, lapses_at) = placed.row[
            :9
        ]
        reason, nth, of, snoozed_to, interview_id, person = placed.row[9:15]
        # By place: with names it takes twice as long, and a board makes thousands.
        return Due(
            id_,
            application_id,
            company,
            role,
            stage,
            rule,
            action,
            label,
            self._days[placed.day],
            instants[due_at],
            instants[late_until],
            instants[lapses_at],
            reason,
            nth,
            of,
            snoozed_to is not None,
            interview_id,
            person,
        )

    def meeting(self, row: Row) -> Meeting:
        """A row of MEETING as shown."""
        starts, minutes = row[4], row[5]
        return Meeting(
            id=row[0],
            stage=_STAGES[row[2]],
            status=row[3],
            starts_at=self._instants[starts],
            ends_at=self._instants[plus_minutes(starts, minutes)] if starts else None,
            minutes=minutes,
            zone=row[6],
            place=row[7],
            people=row[8],
            invited_on=self._days[row[9]],
            answered_on=self._days[row[10]],
            kept=None if row[11] is None else bool(row[11]),
            formats=texts(row[12]),
            round=row[13],
            offered_slots_on=self._days[row[14]],
            moved_times=row[15],
            debriefed_on=self._days[row[16]],
            debrief_left=bool(row[17]),
            called_off_by=row[18],
            called_off_on=self._days[row[19]],
            final=bool(row[20]),
        )

    def card(self, row: Row, follow_up: Placed | None, meetings: Collection[Row], now: str) -> Card:
        """A row of CARD with its first follow-up and what its interviews say at `now` (stored)."""
        days = self._days
        (
            id_, version, company, role, stage_value, outcome, applied_on, stage_since, closed_on,
            location, url, source, salary, tags, expected_by, deadline_on, deadline_at,
            dormant_on, close_suggested_on, position,
        ) = row  # fmt: skip
        stage = _STAGES[stage_value]
        instants = self._instants
        talk, met = None, False
        if meetings:
            talk = next_meeting(meetings, now)
            met = any(
                held[2] == stage_value and held[3] == "confirmed" and held[11] != 0
                for held in meetings
            )
        due = self._due(follow_up, company, role, stage) if follow_up is not None else None
        meeting = self.meeting(talk) if talk is not None else None
        # Not by Card(...), which is a function of Python's in between: a board makes thousands.
        values = (
            id_, version, company, role, stage, _OUTCOMES[outcome], days[applied_on],
            days[stage_since], days[closed_on], location, url, source, salary, texts(tags),
            days[expected_by], days[deadline_on], instants[deadline_at], days[dormant_on],
            days[close_suggested_on], position, due, meeting, met,
        )  # fmt: skip
        return tuple.__new__(Card, values)


class _Mornings(dict[str, str]):
    """The instant, as stored, at which a follow-up for a whole day is due."""

    def __init__(self, reader: Reader) -> None:
        self._days = reader.days
        self._zone = reader.clock.zone

    def __missing__(self, day: str) -> str:
        morning = datetime.combine(self._days[day], MORNING, self._zone)
        self[day] = moment = stored(morning)
        return moment


def next_meeting(meetings: Collection[Row], now: str) -> Row | None:
    """The next agreed interview that is not over at `now` (as stored), else the first invitation
    that has no time yet."""
    agreed = [
        m for m in meetings if m[3] == "confirmed" and m[11] != 0 and not _over(m[4], m[5], now)
    ]
    if agreed:
        return min(agreed, key=lambda m: (m[4], m[0]))
    return min((m for m in meetings if m[3] == "invited"), default=None)


def _over(starts: str, minutes: int, now: str) -> bool:
    return starts <= now and plus_minutes(starts, minutes) <= now


@lru_cache(maxsize=4_096)
def texts(stored_list: str) -> tuple[str, ...]:
    """The texts in a stored JSON array. Remembered: thousands of cards share a few tags."""
    if stored_list == "[]":
        return ()
    from json import loads

    return tuple(map(str, loads(stored_list)))
