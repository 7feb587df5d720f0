"""The program behind one page: the board, drawn for the browser instead of a terminal.

Started by the server, once for each page that is open, with the board's file or address.
"""

import os
import sys
from pathlib import Path
from typing import cast

from store.clock import SystemClock
from store.errors import StoreError
from store.place import Place, board_place
from store.rules.text import Refused, printable
from store.server.address import Address, is_address

_BEGIN = b"__GANGLION__\n"
"""What the server waits for before it hands anything on to the page."""
_LEAVE = b'"quit"'
"""What it sends when the page was closed."""


def main() -> int:
    """Show the board; gives the exit code. What keeps it from opening is told on the page."""
    from tui.running import run_board

    try:
        return run_board(_place(sys.argv[1]), SystemClock())
    except (Refused, StoreError) as error:
        _tell(str(error))
        return 1


def _place(said: str) -> Place:
    """A file, or an address: all of that is in the environment, which nobody else can list."""
    if is_address(said):
        return cast(Address, board_place(None))
    return Path(board_place(said))


def _tell(sentence: str) -> None:
    """Write a sentence where the board would be, and leave it there until the page is closed."""
    text = f"\x1b[2J\x1b[H{printable(sentence)}".encode()
    os.write(1, _BEGIN)
    os.write(1, b"D" + len(text).to_bytes(4, "big") + text)
    while (said := os.read(0, 4096)) and _LEAVE not in said:
        pass


if __name__ == "__main__":
    sys.exit(main())
