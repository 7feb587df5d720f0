"""The config file as TOML: what can be read is read, and a mistake costs only what it is about."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.config.file import ConfigFile, line_of, read_config
from store.rules.text import Refused
from tests.tables import each_row

FILE = Path("/home/ana/config.toml")
GOOD = "[follow_ups]\npreset = 'uk'\n"

BROKEN = [
    ("[follow_ups]\npreset = uk\ncountry = 'DE'\n", [2], {"follow_ups": {"country": "DE"}}),
    ("a = 'x\nb = 2\n", [1], {"b": 2}),
    ("a = [\n  'x',\nb = 2\n", [1], {"b": 2}),
    ("a = '''x\ny\n", [1], {}),
    ("a = 1\na = 2\nb = 3\n", [2], {"a": 1, "b": 3}),
    ("[a]\nx = 1\n[a]\ny = 2\n[b]\nz = 3\n", [3], {"a": {"x": 1}, "b": {"z": 3}}),
    ("[follow_ups\npreset = 'uk'\n[b]\nz = 3\n", [1], {"b": {"z": 3}}),
    ("just words\na = 1\n", [1], {"a": 1}),
    ("a = 1 2\nb = ,\nc = 3\n", [1, 2], {"c": 3}),
    ("a = 2025-13-40\nb = 2\n", [1], {"b": 2}),
    ("b = 2\na = " + "9" * 5_000 + "\n", [2], {"b": 2}),
    ("b = 2\nx = " + "[" * 30_000, [2], {"b": 2}),
    ("a = [ # one\n 1, oops,\n 2]\nb = 2\n", [2], {"b": 2}),
]


@each_row(("text", "lines", "left"), BROKEN, ids=[text[:24] for text, *_ in BROKEN])
def test_what_is_no_toml_costs_only_itself(text, lines, left) -> None:
    file = ConfigFile(FILE, text)
    assert file.tables == left
    assert [mistake.line for mistake in file.mistakes] == lines
    for mistake, line in zip(file.mistakes, lines, strict=True):
        assert f"config.toml”, line {line}: It " in mistake.sentence
        assert "Until it is fixed" in mistake.sentence


def test_more_mistakes_than_a_file_can_have_leave_nothing() -> None:
    file = ConfigFile(FILE, "x = \n" * 100 + "a = 1\n")
    assert file.tables == {}
    assert "nothing in the file counts" in file.mistakes[-1].sentence


def test_a_whole_file_has_no_mistake() -> None:
    assert ConfigFile(FILE, GOOD).mistakes == ()
    assert ConfigFile(FILE, "").mistakes == ()


def test_no_file_is_none_and_what_is_no_text_is_refused(tmp_path: Path) -> None:
    assert read_config(tmp_path / "config.toml") is None
    with pytest.raises(Refused, match="not a file"):
        read_config(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"a = '\xff'\n")
    with pytest.raises(Refused, match="line 1: this is not UTF-8"):
        read_config(tmp_path / "config.toml")


@given(st.text(max_size=80) | st.lists(st.sampled_from(
    ["[a]", "[a.b]", "x = 1", "y = '", "z = [", "]", "'''", "[", "a.c = 2", "# note", "", "="]
), max_size=12).map("\n".join))  # fmt: skip
def test_any_text_is_read_as_far_as_it_goes(text: str) -> None:
    file = ConfigFile(FILE, text)
    for mistake in file.mistakes:
        assert mistake.sentence.isprintable()
        assert mistake.line is None or 1 <= mistake.line <= text.count("\n") + 1


@each_row(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("# b\na = 'b'\nb = 2", ("b",), 3),
        ("a = '''\nb = 1\n'''\nb = 2", ("b",), 4),
        ("[t]\nb = [\n1,\n2,\n]", ("t", "b"), 2),
        ("[s]\nb = 1\n[t]\nb = 1", ("t", "b"), 4),
        ("[s]\n[t.u]\nv = 1", ("t", "u", "v"), 3),
        ("[t.u]\nv = 1", ("t", "u"), 1),
        ("t.u.v = 1", ("t", "u", "v"), 1),
        ("[t]\nu = { v = 1 }", ("t", "u", "v"), 2),
        ('"\\u0062" = 1', ("b",), 1),
        ("a = 1", ("b",), None),
        ("a = 1", (), None),
    ],
)
def test_where_something_stands(text: str, path: tuple[str, ...], line: int | None) -> None:
    assert line_of(text, path) == line
