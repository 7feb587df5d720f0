"""What can be done to an application and its follow-ups, once for all screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import Conflict, StoreError
from store.model.dossier import Card, Due, NoteEntry
from store.rules.text import Refused, as_sentence
from tui import outside
from tui.actions import many
from tui.actions.offers import end
from tui.conversation import Act, Conversation

if TYPE_CHECKING:
    from typing import Any

    from textual.screen import ModalScreen

    from tui.dialogs.application import ApplicationForm, FilledApplication


def add(it: Conversation) -> None:
    """Add an application; the cursor of the board goes to it."""
    it.run(_add(it))


async def _add(it: Conversation) -> None:
    form = _application_form(it, "New application")
    written = await it.ask(form, lambda filled: lambda p: p.add(**filled.values))
    if written is not None and written.application_id is not None:
        it.rounds.put_cursor(written.application_id)


def _application_form(
    it: Conversation, title: str, **about: Any
) -> Callable[[FilledApplication | None, str], ApplicationForm]:
    """Makes the form that a conversation asks with; `about` are further arguments of it."""
    from store.read.employers import read_employers
    from tui.dialogs.application import ApplicationForm

    return lambda filled, error: ApplicationForm(
        title,
        it.rounds.now().date(),
        texts=filled.texts if filled else None,
        companies=it.rounds.companies(),
        employers=it.rounds.desk.read(read_employers),
        error=error,
        **about,
    )


def employer(it: Conversation) -> None:
    """All that was with the employer of the application."""
    if card := it.subject():
        it.rounds.open("employer", card.company)


def note(it: Conversation) -> None:
    if card := it.subject():
        from tui.dialogs.note import NoteForm

        it.converse(
            lambda text, error: NoteForm(f"Note on {card.company}", typed=text, error=error),
            lambda text: lambda p: p.note(card.id, text),
            told="Noted.",
        )


def edit_note(it: Conversation) -> None:
    """Change a note, or remove it."""
    if card := it.subject():
        it.run(_edit_note(it, card))


async def _edit_note(it: Conversation, card: Card) -> None:
    from tui.dialogs.note import NoteForm

    dossier = await it.read(lambda g: g.dossier(card.id))
    if dossier is None:
        return
    note = await _pick_note(it, card, dossier.notes)
    if note is None:
        return

    def act(text: str) -> Act:
        if not text:
            return lambda p: p.delete_note(note.id)
        return lambda p: p.edit_note(note.id, text)

    await it.ask(
        lambda text, error: NoteForm(
            f"Note on {card.company}", stored=note.text, typed=text, error=error
        ),
        act,
        told=None,
    )


async def _pick_note(
    it: Conversation, card: Card, notes: tuple[NoteEntry, ...]
) -> NoteEntry | None:
    """The only note, or the one that the user picks."""
    from tui.dialogs.note import NotePicker

    if not notes:
        it.rounds.say(f"{card.company} has no notes yet. Press n to add one.")
        return None
    if len(notes) == 1:
        return notes[0]
    today = it.rounds.now().date()
    picker = NotePicker(f"Notes on {card.company}", notes, today)
    chosen: NoteEntry | None = await it.rounds.push_screen_wait(picker)
    return chosen


LINKS = ("http://", "https://", "mailto:")
"""What may be opened from a card: nothing that runs a program or reads a file."""


def log_reply(it: Conversation) -> None:
    """They wrote; and by when they decide, if they said so."""
    if card := it.subject():
        from tui.dialogs.line import line_dialog
        from tui.typed.applications import read_reply

        today = it.rounds.now().date()
        it.converse(
            line_dialog(
                f"{card.company} replied",
                "",
                lambda text: read_reply(text, today),
                label="When, or “by fri” for their decision date, or “auto” for an automatic "
                "reply. Their words go after “ -- ”.",
                placeholder="today -- they want to talk again",
            ),
            lambda typed: lambda p: p.log_reply(card.id, **typed.value._asdict()),
        )


def remind(it: Conversation) -> None:
    """A follow-up of the user's own."""
    card = it.open_subject()
    if card is None:
        return
    from tui.dialogs.line import line_dialog
    from tui.typed.applications import read_reminder

    today = it.rounds.now().date()
    it.converse(
        line_dialog(
            f"Reminder: {card.company}",
            "A date, then what to do.",
            lambda text: read_reminder(text, today),
            placeholder="fri call Ana",
        ),
        lambda typed: lambda p: p.remind(card.id, typed.value.on, typed.value.label),
    )


