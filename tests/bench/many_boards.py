"""A made-up database of many boards, and how the server answers what is asked all day.

    python tests/bench/many_boards.py [--boards 10000] [--plans]

Prints sizes, times and, with --plans, the plans of every question of the first picture and of what
is due, for a role that was given one of the boards; docs/servers-inside.md has some. Takes some
minutes and gigabytes with the usual million cards; all of it goes at the end.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from programs import ROOT

from store.clock import FixedClock
from store.pipeline import Pipeline
from store.read.counts import count_due
from store.rules.stages import Stage
from store.server.address import address_of
from store.server.boards import give, read_boards
from store.server.database import open_database
from store.server.reading import ServerConnection
from store.settings import Settings

sys.path.append(str(ROOT))
from tests.server import Server

_NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
_SAMPLE = 100
"""Cards of the board that all others are made of."""


def main() -> None:
    """Make the boards, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--boards", type=int, default=10_000)
    parser.add_argument("--plans", action="store_true")
    words = parser.parse_args()
    server = Server({"shared_buffers": "1GB", "work_mem": "16MB", "max_wal_size": "8GB",
                     "maintenance_work_mem": "512MB", "max_connections": "300"})  # fmt: skip
    try:
        server.start()
        _measure(server, words.boards, plans=words.plans)
    finally:
        server.remove()


def _measure(server: Server, boards: int, *, plans: bool) -> None:
    name = server.new_database()
    clock = FixedClock(_NOW)
    address = address_of(server.address(name, "b1"), "--db")
    with closing(open_database(address, clock)) as database:
        _fill(Pipeline(database), clock)
    with server.connect(name) as line:
        with _timed("filling"):
            _multiply(line, boards)
        for table in ("application", "follow_up", "change", "row_image"):
            ((rows, size),) = line.execute(
                f"SELECT count(*), pg_size_pretty(pg_total_relation_size('rounds.{table}'))"
                f" FROM rounds.{table}"
            ).fetchall()
            print(f"{table}: {rows:,} rows, {size} with indexes")
        (size,) = line.execute(
            "SELECT pg_size_pretty(pg_database_size(current_database()))"
        ).fetchone()
        print(f"database: {size}")
    middle = address.of(f"b{boards // 2}")
    _ask(middle, clock)
    with server.connect(name) as line:
        line.execute("CREATE ROLE client LOGIN")
    give(middle, "client", clock, writes=True)
    print("as a role that was given this board:")
    _ask(address_of(server.address(name, middle.board, user="client"), "--db"), clock)
    if boards <= 10_000:
        with _timed(f"rounds boards over {boards:,}"):
            read_boards(address, clock)
    if plans:
        _explain(address_of(server.address(name, middle.board, user="client"), "--db"))


def _fill(pipeline: Pipeline, clock: FixedClock) -> None:
    """A board after some months of looking for a job."""
    pipeline.catch_up(Settings().fingerprint)
    for number in range(5):
        pipeline.add_reminder(f"call {number}", _NOW.date() + timedelta(days=number))
    for number in range(_SAMPLE):
        clock.moment = _NOW - timedelta(days=_SAMPLE - number)
        pipeline.add(f"Company {number}", "Engineer")
        if number % 4 == 0:
            pipeline.move(number + 1, Stage.FIRST)
            pipeline.interview(number + 1, clock.now() + timedelta(days=2), people="Ana and Bo")
    clock.moment = _NOW


def _multiply(line: Any, boards: int) -> None:
    """The board again and again, under other numbers."""
    line.execute(
        "INSERT INTO rounds.board (name, made_at) SELECT 'b' || n, now()"
        " FROM generate_series(2, %s) n",
        (boards,),
    )
    tables = [
        row[0]
        for row in line.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'rounds'"
            " AND column_name = 'board' AND table_name <> 'access'"
        ).fetchall()
    ]
    with line.transaction():
        line.execute("SET LOCAL session_replication_role TO replica")  # keys hold: they are copies
        for table in tables:
            columns = [
                f'"{row[0]}"'
                for row in line.execute(
                    "SELECT column_name FROM information_schema.columns"
                    " WHERE table_schema = 'rounds' AND table_name = %s AND column_name <> 'board'",
                    (table,),
                ).fetchall()
            ]
            listed = ", ".join(columns)
            line.execute(
                f'INSERT INTO rounds."{table}" (board, {listed})'
                f" SELECT b.id, {', '.join('t.' + one for one in columns)}"
                f' FROM rounds.board b CROSS JOIN rounds."{table}" t'
                " WHERE t.board = 1 AND b.id > 1"
            )
    line.execute("VACUUM ANALYZE")


def _ask(address: Any, clock: FixedClock) -> None:
    with closing(open_database(address, clock)) as database:
        glance = database.glance()
        pipeline = Pipeline(database)
        stages = [Stage.SECOND, Stage.FIRST]
        for what, ask in (
            ("first picture", glance.board),
            ("due", glance.due),
            ("due, counted", lambda: count_due(glance)),
            ("a page", lambda: glance.dossier(5)),
            ("a move, stored", lambda: pipeline.move(5, stages[0]) and stages.reverse()),
        ):
            times = []
            for _ in range(30):
                begun = time.perf_counter()
                ask()
                times.append(time.perf_counter() - begun)
            print(f"{what}: {statistics.median(times) * 1_000:.1f} ms")
        glance.close()


def _explain(address: Any) -> None:
    """Every question of the first picture and of what is due, explained."""
    with closing(open_database(address, FixedClock(_NOW))) as database:
        glance = database.glance()
        connection = glance.reader.connection
        assert isinstance(connection, ServerConnection)
        execute, seen = connection.execute, set[str]()

        def explain(sql: str, values: Any = (), /) -> Any:
            if sql not in ("BEGIN", "ROLLBACK") and sql not in seen:
                seen.add(sql)
                plan = execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", values)
                print(f"\n{sql.strip()}\n")
                print("\n".join(f"    {line}" for (line,) in plan.fetchall()))
            return execute(sql, values)

        connection.execute = explain  # type: ignore[method-assign]
        glance.board()
        glance.due()
        count_due(glance)
        glance.close()


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    main()
