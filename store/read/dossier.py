"""Everything about one application, as its page and the side panel show it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar

from store.advice.tips import TipKnowledge, tip_lines
from store.model.dossier import (
    AssignmentEntry,
    Card,
    ContactEntry,
    DebriefEntry,
    Dossier,
    DraftEntry,
    Due,
    FollowUpEntry,
    InterviewEntry,
    InterviewerEntry,
    MessageEntry,
    NoteEntry,
    OfferEntry,
    PointEntry,
    Sibling,
    TimelineEntry,
)
from store.read.faces import INTERVIEW, Faces, Placing
from store.read.rows import OUTCOMES, Reader, Row, as_stored, texts
from store.read.timeline import TIMELINE
from store.rules import fields
from store.rules.employers import Before
from store.rules.followups.actions import TELLING, THANKS
from store.rules.followups.thanks import Thanks, ThankYou
from store.rules.stages import Outcome, Stage
from store.rules.tips.texts import name_ticks

Which = Mapping[str, object]

_INTERVIEWS = f"""
{INTERVIEW} WHERE application_id = :id
ORDER BY starts_at IS NULL, starts_at, id"""
_INTERVIEWERS = """
SELECT i.interview_id, i.id, i.contact_id, c.name, c.email, i.point
FROM interviewer i JOIN contact c ON c.id = i.contact_id
WHERE i.application_id = :id ORDER BY i.id"""
_THANKS = f"""
SELECT interview_id, person, state FROM follow_up
WHERE application_id = :id AND action = '{THANKS}'"""
_OF_ONE = "WHERE application_id = :id ORDER BY"


def _select(entry: Any, rest: str) -> str:
    """SQL for the fields of `entry`, which are columns."""
    return f"SELECT {', '.join(entry._fields)} FROM {rest}"


_CONTACTS = _select(ContactEntry, f"contact {_OF_ONE} id")
_DEBRIEFS = _select(DebriefEntry, f"debrief {_OF_ONE} interview_id")
_POINTS = _select(PointEntry, f"point {_OF_ONE} id")
_ASSIGNMENTS = _select(AssignmentEntry, f"assignment {_OF_ONE} coalesce(due_on, given_on), id")
_DRAFTS = _select(DraftEntry, f"draft {_OF_ONE} id")
_NOTES = _select(NoteEntry, f"note {_OF_ONE} noted_on DESC, id DESC")
_MESSAGES = _select(MessageEntry, f"message {_OF_ONE} sent_on DESC, id DESC")
_OFFER = """
SELECT offer_kind, offered_on, offer_acknowledged_on, offer_deadline_on, offer_deadline_at,
       offer_letter_on, offer_signed_on, extension_asked_on, counter_sent_on,
       offer_deadline_asked_on, starts_work_on
