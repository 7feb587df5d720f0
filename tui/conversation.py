"""How a screen asks, writes and tells: ask, store, show, and after a failure ask again.

Each action opens its dialog, hands the answer to the desk, and tells the screen when it is
stored. A failure becomes a sentence above what was typed, which is never lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from store.errors import StoreError
from store.model.dossier import Card, Due
from store.rules.text import Refused
from tui.rounds import Rounds

if TYPE_CHECKING:
    from textual.screen import ModalScreen, Screen

    from store.pipeline import Pipeline
    from store.pipeline.journal import Written

    _Base = Screen[Any]
else:
    _Base = object


Answer = TypeVar("Answer")
Act = Callable[["Pipeline"], "Written"]


class Conversation(_Base):
    """What actions on one application have in common, for screens that know which one is meant.

    A screen gives `subject` and, where it shows follow-ups one by one, `subject_follow_up`; it is
    told of every stored change in `after`.
    """

    @property
    def rounds(self) -> Rounds:
        """The application that this screen belongs to."""
        return cast("Rounds", self.app)

    def subject(self) -> Card | None:
        """The application that the actions are about."""
        raise NotImplementedError

    def subject_follow_up(self) -> Due | None:
        """The follow-up that `done`, `snooze` and `skip` are about: the first of the subject."""
        card = self.subject()
        return card.follow_up if card is not None else None

    async def after(self, written: Written) -> None:
        """A change was stored: show it."""
        raise NotImplementedError

    def _open_subject(self) -> Card | None:
        card = self.subject()
        if card is None:
            self.rounds.say("There is no card here. a adds one.")
        return card

    def _refuse_closed(self, card: Card) -> bool:
        if card.outcome is not None:
            self.rounds.say("This application is closed. R reopens it.")
        return card.outcome is not None

    def _follow_up(self, action: Callable[[], None]) -> Due | None:
        """The follow-up meant; None when there is none, or when `action` has to be called again
        because the one that is shown is being written just now."""
        due = self.subject_follow_up()
        if due is None and self._open_subject():
            self.rounds.say("Nothing is planned for this one. f adds a reminder of your own.")
        if due is not None and due.id < 0:
            self.run_worker(self._once_written(action), group="card")
            return None
        return due

    async def _once_written(self, action: Callable[[], None]) -> None:
        await self.rounds.desk.read(lambda glance: glance.change_id())
        action()

    def _converse(
        self,
        dialog: Callable[[Answer | None, str], ModalScreen[Answer | None]],
        act: Callable[[Answer], Act],
        *,
        told: str | None = "",
    ) -> None:
        """Ask with `dialog`, do `act` with the answer; see `_ask`."""
        self.run_worker(self._ask(dialog, act, told=told), group="card")

    async def _ask(
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
            answer = await self.app.push_screen_wait(dialog(answer, error))
            if answer is None:
                return None
            if further is not None:
                whole = await further(answer)
                if whole is None:
                    error = ""
                    continue
                answer = whole
            try:
                written = await self.rounds.desk.write(act(answer))
            except (Refused, StoreError) as problem:
                error = str(problem)
                if failed is not None:
                    with contextlib.suppress(Refused, StoreError):
                        error = f"{error} {await failed(problem)}".strip()
                continue
            await self._stored(written, told)
            return written

    def _write(self, act: Act, *, told: str | None = "") -> None:
        """Do `act` without asking; a failure is told, and what is shown is read again."""
        self.run_worker(self._written(act, told), group="card")

    async def _written(self, act: Act, told: str | None) -> None:
        try:
            written = await self.rounds.desk.write(act)
        except (Refused, StoreError) as problem:
            self.rounds.warn(str(problem))
            self.rounds.look_again()
            return
        await self._stored(written, told)

    async def _stored(self, written: Written, told: str | None) -> None:
        """Show a stored change; with `told` None in its own words, and whose it is."""
        self.rounds.take(written)
        await self.after(written)
        if told is None:
            whose = f"{written.card.company}: " if written.card is not None else ""
            said = f"{whose}{written.summary}."
            self.rounds.say(f"{said[:1].upper()}{said[1:]}")
        elif told:
            self.rounds.say(told)
        for warning in written.warnings:
            self.rounds.warn(warning)
