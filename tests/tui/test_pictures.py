"""The pictures in screenshots/ are what the program draws, to the letter.

`make screenshots` draws them anew (and writes the table in KEYS.md); without it, a screen
that looks different from its picture fails here and leaves what it drew beside the picture.
"""

import html
import os
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.pilot import Pilot

from store.clock import FixedClock
from store.read.glance import open_glance
from tui.app import RoundsApp
from tui.commands import COMMANDS, key_name
from tui.pages.help import TITLES
from tui.widgets.rows import Rows

DRAW = bool(os.environ.get("ROUNDS_DRAW"))
ROOT = Path(__file__).parents[2]
WEEK = ROOT / "tests/store/exchange/mail/samples/week.mbox"
SHEET = ROOT / "tests/store/exchange/samples/own_spreadsheet_semicolon_cp1252.csv"
PICTURES = ROOT / "screenshots"
WIDE, MEDIUM, SMALL = (160, 45), (120, 36), (80, 24)
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))

BEFORE, AFTER = "Globex", "Massive Dynamic"
"""In the sample: before the second interview, with a concern from the first; and after it."""
INVITED, AHEAD, OFFERED = "Aviato", "Hooli", "Umbrella"
"""Invited without a time; before the first interview; with an offer."""

ENDED = "Oscorp"
"""Rejected after an interview."""

Use = Callable[[Pilot[int]], Awaitable[None]]


async def nothing(pilot: Pilot[int]) -> None:
    """The board as it opens."""


@cache
def pressing(*keys: str, text: str = "") -> Use:
    """Press keys, then type a text."""

    async def use(pilot: Pilot[int]) -> None:
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        for character in text:
            await pilot.press(character)

    return use


@cache
def on_card(company: str, *keys: str, text: str = "") -> Use:
    """Go to the card of `company`, wherever it stands, then press keys and type a text."""

    async def use(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, RoundsApp)
        (card,) = [card for card in app.cards() if card.company == company]
        app.go_to(card.id)
        await settled(pilot)
        await pressing(*keys, text=text)(pilot)

    return use


async def two_offers(pilot: Pilot[int]) -> None:
    """A second offer, and both measured by what matters."""
    await on_card(AFTER, "L", "C")(pilot)
    for criterion in ("pay 4", "team 5", "commute 2"):
        await pressing("a", text=criterion)(pilot)
        await pressing("enter")(pilot)
    await pressing("g", *"8j9j4", "right", "g", *"6j7j9")(pilot)


async def two_names(pilot: Pilot[int]) -> None:
    """An employer whose other name has an application too."""
    await on_card(BEFORE, "E", "ampersand", text=ENDED)(pilot)
    await pressing("enter", "j")(pilot)


async def own_sheet(pilot: Pilot[int]) -> None:
    """A sheet of the user's own, with a status that the program does not know."""
    app = pilot.app
    assert isinstance(app, RoundsApp)
    app.open("import", SHEET)
    for _ in range(4):
        await settled(pilot)


POSTING = """\
Site Reliability Engineer (m/w/d)
Globex sucht Verstärkung in Berlin.
Gehalt: 70.000 bis 85.000 EUR
Bewerbungsfrist: 25.11.2026

Ihr Profil
- Fünf Jahre mit verteilten Systemen
- Go oder Rust
- Sehr gutes Englisch
"""
OTHER_POSTINGS = (
    "Role: Staff Engineer\nCompany: Initech\nLocation: Zurich\nClosing date: 4 December 2026\n",
    "Role: Data Engineer\nCompany: Vandelay Industries\nLocation: Lyon\nSalary: €68,000\n",
)


async def handed(pilot: Pilot[int], text: str) -> None:
    """Paste a posting, and have it read."""
    await pressing("A")(pilot)
    pilot.app.post_message(events.Paste(text))
    await settled(pilot)
    await pressing("ctrl+s")(pilot)
    for _ in range(3):
        await settled(pilot)


async def found_posting(pilot: Pilot[int]) -> None:
    """What was found in a pasted posting, to be corrected."""
    await handed(pilot, POSTING)


async def on_the_shelf(pilot: Pilot[int]) -> None:
    """Three postings on the shelf, one of an employer that is known."""
    for text in (POSTING, *OTHER_POSTINGS):
        await handed(pilot, text)
        await pressing("enter")(pilot)
        await settled(pilot)
    await pressing("underscore")(pilot)


async def changed_posting(pilot: Pilot[int]) -> None:
    """The fields of a posting on the shelf."""
    await on_the_shelf(pilot)
    await pressing("e")(pilot)


