"""Spoiled files for every reader: rows come out, or a sentence; nothing else.

In the short form some hundred files, in the long form 100,000 over all readers. Each is made of a
sample that the reader takes, by random numbers that begin with its reader and number: a failure
names both, so that the file can be made again.
"""

import io
import random
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from readers import bad_files
from readers.spoiled import spoiled

from store.clock import FixedClock
from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.incoming import Incoming, Parsed, Problem
from store.exchange.lines import read_lines
from store.exchange.mail import read_piped
from store.exchange.postings.posting import read_posting
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules import fields
from store.rules.text import Refused, printable
from tests.conftest import LONG
from tests.store.exchange.test_second import content
from tests.tables import each_row

TODAY = date(2026, 11, 28)
CLOCK = FixedClock(datetime(2026, 11, 28, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")))
EXCHANGE = Path(__file__).parents[2] / "store" / "exchange"
FILES = 100_000 if LONG else 240
"""Of all readers together."""
STORED_EVERY = 250 if LONG else 14
"""Of so many files what one gave is brought into a board and taken out again."""


class Reader(NamedTuple):
    """A reader: its name, files that it takes, and how it is asked; that gives how many things it
    found, and raises Refused or AssertionError."""

    name: str
    samples: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], int]


def table(data: bytes) -> int:
    """What an import of a file gives, as far as it keeps what it promises."""
    parsed = read_document(Document.of("file", data), TODAY, zone=CLOCK.zone)
    assert_sound(parsed)
    return len(parsed.rows) + len(parsed.problems) + len(parsed.saved)


def listed(data: bytes) -> int:
    """What `rounds add --from` gives."""
    found, problems = read_lines(data.decode(errors="replace"), TODAY)
    assert_sentences(problems)
    return len(found)


def posting(data: bytes) -> int:
    """What `rounds take` finds in a page or a text."""
    found = read_posting(Document.of("file", data), CLOCK.zone)
    for name, value in found.values().items():
        for text in value if isinstance(value, tuple) else (value,):
            assert not isinstance(text, str) or text == printable(text), name
        if isinstance(value, str) and name in fields.APPLICATION:
            assert len(value) <= fields.APPLICATION[name].limit, name
    assert_sentences(Problem(1, remark) for remark in found.remarks)
    return 1


def files(*names: str) -> Callable[[], Sequence[bytes]]:
    """Samples and second files with these beginnings of their names."""

    def samples() -> Sequence[bytes]:
        found = [
            content(path.name) if path.parent.name == "second" else path.read_bytes()
            for room in ("samples", "second")
            for path in sorted((EXCHANGE / room).iterdir())
            if path.name.startswith(names)
        ]
        assert found, names
        return found

    return samples


def workbooks() -> Sequence[bytes]:
    """A workbook with dates and shared texts, and a small one."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Company", "Role", "Status", "Applied", "Salary", "Notes"])
    for number in range(9):
        sheet.append([f"Company {number}", "SRE", "Applied", TODAY, 90_000.5, "a\nb"])
    made = io.BytesIO()
    book.save(made)
    rows = bad_files.xlsx_row(1, "Company", "Role") + bad_files.xlsx_row(2, "Globex", "SRE")
    return [made.getvalue(), bad_files.xlsx(rows)]


def open_documents() -> Sequence[bytes]:
    """A workbook of the other kind."""
    rows = bad_files.ods_row("Firma", "Stelle", "Datum") + bad_files.ods_row(
        "Globex", "SRE", "3.11.2026", rows=3
    )
    return [bad_files.ods(rows)]


PAGES = (
    b"""<!doctype html><html lang="de"><head><title>SRE (m/w/d) bei Globex | Jobs</title>
