"""How large the file gets: after very many changes and undos it holds what is there, the timeline,
and what the last ones need to be undone.

The short form has the same rule with small numbers; the long form has 100,000 changes and 10,000
undos by the use cases themselves, and prints a table.
"""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.pipeline.safety import thinning
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused

START = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def fill(pipeline: Pipeline, cards: int) -> list[int]:
    ids = []
    for number in range(cards):
        written = pipeline.add(
            f"Company {number}", "Staff Engineer", location="Berlin", salary="90k EUR",
            url=f"https://jobs.example/{number}", source="a friend",
            posting_text="We look for somebody who likes to work with people. " * 60,
            note="They called, and were friendly.",
        )  # fmt: skip
        assert written.application_id is not None
        ids.append(written.application_id)
    return ids


def change(pipeline: Pipeline, ids: list[int], chance: random.Random, number: int) -> None:
    """One of the things that people do; a refusal is none."""
    card = chance.choice(ids)
    kind = chance.randrange(10)
    if kind < 3:
        pipeline.note(card, f"Note {number}: they said that they would write next week.")
    elif kind < 6:
        pipeline.edit(card, {"salary": f"{number}k", "next_step": f"call {number}"})
    elif kind < 8:
        pipeline.move(card, chance.choice(list(Stage)))
    elif kind == 8:
        pipeline.close(card, Outcome.REJECTED)
    else:
        pipeline.reopen(card)


def sizes(path: Path, last: int) -> dict[str, int]:
    """Bytes of the file, of what is live, and of the last changes, each in a file of its own."""
    found = {"file": path.stat().st_size}
    for name, statements in {
        "live": ("DELETE FROM row_image",),
        "board": ("DELETE FROM row_image", "DELETE FROM change", "DELETE FROM timeline_entry"),
        "last": (
            f"DELETE FROM row_image WHERE change_id < {last}",
            *(
                f"DELETE FROM {table}"
                for table in (
                    *("debrief", "point", "interviewer", "interview", "draft", "follow_up"),
                    *("message", "note", "score", "contact", "assignment", "tip_tick"),
                    *("stage_move", "application", "criterion", "timeline_entry"),
                )
            ),
            f"DELETE FROM change WHERE id < {last}",
        ),
    }.items():
        other = path.with_name(f"only-{name}.db")
        with closing(sqlite3.connect(path, isolation_level=None)) as board:
            board.execute("VACUUM INTO ?", (str(other),))
        with closing(sqlite3.connect(other, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            for statement in statements:
                copy.execute(statement)
            copy.execute("VACUUM")
        found[name] = other.stat().st_size
        other.unlink()
    return found


def grow(
    folder: Path, *, cards: int, changes: int, undos: int, undoable: int, every: int
) -> tuple[dict[str, int], list[float]]:
    """The sizes in the end, and how many seconds each change took to be stored."""
    path, clock = folder / "board.db", FixedClock(START)
    chance, took = random.Random(18), []
    with pytest.MonkeyPatch.context() as patch, closing(open_database(path, clock)) as database:
        patch.setattr(thinning, "UNDOABLE", undoable)
        patch.setattr(thinning, "EVERY", every)
        database.without_waiting()
        pipeline = Pipeline(database)
        ids = fill(pipeline, cards)
        done = cards
        while done < changes:
            clock.moment += timedelta(minutes=1)
            with suppress(Refused):
                before = perf_counter()
                change(pipeline, ids, chance, done)
                took.append(perf_counter() - before)
                done += 1
        told = timeline(database)
        for _ in range(undos):
            pipeline.undo()
        first_kept = ask(path, "SELECT min(change_id) FROM row_image")
        found = sizes(path, first_kept)
        for _ in range(undos):
            pipeline.redo()
        assert timeline(database) == told
        # The first of them were undone before: that they can be once more shows nothing new.
        for _ in range(undoable - undos):
            pipeline.undo()
    assert ask(path, "SELECT count(*) FROM change WHERE state <> 'step'") == changes
    assert ask(path, "SELECT count(*) FROM pragma_integrity_check") == 1
    assert ask(path, "SELECT count(*) FROM pragma_foreign_key_check") == 0
    return found, took


def ask(path: Path, query: str) -> int:
    with closing(sqlite3.connect(path)) as board:
        found: int = board.execute(query).fetchone()[0]
        return found


def timeline(database: object) -> list[object]:
    with closing(database.glance()) as glance:  # type: ignore[attr-defined]
        ids = [card.id for card in glance.cards(closed=None)][:20]
        return [glance.dossier(card).timeline for card in ids]


def test_the_file_stays_within_what_is_live_and_what_undo_needs(tmp_path: Path) -> None:
    small = {"cards": 6, "changes": 360, "undos": 20, "undoable": 20}
    thinned, whole = tmp_path / "thinned", tmp_path / "whole"
    thinned.mkdir()
    whole.mkdir()
    found, _ = grow(thinned, **small, every=8)
    assert found["file"] <= 2 * found["live"] + found["last"], found
    other, _ = grow(whole, **small, every=10**9)
    assert 2 * other["file"] > 3 * found["file"], "without the rule it would be much larger"


@pytest.mark.long
def test_a_hundred_thousand_changes_and_ten_thousand_undos(
    tmp_path: Path, figure: Callable[..., None]
) -> None:
    found, took = grow(
        tmp_path, cards=500, changes=100_000, undos=10_000, undoable=10_000, every=thinning.EVERY
    )
    took.sort()
    place = {"median": len(took) // 2, "99 %": len(took) * 99 // 100, "slowest": len(took) - 1}
    for name, size in found.items():
        figure(f"journal: KB, {name}", size // 1_000, "after 100,000 changes, 10,000 undos")
    for name, at in place.items():
        figure(f"journal: µs to store, {name}", int(took[at] * 1e6), "thinned beside every 64th")
    if os.environ.get("ROUNDS_SIZES"):
        print(found, {name: took[at] for name, at in place.items()})
    assert found["file"] <= 2 * found["live"] + found["last"]
