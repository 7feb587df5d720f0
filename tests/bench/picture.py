"""What a program's output looks like on the screen."""

import re
from collections.abc import Iterable

import pyte
from terminal import COLUMNS, ROWS, Chunk

_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[@-~]"
    rb"|\x1b\[\?[0-9;]*\$[a-z]"
    rb"|\x1b\[[0-9;]*:[0-9;:]*m"
    rb"|\x1b[P_^X][^\x1b]*\x1b\\"
    rb"|\x1b\[\?[0-9;]*u"
    rb"|\x1b\[[0-9;]* q"
    rb"|\x1b\[[0-9;]*t"
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
"""Sequences that pyte would show as text."""
_CUT_OFF = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[P_^X][^\x1b]*\x1b?|[()*+])?\Z")
"""A sequence that goes on in the next chunk."""


class Picture:
    """An emulated screen."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """All lines on the screen."""
        return "\n".join(self._screen.display)

    def draw(self, chunks: Iterable[Chunk]) -> None:
        """Draw what was printed."""
        for chunk in chunks:
            data = self._held + chunk.data
            cut = _CUT_OFF.search(data)
            self._held = data[cut.start() :] if cut else b""
            whole = data[: cut.start()] if cut else data
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", whole))

    def fingerprint(self) -> int:
        """Another number whenever a character, a colour or the cursor is another one."""
        buffer, cursor = self._screen.buffer, self._screen.cursor
        cells = tuple(
            cell for y in range(ROWS) for cell in map(buffer[y].__getitem__, range(COLUMNS))
        )
        return hash((cells, cursor.x, cursor.y, cursor.hidden))

    def shows(self, texts: Iterable[str]) -> bool:
        """Whether all `texts` are on the screen."""
        shown = self.text
        return all(text in shown for text in texts)
