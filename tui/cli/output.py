"""What a command prints: results on stdout, messages on stderr, nothing that drives a terminal.

Texts are cleaned when they enter the board; cleaning them again here is the second wall, for a
database that was edited by hand.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple, TextIO

from store.errors import StoreError, reason
from store.rules.text import printable

_TYPEWRITTEN = str.maketrans(
    {
        **dict.fromkeys("·–—‐‑‒―−", "-"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚ʼ´", "'"),
        **{
            "▰": "#",
            "▱": "-",
            "…": "...",
            "→": "->",
            "←": "<-",
            "×": "x",
            "•": "*",
            "\u00a0": " ",
            "\u202f": " ",
        },
    }
)
"""What a terminal without Unicode gets for our own signs, and for those of texts from elsewhere."""
_GAP = "  "
_FIRST_WIDE = "\u0300"
"""Below it every printable character takes one cell."""
_OUR_SIGNS = "–—…‘’“”"
_READABLE = 16
"""Cells that still tell one company or role from another (product)."""
_SAID_WHOLE = 24
"""Cells up to which no other column is narrowed before one that yields is left out (product)."""
_ALL_OF_IT = 46
"""The same for the one that is to be whole: as wide as on the screen (product)."""

VERSION = 1
"""The version of all JSON documents: a higher one when a name goes or means something else."""

RED = "\x1b[31m"
YELLOW = "\x1b[33m"
_PLAIN = "\x1b[0m"


class TableCell(NamedTuple):
    """A cell of a table; `colour` is RED, YELLOW or nothing.

    `short` has fewer words for the same, where there is no room for all of them.
    """

    text: str
    colour: str = ""
    short: str = ""


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
        self._progress = 0
        """Cells of the line that shows how far it is."""
        terminal = _width(stdout)
        self.width = _columns(environ) or terminal
        """Cells to a line, None where nothing says how many."""
        self.colours = (
            terminal is not None and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        )

    def line(self, text: str = "") -> None:
        """Print one line of the result."""
        self._print(_fit(one_line(text), self._stdout) + "\n")

    def print_as_is(self, text: str) -> None:
        """Print `text`, in which tabs and line breaks stay what they are."""
        for line in text.split("\n"):
            cells_ = "\t".join(map(one_line, line.split("\t")))
            self._print(_fit(cells_, self._stdout) + "\n")

    def document(self, part: str) -> None:
        """Print a part of a document of ours to the letter, in UTF-8 wherever it goes."""
        raw = getattr(self._stdout, "buffer", None)
        with _explain_failure():
            if raw is None:
                self._stdout.write(part)
                return
            self._stdout.flush()
            raw.write(part.encode("utf-8", "replace"))

    def lines(self, text: str, indent: str = "") -> None:
        """Print a text of several lines, each behind `indent`."""
        for line in printable(text).split("\n"):
            self.line(indent + line)

    def file(self, content: bytes) -> None:
        """Print the content of a file in UTF-8, to the letter: it is for another program."""
        with _explain_failure():
            raw = getattr(self._stdout, "buffer", None)
            if raw is None:
                self._stdout.write(content.decode())
                return
            self._stdout.flush()
            raw.write(content)

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
        self.progress("")
        try:
            self._stderr.write(_fit(one_line(sentence), self._stderr) + "\n")
            self._stderr.flush()
        except (OSError, ValueError):
            return

    def chat(self, sentence: str) -> None:
        """`say` it where somebody sits at a terminal: cron sends by mail whatever is said."""
        try:
            terminal = self._stderr.isatty()
        except (OSError, ValueError):
            return
        if terminal:
            self.say(sentence)

    def progress(self, text: str) -> None:
        """Show how far a long command is, in the place of what was shown before; "" takes it away.

        Only on a terminal: whoever reads a file or a pipe wants the end alone.
        """
        if not self._progress and not text:
            return
        try:
            if not self._stderr.isatty():
                return
            line = _fit(one_line(text), self._stderr)
            gap = " " * max(self._progress - len(line), 0)
            self._stderr.write(f"\r{line}{gap}" + ("" if text else "\r"))
            self._stderr.flush()
            self._progress = len(line)
        except (OSError, ValueError):
            return

    def json(self, kind: str, data: object) -> None:
        """Print `data` as JSON, in the one envelope that every document has.

        What holds text from the board is cleaned on the way. `kind` names the schema of the data:
        `tui/schemas` has one for each. Lists have a line for each of their objects: to indent those
        takes four times as long.
        """
        from json import JSONEncoder

        plain = not _unicode(self._stdout)
        if isinstance(data, list):
            encode = JSONEncoder(ensure_ascii=plain).encode
            lines = [_encode(each, encode) for each in data]
            whole = "[\n    {}\n  ]".format(",\n    ".join(lines)) if lines else "[]"
        else:
            encode = JSONEncoder(ensure_ascii=plain, indent=2).encode
            whole = encode(_make_harmless(data)).replace("\n", "\n  ")
        self._print(f'{{\n  "version": {VERSION},\n  "kind": "{kind}",\n  "data": {whole}\n}}\n')

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[TableCell | str]],
        yielding: Sequence[str] = (),
        whole: str = "",
    ) -> None:
        """Print `rows` under `heads`, aligned by terminal cells, the last column left ragged.

        Where there is less room than they need, the columns that are `yielding`, those that matter
        least first, are narrowed as far as they stay readable, then left out one by one; at last
        whichever is widest is narrowed. The column that is to be `whole` is so before they stay.
        """
        columns = list(zip(*rows, strict=True)) or [()] * len(heads)
        self.columns(dict(zip(heads, columns, strict=True)), yielding, whole)

    def columns(
        self,
        named: Mapping[str, Sequence[TableCell | str]],
        yielding: Sequence[str] = (),
        whole: str = "",
    ) -> None:
        """Print a table that is given by its columns under their heads: see `table`."""
        columns = [_TableColumn(head, column) for head, column in named.items()]
        if self.width is not None:
            columns = _fit_columns(columns, self.width, yielding, whole)
        drawn = [
            column.draw(pad=column is not columns[-1], colours=self.colours) for column in columns
        ]
        lines = [_GAP.join(cells_).rstrip(" ") for cells_ in zip(*drawn, strict=True)]
        self._print(_fit("\n".join(lines) + "\n", self._stdout))

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


class _TableColumn:
    """One column of a table: its head and the cells below it, by columns since that is quick."""

    def __init__(self, head: str, column: Sequence[TableCell | str]) -> None:
        texts = [cell if type(cell) is str else cell[0] for cell in column]
        texts.insert(0, head)
        whole = "".join(texts)
        self.plain = whole.isprintable() and (whole.isascii() or _narrow(whole))
        """Whether nothing has to be cleaned, and each character takes one cell."""
        if not self.plain:
            texts = [one_line(text) for text in texts]
        self.head = head
        self._widest = self.width = max(map(len if self.plain else cells, texts))
        """Cells that it has; a longer text is cut."""
        self._texts = texts
        self._cells = column

    def draw(self, *, pad: bool, colours: bool) -> list[str]:
        """The texts, the head first, each as wide as the column where `pad`."""
        width = self.width
        if self.plain and width >= self._widest:
            drawn = [text.ljust(width) for text in self._texts] if pad else list(self._texts)
        else:
            drawn = list(self._texts)
            if width < self._widest:
                drawn = [clip(self._cell_text(place, width), width) for place in range(len(drawn))]
            if pad:
                drawn = [text + " " * (width - cells(text)) for text in drawn]
        if colours:
            for at, cell in enumerate(self._cells, 1):
                if not isinstance(cell, str) and cell.colour:
                    drawn[at] = f"{cell.colour}{drawn[at]}{_PLAIN}"
        return drawn

    def _cell_text(self, place: int, width: int) -> str:
        """The text at `place`, or the fewer words for it where there is no room for all."""
        text, cell = self._texts[place], self._cells[place - 1] if place else ""
        if isinstance(cell, str) or not cell.short or cells(text) <= width:
            return text
        return one_line(cell.short)


def _narrow(text: str) -> bool:
    """Whether every character of a printable text is known to take one cell."""
    return all(sign < _FIRST_WIDE or sign in _OUR_SIGNS for sign in set(text))


def _fit_columns(
    columns: list[_TableColumn], width: int, yielding: Sequence[str], whole: str
) -> list[_TableColumn]:
    """The columns that fit into `width` cells, narrowed until they do: see `Output.table`."""

    def room() -> int:
        return max(0, width - len(_GAP) * (len(columns) - 1))

    order = [column for head in yielding for column in columns if column.head == head]
    for column in order[:-1]:
        least = sum(
            min(
                each.width,
                _READABLE if each in order else _ALL_OF_IT if each.head == whole else _SAID_WHOLE,
            )
            for each in columns
        )
        if least > room():
            columns = [each for each in columns if each is not column]
    over = sum(column.width for column in columns) - room()
    for column in order:
        if column in columns and over > 0:
            less = min(over, max(0, column.width - _READABLE))
            column.width -= less
            over -= less
    for _ in range(over):
        max(columns, key=lambda column: column.width).width -= 1
    return columns


def one_line(text: str) -> str:
    """`text` without anything that a terminal would obey, on one line."""
    return printable(text).replace("\n", " ")


def cells(text: str) -> int:
    """How many terminal cells `text` takes: two for wide characters, none for combining ones."""
    if text.isascii() or (text.isprintable() and max(text) < _FIRST_WIDE):
        return len(text)
    return sum(map(_cells_of, text))


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


@lru_cache(maxsize=4_096)
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
        why = reason(error)
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


def _encode(value: object, encode: Callable[[object], str]) -> str:
    """`value` as JSON on one line; it is cleaned where a text in it may need that."""
    line = encode(value)
    clean = line.isprintable() and (line.isascii() or _narrow(line)) and "\\" not in line
    return line if clean else encode(_make_harmless(value))


def _make_harmless(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _make_harmless(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_make_harmless(each) for each in value]
    return value
