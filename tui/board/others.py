"""How it is told on the open board that somebody else, such as an assistant, has changed it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from store.read.changes import MadeByOther
from store.rules.text import capital

_DID: Mapping[str, str] = {
    "add": "added {whose}",
    "note": "added a note to {whose}",
    "reply": "recorded a reply from {whose}",
    "interview": "added an interview with {whose}",
    "draft": "wrote a draft for {whose}",
}
"""What was done to an application, by the verb of the change."""


def tell_others(made: Sequence[MadeByOther]) -> Iterator[str]:
    """A sentence for each of those who made the changes, and how to take the last one back."""
    for made_by, some in groupby(made, key=lambda one: one.made_by):
        changes = list(some)
        who, last = capital(made_by), _words(changes[-1])
        if len(changes) == 1:
            yield f"{who} {last}. u undoes it."
        else:
            yield f"{who} made {len(changes):,} changes. The last: {last}. u undoes that one."


def _words(one: MadeByOther) -> str:
    if not one.company:
        return f"changed the board: {one.summary}"
    whose = f"{one.company}, {one.role}"
    did = _DID.get(one.verb)
    return did.replace("{whose}", whose) if did else f"changed {whose}: {one.summary}"
