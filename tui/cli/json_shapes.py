"""The data of the documents that `--json` prints; scripts rely on their names and their order.
`tui/schemas` says what each of them holds.

Dates are YYYY-MM-DD, instants ISO 8601 with the local offset, what is absent is null.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from store.advice.carry_over import Carried, preparation
from store.model.board import Written
from store.model.dossier import (
    AssignmentEntry,
    Card,
    ContactEntry,
    DebriefEntry,
    Dossier,
    Due,
    InterviewEntry,
    NoteEntry,
    PointEntry,
)
from store.model.due_list import (
    IMPORTED,
    SILENT,
    Closing,
    DueClosing,
    DueEntry,
    DueInterview,
    DueItem,
    DuePart,
    DueReminder,
    Reminder,
)
from store.model.employer import EmployerRecord
from store.read.changes import Touched
from store.read.glance import Stamps
from store.rules.employers import before_line
from store.rules.offer_weights import CriterionEntry
from store.rules.text import Refused
from store.rules.urgency import Level
from store.zones import zone_named
from tui.wording import APPLY_OR_DROP, YOUR_REMINDER, interview_name

Shape = dict[str, Any]


_TEXTS = frozenset(
    (
        *("text", "kind", "why", "reason", "detail", "link", "remarks", "place", "people", "email"),
        *("location", "url", "source", "salary", "called_off_by", "next_step", "promised_text"),
        "made_by",
    )
)
"""The fields that may be empty, and are null then."""


def _pick(entry: Any, names: str, now: datetime | None = None) -> Shape:
    """The fields `names` of `entry`. Instants need `now`, whose zone is the reader's."""
    shape: Shape = {}
    for name in names.split():
        value = getattr(entry, name)
        if type(value) is str:
            shape[name] = None if value == "" and name in _TEXTS else value
        else:
            shape[name] = value if value is None else _plain(value, now)
    return shape


def _plain(value: object, now: datetime | None) -> object:
    if isinstance(value, datetime) and now is not None:
        return instant(value, now)
    if isinstance(value, date):
        return value.isoformat()
    return [*value] if isinstance(value, tuple) else value


def due_shape(due: Due, now: datetime) -> Shape:
    """A follow-up as seen at `now`; `days` is negative when it is late by so many."""
    return {
        **_pick(due, "id application_id company role stage action label due_on due_at", now),
        "days": due.days(now),
        **_pick(due, "reason nth of"),
        "late": due.level(now) is Level.LATE,
        "late_from": instant(due.late_from, now),
        "number": due.number,
    }


