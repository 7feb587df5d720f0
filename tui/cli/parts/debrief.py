"""`rounds debrief`: how an interview went, written in the editor or read from a file."""

from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from store.advice.debriefs import answers_of, debrief_of, for_debrief, interview_to_debrief
from store.errors import StoreError
from store.model.dossier import Dossier, InterviewEntry
from store.rules.text import Refused, quoted
from store.rules.typed.debrief import WrongForm, read_form, write_form
from tui.cli.call import Call, find_own, tell, tell_nothing
from tui.cli.field_editor import print_form
from tui.cli.source import edit, keep_text, read_source
from tui.cli.table import one
from tui.cli.words import STDIN, Usage, part_id
from tui.wording import interview_name, span

if TYPE_CHECKING:
    from argparse import ArgumentParser


def debrief_words(parser: "ArgumentParser") -> None:
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
    dossier = call.read(lambda glance: glance.dossier(words.id, now), patient=not words.form)
    interview = _choose_interview(call, dossier)
    form = write_form(_title(dossier, interview, now), answers_of(dossier, interview))
    if words.form:
        return print_form(call, form)
    if words.text_file is None:
        call.settings()
        text = edit(call, form, lambda file: _command_for(call, interview, file))
        if text == form:
            return tell_nothing(call, "Nothing written; nothing changed.", words.id)
    else:
        text = read_source(words.text_file)
    try:
        return _store(call, interview, text)
    except (Refused, StoreError, Usage) as error:
        if words.text_file not in (None, STDIN):
            raise
        raise _name_file(call, interview, text, error) from None


def _store(call: Call, interview: InterviewEntry, text: str) -> int:
    held_on = (
        interview.starts_at.astimezone(call.now.tzinfo).date() if interview.starts_at else None
    )
    try:
        answers = read_form(text, call.today, held_on)
    except WrongForm as wrong:
        for problem in wrong.problems:
            call.out.say(problem)
        raise Refused("Could not read the debrief; nothing changed.") from None
    if answers.empty:
        raise Refused("The form is empty: write at least one line.")
    with call.pipeline() as pipeline:
        return tell(call, pipeline.debrief(interview.id, **answers._asdict()))


def _choose_interview(call: Call, dossier: Dossier) -> InterviewEntry:
    """The interview named, else the one that `b` on the screen would ask about.

    One whose debrief is finished must be named: what a file says would replace it.
    """
    number: int | None = call.words.interview
    if number is not None:
        find_own(call, dossier.interviews, "interview", number)
    asked = number if number is not None else interview_to_debrief(dossier.card.follow_up)
    interview = for_debrief(dossier.interviews, call.now, asked)
    if interview is None and number is not None:
        raise Refused("This interview has not taken place yet. The debrief comes after it.")
    if interview is None:
        raise Refused("No interview to write about yet.")
    written = debrief_of(dossier, interview)
    if number is None and written is not None and written.finished:
        raise Refused(
            "Every interview has a debrief. To change one, name it: "
            f"“rounds debrief {dossier.card.id} --interview {interview.id}”."
        )
    return interview


def _title(dossier: Dossier, interview: InterviewEntry, now: datetime) -> str:
    card = dossier.card
    people = f", with {interview.people}" if interview.people else ""
    return (
        f"{card.company} — {card.role}: {interview_name(interview)}, {span(interview, now)}{people}"
    )


def _name_file(call: Call, interview: InterviewEntry, text: str, error: Exception) -> Exception:
    file = keep_text(call, f"debrief-{interview.id}", text)
    again = _command_for(call, interview, file)
    return type(error)(
        f"{error} What you typed is in {quoted(str(file), 200)}. Correct it there, then: “{again}”."
    )


def _command_for(call: Call, interview: InterviewEntry, file: Path) -> str:
    """The command that takes the debrief from `file`."""
    return f"rounds debrief {call.words.id} --interview {interview.id} --from {quote(str(file))}"
