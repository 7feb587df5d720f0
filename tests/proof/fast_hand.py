"""A fast hand at the real program: an opener and a text in one write, on each screen.

Run by `test_openers.py` as a program of its own: `fast_hand.py BOARD SEED CASES RESULT`. It opens a
pseudo-terminal for itself, shows the board there, and does each case twice: by a slow hand, that
waits until it is open, and by a fast one. Both must end at the same place with the same text.
"""

import asyncio
import fcntl
import json
import os
import random
import struct
import sys
import termios
import threading
from datetime import datetime
from pathlib import Path
from string import ascii_lowercase
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.keys import REPLACED_KEYS, key_to_character
from textual.widgets import Input, TextArea

import tui
from store.clock import FixedClock
from store.read.glance import open_glance
from tests.stillness import PATIENCE, install, still
from tui.app import RoundsApp
from tui.commands import commands_for
from tui.widgets.rows import Rows

CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))
SAMPLES = Path(__file__).parents[1] / "store/exchange/samples"
WEEK = Path(__file__).parents[1] / "store/exchange/mail/samples/week.mbox"
SHEET = SAMPLES / "own_spreadsheet_semicolon_cp1252.csv"
WAYS = {
    "board": "",
    "panel": "\t",
    "dossier": "\r",
    "today": "t",
    "closed": "c",
    "chances": "s",
    "behind": "s\r",
    "prepare": "v",
    "interviews": "I",
    "people": "P",
    "employer": "E",
    "offer": "O",
    "compare": "C",
    "draft": "w",
    "sweep": "Q",
    "review": "W",
    "shelf": "_",
    "backups": "\x07",
    "settings": ",",
    "import": f"\x10import a file\r{SHEET}\r",
    "mail": f"Ma{WEEK}\r",
}
"""The keys that lead from the board to each screen."""
OTHER_WAYS = {
    ("board", "search.save"): "/remote\r",
    ("dossier", "lesson"): "c\r",
    ("today", "snooze"): "tjj",
    ("today", "debrief"): "t",
    ("prepare", "prepare.answer"): "vj",
    ("prepare", "prepare.carry"): "vj",
    ("interviews", "task.hours"): "Ij",
    ("mail", "mail.change"): f"Ma{WEEK}\rG",
    ("sweep", "sweep.settle"): "Q ",
    ("review", "snooze"): "W" + 12 * "j",
}
"""What leads to a line or a card for which a command opens something, where the first has nothing:
to a search, to one that is closed, to a follow-up after the two interviews, to a concern, to a
task, to a message that begins an application, to a quiet card that is to be closed, to a
reminder in the week."""
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    **{f"ctrl+{letter}": chr(ord(letter) - ord("a") + 1) for letter in ascii_lowercase},
}
"""What the terminal sends for keys that are no character."""
FIELD, NO_FIELD = "12 dec, Ana Lopez", "jkjj"
"""What is typed into a field, and at what has none: nothing there changes by it."""


def sent(key: str) -> str:
    """What the terminal sends for `key`, as the table of commands names it."""
    found = KEYS.get(key) or key_to_character(REPLACED_KEYS.get(key, key))
    assert found is not None, f"nobody knows what {key} sends"
    return found


