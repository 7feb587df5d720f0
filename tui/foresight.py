"""What the store will answer to a move, worked out by the same rules before it has answered.

The foreseen card and page are shown at once; when the stored ones arrive there is mostly nothing
left to paint.
"""

from collections.abc import Iterable
from datetime import datetime, time

from store.advice import Known, tip_lines
from store.card import Card, Dossier, Due, FollowUpEntry, Meeting, TimelineEntry
from store.rules.followup_rules import standard_rules
from store.rules.followups import Facts, Planned, Talk, Word, plan
from store.rules.stages import Stage

OWN_RULE = "own"
"""The rule of a follow-up that the user made: it stays whatever becomes of the card."""
FORESEEN = -1
"""The id of a follow-up that the store has not written yet."""

_MORNING = time(9)
_NUDGE = "inquire"


def foreseen_card(card: Card, stage: Stage, now: datetime) -> Card:
    """`card` right after a move to `stage`, as far as the card alone can tell."""
    interview, due = card.interview, card.follow_up
    return card._replace(
        stage=stage,
        stage_since=now.date(),
        follow_up=due if due is not None and due.rule == OWN_RULE else None,
        met=interview is not None and interview.stage is stage and interview.starts_at is not None,
        dormant_on=None,
        close_suggested_on=None,
        deadline_on=None,
        deadline_at=None,
        position=None,
    )


def foreseen_page(page: Dossier, card: Card, stage: Stage, now: datetime) -> Dossier:
    """The page of an application after its `card` moved to `stage`, its follow-ups planned anew."""
    moved = foreseen_card(card, stage, now)
    moved = moved._replace(met=any(m.stage is stage and m.starts_at for m in page.interviews))
    offered_on = now.date() if stage is Stage.OFFER else None
    planned = plan(_facts(page, moved, now), standard_rules())
    moved = moved._replace(
        dormant_on=planned.dormant_on, close_suggested_on=planned.close_suggested_on
    )
    kept = [e for e in page.follow_ups if e.state != "open" or e.due.rule == OWN_RULE]
    settled = {(e.due.rule, e.due.nth) for e in kept if e.state in ("done", "skipped")}
    new = [
        FollowUpEntry(_due(one, moved), "open", None)
        for one in planned.follow_ups
        if (one.rule, one.nth) not in settled and _shown(one, moved, now)
    ]
    entries = tuple(sorted((*kept, *new), key=lambda entry: _moment(entry.due, now)))
    first = next((entry.due for entry in entries if entry.state == "open"), None)
    moved = moved._replace(follow_up=first)
    told = f"moved from {card.stage} to {stage}"
    change = max((entry.change_id for entry in page.timeline), default=0) + 1
    page = page._replace(
        card=moved,
        offered_on=offered_on,
        acknowledged_on=None,
        follow_ups=entries,
        timeline=(TimelineEntry(change, now.date(), "move", told), *page.timeline),
    )
    ticked = frozenset(tip.id for tip in page.tips if tip.ticked and not tip.automatic)
    return page._replace(tips=tip_lines(page, Known(ticked, frozenset(), ()), now))


def _facts(page: Dossier, card: Card, now: datetime) -> Facts:
    """What the rules want to know, as far as the page tells it."""
    assert now.tzinfo is not None
    offer = card.stage is Stage.OFFER
    return Facts(
        zone=now.tzinfo,
        stage=card.stage,
        stage_since=card.stage_since,
        applied_on=card.applied_on,
        closing_on=page.closing_on,
        expected_by=card.expected_by,
        no_contact=page.no_contact,
        talks=tuple(_talks(page.interviews, now)),
        words=tuple(
            Word(m.sent_on, m.direction == "in", m.kind, human=m.kind != "automatic")
            for m in reversed(page.messages)
        ),
        offered_on=now.date() if offer else None,
        offered_at=now if offer else None,
    )


def _talks(meetings: Iterable[Meeting], now: datetime) -> Iterable[Talk]:
    for meeting in meetings:
        if meeting.status != "cancelled":
            yield Talk(
                id=meeting.id,
                stage=meeting.stage,
                logged_on=meeting.invited_on or now.date(),
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                invited_on=meeting.invited_on,
                answered=meeting.answered_on is not None,
                people=meeting.people,
            )


def _shown(planned: Planned, card: Card, now: datetime) -> bool:
    """Whether lists show it: still in its window, and no inquiry on a dormant card."""
    lapsed = planned.lapses_at is not None and planned.lapses_at <= now
    return not lapsed and not (planned.action == _NUDGE and card.dormant(now.date()))


def _due(planned: Planned, card: Card) -> Due:
    return Due(
        FORESEEN,
        card.id,
        card.company,
        card.role,
        card.stage,
        planned.rule,
        planned.action,
        planned.label,
        planned.due_on,
        planned.due_at,
        planned.late_until,
        planned.lapses_at,
        planned.reason,
        planned.nth,
        planned.of,
        False,
    )


def _moment(due: Due, now: datetime) -> float:
    """When it is due, 09:00 for one of the whole day, as the store sorts them."""
    at = due.due_at or datetime.combine(due.due_on, _MORNING, now.tzinfo)
    return at.timestamp()
