"""Everything about one application, as its page and the side panel show it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from store.advice.tips import Known, tip_lines
from store.model.dossier import (
    AssignmentEntry,
    Card,
    ContactEntry,
    DebriefEntry,
    Dossier,
    DraftEntry,
    Due,
    FollowUpEntry,
    InterviewerEntry,
    Meeting,
    MessageEntry,
    NoteEntry,
    OfferEntry,
    PointEntry,
    Sibling,
    TimelineEntry,
)
from store.read.rows import MEETING, Faces, Placing, Reader, Row, texts
from store.rules import fields
from store.rules.followups.actions import THANKS
from store.rules.followups.thanked import Thanks, ThankYou
from store.rules.stages import Outcome, Stage

Which = Mapping[str, object]

_MEETINGS = f"""
{MEETING} WHERE application_id = :id
ORDER BY starts_at IS NULL, starts_at, id"""
_INTERVIEWERS = """
SELECT i.interview_id, i.id, i.contact_id, c.name, c.email, i.point
FROM interviewer i JOIN contact c ON c.id = i.contact_id
WHERE i.application_id = :id ORDER BY i.id"""
_THANKS = f"""
SELECT interview_id, person, state FROM follow_up
WHERE application_id = :id AND action = '{THANKS}'"""
_CONTACTS = """
SELECT id, name, title, email, phone, link, relation, common_ground, background, main
FROM contact WHERE application_id = :id ORDER BY id"""
_DEBRIEFS = """
SELECT id, interview_id, written_on, finished, mood, wish, signals, next_step, promised_by,
       promised_text, remarks
FROM debrief WHERE application_id = :id ORDER BY interview_id"""
_POINTS = """
SELECT id, kind, text, detail, felt, state, noted_on, due_on, link, interview_id, answers_id,
       settled_on
FROM point WHERE application_id = :id ORDER BY id"""
_ASSIGNMENTS = """
SELECT id, stage, kind, title, given_on, due_on, due_at, zone, minutes_spent, handed_in_on, remarks
FROM assignment WHERE application_id = :id
ORDER BY coalesce(due_on, given_on), id"""
_OFFER = """
SELECT offer_kind, offered_on, offer_acknowledged_on, offer_deadline_on, offer_deadline_at,
       offer_letter_on, offer_signed_on, extension_asked_on, counter_sent_on,
       offer_deadline_asked_on, starts_work_on
FROM application WHERE id = :id AND stage = 'offer'"""
_SCORES = """
SELECT criterion_id, value FROM score WHERE application_id = :id ORDER BY criterion_id"""
_DRAFTS = """
SELECT id, kind, text, updated_on, follow_up_id
FROM draft WHERE application_id = :id ORDER BY id"""


def read_meetings(reader: Reader, faces: Faces, which: Which) -> tuple[Meeting, ...]:
    """The interviews by their time, those without one last, each with its interviewers."""
    there: dict[int, list[InterviewerEntry]] = {}
    thanks = Thanks(ThankYou(*row) for row in reader.rows(_THANKS, which))
    for interview_id, id_, contact_id, name, email, point in reader.rows(_INTERVIEWERS, which):
        thanked = thanks.reached(interview_id, contact_id)
        entry = InterviewerEntry(id_, contact_id, name, email, point, thanked)
        there.setdefault(interview_id, []).append(entry)
    return tuple(
        faces.meeting(row)._replace(interviewers=tuple(there.get(row[0], ())))
        for row in reader.rows(_MEETINGS, which)
    )


def read_contacts(reader: Reader, which: Which) -> tuple[ContactEntry, ...]:
    """The people of the application, in the order in which they were added."""
    return tuple(
        ContactEntry._make((*row[:-1], bool(row[-1]))) for row in reader.rows(_CONTACTS, which)
    )


def read_debriefs(reader: Reader, which: Which) -> tuple[DebriefEntry, ...]:
    """The debriefs, in the order of their interviews' ids."""
    days = reader.days
    return tuple(
        DebriefEntry(
            id_,
            interview_id,
            days[written_on],
            bool(finished),
            mood,
            wish,
            texts(signals),
            next_step,
            days[promised_by],
            promised_text,
            remarks,
        )
        for (
            id_, interview_id, written_on, finished, mood, wish, signals, next_step, promised_by,
            promised_text, remarks,
        ) in reader.rows(_DEBRIEFS, which)
    )  # fmt: skip


