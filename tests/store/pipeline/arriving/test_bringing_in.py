"""Importing: what is new, what is there already, one step of undo."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.exchange.files import read_file
from store.exchange.incoming import Incoming, Problem
from store.file.database import Database
from store.pipeline import Pipeline

ROW = Incoming(
    line=2,
    company="Globex",
    role="Engineer",
    applied_on=date(2026, 11, 9),
    url="https://example.com/1",
    note="asked: visa?",
)


def test_an_import_is_one_change(pipeline: Pipeline, db: Database) -> None:
    rows = [replace(ROW, line=n, url=f"https://example.com/{n}") for n in range(2, 302)]
    report = pipeline.bring_in(rows, source="LinkedIn")
    assert (report.added, report.duplicates) == (300, ())
    cards = db.glance().cards()
    assert len(cards) == 300
    assert cards[0].follow_up is not None
    assert cards[0].follow_up.due_on == db.clock.now().date(), "never late at birth"
    assert cards[0].version == report.change_id
    assert db.glance().dossier(cards[0].id).notes[0].text == "asked: visa?"
    assert db.glance().dossier(cards[0].id).timeline[0].summary == "imported 300 from LinkedIn"
    pipeline.undo()
    assert db.glance().cards(closed=None) == ()
    pipeline.redo()
    assert len(db.glance().cards()) == 300


@pytest.mark.parametrize(
    ("row", "added"),
    [
        pytest.param(replace(ROW, company="Other"), 0, id="same posting"),
        pytest.param(replace(ROW, url="HTTPS://example.com/1/"), 0, id="posting written otherwise"),
        pytest.param(replace(ROW, url=""), 0, id="same company, role and day"),
        pytest.param(replace(ROW, url="", company="GLOBEX", role="engineer"), 0, id="case"),
        pytest.param(replace(ROW, url="https://example.com/2"), 1, id="another posting"),
        pytest.param(replace(ROW, url="", applied_on=date(2026, 11, 10)), 1, id="another day"),
        pytest.param(replace(ROW, url="", role="Architect"), 1, id="another role"),
    ],
)
def test_duplicates(pipeline: Pipeline, row: Incoming, added: int) -> None:
    pipeline.bring_in([ROW], source="x")
    assert pipeline.preview([row]).added == added
    assert pipeline.bring_in([row], source="x").added == added


SAMPLES = Path(__file__).parents[2] / "exchange" / "samples"


@pytest.mark.parametrize(
    ("file", "added"),
    [
        pytest.param("li-generic-url.csv", 2, id="a careers page that two roles share"),
        pytest.param("li-url-variants.csv", 1, id="one posting, its link copied in three ways"),
        pytest.param("li-two-reqs.csv", 3, id="one role posted twice"),
        pytest.param("li-reapply.csv", 2, id="one role, posted again a year later"),
    ],
)
def test_links_are_compared_by_what_they_name(pipeline: Pipeline, file: str, added: int) -> None:
    rows = read_file(SAMPLES / file, date(2026, 11, 27)).rows
    assert pipeline.preview(rows).added == added
    assert pipeline.bring_in(rows, source="x").added == added
    assert pipeline.bring_in(rows, source="x").added == 0, "importing twice adds nothing"


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/jobs/view/4001/?refId=a&trackingId=x",
        "https://www.linkedin.com/jobs/collections/recommended/?currentJobId=4001",
        "http://de.linkedin.com/jobs/view/sre-at-globex-4001",
    ],
)
def test_a_link_copied_by_hand_names_the_same_posting(pipeline: Pipeline, link: str) -> None:
    pipeline.add("Globex Corporation", "Site reliability", url=link)
    rows = read_file(SAMPLES / "li-hand-added-link.csv", date(2026, 11, 27)).rows
    assert pipeline.bring_in(rows, source="x").added == 0


def test_a_page_that_a_card_and_a_row_share_is_no_posting(pipeline: Pipeline) -> None:
    shared = "https://globex.example/careers"
    pipeline.add("Globex", "SRE", applied_on=date(2026, 11, 9), url=shared)
    row = replace(ROW, role="Data Engineer", url=shared)
    assert pipeline.bring_in([row], source="x").added == 1
    assert pipeline.bring_in([row, replace(row, role="SRE")], source="x").added == 0


def test_a_card_typed_by_hand_is_a_duplicate_too(pipeline: Pipeline) -> None:
    pipeline.add("globex ", "Engineer", applied_on=date(2026, 11, 9))
    assert pipeline.bring_in([ROW], source="x").added == 0


def test_a_row_under_another_name_of_the_employer_is_a_duplicate(pipeline: Pipeline) -> None:
    pipeline.add("Initech", "  ENGINEER", applied_on=date(2026, 11, 9))
    assert pipeline.preview([ROW]).added == 1
    pipeline.same_employer("Initech AG", "Globex, Inc.")
    assert pipeline.preview([ROW]).added == 0


def test_duplicates_within_the_file(pipeline: Pipeline) -> None:
    report = pipeline.preview([ROW, replace(ROW, line=9)], [Problem(4, "no company")])
    assert report.added == 1
    assert [problem.line for problem in report.duplicates] == [9]
    assert report.problems == (Problem(4, "no company"),)


def test_a_preview_writes_nothing(pipeline: Pipeline, db: Database) -> None:
    assert pipeline.preview([ROW]).added == 1
    assert db.glance().cards(closed=None) == ()
    assert db.glance().change_id() == 0


def test_old_applications_make_no_noise(pipeline: Pipeline, db: Database) -> None:
    """Three months of history: only what is still right to do is due."""
    rows = [
        replace(ROW, line=n, url="", company=f"C{n}", applied_on=date(2026, 11, 23 - n))
        if n < 23
        else replace(ROW, line=n, url="", company=f"C{n}", applied_on=date(2026, 9, 1))
        for n in range(1, 90)
    ]
    pipeline.bring_in(rows, source="x")
    due = db.glance().due()
    assert {one.company for one in due} == {f"C{n}" for n in range(10, 23)}
    assert all(one.rule == "R1" for one in due)
    assert sum(card.is_quiet(date(2026, 11, 23)) for card in db.glance().cards()) == 67


def test_a_row_without_a_day_has_none(pipeline: Pipeline, db: Database) -> None:
    pipeline.bring_in([replace(ROW, applied_on=None)], source="x")
    (card,) = db.glance().cards()
    assert card.applied_on is None
    assert card.follow_up is None


def test_imported_on_a_weekend_nobody_is_to_be_asked_before_monday(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    clock.moment = clock.moment.replace(day=28)  # a Saturday
    pipeline.bring_in([ROW], source="LinkedIn")
    (asking,) = db.glance().follow_ups_of(1)
    assert (asking.due_on, asking.fold) == (date(2026, 11, 30), "imported")
