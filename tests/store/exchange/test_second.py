"""A second file of each format, written from the format's description before its reader was read.

Each has quirks of its own: another order or case of the columns, more of them or fewer, quotes over
several lines, marks of the encoding, other statuses, empty cells, rows twice, umlauts. What must
come in was written down from the files, by hand.
"""

import io
import zipfile
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from store.clock import FixedClock
from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.incoming import Acquaintance, Answer, Incoming, Parsed, StageStep
from store.exchange.known import formats
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.stages import Stage
from store.tables import Application, Note
from tests.tables import each_row

TODAY = date(2026, 11, 28)
ROOM = Path(__file__).with_name("second")
CLOCK = FixedClock(datetime(2026, 11, 28, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")))


def content(name: str) -> bytes:
    """The file; of a folder the zip that its files make."""
    path = ROOM / name
    if not path.is_dir():
        return path.read_bytes()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(path))
    return made.getvalue()


@cache
def read(name: str) -> Parsed:
    return read_document(Document.of(name, content(name)), TODAY)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}" if len(text) == 5 else text)


class Row(NamedTuple):
    """What one row must say: who, what, the day of applying, how far, how it ended, and when."""

    company: str
    role: str
    applied: str | None
    standing: str
    ended: str | None = None


class Second(NamedTuple):
    """A file, its format, its rows, the companies of what was only saved, lines to look at."""

    file: str
    format: str
    rows: list[Row]
    saved: list[str]
    problems: list[str] = []  # noqa: RUF012


BAKERY = "Bäckerei Größenwahn GmbH & Co. KG"
HOOLI = "Nucleus Lead"
SRE = "Site Reliability Engineer"

