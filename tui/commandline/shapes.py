"""The objects that `--json` prints; scripts rely on their names and their order.

Dates are YYYY-MM-DD, instants ISO 8601 with the local offset, what is absent is null.
"""

from datetime import date, datetime
from typing import Any

from store.card import Card, Due
from store.rules.urgency import Level

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
        "dormant": card.dormant(now.date()),
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
