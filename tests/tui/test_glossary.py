"""One word for one thing: no text says what the glossary has another word for.

Three nets: the texts in the data files, the texts in the program, and what pages, dialogs, helps
and the command line show of a board that is in full swing.
"""

import ast
import io
import re
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.clock import FixedClock
from store.read.glance import open_glance
from tests.tables import each_row
from tests.tui.test_pictures import CLOCK, PICTURES, SCREENS, pressing, settled, words_of
from tui.app import RoundsApp
from tui.cli.run import run
from tui.cli.table import COMMANDS as COMMAND_LINE
from tui.commands import COMMANDS

ROOT = Path(__file__).parents[2]

OLD = {
    "application": r"\bthis one\b (?!ticks)(?=is|does|has)",
    "column": r"\blanes?\b",
    "interview": r"\b(?:the|a|an|this|after|last|first|second) (?:talk|meeting)\b",
    "interview format": "|".join(
        (
            r"\bin which form\b",
            r"\bin what form\b",
            r"\bwhat kind, with\b",
        )
    ),
    "who": "|".join(
        (
            r"\bwhom\b",
            r"\bof which\b",
        )
    ),
    "someone, no one": r"\b(?:some|no|any)body\b",
    "recruiter": "|".join(
        (
            r"\bwhoever stands between\b",
            r"\bstands between\b",
        )
    ),
    "cover letter": r"(?<!cover )(?<!two )(?<!-)(?<!\{)\bletters?\b",
    "documents": r"\bpapers\b(?<!print the papers)",
    "follow up": "|".join(
        (
            r"\bask(?:ed)? politely\b",
            r"\bask how (?:it|things) stands?\b",
            r"\bnudg",
            r"(?<!-)\binquir(?:y|ies|e)\b(?!-)",
        )
    ),
    "reminder": r"\bfollow-ups? of your own\b",
    "email": "|".join(
        (
            r"\be-mails?\b",
            r"\b(?:follow-up|calm|one|by|the|a|open) mail\b(?! program)",
        )
    ),
    "debrief": r"\blook(?:ing)? back on\b",
    "concern": "|".join(
        (
            r"\bdoubt(?:s|ed)?\b",
            r"\bvoiced\b",
            r"(?<!-)\bfelt\b",
        )
    ),
    "what went well": "|".join(
        (
            r"\blanded\b",
            r"\bw[ae]nt down well\b",
            r"\bgo(?:es)? down well\b",
            r"\bwarmed to\b",
        )
    ),
    "signal": "|".join(
        (
            r"\b(?:bad|good) signs?\b",
            r"\ba single sign\b",
        )
    ),
    "done since": "|".join(
        (
            r"\bsteps? taken since\b",
            r"\bno step yet\b",
        )
    ),
    "quiet": "|".join(
        (
            r"\bdormant\b",
            r"\bresting\b",
            r"\bgone silent\b",
            r"\bsilent for so long\b",
            r"\bonly they can wake\b",
        )
    ),
    "verbal, written": "|".join(
        (
            r"\bspoken\b(?! to)",
            r"\bword of mouth\b",
        )
    ),
    "deadline": "|".join(
        (
            r"\bby when\b",
            r"\banswer by when\b",
            r"\banswer wanted\b",
        )
    ),
    "counter-offer": "|".join(
        (
            r"\bcounter-?proposal",
            r"\byour proposal\b",
            r"\bother terms\b",
        )
    ),
    "package item": "|".join(
        (
            r"\b(?-i:Component)",
            r"\ba component\b",
            r"\ba part of the (?:offer|package)\b",
        )
    ),
    "commute": "|".join(
        (
            r"\bway to work\b",
            r"\bshort way\b",
        )
    ),
    "snooze": "|".join(
        (
            r"\bput (?:it|that|this|a follow-up|them)? ?off\b",
            r"\bnot now\b",
        )
    ),
    "undo": "|".join(
        (
            r"\bu (?:takes|brings)\b",
            r"\btakes? (?:it|that|them|the last change) back\b",
            r"\bbring it again\b",
        )
    ),
    "undo on the command line": r"“rounds undo” (?:takes|brings)",
    "remove": "|".join(
        (
            r"\btake this (?:line|task|person|criterion)\b",
            r"\btakes? the \w+ away\b",
        )
    ),
    "Due": r"\bwhat is due$",
    "business day": r"\bworking days?\b",
    "config file": r"\bconfigurations?\b",
    "fix, again": "|".join(
        (
            r"\bmend(?:s|ed)?\b",
            r"\banew\b",
        )
    ),
    "the rest": r"\ball else\b",
    "compare offers": r"\bside by side\b",
    "date, due date": "|".join(
        (
            r"\bno (?:day|date) named\b",
            r"\bthey named no day\b",
        )
    ),
    "advanced": r"\bwent on to an? (?:second|offer)\b",
    "prepare": "|".join(
        (
            r"\bsee to\b",
            r"\bto take along\b",
            r"\btaken along\b",
        )
    ),
    "ID": "|".join(
        (
            r"\bapplication's number\b",
            r"\bprints its number\b",
            r"\bits number in\b",
        )
    ),
    "countdown with a gap": "|".join(
        (
            r"\b\d+[dhmy] late\b",
            r"\bin \d+[dhmy]\b",
            r"\boverdue \d",
            r"\blate \d+ \w+, still\b",
        )
    ),
}
"""What each of these is called instead: a regular expression of the words that it replaces."""
_OLD = {right: re.compile(wrong, re.IGNORECASE) for right, wrong in OLD.items()}


