"""What the tests of exports share: the sample board, and what it exports; a board with something of
each kind in its calendar, and the calendar as icalendar reads it."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock, local_instant
from store.export.board import Row, read_applications, read_tables
from store.export.calendar import calendar_file
from store.export.json import board_parts
from store.export.settings import CalendarChoice
from store.file.database import Database, open_database
from store.model.calendar import BoardCalendar
from store.pipeline import Pipeline
from store.read.calendar import read_calendar
from store.rules.stages import Stage
from tests.conftest import SAMPLE_MADE

Begin = Callable[[Pipeline, FixedClock], object]
Read = Callable[..., Any]


def exported(database: Database, **how: Any) -> str:
    """The whole board as JSON."""
    with closing(database.glance()) as glance, glance.reader.snapshot():
        return "".join(board_parts(glance.reader, **how))


def rows_of(database: Database) -> list[Row]:
    """The applications as formats take them."""
    with closing(database.glance()) as glance, glance.reader.snapshot():
        return list(read_applications(glance.reader, read_tables(glance.reader)))


@pytest.fixture
def new(tmp_path: Path, empty_board: bytes) -> Iterator[Callable[[], Database]]:
    """Makes boards with nothing on them."""
    made: list[Database] = []

    def make() -> Database:
        path = tmp_path / f"new-{len(made)}.db"
        path.write_bytes(empty_board)
        made.append(open_database(path, FixedClock(SAMPLE_MADE)))
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture
def row(pipeline: Pipeline, db: Database) -> Callable[..., Row]:
    """An application that was added with these fields, as formats take it."""

    def make(company: str = "Globex", role: str = "Engineer", **known: Any) -> Row:
        number = pipeline.add(company=company, role=role, **known).application_id
        return next(one for one in rows_of(db) if one["id"] == number)

    return make


def as_file(text: str) -> io.StringIO:
    """`text` as a file that is read."""
    return io.StringIO(text)


def fill(p: Pipeline, clock: FixedClock) -> None:
    """Globex with two interviews, Initech with an offer, Hooli with a posting that closes."""
    p.add(
        "Globex", "Engineer; Backend, Python", url="https://globex.example/jobs/1",
        stage=Stage.FIRST, applied_on=date(2026, 11, 2),
    )  # fmt: skip
    p.interview(
        1,
        local_instant(date(2026, 11, 20), time(10), clock.zone),
        people="Ana Ruiz",
        minutes=45,
        zone="Europe/Berlin",
    )
    p.interview(
        1,
        local_instant(date(2026, 12, 3), time(14), clock.zone),
        people="Ana Ruiz and Bo",
        place="Chausseestr. 12, 3rd floor",
        formats=["panel"],
        stage=Stage.SECOND,
        zone="Europe/Berlin",
    )
    p.point(1, kind="concern", text="little cloud experience", detail="the course in May")
    p.add("Initech", "Writer", stage=Stage.OFFER, applied_on=date(2026, 11, 2))
    p.deadline(2, date(2026, 12, 4), at=time(17))
    p.add("Hooli", "SRE", applied_on=date(2026, 11, 9), closing_on=date(2026, 12, 1))
    p.assignment(3, "Case study", due_on=date(2026, 11, 30))
    p.remind(3, date(2026, 11, 27), "call Ana")
    clock.moment += timedelta(minutes=5)


_OF_THE_CALENDAR = ("test_calendar", "test_calendar_upkeep", "test_notice", "test_readers")


@pytest.fixture
def begin(request: pytest.FixtureRequest, begin: Begin | None) -> Begin | None:
    """The tests of the calendar begin with a board of their own."""
    module = request.module.__name__.rpartition(".")[2]
    return fill if module in _OF_THE_CALENDAR else begin


@pytest.fixture
def calendar(pipeline: Pipeline) -> Callable[[], BoardCalendar]:
    """Reads the calendar as the board stands."""

    def read() -> BoardCalendar:
        with closing(pipeline.database.glance()) as glance:
            return read_calendar(glance)

    return read


@pytest.fixture
def parsed(calendar: Callable[[], BoardCalendar]) -> Read:
    """The file of the calendar, as icalendar reads it."""
    import icalendar

    def parse(**choice: Any) -> Any:
        found = icalendar.Calendar.from_ical(calendar_file(calendar(), CalendarChoice(**choice)))
        assert not [part.errors for part in found.walk() if part.errors]
        return found

    return parse


def entry(parsed: Any, words: str) -> Any:
    """The one component whose summary has these words."""
    (found,) = [
        part
        for part in parsed.walk()
        if part.name in ("VEVENT", "VTODO") and words in part["SUMMARY"]
    ]
    return found


def names(folder: Path) -> list[str]:
    """The files in a folder that everybody sees."""
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))
