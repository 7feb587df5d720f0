"""Interview formats: all of them, and every word by which people call them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.lists import format_words, formats, read_formats, read_list
from store.rules.stages import Stage
from store.rules.text import Refused

KEYS = [
    *("phone", "video_live", "video_recorded", "one_on_one", "panel", "sequence", "group", "case"),
    *("technical", "take_home", "presentation", "work_sample", "assessment", "meal", "site_visit"),
    "executive",
]


def test_all_sixteen_in_order() -> None:
    assert list(formats()) == KEYS
    for key, entry in formats().items():
        assert entry.key == key
        assert entry.stages
        assert {Stage(stage) for stage in entry.stages} <= {Stage.FIRST, Stage.SECOND}
        assert 0 < len(entry.prepare) <= 70, "one line of the panel"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("panel+case", ("panel", "case")),
        ("panel, technical", ("panel", "technical")),
        ("Panel & Case", ("panel", "case")),
        ("case and panel", ("case", "panel")),
        ("panel case", ("panel", "case")),
        ("panel interview", ("panel",)),
        ("video call", ("video_live",)),
        ("video", ("video_live",)),
        ("recorded video, phone", ("video_recorded", "phone")),
        ("call", ("phone",)),
        ("onsite", ("sequence",)),
        ("on-site", ("sequence",)),
        ("coding", ("technical",)),
        ("system  design", ("technical",)),
        ("lunch", ("meal",)),
        ("1:1", ("one_on_one",)),
        ("one_on_one", ("one_on_one",)),
        ("take-home", ("take_home",)),
        ("panel + panel", ("panel",)),
        (" , ", ()),
        ("", ()),
    ],
)
def test_read(words: str, keys: tuple[str, ...]) -> None:
    assert read_formats(words) == keys


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("panle", "Unknown format “panle”. Did you mean “panel”?"),
        ("panel + jousting", "Unknown format “jousting”. Known are phone, video, recorded"),
        ("interview", "Unknown format “interview”"),
        ("panel\x1b[2J", "Unknown format"),
        ("panel " * 1000, "too long for the formats"),
    ],
)
def test_refused(words: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_formats(words)
    assert sentence in str(refused.value)
    assert "\x1b" not in str(refused.value)


@given(st.lists(st.sampled_from(KEYS), unique=True))
def test_what_is_written_is_read(keys: list[str]) -> None:
    assert read_formats(format_words(keys)) == tuple(keys)


@given(st.text())
def test_any_text_is_read_or_refused(words: str) -> None:
    with contextlib.suppress(Refused):
        assert set(read_formats(words)) <= set(KEYS)


def test_words() -> None:
    assert format_words(["panel", "video_live"]) == "panel, video"
    assert format_words(["tea_party"]) == "tea party", "from a board of a newer version"
    assert format_words([]) == ""


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ('stages = ["first"]', 'stages = ["third"]'),
        ('prepare = "x"', 'prepare = " x"'),
        ('prepare = "x"', ""),
        ('aliases = ["b"]', 'aliases = ["a", "other"]'),
    ],
)
def test_a_broken_list_names_the_entry(change: str, wrong: str) -> None:
    toml = "".join(
        f'[[format]]\nkey = "{key}"\ntitle = "{key}"\nprepare = "x"\nstages = ["first"]\n'
        f'aliases = ["{alias}"]\n'
        for key, alias in (("other", "c"), ("a", "b"))
    )
    read_list(toml)
    start, _, end = toml.rpartition(change)
    with pytest.raises(ValueError, match=r"formats\.toml, format a: "):
        read_list(start + wrong + end)