def read_points(reader: Reader, which: Which) -> tuple[PointEntry, ...]:
    """The points, in the order in which they were noted."""
    days = reader.days
    return tuple(
        PointEntry(
            id_,
            kind,
            text,
            detail,
            bool(felt),
            state,
            days[noted_on],
            days[due_on],
            link,
            interview_id,
            answers_id,
            days[settled_on],
        )
        for (
            id_, kind, text, detail, felt, state, noted_on, due_on, link, interview_id, answers_id,
            settled_on,
        ) in reader.rows(_POINTS, which)
    )  # fmt: skip


def read_assignments(reader: Reader, which: Which) -> tuple[AssignmentEntry, ...]:
    """The tasks and tests, in the order in which they are due."""
    days = reader.days
    return tuple(
        AssignmentEntry(
            id_,
            Stage(stage),
            kind,
            title,
            days[given_on],
            reader.day_of(due_on, due_at),
            reader.instants[due_at],
            zone,
            minutes_spent,
            days[handed_in_on],
            remarks,
        )
        for (
            id_, stage, kind, title, given_on, due_on, due_at, zone, minutes_spent, handed_in_on,
            remarks,
        ) in reader.rows(_ASSIGNMENTS, which)
    )  # fmt: skip


def read_offer(reader: Reader, which: Which) -> OfferEntry | None:
    """The offer with its scores; None when the application has not come to one."""
    rows = reader.rows(_OFFER, which)
    if not rows:
        return None
    days = reader.days
    (
        kind, offered, acknowledged, deadline, deadline_at, letter, signed, asked, counter,
        deadline_asked, starts,
    ) = rows[0]  # fmt: skip
    return OfferEntry(
        kind=kind,
        offered_on=days[offered],
        acknowledged_on=days[acknowledged],
        deadline_on=reader.day_of(deadline, deadline_at),
        deadline_at=reader.instants[deadline_at],
        letter_on=days[letter],
        signed_on=days[signed],
        extension_asked_on=days[asked],
        counter_sent_on=days[counter],
        scores=dict(reader.rows(_SCORES, which)),
        deadline_asked_on=days[deadline_asked],
        starts_on=days[starts],
    )


def read_drafts(reader: Reader, which: Which) -> tuple[DraftEntry, ...]:
    """The drafts, in the order in which they were begun."""
    days = reader.days
    return tuple(
        DraftEntry(id_, kind, text, days[updated_on], follow_up_id)
        for id_, kind, text, updated_on, follow_up_id in reader.rows(_DRAFTS, which)
    )


_ON_THE_CARD = ("company", "role", "location", "url", "source", "salary")
_OF_THE_CONTACT = ("contact_name", "contact_email")
_TEXTS = tuple(name for name in fields.APPLICATION if name not in (*_ON_THE_CARD, *_OF_THE_CONTACT))
_SHOWN_TEXTS = tuple(name for name in fields.APPLICATION if name not in _ON_THE_CARD)
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
_STATE = 25
"""The place of the state in a row of _FOLLOW_UPS; before it are `faces.NAMED_FOLLOW_UP`'s."""
_NOTES = """
SELECT id, noted_on, text FROM note WHERE application_id = :id
ORDER BY noted_on DESC, id DESC"""
_MESSAGES = """
SELECT id, direction, kind, sent_on, text FROM message WHERE application_id = :id
ORDER BY sent_on DESC, id DESC"""
_TIMELINE = """
SELECT id, happened_on, verb, summary FROM change c
WHERE state = 'done' AND id IN (SELECT change_id FROM row_image WHERE application_id = :id)
  AND (verb IN ('import', 'reorder', 'skip', 'snooze')
    OR :id = (SELECT application_id FROM row_image
              WHERE change_id = c.id AND application_id IS NOT NULL ORDER BY id LIMIT 1)
    OR EXISTS (SELECT 1 FROM row_image
               WHERE change_id = c.id AND application_id = :id AND table_name = 'follow_up'
                 AND before LIKE '%"state":"open"%' AND after LIKE '%"state":"done"%'))
ORDER BY id DESC"""
"""A change is told where it was made: its first image is of the application that it was about.
What an offer, say, means for the follow-ups of others is stored with it and no story of theirs.
Several applications have an import, an order by hand, and what is done to follow-ups together."""
_TICKED = "SELECT tip FROM tip_tick WHERE application_id = :id"
_OTHERS = """
SELECT company, stage FROM application
WHERE outcome IS NULL AND stage IN ('first', 'second') AND id <> :id
ORDER BY stage_since, id"""
_SIBLINGS = """
SELECT id, role, stage, applied_on FROM application
WHERE outcome IS NULL AND id <> :id
  AND employer = (SELECT employer FROM application WHERE id = :id)
ORDER BY applied_on IS NULL, applied_on, id"""
_OTHERS_COUNTED = "SELECT count(*) FROM application WHERE outcome IS NULL AND id <> :id"


