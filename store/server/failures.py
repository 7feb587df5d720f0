"""What goes wrong with a board on a server, as one sentence each.

Nothing of what the server says is repeated but its own short reason for turning somebody away: a
message of a database may hold what was being stored.
"""

import re
from typing import TYPE_CHECKING

from store.errors import StoreError, name
from store.rules.text import printable, quoted
from store.server.address import Address

if TYPE_CHECKING:
    import psycopg

NO_DRIVER = (
    "The board {name} is on a PostgreSQL server, and this installation cannot reach one. Nothing "
    "was changed. Install the part for it: “pipx install 'rounds[postgres]'”."
)
UNREACHABLE = (
    "The server of the board {name} cannot be reached{why}. Nothing was changed; what was saved "
    "before is safe there. Check the address and the network, then try again."
)
REFUSED = (
    "The server of the board {name} lets no one in{why}. Nothing was changed. Check user, password "
    "(PGPASSFILE) and database, then try again."
)
LOST = (
    "The connection to the board {name} was lost. What was saved before is safe there; this change "
    "may not be. Try again: rounds connects again."
)
LOCKED = "Another program is writing to the board {name}. Nothing changed. Try again in a moment."
READ_ONLY = (
    "The board {name} is read-only for you. Nothing was changed; you can still read it. Ask its "
    "owner for “rounds boards --give”, or name another board with --db."
)
FULL = (
    "The server of the board {name} has no room left. This change was not saved; what was saved "
    "before is safe. Tell who looks after it, and try again."
)
CROWDED = (
    "The server of the board {name} takes no more connections just now. Nothing was changed. Try "
    "again in a moment."
)
AGAINST_THE_RULES = (
    "The board {name} refused a value that does not fit the rest. Nothing was saved. Read the "
    "board again and correct the entry."
)
BAD_VALUE = (
    "A value cannot be stored: a number is too large or a text holds broken characters. Nothing "
    "was saved. Correct it and try again."
)
FOREIGN = (
    "The board {name} is not as this version of rounds made it. It was not changed. Check the "
    "address, or restore the database from a backup of the server."
)
NEWER = (
    "The database of the board {name} was made by a newer version of rounds. It was not changed. "
    "Install the newest rounds and open it again."
)
OLDER = (
    "The database of the board {name} was made by an older version of rounds. It was not changed. "
    "Its owner brings it up to date by opening a board in it with “rounds”."
)
OLD_SERVER = (
    "The server of the board {name} runs a PostgreSQL that is too old. Nothing was changed. rounds "
    "needs PostgreSQL 15 or newer."
)
NO_BOARD = (
    "There is no board {board} for you in {name}. Nothing was changed. “rounds boards” lists those "
    "that there are; “rounds add” makes one where you may."
)
NOT_YOURS = (
    "You may not make the board {board} in {name}. Nothing was changed. Ask who looks after the "
    "database to make it and give it to you: “rounds boards --give ROLE”."
)

_BY_STATE = {
    "08": LOST,
    "22": BAD_VALUE,
    "23": AGAINST_THE_RULES,
    "25006": READ_ONLY,
    "25P04": LOST,
    "28": REFUSED,
    "3D": REFUSED,
    "42501": READ_ONLY,
    "42": FOREIGN,
    "3F": FOREIGN,
    "53100": FULL,
    "53300": CROWDED,
    "53": FULL,
    "55P03": LOCKED,
    "57014": LOCKED,
    "57P": LOST,
    "58": LOST,
}
"""By the beginning of the state that the server tells (SQLSTATE), the longest first."""
_TURNED_AWAY = re.compile(
    r"authentication failed|no password|does not exist|not permitted|no pg_hba\.conf", re.I
)
_FATAL = re.compile(r"FATAL:\s+([^\n]+)")


def server_error(sentence: str, address: Address, why: str = "") -> StoreError:
    """One of the sentences above as the failure of the board at `address`."""
    told = f" ({why})" if why else ""
    return StoreError(sentence.format(name=name(address), why=told, board=quoted(address.board)))


def sentence_of(error: "psycopg.Error", address: Address) -> StoreError:
    """A failure of the database, met while working on the board at `address`, as a sentence."""
    state = error.sqlstate or ""
    for length in (5, 3, 2):
        if sentence := _BY_STATE.get(state[:length]):
            return server_error(sentence, address)
    return server_error(LOST, address)


def sentence_of_connecting(error: "psycopg.Error", address: Address) -> StoreError:
    """Why no connection to the board at `address` came about, as a sentence."""
    told = str(error)
    fatal = _FATAL.search(told)
    if "too many clients" in told or "too many connections" in told:
        return server_error(CROWDED, address)
    if fatal and _TURNED_AWAY.search(fatal[1]):
        return server_error(REFUSED, address, printable(fatal[1])[:150])
    if _TURNED_AWAY.search(told) and not fatal:
        return server_error(REFUSED, address)
    return server_error(UNREACHABLE, address)
