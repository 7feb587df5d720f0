"""The data files of this room: which columns and statuses mean what, and the formats known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ROOM = Path(__file__).parent


def read_toml(name: str) -> dict[str, Any]:
    """The file `name` of this room."""
    import tomllib  # for imports only

    return tomllib.loads(_ROOM.joinpath(name).read_text(encoding="utf-8"))


def format_files() -> Iterator[str]:
    """The names of the files of formats, each to be read by `read_toml`."""
    for file in sorted(_ROOM.joinpath("formats").glob("*.toml")):
        yield f"formats/{file.name}"
