"""Whatever happens in a hunt: what never stands on the list, and that no card is forgotten."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from store.rules.followups.actions import NUDGES
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import Application, FollowUp, Interview
from tests.hunts.random_hunt import (
    EMPLOYERS,
    START,
    ZONE,
    Event,
    Key,
    RandomHunt,
    aware,
    events,
    for_today,
    key_of,
    late,
)

LONG = os.environ.get("ROUNDS_PROOF") == "long"
PARTS = 3 if LONG else 1
"""Tests that share the random hunts: together they take as long as all else of this file."""
HUNTS = 200 if LONG else 4
ORDERS = 500 if LONG else 3

Figure = Callable[[str, int, str], None]
_MEMORY = Path("/dev/shm")
_ASKING = ("R1", "R8", "R9", "R11", "R26")
"""The rules that ask an employer how it stands."""
_COUNTED = (*_ASKING, "R4", "R13", "R17", "R22", "R23")
_ALLOWED_AFTER_A_YES = ("R18", "own")
_ALLOWED_ON_THE_ACCEPTED = ("R28", "R13", "R21", "own", "R7", "R11")
"""Besides what leads to the first day: thanks and references that are owed (knowledge D.4)."""

proved = settings(
    max_examples=HUNTS,
    deadline=None,
    derandomize=not LONG,
    # A board for each try makes shrinking slow: only who looks for the cause waits for it.
    phases=[*Phase] if LONG else [Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def template(new_board: bytes) -> bytes:
    """The bytes of an empty board."""
    return new_board


@contextmanager
def hunting(template: bytes) -> Iterator[RandomHunt]:
    """A random hunt on a board of its own."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        path = Path(folder) / "board.db"
        path.write_bytes(template)
        hunt = RandomHunt(path)
        try:
            yield hunt
        finally:
            hunt.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_random_hunts(part: int, template: bytes, figure: Figure) -> None:
    days = Counter[str]()

    @proved
    @given(events())
    def prove(happened: list[Event]) -> None:
        with hunting(template) as hunt:
            there = nothing_is_late_at_birth(hunt, set())
            for event in happened:
                if event[0] == "night":
                    days["mornings"] += 1
                    whatever_happens(hunt)
                hunt.happen(event)
                days["events"] += 1
                there = nothing_is_late_at_birth(hunt, there)
                if event[0] in ("night", "accept"):
                    whatever_happens(hunt)

    prove()
    figure("events in random hunts", days["events"], "no line that should not be")
    figure("mornings of random hunts", days["mornings"], "every card has a line or a reason")


def whatever_happens(hunt: RandomHunt) -> None:
    """All that holds at every moment."""
    lines = hunt.lines()
    cards = {card.id: card for card in hunt.rows(Application)}
    talks = hunt.rows(Interview)
    every_card_has_a_line_or_a_reason(hunt, cards, lines)
    two_questions_at_most(hunt)
    nobody_is_asked_too_early(hunt, cards, lines, talks)
    nobody_is_asked_who_asked_for_none(cards, lines)
    nobody_is_asked_before_an_interview(hunt, cards, lines, talks)
    nobody_is_asked_twice_at_once(hunt, lines)
    after_a_yes(cards, lines)


def every_card_has_a_line_or_a_reason(
    hunt: RandomHunt, cards: dict[int, Any], lines: list[FollowUp]
) -> None:
    has_one = {row.application_id for row in lines}
    today = hunt.now.date()
    for card in cards.values():
        quiet = card.dormant_on is not None and card.dormant_on <= today
        if card.outcome is None and not quiet and card.id not in has_one:
            assert card.waiting, f"{card.company}, {card.role}: no line, no reason ({card.stage})"


def two_questions_at_most(hunt: RandomHunt) -> None:
    asked = Counter[tuple[int, str, str]]()
    for row in hunt.rows(FollowUp):
        if row.rule in _COUNTED and row.action in NUDGES and row.state in ("open", "done"):
            asked[row.application_id, row.rule, row.anchor] += 1
            assert row.nth <= row.of <= 2, (row.label, row.nth, row.of)
    for anchor, count in asked.items():
        assert count <= 2, (anchor, count)


