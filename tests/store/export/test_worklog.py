"""The record of work search: what each office wants, counted in its weeks or months."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.export import worklog
from store.export.worklog import WorkRecord, make_record, offices, record_page, record_table
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.dates import short_day
from store.rules.stages import Outcome
from tests.makers import BERLIN, NOW
from tests.store.export.conftest import rows_of
from tests.store.export.test_page import HOSTILE, Page
from tests.tables import each_row

FILES = sorted(Path(worklog.__file__).with_name("offices").glob("*.toml"))


@pytest.fixture
def begin() -> Any:
    return lived


def lived(pipeline: Pipeline, _: object) -> None:
    """Five weeks of a search."""

    def add(company: str, on: date, **known: Any) -> None:
        pipeline.add(company, "Engineer", applied_on=on, **known)

    add("Globex", date(2026, 10, 31), channel="email", url="https://globex.example", location="Ulm")
    add("Initech", date(2026, 11, 1), channel="portal", contact_name="Ana")
    add("Hooli", date(2026, 11, 7))
    add("Acme", date(2026, 11, 8), channel="letter")
    pipeline.add("Undated", "Engineer")
    pipeline.interview(1, NOW - timedelta(days=3))
    pipeline.interview(2, NOW + timedelta(days=30))
    pipeline.close(3, Outcome.REJECTED)


def record(db: Database, office: str, **how: Any) -> WorkRecord:
    usual: dict[str, Any] = {"since": None, "until": date(2026, 11, 23), "zone": BERLIN}
    return make_record(rows_of(db)[:4], offices()[office], **usual | how)


def days(made: WorkRecord) -> list[tuple[str, str, int]]:
    return [(f"{p.first:%m-%d}", f"{p.last:%m-%d}", len(p.efforts)) for p in made.periods]


def test_weeks_begin_where_the_office_says(db: Database) -> None:
    assert days(record(db, "us-ne")) == [
        ("10-25", "10-31", 1), ("11-01", "11-07", 2), ("11-08", "11-14", 1), ("11-15", "11-21", 1),
        ("11-22", "11-23", 0),
    ]  # fmt: skip
    assert days(record(db, "at"))[:2] == [("10-26", "11-01", 2), ("11-02", "11-08", 2)]
    assert days(record(db, "ch")) == [("10-01", "10-31", 1), ("11-01", "11-23", 3)]
    assert days(record(db, "de")) == [("10-01", "10-31", 1), ("11-01", "11-23", 4)]


def test_the_range_has_both_its_days(db: Database) -> None:
    made = record(db, "ch", since=date(2026, 11, 1), until=date(2026, 11, 7))
    assert days(made) == [("11-01", "11-07", 2)]
    assert [effort.on.day for effort in made.periods[0].efforts] == [1, 7]
    assert days(record(db, "ch", since=date(2027, 1, 1), until=date(2027, 1, 31)))[0][2] == 0


def test_only_what_the_office_counts_is_counted(db: Database) -> None:
    made = record(db, "de")
    assert [(period.counted, len(period.efforts)) for period in made.periods] == [(1, 1), (3, 4)]


def told(made: WorkRecord) -> list[str]:
    """What is told of periods, each by its days as "11-01 to 11-07: ..."."""
    of = {f"{short_day(p.first)} to {short_day(p.last)}: ": p for p in made.periods}
    return [
        f"{of[when].first:%m-%d} to {of[when].last:%m-%d}: {line.removeprefix(when)}"
        for line in made.missing
        for when in of
        if line.startswith(when)
    ]


def october(day: int) -> date:
    return date(2026, 10, day)


def november(day: int) -> date:
    return date(2026, 11, day)


SHORT = {
    "whole weeks are held against the number of the office, the running one is a part": (
        ("us-ne", None, november(23), None),
        ["10-25 to 10-31: 1 of 5 efforts are on the board",
         "11-01 to 11-07: 2 of 5 efforts are on the board",
         "11-08 to 11-14: 1 of 5 efforts are on the board",
         "11-15 to 11-21: 0 of 5 efforts are on the board",
         "11-22 to 11-23: part of a week, 2 of 7 days; 0 efforts, not compared with the 5 of a "
         "whole week"],
    ),
    "a range from Wednesday to Tuesday begins and ends with a part": (
        ("us-ne", november(4), november(10), None),
        ["11-04 to 11-07: part of a week, 4 of 7 days; 1 effort, not compared with the 5 of a "
         "whole week",
         "11-08 to 11-10: part of a week, 3 of 7 days; 1 effort, not compared with the 5 of a "
         "whole week"],
    ),
    "a range of whole weeks has no part": (
        ("us-ne", november(1), november(14), 2),
        ["11-08 to 11-14: 1 of 2 efforts are on the board"],
    ),
    "a week that begins on Monday": (
        ("at", november(2), november(9), 2),
        ["11-09 to 11-09: part of a week, 1 of 7 days; 0 efforts, not compared with the 2 of a "
         "whole week"],
    ),
    "all of the range within one week": (
        ("at", november(3), november(5), 1),
        ["11-03 to 11-05: part of a week, 3 of 7 days; 0 efforts, not compared with the 1 of a "
         "whole week"],
    ),
    "a part in which enough was done": (("at", november(4), november(8), 2), []),
    "enough efforts, of them too few applications": (
        ("us-ne", november(8), november(14), 1),
        ["11-08 to 11-14: 1 of 2 applications made"],
    ),
    "the same in a part": (
        ("us-ne", november(8), november(13), 1),
        ["11-08 to 11-13: part of a week, 6 of 7 days; 1 application, not compared with the 2 of "
         "a whole week"],
    ),
    "months": (
        ("ch", october(1), november(23), 4),
        ["10-01 to 10-31: 1 of 4 efforts are on the board",
         "11-01 to 11-23: part of a month, 23 of 30 days; 3 efforts, not compared with the 4 of a "
         "whole month"],
    ),
    "a month that begins in its middle": (
        ("de", october(15), october(31), 2),
        ["10-15 to 10-31: part of a month, 17 of 31 days; 1 effort, not compared with the 2 of a "
         "whole month"],
    ),
    "a whole month": (
        ("ch", november(1), november(30), 4),
        ["11-01 to 11-30: 3 of 4 efforts are on the board"],
    ),
    "February": (
        ("ch", date(2027, 2, 1), date(2027, 2, 28), 1),
        ["02-01 to 02-28: 0 of 1 efforts are on the board"],
    ),
    "no number, nothing to compare": (("ch", october(15), november(10), None), []),
}  # fmt: skip


@each_row("asked, wanted", SHORT.values(), ids=SHORT)
def test_what_is_short_of_the_number_is_told(
    db: Database, asked: tuple[str, date | None, date, int | None], wanted: list[str]
) -> None:
    office, since, until, goal = asked
    assert told(record(db, office, since=since, until=until, goal=goal)) == wanted


def test_an_office_may_want_as_many_in_a_part(db: Database) -> None:
    strict = replace(offices()["us-ne"], parts_count=True)
    made = make_record(rows_of(db), strict, since=november(4), until=november(7), zone=BERLIN)
    assert told(made) == ["11-04 to 11-07: 1 of 5 efforts are on the board"]
    assert "Efforts: 1 of 5, part of a week, 4 of 7 days" in Page("".join(record_page(made))).text


PARTS = {
    ("us-ne", november(4), november(14), None): (
        ["2026-11-04 to 2026-11-07 (part of a week, 4 of 7 days)", "2026-11-08 to 2026-11-14"],
        ["Efforts: 1, part of a week, 4 of 7 days", "Efforts: 1 of 5"],
    ),
    ("at", november(4), november(8), 2): (
        ["2026-11-04 bis 2026-11-08 (Teil einer Woche, 5 von 7 Tagen)"],
        ["Anzahl: 2 von 2, Teil einer Woche, 5 von 7 Tagen"],
    ),
    ("ch", october(15), november(30), 4): (
        ["2026-10-15 bis 2026-10-31 (Teil eines Monats, 17 von 31 Tagen)",
         "2026-11-01 bis 2026-11-30"],
        ["Anzahl: 1, Teil eines Monats, 17 von 31 Tagen", "Anzahl: 3 von 4"],
    ),
    ("uk", november(1), november(1), None): (
        ["2026-11-01 to 2026-11-01 (part of a week, 1 of 7 days)"],
        ["Efforts: 1, part of a week, 1 of 7 days"],
    ),
}  # fmt: skip


@each_row("asked, spans, sums", [(asked, *wanted) for asked, wanted in PARTS.items()])
def test_a_part_is_called_one_in_the_table_and_on_the_page(
    db: Database, asked: tuple[str, date, date, int | None], spans: list[str], sums: list[str]
) -> None:
    key, since, until, goal = asked
    made = record(db, key, since=since, until=until, goal=goal)
    rows = csv.DictReader(io.StringIO("".join(record_table(made)), newline=""))
    assert list(dict.fromkeys(row[made.office.words["period"]] for row in rows)) == spans
    page = Page("".join(record_page(made))).text
    for said in sums:
        assert re.search(rf"{re.escape(said)}(?!,| von| of)", page)


def test_what_a_row_lacks_is_told_with_what_fills_it(db: Database) -> None:
    missing = record(db, "ch").missing
    assert missing == (
        "Globex (Engineer) lacks a person: “rounds edit 1 --contact …”",
        "Initech (Engineer) lacks a place or a web address: “rounds edit 2 --location …”",
        "Hooli (Engineer) lacks a person, a place or a web address, how you applied, the reason: "
        "“rounds edit 3 --channel … --contact … --location …”, “rounds lesson 3 --reason …”",
        "Acme (Engineer) lacks a person, a place or a web address: “rounds edit 4 --contact … "
        "--location …”",
    )


def test_the_table_has_the_columns_of_the_office(db: Database) -> None:
    for key, office in offices().items():
        rows = list(csv.DictReader(io.StringIO("".join(record_table(record(db, key))), newline="")))
        assert len(rows) == (5 if "interview" in office.efforts else 4)
        assert list(rows[0])[1:] == [column.head for column in office.columns]
    german = list(csv.DictReader(io.StringIO("".join(record_table(record(db, "de"))), newline="")))
    assert (german[0]["Bemühung"], german[0]["Ergebnis"]) == ("Bewerbung", "Gespräch")
    assert (german[3]["Arbeitgeber"], german[3]["Ergebnis"]) == ("Acme", "noch offen")
    assert (german[2]["Arbeitgeber"], german[2]["Ergebnis"]) == ("Hooli", "Absage")


def test_the_page_prints_as_the_office_wants_it(db: Database) -> None:
    for key, office in offices().items():
        text = "".join(record_page(record(db, key, goal=4)))
        page = Page(text)
        assert f"size:{office.paper};" in text
        assert f'<html lang="{office.language}">' in text
        assert ("signature" in text or "Unterschrift" in text) == office.signature
        rows = [tag for tag, _ in page.elements if tag == "tr"]
        efforts = 5 if "interview" in office.efforts else 4
        assert len(rows) == efforts + [tag for tag, _ in page.elements].count("table")
    assert "01.11.2026" in Page("".join(record_page(record(db, "ch")))).text
    assert (
        "3 von 4" in Page("".join(record_page(record(db, "ch", goal=4, until=november(30))))).text
    )


def test_everything_typed_is_text(db: Database) -> None:
    pipeline = Pipeline(db)
    pipeline.edit(1, {"company": HOSTILE, "channel": HOSTILE})
    page = Page("".join(record_page(record(db, "uk"))))
    assert not {tag for tag, _ in page.elements} & {"script", "img"}


def test_an_empty_record_says_so(db: Database) -> None:
    made = make_record([], offices()["at"], since=None, until=date(2026, 11, 23), zone=BERLIN)
    assert "Keine Bewerbungen" in "".join(record_page(made))


def test_switzerland_has_a_row_for_each_application_as_its_form_has(db: Database) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(record_table(record(db, "ch"))), newline="")))
    assert list(rows[0]) == [
        "Zeitraum", "Datum der Bewerbung", "Firma, Adresse", "Kontaktperson, Telefon-Nr.",
        "Stellenbezeichnung", "Zuweisung RAV", "Pensum", "Bewerbung", "Ergebnis der Bewerbung",
        "Absagegrund",
    ]  # fmt: skip
    assert rows[0]["Ergebnis der Bewerbung"] == "Vorstellungsgespräch"
    assert [row["Firma, Adresse"].split(",")[0] for row in rows] == [
        "Globex", "Initech", "Hooli", "Acme",
    ]  # fmt: skip


@each_row("file", FILES, ids=lambda file: file.stem)
def test_each_office_names_the_source_of_what_it_says(file: Path) -> None:
    head = re.findall(r"^# ?(.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    told = " ".join(head)
    assert re.search(r"Numbers:|Zahlen:", told)
    assert re.search(r"Columns:|Spalten:", told)
    assert re.search(r"[Nn]ot confirmed|[Nn]icht bestätigt", told), "what nobody could look up"
    office = offices()[file.stem]
    assert (office.goal is not None) == ("none" not in told and "keine" not in told)
    assert re.search(r"\.(com|gov|de|at|ch|org)\b|BVwG", told)


def test_the_number_of_nebraska_is_that_of_its_code() -> None:
    nebraska = offices()["us-ne"]
    assert (nebraska.goal, nebraska.applications, nebraska.week_begins) == (5, 2, "sunday")


@each_row("key", [file.stem for file in FILES])
def test_every_office_can_be_read_and_written(key: str) -> None:
    office = offices()[key]
    known = {*worklog._NEEDED_WORDS, "date", "effort", "company", "role", "result", "blank"}
    assert {column.of for column in office.columns} <= known
    assert {column.needed for column in office.columns} <= {"", "application", *Outcome}
    assert {column.of for column in office.columns if column.needed} <= {*worklog._NEEDED_WORDS}
    assert office.period in ("week", "month")
    assert set(office.counted) <= set(office.efforts)
    assert set(office.words) >= {*Outcome, "open", "invited", "offer", *office.efforts}
    part = office.words["part"].format(days=3, all=7)
    assert re.search(r"3 (of|von) 7", part)
    assert office.language != "de" or "Teil" in part
