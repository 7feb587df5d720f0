"""Use cases about an application as a whole, on a real file."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.errors import Conflict, NotFound
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.store.conftest import NOW

TODAY = date(2026, 11, 23)


def test_add_needs_company_and_role_only(pipeline: Pipeline) -> None:
    written = pipeline.add("  Globex\n", "Staff Engineer")
    card = written.card
    assert card is not None
    assert (card.company, card.role, card.stage) == ("Globex", "Staff Engineer", Stage.APPLIED)
    assert (card.applied_on, card.stage_since) == (TODAY, TODAY)
    assert card.follow_up is not None
    assert card.follow_up.due_on == date(2026, 12, 3)
    assert card.version == written.change_id


def test_added_in_a_later_stage_it_came_there_today_as_far_as_anyone_knows(
    pipeline: Pipeline,
) -> None:
    card = pipeline.add(
        "Globex",
        "Staff Engineer",
        stage=Stage.SECOND,
        applied_on=date(2026, 11, 2),
        tags=["remote", "#python", "Remote"],
    ).card
    assert card is not None
    assert (card.applied_on, card.stage_since) == (date(2026, 11, 2), TODAY)
    assert card.tags == ("remote", "python"), "one tag, however it is written"


@pytest.mark.parametrize(
    ("company", "role", "details", "word"),
    [
        ("", "Engineer", {}, "Company is empty"),
        (" \x1b ", "Engineer", {}, "Company is empty"),
        ("Globex", "\u202e", {}, "Role is empty"),
        ("x" * 10_000, "Engineer", {}, "10,000"),
        ("Globex", "Engineer", {"applied_on": date(2026, 11, 24)}, "is in the future"),
        (
            "Globex",
            "Engineer",
            {"applied_on": TODAY, "expected_by": date(2026, 11, 1)},
            "before the application",
        ),
        ("Globex", "Engineer", {"tags": [f"t{n}" for n in range(21)]}, "tags"),
        ("Globex", "Engineer", {"note": "n" * 20_001}, "20,001"),
    ],
)
def test_what_cannot_be_added(
    pipeline: Pipeline, db: Database, company: str, role: str, details: dict[str, object], word: str
) -> None:
    with pytest.raises(Refused, match=word):
        pipeline.add(company, role, **details)  # type: ignore[arg-type]
    assert db.glance().cards(closed=None) == ()
    assert db.glance().change_id() == 0


def test_edit_replans(pipeline: Pipeline) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    edited = pipeline.edit(card.id, {"closing_on": date(2026, 12, 10)}, version=card.version).card
    assert edited is not None
    assert edited.follow_up is not None
    assert edited.follow_up.due_on == date(2026, 12, 17)
    assert edited.follow_up.id == card.follow_up.id, "the same follow-up, on another day"  # type: ignore[union-attr]


def test_edit_of_an_older_version_is_a_conflict(pipeline: Pipeline) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    pipeline.edit(card.id, {"role": "Architect"}, version=card.version)
    with pytest.raises(Conflict, match="another window"):
        pipeline.edit(card.id, {"role": "Manager"}, version=card.version)
    now = pipeline.edit(card.id, {"location": "Berlin"}).card
    assert now is not None
    assert now.role == "Architect"


def test_a_version_that_was_undone_never_comes_back(pipeline: Pipeline) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    seen = pipeline.edit(card.id, {"role": "Architect"}).card
    pipeline.undo()
    pipeline.edit(card.id, {"role": "Manager"})
    assert seen is not None
    with pytest.raises(Conflict):
        pipeline.edit(card.id, {"role": "Director"}, version=seen.version)


def test_correcting_the_day_of_the_application(pipeline: Pipeline, db: Database) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    earlier = pipeline.edit(card.id, {"applied_on": date(2026, 11, 10)}).card
    assert earlier is not None
    assert (earlier.applied_on, earlier.stage_since) == (date(2026, 11, 10), date(2026, 11, 10))
    pipeline.move(card.id, Stage.FIRST, on=date(2026, 11, 20))
    with pytest.raises(Refused, match="20 Nov"):
        pipeline.edit(card.id, {"applied_on": date(2026, 11, 21)})
    with pytest.raises(Refused, match="future"):
        pipeline.edit(card.id, {"applied_on": date(2026, 11, 24)})


def test_move_over_a_stage_and_where_it_cannot_go(pipeline: Pipeline) -> None:
    card = pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2)).card
    assert card is not None
    moved = pipeline.move(card.id, Stage.SECOND, on=date(2026, 11, 16)).card
    assert moved is not None
    assert (moved.stage, moved.stage_since) == (Stage.SECOND, date(2026, 11, 16))
    for day, word in (
        (date(2026, 11, 15), "before the last step"),
        (date(2026, 11, 24), "is in the future"),
    ):
        with pytest.raises(Refused, match=word):
            pipeline.move(card.id, Stage.FIRST, on=day)
    with pytest.raises(Refused, match="already"):
        pipeline.move(card.id, Stage.SECOND)
    with pytest.raises(NotFound):
        pipeline.move(99, Stage.SECOND)
    with pytest.raises(NotFound):
        pipeline.move(2**63, Stage.SECOND)


def test_an_offer_moved_back_is_no_offer(pipeline: Pipeline) -> None:
    card = pipeline.add("Globex", "Engineer", stage=Stage.OFFER).card
    assert card is not None
    pipeline.deadline(card.id, date(2026, 11, 27))
    back = pipeline.move(card.id, Stage.SECOND).card
    assert back is not None
    assert back.deadline_on is None
    assert back.follow_up is not None
    assert back.follow_up.action == "ask_time", "nothing of the offer is left"


def test_a_note_can_be_shown_and_has_a_text(pipeline: Pipeline, db: Database) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    pipeline.note(card.id, "first\nsecond\x1b[2J")
    (note,) = db.glance().dossier(card.id).notes
    assert note.text == "first\nsecond[2J"
    with pytest.raises(Refused, match="empty"):
        pipeline.note(card.id, " \n ")


def test_the_clock_is_the_only_now(pipeline: Pipeline, clock: FixedClock) -> None:
    clock.moment = clock.moment.replace(year=2027, month=2, day=28)
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    assert card.applied_on == date(2027, 2, 28)


def test_after_a_flight_west_all_goes_on_though_it_is_still_yesterday(
    pipeline: Pipeline, clock: FixedClock
) -> None:
    one, two = (pipeline.add(name, "Engineer").application_id for name in ("Globex", "Acme"))
    assert one is not None
    assert two is not None
    clock.moment = (NOW + timedelta(hours=1)).astimezone(ZoneInfo("Pacific/Honolulu"))
    clock.zone = ZoneInfo("Pacific/Honolulu")
    assert clock.now().date() == TODAY - timedelta(days=1)
    card = pipeline.move(one, Stage.FIRST).card
    assert card is not None
    assert card.stage_since == TODAY
    pipeline.log_reply(one)
    closed = pipeline.close(two, Outcome.REJECTED).card
    assert closed is not None
    assert closed.closed_on == TODAY
