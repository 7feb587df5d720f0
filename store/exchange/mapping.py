"""What the columns and statuses of a table stand for: said by the user, known, or guessed.

The names that columns and statuses have in English, German, French and Spanish are data:
headers.toml and statuses.toml.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from store.exchange.days import Order
from store.exchange.tables.table import header_key
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused, quoted, searchable, suggestion

_ROOM = Path(__file__).parent

TARGETS = (
    "company", "role", "applied", "status", "url", "location", "source", "salary", "tags", "note",
    "contact", "email", "cv", "letter", "recruiter", "channel", "closing", "deadline",
    "posting", "next",
    "first", "second", "offer", "rejected", "ended", "changed", "added", "archived", "remote",
    "is-applied", "salary-min", "salary-max", "currency", "per",
)  # fmt: skip
"""What a column can be taken for; `first` to `ended` are days, `changed` that of the status,
`deadline` the one by which to answer an offer."""
SKIP = "skip"
"""What a column or a status is taken for that is to be left out."""
SAVED = "saved"
"""What a status is taken for that says that nothing was sent yet."""
MEANINGS = (*Stage, *Outcome, SAVED, SKIP)
_STAGES = frozenset(Stage)
SEVERAL = frozenset(("status", "note", "tags", "posting"))
"""What several columns may be taken for at once."""
_WORDS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[/|(),;:\-–—\n]+")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user said about a file: columns by key, statuses by key, the order of day and
    month."""

    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None

    def over(self, others: "Choices") -> "Choices":
        """These, and of `others` what these say nothing of."""
        return Choices(
            {**others.columns, **self.columns},
            {**others.statuses, **self.statuses},
            self.order or others.order,
        )

    def __bool__(self) -> bool:
        return bool(self.columns or self.statuses or self.order)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: by whose name, and what its columns (by key) and statuses are."""

    name: str
    columns: Mapping[str, str]
    statuses: Mapping[str, str]
    loose: bool = True
    order: Order | None = None
    dated: str = ""
    source: str = ""
    entities: bool = False
    saved: bool = False
    zone: tzinfo | None = None
    """The user's, for the day of an instant; without it the day stands as it is written."""
    utc: bool = False
    """Whether an instant without an offset is in UTC."""
    roleless: bool = False
    """Whether a row without a role counts all the same."""
    file: str = ""


def read_column(said: str) -> tuple[str, str]:
    """The key of a column and what it is taken for, in “Firma=company”; Refused for another."""
    name, equals, target = said.rpartition("=")
    target = target.strip().casefold().replace("_", "-").replace(" ", "-")
    if not equals or not header_key(name):
        raise Refused(f"{quoted(said)} names no column: write “Firma=company”.")
    if target in ("", SKIP):
        return header_key(name), SKIP
    if target not in TARGETS:
        like = suggestion(target, TARGETS)
        raise Refused(
            f"A column cannot be {quoted(target)}.{like} It can be {', '.join(TARGETS)} or {SKIP}."
        )
    return header_key(name), target


def read_status(said: str) -> tuple[str, str]:
    """The key of a status and what it is taken for, in “Absage=rejected”; Refused for another."""
    name, equals, meaning = said.rpartition("=")
    if not equals or not status_key(name):
        raise Refused(f"{quoted(said)} names no status: write “Absage=rejected”.")
    return status_key(name), read_meaning(meaning)


def read_meaning(text: str) -> str:
    """What a status can be taken for, as `text` names it; Refused with those there are."""
    meaning = text.strip().casefold().replace("_", "-").replace(" ", "-")
    if meaning not in MEANINGS:
        like = suggestion(meaning, MEANINGS)
        raise Refused(f"A status cannot be {quoted(text)}.{like} It can be {', '.join(MEANINGS)}.")
    return meaning


def status_key(text: str) -> str:
    """A status without case, accents and signs."""
    return _WORDS.sub(" ", searchable(text)).strip()


def without_number(key: str) -> str:
    """The key of a status without the number that it is sorted by: “2. Phone screen”."""
    return key.lstrip("0123456789 ") or key


def headers_name(headers: Iterable[str]) -> str:
    """Names a set of columns, whatever their order: the same for the next file of the kind."""
    keys = "\n".join(sorted({header_key(header) for header in headers} - {""}))
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


def read_toml(name: str) -> dict[str, Any]:
    """The data file `name` of this room: columns, statuses, or a format."""
    import tomllib  # for imports only

    return tomllib.loads(_ROOM.joinpath(name).read_text(encoding="utf-8"))


@cache
def _known_headers() -> Mapping[str, str]:
    return {
        header_key(name): target
        for target, names in read_toml("headers.toml")["aliases"].items()
        for name in names
    }


@cache
def _header_phrases() -> Sequence[tuple[str, str]]:
    phrases = [
        (_words(name), target)
        for target, names in read_toml("headers.toml")["aliases"].items()
        for name in names
    ]
    return sorted(phrases, key=lambda each: -len(each[0]))


@cache
def known_statuses() -> Mapping[str, str]:
    """What the statuses that are met most are taken for, by key."""
    return {
        status_key(name): meaning
        for meaning, names in read_toml("statuses.toml")["aliases"].items()
        for name in names
    }


def guess_columns(headers: Sequence[str]) -> Mapping[str, str]:
    """What each column is taken for, by key, as far as its name tells.

    A name that is known counts most, then one that has a known one beside it (“Firma / Company”),
    then one that holds it (“Current status”). No two columns are taken for the same, but for
    notes, tags and statuses.
    """
    found: list[tuple[int, int, int, str]] = []
    for place, header in enumerate(headers):
        for weight, target in _readings(header):
            found.append((-weight, place, len(found), target))
    guessed: dict[str, str] = {}
    taken: set[str] = set()
    for _, place, _, target in sorted(found):
        key = header_key(headers[place])
        if key not in guessed and (target not in taken or target in SEVERAL):
            guessed[key] = target
            taken.add(target)
    return guessed


def _readings(header: str) -> Iterable[tuple[int, str]]:
    """What a column may be, with how much speaks for it."""
    known = _known_headers()
    if target := known.get(header_key(header)):
        yield 1_000, target
        return
    for part in _PARTS.split(header):
        if target := known.get(header_key(part)):
            yield 500, target
    words = f" {_words(header)} "
    if len(words) < 60:
        for phrase, target in _header_phrases():
            if len(phrase) > 3 and f" {phrase} " in words:
                yield len(phrase), target


def _words(text: str) -> str:
    return _WORDS.sub(" ", searchable(text)).strip()


_NOT = frozenset("no not never kein keine nicht ohne pas non aucun sin ningun waiting".split())  # noqa: SIM905
_ENDINGS = frozenset(Outcome)


def meaning_of(key: str, statuses: Mapping[str, str], *, loose: bool = True) -> str:
    """What the status with this key is taken for; "" where nothing is known of it.

    The name of a stage counts when it stands alone. With `loose` a known one within it counts,
    the end before the stage (“rejected after phone screen”), unless it is denied.
    """
    for one in (key, without_number(key)):
        if one in statuses:
            return statuses[one]
    if key in _STAGES:
        return key
    words = key.split()
    if not loose or len(words) > 12 or _NOT.intersection(words):
        return ""
    best = ("", "")
    for size in range(min(len(words), 4), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            meaning = statuses.get(phrase, "")
            if meaning in _ENDINGS:
                return meaning
            if meaning and len(phrase) > len(best[0]):
                best = (phrase, meaning)
    return best[1]
