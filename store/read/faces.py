"""Rows as the values that are shown: cards, interviews, follow-ups in the order of every list."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from store.model.board import Card, Due, InterviewEntry
from store.read.rows import (
    OUTCOMES,
    STAGES,
    InstantTexts,
    Reader,
    Row,
    as_stored,
    plus_minutes,
    texts,
)
from store.rules.dates import MONTHS, WEEKDAYS, clock_time, short_day
from store.rules.followups.actions import (
    AROUND,
    DEADLINES,
    NUDGES,
    PREPARING,
    UNANSWERED,
    fold_of,
    last_day,
    rank,
)
from store.rules.stages import Stage
from store.rules.urgency import MORNING

_DAYS = "|".join(name[:3] for name in WEEKDAYS)
_MONTHS = [name[:3] for name in MONTHS]
_TIMED = rf"\b(?:{_DAYS}) (\d{{1,2}}) ({'|'.join(_MONTHS)})(?: \d{{4}})? (\d\d):(\d\d)\b"
"""Compiled when it is wanted: that takes 3 ms, and few follow-ups tell a time."""
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-12)
_QUARTER = timedelta(minutes=15)
"""Clocks of the world differ by whole quarters of an hour."""
CARD = """
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by, offer_deadline_on, offer_deadline_at,
       dormant_on, close_suggested_on, position, employer, waiting, imported_on, starts_work_on,
       undated
FROM board_card"""
LEAN_CARD = """
SELECT id, company, role, stage, outcome, applied_on, dormant_on, waiting FROM board_card"""
"""The columns of CARD that a line of a list shows: see `Faces.lean_card`."""
FOLLOW_UP = """
SELECT id, application_id, rule, action, label, day, due_at, late_until, lapses_at, reason, nth,
       of, snoozed_to, interview_id, person, not_before, late_from, due_on, planned_on, imported_on
FROM open_follow_up"""
_RECRUITER = "(SELECT via_recruiter FROM application WHERE application.id = application_id)"
NAMED_FOLLOW_UP = FOLLOW_UP.replace(
    "\nFROM", f", company, role, stage, employer, {_RECRUITER}\nFROM"
)
"""With what a board has read already of the application."""
INTERVIEW = """
SELECT id, application_id, stage, status, starts_at, minutes, zone, place, people, invited_on,
       answered_on, kept, formats, round, offered_slots_on, moved_times, debriefed_on, debrief_left,
       called_off_by, called_off_on, final, logged_on, timed_on, invited_at
FROM interview"""

_MOMENTS = """
SELECT starts_at FROM interview WHERE id = :interview
UNION ALL SELECT offer_deadline_at FROM application WHERE id = :application
UNION ALL SELECT due_at FROM assignment WHERE application_id = :application"""
"""The instants that the words of a follow-up can tell."""

Spans = Mapping[int, tuple[str, str]]
"""Begin and end, as stored, of the agreed interviews that are not over, by id."""


Tie = tuple[int, str, int, str, int, int]


class Placed(NamedTuple):
    """A follow-up's row with what sorts it, as `Due.order` does: day, rank, lateness, moment, tie.

    Days and instants are text as stored; what is late stands among what is for today.
    """

    group: str
    rank: int
    on_time: bool
    moment: str
    tie: Tie
    row: Row
    day: str
    after: str | None
    """The end of the interview that it hangs on, or the deadline of the offer, while ahead."""
    fold: str


def tie_of(row: Row) -> Tie:
    """What decides between rows of FOLLOW_UP that are otherwise alike, in whatever order their
    facts were told: application, rule, person, n-th; at last the id."""
    return row[1], row[2], len(row[14]), row[14], row[10], row[0]


class Placing:
    """Gives follow-ups their places in the order of every list at `now`."""

    def __init__(self, reader: Reader, now: datetime, interviews: Spans) -> None:
        self._instants = reader.instants
        self._mornings = _Mornings(reader)
        self._days = reader.days
        self._date = now.date()
        self._today = now.date().isoformat()
        self._now = as_stored(now)
        again_on = reader.rests_until(now.date())
        self._again_on = again_on.isoformat() if again_on is not None else None
        self._interviews = interviews

    def __call__(self, row: Row) -> Placed:
        """A row of FOLLOW_UP in its place. The day of an instant is the reader's local one."""
        rule, action, day, due_at, interview = row[2], row[3], row[5], row[6], row[13]
        moment = due_at
        if due_at is None:
            moment = self._mornings[day]
        else:
            day = self._instants[due_at].date().isoformat()
        if self._again_on and due_at is None and day < self._today and action in NUDGES:
            # Nobody is written to unasked on days off: what was left lying waits.
            day, moment = self._again_on, self._mornings[self._again_on]
        after, ahead = None, None
        if interview is not None and interview in self._interviews:
            begins, ends = self._interviews[interview]
            if action not in AROUND:
                after = ends
            elif action in PREPARING:
                ahead = self._days_to(self._instants[begins].date(), day)
        elif action == UNANSWERED and row[15] is not None and row[15] > self._now:
            after = row[15]
        since_import = row[19] is not None and row[10] == 1 and row[17] == row[18]
        fold = fold_of(rule, action, since_import=since_import)
        if row[16] is not None and action in DEADLINES:
            ahead = self._days_to(last_day(self._instants[row[16]]), day)
        place = rank(rule, action, days=ahead, fold=fold)
        if day > self._today:
            return Placed(day, place, True, moment, tie_of(row), row, day, after, fold)
        late_from = late_from_of(row, self._instants)
        if late_from is not None:
            on_time, moment = late_from > self._now, late_from
        elif due_at is not None:
            on_time = due_at >= self._now
        else:
            on_time = day == self._today
        on_time = on_time or bool(fold)
        return Placed(self._today, place, on_time, moment, tie_of(row), row, day, after, fold)

    def _days_to(self, target: date, day: str) -> int:
        """From the day of a follow-up, or from today once that is over, to what it leads up to."""
        on: date = self._days[day]
        return (target - max(self._date, on)).days

    def first_of_each(self, rows: Iterable[Row]) -> dict[int, Placed]:
        """For each application the follow-up that is its card's: the first that can be done."""
        first: dict[int, Placed] = {}
        now = self._now
        for row in rows:
            not_before = row[15]
            if not_before is not None and not_before > now:
                continue
            placed = self(row)
            if placed.after is None:
                other = first.get(row[1])
                if other is None or placed < other:
                    first[row[1]] = placed
        return first


