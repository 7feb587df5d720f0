"""A morning with three hundred applications, on the screen and in the shell, the keys counted.

What a new user does: find the remote ones in second; close those that went silent; correct a
salary; see what was with Globex before applying again. At most 6, 5, 5 and 3 keys beside the text
(product); a command line takes Enter alone.
"""

import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from tests.tui.conftest import NOW, Play
from tests.tui.conftest import play as play  # the fixture
from tui.cli.run import run

ALL = 300
SILENT = 40
REMOTE = {"Company 100", "Company 110", "Company 120"}
GLOBEX = "Globex"


def three_hundred(p: Pipeline, clock: FixedClock) -> None:
    """Forty that went silent, some in second, one at Globex that was rejected, and many others."""
    now = clock.moment
    clock.moment = now - timedelta(days=90)
    for number in range(SILENT):
        p.add(f"Silent {number}", "Engineer")
    clock.moment = now - timedelta(days=60)
    rejected = p.add("Globex GmbH", "SRE", contact_name="Ana Ruiz").application_id
    assert rejected is not None
    clock.moment = now - timedelta(days=30)
    p.move(rejected, Stage.FIRST)
    p.close(rejected, Outcome.REJECTED)
    clock.moment = now
    for number in range(SILENT, ALL - 1):
        second = number % 10 == 0 and number < 130
        tags = ("remote",) if number >= 100 and (second or number % 2) else ()
        stage = Stage.SECOND if second else Stage.APPLIED
        p.add(f"Company {number}", "Engineer", stage=stage, tags=tags, salary="90k")


class Counted:
    """Hands of which every key is counted that is no letter of a text."""

    def __init__(self, it: Play) -> None:
        self.it = it
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.it.press(*keys)

    async def type(self, text: str) -> None:
        await self.it.type(text)
        await self.it.settle()


Morning = Callable[[], AbstractAsyncContextManager[Counted]]


@pytest.fixture
def morning(play: Callable[..., AbstractAsyncContextManager[Play]]) -> Morning:
    """The board of that morning, and the hands."""

    @asynccontextmanager
    async def begun() -> AsyncIterator[Counted]:
        async with play(three_hundred, size=(160, 45)) as it:
            yield Counted(it)

    return begun


async def test_all_remote_ones_in_second_are_found(morning: Morning) -> None:
    async with morning() as hands:
        await hands.press("/")
        await hands.type("tag:remote stage:second")
        await hands.press("enter")
        assert set(chain(*hands.it.lanes())) == REMOTE
        assert hands.keys == 2


async def test_forty_silent_ones_are_closed(morning: Morning) -> None:
    async with morning() as hands:
        await hands.press("Q", "enter", "y")
        closed = await hands.it.read(lambda g: g.cards(closed=True))
        ended = [card.outcome for card in closed]  # type: ignore[attr-defined]
        assert ended.count(Outcome.NO_RESPONSE) == SILENT
        assert hands.keys == 3


async def test_a_salary_is_corrected(morning: Morning) -> None:
    async with morning() as hands:
        await hands.press("/")
        await hands.type("company 211")
        await hands.press("enter", ":")
        await hands.type("salary 95k")
        await hands.press("enter")
        cards = await hands.it.read(lambda g: g.cards())
        pay = {card.company: card.salary for card in cards}  # type: ignore[attr-defined]
        assert pay["Company 211"] == "95k"
        assert [*pay.values()].count("95k") == 1
        assert hands.keys == 4
        await hands.press("escape")
        assert len([*chain(*hands.it.lanes())]) > SILENT, "and all cards are back"


async def test_what_was_with_globex_is_told_before_applying_again(morning: Morning) -> None:
    async with morning() as hands:
        await hands.press("a")
        await hands.type(GLOBEX)
        told = " ".join(hands.it.painted().replace("│", " ").replace("▌", " ").split())
        assert "1 application in Sep 2026; rejected" in told
        assert "you know Ana" in told
        assert "Ruiz there." in told
        assert hands.keys == 1


async def test_with_the_cursor_there_one_key_shows_all_of_it(morning: Morning) -> None:
    async with morning() as hands:
        await hands.it.press("a")
        await hands.it.type(GLOBEX)
        await hands.it.press("tab")
        await hands.it.type("Engineer")
        await hands.it.press("enter")
        await hands.press("E")
        page = hands.it.painted()
        assert "2 applications since Sep 2026" in page
        assert "Ana Ruiz" in page
        assert hands.keys == 1


class Lines:
    """Command lines on the board of that morning, each ended by the one key that counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.keys = 0

    def __call__(self, *words: str) -> str:
        out, err = io.StringIO(), io.StringIO()
        argv = ["--db", str(self._path), *words]
        assert run(argv, clock=FixedClock(NOW), stdout=out, stderr=err, environ={}) == 0, err
        self.keys += 1
        return f"{out.getvalue()}{err.getvalue()}"


@pytest.fixture
async def lines(morning: Morning) -> Lines:
    """The same board for the shell."""
    async with morning() as hands:
        path = hands.it.app.path
    return Lines(path)


async def test_the_same_in_the_shell(lines: Lines) -> None:
    found = json.loads(lines("list", "--where", "tag:remote stage:second", "--json"))["data"]
    assert {card["company"] for card in found} == REMOTE
    assert lines.keys == 1
    assert lines("sweep", "--yes").count("; no response\n") == SILENT
    assert lines.keys == 2
    lines("edit", "company 211", "--salary", "95k")
    assert "Salary: 95k" in lines("show", "company 211")
    told = lines("employer", "globex")
    assert "rejected after the first interview" in told
    assert "Ana Ruiz" in told
    assert lines.keys == 5, "one line for each, and one to look at it"
