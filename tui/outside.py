"""What lies outside of the program: the user's editor, the clipboard, browser and mail program."""

import errno
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from store.file.text import Unreadable, text_of
from store.rules.text import Refused, printable, quoted

if TYPE_CHECKING:
    from tui.rounds import Rounds

_NAMED_BY = ("VISUAL", "EDITOR")
_USUAL = ("sensible-editor", "nano", "vim", "vi", "micro", "hx", "emacs")
"""The editors to look for, in this order, when the user names none."""
_LARGEST = 1_000_000
"""Bytes; the longest text that a field takes has a tenth of it."""
_HINT = "Set EDITOR to one, such as “nano”."
_KEYS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name))
"""Signals that keys of the terminal send: they are for the editor, which has the terminal."""


def edit_text(text: str, *, suffix: str = ".txt", environ: Mapping[str, str] = os.environ) -> str:
    """Give `text` as the user leaves it in their editor; wait until the editor has ended.

    What was typed is never lost: when the text cannot be taken over, it stays in a file that the
    sentence names.

    The editor is what VISUAL or EDITOR names, with arguments if it has any, else a usual one. The
    text lies in a folder that nobody else can read, and goes with it.

    Args:
        suffix: the end of the file's name, by which editors know the kind of text.

    Raises Refused when there is no editor, when it fails, or when it leaves no text; if something
    was typed by then, the sentence names the file that has it. Raises StillOpen for an editor that
    did not wait for the user: the file stays, since it is saved later.
    """
    variable, command = _command(environ)
    folder = Path(tempfile.mkdtemp(prefix="rounds-"))
    keep = False
    try:
        file = folder / f"rounds{suffix}"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
        began = monotonic()
        trouble = _run([*command, str(file)])
        raw = _read_back(file)
        keep = raw is not None and raw != text.encode()
        untouched = not (trouble or keep or raw is None)
        if untouched and (monotonic() - began < AT_ONCE or _missing_option(command)):
            # Left as it was so soon, or by an editor that does not wait: it is open still.
            keep = True
            raise StillOpen(_how_to_wait(variable, command, file), file)
        if trouble or raw is None:
            raise Refused(_tell(trouble or "The editor left no file.", file if keep else None))
        try:
            edited = text_of(raw, _LARGEST)
        except Unreadable as why:
            raise Refused(_tell(why.sentence("What the editor left"), file)) from None
        keep = False
        return edited
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


class StillOpen(Refused):
    """The editor came back before anything was written, and is open still: `file` has the text."""

    def __init__(self, sentence: str, file: Path) -> None:
        super().__init__(sentence)
        self.file = file


AT_ONCE = 1.0
"""Seconds within which nobody reads a text and decides to leave it as it is (product)."""
_WAITING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("code", "code-insiders", "codium", "cursor", "windsurf", "zed", "zeditor", "subl", "atom"),
        ("--wait", "-w"),
    ),
    **dict.fromkeys(("gedit", "xed", "nova", "idea", "pycharm", "webstorm"), ("--wait", "-w")),
    **dict.fromkeys(("mate", "bbedit"), ("-w", "--wait")),
    **dict.fromkeys(("gvim", "mvim", "vimx"), ("-f", "--nofork")),
    "gnome-text-editor": ("--standalone", "-s"),
    "kate": ("--block", "-b"),
    "open": ("-W",),
}
"""Editors that come back at once when told nothing else, and the options by which they wait."""


def _missing_option(command: Sequence[str]) -> str:
    """The option by which a known editor would have waited, where it was not told to."""
    options = _WAITING.get(Path(command[0]).name.removesuffix(".exe"), ())
    return "" if {*options} & {*command[1:]} else next(iter(options), "")


def _how_to_wait(variable: str, command: Sequence[str], file: Path) -> str:
    named = "an editor that waits until the text is closed, such as “code --wait”"
    if option := _missing_option(command):
        named = quoted(shlex.join([*command, option]), 100)
    return (
        f"The editor {quoted(command[0])} came back at once, and nothing was written. If it is "
        f"still open, save there: the text is in {quoted(str(file), 200)}. "
        f"From now on, set {variable or 'EDITOR'} to {named}."
    )


def _command(environ: Mapping[str, str]) -> tuple[str, list[str]]:
    """The variable that names the editor, if one does, and the editor's words.

    Refused when none is named and none is found.
    """
    for name in _NAMED_BY:
        if named := environ.get(name, "").strip():
            try:
                return name, shlex.split(named)
            except ValueError:
                raise Refused(
                    f"{name} is {quoted(named)}, which is not a command. {_HINT}"
                ) from None
    if not _has_terminal():
        raise Refused(f"There is no terminal to edit in, and EDITOR names no editor. {_HINT}")
    for usual in _USUAL:
        if found := shutil.which(usual, path=environ.get("PATH")):
            return "", [found]
    raise Refused(f"There is no editor. {_HINT}")


def _is_anywhere(program: str) -> bool:
    """Whether the program exists.

    With an unreadable folder in PATH the system says “permission denied” for a missing one.
    """
    folders = [""] if os.sep in program else os.get_exec_path()
    return any(os.path.exists(os.path.join(folder, program)) for folder in folders)  # noqa: PTH110, PTH118


def _run(command: list[str]) -> str:
    """Run the editor; gives what went wrong as a sentence, or ""."""
    name = quoted(command[0])
    try:
        with _keys_are_for_the_editor():
            code = subprocess.run(command, check=False).returncode
    except OSError as error:
        number = error.errno
        if number == errno.EACCES and not _is_anywhere(command[0]):
            number = errno.ENOENT
        why = (os.strerror(number) if number else type(error).__name__).lower()
        return f"The editor {name} cannot be started ({why}). {_HINT}"
    except ValueError:
        return f"The editor {name} cannot be started. {_HINT}"
    if code < 0:
        return f"The editor {name} was ended by signal {-code}."
    return f"The editor {name} ended with the code {code}." if code else ""