<meta property="og:title" content="SRE"><link rel="canonical" href="https://x.example/1">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type":
["JobPosting", "Thing"], "title": "SRE", "hiringOrganization": {"name": "Globex"}, "jobLocation":
[{"address": {"addressLocality": "Bern", "addressCountry": {"name": "CH"}}}], "jobLocationType":
"TELECOMMUTE", "datePosted": "2026-11-02", "validThrough": "2026-12-24T23:59:59Z", "baseSalary":
{"currency": "CHF", "value": {"minValue": 90000, "maxValue": "110000", "unitText": "YEAR"}},
"employmentType": ["FULL_TIME"], "identifier": {"value": 7}, "description":
"&lt;p&gt;Keep it up.&lt;/p&gt;<ul><li>Go</li></ul>"}]}</script><script>if (a < b) {}</script>
</head>
<body><nav>Home</nav><main><h1>SRE</h1><p>We look for you.<br>Salary: 90k to 110k</p>
<h2>Requirements</h2><ul><li>Five years of Go<li>German &amp; English</ul></main></body></html>""",
    b"Globex is hiring\n\nSite Reliability Engineer (f/m/d)\nBerlin, remote\nSalary: 90.000 EUR\n\n"
    b"Your profile\n- Go\n- Kubernetes\n\nApply by 24.12.2026: https://jobs.x.example/globex/7\n",
    b"https://boards.greenhouse.io/globex/jobs/4011?gh_src=x\n",
)

LISTS = (
    b"Globex; SRE; yesterday; #remote; https://x.example/1\nInitech; Dev; note: a: b; second\n",
    b'company,role,applied,tags\n"Globex, Inc.",SRE,2026-11-02,#a #b\nHooli,Dev,,\n',
)

MAIL_SAMPLES = Path(__file__).parents[2] / "store/exchange/mail/samples"


def mailboxes() -> Sequence[bytes]:
    """Mailboxes, messages and calendar entries."""
    return [path.read_bytes() for path in sorted(MAIL_SAMPLES.rglob("*")) if path.is_file()]


def mail(data: bytes) -> int:
    """How many messages are in it; each is fit to be kept."""
    box = read_piped(data, CLOCK.zone, CLOCK.now())
    assert_sentences(box.problems)
    for one in box.messages:
        for text in one.read.letter[1:5]:
            assert text == printable(text)
    return len(box.messages)


READERS = (
    Reader("LinkedIn", files("li", "linkedin"), table),
    Reader("Simplify", files("simplify"), table),
    Reader("Careerflow", files("careerflow"), table),
    Reader("JobSync", files("jobsync"), table),
    Reader("Teal", files("teal"), table),
    Reader("Huntr", files("huntr"), table),
    Reader("JustAJobApp", files("justajobapp"), table),
    Reader("Reactive Resume", files("reactive"), table),
    Reader("Trello", files("trello"), table),
    Reader("jobhound", files("jobhound"), table),
    Reader("jobless", files("jobless"), table),
    Reader("ghosted", files("ghosted"), table),
    Reader("career-ops", files("career_ops"), table),
    Reader("own table", files("own"), table),
    Reader("xlsx", workbooks, table),
    Reader("ods", open_documents, table),
    Reader("list of lines", lambda: LISTS, listed),
    Reader("posting", lambda: PAGES, posting),
    Reader("mail", mailboxes, mail),
)
"""A further reader is a line here: its name, samples, and what asks it."""


def assert_sentences(problems: Iterable[Problem]) -> None:
    """Each is one line that no terminal obeys, with the line of the file."""
    for problem in problems:
        assert problem.sentence == printable(problem.sentence)
        assert "\n" not in problem.sentence
        assert len(problem.sentence) < 2_000
        assert problem.line >= 1


def assert_sound(parsed: Parsed) -> None:
    """What is read is fit to be stored."""
    assert_sentences((*parsed.problems, *parsed.saved))
    for row in parsed.rows:
        for name, field in fields.APPLICATION.items():
            text = getattr(row, name, "")
            assert text == printable(text), name
            assert len(text) <= field.limit, name
            assert text or not field.required, name
        assert len(row.note) <= fields.NOTE.limit
        days = [row.applied_on, row.closed_on, *(step.on for step in row.path)]
        assert all(date(2000, 1, 1) <= on <= TODAY for on in days if on is not None)
        places = [step.stage.place for step in row.path]
        assert places == sorted(set(places))


@cache
def samples_of(name: str) -> Sequence[bytes]:
    return next(reader for reader in READERS if reader.name == name).samples()


@cache
def all_samples() -> Sequence[bytes]:
    return [sample for reader in READERS for sample in samples_of(reader.name)]


@each_row("reader", READERS, ids=lambda reader: reader.name)
def test_the_samples_themselves_are_read(reader: Reader) -> None:
    for sample in samples_of(reader.name)[:3]:
        assert reader.read(sample)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_spoiled_files(reader: Reader, tmp_path: Path, figure: Callable[..., None]) -> None:
    refused = read = stored = 0
    inputs = -(-FILES // len(READERS))
    with warnings.catch_warnings(), closing(open_database(tmp_path / "b.db", CLOCK)) as database:
        warnings.simplefilter("ignore")  # of archives with one file twice
        pipeline = Pipeline(database)
        for number in range(inputs):
            chance = random.Random(f"{reader.name} {number}")
            data = spoiled(chance, chance.choice(samples_of(reader.name)), all_samples())
            try:
                reader.read(data)
                read += 1
                if number % STORED_EVERY == STORED_EVERY - 1 and reader.read is table:
                    parsed = read_document(Document.of("file", data), TODAY)
                    stored += brought_in(pipeline, parsed.rows)
            except Refused as told:
                refused += 1
                assert_sentences([Problem(1, str(told))])
            except Exception as error:
                raise AssertionError(f"{reader.name}, number {number}") from error
    found = f"{read:,} read, {refused:,} refused in a sentence, {stored:,} stored and undone"
    figure(f"spoiled files: {reader.name}", inputs, found)
    figure("spoiled files, all", inputs, "0 crashes")


def brought_in(pipeline: Pipeline, rows: Sequence[Incoming]) -> int:
    """Bring rows into the board, see that the same rows are no news, take them out again."""
    if pipeline.bring_in(rows, source="a file").change_id is None:
        return 0
    again = pipeline.bring_in(rows, source="a file")
    assert (again.added, again.merged) == (0, ())
    pipeline.undo()
    return 1
