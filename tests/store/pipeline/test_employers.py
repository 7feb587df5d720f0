"""Two names that are one employer, or not: everything that matches employers follows."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.errors import AlreadyThere
from store.exchange.incoming import Incoming
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.glance import Glance
from store.rules.followups.together import together
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused

DAY = date(2026, 11, 23)


def add(pipeline: Pipeline, company: str, stage: Stage = Stage.APPLIED, days: int = 12) -> int:
    written = pipeline.add(company, "SRE", stage=stage, applied_on=DAY - timedelta(days=days))
    assert written.application_id is not None
    return written.application_id


def keys(db: Database) -> dict[str, str]:
    """By company, the key of its employer."""
    with closing(db.glance()) as glance:
        return {card.company: card.employer for card in glance.cards(closed=None)}


def rules(glance: Glance, card: int) -> set[str]:
    return {due.rule for due in glance.follow_ups_of(card)}


def test_applications_of_both_names_have_one_key_and_undo_parts_them(
    pipeline: Pipeline, db: Database
) -> None:
    for company in ("Alphabet Inc.", "Google", "Hooli"):
        add(pipeline, company)
    apart = keys(db)
    written = pipeline.same_employer("alphabet", " Google LLC ")
    assert written.sentence == "Same employer: alphabet and Google LLC."
    assert written.also == (1, 2)
    one = {"Alphabet Inc.": "google", "Google": "google", "Hooli": "hooli"}
    assert keys(db) == one
    add(pipeline, "ALPHABET")
    assert keys(db)["ALPHABET"] == "google", "a new one too"
    pipeline.undo()
    undone = pipeline.undo()
    assert undone.sentence == "Undone: same employer — alphabet and Google LLC."
    assert keys(db) == apart
    assert pipeline.redo().sentence == "Done again: same employer — alphabet and Google LLC."
    assert keys(db) == one


def test_spellings_that_fold_together_are_told_apart(pipeline: Pipeline, db: Database) -> None:
    add(pipeline, "Globex GmbH")
    add(pipeline, "Globex")
    assert set(keys(db).values()) == {"globex"}
    pipeline.other_employer("Globex GmbH", "Globex")
    assert keys(db) == {"Globex GmbH": "=globex gmbh", "Globex": "globex"}
    pipeline.edit(2, {"company": "globex, gmbh"})
    assert set(keys(db).values()) == {"=globex gmbh"}
    pipeline.same_employer("Globex", "Globex GmbH")
    pipeline.edit(2, {"company": "Globex"})
    assert set(keys(db).values()) == {"=globex gmbh"}


def test_an_import_follows(pipeline: Pipeline, db: Database) -> None:
    pipeline.same_employer("Alphabet", "Google")
    pipeline.bring_in([Incoming(2, "Alphabet, Inc.", "SRE", DAY)], source="a file")
    assert keys(db) == {"Alphabet, Inc.": "google"}


def test_nobody_is_asked_while_another_application_there_is_further(
    pipeline: Pipeline, glance: Glance
) -> None:
    waiting = add(pipeline, "Alphabet")
    add(pipeline, "Google", Stage.SECOND)
    assert "R1" in rules(glance, waiting)
    pipeline.same_employer("Alphabet", "Google")
    assert "R1" not in rules(glance, waiting)
    pipeline.other_employer("Google", "Alphabet")
    assert "R1" in rules(glance, waiting)
    pipeline.undo()
    assert "R1" not in rules(glance, waiting)


def test_inquiries_at_one_employer_are_one_message(pipeline: Pipeline, glance: Glance) -> None:
    add(pipeline, "Alphabet")
    add(pipeline, "Google")

    def messages() -> int:
        asked = [due for due in glance.due(days=30) if due.rule == "R1"]
        return len(together(asked, DAY))

    assert messages() == 2
    pipeline.same_employer("Alphabet", "Google")
    assert messages() == 1


def closed(pipeline: Pipeline, card: int) -> None:
    pipeline.close(card, Outcome.WITHDRAWN)


@pytest.mark.parametrize("begun", [lambda *_: None, closed])
def test_another_team_of_the_employer_whose_offer_was_taken_gets_a_kind_word(
    pipeline: Pipeline, glance: Glance, begun: Callable[[Pipeline, int], object]
) -> None:
    met = add(pipeline, "Alphabet", Stage.SECOND)
    taken = add(pipeline, "Google", Stage.OFFER)
    begun(pipeline, met)

    def farewell() -> set[str]:
        return {due.action for due in glance.follow_ups_of(met) if due.rule == "R18"}

    pipeline.close(taken, Outcome.ACCEPTED)
    before = farewell()
    pipeline.same_employer("Google", "Alphabet")
    after = farewell()
    pipeline.undo()
    assert farewell() == before
    pipeline.redo()
    assert farewell() == after
    if begun is not closed:
        assert (before, after) == ({"withdraw"}, {"kind_word"})


def test_an_employer_is_not_told_of_its_own_offer(pipeline: Pipeline, glance: Glance) -> None:
    met = add(pipeline, "Alphabet", Stage.SECOND)
    add(pipeline, "Google", Stage.OFFER)
    assert "R16" in rules(glance, met)
    pipeline.same_employer("Google", "Alphabet")
    assert "R16" not in rules(glance, met)


def test_a_role_there_already_is_known_under_the_other_name(pipeline: Pipeline) -> None:
    add(pipeline, "Google")
    pipeline.same_employer("Alphabet", "Google")
    with pytest.raises(AlreadyThere, match="Application 1 is for the same role there"):
        pipeline.add("Alphabet Inc.", "sre", unless="role")


def test_what_is_one_or_two_already_is_refused_and_changes_nothing(
    pipeline: Pipeline, db: Database
) -> None:
    add(pipeline, "Globex")
    with closing(db.glance()) as glance:
        before = glance.change_id()
        for act, sentence in (
            (lambda: pipeline.same_employer("Globex", "GLOBEX AG"), "one employer already"),
            (lambda: pipeline.other_employer("Globex", "Hooli"), "two employers already"),
            (lambda: pipeline.other_employer("Globex", "globex"), "Only case or signs"),
            (lambda: pipeline.same_employer("Globex", "  "), "Company is empty"),
            (lambda: pipeline.same_employer("x" * 201, "Globex"), "200 fit"),
        ):
            with pytest.raises(Refused, match=sentence):
                act()
        assert glance.change_id() == before


def test_each_application_there_tells_of_it(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    add(pipeline, "Alphabet")
    add(pipeline, "Google")
    clock.moment += timedelta(days=1)
    pipeline.same_employer("Google", "Alphabet")
    told = [entry.summary for entry in glance.dossier(2).timeline]
    assert told[0] == "same employer: Google and Alphabet"


def test_a_name_of_200_characters_can_stand_alone(pipeline: Pipeline, db: Database) -> None:
    long = "x" * 195
    add(pipeline, f"{long} GmbH")
    pipeline.other_employer(f"{long} GmbH", long)
    assert keys(db)[f"{long} GmbH"].startswith("=xxx")
