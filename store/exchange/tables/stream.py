"""A JSON document read member by member, so that a big one needs no more memory than its parts."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from store.rules.text import Refused, quoted

_AT_ONCE = 1 << 20
"""Characters that are read at once."""
_PART_AT_MOST = 64 << 20
"""Characters of one member or element: no application has a thousandth of it."""
_SPACE = " \t\r\n"
_AFTER = frozenset(f"{_SPACE},:]}}")
"""What may follow a value."""


def members(file: TextIO, called: str) -> Iterator[tuple[str, Any]]:
    """The members of the object in `file`, in their order: each name with its value, or, where
    that is a list, with each element of it.

    Raises Refused, naming the file as it is `called`, for what is no such object.
    """
    try:
        yield from _Stream(file, called).members()
    except RecursionError:
        raise Refused(f"{quoted(called)} is nested too deeply. Nothing was changed.") from None
    except UnicodeDecodeError:
        raise Refused(f"{quoted(called)} is not readable as UTF-8. Export it again.") from None
    except OSError:
        raise Refused(f"{quoted(called)} cannot be read. Nothing was changed.") from None


class _Stream:
    def __init__(self, file: TextIO, called: str) -> None:
        self._file = file
        self._called = called
        self._decode = json.JSONDecoder().raw_decode
        self._text = ""
        self._at = 0
        self._ended = False
        self._line = 1
        """On which the text that is held begins."""

    def members(self) -> Iterator[tuple[str, Any]]:
        self._expect("{")
        if self._peek() == "}":
            return
        while True:
            name = self._value()
            if not isinstance(name, str):
                raise self._refusal()
            self._expect(":")
            if self._peek() == "[":
                for element in self._elements():
                    yield name, element
            else:
                yield name, self._value()
            if self._peek() == "}":
                break
            self._expect(",")
        self._expect("}")
        if self._peek():
            raise self._refusal()

    def _elements(self) -> Iterator[Any]:
        self._expect("[")
        if self._peek() != "]":
            while True:
                yield self._value()
                if self._peek() == "]":
                    break
                self._expect(",")
        self._expect("]")

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise self._refusal() from None
                continue
            except ValueError:  # a number of thousands of digits
                raise self._refusal() from None
            if self._text[end : end + 1] not in _AFTER and self._more():
                continue  # a number that was read in part
            self._at = end
            return value

    def _peek(self) -> str:
        """The next sign that is no space; "" at the end."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _SPACE:
                at += 1
            self._at = at
            if at < len(text):
                return text[at]
            if not self._more():
                return ""

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._refusal()
        self._at += 1

    def _more(self) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        read = self._file.read(_AT_ONCE)
        self._ended = not read
        self._line += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + read
        self._at = 0
        if len(self._text) > _PART_AT_MOST + _AT_ONCE:
            raise Refused(f"{quoted(self._called)} has a part that is too big for a board.")
        return bool(read)

    def _refusal(self) -> Refused:
        line = self._line + self._text.count("\n", 0, self._at)
        return Refused(
            f"{quoted(self._called)}, line {line}: this is not valid JSON. Export it again. "
            "Nothing was changed."
        )