FROM application WHERE id = :id AND stage = 'offer'"""
_SCORES = f"SELECT criterion_id, value FROM score {_OF_ONE} criterion_id"

_Entry = TypeVar("_Entry")


def read_interviews(reader: Reader, faces: Faces, which: Which) -> tuple[InterviewEntry, ...]:
    """The interviews by their time, those without one last, each with its interviewers."""
    there: dict[int, list[InterviewerEntry]] = {}
    thanks = Thanks(ThankYou(*row) for row in reader.rows(_THANKS, which))
    for interview_id, id_, contact_id, name, email, point in reader.rows(_INTERVIEWERS, which):
        thanked = thanks.was_thanked(interview_id, contact_id)
        entry = InterviewerEntry(id_, contact_id, name, email, point, thanked)
        there.setdefault(interview_id, []).append(entry)
    return tuple(
        faces.interview(row)._replace(interviewers=tuple(there.get(row[0], ())))
        for row in reader.rows(_INTERVIEWS, which)
    )


def _entries(
    reader: Reader, which: Which, entry: Callable[..., _Entry], sql: str
) -> tuple[_Entry, ...]:
    """The rows of `sql` as entries: its columns are the fields of `entry`, each read as its type
    says."""
    days, instants = reader.days.__getitem__, reader.instants.__getitem__
    readers: dict[Any, Callable[[Any], Any]] = {
        date: days,
        date | None: days,
        datetime | None: instants,
        bool: bool,
        Stage: Stage,
        Outcome | None: OUTCOMES.__getitem__,
        tuple[str, ...]: texts,
    }
    reads = [readers.get(kind) for kind in entry.__annotations__.values()]
    return tuple(
        entry(*(read(value) if read else value for read, value in zip(reads, row, strict=False)))
        for row in reader.rows(sql, which)
    )


def read_assignments(reader: Reader, which: Which) -> tuple[AssignmentEntry, ...]:
    """The tasks and tests, in the order in which they are due."""
    return tuple(
        task._replace(due_on=task.due_at.date()) if task.due_at is not None else task
        for task in _entries(reader, which, AssignmentEntry, _ASSIGNMENTS)
    )


def read_offer(reader: Reader, which: Which) -> OfferEntry | None:
    """The offer with its scores; None when the application has not come to one."""
    offer = next(iter(_entries(reader, which, OfferEntry, _OFFER)), None)
    if offer is None:
        return None
    at = offer.deadline_at
    return offer._replace(
        deadline_on=at.date() if at is not None else offer.deadline_on,
        scores=dict(reader.rows(_SCORES, which)),
    )


_OF_THE_CONTACT = ("contact_name", "contact_email")
_TEXTS = tuple(
    name for name in fields.APPLICATION if name not in (*fields.ON_THE_CARD, *_OF_THE_CONTACT)
)
_SHOWN_TEXTS = tuple(name for name in fields.APPLICATION if name not in fields.ON_THE_CARD)
_APPLICATION = f"""
SELECT posted_on, closing_on, offered_on, offer_acknowledged_on, no_contact, preset,
       reference_check_on, reference_check_set_on, feedback_asked, thanked_rejection_on,
       stay_in_touch, expected_set_on, {", ".join(_TEXTS)}
FROM application WHERE id = :id"""
_FOLLOW_UPS = """
SELECT f.id, f.application_id, f.rule, f.action, f.label, coalesce(f.snoozed_to, f.due_on),
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END, f.late_until, f.lapses_at, f.reason,
       f.nth, f.of, f.snoozed_to, f.interview_id, f.person, f.not_before, f.late_from, f.due_on,
       f.planned_on, a.imported_on, a.company, a.role, a.stage, a.employer, a.via_recruiter,
       f.state, f.done_on, f.anchor, f.names_day
FROM follow_up f JOIN application a ON a.id = f.application_id
WHERE f.application_id = :id"""
_PLANNED_ON = 18
_STATE = 25
"""The place of the state in a row of _FOLLOW_UPS; before it are `faces.NAMED_FOLLOW_UP`'s."""
_AT_ONCE, _BETWEEN_NAMES = ("add", "close", "edit", "move", "reopen"), " — "
"""Verbs of changes that name all whom they were about, and what stands between company and role."""
_MAIL = "mail"
"""The verb of messages that were confirmed, and the first word where they were several: each page
tells its own."""
_TICK, _ADD = "tick", "add"
"""Verbs of changes that are not told as they are stored."""
_ADDED, _APPLIED = "added", "applied"
"""What is told of an application on the day on which it was entered, and of one that was sent
earlier: it was not on the board that day."""
_TICKED = "SELECT tip FROM tip_tick WHERE application_id = :id"
_SIBLINGS = """
SELECT id, role, stage, applied_on FROM application
WHERE outcome IS NULL AND id <> :id
  AND employer = (SELECT employer FROM application WHERE id = :id)
ORDER BY applied_on IS NULL, applied_on, id"""
_ALSO_THERE = """
application.id <> :id AND application.employer <> ''
AND application.employer = (SELECT employer FROM application WHERE id = :id)"""
_THERE = _select(Before, f"application WHERE {_ALSO_THERE} ORDER BY id")
_PEOPLE_THERE = f"""
SELECT contact.name FROM application JOIN contact ON contact.application_id = application.id
WHERE {_ALSO_THERE} AND contact.name <> '' AND contact.relation <> 'reference'
ORDER BY application.id DESC, contact.main DESC, contact.id"""
"""Who speaks for the user is not at the employer."""
_OTHERS_COUNTED = "SELECT count(*) FROM application WHERE outcome IS NULL AND id <> :id"


