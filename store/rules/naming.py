"""Which application is meant by words, those of its company and its role, however they are
written; and how several are told that cannot be changed.

Pure: what there is to be named is handed in.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.rules.employers import folded_employer
from store.rules.people import in_a_line
from store.rules.text import Refused, searchable

_WORD = re.compile(r"[^\W_]+[+#]*")
"""A word as it is compared: “C++” and “C#” are two, “Node.js” is “node” and “js”."""
_WHOLE, _BEGUN = 2, 1


class Name(NamedTuple):
    """What an application is called by."""

    id: int
    company: str
    role: str
    is_open: bool


def best_fits(
    wanted: str, names: Iterable[Name], *, closed_first: bool = False
) -> tuple[Name, ...]:
    """The applications that `wanted` fits best, by number; none where it fits none.

    Each word must begin one of the company's or the role's, without case and accents. Whole words
    go before beginnings, so that “globex” is Globex and not Globexia; then the open applications
    go before the closed ones, or with `closed_first` behind them. The whole name of an employer
    counts as whole words in every spelling: “Globex GmbH”.
    """
    words, employer = _words(wanted), folded_employer(wanted)
    found = [(_fit(words, employer, name), name) for name in names]
    best = max((fit for fit, _ in found), default=0)
    if not best:
        return ()
    fits = sorted(name for fit, name in found if fit == best)
    first = [name for name in fits if name.is_open is not closed_first]
    return tuple(first or fits)


def nearest(wanted: str, names: Sequence[Name]) -> str:
    """The company, or company and role, that `wanted` may be a slip of; "" when it is like none."""
    from difflib import get_close_matches

    known: dict[str, str] = {}
    for name in names:
        both = f"{name.company} {name.role}"
        known.setdefault(searchable(both), both)
        for word in _words(name.company):
            known.setdefault(word, name.company)
    # A company's own name goes before what only holds it.
    known |= {searchable(name.company): name.company for name in names}
    near = get_close_matches(searchable(wanted.strip())[:80], known, n=1)
    return known[near[0]] if near else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(searchable(text))


def _fit(words: Sequence[str], employer: str, name: Name) -> int:
    """How well the name is named: by whole words, by their beginnings, or not at all (0)."""
    if employer and employer == folded_employer(name.company):
        return _WHOLE
    own = _words(f"{name.company} {name.role}")
    if not words or not all(any(one.startswith(word) for one in own) for word in words):
        return 0
    return _WHOLE if set(words) <= set(own) else _BEGUN


_REFUSED_AT_MOST = 200
"""Characters for the names of those that cannot be changed, before the rest is only counted."""


def refuse_any(refusals: Sequence[tuple[str, Refused]], total: int, of: str = "") -> None:
    """Refuse all when one of `total` cannot be changed: each is named, with what is in the way.

    `of` stands before the name of one alone: "Application ".
    """
    if not refusals:
        return
    name, first = refusals[0]
    if len(refusals) == 1:
        raise type(first)(f"{of}{name}: {first} Nothing was changed.")
    reasons: dict[str, list[str]] = {}
    for name, refused in refusals:
        reasons.setdefault(str(refused), []).append(name)
    told = " ".join(
        f"{in_a_line(names, _REFUSED_AT_MOST)}: {reason}" for reason, names in reasons.items()
    )
    raise Refused(f"{len(refusals)} of {total} cannot be changed. {told} Nothing was changed.")
