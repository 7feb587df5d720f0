"""LinkedIn's data export: `Jobs/Job Applications.csv`.

Every row is an application in the first stage: the export knows no status. The contact columns
hold the applicant's own address and number, so they are never taken for the employer's.
"""

import re
from datetime import date, timedelta

from store.exchange.document import Document, FileFormat, SheetRow, find_sheet
from store.exchange.incoming import Incoming, Parsed, Problem
from store.rules import fields
from store.rules.dates import short_day
from store.rules.text import Refused, clean, quoted

_NAME = "LinkedIn"
_FILE = "Job Applications.csv"
_NEEDED = frozenset({"company name", "job title"})
_TELLING = frozenset({"application date", "resume name", "question and answers"})
_SAVED = frozenset({"saved date", "job title", "company name"})

_WHEN = re.compile(
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})(,?\s.*)?", re.ASCII | re.DOTALL
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})([T\s].*)?", re.ASCII)
_BARS = re.compile(r"(?:^|\s)\|(?=\s|$)")
_ANSWERED = re.compile(r"(?P<question>.*?\?(?=:)|[^:]*:(?!//)):?\s*(?P<answer>.*)")
EARLIEST = date(2003, 5, 5)
"""The day on which LinkedIn opened."""


def read(document: Document, today: date) -> Parsed | None:
    """The applications in LinkedIn's list; None when `document` is something else.

    Raises Refused for LinkedIn's list of saved jobs: nobody has applied for those yet.
    """
    sheet = find_sheet(document.text, _is_header)
    if sheet is None:
        if find_sheet(document.text, _SAVED.issubset):
            raise Refused(
                "This is LinkedIn’s list of saved jobs, not of applications. "
                f"Import “{_FILE}” from the same folder."
            )
        return None
    rows: list[Incoming] = []
    problems = list(sheet.broken)
    if "application date" not in sheet.columns:
        problems.append(Problem(1, "There is no column “Application Date”: the days stay empty."))
    for row in sheet.rows:
        reading = _Reading(row, today, dated="application date" in sheet.columns)
        if (incoming := reading.incoming()) is not None:
            rows.append(incoming)
        problems += reading.problems
    return Parsed(_NAME, tuple(rows), tuple(problems))


def _is_header(columns: frozenset[str]) -> bool:
    return columns >= _NEEDED and bool(columns & _TELLING)


class _Reading:
    """One row on its way to an application, and what was found wrong with it."""

    def __init__(self, row: SheetRow, today: date, *, dated: bool) -> None:
        self.row = row
        self.today = today
        self.dated = dated
        self.problems: list[Problem] = []

    def incoming(self) -> Incoming | None:
        """The application, without the fields that could not be read; None when it has no name."""
        if self.row.surplus:
            self.report("The row has more cells than there are columns; it was left out.")
            return None
        try:
            company = clean(self.row.cell("company name"), fields.APPLICATION["company"])
            role = clean(self.row.cell("job title"), fields.APPLICATION["role"])
        except Refused as refusal:
            self.report(f"{refusal} The row was left out.")
            return None
        return Incoming(
            line=self.row.line,
            company=company,
            role=role,
            applied_on=self.applied_on() if self.dated else None,
            url=self.url(),
            cv_version=self.text("resume name", fields.APPLICATION["cv_version"]),
            source=_NAME,
            note=self.note(),
        )

    def report(self, sentence: str) -> None:
        """Tell the user `sentence` about this row."""
        self.problems.append(Problem(self.row.line, sentence))

    def text(self, column: str, field: fields.Field) -> str:
        """The cell of `column`, cleaned for `field`; empty and reported when it does not fit."""
        return self.fitting(self.row.cell(column), field)

    def fitting(self, text: str, field: fields.Field) -> str:
        """`text` cleaned for `field`; empty and reported when it does not fit."""
        try:
            return clean(text, field) if text else ""
        except Refused as refusal:
            self.report(f"{refusal} It was left empty.")
            return ""

    def url(self) -> str:
        """The address of the posting; only one of the web is taken."""
        url = self.text("job url", fields.APPLICATION["url"])
        if url and not url.lower().startswith(("https://", "http://")):
            self.report(f"{quoted(url)} is not a web address; it was left empty.")
            return ""
        return url

    def note(self) -> str:
        """The questions that the form asked, with the answers given, one below the other."""
        answers = readable_answers(self.row.cell("question and answers"))
        return self.fitting(answers, fields.NOTE._replace(required=False))

    def applied_on(self) -> date | None:
        """The day of the application; None, and reported, when it cannot be right.

        The export names no zone, so that a day may be ahead of the user's by one.
        """
        text = self.row.cell("application date")
        if not text:
            self.report("There is no application date; the day was left empty.")
            return None
        day = read_day(text)
        if day is None:
            self.report(f"The date {quoted(text)} cannot be read; the day was left empty.")
        elif day > self.today + timedelta(days=1):
            self.report(f"{short_day(day)} is in the future; the day was left empty.")
        elif day < EARLIEST:
            self.report(f"{short_day(day)} is too long ago; the day was left empty.")
        else:
            return min(day, self.today)
        return None


def read_day(text: str) -> date | None:
    """The day in "7/6/23, 2:20 PM" (month first, as LinkedIn writes it) or in ISO form."""
    match = _WHEN.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    try:
        return date(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def readable_answers(text: str) -> str:
    """The answers in "question:answer | question:answer", one to a line, for people to read."""
    lines = (line.strip() for part in _BARS.split(text) for line in part.splitlines())
    return "\n".join(_readable(line) for line in lines if line)


def _readable(line: str) -> str:
    match = _ANSWERED.fullmatch(line)
    return f"{match['question']} {match['answer']}".strip() if match else line


LINKEDIN = FileFormat(_NAME, _FILE, read)
