"""A notice on the desktop, by the program that comes with it.

`notify-send` (libnotify) and `osascript` are there wherever something can show a notice. A library
would bring a D-Bus client and an event loop along, or on macOS a signed program of its own, for one
message.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from shutil import which

from store.errors import StoreError, reason
from store.rules.text import printable

_SECONDS = 10.0
"""For which the desktop is waited for."""
_BUS = "DBUS_SESSION_BUS_ADDRESS"
_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
_NOTICES = "org.freedesktop.Notifications"
_ROOT = "/org/freedesktop/Notifications"
_ASKING = (
    ("gdbus", "call", "--session", f"--dest={_NOTICES}", f"--object-path={_ROOT}",
     f"--method={_NOTICES}.GetCapabilities"),
    ("busctl", "--user", "call", _NOTICES, _ROOT, _NOTICES, "GetCapabilities"),
)  # fmt: skip
"""How to ask a desktop what it can show; either program will do."""
_MARKUP = "&<>"
"""The signs that markup gives a meaning."""
_INSTEAD = "“rounds due” lists what is due."


def show_notice(title: str, body: str, environ: Mapping[str, str]) -> None:
    """Show a notice. Raises StoreError, which says why, where there is no desktop for it."""
    mac = sys.platform == "darwin"
    program = "osascript" if mac else "notify-send"
    found = which(program, path=environ.get("PATH", os.defpath))
    if found is None:
        how = "" if mac else " Install it: the package is libnotify, or libnotify-bin."
        raise StoreError(f"No notice can be shown: {program} is not there.{how} {_INSTEAD}")
    surroundings = dict(environ)
    if not mac and not surroundings.get(_BUS):
        # cron and ssh know nothing of the session that the same user has on the desktop.
        bus = _bus_of_user(surroundings)
        if bus is None:
            raise StoreError(f"No notice can be shown: there is no desktop session. {_INSTEAD}")
        surroundings[_BUS] = f"unix:path={bus}"
    if not mac and any(sign in body for sign in _MARKUP) and _takes_markup(surroundings):
        body = escape(body, quote=False)
    try:
        done = subprocess.run(
            [found, *_arguments(title, body, mac=mac)],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StoreError(f"No notice was shown: the desktop does not answer. {_INSTEAD}") from None
    except OSError as error:
        why = reason(error)
        raise StoreError(f"No notice can be shown: {program}: {why}. {_INSTEAD}") from None
    if done.returncode:
        lines = printable(done.stderr.decode("utf-8", "replace")).strip().splitlines()
        why = lines[-1][:200].rstrip(".") if lines else f"exit code {done.returncode}"
        raise StoreError(f"No notice was shown: {program} says “{why}”. {_INSTEAD}")


def _takes_markup(environ: Mapping[str, str]) -> bool:
    """Whether the desktop takes a body for markup, as most do, and as counts where it is not
    known."""
    for program, *words in _ASKING:
        found = which(program, path=environ.get("PATH", os.defpath))
        if found is None:
            continue
        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run(
                [found, *words],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
            return b"body-markup" in said.stdout
    return True


def _arguments(title: str, body: str, *, mac: bool) -> list[bytes]:
    """Of a text none is ever an option. All of it is UTF-8, which a desktop speaks also where the
    terminal does not."""
    if mac:
        script = [word for line in _SCRIPT for word in ("-e", line)]
        # The title never begins with a dash, and ends the options.
        words = [*script, title, body]
    else:
        # A backslash in a body begins an escape sequence there, as in C.
        words = ["--app-name=rounds", "--", title, body.replace("\\", "\\\\")]
    return [word.encode("utf-8", "replace") for word in words]


def _bus_of_user(environ: Mapping[str, str]) -> Path | None:
    """The socket of the session, where systemd puts it."""
    folder = environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    bus = Path(folder, "bus")
    return bus if bus.is_socket() else None
