"""A file for each card: names for every system, and nothing typed breaks what stands around it."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.export.board import Row
from store.export.text import card_files, escape, file_name, of_card
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.text import printable
from tests.conftest import SAMPLE_MADE, examples
from tests.makers import NOW, TODAY
from tests.store.export.conftest import rows_of
from tests.tables import each_row

HOSTILE = (
    "---\ntitle: x\n---", "```\n# not a heading\n```", "````", "# heading", "- [x] done",
    "* TODO mine", "#+TITLE: x", ":END:", "#+end_src", "<2026-11-26 Thu>", "[[link]]", "![[x]]",
    "<script>alert(1)</script>", "a: b", "'single' \"double\"", "{{x}}", "| a | b |", "1. one",
    "\\", "%%hidden%%", "~~~", "  indented", "\tTab", "&amp;", "@name", "=1+1", "^block", "$x$",
)  # fmt: skip


def text_of(row: Row, format_: str = "markdown") -> str:
    """The file of a card."""
    ((_, parts),) = card_files([row], format_, NOW)
    return "".join(parts)


def front(text: str) -> dict[str, Any]:
    """The properties of a file, read as JSON reads what YAML quotes the same."""
    begin, block, _ = text.split("---\n", 2)
    assert begin == ""
    found = {}
    for line in block.splitlines():
        name, _, value = line.partition(": ")
        assert re.fullmatch(r"[a-z_]+", name), line
        found[name] = value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else json.loads(value)
    return found


@each_row(
    ("company", "role", "name"),
    [
        ("Globex", "Staff Engineer", "card-0001-globex-staff-engineer.md"),
        ("Müller & Söhne", "Café/Bar", "card-0001-mueller-soehne-cafe-bar.md"),
        ("../../etc", "passwd", "card-0001-etc-passwd.md"),
        ("CON", "NUL", "card-0001-con-nul.md"),
        ("株式会社", "開発", "card-0001.md"),
        ("a" * 200, "b", f"card-0001-{'a' * 60}.md"),
        ("x.", " - ", "card-0001-x.md"),
    ],
)
def test_names_suit_every_system(company: str, role: str, name: str) -> None:
    assert file_name({"id": 1, "company": company, "role": role}, "markdown") == name


@given(st.integers(1, 10**6), st.text(), st.text(), st.sampled_from(["markdown", "org"]))
def test_names_are_plain_and_tell_their_card(
    number: int, company: str, role: str, format_: str
) -> None:
    name = file_name({"id": number, "company": company, "role": role}, format_)
    assert re.fullmatch(r"card-\d{4,}(-[a-z0-9]+)*\.(md|org)", name)
    assert len(name) < 100
    assert of_card(format_)(name) == f"card-{number:04}"


@each_row("name", ["2026-11-23.md", "card.md", "card-1.md", "card-0001.txt", "x.md",
                                  "card-0001-A.md", "Card-0001.md", "card-0001-ü.md"])  # fmt: skip
def test_no_other_file_is_taken_for_that_of_a_card(name: str) -> None:
    assert of_card("markdown")(name) == ""


def test_the_properties_are_the_facts(sample: Database) -> None:
    globex = next(row for row in rows_of(sample) if row["company"] == "Globex")
    found = front(text_of(globex))
    assert (found["rounds"], found["company"], found["stage"]) == (9, "Globex", "second")
    assert (found["tags"], found["status"]) == (["python", "platform"], "open")
    assert found["applied"] == globex["applied_on"]


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_typed_breaks_the_structure(row: Callable[..., Row], pipeline: Pipeline,
                                            db: Database, said: str) -> None:  # fmt: skip
    line = " ".join(said.split())
    plain = row("Globex", "Engineer", location="x", why_role="x", tags=("x",))
    number = row(line, line, location=line, why_role=said, tags=(line[:40],))["id"]
    for id_, text in ((plain["id"], "x"), (number, said)):
        pipeline.note(id_, text)
        pipeline.contact(id_, line if id_ == number else "x")
        pipeline.remind(id_, TODAY + timedelta(days=1), line if id_ == number else "x")
        pipeline.point(id_, "concern", line if id_ == number else "x", detail=text)
    first, second = rows_of(db)
    for format_ in ("markdown", "org"):
        assert shape(text_of(second, format_), format_) == shape(text_of(first, format_), format_)
    assert front(text_of(second))["company"] == line
    for wanted in said.split("\n"):
        assert wanted.strip() in text_of(second)
        assert wanted.strip() in text_of(second, "org")


def shape(text: str, format_: str) -> list[str]:
    """What a reader of the format makes of a file: headings, lists, blocks; without what is in
    them."""
    if format_ == "org":
        kinds = [
            (r"\*+ ", "heading"), (r": ", "literal"), (r":$", "literal"), (r":[A-Z_]+:", "drawer"),
            (r"#\+\w+:", "keyword"), (r"- ", "list"), (r"SCHEDULED: <[^<>]*>$", "plan"),
            (r"<[^<>]*>$", "time"), (r"\[[^\]]*\]$", "time"),
        ]  # fmt: skip
        found = [next((kind for form, kind in kinds if re.match(form, line)), f"?{line}")
                 for line in text.splitlines()]  # fmt: skip
        assert not [kind for kind in found if kind.startswith("?")], found
        return [kind for kind in found if kind not in ("literal", "keyword")]
    found, fence = [], ""
    for line in text.split("---\n", 2)[2].splitlines():
        bare = line.strip()
        if fence:
            if bare == fence:
                fence = ""
            continue
        if opened := re.match(r"\s*(`{3,})text$", line):
            fence = opened[1]
            found.append("block")
        elif heading := re.match(r"#+ ", line):
            found.append(heading[0])
        elif re.match(r"\s*- ", line):
            found.append("list")
        else:
            assert not bare, line
    assert not fence
    return found


@each_row(
    ("said", "shown"),
    [("a*b", r"a\*b"), ("- x", r"\- x"), ("1. x", r"1\. x"), ("#tag", r"\#tag"), ("a-b", "a-b"),
     ("[[x]]", r"\[\[x\]\]"), ("3 x", "3 x"), ("", ""), ("a\nb", "a b"), ("+ x", r"\+ x")],
)  # fmt: skip
def test_what_markdown_would_obey_is_escaped(said: str, shown: str) -> None:
    assert escape(said) == shown


def test_what_lapsed_is_not_to_be_done(sample: Database) -> None:
    globex = next(row for row in rows_of(sample) if row["company"] == "Globex")
    ((_, (text,)),) = card_files([globex], "markdown", SAMPLE_MADE)
    todo = re.findall(r"^- \[ \] (\d{4}-\d\d-\d\d)", text, re.MULTILINE)
    assert todo
    assert min(todo) >= "2026-11-20"
    assert "- [x] " in text


def test_org_has_appointments_and_things_to_do(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer", tags=("two words", "x"))
    pipeline.interview(1, NOW + timedelta(days=2), minutes=45)
    pipeline.remind(1, date(2026, 11, 27), "call *Ana*")
    text = text_of(rows_of(db)[0], "org")
    assert "<2026-11-25 Wed 09:00-09:45>" in text
    assert "** TODO\nSCHEDULED: <2026-11-27 Fri>\n: call *Ana*\n" in text
    assert "#+FILETAGS: :two_words:x:" in text


def test_yaml_reads_the_properties(row: Callable[..., Row]) -> None:
    for said in HOSTILE:
        line = " ".join(said.split())
        block = text_of(row(line, line, location=line, tags=(line[:40],))).split("---\n")[1]
        assert yaml.safe_load(block)["company"] == line


@given(st.text(min_size=1))
@settings(
    max_examples=examples(20, long=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_note_stands_in_one_block(sample: Database, said: str) -> None:
    row = rows_of(sample)[0]
    row["notes"] = [{"id": 1, "noted_on": "2026-11-01", "text": said}]
    text = text_of(row)
    assert shape(text, "markdown").count("block") == (1 if said.strip() else 0)
    for line in printable(said).split("\n"):
        assert line.rstrip() in text
