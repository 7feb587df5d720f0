"""The objects that `--json` prints; scripts rely on their names and their order.

Dates are YYYY-MM-DD, instants ISO 8601 with the local offset, what is absent is null.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from store.advice.carried import Carried, preparation
from store.model.dossier import (
    AssignmentEntry,
    Card,
    ContactEntry,
    DebriefEntry,
    Dossier,
    DraftEntry,
    Due,
    InterviewEntry,
    PointEntry,
)
from store.model.due_list import IMPORTED, SILENT, DueEntry, DueInterview, DuePart
from store.rules.text import Refused
from store.rules.urgency import Level
from store.rules.weighing import CriterionEntry
from store.zones import zone_named
from tui.wording import interview_name

Shape = dict[str, Any]


def due_shape(due: Due, now: datetime) -> Shape:
    """A follow-up as seen at `now`; `days` is negative when it is late by so many."""
    return {
        "id": due.id,
        "application_id": due.application_id,
        "company": due.company,
        "role": due.role,
        "stage": due.stage.value,
        "action": due.action,
        "label": due.label,
        "due_on": day(due.due_on),
        "due_at": instant(due.due_at, now),
        "days": due.days(now),
        "reason": due.reason or None,
        "nth": due.nth,
        "of": due.of,
        "late": due.level(now) is Level.LATE,
        "late_from": instant(due.late_from, now),
    }


def card_shape(card: Card, now: datetime) -> Shape:
    """An application as `rounds list` shows it; `next_interview` is the instant it begins."""
    meeting = card.interview
    return {
        "id": card.id,
        "company": card.company,
        "role": card.role,
        "stage": card.stage.value,
        "outcome": card.outcome.value if card.outcome else None,
        "applied_on": day(card.applied_on),
        "stage_since": day(card.stage_since),
        "location": card.location or None,
        "url": card.url or None,
        "source": card.source or None,
        "salary": card.salary or None,
        "tags": list(card.tags),
        "expected_by": day(card.expected_by),
        "dormant": card.is_quiet(now.date()),
        "quiet": card.is_quiet(now.date()),
        "close_suggested_on": day(card.close_suggested_on),
        "next_interview": instant(meeting.starts_at, now) if meeting else None,
        "follow_up": due_shape(card.follow_up, now) if card.follow_up else None,
        "waiting": card.waits_for(now.date()) or None,
        "starts_work_on": day(card.starts_work_on),
    }


def day(value: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return value.isoformat() if value is not None else None


def instant(value: datetime | None, now: datetime) -> str | None:
    """The instant with the offset that is in force then, at the reader's place."""
    if value is None:
        return None
    return value.astimezone(now.tzinfo).isoformat(timespec="seconds")


def due_shapes(parts: Sequence[DuePart], now: datetime) -> list[Shape]:
    """Every line of the list, those of folds too.

    Each says its `kind`. A follow-up names those that are done `together` with it, its `fold`, and
    with `after_interview` the interview under which it is folded: that has to be over first.
    """
    return [
        shape
        for part in parts
        for one in part.entries
        for shape in (_talk(one, now) if isinstance(one, DueInterview) else _entry(one, now))
    ]


def _entry(entry: DueEntry, now: datetime) -> Iterator[Shape]:
    for due in entry.dues:
        others = [other.id for other in entry.dues if other is not due]
        together = [] if entry.fold in (IMPORTED, SILENT) else others
        yield _follow_up(due, now, together=together, fold=entry.fold)


def _talk(talk: DueInterview, now: datetime) -> Iterator[Shape]:
    one, meeting = talk.appointment, talk.appointment.interview
    yield {
        "id": None,
        "application_id": one.application_id,
        "company": one.company,
        "role": one.role,
        "stage": meeting.stage.value,
        "action": "interview",
        "label": interview_name(meeting, people=True),
        "due_on": day(one.day()),
        "due_at": instant(meeting.starts_at, now),
        "days": (one.day() - now.date()).days,
        "reason": None,
        "nth": 1,
        "of": 1,
        "late": False,
        "late_from": None,
        "kind": "interview",
        "interview_id": meeting.id,
        "after_interview": None,
        "together": [],
        "fold": None,
    }
    for due in talk.after:
        yield _follow_up(due, now, after=meeting.id)


