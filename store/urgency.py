"""What a card says first, and where it stands in its lane: `store.rules.urgency` for a `Card`."""

from datetime import datetime

from store.board import Card
from store.rules.followups.rank import IMPORTED
from store.rules.urgency import Facts, Line, SortKey, Step, line, sort_key


def line_of(card: Card, now: datetime) -> Line:
    """The one line that matters most on the card at `now` (aware, in the user's zone)."""
    return line(_facts(card, now), now)


def urgency_key(card: Card, now: datetime) -> SortKey:
    """Sorts the cards of a lane: most urgent first, a total order."""
    return sort_key(_facts(card, now), card.company, card.id, now)


def _facts(card: Card, now: datetime) -> Facts:
    due, interview = card.follow_up, card.interview
    step = None
    if due is not None:
        step = Step(
            due.action,
            due.label,
            due.due_on,
            due.due_at,
            due.late_until,
            due.late_from,
            due.rank,
            due.fold == IMPORTED,
        )
    # Not by Facts(...), a function of Python's in between: to sort a board makes thousands.
    values = (
        card.stage,
        card.stage_since,
        card.outcome,
        card.dormant(now.date()),
        step,
        interview.starts_at if interview is not None else None,
        card.met,
        card.expected_by,
        card.deadline_on,
        card.deadline_at,
    )
    return tuple.__new__(Facts, values)
