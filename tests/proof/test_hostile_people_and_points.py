"""Hostile texts in what is written around interviews and offers: contacts, points, debriefs,
drafts, criteria, lessons. Stored without what a terminal obeys, printed and painted as text."""

import io
import json
import os
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.fields import (
    APPLICATION,
    CONTACT,
    CRITERION,
    DEBRIEF,
    DRAFT,
    MENTION,
    POINT,
    Field,
)
from store.rules.points import KINDS
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tui.app import RoundsApp
from tui.cli.run import run

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
HOSTILE = (
    "\x1b]52;c;SEFDS0VE\x07clipboard",
    "\x1b]2;HACKED\x1b\\title \x1bPtmux;\x1b\x1b]2;X\x07\x1b\\",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ \x1b[2J\x1b[H",
    "\x9b31mC1\x9d0;t\x9c",
    "bell\x07 back\x08 nul\x00 del\x7f",
    "line\r\x1b[1Kforged\u2028three\x85four\nfive",
    "right\u202eto left\u2066\u2069\u200f",
    "[/] [/b] [red]x[/red] [@click=app.quit]press[/]",
    "{company} $name %s %(x)s ${HOME} `id` \\[b]",
    "Subject: forged\n\nbody\n# no comment\n- ! weak",
    "' OR 1=1; DROP TABLE contact; --",
    '=HYPERLINK("http://evil")',
    "e\u0301\u0301\u0301 👨‍👩‍👧‍👦 ﷽ עברית 株式会社",
    "lone \ud800 surrogate",
    "zalgo " + "a" + "\u0336" * 400,
    "w" * 100_000,
    "\ufeff\u200b\u00ad\u180e",
    "\x1b]52;c;SEFDS0VE\x07 [/] [/b] [@click=app.quit]press[/] \ud800",
)
LONG = os.environ.get("ROUNDS_PROOF") == "long"
SHORT = len(HOSTILE) - 1
"""The text of the short form: sequences, markup and surrogates in one."""
PAGES = ("enter", "P", "I", "v", "w", "O", "b", "plus", "L", "t", "c", "s", "n", "e")
"""The keys of every page and dialog that shows any of these texts."""
OF_AN_OFFER = ("enter", "O", "w")
"""Those that are looked at with an offer, too, in the short form."""
COMMANDS = (
    ("show", "1"), ("show", "1", "--json"), ("contact", "1"), ("debrief", "1"), ("point", "1"),
    ("offer", "1"), ("draft", "1"), ("interview", "1"), ("due", "--days", "60"), ("list", "--all"),
    ("show", "2"), ("show", "2", "--json"), ("list", "--search", "x"), ("due", "--json"),
)  # fmt: skip


def harmless(text: str) -> bool:
    """Whether there is nothing in it that a terminal obeys."""
    return not any(
        unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2069"
        for c in text
        if c != "\n"
    )


def fit(text: str, field: Field) -> str:
    """As much of a text as a field takes, so that it is not refused for its length alone."""
    return text[: field.limit - 1] or "x"


def fill(pipeline: Pipeline, text: str) -> tuple[int, list[str]]:
    """The text in every field that there is; how many took it, and what the others said."""
    taken, told = 0, list[str]()

    def put(act: Callable[[], object]) -> None:
        nonlocal taken
        try:
            act()
            taken += 1
        except Refused as refusal:
            told.append(str(refusal))

    names = {name: fit(text, field) for name, field in APPLICATION.items()}
    day = NOW.date() - timedelta(days=10)
    pipeline.add("Globex", "Engineer", stage=Stage.SECOND, applied_on=day)
    pipeline.add("Hooli", "Engineer", stage=Stage.OFFER)
    for name, value in names.items():
        put(lambda name=name, value=value: pipeline.edit(1, {name: value}))
    pipeline.interview(1, NOW - timedelta(hours=30), people="Ana")
    contact = {name: fit(text, field) for name, field in CONTACT.items()}
    person = contact.pop("name")
    put(lambda: pipeline.contact(1, person, **contact))
    for name, value in contact.items():
        put(lambda name=name, value=value: pipeline.edit_contact(1, {name: value}))
    put(lambda: pipeline.set_interviewers(1, ["Ana", person]))
    put(lambda: pipeline.mention(1, fit(text, MENTION)))
    for kind in KINDS:
        for number, values in enumerate(({"link": ""}, {"link": fit(text, POINT["link"])})):
            line = fit(f"{number} {kind} {text}", POINT["text"])
            detail = fit(text, POINT["detail"])
            put(
                lambda kind=kind, line=line, detail=detail, values=values: pipeline.point(
                    1, kind, line, detail=detail, **values
                )
            )
    remarks = {name: fit(text, field) for name, field in DEBRIEF.items()}
    asked = [("asked", fit(text, POINT["text"]), True)]
    put(lambda: pipeline.debrief(1, points=asked, **remarks))
    put(lambda: pipeline.draft(1, "thank_you", fit(f"Subject: {text}\n\n{text}", DRAFT)))
    put(lambda: pipeline.criterion(fit(text, CRITERION), 5))
    put(lambda: pipeline.score(2, 1, 7))
    pipeline.add("Initech", "Engineer")
    put(lambda: pipeline.close(3, Outcome.REJECTED, reason=fit(text, APPLICATION["reason"])))
    return taken, told


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(text, id=ascii(text)[:24], marks=() if n == SHORT else pytest.mark.long)
        for n, text in enumerate(HOSTILE)
    ],
)
def board(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, int]:
    """A board with a hostile text in all that is written, and how many fields took it."""
    path = tmp_path_factory.mktemp("hostile") / "board.db"
    with closing(open_database(path, FixedClock(NOW))) as database:
        taken, told = fill(Pipeline(database), request.param)
    assert all(harmless(sentence) for sentence in told)
    return path, taken


