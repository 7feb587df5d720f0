"""What is done with postings: one is taken from a file or a paste, once for all screens; the shelf
and the mail are opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.rules.text import Refused
from tui.conversation import Act, Conversation

if TYPE_CHECKING:
    from datetime import tzinfo

    from store.exchange.postings.found import FoundPosting
    from store.read.glance import Glance
    from tui.dialogs.posting import FilledPosting, Handed, PostingForm


def take(it: Conversation) -> None:
    """Read a posting, show what was found, and put it on the shelf or on the board."""
    it.run(_take(it))


def open_shelf(it: Conversation) -> None:
    """The postings that wait for an answer."""
    it.rounds.open("shelf")


def open_mail(it: Conversation) -> None:
    """The messages that wait, and what they would do."""
    it.rounds.open("mail")


async def _take(it: Conversation) -> None:
    from tui.dialogs.posting import PostingEntry

    handed: Handed | None = None
    error = ""
    while True:
        handed = await it.rounds.push_screen_wait(PostingEntry(typed=handed, error=error))
        if handed is None:
            return
        reading = partial(_read, handed, it.rounds.desk.clock.zone)
        try:
            found = await it.rounds.desk.read(reading)
        except (Refused, StoreError) as problem:
            error = str(problem)
            continue
        break
    await _correct(it, found)


def _read(handed: Handed, zone: tzinfo, _: Glance) -> FoundPosting:
    """What is found in it; on the desk's thread, since a page may take a second."""
    from store.exchange.postings.posting import read_posting

    return read_posting(handed.document(), zone)


async def _correct(it: Conversation, found: FoundPosting) -> None:
    from store.read.employers import read_employers
    from tui.dialogs.posting import PostingForm

    def form(filled: FilledPosting | None, error: str) -> PostingForm:
        return PostingForm(
            "Save a posting",
            it.rounds.now().date(),
            values=found.values(),
            requirements=found.requirements,
            guessed=found.guessed,
            remark=" ".join(found.remarks),
            texts=filled.texts if filled else None,
            companies=it.rounds.companies(),
            employers=it.rounds.desk.read(read_employers),
            error=error,
        )

    written = await it.ask(form, _store, told=None)
    if written is not None and written.application_id is not None:
        it.rounds.put_cursor(written.application_id)


def _store(filled: FilledPosting) -> Act:
    values = dict(filled.values)
    applied_on = values.pop("applied_on", None)
    if applied_on is None:
        return lambda p: p.shelve(**values)
    return lambda p: p.add(applied_on=applied_on, **values)
