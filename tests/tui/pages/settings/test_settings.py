"""The page of settings: what is chosen, from where, changed at once and written with care."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from tui.pages.settings.settings import SettingsScreen
from tui.widgets.rows import Rows


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "rounds"
    folder.mkdir(parents=True)
    return folder / "config.toml"


def one(p, clock):
    p.add("Globex", "Engineer", location="Berlin", tags=("go",))


def labels(it):
    return [row.cells[0].text for row in it.screen.query_one(Rows).rows]


def value(it, label):
    (row,) = [row for row in it.screen.query_one(Rows).rows if row.cells[0].text == label]
    return row.cells[1].text, row.cells[2].text


async def go_to(it, label):
    rows = it.screen.query_one(Rows)
    (key,) = [row.key for row in rows.rows if row.cells[0].text == label]
    rows.go_to(key)
    await it.settle()


async def test_the_common_ones_stand_there_with_value_and_source(play, config):
    config.write_text('[follow_ups]\npreset = "uk"\n')
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        assert isinstance(it.screen, SettingsScreen)
        assert labels(it)[:2] == ["Theme", "Cards show"]
        assert value(it, "Preset") == ("uk", "line 2")
        assert value(it, "Country") == ("not set", "default")
        assert value(it, "Name") == ("not set", "default")
        assert "Add" in labels(it), "every key"
        await go_to(it, "Preset")
        assert "how long to wait for a reply" in it.painted().lower()


async def test_a_choice_applies_at_once_and_is_written(play, config):
    config.write_text("# mine\n[follow_ups]  # rules\n")
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        before = await it.read(lambda g: g.card(1).follow_up.due_on)
        await go_to(it, "Preset")
        await it.press("enter", "down", "enter")
        await it.settle()
        assert config.read_text() == '# mine\n[follow_ups]  # rules\npreset = "fast"\n'
        assert value(it, "Preset") == ("fast", "line 3")
        assert await it.read(lambda g: g.card(1).follow_up.due_on) < before
        assert "follow_ups.preset: fast. Before: standard." in it.told
        await it.press("D")
        await it.settle()
        assert config.read_text() == "# mine\n[follow_ups]  # rules\n"
        assert await it.read(lambda g: g.card(1).follow_up.due_on) == before


async def test_the_theme_and_the_cards_change_before_ones_eyes(play, config):
    async with play(one, size=(120, 36), keys=("comma", "enter", "down", "enter")) as it:
        await it.settle()
        assert it.app.theme == "rounds-light"
        assert 'theme = "rounds-light"' in config.read_text()
        await go_to(it, "Cards show")
        await it.press("enter", "ctrl+u")
        await it.type("tags, place")
        await it.press("enter")
        await it.settle()
        await it.press("escape")
        assert "#go · Berlin" in it.painted()
        await it.press("T")
        await it.settle()
        assert 'theme = "rounds-dark"' in config.read_text(), "T changes what the file says"


async def test_a_wrong_value_is_said_while_it_is_typed(play, config):
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        await go_to(it, "Country")
        await it.press("enter")
        await it.type("XX")
        assert "There are no holidays for “XX”" in it.painted()
        await it.press("enter", "escape", "escape")
        assert not config.exists()


async def test_a_key_that_another_command_loses_is_said_and_works_at_once(play, config):
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        rows = it.screen.query_one(Rows)
        (key,) = [key for key, line in it.screen._lines.lines.items()
                  if line.shown is not None and line.shown.name == "keys.add"]  # fmt: skip
        rows.go_to(key)
        await it.press("enter", "ctrl+u")
        await it.type("n")
        assert "no longer “note”" in it.painted()
        await it.press("enter")
        await it.settle()
        assert '[keys]\nadd = "n"\n' in config.read_text()
        assert "no longer “note”" in it.told
        await it.press("escape", "n")
        assert "New application" in it.painted()
        assert len(it.app.screen_stack) == 2


async def test_name_and_signature_end_a_message(play, config):
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        await go_to(it, "Name")
        await it.press("enter")
        await it.type("Ana Ruiz")
        await it.press("enter")
        await it.settle()
        await go_to(it, "Signature")
        await it.press("enter")
        await it.type("ana.example")
        await it.press("ctrl+s")
        await it.settle()
        await it.press("escape", "w")
        await it.settle()
        await it.press("enter")
        await it.settle()
        assert "Ana Ruiz" in it.painted()
        assert "ana.example" in it.painted()


async def test_a_command_of_ones_own_is_added_and_there_at_once(play, config):
    async with play(one, size=(120, 36), keys=("comma", "a")) as it:
        await it.type("f9 true {id}")
        await it.press("enter")
        await it.settle()
        assert '[commands]\nf9 = "true {id}"\n' in config.read_text()
        assert value(it, "f9") == ("true {id}", "line 2")
        await it.press("escape", "f9")
        await it.settle()
        assert "is done." in it.told


async def test_mistakes_come_first_and_the_editor_mends_them(play, config):
    config.write_text('[follow_ups]\npreset = "ukk"\n')
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        assert labels(it)[0] == "Line 2"
        assert "There is no preset “ukk”. Did you mean “uk”?" in it.painted()


async def test_the_editor_mends_them_and_a_new_mistake_is_told_and_kept(play, config, monkeypatch):
    config.write_text('[follow_ups]\npreset = "ukk"\n')
    seen = []

    def edit(text, **_):
        seen.append(text)
        return text.replace("ukk", "fastt") if len(seen) == 1 else text.replace("fastt", "fast")

    monkeypatch.setattr("tui.outside.edit_text", edit)
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        monkeypatch.setattr(it.app, "suspend", nullcontext)
        await it.press("E")
        await it.settle()
        assert "Line 2: There is no preset “fastt”. Did you mean “fast”?" in it.told
        assert "ukk" in config.read_text()
        await it.press("E")
        await it.settle()
        assert "fastt" in seen[1], "it goes on with what was typed"
        assert config.read_text() == '[follow_ups]\npreset = "fast"\n'
        assert value(it, "Preset") == ("fast", "line 2")
        assert [file.name for file in config.parent.iterdir()] == ["config.toml"]


async def test_a_name_of_old_is_not_lost_when_the_signature_is_set(play, config):
    (config.parent / "drafts").mkdir()
    (config.parent / "drafts" / "signature.txt").write_text("Kim Novak\n+49 30\n")
    async with play(one, size=(120, 36), keys=("comma",)) as it:
        assert value(it, "Name") == ("Kim Novak", "signature.txt")
        await go_to(it, "Name")
        await it.press("enter", "ctrl+u")
        await it.type("Kim")
        await it.press("enter")
        await it.settle()
        assert config.read_text() == '[me]\nname = "Kim"\nsignature = "+49 30"\n'
