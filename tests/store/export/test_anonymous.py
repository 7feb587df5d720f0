"""`--anonymous`: whatever somebody typed is gone, unless it is listed as kept."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

from store.export.anonymous import Veil
from store.export.board import Row
from store.export.reimport import take_back
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome
from tests.makers import NOW, TODAY
from tests.store.export.conftest import as_file, exported, rows_of

SECRET = "Zyxwv"


def typed_into_everything(pipeline: Pipeline) -> None:
    """An application with a word of the user's in every text there is."""
    texts = (
        "url", "salary", "channel", "cv_version", "letter_version", "via_recruiter",
        "next_step", "why_role", "why_company", "posting_text",
    )  # fmt: skip
    pipeline.add(SECRET, f"Engineer at {SECRET}", applied_on=TODAY - timedelta(days=9),
                 **dict.fromkeys(texts, SECRET),
                 location=f"near {SECRET}", source=f"{SECRET} Careers", tags=(SECRET, "remote"),
                 contact_name=f"Ana {SECRET}", contact_email="ana@x.example")  # fmt: skip
    pipeline.note(1, SECRET)
    pipeline.contact(1, f"Bo {SECRET}", title=SECRET, phone=SECRET, background=SECRET)
    pipeline.point(1, "concern", SECRET, detail=SECRET)
    pipeline.remind(1, TODAY + timedelta(days=1), SECRET)
    pipeline.interview(1, NOW - timedelta(days=1), people=f"Cy {SECRET}", place=SECRET)
    pipeline.assignment(1, SECRET, due_on=TODAY, remarks=SECRET)
    pipeline.debrief(1, next_step=SECRET, remarks=SECRET, promised_text=SECRET)
    pipeline.log_reply(1, text=SECRET)
    pipeline.criterion(SECRET, 3)
    pipeline.save_search("Mine", SECRET)
    pipeline.close(1, Outcome.REJECTED, reason=SECRET, keep=SECRET, change=SECRET)


def strings(value: Any) -> Iterator[str]:
    """All texts in a document, and the names of what holds them."""
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def test_no_word_of_the_users_is_left(pipeline: Pipeline, db: Database) -> None:
    typed_into_everything(pipeline)
    assert sum(SECRET in said for said in strings(json.loads(exported(db)))) > 20
    document = json.loads(exported(db, veil=Veil()))
    assert not [said for said in strings(document) if SECRET.casefold() in said.casefold()]
    assert "x.example" not in json.dumps(document)
    (card,) = document["applications"]
    assert (card["company"], card["role"], card["location"]) == (
        "Employer 1", "Engineer at …", "near …",
    )  # fmt: skip
    assert (card["tags"], card["outcome"]) == (["…", "remote"], "rejected")
    assert (card["contacts"], card["notes"], card["points"]) == ([], [], [])


def test_it_comes_back_on_an_empty_board(sample: Database, new: Callable[[], Database]) -> None:
    other = new()
    take_back(other, as_file(exported(sample, veil=Veil())), "board.json")
    with closing(other.glance()) as glance:
        assert len(glance.cards(closed=None)) == 25
        assert glance.card(1).company == "Employer 1"


def test_applications_at_one_employer_keep_it(row: Callable[..., Row], db: Database) -> None:
    for company in ("Globex", "Initech", "globex"):
        row(company)
    veil = Veil()
    called = [veil.over(one)["company"] for one in rows_of(db)]
    assert called == ["Employer 1", "Employer 2", "Employer 1"]


def test_words_that_are_no_names_stay(row: Callable[..., Row]) -> None:
    one = row("The Data Group", "Data Engineer", location="Data City", contact_name="the data team")
    assert Veil().over(one)["role"] == "… Engineer"
    two = row("Globex", "Data Engineer", contact_name="the data team")
    assert Veil().over(two)["role"] == "Data Engineer"