class Watched(RoundsApp):
    """Counts the keys that arrive, and notes where each one is let in."""

    CSS_PATH = Path(tui.__file__).parent / "styles" / "rounds.tcss"
    arrived = 0

    async def on_event(self, event: events.Event) -> None:
        self.arrived += isinstance(event, events.Key) and not event.is_forwarded
        await super().on_event(event)

    async def let_in(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.let.append((self.screen, self.focused))
        await super().let_in(event)


class Hand:
    """Types at `app` through the terminal behind `master`."""

    def __init__(self, app: Watched, master: int) -> None:
        self.app, self.master = app, master
        app.let: list[Any] = []

    async def type(self, keys: str, *, desk: bool = False) -> None:
        """Write all of `keys` at once, and wait until all that comes of them is over; with `desk`,
        which is busy until they have all arrived."""
        gate = threading.Event()
        if desk:
            self.app.desk.read(lambda _: gate.wait(PATIENCE))
        due = self.app.arrived + len(keys)
        os.write(self.master, keys.encode())
        async with asyncio.timeout(PATIENCE):
            while self.app.arrived < due:
                await asyncio.sleep(0.002)
            gate.set()
            while True:
                await still()
                if self.app.door._shut or (not self.app.door._waiting and self.app.door._ready()):
                    return
                await asyncio.sleep(0.002)

    async def home(self) -> None:
        """Back to the board, with nothing open."""
        for _ in range(12):
            if self.app.screen is self.app.board_screen and not self.app.focused:
                break
            self.app.post_message(events.Key("escape", None))
            await still()
        self.app.post_message(events.Key("escape", None))
        await still()
        assert self.app.screen is self.app.board_screen, f"{self.app.screen} cannot be left"

    def at(self) -> list[Any]:
        """Where the user is, and what stands in the field."""
        screen, focused = self.app.screen, self.app.focused
        value = None
        if isinstance(focused, Input):
            value = focused.value
        elif isinstance(focused, TextArea):
            value = focused.text
        rows = [str(rows.current) for rows in screen.query(Rows)]
        return [type(screen).__name__, type(focused).__name__, value, rows]

    def put(self, value: str | None) -> None:
        """Put `value` back into the field."""
        if isinstance(field := self.app.focused, Input):
            field.value = value or ""
        elif isinstance(field, TextArea):
            field.text = value or ""

    async def stored(self) -> str:
        """The board as it is stored."""
        return str(await self.app.desk.read(lambda g: (g.board(), g.cards(closed=True))))

    async def case(self, where: str, command_id: str, card: int, *, desk: bool) -> dict[str, Any]:
        """Do one case by both hands."""
        command = next(c for c in commands_for(where) if c.id == command_id)
        key = sent(command.keys[0])
        found: dict[str, Any] = {"where": where, "id": command_id, "wrong": []}
        way = OTHER_WAYS.get((where, command_id), WAYS[where])
        await self.way(way, card)
        if getattr(self.app.screen, "where", "") != where:
            await self.home()
            return {**found, "reached": False}
        below = self.app.screen, self.app.focused
        await self.type(key)
        found["opened"] = (self.app.screen, self.app.focused) != below
        text = FIELD if isinstance(self.app.focused, Input | TextArea) else NO_FIELD
        there = self.at()[2]
        if found["opened"]:
            await self.type(text)
        slow = self.at()
        self.put(there)  # some forms keep what was typed, also when they are left
        await self.home()
        before = await self.stored()
        await self.way(way, card)
        below = self.app.screen, self.app.focused
        self.app.let.clear()
        await self.type(key + text, desk=desk)
        fast = self.at()
        if fast != slow:
            found["wrong"].append(f"slow hand {slow}, fast hand {fast}")
        let = self.app.let[1:]
        if len(let) != (len(text) if found["opened"] else 0):
            found["wrong"].append(f"{len(let)} of {len(text)} keys were let in")
        if below in let:
            found["wrong"].append(f"{let.count(below)} keys reached the screen below")
        if await self.stored() != before:
            found["wrong"].append("the board is another one")
        self.put(there)
        await self.home()
        return {**found, "reached": True, "field": text == FIELD}

    async def way(self, keys: str, card: int) -> None:
        """Go from `card` on the board by `keys`, one after the other."""
        self.app.board_screen.jump_to(card)
        await still()
        for key in keys:
            await self.type(key)


async def play(app: Watched, master: int, cases: list[Any], seed: int, result: Path) -> None:
    found: list[dict[str, Any]] = []
    chance = random.Random(seed)
    try:
        async with asyncio.timeout(PATIENCE):
            while not getattr(app.screen, "is_mounted", False):
                await asyncio.sleep(0.002)
        hand = Hand(app, master)
        for where, command_id, card in cases:
            result.write_text(json.dumps([*found, {"id": command_id, "where": where}]))
            busy = chance.random() < 0.5
            async with asyncio.timeout(PATIENCE):
                found.append(await hand.case(where, command_id, card, desk=busy))
    except BaseException as error:
        found.append({"where": "", "id": "", "wrong": [repr(error)], "reached": False})
        raise
    finally:
        result.write_text(json.dumps(found))
        os.write(master, b"q" + NO_FIELD.encode())


def main() -> None:
    path, seed, cases, result = sys.argv[1:]
    master, inner = os.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 160, 0, 0))
    told = os.dup(2)
    for stream in (0, 1, 2):
        os.dup2(inner, stream)

    def read_all() -> None:
        while os.read(master, 1 << 16):
            pass

    threading.Thread(target=read_all, daemon=True).start()
    patch = pytest.MonkeyPatch()
    install(patch)
    glance = open_glance(Path(path), CLOCK)
    assert glance is not None
    app = Watched(Path(path), CLOCK, board=glance.board(), glance=glance)
    tasks: list[Any] = []

    async def begin() -> None:
        work = play(app, master, json.loads(cases), int(seed), Path(result))
        tasks.append(asyncio.create_task(work))

    app.run(auto_pilot=lambda _: begin())
    if app.crash is not None:
        os.dup2(told, 2)
        raise app.crash
    sys.exit(app.return_code)


if __name__ == "__main__":
    main()
