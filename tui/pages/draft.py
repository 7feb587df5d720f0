"""One message: read it, edit it here or in an editor, copy or mail it, and mark it as sent."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Input, Static, TextArea

from store.advice.drafts import draft_folder
from store.config.signature import read_signature
from store.errors import NotFound, StoreError
from store.file.location import config_path
from store.file.unsaved import Unsaved
from store.model.dossier import Card, Due
from store.read.drafts import DraftView, LetterRequest, read_letter
from store.rules.drafts.templates import DraftMessage, as_text, mailto, split_text
from store.rules.fields import DRAFT
from store.rules.text import Refused
from tui import outside
from tui.commands import bindings_for
from tui.config.changing import change
from tui.dialogs.dialog import beside, put
from tui.dialogs.line import LineEntry, line_dialog
from tui.dialogs.pickers import Confirm, KindPicker, RecipientPicker
from tui.pages.draft_text import (
    envelope,
    heading,
    is_unsigned,
    replaced_words,
    sent_words,
    state,
    text_words,
    title,
    whole,
)
from tui.pages.page import Page, Scrolled
from tui.widgets.keybar import KeyBar
from tui.widgets.line_fields import LineInput, NoteArea
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Tone

if TYPE_CHECKING:
    from store.model.board import Written
    from store.pipeline import Pipeline


LONGEST_LINK = 2_000
"""Characters of a mailto link that every mail program takes whole (product)."""
_PAUSE = 1.0
"""Seconds without a key after which what was typed is put aside on the disk."""
_NEAR_LIMIT = 0.9
"""From how much of the longest message on the room that is left is told."""


_NAME_HINT = "As it is to stand below your messages: “Sam Rivera”."


def _read_name(text: str) -> tuple[str, str]:
    """The name that was typed, and how it will stand below a message."""
    if not text.strip():
        raise Refused("Enter a name.")
    words = " ".join(text.split())
    return words, f"Kind regards, {words}"


class OpenDraft:
    """One message: as it was read, and what the user makes of it until that is stored.

    What is typed is put aside on the disk while it is typed.

    Args:
        path: the board file; what is put aside stands beside it.
        wanted: which message, for which follow-ups.
    """

    def __init__(self, path: Callable[[], Path], wanted: LetterRequest) -> None:
        self.letter: DraftView | None = None
        self.wanted = wanted
        self.unsaved: DraftMessage | None = None
        """What the user made of it, while that is not stored."""
        self.typed: DraftMessage | None = None
        """As it stands in the fields, also once they are gone; None while they are closed."""
        self.trouble = ""
        """Why it could not be stored."""
        self._path = path

    @property
    def message(self) -> DraftMessage:
        if self.unsaved is not None:
            return self.unsaved
        return self.letter.message if self.letter is not None else DraftMessage("", "")

    def put_aside(self) -> None:
        """Keep what is typed beside the board until it is stored, or taken back again."""
        message = self.typed or self.unsaved
        if self.letter is None or message is None:
            return
        if message == self.letter.message:
            self._aside().forget()
        else:
            kept = {"kind": self.letter.kind, "text": as_text(message)}
            self._aside().keep(message=kept)

    def read_left_over(self, letter: DraftView) -> DraftMessage | None:
        """What was typed last time and could not be stored, if it differs from what is."""
        kept = self._aside().read("message")
        if kept is None or kept.get("kind") != letter.kind:
            return None
        message = split_text(kept.get("text", ""))
        if message != letter.message:
            return message
        self._aside().forget()
        return None

    def mark_stored(self, message: DraftMessage | None) -> None:
        """`message` is stored; what was typed since is not yet."""
        self.trouble = ""
        if self.unsaved is message:
            self.unsaved = None
            self._aside().forget()

    def _aside(self) -> Unsaved:
        ids = "-".join(map(str, self.wanted.follow_up_ids[:1])) or self.wanted.kind or "new"
        card = self.letter.dossier.card if self.letter is not None else None
        about = f"{card.company} — {card.role}" if card is not None else ""
        name = f"draft-{self.wanted.application_id}-{ids}"
        return Unsaved(self._path(), name, about)


class DraftEditor(Vertical):
    """Two fields for a message; Esc ends editing, and Tab goes from one to the other."""

    where: ClassVar[str] = "typing"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("typing")]

    class Ended(Posted):
        """Posted when the user is done with it."""

    class Changed(Posted):
        """Posted whenever something was typed."""

    def compose(self) -> ComposeResult:
        yield from beside("Subject", LineInput(select_on_focus=False, id="subject"))
        yield NoteArea("", soft_wrap=True, show_line_numbers=False, id="body")
        yield Static(id="room")

    @property
    def message(self) -> DraftMessage:
        subject = self.query_one("#subject", LineInput).value
        return DraftMessage(subject.strip(), self.query_one("#body", TextArea).text.strip())

    def take(self, message: DraftMessage) -> None:
        """Begin with this message: the cursor stands at the start of the text."""
        self.query_one("#subject", LineInput).value = message.subject
        body = self.query_one("#body", NoteArea)
        body.load_text(message.body)
        body.focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _follow_typing(self) -> None:
        length = len(as_text(self.message))
        near = length > DRAFT.limit * _NEAR_LIMIT
        told = f"{length:,} of {DRAFT.limit:,}" if near else ""
        put(self.query_one("#room", Static), told)
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _go_on(self) -> None:
        self.query_one("#body").focus()

    def action_keep(self) -> None:
        self.post_message(self.Ended())

    def action_next_field(self) -> None:
        """From the subject to the text, and back."""
        field = "#subject" if self.query_one("#body").has_focus else "#body"
        self.query_one(field).focus()


class DraftScreen(Scrolled[None], Page[None], where="draft"):
    """The page of one message, for the follow-ups that it answers; it closes once it is sent.

    What the user makes of it is stored as a draft when editing ends. When it cannot be stored it
    stays on the page, and is tried again on leaving. The program itself sends nothing.
    """

    scrolled: ClassVar[str] = "#letter"

    def __init__(self, wanted: LetterRequest) -> None:
        super().__init__()
        self.draft = OpenDraft(lambda: self.rounds.path, wanted)
        self._told = ""
        self._pause: Callable[[], None] | None = None

    def parts(self) -> ComposeResult:
        yield Paragraphs(id="heading")
        with VerticalScroll(id="letter", can_focus=False):
            yield Paragraphs(id="envelope")
            yield Paragraphs(id="text")
        yield DraftEditor(id="editor")

    def ready(self) -> None:
        super().ready()
        self.query_one("#editor").display = False

    def subject(self) -> Card | None:
        return self.draft.letter.dossier.card if self.draft.letter is not None else None

    def subject_follow_up(self) -> Due | None:
        return (
            self.draft.letter.dues[0]
            if self.draft.letter is not None and self.draft.letter.dues
            else None
        )

    async def reload(self) -> None:
        now, wanted, folder = self.rounds.now(), self.draft.wanted, draft_folder()
        try:
            letter = await self.rounds.desk.read(lambda g: read_letter(g, wanted, now, folder))
        except (NotFound, Refused) as error:
            if self.is_current and (self.draft.letter is None or isinstance(error, NotFound)):
                self.rounds.warn(str(error))
                self.dismiss(None)
            return
        first, self.draft.letter = self.draft.letter is None, letter
        self.draft.wanted = wanted._replace(kind=letter.kind)
        if letter.trouble and letter.trouble != self._told:
            self._told = letter.trouble
            self.rounds.warn(f"{letter.trouble} Until then the standard template is used.")
        left = self.draft.read_left_over(letter) if first else None
        if left is not None:
            self.rounds.say("Restored what you typed last time.")
            self.keep(left)
        self.draw()

    @property
    def editing(self) -> bool:
        return bool(self.query_one("#editor").display)

    def draw(self) -> None:
        letter, now = self.draft.letter, self.rounds.now()
        if letter is None or not self.is_attached:
            return
        trouble = self.draft.trouble
        told = [Paragraph(trouble, Tone.STRONG, lead="Not saved")] if trouble else []
        self.query_one("#heading", Paragraphs).show(*heading(letter, now), *told)
        box, editor = self.query_one("#letter"), self.query_one("#editor")
        for widget in (box, editor):
            widget.border_title = Content(title(letter))
            unsaved = self.draft.unsaved is not None
            widget.border_subtitle = Content(state(letter, unsaved=unsaved, now=now))
        self.query_one("#envelope", Paragraphs).show(
            *envelope(letter, self.draft.message), Paragraph()
        )
        self.query_one("#text", Paragraphs).show(*text_words(self.draft.message))

    def action_edit_text(self) -> None:
        """Edit it here."""
        if self.draft.letter is None:
            return
        self.query_one("#editor", DraftEditor).take(self.draft.message)
        self._show_editor(True)

    def action_edit_outside(self) -> None:
        if self.draft.letter is None:
            return
        before = as_text(self.draft.message)
        try:
            # What was typed after this key was for the editor, which cannot be given it.
            self.rounds.door.drop()
            with self.app.suspend():
                text = outside.edit_text(before, suffix=".txt", environ=os.environ)
        except SuspendNotSupported:
            self.rounds.warn("Your editor cannot open in this terminal. Press e to edit here.")
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
        else:
            self.keep(split_text(text, self.draft.message.subject))

    @on(DraftEditor.Changed)
    def _follow_typing(self) -> None:
        if not self.editing:
            return
        self.draft.typed = self.query_one("#editor", DraftEditor).message
        if self._pause is not None:
            self._pause()
        self._pause = self.set_timer(_PAUSE, self.draft.put_aside).stop

    @on(DraftEditor.Ended)
    def _end_editing(self) -> None:
        message = self.query_one("#editor", DraftEditor).message
        self._show_editor(False)
        self.draft.typed = message
        self.keep(message)
        self.draft.typed = None

    def _show_editor(self, shown: bool) -> None:
        self.query_one("#editor").display = shown
        self.query_one("#letter").display = not shown
        if shown:
            self.query_one("#body").focus()
        else:
            self.set_focus(None)
        bar = self.query_one(KeyBar)
        bar.show("typing" if shown else self.where)

    def action_kind(self) -> None:
        if self.draft.letter is not None:
            self.conversation.run(self._choose(self.draft.letter))

    async def _choose(self, letter: DraftView) -> None:
        offered = letter.offered
        now = LetterRequest(letter.dossier.card.id, letter.wanted.follow_up_ids, letter.kind)
        places = [place for place, one in enumerate(offered) if one.wanted == now]
        picker = KindPicker(f"Write to {letter.dossier.card.company}", offered, *places[:1])
        chosen = await self.rounds.push_screen_wait(picker)
        if (
            chosen is not None
            and chosen != now
            and (self.draft.unsaved is None or await self.store())
        ):
            self.draft.wanted, self.draft.letter = chosen, None
            await self.fetch()

    def action_recipient(self) -> None:
        letter = self.draft.letter
        if letter is None:
            return
        if not letter.dossier.contacts:
            self.rounds.say("No contacts yet. Press P to add one.")
            return
        self.conversation.run(self._choose_recipient(letter))

    async def _choose_recipient(self, letter: DraftView) -> None:
        people = letter.dossier.contacts
        here = [
            place
            for place, one in enumerate(people)
            if (one.name, one.email) == (letter.name, letter.address)
        ]
        picker = RecipientPicker(letter.dossier.card.company, people, *here[:1])
        chosen = await self.rounds.push_screen_wait(picker)
        if chosen is not None and (self.draft.unsaved is None or await self.store()):
            self.draft.wanted = letter.wanted._replace(contact_id=chosen.contact_id)
            if chosen.for_good:
                contact_id = chosen.contact_id
                await self.conversation.store(lambda p: p.main_contact(contact_id), None)
            self.draft.letter = None
            await self.fetch()

    def action_name(self) -> None:
        """Ask for the user's name, which stands below all messages from then on."""
        if self.draft.letter is not None:
            self.conversation.run(self._ask_name())

    async def _ask_name(self) -> None:
        path = config_path()
        stored = self.draft.letter is not None and self.draft.letter.stored is not None
        try:
            name = (await asyncio.to_thread(read_signature, path.with_name("drafts"))).name
            dialog: LineEntry[str] = line_dialog(
                "Your name", _NAME_HINT, _read_name, name, editing=True
            )(None, "")
            typed = await self.rounds.push_screen_wait(dialog)
            if typed is None:
                return
            await asyncio.to_thread(change, path, "me.name", typed.value)
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        await self.fetch()
        own = stored or self.draft.unsaved is not None
        if own and is_unsigned(self.draft.message):
            self.rounds.say("Your name is stored. Press e to add it to this draft.")
        else:
            self.rounds.say("Your name is stored and stands below new messages.")

    def keep(self, message: DraftMessage) -> None:
        """Store the message, unless it is as it was."""
        if self.draft.letter is None:
            return
        is_new = message != self.draft.message or bool(self.draft.trouble)
        if is_new:
            self.draft.unsaved = message
        self.draft.put_aside()
        if is_new:
            self.draw()
            self.conversation.beside(self.store())

    async def store(self) -> bool:
        """Whether what the user made of it is safe."""
        letter, message = self.draft.letter, self.draft.unsaved
        if letter is None or message is None:
            return True
        has_words = message.subject or message.body
        return await self._store_text(letter, as_text(message) if has_words else "")

    async def _store_text(self, letter: DraftView, text: str) -> bool:
        """Store `text` as the draft; an empty one throws it away. Whether that is safe."""
        message = self.draft.unsaved
        if not text and letter.stored is None:
            self.draft.mark_stored(message)
            await self.fetch()
            return True
        (application, follow_up), kind = letter.kept_in, letter.kind
        told = replaced_words(letter) if text else ""
        return await self.do(
            lambda p: p.draft(application, kind, text, follow_up_id=follow_up), message, told
        )

    async def do(
        self,
        act: Callable[[Pipeline], Written],
        message: DraftMessage | None,
        told: str = "",
        *,
        leave: bool = False,
    ) -> bool:
        """Store what became of `message`, and leave if that is wished.

        A failure is shown above the message, which stays as it is; whether there was none.
        """
        try:
            done = await self.rounds.desk.write(act)
        except (Refused, StoreError) as error:
            self.draft.trouble = str(error)
            self.draw()
            return False
        self.draft.mark_stored(message)
        if leave:
            self.rounds.take(done)
            self.rounds.say(told)
            self.dismiss(None)
        else:
            await self.conversation.show(done, told)
        return True

    def on_unmount(self) -> None:
        """The program ends in the middle of it: what is typed is put aside."""
        self.draft.put_aside()

    def action_throw_away(self) -> None:
        """Throw the draft away and begin with the template again."""
        letter = self.draft.letter
        if letter is None:
            return
        if letter.stored is None and self.draft.unsaved is None:
            self.rounds.say("This is the template; you have not changed it yet.")
            return
        self.conversation.run(self._throw_away(letter))

    async def _throw_away(self, letter: DraftView) -> None:
        if await self._store_text(letter, ""):
            self.rounds.say("Back to the template. u restores your draft.")

    def action_back(self) -> None:
        """Leave, once everything is safe."""
        if self.draft.unsaved is None:
            self.dismiss(None)
        else:
            leaving = self.run_worker(self._leave(), group="leave", exclusive=True)
            self.rounds.door.hold_for(leaving)

    async def _leave(self) -> None:
        question = "{} Leave anyway? Your text is kept next to the board."
        safe = await self.store()
        if not safe:
            confirm = Confirm(question.format(self.draft.trouble), "Leave", "Stay")
            safe = await self.rounds.push_screen_wait(confirm)
        if safe:
            self.dismiss(None)

    def action_copy_text(self) -> None:
        outside.copy(self.rounds, self.draft.message.body, "The text")

    def action_copy_all(self) -> None:
        if self.draft.letter is not None:
            outside.copy(
                self.rounds,
                whole(self.draft.letter, self.draft.message),
                "Address, subject and text",
            )

    def action_mail(self) -> None:
        """Open it in the user's mail program."""
        letter, message = self.draft.letter, self.draft.message
        if letter is None:
            return
        try:
            link = mailto(letter.address, message.subject, message.body)
            short = mailto(letter.address, message.subject, "")
        except Refused as refused:
            self.rounds.warn(str(refused))
            return
        fits = len(link) <= LONGEST_LINK
        if not fits:
            outside.copy(self.rounds, message.body, "The text is too long for a link")
        self.run_worker(self._open_mail(link if fits else short, fits), group="mail")

    async def _open_mail(self, link: str, fits: bool) -> None:
        if await outside.open_where_the_user_is(self.rounds, link):
            paste = "" if fits else "Paste the text there. "
            self.rounds.say(f"Opened in your mail program. {paste}Press d once it is sent.")
        elif fits:
            body = self.draft.message.body
            outside.copy(self.rounds, body, "No mail program could be opened. The text")

    def action_sent(self) -> None:
        """It was sent today: its follow-ups are done, and the message is in the log."""
        if self.draft.letter is None:
            return
        if self.draft.letter.settled:
            self.rounds.warn(
                "This follow-up was completed elsewhere. "
                "Press Esc to leave or ctrl+k to change the type."
            )
            return
        self.conversation.run(self._send(self.draft.letter, self.draft.message))

    async def _send(self, letter: DraftView, message: DraftMessage) -> None:
        ids = [due.id for due in letter.dues]
        application, kind, text = letter.dossier.card.id, letter.kind, as_text(message)
        await self.do(
            lambda p: p.log_sent_text(application, kind, text, follow_up_ids=ids),
            self.draft.unsaved,
            sent_words(letter),
            leave=True,
        )
