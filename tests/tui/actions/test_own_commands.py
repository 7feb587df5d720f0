"""A command of the user's own from the screen: for the card, for all marked, and what is told."""

import sys
from pathlib import Path

import pytest
from textual.style import Style

from tui.pages.dossier import DossierScreen
from tui.palette import CommandProvider


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "rounds"
    folder.mkdir(parents=True)
    return folder / "config.toml"


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """Where `note.py` writes its arguments down, a line each."""
    (tmp_path / "note.py").write_text(
        "import sys, pathlib\n"
        "at = pathlib.Path(__file__).with_name('noted')\n"
        "with at.open('a') as file: print(*sys.argv[1:], sep='|', file=file)\n"
        "print('noted', *sys.argv[1:2])\n"
    )
    return tmp_path / "noted"


def note(noted: Path) -> str:
    return f"{sys.executable} {noted.with_name('note.py')}"


def two(p, clock):
    p.add("Globex $(x)", "Engineer", url="https://globex.example/1", contact_name="Ana",
          contact_email="ana@globex.example")  # fmt: skip
    p.add("Hooli", "Designer")


async def test_for_the_card_under_the_cursor(play, config, noted):
    config.write_text(
        f'[commands]\nf9 = "{note(noted)} {{id}} {{company}} {{url}} {{email}} {{stage}}"\n'
    )
    async with play(two) as it:
        it.app.put_cursor(1)
        await it.press("f9")
        await it.settle()
        assert noted.read_text() == (
            "1|Globex $(x)|https://globex.example/1|ana@globex.example|applied\n"
        )
        assert "is done." in it.told


async def test_what_is_missing_is_told_and_nothing_is_run(play, config, noted):
    config.write_text(f'[commands]\nf9 = {{ run = "{note(noted)} {{url}}", title = "Open" }}\n')
    async with play(two) as it:
        it.app.put_cursor(2)
        await it.press("f9")
        await it.settle()
        assert "Open: There is no url to fill in. Nothing was run." in it.told
        assert not noted.exists()


async def test_for_each_that_is_marked(play, config, noted):
    config.write_text(f'[commands]\nf9 = {{ run = "{note(noted)} {{id}}", title = "Note" }}\n')
    async with play(two, keys=("space", "space", "f9")) as it:
        await it.settle()
        assert sorted(noted.read_text().split()) == ["1", "2"]
        assert "Note: done for 2 applications." in it.told


async def test_its_output_is_told_and_never_as_markup(play, config, noted):
    config.write_text(
        f"[commands]\nf9 = {{ run = \"{note(noted)} '[/b] [red]'\", output = 'message' }}\n"
    )
    async with play(two, keys=("f9",)) as it:
        await it.settle()
        assert "noted [/b] [red]" in it.told


async def test_it_gets_the_screen_if_it_wants_it(play, config, noted, monkeypatch):
    config.write_text(f'[commands]\nf9 = {{ run = "{note(noted)} {{id}}", output = "screen" }}\n')
    async with play(two, keys=("f9",)) as it:
        await it.settle()
        assert "a program cannot have this terminal" in it.told, "a test has none to give"


async def test_it_goes_before_our_key_and_is_in_help_and_palette(play, config, noted):
    config.write_text(f'[commands]\nn = {{ run = "{note(noted)} {{id}}", title = "My diary" }}\n')
    async with play(two, size=(120, 40)) as it:
        assert "no longer “note”" in it.told
        await it.press("n")
        await it.settle()
        assert noted.exists()
        assert it.screen is it.app.board_screen
        await it.press("question_mark")
        assert "My diary" in it.painted()
        await it.press("escape", "enter")
        assert isinstance(it.screen, DossierScreen)
        await it.press("n")
        await it.settle()
        assert len(noted.read_text().split()) == 2, "on the page of the application too"
        await it.press("escape")
        offered = CommandProvider(it.screen, Style())
        await offered.startup()
        (hit,) = [hit async for hit in offered.search("my diary")]
        await hit.command()
        await it.settle()
        assert len(noted.read_text().split()) == 3
