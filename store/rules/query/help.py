"""Help while a query is typed: what its last word is, or what it can become."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from store.rules.dates import short_day
from store.rules.query.days import Span, read_span
from store.rules.query.fields import (
    ALL_FIELDS,
    DAY,
    EMPLOYER,
    FIELDS,
    FLAGS,
    PAY,
    SAME,
    TAG,
    TEXT,
    QueryField,
    amounts,
    examples,
    folded,
)
from store.rules.query.query import read_while_typed
from store.rules.query.terms import Term, parse, terms_with_places
from store.rules.text import quoted, searchable, suggestion

_SHOWN = 9
"""How many names fit into a line of help (product)."""
_COMPARED = {
    ":": "", "=": "exactly ", "<": "before ", ">": "after ", "<=": "until ", ">=": "from ",
}  # fmt: skip
_THAN = {":": "", "=": "", "<": "below ", ">": "above ", "<=": "at most ", ">=": "at least "}

Known = Callable[[str], Sequence[str]]
"""The values of a field, by its first name, that applications have; the most used first."""


def _none_known(_: str) -> Sequence[str]:
    return ()


def help_line(text: str, now: datetime, known: Known = _none_known) -> str:
    """What the last word of a query that is being typed is or can become; "" if it is a word.

    A term before it that cannot be read comes first. The values of texts are those that are
    `known`.
    """
    terms = parse(text)
    if not terms:
        return ""
    done = terms if text.endswith(" ") else terms[:-1]
    for term in done:
        if trouble := read_while_typed(str(term), now).trouble:
            return trouble
    last = terms[-1]
    if last.field in FIELDS:
        return _help_with(FIELDS[last.field], last, now, known, typing=last not in done)
    if last.field:
        return read_while_typed(str(last), now).trouble
    word = last.values[0].lower()
    if last.phrase or last in done:
        return ""
    if word in FLAGS:
        return f"{word}: those that are {word}; in quotes the word"
    found = _fields_like(word)
    return f"field: {', '.join(f'{name}:' for name in found[:_SHOWN])}" if found else ""


def completions(text: str, known: Known = _none_known) -> tuple[str, ...]:
    """What a query becomes when the word that is being typed is completed, the likeliest first.

    Names of fields, flags, and values: those to choose from, and those that are `known`.
    """
    line = " ".join(text.split())
    terms = tuple(terms_with_places(line))
    if not terms or text.endswith(" "):
        return ()
    at, last = terms[-1]
    if last.phrase:
        return ()
    if last.field:
        field = FIELDS.get(last.field)
        *before, value = ("",) if not last.values or line.endswith(",") else last.values
        before = list(last.values) if line.endswith(",") else before
        found = _values_like(field, value, known) if field is not None else ()
        ends = [str(last._replace(values=(*before, each))) for each in found]
    else:
        word, front = last.values[0], "-" if last.negated else ""
        ends = [f"{front}{name}:" for name in _fields_like(word.lower())]
        ends += [front + flag for flag in FLAGS if flag.startswith(word.lower())]
        if word.startswith("#"):
            tags = _values_like(FIELDS["tag"], word[1:], known)
            ends = [str(Term((tag,), "tag", ":", last.negated)) for tag in tags]
    return tuple(line[:at] + end for end in ends if end != line[at:])


def _fields_like(word: str) -> list[str]:
    """The fields of which a name begins so, by their first names."""
    return [f.name for f in ALL_FIELDS if any(n.startswith(word) for n in (f.name, *f.also))]


def _values_like(field: QueryField, value: str, known: Known) -> list[str]:
    """The values of a field in which `value` stands, those that begin so first; without case."""
    kind = field.kind
    if kind in (TEXT, EMPLOYER, TAG):
        values, wanted = known(field.name), searchable(value.lstrip("#")).strip()
        near = [each for each in values if wanted in folded(each)]
    else:
        wanted = "-".join(searchable(value).replace("_", " ").split())
        values = kind.values if kind.chosen else kind.offered
        near = [each for each in values if each.startswith(wanted)]
    return sorted(near, key=lambda each: not folded(each).startswith(wanted))


def _help_with(field: QueryField, term: Term, now: datetime, known: Known, *, typing: bool) -> str:
    kind, value = field.kind, term.values[-1] if term.values else ""
    if kind.chosen:
        near = _values_like(field, value, known)
        if typing and (near or not value):
            return f"{field.name}: {', '.join(near[:_SHOWN] if near else kind.values)}"
    elif typing and kind in (TEXT, EMPLOYER, TAG) and (values := known(field.name)):
        if near := _values_like(field, value, known):
            return f"{field.name}: {', '.join(near[:_SHOWN])}"
        like = suggestion(searchable(value), map(folded, values))
        return f"{field.name}: none has {quoted(value)}.{like}"
    trouble = read_while_typed(str(term), now).trouble
    if not value:
        return f"{field.name}: {field.means}, such as {examples(field)}"
    if trouble:
        return trouble
    if kind is DAY:
        span, sign = read_span(value, now.date(), term.sign, past=field.past)
        return f"{field.name}: {_say_days(span, sign, now.date())}"
    if kind is PAY:
        return f"{field.name}: {_THAN[term.sign]}{amounts(value)[0]:,.0f}"
    return ""


def _say_days(span: Span, sign: str, today: date) -> str:
    """ "before Fri 4 Dec", "from Thu 1 Oct to Sat 31 Oct", "after Sat 31 Oct"."""
    if sign in SAME and span.first != span.last:
        return f"from {short_day(span.first, today)} to {short_day(span.last, today)}"
    bound = span.last if sign in (">", "<=") else span.first
    return f"{_COMPARED[sign]}{short_day(bound, today)}".removeprefix("exactly ")
