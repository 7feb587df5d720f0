"""`rounds ics`: interviews, follow-ups and deadlines for calendar programs."""

from typing import TYPE_CHECKING

from store.export.calendar import (
    Left,
    calendar_file,
    write_calendar_file,
    write_calendar_folder,
)
from store.export.settings import FOLLOW_UPS, CalendarChoice, read_calendar_choice
from store.file.location import path_of
from store.read.calendar import read_calendar
from store.rules.text import Refused
from tui.cli.call import BEGIN, Call
from tui.cli.words import STDIN, Usage

if TYPE_CHECKING:
    from argparse import ArgumentParser


def ics_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="the file to write, whole or not at all; without one, or with -, it is printed",
    )
    parser.add_argument(
        "--vdir",
        metavar="FOLDER",
        help="a folder with a file for each entry instead, as khal, vdirsyncer and DAVx5 read it; "
        "only files that were written by this command are removed from it",
    )
    parser.add_argument(
        "--follow-ups",
        choices=FOLLOW_UPS,
        help="follow-ups as all-day events, as to-dos or not at all; default: the config file, "
        "else events",
    )
    parser.add_argument("--no-alarms", action="store_true", help="leave the alarms out")


def ics(call: Call) -> int:
    """Write the calendar to a file or a folder, or print it."""
    words = call.words
    printed = words.file in (None, STDIN) and words.vdir is None
    if words.vdir is not None and words.file is not None:
        raise Usage("Give either a file or --vdir FOLDER.")
    if printed and call.wants_json:
        raise Usage("With --json give a file or --vdir FOLDER: the calendar itself is printed.")
    choice = _choice(call)
    with call.glance() as glance:
        if glance is None:
            raise Refused(BEGIN)
        calendar = read_calendar(glance)
    if printed:
        call.out.file(calendar_file(calendar, choice))
        return 0
    if words.vdir is not None:
        left = write_calendar_folder(path_of(words.vdir).absolute(), calendar, choice)
    else:
        target = path_of(words.file).absolute()
        left = write_calendar_file(target, calendar, choice, call.path)
    _tell(call, left)
    return 0


def _choice(call: Call) -> CalendarChoice:
    """What the config file says, and before it the options."""
    choice = read_calendar_choice()
    call.tell_mistakes(choice.mistakes)
    if call.words.follow_ups is not None:
        choice = choice._replace(follow_ups=call.words.follow_ups)
    if call.words.no_alarms:
        choice = choice._replace(interview_alarm=0, day_alarm=None)
    return choice


def _tell(call: Call, left: Left) -> None:
    counts = [_count(number, kind) for kind, number in left.counts.items() if number]
    inside = ", ".join(counts) or "nothing yet"
    files = [
        f"{number:,} {'file' if number == 1 else 'files'} {what}"
        for number, what in ((left.written, "written"), (left.removed, "removed"))
        if number
    ]
    changed = ", ".join(files) or "nothing had changed"
    call.out.say(f"In the calendar: {inside}; {changed}.")
    if call.wants_json:
        shape = {
            "path": str(left.place),
            "interviews": left.counts["interview"],
            "follow_ups": left.counts["follow-up"],
            "deadlines": left.counts["deadline"],
            "written": left.written,
            "removed": left.removed,
        }
        call.out.json("calendar", shape)


def _count(number: int, kind: str) -> str:
    return f"1 {kind}" if number == 1 else f"{number:,} {kind}s"
