"""Going back to a copy: one step, with all that belongs to the cards, and undone like any other."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import Conflict, StoreError
from store.exchange.mail import read_piped
from store.file import backup
from store.file.backup import copies
from store.file.database import Database, FileDatabase, open_database
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.pipeline.safety.restoring import AsItWas
from store.read.searches import read_searches
from store.rules.mail.message import MailKind
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.rules.weekly.weeks import Week
from store.settings import Settings
from store.tables import FollowUp
from tests.makers import TODAY, follow_up

pytestmark = pytest.mark.file  # a server has the backups of its boards

TABLES = (
    "application", "criterion", "employer_name", "tip_tick", "stage_move", "note", "score",
    "contact", "assignment", "interview", "interviewer", "debrief", "point", "follow_up", "draft",
    "message", "posting", "mail", "setting",
)  # fmt: skip


def begin(pipeline: Pipeline, clock: FixedClock) -> None:
    """Two cards, a contact, a note, a search, a criterion."""
    pipeline.catch_up(Settings().fingerprint)
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    pipeline.add("Hooli", "Designer", applied_on=date(2026, 11, 3))
    pipeline.contact(1, "Ana", email="ana@globex.example")
    pipeline.note(1, "They use Rust.")
    pipeline.save_search("Remote", "tag:remote")
    pipeline.criterion("pay", 4)
    clock.moment += timedelta(hours=1)


@pytest.fixture(name="begin")
def _begin() -> Callable[[Pipeline, FixedClock], None]:
    return begin


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows, without the columns that every write moves on, and settings without numbers."""
    found = {}
    with closing(sqlite3.connect(path)) as board:
        for name in TABLES:
            columns = [row[1] for row in board.execute(f"PRAGMA table_info({name})")]
            kept = ", ".join(c for c in columns if c not in ("version", "updated_at"))
            if name == "setting":
                kept = "name, value"
            found[name] = sorted(board.execute(f"SELECT {kept} FROM {name}").fetchall(), key=str)
    return found


@pytest.fixture
def copy(db: Database) -> Path:
    return db.backup()


def go_on(pipeline: Pipeline) -> None:
    """A day in which much happens."""
    pipeline.add("Initech", "Tester")
    pipeline.move(1, Stage.SECOND)
    pipeline.edit_note(1, "They use Go.")
    pipeline.close(2, Outcome.REJECTED)
    pipeline.delete(2)
    pipeline.remove_search("Remote")
    pipeline.save_search("Other", "stage:second")
    pipeline.sort_lane(Stage.APPLIED, "company")
    pipeline.criterion("team", 2)
    pipeline.same_employer("Globex", "Initech")
    pipeline.remember("theme", "rounds-light")


def test_all_is_as_it_was_and_undo_brings_all_of_it_back(
    pipeline: Pipeline, copy: Path, path: Path, clock: FixedClock
) -> None:
    then = rows(path)
    go_on(pipeline)
    now = rows(path)
    clock.moment += timedelta(days=2)
    written = pipeline.restore_copy(copy)
    assert written.sentence == "Went back to the copy of Mon 23 Nov, 09:00."
    assert written.also == (1, 2, 3)
    back = rows(path)
    theme = ("theme", "rounds-light")
    assert back == {**then, "setting": sorted([*then["setting"], theme], key=str)}
    assert pipeline.undo().sentence == "Undone: went back to the copy of Mon 23 Nov, 09:00."
    assert rows(path) == now
    pipeline.redo()
    assert rows(path) == back
    pipeline.undo()
    pipeline.undo()
    assert rows(path)["employer_name"] == [], "and the steps from before can be undone as ever"


def comes(pipeline: Pipeline, *numbers: int) -> int:
    """How many of these messages are new."""
    clock, new = pipeline.database.clock, 0
    for number in numbers:
        letter = (
            f"From: Ana <ana@globex.example>\nSubject: Message {number}\nMessage-ID: <{number}@x>\n"
            "Date: Fri, 20 Nov 2026 09:00:00 +0100\n\nWe got it.\n"
        )
        box = read_piped(letter.encode(), clock.zone, clock.now())
        new += pipeline.receive_mail(box.messages)
    return new


def test_the_shelf_and_the_mail_go_back_too(pipeline: Pipeline, path: Path, db: Database) -> None:
    pipeline.shelve("Cyberdyne", "Cook", requirements=["A knife"])
    pipeline.shelve("Weyland", "Nurse")
    comes(pipeline, 1, 2)
    copy, then = db.backup(), rows(path)
    pipeline.apply_to(1)
    pipeline.edit_posting(2, {"salary": "80k"})
    pipeline.shelve("Tyrell", "Guard")
    pipeline.confirm_mail([Confirmed(1, MailKind.REPLY, 1, text="We got it.")])
    pipeline.drop_mail([2])
    comes(pipeline, 3)
    pipeline.confirm_mail([Confirmed(3, MailKind.REPLY, 1, text="We got it.")])
    now = rows(path)
    assert pipeline.preview_restore(copy).others == 6
    pipeline.restore_copy(copy)
    assert rows(path) == then
    pipeline.undo()
    assert rows(path) == now
    pipeline.redo()
    assert rows(path) == then
    assert comes(pipeline, 1, 3) == 1, "what was taken is proposed again when it comes again"
    pipeline.undo()
    assert rows(path) == now, "and it is no second message"


