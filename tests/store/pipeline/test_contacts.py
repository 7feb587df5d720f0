"""People of an application: contacts, interviewers, and the line that names them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from store.clock import FixedClock
from store.errors import Conflict, NotFound
from store.file.database import Database
from store.model.dossier import ContactEntry, InterviewEntry
from store.pipeline import Pipeline
from store.rules.text import Refused
from tests.store.conftest import Begin


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.add("Hooli", "SRE")


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


@pytest.fixture
def soon(clock: FixedClock) -> datetime:
    return clock.now() + timedelta(days=2)


def contacts(db: Database, application_id: int = 1) -> tuple[ContactEntry, ...]:
    return db.glance().dossier(application_id).contacts


def meeting(db: Database, place: int = 0, application_id: int = 1) -> InterviewEntry:
    return db.glance().dossier(application_id).interviews[place]


def names(db: Database, place: int = 0) -> list[str]:
    return [interviewer.name for interviewer in meeting(db, place).interviewers]


REFUSED: dict[str, tuple[Callable[[Pipeline], object], str]] = {
    "no name": (lambda p: p.contact(1, "  "), "Name is empty"),
    "nothing to be seen": (lambda p: p.contact(1, "\u200b"), "Name is empty"),
    "long name": (lambda p: p.contact(1, "x" * 201), "Name has 201 characters; 200 fit"),
    "long phone": (lambda p: p.contact(1, "Ana", phone="1" * 61), "Phone has 61"),
    "relation": (lambda p: p.contact(1, "Ana", relation="boss"), "Unknown relation “boss”"),
    "there already": (lambda p: p.contact(1, "BO"), "“Bo” is among the contacts already"),
    "renamed to one": (lambda p: p.edit_contact(1, {"name": "Cy"}), "“Cy” is among"),
    "renamed to nothing": (lambda p: p.edit_contact(1, {"name": ""}), "Name is empty"),
    "met nobody's name": (lambda p: p.set_interviewers(1, ["Ana", " "]), "Name is empty"),
    "interviewer too long": (
        lambda p: p.reschedule(1, p.database.clock.now(), people="x" * 201),
        "Name has 201",
    ),
    "much to mention": (lambda p: p.mention(1, "x" * 501), "What to mention has 501"),
}
MISSING: dict[str, Callable[[Pipeline], object]] = {
    "application": lambda p: p.contact(7, "Ana"),
    "contact to edit": lambda p: p.edit_contact(7, {"name": "Ana"}),
    "contact to remove": lambda p: p.remove_contact(2**70),
    "interview": lambda p: p.set_interviewers(7, ["Ana"]),
    "interviewer": lambda p: p.mention(-1, "x"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str, pipeline: Pipeline, db: Database, soon: datetime) -> None:
    act, sentence = REFUSED[what]
    pipeline.interview(1, soon, people="Bo")
    pipeline.contact(1, "Cy")
    change = db.glance().change_id()
    with pytest.raises(Refused, match=sentence):
        act(pipeline)
    assert db.glance().change_id() == change


@pytest.mark.parametrize("what", MISSING)
def test_not_found(what: str, pipeline: Pipeline) -> None:
    with pytest.raises(NotFound):
        MISSING[what](pipeline)


def test_a_field_that_there_is_not_is_a_mistake_in_the_program(pipeline: Pipeline) -> None:
    pipeline.contact(1, "Ana")
    with pytest.raises(TypeError, match="shoe_size"):
        pipeline.edit_contact(1, {"shoe_size": 40})


def test_the_people_of_an_interview_become_contacts(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.interview(1, soon, people="Ana & Bo")
    assert [(c.name, c.relation) for c in contacts(db)] == [
        ("Ana", "interviewer"),
        ("Bo", "interviewer"),
    ]
    assert names(db) == ["Ana", "Bo"]
    assert meeting(db).people == "Ana and Bo"
    pipeline.interview(1, soon + timedelta(days=1), people="cy, ana, Ana")
    assert [c.name for c in contacts(db)] == ["Ana", "Bo", "cy"], "Ana is known"
    assert names(db, 1) == ["cy", "Ana"]
    pipeline.interview(2, soon + timedelta(days=3), people="Ana")
    assert [c.id for c in contacts(db, 2)] == [4], "of each application its own"


def test_whom_the_application_names_with_an_address_brings_it_along(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.edit(1, {"contact_name": "Ana Silva", "contact_email": "ana@globex.example"})
    pipeline.interview(1, soon, people="ana silva and Bo")
    assert [(each.name, each.email) for each in contacts(db)] == [
        ("Ana Silva", "ana@globex.example"),
        ("Bo", ""),
    ]


def test_a_first_name_means_the_one_who_bears_it(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.contact(1, "Ana Silva", relation="manager")
    pipeline.interview(1, soon, people="ana and Bo")
    assert names(db) == ["Ana Silva", "Bo"]
    assert meeting(db).people == "Ana Silva and Bo"
    assert contacts(db)[0].relation == "manager"


def test_an_invitation_may_name_people_and_place(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.interview(1, None, people="Ana", place="Room 4", formats=["panel"])
    pipeline.interview(1, soon)
    assert names(db) == ["Ana"]
    assert (meeting(db).place, meeting(db).formats) == ("Room 4", ("panel",))
    pipeline.interview(2, None, people="Ana", place="Room 4", formats=["panel"])
    pipeline.interview(2, soon, people="Bo", place="Room 5", formats=["case"])
    told = meeting(db, application_id=2)
    assert (told.people, told.place, told.formats) == ("Bo", "Room 5", ("case",))


def test_met_says_who_was_there(pipeline: Pipeline, db: Database, soon: datetime) -> None:
    pipeline.interview(1, soon, people="Ana and Bo")
    pipeline.mention(2, "the migration")
    written = pipeline.set_interviewers(1, ["Bo", "Dora"])
    assert written.summary == "interview with Bo and Dora"
    assert [(i.name, i.point) for i in meeting(db).interviewers] == [
        ("Bo", "the migration"),
        ("Dora", ""),
    ]
    assert meeting(db).people == "Bo and Dora"
    assert [c.name for c in contacts(db)] == ["Ana", "Bo", "Dora"], "Ana stays a contact"
    pipeline.set_interviewers(1, [])
    assert (names(db), meeting(db).people) == ([], "")


def test_a_new_name_is_the_name_everywhere(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.interview(1, soon, people="Ana and Bo")
    pipeline.interview(1, soon + timedelta(days=1), people="Ana")
    pipeline.edit_contact(1, {"name": "Ana Silva"})
    assert meeting(db).people == "Ana Silva and Bo"
    assert meeting(db, 1).people == "Ana Silva"
    thanks = [due.label for due in db.glance().follow_ups_of(1) if due.action == "thank"]
    assert sorted(thanks) == [
        "thank Ana Silva for the interview",
        "thank Ana Silva for the interview",
        "thank Bo for the interview",
    ]
    pipeline.remove_contact(1)
    assert meeting(db).people == "Bo"
    assert meeting(db, 1).people == ""


def test_rescheduling_keeps_what_is_not_said_anew(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.interview(
        1, soon, minutes=90, people="Ana", place="Room 4", formats=["panel"], zone="Asia/Tokyo"
    )
    pipeline.reschedule(1, soon + timedelta(days=1))
    moved = meeting(db)
    assert moved.starts_at == soon + timedelta(days=1)
    assert (moved.minutes, moved.place, moved.zone) == (90, "Room 4", "Asia/Tokyo")
    assert (moved.formats, moved.people, moved.moved_times) == (("panel",), "Ana", 1)
    pipeline.reschedule(1, moved.starts_at, minutes=30, people="", place="", formats=[], zone="")
    told = meeting(db)
    assert (told.minutes, told.place, told.zone) == (30, "", "Europe/Berlin")
    assert (told.formats, told.people, told.moved_times) == ((), "", 1), "the time did not move"


def thank(db: Database, label: str) -> int:
    return next(due.id for due in db.glance().follow_ups_of(1) if label in due.label)


def test_each_is_thanked_in_their_own_time(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.edit(1, {"applied_on": clock.now().date() - timedelta(days=20)})
    pipeline.interview(1, clock.now() - timedelta(hours=3), people="Ana and Bo")
    due = {d.label: d for d in db.glance().follow_ups_of(1) if d.action == "thank"}
    assert set(due) == {"thank Ana for the interview", "thank Bo for the interview"}
    assert [d.contact_id for d in due.values()] == [1, 2]
    assert {d.interview_id for d in due.values()} == {1}
    pipeline.complete(thank(db, "Ana"))
    assert [i.thanked for i in meeting(db).interviewers] == [True, False]
    pipeline.set_interviewers(1, ["Ana", "Bo", "Cy"])
    labels = [d.label for d in db.glance().follow_ups_of(1) if d.action == "thank"]
    assert labels == ["thank Bo for the interview", "thank Cy for the interview"]


def test_thanks_to_all_at_once_leave_nobody_to_thank(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.edit(1, {"applied_on": clock.now().date() - timedelta(days=20)})
    pipeline.interview(1, clock.now() - timedelta(hours=3))
    pipeline.complete(thank(db, "thank the interviewers"))
    pipeline.set_interviewers(1, ["Ana", "Bo"])
    assert [d for d in db.glance().follow_ups_of(1) if d.action == "thank"] == []
    assert [i.thanked for i in meeting(db).interviewers] == [True, True]


def test_who_was_thanked_is_not_thanked_again_as_nobody(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.edit(1, {"applied_on": clock.now().date() - timedelta(days=20)})
    pipeline.interview(1, clock.now() - timedelta(hours=3), people="Ana")
    pipeline.complete(thank(db, "Ana"))
    pipeline.remove_contact(1)
    assert [d for d in db.glance().follow_ups_of(1) if d.action == "thank"] == []
    pipeline.set_interviewers(1, ["Bo"])
    assert [d.label for d in db.glance().follow_ups_of(1) if d.action == "thank"] == [
        "thank Bo for the interview"
    ]


def test_what_to_mention_is_changed_with_the_contact(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.interview(1, soon, people="Ana and Bo")
    pipeline.edit_contact(1, {"title": "Head"}, mentions={1: " the migration "})
    assert [i.point for i in meeting(db).interviewers] == ["the migration", ""]
    for mentions, error in (({2: "x"}, NotFound), ({9: "x"}, NotFound), ({1: "x" * 501}, Refused)):
        with pytest.raises(error):
            pipeline.edit_contact(1, {"title": "Lead"}, mentions=mentions)
    assert contacts(db)[0].title == "Head"
    pipeline.undo()
    assert [i.point for i in meeting(db).interviewers] == ["", ""]


def mains(db: Database, application_id: int = 1) -> list[tuple[str, str, str]]:
    return [(c.name, c.email, c.relation) for c in contacts(db, application_id) if c.main]


def test_the_form_edits_the_one_to_write_to(pipeline: Pipeline, db: Database) -> None:
    pipeline.edit(1, {"contact_name": "Ana Silva", "contact_relation": "coordinator"})
    assert mains(db) == [("Ana Silva", "", "coordinator")]
    pipeline.edit(1, {"contact_email": "ana@globex.example"})
    assert mains(db) == [("Ana Silva", "ana@globex.example", "coordinator")]
    assert db.glance().dossier(1).fields["contact_email"] == "ana@globex.example"
    pipeline.edit(1, {"contact_name": "Ana Silva Ruiz"})
    assert [c.name for c in contacts(db)] == ["Ana Silva Ruiz"], "a name put right"
    pipeline.edit(1, {"contact_name": "", "contact_email": ""})
    assert contacts(db) == ()
    pipeline.undo()
    assert mains(db) == [("Ana Silva Ruiz", "ana@globex.example", "coordinator")]


def test_an_address_alone_will_do(pipeline: Pipeline, db: Database) -> None:
    made = pipeline.add("Initech", "Ops", contact_email="jobs@initech.example")
    assert made.application_id is not None
    (only,) = contacts(db, made.application_id)
    assert (only.name, only.called, only.main) == ("", "jobs@initech.example", True)
    with pytest.raises(Refused, match="Name is empty"):
        pipeline.edit_contact(only.id, {"email": ""})


def test_a_name_that_is_there_means_that_person(
    pipeline: Pipeline, db: Database, soon: datetime
) -> None:
    pipeline.interview(1, soon, people="Ana Silva, Bo Lind")
    pipeline.edit(1, {"contact_name": "ana silva", "contact_email": "ana@globex.example"})
    assert mains(db) == [("Ana Silva", "ana@globex.example", "interviewer")]
    pipeline.edit(1, {"contact_name": "Cy", "contact_email": "cy@globex.example"})
    assert [c.name for c in contacts(db)] == ["Ana Silva", "Bo Lind", "Cy"], "somebody else"
    assert mains(db) == [("Cy", "cy@globex.example", "other")]
    pipeline.edit(1, {"contact_name": "Bo"})
    assert [name for name, _, _ in mains(db)] == ["Bo Lind"]
    pipeline.edit(1, {"contact_name": "", "contact_email": ""})
    assert [c.name for c in contacts(db)] == ["Ana Silva", "Bo Lind", "Cy"], "who is met stays"


def test_there_is_one_to_write_to_at_most(pipeline: Pipeline, db: Database) -> None:
    for name in ("Ana", "Bo", "Cy"):
        pipeline.contact(1, name, main=True)
    assert [name for name, _, _ in mains(db)] == ["Cy"]
    pipeline.main_contact(1)
    assert [name for name, _, _ in mains(db)] == ["Ana"]
    pipeline.main_contact(1, main=False)
    assert mains(db) == []


def test_a_change_of_the_contact_is_seen_by_another_window(
    pipeline: Pipeline, db: Database
) -> None:
    version = db.glance().card(1).version
    pipeline.edit(1, {"contact_name": "Ana"}, version=version)
    with pytest.raises(Conflict):
        pipeline.edit(1, {"contact_name": "Bo"}, version=version)


def test_an_address_that_nobody_can_see_is_no_name(begin: Begin, pipeline: Pipeline) -> None:
    with pytest.raises(Refused, match="Name is empty"):
        pipeline.contact(1, "\ufeff\u200b", email="\xad")