def card_shape(card: Card, now: datetime, stamps: Stamps) -> Shape:
    """An application as `rounds list` shows it; `next_interview` is the instant it begins."""
    quiet = card.is_quiet(now.date())
    return {
        **_pick(card, "id company role stage outcome applied_on stage_since"),
        **({"stage_since": None} if card.undated and card.outcome is None else {}),
        **_pick(card, "location url source salary tags expected_by"),
        "dormant": quiet,
        "quiet": quiet,
        "close_suggested_on": day(card.close_suggested_on),
        "next_interview": instant(card.interview.starts_at, now) if card.interview else None,
        "follow_up": due_shape(card.follow_up, now) if card.follow_up else None,
        "waiting": card.waits_for(now.date()) or None,
        "starts_work_on": day(card.starts_work_on),
        **_pick(card, "closed_on deadline_on deadline_at", now),
        **({"closed_on": None} if card.undated else {}),
        **_pick(stamps, "posted_on closing_on no_contact created_at updated_at", now),
        "employer": card.employer or None,
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

    What has no day is due on none, and left out. Each says its `kind`. A follow-up names those that
    are done `together` with it, its `fold`, and with `after_interview` the interview under which it
    is folded: that has to be over first.
    """
    return [shape for part in parts for one in part.entries for shape in _item_shapes(one, now)]


def _item_shapes(one: DueItem, now: datetime) -> Iterator[Shape]:
    if isinstance(one, DueInterview):
        return _interview_shapes(one, now)
    if isinstance(one, DueClosing):
        return iter((_closing_shape(one.posting, now),))
    if isinstance(one, DueReminder):
        return iter((_reminder_line(one.reminder, now),) if one.reminder.due_on else ())
    return _entry_shapes(one, now)


def _closing_shape(one: Closing, now: datetime) -> Shape:
    return {
        "id": None,
        "application_id": None,
        "company": one.company,
        "role": one.role,
        "stage": None,
        "action": "posting",
        "label": APPLY_OR_DROP,
        "due_on": day(one.closing_on),
        "due_at": None,
        "days": (one.closing_on - now.date()).days,
        "reason": one.words(now),
        "nth": 1,
        "of": 1,
        "late": False,
        "late_from": None,
        "number": one.number,
        "kind": "posting",
        "interview_id": None,
        "after_interview": None,
        "together": [],
        "fold": None,
    }


def _reminder_line(one: Reminder, now: datetime) -> Shape:
    assert one.due_on is not None
    return {
        "id": None,
        "application_id": None,
        "company": "",
        "role": "",
        "stage": None,
        "action": "reminder",
        "label": one.text,
        "due_on": day(one.due_on),
        "due_at": None,
        "days": (one.due_on - now.date()).days,
        "reason": one.again or YOUR_REMINDER,
        "nth": 1,
        "of": 1,
        "late": one.level(now) is Level.LATE,
        "late_from": None,
        "number": one.number,
        "kind": "reminder",
        "interview_id": None,
        "after_interview": None,
        "together": [],
        "fold": None,
    }


def reminder_shape(one: Reminder, now: datetime) -> Shape:
    """A reminder of no application."""
    return {
        **_pick(one, "id number text due_on"),
        "days": (one.due_on - now.date()).days if one.due_on is not None else None,
        "late": one.level(now) is Level.LATE,
        "every": one.every or None,
        "snoozed": one.snoozed,
    }


def _entry_shapes(entry: DueEntry, now: datetime) -> Iterator[Shape]:
    for due in entry.dues:
        others = [other.id for other in entry.dues if other is not due]
        together = [] if entry.fold in (IMPORTED, SILENT) else others
        yield _follow_up_shape(due, now, together=together, fold=entry.fold)


def _interview_shapes(item: DueInterview, now: datetime) -> Iterator[Shape]:
    one, interview = item.card_interview, item.card_interview.interview
    yield {
        "id": None,
        "application_id": one.application_id,
        "company": one.company,
        "role": one.role,
        "stage": interview.stage.value,
        "action": "interview",
        "label": interview_name(interview, people=True),
        "due_on": day(one.day()),
        "due_at": instant(interview.starts_at, now),
        "days": (one.day() - now.date()).days,
        "reason": None,
        "nth": 1,
        "of": 1,
        "late": False,
        "late_from": None,
        "number": None,
        "kind": "interview",
        "interview_id": interview.id,
        "after_interview": None,
        "together": [],
        "fold": None,
    }
    for due in item.after:
        yield _follow_up_shape(due, now, after=interview.id)


def _follow_up_shape(
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


def dossier_shape(
    dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry], stamps: Stamps
) -> Shape:
    """An application with all that belongs to it, as `rounds show` prints it."""
    return card_shape(dossier.card, now, stamps) | {
        "interviews": [interview_shape(interview, now) for interview in dossier.interviews],
        "follow_ups": [
            due_shape(entry.due, now) | {"state": entry.state, "done_on": day(entry.done_on)}
            for entry in dossier.follow_ups
        ],
        "notes": [note_shape(note) for note in dossier.notes],
        "messages": [_pick(each, "id direction kind sent_on text") for each in dossier.messages],
        "timeline": [
            _pick(each, "change_id happened_on verb summary made_by") for each in dossier.timeline
        ],
        "tips": [_pick(tip, "id text why when tickable automatic ticked") for tip in dossier.tips],
        "fields": {name: text for name, text in dossier.fields.items() if text},
        "preset": dossier.preset or None,
        "reference_check_on": day(dossier.reference_check_on),
        "references_announced_on": day(dossier.references_announced_on),
        "tasks": [task_shape(task, now) for task in dossier.assignments],
        "contacts": [contact_shape(contact) for contact in dossier.contacts],
        "debriefs": [_debrief_shape(debrief) for debrief in dossier.debriefs],
        "points": [point_shape(point) for point in dossier.points],
        "offer": offer_shape(dossier, now, criteria),
        "drafts": [
            _pick(draft, "id kind follow_up_id updated_on text") for draft in dossier.drafts
        ],
        "carried_over": carried_shape(preparation(dossier, now)),
        "siblings": [_pick(other, "id role stage applied_on") for other in dossier.siblings],
        "at_employer": {
            "said": before_line(dossier.there, now.date(), dossier.people_there) or None,
            "applications": [
                _pick(other, "id role stage outcome applied_on closed_on")
                for other in dossier.there
            ],
            "people": [*dossier.people_there],
        },
    }


def change_shape(written: Written, touched: Touched, now: datetime, stamps: Stamps | None) -> Shape:
    """A change that was stored: what it says, what it made, what it was about.

    `application` is the one that it was about, as it stands now, if it was one and is still there.
    """
    card = written.card if stamps is not None else None
    return {
        "change_id": written.change_id,
        "said": written.sentence,
        "warnings": [*written.warnings],
        "made": [made._asdict() for made in touched.made],
        "applications": [*touched.applications],
        "follow_ups": list(dict.fromkeys((*touched.follow_ups, *written.follow_ups))),
        "application": card_shape(card, now, stamps) if card and stamps else None,
    }


def nothing_shape(said: str, applications: Sequence[int] = ()) -> Shape:
    """As `change_shape`, where nothing had to be changed; what it was about is as it was."""
    return {
        "change_id": None,
        "said": said,
        "warnings": [],
        "made": [],
        "applications": [*applications],
        "follow_ups": [],
        "application": None,
    }


def interview_shape(interview: InterviewEntry, now: datetime) -> Shape:
    """An interview; `starts_there` is its begin by the clocks of its own zone."""
    return {
        **_pick(interview, "id stage status starts_at ends_at minutes zone", now),
        "status": "proposed" if interview.awaits_reply else interview.status,
        "starts_there": _there(interview),
        **_pick(interview, "place people invited_on answered_on round final called formats"),
        "held": interview.was_held(now),
        **_pick(interview, "called_off_by called_off_on moved_times offered_slots_on debriefed_on"),
        "interviewers": [
            {
                **_pick(person, "id contact_id name email"),
                "to_mention": person.point or None,
                "thanked": person.thanked,
            }
            for person in interview.interviewers
        ],
    }


def note_shape(note: NoteEntry) -> Shape:
    return _pick(note, "id noted_on text")


def contact_shape(contact: ContactEntry) -> Shape:
    return {
        name: value if name in ("id", "name", "relation", "main") else value or None
        for name, value in contact._asdict().items()
    }


def employer_shape(record: EmployerRecord, now: datetime) -> Shape:
    """All that was with one employer; days are whole days, null where they are not known."""
    return {
        **_pick(record, "name key names apart"),
        "applications": [
            {
                **_pick(one.card, "id company role stage outcome applied_on closed_on"),
                "reason": one.reason or None,
                "steps": [_pick(step, "stage on") for step in one.steps],
                **_pick(one, "heard answered_after"),
                "silences": [_pick(silence, "since until days") for silence in one.silences],
                "interviews": [interview_shape(interview, now) for interview in one.interviews],
                "look_again_on": day(one.look_again_on),
            }
            for one in record.applications
        ],
        "people": [
            _pick(person, "contact_id application_id name relation")
            | {name: getattr(person, name) or None for name in ("title", "email", "phone")}
            for person in record.people
        ],
    }


def point_shape(point: PointEntry) -> Shape:
    shape = _pick(point, "id kind text detail") | {"felt": point.felt}
    return shape | _pick(point, "state noted_on settled_on due_on link interview_id answers_id")


def task_shape(task: AssignmentEntry, now: datetime) -> Shape:
    names = "id stage kind title given_on due_on due_at minutes_spent handed_in_on remarks"
    return _pick(task, names, now)


def offer_shape(
    dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry]
) -> Shape | None:
    """The offer with its scores by criterion; None when there is none."""
    offer = dossier.offer
    if offer is None:
        return None
    return {
        **_pick(offer, "kind offered_on acknowledged_on deadline_on deadline_at", now),
        **_pick(offer, "letter_on signed_on deadline_asked_on extension_asked_on counter_sent_on"),
        "reference_check_on": day(dossier.reference_check_on),
        "starts_on": day(offer.starts_on),
        "scores": [
            {"criterion": each.name, "weight": each.weight, "score": offer.scores.get(each.id)}
            for each in criteria
        ],
    }


def _debrief_shape(debrief: DebriefEntry) -> Shape:
    from store.rules.lists import counts

    good, bad = counts(debrief.signals)
    return {
        **_pick(debrief, "id interview_id written_on finished mood wish signals"),
        "good_signals": good,
        "bad_signals": bad,
        **_pick(debrief, "next_step promised_by promised_text remarks"),
    }


def carried_shape(carried: Carried) -> Shape:
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


def _there(interview: InterviewEntry) -> str | None:
    if interview.starts_at is None:
        return None
    try:
        there = interview.starts_at.astimezone(zone_named(interview.zone))
    except Refused:
        return None
    return there.isoformat(timespec="seconds")