def test_goals_and_reminders_go_back_too(pipeline: Pipeline, path: Path, db: Database) -> None:
    week = Week(TODAY)
    pipeline.set_goal("applications", 5, week)
    pipeline.add_reminder("update the CV", TODAY)
    pipeline.add_reminder("call Ana")
    copy, then = db.backup(), rows(path)
    pipeline.set_goal("applications", 3, week.shift(1))
    pipeline.complete_reminders([1])
    pipeline.drop_reminders([2])
    pipeline.add_reminder("call Bo")
    now = rows(path)
    assert pipeline.preview_restore(copy).others == 4
    pipeline.restore_copy(copy)
    assert rows(path) == then
    pipeline.undo()
    assert rows(path) == now


def test_messages_that_came_since_wait_on(pipeline: Pipeline, path: Path, copy: Path) -> None:
    comes(pipeline, 1)
    with pytest.raises(AsItWas):
        pipeline.restore_copy(copy)
    pipeline.note(2, "Call them.")
    pipeline.restore_copy(copy)
    (mail,) = rows(path)["mail"]
    assert {"waiting", "Message 1"} <= set(mail)
    assert comes(pipeline, 1) == 0


def test_a_message_that_came_twice_is_one(pipeline: Pipeline, path: Path, db: Database) -> None:
    """Back to before it came, then it came again, then back to when it was there first."""
    before = db.backup()
    comes(pipeline, 1)
    pipeline.confirm_mail([Confirmed(1, MailKind.REPLY, 1, text="We got it.")])
    then, after = rows(path), db.backup()
    pipeline.restore_copy(before)
    assert comes(pipeline, 1) == 1
    now = rows(path)
    pipeline.restore_copy(after)
    assert rows(path) == then
    pipeline.undo()
    assert rows(path) == now


def test_what_would_change_is_told_before_and_nothing_is_written(
    pipeline: Pipeline, copy: Path, path: Path
) -> None:
    go_on(pipeline)
    before = path.read_bytes()
    told = pipeline.preview_restore(copy)
    assert [(card.id, card.company, card.role) for card in told.back] == [(2, "Hooli", "Designer")]
    assert [card.company for card in told.gone] == ["Initech"]
    assert [card.company for card in told.changed] == ["Globex"]
    assert (told.others, told.same_board, told.is_none) == (5, True, False)
    assert path.read_bytes() == before
    assert copies(path) == [copy]


