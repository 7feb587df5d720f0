"""How single words of the command line are read; each raises Usage with a sentence."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from store.rules.followups.rank import FOLDS
from store.rules.stages import Stage, read_stage
from store.rules.text import Refused, quoted

T = TypeVar("T")

LARGEST_ID = 2**63 - 1
"""No id is larger: SQLite counts in 64 bits."""
MINUTES_AT_MOST = 24 * 60
DAYS_AT_MOST = 3_660


class Usage(Exception):
    """The command line cannot be understood, whatever the board holds (exit code 2)."""


def understood(read: Callable[[], T]) -> T:
    """What `read` gives; its Refused, about words typed, becomes Usage."""
    try:
        return read()
    except Refused as refusal:
        raise Usage(str(refusal)) from None


def stage_named(text: str | None) -> Stage | None:
    """The stage that `text` names. None stays None."""
    return None if text is None else understood(lambda: read_stage(text))


def past_day(text: str | None, today: date) -> date | None:
    """The day on which something happened: "fri" is the last Friday. None stays None."""
    if text is None:
        return None
    from store.rules.typed.days import parse_day

    return understood(lambda: parse_day(text, today, past=True))


def any_day(text: str, today: date) -> date:
    """A day before or after today; one without a year or month is the next such day."""
    from store.rules.typed.days import parse_day

    return understood(lambda: parse_day(text, today))


def coming_day(text: str, today: date) -> date:
    """The day on which something shall happen: "fri" is the next Friday."""
    from store.rules.typed.days import parse_day

    return understood(lambda: parse_day(text, today, future=True))


def application_id(text: str) -> int:
    """The number of an application, with or without a leading `#`."""
    return _numbered(text, "rounds list")


def follow_up_id(text: str) -> int | str:
    """The number of a follow-up, or the name of the fold that “rounds due” tells in one line."""
    return text if text in FOLDS else _numbered(text, "rounds due")


def part_id(text: str) -> int:
    """The number of an interview or a point, with or without a leading `#`."""
    return _numbered(text, "rounds show")


def _numbered(text: str, shown_by: str) -> int:
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 100):
        raise _wrong(f"{quoted(text)} is no number; “{shown_by}” shows them")
    return min(int(digits), LARGEST_ID)


def counted(at_least: int, at_most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds."""

    def read(text: str) -> int:
        if (
            text.isascii()
            and text.isdigit()
            and len(text) < 10
            and (at_least <= int(text) <= at_most)
        ):
            return int(text)
        raise _wrong(f"{quoted(text)} is no whole number from {at_least} to {at_most:,}")

    return read


def _wrong(sentence: str) -> Exception:
    """What argparse is told of a word; loaded here, since the quickest commands do without."""
    from argparse import ArgumentTypeError

    return ArgumentTypeError(sentence)
