"""Keys and own commands as the file says: which command has which key then."""

from pathlib import Path

import pytest

from store.config.file import ConfigFile
from store.rules.text import Refused
from tests.tables import each_row
from tui.commands import COMMANDS, commands_for
from tui.config.keys import Keymap, key_of, keymap_of


def read(text: str) -> Keymap:
    return keymap_of(ConfigFile(Path("/x/config.toml"), text))


@each_row(
    ("typed", "key"),
    [
        ("n", "n"), ("N", "N"), ("?", "question_mark"), (",", "comma"), ("f9", "f9"),
        ("ctrl+x", "ctrl+x"), ("shift+left", "shift+left"), ("pagedown", "pagedown"),
        ("ä", "ä"), ("vertical_line", "vertical_line"), ("ctrl+right", "ctrl+right"),
        ("plus", "plus"), ("alt+enter", "alt+enter"), ("space", "space"),
    ],
)  # fmt: skip
def test_a_key_is_known_by_its_sign_or_its_name(typed: str, key: str) -> None:
    assert key_of(typed) == key


@each_row("typed", ["", " ", "crtl+x", "pagedow", "ctrl+", "xyz", "ctrl+f99"])
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        key_of(typed)


def test_every_key_of_ours_is_one() -> None:
    for command in COMMANDS:
        for key in command.keys:
            key_of(key)


def test_nothing_chosen_leaves_all_as_it_is() -> None:
    keymap = read("")
    assert keymap == Keymap({}, (), (), ())
    assert keymap.commands("board") == commands_for("board")
    assert keymap.keys_shown("board") == {}


def test_a_command_that_lost_its_keys_has_none_and_one_that_moved_has_the_new_ones() -> None:
    keymap = read('[keys]\nadd = "n, f9"\n')
    by_id = {command.id: command.keys for command in keymap.commands("board")}
    assert by_id["add"] == ("n", "f9")
    assert by_id["note"] == ()
    assert keymap.keys_shown("board") == {"add": "n,f9", "note": ""}
    assert keymap.keys_shown("people") == {"add": "n,f9"}
    assert len(keymap.notices) == 1
    elsewhere = {command.id: command.keys for command in keymap.commands("prepare")}
    assert elsewhere["note"] == ("n",), "no other command has it there"


def test_a_key_of_ones_own_goes_before_ours_where_it_works() -> None:
    keymap = read('[commands]\nn = { run = "note {id}", title = "Diary", where = "board" }\n')
    board = {command.id: command for command in keymap.commands("board")}
    assert board["own.n"].label == "Diary"
    assert board["own.n"].tooltip == "note {id}"
    assert board["note"].keys == ()
    dossier = {command.id: command for command in keymap.commands("dossier")}
    assert "own.n" not in dossier
    assert dossier["note"].keys == ("n",)
    (notice,) = keymap.notices
    assert "line 2: “n” is now your command “Diary”, no longer “note” (Note)." in notice


def test_each_mistake_costs_only_its_key() -> None:
    keymap = read(
        '[keys]\nnote = "q"\nadd = "f9"\nclose = "f9"\nnope = "x"\nedit = 3\nquit = "f8"\n'
        '[commands]\nf9 = "x"\nf7 = "x {id}"\nf6 = "x {"\nescape = "x"\n'
    )
    assert keymap.keys == {"add": "f9", "quit": "f8,q"}
    assert [own.key for own in keymap.own] == ["f7"]
    assert [mistake.line for mistake in keymap.mistakes] == [2, 4, 5, 6, 9, 11, 12]
