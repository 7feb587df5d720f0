"""The clipboard of the system, where a program that fills it is installed.

Beside it there is the clipboard of the terminal (OSC 52), which works over SSH too, but which some
terminals do not allow, and which nobody can ask whether it worked.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

TIME_LIMIT = 2.0
"""Seconds after which a program that does not take the text is given up."""


class Tool(NamedTuple):
    """A program that reads the clipboard's new text from its standard input."""

    command: tuple[str, ...]
    needs: str = ""
    """The variable without which there is no desktop that it could talk to."""
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
    """Put `text` into the system's clipboard; the name of the program that took it, else "".

    Waits for the program, `TIME_LIMIT` at most: to be called in a thread.
    """
    for tool in TOOLS:
        if tool.needs and not environ.get(tool.needs):
            continue
        program = shutil.which(tool.command[0], path=environ.get("PATH"))
        if program is not None and _took(tool, program, text, environ):
            return tool.command[0]
    return ""


def _took(tool: Tool, program: str, text: str, environ: Mapping[str, str]) -> bool:
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
