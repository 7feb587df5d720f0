"""Dialogs that ask for one choice: a stage, an outcome, a card, a message, yes or no."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Input, Static

from store.model.dossier import Card, ContactEntry
from store.read.drafts import LetterChoice, LetterRequest
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.naming import refuse_any
from store.rules.people import RELATIONS
from store.rules.stages import ORDER, Outcome, Stage, check_close, check_move, outcomes_from
from store.rules.text import Refused, clean, searchable
from store.rules.typed.days import parse_day
from tui.dialogs.dialog import Dialog, beside, put
from tui.widgets.cells import cell_len, clip
from tui.widgets.choice_fields import Choice, ChoiceList
from tui.widgets.line_fields import LineInput
from tui.widgets.rows import Cell, Column, Row, Rows, Tone
from tui.wording import companies_of, count_of

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
    """A list of choices, perhaps under a sentence; Enter answers with what the chosen one means.

    Args:
        choices: each with what it means.
        chosen: the place of the one to begin with.
        about: the sentence.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Choose this"),
    ]

    def __init__(
        self,
        title: str,
        keys: tuple[tuple[str, str], ...],
        choices: Iterable[tuple[Choice, Picked]],
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
        yield ChoiceList(tuple(choice for choice, _ in self._choices), self._chosen, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    @property
    def picked(self) -> Picked:
        """What the choice means."""
        return self._choices[self.query_one("#choices", ChoiceList).chosen][1]

    def action_take(self) -> None:
        """Answer with the choice."""
        self.dismiss(self.picked)


class _DatedPicker(Dialog[Picked | None]):
    """Choices for one application or several, and below them the day of the change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Choose this"),
    ]

    def __init__(
        self,
        cards: Sequence[Card],
        today: date,
        verb: str,
        choices: Iterable[Choice],
        chosen: int,
        typed: str | None,
        error: str,
    ) -> None:
        self._choices = tuple(choices)
        card = cards[0]
        whose = f"{card.company} — {card.role}" if len(cards) == 1 else count_of(len(cards))
        super().__init__(
            f"{verb} {whose}",
            (
                (f"1–{len(self._choices)}", "choose"),
                ("tab", "day"),
                ("enter", verb.lower()),
                ("esc", "cancel"),
            ),
            error,
        )
        self._cards = cards
        self._today = today
        self._chosen = chosen
        self._first_typed = "today" if typed is None else typed

    def fields(self) -> ComposeResult:
        if len(self._cards) > 1:
            yield Static(Content(companies_of(self._cards)), id="about")
        yield ChoiceList(self._choices, self._chosen, id="choices")
        yield from beside("On", LineInput(self._first_typed, placeholder="today", id="day"))
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


class StagePicker(_DatedPicker[StageChoice]):
    """Asks for the stage to move `cards` to, and the day of the move.

    Args:
        cards: the cards as shown; several must all be able to go there.
        choice: what was chosen before, when the dialog is opened again; it begins with the stage
            after the first card's otherwise.
    """

    def __init__(
        self, cards: Sequence[Card], today: date, choice: StageChoice | None = None, error: str = ""
    ) -> None:
        stages = [card.stage for card in cards]
        choices = (Choice(stage.value, _who_is_here(stages, stage)) for stage in ORDER)
        place = min(stages[0].place + 1, len(ORDER) - 1)
        typed = None
        if choice is not None:
            place, typed = choice.stage.place, choice.typed
        super().__init__(cards, today, "Move", choices, place, typed, error)

    def answer(self, day: date) -> StageChoice:
        stage, today = ORDER[self.place], self._today
        _check_each(
            self._cards,
            lambda card: check_move(
                card.stage, stage, day, since=card.stage_since, today=today, outcome=card.outcome
            ),
        )
        return StageChoice(stage, day, self.typed)


def _who_is_here(stages: Sequence[Stage], stage: Stage) -> str:
    number = stages.count(stage)
    if not number or len(stages) == 1:
        return "it is here now" if number else ""
    return f"{number:,} of them {'is' if number == 1 else 'are'} here now"


def _check_each(cards: Sequence[Card], check: Callable[[Card], None]) -> None:
    """Refused where one of the cards may not; of several, those are named."""
    refusals = []
    for card in cards:
        try:
            check(card)
        except Refused as refused:
            if len(cards) == 1:
                raise
            refusals.append((card.company, refused))
    refuse_any(refusals, len(cards))


class OutcomePicker(_DatedPicker[OutcomeChoice]):
    """Asks how `cards` ended, on which day, and why.

    It offers the outcomes that are possible from the stages of all cards, and begins with “no
    response” when closing a quiet first card is suggested.

    Args:
        cards: the cards as shown; several end alike.
        choice: what was chosen before, when the dialog is opened again.
        first: the outcome to begin with otherwise.
    """

    def __init__(
        self,
        cards: Sequence[Card],
        today: date,
        choice: OutcomeChoice | None = None,
        error: str = "",
        *,
        first: Outcome | None = None,
    ) -> None:
        possible = [outcomes_from(card.stage) for card in cards]
        self._outcomes = tuple(o for o in Outcome if all(o in each for each in possible))
        suggested = cards[0].close_suggested_on
        if first is None and suggested is not None and suggested <= today:
            first = Outcome.NO_RESPONSE
        if choice is not None:
            first = choice.outcome
        choices = (Choice(outcome.title, MEANINGS[outcome]) for outcome in self._outcomes)
        place = self._outcomes.index(first) if first in self._outcomes else 0
        typed = choice.typed if choice is not None else None
        super().__init__(cards, today, "Close", choices, place, typed, error)
        self._first_reason = choice.reason if choice is not None else ""

    def fields(self) -> ComposeResult:
        yield from super().fields()
        example = "what they said, what you think"
        reason = LineInput(self._first_reason, placeholder=example, id="reason")
        yield from beside("Reason", reason)

    def answer(self, day: date) -> OutcomeChoice:
        outcome, today = self._outcomes[self.place], self._today
        _check_each(
            self._cards,
            lambda card: check_close(
                card.stage,
                outcome,
                day,
                since=card.stage_since,
                today=today,
                closed=card.outcome is not None,
            ),
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
        self._dress()
        self.rounds.theme_changed_signal.subscribe(self, lambda _: self._dress())
        self.query_one("#line").focus()
        self._show()

    def _dress(self) -> None:
        self.query_one(Rows).show_inks(self.rounds.inks)

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
        self.query_one(Rows).move(step)

    def action_page(self, pages: int) -> None:
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
        super().__init__(
            title,
            (("↑ ↓", "choose"), ("enter", "write"), ("esc", "cancel")),
            ((Choice(one.title, clip(one.remark, _REMARK_CELLS)), one.wanted) for one in offered),
            chosen=chosen,
        )


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
        Binding("ctrl+s", "take_for_good", "Main", id="recipient.main", tooltip="From now on"),
    ]

    def __init__(self, company: str, people: Sequence[ContactEntry], chosen: int = 0) -> None:
        super().__init__(
            f"Recipient at {company}",
            (("enter", "this message"), ("ctrl+s", "from now on"), ("esc", "cancel")),
            ((_recipient(person), RecipientChoice(person.id)) for person in people),
            chosen=chosen,
        )

    def action_take_for_good(self) -> None:
        """Answer with the choice, as the main contact from now on."""
        self.dismiss(self.picked._replace(for_good=True))


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
        both, others = "Both", "the other one stays"
        if count > 2:
            both, others = f"All {count}", "the others stay"
        super().__init__(
            f"{verb}: {company}",
            (("1–2", "choose"), ("enter", verb.lower()), ("esc", "cancel")),
            (
                (Choice(both, "one message, undone together"), True),
                (Choice("Only this one", others), False),
            ),
            about=label,
        )


_ONE_A_LINE_AT_MOST = 12
"""How many of those that a question is about are named before the others are counted (product)."""


def one_a_line(each: Sequence[tuple[str, str]]) -> str:
    """Whose it is and what becomes of it, a line for each: "Bluth    no response"."""
    shown = each[:_ONE_A_LINE_AT_MOST]
    wide = max((cell_len(name) for name, _ in shown), default=0)
    lines = [f"{name}{' ' * (wide - cell_len(name) + 2)}{what}" for name, what in shown]
    more = len(each) - len(shown)
    return "\n".join([*lines, *([f"and {more:,} more"] if more else [])])


class _Button(NamedTuple, Generic[Picked]):
    """The key and the words of a button, and the answer that it stands for."""

    key: str
    label: str
    answer: Picked


class _Buttons(Dialog[Picked | None]):
    """A question, and under it a button for each answer, with its key; the arrows lead from one
    to the other.

    Args:
        question: the whole question, shown literally.
        answers: the buttons, by their ids.
        first: the button that is focused first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "app.focus_previous", show=False),
        Binding("right,l", "app.focus_next", show=False),
    ]

    def __init__(
        self,
        title: str,
        question: str,
        answers: Mapping[str, _Button[Picked]],
        first: str,
    ) -> None:
        super().__init__(title, (("enter", "choose"), ("esc", "cancel")))
        self._question = question
        self._answers = answers
        self._first = first

    def fields(self) -> ComposeResult:
        yield Static(Content(self._question), id="question")
        with HorizontalGroup(id="answers"):
            for name, (key, label, _) in self._answers.items():
                words = Content.assemble((key, "bold $text-accent"), "  ", label)
                yield Button(words, id=name, compact=True)

    def ready(self) -> None:
        super().ready()
        self.query_one(f"#{self._first}").focus()

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id or "")

    def action_answer(self, name: str) -> None:
        """Answer with the button of that name."""
        self.dismiss(self._answers[name].answer)


