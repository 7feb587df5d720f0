"""Undo and redo: everything, many steps deep, across restarts and windows."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.errors import Conflict
from store.exchange.incoming import Incoming
from store.file.database import Database, open_database
from store.pipeline import Pipeline
from store.pipeline.changes import journal
from store.pipeline.changes.journal import TABLES
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.conftest import LONG

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = NOW.date()
DAY = TODAY + timedelta(days=4)
_TABLES = tuple(TABLES)


def everything(db: Database) -> dict[str, list[dict[str, object]]]:
    """All that is stored, but for the stamps that every write moves on."""
    content: dict[str, list[dict[str, object]]] = {}
    with closing(db.glance()) as glance, glance.reader.snapshot():
        columns = glance.reader.connection.columns()
        for table in _TABLES:
            names = [name for name, _ in columns[table]]
            found = glance.reader.rows(f"SELECT * FROM {table} ORDER BY id")
            content[table] = [dict(zip(names, row, strict=True)) for row in found]
    for row in chain.from_iterable(content.values()):
        for stamp in ("version", "updated_at"):
            row.pop(stamp, None)
    return content


def incoming(number: int) -> Incoming:
    return Incoming(
        line=number, company=f"Company {number}", role="Engineer", applied_on=TODAY, note="hello"
    )


ACTS: dict[str, Callable[[Pipeline], object]] = {
    "add": lambda p: p.add("Hooli", "SRE", note="n", tags=["x"]),
    "edit": lambda p: p.edit(1, {"role": "Architect", "expected_by": date(2026, 12, 1)}),
    "move": lambda p: p.move(1, Stage.SECOND),
    "move to offer": lambda p: p.move(1, Stage.OFFER),
    "close": lambda p: p.close(1, Outcome.REJECTED, reason="no"),
    "delete": lambda p: p.delete(1),
    "interview": lambda p: p.interview(1, p.database.clock.now() + timedelta(days=2)),
    "invitation": lambda p: p.interview(1, None),
    "reply": lambda p: p.log_reply(1, decides_by=date(2026, 12, 4)),
    "note": lambda p: p.note(1, "a note"),
    "tick": lambda p: p.tick(1, "A-1", True),
    "complete": lambda p: p.complete(1),
    "snooze": lambda p: p.snooze(1, date(2026, 12, 24)),
    "skip": lambda p: p.skip(1),
    "remind": lambda p: p.remind(1, date(2026, 12, 24), "call"),
    "reorder": lambda p: p.reorder(Stage.APPLIED, [1]),
    "import": lambda p: p.bring_in([incoming(n) for n in range(40)], source="a file"),
    "preset": lambda p: p.preset(1, "slow"),
    "contact": lambda p: p.contact(1, "Ana", email="ana@example.org"),
    "criterion": lambda p: p.criterion("Pay", 5),
    "point": lambda p: p.point(1, "concern", "no Go yet", felt=True),
    "rehearse": lambda p: p.rehearse(1, "Why us?"),
    "draft": lambda p: p.draft(1, "application_inquiry", "Dear all", follow_up_id=1),
    "reference check": lambda p: p.offer(1, reference_check_on=TODAY),
    "together": lambda p: p.complete_all([1]),
    "snooze together": lambda p: p.snooze_all([1], date(2026, 12, 24)),
    "skip together": lambda p: p.skip_all([1]),
    "sent without a draft": lambda p: p.log_sent_text(1, "application_inquiry", "Hello"),
    "sent as asked for": lambda p: p.log_sent_text(1, "together", "Hello", follow_up_ids=[1]),
}


def second_round(pipeline: Pipeline) -> None:
    """An application with an offer, and all that there can be around two interviews, and another
    one that is interviewing: its follow-ups hang on the first."""
    now = pipeline.database.clock.now()
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    pipeline.interview(1, now - timedelta(hours=30), people="Ana and Bo", formats=["panel"])
    pipeline.debrief(
        1,
        finished=False,
        points=[
            ("concern", "no Go yet", False),
            ("my_promise", "a sample", False),
            ("asked", "why us", True),
        ],
    )
    pipeline.point(1, "skill", "finished a course in Go", answers_id=1)
    pipeline.interview(1, None, stage=Stage.SECOND)
    pipeline.move(1, Stage.OFFER)
    pipeline.deadline(1, date(2026, 12, 4))
    pipeline.criterion("Pay", 5)
    pipeline.score(1, 1, 7)
    pipeline.draft(1, "thank_you", "Dear Ana", follow_up_id=thanks(pipeline, "1"))
    pipeline.add("Hooli", "SRE", applied_on=date(2026, 11, 2))
    pipeline.interview(2, now + timedelta(days=3), people="Cy")


def thanks(pipeline: Pipeline, person: str) -> int:
    """The follow-up that thanks one person of the first application."""
    shown = pipeline.database.glance().follow_ups_of(1)
    return next(due.id for due in shown if due.action == "thank" and due.person == person)


LATER_ACTS: dict[str, Callable[[Pipeline], object]] = {
    "edit contact": lambda p: p.edit_contact(1, {"name": "Ana Silva", "relation": "manager"}),
    "remove contact": lambda p: p.remove_contact(1),
    "met": lambda p: p.set_interviewers(1, ["Bo", "Dora"]),
    "mention": lambda p: p.mention(1, "the migration"),
    "interview with others": lambda p: p.interview(
        1, p.database.clock.now() + timedelta(days=2), people="Ana and Eve", zone="Asia/Tokyo"
    ),
    "reschedule": lambda p: p.reschedule(3, p.database.clock.now() + timedelta(days=9)),
    "cancel": lambda p: p.cancel_interview(3),
    "offered slots": lambda p: p.log_slots(2),
    "kept": lambda p: p.mark_held(1, False),
    "debrief": lambda p: p.debrief(
        1,
        mood=4,
        signals=["next_steps"],
        promised_by=date(2026, 12, 1),
        points=[("concern", "no Go in production yet", False), ("topic", "caching", False)],
    ),
    "edit point": lambda p: p.edit_point(2, {"state": "done"}),
    "remove point": lambda p: p.remove_point(1),
    "carry": lambda p: p.carry(1, 2),
    "draft again": lambda p: p.draft(1, "thank_you", "Dear Ana Silva", follow_up_id=thanks(p, "1")),
    "throw draft away": lambda p: p.draft(1, "thank_you", "", follow_up_id=thanks(p, "1")),
    "sent": lambda p: p.log_sent(1),
    "written offer": lambda p: p.offer(1, letter_on=TODAY, extended_to=date(2026, 12, 9)),
    "offer came earlier": lambda p: p.receive_offer(1, kind="verbal"),
    "thanked for the offer": lambda p: p.thank_for_offer(1),
    "no deadline after all": lambda p: p.unsay(1, "deadline"),
    "weigh anew": lambda p: p.criterion("pay", 2),
    "rename criterion": lambda p: p.edit_criterion(1, "Base pay", 4),
    "remove criterion": lambda p: p.remove_criterion(1),
    "score": lambda p: p.score(1, 1, 3),
    "take score off": lambda p: p.score(1, 1, None),
    "accept": lambda p: p.close(1, Outcome.ACCEPTED),
    "back from the offer": lambda p: p.move(1, Stage.SECOND),
    "delete the offer": lambda p: p.delete(1),
    "delete the other": lambda p: p.delete(2),
    "thank all together": lambda p: p.complete_all([thanks(p, "1"), thanks(p, "2")]),
    "one message to all": lambda p: p.log_sent_text(
        1, "thank_you", "Dear both", follow_up_ids=[thanks(p, "1"), thanks(p, "2")]
    ),
    "a message too long for the log": lambda p: p.log_sent_text(
        1, "thank_you", "x" * 5_000, follow_up_ids=[thanks(p, "1")]
    ),
}


@pytest.fixture
def later(path: Path, clock: FixedClock, later_board: bytes) -> Iterator[Pipeline]:
    """The use cases on a board with that."""
    path.write_bytes(later_board)
    path.chmod(0o600)
    with closing(open_database(path, clock)) as database:
        yield Pipeline(database)


@pytest.fixture(scope="module")
def later_board(made_once: Callable[..., bytes], empty_board: bytes) -> bytes:
    def make(path: Path) -> None:
        path.write_bytes(empty_board)
        with closing(open_database(path, FixedClock(NOW))) as database:
            second_round(Pipeline(database))

    return made_once("second-round.db", make)


@pytest.mark.parametrize("name", LATER_ACTS)
def test_undo_and_redo_in_the_second_round_of(name: str, later: Pipeline) -> None:
    db = later.database
    before = everything(db)
    LATER_ACTS[name](later)
    after = everything(db)
    assert after != before
    later.undo()
    assert everything(db) == before
    later.redo()
    assert everything(db) == after


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name == "delete the offer" else pytest.mark.long)
        for name in LATER_ACTS
    ],
)
def test_everything_of_the_second_round_is_undone_after(name: str, later: Pipeline) -> None:
    LATER_ACTS[name](later)
    db = later.database
    while db.glance().cards(closed=None) or everything(db)["criterion"]:
        later.undo()
    assert all(not rows for rows in everything(db).values())


@pytest.mark.parametrize("name", ACTS)
def test_undo_and_redo_of(name: str, pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer", note="first")
    before = everything(db)
    ACTS[name](pipeline)
    after = everything(db)
    assert after != before
    pipeline.undo()
    assert everything(db) == before
    pipeline.redo()
    assert everything(db) == after
    pipeline.undo()
    pipeline.undo()
    assert all(not rows for rows in everything(db).values())


@pytest.mark.proof
def test_the_whole_way_back_and_forth_across_a_restart(
    pipeline: Pipeline, db: Database, path: Path, clock: FixedClock
) -> None:
    pipeline.add("Globex", "Engineer")
    states = [everything(db)]
    for number in range(105 if LONG else 30):
        pipeline.note(1, f"note {number}")
        states.append(everything(db))
    db.close()
    again = open_database(path, clock)
    pipeline = Pipeline(again)
    for state in reversed(states[:-1]):
        pipeline.undo()
        assert everything(again) == state
    pipeline.undo()
    with pytest.raises(Refused, match="nothing to undo"):
        pipeline.undo()
    pipeline.redo()
    for state in states[1:]:
        pipeline.redo()
        assert everything(again) == state
    with pytest.raises(Refused, match="nothing to redo"):
        pipeline.redo()
    again.close()


def test_a_new_change_ends_redo(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.note(1, "one")
    pipeline.undo()
    pipeline.note(1, "two")
    with pytest.raises(Refused, match="nothing to redo"):
        pipeline.redo()
    pipeline.undo()
    pipeline.undo()
    assert db.glance().cards(closed=None) == ()


def test_undo_when_another_window_was_faster(
    pipeline: Pipeline, db: Database, path: Path, clock: FixedClock
) -> None:
    seen = pipeline.add("Globex", "Engineer").change_id
    other = open_database(path, clock)
    Pipeline(other).move(1, Stage.FIRST)
    before = everything(db)
    with pytest.raises(Conflict, match="moved from applied to first"):
        pipeline.undo(seen=seen)
    assert everything(db) == before
    latest = db.glance().change_id()
    pipeline.undo(seen=latest)
    assert db.glance().card(1).stage is Stage.APPLIED
    other.close()


def test_undo_refuses_when_a_row_is_not_as_the_change_left_it(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.edit(1, {"role": "Architect"})
    with db.writing() as session:
        session.connection().exec_driver_sql("UPDATE application SET role = 'by hand'")
    before = everything(db)
    with pytest.raises(Conflict, match="changed again since"):
        pipeline.undo()
    assert everything(db) == before


def test_undo_is_seen_by_other_windows(pipeline: Pipeline, db: Database) -> None:
    change = pipeline.add("Globex", "Engineer").change_id
    undone = pipeline.undo()
    assert db.glance().change_id() == undone.change_id > change
    assert undone.summary == "undo: added"


def test_an_undone_change_leaves_the_timeline(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.move(1, Stage.FIRST)
    pipeline.undo()
    assert [entry.verb for entry in db.glance().dossier(1).timeline] == ["add"]
    pipeline.redo()
    assert [entry.verb for entry in db.glance().dossier(1).timeline] == ["move", "add"]


def test_undo_after_midnight_keeps_the_days(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.move(1, Stage.FIRST)
    clock.moment = datetime(2026, 11, 25, 9, tzinfo=clock.zone)
    pipeline.undo()
    assert db.glance().card(1).stage_since == TODAY
    pipeline.redo()
    assert db.glance().card(1).stage_since == TODAY


def test_ids_are_never_given_twice(pipeline: Pipeline) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.undo()
    assert pipeline.add("Hooli", "SRE").application_id == 2


@pytest.mark.file  # it sets back how far rows are numbered
@pytest.mark.parametrize(
    ("act", "undone"),
    [
        (lambda p: p.complete(1), "call Ana: now (Globex, SRE)"),
        (lambda p: p.skip(1), "skipped — call Ana: now (Globex, SRE)"),
        (lambda p: p.snooze(1, DAY), "snoozed to Fri 27 Nov — call Ana: now (Globex, SRE)"),
        (lambda p: p.close(1, Outcome.REJECTED), "Globex closed as rejected"),
        (lambda p: p.point(1, "concern", "why: so late?"), "concern — why: so late? (Globex, SRE)"),
        (lambda p: p.log_reply(1), "they replied (Globex, SRE)"),
        (lambda p: p.delete(1), "deleted Globex — SRE"),
        (lambda p: p.criterion("pay: net", 5), "criterion — pay: net"),
    ],
)  # fmt: skip
def test_what_was_undone_and_done_again_is_told_in_a_sentence(
    pipeline: Pipeline, act: Callable[[Pipeline], object], undone: str
) -> None:
    pipeline.add("Globex", "SRE", applied_on=TODAY)
    with pipeline.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM follow_up")
        session.connection().exec_driver_sql("DELETE FROM sqlite_sequence WHERE name='follow_up'")
    pipeline.remind(1, TODAY, "call Ana: now")
    act(pipeline)
    end = "" if undone.endswith("?") else "."
    assert pipeline.undo().sentence == f"Undone: {undone}{end}"
    assert pipeline.redo().sentence == f"Done again: {undone}{end}"


def test_undo_and_redo_name_the_follow_ups_and_the_application_they_were_about(
    pipeline: Pipeline,
) -> None:
    for company in ("Globex", "Initech"):
        pipeline.add(company, "SRE", applied_on=TODAY)
        pipeline.remind(1, TODAY, "call")
    due = pipeline.remind(2, TODAY, "write").card
    assert due is not None
    assert due.follow_up is not None
    pipeline.complete(due.follow_up.id)
    for step in (pipeline.undo(), pipeline.redo()):
        assert (step.about, step.follow_ups) == (2, (due.follow_up.id,))
    assert pipeline.reorder(Stage.APPLIED, [2, 1]).about is None
    assert pipeline.undo().about is None


def _kept(db: Database) -> int:
    """Characters in the images of all changes."""
    with db.writing() as session:
        sizes = "SELECT total(length(before)) + total(length(after)) FROM row_image"
        return int(session.connection().exec_driver_sql(sizes).scalar() or 0)


@pytest.mark.proof
@pytest.mark.file
def test_a_change_keeps_only_the_columns_that_differ(db: Database) -> None:
    """A long posting is not kept again with each move of its card."""
    pipeline = Pipeline(db)
    pipeline.add("Globex", "Engineer", posting_text="All about Go. " * 2_780)
    before, begun = everything(db), _kept(db)
    times = 50 if LONG else 12
    for _ in range(times):
        pipeline.move(1, Stage.FIRST)
        pipeline.move(1, Stage.APPLIED)
    assert _kept(db) - begun < times * 4_000
    pipeline.edit(1, {"posting_text": "Short now."})
    after = everything(db)
    for _ in range(2 * times + 1):
        pipeline.undo()
    assert everything(db) == before
    for _ in range(2 * times + 1):
        pipeline.redo()
    assert everything(db) == after


def test_steps_of_before_keep_whole_rows_and_are_undone_and_redone(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Images as version 0.1.0 stored them."""
    pipeline = Pipeline(db)
    pipeline.add("Globex", "Engineer", posting_text="All about Go.")
    before = everything(db)
    with monkeypatch.context() as as_before:
        as_before.setattr(journal, "what_differs", lambda before, after: (before, after))
        pipeline.move(1, Stage.FIRST)
        pipeline.edit(1, {"role": "Architect"})
    pipeline.move(1, Stage.SECOND)
    after = everything(db)
    for _ in range(3):
        pipeline.undo()
    assert everything(db) == before
    for _ in range(3):
        pipeline.redo()
    assert everything(db) == after
