"""A started program, and what one key press costs in it."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from measures import Sample, sample
from picture import Picture
from programs import Program
from terminal import Ended, Terminal

QUIET = 0.15
"""Seconds of silence after which a program has done what a key asked for."""
_LONGEST = 20.0
"""Seconds after which a key is given up."""
_LOOK_EVERY = 0.001
_STARTING = 60.0
_COUNTER = (4, 24)
"""Bytes and place of SQLite's file change counter, which every transaction moves on."""


class Press(NamedTuple):
    """What one key press led to; seconds from the press on. None: it never happened."""

    changed: float | None
    """The first output after which the screen looks different."""
    settled: float | None
    """The last output."""
    printed: int
    """Bytes."""
    durable: float | None
    """The board file has the change, and the transaction is over."""


class Disk:
    """Watches a board file from outside: when was the next transaction committed?

    Args:
        path: the file of SQLite in rollback-journal mode: a commit is the end of the journal.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY)
        self._journal = path.with_name(path.name + "-journal")
        self._before = b""
        self.at: float | None = None
        """When the change was first seen whole on the disk."""

    def mark(self) -> None:
        """Watch for the next transaction from now on."""
        self._before, self.at = self._count(), None

    def look(self) -> None:
        """Note the time if it has been committed."""
        if self.at is None and self._count() != self._before and not self._journal.exists():
            self.at = time.perf_counter()

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _count(self) -> bytes:
        return os.pread(self._file, *_COUNTER)


class Watch(Protocol):
    """Sees from outside when a change is safe: a `Disk`, or its like for a server."""

    at: float | None

    def mark(self) -> None:
        """Watch for the next change from now on."""

    def look(self) -> None:
        """Note the time if it is safe."""

    def close(self) -> None:
        """Watch no longer."""


class Session:
    """A program that has been started and is ready for keys; killed when the block is left."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.terminal = Terminal(program.argv, environ=program.environ)
        self.picture = Picture()
        self.late = 0
        """How often something was printed after the silence that ended a press."""
        self._drawn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.terminal.close()

    def begin(self, quiet: float = 0.8) -> bool:
        """Wait until the program's data is on the screen and nothing more comes."""
        end = time.perf_counter() + _STARTING
        try:
            while time.perf_counter() < end:
                self.terminal.settle(0.1, 1.0)
                self.draw()
                if self.picture.shows(self.program.shows):
                    self.terminal.settle(quiet, 10.0)
                    return True
        except Ended:
            pass
        return False

    def draw(self) -> None:
        """Bring the picture up to what was printed."""
        new = self.terminal.chunks[self._drawn :]
        self._drawn += len(new)
        self.picture.draw(new)

    def drain(self) -> None:
        """Take what has been printed late or unasked."""
        while self.terminal.read(0):
            self.late += 1

    def tap(self, key: bytes) -> None:
        """Press `key` without measuring."""
        self.terminal.send(key)
        self.terminal.settle(0.3, 5.0)

    def press(self, key: bytes, disk: Watch | None = None, *, longest_wait: float = 2.0) -> Press:
        """Press `key` and wait until everything that follows from it is on the screen.

        With `disk`, also until the change is on the disk, at most `longest_wait` seconds more.
        """
        before = self._rest()
        first = len(self.terminal.chunks)
        if disk is None:
            at = self.terminal.send(key)
            self.terminal.settle(QUIET, _LONGEST, answer=True)
        else:
            disk.mark()
            at = self.terminal.send(key)
            watch, tick = disk.look, _LOOK_EVERY
            self.terminal.settle(QUIET, _LONGEST, answer=True, watch=watch, tick=tick)
            while disk.at is None and time.perf_counter() < at + longest_wait:
                self.terminal.settle(QUIET, QUIET, watch=watch, tick=tick)
        chunks = self.terminal.chunks[first:]
        changed = None
        for number, chunk in enumerate(chunks):
            self.picture.draw([chunk])
            self._drawn = first + number + 1
            if changed is None and self.picture.fingerprint() != before:
                changed = chunk.at - at
        return Press(
            changed,
            chunks[-1].at - at if chunks else None,
            sum(len(chunk.data) for chunk in chunks),
            disk.at - at if disk is not None and disk.at is not None else None,
        )

    def _rest(self) -> int:
        """Wait until nothing comes any more, and give the fingerprint of the screen.

        Emulating takes milliseconds. What arrives meanwhile belongs to the key before: read after
        the next key it would pass for an answer within no time, and a slow program for a fast one.
        """
        while True:
            self.draw()
            before = self.picture.fingerprint()
            if not self.terminal.read(0):
                return before
            self.late += 1
            self.terminal.settle(QUIET, _LONGEST)


class Stroke(NamedTuple):
    """A key to press; `counts` is False for one that only leads to the next."""

    key: bytes
    counts: bool = True


class Walk(NamedTuple):
    """The keys that one program gets, in order; `disk` is watched while they are pressed."""

    session: Session
    strokes: Iterator[Stroke]
    disk: Watch | None = None


WARM_UP = 3
"""Counted strokes at the beginning that are pressed and not counted."""
_PATIENCE = 60.0
"""Seconds that a program may take for all its keys: a slow one gets fewer of them."""


class Taken(NamedTuple):
    """What one program did with its keys."""

    presses: list[Press]
    late: int
    """Outputs that came after the silence that ended a press, or unasked."""

    @property
    def settled(self) -> Sample | None:
        """Milliseconds until all was on the screen."""
        return sample(press.settled for press in self.presses)


def take_turns(walks: Iterable[Walk], presses: int) -> dict[str, Taken]:
    """`presses` counted keys in every program, one in each by turns, so that drift hits all alike.

    By the label of the program. A program that has ended or used up our patience gets no more.
    """
    everyone = tuple(walks)
    walks = list(everyone)
    taken: dict[str, list[Press]] = {walk.session.program.label: [] for walk in walks}
    spent = dict.fromkeys(taken, 0.0)
    for number in range(WARM_UP + presses):
        for walk in list(walks):
            label = walk.session.program.label
            try:
                for other in walks:
                    other.session.drain()
                press = _next(walk)
            except Ended:
                walks.remove(walk)
                continue
            spent[label] += press.settled or _LONGEST
            if spent[label] > _PATIENCE:
                walks.remove(walk)
            if number >= WARM_UP or walk not in walks:
                taken[label].append(press)
    sessions = {walk.session.program.label: walk.session for walk in everyone}
    return {label: Taken(found, sessions[label].late) for label, found in taken.items()}


def _next(walk: Walk) -> Press:
    """Go on to the next stroke that counts."""
    for stroke in walk.strokes:
        if stroke.counts:
            return walk.session.press(stroke.key, walk.disk)
        walk.session.tap(stroke.key)
    raise ValueError("the strokes have come to an end")