class Cards(Protocol):
    """Reads cards and their follow-ups: a Glance."""

    reader: Reader
    faces: Faces

    def card(self, application_id: int, now: datetime | None = None) -> Card:
        """One application; NotFound when there is none with this id."""

    def places_at(self, now: datetime) -> Placing:
        """What the place of follow-ups depends on."""

    def follow_ups_of(self, application_id: int, now: datetime | None = None) -> tuple[Due, ...]:
        """The follow-ups of one application that are shown."""


def read_dossier(glance: Cards, application_id: int, now: datetime | None = None) -> Dossier:
    """Everything about one application at `now`; NotFound when there is none with this id.

    Notes and messages come newest first by their day, the timeline newest first by when it was
    recorded; follow-ups and interviews in the order in which they are due. What was undone is not
    told.
    """
    with glance.reader.snapshot():
        return _DossierReader(glance, application_id, glance.reader.now(now)).dossier()


class _DossierReader:
    """What the database says about one application; to be used inside a snapshot."""

    def __init__(self, glance: Cards, application_id: int, now: datetime) -> None:
        self._reader = glance.reader
        self._faces = glance.faces
        self._which = {"id": application_id}
        self._now = now
        self._card = glance.card(application_id, now)
        self._placing = glance.places_at(self._now)
        self._shown = {due.id for due in glance.follow_ups_of(application_id, now)}

    def dossier(self) -> Dossier:
        """All of it, read in one go."""
        days = self._reader.days
        reader, which = self._reader, self._which
        (
            posted_on, closing_on, offered_on, acknowledged_on, no_contact, preset, checked_on,
            announced_on, feedback_asked, thanked_on, stay_in_touch, expected_set_on, *texts,
        ) = self._rows(_APPLICATION)[0]  # fmt: skip
        contacts = _entries(reader, which, ContactEntry, _CONTACTS)
        main = next((one for one in contacts if one.main), None)
        told = dict(zip(_TEXTS, texts, strict=True)) | {
            "contact_name": main.name if main is not None else "",
            "contact_email": main.email if main is not None else "",
        }
        dossier = Dossier(
            card=self._card,
            fields=MappingProxyType({name: told[name] for name in _SHOWN_TEXTS}),
            posted_on=days[posted_on],
            closing_on=days[closing_on],
            no_contact=bool(no_contact),
            offered_on=days[offered_on],
            acknowledged_on=days[acknowledged_on],
            interviews=read_interviews(reader, self._faces, which),
            follow_ups=tuple(self._follow_ups()),
            notes=_entries(reader, which, NoteEntry, _NOTES),
            messages=_entries(reader, which, MessageEntry, _MESSAGES),
            timeline=tuple(self._timeline()),
            tips=(),
            contacts=contacts,
            debriefs=_entries(reader, which, DebriefEntry, _DEBRIEFS),
            points=_entries(reader, which, PointEntry, _POINTS),
            offer=read_offer(reader, which),
            drafts=_entries(reader, which, DraftEntry, _DRAFTS),
            assignments=read_assignments(reader, which),
            siblings=_entries(reader, which, Sibling, _SIBLINGS),
            there=_entries(reader, which, Before, _THERE),
            people_there=self._people_there(contacts),
            preset=preset,
            reference_check_on=days[checked_on],
            references_announced_on=days[announced_on],
            feedback_asked=bool(feedback_asked),
            thanked_rejection_on=days[thanked_on],
            stay_in_touch=bool(stay_in_touch),
            expected_set_on=days[expected_set_on],
        )
        known = self._for_tips()
        return dossier._replace(tips=tip_lines(dossier, known, self._now), ticked=known.ticked)

    def _rows(self, sql: str) -> list[Row]:
        return self._reader.rows(sql, self._which)

    def _people_there(self, contacts: Iterable[ContactEntry]) -> tuple[str, ...]:
        """Those who are known from other applications there, each once."""
        ours = {one.name.casefold() for one in contacts}
        found: dict[str, str] = {}
        for (name,) in self._rows(_PEOPLE_THERE):
            found.setdefault(name.casefold(), name)
        return tuple(name for key, name in found.items() if key not in ours)

    def _follow_ups(self) -> Iterator[FollowUpEntry]:
        """Every follow-up there is, in order; an open one that is shown nowhere has lapsed."""
        rows = {row[0]: row for row in self._rows(_FOLLOW_UPS)}
        for follow_up in sorted(self._placing(row[:_STATE]) for row in rows.values()):
            state, done_on, anchor, names_day = rows[follow_up.row[0]][_STATE:]
            if state == "open" and follow_up.row[0] not in self._shown:
                state = "lapsed"
            due, days = self._faces.due(follow_up), self._reader.days
            planned_on = days[follow_up.row[_PLANNED_ON]]
            yield FollowUpEntry(due, state, days[done_on], anchor, days[names_day], planned_on)

    def _timeline(self) -> Iterator[TimelineEntry]:
        """What was done, as it is told: a tick by its tip, an application on its own day."""
        days, instants = self._reader.days, self._reader.instants
        for id_, happened_on, verb, summary, at, made_by in self._rows(TIMELINE):
            day, recorded = days[happened_on], instants[at]
            assert day is not None
            assert recorded is not None
            told = summary
            head, _, names = summary.partition(": ")
            if verb in _AT_ONCE and _BETWEEN_NAMES in names:
                told = head  # whose page this is, is known
            if verb == _MAIL and head == _MAIL:
                found = names.find(f"{self._card.company} (")
                ours = names[found:].partition("(")[2].partition(")")[0] if found >= 0 else ""
                told = f"{_MAIL}: {ours}" if ours else _MAIL
            if verb == _TICK:
                told = name_ticks(summary)
            elif verb == _ADD and day < recorded.date():
                told = _APPLIED if told == _ADDED else f"{_APPLIED}, {told}"
            yield TimelineEntry(id_, day, verb, told, made_by)

    def _for_tips(self) -> TipKnowledge:
        """What tips ask for besides the page; the other applications only where one asks."""
        card = self._card
        told: tuple[OfferNews, ...] = ()
        count = 0
        if card.stage is Stage.OFFER and card.outcome is None:
            told = read_told(self._reader, card.id, self._now)
        if card.outcome in (None, Outcome.ACCEPTED):
            ((count,),) = self._rows(_OTHERS_COUNTED)
        return TipKnowledge(
            ticked=frozenset(tip for (tip,) in self._rows(_TICKED)),
            to_tell=tuple(one.company for one in told if not one.done),
            told=any(one.done for one in told),
            others_open=count,
        )


