"""Take-home tasks and tests: given, changed, handed in, and what is reminded of."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.model.dossier import AssignmentEntry
from store.pipeline import Pipeline
from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.interview_line import is_assignment, split_assignment
from tests.store.conftest import Begin
from tests.tables import each_row

TODAY = date(2026, 11, 23)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


@pytest.fixture
def tasks(db: Database) -> Callable[[], tuple[AssignmentEntry, ...]]:
    return lambda: db.glance().dossier(1).assignments


def actions(db: Database) -> list[tuple[str, str]]:
    return [(due.rule, due.action) for due in db.glance().follow_ups_of(1)]


def test_a_task_with_all_its_fields(
    pipeline: Pipeline, tasks: Callable[[], tuple[AssignmentEntry, ...]], clock: FixedClock
) -> None:
    due_at = datetime(2026, 11, 27, 17, tzinfo=clock.zone)
    written = pipeline.assignment(
        1, " Case study ", due_at=due_at, given_on=date(2026, 11, 20), remarks="four pages"
    )
    assert written.summary == "take-home: Case study, due Fri 27 Nov 17:00"
    assert written.card is not None
    assert written.card.stage is Stage.FIRST, "whoever gives a task has begun to talk"
    (task,) = tasks()
    assert task == AssignmentEntry(
        written.made or 0, Stage.FIRST, "take_home", "Case study", date(2026, 11, 20),
        date(2026, 11, 27), due_at, "Europe/Berlin", 0, None, "four pages",
    )  # fmt: skip
    pipeline.undo()
    assert tasks() == ()


def test_handing_in_ends_the_reminder_and_begins_a_wait(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    made = pipeline.assignment(1, "Case study", due_on=TODAY + timedelta(days=1)).made
    assert made is not None
    assert ("R26", "hand_in") in actions(db)
    reminder = next(due for due in db.glance().follow_ups_of(1) if due.action == "hand_in")
    pipeline.complete(reminder.id)
    assert db.glance().dossier(1).assignments[0].handed_in_on == TODAY
    pipeline.undo()
    pipeline.edit_assignment(made, {"handed_in_on": pipeline.today})
    assert ("R26", "hand_in") not in actions(db)
    assert ("R26", "inquire") in actions(db)
    pipeline.edit_assignment(made, {"handed_in_on": None})
    assert ("R26", "hand_in") in actions(db), "mark as not handed in"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"title": " "}, "Task is empty"),
        ({"kind": "essay"}, "Unknown kind of task “essay”"),
        ({"minutes_spent": -1}, "1,000 hours"),
        ({"handed_in_on": date(2026, 11, 24)}, "is in the future"),
        ({"due_on": date(2026, 11, 22)}, "cannot be that it is due before that"),
        ({"given_on": date(2026, 11, 1)}, "before the application itself"),
    ],
)
def test_refused(
    values: dict[str, object],
    says: str,
    pipeline: Pipeline,
    tasks: Callable[[], tuple[AssignmentEntry, ...]],
) -> None:
    with pytest.raises(Refused, match=says):
        pipeline.assignment(1, **{"title": "Case", **values})  # type: ignore[arg-type]
    assert tasks() == ()


def test_removed(pipeline: Pipeline, tasks: Callable[[], tuple[AssignmentEntry, ...]]) -> None:
    made = pipeline.assignment(1, "Case").made
    assert made is not None
    pipeline.remove_assignment(made)
    assert tasks() == ()
    pipeline.undo()
    assert len(tasks()) == 1


@each_row(
    ("text", "parts"),
    [
        ("take-home by fri 17:00", ("take_home", "Take-home", "fri 17:00")),
        ("Take home Case study, due 3 dec", ("take_home", "Case study", "3 dec")),
        ("assessment due 3 dec", ("assessment", "Assessment", "3 dec")),
        ("test: Codility by +3d", ("assessment", "Codility", "+3d")),
        ("task", ("take_home", "Take-home", "")),
        ("take-home standby plan by fri", ("take_home", "standby plan", "fri")),
    ],
)
def test_a_line_is_split(text: str, parts: tuple[str, str, str]) -> None:
    assert is_assignment(text)
    assert split_assignment(text) == parts


@each_row("text", ["tue 10:00 case", "tests tomorrow", "invited", ""])
def test_a_line_about_an_interview(text: str) -> None:
    assert not is_assignment(text)
    with pytest.raises(Refused):
        split_assignment(text)
