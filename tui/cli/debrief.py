"""`rounds debrief`: how an interview went, written in the editor or read from a file."""

from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from store.errors import NotFound, StoreError
from store.model.dossier import Dossier, Meeting
from store.rules.text import Refused, quoted
from store.rules.typed.debrief import DebriefAnswers, WrongForm, read_form, write_form
from tui.cli.call import Call, told
from tui.cli.source import STDIN, kept, read_source
from tui.cli.table import one
from tui.cli.words import Usage, part_id
from tui.wording import span

if TYPE_CHECKING:
    from argparse import ArgumentParser


def debrief_words(parser: "ArgumentParser") -> None:
    """Add what `rounds debrief` understands."""
    one(parser)
    parser.add_argument(
        "--interview",
        metavar="INTERVIEW-ID",
        type=part_id,
        help="which one; default the latest that has no debrief",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--from", dest="text_file", metavar="FILE", help="the form, filled in; - is standard input"
    )
    how.add_argument(
        "--form", action="store_true", help="print the form, for --from, and change nothing"
    )


def debrief(call: Call) -> int:
    """Write the debrief of an interview; in the editor unless the text comes from a file."""
    words, now = call.words, call.now
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application {words.id}.")
        dossier = glance.dossier(words.id, now)
    meeting = _wanted(dossier, words.interview, now)
    form = write_form(_heading(dossier, meeting, now), _written(dossier, meeting))
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
            call.out.say("Nothing was written, so nothing was changed.")
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
        raise Refused("The debrief could not be read, and nothing was changed.") from None
    if answers.empty:
        raise Refused("The form is empty: write at least one line.")
    with call.pipeline() as pipeline:
        return told(call, pipeline.debrief(meeting.id, **answers._asdict()))


def _wanted(dossier: Dossier, number: int | None, now: datetime) -> Meeting:
    """The interview named, or the latest that has begun and is not written about."""
    wanted = dossier.card.id
    begun = [
        meeting
        for meeting in dossier.interviews
        if meeting.status == "confirmed"
        and meeting.kept is not False
        and meeting.starts_at is not None
        and meeting.starts_at.timestamp() <= now.timestamp()
    ]
    if number is not None:
        if all(meeting.id != number for meeting in dossier.interviews):
            raise NotFound(f"There is no interview {number} of application {wanted}.")
        for meeting in begun:
            if meeting.id == number:
                return meeting
        raise Refused("This interview has not taken place, so there is nothing to write about.")
    if not begun:
        raise Refused("There is no interview to write about yet.")
    finished = {each.interview_id for each in dossier.debriefs if each.finished}
    for meeting in reversed(begun):
        if meeting.id not in finished:
            return meeting
    raise Refused(
        "Every interview has its debrief. To change one, name it: "
        f"“rounds debrief {wanted} --interview {begun[-1].id}”."
    )


def _written(dossier: Dossier, meeting: Meeting) -> DebriefAnswers:
    """What is written about the interview so far."""
    points = tuple(
        (point.kind, point.text, point.felt)
        for point in dossier.points
        if point.interview_id == meeting.id
    )
    for entry in dossier.debriefs:
        if entry.interview_id == meeting.id:
            return DebriefAnswers(
                True,
                entry.mood,
                entry.wish,
                entry.signals,
                entry.next_step,
                entry.promised_by,
                entry.promised_text,
                entry.remarks,
                points,
            )
    return DebriefAnswers(points=points)


def _heading(dossier: Dossier, meeting: Meeting, now: datetime) -> str:
    card = dossier.card
    people = f", with {meeting.people}" if meeting.people else ""
    return f"{card.company} — {card.role}: {meeting.called} interview, {span(meeting, now)}{people}"


def _with_file(call: Call, meeting: Meeting, text: str, error: Exception) -> Exception:
    """`error`, naming the file in which what was typed is now."""
    file = kept(call, f"debrief-{meeting.id}", text)
    again = _again(call, meeting, file)
    return type(error)(
        f"{error} What you typed is in {quoted(str(file), 200)}. Correct it there, then: “{again}”."
    )


def _again(call: Call, meeting: Meeting, file: Path) -> str:
    """The command that takes the debrief from `file`."""
    return f"rounds debrief {call.words.id} --interview {meeting.id} --from {quote(str(file))}"
