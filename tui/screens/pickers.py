"""Where a card goes, and how an application ended: one key, and a day if it was not today."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.widgets import Input, Label, Static

from store.card import Card
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.reading import parse_day
from store.rules.refusal import Refused
from store.rules.stages import ORDER, Outcome, Stage, check_close, check_move, outcomes_from
from store.rules.text import clean
from tui.screens.dialog import Dialog, put
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.line_input import LineInput

MEANINGS = {
    Outcome.ACCEPTED: "you took the offer",
    Outcome.DECLINED: "you turned the offer down",
    Outcome.REJECTED: "they said no",
    Outcome.WITHDRAWN: "you pulled out",
    Outcome.NO_RESPONSE: "nothing but silence",
    Outcome.CANCELLED: "they stopped looking",
}

Picked = TypeVar("Picked")


@dataclass(frozen=True, slots=True)
class StageChoice:
    """A stage, the day of the move, and that day as it was typed."""

    stage: Stage
    on: date
    typed: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """An outcome, its day and reason, and that day as it was typed."""

    outcome: Outcome
    on: date
    reason: str = ""
    typed: str = ""


class _Picker(Dialog[Picked | None]):
    """Choices, and below them the day on which it happened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Take this choice"),
    ]

    def __init__(
        self,
        card: Card,
        today: date,
        verb: str,
        choices: tuple[Choice, ...],
        chosen: int,
        typed: str,
        error: str,
    ) -> None:
        keys = f"1–{len(choices)}"
        super().__init__(
            f"{verb} {card.company} — {card.role}",
            ((keys, "choose"), ("tab", "day"), ("enter", verb.lower()), ("esc", "cancel")),
            error,
        )
        self._card = card
        self._today = today
        self._choices = choices
        self._chosen = chosen
        self._first_typed = typed

    def fields(self) -> ComposeResult:
        yield ChoiceList(self._choices, self._chosen, id="choices")
        with HorizontalGroup(classes="line"):
            yield Label("On", classes="name")
            yield LineInput(self._first_typed, placeholder="today", id="day")
        yield Static(id="echo")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()
        self._reading()

    @property
    def place(self) -> int:
        """The place of the choice made."""
        return self.query_one("#choices", ChoiceList).chosen

    @property
    def typed(self) -> str:
        """The day as typed."""
        return self.query_one("#day", LineInput).value

    @on(Input.Changed)
    @on(ChoiceList.Changed)
    def _changed(self) -> None:
        self._reading()

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Hand the choice over, if it is one that can be made."""
        answer = self._reading()
        if answer is not None:
            self.dismiss(answer)

    def _reading(self) -> Picked | None:
        echo = self.query_one("#echo", Static)
        try:
            day = self._today
            if self.typed.strip():
                day = parse_day(self.typed, self._today, past=True)
            answer = self.answer(day)
        except Refused as refused:
            put(echo, str(refused))
            echo.add_class("-refused")
            return None
        put(echo, echo_day(day, self._today))
        echo.remove_class("-refused")
        return answer

    def answer(self, day: date) -> Picked:
        """The choice made, dated `day`; Refused when it cannot be."""
        raise NotImplementedError


class StagePicker(_Picker[StageChoice]):
    """Asks for the stage to move `card` to, and the day on which that happened.

    Args:
        card: the card as shown.
        today: the day at the user's place.
        chosen: the stage to begin with; else the one after the card's.
        typed: the day to begin with, as typed.
        error: why the last try was not saved.
    """

    def __init__(
        self,
        card: Card,
        today: date,
        *,
        chosen: Stage | None = None,
        typed: str = "today",
        error: str = "",
    ) -> None:
        choices = tuple(
            Choice(stage.value, "it is here now" if stage is card.stage else "") for stage in ORDER
        )
        place = chosen.place if chosen else min(card.stage.place + 1, len(ORDER) - 1)
        super().__init__(card, today, "Move", choices, place, typed, error)

    def answer(self, day: date) -> StageChoice:
        card, stage = self._card, ORDER[self.place]
        check_move(
            card.stage, stage, day, since=card.stage_since, today=self._today, outcome=card.outcome
        )
        return StageChoice(stage, day, self.typed)


class OutcomePicker(_Picker[OutcomeChoice]):
    """Asks how `card` ended, on which day, and why if there is something to remember.

    Only outcomes that the card's stage can have are offered. A card so long quiet that closing
    is suggested begins with “no response”.

    Args:
        card: the card as shown.
        today: the day at the user's place.
        chosen: the outcome to begin with.
        typed: the day to begin with, as typed.
        reason: the reason to begin with.
        error: why the last try was not saved.
    """

    def __init__(
        self,
        card: Card,
        today: date,
        *,
        chosen: Outcome | None = None,
        typed: str = "today",
        reason: str = "",
        error: str = "",
    ) -> None:
        self._outcomes = outcomes_from(card.stage)
        suggested = card.close_suggested_on
        if chosen is None and suggested is not None and suggested <= today:
            chosen = Outcome.NO_RESPONSE
        choices = tuple(Choice(outcome.title, MEANINGS[outcome]) for outcome in self._outcomes)
        place = self._outcomes.index(chosen) if chosen in self._outcomes else 0
        super().__init__(card, today, "Close", choices, place, typed, error)
        self._first_reason = reason

    def fields(self) -> ComposeResult:
        yield from super().fields()
        with HorizontalGroup(classes="line"):
            yield Label("Why", classes="name")
            yield LineInput(
                self._first_reason, placeholder="what they said, what you think", id="reason"
            )

    def answer(self, day: date) -> OutcomeChoice:
        card, outcome = self._card, self._outcomes[self.place]
        check_close(
            card.stage,
            outcome,
            day,
            since=card.stage_since,
            today=self._today,
            closed=card.outcome is not None,
        )
        reason = clean(self.query_one("#reason", LineInput).value, APPLICATION["reason"])
        return OutcomeChoice(outcome, day, reason, self.typed)
