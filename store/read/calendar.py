"""What stands in the user's calendar: interviews, follow-ups, deadlines.

Each has an identity that stays, and a number that rises with every change of it, both from the
board alone: the same board gives the same calendar wherever it is read.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from store.advice.carry_over import carried_words, carry_over
from store.errors import NotFound
from store.model.board import InterviewEntry, follow_up_number
from store.model.calendar import (
    CANCELLED,
    DEADLINES,
    DONE,
    FOLLOW_UPS,
    INTERVIEWS,
    NEW,
    OPEN,
    BoardCalendar,
    CalendarEntry,
)
from store.model.dossier import Dossier
from store.read.cancellations import Went, read_went
from store.read.faces import INTERVIEW
from store.read.rows import Reader, Row
from store.read.stamps import RowStamps
from store.rules.followups.actions import FIRST_INQUIRY, UNANSWERED, action_of
from store.rules.lists import format_words
from store.rules.stages import Stage
from store.rules.text import as_sentence, capital
from store.rules.weekly.reminders import every_words, reminder_number

if TYPE_CHECKING:
    from store.model.board import Due
    from store.read.glance import Glance

_ALL_DAYS = 36_500
"""Days ahead within which follow-ups stand in the calendar: all there are."""
_REMEMBERED = timedelta(days=30)
"""For how long after it was settled it is told of what was to come that it does not (product): a
calendar that takes in a file now and then has learnt of it by then."""
_OURS = UUID("6f1d2c3e-5b7a-4c1e-9a3b-2d4e8f60a7c1")
"""The namespace of all identities; any other would do, but they would be others then."""

_APPLICATION = """
SELECT id, company, role, url, stage, outcome, closed_on, created_at, version, updated_at,
       closing_on, offer_deadline_on, offer_deadline_at, imported_on
FROM application"""
_INTERVIEWS = f"{INTERVIEW} WHERE starts_at IS NOT NULL AND status <> 'invited'"
_TASKS = """
SELECT id, application_id, title, due_on, due_at, zone, handed_in_on
FROM assignment WHERE due_on IS NOT NULL OR due_at IS NOT NULL"""
_SETTLED = """
SELECT id, application_id, label, reason, coalesce(snoozed_to, due_on),
       CASE WHEN snoozed_to IS NULL THEN due_at END, state, done_on
