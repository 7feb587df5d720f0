"""One field in one line: which field is meant, what becomes of it, and what is refused."""

from datetime import date

import pytest

from store.rules.fields import LABELS, NOUNS
from store.rules.text import Refused
from store.rules.typed.fields import ALL, NO_CONTACT, FormReader
from store.rules.typed.one_field import read_field
from tests.tables import each_row

TODAY = date(2026, 11, 23)
STORED = {
    "company": "Globex",
    "role": "SRE",
    "salary": "90k",
    "tags": ("python", "big company"),
    "applied_on": date(2026, 11, 2),
    "no_contact": False,
}
READER = FormReader(TODAY, STORED)


@each_row(
    ("line", "name", "value", "said"),
    [
        ("salary 95k", "salary", "95k", "Salary: 90k → 95k"),
        ("Salary: 95–105k EUR", "salary", "95–105k EUR", "Salary: 90k → 95–105k EUR"),
        ("sal=95k", "salary", "95k", "Salary: 90k → 95k"),
        ("salary none", "salary", "", "Salary: 90k → nothing"),
        ("role  Staff   SRE", "role", "Staff SRE", "Role: SRE → Staff SRE"),
        ("closes 3 dec", "closing_on", date(2026, 12, 3),
         "Closing date: nothing → Thu 3 Dec, in 10 days"),
        ("closing date 3 dec", "closing_on", date(2026, 12, 3),
         "Closing date: nothing → Thu 3 Dec, in 10 days"),
        ("they decide by end of month", "expected_by", date(2026, 11, 30),
         "Decision date: nothing → Mon 30 Nov, in 7 days"),
        ("applied yesterday", "applied_on", date(2026, 11, 22),
         "Application date: Mon 2 Nov → Sun 22 Nov, yesterday"),
        ("tag +remote -python", "tags", ("big company", "remote"),
         "Tags: python, big company → big company, remote"),
        ("tags remote go", "tags", ("python", "big company", "remote", "go"),
         "Tags: python, big company → python, big company, remote, go"),
        ("tag -Big Company", "tags", ("python",), "Tags: python, big company → python"),
        ("tag #remote, go fast", "tags", ("python", "big company", "remote", "go fast"),
         "Tags: python, big company → python, big company, remote, go fast"),
        ("tag none", "tags", (), "Tags: python, big company → nothing"),
        ("no-contact yes", "no_contact", True, "No contact: no → yes"),
        ("email ana@globex.example", "contact_email", "ana@globex.example",
         "Email: nothing → ana@globex.example"),
        ("url https://a.example/1", "url", "https://a.example/1",
         "Posting: nothing → https://a.example/1"),
        ("follow-ups slow", "preset", "slow",
         "Follow-ups: nothing → Slow: public, large, academic"),
    ],
)  # fmt: skip
def test_a_field_and_its_value(line: str, name: str, value: object, said: str) -> None:
    change, words = read_field(line, READER)
    assert (change.name, change.value, words) == (name, value, said)


@each_row(
    ("line", "why"),
    [
        ("", "Enter a field and its value: salary 95k."),
        ("salary", "Salary: 90k. Type the new value, or “none” to empty it."),
        ("company", "Company: Globex. Type the new value."),
        ("source", "Source: nothing yet. Type the new value."),
        ("source none", "Source: nothing. It says that already."),
        ("salary 90k", "Salary: 90k. It says that already."),
        ("tag", "Tags: python, big company. +tag adds a tag, -tag removes one."),
        ("tag -java", "It has no tag “java”."),
        ("tag python", "Tags: python, big company. It says that already."),
        ("tag +", "“+” names no tag."),
        ("no-contact", "No contact: no. Type yes or no."),
        ("company none", "Company is empty. Type at least one character."),
        ("co Initech", "“co” begins several fields: company, contact."),
        ("salry 95k", "There is no field “salry”. Did you mean “salary”?"),
        ("relation recruiter", "There is no main contact yet. Give a name first: contact Ana."),
    ],
)
def test_what_is_no_field_or_no_value_says_what_to_type(line: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_field(line, READER)
    assert str(refused.value).startswith(why)


@each_row("line", ["closes soon", "email nobody", "preset quick", "no-contact so"])
def test_what_the_form_refuses_is_refused_here_too(line: str) -> None:
    with pytest.raises(Refused):
        read_field(line, READER)


@each_row("field", [*ALL, NO_CONTACT], ids=lambda field: field.name)
def test_every_field_is_found_by_each_of_its_names(field: object) -> None:
    name = field.name  # type: ignore[attr-defined]
    for called in (name, LABELS[name], NOUNS[name], field.called):  # type: ignore[attr-defined]
        for spelled in (called, called.upper(), called.replace("-", " "), f"{called}:"):
            with pytest.raises(Refused) as refused:
                read_field(spelled, READER)
            words = str(refused.value)
            assert words.lower().startswith(NOUNS[name].lower()), spelled
