"""A JSON document in parts: the same as read whole, wherever the parts end."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.tables import stream
from store.exchange.tables.stream import members
from store.rules.text import Refused
from tests.tables import each_row

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False,
                                                                      allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def together(text: str) -> dict[str, Any]:
    """What the members of a document are, each list put together again."""
    found: dict[str, Any] = {}
    for name, value in members(io.StringIO(text), "file"):
        found.setdefault(name, []).append(value)
    return found


@given(
    st.dictionaries(st.text(), VALUES, max_size=4), st.sampled_from([None, 2]), st.integers(1, 9)
)
def test_the_members_are_those_of_the_document(
    document: dict[str, Any], indent: int | None, at_once: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_AT_ONCE", at_once)
        found = together(json.dumps(document, indent=indent))
    expected = {
        name: value if isinstance(value, list) else [value]
        for name, value in document.items()
        if value != []
    }
    assert found == expected


@each_row(
    "text",
    ["", "[", "{", '{"a"', '{"a": 1', '{"a": 1,}', '{"a": [1 2]}', '{"a": [1,]}', "{1: 2}",
     '{"a":1}x', '{"a": tru}', '{"a": "x}', "[1]", '{"a": 1 "b": 2}', "null"],
)  # fmt: skip
def test_what_is_no_object_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(Refused, match=r"“file”, line 1: this is not valid JSON"):
        list(members(io.StringIO(text), "file"))


def test_the_line_is_told_and_depth_is_bounded() -> None:
    with pytest.raises(Refused, match="line 3"):
        list(members(io.StringIO('{"a": 1,\n"b": [1,\n2 3]}'), "file"))
    with pytest.raises(Refused, match="too deeply"):
        list(members(io.StringIO('{"a": ' + "[" * 200_000), "file"))


def test_bytes_that_are_no_text_are_refused() -> None:
    file = io.TextIOWrapper(io.BytesIO(b'{"a": "\xff"}'), "utf-8")
    with pytest.raises(Refused, match="UTF-8"):
        list(members(file, "file"))
