"""Where a card goes, and how an application ended: one key, and a day if it was not today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Input, Label, Static

from store.model.dossier import Card, ContactEntry
from store.read.drafts import Offered, Wanted
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.people import RELATIONS
from store.rules.stages import ORDER, Outcome, Stage, check_close, check_move, outcomes_from
from store.rules.text import Refused, clean
from store.rules.typed.days import parse_day
from tui.dialogs.dialog import Dialog
from tui.widgets.cells import clip
from tui.widgets.choice_fields import Choice, ChoiceList
from tui.widgets.line_fields import LineInput
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

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
            echo.update(Content(str(refused)))
            echo.add_class("-refused")
            return None
        echo.update(Content(echo_day(day, self._today)))
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


_COLUMNS = (Column(12, share=3), Column(10, share=3), Column(8))
_NONE = ("No other card matches.",)


class CardPicker(Dialog[int | None]):
    """Asks for a card; Enter takes the one under the cursor. Gives its id.

    Args:
        title: what the card is wanted for.
        about: what is done with it, shown above the list.
        cards: those to choose from, in the order shown.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, title: str, about: str, cards: Sequence[Card], *, error: str = "") -> None:
        keys = (("↑ ↓", "choose"), ("enter", "take"), ("esc", "cancel"))
        super().__init__(title, keys, error)
        self._about = about
        self._cards = tuple(cards)

    def fields(self) -> ComposeResult:
        yield Static(Content(self._about), id="about")
        yield LineInput(placeholder="company or role", id="line")
        yield Rows(_COLUMNS, id="cards")

    def ready(self) -> None:
        super().ready()
        self.query_one(Rows).show_inks(self.rounds.inks)
        self.query_one("#line").focus()
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        words = self.query_one("#line", LineInput).value.casefold().split()
        rows = [
            Row(card.id, (Cell(card.company, Tone.STRONG), Cell(card.role), _stage(card)))
            for card in self._cards
            if all(word in f"{card.company} {card.role}".casefold() for word in words)
        ]
        self.query_one(Rows).show(rows, hint=_NONE)

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def _take(self) -> None:
        row = self.query_one(Rows).current
        if row is not None:
            self.dismiss(row.key)

    def action_step(self, step: int) -> None:
        """The card below or above."""
        self.query_one(Rows).move(step)

    def action_page(self, pages: int) -> None:
        """A screenful down or up."""
        self.query_one(Rows).page(pages)


def _stage(card: Card) -> Cell:
    return Cell(card.stage.value, Tone.MUTED)


_REMARK_CELLS = 22
_NAME_CELLS = 30
_ADDRESS_CELLS = 36


