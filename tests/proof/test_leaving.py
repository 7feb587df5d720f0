"""Whatever was done on a board: its whole export comes back on another one, to the byte."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule, run_state_machine_as_test
from test_all_use_cases import LONG, Board

from store.export.back import take_back
from store.file.database import Database, open_database
from tests.store.export.conftest import as_file, exported


class Leaving(Board):
    """The same steps, and now and then the board leaves for another one."""

    @rule()
    def leave(self) -> None:
        for journal in (False, True):
            path = Path(self.folder.name) / "other.db"
            path.unlink(missing_ok=True)
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
            max_examples=200 if LONG else 8,
            stateful_step_count=40,
            deadline=None,
            derandomize=not LONG,
            suppress_health_check=list(HealthCheck),
        ),
    )
