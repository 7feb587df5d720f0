"""The terminal as the program reads it: whatever comes, in pieces that belong together."""

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.door import in_order

if TYPE_CHECKING:
    from tui.rounds import Rounds

_PIECE = 4096
"""Bytes that are read at once."""
_LOOK = 0.1
"""Seconds after which a lone escape counts as the key, and the end is looked for."""


class Terminal(LinuxDriver):
    """Textual's driver, but a byte that is no UTF-8 becomes a sign of its own instead of the end,
    and what was read in one piece is marked as such."""

    def run_input_thread(self) -> None:
        door = cast("Rounds", self._app).door
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode

        def take(ready: list[Any], *, last: bool = False) -> None:
            if ready:
                text = decode(os.read(self.fileno, _PIECE), final=last)
                door.reads += 1
                for event in in_order(parser.feed(text) if text else (), door.reads):
                    self.process_message(event)
            for event in in_order(parser.tick(), door.reads):
                self.process_message(event)

        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            try:
                while not self.exit_event.is_set():
                    take(selector.select(_LOOK))
                take(selector.select(_LOOK), last=True)
            finally:
                with suppress(EOFError, ParseError):
                    for _ in parser.feed(""):
                        pass
