"""Applications by number: those of a range, their names, and the words that are in use."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.glance import Glance
from store.read.names import read_names, read_names_of, read_range, read_used
from store.rules.stages import Outcome, Stage


@pytest.fixture
def glance(pipeline: Pipeline, db: Database, clock: FixedClock) -> Iterator[Glance]:
    """Applications 1, 2, 4 and 5; 2 is closed, 1 was changed last."""
    for name, tags, source in (
        ("Globex", ("remote", "eu"), "fair"),
        ("Initech", ("eu",), ""),
        ("Gone", ("gone",), "gone"),
        ("Hooli", (), "web"),
        ("Hooli", (), "web"),
    ):
        pipeline.add(name, "SRE", tags=tags, source=source)
    pipeline.delete(3)
    clock.moment += timedelta(hours=1)
    pipeline.close(2, Outcome.REJECTED)
    clock.moment += timedelta(hours=1)
    pipeline.move(1, Stage.FIRST)
    with closing(db.glance()) as opened:
        yield opened


def test_names_come_with_the_last_changed_first(glance: Glance) -> None:
    assert [one.id for one in read_names(glance)] == [1, 2, 5, 4]
    assert [one.id for one in read_names(glance, closed=False)] == [1, 5, 4]
    assert read_names(glance, closed=True) == ((2, "Initech", "SRE"),)


def test_names_of_some_keep_their_order(glance: Glance) -> None:
    assert [one.id for one in read_names_of(glance, [5, 1, 3, 5, 2**70, -1, 0])] == [5, 1]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(1, 5, (1, 2, 4, 5)), (2, 3, (2,)), (3, 3, ()), (4, 2**70, (4, 5)), (2**70, 2**71, ())],
)
def test_a_range_has_those_that_there_are(
    glance: Glance, first: int, last: int, found: tuple[int, ...]
) -> None:
    assert read_range(glance, first, last) == found


def test_words_in_use_come_with_the_most_frequent_first(glance: Glance) -> None:
    assert read_used(glance, "tags") == ("eu", "remote")
    assert read_used(glance, "source") == ("web", "fair")
    assert read_used(glance, "company") == ("Hooli", "Globex", "Initech")
    with pytest.raises(KeyError):
        read_used(glance, "role; DROP TABLE application")
