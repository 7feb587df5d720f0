"""The user's config file as TOML, read as far as it can be.

A mistake costs only what it is about: a line that is no TOML only its value, a broken heading only
its section. Each is told with its line.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import copy, deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import name
from store.file.text import Unreadable, read_text
from store.rules.text import Refused, printable

LARGEST = 32_768
"""Bytes: every number there is, with a comment on each, takes a tenth of it."""

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_STATEMENT = re.compile(r"""\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*[\w"'-]+)*\s*=""")
_HEADING = re.compile(r"""\s*\[\[?\s*[\w"']""")
_AT_MOST = 20
"""Mistakes of TOML in one file: with more of them it is none."""
_LONGEST = 50
"""Lines that one value may run over before it is no longer looked for its end."""
_NO_VALUE = "Until it is fixed, the value counts as not set."
_NO_SECTION = "Until it is fixed, the section counts as empty."
_NOTHING = "Until it is fixed, nothing in the file counts."


class Mistake(NamedTuple):
    """What is wrong with one value, as a sentence that names file and line."""

    sentence: str
    what: str = ""
    """The same without file, line and cost."""
    keys: tuple[str, ...] = ()
    """What it is about, from the section down; empty where that is not known."""
    line: int | None = None

    def __str__(self) -> str:
        return self.sentence


class ConfigFile:
    """A config file that was read, as far as it is TOML.

    Attributes:
        tables: what stands there.
        mistakes: what is no TOML.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.tables, broken, self._whole = _read_far(text)
        self.mistakes = tuple(
            Mistake(
                self._sentence(f"{_why_unread(what)} {cost}", line), _why_unread(what), line=line
            )
            for line, what, cost in broken
        )

    def mistake(self, sentence: str, *keys: str, cost: str = _NO_VALUE) -> Mistake:
        """`sentence` about what `keys` name, which counts as not set then."""
        line = line_of(self._whole, keys)
        return Mistake(self._sentence(f"{sentence} {cost}".rstrip(), line), sentence, keys, line)

    def no_section(self, *keys: str) -> Mistake:
        """The section that `keys` name is none."""
        called = ".".join(keys)
        sentence = f"“{printable(keys[-1])}” must be a section: [{printable(called)}]."
        return self.mistake(sentence, *keys, cost=_NO_SECTION)

    def with_value(self, keys: Sequence[str], value: object) -> "ConfigFile | None":
        """The file as it would be with this value, to be looked at only: its lines are those of
        before. None where a table in the way is none."""
        tables = deepcopy(self.tables)
        table: Any = tables
        for key in keys[:-1]:
            table = table.setdefault(key, {})
            if not isinstance(table, dict):
                return None
        table[keys[-1]] = value
        changed = copy(self)
        changed.tables = tables
        return changed

    def line_of(self, *keys: str) -> int | None:
        """The line with which what `keys` name begins."""
        return line_of(self._whole, keys)

    def _sentence(self, sentence: str, line: int | None) -> str:
        at = f", line {line}" if line else ""
        return f"The config file {name(self.path)}{at}: {sentence}"


def read_config(path: Path) -> ConfigFile | None:
    """The config file at `path`; None when there is no file.

    Raises Refused for what is no text at all.
    """
    try:
        text = read_text(path, LARGEST)
    except Unreadable as why:
        raise Refused(why.sentence(f"The config file {name(path)}")) from None
    return None if text is None else ConfigFile(path, text)


_Broken = list[tuple[int | None, str, str]]


def _read_far(text: str) -> tuple[dict[str, Any], _Broken, str]:
    """The tables of `text` without what is no TOML; what that is, by line; the text without it."""
    lines = text.split("\n")
    broken: _Broken = []
    line: int | None
    while True:
        rest = "\n".join(lines)
        try:
            return tomllib.loads(rest), broken, rest
        except RecursionError:
            deepest = max(lines, key=lambda line: line.count("[") + line.count("{"))
            line, what = lines.index(deepest) + 1, ""
        except ValueError as error:
            line, what = _place(error, rest)
        lost = _lines_lost(lines, line) if line and len(broken) < _AT_MOST else range(0)
        if not any(lines[at].strip() for at in lost):
            return {}, [*broken, (line, what, _NOTHING)], ""
        heading = _HEADING.match(lines[lost.start])
        shown = line if line and heading is None and line - 1 in lost else lost.start + 1
        broken.append((shown, what, _NO_SECTION if heading else _NO_VALUE))
        for at in lost:
            lines[at] = ""


def _place(error: ValueError, text: str) -> tuple[int | None, str]:
    """The line that `error` is about, and what it says."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return _line_that_fails(text.split("\n")), "this is not TOML"
    told = str(error)
    place = _PLACE.search(told)
    line = None
    if place:
        line = int(place[1]) if place[1] else _begins_last(text.split("\n"))
    return line, _PLACE.sub("", told)


