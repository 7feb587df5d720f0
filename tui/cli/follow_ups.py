"""Which follow-ups are meant: by number, or by the name of a line that stands for many.

Applications and follow-ups are counted apart, so "2" alone may be either. It is taken for a
follow-up only where no application has that number, or where both readings are the same.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model.board import Due
from tui.cli.words import Bare

if TYPE_CHECKING:
    from store.model.board import Card
    from store.pipeline import Pipeline
    from store.read.glance import Glance

_NAMED_AT_MOST = 3
"""How many follow-ups of an application are named in a sentence."""


def find_follow_ups(pipeline: "Pipeline", words: Iterable[int | str]) -> list[int]:
    """The numbers of the follow-ups that `words` stand for, on the board open for writing.

    Raises NotFound for the name of a line that is not on today's list, and as `find_follow_up`.
    """
    with closing(pipeline.database.glance()) as glance:
        return [number for word in words for number in _find(glance, word)]


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
    own = glance.shown(wanted)
    if [due.id for due in own] == [wanted]:
        return wanted
    other = None
    with suppress(NotFound):
        other = glance.follow_up(wanted)
    raise NotFound(_explain_both(wanted, card, other, own))


def _find(glance: "Glance", word: int | str) -> list[int]:
    if isinstance(word, int):
        return [find_follow_up(glance, word)]
    ids = [due.id for due in glance.due() if due.fold == word]
    if not ids:
        raise NotFound(f"“rounds due” has no line “{word}” today.")
    return ids


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
