"""The words in which applications are looked for: on the board, and in the shell.

    remote "senior data" -contract stage:second due<7d source:linkedin salary>80k -closed

A query is a line of terms, all of which must hold: words and “phrases in quotes”, which are looked
for in everything that is known of an application; fields with a value; and flags. `-` before a term
turns it round, a comma in a value means “or”. Case and accents do not count.
"""

import operator
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from store.rules.dates import MONTHS, short_day
from store.rules.employers import folded_employer
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


class Term(NamedTuple):
    """One term as it was written; without a field it is a word, a phrase or a flag."""

    values: tuple[str, ...]
    field: str = ""
    sign: str = ""
    """One of ":", "=", "<", ">", "<=", ">=" behind the field."""
    negated: bool = False
    phrase: bool = False
    """Whether a word stood in quotes: it is no flag then."""

    @property
    def field_name(self) -> str:
        """The first name of its field; "" for a word, and for a field that there is not."""
        return FIELDS[self.field].name if self.field in FIELDS else ""

    @property
    def is_flag(self) -> bool:
        """Whether it is a word that asks how an application stands."""
        return not (self.field or self.phrase) and self.values[0].lower() in FLAGS

    def __str__(self) -> str:
        front = "-" if self.negated else ""
        if not self.field:
            return front + (_in_quotes(self.values[0]) if self.phrase else self.values[0])
        return f"{front}{self.field}{self.sign}{','.join(map(_as_value, self.values))}"


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
    if term.is_flag or term.field_name == "is":
        return "closed" in map(str.lower, term.values)
    return term.field_name in ("closed", "outcome")


class _Kind(NamedTuple):
    """A kind of field: how the test of one value is made, and the signs that it takes.

    `values` are those to choose from, or examples where others can be typed.
    """

    test: "Callable[[_Field, str, str, datetime], Test]"
    signs: tuple[str, ...]
    values: tuple[str, ...] = ()
    chosen: bool = False
    """Whether there are no other values."""
    offered: tuple[str, ...] = ()
    """Those that can be completed while they are typed, where there are others."""


class _Field(NamedTuple):
    """A field: the name it is printed with, other names for it, what it is, how to get at it."""

    name: str
    also: tuple[str, ...]
    means: str
    kind: _Kind
    get: Callable[[Record], Any]
    past: bool = False
    """Of a day: whether it lies behind, so that “7d” is an age."""


_ALL_SIGNS = (":", "=", "<", ">", "<=", ">=")
_SIGN = re.compile(r"([a-z_-]{1,20})(:(?!//)|<=|>=|=|<|>)", re.IGNORECASE)
_SAME = (":", "=")
_CHOSEN = (":",)


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query, whatever their fields and values are; nothing is refused."""
    return tuple(term for _, term in _terms(" ".join(text.split())))


def _terms(text: str) -> Iterator[tuple[int, Term]]:
    """The terms, each with the place where it begins."""
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        start = at
        negated = text[at] == "-" and at + 1 < len(text) and text[at + 1] != " "
        at += negated
        if text[at] == '"':
            phrase, at = _quotation(text, at)
            if phrase:
                yield start, Term((phrase,), negated=negated, phrase=True)
        elif found := _SIGN.match(text, at):
            values, at = _values(text, found.end())
            yield start, Term(values, found[1].lower(), found[2], negated)
        else:
            end = _end(text, at, " ")
            yield start, Term((text[at:end],), negated=negated)
            at = end


def _values(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The values from `at` on, parted by commas, and the place behind them."""
    values = []
    while True:
        if text[at : at + 1] == '"':
            value, at = _quotation(text, at)
        else:
            end = min(_end(text, at, " "), _end(text, at, ","))
            value, at = text[at:end], end
        if value:
            values.append(value)
        if text[at : at + 1] != ",":
            return tuple(values), at
        at += 1


def _quotation(text: str, at: int) -> tuple[str, int]:
    """What stands in quotes from `at` on, to the end if they are not closed."""
    end = _end(text, at + 1, '"')
    return " ".join(text[at + 1 : end].split()), min(end + 1, len(text))


def _end(text: str, at: int, sign: str) -> int:
    found = text.find(sign, at)
    return found if found >= 0 else len(text)


def _in_quotes(text: str) -> str:
    return f'"{text}"'


def _as_value(value: str) -> str:
    plain = " " not in value and "," not in value and not value.startswith('"')
    return value if plain else _in_quotes(value)


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
        elif term.is_flag:
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
    if kind in (_TEXT, _EMPLOYER, _TAG):
        yield from (("#" if kind is _TAG else "") + value.casefold() for value in term.values)


