"""The user's editor, played by small programs: what it leaves, and how it fails; the clipboard, by
whichever program is there.
"""

import errno
import re
import stat
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from store.rules.text import Refused
from tests.stillness import PATIENCE
from tui import outside
from tui import outside as clipboard
from tui import outside as editor
from tui.outside import StillOpen, edit_text, fill_clipboard

Editor = Callable[[str], dict[str, str]]


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An environment whose editor is the Python code given; it finds the file in `path`."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr("tui.outside.AT_ONCE", 0)

    def environment(code: str) -> dict[str, str]:
        program = tmp_path / "my editor.py"
        program.write_text(f"import sys, os, pathlib\npath = pathlib.Path(sys.argv[-1])\n{code}\n")
        return {"EDITOR": f"'{sys.executable}' '{program}' --wait"}

    return environment


def left_over(tmp_path: Path) -> list[Path]:
    """The files that are still in the folder for temporary ones."""
    return [file for file in (tmp_path / "tmp").rglob("*") if file.is_file()]


def test_what_the_editor_leaves_is_the_text(played: Editor, tmp_path: Path) -> None:
    environ = played("path.write_text(path.read_text() + 'Ana — “hi”\\n', encoding='utf-8')")
    assert edit_text("one\n", environ=environ) == "one\nAna — “hi”\n"
    assert left_over(tmp_path) == []


def test_nobody_else_can_read_it(played: Editor, tmp_path: Path) -> None:
    environ = played(
        "path.write_text(oct(path.stat().st_mode) + ' ' + oct(path.parent.stat().st_mode))"
    )
    modes = re.findall(r"0o\d+", edit_text("secret", environ=environ))
    assert [stat.S_IMODE(int(mode, 8)) for mode in modes] == [0o600, 0o700]


def test_the_file_has_the_suffix_and_the_arguments_come_along(played: Editor) -> None:
    environ = played("path.write_text(path.suffix + sys.argv[1])")
    assert edit_text("", suffix=".md", environ=environ) == ".md--wait"


def test_visual_goes_before_editor(played: Editor) -> None:
    environ = played("path.write_text('editor')")
    assert edit_text("", environ=environ | {"VISUAL": "true"}) == ""
    assert edit_text("", environ=environ | {"VISUAL": "  "}) == "editor"


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"a\r\nb\r\n", "a\nb\n"), (b"\xef\xbb\xbfa", "a"), (b"", "")],
    ids=["windows", "mark", "nothing"],
)
def test_line_ends_and_marks_of_other_systems(played: Editor, raw: bytes, text: str) -> None:
    assert edit_text("x", environ=played(f"path.write_bytes({raw!r})")) == text


def test_a_file_that_was_put_in_its_place_counts(played: Editor) -> None:
    """As vim does it: the new text in a new file, then renamed."""
    code = "new = path.with_name('4913'); new.write_text('new'); new.replace(path)"
    assert edit_text("old", environ=played(code)) == "new"


@pytest.mark.parametrize(
    ("code", "sentence", "kept"),
    [
        ("sys.exit(1)", "ended with the code 1. Nothing was changed", None),
        ("path.write_text('typed'); sys.exit(3)", "ended with the code 3. What you typed", "typed"),
        ("os.kill(os.getpid(), 9)", "ended by signal 9. Nothing was changed", None),
        ("path.unlink()", "left no file. Nothing was changed", None),
        ("path.write_bytes(b'caf\\xe9')", "1: this is not UTF-8 text. Save the", b"caf\xe9"),
        ("path.write_text('x' * 1_000_001)", "more than 1,000,000 bytes", "x" * 1_000_001),
    ],
    ids=["refused", "typed", "killed", "removed", "latin-1", "endless"],
)
def test_a_failure_is_a_sentence_and_loses_nothing(
    played: Editor, tmp_path: Path, code: str, sentence: str, kept: str | bytes | None
) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)) as refused:
        edit_text("as it was", environ=played(code))
    if kept is None:
        assert left_over(tmp_path) == []
    else:
        (file,) = left_over(tmp_path)
        assert str(file) in str(refused.value)
        assert file.read_bytes() == (kept if isinstance(kept, bytes) else kept.encode())


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("no-such-editor-anywhere", "cannot be started (no such file"),
        ("/", "cannot be started"),
        ("nano 'x", "which is not a command"),
        ("a\0b", "cannot be started"),
    ],
)
def test_an_editor_that_is_none_is_said(played: Editor, named: str, sentence: str) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)) as refused:
        edit_text("x", environ={"EDITOR": named})
    assert "Set EDITOR" in str(refused.value)