class Confirm(_Buttons[bool]):
    """Asks `question`. The answer that changes nothing is focused first, and Esc gives it.

    Args:
        yes_label: the verb that says what a yes does: “Delete”.
        no_label: the other answer.
        usual: yes is the usual answer: it is focused first, and Esc answers None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('yes')", "Yes", id="confirm.yes", tooltip="Yes, do it"),
        Binding("n", "answer('no')", "No", id="confirm.no", tooltip="No, change nothing"),
    ]

    def __init__(
        self, question: str, yes_label: str, no_label: str = "Keep", *, usual: bool = False
    ) -> None:
        super().__init__(
            yes_label,
            question,
            {"no": _Button("n", no_label, False), "yes": _Button("y", yes_label, True)},
            "yes" if usual else "no",
        )
        self._usual = usual

    def action_leave(self) -> None:
        self.dismiss(None if self._usual else False)


class WhoDialog(_Buttons[str]):
    """Asks who did something, and answers "them" or "you"; Enter answers `first`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "answer('them')", "They", id="who.them", tooltip="They did"),
        Binding("y", "answer('you')", "You", id="who.you", tooltip="You did"),
    ]

    def __init__(self, title: str, question: str, first: str = "them") -> None:
        super().__init__(
            title,
            question,
            {"them": _Button("t", "They did", "them"), "you": _Button("y", "You did", "you")},
            first,
        )