def _begins_last(lines: Sequence[str]) -> int:
    """The line with which what has no end begins."""
    last = len(lines) - 1
    while last > 0 and _read_whole(lines[:last]) is None:
        last -= 1
    return last + 1


def _line_that_fails(lines: Sequence[str]) -> int:
    """The line that fails without telling its place, as a date does that there is not. What is
    read up to it fails so, and nothing before it does."""
    good, bad = 0, len(lines)
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            tomllib.loads("\n".join(lines[:middle]))
            fails = False
        except tomllib.TOMLDecodeError:
            fails = False
        except ValueError:
            fails = True
        good, bad = (good, middle) if fails else (middle, bad)
    return bad


def _why_unread(what: str) -> str:
    if not what:
        return "It is nested too deeply. Remove the brackets that are too many."
    words = " ".join(printable(what).split()).rstrip(".")
    return f"It could not be read: {words[:1].lower()}{words[1:]}."


def _lines_lost(lines: Sequence[str], line: int) -> range:
    """The places of the lines that a mistake in `line` costs: the value that it is in, or the
    section whose heading it is."""
    last = min(line, len(lines)) - 1
    first = last
    while first > max(0, last - _LONGEST) and _read_whole(lines[:first]) is None:
        first -= 1
    if _read_whole(lines[:first]) is None:
        return range(0)
    ends = (_HEADING,) if _HEADING.match(lines[first]) else (_HEADING, _STATEMENT)
    end = first + 1
    while end < len(lines) and not any(begins.match(lines[end]) for begins in ends):
        end += 1
    return range(first, end)


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The line, counted from 1, with which what `path` names begins; None if it is not found.

    `text` must be whole TOML, `path` the names of its tables down to a key.
    """
    span = lines_of(text, path)
    return span.start + 1 if span else None


def lines_of(text: str, path: Sequence[str]) -> range:
    """The places, from 0, of the lines in which what `path` names is said; empty if not found."""
    return _places(text).get(tuple(path), range(0))


@lru_cache(4)
def _places(text: str) -> Mapping[tuple[str, ...], range]:
    """The lines of everything that has a name, found by reading one statement after the other."""
    lines = text.split("\n")
    found: dict[tuple[str, ...], range] = {}
    section: tuple[str, ...] = ()
    at = 0
    while at < len(lines):
        end, said = at + 1, _read_whole(lines[at : at + 1])
        while said is None and end < min(at + _LONGEST, len(lines)):
            end += 1
            said = _read_whole(lines[at:end])
        names = list(_names(said)) if said else []
        if said is None:
            end = at + 1
        elif names and _HEADING.match(lines[at]):
            section = names[-1]
            for deep in range(len(section)):
                found.setdefault(section[: deep + 1], range(at, end))
        for name_ in names if not _HEADING.match(lines[at]) else ():
            found.setdefault((*section, *name_), range(at, end))
        at = end
    return found


def _names(said: object, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names in what was read, each with those above it; of tables in a row the last one."""
    if isinstance(said, list) and said and all(isinstance(each, Mapping) for each in said):
        said = said[-1]
    if isinstance(said, Mapping):
        for key, below in said.items():
            yield (*above, key)
            yield from _names(below, (*above, key))


def _read_whole(lines: Sequence[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
