"""A page of the browser as the program's terminal: what is typed there, and what becomes of it."""

from codecs import getincrementaldecoder
from typing import Protocol, cast

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver, _ExitInput

from tui.door import Door, in_order
from tui.terminal import Reader

_GONE = 129
"""The exit code when the page's server is gone, as when a terminal is closed."""


class _Program(Protocol):
    @property
    def door(self) -> Door: ...
    def leave(self, code: int) -> None: ...


class BrowserTerminal(WebDriver):
    """Textual's driver, but a sequence that nobody can read is left out, what was read in one piece
    is marked as such, and the program ends when the server is gone."""

    def run_input_thread(self) -> None:
        app = cast(_Program, self._app)
        reader, stream = Reader(self._debug), ByteStream()
        decode = getincrementaldecoder("utf-8")("replace").decode
        try:
            for data in self._input_reader:
                app.door.reads += bool(data)
                for kind, payload in stream.feed(data) if data else ():
                    if kind == "D":
                        for event in in_order(reader.read(decode(payload)), app.door.reads):
                            self.process_message(event)
                    else:
                        self._on_meta(kind, payload)
                for event in in_order(reader.tick(), app.door.reads):
                    self.process_message(event)
        except _ExitInput:
            pass
        finally:
            self._input_reader.close()
            if not self.exit_event.is_set():
                app.leave(_GONE)