def test_a_folder_that_may_not_be_looked_into_hides_no_missing_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(editor.subprocess, "run", denied)
    here = tmp_path / "here"
    here.write_text("no program")
    for named, sentence in (("nowhere", "no such file"), (str(here), "permission denied")):
        with pytest.raises(Refused, match=sentence):
            edit_text("x", environ={"EDITOR": named})


def test_without_a_terminal_no_editor_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "_has_terminal", lambda: False)
    with pytest.raises(Refused, match="no terminal to edit in"):
        edit_text("x", environ={})


def test_a_usual_editor_is_found_on_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(editor, "_has_terminal", lambda: True)
    with pytest.raises(Refused, match="There is no editor"):
        edit_text("x", environ={"PATH": str(tmp_path)})
    nano = tmp_path / "nano"
    nano.write_text('#!/bin/sh\necho nano > "$1"\n')
    nano.chmod(0o755)
    assert edit_text("x", environ={"PATH": str(tmp_path)}) == "nano\n"


@pytest.mark.parametrize("program", ["code", "gvim", "myeditor"])
def test_an_editor_that_does_not_wait_leaves_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """It comes back at once, and saves when the user is done."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(editor, "AT_ONCE", 0 if program != "myeditor" else PATIENCE)
    (tmp_path / program).write_text("#!/bin/sh\n")
    (tmp_path / program).chmod(0o755)
    with pytest.raises(StillOpen) as refused:
        edit_text("as it was", environ={"EDITOR": str(tmp_path / program)})
    said = str(refused.value)
    (file,) = left_over(tmp_path)
    assert refused.value.file == file
    assert file.read_text() == "as it was"
    assert str(file) in said
    waits = {"code": f"{program} --wait", "gvim": f"{program} -f"}.get(program, "code --wait")
    assert f"{waits}”." in said
    file.unlink()
    if program != "myeditor":
        option = waits.partition(" ")[2]
        named = {"VISUAL": f"{tmp_path / program} {option}"}
        assert edit_text("as it was", environ=named) == "as it was", "it was closed unchanged"
        assert left_over(tmp_path) == []


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


Opener = Callable[[str], None]


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Sets what opens links, as xdg-open does, to the Python code given."""

    def install(code: str) -> None:
        program = tmp_path / "xdg-open"
        program.write_text(f"#!{sys.executable}\nimport os, sys, time\n{code}\n")
        program.chmod(0o755)
        monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser(str(program)))

    monkeypatch.setattr(outside, "OPENS_WITHIN", PATIENCE)
    return install


def test_an_opener_paints_nothing_over_the_board(
    opener: Opener, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor does it read our keys, or hear the signals of our terminal."""
    heard = tmp_path / "heard"
    opener(
        "print('loud', flush=True); print('loud', file=sys.stderr, flush=True)\n"
        f"open({str(heard)!r}, 'w').write(f'{{sys.argv[1:]}} {{sys.stdin.read()!r}} "
        "{os.getsid(0) == os.getpid()}')"
    )
    assert outside.open_link("https://acme.example/a?b=c&d")
    assert heard.read_text() == "['https://acme.example/a?b=c&d'] '' True"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("code", ["sys.exit(3)", "os.kill(os.getpid(), 9)"])
def test_an_opener_that_fails_opened_nothing(opener: Opener, code: str) -> None:
    opener(code)
    assert not outside.open_link("https://acme.example")


def test_an_opener_that_goes_on_is_not_waited_for(
    opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "OPENS_WITHIN", 0.1)
    goes_on = tmp_path / "goes-on"
    goes_on.touch()
    opener(f"while os.path.exists({str(goes_on)!r}): time.sleep(0.01)")
    assert outside.open_link("https://acme.example")
    goes_on.unlink()


def test_what_cannot_be_started_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    none = webbrowser.BackgroundBrowser("/no/such/opener")
    monkeypatch.setattr(webbrowser, "get", lambda: none)
    assert not outside.open_link("https://acme.example")
    for takes_the_terminal in (webbrowser.GenericBrowser("lynx"), webbrowser.Elinks("elinks")):
        monkeypatch.setattr(webbrowser, "get", lambda it=takes_the_terminal: it)
        assert not outside.open_link("https://acme.example")
