"""How a screen asks, writes and tells: ask, store, show, and after a failure ask again.

A screen has a conversation, and the actions are functions over it. Each opens its dialog, hands
the answer to the desk, and tells the screen when it is stored. A failure becomes a sentence above
what was typed, which is never lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.worker import get_current_worker

from store.errors import StoreError
from store.model.dossier import Card, Due
from store.rules.text import Refused
from tui.rounds import Rounds, resolve

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from store.model.board import Written
    from store.pipeline import Pipeline
    from store.read.glance import Glance


Answer = TypeVar("Answer")
Found = TypeVar("Found")
Act = Callable[["Pipeline"], "Written"]


class Subject(Protocol):
    """A screen that knows which application is meant."""

    @property
    def rounds(self) -> Rounds:
        """The application that this screen belongs to."""

    def subject(self) -> Card | None:
        """The application that the actions are about."""

    def subject_follow_up(self) -> Due | None:
        """The follow-up that `done`, `snooze` and `skip` are about."""

    def no_subject(self) -> str:
        """The sentence for an action that needs an application where there is none."""

    def marked_cards(self) -> Sequence[Card] | None:
        """The marked applications that are shown; None where none is marked."""

    def unmark(self) -> None:
        """Mark none any more."""

    async def after(self, written: Written) -> None:
        """A change was stored: show it."""

    def run_worker(self, work: Coroutine[Any, Any, Any], *, group: str) -> Any:
        """Do `work` for as long as this screen is there."""


NO_CARD = "No card here. Press a to add one."


def first_follow_up(card: Card | None) -> Due | None:
    """The follow-up that is meant where they are not shown one by one."""
    return card.follow_up if card is not None else None


class Conversation:
    """What actions on one application have in common, on whichever screen they were asked for.

    Args:
        screen: knows which application is meant, and is told of every stored change.
    """

    def __init__(self, screen: Subject) -> None:
        self._screen = screen

    @property
    def rounds(self) -> Rounds:
        return self._screen.rounds

    def do(self, place: str) -> None:
        resolve(f"tui.actions.{place}")(self)

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do `work`, for as long as the screen is there; keys wait until it asks, or ends."""
        self.rounds.door.hold_for(self._screen.run_worker(work, group="card"))

    def beside(self, work: Coroutine[Any, Any, Any]) -> None:
        """The same for what asks nothing: keys do not wait for it."""
        self._screen.run_worker(work, group="card")

    def subject(self) -> Card | None:
        """The application that is meant; None, and a sentence, when there is none."""
        card = self._screen.subject()
        if card is None:
            self.rounds.say(self._screen.no_subject())
        return card

    def shown_subject(self) -> Card | None:
        """The application that is meant; None, without a word, when there is none."""
        return self._screen.subject()

    def open_subject(self) -> Card | None:
        """The application that is meant; None, and a sentence, when it is closed or missing."""
        card = self.subject()
        return None if card is None or self.refuse_closed(card) else card

    def on_marked(self, act: Callable[[Conversation, Sequence[Card]], None]) -> bool:
        """Do `act` with the marked applications; False where none is marked.

        Nothing is done to one that is hidden; that all of them are is told.
        """
        cards = self._screen.marked_cards()
        if cards:
            act(self, cards)
        elif cards is not None:
            self.rounds.say("All that is marked is hidden. Press Esc to clear the marks.")
        return cards is not None

    def unmark(self) -> None:
        """What was marked was dealt with."""
        self._screen.unmark()

    def refuse_closed(self, card: Card) -> bool:
        """Whether `card` is closed, which is told."""
        if card.outcome is not None:
            self.rounds.say("This application is closed. Press R to reopen it.")
        return card.outcome is not None

    def shown_follow_up(self) -> Due | None:
        """The follow-up under the cursor, or the first of the subject; it may be foreseen yet."""
        return self._screen.subject_follow_up()

    def follow_up(self, action: Callable[[], None]) -> Due | None:
        """The follow-up meant; None when there is none, or when `action` has to be called again
        because the one that is shown is being written just now."""
        due = self.shown_follow_up()
        if due is None and self.subject():
            self.rounds.say("No follow-up is planned. Press f to add a reminder.")
        if due is not None and due.id < 0:
            self.run(self.after_writes(action))
            return None
        return due

    async def read(self, ask: Callable[[Glance], Found]) -> Found | None:
        """The answer of `ask` from the desk; None when it cannot be read, which is told."""
        try:
            return await self.rounds.desk.read(ask)
        except (Refused, StoreError) as problem:
            self.rounds.warn(str(problem))
            return None

    async def after_writes(self, action: Callable[[], None]) -> None:
        """Call `action` when everything that was asked for before is stored."""
        await self.rounds.desk.read(lambda glance: glance.change_id())
        action()

    def converse(
        self,
        dialog: Callable[[Answer | None, str], ModalScreen[Answer | None]],
        act: Callable[[Answer], Act],
        *,
        told: str | None = "",
    ) -> None:
        """Ask with `dialog`, do `act` with the answer; see `ask`."""
        self.run(self.ask(dialog, act, told=told))

    async def ask(
        self,
        dialog: Callable[[Answer | None, str], ModalScreen[Answer | None]],
        act: Callable[[Answer], Act],
        *,
        told: str | None = "",
        failed: Callable[[Exception], Awaitable[str]] | None = None,
        further: Callable[[Answer], Awaitable[Answer | None]] | None = None,
    ) -> Written | None:
        """Ask until the answer is stored or the user leaves; gives what was stored.

        After a failure the dialog opens again with the answer and the sentence; what `failed`
        gives is added to it. `further` asks what else the answer needs, and with None leads back
        to the dialog.
        """
        answer: Answer | None = None
        error = ""
        while True:
            answer = await self.rounds.push_screen_wait(dialog(answer, error))
            if answer is None:
                return None
            if further is not None:
                whole = await further(answer)
                if whole is None:
                    error = ""
                    continue
                answer = whole
            worker = get_current_worker()
            patience = self.rounds.door.note_storing(worker)
            try:
                written = await self.rounds.desk.write(act(answer))
            except (Refused, StoreError) as problem:
                error = str(problem)
                if failed is not None:
                    with contextlib.suppress(Refused, StoreError):
                        error = f"{error} {await failed(problem)}".strip()
                continue
            finally:
                patience.cancel()
            await self.show(written, told)
            return written

    def write(self, act: Act, *, told: str | None = "") -> None:
        """Do `act` without asking; a failure is told, and what is shown is read again."""
        self.beside(self.store(act, told))

    async def store(
        self, act: Act, told: str | None, *, then: Callable[[], None] | None = None
    ) -> None:
        """The same, and wait until it is shown; `then` is called once it is stored."""
        try:
            written = await self.rounds.desk.write(act)
        except (Refused, StoreError) as problem:
            self.rounds.warn(str(problem))
            self.rounds.look_again()
            return
        if then is not None:
            then()
        await self.show(written, told)

    async def show(self, written: Written, told: str | None) -> None:
        """Show a stored change; with `told` None in its own words, and whose it is."""
        self.rounds.take(written)
        await self._screen.after(written)
        if told is None:
            self.rounds.say(written.sentence)
        elif told:
            self.rounds.say(told)
        for warning in written.warnings:
            self.rounds.warn(warning)
