"""The documents tell the truth: links, commands, keys, rooms, numbers and the example of a
configuration are the program's.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from store.config.file import read_config
from store.rules.query.fields import ALL_FIELDS, HAS, IS
from store.rules.stages import Outcome, Stage
from store.settings import read_settings
from tests.tables import each_row
from tui.cli.run import read_words
from tui.cli.showing.options import SORTS
from tui.commands import COMMANDS, key_name
from tui.config.keys import keymap_of
from tui.config.screen import read_screen

PROJECT = Path(__file__).parents[1]
DOCUMENTS = {
    str(file.relative_to(PROJECT)): file.read_text(encoding="utf-8")
    for file in sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")])
}
README = DOCUMENTS["README.md"]
WORDS_AT_MOST = 1500
"""In the README, so that it can be read in a few minutes."""


def code(text: str) -> list[str]:
    """The lines of a document that are to be typed: those that are indented."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def test_the_fields_orders_and_columns_of_lists_are_those_of_the_program() -> None:
    text = DOCUMENTS["docs/finding.md"]
    told = re.findall(r"^\| `([a-z]+):` \| ([^|]*)\|", text, re.MULTILINE)
    assert [(name, tuple(re.findall(r"`([a-z-]+)`", also))) for name, also in told] == [
        (field.name, field.also) for field in ALL_FIELDS
    ]
    for names in (HAS, IS, Stage, Outcome):
        assert ", ".join(names) in text
    assert all(order in text for order in SORTS)
    schemas = {file.stem: file.read_text("utf-8") for file in PROJECT.glob("tui/schemas/*.json")}
    kinds = {name for name, schema in schemas.items() if f'"const": "{name}"' in schema}
    _, _, table = text.partition("| kind |")
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert kinds == set(re.findall(r"`([a-z]+)`", "".join(rows)))


def test_the_readme_is_short() -> None:
    assert len(README.split()) <= WORDS_AT_MOST


def test_the_readme_shows_four_different_pictures() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(screenshots/([a-z-]+)\.svg\)", README)
    assert sorted(pictures) == [
        "before-second-dark",
        "board-wide-dark",
        "chances-dark",
        "today-dark",
    ]


