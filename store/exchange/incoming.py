"""What every import format turns its file into, and what bringing it in reports."""

from dataclasses import dataclass
from datetime import date

from store.rules.stages import Stage


@dataclass(frozen=True, slots=True)
class Incoming:
    """One application read from a file; texts are clean and within their limits.

    `line` is the line in the file on which the row begins, counted from 1. `applied_on` is None
    when the file gives no day or one that cannot be read.
    """

    line: int
    company: str
    role: str
    applied_on: date | None
    url: str = ""
    contact_email: str = ""
    contact_name: str = ""
    cv_version: str = ""
    location: str = ""
    source: str = ""
    salary: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    stage: Stage = Stage.APPLIED


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one line of the file that the user should know."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read: the applications in it, and what could not be read."""

    format: str
    """The name of the format for people: "LinkedIn"."""
    rows: tuple[Incoming, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import added, or would add, to the board.

    `duplicates` are the rows left out since they are there already; `change_id` is None when
    nothing was written. `earlier` tells of employers of the new rows that had applications before,
    each at its first row.
    """

    added: int
    duplicates: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    change_id: int | None
    earlier: tuple[Problem, ...] = ()
