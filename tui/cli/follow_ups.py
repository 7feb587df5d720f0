"""Which follow-ups are meant: by number, or by the name of a line that stands for many.

Applications and follow-ups are counted apart, so "2" alone may be either. It is taken for a
follow-up only where no application has that number, or where both readings are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model.board import Due, follow_up_number
from tui.cli.words import Bare, Named, NumberRange

if TYPE_CHECKING:
    from store.model.board import Card
    from store.read.glance import Glance

_NAMED_AT_MOST = 3
"""How many follow-ups of an application are named in a sentence."""


def find_all(glance: "Glance", words: Iterable[Named]) -> Iterator[int]:
    """The numbers of the follow-ups that `words` stand for.

    Raises NotFound for a range or the name of a line that has none on today's list, and as
    `find_follow_up`.
    """
    for word in words:
        if isinstance(word, int):
            yield find_follow_up(glance, word)
        elif isinstance(word, str):
            yield from _find_fold(glance, word)
        else:
            yield from _find_span(glance, word)


def find_follow_up(glance: "Glance", wanted: int) -> int:
    """The number of the follow-up that `wanted` stands for.

    Raises NotFound for a bare number that may be an application's, naming what it can be.
    """
    if not isinstance(wanted, Bare):
        return wanted
    try:
        card = glance.card(wanted)
    except NotFound:
        return wanted
    own = glance.follow_ups_of(wanted)
    if [due.id for due in own] == [wanted]:
        return wanted
    other = None
    with suppress(NotFound):
        other = glance.follow_up(wanted)
    raise NotFound(_explain_both(wanted, card, other, own))


def _find_fold(glance: "Glance", fold: str) -> list[int]:
    ids = [due.id for due in glance.due() if due.fold == fold]
    if not ids:
        raise NotFound(f"“rounds due” has no line “{fold}” today.")
    return ids


def _find_span(glance: "Glance", span: NumberRange) -> list[int]:
    """Those of today's list whose numbers lie in `span`."""
    now = glance.clock.now()
    ids = [due.id for due in glance.due(now) if span.first <= due.id <= span.last]
    if not ids:
        numbers = f"{follow_up_number(span.first)} to {follow_up_number(span.last)}"
        raise NotFound(f"“rounds due” has none from {numbers} today.")
    return [find_follow_up(glance, Bare(one) if span.bare else one) for one in sorted(ids)]


def _explain_both(number: int, card: "Card", other: Due | None, own: Iterable[Due]) -> str:
    """What the bare `number` can be, and how to write what is meant."""
    application = f"application {number} ({card.company}, {card.role})"
    mine = [due for due in own if other is None or due.id != other.id]
    if other is None:
        has = f" It has {_name(mine)}." if mine else ""
        return f"{number} is {application}, not a follow-up.{has} “rounds due” lists follow-ups."
    has = f", which has {_name(mine)}" if mine else ""
    whose = other.label if other.application_id == number else f"{other.company}: {other.label}"
    return (
        f"{number} can be follow-up {other.number} ({whose}) or {application}{has}. "
        "Write the follow-up that you mean with its f; “rounds due” lists them."
    )


def _name(dues: Sequence[Due]) -> str:
    """ "f4 (write), f7 (call)", and how many there are besides."""
    named = ", ".join(f"{due.number} ({due.label})" for due in dues[:_NAMED_AT_MOST])
    more = len(dues) - _NAMED_AT_MOST
    return f"{named} and {more} more" if more > 0 else named
