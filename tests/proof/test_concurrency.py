"""Six programs write to one board at the same time, in a file or on a server: nothing is lost, and
nobody sees "locked"."""

import os
import random
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from store.boards import open_database
from store.clock import FixedClock
from store.database import Database
from store.errors import Conflict
from store.exchange.incoming import Incoming
from store.pipeline import Pipeline
from store.place import Place
from store.rules.stages import Stage
from store.rules.text import Refused
from store.tables import Application, Change, Contact, Note, Point

LONG = os.environ.get("ROUNDS_PROOF") == "long"
WRITERS = 6
WRITES = 200 if LONG else 8
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))
Tally = Counter[str]


def write(pipeline: Pipeline, writer: int) -> Tally:
    """Mixed writes; counts what was done, raises on anything but a refusal by a rule."""
    chance = random.Random(writer)
    told: Tally = Counter()
    for number in range(WRITES):
        mark = f"{writer}.{number}"
        try:
            match number % 8:
                case 0:
                    pipeline.add(f"Company {mark}", "Engineer")
                    told["added"] += 1
                case 1 | 2:
                    pipeline.note(1, mark)
                    told["notes"] += 1
                case 3:
                    pipeline.move(chance.randint(2, 3), chance.choice(list(Stage)))
                case 4:
                    days = timedelta(days=chance.choice((-3, 3)))
                    pipeline.interview(1, CLOCK.now() + days, people="Ana and Bo")
                case 5:
                    pipeline.contact(1, f"Person {mark}")
                    told["contacts"] += 1
                case 6:
                    pipeline.point(1, "concern", f"Doubt {mark}")
                    told["points"] += 1
                case _:
                    rows = [Incoming(n, f"Imported {mark}.{n}", "x", None) for n in range(3)]
                    pipeline.bring_in(rows, source="a file")
                    told["added"] += 3
            told["changes"] += 1
            if number % 16 == 3:
                seen = pipeline.note(2, f"taken back {mark}").change_id
                told["changes"] += 1
                pipeline.undo(seen=seen)
                told["taken back"] += 1
        except Conflict:
            told["left, since others had written"] += 1
        except Refused:
            told["refused"] += 1
    return told


def count_up(pipeline: Pipeline, writer: int) -> Tally:
    """Read a number in a note, write it back one higher: the classic way to lose an update."""
    for _ in range(WRITES):
        with pipeline.database.writing() as session:
            note = session.get(Note, 1)
            assert note is not None
            note.text = str(int(note.text) + 1)
            session.add(note)
    return Counter(changes=WRITES)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A board that is not there yet, in a file or on a server."""
    if request.param == "file":
        return tmp_path / "board.db"
    address: Place = request.getfixturevalue("new_address")()
    return address


def in_processes(work: Callable[[Pipeline, int], Tally], place: Place, folder: Path) -> Tally:
    """What six processes that all start at once have done; fails with what one of them raised."""
    children = []
    for writer in range(WRITERS):
        said = folder / f"said {writer}"
        pid = os.fork()
        if pid == 0:
            try:
                done = work(Pipeline(open_database(place, CLOCK)), writer)
                said.write_text("\n".join(f"{count} {what}" for what, count in done.items()))
                os._exit(0)
            except BaseException:
                said.write_text(traceback.format_exc())
            finally:
                os._exit(1)
        children.append((pid, said))
    total: Tally = Counter()
    for pid, said in children:
        _, status = os.waitpid(pid, 0)
        assert status == 0, said.read_text()
        for line in said.read_text().splitlines():
            count, what = line.split(" ", 1)
            total[what] += int(count)
    return total


def stored(database: Database, table: type) -> list[object]:
    with database.writing() as session:
        return list(session.exec(select(table)))


def test_mixed_writes_of_six_programs(
    place: Place, tmp_path: Path, figure: Callable[..., None]
) -> None:
    database = open_database(place, CLOCK)
    pipeline = Pipeline(database)
    for name in ("Globex", "Hooli", "Initech"):
        pipeline.add(name, "Engineer", note="first")
    database.close()
    told = in_processes(write, place, tmp_path)
    database = open_database(place, CLOCK)
    assert len(stored(database, Application)) == 3 + told["added"]
    named = [one for one in stored(database, Contact) if one.name.startswith("Person")]
    assert len(named) == told["contacts"]
    assert len(stored(database, Point)) == told["points"]
    notes = [note.text for note in stored(database, Note) if note.application_id == 1]
    assert len(notes) == len(set(notes)) == 1 + told["notes"]
    changes = [change.state for change in stored(database, Change)]
    done = 3 + told["changes"] - told["taken back"]
    assert changes.count("done") == done
    assert changes.count("step") == told["taken back"]
    pipeline = Pipeline(database)
    for _ in range(done):
        pipeline.undo()
    assert database.glance().cards(closed=None) == ()
    database.close()
    figure("concurrency: writes of six programs", WRITERS * WRITES, "0 lost, 0 locked")
    figure("concurrency: all undone again", done, "the start is reached")


def test_read_modify_write_of_six_programs(
    place: Place, tmp_path: Path, figure: Callable[..., None]
) -> None:
    database = open_database(place, CLOCK)
    Pipeline(database).add("Globex", "Engineer", note="0")
    database.close()
    in_processes(count_up, place, tmp_path)
    database = open_database(place, CLOCK)
    (note,) = stored(database, Note)
    assert note.text == str(WRITERS * WRITES)
    database.close()
    figure("concurrency: read-modify-writes", WRITERS * WRITES, "0 lost, 0 locked")


def test_two_edits_of_one_card(place: Place) -> None:
    """The second is told, and what the first saved stays."""
    first, second = (Pipeline(open_database(place, CLOCK)) for _ in range(2))
    card = first.add("Globex", "Engineer").card
    assert card is not None
    first.edit(card.id, {"role": "Architect"}, version=card.version)
    with pytest.raises(Conflict, match="another window"):
        second.edit(card.id, {"role": "Manager"}, version=card.version)
    assert second.database.glance().card(card.id).role == "Architect"
