"""The clipboard of the system, by whichever program is there."""

import stat
from pathlib import Path

import pytest

from tui import outside as clipboard
from tui.outside import fill_clipboard

TEXT = "Dear Ana,\n“thanks” $(rm -rf /) `x`\x00"


@pytest.fixture
def programs(tmp_path: Path):
    """Installs programs that note what they were given: `programs("xclip", "exit 1")`."""

    def install(name: str, then: str = "") -> None:
        file = tmp_path / name
        script = f'#!/bin/sh\necho "$@" > {tmp_path}/args\n/bin/cat > {tmp_path}/got\n{then}\n'
        file.write_text(script)
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    return install


def desktop(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(tmp_path), **more}


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("wl-copy", "WAYLAND_DISPLAY"),
        ("xclip", "DISPLAY"),
        ("xsel", "DISPLAY"),
        ("pbcopy", ""),
        ("termux-clipboard-set", ""),
    ],
)
def test_a_program_gets_the_text_on_its_standard_input(tmp_path, programs, name, variable):
    programs(name)
    environ = desktop(tmp_path, **({variable: ":0"} if variable else {}))
    assert fill_clipboard(TEXT, environ) == name
    assert (tmp_path / "got").read_text() == TEXT
    assert "Dear" not in (tmp_path / "args").read_text()


def test_windows_gets_its_own_encoding(tmp_path, programs):
    programs("clip.exe")
    assert fill_clipboard("häl", desktop(tmp_path)) == "clip.exe"
    assert (tmp_path / "got").read_bytes().decode("utf-16") == "häl"


@pytest.mark.parametrize("name", ["wl-copy", "xclip", "xsel"])
def test_without_a_desktop_nothing_is_tried(tmp_path, programs, name):
    programs(name)
    assert fill_clipboard(TEXT, desktop(tmp_path, DISPLAY="")) == ""
    assert not (tmp_path / "got").exists()


def test_one_that_fails_gives_way_to_the_next(tmp_path, programs):
    programs("wl-copy", "exit 1")
    programs("xclip")
    environ = desktop(tmp_path, WAYLAND_DISPLAY="wayland-0", DISPLAY=":0")
    assert fill_clipboard(TEXT, environ) == "xclip"


def test_one_that_never_ends_is_given_up(tmp_path, programs, monkeypatch):
    monkeypatch.setattr(clipboard, "TIME_LIMIT", 0.2)
    programs("xclip", "exec /bin/sleep 60")
    assert fill_clipboard(TEXT, desktop(tmp_path, DISPLAY=":0")) == ""


def test_one_that_stays_in_the_background_is_not_waited_for(tmp_path, programs):
    programs("xclip", "/bin/sleep 5 &")
    assert fill_clipboard(TEXT, desktop(tmp_path, DISPLAY=":0")) == "xclip"


def test_one_that_cannot_be_run_is_none(tmp_path):
    broken = tmp_path / "pbcopy"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o700)
    assert fill_clipboard(TEXT, desktop(tmp_path)) == ""


def test_no_program_at_all(tmp_path):
    assert fill_clipboard(TEXT, desktop(tmp_path, DISPLAY=":0")) == ""


def test_half_a_character_is_no_reason_to_fail(tmp_path, programs):
    programs("pbcopy")
    assert fill_clipboard("a\ud800b", desktop(tmp_path)) == "pbcopy"
    assert (tmp_path / "got").read_text() == "a?b"


def test_there_is_one_way_to_copy() -> None:
    """Terminals that know no OSC 52 are met by the programs of the desktop, whatever is copied."""
    pages = [*(Path(clipboard.__file__).parent).rglob("*.py")]
    asks = [file.name for file in pages if ".copy_to_clipboard(" in file.read_text("utf-8")]
    assert asks == ["outside.py"]
