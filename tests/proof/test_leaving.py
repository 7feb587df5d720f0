"""Whatever was done on a board: its whole export comes back on another one, to the byte. And
whatever becomes of the disk or the program, a file that leaves is whole or as it was.
"""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule, run_state_machine_as_test
from test_all_use_cases import LONG, Board, blank

from store.export.reimport import take_back
from store.file.database import Database, open_database
from tests.proof.losses.test_disk import one_sentence, rounds, small_disk
from tests.store.export.conftest import as_file, exported


class Leaving(Board):
    """The same steps; now and then, and in the end, the board leaves for another one."""

    def teardown(self) -> None:
        try:
            self.leave()
        finally:
            super().teardown()

    @rule()
    def leave(self) -> None:
        for journal in (False, True):
            path = Path(self.folder.name) / "other.db"
            path.write_bytes(blank())
            path.chmod(0o600)
            with closing(open_database(path, self.clock)) as other:
                self._take(other, journal=journal)

    def _take(self, other: Database, *, journal: bool) -> None:
        text = exported(self.db, journal=journal)
        taken = take_back(other, as_file(text), "board.json")
        assert exported(other, journal=journal) == text
        assert taken.journal == journal


@pytest.mark.proof
def test_every_board_comes_back() -> None:
    run_state_machine_as_test(
        Leaving,
        settings=settings(
            max_examples=100 if LONG else 2,
            stateful_step_count=40,
            deadline=None,
            derandomize=not LONG,
            suppress_health_check=list(HealthCheck),
        ),
    )


WAYS = (
    ("--format", "json", "--journal", "-o", "board.json"),
    ("--format", "csv", "-o", "one.csv"),
    ("--format", "html", "-o", "page.html"),
    ("--format", "worklog", "--office", "ch", "-o", "record.html"),
    ("--flow", "flow.svg"),
    ("--format", "csv", "-o", "tables"),
    ("--format", "markdown", "-o", "markdown"),
    ("--format", "org", "-o", "org"),
)


def within(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for what fills the disk."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "ballast"
    }


@pytest.mark.parametrize("there", [False, True], ids=["new", "replaced"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, sample_board: bytes, there: bool, figure: Callable[..., None]
) -> None:
    path, folder = tmp_path / "board.db", tmp_path / "disk"
    path.write_bytes(sample_board)
    folder.mkdir()
    with small_disk(folder, 2_048) as fill:
        for *words, name in WAYS if there else ():
            assert rounds(path, "export", *words, str(folder / name)).code == 0
        # The cards have changed since, so that there is something to write.
        assert not there or rounds(path, "edit", "1-25", "--tag", "+new").code == 0
        before = within(folder)
        fill(True)
        for *words, name in WAYS:
            answer = rounds(path, "export", *words, str(folder / name))
            if name != "flow.svg":  # which is smaller than what is left of a disk
                one_sentence(answer)
                assert "othing was" in answer.err
                assert within(folder) == before, name
            before = within(folder)
        fill(False)
        for *words, name in WAYS:
            assert rounds(path, "export", *words, str(folder / name)).code == 0
    figure("exports to a full disk", 2 * len(WAYS), "whole or as it was")


def test_a_program_that_is_killed_leaves_what_was_there(
    tmp_path: Path, sample_board: bytes
) -> None:
    path, target = tmp_path / "board.db", tmp_path / "out.txt"
    path.write_bytes(sample_board)
    target.write_text("old", encoding="utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom store.file.outgoing import write_file\n"
        "def parts():\n    yield 'new' * 1_000_000\n    print('half', flush=True)\n"
        "    sys.stdin.read()\n"
        "write_file(Path(sys.argv[1]), parts(), Path(sys.argv[2]))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(target), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.kill()
    assert target.read_text(encoding="utf-8") == "old"
