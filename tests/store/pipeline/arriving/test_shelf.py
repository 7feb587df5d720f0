"""The shelf on a real file: what is put there, changed, dropped, made an application, undone."""

from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest

from store.errors import AlreadyThere, NotFound
from store.file.database import Database
from store.model.shelf import Shelved
from store.pipeline import Pipeline
from store.read.arriving.shelf import read_shelf, read_shelved
from store.rules.stages import Stage
from store.rules.text import Refused

DAY = date(2026, 11, 23)
LINK = "https://globex.example/jobs/12345"
KNOWN: dict[str, Any] = {
    "location": "Berlin",
    "url": LINK,
    "source": "LinkedIn",
    "salary": "EUR 70,000",
    "tags": ("remote",),
    "posted_on": date(2026, 11, 20),
    "closing_on": date(2026, 11, 25),
    "posting_text": "We run things.\n\n• Go",
}


def shelf(db: Database) -> tuple[Shelved, ...]:
    with closing(db.glance()) as glance:
        return read_shelf(glance, DAY)


def test_a_posting_is_put_there_and_undone(pipeline: Pipeline, db: Database) -> None:
    written = pipeline.shelve("Globex", "SRE", requirements=["Go", " SQL ", "", "go"], **KNOWN)
    assert written.sentence == "Put on the shelf: Globex, SRE."
    assert (written.made, written.application_id) == (1, None)
    assert shelf(db) == (
        Shelved(1, "Globex", "SRE", taken_on=DAY, requirements=("Go", "SQL"), **KNOWN),
    )
    assert db.glance().cards(closed=None) == (), "it is no application"
    assert pipeline.undo().sentence == "Undone: put on the shelf — Globex, SRE."
    assert shelf(db) == ()
    assert pipeline.redo().sentence == "Done again: put on the shelf — Globex, SRE."
    assert len(shelf(db)) == 1


def test_an_application_is_made_of_it_in_one_step(pipeline: Pipeline, db: Database) -> None:
    pipeline.shelve("Globex", "SRE", requirements=["Go", "SQL"], **KNOWN)
    before = shelf(db)
    written = pipeline.apply_to(1)
    assert written.application_id == 1
    assert written.sentence == "Globex, SRE: applied to, off the shelf."
    with closing(db.glance()) as glance:
        dossier = glance.dossier(1)
    card = dossier.card
    assert (card.stage, card.applied_on, card.tags) == (Stage.APPLIED, DAY, ("remote",))
    assert (card.url, card.salary, card.location) == (LINK, "EUR 70,000", "Berlin")
    values = dossier.form_values()
    assert (values["posting_text"], values["closing_on"]) == (
        KNOWN["posting_text"],
        KNOWN["closing_on"],
    )
    assert [(one.kind, one.text) for one in dossier.points] == [
        ("requirement", "Go"),
        ("requirement", "SQL"),
    ]
    assert card.follow_up is not None, "its follow-ups are planned"
    assert shelf(db) == ()
    assert pipeline.undo().sentence == "Undone: applied to, off the shelf (Globex, SRE)."
    assert shelf(db) == before
    assert db.glance().cards(closed=None) == ()
    pipeline.redo()
    assert shelf(db) == ()
    assert len(db.glance().cards()) == 1


def test_on_an_earlier_day(pipeline: Pipeline, db: Database) -> None:
    pipeline.shelve("Globex", "SRE")
    pipeline.apply_to(1, on=DAY - timedelta(days=4))
    assert db.glance().card(1).applied_on == date(2026, 11, 19)
    pipeline.undo()
    with pytest.raises(Refused, match="in the future"):
        pipeline.apply_to(1, on=DAY + timedelta(days=1))
    assert len(shelf(db)) == 1


def test_it_is_changed(pipeline: Pipeline, db: Database) -> None:
    pipeline.shelve("Globex", "SRE", requirements=["Go"], **KNOWN)
    pipeline.edit_posting(1, {"salary": "80k", "closing_on": None, "requirements": ["Rust"]})
    (one,) = shelf(db)
    assert (one.salary, one.closing_on, one.requirements) == ("80k", None, ("Rust",))
    assert (one.location, one.tags) == ("Berlin", ("remote",)), "the rest stays"
    pipeline.undo()
    (one,) = shelf(db)
    assert (one.salary, one.requirements) == ("EUR 70,000", ("Go",))


