"""What stands in the user's calendar: interviews, follow-ups, deadlines.

Each has an identity that stays, and a number that rises with every change of it, both from the
board alone: the same board gives the same calendar wherever it is read.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from store.advice.carried import carried_words, carry_over
from store.errors import NotFound
from store.model.board import InterviewEntry, follow_up_number
from store.model.dossier import Dossier
from store.read.dossier import THINNED
from store.read.rows import INTERVIEW, Reader, Row
from store.rules.lists import format_words
from store.rules.stages import Stage
from store.rules.text import capital, ended
from store.rules.weekly.reminders import every_words, reminder_number

if TYPE_CHECKING:
    from store.model.board import Due
    from store.read.glance import Glance

INTERVIEWS, FOLLOW_UPS, DEADLINES = "interview", "follow-up", "deadline"
"""The kinds of entries."""
NEW = "new"
"""The identity of a board that was never changed: it gets its own with the first change."""
OPEN, DONE, CANCELLED = "open", "done", "cancelled"
"""What became of an entry."""

_ALL_DAYS = 36_500
"""Days ahead within which follow-ups stand in the calendar: all there are."""
_REMEMBERED = timedelta(days=30)
"""For how long after it was settled it is told of what was to come that it does not (product): a
calendar that takes in a file now and then has learnt of it by then."""
_OURS = UUID("6f1d2c3e-5b7a-4c1e-9a3b-2d4e8f60a7c1")
"""The namespace of all identities; any other would do, but they would be others then."""

_APPLICATION = """
SELECT id, company, role, url, stage, outcome, closed_on, created_at, version, updated_at,
       closing_on, offer_deadline_on, offer_deadline_at
FROM application"""
_INTERVIEWS = f"{INTERVIEW} WHERE starts_at IS NOT NULL AND status <> 'invited'"
_TASKS = """
SELECT id, application_id, title, due_on, due_at, zone, handed_in_on
FROM assignment WHERE due_on IS NOT NULL OR due_at IS NOT NULL"""
_SETTLED = """
SELECT id, application_id, label, reason, coalesce(snoozed_to, due_on),
       CASE WHEN snoozed_to IS NULL THEN due_at END, state, done_on
FROM follow_up WHERE state IN ('done', 'skipped') AND done_on >= :since"""
_REMINDERS = """
SELECT id, text, every, coalesce(snoozed_to, due_on), state, done_on, created_at, updated_at
FROM reminder WHERE due_on IS NOT NULL AND (state = 'open' OR done_on >= :since)"""
_STEPS = """
(SELECT target_id, max(id) AS last FROM change
 WHERE state = 'step' AND target_id IS NOT NULL GROUP BY target_id)"""
_NEWEST = "max(CASE WHEN s.last > i.change_id THEN s.last ELSE i.change_id END)"
_FROM = f"FROM row_image i LEFT JOIN {_STEPS} s ON s.target_id = i.change_id"
_TOUCHED = f"""
SELECT i.table_name, i.row_id, {_NEWEST} {_FROM}
WHERE i.table_name IN ('interview', 'follow_up', 'assignment', 'reminder') GROUP BY 1, 2
UNION ALL
SELECT 'deadline', i.row_id, {_NEWEST} {_FROM}
WHERE i.table_name = 'application'
  AND (i.before IS NULL OR i.after IS NULL OR i.after LIKE '%"offer_deadline_%'
       OR i.after LIKE '%"closing_on"%' OR i.after LIKE '%"outcome"%')
GROUP BY 2
UNION ALL
SELECT 'application', i.application_id, {_NEWEST} {_FROM}
WHERE i.application_id IS NOT NULL GROUP BY 2"""
"""The newest change of each row, undoing and doing again counted: these have no images."""
_LOST = """
SELECT max(step.id) FROM change step JOIN change target ON target.id = step.target_id
WHERE step.state = 'step' AND target.state = 'dropped'
  AND NOT EXISTS (SELECT 1 FROM row_image WHERE change_id = target.id)"""
"""The newest step that undid something of which no image is kept any more."""
_PLANNED_ANEW = "SELECT max(id) FROM change WHERE verb = 'replan'"
"""The newest change that no user made: it moves follow-ups and keeps no images."""
_MOMENTS = "SELECT id, at FROM change WHERE id IN ({})"
_FIRST_CHANGE = "SELECT at FROM change ORDER BY id LIMIT 1"
_LAST_CHANGE = "SELECT at FROM change ORDER BY id DESC LIMIT 1"
_OF_NONE = 0
"""In the place of an application where there is none."""
_AT_ONCE = 900


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


class BoardCalendar(NamedTuple):
    """All entries, in the order of their days; `board` is the identity of the board, which a copy
    of it shares."""

    board: str
    entries: tuple[CalendarEntry, ...]


def read_calendar(glance: "Glance") -> BoardCalendar:
    """The calendar of the board. What waits in a fold of the list has no day, and is not in it.

    It is the calendar of the moment at which the board was changed last, not of now: time alone
    changes nothing in it. Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        last = reader.rows(_LAST_CHANGE)
        now = reader.instants[last[0][0]] if last else reader.now()
        return _Calendar(glance, now).read()


