"""How results are printed: aligned by terminal cells, cut and coloured only for a terminal."""

import fcntl
import io
import os
import pty
import struct
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import each_row
from tui.cli import output
from tui.cli.output import RED, YELLOW, Output, TableCell, cells, clip

ESC = "\x1b"


class Terminal:
    """A pseudo-terminal of a given width, and what was drawn on it."""

    def __init__(self, columns: int) -> None:
        self.leader, self.follower = pty.openpty()
        self.resize(columns)
        self.stream: TextIO = open(self.follower, "w", encoding="utf-8", closefd=False)  # noqa: SIM115

    def resize(self, columns: int) -> None:
        """Make it `columns` wide."""
        fcntl.ioctl(self.follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def drawn(self) -> str:
        """Everything printed so far, with plain line ends."""
        print("THE END", file=self.stream, flush=True)
        drawn = b""
        while b"THE END" not in drawn:
            drawn += os.read(self.leader, 65_536)
        return drawn.partition(b"THE END")[0].decode().replace("\r\n", "\n")


@contextmanager
def terminal(columns: int) -> Iterator[Terminal]:
    made = Terminal(columns)
    try:
        yield made
    finally:
        made.stream.close()
        os.close(made.leader)
        os.close(made.follower)


ROWS = [
    ("1", TableCell("2 days late", RED), "株式会社アクメ", "x"),
    ("12", "", "Globex", "long " * 20),
]
HEADS = ("ID", "WHEN", "COMPANY", "ROLE")


def test_a_table_lines_up_by_cells(shell: Any) -> None:
    shell.add("株式会社アクメ", "Writer")
    shell.add("Globex", "Writer")
    head, *rows = shell.ok("list").out.splitlines()
    places = {cells(line[: line.index("Writer")]) for line in rows}
    assert places == {head.index("ROLE")}


def test_lines_are_cut_and_coloured_for_a_terminal_only() -> None:
    with terminal(40) as screen:
        Output(screen.stream, screen.stream, {}).table(HEADS, ROWS)
        drawn = screen.drawn()
    lines = drawn.replace(RED, "").replace(f"{ESC}[0m", "").splitlines()
    assert [line.rstrip() for line in lines] == [
        "ID  WHEN        COMPANY      ROLE",
        "1   2 days la…  株式会社ア…  x",
        "12              Globex       long long …",
    ]
    assert max(map(cells, lines)) == 40
    assert f"  {RED}2 days la…{ESC}[0m  " in drawn

    plain = io.StringIO()
    Output(plain, plain, {}).table(HEADS, ROWS)
    assert ESC not in plain.getvalue()
    assert plain.getvalue().splitlines()[2].endswith("long long")


@each_row(
    ("environ", "coloured"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_no_color_is_respected(environ: dict[str, str], coloured: bool) -> None:
    with terminal(80) as screen:
        Output(screen.stream, screen.stream, environ).table(HEADS, ROWS)
        assert (ESC in screen.drawn()) is coloured


def test_only_late_and_today_are_coloured(shell: Any) -> None:
    from tui.cli.run import run

    shell.clock.moment = shell.clock.moment.replace(day=12)
    shell.add("Late", "Engineer", "--applied", "2026-11-10")
    shell.clock.moment = shell.clock.moment.replace(day=23)
    card = shell.add("Today", "Engineer")
    shell.ok("remind", card, "today", "call")
    shell.ok("remind", card, "tomorrow", "call again")
    with terminal(200) as screen:
        argv = ["--db", str(shell.path), "due", "--days", "1"]
        run(argv, clock=shell.clock, stdout=screen.stream, stderr=screen.stream, environ={})
        _, late, today, tomorrow = screen.drawn().splitlines()
    assert (RED in late, YELLOW in today, ESC in tomorrow) == (True, True, False)


@given(st.text(max_size=40), st.integers(0, 30))
def test_clipping_never_takes_more_room_than_there_is(text: str, room: int) -> None:
    cut = clip(text, room)
    assert cells(cut) <= room
    if cells(text) <= room:
        assert cut == text


@each_row(
    ("text", "width"),
    [("", 0), ("abc", 3), ("会社", 4), ("é", 1), ("e\u0301", 1), ("ｗ", 2), ("a\u200db", 2)],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_a_terminal_without_unicode_gets_typewriter_signs(shell: Any) -> None:
    shell.add("Café 会社", "Engineer")
    result = shell.process("due", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert result.returncode == 0
    assert result.stderr.isascii()
    result = shell.process("list", env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert result.returncode == 0
    assert b"Caf\xe9 \\u4f1a\\u793e" in result.stdout
    result = shell.process("list", "--json", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert b'"Caf\\u00e9 \\u4f1a\\u793e"' in result.stdout


def test_what_a_stream_cannot_tell_is_no_width() -> None:
    class Strange:
        def isatty(self) -> bool:
            raise ValueError("I/O operation on closed file")

    assert output.Output(Strange(), Strange(), {}).width is None  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=30), min_size=3, max_size=3), st.integers(1, 60))
def test_no_line_is_wider_than_the_terminal(row: list[str], columns: int) -> None:
    out = Output(stream := io.StringIO(), stream, {})
    out.width = columns
    out.table(("A", "B", "C"), [row])
    assert max(map(cells, stream.getvalue().splitlines())) <= max(columns, 4), "the gaps stay"
