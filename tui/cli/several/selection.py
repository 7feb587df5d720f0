"""Several applications or follow-ups in one command: which are meant, and what is told of each.

A range stands for those that there are. Of follow-ups it stands for those on today's list, since
the numbers between hold what is planned for later, too.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from store.errors import NotFound, StoreError
from store.read.names import read_names_of, read_range
from store.rules.people import in_a_line
from store.rules.text import Refused, quoted
from tui.cli.call import Call, tell
from tui.cli.follow_ups import find_all
from tui.cli.source import read_source
from tui.cli.words import (
    STDIN,
    Named,
    NameWords,
    NumberRange,
    OfNoCard,
    Usage,
    application_ids,
    application_word,
    follow_up_word,
    read_query_option,
)

if TYPE_CHECKING:
    from datetime import date

    from store.model.board import Card, Due, Written
    from store.pipeline import Pipeline
    from store.read.glance import Glance
    from store.rules.query.query import Query


def read_named(
    call: Call,
    last: str = "",
    what: str = "",
    read: Callable[[str], object] | None = None,
) -> list[Named]:
    """The applications that the words of the command name, read as by `application_ids`.

    None are named where `--where` chooses them; its query takes the place of its text then.
    Raises Usage for one that cannot be read, or says nothing, so that it would choose them all.
    """
    words = call.words
    if words.where is None:
        return application_ids(words.id, last, what, read)
    words.where = _read_where(call)
    return []


def _read_where(call: Call) -> "Query":
    """The query of `--where`; Usage for one that says nothing, so that it would choose them all."""
    query = read_query_option(call.words.where, call.now)
    if query is None or not (query.words or query.without or query.tests):
        raise Usage("“--where” says nothing. Give a query: “--where 'stage:applied quiet'”.")
    return query


def read_applications(named: Sequence[Named]) -> list[Named]:
    """`named` with the applications of standard input in the place of “-”; see `_with_input`."""
    return _with_input(named, _read_numbers)


def _read_numbers(text: str) -> Named:
    """As `application_word`, without names: what a program printed may hold more than numbers."""
    from argparse import ArgumentTypeError

    word = application_word(text)
    if isinstance(word, NameWords):
        raise ArgumentTypeError(f"{quoted(text)} is not a valid ID; “rounds list” shows them")
    return word


def read_follow_ups(call: Call) -> list[Named]:
    """The follow-ups that the words of the command name, with those of standard input in the place
    of “-”; none where `--where` chooses them, as in `read_named`.

    Raises Usage for a word that names none; see `_with_input`.
    """
    from argparse import ArgumentTypeError

    words = call.words
    if words.where is not None:
        words.where = _read_where(call)
        return []
    try:
        named = [follow_up_word(text) for text in words.id]
    except ArgumentTypeError as wrong:
        raise Usage(f"{wrong}.") from None
    return _with_input(named, follow_up_word)


def reminders_among(named: Sequence[Named]) -> list[int]:
    """The reminders of no application, where such are named and nothing else.

    Raises Usage where follow-ups are named beside them: these belong to applications.
    """
    reminders = [int(one) for one in named if isinstance(one, OfNoCard)]
    if reminders and len(reminders) < len(named):
        raise Usage(
            "Follow-ups and reminders go into one command each: “rounds done f12”, then "
            "“rounds done r4”."
        )
    return reminders


def _with_input(named: Sequence[Named], read: Callable[[str], Named]) -> list[Named]:
    """`named` with what standard input names, in words that `read` understands.

    Raises Usage, which tells the line, for a word that `read` refuses, and NotFound where there
    is none, as when the search before the pipe found nothing.
    """
    if STDIN not in named:
        return list(named)
    from argparse import ArgumentTypeError

    told: list[Named] = []
    for number, line in enumerate(read_source(STDIN).split("\n"), start=1):
        for word in line.replace(",", " ").split():
            try:
                told.append(read(word))
            except ArgumentTypeError as wrong:
                raise Usage(f"Standard input, line {number}: {wrong}.") from None
    if STDIN in told:
        raise Usage(f"{quoted(STDIN)} on standard input names nothing. Leave it out.")
    if not told:
        raise NotFound("Standard input names nothing. Nothing was changed.")
    return [one for each in named for one in (told if each == STDIN else [each])]


class ChosenOnes:
    """The applications or follow-ups that were named, and how they are told once all is done."""

    def __init__(self, ids: Sequence[int], names: "dict[int, tuple[str, int]]") -> None:
        self.ids = list(dict.fromkeys(ids))
        self._names = names
        """What stands before a line, and the application whose next step ends it."""

    @property
    def several(self) -> bool:
        """Whether there are two or more."""
        return len(self.ids) > 1

    def tell(
        self,
        call: Call,
        pipeline: "Pipeline",
        written: "Written",
        more: str = "",
        *,
        days: "dict[str, date | None] | None" = None,
    ) -> int:
        """Say what was done, and of several what became of each: its end, or what is next there.

        All is safe by now, so what cannot be read any more is no failure.
        """
        code = tell(call, written, more, days=days)
        if self.several:
            with suppress(StoreError), closing(pipeline.database.glance()) as glance:
                for line in self._lines(call, glance):
                    call.out.say(line)
        return code

    def _lines(self, call: Call, glance: "Glance") -> Iterator[str]:
        for one in self.ids:
            if one in self._names:
                name, application = self._names[one]
                yield f"  {name}{_standing(call, glance, application)}"


def _standing(call: Call, glance: "Glance", application: int) -> str:
    """ "; next: prepare for the interview, in 3 d (f7)", "; rejected"; "" for one that is gone."""
    try:
        card = glance.card(application)
    except NotFound:
        return ""
    words = [card.outcome.title] if card.outcome else []
    if (due := card.follow_up) is not None:
        words.append(f"next: {due.line(call.now)}")
    return "".join(f"; {each}" for each in words)


def choose_applications(call: Call, pipeline: "Pipeline", named: Sequence[Named]) -> ChosenOnes:
    """The applications that `named` stand for, or that `--where` finds, on the board open for
    writing.

    Raises NotFound for a range or a query in which there is none; the numbers alone are left to
    the use case.
    """
    with closing(pipeline.database.glance()) as glance:
        ids = [one for each in named for one in _in_range(glance, each)]
        if call.words.where is not None:
            ids = [card.id for card in _find(call, glance)]
        several = len(set(ids)) > 1
        rows = read_names_of(glance, ids) if several else ()
    return ChosenOnes(
        ids, {row.id: (f"{row.id}  {row.company}, {row.role}", row.id) for row in rows}
    )


def _find(call: Call, glance: "Glance") -> "Sequence[Card]":
    """What the query finds: among the closed ones to reopen, else as “rounds list” finds it."""
    from tui.cli.naming import CLOSED_FIRST
    from tui.filtering import find_cards

    closed = call.words.command in CLOSED_FIRST
    found = find_cards(glance, call.words.where, call.now, closed=closed)
    if not found:
        which = "closed application" if closed else "application"
        raise NotFound(f"No {which} matches. Nothing was changed.")
    return found


def _in_range(glance: "Glance", each: Named) -> Sequence[int]:
    if not isinstance(each, NumberRange):
        return [int(each)]
    found = read_range(glance, each.first, each.last)
    if not found:
        raise NotFound(f"There is no application from {each.first} to {each.last}.")
    return found


def choose_follow_ups(call: Call, pipeline: "Pipeline", named: Sequence[Named]) -> ChosenOnes:
    """The follow-ups that `named` stand for, or the next one of each application that `--where`
    finds, on the board open for writing; see `find_all`.

    Raises Refused for an application found that has none.
    """
    with closing(pipeline.database.glance()) as glance:
        ids = list(dict.fromkeys(find_all(glance, named)))
        if call.words.where is not None:
            ids = _next_ones(_find(call, glance))
        names = {}
        for one in ids if len(ids) > 1 else ():
            with suppress(NotFound):
                due = glance.follow_up(one)
                names[one] = _due_words(due), due.application_id
    return ChosenOnes(ids, names)


def _next_ones(cards: "Sequence[Card]") -> list[int]:
    missing = [f"{card.id} ({card.company}, {card.role})" for card in cards if not card.follow_up]
    if missing:
        have = "has" if len(missing) == 1 else "have"
        raise Refused(
            f"{len(missing)} of {len(cards)} {have} no follow-up: {in_a_line(missing)}. Nothing "
            "was changed. “has:follow-up” in the query leaves them out."
        )
    return [card.follow_up.id for card in cards if card.follow_up]


def _due_words(due: "Due") -> str:
    return f"{due.number}  {due.company}, {due.role}: {due.label}"
