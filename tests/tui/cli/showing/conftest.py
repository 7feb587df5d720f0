"""A board whose lists are looked at."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest


@pytest.fixture
def globex(shell: Any) -> str:
    """An application with an interview next Tuesday."""
    card: str = shell.add(
        "Globex", "Staff Engineer", "--applied", "2026-11-02", "--url", "https://globex.example/1",
        "--location", "Berlin", "--source", "friend", "--tag", "remote", "--tag", "python",
    )  # fmt: skip
    shell.ok("interview", card, "1 dec", "10:00", "45m", "with", "Ana")
    return card


def rewritten(shell: Any, *statements: str) -> None:
    """The board with some rows as the rules would have planned them."""
    with closing(sqlite3.connect(shell.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
