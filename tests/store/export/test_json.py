"""Everything as JSON: back on an empty board it is the same, to the byte."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from store.clock import FixedClock
from store.errors import StoreError
from store.exchange.mail import read_piped
from store.export import reimport
from store.export.json import VERSION
from store.export.reimport import is_vacant, take_back
from store.file.backup import copies
from store.file.database import Database, open_database
from store.file.location import backup_dir
from store.pipeline import Pipeline
from store.pipeline.changes.journal import TABLES
from store.pipeline.safety import thinning
from store.read.timeline import THINNED
from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.weekly.weeks import Week
from store.tables import Application, Change
from tests.conftest import SAMPLE_MADE, examples
from tests.store.export.conftest import as_file, exported
from tests.tables import each_row

Made = Callable[[], Database]


@pytest.mark.parametrize("journal", [False, True])
def test_the_sample_comes_back_to_the_byte(sample: Database, new: Made, journal: bool) -> None:
    text = exported(sample, journal=journal)
    other = new()
    taken = take_back(other, as_file(text), "board.json")
    assert (taken.applications, taken.journal, taken.left_out) == (25, journal, False)
    assert exported(other, journal=journal) == text
    assert exported(other) == exported(sample)


def test_every_row_of_every_table_is_the_same(sample: Database, new: Made) -> None:
    other = new()
    take_back(other, as_file(exported(sample, journal=True)), "board.json")
    for table in (*TABLES.values(), Change):
        with sample.writing() as one, other.writing() as two:
            before = [row.model_dump() for row in one.exec(select(table))]
            after = [row.model_dump() for row in two.exec(select(table))]
        assert before == after, table
        assert before or table.__tablename__ in ("score", "criterion", "employer_name", "draft",
                                                 "assignment", "setting", "mail", "goal",
                                                 "reminder")  # fmt: skip


LETTER = (
    "From: Ana Ruiz <ana@globex.example>\nSubject: Hello\nDate: Fri, 20 Nov 2026 09:00:00 +0100"
    "\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nVERSION:2.0\n"
    "METHOD:REQUEST\nBEGIN:VEVENT\nUID:1@x\nDTSTART:20261201T090000Z\nDURATION:PT45M\n"
    "SUMMARY:Interview\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.fixture
def whole(sample: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The sample with a shelf, a message, a goal, reminders, and a journal of which little can be
    undone."""
    pipeline, zone = Pipeline(sample), sample.clock.zone
    pipeline.shelve("Cyberdyne", "Cook", tags=("remote",), posting_text="Cook\nfor us.",
                    requirements=["A knife"])  # fmt: skip
    pipeline.set_goal("applications", 5, Week(date(2026, 11, 23)))
    pipeline.add_reminder("update the CV", every="week")
    pipeline.add_reminder("call Ana")
    pipeline.receive_mail(read_piped(LETTER.encode(), zone, sample.clock.now()).messages)
    monkeypatch.setattr(thinning, "UNDOABLE", 4)
    monkeypatch.setattr(thinning, "EVERY", 1)
    for number in range(6):
        pipeline.note(1, f"Note {number}")
    return sample


def test_the_shelf_and_the_mail_come_back(whole: Database, new: Made) -> None:
    document = json.loads(exported(whole))
    posting, mail = document["postings"][-1], document["mail"][-1]
    assert (posting["company"], posting["tags"]) == ("Cyberdyne", ["remote"])
    assert (posting["requirements"], posting["posting_text"]) == (["A knife"], "Cook\nfor us.")
    assert (mail["state"], mail["sent_at"]) == ("waiting", "2026-11-20T08:00:00Z")
    assert mail["event"]
    assert [goal["number"] for goal in document["goals"]] == [5]
    assert [one["every"] for one in document["reminders"]] == ["week", ""]
    other = new()
    take_back(other, as_file(exported(whole)), "board.json")
    assert exported(other) == exported(whole)
    Pipeline(other).undo()
    with other.writing() as session:
        assert is_vacant(session)
    part = json.loads(exported(whole, chosen={3}))
    assert not part.keys() & {"postings", "mail", "goals", "reminders"}, "they are of none"