def test_several_are_dropped_or_none(pipeline: Pipeline, db: Database) -> None:
    for company in ("Globex", "Initech", "Hooli"):
        pipeline.shelve(company, "SRE")
    with pytest.raises(Refused, match="p9"):
        pipeline.drop_postings([1, 9])
    assert len(shelf(db)) == 3
    written = pipeline.drop_postings([1, 3, 1])
    assert written.sentence == "Dropped: Globex (SRE), Hooli (SRE)."
    assert [one.company for one in shelf(db)] == ["Initech"]
    pipeline.undo()
    assert len(shelf(db)) == 3


def test_ids_are_never_given_twice(pipeline: Pipeline, db: Database) -> None:
    pipeline.shelve("Globex", "SRE")
    pipeline.drop_postings([1])
    assert pipeline.shelve("Initech", "SRE").made == 2


def test_what_is_not_there(pipeline: Pipeline, db: Database) -> None:
    for act in (
        lambda: pipeline.apply_to(7),
        lambda: pipeline.edit_posting(7, {}),
        lambda: pipeline.drop_postings([7]),
        lambda: read_shelved(db.glance(), 7),
        lambda: read_shelved(db.glance(), 2**70),
        lambda: pipeline.apply_to(2**70),
    ):
        with pytest.raises(NotFound, match=r"There is no posting p\d+ on the shelf\."):
            act()


@pytest.mark.parametrize(
    ("again", "refused"),
    [
        ({"url": LINK}, True),
        ({"url": f"{LINK}?utm_source=x"}, True),
        ({"company": "Globex GmbH", "role": "sre"}, True),
        ({"company": "Globex", "role": "SRE", "url": "https://globex.example/jobs/67890"}, False),
        ({"company": "Globex", "role": "Cook"}, False),
        ({"company": "Hooli", "role": "SRE"}, False),
    ],
)
def test_no_posting_is_there_twice(
    again: dict[str, str], refused: bool, pipeline: Pipeline, db: Database
) -> None:
    pipeline.shelve("Globex", "SRE", url=LINK)
    posting = {"company": "Initech", "role": "Writer", **again}
    if refused:
        with pytest.raises(Refused, match=r"is on the shelf already \(p1\)"):
            pipeline.shelve(**posting)
    else:
        pipeline.shelve(**posting)
    assert len(shelf(db)) == 1 + (not refused)


def test_an_application_with_its_link_is_told_of(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", url=LINK)
    with pytest.raises(AlreadyThere, match="has this link already") as there:
        pipeline.shelve("Globex", "SRE", url=LINK, unless="link")
    assert there.value.application_id == 1
    pipeline.shelve("Globex", "SRE", url=LINK)
    with pytest.raises(AlreadyThere):
        pipeline.apply_to(1)
    assert len(shelf(db)) == 1
    pipeline.apply_to(1, unless=None)
    assert len(db.glance().cards()) == 2


def test_what_does_not_fit_is_refused_and_nothing_stored(pipeline: Pipeline, db: Database) -> None:
    for company, role, more in (
        ("", "SRE", {}),
        ("Globex", " ", {}),
        ("x" * 201, "SRE", {}),
        ("Globex", "SRE", {"posting_text": "x" * 40_001}),
        ("Globex", "SRE", {"requirements": ["x" * 501]}),
        ("Globex", "SRE", {"requirements": [f"point {n}" for n in range(51)]}),
        ("Globex", "SRE", {"tags": ("x" * 41,)}),
    ):
        with pytest.raises(Refused):
            pipeline.shelve(company, role, **more)
    with pytest.raises(TypeError, match="no detail"):
        pipeline.shelve("Globex", "SRE", contact_name="Ana")
    assert shelf(db) == ()
    assert db.glance().change_id() == 0


def test_texts_come_through_the_door(pipeline: Pipeline, db: Database) -> None:
    pipeline.shelve(
        "Glo\x1b[31mbex\u202e", "S\nRE", requirements=["G\x00o\tx"], posting_text="a\x07b"
    )
    (one,) = shelf(db)
    assert (one.company, one.role) == ("Glo[31mbex", "S RE")
    assert (one.requirements, one.posting_text) == (("Go x",), "ab")


def test_requirements_of_an_application_that_is_added_at_once(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.add("Globex", "SRE", requirements=["Go", "Go", "SQL"])
    assert [one.text for one in db.glance().dossier(1).points] == ["Go", "SQL"]
    pipeline.undo()
    assert db.glance().cards(closed=None) == ()