async def due_posting(pilot: Pilot[int]) -> None:
    """A posting that closes among what is due."""
    await handed(pilot, POSTING)
    await pressing("enter")(pilot)
    await settled(pilot)
    await pressing("t")(pilot)
    rows = pilot.app.screen.query_one(Rows)
    rows.go_to(next(row.key for row in rows.rows if row.cells[1].text.startswith("apply")))
    await settled(pilot)


async def a_week_with_goals(pilot: Pilot[int]) -> None:
    """The review of the week, with two goals and two reminders."""
    for key, text in (
        ("plus", "3 applications"),
        ("plus", "2 interviews"),
        ("ctrl+f", "fri look for postings, every week"),
        ("ctrl+f", "update the CV"),
    ):
        await pressing("W", key, text=text)(pilot)
        await pressing("enter")(pilot)
        await settled(pilot)
        await pressing("escape")(pilot)
    await pressing("W")(pilot)
    for _ in range(3):
        await settled(pilot)


async def a_week_of_mail(pilot: Pilot[int]) -> None:
    """The page of the mail, with a mailbox of a week read."""
    await pressing("M", "a", text=str(WEEK))(pilot)
    await pressing("enter")(pilot)
    for _ in range(4):
        await settled(pilot)


async def backed_up(pilot: Pilot[int]) -> None:
    """A copy from before a card was moved, a note added and another card deleted."""
    await pressing("ctrl+g", "a")(pilot)
    await pressing("escape")(pilot)
    await on_card(AHEAD, "L")(pilot)
    await on_card(AFTER, "n", text="Call Peter.")(pilot)
    await pressing("ctrl+s")(pilot)
    await on_card(INVITED, "D", "y")(pilot)
    await pressing("ctrl+g")(pilot)
    for _ in range(4):
        await settled(pilot)


async def searched(pilot: Pilot[int]) -> None:
    """Two saved searches, the second one shown, in the list."""
    for query, name in (("stage>applied", "Interviews"), ("due<7d", "This week")):
        await pressing("slash", text=query)(pilot)
        await pressing("ctrl+s", text=name)(pilot)
        await pressing("enter", "escape")(pilot)
    await pressing("vertical_line", "right_square_bracket", "right_square_bracket")(pilot)


SCREENS: dict[str, tuple[tuple[int, int], str, Use]] = {
    "board-wide-dark": (WIDE, "rounds-dark", on_card(AHEAD)),
    "board-wide-light": (WIDE, "rounds-light", on_card(AHEAD)),
    "board-medium-dark": (MEDIUM, "rounds-dark", on_card(OFFERED)),
    "board-small-dark": (SMALL, "rounds-dark", nothing),
    "board-small-light": (SMALL, "rounds-light", nothing),
    "list-dark": (WIDE, "rounds-dark", on_card(AHEAD, "vertical_line", "right")),
    "list-medium-light": (MEDIUM, "rounds-light", on_card(AHEAD, "vertical_line", "p")),
    "list-small-dark": (SMALL, "rounds-dark", searched),
    "panel-small-dark": (SMALL, "rounds-dark", on_card(AHEAD, "p")),
    "today-dark": (MEDIUM, "rounds-dark", pressing("t")),
    "today-small-light": (SMALL, "rounds-light", pressing("t")),
    "today-by-employer-light": (WIDE, "rounds-light", pressing("t", "S")),
    "dossier-dark": (WIDE, "rounds-dark", on_card(BEFORE, "enter")),
    "dossier-small-dark": (SMALL, "rounds-dark", on_card(BEFORE, "enter")),
    "add-dark": (MEDIUM, "rounds-dark", pressing("a", text="Globex")),
    "add-small-light": (SMALL, "rounds-light", pressing("a")),
    "interview-dark": (
        MEDIUM,
        "rounds-dark",
        on_card(INVITED, "i", text="fri 10:00 45m with Ana"),
    ),
    "marks-small-dark": (SMALL, "rounds-dark", pressing("1", "space", "j", "space", "V", "j")),
    "marks-wide-light": (WIDE, "rounds-light", pressing("1", "space", "2", "space", "x")),
    "sweep-dark": (MEDIUM, "rounds-dark", pressing("Q", "j", "x")),
    "sweep-small-light": (SMALL, "rounds-light", pressing("Q", "x", "j", "x", "x", "enter")),
    "review-dark": (WIDE, "rounds-dark", a_week_with_goals),
    "review-small-light": (SMALL, "rounds-light", a_week_with_goals),
    "closed-dark": (MEDIUM, "rounds-dark", pressing("c")),
    "chances-dark": (MEDIUM, "rounds-dark", pressing("s")),
    "chances-small-light": (SMALL, "rounds-light", pressing("s")),
    "before-second-dark": (WIDE, "rounds-dark", on_card(BEFORE)),
    "after-second-dark": (WIDE, "rounds-dark", on_card(AFTER)),
    "before-second-small-light": (SMALL, "rounds-light", on_card(BEFORE, "p")),
    "prepare-dark": (MEDIUM, "rounds-dark", on_card(BEFORE, "v")),
    "prepare-small-light": (SMALL, "rounds-light", on_card(BEFORE, "v")),
    "debrief-dark": (WIDE, "rounds-dark", on_card(AFTER, "I", "G", "b")),
    "debrief-small-light": (SMALL, "rounds-light", on_card(AFTER, "I", "G", "b")),
    "point-dark": (SMALL, "rounds-dark", on_card(BEFORE, "plus", text="they ask about testing")),
    "interviews-dark": (MEDIUM, "rounds-dark", on_card(BEFORE, "I")),
    "people-dark": (MEDIUM, "rounds-dark", on_card(BEFORE, "P")),
    "employer-dark": (MEDIUM, "rounds-dark", two_names),
    "import-dark": (MEDIUM, "rounds-dark", own_sheet),
    "posting-dark": (MEDIUM, "rounds-dark", found_posting),
    "posting-small-light": (SMALL, "rounds-light", found_posting),
    "shelf-dark": (MEDIUM, "rounds-dark", on_the_shelf),
    "shelf-small-light": (SMALL, "rounds-light", on_the_shelf),
    "mail-dark": (MEDIUM, "rounds-dark", a_week_of_mail),
    "mail-small-light": (SMALL, "rounds-light", a_week_of_mail),
    "backups-dark": (MEDIUM, "rounds-dark", backed_up),
    "backups-small-light": (SMALL, "rounds-light", backed_up),
    "settings-dark": (MEDIUM, "rounds-dark", pressing("comma", *"jj")),
    "settings-small-light": (SMALL, "rounds-light", pressing("comma")),
    "draft-dark": (MEDIUM, "rounds-dark", on_card(AFTER, "w")),
    "draft-small-light": (SMALL, "rounds-light", on_card(AFTER, "w")),
    "offer-dark": (MEDIUM, "rounds-dark", on_card(OFFERED, "O")),
    "offers-dark": (MEDIUM, "rounds-dark", two_offers),
    "first-start-dark": (MEDIUM, "rounds-dark", nothing),
    "tour-small-dark": (SMALL, "rounds-dark", pressing("right", "tab")),
    "help-dark": (MEDIUM, "rounds-dark", pressing("question_mark")),
    "help-small-light": (SMALL, "rounds-light", pressing("question_mark")),
}


