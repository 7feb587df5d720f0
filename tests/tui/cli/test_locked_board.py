"""A board that another program holds: who only reads gives up soon, who writes waits."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from store.file import opening

READING = (
    ("due", "--line"), ("due", "--check"), ("due",), ("due", "--json"), ("list",), ("show", "1"),
    ("stats",), ("contact", "1"), ("point", "1"), ("offer", "1"), ("task", "1"), ("draft", "f1"),
    ("debrief", "1", "--form"),
)  # fmt: skip
WRITING = (
    ("note", "1", "x"), ("done", "f1"), ("undo",), ("draft", "f1", "--sent"), ("debrief", "1"),
    ("add", "A", "B"),
)  # fmt: skip
FOR_EVER = 10_000.0


@pytest.fixture
def locked(shell: Any) -> Iterator[Any]:
    """A command line on a board that another program is changing all the time."""
    shell.add("Globex", "SRE", "--applied", "2026-11-10")
    with closing(sqlite3.connect(shell.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield shell


def test_a_reader_has_a_second_and_a_writer_fifteen() -> None:
    assert (opening.READING_SECONDS, opening.BUSY_SECONDS) == (1.0, 15.0)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_gives_up_with_one_sentence(
    locked: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opening, "READING_SECONDS", 0.02)
    monkeypatch.setattr(opening, "BUSY_SECONDS", FOR_EVER)
    result = locked(*words)
    assert (result.code, result.out) == (1, "")
    assert re.fullmatch(r"rounds: Another program is using the board [^\n]+\. [^\n]+\n", result.err)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_writing_has_the_patience_of_writers(
    locked: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opening, "READING_SECONDS", FOR_EVER)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.02)
    result = locked(*words)
    assert (result.code, result.out) == (1, "")
    assert "is using the board" in result.err
