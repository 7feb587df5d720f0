"""What can be done to an application and its follow-ups, once for all screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from store.errors import Conflict, StoreError
from store.model.dossier import Card, NoteEntry
from store.rules.text import Refused
from tui.actions.interviews import InterviewActions, PrepareActions
from tui.actions.offers import OfferActions, WritingActions
from tui.conversation import Act, Conversation

if TYPE_CHECKING:
    from textual.screen import ModalScreen


class NoteActions(Conversation):
    """The actions on the notes of one application."""

    def action_note(self) -> None:
        """Write a note."""
        if card := self._open_subject():
            from tui.dialogs.note import NoteForm

            self._converse(
                lambda text, error: NoteForm(f"Note on {card.company}", typed=text, error=error),
                lambda text: lambda p: p.note(card.id, text),
                told="Noted.",
            )

    def action_edit_note(self) -> None:
        """Change a note, or remove it."""
        if card := self._open_subject():
            self.run_worker(self._edit_note(card), group="card")

    async def _edit_note(self, card: Card) -> None:
        from tui.dialogs.note import NoteForm

        try:
            dossier = await self.rounds.desk.read(lambda g: g.dossier(card.id))
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        note = await self._chosen(card, dossier.notes)
        if note is None:
            return

        def act(text: str) -> Act:
            if not text:
                return lambda p: p.delete_note(note.id)
            return lambda p: p.edit_note(note.id, text)

        await self._ask(
            lambda text, error: NoteForm(
                f"Note on {card.company}", stored=note.text, typed=text, error=error
            ),
            act,
            told=None,
        )

    async def _chosen(self, card: Card, notes: tuple[NoteEntry, ...]) -> NoteEntry | None:
        """The only note, or the one that the user picks."""
        from tui.dialogs.note import NotePicker

        if not notes:
            self.rounds.say(f"{card.company} has no note yet. n writes one.")
            return None
        if len(notes) == 1:
            return notes[0]
        today = self.rounds.now().date()
        return await self.app.push_screen_wait(NotePicker(f"Notes on {card.company}", notes, today))


LINKS = ("http://", "https://", "mailto:")
"""What may be opened from a card: nothing that runs a program or reads a file."""


class CardActions(InterviewActions, NoteActions, PrepareActions, WritingActions, OfferActions):
    """The actions on one application; see `Conversation` for what a screen gives."""

    def action_replied(self) -> None:
        """They wrote; and by when they decide, if they said so."""
        if card := self._open_subject():
            from tui.dialogs.line import LineEntry
            from tui.one_line import read_reply

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
        from tui.dialogs.line import LineEntry
        from tui.one_line import read_reminder

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
        from tui.dialogs.pickers import StageChoice, StagePicker

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
        self.run_worker(self._end(card), group="card")

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
            from tui.dialogs.pickers import Confirm

            question = f"Delete {card.company} — {card.role} with its notes and history?"
            self.run_worker(self._delete(card, Confirm(question, "Delete")), group="card")

    async def _delete(self, card: Card, question: ModalScreen[bool | None]) -> None:
        if await self.app.push_screen_wait(question):
            self._write(
                lambda p: p.delete(card.id), told=f"{card.company} is deleted. u brings it back."
            )

    def action_edit(self) -> None:
        """Change the fields."""
        if card := self._open_subject():
            self.run_worker(self._edit(card), group="card")

    async def _edit(self, card: Card) -> None:
        from store.read.history import read_before
        from tui.dialogs.application import ApplicationForm, Filled, newly_stored, stored_values

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
                before=self.rounds.desk.read(read_before),
                own=card.id,
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
        """The follow-up is done; of an offer whose day is over, what was answered."""
        if due := self._follow_up(self.action_done):
            card = self._open_subject()
            if due.action == "record_answer" and card is not None:
                self.run_worker(self._end(card), group="card")
                return
            self._write(lambda p: p.complete(due.id), told=f"Done: {due.label}. u takes it back.")

    def action_skip(self) -> None:
        """Never raise this follow-up again."""
        if due := self._follow_up(self.action_skip):
            self._write(lambda p: p.skip(due.id), told=f"Skipped: {due.label}. u takes it back.")

    def action_snooze(self) -> None:
        """Put the follow-up off."""
        if due := self._follow_up(self.action_snooze):
            self._ask_until(due.label, lambda day: lambda p: p.snooze(due.id, day))

    def _ask_until(self, label: str, act: Callable[[date], Act]) -> None:
        """Ask until when something is put off, and do `act` with the day."""
        from tui.dialogs.line import LineEntry
        from tui.one_line import read_later_day

        today = self.rounds.now().date()
        self._converse(
            lambda typed, error: LineEntry(
                f"Not now: {label}",
                "Until when? +1d, +3d, +1w, fri, 3 dec",
                lambda text: read_later_day(text, today),
                initial=typed.text if typed else "+1d",
                placeholder="+1d · +3d · +1w · fri",
                error=error,
            ),
            lambda typed: act(typed.value),
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
            self._copy(card.url, "Only web and mail addresses are opened. The link")
            return
        self.run_worker(self._open_link(card.url), group="card")

    async def _open_link(self, url: str) -> None:
        import asyncio

        from tui.outside import copy, open_link

        if await asyncio.to_thread(open_link, url):
            self.rounds.say("Opened in your browser.")
        else:
            copy(self.rounds, url, "No browser was found. The link")

    def _copy(self, text: str, what: str) -> None:
        from tui.outside import copy

        copy(self.rounds, text, what)

    def action_copy(self) -> None:
        """Copy company, role and link."""
        if card := self._open_subject():
            text = f"{card.company} — {card.role}"
            if card.url:
                self._copy(f"{text}\n{card.url}", "Company, role and link")
            else:
                self._copy(text, "Company and role")

    def action_undo(self) -> None:
        """Take the last change back."""
        seen, followed = self.rounds.seen, self.rounds.desk.followed
        self._write(lambda p: p.undo(seen=followed(seen())), told=None)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        seen, followed = self.rounds.seen, self.rounds.desk.followed
        self._write(lambda p: p.redo(seen=followed(seen())), told=None)


def is_safe_link(url: str) -> bool:
    """Whether a link may be handed to the browser: http, https with a host, or mailto."""
    if not url.isprintable() or " " in url or not url.lower().startswith(LINKS):
        return False
    _, _, rest = url.partition(":")
    return bool(rest.strip("/")) and not rest.lstrip("/").startswith("-")
