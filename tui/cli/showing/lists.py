"""`rounds list`: the applications, by stage, search, order and columns; read through the standard
library's sqlite3 alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from store.model.board import Card
from store.rules.stages import Stage
from tui.cli.call import BEGIN, Call, say_all_closed
from tui.cli.showing.options import (
    SORTS,
    CardContext,
    CellWords,
    put_in,
    read_names,
    read_sort,
    say_left_out,
    stamps_for,
)
from tui.cli.words import Words, read_query_option, read_stage_option

if TYPE_CHECKING:
    from store.read.glance import Glance
    from store.rules.query.query import Query


def applications(call: Call) -> int:
    """List the open applications, or the closed ones, or all, by stage or as `--sort` says."""
    words, now = call.words, call.now
    stage, query = read_stage_option(words.stage), read_query_option(words.search, now)
    names = read_names(words, LIST_FIELDS, LIST_COLUMNS)
    sort = read_sort(words)
    closed = None if words.all else bool(words.closed)
    lean = not words.json and sort in _LEAN_SORTS and _LEAN_FIELDS.issuperset(names)
    cards: Sequence[Card] = ()
    others, ended = 0, ""
    with call.glance() as glance:
        if glance is not None:
            if words.saved is not None:
                query = _with_saved(call, glance)
            cards = _find(glance, query, stage, now, closed=closed, lean=lean)
            if not (cards or words.json):
                others = len(_find(glance, query, stage, now, closed=True))
                ended = say_all_closed(glance)
        stamps = stamps_for(glance, sort, names, json=words.json)
    cards, left_out = _in_order(cards, sort, CardContext(now, stamps), words)
    if words.json:
        from tui.cli.json_shapes import card_shape

        call.out.json("applications", [card_shape(card, now, stamps[card.id]) for card in cards])
    elif cards:
        _print_cards(call, cards, names, CardContext(now, stamps))
        say_left_out(call, left_out)
    elif glance is None:
        call.out.say(BEGIN)
    else:
        call.out.say(_say_none(call, ended, others))
    return 0


def _with_saved(call: Call, glance: "Glance") -> "Query | None":
    """The query that is kept under the name, and what is looked for besides."""
    from store.read.searches import read_search

    kept = read_search(glance, call.words.saved)
    return read_query_option(f"{kept} {call.words.search or ''}", call.now)


def _find(
    glance: "Glance",
    query: "Query | None",
    stage: Stage | None,
    now: datetime,
    *,
    closed: bool | None,
    lean: bool = False,
) -> Sequence[Card]:
    """The open applications, the closed ones or all, as far as `--stage` and `--search` fit.

    `lean` is that of `Glance.cards`.
    """
    if query is not None:
        from tui.filtering import find_cards  # with the language of queries: 3 ms

        cards: Sequence[Card] = find_cards(glance, query, now, closed=closed)
    else:
        cards = glance.cards(closed=closed, now=now, lean=lean)
    return cards if stage is None else [card for card in cards if card.stage is stage]


_PLACES = {stage: stage.place for stage in Stage}


def _in_order(
    cards: Sequence[Card], sort: str, seen: CardContext, words: Words
) -> tuple[Sequence[Card], int]:
    """The cards in their order, as many as wanted, and how many were left out."""
    order = sorted(cards, key=lambda card: (card.outcome is not None, _PLACES[card.stage], card.id))
    if sort:
        order.sort(key=lambda card: SORTS[sort](card, seen))
    if words.reverse:
        order.reverse()
    return order[: words.limit], max(0, len(order) - (words.limit or len(order)))


class CardField(NamedTuple):
    """What can be shown of an application. A plain one is an attribute of its card, by its name."""

    of: "Callable[[Card, CardContext], object] | str"

    def values(self, cards: Sequence[Card], seen: CardContext) -> Iterable[object]:
        """The value of each card."""
        if isinstance(self.of, str):
            return map(attrgetter(self.of), cards)
        of = self.of
        return [of(card, seen) for card in cards]


def _stamp(name: str) -> CardField:
    def value(card: Card, seen: CardContext) -> object:
        stamps = seen.stamps.get(card.id)
        return getattr(stamps, name) if stamps else None

    return CardField(value)


LIST_FIELDS: "Mapping[str, CardField]" = {
    "id": CardField("id"),
    "stage": CardField(lambda card, _: card.outcome.title if card.outcome else card.stage.value),
    "company": CardField("company"),
    "role": CardField("role"),
    "applied": CardField("applied_on"),
    "next": CardField(lambda card, seen: seen.next_line(card)),
    "location": CardField("location"),
    "source": CardField("source"),
    "salary": CardField("salary"),
    "tags": CardField(lambda card, _: ", ".join(card.tags)),
    "url": CardField("url"),
    "outcome": CardField(lambda card, _: card.outcome.value if card.outcome else None),
    "since": CardField("stage_since"),
    "closed": CardField("closed_on"),
    "due": CardField(lambda card, _: card.follow_up.due_on if card.follow_up else None),
    "follow_up": CardField(lambda card, _: card.follow_up.number if card.follow_up else None),
    "interview": CardField(lambda card, _: card.interview.starts_at if card.interview else None),
    "deadline": CardField("deadline_on"),
    "decision": CardField("expected_by"),
    "posted": _stamp("posted_on"),
    "closing": _stamp("closing_on"),
    "added": _stamp("created_at"),
    "changed": _stamp("updated_at"),
}
"""What `--columns` and `--format` can show of an application."""
LIST_COLUMNS = ("id", "stage", "company", "role", "applied", "next")
_LEAN_FIELDS = frozenset((*LIST_COLUMNS, "outcome", "due", "follow_up", "interview"))
_LEAN_SORTS = ("", "applied", "company", "stage", "due")
"""What is shown and sorted by without all columns being read."""
_YIELDING = (
    *("url", "tags", "source", "location", "applied", "since", "posted", "closing", "added"),
    *("changed", "closed", "salary", "role", "company"),
)
"""What is cut first where there is no room: what matters least."""


def _print_cards(
    call: Call, cards: Sequence[Card], names: Sequence[str], seen: CardContext
) -> None:
    columns = {name: LIST_FIELDS[name].values(cards, seen) for name in names}
    form, cell = call.words.format, CellWords(seen.now.date())
    if form is not None:
        for values in zip(*columns.values(), strict=True) if names else [()] * len(cards):
            call.out.print_as_is(put_in(form, dict(zip(columns, values, strict=True))))
        return
    call.out.columns(
        {
            name.replace("_", " ").upper(): list(map(cell, values))
            for name, values in columns.items()
        },
        yielding=[name.upper() for name in _YIELDING],
    )


def _say_none(call: Call, ended: str, others: int) -> str:
    """Why the list is empty; `others` are the closed ones that would match."""
    asked = call.words.search, call.words.saved, call.words.stage
    if any(word is not None for word in asked):
        if not others or call.words.closed or call.words.all:
            return "No application matches."
        some = "1 closed one does" if others == 1 else f"{others:,} closed ones do"
        return f"No open application matches, but {some}: add --all."
    if call.words.closed:
        return "No closed applications."
    if ended:
        return f"{ended} “rounds list --closed” shows them."
    return "No applications yet. Start with “rounds add COMPANY ROLE”."
