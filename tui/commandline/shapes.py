"""The objects that `--json` prints; scripts rely on their names and their order.

Dates are YYYY-MM-DD, instants ISO 8601 with the local offset, what is absent is null.
"""

from datetime import date, datetime
from typing import Any

from store.card import Card, Dossier, Due, Meeting
from store.rules.dates import days_until

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
        "due_on": _day(due.due_on),
        "due_at": _instant(due.due_at, now),
        "days": days_until(due.due_on, due.due_at, now),
        "reason": due.reason or None,
        "nth": due.nth,
        "of": due.of,
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
        "applied_on": _day(card.applied_on),
        "stage_since": _day(card.stage_since),
        "location": card.location or None,
        "url": card.url or None,
        "source": card.source or None,
        "salary": card.salary or None,
        "tags": list(card.tags),
        "expected_by": _day(card.expected_by),
        "dormant": card.dormant(now.date()),
        "next_interview": _instant(meeting.starts_at, now) if meeting else None,
        "follow_up": due_shape(card.follow_up, now) if card.follow_up else None,
    }


def dossier_shape(dossier: Dossier, now: datetime) -> Shape:
    """An application with all that belongs to it, as `rounds show` prints it."""
    return card_shape(dossier.card, now) | {
        "interviews": [_meeting_shape(meeting, now) for meeting in dossier.interviews],
        "follow_ups": [
            due_shape(entry.due, now) | {"state": entry.state, "done_on": _day(entry.done_on)}
            for entry in dossier.follow_ups
        ],
        "notes": [
            {"id": note.id, "noted_on": _day(note.noted_on), "text": note.text}
            for note in dossier.notes
        ],
        "messages": [
            {
                "id": message.id,
                "direction": message.direction,
                "kind": message.kind,
                "sent_on": _day(message.sent_on),
                "text": message.text or None,
            }
            for message in dossier.messages
        ],
        "timeline": [
            {
                "change_id": entry.change_id,
                "happened_on": _day(entry.happened_on),
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
    }


def _meeting_shape(meeting: Meeting, now: datetime) -> Shape:
    return {
        "id": meeting.id,
        "stage": meeting.stage.value,
        "status": meeting.status,
        "starts_at": _instant(meeting.starts_at, now),
        "ends_at": _instant(meeting.ends_at, now),
        "minutes": meeting.minutes,
        "zone": meeting.zone,
        "place": meeting.place or None,
        "people": meeting.people or None,
        "invited_on": _day(meeting.invited_on),
        "answered_on": _day(meeting.answered_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _instant(instant: datetime | None, now: datetime) -> str | None:
    """The instant with the offset that is in force then, at the reader's place."""
    if instant is None:
        return None
    return instant.astimezone(now.tzinfo).isoformat(timespec="seconds")
