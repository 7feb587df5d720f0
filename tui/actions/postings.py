"""What is done with postings: one is taken from a file or a paste, once for all screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import StoreError
from store.rules.text import Refused
from tui.conversation import Act, Conversation

if TYPE_CHECKING:
    from store.exchange.postings.found import Found
    from tui.dialogs.posting import FilledPosting, Handed, PostingForm


def take(it: Conversation) -> None:
    """Read a posting, show what was found, and put it on the shelf or on the board."""
    it.run(_take(it))


async def _take(it: Conversation) -> None:
    from store.exchange.postings.posting import read_posting
    from tui.dialogs.posting import PostingEntry

    handed: Handed | None = None
    error = ""
    zone = it.rounds.desk.clock.zone
    while True:
        handed = await it.rounds.push_screen_wait(PostingEntry(typed=handed, error=error))
        if handed is None:
            return
        read = handed
        try:
            found = await it.rounds.desk.read(lambda _: read_posting(read.document(), zone))
        except (Refused, StoreError) as problem:
            error = str(problem)
            continue
        break
    await _correct(it, found)


async def _correct(it: Conversation, found: Found) -> None:
    from store.read.employers import read_employers
    from tui.dialogs.posting import PostingForm

    def form(filled: FilledPosting | None, error: str) -> PostingForm:
        return PostingForm(
            "Take a posting",
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
