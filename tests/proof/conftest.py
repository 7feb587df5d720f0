"""What the proofs share: they state their figures; tests/figures.py makes the table of them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import LONG

HERE = Path(__file__).parent
DEAR = {
    name: place
    for place, name in enumerate(
        (
            "test_journal_size.py",
            "test_openers.py",
            "test_three_hands.py",
            "test_properties.py",
            "test_thinning.py",
            "test_power_cut.py",
            "test_kill_migration.py",
            "test_all_use_cases.py",
            "test_leaving.py",
            "test_random_bytes.py",
            "test_random_keys.py",
            "test_readers.py",
            "test_signals.py",
            "test_kill.py",
        )
    )
}
"""The files whose tests take longest in the long form, the longest first."""

Figure = Callable[[str, int, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here, so that the long form finds it.

    In that form what takes minutes begins first, dealt out to the processes that run tests, each of
    which begins with a part of its own: none is left in the end with one of them alone. What takes
    the processors from all others comes last, when few are left that it could hold up.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("proof")
    if LONG:
        items.sort(key=lambda item: DEAR.get(item.path.name, len(DEAR)))
        hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        items[:] = [item for hand in range(hands) for item in items[hand::hands]]
    items.sort(key=lambda item: item.get_closest_marker("crowded") is not None)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """States a figure: `figure("writers killed", 500, "0 lost")`.

    Figures of the same name, from tests that share a proof, are added up.
    """

    def state(what: str, how_many: int, found: str) -> None:
        record_property("figure", (what, how_many, found))

    return state


@pytest.fixture
def waits_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers wait until the disk has what they wrote, as the program does."""
    from store.file import engine, opening

    monkeypatch.setattr(engine, "connect", opening.connect)


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder where thousands of boards come and go without a disk being worn, or waited for."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else tmp_path
    with TemporaryDirectory(dir=place, prefix="rounds-") as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proofs hold for the rules as shipped, whoever runs them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
