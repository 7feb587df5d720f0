"""The reader of the lists that come with the program: every mistake named by file and entry."""

import pytest

from store.rules.lists import WEIGHTS, Format, Signal, read_items, read_list, read_signals
from store.rules.shipped_lists import entries
from tests.tables import each_row

REQUIRED = {"key": str, "size": int}
GOOD = '[[thing]]\nkey = "a"\nsize = 1\n'


def test_entries_come_in_their_order() -> None:
    found = entries(GOOD + GOOD.replace('"a"', '"b"'), "x.toml", "thing", REQUIRED)
    assert found == [{"key": "a", "size": 1}, {"key": "b", "size": 1}]


@each_row(
    ("toml", "sentence"),
    [
        ("", "x.toml: it has no [[thing]]"),
        ("thing = 3", "x.toml: it has no [[thing]]"),
        ("thing = [3]", "x.toml, thing number 1: it is not a table"),
        (GOOD + '[[thing]]\nkey = "b"\n', "x.toml, thing b: it has no size"),
        (GOOD + "[[thing]]\nsize = 1\n", "x.toml, thing number 2: it has no key"),
        (GOOD.replace('"a"', '""'), "x.toml, thing number 1: its key is empty or not trimmed"),
        (GOOD.replace('"a"', "7"), "x.toml, thing number 1: its key is not a str"),
        (GOOD.replace('"a"', '"a "'), "x.toml, thing a : its key is empty or not trimmed"),
        (GOOD.replace("1", '"1"'), "x.toml, thing a: its size is not a int"),
        (GOOD + "more = 1\n", "x.toml, thing a: there is no key “more”; known are key, size"),
        (GOOD + GOOD, "x.toml, thing a: there is another thing with this key"),
    ],
)
def test_a_mistake_is_named_by_its_entry(toml: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        entries(toml, "x.toml", "thing", REQUIRED)
    assert str(error.value) == sentence


FORMAT = """
[[format]]
key = "phone"
title = "Phone"
prepare = "Stand."
stages = ["first"]
aliases = ["a_call"]
"""


def test_a_format_is_read_in_full() -> None:
    found, names = read_list(FORMAT)
    assert names == {"phone": "phone", "a call": "phone"}
    assert found == {"phone": Format("phone", "Phone", "Stand.", ("first",))}


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (FORMAT.replace('"first"', '"third"'), "phone: there is no stage “third”; known are "),
        (FORMAT + FORMAT.replace('"phone"', '"b"'), "b: “Phone” is a name of phone too"),
    ],
)
def test_a_format_that_is_wrong_is_named(toml: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        read_list(toml)
    assert str(error.value).startswith(f"formats.toml, format {sentence}")


def test_a_signal_is_read_in_full() -> None:
    toml = '[[signal]]\nkey = "a"\ntext = "A smile"\ngood = true\nweight = "weak"\n'
    weight = WEIGHTS[0]
    assert read_signals(toml.replace("weak", weight)) == {"a": Signal("a", "A smile", True, weight)}


def test_lists_name_their_own_file() -> None:
    for read, file in [
        (read_list, "formats"),
        (read_signals, "signals"),
        (read_items, "checklist"),
    ]:
        with pytest.raises(ValueError, match=rf"^{file}\.toml: it has no "):
            read("x = 1")
