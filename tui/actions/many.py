"""What is done to several at once: one question, one change, one step of undo; to all or to none.

They are the marked applications, or follow-ups that go into one message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from store.model.dossier import Card, Due
from store.rules.naming import refuse_any
from store.rules.stages import Stage, neighbour
from store.rules.text import Refused
from tui.conversation import Act, Conversation
from tui.wording import companies_of, count_of

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from store.model.board import Written

Answer = TypeVar("Answer")


def move_by(it: Conversation, cards: Sequence[Card], step: int) -> None:
    """Put each into the column beside its own."""
    stages, refusals = {}, []
    for card in cards:
        try:
            stages[card.id] = neighbour(card.stage, step)
        except Refused as refused:
            refusals.append((card.company, refused))
    try:
        refuse_any(refusals, len(cards))
    except Refused as refused:
        it.rounds.warn(str(refused))
        return
    different = set(stages.values())
    to = "to the next stage" if step > 0 else "back one stage"
    if len(different) == 1:
        to = f"to {next(iter(different))}"
    _confirm(
        it,
        cards,
        f"Move {count_of(len(cards))} {to}?",
        "Move",
        _move(stages, different),
        f"moved {to}",
    )


def _move(stages: dict[int, Stage], different: set[Stage]) -> Act:
    if len(different) == 1:
        return lambda p: p.move_all(list(stages), next(iter(different)))
    return lambda p: p.move_each(stages)


def move_to(it: Conversation, cards: Sequence[Card]) -> None:
    """Move all to one stage, on any day."""
    from tui.dialogs.pickers import StagePicker

    ids, today = _ids(cards), it.rounds.now().date()
    _ask(
        it,
        cards,
        lambda choice, error: StagePicker(cards, today, choice, error),
        lambda choice: lambda p: p.move_all(ids, choice.stage, on=choice.on),
        lambda choice: f"moved to {choice.stage}",
    )


def close(it: Conversation, cards: Sequence[Card]) -> None:
    """They are over, all in the same way."""
    from tui.dialogs.pickers import OutcomePicker

    ids, today = _ids(cards), it.rounds.now().date()
    _ask(
        it,
        cards,
        lambda choice, error: OutcomePicker(cards, today, choice, error),
        lambda choice: (
            lambda p: p.close_all(ids, choice.outcome, on=choice.on, reason=choice.reason)
        ),
        lambda choice: f"closed as {choice.outcome.title}",
    )


def reopen(it: Conversation, cards: Sequence[Card]) -> None:
    """Put them back on the board."""
    ids, question = _ids(cards), f"Put {count_of(len(cards))} back on the board?"
    _confirm(it, cards, question, "Reopen", lambda p: p.reopen_all(ids), "on the board again")


def delete(it: Conversation, cards: Sequence[Card]) -> None:
    """Delete them with everything that belongs to them."""
    ids = _ids(cards)
    question = f"Delete {count_of(len(cards))} with all notes and history?"
    _confirm(it, cards, question, "Delete", lambda p: p.delete_all(ids), "deleted")


def mark_done(it: Conversation, cards: Sequence[Card]) -> None:
    """The next follow-up of each is done."""
    dues = _follow_ups(it, cards, lambda: mark_done(it, cards))
    if dues:
        ids = [due.id for due in dues]
        what = "follow-up" if len(dues) == 1 else "next follow-ups"
        _confirm(
            it,
            cards,
            f"Mark the {what} of {count_of(len(cards))} as done?",
            "Done",
            lambda p: p.complete_all(ids),
            "next follow-up done",
        )


def snooze(it: Conversation, cards: Sequence[Card]) -> None:
    """Put the next follow-up of each off to one day."""
    dues = _follow_ups(it, cards, lambda: snooze(it, cards))
    if dues:
        ids = [due.id for due in dues]
        ask_until(
            it,
            count_of(len(cards)),
            dues,
            lambda day: lambda p: p.snooze_all(ids, day),
            marked=True,
        )


def edit(it: Conversation, cards: Sequence[Card]) -> None:
    """Add tags to all and remove others; say whether they may be contacted."""
    from tui.dialogs.line import line_dialog
    from tui.typed.applications import read_edits

    tags = {card.id: card.tags for card in cards}
    _ask(
        it,
        cards,
        line_dialog(
            f"Edit {count_of(len(cards))}",
            "+tag adds a tag, -tag removes one; “no contact”, “contact ok”.",
            lambda text: read_edits(text, tags),
            placeholder="+remote -onsite",
        ),
        lambda typed: lambda p: p.edit_all(typed.value),
        lambda _: "edited",
    )


def ask_until(
    it: Conversation,
    label: str,
    dues: Sequence[Due],
    act: Callable[[date], Act],
    *,
    marked: bool = False,
) -> None:
    """Ask until when follow-ups are put off, and do `act` with the day; with `marked` those of the
    marked applications, which are marked no more then."""
    from tui.dialogs.line import line_dialog
    from tui.typed.applications import read_later_day

    now = it.rounds.now()
    today, due_on = now.date(), max(due.day(now.tzinfo) for due in dues)
    dialog = line_dialog(
        f"Snooze: {label}",
        "Remind me on: +1d, +3d, +1w, fri, 3 dec",
        lambda text: read_later_day(text, today, due_on),
        "+1d",
        placeholder="+1d · +3d · +1w · fri",
    )

    async def ask() -> None:
        written = await it.ask(dialog, lambda typed: act(typed.value))
        if written is not None and marked:
            it.unmark()

    it.run(ask())


def _ids(cards: Sequence[Card]) -> list[int]:
    return [card.id for card in cards]


def _follow_ups(
    it: Conversation, cards: Sequence[Card], again: Callable[[], None]
) -> Sequence[Due]:
    """The next follow-up of each; none when one has none, which is told, or when `again` has to be
    called once those that are shown are written."""
    missing = [card for card in cards if card.follow_up is None]
    if missing:
        have = "has" if len(missing) == 1 else "have"
        it.rounds.warn(
            f"{len(missing)} of {len(cards)} {have} no follow-up: {companies_of(missing)}. Nothing "
            "was changed. Remove the mark, or press f there to add a reminder."
        )
        return ()
    dues = [card.follow_up for card in cards if card.follow_up is not None]
    if any(due.id < 0 for due in dues):
        it.run(it.after_writes(again))
        return ()
    return dues


def _confirm(
    it: Conversation, cards: Sequence[Card], question: str, verb: str, act: Act, became: str
) -> None:
    """Ask whether to do `act`; `became` is what they are then."""
    from tui.dialogs.pickers import Confirm

    dialog = Confirm(f"{question}\n\n{companies_of(cards)}", verb, "No")

    async def ask() -> None:
        if await it.rounds.push_screen_wait(dialog):
            await it.store(act, _outcome_words(cards, became), then=it.unmark)

    it.run(ask())


def _ask(
    it: Conversation,
    cards: Sequence[Card],
    dialog: Callable[[Answer | None, str], ModalScreen[Answer | None]],
    act: Callable[[Answer], Act],
    became: Callable[[Answer], str],
) -> None:
    """Ask with `dialog`, and do `act` with the answer."""
    answers: list[Answer] = []

    def keep(answer: Answer) -> Act:
        answers[:] = [answer]
        return act(answer)

    async def ask() -> None:
        written: Written | None = await it.ask(dialog, keep)
        if written is not None:
            it.unmark()
            it.rounds.say(_outcome_words(cards, became(answers[0])))

    it.run(ask())


def _outcome_words(cards: Sequence[Card], became: str) -> str:
    return f"{count_of(len(cards))} {became}. u undoes it."
