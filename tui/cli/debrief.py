"""`rounds debrief`: how an interview went, written in the editor or read from a file."""

import os
import sys
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from store.advice.debriefs import answers_of, asked_by, debrief_of, for_debrief
from store.errors import NotFound, StoreError
from store.file.location import file_named
from store.model.dossier import Dossier, Meeting
from store.rules.text import Refused, quoted
from store.rules.typed.debrief import WrongForm, read_form, write_form
from tui.cli.call import Call, told
from tui.cli.table import one
from tui.cli.words import Usage, part_id
from tui.wording import interview_name, span

if TYPE_CHECKING:
    from argparse import ArgumentParser


LARGEST = 1_000_000
"""Bytes; the longest text that a field takes has a tenth of it."""
STDIN = "-"


def read_source(source: str) -> str:
    """The text of the file `source`, or of standard input for `-`; Refused when it is no text."""
    called = "Standard input" if source == STDIN else f"The file {quoted(source, 200)}"
    try:
        if source == STDIN:
            raw = _standard_input()
        else:
            with file_named(source).open("rb") as file:
                raw = file.read(LARGEST + 1)
    except Refused:
        raise
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or type(error).__name__).lower()
        raise Refused(f"{called} could not be read ({why}).") from None
    if len(raw) > LARGEST:
        raise Refused(f"{called} has more than {LARGEST:,} bytes. Shorten it.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(f"{called}, line {line}: this is not UTF-8 text. Save it as UTF-8.") from None


def kept(call: Call, name: str, text: str) -> Path:
    """A new file that holds `text`, for the owner's eyes only, beside the board if possible.

    Raises Refused when it can be put nowhere.
    """
    from tempfile import gettempdir

    from store.file.opening import make_folder

    folders = (call.path.with_name(f"{call.path.stem}-unsaved"), Path(gettempdir()))
    for folder in folders:
        for turn in range(1, 1_000):
            file = folder / f"{name}{f'-{turn}' if turn > 1 else ''}.txt"
            try:
                make_folder(folder)
                descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            except OSError:
                break
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
            return file
    raise Refused(
        "Your text could not be saved: no space for a temporary file. Copy it before you leave."
    )


def _standard_input() -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is not None:
        raw: bytes = stream.read(LARGEST + 1)
        return raw
    return sys.stdin.read(LARGEST + 1).encode()


def debrief_words(parser: "ArgumentParser") -> None:
    """Add what `rounds debrief` understands."""
    one(parser)
    parser.add_argument(
        "--interview",
        metavar="INTERVIEW-ID",
        type=part_id,
        help="which interview; default the next one without a debrief",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--from", dest="text_file", metavar="FILE", help="the filled-in form; - is standard input"
    )
    how.add_argument(
        "--form", action="store_true", help="print the form for --from; change nothing"
    )


def debrief(call: Call) -> int:
    """Write the debrief of an interview; in the editor unless the text comes from a file."""
    words, now = call.words, call.now
    with call.glance(patient=not words.form) as glance:
        if glance is None:
            raise NotFound(f"There is no application {words.id}.")
        dossier = glance.dossier(words.id, now)
    meeting = _wanted(dossier, words.interview, now)
    form = write_form(_heading(dossier, meeting, now), answers_of(dossier, meeting))
    if words.form:
        call.out.lines(form.rstrip("\n"))
        return 0
    if words.text_file is None:
        from tui.outside import edit_text

        call.settings()
        text = edit_text(form, environ=call.environ)
        if text == form:
            call.out.say("Nothing written; nothing changed.")
            return 0
    else:
        text = read_source(words.text_file)
    try:
        return _store(call, meeting, text)
    except (Refused, StoreError, Usage) as error:
        if words.text_file not in (None, STDIN):
            raise
        raise _with_file(call, meeting, text, error) from None


def _store(call: Call, meeting: Meeting, text: str) -> int:
    held_on = meeting.starts_at.astimezone(call.now.tzinfo).date() if meeting.starts_at else None
    try:
        answers = read_form(text, call.today, held_on)
    except WrongForm as wrong:
        for problem in wrong.problems:
            call.out.say(problem)
        raise Refused("Could not read the debrief; nothing changed.") from None
    if answers.empty:
        raise Refused("The form is empty: write at least one line.")
    with call.pipeline() as pipeline:
        return told(call, pipeline.debrief(meeting.id, **answers._asdict()))


def _wanted(dossier: Dossier, number: int | None, now: datetime) -> Meeting:
    """The interview named, else the one that `b` on the screen would ask about.

    One whose debrief is finished must be named: what a file says would replace it.
    """
    if number is not None and all(meeting.id != number for meeting in dossier.interviews):
        raise NotFound(f"There is no interview {number} of application {dossier.card.id}.")
    asked = number if number is not None else asked_by(dossier.card.follow_up)
    meeting = for_debrief(dossier.interviews, now, asked)
    if meeting is None and number is not None:
        raise Refused("This interview has not taken place yet. The debrief comes after it.")
    if meeting is None:
        raise Refused("No interview to write about yet.")
    written = debrief_of(dossier, meeting)
    if number is None and written is not None and written.finished:
        raise Refused(
            "Every interview has a debrief. To change one, name it: "
            f"“rounds debrief {dossier.card.id} --interview {meeting.id}”."
        )
    return meeting


def _heading(dossier: Dossier, meeting: Meeting, now: datetime) -> str:
    card = dossier.card
    people = f", with {meeting.people}" if meeting.people else ""
    return f"{card.company} — {card.role}: {interview_name(meeting)}, {span(meeting, now)}{people}"


def _with_file(call: Call, meeting: Meeting, text: str, error: Exception) -> Exception:
    """`error`, naming the file in which what was typed is now."""
    file = kept(call, f"debrief-{meeting.id}", text)
    place = quote(str(file))
    again = f"rounds debrief {call.words.id} --interview {meeting.id} --from {place}"
    return type(error)(
        f"{error} What you typed is in {quoted(str(file), 200)}. Correct it there, then: “{again}”."
    )