def test_a_thinned_history_comes_back_with_its_timeline(whole: Database, new: Made) -> None:
    text = exported(whole, journal=True)
    without = [one for one in json.loads(text)["journal"] if not one["images"]]
    assert any(one["told_of"] for one in without)
    other = new()
    take_back(other, as_file(text), "board.json")
    assert exported(other, journal=True) == text
    for database in (whole, other):
        pipeline = Pipeline(database)
        for _ in range(4):
            pipeline.undo()
        with pytest.raises(Refused, match="nothing to undo"):
            [pipeline.undo() for _ in range(2)]
    assert exported(other, journal=True) == exported(whole, journal=True)
    for number in (1, 2, 3):
        with closing(whole.glance()) as one, closing(other.glance()) as two:
            assert one.dossier(number).timeline == two.dossier(number).timeline != ()


def test_how_far_one_journal_is_thinned_says_nothing_of_another(whole: Database, new: Made) -> None:
    for journal in (False, True):
        other = new()
        pipeline = Pipeline(other)
        for _ in range(4):
            pipeline.add("Acme", "Clerk")
            pipeline.delete(pipeline.add("Hooli", "Clerk").application_id or 0)
            pipeline.delete(pipeline.add("Initech", "Clerk").application_id or 0)
        with closing(other.glance()) as glance:
            for card in glance.cards(closed=None):
                pipeline.delete(card.id)
            own = glance.setting(THINNED)
        assert own
        take_back(other, as_file(exported(whole, journal=journal)), "board.json")
        assert exported(other) == exported(whole)
        with closing(other.glance()) as glance:
            assert int(glance.setting(THINNED) or 0) >= int(own)
            assert int(glance.setting(THINNED) or 0) < glance.change_id()
        assert pipeline.undo().said.startswith("Undone: restored 25 applications")


