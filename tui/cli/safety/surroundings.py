"""What the program runs in: versions, the terminal, the clipboard, the zone of the clock."""

import os
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any

from store.clock import Clock
from store.file.checking import Finding
from tui.outside import TOOLS
from tui.widgets.plain import wants_plain

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(.*)")
_AT_LEAST = re.compile(r">=\s*([0-9.]+)")
_LEAST_WIDTH, _LEAST_HEIGHT = 40, 10
"""Cells in which the board still has room (product)."""


def check_versions(facts: dict[str, Any]) -> Iterator[Finding]:
    """Whether what the program needs is there, in a version that will do."""
    facts["rounds"] = _version("rounds")
    facts["python"] = platform.python_version()
    facts["sqlite"] = sqlite3.sqlite_version
    facts["system"] = f"{platform.system()} {platform.release()}"
    facts["libraries"] = libraries = {}
    try:
        required = metadata.requires("rounds") or []
    except metadata.PackageNotFoundError:
        required = []
    for requirement in required:
        name, bounds = _split(requirement)
        if "extra ==" in bounds:
            continue
        libraries[name] = found = _version(name)
        least = _AT_LEAST.search(bounds)
        if found is None or (least and _numbers(found) < _numbers(least[1])):
            yield Finding(
                "versions",
                f"{name} is {'missing' if found is None else f'too old ({found})'}: install rounds "
                f"again, which brings {name} {least[1] if least else ''} or newer.".replace(
                    "  ", " "
                ),
            )


def _split(requirement: str) -> tuple[str, str]:
    match = _REQUIREMENT.match(requirement)
    return (match[1], match[2]) if match else (requirement, "")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def colours_of(environ: Mapping[str, str]) -> str:
    """How many colours the terminal says that it has: "all", "256", "16" or "none"."""
    if environ.get("NO_COLOR"):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "all"
    term = environ.get("TERM", "").lower()
    if term in ("", "dumb", "unknown"):
        return "none"
    if "256color" in term or term.startswith(("xterm-kitty", "alacritty", "foot", "tmux")):
        return "256"
    return "16"


def check_terminal(
    environ: Mapping[str, str], facts: dict[str, Any], *, there: bool
) -> Iterator[Finding]:
    """Whether colours, keys and clipboard are what the board would like; nothing without one."""
    facts["terminal"] = shown = {
        "there": there,
        "term": environ.get("TERM", ""),
        "program": environ.get("TERM_PROGRAM", ""),
        "colours": colours_of(environ),
        "within": [name for name, at in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_TTY"))
                   if environ.get(at)],
        "plain_signs": wants_plain(environ),
        "clipboard": _clipboard(environ) or "terminal",
        "encoding": (getattr(sys.stdout, "encoding", "") or "").lower(),
    }  # fmt: skip
    if not there:
        return
    size = shutil.get_terminal_size()
    shown["size"] = f"{size.columns}x{size.lines}"
    if environ.get("TERM") in (None, "", "dumb"):
        yield _note(
            "keys",
            "TERM says that this terminal moves no cursor, so that the board cannot open: set TERM "
            "to what your terminal is, such as xterm-256color.",
        )
    elif shown["colours"] == "16":
        yield _note(
            "colours",
            "The terminal says that it has 16 colours: if it has more, set TERM=xterm-256color or "
            "COLORTERM=truecolor.",
        )
    if environ.get("STY"):
        yield _note(
            "keys",
            "GNU screen would hold back Esc if it reported the mouse, so that the mouse is off: "
            "use the keys, or tmux.",
        )
    if shown["plain_signs"] and not environ.get("TERM", "").startswith(("linux", "vt")):
        yield _note(
            "signs",
            "The locale is not UTF-8, so that plain signs are drawn: set LANG to a UTF-8 one, such "
            "as C.UTF-8.",
        )
    if (size.columns, size.lines) < (_LEAST_WIDTH, 0) or size.lines < _LEAST_HEIGHT:
        yield _note(
            "size",
            f"The terminal has {size.columns}x{size.lines} cells: make it larger, at best 80x24.",
        )
    desktop = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    if desktop and not environ.get("SSH_TTY") and not _clipboard(environ):
        yield _note(
            "clipboard",
            "No program for the clipboard was found, and some terminals take no text for it: "
            "install wl-clipboard or xclip.",
        )


def _clipboard(environ: Mapping[str, str]) -> str:
    for tool in TOOLS:
        wanted = not tool.needs or environ.get(tool.needs)
        if wanted and shutil.which(tool.command[0], path=environ.get("PATH")):
            return tool.command[0]
    return ""


def check_zone(clock: Clock, facts: dict[str, Any]) -> Iterator[Finding]:
    """Whether the machine knows in which zone its user is."""
    now = clock.now()
    facts["zone"] = getattr(clock.zone, "key", None) or now.strftime("%z")
    facts["today"] = now.date().isoformat()
    if getattr(clock, "note", ""):
        yield _note(
            "zone",
            "TZ names no zone that this machine knows, so that times may be an hour off: set it to "
            "one, such as Europe/Berlin, or unset it.",
        )


def _note(code: str, sentence: str) -> Finding:
    return Finding(code, sentence, serious=False)


def has_terminal() -> bool:
    """Whether the streams are a terminal, so that its properties are worth a word."""
    try:
        return os.isatty(0) and os.isatty(1)
    except OSError:
        return False
