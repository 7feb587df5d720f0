"""Which application is meant where a command names one by words instead of its number."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.rules.naming import Name, fitting, nearest
from store.rules.text import quoted
from tui.cli.words import Named

if TYPE_CHECKING:
    from tui.cli.call import Call

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
        if isinstance(value, Named):
            (words[word],) = find_applications(call, [value])
        elif isinstance(value, list) and any(isinstance(one, Named) for one in value):
            words[word] = find_applications(call, value)


def find_applications(call: "Call", wanted: Sequence[int | Named]) -> list[int]:
    """The numbers of the applications that are named, in the order given; see `settle_names`.

    Names that follow each other are one name if together they fit: “close globex sre rejected”.
    """
    if not any(isinstance(one, Named) for one in wanted):
        return [int(one) for one in wanted if not isinstance(one, Named)]
    from store.read.names import read_names

    with call.glance(patient=call.words.command not in READING) as glance:
        if glance is None:
            raise NotFound("No board yet. Start with “rounds add COMPANY ROLE”.")
        names = read_names(glance)
    found: list[int] = []
    for _, run in groupby(wanted, key=lambda one: isinstance(one, Named)):
        parts = list(run)
        said = [str(part) for part in parts if isinstance(part, Named)]
        if not said:
            found += [part for part in parts if not isinstance(part, Named)]
            continue
        whole = " ".join(said)
        together = len(said) > 1 and fitting(whole, names)
        found += [_find(call, name, names) for name in ([whole] if together else said)]
    return found


def _find(call: "Call", wanted: str, names: Sequence[Name]) -> int:
    fits = fitting(wanted, names, closed_first=call.words.command in CLOSED_FIRST)
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
