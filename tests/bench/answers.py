"""What a terminal answers when a program asks about it, so that no program waits for nothing."""

import re

_QUERY = re.compile(
    rb"\x1b\[(?P<device>[>=]?)0?c"
    rb"|\x1b\[\??(?P<status>[56])n"
    rb"|\x1b\[\?(?P<mode>[0-9]+)\$p"
    rb"|\x1b\[>0?(?P<version>q)"
    rb"|\x1b\](?P<colour>1[0-2]);\?(?:\x07|\x1b\\)"
    rb"|\x1b\[(?P<size>14|16|18)t"
)
_UNKNOWN_MODES = frozenset({b"2026", b"2027", b"2031", b"2048"})
"""Modes that a plain xterm does not know: synchronized output, in-band resize and the like."""
_CELL_HEIGHT, _CELL_WIDTH = 16, 8
_LONGEST = 4_096


class Answers:
    """Answers as an xterm of `rows` x `columns` on a dark ground does."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows = rows
        self._columns = columns
        self._unread = b""

    def to(self, output: bytes) -> bytes:
        """The answers to the queries in the next piece of a program's output."""
        if b"\x1b" not in output and b"\x1b" not in self._unread:
            return b""
        self._unread = (self._unread + output)[-_LONGEST:]
        answers, end = b"", 0
        for query in _QUERY.finditer(self._unread):
            answers += self._one(query)
            end = query.end()
        self._unread = self._unread[end:]
        return answers

    def _one(self, query: re.Match[bytes]) -> bytes:
        match query.lastgroup:
            case "device":
                primary, secondary = b"\x1b[?64;1;2;6;22c", b"\x1b[>41;390;0c"
                return {b"": primary, b">": secondary}.get(query["device"], b"")
            case "status":
                return b"\x1b[0n" if query["status"] == b"5" else b"\x1b[1;1R"
            case "mode":
                state = b"0" if query["mode"] in _UNKNOWN_MODES else b"2"
                return b"\x1b[?%b;%b$y" % (query["mode"], state)
            case "version":
                return b"\x1bP>|XTerm(390)\x1b\\"
            case "colour":
                shade = b"0000" if query["colour"] == b"11" else b"ffff"
                return b"\x1b]%b;rgb:%b/%b/%b\x1b\\" % (query["colour"], shade, shade, shade)
            case _:
                return self._size(query["size"])

    def _size(self, what: bytes) -> bytes:
        if what == b"18":
            return b"\x1b[8;%d;%dt" % (self._rows, self._columns)
        if what == b"14":
            height, width = self._rows * _CELL_HEIGHT, self._columns * _CELL_WIDTH
            return b"\x1b[4;%d;%dt" % (height, width)
        return b"\x1b[6;%d;%dt" % (_CELL_HEIGHT, _CELL_WIDTH)
