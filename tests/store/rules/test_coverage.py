"""Every statement of the founding article has its place in the program, and the place exists."""

import ast
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from sqlmodel import SQLModel

import store.tables
from store.rules.chances.figures import published_figures, typical
from store.rules.drafts.kinds import KINDS as DRAFTS
from store.rules.drafts.templates import template
from store.rules.followups import ends, interviews, offers, silence, waits
from store.rules.lists import formats, is_item, questions, signals
from store.rules.points import KINDS as POINTS
from store.rules.stages import Stage
from store.rules.tips.texts import tips
from tests.tables import each_row
from tui.commands import COMMANDS

FILE = Path(__file__).with_name("coverage.toml")
STATEMENTS: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["statement"]
ROWS = {
    "odds": "likelier after round two, no guarantee, few candidates left",
    "decided by": "performance, fit, what the company needs and when",
    "patience": "be patient, expect the right thing, stay active",
    "deeper": "round two is deeper and harder, with complex tasks",
    "formats": "panel, case, technical",
    "tips": "the ten tips",
    "requirements": "review the requirements, detail the qualifications",
    "thanks": "prompt, personal, with gratitude, interest and key points",
    "follow-up": "their time first, else a week, and never too often",
    "concerns": "steps taken, adaptability",
    "steps": "research, networking, skills",
    "enthusiasm": "for the role and the company",
    "connection": "with those who interview",
    "company": "culture, news, projects, achievements",
    "signals": "the five that are named",
    "waiting": "times vary, a polite mail after a week",
    "no job yet": "a second interview is not the job",
    "persistence": "learn, refine, stay in touch",
}
"""The rows of the coverage table, in its order."""


@cache
def rules_planned() -> frozenset[str]:
    """The numbers of the rules that plan something, as they stand in the code of the rules.

    R2 and R10 plan no follow-up: they tell when a card goes quiet, in the words of `silence`; R24
    lets the other ones begin anew.
    """
    found: set[str] = set()
    for module in (ends, interviews, offers, waits):
        assert module.__file__
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg="rule", value=ast.Constant(value=str(rule))):
                    found.add(rule)
    assert "R10" in (silence.quiet_days.__doc__ or "")
    assert "R24" in (waits.__doc__ or "")
    return frozenset(found | {"R2", "R10", "R24"})


@cache
def numbers() -> Mapping[str, Any]:
    text = files("store.rules").joinpath("followups/followups.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def is_number(name: str) -> bool:
    path, _, value = name.partition("=")
    section, key = path.split(".")
    return bool(numbers()[section][key] == int(value))


def is_case(name: str) -> bool:
    tip_id, given = name.split(":")
    return any(tip.id == tip_id and given in {c.given for c in tip.cases} for tip in tips())


def is_column(name: str) -> bool:
    table, column = name.split(".")
    assert store.tables
    return column in SQLModel.metadata.tables[table].columns


def is_draft(name: str) -> bool:
    kind, slot = name.split(":")
    used = {found["named"] for found in Template.pattern.finditer(template(kind))}
    return kind in DRAFTS and slot in used


def is_code(name: str) -> bool:
    """Whether a module has it: an attribute, a method, a field of a class."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            found: Any = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            fields = getattr(found, "__dataclass_fields__", {})
            if not hasattr(found, part) and part not in fields:
                return False
            found = getattr(found, part, None)
        return True
    return False


PLACES: Mapping[str, Callable[[str], bool]] = {
    "tip": lambda name: name in {tip.id for tip in tips()},
    "case": is_case,
    "rule": lambda name: name in rules_planned(),
    "number": is_number,
    "format": lambda name: name in formats(),
    "signal": lambda name: name in signals(),
    "question": lambda name: name in {question.group for question in questions("x", "y")},
    "item": is_item,
    "point": lambda name: name in POINTS,
    "column": is_column,
    "draft": is_draft,
    "figure": lambda name: name in {figure.id for figure in published_figures().figures},
    "typical": lambda name: bool(typical(Stage(name)).caption),
    "command": lambda name: name in {command.id for command in COMMANDS},
    "code": is_code,
}


def named() -> list[str]:
    return [place for statement in STATEMENTS for place in statement["place"]]


@each_row("place", sorted(set(named())))
def test_the_place_exists(place: str) -> None:
    kind, _, name = place.partition(":")
    assert PLACES[kind](name), f"{place} is not there"


def test_every_kind_of_place_is_named() -> None:
    assert {place.partition(":")[0] for place in named()} == set(PLACES)


@each_row(
    "place",
    [
        *("tip:S-13", "case:S-1:link", "rule:R99", "number:interview.inquiry_days=8"),
        *("format:tea", "signal:vibes", "question:Small talk", "item:OC-99", "point:rumour"),
        *("column:debrief.score", "draft:thank_you:lesson", "figure:none", "command:win"),
        *("code:store.advice.carry_over.Carried.nothing", "code:store.nowhere.Nothing"),
    ],
)
def test_a_place_that_does_not_exist_would_be_noticed(place: str) -> None:
    kind, _, name = place.partition(":")
    assert not PLACES[kind](name)


def test_every_row_is_there_in_its_order() -> None:
    rows = list(dict.fromkeys(statement["row"] for statement in STATEMENTS))
    assert set(rows) == set(ROWS)
    assert rows == list(ROWS)


def test_every_statement_says_something_of_its_own_and_has_a_place() -> None:
    said = [statement["says"] for statement in STATEMENTS]
    assert len(set(said)) == len(said) >= 50
    for statement in STATEMENTS:
        assert set(statement) <= {"row", "tip", "says", "place"}
        assert statement["says"].strip()
        assert len(set(statement["place"])) == len(statement["place"]) > 0


def test_the_ten_tips_are_the_first_ten_of_the_second_stage_in_order() -> None:
    found = [(s["tip"], s["place"][0]) for s in STATEMENTS if "tip" in s]
    assert found == [(number, f"tip:S-{number}") for number in range(1, 11)]
    assert {s["row"] for s in STATEMENTS if "tip" in s} == {"tips"}


def test_the_five_signs_are_the_first_five() -> None:
    found = [place for place in named() if place.startswith("signal:")]
    five = [f"signal:{key}" for key in list(signals())[:5]]
    assert [place for place in found if place in five] == five
