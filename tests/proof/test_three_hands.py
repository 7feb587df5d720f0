"""One model, three hands: whatever the store, the command line and the screen are made to do in
any order, board, due list and timeline are what the model says; undo leads back to the start."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from proof_drivers import DAYS, HANDS, StoreHand, shown
from proof_known import Known, No
from proof_model import Model

from store.clock import FixedClock
from store.file.database import open_database
from store.rules.stages import Outcome, Stage

LONG = os.environ.get("ROUNDS_PROOF") == "long"
START = datetime(2026, 10, 19, 9, tzinfo=ZoneInfo("Europe/Berlin"))
"""A week before the clocks go back."""
MEMORY = Path("/dev/shm")
"""Where thousands of boards come and go without a disk being worn."""
COMPANIES = (*("Globex", "GLOBEX Inc.", "Acme [/b]"), *("株式会社", "Münch 👨‍👩‍👧", "{x} %s"))
"""The first two are one employer."""
cards = st.integers(0, 6)
places = st.integers(0, 20)
companies = st.sampled_from(COMPANIES)
stages = st.sampled_from([Stage.APPLIED, Stage.APPLIED, *Stage])
ahead = st.integers(0, 30)
OFFERED = ("verbal", "letter", "signed", "counter", "starts", "check")
"""What becomes known of an offer."""


@cache
def blank() -> bytes:
    """A board with nothing on it: copying it takes less than making one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.db"
        open_database(path, FixedClock(START)).close()
        return path.read_bytes()


Fits = Callable[[Known], bool]


def same(shown: Iterable[object], wanted: Iterable[object]) -> None:
    """Two heaps of the same things, else what one has and the other has not."""
    there, here = Counter(shown), Counter(wanted)
    assert there == here, f"shown: {[*(there - here)]}; wanted: {[*(here - there)]}"


def any_one(_: Known) -> bool:
    return True


def is_open(one: Known) -> bool:
    return one.facts.outcome is None


def is_closed(one: Known) -> bool:
    return one.facts.outcome is not None


def is_offered(one: Known) -> bool:
    return one.facts.stage is Stage.OFFER and one.facts.outcome in (None, Outcome.ACCEPTED)


def is_invited(one: Known) -> bool:
    return any(not talk.called_off_by for talk in one.facts.interviews)


def some(fits: Fits) -> Callable[[Any], bool]:
    """For a rule that makes sense as long as an application fits."""
    return lambda machine: any(map(fits, machine.model.board.values()))


ON_DUE = ("complete", "skip", "snooze")
"""What is done to a line of the due list."""


