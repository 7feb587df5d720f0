"""Spoils files: bytes, lines, cells, the names of columns, values of JSON, parts of archives.

What comes out depends on the random numbers that are given alone, so that each file can be made
again.
"""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from html import escape
from typing import Any

ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "latin-1",
    "utf-7",
)
HOSTILE = (
    "", " ", "\0", "\x1b]52;c;eA==\x07", "\u202e", "\ud800", "\ufeff", "\u200b", "é",
    "e" + "\u0301" * 99, "=1+1", "'=1+1", "-", "N/A", "nan", "0", "-1", "1e999", "9" * 400, "１２",
    "²", "true", "null", "{", "[", '"', '""', "'", "|", "\\", "\\|", ",", ";", "\t", "\r", "\n",
    "\r\n", "\x0b", "\u2028", "&amp;", "&#x0;", "&#1114112;", "&nbsp", "<p>", "<!--", "</script>",
    "]]>", "<?xml?>", "<![CDATA[", "https://", "http://[", "https://exa mple/\x00", "//x",
    "mailto:a@b", "a@b@c", "x" * 300, "x" * 50_000, "😀" * 99, "🏴" + "\U000e0067" * 9,
    "2026-13-45", "0000-00-00", "2026-02-30", "31/31/26", "1/2/26", "99999", "46000.5", "2958466",
    "2026-11-20T25:61:61Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59",
    "12/0/99, 1:00\u202fPM", "yesterday", "30. Februar 2026", "2nd of May", "1 mai 26", "Rejected",
    "Absage", "saved", "ghosted", '{"name": "applied"}', '{"name": ["applied"]}',
    '{"name": {"name": null}}', '[["Applied", "2026-01-01"]]', "{" * 2_000, "[" * 2_000,
    "$name {0} %s", "[/b]", "[@click=app.exit]x[/]", "../../etc/passwd",
)  # fmt: skip
"""What cells, lines and values are replaced by."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, float("inf"), float("nan"), 10**30, "", [], {}, [[]], [{}],
    {"": ""}, {"name": None}, {"name": {"name": []}}, [1, "a", None], "\x00", "x" * 1_000,
)  # fmt: skip
_SEPARATORS = (",", ";", "\t", "|")
_JSON_LD = re.compile(rb"<script[^>]*json[^>]*>(.*?)</script>", re.DOTALL)
_SPOTS = re.compile(rb">[^<>]{1,40}<|\"[^\"<>]{1,40}\"|\d+")

Spoil = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def spoiled(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """`data` spoiled in one way or a few; `others` are files to splice it with."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        ways = _ways_of(data)
        data = chance.choice(ways)(chance, data, others)
    return data[:400_000]


def _ways_of(data: bytes) -> Sequence[Spoil]:
    """The ways to spoil a file of its kind."""
    if data.startswith(b"PK\x03\x04"):
        return _PACKED
    return _PAGES if b"<" in data[:200] and b"," not in data[:200] else _WAYS


