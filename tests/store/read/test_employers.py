"""What was with an employer: in short for all of them, and everything about one."""

from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from store.clock import FixedClock
from store.errors import NotFound, StoreError
from store.exchange.incoming import Incoming
from store.file.database import Database
from store.model.employer import AtEmployer, ReachedStage
from store.pipeline import Pipeline
from store.read.employers import read_employer, read_employers, read_names
from store.read.glance import Glance
from store.rules.employers import Before
from store.rules.last_heard import Silence
from store.rules.stages import Outcome, Stage


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.fixture
def at(clock: FixedClock) -> Any:
    """Puts the clock to a day of 2026, at nine in the morning."""

    def put(text: str) -> None:
        moment = clock.moment
        clock.moment = datetime.combine(day(text), moment.time(), moment.tzinfo)

    return put


def the_only(glance: Glance, name: str = "Globex") -> AtEmployer:
    (one,) = read_employer(glance, name).applications
    return one


def test_open_and_closed_ones_stand_under_one_key(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    one = pipeline.add("Globex GmbH", "SRE", applied_on=day("11-02")).application_id or 0
    pipeline.move(one, Stage.FIRST)
    pipeline.close(one, Outcome.REJECTED)
    clock.moment += timedelta(days=1)
    two = pipeline.add("GLOBEX", "Engineer").application_id or 0
    pipeline.add("Globex Labs", "Engineer")
    there = (
        Before(
            one, "SRE", Stage.FIRST, day("11-02"), Outcome.REJECTED, day("11-23"), "Globex GmbH",
            employer="globex",
        ),
        Before(
            two, "Engineer", Stage.APPLIED, day("11-24"), None, None, "GLOBEX", employer="globex"
        ),
    )  # fmt: skip
    with closing(db.glance()) as glance:
        found = read_employers(glance)
        assert tuple(found.at("globex")) == there
        assert [one.role for one in found.at("Globex Labs")] == ["Engineer"]
        assert len(list(found.every())) == 3
        only = read_employers(glance, "globex ag")
        assert tuple(only.every()) == there


def test_who_is_known_there_is_named_once_the_newest_first(
    pipeline: Pipeline, glance: Glance
) -> None:
    pipeline.add("Globex", "SRE", contact_name="Ana Ruiz")
    pipeline.contact(1, "Bo")
    pipeline.add("Globex AG", "Engineer")
    pipeline.contact(2, "Cy")
    pipeline.contact(2, "ANA RUIZ", relation="manager")
    pipeline.contact(2, "Professor Quirk", relation="reference")
    pipeline.contact(2, "", email="jobs@globex.example")
    pipeline.add("Hooli", "SRE", contact_name="Gavin")
    known = ["Cy", "ANA RUIZ", "Bo"]
    assert list(read_employers(glance).people_at("globex")) == known
    assert list(read_employers(glance, "Globex").people_at("Globex")) == known
    assert list(read_employers(glance, "Globex").people_at("Hooli")) == []
    called = [one.called for one in read_employer(glance, "Globex").people]
    assert called == ["Cy", "ANA RUIZ", "jobs@globex.example", "Ana Ruiz", "Bo"]


@pytest.mark.file
def test_an_empty_board_has_none_and_a_broken_one_says_so(pipeline: Pipeline, db: Database) -> None:
    with closing(db.glance()) as glance:
        assert list(read_employers(glance).every()) == []
        assert read_names(glance).said == {}
        pipeline.add("Globex", "SRE")
        glance.reader.connection.execute("PRAGMA query_only = OFF")
        glance.reader.connection.execute("PRAGMA ignore_check_constraints = ON")
        glance.reader.connection.execute("UPDATE application SET applied_on = 'soon'")
        with pytest.raises(StoreError):
            read_employers(glance)
        with pytest.raises(StoreError):
            read_employer(glance, "Globex")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Globx", "There is no application at “Globx”. Did you mean “Globex Corp”?"),
        ("glo", "There is no application at “glo”. Did you mean “Globex Corp”?"),
        ("Umbrella", "There is no application at “Umbrella”."),
        ("  ", "There is no application at “”."),
    ],
)
def test_an_unknown_employer_is_guessed(
    pipeline: Pipeline, glance: Glance, name: str, sentence: str
) -> None:
    pipeline.add("Globex Corp", "SRE")
    pipeline.add("Hooli", "SRE")
    with pytest.raises(NotFound) as error:
        read_employer(glance, name)
    assert str(error.value) == sentence


