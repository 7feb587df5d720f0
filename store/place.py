"""Where a board is: in a file on this machine, or in a database on a server.

Light: every command passes through here.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Union

from store.file.location import VARIABLE, board_file, data_folder
from store.server.address import Address, address_of, beside, is_address

if TYPE_CHECKING:
    from pathlib import Path

Place = Union["Path", Address]
"""A file, or an address on a server."""


def board_place(option: str | None, environ: Mapping[str, str] = os.environ) -> str | Address:
    """Where the board is: what `--db` says, else ROUNDS_DB, else the user's data folder.

    A path or `sqlite:///path`, as `store.file.location.board_file` has it, or `postgresql://…`.
    Raises Refused for what names neither.
    """
    said, origin = (option, "--db") if option is not None else (environ.get(VARIABLE, ""), VARIABLE)
    return address_of(said, origin) if is_address(said) else board_file(option, environ)


def path_beside(place: "str | Place") -> "Path":
    """The board's file; for a board on a server the path in the user's data folder beside which
    lies what this machine keeps for it: texts not saved yet, what was told."""
    from pathlib import Path

    if isinstance(place, Address):
        return beside(place, data_folder())
    return Path(place)