@lru_cache(maxsize=64)
def _known_test(term: Term, now: datetime) -> Test:
    """The test of a term: the same object whenever the same is asked, so that what it found
    before can be used again."""
    if term.is_flag:
        return _turned(_with_moment(IS[term.values[0].lower()], now), term.negated)
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
        raise Refused(f"{quoted(field.name + term.sign)} needs a value: {_examples(field)}.")
    if len(term.values) > 1 and term.sign not in _SAME:
        raise Refused(f"{quoted(field.name + term.sign)} takes one value, not several.")
    tests = [field.kind.test(field, term.sign, value, now) for value in term.values]
    test = tests[0] if len(tests) == 1 else lambda record: any(test(record) for test in tests)
    return _turned(test, term.negated)


def _turned(test: Test, negated: bool) -> Test:
    return (lambda record: not test(record)) if negated else test


def _with_moment(test: Callable[[Record, datetime], bool], now: datetime) -> Test:
    return lambda record: test(record, now)


# Texts

_folded = lru_cache(maxsize=65_536)(searchable)


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


def _text_test(field: _Field, sign: str, value: str, _: datetime) -> Test:
    wanted = " ".join(searchable(value).split())
    if sign == "=":
        return _once_each(field.get, lambda text: _folded(text) == wanted)
    return _once_each(field.get, lambda text: wanted in _folded(text))


def _employer_test(_: _Field, sign: str, value: str, __: datetime) -> Test:
    """By the key of the employer, which all its names share, or by the name as it is written."""
    wanted, key = " ".join(searchable(value).split()), folded_employer(value)
    if sign == "=":
        return lambda record: record.employer == key
    return lambda record: wanted in _folded(record.company) or key in record.employer


