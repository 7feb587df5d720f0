"""How long the figures of 10,000 applications take: `python -m tests.bench.chances`.

Prints medians of processor time; the aim is less than 100 ms for each summary. Reading them from
the board's file is timed as well.
"""

import gc
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from sqlmodel import SQLModel

from store.clock import FixedClock
from store.file.database import open_database
from store.read.glance import Glance, open_glance
from store.read.history import GROUPINGS, as_data, read_histories, read_steps, summary
from store.rules.chances.chances import Completion, HeldInterview, History, Move
from store.rules.stages import ORDER, Stage, outcomes_from
from store.tables import Application, FollowUp, StageMove
from tests.makers import application, interview

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
AIM = 100.0
"""Milliseconds."""


def measure(count: int = 10_000, runs: int = 9) -> list[tuple[str, float]]:
    """The median milliseconds of each thing that is asked of `count` applications."""
    with _board(search(count)) as glance:
        # What made the board is no part of the program: the collector shall not walk through it.
        gc.collect()
        gc.freeze()
        histories = read_histories(glance, NOW)
        by_tag = summary(histories, TODAY, by="tag")
        asked: list[tuple[str, Callable[[], object]]] = [
            ("summary", lambda: summary(histories, TODAY)),
            *(
                (f"summary by {by}", lambda by=by: summary(histories, TODAY, by=by))
                for by in GROUPINGS
            ),
            ("as data", lambda: as_data(by_tag)),
            ("read from the board", lambda: read_histories(glance, NOW)),
            ("a card's own line", lambda: read_steps(glance, NOW)),
        ]
        measured = [(name, _timed(act, runs)) for name, act in asked]
        gc.unfreeze()
    return measured


def search(count: int, seed: int = 7) -> list[History]:
    """A made-up search with `count` applications over two years, the same for the same seed."""
    chance = random.Random(seed)
    return [_application(id_, chance) for id_ in range(1, count + 1)]


def _application(id_: int, chance: random.Random) -> History:
    applied = TODAY - timedelta(days=chance.randrange(730))
    day, stage, moves, talks = applied, Stage.APPLIED, [Move(applied, None, Stage.APPLIED)], []
    while stage is not Stage.OFFER and chance.random() < 0.35:
        day = min(day + timedelta(days=chance.randrange(1, 25)), TODAY)
        following = ORDER[stage.place + 1]
        moves.append(Move(day, stage, following))
        stage = following
        if stage is not Stage.OFFER:
            talks.append(HeldInterview(stage, day))
    closed = chance.random() < 0.8
    return History(
        id_,
        f"Company {id_ % 3_000}",
        "Engineer",
        applied,
        tuple(moves),
        chance.choice(outcomes_from(stage)) if closed else None,
        min(day + timedelta(days=chance.randrange(40)), TODAY) if closed else None,
        chance.choice(("LinkedIn", "linkedin", "referral", "job board", "company site", "")),
        tuple(chance.sample(("python", "remote", "berlin", "start-up", "senior"), 2)),
        chance.random() < 0.1,
        applied,
        tuple(talks),
        tuple(Completion(day, day + timedelta(days=chance.randrange(-2, 3))) for _ in range(2)),
    )


@contextmanager
def _board(histories: list[History]) -> Iterator[Glance]:
    """A board in a file that holds `histories`."""
    with tempfile.TemporaryDirectory() as folder:
        path, clock = Path(folder) / "board.db", FixedClock(NOW)
        with closing(open_database(path, clock)) as database, database.writing() as session:
            session.add_all([_application_row(history) for history in histories])
            session.flush()
            session.add_all([row for history in histories for row in _parts(history)])
        glance = open_glance(path, clock)
        assert glance is not None
        with closing(glance):
            yield glance


def _application_row(history: History) -> Application:
    return application(
        history.company,
        id=history.id,
        role=history.role,
        stage=history.moves[-1].to.value,
        stage_since=history.moves[-1].on,
        applied_on=history.applied_on,
        source=history.source,
        tags=json.dumps(history.tags),
        outcome=history.outcome.value if history.outcome else None,
        closed_on=history.closed_on,
        created_at=_moment(history.applied_on or TODAY) + timedelta(seconds=history.id),
        updated_at=NOW,
    )


def _parts(history: History) -> Iterator[SQLModel]:
    owner = history.id
    for on, origin, to in history.moves:
        came_from = origin.value if origin else None
        yield StageMove(application_id=owner, from_stage=came_from, to_stage=to.value, moved_on=on)
    for stage, on in history.interviews:
        yield interview(
            starts_at=_moment(on) + timedelta(seconds=owner),
            application_id=owner,
            stage=stage.value,
            logged_on=on,
        )
    for turn, (on, due_on) in enumerate(history.done):
        yield FollowUp(
            application_id=owner,
            rule="own",
            anchor=f"own:{turn}",
            action="own",
            label="Call them",
            due_on=due_on,
            state="done",
            done_on=on,
        )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def _timed(act: Callable[[], object], runs: int) -> float:
    """The median of `runs` turns, in milliseconds of processor time: what else the machine does
    meanwhile does not count."""
    taken = []
    for _ in range(runs):
        start = process_time()
        act()
        taken.append((process_time() - start) * 1_000)
    return median(taken)


def main() -> None:
    """Print the table; the number of applications may be given as the one argument."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{count:,} applications; ms of processor time, medians; aim: summaries below {AIM:g}")
    for name, taken in measure(count):
        print(f"  {name:<22}{taken:>8.1f}")


if __name__ == "__main__":
    main()