def _read_back(file: Path) -> bytes | None:
    """Read what the editor left; None when the file is gone."""
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST + 1)
    except OSError:
        return None


def _tell(trouble: str, file: Path | None) -> str:
    kept = f"What you typed is in {quoted(str(file), 200)}." if file else "Nothing was changed."
    return f"{trouble} {kept}"


def _has_terminal() -> bool:
    try:
        return bool(sys.__stdin__ and sys.__stdout__) and os.isatty(0) and os.isatty(1)
    except (OSError, ValueError):
        return False


@contextmanager
def _keys_are_for_the_editor() -> Iterator[None]:
    """Ignore Ctrl+C in this block: it is meant for the editor."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    # Not SIG_IGN, which the editor would inherit.
    def ignore(number: int, frame: FrameType | None) -> None: ...

    before = {number: signal.signal(number, ignore) for number in _KEYS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


TIME_LIMIT = 2.0
"""Seconds after which a program that does not take the text is given up."""


class Tool(NamedTuple):
    """A program that reads the clipboard's new text from its standard input."""

    command: tuple[str, ...]
    needs: str = ""
    """The variable that must be set: without it there is no desktop to reach."""
    encoding: str = "utf-8"


TOOLS = (
    Tool(("wl-copy", "--type", "text/plain"), "WAYLAND_DISPLAY"),
    Tool(("xclip", "-selection", "clipboard", "-in"), "DISPLAY"),
    Tool(("xsel", "--clipboard", "--input"), "DISPLAY"),
    Tool(("pbcopy",)),
    Tool(("termux-clipboard-set",)),
    Tool(("clip.exe",), encoding="utf-16"),
)
"""In the order in which they are tried."""


def fill_clipboard(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Put `text` into the system's clipboard; gives the name of the program that took it, or "".

    Waits for the program, `TIME_LIMIT` at most: to be called in a thread.
    """
    for tool in TOOLS:
        if tool.needs and not environ.get(tool.needs):
            continue
        program = shutil.which(tool.command[0], path=environ.get("PATH"))
        if program is not None and _give_to(tool, program, text, environ):
            return tool.command[0]
    return ""


def copy(app: "Rounds", text: str, what: str) -> None:
    """Put `text` into the clipboard of the terminal (OSC 52) and that of the system; say how. In a
    browser the page has it for its terminal's.

    Without control characters, which something else may have stored: a shell would obey them when
    they are pasted. A terminal does not answer whether it obeyed. So when no program took the text
    either, the user is told what to install if it cannot be pasted.

    Args:
        what: what is copied, as a sentence begins: “The link”.
    """
    text = printable(text)
    app.copy_to_clipboard(text)
    if app.is_web:
        app.say(f"{what}: copied.")
        return
    app.run_worker(_fill_and_say(app, text, what), group="copy", exclusive=True)


async def _fill_and_say(app: "Rounds", text: str, what: str) -> None:
    import asyncio

    program = await asyncio.to_thread(fill_clipboard, text)
    if program:
        app.say(f"{what}: copied with {program}.")
    else:
        app.say(
            f"{what}: copied by way of the terminal. "
            "If it cannot be pasted, install wl-clipboard or xclip."
        )


def _give_to(tool: Tool, program: str, text: str, environ: Mapping[str, str]) -> bool:
    # Its output goes nowhere: xclip stays on in the background and would hold a pipe open.
    try:
        done = subprocess.run(
            [program, *tool.command[1:]],
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIME_LIMIT,
            start_new_session=True,
            env={**environ, "LC_CTYPE": environ.get("LC_CTYPE") or "UTF-8"},
            check=False,
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return False
    return done.returncode == 0


OPENS_WITHIN = 1.0
"""Seconds in which a program that opens links tells that it could not; one that goes on longer is
at it (product)."""


async def open_where_the_user_is(app: "Rounds", url: str) -> bool:
    """Open `url`, which is safe to open, beside the board's page where a browser shows the board,
    else with the machine's own program; False when that fails."""
    import asyncio

    if app.is_web:
        app.open_url(url)
        return True
    return await asyncio.to_thread(open_link, url)


def open_link(url: str) -> bool:
    """Open `url` in the user's browser or mail program; False when there is none or it fails.

    To be called in a thread, with a link that is safe to open: waits `OPENS_WITHIN`, at most. A
    browser that would take over this terminal counts as none.
    """
    import webbrowser

    try:
        browser = webbrowser.get()
        if isinstance(browser, webbrowser.BackgroundBrowser):
            words = (arg.replace("%s", url) for arg in browser.args)
            return _start_silently([browser.name, *words])
        if isinstance(browser, webbrowser.GenericBrowser | webbrowser.Elinks):
            return False
        return browser.open(url)
    except (webbrowser.Error, OSError, ValueError):
        return False


def _start_silently(command: list[str]) -> bool:
    """Start what opens a link, apart from our terminal: what it prints would be painted over the
    board. False when it fails at once."""
    nothing = subprocess.DEVNULL
    opener = subprocess.Popen(
        command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
    try:
        return opener.wait(OPENS_WITHIN) == 0
    except subprocess.TimeoutExpired:
        threading.Thread(target=opener.wait, name="rounds-opener", daemon=True).start()
        return True