def texts_in(path: Path) -> Iterator[str]:
    """Every text of every table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (value for value in row if isinstance(value, str))


def test_the_store_and_the_commands(
    board: tuple[Path, int], tmp_path: Path, figure: Callable[..., None]
) -> None:
    path = tmp_path / "board.db"
    path.write_bytes(board[0].read_bytes())
    taken = board[1]
    assert all(harmless(text) for text in texts_in(path))
    for words in COMMANDS:
        out, err = io.StringIO(), io.StringIO()
        code = run(
            ["--db", str(path), *words],
            clock=FixedClock(NOW),
            stdout=out,
            stderr=err,
            environ={"EDITOR": "true"},
        )
        assert code in (0, 1, 2, 3), (words, err.getvalue())
        assert "went wrong inside" not in err.getvalue(), (words, err.getvalue())
        assert harmless(out.getvalue()), words
        assert harmless(err.getvalue()), words
        if "--json" in words:
            json.loads(out.getvalue())
    figure("text: fields of people, points, debriefs, drafts, offers", taken, "shown as text")


async def test_the_screens(
    board: tuple[Path, int], tmp_path: Path, figure: Callable[..., None]
) -> None:
    path = tmp_path / "board.db"
    path.write_bytes(board[0].read_bytes())
    painted = 0
    for card in (1, 2):
        for size in ((120, 40), (80, 24))[: 2 if LONG else 1]:
            async with RoundsApp(path, FixedClock(NOW)).run_test(size=size) as pilot:
                app = pilot.app
                assert isinstance(app, RoundsApp)
                for key in PAGES if LONG or card == 1 else OF_AN_OFFER:
                    app.board_screen.jump_to(card)
                    await pilot.press(key)
                    await app.desk.read(lambda _: None)
                    await pilot.pause()
                    lines = app.screen._compositor.render_strips(app.size)
                    for line in lines:
                        assert harmless("".join(segment.text for segment in line))
                    painted += 1
                    for _ in range(3):
                        if app.screen is not app.board_screen:
                            await pilot.press("escape")
                    assert app.crash is None
    figure("text: screens painted with hostile texts", painted, "0 control characters")
