"""What every import format turns its file into, and what bringing it in reports."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from store.rules.fields import NOTE
from store.rules.stages import Outcome, Stage


class StageStep(NamedTuple):
    """A stage that was reached after applying; `on` is None when the file does not say when."""

    stage: Stage
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One application read from a file; texts are clean and within their limits.

    `line` is the line in the file on which the row begins, counted from 1. `applied_on` is None
    when the file gives no day or one that cannot be read. `steps` lead from applied to `stage`,
    with their days where the file has those; `closed_on` is None for an end without a day.
    `offer_deadline_on` is only there for an offer that is open.
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
    letter_version: str = ""
    channel: str = ""
    via_recruiter: str = ""
    posting_text: str = ""
    next_step: str = ""
    closing_on: date | None = None
    offer_deadline_on: date | None = None
    steps: tuple[StageStep, ...] = ()
    outcome: Outcome | None = None
    closed_on: date | None = None
    file: str = ""
    """The file within an archive, or the sheet of a workbook, that it comes from."""

    @property
    def path(self) -> tuple[StageStep, ...]:
        """The stages after applied, up to the one in which it is."""
        if self.steps and self.steps[-1].stage is self.stage:
            return self.steps
        return () if self.stage is Stage.APPLIED else (*self.steps, StageStep(self.stage))

    @property
    def is_undated(self) -> bool:
        """Whether the file does not tell when it came to where it stands: its stage, or its end."""
        if self.outcome is not None:
            return self.closed_on is None
        return bool(self.path) and self.path[-1].on is None

    def together_with(self, other: "Incoming") -> "Incoming":
        """This one with what another row about the same application tells beyond it: a further
        stage, an end, fields that are empty here, its note below the one that is here."""
        news: dict[str, Any] = {
            field.name: getattr(other, field.name)
            for field in _FIELDS
            if not getattr(self, field.name)
        }
        if other.stage.place > self.stage.place:
            news |= {"stage": other.stage, "steps": other.steps}
        if self.outcome is None:
            news |= {"outcome": other.outcome, "closed_on": other.closed_on}
        if self.note and other.note and other.note not in self.note:
            both = f"{self.note}\n\n{other.note}"
            news["note"] = both if len(both) <= NOTE.limit else self.note
        news = {name: value for name, value in news.items() if value != getattr(self, name)}
        return dataclasses.replace(self, **news) if news else self


_FIELDS = tuple(
    field
    for field in dataclasses.fields(Incoming)
    if field.name not in ("stage", "steps", "outcome", "closed_on")
)


class Problem(NamedTuple):
    """Something about one line of the file that the user should know.

    `file` names the file within an archive, or the sheet of a workbook, where there are several.
    """

    line: int
    sentence: str
    file: str = ""

    @property
    def where(self) -> str:
        """ "line 12"; "Job Applications_1.csv, line 12"."""
        return f"{self.file}, line {self.line}" if self.file else f"line {self.line}"


class FileColumn(NamedTuple):
    """A column of the file: its name there, what it is taken for ("" for nothing), an example."""

    name: str
    target: str
    example: str = ""


class Status(NamedTuple):
    """A status in the file: how it is spelled, on how many rows, and what it is taken for.

    `meaning` is "" for one that says nothing known.
    """

    name: str
    rows: int
    meaning: str


class Acquaintance(NamedTuple):
    """Somebody whom the user knows, and where they work."""

    company: str
    name: str
    position: str = ""


class Answer(NamedTuple):
    """An answer that the user gave in a form of which it is not known whose it was."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read: the applications in it, and what could not be read."""

    format: str
    """The name of the format for people: "LinkedIn"."""
    rows: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    saved: tuple[Problem, ...] = ()
    """Postings that were only kept for later: there is no application yet."""
    columns: tuple[FileColumn, ...] = ()
    statuses: tuple[Status, ...] = ()
    headers: str = ""
    """Names the set of columns, so that what was said about them can be remembered."""
    people: tuple[Acquaintance, ...] = ()
    """Whom the user knows at the employers of the rows, where the file tells."""
    answers: tuple[Answer, ...] = ()
    """What the user answered in forms, each question once, where the file names no application."""
    source: str = ""
    """What the timeline says that it came from: the format, or the name of the user's own file."""
    guessed: bool = False
    """Whether what the columns are was guessed from their names."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import added and brought up to date, or would.

    `duplicates` are the rows left out since they are there already; `merged` those that told
    something new of an application that is there; `change_id` is None when nothing was written.
    `earlier` tells of employers of the new rows that had applications before, each at its first
    row.
    """

    added: int
    duplicates: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    change_id: int | None
    earlier: tuple[Problem, ...] = ()
    merged: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    """Sentences that the user should know, though all was done."""
    twice: int = 0
    """How many of the `duplicates` say again what another row of the file says."""
    undated: int = 0
    """Of how many it is not known when they came to where they stand: see `Incoming.is_undated`."""
