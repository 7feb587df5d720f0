"""What `make check` runs after a change: the tests that would notice it."""

from pathlib import Path

import pytest

from tests import touched
from tests.tables import each_row

PROJECT = Path(__file__).parents[1]


@each_row(
    ("file", "tests"),
    [
        ("README.md", ["tests/test_documents.py"]),
        ("docs/speed.md", ["tests/test_documents.py"]),
        ("store/rules/dates.py", ["tests/store/rules"]),
        ("store/rules/tips/tips.toml", ["tests/store/rules"]),
        ("tests/makers.py", ["tests/store"]),
        ("tests/tui/board/columns/test_face.py", ["tests/tui/board/columns/test_face.py"]),
        ("tests/tui/board/test_that_is_gone.py", []),
        ("tests/store/conftest.py", []),
        ("pyproject.toml", []),
        (
            "store/migrations/versions/0002_second_round.py",
            ["tests/store/migrations/test_0002_second_round.py"],
        ),
    ],
)
def test_what_looks_at_a_file(file: str, tests: list[str]) -> None:
    assert touched.tests_of(file) == tests


def test_a_module_has_those_named_after_it_and_those_that_import_it() -> None:
    found = touched.tests_of("tui/pages/closed.py")
    assert {"tests/tui/pages/test_closed.py", "tests/tui/test_commands.py"} <= {*found}
    assert "tests/tui/pages/test_chances.py" not in found


def test_where_none_is_named_after_it_all_of_its_room_look_at_it() -> None:
    room = PROJECT / "tests" / "tui" / "board"
    assert {f"tests/tui/board/{test.name}" for test in room.glob("test_*.py")} <= {
        *touched.tests_of("tui/board/screen.py")
    }


def test_another_floor_is_not_searched() -> None:
    assert all(test.startswith("tests/store/") for test in touched.tests_of("store/settings.py"))


@pytest.mark.parametrize("floor", touched.FLOORS)
def test_each_file_of_the_program_is_looked_at_by_tests_that_are_there(floor: str) -> None:
    for file in (PROJECT / floor).rglob("*.py"):
        tests = touched.tests_of(str(file.relative_to(PROJECT)))
        assert tests, file
        assert all((PROJECT / test).exists() for test in tests)