SECOND = [
    Second(
        "linkedin",
        "LinkedIn",
        [
            Row(BAKERY, "Leiter (m/w/d) Digitales", "08-15", "applied"),
            Row("Globex", SRE, "08-15", "applied"),
            Row("Hooli, Inc.", 'Engineer, Nucleus "Core"', "2025-12-01", "applied"),
            Row("Initrode", "Data Analyst", "08-15", "applied"),
            Row("Globex", SRE, "01-09", "applied"),
            Row("Hooli, Inc.", 'Engineer, Nucleus "Core"', "2025-12-01", "applied"),
            Row("Łódź Software", "Tester", "02-03", "applied"),
        ],
        [BAKERY, "Globex"],
        ["Job Applications_1.csv, line 3: No company; the row was left out."],
    ),
    Second(
        "simplify.csv",
        "Simplify",
        [
            Row("Globex", SRE, "10-01", "applied"),
            Row("Müller, Söhne & Co", "Büroleiter", "09-03", "first"),
            Row("Umbrella", "Chemist", "07-01", "applied rejected", "07-15"),
            Row("Hooli", HOOLI, "06-30", "offer no-response", "08-20"),
            Row("Globex", SRE, "10-01", "first"),
        ],
        ["Initech"],
    ),
    Second(
        "careerflow.csv",
        "Careerflow",
        [
            Row("Ångström Labs AB", "Optics Engineer", "10-02", "applied"),
            Row("Tyrell", "Replicant QA", "09-12", "first"),
            Row('Soylent "Green"', "Food Scientist", "05-05", "first rejected", "06-01"),
            Row("Cyberdyne", "Robotics Lead", "04-01", "offer"),
        ],
        ["Weyland-Yutani"],
    ),
    Second(
        "jobsync.csv",
        "JobSync",
        [
            Row("Globex", "SRE", "11-03", "applied"),
            Row("Initech", 'Analyst; "TPS"', "10-10", "first"),
            Row("Hooli", HOOLI, "09-01", "offer"),
            Row("Umbrella", "Chemist", "08-01", "applied rejected"),
            Row("Pied Piper", "Compression Lead", "05-05", "applied no-response"),
        ],
        ["Ærø Værft", "Vandelay"],
    ),
    Second(
        "teal.csv",
        "Teal",
        [
            Row("Globex", SRE, "10-05", "applied"),
            Row("Hafenamt Köln", "Lotse / Pilotin", "09-01", "first"),
            Row("Hooli", HOOLI, "07-01", "offer"),
            Row("Brotland", "Baker", "06-01", "offer accepted", "08-01"),
            Row("Umbrella", "Chemist", "05-01", "applied no-response", "09-30"),
        ],
        ["Bibliothèque Nationale"],
    ),
    Second(
        "huntr",
        "Huntr",
        [
            Row("Globex", SRE, "10-02", "applied"),
            Row("Hooli", HOOLI, "08-01", "first"),
            Row("Umbrella", "Chemist", "05-01", "applied rejected", "06-01"),
        ],
        ["Straßenbau Süd"],
    ),
    Second(
        "huntr.csv",
        "Huntr",
        [Row("Initech", "TPS Analyst", "03-01", "offer")],
        ["Vandelay"],
    ),
    Second(
        "justajobapp_emails.csv",
        "JustAJobApp",
        [
            Row("Globex", SRE, "10-01", "first"),
            Row("Umbrella", "Role unknown", "09-02", "applied rejected", "09-30"),
            Row("Hooli", "Role unknown", "08-01", "offer"),
            Row("Café Ole", "Role unknown", "06-01", "applied cancelled", "06-01"),
        ],
        [],
        [f"line {line}: No role is named; “Role unknown” stands for it." for line in (4, 6, 10)],
    ),
    Second(
        "reactive_resume.csv",
        "Reactive Resume",
        [
            Row("Globex", "SRE", "10-05", "applied"),
            Row("Wörld of Tomorrow", "Kuratorin", None, "first"),
            Row("Hooli", "Lead", None, "offer"),
            Row("Umbrella", "Chemist", None, "applied rejected", "07-15"),
            Row("Tyrell", "QA", None, "first"),
        ],
        ["Initech"],
    ),
    Second(
        "trello.csv",
        "Trello",
        [
            Row("Globex", SRE, "10-02", "applied"),
            Row("Umbrella", "Chemist", None, "applied rejected", "06-03"),
            Row("Hooli", HOOLI, None, "first"),
        ],
        ["Bäckerei Groß"],
    ),
    Second(
        "trello.json",
        "Trello",
        [
            Row("Hooli", HOOLI, "10-06", "first"),
            Row("Umbrella", "Chemist", None, "applied rejected"),
        ],
        ["Straßenbau Süd"],
    ),
    Second(
        "jobhound.json",
        "jobhound",
        [
            Row("Globex", SRE, "10-01", "applied"),
            Row("Initech", "Analyst", "09-01", "first"),
            Row("Hooli", "Lead", "07-01", "offer declined"),
            Row("Umbrella", "Chemist", "05-01", "applied no-response"),
            Row("Tyrell", "QA", "04-01", "applied withdrawn"),
            Row("Brotland", "Baker", "03-01", "offer accepted"),
        ],
        ["Müllabfuhr Köln"],
    ),
    Second(
        "jobless.json",
        "jobless",
        [
            Row("Globex", SRE, "10-01", "first"),
            Row("Umbrella", "Chemist", "05-01", "applied cancelled"),
            Row("Hooli", "Lead", "04-01", "applied no-response"),
            Row("Initech", "Analyst", "08-01", "offer"),
            Row("Tyrell", "QA", "03-15", "applied withdrawn"),
        ],
        ["Käserei Öhi"],
    ),
    Second(
        "ghosted.json",
        "ghosted",
        [
            Row("Globex", SRE, "10-01", "first"),
            Row("Hooli", "Lead", "07-01", "offer accepted"),
            Row("Umbrella", "Chemist", "05-01", "applied withdrawn"),
        ],
        ["Fleischerei Schön"],
    ),
    Second(
        "career_ops_applications.md",
        "career-ops",
        [
            Row("Globex", SRE, "10-01", "applied"),
            Row("Initech", "TPS Analyst", "09-15", "applied"),
            Row("Hooli", HOOLI, "08-30", "first"),
            Row("Umbrella", "Chemist", "06-01", "applied rejected"),
        ],
        ["Bürgeramt Mitte", "Vandelay", "Tyrell"],
    ),
]