class KindPicker(Dialog[Wanted | None]):
    """Asks which message to write.

    Args:
        title: whose messages they are.
        offered: those that can be written.
        chosen: the place of the one to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Take this choice"),
    ]

    def __init__(self, title: str, offered: Sequence[Offered], chosen: int = 0) -> None:
        keys = (("↑ ↓", "choose"), ("enter", "write"), ("esc", "cancel"))
        super().__init__(title, keys)
        self._offered = tuple(offered)
        self._chosen = chosen

    def fields(self) -> ComposeResult:
        choices = (Choice(one.title, clip(one.remark, _REMARK_CELLS)) for one in self._offered)
        yield ChoiceList(tuple(choices), self._chosen, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    def action_take(self) -> None:
        """Hand the choice over."""
        self.dismiss(self._offered[self.query_one("#choices", ChoiceList).chosen].wanted)


class RecipientChoice(NamedTuple):
    """Whom to write to, and whether that is for good: the main contact from now on."""

    contact_id: int
    for_good: bool = False


class RecipientPicker(Dialog[RecipientChoice | None]):
    """Asks which of the people of an application a message is to.

    Args:
        company: whose people they are.
        people: all of them.
        chosen: the place of the one to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take(False)", "OK", id="recipient.take", tooltip="This message only"),
        Binding("m", "take(True)", "Main", id="recipient.main", tooltip="From now on"),
    ]

    def __init__(self, company: str, people: Sequence[ContactEntry], chosen: int = 0) -> None:
        keys = (("enter", "this message"), ("m", "from now on"), ("esc", "cancel"))
        super().__init__(f"To whom at {company}?", keys)
        self._people = tuple(people)
        self._chosen = chosen

    def fields(self) -> ComposeResult:
        choices = (
            Choice(
                clip(one.called, _NAME_CELLS),
                clip(one.email or f"{RELATIONS.get(one.relation, '')}, no address", _ADDRESS_CELLS),
            )
            for one in self._people
        )
        yield ChoiceList(tuple(choices), self._chosen, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    def action_take(self, for_good: bool) -> None:
        """Hand the choice over."""
        person = self._people[self.query_one("#choices", ChoiceList).chosen]
        self.dismiss(RecipientChoice(person.id, for_good))


class TogetherPicker(Dialog[bool | None]):
    """Asks whether something is meant for all the follow-ups of one message; True for all.

    Args:
        verb: what is done: “Done”.
        company: the employer.
        label: the follow-up that was chosen.
        count: how many there are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Take this choice"),
    ]

    def __init__(self, verb: str, company: str, label: str, count: int) -> None:
        keys = (("1–2", "choose"), ("enter", verb.lower()), ("esc", "cancel"))
        super().__init__(f"{verb}: {company}", keys)
        self._label = label
        self._choices = (
            Choice("Both" if count == 2 else f"All {count}", "one message, one step of undo"),
            Choice("Only this one", "the other one stays" if count == 2 else "the others stay"),
        )

    def fields(self) -> ComposeResult:
        yield Static(Content(self._label), id="question")
        yield ChoiceList(self._choices, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    def action_take(self) -> None:
        """Hand the choice over."""
        self.dismiss(self.query_one("#choices", ChoiceList).chosen == 0)


class Confirm(Dialog[bool | None]):
    """Asks `question`; the answer that changes nothing is chosen first, and Esc means it.

    Args:
        question: the whole question, shown literally.
        yes_label: the verb that says what a yes does: “Delete”.
        no_label: the other answer.
        usual: where a yes is what is nearly always meant: it is chosen first, and Esc, which leads
            back to where the question came from, is None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes", tooltip="Yes, do it"),
        Binding("n", "answer(False)", "No", id="confirm.no", tooltip="No, change nothing"),
        Binding("left,h", "app.focus_previous", show=False),
        Binding("right,l", "app.focus_next", show=False),
    ]

    def __init__(
        self, question: str, yes_label: str, no_label: str = "Keep", *, usual: bool = False
    ) -> None:
        super().__init__(
            yes_label, (("y", yes_label.lower()), ("n", no_label.lower()), ("esc", "cancel"))
        )
        self._question = question
        self._labels = no_label, yes_label
        self._usual = usual

    def fields(self) -> ComposeResult:
        no, yes = self._labels
        yield Static(Content(self._question), id="question")
        with HorizontalGroup(id="answers"):
            yield Button(Content(no), id="no", compact=True)
            yield Button(Content(yes), id="yes", compact=True)

    def ready(self) -> None:
        super().ready()
        self.query_one("#yes" if self._usual else "#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer with a key."""
        self.dismiss(yes)

    def action_leave(self) -> None:
        self.dismiss(None if self._usual else False)


class WhoDialog(Dialog[str | None]):
    """Asks who did something: "them" or "you"; Esc changes nothing.

    Args:
        question: the whole question, shown literally.
        title: what it is about.
        first: the answer that Enter gives.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "answer('them')", "They", id="who.them", tooltip="They did"),
        Binding("y", "answer('you')", "You", id="who.you", tooltip="You did"),
        Binding("left,h", "app.focus_previous", show=False),
        Binding("right,l", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, question: str, first: str = "them") -> None:
        super().__init__(title, (("t", "they did"), ("y", "you did"), ("esc", "cancel")))
        self._question = question
        self._first = first

    def fields(self) -> ComposeResult:
        yield Static(Content(self._question), id="question")
        with HorizontalGroup(id="answers"):
            yield Button(Content("They"), id="them", compact=True)
            yield Button(Content("You"), id="you", compact=True)

    def ready(self) -> None:
        super().ready()
        self.query_one(f"#{self._first}").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)

    def action_answer(self, who: str) -> None:
        """Answer with a key."""
        self.dismiss(who)
