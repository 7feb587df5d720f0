"""What a file tells of applications that are there: forward only, and nothing is written over."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from store.clock import FixedClock
from store.exchange.incoming import Incoming, Report, StageStep
from store.exchange.mapping import Choices
from store.file.database import Database
from store.model.dossier import Dossier
from store.pipeline import Pipeline
from store.read.arriving.mappings import read_mapping
from store.rules.stages import Outcome, Stage

DAY = date(2026, 11, 9)
ROW = Incoming(line=2, company="Globex", role="SRE", applied_on=DAY)


def bring(pipeline: Pipeline, *rows: Incoming) -> Report:
    return pipeline.bring_in(rows, source="a file")


def there(db: Database, number: int = 1) -> Dossier:
    return db.glance().dossier(number)


def test_a_stage_moves_forward_by_the_days_of_the_file(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY)
    steps = (
        StageStep(Stage.FIRST, date(2026, 11, 12)),
        StageStep(Stage.SECOND, date(2026, 11, 17)),
    )
    report = bring(pipeline, replace(ROW, stage=Stage.SECOND, steps=steps))
    assert (report.added, report.duplicates) == (0, ())
    assert [one.sentence for one in report.merged] == ["“Globex”, “SRE”: applied to second."]
    card = there(db).card
    assert (card.stage, card.stage_since) == (Stage.SECOND, date(2026, 11, 17))
    assert there(db).timeline[0].summary == "brought 1 up to date from a file"
    pipeline.undo()
    assert there(db).card.stage is Stage.APPLIED


def test_a_stage_never_moves_back(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY, stage=Stage.SECOND)
    report = bring(pipeline, replace(ROW, stage=Stage.FIRST))
    assert (report.merged, report.change_id) == ((), None)
    assert there(db).card.stage is Stage.SECOND


def test_an_open_application_ends_and_a_closed_one_stays_closed(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY)
    ended = replace(ROW, outcome=Outcome.REJECTED, closed_on=date(2026, 11, 20))
    assert len(bring(pipeline, ended).merged) == 1
    assert (there(db).card.outcome, there(db).card.closed_on) == ("rejected", date(2026, 11, 20))
    again = replace(ROW, stage=Stage.OFFER, outcome=Outcome.ACCEPTED)
    assert bring(pipeline, again).merged == ()
    assert there(db).card.outcome == "rejected"


def test_what_the_user_took_back_a_file_does_not_bring_again(
    pipeline: Pipeline, db: Database
) -> None:
    rows = (
        replace(ROW, outcome=Outcome.REJECTED),
        replace(ROW, line=3, role="Dev", stage=Stage.SECOND),
        replace(ROW, line=4, role="QA", stage=Stage.OFFER, outcome=Outcome.ACCEPTED),
    )
    bring(pipeline, *rows)
    pipeline.reopen(1)
    pipeline.move(2, Stage.FIRST)
    pipeline.reopen(3)
    pipeline.move(3, Stage.APPLIED)
    assert bring(pipeline, *rows).change_id is None
    cards = db.glance().cards(closed=None)
    assert {(card.role, card.stage, card.outcome) for card in cards} == {
        ("SRE", "applied", None),
        ("Dev", "first", None),
        ("QA", "applied", None),
    }
    assert len(bring(pipeline, replace(rows[0], salary="90k")).merged) == 1


@pytest.mark.parametrize(
    ("outcome", "closed_on"),
    [(Outcome.REJECTED, date(2026, 11, 10)), (Outcome.NO_RESPONSE, None)],
)
def test_a_file_that_is_older_than_the_board_ends_nothing(
    pipeline: Pipeline, db: Database, outcome: Outcome, closed_on: date | None
) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY, stage=Stage.FIRST)
    assert bring(pipeline, replace(ROW, outcome=outcome, closed_on=closed_on)).merged == ()
    assert there(db).card.outcome is None


def test_an_offer_that_was_accepted_moves_on_and_ends(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY)
    accepted = replace(
        ROW, stage=Stage.OFFER, steps=(StageStep(Stage.OFFER),), outcome=Outcome.ACCEPTED
    )
    bring(pipeline, accepted)
    assert (there(db).card.stage, there(db).card.outcome) == (Stage.OFFER, Outcome.ACCEPTED)


FULL: dict[str, Any] = {
    "location": "Bern", "source": "Indeed", "salary": "90k", "cv_version": "v2",
    "letter_version": "l2", "channel": "mail", "via_recruiter": "Hays", "next_step": "call",
    "posting_text": "All of it", "tags": ("remote",), "closing_on": date(2026, 12, 1),
}  # fmt: skip
OWN: dict[str, Any] = {
    "location": "Basel", "source": "a friend", "salary": "80k", "cv_version": "v1",
    "letter_version": "l1", "channel": "form", "via_recruiter": "Ana", "next_step": "wait",
    "posting_text": "Mine", "tags": ("onsite",), "closing_on": date(2026, 12, 9),
}  # fmt: skip


def test_what_is_empty_is_filled_and_what_stands_there_stays(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY)
    pipeline.add("Initech", "Dev", applied_on=DAY, note="mine", contact_name="Bo", **OWN)
    rows = [replace(ROW, company=company, role=role, note="theirs", contact_name="Ana",
                    contact_email="ana@x.example", **FULL)
            for company, role in (("Globex", "SRE"), ("Initech", "Dev"))]  # fmt: skip
    report = bring(pipeline, *rows)
    assert [problem.sentence.partition(":")[0] for problem in report.merged] == ["“Globex”, “SRE”"]
    assert [problem.sentence for problem in report.duplicates] == [
        "“Initech”, “Dev” is there already."
    ]
    filled, own = there(db), there(db, 2)
    assert [note.text for note in filled.notes] == ["theirs"]
    assert [note.text for note in own.notes] == ["mine"]
    assert [one.name for one in filled.contacts] == ["Ana"]
    assert [one.name for one in own.contacts] == ["Bo"]
    assert filled.card.salary == "90k"
    assert own.card.salary == "80k"
    assert (filled.card.location, own.card.location) == ("Bern", "Basel")
    assert (filled.card.tags, own.card.tags) == (("remote",), ("onsite",))
    assert bring(pipeline, *rows).change_id is None, "a second import adds nothing"


def test_a_day_that_one_of_them_does_not_know_is_the_same(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY)
    assert bring(pipeline, replace(ROW, applied_on=None)).added == 0
    bring(pipeline, replace(ROW, company="Initech", applied_on=None))
    assert there(db, 2).card.applied_on is None
    report = bring(pipeline, replace(ROW, company="Initech"))
    assert [one.sentence for one in report.merged] == ["“Initech”, “SRE”: application date."]
    assert there(db, 2).card.applied_on == DAY


def test_new_ones_and_others_come_in_one_step(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", applied_on=DAY)
    rows = (replace(ROW, stage=Stage.FIRST), replace(ROW, company="Initech", line=3))
    assert pipeline.preview(rows).added == 1
    assert len(pipeline.preview(rows).merged) == 1
    report = bring(pipeline, *rows)
    assert (report.added, len(report.merged)) == (1, 1)
    summary = there(db, 2).timeline[0].summary
    assert summary == "imported 1 from a file, brought 1 up to date"
    pipeline.undo()
    assert [card.stage for card in db.glance().cards(closed=None)] == [Stage.APPLIED]
    pipeline.redo()
    assert [card.stage for card in db.glance().cards(closed=None)] == [Stage.FIRST, Stage.APPLIED]


def test_new_ones_have_their_steps_and_their_end(pipeline: Pipeline, db: Database) -> None:
    steps = (StageStep(Stage.FIRST, date(2026, 11, 12)), StageStep(Stage.SECOND))
    bring(
        pipeline,
        replace(ROW, stage=Stage.SECOND, steps=steps, outcome=Outcome.REJECTED,
                closed_on=date(2026, 11, 18)),
        replace(ROW, line=3, role="Dev", outcome=Outcome.WITHDRAWN),
        replace(ROW, line=4, role="QA", applied_on=None, stage=Stage.FIRST, steps=steps[:1]),
    )  # fmt: skip
    card = there(db).card
    assert (card.stage, card.stage_since, card.closed_on) == (
        Stage.SECOND, date(2026, 11, 18), date(2026, 11, 18)
    )  # fmt: skip
    assert there(db, 2).card.closed_on == db.clock.now().date()
    assert there(db, 3).card.stage_since == date(2026, 11, 12)


def test_rejections_of_long_ago_ask_for_nothing(pipeline: Pipeline, db: Database) -> None:
    rows = [
        replace(ROW, line=n, company=f"C{n}", applied_on=date(2026, 8, n),
                outcome=Outcome.REJECTED, closed_on=date(2026, 8, n + 1))
        for n in range(1, 28)
    ]  # fmt: skip
    bring(pipeline, *rows)
    assert db.glance().due() == ()


def test_what_comes_at_one_employer_is_planned_together(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    """A card that was there hears of the process that comes in at its employer, and one that
    comes in of the process that was there: as if each had been added by hand."""
    pipeline.add("Globex", "Old", applied_on=DAY)
    pipeline.add("Initech", "Old", applied_on=DAY, stage=Stage.FIRST)
    bring(
        pipeline,
        replace(ROW, role="New", stage=Stage.FIRST),
        replace(ROW, line=3, company="Initech", role="New"),
    )
    imported = [db.glance().follow_ups_of(number) for number in (1, 2, 3, 4)]
    assert pipeline.catch_up("other rules") == ()
    assert [db.glance().follow_ups_of(number) for number in (1, 2, 3, 4)] == imported


def test_what_was_said_of_columns_is_kept(pipeline: Pipeline, db: Database) -> None:
    said = Choices({"firma": "company", "x" * 300: "note"}, {"a=b": "rejected"}, "dmy")
    pipeline.remember_mapping("0123", said)
    kept = read_mapping(db.glance(), "0123")
    assert kept == Choices({"firma": "company"}, {"a=b": "rejected"}, "dmy")
    assert not read_mapping(db.glance(), "012")
    pipeline.remember_mapping("0123", Choices({}, {}, "mdy"))
    assert read_mapping(db.glance(), "0123") == Choices({}, {}, "mdy")
    assert not db.glance().change_id(), "no step of undo"