class _Calendar:
    """Reads one calendar; to be used inside a snapshot."""

    def __init__(self, glance: "Glance", now: datetime) -> None:
        self._glance = glance
        self._reader = glance.reader
        self._now = now
        self._today = now.date()
        self._applications = {row[0]: row for row in self._reader.rows(_APPLICATION)}
        self._dossiers: dict[int, Dossier | None] = {}
        self._stamps = _Stamps(self._reader, self._applications)

    def read(self) -> BoardCalendar:
        first = self._reader.rows(_FIRST_CHANGE)
        board = str(uuid5(_OURS, f"board {first[0][0]}")) if first else NEW
        found = [
            *self._interviews(), *self._dues(), *self._settled(), *self._deadlines(),
            *self._tasks(), *self._reminders(),
        ]  # fmt: skip
        found.sort(key=lambda one: (one.day, one.starts_at is not None, one.uid))
        return BoardCalendar(board, self._stamps.in_time(found))

    def _reminders(self) -> Iterator[CalendarEntry]:
        """The reminders that belong to no application, each on the next of its days."""
        days, instants = self._reader.days, self._reader.instants
        since = (self._today - _REMEMBERED).isoformat()
        for row in self._reader.rows(_REMINDERS, {"since": since}):
            id_, text, every, on, state, done_on, created, updated = row
            again = every_words(every)
            yield CalendarEntry(
                uid=str(uuid5(_OURS, f"reminder {id_} {created}")),
                kind=FOLLOW_UPS,
                application_id=_OF_NONE,
                title=text,
                lines=(
                    f"Your own reminder{f', {again}' if again else ''}.",
                    *([f"rounds done {reminder_number(id_)}"] if state == "open" else []),
                ),
                day=days[on],
                starts_at=None,
                ends_at=None,
                zone="",
                place="",
                link="",
                state=OPEN if state == "open" else DONE,
                settled_on=days[done_on] if state != "open" else None,
                ahead=days[on] >= self._today,
                sequence=self._stamps.of_reminder(id_),
                changed_at=instants[updated],
            )

    def _entry(
        self,
        kind: str,
        application: Row,
        what: str,
        row_id: int,
        title: str,
        lines: Iterable[str],
        day: date,
        *,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
        zone: str = "",
        place: str = "",
        state: str = OPEN,
        settled_on: date | None = None,
    ) -> CalendarEntry:
        id_, company, role, url, *_ = application
        about = (f"{company}, {role}", *lines, *([url] if url else []))
        return CalendarEntry(
            uid=str(uuid5(_OURS, f"{what} {row_id} {application[7]}")),
            kind=kind,
            application_id=id_,
            title=title,
            lines=about,
            day=day,
            starts_at=starts_at,
            ends_at=ends_at,
            zone=zone,
            place=place,
            link=url,
            state=state,
            settled_on=settled_on,
            ahead=day >= self._today if starts_at is None else (ends_at or starts_at) > self._now,
            sequence=self._stamps.sequence(what, row_id, id_),
            changed_at=self._now,  # set for all at once: see `_Stamps.in_time`
        )

    def _interviews(self) -> Iterator[CalendarEntry]:
        for row in self._reader.rows(_INTERVIEWS):
            interview, application = self._glance.faces.interview(row), self._applications[row[1]]
            assert interview.starts_at is not None
            day = interview.starts_at.date()
            off = interview.status == "cancelled" or interview.kept is False
            ended = _closed_before(application, self._reader, day)
            title = f"{capital(interview.called)} interview: {application[1]}"
            yield self._entry(
                INTERVIEWS,
                application,
                "interview",
                interview.id,
                title,
                () if off or ended else self._interview_lines(interview, application[0]),
                day,
                starts_at=interview.starts_at,
                ends_at=interview.ends_at,
                zone=interview.zone,
                place=interview.place,
                state=CANCELLED if off or ended else OPEN,
                settled_on=interview.called_off_on or ended,
            )

    def _interview_lines(self, interview: InterviewEntry, application_id: int) -> Iterator[str]:
        """What is known of it; and while it is not over, what to prepare."""
        if interview.formats:
            yield f"Format: {format_words(interview.formats)}"
        ahead = interview.ends_at is not None and interview.ends_at > self._now
        # What is over needs no preparation, and a long search has hundreds of them.
        dossier = self._dossier(application_id) if ahead else None
        if dossier is None:
            if interview.people:
                yield f"With: {interview.people}"
            return
        whole = next((one for one in dossier.interviews if one.id == interview.id), interview)
        contacts = {one.id: one for one in dossier.contacts}
        for person in whole.interviewers:
            contact = contacts.get(person.contact_id)
            known = [contact.title, contact.email, contact.phone] if contact is not None else []
            yield f"With: {', '.join(filter(None, [person.name, *known]))}"
        if interview.people and not whole.interviewers:
            yield f"With: {interview.people}"
        carried = carry_over(dossier, self._now)
        carried = carried._replace(ahead=whole, agenda=whole.formats)
        words = [*carried_words(carried, self._today, ages=False)]
        for question in carried.questions:
            if question.mine or not question.rehearsed:
                words.append(f"{'ask' if question.mine else 'rehearse'}: {question.text}")
        if words:
            yield "To prepare:"
            yield from (f"- {word.strip()}" for word in words)

    def _dossier(self, application_id: int) -> Dossier | None:
        if application_id not in self._dossiers:
            try:
                self._dossiers[application_id] = self._glance.dossier(application_id, self._now)
            except NotFound:
                self._dossiers[application_id] = None
        return self._dossiers[application_id]

    def _dues(self) -> Iterator[CalendarEntry]:
        for due in self._glance.due(self._now, _ALL_DAYS):
            # What has a fold can wait for ever, and what waits for no interview is not on any list.
            if not due.fold and not (due.waits(self._now) and due.interview_id is None):
                yield self._entry(
                    FOLLOW_UPS,
                    self._applications[due.application_id],
                    "follow_up",
                    due.id,
                    f"{due.company}: {due.label}",
                    _due_lines(due),
                    due.day(self._now.tzinfo),
                    starts_at=due.due_at,
                )

    def _settled(self) -> Iterator[CalendarEntry]:
        since = (self._today - _REMEMBERED).isoformat()
        days, instants = self._reader.days, self._reader.instants
        for row in self._reader.rows(_SETTLED, {"since": since}):
            id_, application_id, label, reason, day, due_at, state, done_on = row
            application = self._applications[application_id]
            starts_at = instants[due_at]
            yield self._entry(
                FOLLOW_UPS,
                application,
                "follow_up",
                id_,
                f"{application[1]}: {label}",
                [capital(ended(reason))] if reason else [],
                starts_at.date() if starts_at is not None else days[day],
                starts_at=starts_at,
                state=DONE if state == "done" else CANCELLED,
                settled_on=days[done_on],
            )

    def _deadlines(self) -> Iterator[CalendarEntry]:
        """By when to answer an offer, and the day on which a posting closes."""
        for row in self._applications.values():
            company, stage, closing_on, deadline_on, deadline_at = row[1], row[4], *row[10:13]
            at = self._reader.instants[deadline_at]
            answer = at.date() if at is not None else self._reader.days[deadline_on]
            if stage == Stage.OFFER and answer is not None:
                title = f"{company}: answer the offer"
                yield from self._deadline(row, "deadline", row[0], title, answer, at)
            if closing_on is not None:
                day, title = self._reader.days[closing_on], f"{company}: posting closes"
                yield from self._deadline(row, "closing", row[0], title, day, None)

    def _tasks(self) -> Iterator[CalendarEntry]:
        days, instants = self._reader.days, self._reader.instants
        for id_, application_id, task, due_on, due_at, zone, handed_in_on in self._reader.rows(
            _TASKS
        ):
            row, at = self._applications[application_id], instants[due_at]
            day = at.date() if at is not None else days[due_on]
            title = f"{row[1]}: hand in {task}"
            done = days[handed_in_on]
            yield from self._deadline(row, "assignment", id_, title, day, at, zone=zone, done=done)

    def _deadline(
        self,
        application: Row,
        what: str,
        row_id: int,
        title: str,
        day: date,
        at: datetime | None,
        *,
        zone: str = "",
        done: date | None = None,
    ) -> Iterator[CalendarEntry]:
        """The entry of a deadline: none once its application ended or it was `done`, unless that
        was before its day and not long ago."""
        ended_on = self._reader.days[application[6]] if application[5] is not None else None
        settled = min((one for one in (done, ended_on) if one is not None), default=None)
        if settled is not None and (settled >= day or settled < self._today - _REMEMBERED):
            return
        yield self._entry(
            DEADLINES,
            application,
            what,
            row_id,
            title,
            (),
            day,
            starts_at=at,
            zone=zone,
            state=OPEN if settled is None else CANCELLED,
            settled_on=settled,
        )


