"""Dialogs that ask for one choice: a stage, an outcome, a card, a message, yes or no."""

from collections.abc import Iterable, Sequence
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
from store.read.drafts import LetterChoice, LetterRequest
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.people import RELATIONS
from store.rules.stages import ORDER, Outcome, Stage, check_close, check_move, outcomes_from
from store.rules.text import Refused, clean, searchable
from store.rules.typed.days import parse_day
from tui.dialogs.dialog import Dialog, put
from tui.widgets.cells import clip
from tui.widgets.choice_fields import Choice, ChoiceList
from tui.widgets.line_fields import LineInput
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

MEANINGS = {
    Outcome.ACCEPTED: "you took the offer",
    Outcome.DECLINED: "you turned the offer down",
    Outcome.REJECTED: "they rejected you",
    Outcome.WITHDRAWN: "you withdrew",
    Outcome.NO_RESPONSE: "no reply at all",
    Outcome.CANCELLED: "they stopped hiring",
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


class ChoicePicker(Dialog[Picked | None]):
    """A list of choices, perhaps under a sentence; Enter answers with the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Choose this"),
    ]

    def __init__(
        self,
        title: str,
        keys: tuple[tuple[str, str], ...],
        choices: Iterable[Choice],
        *,
        chosen: int = 0,
        about: str = "",
    ) -> None:
        super().__init__(title, keys)
        self._choices = tuple(choices)
        self._chosen = chosen
        self._about = about

    def fields(self) -> ComposeResult:
        if self._about:
            yield Static(Content(self._about), id="question")
        yield ChoiceList(self._choices, self._chosen, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    @property
    def place(self) -> int:
        """The place of the choice, from 0."""
        return self.query_one("#choices", ChoiceList).chosen

    def action_take(self) -> None:
        """Answer with the choice."""
        self.dismiss(self.pick(self.place))

    def pick(self, place: int) -> Picked:
        """What the choice at `place` stands for."""
        raise NotImplementedError


class _Picker(Dialog[Picked | None]):
    """Choices, and below them the day of the change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Choose this"),
    ]

    def __init__(
        self,
        card: Card,
        today: date,
        *,
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
        self._show_meaning()

    @property
    def place(self) -> int:
        """The place of the choice, from 0."""
        return self.query_one("#choices", ChoiceList).chosen

    @property
    def typed(self) -> str:
        """The day as typed."""
        return self.query_one("#day", LineInput).value

    @on(Input.Changed)
    @on(ChoiceList.Changed)
    def _follow(self) -> None:
        self._show_meaning()

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Answer with the choice, if it can be made."""
        answer = self._show_meaning()
        if answer is not None:
            self.dismiss(answer)

    def _show_meaning(self) -> Picked | None:
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
        """Give the choice with its day; raises Refused when it cannot be made."""
        raise NotImplementedError


class StagePicker(_Picker[StageChoice]):
    """Asks for the stage to move `card` to, and the day of the move.

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
        super().__init__(
            card, today, verb="Move", choices=choices, chosen=place, typed=typed, error=error
        )

    def answer(self, day: date) -> StageChoice:
        card, stage = self._card, ORDER[self.place]
        check_move(
            card.stage, stage, day, since=card.stage_since, today=self._today, outcome=card.outcome
        )
        return StageChoice(stage, day, self.typed)


class OutcomePicker(_Picker[OutcomeChoice]):
    """Asks how `card` ended, on which day, and why.

    It offers the outcomes that are possible from the card's stage, and begins with “no response”
    when closing a quiet card is suggested.

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
        super().__init__(
            card, today, verb="Close", choices=choices, chosen=place, typed=typed, error=error
        )
        self._first_reason = reason

    def fields(self) -> ComposeResult:
        yield from super().fields()
        with HorizontalGroup(classes="line"):
            yield Label("Reason", classes="name")
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
    """Asks for a card; Enter answers with the id of the one under the cursor.

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
        words = searchable(self.query_one("#line", LineInput).value).split()
        rows = [
            Row(card.id, (Cell(card.company, Tone.STRONG), Cell(card.role), _stage(card)))
            for card in self._cards
            if all(word in searchable(f"{card.company} {card.role}") for word in words)
        ]
        self.query_one(Rows).show(rows, hint=_NONE)

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def _take(self) -> None:
        row = self.query_one(Rows).current
        if row is not None:
            self.dismiss(row.key)

    def action_step(self, step: int) -> None:
        """Go to the card below or above."""
        self.query_one(Rows).move(step)

    def action_page(self, pages: int) -> None:
        """Go a screenful down or up."""
        self.query_one(Rows).page(pages)


def _stage(card: Card) -> Cell:
    return Cell(card.stage.value, Tone.MUTED)


_REMARK_CELLS = 22
_NAME_CELLS = 30
_ADDRESS_CELLS = 36


class KindPicker(ChoicePicker[LetterRequest]):
    """Asks which message to write.

    Args:
        title: whose messages they are.
        offered: those that can be written.
        chosen: the place of the one to begin with.
    """

    def __init__(self, title: str, offered: Sequence[LetterChoice], chosen: int = 0) -> None:
        self._offered = tuple(offered)
        super().__init__(
            title,
            (("↑ ↓", "choose"), ("enter", "write"), ("esc", "cancel")),
            (Choice(one.title, clip(one.remark, _REMARK_CELLS)) for one in self._offered),
            chosen=chosen,
        )

    def pick(self, place: int) -> LetterRequest:
        return self._offered[place].wanted


class RecipientChoice(NamedTuple):
    """Who to write to, and whether they become the main contact."""

    contact_id: int
    for_good: bool = False


class RecipientPicker(ChoicePicker[RecipientChoice]):
    """Asks which contact of an application to write to.

    Args:
        company: whose people they are.
        people: all of them.
        chosen: the place of the one to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="recipient.take", tooltip="This message only"),
        Binding("m", "take_for_good", "Main", id="recipient.main", tooltip="From now on"),
    ]

    def __init__(self, company: str, people: Sequence[ContactEntry], chosen: int = 0) -> None:
        self._people = tuple(people)
        super().__init__(
            f"Recipient at {company}",
            (("enter", "this message"), ("m", "from now on"), ("esc", "cancel")),
            map(_recipient, self._people),
            chosen=chosen,
        )

    def pick(self, place: int) -> RecipientChoice:
        return RecipientChoice(self._people[place].id)

    def action_take_for_good(self) -> None:
        """Answer with the choice, as the main contact from now on."""
        self.dismiss(self.pick(self.place)._replace(for_good=True))


def _recipient(one: ContactEntry) -> Choice:
    address = one.email or f"{RELATIONS.get(one.relation, '')}, no email address"
    return Choice(clip(one.called, _NAME_CELLS), clip(address, _ADDRESS_CELLS))


class TogetherPicker(ChoicePicker[bool]):
    """Asks whether to act on all follow-ups of one message; True means all.

    Args:
        verb: what is done: “Done”.
        company: the employer.
        label: the follow-up that was chosen.
        count: how many there are.
    """

    def __init__(self, verb: str, company: str, label: str, count: int) -> None:
        two = count == 2
        super().__init__(
            f"{verb}: {company}",
            (("1–2", "choose"), ("enter", verb.lower()), ("esc", "cancel")),
            (
                Choice("Both" if two else f"All {count}", "one message, undone together"),
                Choice("Only this one", "the other one stays" if two else "the others stay"),
            ),
            about=label,
        )

    def pick(self, place: int) -> bool:
        return place == 0


class Confirm(Dialog[bool | None]):
    """Asks `question`. The answer that changes nothing is focused first, and Esc gives it.

    Args:
        question: the whole question, shown literally.
        yes_label: the verb that says what a yes does: “Delete”.
        no_label: the other answer.
        usual: yes is the usual answer: it is focused first, and Esc answers None.
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
    def _press(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer with a key."""
        self.dismiss(yes)

    def action_leave(self) -> None:
        self.dismiss(None if self._usual else False)


class WhoDialog(Dialog[str | None]):
    """Asks who did something, and answers "them" or "you".

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
    def _press(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)

    def action_answer(self, who: str) -> None:
        """Answer with a key."""
        self.dismiss(who)