def test_all_that_was_with_an_employer(pipeline: Pipeline, glance: Glance, at: Any) -> None:
    at("03-02")
    pipeline.add("Globex GmbH", "SRE", contact_name="Ana Ruiz")
    at("03-20")
    pipeline.move(1, Stage.FIRST)
    pipeline.interview(1, datetime.fromisoformat("2026-03-30T10:00+02:00"))
    at("06-04")
    pipeline.close(1, Outcome.REJECTED, reason="another one")
    at("10-12")
    pipeline.add("GLOBEX", "Engineer")
    at("11-23")
    pipeline.add("Hooli", "SRE")
    record = read_employer(glance, "globex")
    assert (record.key, record.name, record.names) == (
        "globex",
        "GLOBEX",
        ("GLOBEX", "Globex GmbH"),
    )
    newer, older = record.applications
    assert (newer.card.id, newer.answered_after, newer.interviews) == (2, None, ())
    assert newer.silences == (Silence(day("10-12"), None, 42),)
    assert newer.steps == (ReachedStage(Stage.APPLIED, day("10-12")),)
    assert (older.card.id, older.answered_after, older.reason) == (1, 18, "another one")
    assert older.steps == (
        ReachedStage(Stage.APPLIED, day("03-02")),
        ReachedStage(Stage.FIRST, day("03-20")),
    )
    assert older.silences == (
        Silence(day("03-02"), day("03-20"), 18),
        Silence(day("03-30"), day("06-04"), 66),
    )
    assert [talk.starts_at.date() for talk in older.interviews if talk.starts_at] == [day("03-30")]
    assert older.look_again_on is not None
    assert older.look_again_on > day("11-23")
    assert [person.name for person in record.people] == ["Ana Ruiz"]


def test_a_step_back_was_a_slip(pipeline: Pipeline, glance: Glance, at: Any) -> None:
    at("03-02")
    pipeline.add("Globex", "SRE")
    at("03-20")
    pipeline.move(1, Stage.SECOND)
    at("03-21")
    pipeline.move(1, Stage.FIRST)
    assert [step.stage for step in the_only(glance).steps] == [Stage.APPLIED, Stage.FIRST]


@pytest.mark.parametrize(("automatic", "days"), [(False, 6), (True, None)])
def test_an_automatic_reply_is_no_answer(
    pipeline: Pipeline, glance: Glance, at: Any, automatic: bool, days: int | None
) -> None:
    at("03-02")
    pipeline.add("Globex", "SRE")
    at("03-08")
    pipeline.log_reply(1, automatic=automatic)
    assert the_only(glance).answered_after == days


def test_days_before_an_application_was_entered_are_not_known(
    pipeline: Pipeline, glance: Glance, at: Any
) -> None:
    at("06-01")
    pipeline.bring_in(
        [Incoming(2, "Globex", "SRE", day("03-02"), stage=Stage.FIRST)], source="a file"
    )
    at("06-20")
    assert the_only(glance).answered_after is None
    assert the_only(glance).silences == (Silence(day("06-01"), None, 19),)


def test_after_an_offer_it_is_the_user_who_answers(
    pipeline: Pipeline, glance: Glance, at: Any
) -> None:
    at("03-02")
    pipeline.add("Globex", "SRE")
    at("03-10")
    pipeline.move(1, Stage.OFFER)
    at("06-20")
    assert the_only(glance).silences == ()
    pipeline.close(1, Outcome.DECLINED)
    assert the_only(glance).silences == ()


def test_an_interview_agreed_for_later_is_no_silence_and_a_cancelled_one_is(
    pipeline: Pipeline, glance: Glance, at: Any
) -> None:
    at("03-02")
    pipeline.add("Globex", "SRE")
    at("03-04")
    pipeline.interview(1, datetime.fromisoformat("2026-04-01T10:00+02:00"))
    at("03-25")
    assert the_only(glance).silences == ()
    pipeline.cancel_interview(the_only(glance).interviews[0].id)
    assert the_only(glance).silences == (Silence(day("03-04"), None, 21),)


def test_names_said_to_be_one_stand_together_and_those_apart_are_named(
    pipeline: Pipeline, glance: Glance
) -> None:
    pipeline.add("Globex GmbH", "SRE")
    pipeline.add("Globex", "Engineer")
    pipeline.same_employer("Initech", "Globex")
    assert read_employer(glance, "initech ag").names == ("Globex", "Globex GmbH", "Initech")
    pipeline.other_employer("Globex GmbH", "Globex")
    record = read_employer(glance, "Globex")
    assert (record.names, record.apart) == (("Globex", "Initech"), ("Globex GmbH",))
    record = read_employer(glance, "Globex GmbH")
    assert [one.card.id for one in record.applications] == [1]
    assert (record.names, record.apart) == (("Globex GmbH",), ("Globex",))


def test_more_than_a_hundred_applications_there_are_read_at_once(
    pipeline: Pipeline, glance: Glance
) -> None:
    rows = [Incoming(n, "Globex", f"Role {n}", day("11-02")) for n in range(2, 123)]
    pipeline.bring_in(rows, source="a file")
    assert len(read_employer(glance, "Globex").applications) == 121


def test_what_else_was_at_the_employer_is_known(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex GmbH", "SRE", contact_name="Ana Ruiz")
    pipeline.close(1, Outcome.REJECTED)
    pipeline.add("globex", "Engineer", contact_name="Bo")
    pipeline.contact(1, "BO")
    pipeline.contact(1, "Professor Quirk", relation="reference")
    pipeline.add("Initech", "SRE", contact_name="Cy")
    known = glance.dossier(2)
    assert [(one.id, one.outcome) for one in known.there] == [(1, Outcome.REJECTED)]
    assert known.people_there == ("Ana Ruiz",), "Bo is known here too"
    pipeline.same_employer("Initech", "Globex")
    known = glance.dossier(2)
    assert [one.id for one in known.there] == [1, 3]
    assert known.people_there == ("Cy", "Ana Ruiz")
    pipeline.delete_all([1, 3])
    assert (glance.dossier(2).there, glance.dossier(2).people_there) == ((), ())