def test_a_copy_is_made_before_of_a_board_on_which_something_was_done(
    sample: Database, new: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = new(), new(), new()
    for database in (two, three):
        pipeline = Pipeline(database)
        pipeline.add("Acme", "Clerk")
        pipeline.delete(1)
    assert take_back(one, as_file(exported(sample)), "board.json").warnings == ()
    assert copies(one.path) == []
    assert take_back(two, as_file(exported(sample)), "board.json").warnings == ()
    assert len(copies(two.path)) == 1
    backup_dir(three.path).touch()
    (warning,) = take_back(three, as_file(exported(sample)), "board.json").warnings
    assert warning.startswith("No copy of the board from before could be made")
    assert exported(three) == exported(sample)


def test_the_document_is_what_every_reader_reads(sample: Database) -> None:
    document = json.loads(exported(sample, journal=True))
    assert (document["format"], document["version"]) == ("rounds board", VERSION)
    globex = next(one for one in document["applications"] if one["company"] == "Globex")
    assert globex["tags"] == ["python", "platform"]
    assert [one["name"] for one in globex["contacts"]] == ["Ana Ruiz", "Bo Lindqvist"]
    assert globex["interviews"][0]["starts_at"].endswith("Z")
    assert document["numbers"]["application"] == 25
    assert document["journal"][0]["images"][0]["before"] is None


def test_each_application_stands_on_a_line_of_its_own(sample: Database) -> None:
    lines = exported(sample).split("\n")
    for place in range(1, 26):
        assert json.loads(lines[place].removesuffix(","))["id"] == place


def test_the_history_that_came_along_is_undone_and_done_again(sample: Database, new: Made) -> None:
    other = new()
    take_back(other, as_file(exported(sample, journal=True)), "board.json")
    told = [Pipeline(database).undo().said for database in (sample, other)]
    assert told[0] == told[1]
    assert exported(other) == exported(sample)
    for database in (sample, other):
        Pipeline(database).redo()
    assert exported(other) == exported(sample)


def test_without_a_history_it_is_one_change_that_undo_takes_back(
    sample: Database, new: Made
) -> None:
    other = new()
    taken = take_back(other, as_file(exported(sample)), "board.json")
    pipeline = Pipeline(other)
    newest = pipeline.undo()
    assert newest.said == "Undone: restored 25 applications from “board.json”."
    with other.writing() as session:
        assert is_vacant(session)
        versions = json.loads(exported(sample))["applications"]
        assert taken.change_id is not None
        assert taken.change_id > max(one["version"] for one in versions)
    pipeline.redo()
    assert unstamped(other) == unstamped(sample)


def unstamped(database: Database) -> Any:
    """The applications without what every write moves on."""
    found = json.loads(exported(database))["applications"]
    return [{k: v for k, v in one.items() if k not in ("version", "updated_at")} for one in found]


def test_numbers_are_never_given_twice(sample: Database, new: Made) -> None:
    Pipeline(sample).delete(25)
    other = new()
    take_back(other, as_file(exported(sample)), "board.json")
    numbers = [
        Pipeline(database).add("Acme", "Clerk").application_id for database in (sample, other)
    ]
    assert numbers == [26, 26]


def test_a_board_with_a_history_of_its_own_keeps_it(sample: Database, new: Made) -> None:
    other = new()
    pipeline = Pipeline(other)
    pipeline.add("Acme", "Clerk")
    pipeline.delete(1)
    taken = take_back(other, as_file(exported(sample, journal=True)), "board.json")
    assert (taken.journal, taken.left_out) == (False, True)
    assert exported(other) == exported(sample)
    pipeline.undo()
    pipeline.undo()
    with other.writing() as session:
        assert [one.company for one in session.exec(select(Application))] == ["Acme"]


def test_a_board_with_something_on_it_is_left_alone(sample: Database, new: Made) -> None:
    other = new()
    Pipeline(other).add("Acme", "Clerk")
    before = exported(other, journal=True)
    with pytest.raises(Refused, match="not empty"):
        take_back(other, as_file(exported(sample)), "board.json")
    assert exported(other, journal=True) == before


def test_a_part_has_only_what_was_chosen_and_comes_back(sample: Database, new: Made) -> None:
    text = exported(sample, chosen={3, 9})
    document = json.loads(text)
    assert [one["id"] for one in document["applications"]] == [3, 9]
    assert document["part"] is True
    other = new()
    take_back(other, as_file(text), "board.json")
    assert exported(other, chosen={3, 9}) == text


@pytest.mark.parametrize("indent", [None, 2])
def test_another_program_may_have_written_it_again(
    sample: Database, new: Made, indent: int | None
) -> None:
    text = exported(sample, journal=True)
    document = json.loads(text)
    for sort in (False, True):
        other = new()
        again = json.dumps(document, indent=indent, sort_keys=sort)
        take_back(other, as_file(again), "board.json")
        assert json.loads(exported(other, journal=True)) == document
        assert exported(other) == exported(sample)


# What does not fit


def changed(sample: Database, change: Callable[[dict[str, Any]], object]) -> str:
    document = json.loads(exported(sample, journal=True))
    change(document)
    return json.dumps(document)


def card(document: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in document["applications"] if one["company"] == "Globex")


MAIL = {
    "id": 1, "key": "k", "state": "waiting", "came_on": "2026-11-20",
    "sent_at": "2026-11-20T08:00:00Z", "name": "", "address": "", "subject": "", "text": "",
    "event": "", "bulk": False, "automatic": False,
}  # fmt: skip
WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a newer version": lambda d: d.update(version=VERSION + 1),
    "a newer form": lambda d: d.update(revision="9999"),
    "another format": lambda d: d.update(format="something"),
    "a part of later": lambda d: d.update(planets=[1]),
    "a column of later": lambda d: card(d).update(colour="red"),
    "a table of later": lambda d: card(d).update(planets=[{"id": 1}]),
    "no number": lambda d: card(d).pop("id"),
    "no company": lambda d: card(d).update(company=""),
    "a company that is missing": lambda d: card(d).pop("company"),
    "a company that is no text": lambda d: card(d).update(company=7),
    "a company that is too long": lambda d: card(d).update(company="x" * 201),
    "a day that there is not": lambda d: card(d).update(applied_on="2026-02-30"),
    "a day in a week": lambda d: card(d).update(applied_on="2026-W01-1"),
    "an instant without a zone": lambda d: card(d).update(created_at="2026-01-01T00:00:00"),
    "a stage that there is not": lambda d: card(d).update(stage="third"),
    "a preset that there is not": lambda d: card(d).update(preset="mars"),
    "a zone that there is not": lambda d: card(d)["interviews"][0].update(zone="Mars/Base"),
    "a number that is too large": lambda d: card(d).update(version=2**63),
    "a yes that is a number": lambda d: card(d).update(no_contact=1),
    "tags that are no list": lambda d: card(d).update(tags="a"),
    "tags that are no texts": lambda d: card(d).update(tags=[1]),
    "parts that are no list": lambda d: card(d).update(notes="a"),
    "a part that is no row": lambda d: card(d)["notes"].append(7),
    "a row that is no row": lambda d: d["applications"].append(None),
    "a history of no number": lambda d: d["journal"][0].update(told_of=["1"]),
    "a history told twice": lambda d: d["journal"][0].update(told_of=[1, 1]),
    "a message that is no calendar entry": lambda d: d["mail"].append(MAIL | {"event": "{}"}),
    "a message in no known state": lambda d: d["mail"].append(MAIL | {"state": "lost"}),
    "the same number twice": lambda d: d["applications"].append(card(d)),
    "somebody who is not there": lambda d: card(d)["interviewers"][0].update(contact_id=999),
    "an image of nothing": lambda d: d["journal"][0]["images"][0].update(table_name="x"),
    "numbers that are none": lambda d: d.update(numbers=[1]),
}


