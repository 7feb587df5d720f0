"""Writing, changing and removing notes."""

from __future__ import annotations

from store.errors import StoreError
from store.model.dossier import Card, NoteEntry
from store.rules.text import Refused
from tui.screens.conversation import Act, Conversation


class NoteActions(Conversation):
    """The actions on the notes of one application."""

    def action_note(self) -> None:
        """Write a note."""
        if card := self._open_subject():
            from tui.screens.note_form import NoteForm

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
        from tui.screens.note_form import NoteForm

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
        from tui.screens.note_form import NotePicker

        if not notes:
            self.rounds.say(f"{card.company} has no note yet. n writes one.")
            return None
        if len(notes) == 1:
            return notes[0]
        today = self.rounds.now().date()
        return await self.app.push_screen_wait(NotePicker(f"Notes on {card.company}", notes, today))
