"""The tables on a server are those of the file, drawn from them; a database that another version
made is told apart, and an older one is brought up to date in one step or not at all."""

import os
from pathlib import Path

from store.file.location import REVISIONS
from store.server import forms
from tests.store.server.drawn import draw

ROOM = Path(forms.__file__).parent


def test_the_tables_are_drawn_from_those_of_the_file(tmp_path: Path, empty_board: bytes) -> None:
    file = tmp_path / "board.db"
    file.write_bytes(empty_board)
    for name, drawn in zip(("tables", "views"), draw(file), strict=True):
        kept = ROOM / f"{name}.sql"
        if os.environ.get("ROUNDS_DRAW"):
            kept.write_text(drawn, encoding="utf-8")
        assert kept.read_text(encoding="utf-8") == drawn, "ROUNDS_DRAW=1 draws them again"


def test_each_form_that_came_later_has_its_step() -> None:
    steps = {file.stem for file in (ROOM / "upgrades").glob("*.sql")}
    assert steps == {one for one in REVISIONS if one > FIRST}


FIRST = "0010"
"""The form in which the first boards on servers were made."""
