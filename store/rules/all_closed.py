"""What is said when no application is open any more."""

from typing import NamedTuple


class AllClosed(NamedTuple):
    """How many are closed, and the employer whose offer ended the search; "" for none."""

    number: int
    accepted: str = ""


def all_closed_line(found: AllClosed) -> str:
    """ "All 32 are closed. You accepted Globex."; "" when there has never been an application."""
    if not found.number:
        return ""
    words = f"All {found.number:,} are closed."
    if found.number == 1:
        words = "Your one application is closed."
    return f"{words} You accepted {found.accepted}." if found.accepted else words