def wrong_words(text: str) -> list[str]:
    """What the text says in words that the glossary replaces, with what to say instead."""
    return [
        f"“{found[0]}” should be “{right}”: {text[max(0, found.start() - 40) : found.end() + 40]!r}"
        for right, words in _OLD.items()
        for found in words.finditer(text)
    ]


@each_row(
    "text",
    [
        "ask politely how it stands",
        "their doubts",
        "2d late",
        "in 5h",
        "Whom do you meet?",
        "Done. u takes it back.",
        "send the letter",
        "the offer was spoken",
        "Where the talk takes place",
    ],
)
def test_an_old_word_is_noticed(text: str) -> None:
    assert wrong_words(text)


@each_row(
    "text",
    [
        "2 d late, in 5 h, 12min late",
        "the cover letter that you sent",
        "who you have spoken to since",
        "your mail program",
        "a concern you sensed",
        "rounds point 3 concern --felt",
    ],
)
def test_a_word_of_ours_is_not(text: str) -> None:
    assert not wrong_words(text)


# The texts in the data files


def texts_in(value: object, *, leave: tuple[str, ...] = ()) -> Iterator[str]:
    """The texts of a file of ours, without the keys of `leave`."""
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from texts_in(each, leave=leave)
        case dict():
            for key, each in value.items():
                if key not in leave:
                    yield from texts_in(each, leave=leave)


NOT_SHOWN = (
    "was",
    "aliases",
    "id",
    "key",
    "keys",
    "given",
    "follow_up",
    "done",
    "sources",
    "source",
    "records",
    "sends",
)
"""What no user reads: keys, and the words that are understood besides."""


@each_row(
    "file",
    sorted(
        # What employers write is in their words.
        file
        for file in (ROOT / "store").rglob("*.toml")
        if ROOT / "store/rules/mail" not in file.parents
    ),
    ids=lambda file: str(file.relative_to(ROOT / "store")),
)
def test_the_data_files(file: Path) -> None:
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [w for text in texts_in(found, leave=NOT_SHOWN) for w in wrong_words(text)] == []


@each_row("file", sorted((ROOT / "store").rglob("*.txt")), ids=lambda file: file.stem)
def test_the_messages(file: Path) -> None:
    text = re.sub(r"\$\w+", "it", file.read_text(encoding="utf-8"))
    assert wrong_words(text) == []


# The texts in the program


def program_texts(source: str) -> Iterator[str]:
    """The texts of a module that say something: neither docstrings nor single words nor code."""
    tree = ast.parse(source)
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                silent.add(id(part))
            yield "".join(p.value if isinstance(p, ast.Constant) else "…" for p in node.values)  # type: ignore[misc]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


READ_BESIDES = ("store/rules/typed/", "tui/typed/offers.py")
"""Modules that understand old words too: those that users typed, or kept in files."""
_SAYING = re.compile(r"[A-Za-z]+[ ’'][A-Za-z]|^[A-Z][a-z-]+$")
_CODE = re.compile(r"SELECT|WHERE|PRAGMA|\(\?|\\b|\{ ?(?:dock|height|width)|^[a-z_.:]+$|height: ")


@pytest.mark.parametrize("package", ["store", "tui"])
def test_the_program(package: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)}: {found}"
        for file in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in file.parts and "tables" not in file.parts
        for text in program_texts(file.read_text(encoding="utf-8"))
        if _SAYING.search(text) and not _CODE.search(text)
        for found in wrong_words(text)
        if not str(file.relative_to(ROOT)).startswith(READ_BESIDES) or text[:1].isupper()
    ]
    assert wrong == []


def test_the_commands_and_their_tooltips() -> None:
    said = [text for command in COMMANDS for text in (command.label, command.tooltip)]
    assert [found for text in said for found in wrong_words(text)] == []


# What is shown


