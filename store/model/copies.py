"""Copies of the board as they are listed, and what going back to one would change.

A file of its own: what reads copies and what shows them share no other.
"""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class StoredCopy(NamedTuple):
    """A copy that the program made.

    `made` is in the reader's zone, `size` in bytes, `cards` the number of applications, open and
    closed; None for a file that cannot be read.
    """

    path: Path
    made: datetime
    size: int
    cards: int | None


class CopiedCard(NamedTuple):
    """An application that going back would bring, take or change."""

    id: int
    company: str
    role: str


class Difference(NamedTuple):
    """What going back to a copy would change on the board.

    `others` counts what belongs to no application: criteria, names of employers, saved searches and
    the orders of columns. `change_id` is the newest change of the board that was compared.
    `same_board` says whether the copy is one of this board, however long ago; with another one only
    the whole file can be replaced.
    """

    back: tuple[CopiedCard, ...]
    gone: tuple[CopiedCard, ...]
    changed: tuple[CopiedCard, ...]
    others: int
    change_id: int
    same_board: bool

    @property
    def is_none(self) -> bool:
        """Whether the board is as in the copy already."""
        return not (self.back or self.gone or self.changed or self.others)