@each_row("name", WRONG)
def test_what_makes_no_sense_is_one_sentence_and_changes_nothing(
    sample: Database, new: Made, name: str
) -> None:
    other = new()
    with pytest.raises((Refused, StoreError)) as refused:
        take_back(other, as_file(changed(sample, WRONG[name])), "board.json")
    assert "board.json" in str(refused.value)
    assert "Nothing was changed" in str(refused.value)
    with other.writing() as session:
        assert is_vacant(session)
        assert session.exec(select(Change)).first() is None


def test_what_a_terminal_would_obey_is_taken_out(sample: Database, new: Made) -> None:
    text = changed(sample, lambda d: card(d).update(company="Glo\x1b[31mbex\n\u202e", role="a\nb"))
    other = new()
    take_back(other, as_file(text), "board.json")
    with other.writing() as session:
        row = session.get(Application, 9)
        assert row is not None
        assert (row.company, row.role) == ("Glo[31mbex ", "a b")


def test_columns_that_came_later_have_their_defaults(sample: Database, new: Made) -> None:
    text = changed(sample, lambda d: [card(d).pop(name) for name in ("waiting", "starts_work_on")])
    other = new()
    take_back(other, as_file(text), "board.json")
    with other.writing() as session:
        row = session.get(Application, 9)
        assert row is not None
        assert (row.waiting, row.starts_work_on) == ("", None)


@pytest.mark.parametrize("journal", [False, True])
def test_a_name_whose_key_is_taken_apart_is_the_same_employer_as_before(
    new: Made, journal: bool
) -> None:
    """Korean syllables, Japanese sounds: their keys are of single letters and marks."""
    one, two = new(), new()
    pipeline = Pipeline(one)
    for company in ("가나다", "ガンダム", "삼성", "삼성전자"):
        pipeline.add(company, "Engineer")
    pipeline.same_employer("삼성", "삼성전자")
    pipeline.edit(1, {"salary": "90k"})
    text = exported(one, journal=journal)
    take_back(two, as_file(text), "board.json")
    assert exported(two, journal=journal) == text
    again = Pipeline(two)
    if journal:
        again.undo()
    for company in ("가나다", "ガンダム", "삼성"):
        again.add(company, "Cook")
    with two.writing() as session:
        keys = [row.employer for row in session.exec(select(Application).order_by("id"))]
    assert keys == [*keys[:3], keys[2], *keys[:3]]
    assert len(set(keys)) == 3


def test_more_rows_than_are_stored_at_once(
    sample: Database, new: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reimport, "_AT_ONCE", 3)
    other = new()
    take_back(other, as_file(exported(sample, journal=True)), "board.json")
    assert exported(other, journal=True) == exported(sample, journal=True)


# Any board


_TURNS = count()
LINES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(
    st.lists(st.tuples(LINES, LINES, LINES, st.lists(LINES, max_size=3), st.integers(0, 3)),
             max_size=4),
    st.booleans(),
)  # fmt: skip
@settings(
    max_examples=examples(25, long=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_was_typed_comes_back(
    tmp_path: Path, empty_board: bytes, cards: list[tuple[Any, ...]], journal: bool
) -> None:
    clock = FixedClock(SAMPLE_MADE)
    folder = tmp_path / str(next(_TURNS))
    folder.mkdir()
    for name in ("one.db", "two.db"):
        (folder / name).write_bytes(empty_board)
    with (
        closing(open_database(folder / "one.db", clock)) as one,
        closing(open_database(folder / "two.db", clock)) as two,
    ):
        pipeline = Pipeline(one)
        for company, role, text, tags, stage in cards:
            try:
                number = pipeline.add(company, role, tags=tuple(tags)).application_id
                assert number is not None
                pipeline.note(number, text)
                pipeline.remind(number, SAMPLE_MADE.date(), text)
                pipeline.move(number, list(Stage)[stage])
                pipeline.interview(number, None, people=text)
            except Refused:
                continue
        whole = exported(one, journal=journal)
        take_back(two, as_file(whole), "board.json")
        assert exported(two, journal=journal) == whole
