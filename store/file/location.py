"""Where things are: the board, its backups, the configuration.

Light: `rounds due` passes through here, and does without pathlib, which takes 2 of its 40 ms.
"""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.rules.text import Refused, quoted

if TYPE_CHECKING:
    from pathlib import Path


VARIABLE = "ROUNDS_DB"
"""The environment variable that names the board when `--db` does not."""

_FILE_NAME = "board.db"
CONFIG = "config.toml"
"""What the user's config file is called."""


def board_file(option: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The board's file, absolute: what `--db` says, else ROUNDS_DB, else the user's data folder.

    Takes a path (`~` is the home folder) or `sqlite:///path`, with a fourth slash for an absolute
    one. An empty ROUNDS_DB counts as none. Raises Refused for anything that is not a file; the
    sentence repeats nothing of an address but its kind, since addresses hold passwords.
    """
    if option is not None:
        return _read(option, "--db")
    if named := environ.get(VARIABLE, "").strip():
        return _read(named, VARIABLE)
    return os.path.join(_data_folder(), _FILE_NAME)  # noqa: PTH118


def data_folder() -> "Path":
    """The folder of our own for the default board."""
    from pathlib import Path

    return Path(_data_folder())


def _data_folder() -> str:
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")  # noqa: PTH111
    if sys.platform == "linux" and base.startswith("/") and "ANDROID_DATA" not in os.environ:
        # As platformdirs has it, which takes 3 ms to load.
        return os.path.join(base, "rounds")  # noqa: PTH118
    from platformdirs import user_data_dir

    return user_data_dir("rounds", appauthor=False)


def config_path() -> "Path":
    """The user's configuration file, whether or not there is one."""
    from pathlib import Path

    return Path(config_file())


def config_file() -> str:
    """The same as a text."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111
    if sys.platform == "linux" and base.startswith("/") and "ANDROID_DATA" not in os.environ:
        # As for the data folder.
        return os.path.join(base, "rounds", CONFIG)  # noqa: PTH118
    from platformdirs import user_config_dir

    return os.path.join(user_config_dir("rounds", appauthor=False), CONFIG)  # noqa: PTH118


def linked_file(path: str) -> str:
    """The file that the link at `path` leads to; `path` itself when it is none.

    All that belongs to a board lies beside the file, as the journal does, which SQLite puts there.
    """
    try:
        return os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114
    except ValueError:  # no file can be called so
        return path


def beside(path: "Path", what: str) -> "Path":
    """The folder that holds `what` ("backups") of the board at `path`: `board-backups`."""
    file = type(path)(linked_file(str(path)))
    return file.with_name(f"{file.stem}-{what}")


def backup_dir(path: "Path") -> "Path":
    """The folder beside the board at `path` that holds its backups: `board-backups`."""
    return beside(path, "backups")


def path_of(text: str) -> "Path":
    """The path that the user typed, `~` and `~ana` being home folders; Refused without such one."""
    from pathlib import Path

    return Path(_at_home(text))


def _at_home(text: str) -> str:
    path = os.path.expanduser(text)  # noqa: PTH111
    if path.startswith("~"):
        name = text.partition("/")[0]
        raise Refused(
            f"{quoted(text, 200)} names no file: there is no home folder {quoted(name)}. "
            f"Give another path; a file of that name is {quoted(f'./{text}', 200)}."
        )
    return path


def _read(text: str, origin: str) -> str:
    text = text.strip()
    kind, separator, rest = text.partition(":")
    if separator and kind.lower() == "sqlite":
        if not rest.startswith("///") or "?" in rest:
            raise Refused(
                f"{origin} holds a sqlite address that names no file. "
                "Write sqlite:///board.db, or simply the path."
            )
        text = rest[3:]
    elif separator and (
        rest.startswith("//") or kind.lower() == "file" or _is_mistyped(kind, rest)
    ):
        raise Refused(
            f"{origin} holds a {quoted(kind)} address, and a board is a file on this machine. "
            "Give its path."
        )
    if not text or text == ":memory:":
        raise Refused(f"{origin} names no file. Give the path of a board, such as ~/jobs.db.")
    if "\0" in text or not _encodable(text):
        raise Refused(f"{origin} holds a character that no path can have. Give another path.")
    return os.path.abspath(_at_home(text))  # noqa: PTH100


def _is_mistyped(kind: str, rest: str) -> bool:
    """Whether this is an address with a slash too few rather than a folder whose name ends in a
    colon; a single letter is a drive."""
    return rest.startswith("/") and len(kind) > 1 and kind.replace("+", "").isalnum()


def _encodable(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True


APPLICATION_ID = 0x726E6473
"""The number in the header of every board file (`PRAGMA application_id`): "rnds" in ASCII."""

REVISIONS: tuple[str, ...] = tuple(f"{number:04}" for number in range(1, 12))
"""Every migration from the first to the newest: what is not listed here is newer than this code."""

HEAD: str = REVISIONS[-1]
"""The form that this version of the program reads and writes."""
