"""`rounds review`: the week in one page, as text or markdown."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from store.file.location import path_of
from store.file.outgoing import write_file
from store.model.review import Review, ReviewLine
from store.read.weekly.review import read_review
from store.rules.shelf import posting_number
from store.rules.text import Refused, quoted, suggestion
from store.rules.weekly.reminders import reminder_number
from store.rules.weekly.weeks import week_days, week_of
from tui.cli.call import BEGIN, Call
from tui.cli.table import DATE
from tui.cli.weekly.goal import begins_on, goal_shape
from tui.cli.words import STDIN, Usage, any_day
from tui.review_words import as_markdown, as_text

if TYPE_CHECKING:
    from argparse import ArgumentParser

FORMATS = ("text", "markdown")
_WEEKS = {"this": 0, "last": -1, "next": 1}
_ENDINGS = {".md": "markdown", ".markdown": "markdown"}


def review_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--week", metavar="WEEK", default="this", help=f"this, last, or the week of {DATE}"
    )
    parser.add_argument("--format", metavar="NAME", help=f"{', '.join(FORMATS)}; default text")
    parser.add_argument(
        *("-o", "--output"), dest="target", metavar="FILE", help="default: standard output"
    )


def review(call: Call) -> int:
    """Print the week, or write it to a file."""
    target = path_of(call.words.target) if call.words.target not in (None, STDIN) else None
    format_ = _read_format(call.words.format, target)
    day, by = _read_day(call)
    with call.glance() as glance:
        if glance is None:
            raise Refused(f"There is nothing to review. {BEGIN}")
        week = week_of(day, begins_on(call, glance)).shift(by)
        found = read_review(glance, week, call.now)
    if call.wants_json:
        call.out.json("review", review_shape(found))
        return 0
    lines = _lines(call, found, format_)
    if target is None:
        for line in lines:
            call.out.line(line)
        return 0
    write_file(target, (f"{line}\n" for line in lines), call.path)
    days = week_days(week, call.today)
    call.out.say(f"The week {days} is in {quoted(os.fspath(target), 200)}.")
    return 0


def _read_day(call: Call) -> tuple[date, int]:
    """A day in the week that `--week` names, or today, and how many weeks it is away from there.

    “12 nov” and “fri” are the last ones, unless only one that is ahead can be meant.
    """
    word = call.words.week.strip().casefold()
    if word in _WEEKS:
        return call.today, _WEEKS[word]
    with suppress(Usage):
        return any_day(word, call.today, past=True), 0
    return any_day(word, call.today), 0


def _read_format(said: str | None, target: Path | None) -> str:
    if said is None:
        return _ENDINGS.get(target.suffix.lower(), "text") if target is not None else "text"
    name = {"md": "markdown", "txt": "text"}.get(said.strip().lower(), said.strip().lower())
    if name not in FORMATS:
        like = suggestion(said, FORMATS)
        raise Usage(f"There is no format {quoted(said)}.{like} There are {', '.join(FORMATS)}.")
    return name


def _lines(call: Call, found: Review, format_: str) -> Iterator[str]:
    if format_ == "text":
        return as_text(found, call.today)
    from store.export.text import escape

    return as_markdown(found, call.today, escape)


def review_shape(found: Review) -> dict[str, object]:
    """A week; of a part all lines, under its name."""
    return {
        "first": found.week.first.isoformat(),
        "last": found.week.last.isoformat(),
        "goals": [goal_shape(one) for one in found.goals],
        **{
            part.name.lower(): [_line_shape(line) for line in lines]
            for part, lines in found.parts.items()
        },
        "silent_longer": sum(found.more.values()),
    }


def _line_shape(line: ReviewLine) -> dict[str, object]:
    number = None
    if line.follow_up_id is not None:
        number = f"f{line.follow_up_id}"
    elif line.reminder_id is not None:
        number = reminder_number(line.reminder_id)
    elif line.posting_id is not None:
        number = posting_number(line.posting_id)
    return {
        "day": line.day.isoformat() if line.day is not None else None,
        "what": line.what,
        "company": line.company or None,
        "role": line.role or None,
        "application_id": line.application_id,
        "number": number,
        "late": line.late,
    }