def anchors(text: str) -> set[str]:
    """What “#” may name in a document: its headings, as they are written in a link."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}


@each_row("name", DOCUMENTS)
def test_links_lead_to_what_is_packed_too(name: str) -> None:
    build = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    packed = build["build"]["targets"]["sdist"]["include"]
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", DOCUMENTS[name]):
        target, _, anchor = link.partition("#")
        path = (PROJECT / name).parent.joinpath(target).resolve() if target else PROJECT / name
        assert path.exists(), link
        inside = f"/{path.relative_to(PROJECT)}"
        assert any(inside == each or inside.startswith(f"{each}/") for each in packed), link
        assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), link


def typed(line: str) -> Iterator[list[str]]:
    """The words after each `rounds` in a line for a shell, up to what ends the command."""
    for start in re.finditer(r"(?<![\w./-])rounds(?= |$)", line.partition(" #")[0]):
        lexer = shlex.shlex(line[start.end() :], posix=True, punctuation_chars="|&()")
        lexer.whitespace_split = True
        words: list[str] = []
        for word in lexer:
            if word and set(word) <= set("|&()"):
                break
            words.append(word)
        yield [*words, "3"] if line[: start.start()].endswith("xargs ") else words


SHELL = [words for text in DOCUMENTS.values() for line in code(text) for words in typed(line)]


@each_row("words", SHELL, ids=" ".join)
def test_the_commands_are_understood(words: list[str]) -> None:
    assert read_words(words).command == (words[0] if words else None)


def test_the_commands_are_found() -> None:
    assert list(typed('x "$(rounds draft f12 --mailto)" && rounds  # rounds due')) == [
        ["draft", "f12", "--mailto"],
        [],
    ]
    assert ["due", "--line"] in SHELL
    assert ["show", "globex"] in SHELL
    assert len(SHELL) > 20


def test_the_keys_of_the_readme_are_those_of_the_board() -> None:
    on_the_board = {key_name(key) for c in COMMANDS if "board" in c.where for key in c.keys}
    rows = re.findall(r"^\| (`[^|]+`) \|", README, re.MULTILINE)
    told = [key for row in rows for key in re.findall(r"`([^`]+)`", row)]
    assert len(told) > 10
    assert set(told) <= on_the_board


@pytest.mark.parametrize("name", ["README.md", "KEYS.md"])
def test_the_key_that_is_changed_as_an_example_takes_none_from_another_command(
    name: str, tmp_path: Path
) -> None:
    lines = code(DOCUMENTS[name])
    file = tmp_path / "config.toml"
    file.write_text("\n".join(lines[lines.index("[keys]") :][:2]), encoding="utf-8")
    read = read_config(file)
    assert read is not None
    ((changed, keys),) = keymap_of(read).keys.items()
    (command,) = (c for c in COMMANDS if c.id == changed)
    others = {
        key for c in COMMANDS if c != command and {*c.where} & {*command.where} for key in c.keys
    }
    assert not others & set(keys.split(","))


def test_what_is_made_can_be_made() -> None:
    targets = re.findall(
        r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {
        target
        for text in DOCUMENTS.values()
        for words in re.findall(r"`make ([a-z ]+)", text)
        for target in words.split()
    }
    assert {"run", "check", "test", "proof", "bench", "screenshots", "mutants"} <= told
    assert told <= set(targets)


def test_the_house_has_the_rooms_that_are_told() -> None:
    told = set(re.findall(r"(\w+)/", "\n".join(code(DOCUMENTS["CONTRIBUTING.md"]))))
    rooms = {
        folder.name
        for floor in ("store", "tui")
        for folder in (PROJECT / floor, *(PROJECT / floor).rglob("*"))
        if (folder / "__init__.py").exists()
    }
    assert told == rooms - {"versions"}


NUMBERS = tomllib.loads(
    (PROJECT / "store/rules/followups/followups.toml").read_text(encoding="utf-8")
)
WHEN = {
    "docs/follow-ups.md": {
        "an application": "{application.inquiry_days} later, or {application.after_closing_days} "
        "after the posting closes; once more after {application.spacing_days}",
        "an invitation": "within {invitation.answer_hours}",
        "your reply, and still no time": "{slots.inquiry_business_days} later; "
        "when it will be, once more after {time.spacing_days}",
        "a move to *first* or *second* without an interview": "{time.inquiry_business_days} later; "
        "once more after {time.spacing_days}",
        "an agreed interview": "from {preparation.prepare_days} before, weekends too; "
        "{preparation.logistics_days} before; {preparation.go_hours} before",
        "an interview": "when it ends; {debrief.due_hours} later; within {thank_you.due_hours} "
        "(dropped after {thank_you.drop_days})",
        "an interview, no date given": "{interview.inquiry_days} later; "
        "once more {interview.spacing_days} after that",
        "an interview that was cancelled or missed": "the same day; "
        "{called_off.inquiry_business_days} after your message",
        "a decision date": "{promise.inquiry_business_days} after it, never before; "
        "once more after {promise.spacing_days}",
        "a task": "from {task.remind_days} before it is due; "
        "{interview.inquiry_days} after you handed it in",
        "a promise of yours": "on its date, or within {own_promise.deliver_hours}",
        "a reference check": "the day you hear of it; {references.inquiry_business_days} after it",
        "an offer": "within {offer.acknowledge_hours}, on a business day; "
        "{letter.inquiry_business_days} later for what is still missing",
        "a counter-offer of yours": "{counter.inquiry_business_days} later, once, "
        "at the latest the day before your deadline",
        "an offer deadline": "from {deadline.first_days} before, in one line; "
        "{deadline.more_time_days} before; once it has passed",
        "an offer, while other employers interview you": "{other_offer.tell_business_days} later; "
        "again if you told them before it was known, or if it moved closer",
        "an accepted offer, on its own card": "the same day; "
        "{after_yes.sign_business_days} after it comes; "
        "{after_yes.helpers_business_days} after you accept; {after_yes.notice_business_days} "
        "after the signature and the last condition; {after_yes.start_business_days} "
        "after the signature",
        "a rejection after an interview": "within {rejection.thank_hours}, on a business day; "
        "after {staying.touch_days} and {staying.look_again_days}",
    },
    "README.md": {
        "an application": "{application.inquiry_days} later; "
        "once more after {application.spacing_days}",
        "an invitation": "within {invitation.answer_hours}",
        "an agreed interview": "{preparation.prepare_days}, {preparation.logistics_days} and "
        "{preparation.go_hours} before",
        "an interview": "{debrief.due_hours} later; within {thank_you.due_hours}",
        "an interview, no date given": "{interview.inquiry_days} later; "
        "once more {interview.spacing_days} after that",
        "a decision date": "{promise.inquiry_business_days} after it, never before",
        "an offer": "within {offer.acknowledge_hours}; again {letter.inquiry_business_days} later",
        "an offer deadline": "from {deadline.first_days} before",
        "a rejection": "within {rejection.thank_hours}",
    },
}
"""What the tables say of when, with the numbers that they take from the rules."""


def spoken(name: str) -> str:
    """The number `name` of the rules as the documents say it: “a week”, “2 business days”."""
    table, _, entry = name.partition(".")
    number, unit = NUMBERS[table][entry], re.search(r"business_days|days|hours", entry)
    assert unit is not None
    said = unit[0].replace("_", " ")
    if said == "days" and number == 7:
        return "a week"
    return f"{number} {said}" if number != 1 else f"1 {said[:-1]}"


@each_row(("name", "after"), [(name, row) for name in WHEN for row in WHEN[name]])
def test_the_days_of_the_tables_are_those_of_the_rules(name: str, after: str) -> None:
    row = re.search(rf"^\| {re.escape(after)} \| .+ \| (.+) \|$", DOCUMENTS[name], re.MULTILINE)
    assert row is not None
    assert row[1] == re.sub(r"\{([\w.]+)\}", lambda m: spoken(m[1]), WHEN[name][after])


def test_the_example_of_the_readme_is_read(tmp_path: Path) -> None:
    blocks = re.findall(r"(?:^(?:    .*)?\n)+", README, re.MULTILINE)
    example = next(dedent(block) for block in blocks if "[follow_ups]" in block)
    file = tmp_path / "config.toml"
    file.write_text(example, encoding="utf-8")
    settings = read_settings(file)
    assert (settings.preset, settings.country, settings.slow_season) == ("uk", "GB-SCT", True)
    assert settings.overrides["interview"] == {"inquiry_business_days": 6}
    assert read_screen(file).fourth_line == ("tags", "salary")
    assert date(2026, 11, 30) in settings.holidays, "St Andrew's Day"


PROOFS = re.findall(
    r"^\| (\S+\.md) \| (.+?) \| (.+) \|$", DOCUMENTS["docs/proofs.md"], re.MULTILINE
)


def spoken_plainly(text: str) -> str:
    """`text` on one line, as it is compared."""
    return " ".join(text.split())


@each_row(("name", "sentence", "files"), PROOFS, ids=[row[1] for row in PROOFS])
def test_what_is_promised_stands_there_and_its_proof_exists(
    name: str, sentence: str, files: str
) -> None:
    assert sentence in spoken_plainly(DOCUMENTS[name])
    named = re.findall(r"`(tests/[^`]+)`", files)
    assert named
    for file in named:
        assert (PROJECT / file).is_file(), file


def test_every_row_about_safety_and_speed_has_a_proof() -> None:
    promised = {(name, sentence) for name, sentence, _ in PROOFS}
    for name in ("docs/safety.md", "docs/speed.md"):
        table = DOCUMENTS[name].partition("## Goals")[0]
        for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE):
            if row.startswith(("---", "what was done", "measure")):
                continue
            assert any(of == name and said in row for of, said in promised), row
    figures = re.findall(
        r"[0-9,]+ (?:ms|writers)", DOCUMENTS["README.md"].partition("## Speed and safety")[2]
    )
    assert len(figures) >= 5
    for figure in figures:
        assert any(of == "README.md" and figure in said for of, said in promised), figure


def test_every_paragraph_about_safety_has_a_proof() -> None:
    promised = [said for name, said, _ in PROOFS if name == "docs/safety.md"]
    for paragraph in re.split(r"\n\n|\n(?=- )", DOCUMENTS["docs/safety.md"]):
        told = spoken_plainly(paragraph)
        if told and not told.startswith(("#", "|", "The last complete run")):
            assert any(said in told for said in promised), told
