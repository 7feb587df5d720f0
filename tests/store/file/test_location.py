"""Where the board is, and what is refused as a place for one."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.file.location import backup_dir, board_file, config_path, data_folder
from store.rules.text import Refused
from tests.tables import each_row

SECRET = "hunter2"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, and the work begins in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ROUNDS_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("option", "environ", "expected"),
    [
        ("a.db", {"ROUNDS_DB": "b.db"}, "a.db"),
        (None, {"ROUNDS_DB": "b.db"}, "b.db"),
        (None, {"ROUNDS_DB": "~/b.db"}, "b.db"),
        ("~/jobs/a.db", {}, "jobs/a.db"),
        (" a.db ", {}, "a.db"),
        ("jobs/../a.db", {}, "a.db"),
        ("sqlite:///a.db", {}, "a.db"),
        ("SQLite:///a.db", {}, "a.db"),
        ("sqlite:///~/a.db", {}, "a.db"),
        (None, {"ROUNDS_DB": "sqlite:///jobs/b.db"}, "jobs/b.db"),
        ("100% sure?#.db", {}, "100% sure?#.db"),
        ("10:30.db", {}, "10:30.db"),
    ],
)
def test_option_then_variable(
    option: str | None, environ: dict[str, str], expected: str, home: Path
) -> None:
    assert Path(board_file(option, environ)) == home / expected


def test_four_slashes_make_an_address_absolute(home: Path) -> None:
    assert Path(board_file(f"sqlite:///{home / 'a.db'}", {})) == home / "a.db"


@pytest.mark.skipif(sys.platform == "darwin", reason="XDG folders are not used there")
def test_default_is_the_users_data_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for environ in ({}, {"ROUNDS_DB": ""}, {"ROUNDS_DB": "  "}):
        assert Path(board_file(None, environ)) == home / ".local/share/rounds/board.db"
    assert config_path() == home / ".config/rounds/config.toml"
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    assert data_folder() == home / "data/rounds"
    assert Path(board_file(None, {})) == home / "data/rounds/board.db"
    assert config_path() == home / "config/rounds/config.toml"


def test_backups_lie_beside_the_board(home: Path) -> None:
    assert backup_dir(home / "board.db") == home / "board-backups"
    assert backup_dir(home / "jobs") == home / "jobs-backups"


@each_row(
    "text",
    [
        "",
        "   ",
        ":memory:",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:a.db",
        "sqlite:///a.db?mode=ro",
        "file:a.db",
        "file:///a.db",
        f"postgresql://bob:{SECRET}@host/jobs",
        f"postgresql+psycopg://bob:{SECRET}@host/jobs",
        f"mysql://{SECRET}",
        f"postgresql:/bob:{SECRET}@host/jobs",
        "a\0b",
        "\x1b]0;x\x07://a",
        "a\ud800b",
    ],
)
def test_what_is_no_file_is_refused_and_no_password_is_repeated(text: str) -> None:
    with pytest.raises(Refused) as refused:
        board_file(text, {})
    assert SECRET not in str(refused.value)
    assert "bob" not in str(refused.value)
    assert str(refused.value).startswith("--db ")
    assert str(refused.value).isprintable()


def test_the_sentence_names_the_variable_when_that_was_wrong() -> None:
    with pytest.raises(Refused, match=r"^ROUNDS_DB holds a “postgresql” address"):
        board_file(None, {"ROUNDS_DB": f"postgresql://bob:{SECRET}@host/jobs"})


@given(st.text(max_size=60))
def test_any_text_is_a_path_or_refused(text: str) -> None:
    with suppress(Refused):
        path = Path(board_file(text, {}))
        assert path.is_absolute()
        os.fsencode(path)


def test_a_named_board_needs_no_platformdirs(
    start: Callable[..., "subprocess.Popen[str]"],
) -> None:
    code = (
        "import sys; from store.file.location import board_file; board_file('a.db', {});"
        "print(sorted({'platformdirs', 'sqlalchemy', 'textual', 'alembic'} & set(sys.modules)))"
    )
    assert start(code).communicate()[0].strip() == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("base", [None, "", " ", "data", "/srv/data", "/srv/data/", "~/data"])
def test_the_data_folder_is_the_one_that_platformdirs_names(
    home: Path, monkeypatch: pytest.MonkeyPatch, base: str | None
) -> None:
    import platformdirs

    if base is not None:
        monkeypatch.setenv("XDG_DATA_HOME", base)
    assert data_folder() == Path(platformdirs.user_data_dir("rounds", appauthor=False))