def nobody_is_asked_too_early(
    hunt: RandomHunt, cards: dict[int, Any], lines: list[FollowUp], talks: list[Any]
) -> None:
    """No question before the employer's own date, while nothing newer has been heard."""
    today = hunt.now.date()
    for row in lines:
        card = cards[row.application_id]
        by, named = card.expected_by, card.expected_set_on
        if row.rule not in _ASKING or row.action not in NUDGES or by is None or by < today:
            continue
        if not for_today(row, hunt.now):
            continue
        named = named or by
        in_force = named >= card.stage_since
        for talk in talks:
            if talk.application_id == card.id and (talk.invited_on or date.min) > by:
                in_force = False
            if talk.application_id == card.id and talk.starts_at is not None:
                in_force = in_force and aware(talk.starts_at).astimezone(ZONE).date() <= by
        assert not in_force, (row.rule, row.label, row.reason, f"they decide by {by}", today)


def nobody_is_asked_who_asked_for_none(cards: dict[int, Any], lines: list[FollowUp]) -> None:
    for row in lines:
        if cards[row.application_id].no_contact:
            assert row.action not in NUDGES, (row.rule, row.label)


def nobody_is_asked_before_an_interview(
    hunt: RandomHunt, cards: dict[int, Any], lines: list[FollowUp], talks: list[Any]
) -> None:
    ahead = {
        cards[talk.application_id].employer
        for talk in talks
        if talk.status == "confirmed"
        and talk.kept is not False
        and aware(talk.starts_at) > hunt.now
        and cards[talk.application_id].outcome is None
    }
    for row in lines:
        if row.rule in _ASKING and row.action == "inquire" and for_today(row, hunt.now):
            employer = cards[row.application_id].employer
            assert employer not in ahead, (row.rule, row.label, employer)


def nobody_is_asked_twice_at_once(hunt: RandomHunt, lines: list[FollowUp]) -> None:
    """Whoever is to be told of another offer is asked nothing else for a week."""
    today = hunt.now.date()
    told = {
        row.application_id
        for row in lines
        if row.action == "tell_date" and (today - row.due_on).days < 7
    }
    for row in lines:
        if row.application_id in told and row.action == "inquire":
            assert not for_today(row, hunt.now), (row.rule, row.label, row.due_on)


def after_a_yes(cards: dict[int, Any], lines: list[FollowUp]) -> None:
    yes = next((c for c in cards.values() if c.outcome == Outcome.ACCEPTED.value), None)
    if yes is None:
        return
    for row in lines:
        card = cards[row.application_id]
        if card.id == yes.id:
            assert row.rule in _ALLOWED_ON_THE_ACCEPTED, (row.rule, row.label)
        elif card.outcome is None and (card.applied_on or card.stage_since) <= yes.closed_on:
            assert row.rule in _ALLOWED_AFTER_A_YES, (row.rule, row.label)


def nothing_is_late_at_birth(hunt: RandomHunt, before: set[Key]) -> set[Key]:
    """Look at what came into being since `before`; what there is now."""
    lines = hunt.lines()
    for row in lines:
        if key_of(row) not in before:
            assert not late(row, hunt.now), (row.rule, row.label, row.due_on, row.due_at)
    return {key_of(row) for row in hunt.rows(FollowUp)}


Fact = tuple[str, int, int, int]
"""What happened to one card: what, to which card, how many days before the end, and how."""

_LAST = START + timedelta(days=28)
"""The morning on which all is known."""
_SECOND_ROUNDS_FROM = (_LAST - timedelta(days=7)).date()
_CARDS = (("Globex", "Engineer", 28), ("Globex", "Architect", 26), (EMPLOYERS[1], "Developer", 24))
"""Employer, role, and how many days before the end it was applied for."""


def facts() -> st.SearchStrategy[list[Fact]]:
    """Some facts, no two of a kind on one card and day; what would correct another one once."""
    what = st.sampled_from(
        ["replied", "held", "debrief", "closing", "contact", "references", "promise"]
    )
    one = st.tuples(what, st.integers(0, 2), st.integers(1, 22), st.integers(0, 9))
    return st.lists(one, max_size=6, unique_by=_once)


def _once(fact: Fact) -> tuple[object, ...]:
    return fact[:2] if fact[0] in ("closing", "references") else fact[:3]