class Cards(Protocol):
    """Reads cards and their follow-ups: a Glance."""

    reader: Reader
    faces: Faces

    def card(self, application_id: int, now: datetime | None = None) -> Card:
        """One application; NotFound when there is none with this id."""

    def placing(self, now: datetime) -> Placing:
        """What the place of follow-ups depends on."""

    def shown(self, application_id: int, now: datetime | None = None) -> tuple[Due, ...]:
        """The follow-ups of one application that are shown."""


def read_dossier(glance: Cards, application_id: int, now: datetime | None = None) -> Dossier:
    """Everything about one application at `now`; NotFound when there is none with this id.

    Notes and messages come newest first by their day, the timeline newest first by when it was
    recorded; follow-ups and interviews in the order in which they are due. What was undone is not
    told.
    """
    with glance.reader.snapshot():
        return _Page(glance, application_id, glance.reader.now(now)).dossier()


class _Page:
    """What the database says about one application; to be used inside a snapshot."""

    def __init__(self, glance: Cards, application_id: int, now: datetime) -> None:
        self._reader = glance.reader
        self._faces = glance.faces
        self._which = {"id": application_id}
        self._now = now
        self._card = glance.card(application_id, now)
        self._placing = glance.placing(self._now)
        self._shown = {due.id for due in glance.shown(application_id, now)}

    def dossier(self) -> Dossier:
        """All of it, read in one go."""
        days = self._reader.days
        reader, which = self._reader, self._which
        (
            posted_on, closing_on, offered_on, acknowledged_on, no_contact, preset, checked_on,
            announced_on, feedback_asked, thanked_on, stay_in_touch, expected_set_on, *texts,
        ) = self._rows(_APPLICATION)[0]  # fmt: skip
        contacts = read_contacts(reader, which)
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
            interviews=read_meetings(reader, self._faces, which),
            follow_ups=tuple(self._follow_ups()),
            notes=tuple(NoteEntry(id_, days[on], text) for id_, on, text in self._rows(_NOTES)),
            messages=tuple(
                MessageEntry(id_, direction, kind, days[on], text)
                for id_, direction, kind, on, text in self._rows(_MESSAGES)
            ),
            timeline=tuple(
                TimelineEntry(id_, days[on], verb, summary)
                for id_, on, verb, summary in self._rows(_TIMELINE)
            ),
            tips=(),
            contacts=contacts,
            debriefs=read_debriefs(reader, which),
            points=read_points(reader, which),
            offer=read_offer(reader, which),
            drafts=read_drafts(reader, which),
            assignments=read_assignments(reader, which),
            siblings=tuple(
                Sibling(id_, role, Stage(stage), days[on])
                for id_, role, stage, on in self._rows(_SIBLINGS)
            ),
            preset=preset,
            reference_check_on=days[checked_on],
            references_announced_on=days[announced_on],
            feedback_asked=bool(feedback_asked),
            thanked_rejection_on=days[thanked_on],
            stay_in_touch=bool(stay_in_touch),
            expected_set_on=days[expected_set_on],
        )
        known = self._known()
        return dossier._replace(
            tips=tip_lines(dossier, known, self._now),
            ticked=known.ticked,
        )

    def _rows(self, sql: str) -> list[Row]:
        return self._reader.rows(sql, self._which)

    def _follow_ups(self) -> Iterator[FollowUpEntry]:
        """Every follow-up there is, in order; an open one that is shown nowhere has lapsed."""
        rows = {row[0]: row for row in self._rows(_FOLLOW_UPS)}
        for follow_up in sorted(self._placing(row[:_STATE]) for row in rows.values()):
            state, done_on, anchor, names_day = rows[follow_up.row[0]][_STATE:]
            if state == "open" and follow_up.row[0] not in self._shown:
                state = "lapsed"
            due, done = self._faces.due(follow_up), self._reader.days[done_on]
            yield FollowUpEntry(due, state, done, anchor, self._reader.days[names_day])

    def _known(self) -> Known:
        """What tips ask for besides the page; the other applications only where one asks."""
        card = self._card
        others: list[Row] = []
        count = 0
        if card.stage is Stage.OFFER and card.outcome in (None, Outcome.ACCEPTED):
            others = self._rows(_OTHERS)
        if card.outcome in (None, Outcome.ACCEPTED):
            ((count,),) = self._rows(_OTHERS_COUNTED)
        return Known(
            ticked=frozenset(tip for (tip,) in self._rows(_TICKED)),
            others=tuple((company, Stage(stage)) for company, stage in others),
            others_open=count,
        )