def told(row: Incoming) -> Row:
    def written(on: date | None) -> str | None:
        return str(on).removeprefix("2026-") if on else None

    standing = f"{row.stage} {row.outcome or ''}".strip()
    return Row(row.company, row.role, written(row.applied_on), standing, written(row.closed_on))


@each_row("second", SECOND, ids=lambda second: second.file)
def test_what_is_in_the_file_comes_in(second: Second) -> None:
    parsed = read(second.file)
    assert parsed.format == second.format
    assert [told(row) for row in parsed.rows] == second.rows
    assert [problem.sentence.split("”")[0].lstrip("“") for problem in parsed.saved] == second.saved
    assert [f"{one.where}: {one.sentence}" for one in parsed.problems] == second.problems
    assert not parsed.guessed
    assert all(status.meaning for status in parsed.statuses)


def test_each_format_has_such_a_file() -> None:
    # Ours is written by the program itself: see tests/store/export.
    readable = {known.name for known in formats() if not known.skip and not known.saved}
    readable.remove("rounds")
    assert {second.format for second in SECOND} == readable


@pytest.mark.parametrize("second", SECOND, ids=lambda second: second.file)
def test_it_comes_in_once(second: Second, tmp_path: Path) -> None:
    """Into a board; what the file says twice is one application; a second import adds nothing."""
    parsed = read(second.file)
    once = {(row.company, row.role, row.applied) for row in second.rows}
    with closing(open_database(tmp_path / "board.db", CLOCK)) as database:
        pipeline = Pipeline(database)
        report = pipeline.bring_in(parsed.rows, source=parsed.source)
        assert report.added == len(once)
        again = pipeline.bring_in(parsed.rows, source=parsed.source)
        assert (again.added, again.merged, again.change_id) == (0, (), None)
        pipeline.undo()
        with database.writing() as session:
            assert session.exec(select(Application)).all() == []


def test_rows_about_one_application_are_put_together(tmp_path: Path) -> None:
    """Simplify's list has Globex twice: the later row is further, and has a note."""
    with closing(open_database(tmp_path / "board.db", CLOCK)) as database:
        Pipeline(database).bring_in(read("simplify.csv").rows, source="Simplify")
        with database.writing() as session:
            (globex,) = session.exec(select(Application).where(Application.company == "Globex"))
            assert (globex.stage, globex.stage_since) == ("first", day("10-09"))
            notes = session.exec(select(Note.text).where(Note.application_id == globex.id)).all()
            assert notes == ["called back"]


def row(file: str, company: str) -> Incoming:
    return next(row for row in read(file).rows if row.company == company)


