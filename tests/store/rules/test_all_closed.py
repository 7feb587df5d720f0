"""What is said when no application is open any more."""

import pytest

from store.rules.stages import AllClosed, all_closed_line


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (AllClosed(32, "Globex"), "All 32 are closed. You accepted Globex."),
        (AllClosed(1_032), "All 1,032 are closed."),
        (AllClosed(1), "Your only application is closed."),
        (AllClosed(1, "Globex"), "Your only application is closed. You accepted Globex."),
        (AllClosed(0), ""),
    ],
)
def test_the_end_in_a_sentence(found: AllClosed, line: str) -> None:
    assert all_closed_line(found) == line
