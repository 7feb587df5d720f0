"""A whole board copied onto a server and back: the exports are the same, byte by byte."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store.boards import open_database
from store.clock import FixedClock
from store.database import Database
from store.errors import StoreError
from store.export import copying
from store.export.copying import copy_board
from store.export.json import board_parts
from store.pipeline import Pipeline
from store.place import Place
from store.read.glance import open_glance
from store.rules.text import Refused
from store.server.address import Address


def exported(place: Place, clock: FixedClock) -> str:
    glance = open_glance(place, clock)
    assert glance is not None
    with closing(glance), glance.reader.snapshot():
        return "".join(board_parts(glance.reader, journal=True))


def copy(start: Place, to: Place, clock: FixedClock) -> int:
    glance = open_glance(start, clock)
    assert glance is not None
    with closing(glance):
        return copy_board(glance, to, clock, lambda *_: None)


def test_there_and_back_again(
    sample: Database, new_address: Callable[[], Address], tmp_path: Path
) -> None:
    clock = sample.clock
    assert isinstance(clock, FixedClock)
    there, back = new_address(), tmp_path / "back.db"
    many = copy(sample.place, there, clock)
    assert many > 5
    assert copy(there, back, clock) == many
    whole = exported(sample.place, clock)
    assert exported(there, clock) == whole
    assert exported(back, clock) == whole


def test_undo_and_numbers_go_on_at_the_copy(
    sample: Database, new_address: Callable[[], Address]
) -> None:
    there = new_address()
    clock = sample.clock
    assert isinstance(clock, FixedClock)
    copy(sample.place, there, clock)
    with closing(open_database(there, clock)) as database:
        here, at_the_copy = Pipeline(sample), Pipeline(database)
        assert here.undo().summary == at_the_copy.undo().summary
        first, second = here.add("Globex", "Clerk"), at_the_copy.add("Globex", "Clerk")
        assert (first.application_id, first.change_id) == (second.application_id, second.change_id)
    assert exported(there, clock) == exported(sample.place, clock)


def test_a_board_with_something_on_it_stays_as_it_is(
    sample: Database, new_address: Callable[[], Address], tmp_path: Path
) -> None:
    clock = sample.clock
    assert isinstance(clock, FixedClock)
    for to in (new_address(), tmp_path / "other.db"):
        with closing(open_database(to, clock)) as database:
            Pipeline(database).add("Globex", "Clerk")
        before = exported(to, clock)
        with pytest.raises(Refused, match="something on it"):
            copy(sample.place, to, clock)
        assert exported(to, clock) == before


def test_a_copy_that_is_not_the_same_is_taken_away(
    sample: Database,
    new_address: Callable[[], Address],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = sample.clock
    assert isinstance(clock, FixedClock)
    fill = copying._fill

    def fill_otherwise(database: Database, *rest: object) -> None:
        fill(database, *rest)  # type: ignore[arg-type]
        Pipeline(database).note(1, "otherwise")

    monkeypatch.setattr(copying, "_fill", fill_otherwise)
    for to in (new_address(), tmp_path / "other.db"):
        with pytest.raises(StoreError, match="not the same"):
            copy(sample.place, to, clock)
        assert open_glance(to, clock) is None
