"""A page of the browser as the program's terminal: what is typed there, and what becomes of it."""

import asyncio
import signal
from codecs import getincrementaldecoder
from typing import Protocol, cast

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver, _ExitInput

from tui.key_door import Door, in_order
from tui.terminal import TerminalReader

_GONE = 129
"""The exit code when the page's server is gone, as when a terminal is closed."""


class _Program(Protocol):
    @property
    def door(self) -> Door: ...
    def leave(self, code: int) -> None: ...


class BrowserTerminal(WebDriver):
    """Textual's driver, but a sequence that nobody can read is left out, what was read in one piece
    is marked as such, and the program ends when the server is gone."""

    def start_application_mode(self) -> None:
        super().start_application_mode()
        loop = asyncio.get_running_loop()
        # Ctrl+C ends the server, which then asks each program to end.
        loop.add_signal_handler(signal.SIGINT, lambda: None)
        loop.add_signal_handler(signal.SIGTERM, self._program.leave, 128 + signal.SIGTERM)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type == "quit":
            self._program.leave(0)
        else:
            super().on_meta(packet_type, payload)

    @property
    def _program(self) -> _Program:
        return cast(_Program, self._app)

    def run_input_thread(self) -> None:
        app = self._program
        reader, stream = TerminalReader(self._debug), ByteStream()
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
