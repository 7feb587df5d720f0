"""On which line of a TOML text something stands, since the standard reader does not say."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

_LONGEST = 50
"""Lines that one value may run over before it is no longer looked for its end."""


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The line, counted from 1, with which what `path` names begins; None if it is not found.

    `text` must be whole TOML, `path` the names of its tables down to a key. Found by reading: it is
    the line before which the rest says nothing of `path`, and with which it does.
    """
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if path[-1] not in line:
            continue
        before = _read(lines[:start])
        if before is None or _holds(before, path):
            continue
        for end in range(start + 1, min(start + _LONGEST, len(lines)) + 1):
            read = _read(lines[:end])
            if read is not None:
                if _holds(read, path):
                    return start + 1
                break
    return None


def _read(lines: Sequence[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except ValueError:
        return None


def _holds(table: Any, path: Sequence[str]) -> bool:
    for name in path:
        if not isinstance(table, Mapping) or name not in table:
            return False
        table = table[name]
    return True
