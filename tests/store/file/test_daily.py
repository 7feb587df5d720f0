"""The copy of the day of an open board: after its first change, while nothing else is stored."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file import backup, daily
from store.file.backup import copies
from store.file.daily import DailyCopies
from store.file.database import open_database


class Loop:
    """Calls back when the test says so, in the order in which it was asked."""

    def __init__(self) -> None:
        self.calls: list[Callable[..., object]] = []

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: object) -> None:
        callback(*args)

    def call_later(self, delay: float, callback: Callable[..., object]) -> None:
        assert delay == daily.COPY_AFTER
        self.calls.append(callback)

    def go_on(self) -> None:
        calls, self.calls = self.calls, []
        for call in calls:
            call()


class Now:
    """A thread that has done its work when it has been started."""

    def __init__(self, target: Callable[[], None], name: str) -> None:
        assert name
        self.start = target


class Board:
    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.loop, self.busy, self.told = Loop(), False, list[str]()
        self.copies = DailyCopies(path, clock, self.loop, lambda: self.busy, self.told.append)


@pytest.fixture
def board(path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Board:
    monkeypatch.setattr(daily.threading, "Thread", Now)
    open_database(path, clock).close()
    return Board(path, clock)


def test_the_first_change_of_a_day_brings_one_copy(
    board: Board, path: Path, clock: FixedClock
) -> None:
    for _ in range(3):
        board.copies.note_change()
    assert copies(path) == [], "not while the user goes on"
    board.loop.go_on()
    assert len(copies(path)) == 1
    board.copies.note_change()
    board.loop.go_on()
    assert len(copies(path)) == 1
    clock.moment += timedelta(days=1)
    board.copies.note_change()
    board.loop.go_on()
    assert len(copies(path)) == 2
    assert board.told == []


def test_it_waits_while_something_is_to_be_stored(board: Board, path: Path) -> None:
    board.busy = True
    board.copies.note_change()
    for _ in range(5):
        board.loop.go_on()
        assert copies(path) == []
    board.busy = False
    board.loop.go_on()
    assert len(copies(path)) == 1


def test_who_leaves_at_once_leaves_a_copy(board: Board, path: Path) -> None:
    board.copies.finish()
    assert copies(path) == [], "nothing was changed"
    board.copies.note_change()
    board.copies.finish()
    assert len(copies(path)) == 1
    board.loop.go_on()
    assert len(copies(path)) == 1


def test_a_failure_is_told_once_a_day_and_tried_again_later(
    board: Board, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def full(*_: object) -> None:
        tried.append(clock.moment)
        raise StoreError("The disk is full.")

    seconds = 0.0
    monkeypatch.setattr(daily, "monotonic", lambda: seconds)
    with monkeypatch.context() as broken:
        broken.setattr(backup, "copy_of_the_day", full)
        for seconds in (0.0, 1.0, daily.TRIED_AGAIN_AFTER - 1, daily.TRIED_AGAIN_AFTER):  # noqa: B007
            board.copies.note_change()
            board.loop.go_on()
        assert (len(tried), board.told) == (2, ["The disk is full."])
        clock.moment += timedelta(days=1)
        seconds = 2 * daily.TRIED_AGAIN_AFTER
        board.copies.note_change()
        board.loop.go_on()
        assert (len(tried), len(board.told)) == (3, 2)
    seconds = 3 * daily.TRIED_AGAIN_AFTER
    board.copies.note_change()
    board.loop.go_on()
    assert len(copies(path)) == 1


def test_the_loop_may_have_ended(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object) -> None:
        raise RuntimeError("Event loop is closed")

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    board.copies.note_change()
    monkeypatch.setattr(board.loop, "call_soon_threadsafe", ended)
    monkeypatch.setattr(backup, "copy_of_the_day", full)
    board.copies.finish()


def test_it_is_a_copy_of_what_was_stored(board: Board, path: Path, clock: FixedClock) -> None:
    from store.pipeline import Pipeline

    with closing(open_database(path, clock)) as database:
        Pipeline(database).add("Globex", "Engineer")
        assert database.changed
    board.copies.note_change()
    board.loop.go_on()
    (copy,) = copies(path)
    with closing(open_database(copy, clock)) as copied, closing(copied.glance()) as glance:
        assert [card.company for card in glance.cards()] == ["Globex"]
        assert not copied.changed