def move_to(it: Conversation) -> None:
    """Move to any stage, on any day."""
    if it.on_marked(many.move_to):
        return
    card = it.open_subject()
    if card is None:
        return
    from tui.dialogs.pickers import StagePicker

    today = it.rounds.now().date()
    it.converse(
        lambda choice, error: StagePicker([card], today, choice, error),
        lambda choice: lambda p: p.move(card.id, choice.stage, on=choice.on),
    )


def close(it: Conversation) -> None:
    """It is over: how it ended."""
    if it.on_marked(many.close):
        return
    card = it.open_subject()
    if card is not None:
        it.run(end(it, card))


def reopen(it: Conversation) -> None:
    """Put a closed application back on the board."""
    if it.on_marked(many.reopen):
        return
    card = it.subject()
    if card is None:
        return
    if card.outcome is None:
        it.rounds.say("This application is already open.")
        return
    it.write(lambda p: p.reopen(card.id), told=f"{card.company} is on the board again.")


def delete(it: Conversation) -> None:
    """Delete it with everything that belongs to it, after a question."""
    if it.on_marked(many.delete):
        return
    if card := it.subject():
        from tui.dialogs.pickers import Confirm

        question = f"Delete {card.company} — {card.role} with its notes and history?"
        it.run(_delete(it, card, Confirm(question, "Delete")))


async def _delete(it: Conversation, card: Card, question: ModalScreen[bool | None]) -> None:
    if await it.rounds.push_screen_wait(question):
        it.write(lambda p: p.delete(card.id), told=f"{card.company} deleted. u undoes it.")


def edit(it: Conversation) -> None:
    """Its fields; of several marked ones what they may have in common."""
    if it.on_marked(many.edit):
        return
    if card := it.subject():
        it.run(_edit(it, card))


async def _edit(it: Conversation, card: Card) -> None:
    from tui.dialogs.application import tell_changes

    dossier = await it.read(lambda g: g.dossier(card.id))
    if dossier is None:
        return
    stored = dossier.card
    values = dossier.form_values()
    version = [stored.version]

    async def newer(error: Exception) -> str:
        if not isinstance(error, Conflict):
            return ""
        now = await it.rounds.desk.read(lambda g: g.dossier(card.id))
        version[0] = now.card.version
        return tell_changes(values, now.form_values())

    await it.ask(
        _application_form(it, f"{stored.company} — {stored.role}", values=values, own=card.id),
        lambda filled: lambda p: p.edit(card.id, filled.values, version=version[0]),
        failed=newer,
    )


def field(it: Conversation) -> None:
    """One of its fields, in a line; of several marked ones what they may have in common."""
    if it.on_marked(many.edit):
        return
    if card := it.subject():
        it.run(_field(it, card))


async def _field(it: Conversation, card: Card) -> None:
    from store.rules.typed.fields import FormReader
    from store.rules.typed.one_field import field_names, read_field
    from tui.dialogs.line import line_dialog

    dossier = await it.read(lambda g: g.dossier(card.id))
    if dossier is None:
        return
    reader = FormReader(it.rounds.now().date(), dossier.form_values())
    await it.ask(
        line_dialog(
            f"{dossier.card.company} — {dossier.card.role}",
            f"A field and its value: {field_names()} and more.",
            lambda text: read_field(text, reader),
            placeholder="salary 95k",
        ),
        lambda typed: lambda p: p.edit(card.id, {typed.value.name: typed.value.value}),
    )