def _follow_up(
    due: Due,
    now: datetime,
    *,
    together: Sequence[int] = (),
    fold: str = "",
    after: int | None = None,
) -> Shape:
    return due_shape(due, now) | {
        "kind": "follow_up",
        "interview_id": due.interview_id,
        "after_interview": after,
        "together": list(together),
        "fold": fold or None,
    }


def dossier_shape(dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry]) -> Shape:
    """An application with all that belongs to it, as `rounds show` prints it."""
    return card_shape(dossier.card, now) | {
        "interviews": [meeting_shape(meeting, now) for meeting in dossier.interviews],
        "follow_ups": [
            due_shape(entry.due, now) | {"state": entry.state, "done_on": day(entry.done_on)}
            for entry in dossier.follow_ups
        ],
        "notes": [
            {"id": note.id, "noted_on": day(note.noted_on), "text": note.text}
            for note in dossier.notes
        ],
        "messages": [
            {
                "id": message.id,
                "direction": message.direction,
                "kind": message.kind,
                "sent_on": day(message.sent_on),
                "text": message.text or None,
            }
            for message in dossier.messages
        ],
        "timeline": [
            {
                "change_id": entry.change_id,
                "happened_on": day(entry.happened_on),
                "verb": entry.verb,
                "summary": entry.summary,
            }
            for entry in dossier.timeline
        ],
        "tips": [
            {
                "id": tip.id,
                "text": tip.text,
                "why": tip.why or None,
                "when": tip.when,
                "tickable": tip.tickable,
                "automatic": tip.automatic,
                "ticked": tip.ticked,
            }
            for tip in dossier.tips
        ],
        "fields": {name: text for name, text in dossier.fields.items() if text},
        "preset": dossier.preset or None,
        "reference_check_on": day(dossier.reference_check_on),
        "references_announced_on": day(dossier.references_announced_on),
        "tasks": [task_shape(task, now) for task in dossier.assignments],
        "contacts": [contact_shape(contact) for contact in dossier.contacts],
        "debriefs": [_debrief_shape(debrief) for debrief in dossier.debriefs],
        "points": [point_shape(point) for point in dossier.points],
        "offer": offer_shape(dossier, now, criteria),
        "drafts": [draft_shape(draft) for draft in dossier.drafts],
        "carried_over": _carried_shape(preparation(dossier, now)),
    }


def meeting_shape(meeting: InterviewEntry, now: datetime) -> Shape:
    """An interview; `starts_there` is its begin by the clocks of its own zone."""
    return {
        "id": meeting.id,
        "stage": meeting.stage.value,
        "status": meeting.status,
        "starts_at": instant(meeting.starts_at, now),
        "ends_at": instant(meeting.ends_at, now),
        "minutes": meeting.minutes,
        "zone": meeting.zone,
        "starts_there": _there(meeting),
        "place": meeting.place or None,
        "people": meeting.people or None,
        "invited_on": day(meeting.invited_on),
        "answered_on": day(meeting.answered_on),
        "round": meeting.round,
        "final": meeting.final,
        "called": meeting.called,
        "formats": list(meeting.formats),
        "held": meeting.was_held(now),
        "called_off_by": meeting.called_off_by or None,
        "called_off_on": day(meeting.called_off_on),
        "moved_times": meeting.moved_times,
        "offered_slots_on": day(meeting.offered_slots_on),
        "debriefed_on": day(meeting.debriefed_on),
        "interviewers": [
            {
                "id": person.id,
                "contact_id": person.contact_id,
                "name": person.name,
                "email": person.email or None,
                "to_mention": person.point or None,
                "thanked": person.thanked,
            }
            for person in meeting.interviewers
        ],
    }


def contact_shape(contact: ContactEntry) -> Shape:
    """A person of the application."""
    return {
        name: value if name in ("id", "name", "relation", "main") else value or None
        for name, value in contact._asdict().items()
    }


