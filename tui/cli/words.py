"""What was typed, as the words of a command.

The everyday calls `rounds due` and `rounds list`, with one switch at most, are read here: loading
argparse and building its parser takes 3 of their 35 ms. Everything else goes to it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from store.rules.followups.actions import FOLDS
from store.rules.stages import Stage, read_stage
from store.rules.text import Refused, quoted

if TYPE_CHECKING:
    from store.rules.query.query import Query


class HelpShown(Exception):
    """The answer is this text: help, or the version."""


class Words(SimpleNamespace):
    """The words of a command by their names; `command` is None for the board itself."""

    def __contains__(self, name: str) -> bool:
        return name in vars(self)


_SHOWN = {"sort": None, "reverse": False, "limit": None, "columns": None, "format": None}
EVERYDAY: Mapping[str, Mapping[str, object]] = {
    "due": {
        **{"on": None, "days": 0, "json": False, "line": False, "check": False, "all": False},
        **_SHOWN,
    },
    "list": {
        **{
            "saved": None,
            "stage": None,
            "closed": False,
            "all": False,
            "search": None,
            "json": False,
        },
        **_SHOWN,
    },
}
"""The words of the everyday commands when none is typed; those that are False are switches."""


def read_everyday(argv: Sequence[str]) -> Words | None:
    """The words of `[--db PATH] due [--SWITCH]` and the like; None for all other calls."""
    db, rest = None, list(argv)
    if rest[:1] == ["--db"] and len(rest) > 1 and not rest[1].startswith("-"):
        db, rest = rest[1], rest[2:]
    if not rest or rest[0] not in EVERYDAY or len(rest) > 2:
        return None
    words = Words(db=db, version=False, command=rest[0], **EVERYDAY[rest[0]])
    for switch in rest[1:]:
        name = switch.removeprefix("--")
        if switch == name or vars(words).get(name) is not False or name == "version":
            return None
        setattr(words, name, True)
    return words


T = TypeVar("T")

_FOLLOW_UP = r"#?[fF]([0-9]+)"
_SPAN = r"(#?[fF]?)([0-9]{1,30})-(#?[fF]?)([0-9]{1,30})"
STDIN = "-"
"""The word that stands for what standard input holds."""
MINUTES_AT_MOST = 24 * 60
DAYS_AT_MOST = 3_660


class Usage(Exception):
    """The command line cannot be understood, whatever the board holds (exit code 2)."""


def understand(read: Callable[[], T]) -> T:
    """What `read` gives; its Refused, about words typed, becomes Usage."""
    try:
        return read()
    except Refused as refusal:
        raise Usage(str(refusal)) from None


def read_stage_option(text: str | None) -> Stage | None:
    """The stage that `text` names. None stays None."""
    return None if text is None else understand(lambda: read_stage(text))


def read_query_option(text: str | None, now: datetime) -> "Query | None":
    """The query of `--search` and `--where`. None stays None; see `tui.filtering.find_cards`."""
    if text is None:
        return None
    from store.rules.query.query import read_query

    return understand(lambda: read_query(text, now))


def past_day(text: str | None, today: date) -> date | None:
    """The day on which something happened: "fri" is the last Friday. None stays None."""
    return None if text is None else any_day(text, today, past=True)


def coming_day(text: str, today: date) -> date:
    """The day on which something shall happen: "fri" is the next Friday."""
    return any_day(text, today, future=True)


def any_day(text: str, today: date, **when: bool) -> date:
    """A day before or after today; one without a year or month is the next such day.

    `when` is what `parse_day` is told of it.
    """
    from store.rules.typed.days import parse_day

    return understand(lambda: parse_day(text, today, **when))


class NumberRange(NamedTuple):
    """A range of numbers, "3-7": it stands for those that there are. `bare` is as of `Bare`."""

    first: int
    last: int
    bare: bool = True


Named = int | NumberRange | str
"""What one word names: a number, a range, standard input, or a line that stands for many."""


class Bare(int):
    """A number without an f where a follow-up's is wanted: it may be meant for an application."""


class OfNoCard(int):
    """The number of a reminder that belongs to no application, "r4"."""


