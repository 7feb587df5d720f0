"""The page of a file before it comes in: what is taken for what, changed by hand, brought in."""

from pathlib import Path

import pytest

from tui.pages.intake.table import TableScreen
from tui.widgets.rows import Rows

WIDE = (120, 45)
OWN = (
    "Firma;Was;Stand;Datum\n"
    "Globex;SRE;Nix;3.11.2026\n"
    "Stark;Koch;Absage;4.11.2026\n"
    "Initech;Dev;Merkliste;\n"
    ";Dev;Absage;\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    file.write_text(OWN, encoding="utf-8")
    return file


@pytest.fixture
def opened(play, sheet):
    """The program at the page of a file: by its path, as the palette's command asks for it."""

    def opening(file=sheet, **known):
        return _Opened(play, file, known)

    return opening


class _Opened:
    def __init__(self, play, file, known):
        self._playing = play(keys=(), **{"size": WIDE, **known})
        self._file = file

    async def __aenter__(self):
        it = await self._playing.__aenter__()
        it.app.action_import_file()
        await it.settle()
        await it.type(str(self._file))
        await it.press("enter")
        await it.settle()
        return it

    async def __aexit__(self, *error):
        return await self._playing.__aexit__(*error)


def words(it):
    """What stands on the screen in one line, wherever it was folded."""
    return " ".join(it.painted().replace("│", " ").split())


async def test_what_was_guessed_stands_there_and_nothing_is_stored(opened):
    async with opened() as it:
        assert isinstance(it.screen, TableScreen)
        shown = words(it)
        assert "Import mine.csv" in shown
        assert "Firma company Globex" in shown
        assert "Was skip SRE" in shown
        assert "Nix applied? 1 row" in shown
        assert "Absage rejected 2 rows" in shown
        assert "Merkliste saved 1 row" in shown
        assert "2 would be added" in shown
        assert "1 saved only, left out" in shown
        assert "line 5 No company; the row was left out." in shown
        await it.press("escape")
        assert it.screen is it.app.board_screen
        assert not it.app.cards()


async def choose(it, letters):
    await it.press("e")
    await it.settle()
    await it.type(letters)
    await it.press("enter")
    await it.settle()


async def test_columns_and_statuses_are_changed_and_all_is_one_step(opened):
    async with opened() as it:
        await it.press("j")
        await choose(it, "role")
        assert "Was role SRE" in words(it)
        rows = it.screen.query_one(Rows)
        while "Nix" not in rows.current.cells[0].text:
            await it.press("j")
        await choose(it, "first")
        assert "Nix first 1 row" in words(it)
        await it.press("enter")
        await it.settle()
        assert it.screen is it.app.board_screen
        assert it.told.startswith("2 added. u undoes it.")
        assert [(card.company, card.stage) for card in it.app.cards()] == [("Globex", "first")]
        await it.press("u")
        await it.settle()
        assert not it.app.cards()


async def test_what_was_said_is_remembered(opened, sheet):
    async with opened() as it:
        await it.press("j")
        await choose(it, "role")
        await it.press("enter")
        await it.settle()
        it.app.open("import", sheet)
        await it.settle()
        assert "Was role SRE" in words(it)
        assert "0 would be added" in words(it)
        await it.press("enter")
        await it.settle()
        assert "Nothing was changed" in it.told


async def test_days_that_could_be_two_are_asked_about(opened, tmp_path):
    file = tmp_path / "us.csv"
    file.write_text("Company,Role,Date\nGlobex,SRE,3/11/2026\n", encoding="utf-8")
    async with opened(file) as it:
        assert "Day or month not known: press e" in words(it)
        await it.press("enter")
        assert "Say first whether day or month comes first" in it.told
        rows = it.screen.query_one(Rows)
        while rows.current.cells[0].text != "Day or month":
            await it.press("j")
        await choose(it, "month")
        assert "applied Wed 11 Mar" in words(it)
        await it.press("enter")
        await it.settle()
        assert [card.company for card in it.app.cards()] == ["Globex"]


async def test_a_table_of_which_nothing_is_known_can_be_told(opened, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("Wo,Was\nGlobex,SRE\n", encoding="utf-8")
    async with opened(file) as it:
        assert isinstance(it.screen, TableScreen)
        assert "Wo skip Globex" in words(it)
        await choose(it, "company")
        await it.press("j")
        await choose(it, "role")
        await it.press("enter")
        await it.settle()
        assert [card.company for card in it.app.cards()] == ["Globex"]


async def test_what_is_no_table_is_one_sentence(opened, tmp_path):
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n" + bytes(300))
    async with opened(file) as it:
        assert it.screen is it.app.board_screen
        assert "“photo.csv”" in it.told


async def test_a_file_that_is_not_there_is_asked_for_again(opened, tmp_path):
    async with opened(tmp_path / "none.csv") as it:
        assert "There is no file" in words(it)


async def test_on_a_small_screen_all_is_there(opened):
    async with opened(size=(80, 24)) as it:
        for word in ("Firma", "company", "Nix", "applied?", "2 would be added"):
            assert word in it.painted()


async def test_hostile_names_are_literal_text(opened, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("Company,Role,[b]Extra[/b]\n[red]Acme[/red],\x1b]2;x\x07SRE,[/x\n", "utf-8")
    async with opened(file) as it:
        shown = words(it)
        assert "[b]Extra[/b]" in shown
        assert "[red]Acme[/red]" in shown


async def test_a_whole_board_is_for_the_shell_while_nothing_is_here(opened, tmp_path):
    file = tmp_path / "board.json"
    file.write_text('{"format":"rounds board","version":1,"applications":[]}', "utf-8")
    async with opened(file) as it:
        assert it.screen is it.app.board_screen
        assert "“rounds import FILE” restores all of it" in it.told
