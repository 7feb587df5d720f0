"""Points: which kinds there are, and which may answer which."""

from itertools import product

import pytest

from store.rules.points import (
    ANSWERS,
    DEBRIEFED,
    KINDS,
    LANDED,
    NEWS,
    STEPS,
    check_answer,
    check_kind,
    check_state,
)
from store.rules.text import Refused
from tests.tables import each_row


def test_every_group_is_of_kinds_there_are() -> None:
    for group in (STEPS, LANDED, NEWS, DEBRIEFED, ANSWERS, *ANSWERS.values()):
        assert set(group) <= set(KINDS)


def test_what_is_answered_answers_nothing() -> None:
    """So that a chain, or a ring, of answers cannot come to be."""
    answered = {kind for kinds in ANSWERS.values() for kind in kinds}
    assert not answered & set(ANSWERS)


@each_row(("kind", "to"), list(product(KINDS, KINDS)))
def test_answers(kind: str, to: str) -> None:
    if to in ANSWERS.get(kind, ()):
        check_answer(kind, to)
    else:
        with pytest.raises(Refused, match="does not answer"):
            check_answer(kind, to)


def test_the_articles_steps_answer_a_concern() -> None:
    for step in ("research", "networking", "skill"):
        check_answer(step, "concern")


def test_unknown_names_are_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match=r"Unknown kind “gossip”.*news"):
        check_kind("gossip")
    with pytest.raises(Refused, match=r"no state “shut”.*open, addressed, done"):
        check_state("shut")