_TELLINGS = f"""
SELECT f.id, a.company, f.state = 'done'
FROM application a JOIN follow_up f ON f.application_id = a.id
WHERE a.outcome IS NULL AND a.stage IN ('first', 'second') AND a.id <> :id
  AND f.action = '{TELLING}'
  AND (f.anchor = :offer OR substr(f.anchor, 1, length(:deadline)) = :deadline)
  AND (f.state = 'done' OR (f.state = 'open' AND (f.lapses_at IS NULL OR f.lapses_at > :now)))
ORDER BY a.stage_since, a.id, f.id"""


class OfferNews(NamedTuple):
    """The follow-up by which an employer is to hear of the offer of another: its id, who they are,
    whether it is done."""

    follow_up_id: int
    company: str
    done: bool


def read_told(reader: Reader, application_id: int, now: datetime) -> tuple[OfferNews, ...]:
    """Those who are to hear of the offer of this application, or heard of it, the longest in its
    stage first. Only to be called inside a snapshot."""
    which = {
        "id": application_id,
        "offer": f"offer-of:{application_id}",
        "deadline": f"deadline-of:{application_id}:",
        "now": as_stored(now),
    }
    rows = reader.rows(_TELLINGS, which)
    return tuple(OfferNews(id_, company, bool(done)) for id_, company, done in rows)