def mark_done(it: Conversation) -> None:
    """The follow-up is done; of an offer whose day is over, what was answered."""
    if it.on_marked(many.mark_done):
        return
    if due := it.follow_up(lambda: mark_done(it)):
        card = it.subject()
        if due.action == "record_answer" and card is not None:
            it.run(end(it, card))
            return
        it.write(lambda p: p.complete(due.id), told=_done_sentence("done", due))


def skip(it: Conversation) -> None:
    """Never raise this follow-up again."""
    if due := it.follow_up(lambda: skip(it)):
        it.write(lambda p: p.skip(due.id), told=_done_sentence("skipped", due))


def _done_sentence(verb: str, due: Due) -> str:
    return f"{as_sentence(f'{due.company}: {verb}: {due.label}')} u undoes it."


def snooze(it: Conversation) -> None:
    """Put the follow-up off to another day."""
    if it.on_marked(many.snooze):
        return
    if due := it.follow_up(lambda: snooze(it)):
        many.ask_until(it, due.label, [due], lambda day: lambda p: p.snooze(due.id, day))


def write(it: Conversation) -> None:
    """Open the message that the follow-up asks for; where none does, ask which one."""
    card = it.subject()
    if card is None:
        return
    due = it.shown_follow_up()
    if due is not None and due.id < 0:
        it.run(it.after_writes(lambda: write(it)))
    else:
        it.run(_open_letter(it, card, due))


async def _open_letter(it: Conversation, card: Card, due: Due | None) -> None:
    from store.read.drafts import LetterRequest, first_message, read_choices
    from tui.dialogs.pickers import KindPicker

    now = it.rounds.now()
    try:
        wanted = await it.rounds.desk.read(lambda g: first_message(g, card.id, due, now))
        if not wanted.follow_up_ids:
            offered = await it.rounds.desk.read(lambda g: read_choices(g, card.id, now))
            picker = KindPicker(f"Write to {card.company}", offered)
            chosen: LetterRequest | None = await it.rounds.push_screen_wait(picker)
            if chosen is None:
                return
            wanted = chosen
    except (Refused, StoreError) as error:
        it.rounds.warn(str(error))
        return
    it.rounds.open("draft", wanted)


def open_posting(it: Conversation) -> None:
    """Open the posting in the browser; where there is none, copy its address."""
    card = it.subject()
    if card is None:
        return
    open_link(it, card.company, card.url)


def open_link(it: Conversation, company: str, url: str) -> None:
    """Open the link of a posting at `company` in the browser, or copy it."""
    if not url:
        it.rounds.say(f"{company} has no link yet. Press e to add one.")
        return
    if not is_safe_link(url):
        outside.copy(it.rounds, url, "Only web and email links can be opened. The link")
        return
    it.beside(_open_link(it, url))


async def _open_link(it: Conversation, url: str) -> None:
    if await outside.open_where_the_user_is(it.rounds, url):
        it.rounds.say("Opened in your browser.")
    else:
        outside.copy(it.rounds, url, "No browser could be opened. The link")


def copy(it: Conversation) -> None:
    """Copy company, role and link."""
    if card := it.subject():
        text = f"{card.company} — {card.role}"
        if card.url:
            outside.copy(it.rounds, f"{text}\n{card.url}", "Company, role and link")
        else:
            outside.copy(it.rounds, text, "Company and role")


def undo(it: Conversation) -> None:
    """Take the last change back. Keys that follow wait: they are for what it brings back."""
    it.run(it.store(lambda p: p.undo(seen=_newest_known(it)), None))


def redo(it: Conversation) -> None:
    """Do again what was taken back."""
    it.run(it.store(lambda p: p.redo(seen=_newest_known(it)), None))


def _newest_known(it: Conversation) -> int:
    """The newest change that the user has seen or made; to be called on the desk's thread."""
    return it.rounds.desk.last_own(it.rounds.newest_seen())


def is_safe_link(url: str) -> bool:
    """Whether a link may be handed to the browser: http, https with a host, or mailto."""
    if not url.isprintable() or " " in url or not url.lower().startswith(LINKS):
        return False
    _, _, rest = url.partition(":")
    return bool(rest.strip("/")) and not rest.lstrip("/").startswith("-")
