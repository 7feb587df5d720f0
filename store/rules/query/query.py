"""The words in which applications are looked for: on the board, and in the shell.

    remote "senior data" -contract stage:second due<7d source:linkedin salary>80k -closed

A query is a line of terms, all of which must hold: words and “phrases in quotes”, which are looked
for in everything that is known of an application; fields with a value; and flags. `-` before a term
turns it round, a comma in a value means “or”. Case and accents do not count.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from store.rules.query.fields import (
    EMPLOYER,
    FIELDS,
    IS,
    SAME,
    TAG,
    TEXT,
    Record,
    Test,
    examples,
    field_name,
    is_flag,
    with_moment,
)
from store.rules.query.terms import Term, parse
from store.rules.text import Refused, quoted, searchable, suggestion


class Query(NamedTuple):
    """A query, read: an application is found when every word and every test says so.

    `words` and `without` are `searchable`: they must be in a text, or must not. `tests` are for
    the other terms. `trouble` says of the first term that could not be read why; it is left out.
    """

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()
    trouble: str = ""
    hits: tuple[str, ...] = ()
    """What may be marked in what was found, without case: words, values of texts, `#tags`."""

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    def matches(self, record: Record) -> bool:
        """Whether this application is among those that are looked for."""
        text = record.text
        return (
            all(word in text for word in self.words)
            and not any(word in text for word in self.without)
            and all(test(record) for test in self.tests)
        )

    @property
    def wants_closed(self) -> bool:
        """Whether it asks for closed applications by name, so that open ones alone will not do."""
        return any(not term.negated and _asks_for_closed(term) for term in self.terms)


def _asks_for_closed(term: Term) -> bool:
    if is_flag(term) or field_name(term) == "is":
        return "closed" in map(str.lower, term.values)
    return field_name(term) in ("closed", "outcome")


def read_query(text: str, now: datetime) -> Query:
    """The query that `text` is at `now` (aware, in the reader's zone).

    Raises Refused, with a sentence that says what may have been meant, for a term that is none.
    """
    query = read_while_typed(text, now)
    if query.trouble:
        raise Refused(query.trouble)
    return query


def read_while_typed(text: str, now: datetime) -> Query:
    """As `read_query`, but leaves out a term that cannot be read, with its `trouble` told."""
    terms = parse(text)
    words: list[str] = []
    without: list[str] = []
    tests: list[Test] = []
    hits: list[str] = []
    trouble = ""
    for place, term in enumerate(terms):
        if term.field:
            try:
                tests.append(_known_test(term, now))
            except Refused as refusal:
                trouble = trouble or str(refusal)
                continue
            if not term.negated:
                hits += _hits_of(term)
        elif _joins(terms, place):
            trouble = trouble or _JOINED
        elif is_flag(term):
            tests.append(_known_test(term, now))
        else:
            if found := " ".join(searchable(term.values[0]).split()):
                (without if term.negated else words).append(found)
            if not term.negated:
                hits.append(term.values[0].casefold())
    return Query(terms, tuple(words), tuple(without), tuple(tests), trouble, tuple(hits))


_JOINED = (
    "“or” does not join terms: every term must hold. Put a comma between the values of one field: "
    "company:globex,hooli. In quotes it is a word."
)


def _joins(terms: Sequence[Term], place: int) -> bool:
    """Whether the word there is an “or” between two terms: found as a word, it finds nothing."""
    term = terms[place]
    word = not (term.field or term.phrase or term.negated) and term.values[0]
    return word in ("or", "OR") and 0 < place < len(terms) - 1


def _hits_of(term: Term) -> Iterator[str]:
    kind = FIELDS[term.field].kind
    if kind in (TEXT, EMPLOYER, TAG):
        yield from (("#" if kind is TAG else "") + value.casefold() for value in term.values)


@lru_cache(maxsize=64)
def _known_test(term: Term, now: datetime) -> Test:
    """The test of a term: the same object whenever the same is asked, so that what it found
    before can be used again."""
    if is_flag(term):
        return _negate(with_moment(IS[term.values[0].lower()], now), term.negated)
    return _test_of(term, now)


def _test_of(term: Term, now: datetime) -> Test:
    field = FIELDS.get(term.field)
    if field is None:
        raise Refused(
            f"There is no field {quoted(term.field)}.{suggestion(term.field, FIELDS)} "
            "In quotes it is a word."
        )
    if term.sign not in field.kind.signs:
        raise Refused(f"{quoted(field.name)} is not compared: write {field.name}:VALUE.")
    if not term.values:
        raise Refused(f"{quoted(field.name + term.sign)} needs a value: {examples(field)}.")
    if len(term.values) > 1 and term.sign not in SAME:
        raise Refused(f"{quoted(field.name + term.sign)} takes one value, not several.")
    tests = [field.kind.test(field, term.sign, value, now) for value in term.values]
    test = tests[0] if len(tests) == 1 else lambda record: any(test(record) for test in tests)
    return _negate(test, term.negated)


def _negate(test: Test, negated: bool) -> Test:
    return (lambda record: not test(record)) if negated else test
