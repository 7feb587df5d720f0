"""The terms of a query as they are written: words, phrases in quotes, fields with values."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Term(NamedTuple):
    """One term as it was written; without a field it is a word, a phrase or a flag."""

    values: tuple[str, ...]
    field: str = ""
    sign: str = ""
    """One of ":", "=", "<", ">", "<=", ">=" behind the field."""
    negated: bool = False
    phrase: bool = False
    """Whether a word stood in quotes: it is no flag then."""

    def __str__(self) -> str:
        front = "-" if self.negated else ""
        if not self.field:
            return front + (_in_quotes(self.values[0]) if self.phrase else self.values[0])
        return f"{front}{self.field}{self.sign}{','.join(map(_as_value, self.values))}"


_SIGN = re.compile(r"([a-z_-]{1,20})(:(?!//)|<=|>=|=|<|>)", re.IGNORECASE)


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query, whatever their fields and values are; nothing is refused."""
    return tuple(term for _, term in terms_with_places(" ".join(text.split())))


def terms_with_places(text: str) -> Iterator[tuple[int, Term]]:
    """The terms, each with the place where it begins."""
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        start = at
        negated = text[at] == "-" and at + 1 < len(text) and text[at + 1] != " "
        at += negated
        if text[at] == '"':
            phrase, at = _quotation(text, at)
            if phrase:
                yield start, Term((phrase,), negated=negated, phrase=True)
        elif found := _SIGN.match(text, at):
            values, at = _values(text, found.end())
            yield start, Term(values, found[1].lower(), found[2], negated)
        else:
            end = _end(text, at, " ")
            yield start, Term((text[at:end],), negated=negated)
            at = end


def _values(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The values from `at` on, parted by commas, and the place behind them."""
    values = []
    while True:
        if text[at : at + 1] == '"':
            value, at = _quotation(text, at)
        else:
            end = min(_end(text, at, " "), _end(text, at, ","))
            value, at = text[at:end], end
        if value:
            values.append(value)
        if text[at : at + 1] != ",":
            return tuple(values), at
        at += 1


def _quotation(text: str, at: int) -> tuple[str, int]:
    """What stands in quotes from `at` on, to the end if they are not closed."""
    end = _end(text, at + 1, '"')
    return " ".join(text[at + 1 : end].split()), min(end + 1, len(text))


def _end(text: str, at: int, sign: str) -> int:
    found = text.find(sign, at)
    return found if found >= 0 else len(text)


def _in_quotes(text: str) -> str:
    return f'"{text}"'


def _as_value(value: str) -> str:
    plain = " " not in value and "," not in value and not value.startswith('"')
    return value if plain else _in_quotes(value)
