"""The hands that live a hunt: they type what was typed, on the command line and on the screen."""

import io
import json
import re
import shlex
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from store.clock import FixedClock
from store.read.glance import open_glance
from tests.hunts.hunt_file import Deed
from tests.tui.conftest import Play
from tui.app import RoundsApp
from tui.cli.run import run

AHEAD = 60
"""Days that are searched for a follow-up which is to be done."""

_FOLLOW_UP = re.compile(r"\[(?:([\d+]+) )?([^]]+)\]")
_PART = re.compile(r"\{(talk|task|point) (\d+)\}")
_SHELVES = {"talk": "interviews", "task": "assignments", "point": "points"}
_SIZE = (160, 60)


class CouldNot(Exception):
    """A deed of the hunt was refused, or names something that is not there."""


class Hands:
    """Lives a hunt on the board at `path`; numbers of follow-ups and parts are looked up."""

    def __init__(self, path: Path, clock: FixedClock, files: Path) -> None:
        self.path = path
        self.clock = clock
        self._files = files
        self.listed: list[Any] = []
        """What the list of the morning said."""
        self.roles: dict[str, list[str]] = {}
        """The roles at each employer on that morning."""

    async def do(self, deed: Deed) -> None:
        """Carry out what was typed, at its moment; CouldNot when that fails."""
        self.clock.moment = deed.at
        if deed.on_screen:
            await self._press(deed.text.removeprefix("keys: "))
        else:
            self._type(deed)

    def json(self, *words: str) -> Any:
        """What the JSON holds that a command prints."""
        return json.loads(self._run([*words, "--json"]))["data"]

    def _type(self, deed: Deed) -> None:
        text = _FOLLOW_UP.sub(self._numbers, deed.text.removeprefix("$ rounds "))
        text = _PART.sub(self._part, text)
        words = [self._file(word) for word in shlex.split(text)]
        if deed.stdin:
            form = self.path.with_suffix(".txt")
            form.write_text("\n".join(deed.stdin) + "\n", encoding="utf-8")
            words = [str(form) if word == "-" else word for word in words]
        self._run(words)

    def _run(self, words: Sequence[str]) -> str:
        out, err = io.StringIO(), io.StringIO()
        argv = ["--db", str(self.path), *words] if self.path.exists() or words[0] != "due" else []
        if not argv:
            return "[]"
        code = run(argv, clock=self.clock, stdout=out, stderr=err, environ={})
        if code != 0:
            raise CouldNot(f"rounds {shlex.join(words)}: {err.getvalue().strip()}")
        return out.getvalue()

    def _numbers(self, found: re.Match[str]) -> str:
        """The numbers of the follow-ups that `[3 follow up]`, `[3+4 withdraw]` stand for."""
        owners = {int(each) for each in found[1].split("+")} if found[1] else set[int]()
        numbers = self._among(self.listed, found[2], owners)
        numbers = numbers or self._among(self.json("due", "--days", str(AHEAD)), found[2], owners)
        if not numbers:
            raise CouldNot(f"{found[0]} is not on the list")
        return numbers

    def _among(self, listed: list[Any], label: str, owners: set[int]) -> str:
        """The numbers of those in `listed` that are meant; "" where one of them is missing."""
        meant = [
            due
            for due in listed
            if due["id"] is not None
            and due["label"].startswith(label)
            and (not owners or due["application_id"] in owners)
        ]
        if owners - {due["application_id"] for due in meant}:
            return ""
        return " ".join(f"f{due['id']}" for due in (meant[:1] if len(owners) == 1 else meant))

    def _part(self, found: re.Match[str]) -> str:
        page = self.json("show", found[2])
        parts = page.get(_SHELVES[found[1]], [])
        if not parts:
            raise CouldNot(f"{found[0]} is not there")
        return str(max(part["id"] for part in parts))

    def _file(self, word: str) -> str:
        file = self._files / word
        return str(file) if word.endswith(".csv") and file.exists() else word

    async def _press(self, text: str) -> None:
        """`3 form closing_on=30 apr`: the form of application 3, one field changed, and saved."""
        number, page, what = text.split(" ", 2)
        assert page == "form", text
        field, given, value = what.partition("=")
        glance = open_glance(self.path, self.clock)
        assert glance is not None
        with closing(glance):
            card = glance.card(int(number))
        app = RoundsApp(self.path, self.clock)
        async with app.run_test(size=_SIZE) as pilot:
            play = Play(app, pilot)
            await play.settle()
            await play.press("slash")
            await play.type(f"{card.company} {card.role}")
            await play.press("enter")
            subject = app.board_screen.subject()
            if subject is None or subject.id != card.id:
                raise CouldNot(f"the filter does not lead to application {number}")
            await play.press("e", "ctrl+o")
            line = play.screen.query_one(f"#{field}")
            line.focus()
            await play.settle()
            if given:
                await play.type(value)
            else:
                await play.press("space")
            await play.press("ctrl+s")
            if play.screen is not app.board_screen:
                raise CouldNot(f"the form was not saved: {play.painted()}")
