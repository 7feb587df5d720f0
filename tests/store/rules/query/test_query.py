"""The language of the filter: what is read, what is found, what is refused, and how it helps."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.employers import folded_employer
from store.rules.query.fields import ALL_FIELDS, FIELDS, HAS, Record, amounts
from store.rules.query.help import completions, help_line
from store.rules.query.query import read_query, read_while_typed
from store.rules.query.terms import parse
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused, searchable
from tests.tables import each_row

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = NOW.date()


def record(**values: Any) -> Record:
    """An application to look at; its text is what stands on its card."""
    given_ = {"id": 1, "company": "Globex GmbH", "role": "Engineer", "stage": Stage.FIRST} | values
    shown = (given_.get(name, "") for name in ("company", "role", "location", "source"))
    tags = " ".join(f"#{tag} {tag}" for tag in given_.get("tags", ()))
    text = searchable("\n".join((*shown, tags, given_.get("contacts", ""))))
    key = folded_employer(given_["company"])
    return Record(**({"text": text, "employer": key} | given_))


def finds(query: str, **values: Any) -> bool:
    return read_query(query, NOW).matches(record(**values))


@each_row(
    ("query", "values", "found"),
    [
        # Words
        ("", {}, True),
        ("globex", {}, True),
        ("glo eng", {}, True),
        ("globex rust", {}, False),
        ('"gmbh engineer"', {}, False),
        ('"globex gmbh"', {}, True),
        ('"globex gm', {}, True),
        ("-globex", {}, False),
        ("-initech", {}, True),
        ('-"globex gmbh"', {}, False),
        ("-", {}, False),
        ("#remote", {"tags": ("remote",)}, True),
        ("-#remote", {"tags": ("remote",)}, False),
        ("https://x.example", {}, False),
        # Case B10
        ("cafe", {"company": "Café"}, True),
        ("dvorak", {"company": "Dvořák"}, True),
        ("employer:muller", {"company": "Müller"}, True),
        ("o'brien", {"company": "O’Brien"}, True),
        ("source:cafe", {"source": "CAFÉ board"}, True),
        # Texts
        ("employer:globex", {}, True),
        ("employer=globex", {}, True),
        ('employer="GLOBEX G.m.b.H."', {}, True),
        ("employer=glob", {}, False),
        ("employer:initech", {"employer": "initech"}, True),
        ("employer=globex", {"employer": "initech"}, False),
        ("company:ex", {}, True),
        ("role:engineer", {}, True),
        ("role:globex", {}, False),
        ("ROLE:Engineer", {}, True),
        ('source:"company site"', {"source": "Company site"}, True),
        ("source:linkedin,indeed", {"source": "Indeed"}, True),
        ('source:"linkedin,indeed"', {"source": "Indeed"}, False),
        ("-source:linkedin", {"source": "LinkedIn"}, False),
        ("-source:linkedin", {}, True),
        ("location:berlin", {"location": "Berlin, Mitte"}, True),
        ("contact:ana", {"contacts": "ana ruiz"}, True),
        ("note:rust", {"notes": "they use rust"}, True),
        ("tag:remote", {"tags": ("remote",)}, True),
        ("tag:rem", {"tags": ("remote",)}, True),
        ("tag:go", {"tags": ("mongo",)}, False),
        ("tag:company", {"tags": ("big company",)}, True),
        ("tag=big", {"tags": ("big company",)}, False),
        ("tag:#remote", {"tags": ("remote",)}, True),
        # What is chosen
        ("stage:first", {}, True),
        ("stage:second", {}, False),
        ("stage:f", {}, True),
        ("stage:applied,first", {}, True),
        ("stage>=first", {}, True),
        ("stage>first", {}, False),
        ("stage<offer", {}, True),
        ("outcome:no-response", {"outcome": Outcome.NO_RESPONSE}, True),
        ("outcome:no_response", {"outcome": Outcome.NO_RESPONSE}, True),
        ('outcome:"no response"', {"outcome": Outcome.NO_RESPONSE}, True),
        ("outcome:rej", {"outcome": Outcome.REJECTED}, True),
        ("outcome:rejected", {}, False),
        ("has:offer", {"stage": Stage.OFFER}, True),
        ("has:offer", {}, False),
        ("has:follow-up", {"due_on": TODAY}, True),
        ("-has:salary", {}, True),
        ("has:interview", {"interview": True}, True),
        ("is:open", {}, True),
        ("is:open", {"outcome": Outcome.REJECTED}, False),
        # Flags
        ("quiet", {"quiet_on": TODAY}, True),
        ("quiet", {"quiet_on": TODAY + timedelta(days=1)}, False),
        ("quiet", {"quiet_on": TODAY, "outcome": Outcome.REJECTED}, False),
        ("-quiet", {}, True),
        ("Closed", {"outcome": Outcome.REJECTED}, True),
        ("-closed", {"outcome": Outcome.REJECTED}, False),
        ('"closed"', {"outcome": Outcome.REJECTED}, False),
        ('"closed"', {"role": "Closed-loop engineer"}, True),
        ("late", {"due_on": TODAY - timedelta(days=1)}, True),
        ("late", {"due_on": TODAY}, False),
        ("late", {"due_on": TODAY - timedelta(days=1), "any_time": True}, False),
        ("late", {}, False),
        # Salaries
        ("salary>80k", {"salary": "85.000 €"}, True),
        ("salary>80k", {"salary": "80,000 €"}, False),
        ("salary>=80k", {"salary": "80,000 €"}, True),
        ("salary>80.000", {"salary": "75-90k"}, True),
        ("salary<80000", {"salary": "75-90k"}, True),
        ("salary:80k", {"salary": "75-90k"}, True),
        ("salary:95k", {"salary": "75-90k"}, False),
        ('salary>"80,000 €"', {"salary": "€90,000"}, True),
        ("salary>80k", {"salary": "negotiable"}, False),
        ("salary<80k", {}, False),
        ("-salary>80k", {}, True),
        # Days
        ("applied:today", {"applied_on": TODAY}, True),
        ("applied>2026-10", {"applied_on": date(2026, 11, 1)}, True),
        ("applied>2026-10", {"applied_on": date(2026, 10, 31)}, False),
        ("applied>=2026-10", {"applied_on": date(2026, 10, 1)}, True),
        ("applied<2026-10", {"applied_on": date(2026, 9, 30)}, True),
        ("applied<2026-10", {"applied_on": date(2026, 10, 1)}, False),
        ("applied<=2026-10", {"applied_on": date(2026, 10, 31)}, True),
        ("applied:2026-10", {"applied_on": date(2026, 10, 31)}, True),
        ("applied:oct", {"applied_on": date(2026, 10, 31)}, True),
        ("applied:dec", {"applied_on": date(2025, 12, 1)}, True),
        ("due:dec", {"due_on": date(2026, 12, 1)}, True),
        ("applied:2026", {"applied_on": date(2026, 1, 1)}, True),
        ("applied:last-week", {"applied_on": date(2026, 11, 16)}, True),
        ('applied:"this week"', {"applied_on": date(2026, 11, 16)}, False),
        ("applied:last-month", {"applied_on": date(2026, 10, 1)}, True),
        ("applied:fri", {"applied_on": TODAY}, True),
        ("due:fri", {"due_on": date(2026, 12, 4)}, True),
        ("applied:23.11.", {"applied_on": date(2026, 11, 23)}, True),
        ("applied:23-nov", {"applied_on": date(2026, 11, 23)}, True),
        ('applied:"23 nov"', {"applied_on": date(2026, 11, 23)}, True),
        ("applied:2026-11-23", {"applied_on": date(2026, 11, 23)}, True),
        ("applied<7d", {"applied_on": date(2026, 11, 21)}, True),
        ("applied<7d", {"applied_on": date(2026, 11, 20)}, False),
        ("applied>7d", {"applied_on": date(2026, 11, 19)}, True),
        ("applied:7d", {"applied_on": date(2026, 11, 20)}, True),
        ("applied:7d", {"applied_on": date(2026, 11, 19)}, False),
        ("applied<-7d", {"applied_on": date(2026, 11, 19)}, True),
        ("due<7d", {"due_on": date(2026, 12, 3)}, True),
        ("due<7d", {"due_on": date(2026, 12, 4)}, False),
        ("due<7d", {"due_on": date(2026, 11, 1)}, True),
        ("due:7d", {"due_on": date(2026, 12, 4)}, True),
        ("due:7d", {"due_on": date(2026, 11, 1)}, False),
        ("due<=today", {"due_on": TODAY}, True),
        ("due<7d", {}, False),
        ("-due<7d", {}, True),
        ("changed<2d", {"changed_on": date(2026, 11, 26)}, True),
        ("closed>2026-10", {"closed_on": date(2026, 11, 2)}, True),
        # Numbers
        ("id:1", {}, True),
        ("id:3-7", {"id": 7}, True),
        ("id:3-7,9", {"id": 8}, False),
        ("id>5", {"id": 6}, True),
    ],
)
def test_what_is_found(query: str, values: dict[str, Any], found: bool) -> None:
    assert finds(query, **values) is found


def test_all_terms_must_hold_as_in_the_help() -> None:
    query = (
        "stage:second due<7d tag:remote source:linkedin applied>2026-10 quiet employer:globex "
        "salary>80k -closed -has:offer"
    )
    values = {
        "stage": Stage.SECOND,
        "due_on": date(2026, 12, 1),
        "tags": ("Remote",),
        "source": "LinkedIn",
        "applied_on": date(2026, 11, 1),
        "quiet_on": date(2026, 11, 27),
        "salary": "90k",
    }
    assert finds(query, **values)
    for name in values:
        assert not finds(query, **{key: each for key, each in values.items() if key != name}), name


@each_row(
    ("query", "sentence"),
    [
        ("stag:second", "There is no field “stag”. Did you mean “stage”?"),
        ("compny:x", "There is no field “compny”. Did you mean “company”?"),
        ("stage:secnd", "There is no stage “secnd”. Did you mean “second”?"),
        ("stage:", "“stage:” needs a value: applied, first, second or offer."),
        ("stage:x,first", "There is no stage “x”."),
        ("outcome:ghosted", "There is no outcome “ghosted”."),
        ("outcome:c,x", "There is no outcome “x”."),
        ("has:ofer", "There is no value of “has:” “ofer”. Did you mean “offer”?"),
        ("salary>lots", "“lots” is not an amount. Write 80k, 80000 or 80.000."),
        ("salary>80k-90k", "“80k-90k” is not an amount."),
        ("applied>2026-13", "There is no month 2026-13."),
        ("applied:someday", "“someday” could not be read."),
        ("applied:30-feb", "There is no 30 February"),
        ("applied:dez", "“dez” could not be read."),
        ("due<5", "“5” alone is not a date."),
        ("due<fri,sat", "“due<” takes one value, not several."),
        ("tag<remote", "“tag” is not compared: write tag:VALUE."),
        ("has>offer", "“has” is not compared: write has:VALUE."),
        ("id:x", "“x” is not an ID. Write id:12 or id:3-7."),
        ("id>3-7", "“3-7” is not an ID."),
        ("globex -stag:second", "There is no field “stag”."),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out_while_it_is_typed(
    query: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refusal:
        read_query(query, NOW)
    assert str(refusal.value).startswith(sentence)
    read = read_while_typed(query, NOW)
    assert read.trouble == str(refusal.value)
    assert read.matches(record()) or "first" in query


@each_row(
    ("salary", "found"),
    [
        ("80k", (80_000,)),
        ("80.000", (80_000,)),
        ("80,000 €", (80_000,)),
        ("€75,000–85,000", (75_000, 85_000)),
        ("80-90k", (80_000, 90_000)),
        ("85000 EUR", (85_000,)),
        ("USD 120,000 + bonus", (120_000,)),
        ("82,5k", (82_500,)),
        ("82.5K", (82_500,)),
        ("CHF 120'000", (120_000,)),
        ("80 000 €", (80_000,)),
        ("80\u202f000 €", (80_000,)),
        ("500 a day", (500,)),
        ("1.2m", (1_200_000,)),
        ("60k, OTE 90k", (60_000, 90_000)),
        ("negotiable", ()),
        ("", ()),
    ],
)
def test_the_amounts_of_a_salary(salary: str, found: tuple[float, ...]) -> None:
    assert amounts(salary) == found


@each_row(
    ("typed", "line"),
    [
        ("", ""),
        ("glo", ""),
        ("globex ", ""),
        ("sta", "field: stage:"),
        ("comp", "field: employer:"),
        ("-sal", "field: salary:"),
        ("in", "field: interview:, since:"),
        ("stage:", "stage: applied, first, second, offer"),
        ("stage:s", "stage: second"),
        ("globex stage:o", "stage: offer"),
        ("stage:x", "There is no stage “x”. There are applied, first, second, offer."),
        ("stag:x", "There is no field “stag”. Did you mean “stage”? In quotes"),
        ("stag:x globex", "There is no field “stag”."),
        ("due<", "due: day of the next follow-up, such as today or fri or 7d"),
        ("due<7d", "due: before Fri 4 Dec"),
        ("due<7d ", "due: before Fri 4 Dec"),
        ("applied<7d", "applied: after Fri 20 Nov"),
        ("applied:2026-10", "applied: from Thu 1 Oct to Sat 31 Oct"),
        ("applied>2026-10", "applied: after Sat 31 Oct"),
        ("applied=today", "applied: Fri 27 Nov"),
        ("salary>80", "salary: above 80"),
        ("salary>=80k", "salary: at least 80,000"),
        ("closed", "closed: those that are closed; in quotes the word"),
        ('"closed', ""),
        (
            "has:",
            "has: offer, interview, deadline, decision, follow-up, contact, note, tag, salary",
        ),
    ],
)
def test_the_line_of_help_says_what_the_last_word_is_or_can_become(typed: str, line: str) -> None:
    assert help_line(typed, NOW).startswith(line)
    assert bool(help_line(typed, NOW)) is bool(line)


KNOWN = {
    "employer": ("Globex GmbH", "Initech", "Café Zürich"),
    "source": ("LinkedIn", "Careers page", "linked list"),
    "tag": ("remote", "big company"),
}


def known(field: str) -> Sequence[str]:
    return KNOWN.get(field, ())


@each_row(
    ("typed", "completed"),
    [
        ("", ()),
        ("st", ("stage:",)),
        ("ST", ("stage:",)),
        ("column", ("stage:",)),
        ("globex -st", ("globex -stage:",)),
        ("qu", ("quiet",)),
        ("quiet", ()),
        ("stage:", tuple(f"stage:{stage}" for stage in ("applied", "first", "second", "offer"))),
        ("stage:SEC", ("stage:second",)),
        ("stage:first,o", ("stage:first,offer",)),
        ("outcome:no globex", ()),
        ("outcome:no_r", ("outcome:no-response",)),
        ("source:", ("source:LinkedIn", 'source:"Careers page"', 'source:"linked list"')),
        ("source:link", ("source:LinkedIn", 'source:"linked list"')),
        ("via:page", ('via:"Careers page"',)),
        ("employer:cafe", ('employer:"Café Zürich"',)),
        ('employer:"GLO', ('employer:"Globex GmbH"',)),
        ("-tag:rem", ("-tag:remote",)),
        ("#rem", ("tag:remote",)),
        ("tag:remote", ()),
        ("due<to", ("due<today", "due<tomorrow")),
        ("due<7", ("due<7d",)),
        ("salary>8", ()),
        ("nothing:x", ()),
        ("note:x", ()),
        ('"st', ()),
        ("st ", ()),
    ],
)
def test_what_a_word_can_be_completed_to(typed: str, completed: tuple[str, ...]) -> None:
    assert completions(typed, known) == completed
    for query in completed:
        if not query.endswith(":"):
            assert read_query(query, NOW).terms


@each_row(
    ("typed", "line"),
    [
        ("source:", "source: LinkedIn, Careers page, linked list"),
        ("source:li", "source: LinkedIn, linked list"),
        ("source:LinkedIn", "source: LinkedIn"),
        ("source:linkdin", "source: none has “linkdin”. Did you mean “linkedin”?"),
        ("tag:zzz", "tag: none has “zzz”."),
        ("employer:ZURICH", "employer: Café Zürich"),
        ("location:", "location: where the work is, such as location:berlin"),
        ("source:zzz remote", ""),
    ],
)
def test_the_values_that_there_are_stand_in_the_line_of_help(typed: str, line: str) -> None:
    assert help_line(typed, NOW, known) == line


def test_every_field_has_names_of_its_own_and_every_value_can_be_asked_for() -> None:
    names = [name for field in ALL_FIELDS for name in (field.name, *field.also)]
    assert len(names) == len(set(names)) == len(FIELDS)
    for has in HAS:
        assert read_query(f"has:{has}", NOW).tests
        assert not finds(f"has:{has}") or has in ("interview",)


@each_row(
    ("query", "wants"),
    [
        ("globex", False),
        ("closed", True),
        ("-closed", False),
        ('"closed"', False),
        ("outcome:rejected", True),
        ("result:rejected", True),
        ("closed>2026-10", True),
        ("is:closed", True),
        ("is:open", False),
    ],
)
def test_whether_closed_ones_are_asked_for_by_name(query: str, wants: bool) -> None:
    assert read_query(query, NOW).wants_closed is wants


_VALUES = [
    *("first", "second", "rejected", "offer", "7d", "fri", "2026-10", "80k", "today", "12", "3-7"),
    *("globex", "Café", "a b", "a,b", "#remote", 'x"y', "-", "", "“", "ß", "\u0301", "next week"),
]
_SIGNS = (":", "=", "<", ">", "<=", ">=")


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Lines of whole and half terms, and of anything."""
    words = st.sampled_from([*_VALUES, *FIELDS, "quiet", "late", "closed"])
    plain = st.one_of(words, words.map('"{}"'.format), words.map('"{}'.format), st.text(max_size=8))
    value = st.one_of(words, words.map('"{}"'.format))
    field = st.builds(
        "{}{}{}".format,
        st.sampled_from([*FIELDS, "stag", "x"]),
        st.sampled_from(_SIGNS),
        st.lists(value, max_size=2).map(",".join),
    )
    term = st.builds("{}{}".format, st.sampled_from(["", "-", "--"]), st.one_of(plain, field))
    return draw(st.sampled_from([" ", "  ", ""])).join(draw(st.lists(term, max_size=5)))


