"""The configuration as the screen heeds it: planned again at the start, and what is wrong told."""

from pathlib import Path

import pytest

from store.read.glance import read_search_texts
from tui import app


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration file that `play` reads, which is not there yet."""
    folder = tmp_path / "config" / "rounds"
    folder.mkdir(parents=True)
    return folder / "config.toml"


def waiting(p, clock):
    """An application of today."""
    p.add("Acme", "Engineer")


async def due_on(it):
    """The day of the only follow-up."""
    card = await it.read(lambda glance: glance.card(1))
    return card.follow_up.due_on


async def test_without_a_file_nothing_is_told(play):
    async with play(waiting) as it:
        assert it.told == ""


async def test_other_rules_are_in_force_from_the_start_and_shown(play, config):
    async with play(waiting) as it:
        usual = await due_on(it)
    config.write_text("[follow_ups.application]\ninquiry_days = 2\n")
    async with play(waiting) as it:
        assert await due_on(it) < usual
        shown = it.app.board_screen.live.board.card(1)
        assert shown.follow_up.due_on == await due_on(it)
        assert it.told == ""


async def test_what_is_wrong_is_told_once_and_costs_only_itself(play, config):
    other = "[follow_ups.application]\ninquiry_days = 2\n"
    config.write_text(other)
    async with play(waiting) as it:
        early = await due_on(it)
    config.write_text(f'[follow_ups]\npreset = "quick"\n{other}')
    async with play(waiting) as it:
        assert "line 2: There is no preset “quick”" in it.told
        assert it.told.count("Until it is fixed, the value counts as not set.") == 1
        assert await due_on(it) == early, "the number still counts"
        await it.press("n")
        await it.type("hello")
        await it.press("ctrl+s")
        assert it.told.count("There is no preset") == 1


async def test_what_is_no_toml_is_told_in_one_message(play, config):
    config.write_text('[follow_ups\n[keys]\n"move.right" = "f9"\n')
    async with play(waiting) as it:
        assert it.told.count("could not be read") == 1
        assert "config.toml”, line 1: It could not be read" in it.told
        assert it.app.keymap.keys == {"move.right": "f9"}


async def test_a_file_that_is_no_text_is_told_in_one_message(play, config):
    config.write_bytes(b"[keys]\nnote = '\xff'\n")
    async with play(waiting) as it:
        assert it.told.count("line 2: this is not UTF-8") == 1
        assert "The standard rules and keys apply until it is fixed." in it.told


async def test_many_mistakes_do_not_cover_the_screen(play, config):
    config.write_text("[keys]\n" + "".join(f"x{n} = 'f9'\n" for n in range(9)))
    async with play(waiting) as it:
        assert it.told.count("There is no “x") == 4
        assert "The config file has 5 more mistakes: “rounds config” lists them." in it.told


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('keys = "q"\n', "line 1: “keys” must be a section: [keys]."),
        (
            '[keys]\n\nmove_right = "n"\n',
            "line 3: There is no “move_right” in “keys”. Did you mean “move.right”?",
        ),
        ('[keys]\n"move.right" = 7\n', "line 2: “move.right” must be a key, or several, such as"),
        ('[keys]\n"move.right" = ",,,"\n', "line 2: “,,,” is no key."),
        ('[keys]\nnote = "f9"\nadd = "f9"\n', "line 3: “f9” is to be the key for “note” and for"),
        ('[keys]\nnote = "q"\n', "line 2: “q” always quits. Give “note” another key."),
        ('[keys]\nadd = "n"\n', "line 2: “n” is now “add”, no longer “note” (Note). To use “note”"),
        ('[keys]\nadd = "crtl+a"\n', "line 2: “crtl+a” is no key. Did you mean “ctrl”?"),
        ('[keys]\nadd = "pagedow"\n', "line 2: “pagedow” is no key. Did you mean “pagedown”?"),
        ('[commands]\nn = "x"\n', "line 2: “n” is now your command “x”, no longer “note” (Note)."),
        ('[commands]\nq = "x"\n', "line 2: “q” leads out"),
        ('[commands]\nf9 = "x {ulr}"\n', "line 2: There is nothing called “ulr” to fill in. Did"),
        ('[commands]\nf9 = "x"\n"f9,f8" = "y"\n', "line 3: “f9” is to be the key for two"),
        ('[keys]\nnote = "f9"\n[commands]\nf9 = "y"\n', "line 4: “f9” is to be the key for “note”"),
        ('commands = "x"\n', "line 1: “commands” must be a section: [commands]."),
    ],
)
async def test_a_wrong_key_is_told_with_its_line(play, config, keys, said):
    config.write_text(keys)
    async with play(waiting) as it:
        assert said in it.told
        assert "standard rules" not in it.told


async def test_rules_and_keys_that_are_wrong_are_two_mistakes(play, config):
    config.write_text('[follow_ups]\npreset = "quick"\n[keys]\nnothing = "n"\n')
    async with play(waiting) as it:
        assert "line 2: There is no preset “quick”" in it.told
        assert "line 4: There is no “nothing” in “keys”. “rounds config” lists all." in it.told


async def test_a_mark_of_the_byte_order_does_no_harm(play, config):
    config.write_bytes('\ufeff[keys]\n"move.right" = "f9"\n'.encode())
    async with play(waiting) as it:
        assert it.told == ""


async def test_brackets_without_end_are_told_once_with_their_line(play, config):
    config.write_text("# ours\nkeys = " + "[" * 3_000 + "]" * 3_000)
    async with play(waiting) as it:
        assert it.told.count("line 2: It is nested too deeply. Remove the brackets") == 1
        await it.press("n")
        assert len(it.app.screen_stack) == 2


@pytest.mark.parametrize(
    "keys", ['[keys]\nnote = "q"\nadd = "q"\n', '[keys]\nquit = "f9, ctrl+right"\n', "[" * 3_000]
)
async def test_q_always_quits(play, config, keys):
    config.write_text(keys)
    async with play(waiting) as it:
        await it.pilot.press("q")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
    assert it.app.return_code == 0


async def test_a_wrong_key_costs_only_itself(play, config):
    config.write_text('[keys]\nnote = "q"\nadd = "f9"\nmove_right = "f8"\n')
    async with play(waiting) as it:
        assert it.app.keymap.keys == {"add": "f9"}
        await it.press("f9")
        assert len(it.app.screen_stack) == 2


async def test_help_bar_and_palette_tell_the_keys_that_there_are(play, config):
    config.write_text('[keys]\nadd = "f9"\nnote = "a"\n[commands]\nf8 = "true {id}"\n')
    async with play(waiting, keys=("question_mark", "tab")) as it:
        words = " ".join(it.painted().split())
        assert it.app.keymap.commands("board")[-1].keys == ("f8",)
        await it.press("escape")
        assert "f9 Add" in it.painted()
        assert words


async def test_two_commands_that_change_keys_are_no_mistake(play, config):
    config.write_text('[keys]\nnote = " f8 , f9"\nadd = "n"\n')
    async with play(waiting) as it:
        assert it.told == ""
        await it.press("f9")
        assert len(it.app.screen_stack) == 2
        assert "Note" in it.painted()


async def test_undo_reaches_behind_what_was_planned_anew(play, config):
    def noted(p, clock):
        p.add("Acme", "Engineer")
        p.note(1, "hello")

    config.write_text('[follow_ups]\npreset = "fast"\n')
    async with play(noted, keys=("u",)) as it:
        assert await it.read(read_search_texts) == {}


@pytest.fixture
def only_looks_asked_for(monkeypatch):
    """The watch looks when the test says so, never by itself."""
    monkeypatch.setattr(app, "WATCH_SECONDS", 86_400)


@pytest.mark.usefixtures("only_looks_asked_for")
async def test_a_file_that_is_changed_outside_is_in_force_within_two_looks(play, config):
    async with play(waiting) as it:
        usual = await due_on(it)
        config.write_text(
            "[follow_ups.application]\ninquiry_days = 2\n"
            '[keys]\n"move.right" = "f9"\n[cards]\nfourth_line = "location"\n'
        )
        await it.look()
        assert it.app.keymap.keys == {}, "an editor may still be writing it"
        await it.look()
        assert "The config file was changed. It is in force now." in it.told
        assert it.app.keymap.keys == {"move.right": "f9"}
        assert await due_on(it) < usual
        assert it.app.board_screen.live.board.card(1).follow_up.due_on < usual
        config.write_text('[follow_ups]\npreset = "quick"\n')
        await it.look()
        await it.look()
        assert "There is no preset “quick”" in it.told
        assert it.app.keymap.keys == {}


async def test_what_the_page_writes_itself_is_no_change_from_outside(play, config):
    config.write_text('[screen]\ntheme = "rounds-light"\n')
    async with play(waiting) as it:
        it.app.action_next_theme()
        await it.settle()
        assert "rounds-dark" in config.read_text()
        await it.look()
        await it.look()
        assert it.told == ""


async def test_the_page_of_settings_shows_what_was_changed_outside(play, config):
    async with play(waiting) as it:
        await it.press(",")
        config.write_text('[follow_ups]\npreset = "uk"\n')
        await it.look()
        await it.look()
        (preset,) = [line for line in it.painted().splitlines() if "Preset" in line]
        assert preset.split()[1:5] == ["Preset", "uk", "line", "2"]
