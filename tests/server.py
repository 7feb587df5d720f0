"""A PostgreSQL of the tests' own: Debian's programs, on files in a folder that goes with them.

Nothing is installed for it and no server that is there is touched. Without the programs what needs
it is skipped, and fails where `ROUNDS_CI` is set.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.stillness import PATIENCE

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}
_DEATH = 1
"""PR_SET_PDEATHSIG: whatever becomes of the tests, their server ends."""


def programs() -> Path:
    """The folder of the newest server's programs; skips, or fails, where there are none."""
    if _PROGRAMS:
        return _PROGRAMS[-1].parent
    if os.environ.get("ROUNDS_CI"):
        pytest.fail("Debian's postgresql is not installed, and is not to be missed here")
    pytest.skip("Debian's postgresql is not installed")


class Server:
    """A server in `folder`, reached by a socket there; one database for each that asks.

    Args:
        settings: what is set otherwise than for tests that want to be quick.
    """

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self._bin = programs()
        self._settings = {**_SETTINGS, **(settings or {})}
        self.folder = Path(tempfile.mkdtemp(prefix="rounds-pg-"))
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._who = _commoner()
        if self._who:
            os.chown(self.folder, self._who["user"], self._who["group"])
        self.folder.chmod(0o755)
        make = [self._bin / "initdb", "-D", self._data, "-U", "rounds", "-A", "trust", "-E", "UTF8"]
        self._run([*make, "--locale", "C", "--no-sync"])

    def start(self) -> None:
        """Start it; it is there when this returns."""
        words = [self._bin / "postgres", "-D", self._data, "-k", self.folder]
        words += [
            word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")
        ]
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("ab"),
            preexec_fn=_die_with_us,
            **self._who,
        )
        ready = [
            self._bin / "pg_isready",
            "-q",
            "-h",
            self.folder,
            "-U",
            "rounds",
            "-d",
            "postgres",
        ]
        deadline = time.monotonic() + PATIENCE
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(PATIENCE)
            self._process = None

    def remove(self) -> None:
        """Stop it and take its files away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, board: str = "", *, user: str = "rounds") -> str:
        """The address of a database, or of a board in it."""
        where = str(self.folder).replace("/", "%2F")
        rest = f"&board={board}" if board else ""
        return f"postgresql://{user}@/{database}?host={where}{rest}"

    def new_database(self) -> str:
        """Make an empty database; gives its name."""
        self._made += 1
        name = f"d{os.getpid()}_{self._made}"
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    @contextmanager
    def connect(self, database: str) -> Iterator[Any]:
        """A connection past the program, on which each statement is a transaction."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            yield connection

    def _run(self, words: list[Any]) -> None:
        done = subprocess.run(words, capture_output=True, check=False, cwd="/", **self._who)
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace"))


def _commoner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    return {}


def _die_with_us() -> None:
    ctypes.CDLL(None).prctl(_DEATH, signal.SIGINT)
