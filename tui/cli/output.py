"""What a command prints: results on stdout, messages on stderr, nothing that drives a terminal.

Texts are cleaned when they enter the board; cleaning them again here is the second wall, for a
database that was edited by hand.
"""

import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TextIO

from store.errors import StoreError
from store.rules.text import printable

_TYPEWRITTEN = str.maketrans(
    {
        **dict.fromkeys("·–—‐‑‒―−", "-"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚ʼ´", "'"),
        **{"…": "...", "→": "->", "←": "<-", "×": "x", "•": "*", "\u00a0": " ", "\u202f": " "},
    }
)
"""What a terminal without Unicode gets for our own signs, and for those of texts from elsewhere."""
_GAP = "  "
_READABLE = 12
"""Cells that still tell one company or role from another (product)."""

RED = "\x1b[31m"
YELLOW = "\x1b[33m"
_PLAIN = "\x1b[0m"


class TableCell(NamedTuple):
    """A cell of a table; `colour` is RED, YELLOW or nothing."""

    text: str
    colour: str = ""


class Output:
    """The two streams of one command.

    Args:
        stdout: where results go; tables are cut to its width only when it is a terminal.
        stderr: where messages go.
        environ: NO_COLOR (any value but an empty one) and TERM=dumb turn colours off; COLUMNS is
            the width of tables, wherever they go.
    """

    def __init__(self, stdout: TextIO, stderr: TextIO, environ: Mapping[str, str]) -> None:
        self._stdout = stdout
        self._stderr = stderr
        terminal = _width(stdout)
        self.width = _columns(environ) or terminal
        """Cells to a line, None where nothing says how many."""
        self.colours = (
            terminal is not None and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        )

    def line(self, text: str = "") -> None:
        """Print one line of the result."""
        self._print(_fit(one_line(text), self._stdout) + "\n")

    def lines(self, text: str, indent: str = "") -> None:
        """Print a text of several lines, each behind `indent`."""
        for line in printable(text).split("\n"):
            self.line(indent + line)

    def fields(self, *texts: str) -> None:
        """Print a line for another program: each text cleaned, a tab between two."""
        self._print(_fit("\t".join(map(one_line, texts)), self._stdout) + "\n")

    def section(self, title: str, entries: Iterable[str]) -> None:
        """Print a title after an empty line, and below it each entry; nothing without any."""
        shown = list(entries)
        if shown:
            self.line()
            self.line(title)
        for entry in shown:
            first, *rest = entry.split("\n")
            self.line(f"  {first}")
            for line in rest:
                self.line(f"    {line}")

    def say(self, sentence: str) -> None:
        """Print one line for the person, beside the result; a stderr that is gone is no error."""
        try:
            self._stderr.write(_fit(one_line(sentence), self._stderr) + "\n")
            self._stderr.flush()
        except (OSError, ValueError):
            return

    def json(self, value: object) -> None:
        """Print `value` as JSON; what holds text from the board is cleaned on the way."""
        from json import dumps

        text = dumps(_make_harmless(value), ensure_ascii=not _unicode(self._stdout), indent=2)
        self._print(text + "\n")

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[TableCell | str]],
        yielding: Collection[str] = (),
    ) -> None:
        """Print `rows` under `heads`, aligned by terminal cells, the last column left ragged.

        On a terminal columns are narrowed until a line fits: those whose heads are `yielding`
        first, as far as they stay readable, then whichever is widest.
        """
        laid = [[TableCell(head) for head in heads], *(list(map(_clean, row)) for row in rows)]
        widths = [max(cells(row[place].text) for row in laid) for place in range(len(heads))]
        if self.width is not None:
            room = self.width - len(_GAP) * (len(widths) - 1)
            _narrow(widths, room, [at for at, head in enumerate(heads) if head in yielding])
        for row in laid:
            self._print(_fit(self._lay_out(row, widths), self._stdout) + "\n")

    def flush(self) -> None:
        """Hand over what was printed.

        Raises BrokenPipeError when nobody reads it any more, and StoreError when it cannot be
        written: what it is written to, a file on a full disk say, shows that here at the latest.
        """
        with _explain_failure():
            self._stdout.flush()

    def _print(self, text: str) -> None:
        with _explain_failure():
            self._stdout.write(text)

    def _lay_out(self, row: Sequence[TableCell], widths: Sequence[int]) -> str:
        parts = []
        for cell, width in zip(row, widths, strict=True):
            text = clip(cell.text, width)
            text += " " * (width - cells(text))
            tinted = self.colours and cell.colour
            parts.append(f"{cell.colour}{text}{_PLAIN}" if tinted else text)
        return _GAP.join(parts).rstrip(" ")


def _narrow(widths: list[int], room: int, yielding: Sequence[int]) -> None:
    """Take one cell at a time off the widest column, until all fit into `room` or none is left.

    The columns `yielding` come first, down to `_READABLE` cells each.
    """
    for _ in range(sum(widths) - max(room, 0)):
        long = [at for at in yielding if widths[at] > _READABLE]
        at = max(long or range(len(widths)), key=widths.__getitem__)
        widths[at] -= 1


def _clean(cell: TableCell | str) -> TableCell:
    text, colour = (cell, "") if isinstance(cell, str) else cell
    return TableCell(one_line(text), colour)


def one_line(text: str) -> str:
    """`text` without anything that a terminal would obey, on one line."""
    return printable(text).replace("\n", " ")


def cells(text: str) -> int:
    """How many terminal cells `text` takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(character) for character in text)


def clip(text: str, room: int) -> str:
    """`text`, cut to at most `room` cells, an ellipsis in the place of the rest."""
    if cells(text) <= room:
        return text
    kept, used = "", 0
    for character in text:
        used += _cells_of(character)
        if used > room - 1:
            break
        kept += character
    return kept + "…" if room > 0 else ""


def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@contextmanager
def _explain_failure() -> Iterator[None]:
    """What prints the result: a failure is one of writing, and told as that."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise StoreError(f"Writing failed: {why}. Your saved changes are safe.") from None


def _columns(environ: Mapping[str, str]) -> int | None:
    """What COLUMNS says; None where it says nothing that can be meant."""
    text = environ.get("COLUMNS", "").strip()
    return int(text) or None if text.isascii() and text.isdigit() and len(text) < 6 else None


def _width(stream: TextIO) -> int | None:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80 if stream.isatty() else None
    except (OSError, ValueError, AttributeError):
        return None


def _unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"


def _fit(text: str, stream: TextIO) -> str:
    return text if text.isascii() or _unicode(stream) else text.translate(_TYPEWRITTEN)


def _make_harmless(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _make_harmless(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_make_harmless(each) for each in value]
    return value
