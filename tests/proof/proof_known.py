"""What the model of `proof_model` knows of an application, and what that means by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from store.rules.followups.facts import Acceptance, Facts, InterviewFacts, OtherOffer
from store.rules.followups.planned import Key, Planned
from store.rules.stages import Outcome, Stage


class No(Exception):
    """A rule forbids it: the board must refuse, and stay as it was."""


class Due(NamedTuple):
    """A follow-up as every list shows it."""

    day: date
    at: datetime | None
    """In UTC: in an hour that the clocks repeat, times of two zones are never equal."""
    application_id: int
    label: str
    nth: int
    of: int
    why: str
    late: bool


class Face(NamedTuple):
    """An application as every list shows it."""

    id: int
    company: str
    role: str
    stage: str
    outcome: str | None
    applied_on: date
    stage_since: date
    expected_by: date | None
    dormant: bool
    first: str
    """What is to be done first; else what it waits for."""


Step = tuple[date, str, str]
"""One line of the timeline: the day, the verb, the words."""


@dataclass(frozen=True)
class FollowUp:
    planned: Planned
    born_on: date
    state: str = "open"
    snoozed_to: date | None = None
    lapses: bool = True


class Line(NamedTuple):
    """A follow-up in its place among all."""

    order: tuple[Any, ...]
    due: Due
    key: Key
    message: object
    """What it shares with those that one message, or one line, is about."""
    folded: bool
    """Whether something has to be over before it stands in a list by itself."""
    now: bool
    """Whether it can be done already."""


@dataclass(frozen=True)
class Known:
    """One application with all that was done to it."""

    id: int
    company: str
    role: str
    facts: Facts
    timeline: tuple[Step, ...]
    reached: tuple[date, ...]
    """The days of its steps from stage to stage."""
    follow_ups: Mapping[Key, FollowUp] = field(default_factory=dict)
    rounds: Mapping[int, int] = field(default_factory=dict)
    """Of its interviews, by id."""
    dormant_on: date | None = None
    waiting: str = ""


def by_order(line: Line) -> tuple[Any, ...]:
    return line.order


def told(one: Known, **facts: Any) -> Known:
    return replace(one, facts=replace(one.facts, **facts))


def with_row(one: Known, key: Key, row: FollowUp) -> Known:
    return replace(one, follow_ups={**one.follow_ups, key: row})


def with_talk(one: Known, talk: InterviewFacts, round_: int | None = None) -> Known:
    """With this interview, new or changed."""
    talks = {each.id: each for each in one.facts.interviews} | {talk.id: talk}
    rounds = dict(one.rounds) if round_ is None else {**one.rounds, talk.id: round_}
    return told(replace(one, rounds=rounds), interviews=tuple(talks.values()))


def last_talk(one: Known) -> InterviewFacts:
    """The interview told last of those that were not called off."""
    standing = [talk for talk in one.facts.interviews if not talk.called_off_by]
    if not standing:
        raise No
    return standing[-1]


def is_over(talk: InterviewFacts, now: datetime) -> bool:
    return talk.ends_at is not None and talk.ends_at <= now


def stage_of_next(one: Known, now: datetime, begins: datetime | None) -> Stage:
    """What an interview told now is of: the second round once a first interview was held."""
    stage = one.facts.stage
    if stage in (Stage.APPLIED, Stage.OFFER):
        return Stage.FIRST if stage is Stage.APPLIED else Stage.SECOND
    first = [t for t in one.facts.interviews if not t.called_off_by and t.stage is Stage.FIRST]
    held = [t.ends_at for t in first if t.ends_at is not None and is_over(t, now)]
    invited = any(talk.starts_at is None for talk in first)
    if stage is Stage.FIRST and held and not invited and (begins is None or begins >= min(held)):
        return Stage.SECOND
    return stage


def next_round(one: Known, stage: Stage, now: datetime) -> int:
    """A round has as many talks as are told while something of it is ahead."""
    if stage is Stage.FIRST:
        return 1
    had = [t for t in one.facts.interviews if not t.called_off_by and t.stage is Stage.SECOND]
    last = max((one.rounds[talk.id] for talk in had), default=1)
    return last + all(is_over(talk, now) for talk in had if one.rounds[talk.id] == last)


def since_birth(row: FollowUp, planned: Planned) -> Planned:
    """Planned again, it is never due, nor late, before it came into being."""
    born, before = row.born_on, row.planned
    if planned.late_from and before.late_from is None and planned.late_from.date() <= born:
        planned = replace(planned, late_from=None)
    if planned.due_on > born:
        return planned
    keeps_hour = planned.due_on == born and before.due_at is not None
    return replace(planned, due_on=born, due_at=planned.due_at if keeps_hour else None)


def offer_of(one: Known) -> OtherOffer | None:
    facts = one.facts
    if facts.outcome is not None or facts.stage is not Stage.OFFER:
        return None
    day = facts.offered_on or facts.stage_since
    return OtherOffer(one.id, one.company, day, facts.deadline_on, facts.deadline_set_on)


def acceptance_of(one: Known) -> Acceptance | None:
    if one.facts.outcome is not Outcome.ACCEPTED or one.facts.closed_on is None:
        return None
    return Acceptance(one.id, one.company, one.facts.closed_on)


def by_day_offered(offer: OtherOffer) -> tuple[date, int]:
    return offer.offered_on, offer.application_id


def by_day_accepted(accepted: Acceptance) -> tuple[date, int]:
    return accepted.on, accepted.application_id
