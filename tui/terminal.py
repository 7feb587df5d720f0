"""The terminal as the program reads it: whatever comes, in pieces that belong together."""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from tui.key_door import in_order

if TYPE_CHECKING:
    from textual.app import App

    from tui.rounds import Rounds

_PIECE = 4096
"""Bytes that are read at once."""
_LOOK = 0.1
"""Seconds after which a lone escape counts as the key, and the end is looked for."""
_LARGEST = 2_000
"""Cells, across or down: four times what the widest screens show in the smallest letters."""


class TerminalReader:
    """Makes events of what a terminal sends, whatever that is.

    Textual's own parser fails for good at a sequence with a number in it that cannot be meant: a
    key without a character, a size of nothing, a report with more digits than there are. Such a
    sequence is left out here.
    """

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)

    def read(self, text: str) -> Iterator[Message]:
        """The events of `text`, which follows on what was read before."""
        for character in text:
            yield from self._events(self._parser.feed, character)

    def tick(self) -> Iterator[Message]:
        """The events that a pause brings: an escape that nothing follows is the key."""
        yield from self._events(self._parser.tick)

    def _events(self, ask: Callable[..., Iterable[Message]], *words: str) -> Iterator[Message]:
        try:
            for event in ask(*words):
                if not isinstance(event, Resize) or _can_be(event.size):
                    yield event
        except Exception:  # of whatever kind: the next sequence is a new one
            self._parser = XTermParser(self._debug)


def _can_be(size: Size) -> bool:
    """Whether a terminal can be of this size: drawing on a larger one would take all memory."""
    return 0 < size.width <= _LARGEST and 0 < size.height <= _LARGEST


class Terminal(LinuxDriver):
    """Textual's driver, but a byte that is no UTF-8 becomes a sign of its own instead of the end,
    a sequence that nobody can read is left out, what was read in one piece is marked as such, and
    the size is the terminal's own: COLUMNS and LINES, where a shell exports them, stay as they are
    when the window changes.
    """

    def __init__(
        self,
        app: "App[Any]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if size is None:
            self._size = self._get_terminal_size()

    def _get_terminal_size(self) -> tuple[int, int]:
        with suppress(OSError):
            size = os.get_terminal_size(self.fileno)
            if size.columns > 0 and size.lines > 0:
                return size.columns, size.lines
        return super()._get_terminal_size()

    def run_input_thread(self) -> None:
        door = cast("Rounds", self._app).door
        reader = TerminalReader(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode

        def take(ready: list[Any], *, last: bool = False) -> None:
            if ready:
                text = decode(os.read(self.fileno, _PIECE), final=last)
                door.reads += 1
                for event in in_order(reader.read(text), door.reads):
                    self.process_message(event)
            for event in in_order(reader.tick(), door.reads):
                self.process_message(event)

        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                take(selector.select(_LOOK))
            take(selector.select(_LOOK), last=True)