SHOWS = {
    "board-wide-dark": ("╭ Hooli", "Next", "Tips"),
    "before-second-dark": (
        "╭ Globex",
        "Tue 24 Nov 14:00",
        "From last time",
        "concern",
        "went well",
    ),
    "before-second-small-light": ("╭ Globex", "second"),
    "after-second-dark": ("╭ Massive Dynamic", "thank Peter", "follow up on their decision"),
    "prepare-dark": ("Prepare  Globex", "Tue 24 Nov 14:00–15:30, tomorrow", "Their concerns  1"),
    "debrief-dark": ("Massive Dynamic", "Weak on cost estimates"),
    "interview-dark": ("Aviato", "fri 10:00 45m with Ana"),
    "interviews-dark": ("Globex", "Tue 24 Nov"),
    "people-dark": ("Globex", "Ana Ruiz"),
    "draft-dark": ("Massive Dynamic", "Peter"),
    "settings-dark": ("Settings", "Preset", "standard", "How long to wait"),
    "backups-dark": ("Backups  1", "Will return", "Aviato", "Massive Dynamic"),
    "import-dark": ("Columns  5", "Firma / Company company", "25 would be added"),
    "posting-dark": ("Fields with ? were guessed: check them.", "empty: it waits on the shelf"),
    "shelf-dark": ("Shelf  5", "in 2 d", "in 11 d", "no date"),
    "offer-dark": ("Umbrella", "98k EUR"),
    "today-dark": ("Due", "thank Peter"),
    "review-dark": ("This week, ", "of 3 applications", "Next week", "update the CV"),
    "list-dark": ("Company", "Due ↑", "Hooli", "╭ Hooli"),
    "list-small-dark": ("Interviews", "▸This week", "Company"),
    "chances-dark": ("Conversion by stage", "typical"),
}
"""What the documents and the names of the pictures promise that they show."""


