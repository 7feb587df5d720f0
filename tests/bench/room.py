"""Where a run takes place: its folder, its boards, how thorough it is, and the peers it found."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

import peers
from boards import Filled, fill, fill_due
from programs import Program, rounds

SIZES = (10, 100, 1_000, 10_000)
LARGEST = SIZES[-1]


class Effort(NamedTuple):
    """How often everything is done."""

    starts: int
    presses: int
    runs: int
    """Runs of each command."""
    idle_seconds: float
    held_keys: int
    sizes: Sequence[int] = SIZES


THOROUGH = Effort(starts=7, presses=60, runs=25, idle_seconds=60, held_keys=500)
QUICK = Effort(
    starts=3, presses=12, runs=7, idle_seconds=10, held_keys=100, sizes=(10, 1_000, LARGEST)
)


class Room:
    """One run.

    Args:
        boards: where filled boards are kept; those that are there already are used again.
        scratch: for copies of them and for homes; must be empty.
        effort: how thorough.
        peers_python: the Python that has the peers from PyPI; None for none.
        say: told what is going on.
    """

    def __init__(
        self,
        boards: Path,
        scratch: Path,
        effort: Effort,
        peers_python: Path | None,
        say: Callable[[str], None],
    ) -> None:
        self._boards = boards
        self._scratch = scratch
        self.effort = effort
        self.say = say
        self._peers_python = peers_python
        self._filled: dict[int, Filled] = {}
        self._peers: dict[tuple[str, int], Program] = {}
        self._as_far_as: dict[str, int] = {}
        self._numbers = count(1)

    def board(self, size: int) -> Filled:
        """A filled board of its own, which may be written to."""
        filled = self._original(size)
        copy = self._new(f"board-{size}") / "board.db"
        shutil.copyfile(filled.path, copy)
        return filled._replace(path=copy)

    def much_due(self, size: int) -> Program:
        """`rounds` on a board of which most is due."""
        path = self._new(f"due-{size}") / "board.db"
        self.say(f"filling a board with {size:,} applications, most of them due")
        return rounds(fill_due(path, size), self._new("home"))

    def rounds(self, size: int) -> Program:
        """`rounds` on a board of its own."""
        return rounds(self.board(size), self._new("home"))

    def all_rounds(self) -> list[Program]:
        """`rounds` at every size."""
        return [self.rounds(size) for size in self.effort.sizes]

    def peers(self, size: int) -> Iterator[tuple[Program, peers.Keys]]:
        """The peers with a screen that are installed, each with a board of `size`; those that
        were given up at a smaller one are left out."""
        for peer in peers.PEERS:
            if self._peers_python is None or not peer.installed(self._peers_python):
                continue
            if size > self._as_far_as.get(peer.name, size):
                continue
            key = (peer.name, size)
            try:
                if key not in self._peers:
                    home = self._new(peer.name)
                    filled = self._original(size)
                    self._peers[key] = peer.fill(self._peers_python, filled, home)
            except (subprocess.SubprocessError, OSError) as error:
                self.say(f"{peer.name} could not be filled: left out ({error})")
                self._as_far_as[peer.name] = size - 1
            else:
                yield self._peers[key], peer.keys

    def give_up(self, program: Program) -> None:
        """`program` could not be measured: neither it nor a larger one is tried again."""
        if program.size is not None:
            self.say(f"{program.label} could not be measured: given up from there on")
            self._as_far_as[program.name] = min(
                self._as_far_as.get(program.name, program.size), program.size - 1
            )

    def missing(self) -> list[str]:
        """A line for each peer that is not there."""
        lines = [
            f"{peer.name} is not installed: left out."
            for peer in peers.PEERS
            if self._peers_python is None or not peer.installed(self._peers_python)
        ]
        if peers.taskwarrior() is None:
            lines.append("Taskwarrior (task) is not installed: left out.")
        return lines

    def new_home(self, name: str) -> Path:
        """An empty folder of its own."""
        return self._new(name)

    def _original(self, size: int) -> Filled:
        if size not in self._filled:
            path = self._boards / f"filled-{size}.db"
            if not path.exists():
                self.say(f"filling a board with {size:,} applications")
                unfinished = path.with_suffix(".unfinished")
                unfinished.unlink(missing_ok=True)
                fill(unfinished, size)
                unfinished.rename(path)
            self._filled[size] = Filled(path, size)
        return self._filled[size]

    def _new(self, name: str) -> Path:
        folder = self._scratch / f"{next(self._numbers):03}-{name}"
        folder.mkdir()
        return folder