def _both_ways(known: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    return known, known[::-1]


def test_facts_in_any_order_give_the_same_list(template: bytes, figure: Figure) -> None:
    tried = Counter[str]()

    @settings(proved, max_examples=ORDERS)
    @given(facts().flatmap(lambda known: st.tuples(st.just(known), st.permutations(known))))
    @example(_both_ways([("replied", 0, 14, 1), ("replied", 0, 1, 5)]))
    @example(_both_ways([("held", 1, 21, 1), ("replied", 1, 13, 9), ("held", 1, 5, 1)]))
    @example(_both_ways([("debrief", 0, 10, 3), ("replied", 0, 12, 9)]))
    @example(_both_ways([("debrief", 0, 12, 3), ("replied", 0, 10, 1)]))
    @example(_both_ways([("debrief", 0, 12, 3), ("replied", 0, 12, 1)]))
    @example(_both_ways([("debrief", 0, 12, 2), ("replied", 0, 12, 9)]))
    @example(_both_ways([("debrief", 2, 14, 1), ("debrief", 2, 11, 2)]))
    def prove(orders: tuple[list[Fact], list[Fact]]) -> None:
        one, other = (_list_after(template, [(_LAST, fact) for fact in each]) for each in orders)
        tried["orders"] += 1
        assert one == other

    prove()
    figure("orders of the same facts", tried["orders"], "the same list")


def test_facts_told_later_give_the_same_list(template: bytes, figure: Figure) -> None:
    """Each on its day, or on the next with its day named."""
    tried = Counter[str]()

    @settings(proved, max_examples=ORDERS)
    @given(facts())
    def prove(known: list[Fact]) -> None:
        datable = [fact for fact in known if fact[0] != "promise"]
        inorder = sorted(datable, key=lambda fact: -fact[2])
        at_once = [(_LAST - timedelta(days=fact[2]), fact) for fact in inorder]
        later = [(moment + timedelta(days=1), fact) for moment, fact in at_once]
        tried["facts"] += len(datable)
        assert _list_after(template, at_once) == _list_after(template, later)

    prove()
    figure("facts told a day later", tried["facts"], "the same list")


Listed = tuple[int, str, int, str, str, str, date]


def _list_after(template: bytes, told: list[tuple[datetime, Fact]]) -> list[Listed]:
    """The list on the last morning, when the facts were told at these moments.

    Lateness counts from when a line came into being, so all that is due by now counts as due.
    """
    with hunting(template) as hunt:
        for company, role, back in _CARDS:
            hunt.clock.moment = _LAST - timedelta(days=back)
            hunt.pipeline.add(company, role)
        for moment, (what, card, back, how) in told:
            hunt.clock.moment = moment + timedelta(hours=9)
            day = (_LAST - timedelta(days=back)).date()
            try:
                _tell(hunt, what, card + 1, day, how)
            except Refused:
                continue
        hunt.clock.moment = _LAST + timedelta(hours=10)
        today = _LAST.date()
        return sorted(
            (
                row.application_id,
                row.rule,
                row.nth,
                row.action,
                row.label,
                row.reason,
                max(row.due_on, today),
            )
            for row in hunt.lines()
        )


def _tell(hunt: RandomHunt, what: str, card: int, day: date, how: int) -> None:
    pipeline = hunt.pipeline
    if what == "replied":
        by = day + timedelta(days=10 + how) if how % 2 else None
        pipeline.log_reply(card, on=day, decides_by=by)
    elif what == "held":
        _met(hunt, card, day)
    elif what == "debrief":
        by = day + timedelta(days=9 + how) if how % 4 else None
        pipeline.debrief(_met(hunt, card, day), promised_by=by, remarks="so so")
    elif what == "closing":
        pipeline.edit(card, {"closing_on": day + timedelta(days=how)})
    elif what == "contact":
        pipeline.contact(card, f"Person {how}", relation="other")
    elif what == "references":
        pipeline.offer(card, reference_check_on=day, announced_on=day)
    elif what == "promise":
        pipeline.point(card, "my_promise", "a link", due_on=day + timedelta(days=how))


def _met(hunt: RandomHunt, card: int, day: date) -> int:
    """The interview of that day, held if it is not known yet.

    What it was like follows from the day alone, so that it is the same for whoever tells of it
    first. Its stage is named: which one is meant otherwise is guessed from what is known by then.
    """
    starts = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
    for talk in hunt.rows(Interview):
        if talk.application_id == card and aware(talk.starts_at) == starts:
            found: int = talk.id
            return found
    stage = Stage.SECOND if day > _SECOND_ROUNDS_FROM else Stage.FIRST
    people = ("Ana Ruiz", "")[day.toordinal() % 2]
    made = hunt.pipeline.interview(card, starts, stage=stage, people=people).made
    assert made is not None
    return made