@each_row(
    ("file", "company", "fields"),
    [
        (
            "linkedin",
            BAKERY,
            {
                "cv_version": "Lebenslauf_Mia.pdf",
                "url": "https://www.linkedin.com/jobs/view/4012345678",
                "note": "Haben Sie einen Führerschein? Ja\nGehaltsvorstellung (brutto)? 62.000 €\n"
                "How did you hear of us? A friend: Jo",
                "contact_email": "",
                "source": "LinkedIn",
            },
        ),
        (
            "linkedin",
            "Hooli, Inc.",
            {"note": "Why us? First line\nsecond line, with a comma\nYears with Go? 3"},
        ),
        (
            "simplify.csv",
            "Müller, Söhne & Co",
            {
                "note": 'Tel. mit Frau Groß\nam Montag; "sehr nett"',
                "steps": (StageStep(Stage.FIRST, day("09-20")),),
            },
        ),
        (
            "careerflow.csv",
            "Cyberdyne",
            {
                "steps": (
                    StageStep(Stage.FIRST, day("04-20")),
                    StageStep(Stage.OFFER, day("05-15")),
                ),
                "salary": "$180k - $200k",
                "tags": ("dream", "remote"),
            },
        ),
        (
            "careerflow.csv",
            "Ångström Labs AB",
            {"location": "Malmö", "source": "Referral", "tags": ("optics", "sweden")},
        ),
        ("jobsync.csv", "Globex", {"location": "", "tags": ("Full Time", "Remote")}),
        ("teal.csv", "Globex", {"salary": "150000–180000 USD per year", "source": "LinkedIn"}),
        ("teal.csv", "Hafenamt Köln", {"salary": "30 EUR per hour", "location": "Köln"}),
        (
            "huntr",
            "Globex",
            {
                "posting_text": "Keep it up.\n- Go\n- Kubernetes",
                "note": "2026-10-02 Apply\nto do Follow Up: Send thank-you note",
            },
        ),
        (
            "huntr",
            "Hooli",
            {
                "steps": (StageStep(Stage.FIRST, day("08-20")),),
                "note": "2026-08-20 Phone Screen: Phone screen with Gavin\n"
                "Asked about compression;\nbe brief",
                "posting_text": "A & B",
            },
        ),
        ("huntr.csv", "Initech", {"posting_text": "Reports\nMore reports", "note": ""}),
        ("justajobapp_emails.csv", "Hooli", {"steps": (StageStep(Stage.OFFER, day("08-20")),)}),
        ("reactive_resume.csv", "Globex", {"tags": ("go", "k8s", "remote"), "salary": "$150k"}),
        (
            "reactive_resume.csv",
            "Wörld of Tomorrow",
            {"note": "erster Anruf;\nfreundlich", "steps": (StageStep(Stage.FIRST, day("09-18")),)},
        ),
        (
            "trello.csv",
            "Globex",
            {"tags": ("remote", "dream"), "url": "https://globex.example/jobs/1"},
        ),
        ("trello.csv", "Umbrella", {"note": 'multi\nline "quoted" text', "url": ""}),
        (
            "trello.json",
            "Hooli",
            {"steps": (StageStep(Stage.FIRST, day("10-20")),), "url": "https://hooli.example/j/3"},
        ),
        (
            "jobhound.json",
            "Globex",
            {
                "salary": "$150k-$180k",
                "contact_name": "Zoë van der Berg",
                "url": "https://globex.example/jobs/1",
                "next_step": "Follow up",
                "tags": ("go", "remote"),
            },
        ),
        ("jobless.json", "Globex", {"note": "first line\nsecond line"}),
        (
            "ghosted.json",
            "Globex",
            {
                "salary": "150000–180000",
                "contact_email": "zoe@globex.example",
                "note": "Referred by Zoë\n\ninterviews: 2026-10-14T15:00:00-07:00; phone; short; "
                "Zoë van der Berg",
                "cv_version": "v3",
                "letter_version": "globex.md",
                "tags": ("remote",),
            },
        ),
        ("career_ops_applications.md", "Globex", {"note": "Referral by Zoë | call her"}),
    ],
)  # fmt: skip
def test_the_other_fields_come_along(file: str, company: str, fields: dict[str, Any]) -> None:
    found = row(file, company)
    assert {name: getattr(found, name) for name in fields} == fields


def test_linkedin_tells_whom_the_user_knows_there() -> None:
    assert read("linkedin").people == (
        Acquaintance("Globex", "Zoë van der Berg, PhD", "Head of Talent"),
    )


def test_linkedins_saved_answers_are_told_each_once() -> None:
    assert read("linkedin").answers == (
        Answer("Are you legally allowed to work in Germany?", "Yes"),
        Answer('How many years of experience do you have with "Python"?', "8"),
        Answer("What is your notice period?", "3 months, to the end of a month"),
    )


def test_a_workbook_of_careerflow_has_its_days_as_numbers() -> None:
    """The rows of the CSV again, as the exporter writes its workbook."""
    import csv

    import openpyxl

    lines = list(csv.reader(content("careerflow.csv").decode().splitlines()))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        cells: list[Any] = list(line)
        for place, name in enumerate(lines[0]):
            if name.startswith("DATE") and line is not lines[0] and line[place]:
                moment = datetime.fromisoformat(line[place])
                first = datetime(1899, 12, 30)  # noqa: DTZ001  # as spreadsheets keep them
                cells[place] = (moment - first).total_seconds() / 86_400
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    parsed = read_document(Document.of("jobs_export.xlsx", made.getvalue()), TODAY)
    assert parsed.format == "Careerflow"
    assert [told(row) for row in parsed.rows] == SECOND[2].rows
