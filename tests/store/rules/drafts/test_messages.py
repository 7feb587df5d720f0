"""Every sentence of every message, as the employer or the recruiter who receives it reads it."""

import re
import string
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest

from store.advice.draft_facts import _THROUGH_RECRUITER
from store.rules.drafts.kinds import KINDS
from store.rules.drafts.slots import DAYS, DraftFacts
from store.rules.drafts.templates import render, template
from tests.tables import each_row

TODAY = date(2026, 11, 23)
NOBODY = DraftFacts(TODAY, company="Globex", role="Engineer")
EMPLOYER = DraftFacts(
    TODAY,
    company="Globex",
    role="Engineer",
    me="Kim Novak",
    name="Ana Ruiz",
    first_name="Ana",
    names="Ana Ruiz and Bo Lindqvist",
    point="the on-call rota",
    topic="the move to Kafka",
    topics="the move to Kafka; hiring juniors",
    concern="little cloud experience",
    steps="the CKA course",
    doubts="little cloud experience",
    next_step="a panel next week",
    since="a course on Rust; a meetup on Kafka",
    question="Why do you want to leave?",
    answer="I want to own a product from end to end",
    why="your tools are open source",
    promise="the link to my talk",
    proposal="base pay of 90,000",
    roles="Engineer and Analyst",
    when="Tuesday 24 November, 10:00",
    place="12 Main Street",
    missing="who I will be meeting and how long it will last",
    task="Pricing case",
    by_when="By what date",
    in_writing="in writing",
    elsewhere="another position",
    **{name: date(2026, 11, day) for day, name in enumerate(DAYS, 1)},
)
RECRUITER = replace(EMPLOYER, via="Globex", first_name="Rob")
OPTIONAL = [field.name for field in fields(DraftFacts) if field.name not in ("today", "via")]
ALWAYS = ("company", "role")
"""What an application always has."""

_SLOT = re.compile(r"\$(\w+)")
_AMISS = ("  ", " .", " ,", " ;", " :", "..", ",.", ":.", ";.", "()", "( ", " )", "“”", "$", "|")
TO_SOMEONE_ELSE = ("references", "recruiter_call", "helper_thanks")
"""The messages that do not go to the employer."""


def said(kind: str, facts: DraftFacts) -> str:
    message = render(template(kind), facts, source=f"{kind}.txt")
    return f"{message.subject}\n\n{message.body}"


def kinds_to(facts: DraftFacts) -> list[str]:
    """The kinds that are written to the receiver of these facts."""
    return [kind for kind in KINDS if not facts.via or kind in _THROUGH_RECRUITER]


def slots_of(kind: str) -> list[str]:
    found = {slot.removesuffix("_iso") for slot in _SLOT.findall(template(kind))}
    return [name for name in OPTIONAL if name in found and name not in ALWAYS]


def without(facts: DraftFacts, *names: str) -> DraftFacts:
    return replace(facts, **{name: None if name in DAYS else "" for name in names})


def fillings(kind: str, facts: DraftFacts) -> Iterator[DraftFacts]:
    """All slots filled, none, each one alone, all but one, and all but two."""
    slots = slots_of(kind)
    yield facts
    yield without(facts, *slots)
    for one in slots:
        yield without(facts, one)
        yield without(facts, *(slot for slot in slots if slot != one))
        for other in slots[slots.index(one) + 1 :]:
            yield without(facts, one, other)


CASES = [
    pytest.param(kind, facts, id=f"{kind}-{who}")
    for who, facts in (("employer", EMPLOYER), ("recruiter", RECRUITER))
    for kind in kinds_to(facts)
]


@each_row(("kind", "facts"), CASES)
def test_it_reads_well_whatever_is_known(kind: str, facts: DraftFacts) -> None:
    for known in fillings(kind, facts):
        text = said(kind, known)
        assert not [amiss for amiss in _AMISS if amiss in text], text
        for opening, closing in ("()", "“”"):
            assert text.count(opening) == text.count(closing), text
        subject, greeting, *paragraphs = text.split("\n\n")
        assert subject[0].isupper()
        assert subject[-1] not in ".,:;-"
        assert re.fullmatch(r"Dear \w+,|Hello,", greeting)
        closing_lines = paragraphs[-2:] if known.me else paragraphs[-1:]
        assert closing_lines[0] == "Kind regards,"
        for paragraph in paragraphs[: -len(closing_lines)]:
            sentences = re.split(r"(?<=[.?]) (?=[A-Z$])", paragraph)
            assert len(sentences) == len(set(sentences)), text
            assert all(sentence[0].isupper() for sentence in sentences), text
            assert paragraph[-1] in ".?", text


@each_row("kind", KINDS)
def test_every_line_of_the_template_is_said_to_someone(kind: str) -> None:
    texts = {
        said(kind, known)
        for facts in (EMPLOYER, RECRUITER)
        if kind in kinds_to(facts)
        for known in fillings(kind, facts)
    }
    for number, line in enumerate(template(kind).splitlines(), 1):
        plain = line.removeprefix("Subject:").removeprefix("|").strip()
        parts = [part for part in _SLOT.split(plain)[::2] if part.strip(" .,")]
        assert any(all(part in text for part in parts) for text in texts), (number, line)


@each_row("kind", kinds_to(RECRUITER))
def test_a_recruiter_is_not_taken_for_the_employer(kind: str) -> None:
    for known in fillings(kind, RECRUITER):
        text = said(kind, known)
        assert "Globex" in text
        for amiss in (
            *("You raised", "you raised", "your offer", "Your offer", "our interview", "with you"),
            *("you expect to decide", "offering me", "our conversation", "inviting me"),
        ):
            assert amiss not in text.replace("leave it with you", ""), text


@each_row("kind", [kind for kind in KINDS if kind not in TO_SOMEONE_ELSE])
def test_an_employer_is_not_spoken_to_as_they(kind: str) -> None:
    for known in fillings(kind, EMPLOYER):
        text = said(kind, known)
        text = text.replace("my references for the Engineer position, and that they", "")
        for amiss in (" they ", " them?", "let them know", " their ", "from Globex", "Globex has"):
            assert amiss not in text, text


@each_row(("kind", "facts"), CASES)
def test_it_says_what_it_is_about(kind: str, facts: DraftFacts) -> None:
    bare = said(kind, without(facts, *slots_of(kind)))
    assert "Engineer" in bare or "Globex" in bare or kind == "promise"


def test_no_slot_is_filled_in_vain() -> None:
    for kind in KINDS:
        for slot in slots_of(kind):
            receivers = [f for f in (EMPLOYER, RECRUITER) if kind in kinds_to(f)]
            texts = [said(kind, facts) for facts in receivers]
            less = [said(kind, without(facts, slot)) for facts in receivers]
            alone = [
                said(kind, without(facts, *(s for s in slots_of(kind) if s != slot)))
                for facts in receivers
            ]
            nothing = [said(kind, without(facts, *slots_of(kind))) for facts in receivers]
            assert texts != less or alone != nothing, (kind, slot)


def test_the_slots_are_those_that_string_templates_read() -> None:
    for kind in KINDS:
        found = {
            m["named"] or m["braced"] for m in string.Template.pattern.finditer(template(kind))
        }
        assert found == set(_SLOT.findall(template(kind)))
