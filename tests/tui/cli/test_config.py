"""`rounds config`: what is chosen and from where; one setting, or the whole file, changed."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.errors import StoreError
from tests.tables import each_row
from tui.config import changing

MINE = """\
# mine
[follow_ups]
preset = "uk"       # slow there

[keys]
"move.right" = "L"
"""


@pytest.fixture
def mine(config: Path) -> Path:
    """A config file with a few things in it."""
    config.parent.mkdir(parents=True)
    config.write_text(MINE)
    return config


def row(out: str, name: str) -> list[str]:
    """The cells of the line about a setting."""
    (line,) = [line for line in out.splitlines() if line.split()[0] == name]
    return line.split("  ")[0:1] + [cell.strip() for cell in line.split("  ")[1:] if cell.strip()]


def test_without_a_file_every_setting_is_shown_as_it_is_by_default(shell: Any) -> None:
    out = shell.ok("config").out
    assert out.splitlines()[0].split() == ["NAME", "VALUE", "DEFAULT", "FROM"]
    assert row(out, "follow_ups.preset") == ["follow_ups.preset", *["standard"] * 2, "default"]
    assert row(out, "screen.theme")[1:] == ["rounds-dark", "rounds-dark", "default"]
    assert row(out, "keys.note")[1:] == ["n", "n", "default"]
    assert row(out, "me.name")[1:] == ["–", "–", "default"]
    assert row(out, "follow_ups.application.inquiry_days")[1:] == ["10", "10", "default"]


def test_each_value_says_where_it_comes_from(shell: Any, mine: Path) -> None:
    with mine.open("a") as file:
        file.write("[follow_ups.interview]\ninquiry_business_days = 6\n")
    out = shell.ok("config").out
    assert row(out, "follow_ups.preset")[1:] == ["uk", "standard", "line 3"]
    assert row(out, "keys.move.right")[1:] == ["L", "L", "line 6"]
    found = row(out, "follow_ups.interview.inquiry_business_days")
    assert found[1:] == ["6", "7 (inquiry_days)", "line 8"]
    assert row(out, "follow_ups.application.at_most")[1:] == ["1", "1", "preset uk"]
    changed = shell.ok("config", "--changed").out.splitlines()
    assert len(changed) == 4


def test_a_section_and_one_setting(shell: Any, mine: Path) -> None:
    names = [line.split()[0] for line in shell.ok("config", "calendar").out.splitlines()[1:]]
    assert names[0] == "calendar.file"
    assert all(name.startswith("calendar.") for name in names)
    below = shell.ok("config", "follow_ups.interview").out
    assert "follow_ups.interview.at_most" in below
    one = shell.ok("config", "preset").out
    assert one.startswith("follow_ups.preset  uk\n")
    assert "default: standard; from: line 3" in one
    assert "one of: standard, fast, slow, uk, dach" in one


def test_the_theme_of_the_board_and_the_signature_of_old_are_told(shell: Any, config: Path) -> None:
    from store.file.database import open_database
    from store.pipeline import Pipeline

    shell.add()
    database = open_database(shell.path, shell.clock)
    Pipeline(database).remember("theme", "rounds-light")
    database.close()
    (config.parent / "drafts").mkdir(parents=True)
    (config.parent / "drafts" / "signature.txt").write_text("Ana\n+49 30\n")
    out = shell.ok("config").out
    assert row(out, "screen.theme")[1:] == ["rounds-light", "rounds-dark", "the board, by T"]
    assert row(out, "me.name")[1:] == ["Ana", "–", "drafts/signature.txt"]


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (("follow_ups.preset", "dach"), 'preset = "dach"       # slow there'),
        (("preset", "dach"), 'preset = "dach"       # slow there'),
        (("follow_ups.slow_season", "yes"), "slow_season = true"),
        (("follow_ups.application.inquiry_days", "12"), "inquiry_days = 12"),
        (("follow_ups.season.seasons", "07-01 to 07-31, 12-20 to 01-02"),
         'seasons = ["07-01 to 07-31", "12-20 to 01-02"]'),
        (("me.name", "Ana", "Ruiz"), 'name = "Ana Ruiz"'),
        (("me.signature", r"+49 30\nana.example"), 'signature = """+49 30\nana.example"""'),
        (("keys.note", "f9,ctrl+x"), 'note = "f9,ctrl+x"'),
        (("screen.theme", "nord"), '[screen]\ntheme = "nord"'),
        (("cards.fourth_line", "tags, salary"), 'fourth_line = "tags, salary"'),
        (("calendar.interview_alarm", "0"), "interview_alarm = 0"),
        (("notify.quiet", ""), 'quiet = ""'),
        (("commands.f9", "firefox {url}"), '[commands]\nf9 = "firefox {url}"'),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)  # fmt: skip
def test_one_setting_is_written_and_all_else_stays(
    shell: Any, mine: Path, words: tuple[str, ...], there: str
) -> None:
    said = shell.ok("config", *words).err
    assert "is now" in said
    text = mine.read_text()
    assert there in text
    assert text.startswith("# mine\n")
    name = words[0] if "." in words[0] else f"follow_ups.{words[0]}"
    shell.ok("config", "--unset", name)
    assert there not in mine.read_text()


@each_row(
    ("words", "code", "told"),
    [
        (("follow_ups.presett", "uk"), 2, "no setting “follow_ups.presett”. Did you mean “follow"),
        (("prest", "uk"), 2, "Did you mean “follow_ups.preset”?"),
        (("follow_ups.preset", "ukk"), 1, "There is no preset “ukk”. Did you mean “uk”?"),
        (("follow_ups.country", "XX"), 1, "There are no holidays for “XX”."),
        (("follow_ups.slow_season", "maybe"), 1, "must be true or false"),
        (("follow_ups.application.inquiry_days", "soon"), 1, "a whole number from 0 to 3,650"),
        (("keys.note", "q"), 1, "“q” always quits. Give “note” another key."),
        (("keys.note", "L"), 1, "“L” is to be the key for “move.right” and for “note”."),
        (("keys.noet", "f9"), 2, "Did you mean “keys.note”?"),
        (("keys.note", "contrl+x"), 1, "“contrl+x” is no key."),
        (("screen.theme", "rounds-drak"), 1, "no theme “rounds-drak”. Did you mean “rounds-dark”?"),
        (("commands.f9", "firefox {ulr}"), 1, "Did you mean “url”?"),
        (("commands.L", "x"), 1, "“L” is to be the key for “move.right” and for your command"),
        (("commands.f9.output", "screen"), 1, "There is no command on “f9” yet."),
        (("calendar.file", "rounds.ics"), 1, "must be a whole path"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)  # fmt: skip
def test_a_wrong_value_is_refused_before_anything_is_written(
    shell: Any, mine: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    result = shell("config", *words)
    assert result.code == code
    assert told in result.err
    assert "Nothing was written." in result.err
    assert mine.read_text() == MINE


def test_a_key_that_is_taken_away_from_another_command_is_said(shell: Any, mine: Path) -> None:
    said = shell.ok("config", "keys.add", "n").err
    assert "“n” is now “add”, no longer “note” (Note)." in said
    assert "no longer" not in shell.ok("config", "keys.close", "f8").err, "said once"
    assert "“t” is now your command" in shell.ok("config", "commands.t", "top").err


def test_an_option_of_a_command(shell: Any, mine: Path) -> None:
    shell.ok("config", "commands.f9", "note {id}")
    shell.ok("config", "commands.f9.output", "message")
    shell.ok("config", "commands.f9.shell", "yes")
    shell.ok("config", "commands.f9", "other {id}")
    commands = tomllib.loads(mine.read_text())["commands"]
    assert commands == {"f9": {"run": "other {id}", "output": "message", "shell": True}}
    assert "your own command" in shell.ok("config", "commands.f9").out
    shell.ok("config", "--unset", "commands.f9")
    assert "commands.f9" not in shell.ok("config").out


def test_the_other_unit_of_a_delay_takes_its_place(shell: Any, mine: Path) -> None:
    shell.ok("config", "follow_ups.interview.inquiry_days", "6")
    shell.ok("config", "follow_ups.interview.inquiry_business_days", "4")
    found = tomllib.loads(mine.read_text())["follow_ups"]["interview"]
    assert found == {"inquiry_business_days": 4}


def test_what_was_not_set_and_what_is_no_setting(shell: Any, mine: Path) -> None:
    assert "nothing was changed" in shell.ok("config", "--unset", "me.name").err
    assert shell("config", "--unset", "me.nam").code == 2
    mine.write_text(f'{MINE}move_right = "x"\n')
    shell.ok("config", "--unset", "keys.move_right")
    assert mine.read_text() == MINE, "a mistake can be removed"


def test_mistakes_are_told_with_their_lines_and_must_go_before_a_change(
    shell: Any, mine: Path
) -> None:
    mine.write_text('[follow_ups]\npreset = uk\nslow_season = true\n[keys]\nnote = "q"\n')
    result = shell.ok("config", "--changed")
    assert "line 2: It could not be read" in result.err
    assert "line 5: “q” always quits" in result.err
    assert row(result.out, "follow_ups.slow_season")[1:] == ["true", "false", "line 3"]
    refused = shell("config", "preset", "uk")
    assert refused.code == 1
    assert "Nothing was written. Change it with “rounds config --edit”." in refused.err


def test_the_whole_file_in_the_editor(
    shell: Any, config: Path, edits: Callable[[str], None]
) -> None:
    edits("text = text.replace('# preset = \"standard\"', 'preset = \"uk\"')")
    assert "Written to" in shell.ok("config", "--edit").err
    assert tomllib.loads(config.read_text())["follow_ups"] == {"preset": "uk"}
    assert "# theme = " in config.read_text(), "the others stand there as remarks"


def test_what_is_wrong_in_the_editor_is_told_with_its_line_and_kept(
    shell: Any, mine: Path, edits: Callable[[str], None]
) -> None:
    edits("text = text.replace('uk', 'ukk')")
    result = shell("config", "--edit")
    assert result.code == 1
    assert "Line 3: There is no preset “ukk”. Did you mean “uk”?" in result.err
    assert "“rounds config --edit” goes on with it." in result.err
    assert mine.read_text() == MINE
    edits("assert 'ukk' in text; text = text.replace('ukk', 'fast')")
    shell.ok("config", "--edit")
    assert 'preset = "fast"       # slow there' in mine.read_text()
    assert [file.name for file in mine.parent.iterdir()] == ["config.toml"]


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(
    shell: Any, mine: Path, edits: Callable[[str], None]
) -> None:
    theirs = MINE + '[screen]\ntheme = "nord"\n'
    edits(
        f"import pathlib; pathlib.Path({str(mine)!r}).write_text({theirs!r}); "
        "text = text.replace('uk', 'fast')"
    )
    result = shell("config", "--edit")
    assert (result.code, mine.read_text()) == (1, theirs)
    assert "It was changed elsewhere meanwhile. Your text is in" in result.err
    assert "then writes over that" in result.err
    assert 'preset = "fast"' in (mine.parent / "config-not-taken.toml").read_text()
    edits("text = text")
    shell.ok("config", "--edit")
    assert mine.read_text() == MINE.replace("uk", "fast")
    assert [file.name for file in mine.parent.iterdir()] == ["config.toml"]


def test_an_editor_that_leaves_nothing_takes_no_settings_away(
    shell: Any, mine: Path, edits: Callable[[str], None]
) -> None:
    edits("text = ''")
    result = shell("config", "--edit")
    assert (result.code, mine.read_text()) == (1, MINE)
    assert "The text is empty. Nothing was changed." in result.err


@pytest.mark.parametrize("to", ["fast", "fastt"], ids=["right", "wrong"])
def test_what_can_be_written_nowhere_is_kept_elsewhere(
    shell: Any,
    mine: Path,
    edits: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    to: str,
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The config file could not be written: the disk is full.")

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    edits(f"text = text.replace('uk', {to!r})")
    with monkeypatch.context() as patch:
        patch.setattr(changing, "write_text", full)
        result = shell("config", "--edit")
    assert (result.code, mine.read_text()) == (1, MINE)
    (kept,) = (tmp_path / "temporary").rglob("*.toml")
    assert kept.read_text() == MINE.replace("uk", to)
    assert f"What you typed is in “{kept}”: “rounds config --from {kept}” takes it." in result.err


def test_the_text_of_a_file_is_taken_as_from_the_editor(
    shell: Any, mine: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.toml"
    new.write_text("[keys]\nnote = 'q'\n")
    assert "Line 2: “q” always quits." in shell("config", "--from", str(new)).err
    new.write_text("[keys]\nnote = 'f9'\n")
    shell.ok("config", "--from", str(new))
    assert mine.read_text() == new.read_text()


def test_one_thing_at_a_time(shell: Any, mine: Path) -> None:
    assert shell("config", "preset", "uk", "--edit").code == 2
    assert shell("config", "--unset", "preset", "--edit").code == 2
    assert mine.read_text() == MINE


def test_json_has_values_as_they_are(shell: Any, mine: Path) -> None:
    found = shell.ok("config", "--json").json
    by_name = {one["name"]: one for one in found["settings"]}
    assert by_name["follow_ups.preset"] == {
        "name": "follow_ups.preset",
        "value": "uk",
        "default": "standard",
        "source": "file",
        "line": 3,
        "what": "how long to wait for a reply; a card may have its own",
    }
    assert by_name["follow_ups.slow_season"]["value"] is False
    assert isinstance(by_name["follow_ups.season.seasons"]["value"], list)
    (changed,) = shell.ok("config", "follow_ups.country", "DE", "--json").json["settings"]
    assert (changed["value"], changed["source"]) == ("DE", "file")
    mine.write_text("[keys]\nnote = 7\n")
    assert [one["line"] for one in shell.ok("config", "--json").json["mistakes"]] == [2]
