"""Tables for spreadsheets: applications, interviews, contacts and follow-ups.

A cell that a spreadsheet would take for a formula gets an apostrophe in front; `rounds import`
takes it off again (see `store.exchange.cells`). Lines end as RFC 4180 has it.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from store.export.board import Row
from store.rules.stages import INTERVIEW_STAGES, Stage
from store.rules.text import printable
from store.zones import zone_named

_FORMULA = re.compile(r"'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
"""How cells begin that are formulas to one spreadsheet or another, with or without a guard; the
full-width signs are so where these are typed (OWASP, “CSV injection”)."""

_PLACES = {stage.value: stage.place for stage in Stage}


def guard(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def stage_days(application: Row) -> dict[str, str]:
    """By stage the day on which it was reached, up to the one in which it stands."""
    place = _PLACES[application["stage"]]
    return {
        move["to_stage"]: move["moved_on"]
        for move in application["moves"]
        if not move["undated"] and _PLACES[move["to_stage"]] <= place
    }


def local(instant: str | None, zone: str) -> str:
    """An instant by the clocks of `zone`, with its distance from UTC: as ISO 8601 has it."""
    if instant is None:
        return ""
    return datetime.fromisoformat(instant).astimezone(zone_named(zone)).isoformat("T", "minutes")


def main_contact(application: Row) -> Row:
    """The person to write to; an empty one where nobody is marked."""
    return next((one for one in application["contacts"] if one["main"]), {})


def _application(row: Row) -> Sequence[Any]:
    days, contact = stage_days(row), main_contact(row)
    return (
        row["id"], row["company"], row["role"], row["stage"], row["outcome"], row["applied_on"],
        *(days.get(stage) for stage in (*INTERVIEW_STAGES, Stage.OFFER)), row["closed_on"],
        row["location"], row["url"], row["source"], row["salary"], "; ".join(row["tags"]),
        contact.get("name"), contact.get("email"), row["via_recruiter"], row["channel"],
        row["cv_version"], row["letter_version"], row["next_step"], row["posted_on"],
        row["closing_on"], row["expected_by"], row["offer_deadline_on"], row["reason"],
        row["lesson_keep"], row["lesson_change"], row["why_role"], row["why_company"],
        "\n\n".join(note["text"] for note in row["notes"]), row["posting_text"],
        row["created_at"], row["updated_at"],
    )  # fmt: skip


APPLICATION = (
    "ID", "Company", "Role", "Stage", "Outcome", "Applied", "Reached first", "Reached second",
    "Reached offer", "Closed", "Location", "Posting", "Source", "Salary", "Tags", "Contact",
    "Email", "Recruiter", "Applied through", "CV", "Cover letter", "Next step", "Posted",
    "Closing date", "They decide by", "Offer deadline", "Reason", "Keep", "Change",
    "Why this role", "Why this company", "Notes", "Job posting", "Added", "Changed",
)  # fmt: skip
"""The columns of applications.csv; `formats/rounds.toml` says how they are read again."""


def application_cells(row: Row) -> list[str]:
    """The cells of an application under `APPLICATION`, not guarded."""
    return list(map(_text, _application(row)))


def _interviews(row: Row) -> Iterator[Sequence[Any]]:
    names = {contact["id"]: contact["name"] for contact in row["contacts"]}
    with_: dict[int, list[str]] = {}
    for one in row["interviewers"]:
        with_.setdefault(one["interview_id"], []).append(names.get(one["contact_id"], ""))
    for one in row["interviews"]:
        yield (
            *_whose(row), one["id"], one["stage"], one["round"], one["status"],
            local(one["starts_at"], one["zone"]), one["minutes"], one["zone"], one["place"],
            ", ".join(filter(None, with_.get(one["id"], ()))) or one["people"],
            "; ".join(one["formats"]), one["invited_on"], one["kept"], one["called_off_by"],
        )  # fmt: skip


def _contacts(row: Row) -> Iterator[Sequence[Any]]:
    for one in row["contacts"]:
        yield (
            *_whose(row), one["id"], one["name"], one["title"], one["email"], one["phone"],
            one["link"], one["relation"], one["main"], one["common_ground"], one["background"],
        )  # fmt: skip


def _follow_ups(row: Row) -> Iterator[Sequence[Any]]:
    for one in row["follow_ups"]:
        yield (
            *_whose(row), f"f{one['id']}", one["label"], one["snoozed_to"] or one["due_on"],
            one["due_at"] if one["snoozed_to"] is None else None, one["state"], one["done_on"],
            one["reason"], one["action"], one["nth"], one["of"],
        )  # fmt: skip


def _whose(row: Row) -> Sequence[Any]:
    return row["id"], row["company"], row["role"]


_WHOSE = ("Application", "Company", "Role")
TABLES: Mapping[str, tuple[Sequence[str], Callable[[Row], Iterable[Sequence[Any]]]]] = {
    "applications.csv": (APPLICATION, lambda row: (_application(row),)),
    "interviews.csv": (
        (*_WHOSE, "Interview", "Stage", "Round", "Status", "Starts", "Minutes", "Time zone",
         "Place", "With", "Format", "Invited", "Took place", "Called off by"),
        _interviews,
    ),
    "contacts.csv": (
        (*_WHOSE, "Contact", "Name", "Title", "Email", "Phone", "Link", "Relation", "Main",
         "Common ground", "Background"),
        _contacts,
    ),
    "follow-ups.csv": (
        (*_WHOSE, "Follow-up", "What", "Due", "Due at", "State", "Done", "Reason", "Action",
         "Number", "Of"),
        _follow_ups,
    ),
}  # fmt: skip
"""The tables: their columns, and their rows of one application."""


def table_parts(rows: Iterable[Row], name: str = "applications.csv") -> Iterator[str]:
    """The parts of one table."""
    columns, cells = TABLES[name]
    line = CsvLine()
    yield line(columns)
    for row in rows:
        for each in cells(row):
            yield line(each)


def all_tables(rows: Iterable[Row]) -> list[tuple[str, list[str]]]:
    """All tables, by one reading of the board: the name of each file, and its lines."""
    line = CsvLine()
    lines = {name: [line(columns)] for name, (columns, _) in TABLES.items()}
    for row in rows:
        for name, (_, cells) in TABLES.items():
            lines[name] += map(line, cells(row))
    return list(lines.items())


class CsvLine:
    """Makes a line of a table of cells."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="\r\n")

    def __call__(self, cells: Iterable[Any]) -> str:
        self._writer.writerow([guard(_text(cell)) for cell in cells])
        line = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return line


def _text(value: Any) -> str:
    """A plain value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return printable(value) if isinstance(value, str) else str(value)