def words_of(drawn: str) -> str:
    """What is written in a picture, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", drawn)).split())


async def settled(pilot: Pilot[int]) -> None:
    """Wait until the desk has answered and the screen is painted."""
    await pilot.pause()
    await pilot.app.desk.read(lambda _: None)  # type: ignore[attr-defined]
    await pilot.pause()
    await pilot.pause()


OPENED = (
    *("today-dark", "today-small-light", "dossier-dark", "dossier-small-dark", "add-dark"),
    *("add-small-light", "interview-dark", "sweep-dark", "sweep-small-light", "closed-dark"),
    *("chances-dark", "chances-small-light", "prepare-dark", "prepare-small-light"),
    *("debrief-dark", "debrief-small-light", "interviews-dark", "people-dark", "import-dark"),
    *("settings-dark", "settings-small-light", "draft-dark", "draft-small-light", "offer-dark"),
    *("help-dark", "help-small-light"),
)
"""Pictures of what is opened and left again, with the board as it was before."""
AT_ONCE = 7
"""How many of them one program opens at most, one after the other."""


def drawn_together() -> dict[str, list[str]]:
    """The names of the pictures that one program draws, by a name for them."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for name in OPENED:
        alike.setdefault(SCREENS[name][:2], []).append(name)
    together = [[name] for name in SCREENS if name not in OPENED]
    for names in alike.values():
        together += [names[n : n + AT_ONCE] for n in range(0, len(names), AT_ONCE)]
    return {" ".join(names): names for names in together}


@pytest.mark.picture
@pytest.mark.usefixtures("painted_at_once")
@pytest.mark.parametrize("names", drawn_together().values(), ids=drawn_together())
async def test_the_picture_is_what_the_program_draws(
    names: list[str], sample_board: bytes, new_board: bytes, tmp_path: Path
) -> None:
    size, theme, _ = SCREENS[names[0]]
    board = tmp_path / "demo.db"
    board.write_bytes(new_board if names[0].startswith("first-start") else sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    tour = "tour" in names[0]
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance, theme=theme, tour=tour)
    different: list[str] = []
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        first = app.board_screen.subject()
        for name in names:
            await SCREENS[name][2](pilot)
            await settled(pilot)
            drawn = app.export_screenshot(title="rounds")
            different += compared(name, drawn, tmp_path)
            if name == names[-1]:
                break
            while app.screen is not app.board_screen:
                await pilot.press("escape")
                await settled(pilot)
            assert first is not None
            app.go_to(first.id)
            await settled(pilot)
    assert different == []


def compared(name: str, drawn: str, folder: Path) -> list[str]:
    """What is wrong with what was drawn for the picture `name`; it is left in `folder` then."""
    missing = [words for words in SHOWS.get(name, ()) if joined(words) not in words_of(drawn)]
    picture = PICTURES / f"{name}.svg"
    if DRAW:
        picture.write_text(drawn, encoding="utf-8")
    elif not picture.exists() or picture.read_text(encoding="utf-8") != drawn:
        other = folder / f"{name}.svg"
        other.write_text(drawn, encoding="utf-8")
        return [*missing, f"{name} looks different: compare {picture} with {other}."]
    return [f"{name} does not show “{words}”." for words in missing]


def joined(words: str) -> str:
    """Words as `words_of` has them."""
    return " ".join(words.split())


PLACES = TITLES | {"typing": "Typing a message"}
"""The screens in the order in which the table shows what each has of its own."""


def table_of_keys() -> str:
    """The table in KEYS.md: every command, below the first place that has it."""
    rows = ["| key | what it does | name |", "|---|---|---|"]
    told: set[str] = set()
    for place, title in PLACES.items():
        own = [c for c in COMMANDS if place in c.where and not told & set(c.where)]
        told.add(place)
        if own:
            rows.append(f"| **{title}** | | |")
        for command in own:
            keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
            rows.append(f"| {keys} | {command.tooltip} | `{command.id}` |")
    return "\n".join(rows)


def test_the_table_of_keys_names_every_place() -> None:
    assert {place for command in COMMANDS for place in command.where} == set(PLACES)


def test_the_table_lists_the_keys() -> None:
    document = ROOT / "KEYS.md"
    text = document.read_text(encoding="utf-8")
    marks = r"(<!-- keys: [^>]*-->\n).*?(<!-- end of keys -->)"
    wanted = re.sub(marks, lambda m: m[1] + table_of_keys() + "\n" + m[2], text, flags=re.DOTALL)
    if DRAW:
        document.write_text(wanted, encoding="utf-8")
    assert document.read_text(encoding="utf-8") == wanted


def test_every_picture_is_drawn_by_a_test() -> None:
    assert {path.stem for path in PICTURES.glob("*.svg")} == set(SCREENS)


def test_no_two_pictures_show_the_same() -> None:
    shown: dict[bytes, str] = {}
    for path in sorted(PICTURES.glob("*.svg")):
        same = shown.setdefault(path.read_bytes(), path.stem)
        assert same == path.stem, f"{same} and {path.stem} show the same."