def later_day(text: str, today: date) -> date:
    """A day after today; today itself is left for the use case to refuse."""
    from store.rules.typed.days import parse_day

    with suppress(Refused):
        if parse_day(text, today) == today:
            return today
    return any_day(text, today, later=True)


class NameWords(str):
    """Words that name an application; `tui.cli.naming` finds the one that they fit."""

    __slots__ = ()


def application_id(text: str) -> "int | NameWords":
    """Which application is meant: its number, with or without a leading `#`, or words for it.

    All commands read it here. A number stays a number; words need a letter.
    """
    if re.fullmatch(_FOLLOW_UP, text):
        raise _refuse(f"{quoted(text)} is a follow-up; “rounds list” shows the applications")
    if any(sign.isalpha() for sign in text):
        return NameWords(text)
    return _read_number(text, "rounds list")


def application_ids(
    texts: Sequence[str],
    last: str = "",
    what: str = "",
    read: Callable[[str], object] | None = None,
) -> list[Named]:
    """What names applications in `texts`: numbers, ranges, “-” for standard input.

    This is where several applications are read; `tui.cli.several.selection` finds those meant.

    argparse takes the word `last`, whatever it is, for the one after the numbers, so that of
    “close 1 rejected now” the word in between stands among them. Raises Usage, naming the culprit:
    `what` says what the word after the numbers is, `read` refuses what is none.
    """
    from argparse import ArgumentTypeError

    named: list[Named] = []
    for place, text in enumerate(texts):
        if named and read is not None and _can_read(read, text):
            more = (*texts[place + 1 :], last)
            raise Usage(f"{quoted(more[0])} is one word too many after the {what} {quoted(text)}.")
        try:
            named.append(application_word(text))
        except ArgumentTypeError as wrong:
            raise Usage(f"{wrong}.") from None
    return named


def application_word(text: str) -> Named:
    """The application, the range of them, or standard input, that one word names."""
    if text == STDIN:
        return text
    span = _span(text)
    if span is None:
        return application_id(text)
    if not span.bare:
        raise _refuse(f"{quoted(text)} are follow-ups; “rounds list” shows the applications")
    return span


def _span(text: str) -> NumberRange | None:
    """The range that `text` is; None for anything else."""
    found = re.fullmatch(_SPAN, text)
    if found is None:
        return None
    span = NumberRange(int(found[2]), int(found[4]), bare=not (found[1] + found[3]).strip("#"))
    if span.first > span.last:
        raise _refuse(f"{quoted(text)} ends before it begins: write the lower number first")
    return span


def _can_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except Refused:
        return False
    return True


def follow_up_word(text: str) -> Named:
    """The follow-up, the range of them, standard input, the line of “rounds due” that stands for
    many, or the reminder of no application, that one word names."""
    if text in FOLDS or text == STDIN:
        return text
    from store.rules.weekly.reminders import read_reminder_number

    if (reminder := read_reminder_number(text)) is not None:
        return OfNoCard(reminder)
    return _span(text) or follow_up_id(text)


def follow_up_id(text: str) -> int:
    """The number of a follow-up, "f12"; without the f it is `Bare`."""
    if found := re.fullmatch(_FOLLOW_UP, text):
        return _read_number(found[1], "rounds due")
    return Bare(_read_number(text, "rounds due"))


def part_id(text: str) -> int:
    """The number of an interview or a point, with or without a leading `#`."""
    return _read_number(text, "rounds show")


def _read_number(text: str, shown_by: str) -> int:
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 100):
        raise _refuse(f"{quoted(text)} is not a valid ID; “{shown_by}” shows them")
    return int(digits)


def number_between(at_least: int, at_most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds."""

    def read(text: str) -> int:
        if (
            text.isascii()
            and text.isdigit()
            and len(text) < 10
            and (at_least <= int(text) <= at_most)
        ):
            return int(text)
        raise _refuse(f"{quoted(text)} is not a whole number from {at_least} to {at_most:,}")

    return read


def _refuse(sentence: str) -> Exception:
    """What argparse is told of a word; loaded here, since the quickest commands do without."""
    from argparse import ArgumentTypeError

    return ArgumentTypeError(sentence)