def late_from_of(row: Row, instants: InstantTexts) -> str | None:
    """The instant, as stored, from which a row of FOLLOW_UP is late; None for its day's end.

    What was put off to the local day of that instant, or beyond, is late when its new day is over.
    """
    snoozed_to: str | None = row[12]
    late_from: str | None = row[16]
    if late_from is None or snoozed_to is None:
        return late_from
    return late_from if instants[late_from].date().isoformat() > snoozed_to else None


class Faces:
    """Turns rows into values; must be used inside a snapshot, which tells what is unreadable."""

    def __init__(self, reader: Reader) -> None:
        self._days = reader.days
        self._instants = reader.instants
        self._reader = reader

    def places_at(self, now: datetime, interviews: Spans) -> Placing:
        """What gives rows of FOLLOW_UP their places at `now`."""
        return Placing(self._reader, now, interviews)

    def due(self, placed: Placed) -> Due:
        """The follow-up as shown; `placed` holds a row of NAMED_FOLLOW_UP."""
        company, role, stage, employer, recruiter = placed.row[20:25]
        return self._due(placed, company, role, STAGES[stage], employer, recruiter)

    def _due(
        self,
        placed: Placed,
        company: str,
        role: str,
        stage: Stage,
        employer: str,
        recruiter: str = "",
    ) -> Due:
        instants = self._instants
        (
            id_, application_id, rule, action, label, _, due_at, late_until, lapses_at, reason,
            nth, of, snoozed_to, interview_id, person, not_before,
        ) = placed.row[:16]  # fmt: skip
        if ":" in label or ":" in reason:
            label, reason = self._reword((label, reason), application_id, interview_id)
        # Not by Due(...), which is a function of Python's in between: a board makes thousands.
        values = (
            id_, application_id, company, role, stage, rule, action, label,
            self._days[placed.day], instants[due_at], instants[late_until], instants[lapses_at],
            reason, nth, of, snoozed_to is not None, interview_id, person, instants[not_before],
            instants[late_from_of(placed.row, instants)], instants[placed.after], placed.fold,
            placed.rank, employer, recruiter,
        )  # fmt: skip
        return tuple.__new__(Due, values)

    def _reword(
        self, texts_: tuple[str, str], application_id: int, interview_id: int | None
    ) -> tuple[str, ...]:
        """Label and reason with the times in them by the reader's clocks."""

        def moments() -> list[datetime]:
            which = {"application": application_id, "interview": interview_id}
            found = self._reader.rows(_MOMENTS, which)
            return [self._instants[moment] for (moment,) in found if moment is not None]

        zone = self._reader.clock.zone
        return tuple(reword(text, moments, zone) for text in texts_)

    def interview(self, row: Row) -> InterviewEntry:
        """A row of INTERVIEW as shown."""
        starts, minutes = row[4], row[5]
        return InterviewEntry(
            id=row[0],
            stage=STAGES[row[2]],
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
            logged_on=self._days[row[21]],
            timed_on=self._days[row[22]],
            invited_at=self._instants[row[23]],
        )

    def card(
        self, row: Row, follow_up: Placed | None, interviews: Collection[Row], now: str
    ) -> Card:
        """A row of CARD with its first follow-up and what its interviews say at `now` (stored)."""
        days = self._days
        (
            id_, version, company, role, stage_value, outcome, applied_on, stage_since, closed_on,
            location, url, source, salary, tags, expected_by, deadline_on, deadline_at,
            dormant_on, close_suggested_on, position, employer, waiting, imported_on,
            starts_work_on, undated,
        ) = row  # fmt: skip
        stage = STAGES[stage_value]
        instants = self._instants
        ahead, met = None, False
        if interviews:
            ahead = next_interview(interviews, now)
            met = any(
                held[2] == stage_value and held[3] == "confirmed" and held[11] != 0
                for held in interviews
            )
        due = None
        if follow_up is not None:
            due = self._due(follow_up, company, role, stage, employer)
        interview = self.interview(ahead) if ahead is not None else None
        # Not by Card(...), which is a function of Python's in between: a board makes thousands.
        values = (
            id_, version, company, role, stage, OUTCOMES[outcome], days[applied_on],
            days[stage_since], days[closed_on], location, url, source, salary, texts(tags),
            days[expected_by],
            days[deadline_on] if deadline_at is None else instants[deadline_at].date(),
            instants[deadline_at], days[dormant_on],
            days[close_suggested_on], position, due, interview, met, employer, waiting,
            days[imported_on], days[starts_work_on], bool(undated),
        )  # fmt: skip
        return tuple.__new__(Card, values)

    def lean_card(
        self, row: Row, follow_up: Placed | None, interviews: Collection[Row], now: str
    ) -> Card:
        """A row of LEAN_CARD as `card` makes it, with nothing in its other fields."""
        id_, company, role, stage, outcome, applied_on, dormant_on, waiting = row
        if follow_up is not None or interviews:
            whole = (
                id_, 0, company, role, stage, outcome, applied_on, None, None, "", "", "", "",
                "[]", None, None, None, dormant_on, None, None, "", waiting, None, None, False,
            )  # fmt: skip
            return self.card(whole, follow_up, interviews, now)
        days = self._days
        values = (
            id_, 0, company, role, STAGES[stage], OUTCOMES[outcome], days[applied_on], None, None,
            "", "", "", "", (), None, None, None, days[dormant_on], None, None, None, None, False,
            "", waiting, None, None, False,
        )  # fmt: skip
        return tuple.__new__(Card, values)


