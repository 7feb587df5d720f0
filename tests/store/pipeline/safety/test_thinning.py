"""The journal keeps what undo needs and the timeline whole, and no more."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from store.clock import FixedClock
from store.exchange.incoming import Incoming
from store.exchange.mail import read_piped
from store.file.database import Database, open_database
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.pipeline.safety import thinning
from store.rules.mail.message import MailKind
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.conftest import examples
from tests.makers import NOW

UNDOABLE, EVERY = 20, 4


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rule with small numbers."""
    monkeypatch.setattr(thinning, "UNDOABLE", UNDOABLE)
    monkeypatch.setattr(thinning, "EVERY", EVERY)


def ask(path: Path, query: str) -> int:
    with closing(sqlite3.connect(path)) as board:
        found: int = board.execute(query).fetchone()[0]
        return found


def timelines(database: Database) -> dict[int, list[tuple[object, ...]]]:
    with closing(database.glance()) as glance:
        return {
            card.id: [tuple(vars(e).values()) if hasattr(e, "__dict__") else tuple(e)
                      for e in glance.dossier(card.id).timeline]
            for card in glance.cards(closed=None)
        }  # fmt: skip


def undo_all(pipeline: Pipeline) -> int:
    steps = 0
    while True:
        try:
            pipeline.undo()
        except Refused:
            return steps
        steps += 1


@pytest.mark.file
def test_the_last_ones_can_be_undone_and_older_ones_are_told_only(
    small: None, pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "Engineer")
    for number in range(100):
        pipeline.note(1, f"Note {number}")
    assert ask(db.path, "SELECT count(*) FROM change WHERE state = 'done'") == 101
    told = timelines(db)
    assert len(told[1]) >= 101
    assert ask(db.path, "SELECT count(*) FROM row_image") < 4 * (UNDOABLE + EVERY)
    assert ask(db.path, "SELECT count(*) FROM timeline_entry") >= 101 - UNDOABLE - EVERY
    assert UNDOABLE <= undo_all(pipeline) <= UNDOABLE + EVERY
    for _ in range(UNDOABLE):
        pipeline.redo()
    assert ask(db.path, "SELECT count(*) FROM note") >= 100 - EVERY


@pytest.mark.file
def test_as_many_as_the_rule_says_are_kept(pipeline: Pipeline, db: Database) -> None:
    assert thinning.UNDOABLE == 10_000
    pipeline.add("Globex", "Engineer")
    for number in range(2 * thinning.EVERY):
        pipeline.note(1, f"Note {number}")
    assert ask(db.path, "SELECT count(*) FROM timeline_entry") == 0
    assert undo_all(pipeline) == 2 * thinning.EVERY + 1


@pytest.mark.file
def test_what_was_undone_can_be_done_again_however_much_it_is(
    small: None, pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "Engineer")
    for number in range(3 * UNDOABLE):
        pipeline.note(1, f"Note {number}")
    for _ in range(UNDOABLE):
        pipeline.undo()
    for _ in range(UNDOABLE):
        pipeline.redo()
    assert ask(db.path, "SELECT count(*) FROM note") == 3 * UNDOABLE


def test_what_was_dropped_counts_among_the_newest(
    small: None, pipeline: Pipeline, db: Database
) -> None:
    """Images that have gone do not come again: after five undos and another change there are
    five changes fewer that can be undone, until as many others have come."""
    pipeline.add("Globex", "Engineer")
    for number in range(UNDOABLE + EVERY - 1):
        pipeline.note(1, f"Note {number}")
    for _ in range(5):
        pipeline.undo()
    pipeline.note(1, "Another one")
    assert undo_all(pipeline) == UNDOABLE - 5 + 1


