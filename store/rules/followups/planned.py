"""What `plan` gives back: follow-ups with their whole windows, and the words in them."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

from store.rules.dates import roll_forward, short_day
from store.rules.followups.actions import NUDGES
from store.rules.followups.facts import Facts
from store.rules.followups.numbers import Rules, midnight
from store.rules.text import shorten

Key = tuple[str, str, str, int]
"""What makes a follow-up the same one after re-planning: rule, anchor, person, n-th."""

_NAME = 60
_PROMISE = 120
"""Characters of a name, and of a promise, in a label."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One follow-up that should exist, with its window and the reason in words.

    `due_at` is set for those that are due at a time of day; the others are due on `due_on`, and
    late once that local day is over. Where there is a `late_from`, it stands among what is to be
    done from then on, and is late from `late_from`. `person` is the id of a contact as text, where
    there is one for each; `names_day` the day that its message tells of.
    """

    rule: str
    anchor: str
    action: str
    label: str
    reason: str
    due_on: date
    nth: int = 1
    of: int = 1
    due_at: datetime | None = None
    not_before: datetime | None = None
    late_until: datetime | None = None
    lapses_at: datetime | None = None
    late_from: datetime | None = None
    person: str = ""
    interview_id: int | None = None
    names_day: date | None = None

    @property
    def key(self) -> Key:
        """See `Key`."""
        return (self.rule, self.anchor, self.person, self.nth)


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from the facts. The two days are empty where silence means nothing (yet).

    `waiting` says what an open application waits for while it asks for nothing.
    """

    follow_ups: tuple[Planned, ...]
    quiet_on: date | None = None
    close_suggested_on: date | None = None
    waiting: str = ""


def in_order(one: Planned, zone: tzinfo) -> Planned:
    """`one` with a window whose ends follow each other, whatever the user's numbers say.

    When it is due counts most: nothing is barred until later, nor given up before.
    """
    first = one.due_at or midnight(one.due_on, zone)
    last = one.due_at or midnight(one.due_on + timedelta(days=1), zone)
    not_before, late_until, lapses_at = one.not_before, one.late_until, one.lapses_at
    late_from = one.late_from
    if not_before is not None:
        not_before = min(not_before, last)
    if late_until is not None:
        late_until = max(late_until, first)
    if late_from is not None:
        late_from = max(late_from, first)
    if lapses_at is not None:
        lapses_at = max(lapses_at, late_until or first)
    return replace(
        one, not_before=not_before, late_until=late_until, lapses_at=lapses_at, late_from=late_from
    )


def at_birth(one: Planned, now: datetime, holidays: Container[date] = ()) -> Planned:
    """`one` as it is when it comes into being at `now` (aware, in the user's zone).

    Nothing is late at birth (product): what would be is for today instead, at no time of day, and
    late once the day is over. Where it writes to the employer unasked, it is for the next business
    day.
    """
    today = now.date()
    if one.due_on < today:
        due_on = roll_forward(today, holidays) if one.action in NUDGES else today
        one = replace(one, due_on=due_on, due_at=None)
    if one.due_at is not None and one.due_at < now:
        one = replace(one, due_at=None)
    if one.late_from is not None and one.late_from <= now:
        one = replace(one, late_from=None)
    return one


class Timed(Protocol):
    """A follow-up as it stood before: the moments that it has."""

    @property
    def due_at(self) -> datetime | None: ...
    @property
    def late_from(self) -> datetime | None: ...


def since_birth(one: Planned, born: date | None, before: Timed) -> Planned:
    """`one` as planned again for what is there since the day `born`: never due or late before
    that."""
    if born is None:
        return one
    late_from = one.late_from
    if late_from is not None and before.late_from is None and late_from.date() <= born:
        one = replace(one, late_from=None)
    if one.due_on > born:
        return one
    at = one.due_at if one.due_on == born and before.due_at is not None else None
    return replace(one, due_on=born, due_at=at)


def born_on(one: Planned, now: datetime, holidays: Container[date] = ()) -> date:
    """The day from which `one`, which comes into being at `now`, counts: the day for which it is,
    where it would be late."""
    today = now.date()
    return at_birth(one, now, holidays).due_on if one.due_on < today else today


def label(facts: Facts, rules: Rules, name: str, **slots: str) -> str:
    """The label `name`, which speaks of the recruiter where one stands between, else of the
    person who is written to."""
    if facts.via_recruiter and name in rules.recruiter_labels:
        recruiter = short_name(facts.via_recruiter)
        return rules.recruiter_labels[name].format(recruiter=recruiter, **slots)
    if facts.contact and name in rules.person_labels:
        return rules.person_labels[name].format(person=short_name(facts.contact), **slots)
    return rules.labels[name].format(**slots)


def reason(rules: Rules, name: str, **slots: date | str) -> str:
    """The reason `name`, days as "Thu 4 Dec"."""
    return rules.reasons[name].format(
        **{
            slot: day_words(value) if isinstance(value, date) else value
            for slot, value in slots.items()
        }
    )


def through(facts: Facts, rules: Rules, why: str) -> str:
    """The reason `why` of a nudge, which goes to the recruiter where one stands between."""
    if not facts.via_recruiter:
        return why
    return reason(rules, "through", reason=why, recruiter=short_name(facts.via_recruiter))


def day_words(day: date) -> str:
    """ "Thu 4 Dec"."""
    return short_day(day, day)


def short_name(name: str, at_most: int = _NAME) -> str:
    """A name, or a list of names, short enough to stand in a label."""
    return shorten(name, at_most)


def promise_words(text: str) -> str:
    """What was promised, or what an offer depended on, short enough to stand in a line."""
    return short_name(" ".join(text.split()), _PROMISE)
