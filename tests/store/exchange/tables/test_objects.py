"""Lists of objects in JSON."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.incoming import Parsed
from store.exchange.tables.objects import cell_of
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 28)


def read(text: str) -> Parsed:
    return read_document(Document.of("mine.json", text.encode()), TODAY)


def test_a_list_is_a_table_whatever_is_around_it() -> None:
    for text in (
        '[{"company": "Globex", "role": "SRE"}]',
        '{"version": 2, "jobs": [{"company": "Globex", "role": "SRE"}], "tags": ["x"]}',
        '\ufeff\n[{"role": "SRE"}, {"role": "x", "company": "Globex"}]',
    ):
        assert "Globex" in {row.company for row in read(text).rows}


def test_lines_are_those_of_the_file() -> None:
    first, second = '{"company":\n "Globex", "role": "SRE"}', '{"company": "B", "role": "C"}'
    text = f'{{\n"jobs": [\n {first},\n\n {second}]}}'
    assert [row.line for row in read(text).rows] == [3, 6]


@each_row(
    ("text", "said"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"a": ' * 100_000, "nested too deeply"),
        ('[\n{"company": "Globex",\n]', "“mine.json”, line 3: this is not valid JSON"),
        ("[1, 2, 3]", "no table"),
        ("[" + "[]," * 3_000_000 + "[]]", "more than 6,000,000 characters of JSON"),
        ("{}", "no table"),
        ('[{"x": 1' + "0" * 5_000 + "}]", "not valid JSON"),
    ],
)
def test_what_is_no_list_of_applications_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(text)


def test_a_table_may_begin_with_a_bracket() -> None:
    assert read("[Company],Role\n[Remote] Acme,SRE\n").rows[0].company == "[Remote] Acme"


@each_row(
    ("value", "cell"),
    [
        (None, ""), (True, "yes"), (False, "no"), (3, "3"), (" a ", "a"),
        (["a", None, {"name": "b"}], "a; b"), ({"name": "a", "id": 1}, "a"),
        ({"x": "a", "y": "b"}, "a; b"), ([], ""), ({}, ""),
    ],
)  # fmt: skip
def test_values_become_cells(value: object, cell: str) -> None:
    assert cell_of(value) == cell


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["company", "role", "lists", "cards", "idList", "x"]), inner
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_json_makes_the_reader_fail(value: object) -> None:
    with suppress(Refused):
        read(json.dumps(value))
