"""`rounds doctor`: silent when all is well, one sentence for each finding, nothing written."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from store.exchange.mail import read_piped
from store.file.backup import copies
from store.file.database import open_database
from store.file.location import backup_dir
from store.pipeline import Pipeline
from tests.store.file.test_copies import cut, of_a_newer_version, of_somebody_else
from tests.tables import each_row
from tui.cli.safety import surroundings

pytestmark = pytest.mark.usefixtures("copies_of_the_day")

WORDS = ("Globex", "Staff", "Ana", "Rust", "99k", "Cyberdyne", "Cook", "Mia", "mia@", "Parking")


@pytest.fixture
def well(shell: Any) -> Any:
    """A board with words that must not be told."""
    shell.open(shell.empty)
    shell.ok("add", "Globex", "Staff Engineer")
    shell.ok("contact", "1", "Ana", "--email", "ana@globex.example")
    shell.ok("note", "1", "They use Rust.")
    shell.ok("edit", "1", "--salary", "99k")
    pipeline = Pipeline(database := open_database(shell.path, shell.clock))
    with closing(database):
        pipeline.shelve("Cyberdyne", "Cook", posting_text="Cook for us.")
        letter = (
            b"From: Mia <mia@globex.example>\nSubject: Parking\nDate: Fri, 20 Nov 2026 09:00:00"
        )
        letter += b" +0100\n\nWe got it.\n"
        box = read_piped(letter, shell.clock.zone, shell.clock.now())
        assert pipeline.receive_mail(box.messages) == 1
    return shell


def spoil(shell: Any, sql: str) -> None:
    with closing(sqlite3.connect(shell.path)) as board:
        board.execute(sql)
        board.commit()


def everything(shell: Any) -> dict[str, bytes]:
    files = shell.path.parent.rglob("*")
    return {str(file): file.read_bytes() for file in files if file.is_file()}


def test_it_is_silent_when_all_is_well(well: Any) -> None:
    before = everything(well)
    for days in (0, 1, 40):
        well.clock.moment += timedelta(days=days)
        found = well.ok("doctor")
        assert (found.out, found.err) == ("", "")
    assert everything(well) == before


def test_a_board_that_nobody_made_yet_is_no_trouble(
    shell: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert shell("doctor", named=False).code == 0
    missed = shell("doctor")
    assert (missed.code, missed.out.startswith("There is no board yet")) == (1, True)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (cut, "The board is damaged: “rounds backup --list”"),
        (of_a_newer_version, "The board was made by a newer version"),
        (of_somebody_else, "is no board of rounds"),
        (lambda p: p.chmod(0o644), "Others on this machine may read"),
    ],
)
@pytest.mark.parametrize("words", [(), ("--report",), ("--json",)])
def test_each_trouble_is_one_sentence_and_nothing_is_written(
    change: Any, said: str, words: tuple[str, ...], well: Any
) -> None:
    change(well.path)
    before = everything(well)
    found = well("doctor", *words)
    assert found.code == 1
    assert said in found.out
    assert found.err == ""
    assert everything(well) == before
    if words == ("--json",):
        assert found.json["findings"][0]["serious"] is True
        assert found.document["kind"] == "doctor"


def test_the_plan_is_compared_and_made_anew_in_one_step(well: Any) -> None:
    spoil(well, "UPDATE follow_up SET due_on = '2027-03-01'")
    well.clock.moment += timedelta(hours=1)
    before = everything(well)
    found = well("doctor")
    assert found.code == 1
    assert found.out.startswith("The stored follow-ups of 1 application are not those that the")
    assert everything(well) == before
    fixed = well.ok("doctor", "--fix")
    assert fixed.out == (
        "Fixed: The stored follow-ups of 1 application are not those that the rules plan.\n"
    )
    assert "“rounds undo” reverts the new plan." in fixed.err
    assert len(copies(well.path)) == 2, "a copy was made first"
    assert well.ok("doctor").out == ""
    assert "planned again" in well.ok("undo").err
    assert well("doctor").code == 1


def test_no_copy_no_new_plan(well: Any) -> None:
    spoil(well, "UPDATE follow_up SET due_on = '2027-03-01'")
    for copy in copies(well.path):
        copy.unlink()
    backup_dir(well.path).rmdir()
    backup_dir(well.path).touch()
    before = well.path.read_bytes()
    refused = well("doctor", "--fix")
    assert refused.code == 1
    assert "No safety copy" in refused.err
    assert well.path.read_bytes() == before


def test_permissions_are_taken_away(well: Any) -> None:
    well.path.chmod(0o644)
    backup_dir(well.path).chmod(0o755)
    fixed = well.ok("doctor", "--fix")
    assert fixed.out.startswith("Fixed: Others on this machine may read the board")
    assert well.path.stat().st_mode & 0o777 == 0o600
    assert well.ok("doctor", "--json").json["findings"] == []


def test_another_plan_since_the_settings_are_others_is_no_trouble(
    well: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "rounds").mkdir(parents=True)
    config = tmp_path / "config" / "rounds" / "config.toml"
    config.write_text('[follow_ups]\npreset = "fast"\n', encoding="utf-8")
    assert well.ok("doctor").out == ""
    config.write_text("[follow_ups\n", encoding="utf-8")
    broken = well("doctor")
    assert broken.out.startswith("The config file has a mistake")
    assert str(tmp_path) not in broken.out


def test_rows_without_an_owner(well: Any) -> None:
    spoil(well, "DELETE FROM application")
    found = well("doctor")
    assert "rows belong to something that is not there any more" in found.out
    assert found.code == 1


@pytest.mark.parametrize("words", [("--report",), ("--json",)])
def test_what_may_be_shown_to_others_has_no_texts_names_or_paths(
    words: tuple[str, ...], well: Any
) -> None:
    well.path.chmod(0o644)
    told = well("doctor", *words)
    assert told.code == 1
    for word in (*WORDS, str(well.path.parent), well.path.name, str(Path.home())):
        assert word not in told.out
    for part in ("application", "sqlite", "python", "textual", "zone"):
        assert part in told.out


def test_the_report_of_a_healthy_board_says_so_in_numbers(well: Any) -> None:
    lines = well.ok("doctor", "--report").out.splitlines()
    assert "  state: current" in lines
    assert "    application: 1" in lines
    assert "    contact: 1" in lines
    assert "    posting: 1" in lines
    assert "    mail: 1" in lines


# What it runs in


@each_row(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "all"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "dumb"}, "none"),
        ({}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
    ],
)
def test_colours(environ: dict[str, str], colours: str) -> None:
    assert surroundings.colours_of(environ) == colours


GOOD = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", "PATH": "/nowhere"}


@each_row(
    ("more", "code", "said"),
    [
        ({}, "", ""),
        ({"TERM": "dumb"}, "keys", "set TERM to what your terminal is"),
        ({"TERM": "xterm"}, "colours", "TERM=xterm-256color"),
        ({"STY": "123"}, "keys", "the mouse is off"),
        ({"LANG": "C"}, "signs", "set LANG"),
        ({"DISPLAY": ":0"}, "clipboard", "install wl-clipboard or xclip"),
        ({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, "", ""),
    ],
)
def test_a_terminal_that_limits_the_board_is_a_note(
    more: dict[str, str], code: str, said: str
) -> None:
    facts: dict[str, Any] = {}
    found = list(surroundings.check_terminal({**GOOD, **more}, facts, there=True))
    assert [(each.code, each.serious) for each in found] == ([(code, False)] if code else [])
    assert all(said in each.sentence for each in found)
    assert not list(surroundings.check_terminal({**GOOD, **more}, {}, there=False))


def test_versions_that_are_too_old_or_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["textual>=8.2.8,<9", "sqlmodel>=0.0.45,<0.1", "mypy>=1 ; extra == 'test'"]
    monkeypatch.setattr(surroundings.metadata, "requires", lambda _: needs)
    have = {"rounds": "0.1.0", "textual": "8.2.7"}

    def version(name: str) -> str:
        if name not in have:
            raise surroundings.metadata.PackageNotFoundError
        return have[name]

    monkeypatch.setattr(surroundings.metadata, "version", version)
    found = [each.sentence for each in surroundings.check_versions({})]
    assert [sentence.partition(":")[0] for sentence in found] == [
        "textual is too old (8.2.7)",
        "sqlmodel is missing",
    ]
    have |= {"textual": "8.10", "sqlmodel": "0.0.45"}
    assert not list(surroundings.check_versions({}))


def test_a_zone_that_nobody_knows(well: Any) -> None:
    well.clock.note = "TZ names no zone."
    noted = well.ok("doctor")
    assert noted.out.startswith("Note: TZ names no zone that this machine knows")