class _Mornings(dict[str, str]):
    """The instant, as stored, at which a follow-up for a whole day is due."""

    def __init__(self, reader: Reader) -> None:
        self._days = reader.days
        self._zone = reader.clock.zone

    def __missing__(self, day: str) -> str:
        morning = datetime.combine(self._days[day], MORNING, self._zone)
        self[day] = moment = as_stored(morning)
        return moment


def interviews_ahead(interviews: Iterable[Row], now: str) -> Spans:
    """Of rows of INTERVIEW, begin and end of those that are agreed and not over at `now`."""
    return {
        m[0]: (m[4], plus_minutes(m[4], m[5]))
        for m in interviews
        if m[3] == "confirmed" and m[11] != 0 and not _over(m[4], m[5], now)
    }


def next_interview(interviews: Collection[Row], now: str) -> Row | None:
    """The next agreed interview that is not over at `now` (as stored), else the first invitation
    that has no time yet."""
    agreed = [
        m for m in interviews if m[3] == "confirmed" and m[11] != 0 and not _over(m[4], m[5], now)
    ]
    if agreed:
        return min(agreed, key=lambda m: (m[4], m[0]))
    return min((m for m in interviews if m[3] == "invited"), default=None)


def _over(starts: str, minutes: int, now: str) -> bool:
    return starts <= now and plus_minutes(starts, minutes) <= now


def reword(text: str, moments: Callable[[], Iterable[datetime]], zone: tzinfo) -> str:
    """`text` with each “Fri 4 Dec 17:00” in it told by the clocks of `zone`: the rules worded it by
    the clocks of the place where they planned, which may be another.

    Args:
        moments: gives the instants that the text can mean; only asked where it tells a time. One
            counts where some clock of the world shows at that instant what the text says.
    """
    if ":" not in text or re.search(_TIMED, text) is None:
        return text
    known = [moment.astimezone(UTC) for moment in moments()]

    def replace(found: re.Match[str]) -> str:
        moment = next((one for one in known if _is_shown(found, one)), None)
        if moment is None:
            return found[0]
        local = moment.astimezone(zone)
        return f"{short_day(local.date(), local.date())} {clock_time(local)}"

    return re.sub(_TIMED, replace, text)


def _is_shown(found: re.Match[str], moment: datetime) -> bool:
    """Whether some clock shows at `moment` the day and the time that were found."""
    day, month = int(found[1]), _MONTHS.index(found[2]) + 1
    for year in (moment.year - 1, moment.year, moment.year + 1):
        try:
            shown = datetime(year, month, day, int(found[3]), int(found[4]), tzinfo=UTC)
        except ValueError:
            continue
        apart = shown - moment.replace(second=0, microsecond=0)
        if _WESTMOST <= apart <= _EASTMOST and apart % _QUARTER == timedelta(0):
            return True
    return False