def test_a_safety_copy_is_made_before_and_without_one_nothing_is_changed(
    pipeline: Pipeline, copy: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(pipeline)
    before = rows(path)
    with monkeypatch.context() as full:

        def fail(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        full.setattr(backup, "_put", fail)
        with pytest.raises(StoreError, match=r"No safety copy.*the disk is full.*not changed"):
            pipeline.restore_copy(copy)
    assert rows(path) == before
    pipeline.restore_copy(copy)
    assert len(copies(path)) == 2
    pipeline.restore_copy(copies(path)[-1])
    assert rows(path) == before, "the copy made before leads back, too"


def test_a_board_as_in_the_copy_is_left_alone(pipeline: Pipeline, copy: Path, path: Path) -> None:
    pipeline.move(1, Stage.FIRST)
    pipeline.undo()
    before = path.read_bytes()
    assert pipeline.preview_restore(copy).is_none
    with pytest.raises(AsItWas, match="Nothing was changed"):
        pipeline.restore_copy(copy)
    assert path.read_bytes() == before
    assert copies(path) == [copy]


def test_what_was_changed_since_it_was_compared_is_not_overwritten(
    pipeline: Pipeline, copy: Path, db: Database, clock: FixedClock
) -> None:
    go_on(pipeline)
    seen = pipeline.preview_restore(copy).change_id
    with closing(open_database(db.path, clock)) as other:
        Pipeline(other).note(1, "In another window.")
    with pytest.raises(Conflict, match=r"changed since.*Nothing was restored"):
        pipeline.restore_copy(copy, seen=seen)


def test_one_that_writes_in_the_last_moment_is_not_overwritten(
    pipeline: Pipeline, copy: Path, db: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(pipeline)
    usual = FileDatabase.backup

    def meanwhile(self: FileDatabase, to: Path | None = None) -> Path:
        with closing(open_database(db.path, clock)) as other:
            Pipeline(other).note(1, "In another window.")
        return usual(self, to)

    monkeypatch.setattr(FileDatabase, "backup", meanwhile)
    with pytest.raises(Conflict, match="Nothing was restored"):
        pipeline.restore_copy(copy)
    with closing(db.glance()) as glance:
        assert [card.company for card in glance.cards()] == ["Globex", "Initech"]


def test_a_copy_of_another_board_is_refused(
    pipeline: Pipeline, copy: Path, tmp_path: Path, clock: FixedClock
) -> None:
    with closing(open_database(tmp_path / "other.db", clock)) as other:
        Pipeline(other).add("Wayne", "Butler")
        theirs = other.backup()
    assert not pipeline.preview_restore(theirs).same_board
    with pytest.raises(Refused, match=r"another board\. Nothing was changed"):
        pipeline.restore_copy(theirs)


def test_a_copy_of_an_empty_board_is_one_of_every_board(
    pipeline: Pipeline, tmp_path: Path, clock: FixedClock
) -> None:
    with closing(open_database(tmp_path / "other.db", clock)) as other:
        empty = other.backup()
    pipeline.restore_copy(empty)
    with closing(pipeline.database.glance()) as glance:
        assert glance.cards() == ()
    pipeline.undo()
    with closing(pipeline.database.glance()) as glance:
        assert len(glance.cards()) == 2


def test_it_is_told_in_the_timeline_of_each_card_that_it_changed(
    pipeline: Pipeline, copy: Path
) -> None:
    pipeline.add("Initech", "Tester")
    pipeline.move(1, Stage.SECOND)
    pipeline.restore_copy(copy)
    with closing(pipeline.database.glance()) as glance:
        told = [entry.summary for entry in glance.dossier(1).timeline]
        assert told[:2] == [
            "went back to the copy of Mon 23 Nov, 09:00",
            "moved from applied to second",
        ]
        assert "went back" not in glance.dossier(2).timeline[0].summary


def test_the_plan_is_that_of_todays_rules(
    pipeline: Pipeline, copy: Path, db: Database, put: Callable[..., None]
) -> None:
    """The copy was planned by others: what is restored needs no plan anew."""
    settings = Settings(preset="fast")
    now = Pipeline(db, settings.rules)
    pipeline.add("Initech", "Tester")
    now.catch_up(settings.fingerprint)
    with closing(db.glance()) as glance:
        planned = {due.label: due.due_on for due in glance.follow_ups_of(1)}
    assert now.preview_restore(copy).changed == (), "what the rules say anew is no change"
    now.restore_copy(copy)
    with closing(db.glance()) as glance:
        assert {due.label: due.due_on for due in glance.follow_ups_of(1)} == planned
    assert now.catch_up(settings.fingerprint) == ()
    assert now.out_of_plan() == ()


def test_follow_ups_of_ones_own_come_and_go(
    pipeline: Pipeline, copy: Path, put: Callable[..., None], db: Database
) -> None:
    put(follow_up(900, date(2026, 12, 1)))
    pipeline.restore_copy(copy)
    with db.writing() as session:
        assert session.get(FollowUp, 900) is None
    pipeline.undo()
    with db.writing() as session:
        assert session.get(FollowUp, 900) is not None


def test_searches_by_their_names_whatever_their_numbers(
    pipeline: Pipeline, copy: Path, db: Database
) -> None:
    pipeline.remove_search("Remote")
    pipeline.remember("view", "list")
    pipeline.save_search("Remote", "stage:offer")
    pipeline.restore_copy(copy)
    with closing(db.glance()) as glance:
        assert dict(read_searches(glance)) == {"Remote": "tag:remote"}
        assert glance.setting("view") == "list"


def test_names_that_were_given_on(pipeline: Pipeline, db: Database) -> None:
    """A name went from one criterion to the next: the first must let go of it first, whichever way
    it goes."""
    pipeline.criterion("team", 1)
    copy = db.backup()
    pipeline.edit_criterion(2, "fun", 1)
    pipeline.edit_criterion(1, "team", 4)

    def names() -> list[tuple[int, str]]:
        with closing(sqlite3.connect(db.path)) as board:
            return board.execute("SELECT id, name FROM criterion ORDER BY id").fetchall()

    assert names() == [(1, "team"), (2, "fun")]
    pipeline.restore_copy(copy)
    assert names() == [(1, "pay"), (2, "team")]
    pipeline.undo()
    assert names() == [(1, "team"), (2, "fun")]


def test_names_that_were_swapped(pipeline: Pipeline, db: Database) -> None:
    pipeline.criterion("team", 1)
    copy = db.backup()
    for number, name in ((1, "x"), (2, "pay"), (1, "team")):
        pipeline.edit_criterion(number, name, 1)
    before = rows(db.path)
    pipeline.restore_copy(copy)
    assert [row[1] for row in rows(db.path)["criterion"]] == ["pay", "team"]
    pipeline.undo()
    assert rows(db.path) == before