def _tag_test(field: _Field, sign: str, value: str, _: datetime) -> Test:
    """As `#tag`: a word of a tag begins so; with `=` it is the whole tag."""
    wanted = " ".join(searchable(value.lstrip("#")).split())
    if sign == "=":
        return _once_each(field.get, lambda tags: any(_folded(tag) == wanted for tag in tags))
    return _once_each(
        field.get, lambda tags: any(f" {wanted}" in f" {_folded(tag)}" for tag in tags)
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


def _stage_test(field: _Field, sign: str, value: str, _: datetime) -> Test:
    stage = Stage(_one_of(value, field.kind.values, field.name))
    return _compare(lambda record: record.stage.place, sign, stage.place, stage.place)


def _outcome_test(field: _Field, _: str, value: str, __: datetime) -> Test:
    outcome = Outcome(_one_of(value, field.kind.values, field.name))
    return lambda record: record.outcome is outcome


def _has_test(field: _Field, _: str, value: str, __: datetime) -> Test:
    return HAS[_one_of(value, field.kind.values, "value of “has:”")]


def _is_test(field: _Field, _: str, value: str, now: datetime) -> Test:
    return _with_moment(IS[_one_of(value, field.kind.values, "value of “is:”")], now)


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


def _salary_test(_: _Field, sign: str, value: str, __: datetime) -> Test:
    wanted = amounts(value)
    if len(wanted) != 1:
        raise Refused(f"{quoted(value)} is not an amount. Write 80k, 80000 or 80.000.")
    amount = wanted[0]

    def test(record: Record) -> bool:
        found = amounts(record.salary)
        if not found:
            return False
        least, most = min(found), max(found)
        if sign in _SAME:
            return least <= amount <= most
        reached = most if sign[0] == ">" else least
        return bool(_HOLDS[sign](reached, amount))

    return test


def _id_test(_: _Field, sign: str, value: str, __: datetime) -> Test:
    found = re.fullmatch(r"#?(\d{1,18})(?:-#?(\d{1,18}))?", value)
    if found is None or (found[2] and sign not in _SAME):
        raise Refused(f"{quoted(value)} is not an ID. Write id:12 or id:3-7.")
    return _compare(lambda record: record.id, sign, int(found[1]), int(found[2] or found[1]))


# Days

_AGE = re.compile(r"\d{1,4}[ _]?(?:d|days?|bd|w|wks?|weeks?|m|mos?|months?|y|years?)")
_YEAR = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH = re.compile(rf"({'|'.join(m[:3].lower() for m in MONTHS)})[a-z]*\.?(?: (\d{{4}}))?")
_SPAN = re.compile(r"(this|last|next) (week|month|year)")


class Span(NamedTuple):
    """Days, the first and the last included."""

    first: date
    last: date


def _day_test(field: _Field, sign: str, value: str, now: datetime) -> Test:
    span, sign = read_span(value, now.date(), sign, past=field.past)
    return _compare(field.get, sign, span.first, span.last)


def read_span(value: str, today: date, sign: str = ":", *, past: bool) -> tuple[Span, str]:
    """The days that `value` names, and the sign by which a day is compared with them.

    A month or a year is all of its days. With `past` “7d” is an age: less of it is a later day. A
    number of days behind “:” is the time from today to then. Raises Refused for no day.
    """
    words = " ".join(value.lower().replace("_", " ").split())
    if span := _period(words, today, past=past) or _period(
        words.replace("-", " "), today, past=past
    ):
        return span, sign
    aged = _AGE.fullmatch(words)
    if aged and past:
        day = _day(f"-{words}", today, past=True)
        turned = sign.translate(str.maketrans("<>", "><"))
        return Span(day, today if sign == ":" else day), turned
    day = _day(words, today, past=past)
    if aged and sign == ":":
        return Span(today, day), sign
    return Span(day, day), sign


def _day(words: str, today: date, *, past: bool) -> date:
    from store.rules.typed.days import NotADay, parse_day  # most queries do without

    try:
        return parse_day(words, today, past=past)
    except NotADay:
        if "-" in words[1:]:
            return parse_day(words[0] + words[1:].replace("-", " "), today, past=past)
        raise


def _period(words: str, today: date, *, past: bool) -> Span | None:
    """The days of a whole week, month or year; None for other words."""
    if _YEAR.fullmatch(words):
        return _checked(int(words), 1, int(words), 12)
    if found := _YEAR_MONTH.fullmatch(words):
        return _checked(int(found[1]), int(found[2]), int(found[1]), int(found[2]))
    if found := _MONTH.fullmatch(words):
        if not any(month.lower().startswith(words.split()[0].strip(".")) for month in MONTHS):
            return None
        month = [name[:3].lower() for name in MONTHS].index(found[1]) + 1
        passed = month > today.month if past else month < today.month
        year = int(found[2]) if found[2] else today.year - passed if past else today.year + passed
        return _checked(year, month, year, month)
    if found := _SPAN.fullmatch(words):
        step = {"this": 0, "last": -1, "next": 1}[found[1]]
        if found[2] == "week":
            monday = today.toordinal() - today.weekday() + 7 * step
            return Span(date.fromordinal(max(1, monday)), date.fromordinal(max(1, monday) + 6))
        if found[2] == "year":
            return _checked(today.year + step, 1, today.year + step, 12)
        month = today.year * 12 + today.month - 1 + step
        return _checked(month // 12, month % 12 + 1, month // 12, month % 12 + 1)
    return None


def _checked(year: int, month: int, last_year: int, last_month: int) -> Span:
    """From the first day of one month to the last one of another; Refused for no month."""
    if not (1 <= month <= 12 and date.min.year < year <= last_year < date.max.year):
        raise Refused(f"There is no month {year:04}-{month:02}. Write 2026-10 or oct.")
    return Span(
        date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    )


# Comparing


def _compare(get: Callable[[Record], Any], sign: str, first: Any, last: Any) -> Test:
    """Whether what `get` gives stands to the values from `first` to `last` as `sign` says.

    What is not known is never found.
    """
    if sign in _SAME:
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

_TEXT = _Kind(_text_test, _SAME)
_EMPLOYER = _TEXT._replace(test=_employer_test)
_TAG = _Kind(_tag_test, _SAME)
_STAGE = _Kind(_stage_test, _ALL_SIGNS, tuple(ORDER), True)
_OUTCOME = _Kind(_outcome_test, _SAME, tuple(Outcome), True)
_HAS = _Kind(_has_test, _CHOSEN, tuple(HAS), True)
_IS = _Kind(_is_test, _CHOSEN, tuple(IS), True)
_PAY = _Kind(_salary_test, _ALL_SIGNS, ("80k", "80000"))
_NUMBER = _Kind(_id_test, _ALL_SIGNS, ("12", "3-7"))
_DAY = _Kind(
    _day_test,
    _ALL_SIGNS,
    ("today", "fri", "7d", '"3 dec"', "2026-10"),
    offered=(
        *("today", "tomorrow", "yesterday", "7d", "this-week", "next-week", "last-week"),
        *("this-month", "next-month", "last-month"),
    ),
)


def _fields() -> Iterator[_Field]:
    def of(
        name: str, also: str, means: str, kind: _Kind, get: str, *, past: bool = False
    ) -> _Field:
        return _Field(name, tuple(also.split()), means, kind, attrgetter(get), past)

    yield of("employer", "company firm", "name of the employer", _EMPLOYER, "company")
    yield of("role", "position title job", "role", _TEXT, "role")
    yield of("location", "place city", "where the work is", _TEXT, "location")
    yield of("source", "via", "where you found it", _TEXT, "source")
    yield of("tag", "tags label", "tag", _TAG, "tags")
    yield of("contact", "person people recruiter who", "name or email", _TEXT, "contacts")
    yield of("note", "notes", "words of a note", _TEXT, "notes")
    yield of("stage", "column", "stage", _STAGE, "stage")
    yield of("outcome", "result", "how it ended", _OUTCOME, "outcome")
    yield of("has", "with", "what there is", _HAS, "id")
    yield of("is", "", "how it stands", _IS, "id")
    yield of("salary", "pay", "salary", _PAY, "salary")
    yield of("id", "number no", "number of the application", _NUMBER, "id")
    yield of("due", "follow-up", "day of the next follow-up", _DAY, "due_on")
    yield of("interview", "meeting talk", "day of the next interview", _DAY, "interview_on")
    yield of("deadline", "answer", "day by which to answer an offer", _DAY, "deadline_on")
    yield of("decision", "decides expected", "day by which they decide", _DAY, "expected_by")
    yield of("applied", "sent", "day you applied", _DAY, "applied_on", past=True)
    yield of("since", "in entered", "day it came into its stage", _DAY, "stage_since", past=True)
    yield of("closed", "ended", "day it was closed", _DAY, "closed_on", past=True)
    yield of("added", "created", "day you added it", _DAY, "added_on", past=True)
    yield of("changed", "updated", "day of the last change", _DAY, "changed_on", past=True)


ALL_FIELDS = tuple(_fields())
"""Every field once, in the order in which they are offered."""
FIELDS: Mapping[str, _Field] = {
    name: field for field in ALL_FIELDS for name in (field.name, *field.also)
}
"""Every field by each of its names."""


# Help while typing

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
    terms = tuple(_terms(line))
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


def _values_like(field: _Field, value: str, known: Known) -> list[str]:
    """The values of a field in which `value` stands, those that begin so first; without case."""
    kind = field.kind
    if kind in (_TEXT, _EMPLOYER, _TAG):
        values, wanted = known(field.name), searchable(value.lstrip("#")).strip()
        near = [each for each in values if wanted in _folded(each)]
    else:
        wanted = "-".join(searchable(value).replace("_", " ").split())
        values = kind.values if kind.chosen else kind.offered
        near = [each for each in values if each.startswith(wanted)]
    return sorted(near, key=lambda each: not _folded(each).startswith(wanted))


def _help_with(field: _Field, term: Term, now: datetime, known: Known, *, typing: bool) -> str:
    kind, value = field.kind, term.values[-1] if term.values else ""
    if kind.chosen:
        near = _values_like(field, value, known)
        if typing and (near or not value):
            return f"{field.name}: {', '.join(near[:_SHOWN] if near else kind.values)}"
    elif typing and kind in (_TEXT, _EMPLOYER, _TAG) and (values := known(field.name)):
        if near := _values_like(field, value, known):
            return f"{field.name}: {', '.join(near[:_SHOWN])}"
        like = suggestion(searchable(value), map(_folded, values))
        return f"{field.name}: none has {quoted(value)}.{like}"
    trouble = read_while_typed(str(term), now).trouble
    if not value:
        return f"{field.name}: {field.means}, such as {_examples(field)}"
    if trouble:
        return trouble
    if kind is _DAY:
        span, sign = read_span(value, now.date(), term.sign, past=field.past)
        return f"{field.name}: {_say_days(span, sign, now.date())}"
    if kind is _PAY:
        return f"{field.name}: {_THAN[term.sign]}{amounts(value)[0]:,.0f}"
    return ""


def _say_days(span: Span, sign: str, today: date) -> str:
    """ "before Fri 4 Dec", "from Thu 1 Oct to Sat 31 Oct", "after Sat 31 Oct"."""
    if sign in _SAME and span.first != span.last:
        return f"from {short_day(span.first, today)} to {short_day(span.last, today)}"
    bound = span.last if sign in (">", "<=") else span.first
    return f"{_COMPARED[sign]}{short_day(bound, today)}".removeprefix("exactly ")


def _examples(field: _Field) -> str:
    kind = field.kind
    if kind.chosen:
        return f"{', '.join(kind.values[:-1])} or {kind.values[-1]}"
    return " or ".join(kind.values) if kind.values else f"{field.name}:berlin"