def _flipped(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _gap(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    begins = chance.randint(0, len(data))
    return data[:begins] + data[begins + chance.randint(0, 200) :]


def _again(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    begins = chance.randint(0, len(data))
    piece = data[begins : begins + chance.randint(1, 2_000)]
    return data[:begins] + piece * chance.choice((2, 2, 3, 40)) + data[begins + len(piece) :]


def _inserted(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    place = chance.randint(0, len(data))
    said = chance.choice((*HOSTILE, None))
    piece = said.encode(errors="surrogatepass") if said is not None else chance.randbytes(30)
    return data[:place] + piece + data[place:]


def _spliced(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _recoded(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    text = data.decode(errors="replace")
    return text.encode(chance.choice(ENCODINGS), errors="replace")


def _ends(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\n")))


def _lines(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    match chance.randrange(4):
        case 0:
            chance.shuffle(lines)
        case 1 if lines:
            del lines[chance.randrange(len(lines))]
        case 2 if lines:
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
        case _:
            lines[:0] = [b"Notes:\n"] * chance.randint(1, 50)
    return b"".join(lines)


def _cells(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Cells replaced, columns moved, doubled, left away, renamed; written with any separator."""
    text = data.decode("utf-8-sig", errors="replace")
    separator = max(_SEPARATORS, key=text[:2_000].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return _flipped(chance, data, ())
    if not rows or not any(rows):
        return data
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(HOSTILE)
    head = rows[0]
    if head and chance.random() < 0.5:
        column = chance.randrange(len(head))
        match chance.randrange(5):
            case 0:
                head[column] = chance.choice((*head, *HOSTILE))
            case 1:
                head[column] = chance.choice((str.upper, str.title, str.swapcase))(head[column])
            case 2:
                rows = [[*row[:column], *row[column + 1 :]] for row in rows]
            case 3:
                rows = [[*row[:column], *row[column : column + 1], *row[column:]] for row in rows]
            case _:
                order = list(range(len(head)))
                chance.shuffle(order)
                rows = [[row[place] for place in order if place < len(row)] for row in rows]
    made = io.StringIO(newline="")
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONE))
    writer = csv.writer(
        made, delimiter=chance.choice(_SEPARATORS), quoting=quoting, escapechar="\\"
    )
    with suppress(csv.Error):
        writer.writerows(rows)
    return made.getvalue().encode(errors="surrogatepass")


def _values(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """JSON with some of its values replaced; what is none is spoiled as a table."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _cells(chance, data, others)
    for _ in range(chance.randint(1, 5)):
        found = _replaced(chance, found)
    return json.dumps(found, indent=chance.choice((None, 1))).encode()


def _replaced(chance: random.Random, found: Any, depth: int = 0) -> Any:
    """The same with one thing in it replaced, left away or renamed."""
    if isinstance(found, dict) and found and chance.random() < 0.9 - depth / 9:
        name = chance.choice(list(found))
        if chance.random() < 0.1:
            return {key: value for key, value in found.items() if key != name}
        return {**found, name: _replaced(chance, found[name], depth + 1)}
    if isinstance(found, list) and found and chance.random() < 0.9 - depth / 9:
        place = chance.randrange(len(found))
        return [*found[:place], _replaced(chance, found[place], depth + 1), *found[place + 1 :]]
    return chance.choice((*VALUES, *HOSTILE))


def _marked_up(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Numbers, texts and attributes of XML replaced."""
    spots = list(_SPOTS.finditer(data))
    for spot in sorted(chance.sample(spots, min(len(spots), 3)), key=lambda s: -s.start()):
        text = chance.choice(HOSTILE)
        if chance.random() < 0.8:  # what XML can hold, so that more than its parser is tried
            text = escape("".join(sign for sign in text if sign.isprintable()))
        said = text.encode(errors="surrogatepass")
        inside = said if spot[0][:1].isdigit() else spot[0][:1] + said + spot[0][-1:]
        data = data[: spot.start()] + inside + data[spot.end() :]
    return data


def _scripted(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A page with one of its pieces of JSON spoiled; without one it is spoiled as markup."""
    found = list(_JSON_LD.finditer(data))
    if not found:
        return _marked_up(chance, data, others)
    spot = chance.choice(found)
    return data[: spot.start(1)] + _values(chance, spot[1], others) + data[spot.end(1) :]


_WAYS: Sequence[Spoil] = (
    _flipped, _cut, _gap, _again, _inserted, _spliced, _recoded, _ends, _lines, _cells, _cells,
    _cells, _values, _values,
)  # fmt: skip


def _member(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """An archive, one file of which is spoiled, left away, renamed or there twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # it was spoiled before
        return _flipped(chance, data, others)
    if not files:
        return data
    place = chance.randrange(len(files))
    name, inside = files[place]
    match chance.randrange(8):
        case 0:
            del files[place]
        case 1:
            files[place] = (
                chance.choice(("../" + name, name.upper(), "", "a/" * 99 + name)),
                inside,
            )
        case 2:
            files.append((name, chance.choice(others)[:100_000]))
        case _:
            marks = (_marked_up, _marked_up, _marked_up, _again, _cut, _flipped)
            ways = marks if b"<" in inside[:99] else _WAYS
            files[place] = (name, chance.choice(ways)(chance, inside, others))
    made = io.BytesIO()
    with suppress(ValueError, UserWarning), zipfile.ZipFile(made, "w") as archive:
        for name, inside in files:
            archive.writestr(name or "x", inside)
    return made.getvalue()


_PAGES: Sequence[Spoil] = (
    _scripted, _scripted, _scripted, _marked_up, _marked_up, _flipped, _cut, _gap, _again,
    _inserted, _spliced, _recoded, _lines,
)  # fmt: skip
_PACKED: Sequence[Spoil] = (*[_member] * 9, _flipped, _cut, _gap)
