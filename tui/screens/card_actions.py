"""What can be done to an application, once for all screens: ask, write, tell, and ask again.

Each action opens its dialog, hands the answer to the desk, and tells the screen when it is
stored. A failure becomes a sentence above what was typed, which is never lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from store.card import Card, Due
from store.errors import Conflict, StoreError
from store.rules.refusal import Refused
from store.rules.stages import Stage

if TYPE_CHECKING:
    from textual.screen import ModalScreen, Screen

    from store.pipeline import Pipeline
    from store.written import Written
    from tui.app import RoundsApp

    _Base = Screen[Any]
else:
    _Base = object

Answer = TypeVar("Answer")
Act = Callable[["Pipeline"], "Written"]

LINKS = ("http://", "https://", "mailto:")
"""What may be opened from a card: nothing that runs a program or reads a file."""


class CardActions(_Base):
    """The actions on one application, for screens that know which one is meant.

    A screen gives `subject` and, where it shows follow-ups one by one, `subject_follow_up`; it is
    told of every stored change in `after`.
    """

    @property
    def rounds(self) -> RoundsApp:
        """The application that this screen belongs to."""
        return cast("RoundsApp", self.app)

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

    def action_note(self) -> None:
        """Write a note."""
        if card := self._open_subject():
            from tui.screens.note_form import NoteForm

            self._converse(
                lambda text, error: NoteForm(
                    f"Note on {card.company}", text=text or "", error=error
                ),
                lambda text: lambda p: p.note(card.id, text),
                told="Noted.",
            )

    def action_interview(self) -> None:
        """Log an interview or an invitation; for an offer, by when it wants an answer."""
        card = self._open_subject()
        if card is None or self._refuse_closed(card):
            return
        if card.stage is Stage.OFFER:
            self._ask_deadline(card)
            return
        from tui.readings import read_talk
        from tui.screens.line_entry import LineEntry

        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        self._converse(
            lambda typed, error: LineEntry(
                f"Interview at {card.company}",
                "A day and a time, then how long, with whom, where. "
                "“invited” when there is no time yet.",
                lambda text: read_talk(text, today, zone, card.stage),
                initial=typed.text if typed else "",
                placeholder="tue 10:00 45m with Ana",
                error=error,
            ),
            lambda typed: (
                lambda p: p.interview(
                    card.id,
                    typed.value.starts_at,
                    minutes=typed.value.minutes,
                    place=typed.value.place,
                    people=typed.value.people,
                    invited_on=typed.value.invited_on,
                )
            ),
        )

    def _ask_deadline(self, card: Card) -> None:
        from tui.readings import read_deadline
        from tui.screens.line_entry import LineEntry

        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        self._converse(
            lambda typed, error: LineEntry(
                f"{card.company}: answer by when?",
                "The day, and the time if they named one.",
                lambda text: read_deadline(text, today, zone),
                initial=typed.text if typed else "",
                placeholder="thu 17:00",
                error=error,
            ),
            lambda typed: lambda p: p.deadline(card.id, typed.value.day, typed.value.at),
        )

    def action_replied(self) -> None:
        """They wrote; and by when they decide, if they said so."""
        if card := self._open_subject():
            from tui.readings import read_reply
            from tui.screens.line_entry import LineEntry

            today = self.rounds.now().date()
            self._converse(
                lambda typed, error: LineEntry(
                    f"{card.company} replied",
                    "Enter for a reply today.",
                    lambda text: read_reply(text, today),
                    initial=typed.text if typed else "",
                    placeholder="by fri · next week · yesterday · auto",
                    error=error,
                ),
                lambda typed: (
                    lambda p: p.replied(
                        card.id,
                        on=typed.value.on,
                        decides_by=typed.value.decides_by,
                        said=typed.value.said,
                        automatic=typed.value.automatic,
                    )
                ),
            )

    def action_remind(self) -> None:
        """A follow-up of the user's own."""
        card = self._open_subject()
        if card is None or self._refuse_closed(card):
            return
        from tui.readings import read_reminder
        from tui.screens.line_entry import LineEntry

        today = self.rounds.now().date()
        self._converse(
            lambda typed, error: LineEntry(
                f"Remind me of {card.company}",
                "A day, then what to do.",
                lambda text: read_reminder(text, today),
                initial=typed.text if typed else "",
                placeholder="fri call Ana",
                error=error,
            ),
            lambda typed: lambda p: p.remind(card.id, typed.value.on, typed.value.label),
        )

    def action_move_to(self) -> None:
        """Move to any stage, on any day."""
        card = self._open_subject()
        if card is None or self._refuse_closed(card):
            return
        from tui.screens.pickers import StageChoice, StagePicker

        today = self.rounds.now().date()

        def picker(choice: StageChoice | None, error: str) -> StagePicker:
            if choice is None:
                return StagePicker(card, today, error=error)
            return StagePicker(card, today, chosen=choice.stage, typed=choice.typed, error=error)

        self._converse(picker, lambda choice: lambda p: p.move(card.id, choice.stage, on=choice.on))

    def action_close(self) -> None:
        """It is over: how it ended."""
        card = self._open_subject()
        if card is None or self._refuse_closed(card):
            return
        from tui.screens.pickers import OutcomeChoice, OutcomePicker

        today = self.rounds.now().date()

        def picker(choice: OutcomeChoice | None, error: str) -> OutcomePicker:
            if choice is None:
                return OutcomePicker(card, today, error=error)
            return OutcomePicker(
                card,
                today,
                chosen=choice.outcome,
                typed=choice.typed,
                reason=choice.reason,
                error=error,
            )

        self._converse(
            picker,
            lambda choice: (
                lambda p: p.close(card.id, choice.outcome, on=choice.on, reason=choice.reason)
            ),
            told=f"{card.company} is closed. u takes it back, c shows the closed ones.",
        )

    def action_reopen(self) -> None:
        """Put a closed application back on the board."""
        card = self._open_subject()
        if card is None:
            return
        if card.outcome is None:
            self.rounds.say("This application is open.")
            return
        self._write(lambda p: p.reopen(card.id), told=f"{card.company} is on the board again.")

    def action_delete(self) -> None:
        """Delete it with everything that belongs to it, after a question."""
        if card := self._open_subject():
            from tui.screens.confirm import Confirm

            question = f"Delete {card.company} — {card.role} with its notes and history?"
            self.run_worker(self._delete(card, Confirm(question, "Delete")), group="card")

    async def _delete(self, card: Card, question: ModalScreen[bool]) -> None:
        if await self.app.push_screen_wait(question):
            self._write(
                lambda p: p.delete(card.id), told=f"{card.company} is deleted. u brings it back."
            )

    def action_edit(self) -> None:
        """Change the fields."""
        if card := self._open_subject():
            self.run_worker(self._edit(card), group="card")

    async def _edit(self, card: Card) -> None:
        from tui.screens.application_form import ApplicationForm, Filled
        from tui.screens.form_lines import newly_stored, stored_values

        try:
            dossier = await self.rounds.desk.read(lambda g: g.dossier(card.id))
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        stored = dossier.card
        values = stored_values(dossier)
        version = [stored.version]

        def form(filled: Filled | None, error: str) -> ApplicationForm:
            return ApplicationForm(
                f"{stored.company} — {stored.role}",
                self.rounds.now().date(),
                values=values,
                texts=filled.texts if filled else None,
                companies=self.rounds.companies(),
                taken=self.rounds.taken(card.id),
                error=error,
            )

        async def newer(error: Exception) -> str:
            if not isinstance(error, Conflict):
                return ""
            now = await self.rounds.desk.read(lambda g: g.dossier(card.id))
            version[0] = now.card.version
            return newly_stored(values, stored_values(now))

        await self._ask(
            form,
            lambda filled: lambda p: p.edit(card.id, filled.values, version=version[0]),
            failed=newer,
        )

    def action_done(self) -> None:
        """The follow-up is done."""
        if due := self._follow_up(self.action_done):
            self._write(lambda p: p.complete(due.id), told=f"Done: {due.label}. u takes it back.")

    def action_skip(self) -> None:
        """Never raise this follow-up again."""
        if due := self._follow_up(self.action_skip):
            self._write(lambda p: p.skip(due.id), told=f"Skipped: {due.label}. u takes it back.")

    def action_snooze(self) -> None:
        """Put the follow-up off."""
        if due := self._follow_up(self.action_snooze):
            from tui.readings import read_later_day
            from tui.screens.line_entry import LineEntry

            today = self.rounds.now().date()
            self._converse(
                lambda typed, error: LineEntry(
                    f"Not now: {due.label}",
                    "Until when? +1d, +3d, +1w, fri, 3 dec",
                    lambda text: read_later_day(text, today),
                    initial=typed.text if typed else "+1d",
                    placeholder="+1d · +3d · +1w · fri",
                    error=error,
                ),
                lambda typed: lambda p: p.snooze(due.id, typed.value),
            )

    def action_open_posting(self) -> None:
        """Open the posting in the browser; where there is none, copy its address."""
        card = self._open_subject()
        if card is None:
            return
        if not card.url:
            self.rounds.say(f"{card.company} has no link yet. e adds one.")
            return
        if not is_safe_link(card.url):
            self.rounds.copy_to_clipboard(card.url)
            self.rounds.warn("Only web and mail addresses are opened. The link is copied instead.")
            return
        self.run_worker(self._open_link(card.url), group="card")

    async def _open_link(self, url: str) -> None:
        import asyncio

        from tui.browser import open_link

        if await asyncio.to_thread(open_link, url):
            self.rounds.say("Opened in your browser.")
        else:
            self.rounds.copy_to_clipboard(url)
            self.rounds.say("No browser was found. The link is copied instead.")

    def action_copy(self) -> None:
        """Copy company, role and link."""
        if card := self._open_subject():
            text = f"{card.company} — {card.role}"
            self.rounds.copy_to_clipboard(f"{text}\n{card.url}" if card.url else text)
            self.rounds.say("Copied.")

    def action_undo(self) -> None:
        """Take the last change back."""
        seen, followed = self.rounds.seen, self.rounds.desk.followed
        self._write(lambda p: p.undo(seen=followed(seen())), told=None)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        seen, followed = self.rounds.seen, self.rounds.desk.followed
        self._write(lambda p: p.redo(seen=followed(seen())), told=None)

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
        told: str = "",
    ) -> None:
        """Ask with `dialog`, do `act` with the answer; see `_ask`."""
        self.run_worker(self._ask(dialog, act, told=told), group="card")

    async def _ask(
        self,
        dialog: Callable[[Answer | None, str], ModalScreen[Answer | None]],
        act: Callable[[Answer], Act],
        *,
        told: str = "",
        failed: Callable[[Exception], Awaitable[str]] | None = None,
    ) -> None:
        """Ask until the answer is stored or the user leaves.

        After a failure the dialog opens again with the answer and the sentence; what `failed`
        gives is added to it.
        """
        answer: Answer | None = None
        error = ""
        while True:
            answer = await self.app.push_screen_wait(dialog(answer, error))
            if answer is None:
                return
            try:
                written = await self.rounds.desk.write(act(answer))
            except (Refused, StoreError) as problem:
                error = str(problem)
                if failed is not None:
                    with contextlib.suppress(Refused, StoreError):
                        error = f"{error} {await failed(problem)}".strip()
                continue
            await self._stored(written, told)
            return

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
        """Show a stored change; with `told` None in its own words."""
        self.rounds.take(written)
        await self.after(written)
        if told is None:
            self.rounds.say(f"{written.summary[:1].upper()}{written.summary[1:]}.")
        elif told:
            self.rounds.say(told)


def is_safe_link(url: str) -> bool:
    """Whether a link may be handed to the browser: http, https with a host, or mailto."""
    if not url.isprintable() or " " in url or not url.lower().startswith(LINKS):
        return False
    _, _, rest = url.partition(":")
    return bool(rest.strip("/")) and not rest.lstrip("/").startswith("-")