days = st.none() | st.dates(date(2026, 9, 1), date(2027, 1, 31))
records = st.builds(
    record,
    id=st.integers(1, 20),
    company=st.sampled_from(["Globex GmbH", "Café", "a b", "x"]),
    stage=st.sampled_from(Stage),
    outcome=st.none() | st.sampled_from(Outcome),
    salary=st.sampled_from(["", "80k", "75-90k", "12"]),
    source=st.sampled_from(["", "first", "LinkedIn"]),
    tags=st.sampled_from([(), ("remote",), ("a b", "first")]),
    applied_on=days,
    due_on=days,
    quiet_on=days,
)


@given(queries(), st.lists(records, max_size=4))
def test_nothing_typed_crashes_and_printed_back_it_means_the_same(
    text: str, some: list[Record]
) -> None:
    read = read_while_typed(text, NOW)
    printed = str(read)
    again = read_while_typed(printed, NOW)
    assert again.terms == read.terms
    assert str(again) == printed
    assert (again.trouble, again.words, again.without) == (read.trouble, read.words, read.without)
    for each in some:
        assert again.matches(each) is read.matches(each)
    help_line(text, NOW)
    assert (read.trouble == "") == (not _is_refused(text))


def _is_refused(text: str) -> bool:
    try:
        read_query(text, NOW)
    except Refused:
        return True
    return False