FROM follow_up WHERE state IN ('done', 'skipped') AND done_on >= :since"""
_TASK = "SELECT title, zone FROM assignment WHERE id = :id"
_REMINDER = "SELECT text, every, created_at, updated_at FROM reminder WHERE id = :id"
_REMINDERS = """
SELECT id, text, every, coalesce(snoozed_to, due_on), state, done_on, created_at, updated_at
FROM reminder WHERE due_on IS NOT NULL AND (state = 'open' OR done_on >= :since)"""
_FIRST_CHANGE = "SELECT at FROM change ORDER BY id LIMIT 1"
_LAST_CHANGE = "SELECT at FROM change ORDER BY id DESC LIMIT 1"
_BOUNDS = ("lapses_at", "not_before")
"""Until when, and from when on, a follow-up is on any list."""
_OF_NONE = 0
"""In the place of an application where there is none."""


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
        self._stamps = RowStamps(self._reader)

    def read(self) -> BoardCalendar:
        first = self._reader.rows(_FIRST_CHANGE)
        board = str(uuid5(_OURS, f"board {first[0][0]}")) if first else NEW
        found = [
            *self._interviews(), *self._dues(), *self._settled_entries(), *self._deadlines(),
            *self._tasks(), *self._reminders(),
        ]  # fmt: skip
        there = {one.uid: one for one in reversed([*found, *self._went()])}
        found = sorted(
            there.values(), key=lambda one: (one.day, one.starts_at is not None, one.uid)
        )
        return BoardCalendar(board, tuple(self._in_time(found)))

    def _in_time(self, found: Iterable[CalendarEntry]) -> Iterator[CalendarEntry]:
        """These entries with the moments of the last changes of their applications."""
        of_application = self._stamps.of_application
        last = [(one, max(of_application(one.application_id), one.sequence)) for one in found]
        moments = self._stamps.moments({number for _, number in last})
        for one, number in last:
            at = moments.get(number)
            if at is None and one.application_id in self._applications:
                at = self._reader.instants[self._applications[one.application_id][9]]
            yield one if at is None else one._replace(changed_at=at)

    def _reminders(self) -> Iterator[CalendarEntry]:
        """The reminders that belong to no application, each on the next of its days."""
        since = (self._today - _REMEMBERED).isoformat()
        for row in self._reader.rows(_REMINDERS, {"since": since}):
            yield self._reminder(row)

    def _reminder(self, row: Row) -> CalendarEntry:
        days, instants = self._reader.days, self._reader.instants
        id_, text, every, on, state, done_on, created, updated = row
        again = every_words(every)
        return CalendarEntry(
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
            sequence=self._stamps.sequence(what, row_id, id_, int(application[8])),
            changed_at=self._now,  # set for all at once: see `_in_time`
        )

    def _interviews(self) -> Iterator[CalendarEntry]:
        for row in self._reader.rows(_INTERVIEWS):
            interview, application = self._glance.faces.interview(row), self._applications[row[1]]
            assert interview.starts_at is not None
            day = interview.starts_at.date()
            off = interview.status == "cancelled" or interview.kept is False
            ended = _end_before(application, self._reader, day)
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
            )._replace(awaits_reply=interview.awaits_reply)

    def _interview_lines(self, interview: InterviewEntry, application_id: int) -> Iterator[str]:
        """What is known of it; and while it is not over, what to prepare."""
        if interview.awaits_reply:
            yield "Proposed: it waits for your reply."
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

    def _settled_entries(self) -> Iterator[CalendarEntry]:
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
                [capital(as_sentence(reason))] if reason else [],
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

    # What is there no longer

    def _went(self) -> Iterator[CalendarEntry]:
        """What stood in the calendar not long ago and was deleted, or lost its day."""
        went = read_went(self._reader, self._now - _REMEMBERED)
        on = self._stamps.moments({one.number for one in went})
        known = {**{one.id: _as_row(one.was) for one in reversed(went) if _is_whole(one)},
                 **self._applications}  # fmt: skip
        for one in went:
            owner = one.id if one.table == "application" else one.application_id
            application = known.get(owner or _OF_NONE)
            if application is None and one.table != "reminder":
                continue
            for entry in _WENT[one.table](self, one, application or ()):
                yield entry._replace(
                    state=CANCELLED,
                    settled_on=on[one.number].date(),
                    is_gone=one.is_gone and owner not in self._applications,
                    ahead=False,
                    sequence=max(entry.sequence, one.number),
                )

    def _interview_that_went(self, went: Went, application: Row) -> Iterator[CalendarEntry]:
        was = went.was
        if not was.get("starts_at") or was.get("status") == "invited":
            return
        columns = _columns_of(INTERVIEW)
        if went.is_gone:
            row = [was.get(name) for name in columns]
        else:
            found = self._reader.rows(f"{INTERVIEW} WHERE id = :id", {"id": went.id})
            row = [was.get(name, there) for name, there in zip(columns, *found, strict=True)]
        interview = self._glance.faces.interview(tuple(row))
        assert interview.starts_at is not None
        yield self._entry(
            INTERVIEWS,
            application,
            "interview",
            went.id,
            f"{capital(interview.called)} interview: {application[1]}",
            (),
            interview.starts_at.date(),
            starts_at=interview.starts_at,
            ends_at=interview.ends_at,
            zone=interview.zone,
        )

    def _follow_up_that_went(self, went: Went, application: Row) -> Iterator[CalendarEntry]:
        was = went.was
        if not went.is_gone or was["state"] != "open" or _is_in_a_fold(was, application):
            return
        lapsed, not_before = (self._reader.instants[was[name]] for name in _BOUNDS)
        if lapsed is not None and lapsed <= self._now:
            return
        waits = was["action"] == UNANSWERED and was["interview_id"] is None
        if waits and not_before is not None and not_before > self._now:
            return
        at = None if was["snoozed_to"] else self._reader.instants[was["due_at"]]
        day = at.date() if at else self._reader.days[was["snoozed_to"] or was["due_on"]]
        title = f"{application[1]}: {was['label']}"
        yield self._entry(
            FOLLOW_UPS, application, "follow_up", went.id, title, (), day, starts_at=at
        )

    def _deadlines_that_went(self, went: Went, application: Row) -> Iterator[CalendarEntry]:
        days, instants, was = self._reader.days, self._reader.instants, went.was
        company, stage = application[1], was.get("stage", application[4])
        at = instants[was.get("offer_deadline_at", application[12])]
        on = at.date() if at else days[was.get("offer_deadline_on", application[11])]
        if stage == Stage.OFFER and on is not None:
            title = f"{company}: answer the offer"
            yield from self._deadline(application, "deadline", went.id, title, on, at)
        if (closing_on := days[was.get("closing_on")]) is not None:
            title = f"{company}: posting closes"
            yield from self._deadline(application, "closing", went.id, title, closing_on, None)

    def _task_that_went(self, went: Went, application: Row) -> Iterator[CalendarEntry]:
        was, at = went.was, self._reader.instants[went.was.get("due_at")]
        day = at.date() if at else self._reader.days[was.get("due_on")]
        if day is None or was.get("handed_in_on"):
            return
        task, zone = was.get("title"), was.get("zone", "")
        if not went.is_gone:
            ((task, zone),) = self._reader.rows(_TASK, {"id": went.id})
        title = f"{application[1]}: hand in {task}"
        yield from self._deadline(application, "assignment", went.id, title, day, at, zone=zone)

    def _reminder_that_went(self, went: Went, _: Row) -> Iterator[CalendarEntry]:
        was = dict(went.was)
        if not went.is_gone:
            ((*there,),) = self._reader.rows(_REMINDER, {"id": went.id})
            was = {**dict(zip(("text", "every", "created_at", "updated_at"), there, strict=True)),
                   "state": "open", "done_on": None, **was}  # fmt: skip
        on = was.get("snoozed_to") or was.get("due_on")
        if on is not None and was["state"] == "open":
            kept = (was["text"], was["every"], on, "open", None)
            yield self._reminder((went.id, *kept, was["created_at"], was["updated_at"]))


_WENT = {
    "application": _Calendar._deadlines_that_went,
    "interview": _Calendar._interview_that_went,
    "assignment": _Calendar._task_that_went,
    "follow_up": _Calendar._follow_up_that_went,
    "reminder": _Calendar._reminder_that_went,
}


def _is_whole(went: Went) -> bool:
    """Whether it is an application, with all its columns."""
    return went.table == "application" and went.is_gone


def _columns_of(query: str) -> list[str]:
    """The columns that a query reads, which has no more than their names."""
    return query.partition("SELECT")[2].partition("FROM")[0].replace(",", " ").split()


def _as_row(was: Mapping[str, Any]) -> Row:
    """An application that is there no longer, without its address, as `_APPLICATION` reads it."""
    return tuple("" if name == "url" else was.get(name) for name in _columns_of(_APPLICATION))


def _is_in_a_fold(was: Mapping[str, Any], application: Row) -> bool:
    """Whether a follow-up that is gone could wait for ever, and had no day in the calendar."""
    if was["rule"] == FIRST_INQUIRY:
        is_imported = application[13] is not None
        return is_imported and was["nth"] == 1 and was["due_on"] == was["planned_on"]
    return bool(action_of(was["action"]).fold)


def _due_lines(due: "Due") -> Iterator[str]:
    if due.of > 1:
        yield f"{due.nth} of {due.of}"
    if due.reason:
        yield capital(as_sentence(due.reason))
    yield f"rounds done {follow_up_number(due.id)}"


def _end_before(application: Row, reader: Reader, day: date) -> date | None:
    """The day on which the application ended, where an interview of `day` will not be for that."""
    outcome, closed_on = application[5], reader.days[application[6]]
    off = outcome not in (None, "accepted") and closed_on is not None and closed_on < day
    return closed_on if off else None