DIALOGS: dict[str, tuple[str, ...]] = {
    "move": ("2", "m"),
    "close": ("2", "x"),
    "edit": ("2", "e"),
    "note": ("2", "n"),
    "snooze": ("3", "z"),
    "remind": ("2", "f"),
    "reply": ("2", "r"),
    "delete": ("2", "D"),
    "references": ("3", "F"),
    "palette": ("ctrl+p",),
    "filter": ("slash",),
    "lesson": ("c", "B"),
    "message types": ("3", "w", "ctrl+k"),
    "contact": ("3", "j", "P", "enter"),
    "interview line": ("3", "j", "I", "enter"),
    "package item": ("4", "O", "a"),
    "deadline": ("4", "O", "j", "j", "j", "enter"),
    "point": ("3", "j", "v", "j", "enter"),
    "published figures": ("s", "p"),
    "help of a page": ("3", "enter", "question_mark"),
    "panel": ("3", "j", "tab"),
}


@asynccontextmanager
async def opened(board: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    """The program on `board`."""
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


def words_on(pilot: Pilot[int]) -> str:
    """What stands on the screen."""
    lines = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return " ".join(" ".join("".join(s.text for s in line) for line in lines).split())


@pytest.fixture
def board(sample_board: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "demo.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    return path


PAGES = {use: name for name, (_, _, use) in SCREENS.items()}
"""How each page is reached: several pictures are of the same one, in other sizes and colours."""


NARROW = ("board-medium", "board-small", "marks-small", "panel-small", "interview-", "tour-")
"""On the cards in these pictures is no room for the gap in a countdown."""


@each_row("name", [name for name in SCREENS if not name.startswith(NARROW)])
def test_every_picture(name: str) -> None:
    """What the program draws, as `test_pictures` holds: quicker than to draw each page again."""
    drawn = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    assert wrong_words(words_of(drawn)) == []


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(use, id=name, marks=() if name.startswith(NARROW) else pytest.mark.long)
        for use, name in PAGES.items()
    ],
)
async def test_every_page(use: Callable[[Pilot[int]], Awaitable[None]], board: Path) -> None:
    async with opened(board, (200, 90)) as pilot:
        await use(pilot)
        await settled(pilot)
        assert wrong_words(words_on(pilot)) == []


async def test_every_dialog(board: Path) -> None:
    """One after another, in one program."""
    wrong: dict[str, list[str]] = {}
    async with opened(board, (200, 90)) as pilot:
        nothing_open = words_on(pilot)
        for name, keys in DIALOGS.items():
            await pressing(*keys)(pilot)
            await settled(pilot)
            said = words_on(pilot)
            assert said != nothing_open, name
            wrong[name] = wrong_words(said)
            for _ in range(9):
                await pilot.press("escape")
            await pressing("1", "home")(pilot)
            await settled(pilot)
    assert {name: words for name, words in wrong.items() if words} == {}


def printed(board: Path, *words: str) -> str:
    """What a command prints, and what it complains about."""
    out, err = io.StringIO(), io.StringIO()
    clock = FixedClock(CLOCK.now())
    run(["--db", str(board), *words], clock=clock, stdout=out, stderr=err, environ={})
    return out.getvalue() + err.getvalue()


@each_row("command", COMMAND_LINE)
def test_every_help(command: str, board: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(board, command, "--help") + capsys.readouterr().out
    assert "usage" in said.lower()
    assert wrong_words(said) == []


ASKED = (
    *(
        ("--help",),
        ("list",),
        ("list", "--all"),
        ("due",),
        ("due", "--days", "30"),
        ("due", "--all"),
    ),
    *(("due", "--line"), ("stats",), ("stats", "--by", "source"), ("where",), ("list", "--closed")),
    *(("draft", "1"), ("offer", "1"), ("contact", "1"), ("point", "1"), ("task", "1"), ("undo",)),
    *(
        ("show", "99"),
        ("move", "1", "nowhere"),
        ("close", "1", "maybe"),
        ("interview", "1", "soon"),
    ),
    *(("snooze", "1", "yesterday"), ("done", "0"), ("remind", "1", "yesterday", "x"), ("hello",)),
    *(
        ("replied", "1", "--on", "tomorrow"),
        ("deadline", "1", "yesterday"),
        ("import", "nothing.csv"),
    ),
)


@each_row("words", ASKED, ids=" ".join)
def test_every_answer(
    words: tuple[str, ...], board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(board, *words) + capsys.readouterr().out
    assert said
    assert wrong_words(said) == []


@each_row("place", range(1, 16))
def test_everything_about_an_application(place: int, board: Path) -> None:
    assert wrong_words(printed(board, "show", str(place))) == []