class ThreeHands(RuleBasedStateMachine):
    """Everything that all hands can do, by the hand that the chance names."""

    NAMES: ClassVar[tuple[str, ...]] = tuple(HANDS)
    STEPS: ClassVar[Counter[str]] = Counter()

    @initialize(begun=st.lists(st.tuples(companies, st.integers(0, 40), stages), max_size=5))
    def open(self, begun: list[tuple[str, int, Stage]]) -> None:
        folder = MEMORY if os.access(MEMORY, os.W_OK) else None
        self.folder = tempfile.TemporaryDirectory(dir=folder, prefix="rounds-")
        self.clock = FixedClock(START)
        self.model = Model(self.clock.now)
        self.fine, self.steps = True, 0
        path = Path(self.folder.name) / "board.db"
        path.write_bytes(blank())
        path.chmod(0o600)
        self.store = StoreHand(path, self.clock)
        self.hands: dict[str, StoreHand] = {"store": self.store}
        self.hands |= {n: HANDS[n](path, self.clock) for n in self.NAMES if n != "store"}
        for name, back, stage in begun:
            self.add(0, name, back, stage)

    def teardown(self) -> None:
        if not hasattr(self, "hands"):
            return
        try:
            if self.fine:
                self.compare_all()
                self.there_and_back()
        finally:
            for hand in self.hands.values():
                hand.close()
            self.folder.cleanup()

    # What must be true

    def compare(self, hand: StoreHand, number: int | None = None) -> None:
        """What this hand sees is what the model says."""
        same(hand.faces(), self.model.faces())
        listed, folded = hand.due()
        wanted, below = self.model.due(DAYS)
        same(listed + folded, wanted + below)
        if hand is self.store:
            assert (listed, Counter(folded)) == (wanted, Counter(below))
        else:
            there = set(listed)
            assert listed == [due for due in self.model.by_message(DAYS) if due in there]
        if number in self.model.board and (hand is self.store or self.steps % 3 == 0):
            assert hand.timeline(number) == self.model.timeline(number)

    def compare_all(self, *, thorough: bool = True) -> None:
        for name, hand in self.hands.items():
            numbers = list(self.model.board) or [0]
            for number in numbers if thorough and name != "screen" else numbers[-1:]:
                self.compare(hand, number)

    def there_and_back(self) -> None:
        """Undo of everything gives the start, redo of everything the end."""
        while self.model.future:
            self.model.redo()
            assert self.store.do("redo")
        self.compare(self.store)
        steps = len(self.model.past)
        for what in ("undo", "redo"):
            for _ in range(steps):
                self.STEPS["store"] += 1
                getattr(self.model, what)()
                assert self.store.do(what)
                self.compare(self.store)
            assert not self.store.do(what), f"there is something to {what} still"
            self.compare_all()
            if what == "undo":
                assert self.store.faces() == set()

    def act(self, who: str, what: str, *args: Any, number: int | None = None) -> None:
        """Do it by this hand; it is allowed exactly when the model says so."""
        told = args
        if what in ON_DUE:
            place, *more = args
            row = self.model.rows(DAYS)[place]
            listed = self.store.glance.due(days=DAYS)[place]
            assert (listed.rule, shown(listed, self.clock.now())) == (row.key[0], row.due)
            if row.folded and who == "screen":
                who = "store"  # the screen has no line for it before its interview is over
            args, told = (row.due.application_id, row.key, *more), (listed.id, *more)
        self.STEPS[who] += 1
        self.steps += 1
        self.fine, hand = False, self.hands[who]
        try:
            getattr(self.model, {"close_card": "close"}.get(what, what))(*args)
            allowed = True
        except No:
            allowed = False
        assert hand.do(what, *told) == allowed, (who, what, args)
        self.compare(hand, number)
        self.fine = True

    def who(self, choice: int) -> str:
        return self.NAMES[choice % len(self.NAMES)]

    def typing(self, choice: int) -> str:
        """For what the screen does with many keys on a page of its own."""
        return {"screen": "store"}.get(self.who(choice), self.who(choice))

    def card(self, choice: int, fits: Fits) -> int:
        """An application that fits, if any does; for 1 any, for 0 one that there is not."""
        known = self.model.board
        numbers = [n for n in sorted(known) if choice == 1 or fits(known[n])] or sorted(known)
        return numbers[choice % len(numbers)] if choice and numbers else 99

    # What can be done

    @rule(
        who=places,
        name=companies,
        back=st.integers(0, 40),
        stage=stages,
    )
    def add(self, who: int, name: str, back: int, stage: Stage) -> None:
        number = self.model.applications + 1
        hand = self.who(who)
        if hand == "screen":
            stage = Stage.APPLIED
        self.act(hand, "add", name, f"Engineer {number}", back, stage, number=number)

    @precondition(some(is_open))
    @rule(who=places, card=cards, stage=st.sampled_from(Stage))
    def move(self, who: int, card: int, stage: Stage) -> None:
        number = self.card(card, is_open)
        self.act(self.who(who), "move", number, stage, number=number)

    @precondition(some(is_open))
    @rule(who=places, card=cards, outcome=st.sampled_from([*Outcome, Outcome.REJECTED]))
    def end(self, who: int, card: int, outcome: Outcome) -> None:
        number = self.card(card, is_open)
        self.act(self.who(who), "close_card", number, outcome, number=number)

    @precondition(some(is_offered))
    @rule(who=places, card=cards)
    def accept(self, who: int, card: int) -> None:
        number = self.card(card, is_offered)
        self.act(self.who(who), "close_card", number, Outcome.ACCEPTED, number=number)

    @precondition(some(is_closed))
    @rule(who=places, card=cards)
    def reopen(self, who: int, card: int) -> None:
        number = self.card(card, is_closed)
        self.act(self.who(who), "reopen", number, number=number)

    @precondition(some(any_one))
    @rule(who=places, card=cards)
    def delete(self, who: int, card: int) -> None:
        self.act(self.who(who), "delete", self.card(card, any_one))

    @precondition(some(any_one))
    @rule(who=places, card=cards, text=st.sampled_from(["a thought", "[/]", "two\nlines"]))
    def note(self, who: int, card: int, text: str) -> None:
        number = self.card(card, any_one)
        self.act(self.who(who), "note", number, text, number=number)

    @precondition(some(any_one))
    @rule(who=places, card=cards, days=st.none() | st.integers(1, 30))
    def replied(self, who: int, card: int, days: int | None) -> None:
        number = self.card(card, any_one)
        self.act(self.who(who), "replied", number, days, number=number)

    @precondition(some(is_offered))
    @rule(who=places, card=cards, days=ahead)
    def deadline(self, who: int, card: int, days: int) -> None:
        number = self.card(card, is_offered)
        self.act(self.who(who), "deadline", number, days, number=number)

    @precondition(some(is_open))
    @rule(who=places, card=cards, hours=st.none() | st.integers(-300, 300))
    def interview(self, who: int, card: int, hours: int | None) -> None:
        number, hand = self.card(card, is_open), self.who(who)
        known = self.model.board.get(number)
        if hand == "screen" and known and known.facts.stage is Stage.OFFER:
            hand = "store"
        starts = None
        if hours is not None:
            moment = self.clock.now().replace(minute=0) + timedelta(hours=hours)
            starts = moment.replace(hour=max(4, moment.hour), fold=0)
        self.act(hand, "interview", number, starts, number=number)

    @precondition(some(is_open))
    @rule(who=places, card=cards, days=ahead)
    def remind(self, who: int, card: int, days: int) -> None:
        number = self.card(card, is_open)
        self.act(self.who(who), "remind", number, days, "call Ana", number=number)

    @precondition(some(is_invited))
    @rule(who=places, card=cards, by=st.sampled_from(["them", "them", "you"]))
    def called_off(self, who: int, card: int, by: str) -> None:
        number = self.card(card, is_invited)
        self.act(self.typing(who), "called_off", number, by, number=number)

    @precondition(some(is_invited))
    @rule(who=places, card=cards, by=st.sampled_from(["them", "them", "you"]))
    def missed(self, who: int, card: int, by: str) -> None:
        number = self.card(card, is_invited)
        self.act(self.typing(who), "missed", number, by, number=number)

    @precondition(some(is_offered))
    @rule(who=places, card=cards, what=st.sampled_from(OFFERED), days=ahead)
    def offer(self, who: int, card: int, what: str, days: int) -> None:
        number = self.card(card, is_offered)
        self.act(self.typing(who), "offer", number, what, days, number=number)

    @precondition(some(is_open))
    @rule(who=places, card=cards, days=ahead)
    def references(self, who: int, card: int, days: int) -> None:
        number = self.card(card, is_open)
        self.act(self.typing(who), "offer", number, "check", days, number=number)

    @precondition(some(is_open))
    @rule(card=cards, name=st.sampled_from(["Ms Kim", "Ms Kim", ""]))
    def agency(self, card: int, name: str) -> None:
        number = self.card(card, is_open)
        self.act("store", "agency", number, name, number=number)

    @precondition(some(is_open))
    @rule(who=places, card=cards, days=ahead)
    def task(self, who: int, card: int, days: int) -> None:
        number = self.card(card, is_open)
        self.act(self.typing(who), "task", number, f"Case {self.steps}", days, number=number)

    @precondition(lambda self: self.model.rows(DAYS))
    @rule(who=places, place=places)
    def done(self, who: int, place: int) -> None:
        self.settle(who, place, "complete")

    @precondition(lambda self: self.model.rows(DAYS))
    @rule(who=places, place=places, how=st.sampled_from(["complete", "skip"]))
    def settle(self, who: int, place: int, how: str) -> None:
        rows = self.model.rows(DAYS)
        place %= len(rows)
        self.act(self.who(who), how, place, number=rows[place].due.application_id)

    @precondition(lambda self: self.model.rows(DAYS))
    @rule(who=places, place=places, days=st.integers(1, 20))
    def snooze(self, who: int, place: int, days: int) -> None:
        self.act(self.who(who), "snooze", place % len(self.model.rows(DAYS)), days)

    @precondition(lambda self: self.model.past)
    @rule(who=places)
    def undo(self, who: int) -> None:
        self.act(self.who(who), "undo")

    @precondition(lambda self: self.model.future)
    @rule(who=places)
    def redo(self, who: int) -> None:
        self.act(self.who(who), "redo")

    @rule(hours=st.sampled_from([1, 5, 20, 24, 49, 170]))
    def time_passes(self, hours: int) -> None:
        later = self.clock.moment.timestamp() + hours * 3_600
        self.clock.moment = datetime.fromtimestamp(later, self.clock.zone)
        self.compare_all(thorough=False)

    @rule()
    def everybody_sees_the_same(self) -> None:
        self.compare_all()

    @rule()
    def restart(self) -> None:
        self.store.open_anew()


class OneHand(ThreeHands):
    """The same with the store alone: many more steps in the same time."""

    NAMES = ("store",)
    STEPS: ClassVar[Counter[str]] = Counter()


def steps_of(machine: type[ThreeHands], examples: int, steps: int) -> Counter[str]:
    """Let the machine run; how many steps each hand has done."""
    machine.STEPS.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.STEPS


@pytest.mark.parametrize("part", range(4 if LONG else 1))
def test_store_command_line_and_screen_are_one(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Callable[..., None]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    examples, steps = (10, 50) if LONG else (2, 15)
    done = steps_of(ThreeHands, examples, steps)
    assert set(done) >= {*HANDS}, "the first example that hypothesis tries does nothing at all"
    for who, count in done.items():
        figure(f"machine: steps by the {who}, all three looking", count, "0 differences")


@pytest.mark.long
@pytest.mark.parametrize("part", range(6))
def test_the_store_is_the_model(part: int, figure: Callable[..., None]) -> None:
    """In the long form only: shortly, `test_all_use_cases` shows the same."""
    count = steps_of(OneHand, 60, 60).total()
    figure("machine: steps by the store alone", count, "0 differences")
