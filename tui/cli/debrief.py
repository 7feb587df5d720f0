"""`rounds debrief`: how an interview went, written in the editor or read from a file."""

from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from store.advice.debriefs import answers_of, debrief_of, for_debrief, interview_to_debrief
from store.errors import NotFound, StoreError
from store.model.dossier import Dossier, InterviewEntry
from store.rules.text import Refused, quoted
from store.rules.typed.debrief import WrongForm, read_form, write_form
from tui.cli.call import Call, told
from tui.cli.source import STDIN, kept, read_source
from tui.cli.table import one
from tui.cli.words import Usage, part_id
from tui.wording import interview_name, span

if TYPE_CHECKING:
    from argparse import ArgumentParser


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
        from tui.outside import StillOpen, edit_text

        call.settings()
        try:
            text = edit_text(form, environ=call.environ)
        except StillOpen as still:
            again = _again(call, meeting, still.file)
            raise Refused(f"{still} When it is saved: “{again}”.") from None
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


def _store(call: Call, meeting: InterviewEntry, text: str) -> int:
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


def _wanted(dossier: Dossier, number: int | None, now: datetime) -> InterviewEntry:
    """The interview named, else the one that `b` on the screen would ask about.

    One whose debrief is finished must be named: what a file says would replace it.
    """
    if number is not None and all(meeting.id != number for meeting in dossier.interviews):
        raise NotFound(f"There is no interview {number} of application {dossier.card.id}.")
    asked = number if number is not None else interview_to_debrief(dossier.card.follow_up)
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


def _heading(dossier: Dossier, meeting: InterviewEntry, now: datetime) -> str:
    card = dossier.card
    people = f", with {meeting.people}" if meeting.people else ""
    return f"{card.company} — {card.role}: {interview_name(meeting)}, {span(meeting, now)}{people}"


def _with_file(call: Call, meeting: InterviewEntry, text: str, error: Exception) -> Exception:
    """`error`, naming the file in which what was typed is now."""
    file = kept(call, f"debrief-{meeting.id}", text)
    again = _again(call, meeting, file)
    return type(error)(
        f"{error} What you typed is in {quoted(str(file), 200)}. Correct it there, then: “{again}”."
    )


def _again(call: Call, meeting: InterviewEntry, file: Path) -> str:
    """The command that takes the debrief from `file`."""
    return f"rounds debrief {call.words.id} --interview {meeting.id} --from {quote(str(file))}"
