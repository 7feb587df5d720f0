"""`rounds note`: the notes of an application, added, listed, rewritten and removed by number."""

from shlex import quote
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.rules.dates import short_day
from store.rules.fields import NOTE
from store.rules.text import Refused, clean, quoted
from tui.cli.call import Call, find_own, read_dossier, tell, tell_nothing
from tui.cli.json_shapes import note_shape
from tui.cli.source import edit, keep_text, text_or_input
from tui.cli.table import json, one
from tui.cli.words import Usage, part_id

if TYPE_CHECKING:
    from argparse import ArgumentParser


def note_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help="the note; - is standard input; omit to list all notes",
    ).required = False
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--edit",
        metavar="N",
        type=part_id,
        help="rewrite note N as TEXT; without it, in your editor",
    )
    which.add_argument("--remove", metavar="N", type=part_id, help="remove note N")
    json(parser)


def note(call: Call) -> int:
    """List the notes; or add one, rewrite one, remove one."""
    words = call.words
    if words.remove is not None:
        if words.text:
            raise Usage("Give either a text or what to remove.")
        with call.pipeline() as pipeline:
            find_own(call, read_dossier(pipeline, words.id).notes, "note", words.remove)
            return tell(call, pipeline.delete_note(words.remove))
    if words.edit is not None:
        return _rewrite(call, words.edit)
    if not words.text:
        return _list(call)
    text = text_or_input(" ".join(words.text))
    with call.pipeline() as pipeline:
        return tell(call, pipeline.note(words.id, text))


def _rewrite(call: Call, number: int) -> int:
    words = call.words
    dossier = call.read(lambda glance: glance.dossier(words.id), patient=True)
    stored = find_own(call, dossier.notes, "note", number)
    if words.text:
        text = text_or_input(" ".join(words.text))
        with call.pipeline() as pipeline:
            return tell(call, pipeline.edit_note(number, text))
    call.settings()
    again = f"rounds note {words.id} --edit {number} - < "
    text = edit(call, f"{stored.text}\n", lambda file: again + quote(str(file)))
    if text.strip() == stored.text:
        return tell_nothing(call, "Nothing changed.", words.id)
    try:
        if not text.strip():
            removes = f"“rounds note {words.id} --remove {number}” removes the note."
            raise Refused(f"The text is empty; nothing changed. {removes}")
        clean(text, NOTE)
        with call.pipeline() as pipeline:
            return tell(call, pipeline.edit_note(number, text))
    except (Refused, StoreError) as error:
        if not text.strip():
            raise
        file = keep_text(call, f"note-{number}", text)
        raise type(error)(
            f"{error} What you typed is in {quoted(str(file), 200)}. "
            f"Correct it there, then: “{again}{quote(str(file))}”."
        ) from None


def _list(call: Call) -> int:
    wanted, today = call.words.id, call.today
    notes = call.read(lambda glance: glance.dossier(wanted, call.now)).notes
    if call.words.json:
        call.out.json("notes", [note_shape(each) for each in notes])
    elif notes:
        rows = [(str(one.id), short_day(one.noted_on, today), one.text) for one in notes]
        call.out.table(("ID", "DATE", "NOTE"), rows)
    else:
        call.out.say(f"No notes yet. Add one: “rounds note {wanted} TEXT”.")
    return 0
