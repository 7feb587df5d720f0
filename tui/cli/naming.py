"""Which application is meant where a command names one by words instead of its number."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from store.errors import NotFound
from store.rules.naming import Name, best_fits, nearest
from store.rules.text import quoted
from tui.cli.words import NameWords

if TYPE_CHECKING:
    from tui.cli.call import Call

Other = TypeVar("Other")

CLOSED_FIRST = frozenset(("reopen", "lesson"))
"""The commands that are about applications which are over."""
READING = frozenset(("show",))
"""The commands that change nothing."""
_LISTED = 10
"""How many applications are listed when words fit several (product)."""


def settle_names(call: "Call") -> None:
    """Put numbers in the place of all names among the words of a command.

    Raises NotFound where a name fits no application, and where it fits several, which are listed.
    """
    words = vars(call.words)
    for word, value in words.items():
        if isinstance(value, NameWords):
            (words[word],) = find_applications(call, [value])
        elif isinstance(value, list) and any(isinstance(one, NameWords) for one in value):
            words[word] = find_applications(call, value)


def find_applications(call: "Call", wanted: "Sequence[Other]") -> "list[Other | int]":
    """`wanted` with the numbers of the applications in the place of names; see `settle_names`.

    Names that follow each other are one name if together they fit: “close globex sre rejected”.
    """
    if not any(isinstance(one, NameWords) for one in wanted):
        return list(wanted)
    from store.read.names import read_all_names

    with call.glance(patient=call.words.command not in READING) as glance:
        if glance is None:
            raise NotFound("No board yet. Start with “rounds add COMPANY ROLE”.")
        names = read_all_names(glance)
    found: list[Other | int] = []
    for is_name, run in groupby(wanted, key=lambda one: isinstance(one, NameWords)):
        if not is_name:
            found += run
            continue
        said = list(map(str, run))
        whole = " ".join(said)
        together = len(said) > 1 and best_fits(whole, names)
        found += [_find(call, name, names) for name in ([whole] if together else said)]
    return found


def _find(call: "Call", wanted: str, names: Sequence[Name]) -> int:
    fits = best_fits(wanted, names, closed_first=call.words.command in CLOSED_FIRST)
    if len(fits) == 1:
        return fits[0].id
    if not fits:
        near = nearest(wanted, names)
        then = f"Did you mean {quoted(near)}?" if near else "“rounds list --all” shows them."
        raise NotFound(f"No application fits {quoted(wanted)}. {then}")
    for name in fits[:_LISTED]:
        closed = "" if name.is_open else " (closed)"
        call.out.say(f"{name.id}  {name.company} — {name.role}{closed}")
    if len(fits) > _LISTED:
        call.out.say(f"and {len(fits) - _LISTED:,} more")
    raise NotFound(
        f"{quoted(wanted)} fits {len(fits):,} applications. "
        "Add a word of the role, or give the number."
    )
