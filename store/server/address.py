"""Where a board on a server is: an address, of which nobody gets to see the password.

Light: every command passes through here.
"""

import os
import re
from os import PathLike
from typing import TYPE_CHECKING

from store.rules.text import Refused, quoted

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("postgresql", "postgres")
BOARD = "board"
"""The board that is meant where the address names none, and how the address names one."""

_NAME = r"[^\W_][\w.-]{0,62}"
_HOST = r"(?:\[[0-9A-Fa-f:.%]+\]|[^\[\]:]*)(?::\d*)?"
_SHOWN = ("service", "host", "hostaddr", "port", "dbname", "user")
"""What libpq takes behind the question mark and everybody may see."""


class Address(PathLike[str]):
    """A board in a database: `postgresql://ana@host/jobs?board=ana`.

    As a path or a text it is what may be shown: without a password, whatever else it has.

    Attributes:
        conninfo: what libpq connects by; not to be shown.
        board: the name of the board in that database.
    """

    def __init__(self, conninfo: str, board: str, shown: str) -> None:
        self.conninfo = conninfo
        self.board = board
        self._shown = shown

    def __fspath__(self) -> str:
        return self._shown

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"Address({self._shown!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Address):
            return NotImplemented
        return (self.conninfo, self.board) == (other.conninfo, other.board)

    def __hash__(self) -> int:
        return hash((self.conninfo, self.board))

    @property
    def whole(self) -> str:
        """All of the address, with a password that is in there: not to be shown."""
        return f"{self.conninfo}{'&' if '?' in self.conninfo else '?'}{BOARD}={self.board}"

    def of(self, board: str) -> "Address":
        """The address of another board in the same database."""
        return address_of(Address(self.conninfo, board, "").whole, "The address")


def is_address(text: str) -> bool:
    """Whether `text` names a database on a server, and no file."""
    kind, separator, _ = text.partition("://")
    return bool(separator) and kind.strip().lower() in SCHEMES


def address_of(text: str, origin: str) -> Address:
    """The address in `text`, which came from `origin` ("--db").

    What libpq knows stays as it is: several hosts, `service=`, `sslmode=`. Raises Refused, with a
    sentence that repeats nothing of the address, for one of which cannot be told where a password
    ends, and for a name that no board has.
    """
    kind, _, rest = text.strip().partition("://")
    rest, _, query = rest.partition("?")
    authority, slash, database = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    whole = all(re.fullmatch(_HOST, host) for host in hosts.split(","))
    if "\0" in text or kind.strip().lower() not in SCHEMES:
        raise Refused(f"{origin} is no address of a database. Write postgresql://HOST/DATABASE.")
    if not whole or "@" in f"{database}{query}" or "#" in text or " " in text.strip():
        raise Refused(
            f"{origin} holds a character that has to be written otherwise in an address, such as "
            "%40 for @, %2F for /, %3A for : and %3F for ?. Or leave the password out: it is read "
            "from PGPASSFILE, and the rest from PGSERVICE."
        )
    board, kept, shown = BOARD, [], []
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        if name == BOARD:
            board = value
            continue
        kept.append(part)
        if name in _SHOWN:
            shown.append(part)
    if not re.fullmatch(_NAME, board):
        raise Refused(
            f"No board can be called {quoted(board)}. Use a to z, digits, points and hyphens."
        )
    begin = f"postgresql://{authority}{slash}{database}"
    public = f"{user.partition(':')[0]}{at}{hosts}{slash}{database}"
    if board != BOARD:
        shown.append(f"board={board}")
    conninfo = f"{begin}?{'&'.join(kept)}" if kept else begin
    told = f"postgresql://{public}?{'&'.join(shown)}" if shown else f"postgresql://{public}"
    return Address(conninfo, board, told)


def beside(address: Address, folder: "Path") -> "Path":
    """The path in `folder` beside which lies on this machine what belongs to the board there.
    Nothing is at the path itself."""
    from hashlib import sha256

    named = sha256(os.fspath(address).encode()).hexdigest()[:12]
    return folder / "servers" / f"{address.board}-{named}.db"