def point_shape(point: PointEntry) -> Shape:
    """A line with a kind."""
    return {
        "id": point.id,
        "kind": point.kind,
        "text": point.text,
        "detail": point.detail or None,
        "felt": point.felt,
        "state": point.state,
        "noted_on": day(point.noted_on),
        "settled_on": day(point.settled_on),
        "due_on": day(point.due_on),
        "link": point.link or None,
        "interview_id": point.interview_id,
        "answers_id": point.answers_id,
    }


def task_shape(task: AssignmentEntry, now: datetime) -> Shape:
    """A take-home task or a test."""
    return {
        "id": task.id,
        "stage": task.stage.value,
        "kind": task.kind,
        "title": task.title,
        "given_on": day(task.given_on),
        "due_on": day(task.due_on),
        "due_at": instant(task.due_at, now),
        "minutes_spent": task.minutes_spent,
        "handed_in_on": day(task.handed_in_on),
        "remarks": task.remarks or None,
    }


def offer_shape(
    dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry]
) -> Shape | None:
    """The offer with its scores by criterion; None when there is none."""
    offer = dossier.offer
    if offer is None:
        return None
    return {
        "kind": offer.kind or None,
        "offered_on": day(offer.offered_on),
        "acknowledged_on": day(offer.acknowledged_on),
        "deadline_on": day(offer.deadline_on),
        "deadline_at": instant(offer.deadline_at, now),
        "letter_on": day(offer.letter_on),
        "signed_on": day(offer.signed_on),
        "deadline_asked_on": day(offer.deadline_asked_on),
        "extension_asked_on": day(offer.extension_asked_on),
        "counter_sent_on": day(offer.counter_sent_on),
        "reference_check_on": day(dossier.reference_check_on),
        "starts_on": day(offer.starts_on),
        "scores": [
            {"criterion": each.name, "weight": each.weight, "score": offer.scores.get(each.id)}
            for each in criteria
        ],
    }


def draft_shape(draft: DraftEntry) -> Shape:
    """A message that is being written."""
    return {
        "id": draft.id,
        "kind": draft.kind,
        "follow_up_id": draft.follow_up_id,
        "updated_on": day(draft.updated_on),
        "text": draft.text,
    }


def _debrief_shape(debrief: DebriefEntry) -> Shape:
    from store.rules.lists import counts

    good, bad = counts(debrief.signals)
    return {
        "id": debrief.id,
        "interview_id": debrief.interview_id,
        "written_on": day(debrief.written_on),
        "finished": debrief.finished,
        "mood": debrief.mood,
        "wish": debrief.wish,
        "signals": list(debrief.signals),
        "good_signals": good,
        "bad_signals": bad,
        "next_step": debrief.next_step or None,
        "promised_by": day(debrief.promised_by),
        "promised_text": debrief.promised_text or None,
        "remarks": debrief.remarks or None,
    }


def _carried_shape(carried: Carried) -> Shape:
    """What earlier interviews bring into the next one; points by their ids."""
    return {
        "interview_id": carried.ahead.id if carried.ahead else None,
        "agenda": list(carried.agenda),
        "also_ask_about": [each.id for each in carried.also],
        "concerns": [
            {"point_id": each.point.id, "plan": each.plan or None, "steps": _ids(each.steps)}
            for each in carried.concerns
        ],
        "landed": _ids(carried.landed),
        "met": [
            {"contact_id": each.contact.id, "on": day(each.on), "again": each.again}
            for each in carried.met
        ],
        "news": [{"point_id": each.point.id, "days_old": each.days_old} for each in carried.news],
        "weak_answers": _ids(carried.weak),
        "steps": _ids(carried.steps),
        "questions": [
            {
                "text": each.text,
                "mine": each.mine,
                "point_id": each.point.id if each.point else None,
                "rehearsed": each.rehearsed,
                "stories": _ids(each.stories),
            }
            for each in carried.questions
        ],
    }


def _ids(points: Sequence[PointEntry]) -> list[int]:
    return [point.id for point in points]


def _there(meeting: InterviewEntry) -> str | None:
    if meeting.starts_at is None:
        return None
    try:
        there = meeting.starts_at.astimezone(zone_named(meeting.zone))
    except Refused:
        return None
    return there.isoformat(timespec="seconds")