@given(st.text(max_size=60))
def test_no_text_at_all_crashes(text: str) -> None:
    query = read_while_typed(text, NOW)
    query.matches(record())
    help_line(text, NOW)
    assert parse(str(query)) == query.terms


@given(queries(), st.lists(records, max_size=4))
def test_a_term_turned_round_finds_the_others(text: str, some: list[Record]) -> None:
    for term in parse(text):
        once = read_while_typed(str(term._replace(negated=False)), NOW)
        turned = read_while_typed(str(term._replace(negated=True)), NOW)
        if once.trouble or not (once.words or once.tests):
            continue
        if turned.terms[0]._replace(negated=False) != once.terms[0]:
            continue  # "-" before a dash is another word
        for each in some:
            assert once.matches(each) is not turned.matches(each)


@given(queries())
def test_what_is_completed_can_be_read_and_completed_again(text: str) -> None:
    for query in completions(text, known):
        completions(query, known)
        help_line(query, NOW, known)


@pytest.mark.parametrize("text", ["company:globex or company:hooli", "remote OR python"])
def test_an_or_between_terms_is_told_instead_of_finding_nothing(text: str) -> None:
    with pytest.raises(Refused, match="company:globex,hooli"):
        read_query(text, NOW)


@each_row("text", ["or", "remote or", "or remote", 'either "or" both', "a -or b"])
def test_an_or_that_joins_nothing_is_a_word(text: str) -> None:
    assert not read_while_typed(text, NOW).trouble
