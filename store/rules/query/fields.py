"""What a query can ask of an application: the fields, their values, and how each is tested."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from store.rules.employers import folded_employer
from store.rules.query.days import read_span
from store.rules.query.terms import Term
from store.rules.stages import ORDER, Outcome, Stage
from store.rules.text import Refused, quoted, searchable, suggestion
from store.rules.urgency import Level, due_level


class Record(NamedTuple):
    """What is looked at of one application. `text` is `searchable`, the other texts are as written.

    `text` holds all that words are looked for in; `contacts` and `notes` are parts of it with a
    field of their own. `due_on` is the reader's day of the next follow-up; `due_at`, `late_from`
    and `any_time` are those of it, too.
    """

    id: int
    text: str
    company: str
    role: str
    stage: Stage
    outcome: Outcome | None = None
    location: str = ""
    source: str = ""
    salary: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    contacts: str = ""
    notes: str = ""
    applied_on: date | None = None
    stage_since: date | None = None
    closed_on: date | None = None
    added_on: date | None = None
    changed_on: date | None = None
    expected_by: date | None = None
    deadline_on: date | None = None
    interview: bool = False
    interview_on: date | None = None
    quiet_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    late_from: datetime | None = None
    any_time: bool = False
    employer: str = ""
    """The key of the employer: see `store.rules.employers`."""


Test = Callable[[Record], bool]


class _TestKind(NamedTuple):
    """A kind of field: how the test of one value is made, and the signs that it takes.

    `values` are those to choose from, or examples where others can be typed.
    """

    test: "Callable[[QueryField, str, str, datetime], Test]"
    signs: tuple[str, ...]
    values: tuple[str, ...] = ()
    chosen: bool = False
    """Whether there are no other values."""
    offered: tuple[str, ...] = ()
    """Those that can be completed while they are typed, where there are others."""


class QueryField(NamedTuple):
    """A field: the name it is printed with, other names for it, what it is, how to get at it."""

    name: str
    also: tuple[str, ...]
    means: str
    kind: _TestKind
    get: Callable[[Record], Any]
    past: bool = False
    """Of a day: whether it lies behind, so that “7d” is an age."""


_ALL_SIGNS = (":", "=", "<", ">", "<=", ">=")
SAME = (":", "=")
_CHOSEN = (":",)


def with_moment(test: Callable[[Record, datetime], bool], now: datetime) -> Test:
    return lambda record: test(record, now)


# Texts

folded = lru_cache(maxsize=65_536)(searchable)


def _once_each(get: Callable[[Record], Any], holds: Callable[[Any], bool]) -> Test:
    """Asks `holds` once for each value: of ten thousand applications many share theirs."""
    known: dict[Any, bool] = {}

    def test(record: Record) -> bool:
        value = get(record)
        found = known.get(value)
        if found is None:
            found = known[value] = holds(value)
        return found

    return test


def _text_test(field: QueryField, sign: str, value: str, _: datetime) -> Test:
    wanted = " ".join(searchable(value).split())
    if sign == "=":
        return _once_each(field.get, lambda text: folded(text) == wanted)
    return _once_each(field.get, lambda text: wanted in folded(text))


def _employer_test(_: QueryField, sign: str, value: str, __: datetime) -> Test:
    """By the key of the employer, which all its names share, or by the name as it is written."""
    wanted, key = " ".join(searchable(value).split()), folded_employer(value)
    if sign == "=":
        return lambda record: record.employer == key
    return lambda record: wanted in folded(record.company) or key in record.employer


def _tag_test(field: QueryField, sign: str, value: str, _: datetime) -> Test:
    """As `#tag`: a word of a tag begins so; with `=` it is the whole tag."""
    wanted = " ".join(searchable(value.lstrip("#")).split())
    if sign == "=":
        return _once_each(field.get, lambda tags: any(folded(tag) == wanted for tag in tags))
    return _once_each(
        field.get, lambda tags: any(f" {wanted}" in f" {folded(tag)}" for tag in tags)
    )


# What is chosen from a few


def _one_of(value: str, names: Sequence[str], what: str) -> str:
    """The one of `names` that `value` is, or is the beginning of; else Refused."""
    folded = "-".join(searchable(value).replace("_", " ").replace("-", " ").split())
    found = [name for name in names if name == folded]
    found = found or [name for name in names if folded and name.startswith(folded)]
    if len(found) != 1:
        like = suggestion(folded, names)
        raise Refused(f"There is no {what} {quoted(value)}.{like} There are {', '.join(names)}.")
    return found[0]


def _stage_test(field: QueryField, sign: str, value: str, _: datetime) -> Test:
    stage = Stage(_one_of(value, field.kind.values, field.name))
    return _compare(lambda record: record.stage.place, sign, stage.place, stage.place)


def _outcome_test(field: QueryField, _: str, value: str, __: datetime) -> Test:
    outcome = Outcome(_one_of(value, field.kind.values, field.name))
    return lambda record: record.outcome is outcome


def _has_test(field: QueryField, _: str, value: str, __: datetime) -> Test:
    return HAS[_one_of(value, field.kind.values, "value of “has:”")]


def _is_test(field: QueryField, _: str, value: str, now: datetime) -> Test:
    return with_moment(IS[_one_of(value, field.kind.values, "value of “is:”")], now)


# Numbers

_AMOUNT = re.compile(r"(\d[\d.,'’ \u00a0\u202f]*)(k(?![a-z])|m(?![a-z])|mio\b)?", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:[.,'’ ]\d{3})+")
_TIMES = {"k": 1_000, "m": 1_000_000, "mio": 1_000_000}
_WHOLE_PAY = 1_000
"""A pay below that shares the k of the amount after it: “80-90k” (product)."""


@lru_cache(maxsize=65_536)
def amounts(text: str) -> tuple[float, ...]:
    """The amounts in a salary: “80k”, “80.000”, “€80,000 – 95,000”, “80-90k”."""
    found: list[tuple[float, str]] = []
    for number, unit in _AMOUNT.findall(text):
        for part in _GROUPS.sub(lambda one: re.sub(r"\D", "", one[0]), _one_space(number)).split():
            value = _number(part)
            if value is not None:
                found.append((value, ""))
        if found and unit:
            found[-1] = found[-1][0], unit.lower()
    result: list[float] = []
    later = ""
    for value, unit in reversed(found):
        shared = later if not unit and value < _WHOLE_PAY else unit
        later = unit
        result.append(value * _TIMES.get(shared, 1))
    return tuple(reversed(result))


def _one_space(number: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", number).strip(" .,'’")


def _number(text: str) -> float | None:
    """ "80", "82.5" and "82,5"; a point before three digits parts thousands and is gone by now."""
    try:
        return float(text.replace(",", ".")[:15])
    except ValueError:
        return None


def _salary_test(_: QueryField, sign: str, value: str, __: datetime) -> Test:
    wanted = amounts(value)
    if len(wanted) != 1:
        raise Refused(f"{quoted(value)} is not an amount. Write 80k, 80000 or 80.000.")
    amount = wanted[0]

    def test(record: Record) -> bool:
        found = amounts(record.salary)
        if not found:
            return False
        least, most = min(found), max(found)
        if sign in SAME:
            return least <= amount <= most
        reached = most if sign[0] == ">" else least
        return bool(_HOLDS[sign](reached, amount))

    return test


def _id_test(_: QueryField, sign: str, value: str, __: datetime) -> Test:
    found = re.fullmatch(r"#?(\d{1,18})(?:-#?(\d{1,18}))?", value)
    if found is None or (found[2] and sign not in SAME):
        raise Refused(f"{quoted(value)} is not an ID. Write id:12 or id:3-7.")
    return _compare(lambda record: record.id, sign, int(found[1]), int(found[2] or found[1]))


def _day_test(field: QueryField, sign: str, value: str, now: datetime) -> Test:
    span, sign = read_span(value, now.date(), sign, past=field.past)
    return _compare(field.get, sign, span.first, span.last)


# Comparing


def _compare(get: Callable[[Record], Any], sign: str, first: Any, last: Any) -> Test:
    """Whether what `get` gives stands to the values from `first` to `last` as `sign` says.

    What is not known is never found.
    """
    if sign in SAME:
        return lambda record: (value := get(record)) is not None and first <= value <= last
    bound, holds = (last if sign in (">", "<=") else first), _HOLDS[sign]
    return lambda record: (value := get(record)) is not None and holds(value, bound)


_HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

# What there is

HAS: Mapping[str, Test] = {
    "offer": lambda record: record.stage is Stage.OFFER,
    "interview": lambda record: record.interview,
    "deadline": lambda record: record.deadline_on is not None,
    "decision": lambda record: record.expected_by is not None,
    "follow-up": lambda record: record.due_on is not None,
    "contact": lambda record: bool(record.contacts),
    "note": lambda record: bool(record.notes),
    "tag": lambda record: bool(record.tags),
    "salary": lambda record: bool(record.salary),
    "link": lambda record: bool(record.url),
    "location": lambda record: bool(record.location),
    "source": lambda record: bool(record.source),
}
"""What an application can have. An offer is one that was reached, also once it is closed; an
interview is one ahead, or an invitation."""


def _is_quiet(record: Record, now: datetime) -> bool:
    quiet_on = record.quiet_on
    return record.outcome is None and quiet_on is not None and quiet_on <= now.date()


def _is_late(record: Record, now: datetime) -> bool:
    if record.due_on is None or record.any_time:
        return False
    return due_level(record.due_on, record.due_at, now, record.late_from) is Level.LATE


IS: Mapping[str, Callable[[Record, datetime], bool]] = {
    "quiet": _is_quiet,
    "late": _is_late,
    "open": lambda record, _: record.outcome is None,
    "closed": lambda record, _: record.outcome is not None,
}
FLAGS = ("quiet", "late", "closed")
"""Those of them that can stand alone. “open” cannot: it is the beginning of too many names."""

TEXT = _TestKind(_text_test, SAME)
EMPLOYER = TEXT._replace(test=_employer_test)
TAG = _TestKind(_tag_test, SAME)
_STAGE = _TestKind(_stage_test, _ALL_SIGNS, tuple(ORDER), True)
_OUTCOME = _TestKind(_outcome_test, SAME, tuple(Outcome), True)
_HAS = _TestKind(_has_test, _CHOSEN, tuple(HAS), True)
_IS = _TestKind(_is_test, _CHOSEN, tuple(IS), True)
PAY = _TestKind(_salary_test, _ALL_SIGNS, ("80k", "80000"))
_NUMBER = _TestKind(_id_test, _ALL_SIGNS, ("12", "3-7"))
DAY = _TestKind(
    _day_test,
    _ALL_SIGNS,
    ("today", "fri", "7d", '"3 dec"', "2026-10"),
    offered=(
        *("today", "tomorrow", "yesterday", "7d", "this-week", "next-week", "last-week"),
        *("this-month", "next-month", "last-month"),
    ),
)


def _fields() -> Iterator[QueryField]:
    def of(
        name: str, also: str, means: str, kind: _TestKind, get: str, *, past: bool = False
    ) -> QueryField:
        return QueryField(name, tuple(also.split()), means, kind, attrgetter(get), past)

    yield of("employer", "company firm", "name of the employer", EMPLOYER, "company")
    yield of("role", "position title job", "role", TEXT, "role")
    yield of("location", "place city", "where the work is", TEXT, "location")
    yield of("source", "via", "where you found it", TEXT, "source")
    yield of("tag", "tags label", "tag", TAG, "tags")
    yield of("contact", "person people recruiter who", "name or email", TEXT, "contacts")
    yield of("note", "notes", "words of a note", TEXT, "notes")
    yield of("stage", "column", "stage", _STAGE, "stage")
    yield of("outcome", "result", "how it ended", _OUTCOME, "outcome")
    yield of("has", "with", "what there is", _HAS, "id")
    yield of("is", "", "how it stands", _IS, "id")
    yield of("salary", "pay", "salary", PAY, "salary")
    yield of("id", "number no", "number of the application", _NUMBER, "id")
    yield of("due", "follow-up", "day of the next follow-up", DAY, "due_on")
    yield of("interview", "meeting talk", "day of the next interview", DAY, "interview_on")
    yield of("deadline", "answer", "day by which to answer an offer", DAY, "deadline_on")
    yield of("decision", "decides expected", "day by which they decide", DAY, "expected_by")
    yield of("applied", "sent", "day you applied", DAY, "applied_on", past=True)
    yield of("since", "in entered", "day it came into its stage", DAY, "stage_since", past=True)
    yield of("closed", "ended", "day it was closed", DAY, "closed_on", past=True)
    yield of("added", "created", "day you added it", DAY, "added_on", past=True)
    yield of("changed", "updated", "day of the last change", DAY, "changed_on", past=True)


ALL_FIELDS = tuple(_fields())
"""Every field once, in the order in which they are offered."""
FIELDS: Mapping[str, QueryField] = {
    name: field for field in ALL_FIELDS for name in (field.name, *field.also)
}
"""Every field by each of its names."""


def field_name(term: Term) -> str:
    """The first name of its field; "" for a word, and for a field that there is not."""
    return FIELDS[term.field].name if term.field in FIELDS else ""


def is_flag(term: Term) -> bool:
    """Whether it is a word that asks how an application stands."""
    return not (term.field or term.phrase) and term.values[0].lower() in FLAGS


def examples(field: QueryField) -> str:
    kind = field.kind
    if kind.chosen:
        return f"{', '.join(kind.values[:-1])} or {kind.values[-1]}"
    return " or ".join(kind.values) if kind.values else f"{field.name}:berlin"