@pytest.mark.file
def test_images_of_what_was_dropped_go(small: None, pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer")
    for number in range(15):
        pipeline.note(1, f"Note {number}")
    for _ in range(15):
        pipeline.undo()
    for number in range(EVERY):
        pipeline.note(1, f"Other {number}")
    dropped = "change_id IN (SELECT id FROM change WHERE state = 'dropped')"
    assert ask(db.path, f"SELECT count(*) FROM row_image WHERE {dropped}") == 0
    assert ask(db.path, "SELECT count(*) FROM change WHERE state = 'dropped'") == 15


@pytest.mark.file
def test_a_great_change_goes_in_parts_and_tells_each_card_once(
    small: None, pipeline: Pipeline, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "AT_ONCE", 25)
    rows = [Incoming(n, f"Company {n}", "Engineer", NOW.date()) for n in range(40)]
    pipeline.bring_in(rows, source="a table")
    pipeline.move(2, Stage.FIRST)
    before = ask(db.path, "SELECT count(*) FROM row_image WHERE change_id = 1")
    assert before >= 80
    seen = []
    for number in range(160):
        pipeline.note(1, f"Note {number}")
        seen.append(ask(db.path, "SELECT count(*) FROM row_image WHERE change_id = 1"))
        if number % 9 == 0:
            told = timelines(db)
            assert {len(told[card]) for card in range(3, 41)} == {len(told[3])}
            assert len(told[2]) == len(told[3]) + 1
    gone = [a - b for a, b in zip([before, *seen], seen, strict=False)]
    assert 0 < max(gone) <= 25, "a part at a time"
    assert seen[-1] == 0


def test_one_that_was_reopened_long_ago_stays_so_when_a_file_says_that_it_ended(
    small: None, pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.close(1, Outcome.REJECTED)
    pipeline.reopen(1)
    for number in range(3 * UNDOABLE):
        pipeline.note(1, f"Note {number}")
    row = Incoming(2, "Globex", "Engineer", pipeline.today, outcome=Outcome.REJECTED)
    pipeline.bring_in([row], source="a table")
    with closing(db.glance()) as glance:
        assert glance.card(1).outcome is None


@pytest.mark.file
def test_what_mail_did_is_told_by_each_card_as_before(
    small: None, pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    """Also of an application that began on the shelf, and of one that the mail was not about."""
    pipeline.add("Acme", "Engineer", contact_name="Ana", contact_email="ana@acme.example")
    pipeline.shelve("Globex", "Cook")
    pipeline.apply_to(1)
    pipeline.add("Hooli", "Designer")
    for number in (1, 2):
        letter = f"From: Ana <ana@acme.example>\nSubject: {number}\nMessage-ID: <{number}@x>\n"
        letter += "Date: Fri, 20 Nov 2026 09:00:00 +0100\n\nWe decided to go with somebody else.\n"
        box = read_piped(letter.encode(), clock.zone, clock.now())
        assert pipeline.receive_mail(box.messages) == 1
    pipeline.confirm_mail([Confirmed(1, MailKind.REPLY, 1), Confirmed(2, MailKind.REJECTION, 2)])
    told = timelines(db)
    assert [any("mail" in str(line) for line in told[card]) for card in (1, 2, 3)] == [
        True, True, False,
    ]  # fmt: skip
    for number in range(3 * UNDOABLE):
        pipeline.note(3, f"Note {number}")
    last = ask(db.path, "SELECT max(id) FROM change WHERE verb = 'mail'")
    assert ask(db.path, f"SELECT count(*) FROM row_image WHERE change_id <= {last}") == 0
    after = timelines(db)
    assert (after[1], after[2]) == (told[1], told[2])
    assert after[3][-len(told[3]) :] == told[3]


CARDS = (1, 2, 3)
STEPS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(CARDS), st.integers(0, 3)),
    min_size=30, max_size=120,
)  # fmt: skip


def do(pipeline: Pipeline, kind: int, card: int, number: int) -> str:
    """One step of many kinds; what was refused is told."""
    stage = list(Stage)[number]
    steps = (
        lambda: pipeline.note(card, f"Note {number}"),
        lambda: pipeline.edit(card, {"salary": f"{number}k"}),
        lambda: pipeline.move(card, stage),
        lambda: pipeline.close(card, Outcome.REJECTED),
        lambda: pipeline.reopen(card),
        lambda: pipeline.edit_all({one: {"source": str(number)} for one in CARDS}),
        lambda: pipeline.delete(card),
        lambda: pipeline.undo(),
        lambda: pipeline.redo(),
        lambda: pipeline.reorder(stage, CARDS),
    )
    try:
        steps[kind]()
    except Refused as refused:
        return str(refused)
    return ""


def oldest_of_the_newest(path: Path) -> int:
    """The id of the oldest change that the rule keeps as things stand; 0 where it keeps all."""
    newest = f"SELECT id FROM change WHERE state = 'done' ORDER BY id DESC LIMIT {UNDOABLE}"
    return ask(path, f"SELECT iif(count(*) = {UNDOABLE}, min(id), 0) FROM ({newest})")


@given(STEPS)
@example([(0, 1, 0)] * (UNDOABLE + EVERY) + [(7, 1, 0)] * 5 + [(0, 1, 0)] * 2)
@settings(
    max_examples=examples(3, long=120),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
)
def test_thinned_or_not_the_board_and_its_timeline_are_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    empty_board: bytes,
    steps: list[tuple[int, int, int]],
) -> None:
    """Two boards by the same steps: one is thinned by small numbers, one is not at all. Undo is
    refused on the thinned one only for changes that were not among the newest at some time."""
    folder = tmp_path_factory.mktemp("two")
    told = []
    for name, every in (("thinned", EVERY), ("whole", 10**9)):
        path = folder / f"{name}.db"
        path.write_bytes(empty_board)
        clock = FixedClock(NOW)
        with (
            pytest.MonkeyPatch.context() as patch,
            closing(open_database(path, clock)) as database,
        ):
            patch.setattr(thinning, "UNDOABLE", UNDOABLE)
            patch.setattr(thinning, "EVERY", every)
            database.without_waiting()
            pipeline = Pipeline(database)
            for card in CARDS:
                pipeline.add(f"Company {card}", "Engineer")
            refused, first_kept = [], 0
            for step in steps:
                clock.moment += timedelta(minutes=1)
                refused.append(do(pipeline, *step))
                first_kept = max(first_kept, oldest_of_the_newest(path))
            told.append((timelines(database), refused))
            undo_all(pipeline)
            left = ask(path, "SELECT coalesce(max(id), 0) FROM change WHERE state = 'done'")
            assert left == 0 if name == "whole" else left < max(first_kept, 1)
            assert ask(path, "SELECT count(*) FROM pragma_integrity_check") == 1
            assert ask(path, "SELECT count(*) FROM pragma_foreign_key_check") == 0
    assert told[0] == told[1]
