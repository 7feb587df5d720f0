"""What tests are made of: applications, dues and interviews, as rows, as shown and as the rules
see them.

A maker takes what a test is about; all else is an application of Globex, interviews of an hour,
and the days around Monday 23 November 2026. Rows are made without the use cases, to be written as
they are. The tables are imported where a row is made: the rules are tested without a database.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from store.model.board import BY_HAND, Board, Card, Due, InterviewEntry, urgency_key
from store.rules.chances.chances import History, Move
from store.rules.followups.facts import Facts, InterviewFacts
from store.rules.stages import ORDER, Stage

if TYPE_CHECKING:
    from store.tables import Application, FollowUp, Interview

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
"""Where the clock of the store's tests stands; those of the screens begin an hour later."""
TODAY = NOW.date()
APPLIED_ON = date(2026, 11, 2)
HOUR = timedelta(hours=1)


# Rows


def application(company: str = "Globex", **known: Any) -> "Application":
    """The row of an application."""
    from store.tables import Application

    usual: dict[str, Any] = {
        "company": company,
        "role": "Engineer",
        "applied_on": APPLIED_ON,
        "stage_since": APPLIED_ON,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Application(**usual | known)


def interview(
    id: int | None = None, starts_at: datetime | None = None, **known: Any
) -> "Interview":
    """The row of a first interview of application 1: an invitation, unless it has a start."""
    from store.tables import Interview

    usual: dict[str, Any] = {
        "id": id,
        "starts_at": starts_at,
        "application_id": 1,
        "stage": "first",
        "status": "invited" if starts_at is None else "confirmed",
        "logged_on": date(2026, 11, 10),
        "zone": "Europe/Berlin",
    }
    return Interview(**usual | known)


def follow_up(id: int, due_on: date, application_id: int = 1, **known: Any) -> "FollowUp":
    """The row of a reminder of the user's own: `rule` and `action` make it another follow-up."""
    from store.tables import FollowUp

    usual: dict[str, Any] = {
        "id": id,
        "application_id": application_id,
        "due_on": due_on,
        "rule": "own",
        "anchor": f"own:{id}",
        "action": "own",
        "label": f"do {id}",
    }
    return FollowUp(**usual | known)


# What is shown


def card(id: int = 1, stage: Stage = Stage.APPLIED, **known: Any) -> Card:
    """A card of `Company 1` that has stood in its stage for one day; of 2 for two days, etc."""
    since = TODAY - timedelta(days=id)
    usual: dict[str, Any] = {
        "id": id,
        "stage": stage,
        "version": 1,
        "company": f"Company {id}",
        "role": "Engineer",
        "outcome": None,
        "applied_on": since,
        "stage_since": since,
    }
    return Card(**usual | known)


def board(*cards: Card, by_hand: frozenset[Stage] = frozenset(), now: datetime = NOW) -> Board:
    """A board of these cards, each lane by urgency, or as if by hand."""
    in_order = sorted(cards, key=lambda one: urgency_key(one, now))
    lanes = {stage: tuple(one for one in in_order if one.stage is stage) for stage in ORDER}
    return Board(MappingProxyType(lanes), MappingProxyType(dict.fromkeys(by_hand, BY_HAND)))


def due(days: int = 0, application_id: int = 1, **known: Any) -> Due:
    """An inquiry after an interview, due in `days` from today."""
    usual: dict[str, Any] = {
        "application_id": application_id,
        "id": 100 * application_id + days,
        "company": "Globex",
        "role": "Engineer",
        "stage": Stage.FIRST,
        "rule": "R8",
        "action": "inquire",
        "label": "follow up on the interview",
        "due_on": TODAY + timedelta(days=days),
        "due_at": None,
        "late_until": None,
        "lapses_at": None,
        "reason": "interview Mon 16 Nov, no date given",
        "nth": 1,
        "of": 2,
        "snoozed": False,
    }
    return Due(**usual | known)


def interview_shown(
    starts_at: datetime | None = None, *, id: int = 1, minutes: int = 60, **known: Any
) -> InterviewEntry:
    """A first interview as read: an invitation, unless it has a start."""
    ends_at = None
    if starts_at is not None:
        ends_at = (starts_at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(
            starts_at.tzinfo
        )
    usual: dict[str, Any] = {
        "id": id,
        "starts_at": starts_at,
        "minutes": minutes,
        "stage": Stage.FIRST,
        "status": "invited" if starts_at is None else "confirmed",
        "ends_at": ends_at,
        "zone": "Europe/Zurich",
        "place": "",
        "people": "",
        "invited_on": None,
        "answered_on": None,
    }
    return InterviewEntry(**usual | known)


# What the rules know


def facts(applied_on: date = APPLIED_ON, stage: Stage = Stage.APPLIED, **known: Any) -> Facts:
    """An application in Berlin that is in its stage since the day on which it was sent."""
    usual: dict[str, Any] = {
        "applied_on": applied_on,
        "stage": stage,
        "zone": BERLIN,
        "stage_since": applied_on,
    }
    return Facts(**usual | known)


def interview_facts(
    starts_at: datetime, *, id: int = 7, stage: Stage = Stage.FIRST, **known: Any
) -> InterviewFacts:
    """An interview of an hour that was agreed a week before."""
    agreed_on = starts_at.date() - timedelta(days=7)
    usual: dict[str, Any] = {
        "id": id,
        "stage": stage,
        "logged_on": agreed_on,
        "starts_at": starts_at,
        "ends_at": starts_at + HOUR,
    }
    return InterviewFacts(**usual | known)


def invited(on: date, *, id: int = 8, stage: Stage = Stage.FIRST, **known: Any) -> InterviewFacts:
    """An invitation of that day, without a time so far."""
    usual: dict[str, Any] = {"id": id, "stage": stage, "logged_on": on, "invited_on": on}
    return InterviewFacts(**usual | known)


def history(
    id: int,
    applied_on: date | None = APPLIED_ON,
    steps: Iterable[tuple[date, Stage]] = (),
    **known: Any,
) -> History:
    """What the chances know of an application: sent on a day, then moved to these stages."""
    moves = [Move(applied_on or TODAY, None, Stage.APPLIED)]
    for on, stage in steps:
        moves.append(Move(on, moves[-1].to, stage))
    usual: dict[str, Any] = {
        "id": id,
        "applied_on": applied_on,
        "company": "Globex",
        "role": "Engineer",
        "moves": tuple(moves),
    }
    return History(**usual | known)
