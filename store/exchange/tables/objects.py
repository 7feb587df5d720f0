"""Lists of objects in JSON as tables: each object a row, its names the columns."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from store.exchange.tables.table import COLUMNS_AT_MOST, Body, Candidate
from store.rules.text import Refused, quoted

CHARACTERS_AT_MOST = 6_000_000
"""Of JSON, which takes thirty times its size in memory at worst; a board of Trello has one
million."""
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
_SIGNS_AT_MOST = 2_000_000
"""Brackets and texts that are looked at to tell on which lines the objects begin."""


def read_json(text: str, name: str) -> Any:
    """What `text` holds when it is JSON; None when it is none.

    Raises Refused for what begins as JSON and does not go on so, with its line, or is nested too
    deeply.
    """
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return None
    if len(text) > CHARACTERS_AT_MOST:
        raise Refused(
            f"{quoted(name)} has more than {CHARACTERS_AT_MOST:,} characters of JSON: too big."
        )
    try:
        return json.loads(text.lstrip("\ufeff"))
    except RecursionError:
        raise Refused(f"{quoted(name)} is nested too deeply. Nothing was changed.") from None
    except json.JSONDecodeError as error:
        if text.lstrip("\ufeff \t\r\n").startswith("[") and "," in text.split("\n", 1)[0]:
            return None  # a table whose first cell is “[Remote] Acme”
        raise Refused(
            f"{quoted(name)}, line {error.lineno}: this is not valid JSON. Export it again."
        ) from None
    except ValueError:  # a number of thousands of digits
        raise Refused(f"{quoted(name)} is not valid JSON. Export it again.") from None


def object_candidates(found: Any, text: str, file: str = "") -> Iterator[Candidate]:
    """The lists of objects in `found`, which `text` holds: itself, or what its names stand for."""
    for key, items in _lists(found):
        names: dict[str, None] = {}
        for item in items[:200]:
            names |= dict.fromkeys(item)
        headers = tuple(names)[:COLUMNS_AT_MOST]

        def read(
            key: str | None = key,
            items: Sequence[Mapping[str, Any]] = items,
            headers: tuple[str, ...] = headers,
        ) -> Body:
            body = Body()
            for line, item in zip(_lines(items, text, key), items, strict=True):
                body.add(line, [cell_of(item.get(name)) for name in headers])
            return body

        yield Candidate(headers, 1, read, file)


def _lists(found: Any) -> Iterator[tuple[str | None, list[Mapping[str, Any]]]]:
    """Each list of objects, behind the name that it has."""
    named = found.items() if isinstance(found, dict) else [(None, found)]
    for name, part in named:
        if isinstance(part, list) and part and all(isinstance(item, dict) for item in part):
            yield name, part


def _lines(items: Sequence[Any], text: str, key: str | None) -> Sequence[int]:
    """The line on which each of `items` begins; their places in the list where that is unclear.

    Nothing is decoded once more for it: a large file would be in the memory twice.
    """
    named = text.find(json.dumps(key, ensure_ascii=False)) if key is not None else 0
    begins = counted = text.find("[", max(named, 0))
    lines: list[int] = []
    depth, line = 0, 1 + text.count("\n", 0, max(begins, 0))
    for number, found in enumerate(_STRUCTURE.finditer(text, max(begins, 0))):
        sign = found[0]
        if sign == "{" and depth == 1:
            line += text.count("\n", counted, found.start())
            counted = found.start()
            lines.append(line)
        if sign in ("{", "["):
            depth += 1
        elif sign in ("}", "]"):
            depth -= 1
        if not depth or number > _SIGNS_AT_MOST:
            break
    return lines if len(lines) == len(items) else range(1, len(items) + 1)


def cell_of(value: Any) -> str:
    """A value of JSON as the text of a cell; lists are joined, of an object its name counts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float)):
        return str(value).strip()
    if isinstance(value, list):
        return "; ".join(filter(None, map(cell_of, value[:100])))
    if isinstance(value, dict):
        for name in ("name", "label", "title"):
            if name in value:
                return cell_of(value[name])
        return "; ".join(filter(None, map(cell_of, list(value.values())[:20])))
    return ""
