"""Where things are: the board, its backups, the configuration.

Light: `rounds due` passes through here.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from store.rules.refusal import Refused
from store.rules.text import quoted

VARIABLE = "ROUNDS_DB"
"""The environment variable that names the board when `--db` does not."""

_FILE_NAME = "board.db"


def board_path(option: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The board's file, absolute: what `--db` says, else ROUNDS_DB, else the user's data folder.

    Takes a path (`~` is the home folder) or `sqlite:///path`, with a fourth slash for an absolute
    one. An empty ROUNDS_DB counts as none. Raises Refused for anything that is not a file; the
    sentence repeats nothing of an address but its kind, since addresses hold passwords.
    """
    if option is not None:
        return _read(option, "--db")
    if named := environ.get(VARIABLE, "").strip():
        return _read(named, VARIABLE)
    return data_folder() / _FILE_NAME


def data_folder() -> Path:
    """The folder of our own for the default board."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("rounds", appauthor=False))


def config_path() -> Path:
    """The user's configuration file, whether or not there is one."""
    from platformdirs import user_config_dir

    return Path(user_config_dir("rounds", appauthor=False), "config.toml")


def backup_dir(path: Path) -> Path:
    """The folder beside the board at `path` that holds its backups: `board-backups`."""
    return path.with_name(f"{path.stem}-backups")


def _read(text: str, origin: str) -> Path:
    text = text.strip()
    kind, separator, rest = text.partition(":")
    if separator and kind.lower() == "sqlite":
        if not rest.startswith("///") or "?" in rest:
            raise Refused(
                f"{origin} holds a sqlite address that names no file. "
                "Write sqlite:///board.db, or simply the path."
            )
        text = rest[3:]
    elif separator and (rest.startswith("//") or kind.lower() == "file"):
        raise Refused(
            f"{origin} holds a {quoted(kind)} address, and a board is a file on this machine. "
            "Give its path."
        )
    if not text or text == ":memory:":
        raise Refused(f"{origin} names no file. Give the path of a board, such as ~/jobs.db.")
    if "\0" in text or not _encodable(text):
        raise Refused(f"{origin} holds a character that no path can have. Give another path.")
    return Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111


def _encodable(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True
