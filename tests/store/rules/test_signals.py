"""Signals of an interview: counted, and never made a score."""

import pytest

from store.rules import lists as module
from store.rules.lists import CAVEAT, counts, read_signals, signals

STRONG = {"next_steps", "availability", "selling", "references", "same_doubt", "must_have"}


def test_ten_good_and_ten_bad_ones_the_good_first() -> None:
    good = [signal.good for signal in signals().values()]
    assert good == [True] * 10 + [False] * 10


def test_the_first_five_are_those_of_the_article() -> None:
    assert list(signals())[:5] == ["at_length", "next_steps", "availability", "team", "rapport"]


def test_weights() -> None:
    assert {key for key, signal in signals().items() if signal.weight == "strong"} == STRONG
    assert signals()["rapport"].weight == "weak"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((), (0, 0)),
        (("next_steps", "no_date", "availability"), (2, 1)),
        (("next_steps", "next_steps"), (1, 0)),
        (("of a newer version", "must_have"), (0, 1)),
        (tuple(signals()), (10, 10)),
    ],
)
def test_counts(keys: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert counts(keys) == expected


def test_there_is_no_score() -> None:
    assert not [name for name in vars(module) if "score" in name or "total" in name]
    assert "proves nothing" in CAVEAT


def test_each_fits_a_line_of_a_narrow_form() -> None:
    assert max(len(signal.text) for signal in signals().values()) <= 66


def test_a_broken_list_names_the_entry() -> None:
    toml = '[[signal]]\nkey = "x"\ntext = "y"\ngood = true\nweight = "huge"\n'
    with pytest.raises(ValueError, match=r"signals.toml, signal x: there is no weight “huge”"):
        read_signals(toml)
