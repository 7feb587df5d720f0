"""One message: read it, edit it here or in an editor, copy or mail it, and mark it as sent."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from store.errors import StoreError
from store.read.drafts import Letter, Wanted
from store.rules.drafts.templates import Message, parted, written
from store.rules.text import Refused
from tui.commands import bindings_for
from tui.screens.draft_editor import DraftEditor
from tui.screens.draft_parts import envelope, heading, state, title
from tui.screens.draft_picker import KindPicker, RecipientPicker
from tui.screens.draft_sending import DraftSending
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Tone

_LINES_A_STEP = 2
_PAUSE = 1.0
"""Seconds without a key after which what was typed is put aside on the disk."""


class DraftScreen(DraftSending):
    """The page of one message, for the follow-ups that it answers; it closes once it is sent."""

    where: ClassVar[str] = "draft"
    bar: ClassVar[tuple[str, ...]] = (
        "draft.edit",
        "draft.sent",
        "draft.copy",
        "draft.mail",
        "draft.kind",
        "draft.editor",
        "back",
        "undo",
        "draft.throw",
        "help",
        "palette",
    )
    inked: ClassVar[tuple[type[Widget], ...]] = (Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("draft")]

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self._pause: Callable[[], None] | None = None
        self._typing: Message | None = None
        """The message as it stands in the fields, also once they are gone."""

    def compose(self) -> ComposeResult:
        yield Paragraphs(id="heading")
        with VerticalScroll(id="letter", can_focus=False):
            yield Paragraphs(id="envelope")
            yield Paragraphs(id="text")
        yield DraftEditor(id="editor")
        yield KeyBar(self.where, self.bar)

    def ready(self) -> None:
        super().ready()
        self.query_one("#editor").display = False

    @property
    def editing(self) -> bool:
        """Whether the fields are open."""
        return bool(self.query_one("#editor").display)

    def typed(self) -> Message | None:
        return self._typing

    def draw(self) -> None:
        letter, now = self.letter, self.rounds.now()
        if letter is None or not self.is_attached:
            return
        self.query_one("#heading", Paragraphs).show(*heading(letter, now), *self._saving())
        box, editor = self.query_one("#letter"), self.query_one("#editor")
        for widget in (box, editor):
            widget.border_title = Content(title(letter))
            unsaved = self.unsaved is not None
            widget.border_subtitle = Content(state(letter, unsaved=unsaved, now=now))
        self.query_one("#envelope", Paragraphs).show(*envelope(letter, self.message), Paragraph())
        body = self.message.body
        words = Paragraph(body) if body else Paragraph("Nothing is written yet.", Tone.MUTED)
        self.query_one("#text", Paragraphs).show(words)

    def _saving(self) -> tuple[Paragraph, ...]:
        return (Paragraph(self.trouble, Tone.STRONG, lead="Not saved"),) if self.trouble else ()

    def action_edit_text(self) -> None:
        """Edit it here."""
        if self.letter is None:
            return
        self.query_one("#editor", DraftEditor).take(self.message)
        self._show_editor(True)

    def action_edit_outside(self) -> None:
        """Edit it in the user's own editor."""
        if self.letter is None:
            return
        from tui.editor import edit_text

        before = written(self.message)
        try:
            with self.app.suspend():
                text = edit_text(before, suffix=".txt", environ=os.environ)
        except SuspendNotSupported:
            self.rounds.warn("This terminal cannot be lent to an editor. e edits the text here.")
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
        else:
            self.keep(parted(text))

    @on(DraftEditor.Changed)
    def _typed(self) -> None:
        if not self.editing:
            return
        self._typing = self.query_one("#editor", DraftEditor).message
        if self._pause is not None:
            self._pause()
        self._pause = self.set_timer(_PAUSE, self.put_aside).stop

    @on(DraftEditor.Ended)
    def _end_editing(self) -> None:
        message = self.query_one("#editor", DraftEditor).message
        self._show_editor(False)
        self._typing = None
        self.keep(message)

    def _show_editor(self, shown: bool) -> None:
        self.query_one("#editor").display = shown
        self.query_one("#letter").display = not shown
        if shown:
            self.query_one("#body").focus()
        else:
            self.set_focus(None)
        bar = self.query_one(KeyBar)
        bar.show("typing" if shown else self.where, () if shown else self.bar)

    def action_kind(self) -> None:
        """Write another kind of message."""
        if self.letter is not None:
            self.run_worker(self._choose(self.letter), group="card")

    async def _choose(self, letter: Letter) -> None:
        offered = letter.offered
        now = Wanted(letter.dossier.card.id, letter.wanted.follow_up_ids, letter.kind)
        places = [place for place, one in enumerate(offered) if one.wanted == now]
        picker = KindPicker(f"Write to {letter.dossier.card.company}", offered, *places[:1])
        chosen = await self.app.push_screen_wait(picker)
        if chosen is not None and chosen != now and (self.unsaved is None or await self.store()):
            self._wanted, self.letter = chosen, None
            await self.fetch()

    def action_recipient(self) -> None:
        """Write to somebody else of the application."""
        letter = self.letter
        if letter is None:
            return
        if not letter.dossier.contacts:
            self.rounds.say("Nobody is noted yet. P adds somebody.")
            return
        self.run_worker(self._choose_recipient(letter), group="card")

    async def _choose_recipient(self, letter: Letter) -> None:
        people = letter.dossier.contacts
        here = [
            place
            for place, one in enumerate(people)
            if (one.name, one.email) == (letter.name, letter.address)
        ]
        picker = RecipientPicker(letter.dossier.card.company, people, *here[:1])
        chosen = await self.app.push_screen_wait(picker)
        if chosen is not None and (self.unsaved is None or await self.store()):
            self._wanted = letter.wanted._replace(contact_id=chosen.contact_id)
            if chosen.for_good:
                contact_id = chosen.contact_id
                await self._written(lambda p: p.main_contact(contact_id), None)
            self.letter = None
            await self.fetch()

    def action_cursor(self, step: int) -> None:
        """Scroll by a little."""
        self.query_one("#letter").scroll_relative(y=step * _LINES_A_STEP, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        box = self.query_one("#letter")
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the top or the end."""
        box = self.query_one("#letter")
        box.scroll_to(y=0 if end < 0 else box.max_scroll_y, animate=False)