def _due_lines(due: "Due") -> Iterator[str]:
    if due.of > 1:
        yield f"{due.nth} of {due.of}"
    if due.reason:
        yield capital(ended(due.reason))
    yield f"rounds done {follow_up_number(due.id)}"


def _closed_before(application: Row, reader: Reader, day: date) -> date | None:
    """The day on which the application ended, where an interview of `day` will not be for that."""
    outcome, closed_on = application[5], reader.days[application[6]]
    off = outcome not in (None, "accepted") and closed_on is not None and closed_on < day
    return closed_on if off else None


class _Stamps:
    """When each row was changed last; to be used inside a snapshot."""

    def __init__(self, reader: Reader, applications: Mapping[int, Row]) -> None:
        self._reader = reader
        self._applications = applications
        self._touched = {(table, row): last for table, row, last in reader.rows(_TOUCHED)}
        ((anew,),) = reader.rows(_PLANNED_ANEW)
        self._anew = anew or 0
        ((lost,),) = reader.rows(_LOST)
        self._lost = lost or 0
        kept = reader.rows("SELECT value FROM setting WHERE name = :name", {"name": THINNED})
        self._thinned = int(kept[0][0]) if kept else 0

    def of_reminder(self, row_id: int) -> int:
        """The number of the newest change of a reminder; where the journal does not know it any
        more, that of the newest change which it has forgotten."""
        return int(self._touched.get(("reminder", row_id)) or self._thinned)

    def sequence(self, what: str, row_id: int, application_id: int) -> int:
        """The number of the newest change of a row.

        Where the journal does not know it any more, that of its application, which is newer; of an
        undone change whose images are gone, the step that undid it. So the number never falls.
        """
        table = "deadline" if what == "closing" else what
        version = int(self._applications[application_id][8])
        known = int(self._touched.get((table, row_id)) or version)
        known = max(known, min(version, self._lost))
        return max(known, self._anew) if what == "follow_up" else known

    def in_time(self, entries: Iterable[CalendarEntry]) -> tuple[CalendarEntry, ...]:
        """`entries` with the moments of the last changes of their applications."""
        found = tuple(entries)
        last = {one.application_id: self._last(one.application_id) for one in found}
        ids = {max(last[one.application_id], one.sequence) for one in found}
        moments = self._moments(ids)
        return tuple(
            one._replace(
                changed_at=moments.get(max(last[one.application_id], one.sequence))
                or self._stored(one)
            )
            for one in found
        )

    def _stored(self, entry: CalendarEntry) -> datetime:
        """The moment that its application, or the reminder itself, tells."""
        if not entry.application_id:
            return entry.changed_at
        changed: datetime = self._reader.instants[self._applications[entry.application_id][9]]
        return changed

    def _last(self, application_id: int) -> int:
        return int(self._touched.get(("application", application_id), 0))

    def _moments(self, ids: Iterable[int]) -> dict[int, datetime]:
        wanted, found = sorted(ids), {}
        for start in range(0, len(wanted), _AT_ONCE):
            numbers = ", ".join(map(str, wanted[start : start + _AT_ONCE]))
            for id_, at in self._reader.rows(_MOMENTS.format(numbers)):
                found[id_] = self._reader.instants[at]
        return found
