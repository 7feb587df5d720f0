"""Lists that come with the program: formats, questions, signals of an interview, checklists."""

import contextlib
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import fields
from store.rules import lists as module
from store.rules.lists import (
    CAVEAT,
    LONGEST,
    PrepQuestion,
    counts,
    format_words,
    formats,
    is_item,
    offer_items,
    questions,
    read_formats,
    read_items,
    read_list,
    read_questions,
    read_signals,
    rejection_items,
    signals,
)
from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.tips.texts import tips
from tests.tables import each_row

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


@each_row(
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


@each_row(
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


@each_row(
    ("change", "wrong"),
    [
        ('stages = ["first"]', 'stages = ["third"]'),
        ('prepare = "x"', 'prepare = " x"'),
        ('prepare = "x"', ""),
        ('aliases = ["b"]', 'aliases = ["a", "other"]'),
    ],
)
def test_broken_formats_name_the_entry(change: str, wrong: str) -> None:
    toml = "".join(
        f'[[format]]\nkey = "{key}"\ntitle = "{key}"\nprepare = "x"\nstages = ["first"]\n'
        f'aliases = ["{alias}"]\n'
        for key, alias in (("other", "c"), ("a", "b"))
    )
    read_list(toml)
    start, _, end = toml.rpartition(change)
    with pytest.raises(ValueError, match=r"formats\.toml, format a: "):
        read_list(start + wrong + end)


GROUPS = [
    ("Fit and motivation", 4),
    ("Performance", 5),
    ("Working with others", 3),
    ("Depth", 4),
    ("Closing", 4),
    ("Questions to ask", 6),
]


def test_all_groups_in_order() -> None:
    found = [
        (group, len(list(them))) for group, them in groupby(questions("x", "y"), lambda q: q[0])
    ]
    assert found == GROUPS


def test_those_to_ask_are_mine() -> None:
    assert all(question.mine == (question.group == "Questions to ask") for question in questions())
    assert all(question.text.endswith("?") for question in questions() if question.mine)


@each_row(
    ("topic", "concern", "present", "absent"),
    [
        ("", "", (), ("Last time we", "We had a concern")),
        (
            "Kafka",
            "",
            ("Last time we talked about Kafka: can you go into detail?",),
            ("We had a concern",),
        ),
        (
            "",
            "no Kubernetes.",
            ("We had a concern last time (no Kubernetes): what can you show us?",),
            ("Last time we",),
        ),
        (
            "a {concern}",
            "b",
            ("Last time we talked about a {concern}: can you go into detail?",),
            (),
        ),
        (" \n ", "", (), ("Last time we",)),
    ],
)
def test_slots(topic: str, concern: str, present: tuple[str, ...], absent: tuple[str, ...]) -> None:
    texts = [question.text for question in questions(topic, concern)]
    assert set(present) <= set(texts)
    assert not [text for text in texts for start in absent if text.startswith(start)]


@given(st.text(), st.text())
def test_each_can_be_kept_as_a_line(topic: str, concern: str) -> None:
    for question in questions(topic, concern):
        assert len(question.text) <= fields.POINT["text"].limit
        assert "\n" not in question.text


def test_the_earlier_wording_is_filled_in_the_same_way() -> None:
    was = {question.was for question in questions("Kafka", "no Go")}
    assert {
        "Back to Kafka: go into detail.",
        "We were not sure about no Go: what can you show us?",
    } <= was
    texts = {question.text for question in questions("Kafka", "no Go")}
    assert not texts & was


def test_an_earlier_wording_with_other_slots_is_told() -> None:
    with pytest.raises(ValueError, match="its earlier wording has other slots"):
        read_questions('[[question]]\ngroup = "x"\ntext = "Why?"\nwas = "Why {topic}?"\n')


def test_an_unknown_slot_is_told() -> None:
    with pytest.raises(ValueError, match="there is no slot “name”"):
        read_questions('[[question]]\ngroup = "x"\ntext = "Who is {name}?"\n')


def test_all_that_an_entry_can_have_is_read() -> None:
    toml = (
        '[[question]]\ngroup = "Fit"\ntext = "Why {topic}?"\n'
        '[[question]]\ngroup = "Yours"\ntext = "When?"\nmine = true\n'
    )
    assert read_questions(toml) == (
        PrepQuestion("Fit", "Why {topic}?", False),
        PrepQuestion("Yours", "When?", True),
    )


@each_row(
    ("toml", "sentence"),
    [
        ("question = 3", "questions.toml: it has no [[question]]"),
        (
            '[[question]]\ngroup = "x"\ntext = "Who is {name}?"\n',
            "questions.toml, question Who is {name}?: "
            "there is no slot “name”; known are topic, concern",
        ),
        ('[[question]]\ntext = "Who?"\n', "questions.toml, question Who?: it has no group"),
        ('[[question]]\ngroup = "x"\n', "questions.toml, question number 1: it has no text"),
    ],
)
def test_broken_questions_name_the_entry(toml: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        read_questions(toml)
    assert str(error.value) == sentence


@each_row("length", [LONGEST - 1, LONGEST, LONGEST + 1, 5_000])
def test_a_long_topic_is_cut(length: int) -> None:
    (text,) = {q.text for q in questions("x" * length)} - {q.text for q in questions()}
    shown = "x" * length if length <= LONGEST else f"{'x' * (LONGEST - 1)}…"
    assert text == f"Last time we talked about {shown}: can you go into detail?"


def test_nothing_is_cut_into_a_space() -> None:
    topic = f"{'x' * (LONGEST - 2)} yyyy"
    texts = [q.text for q in questions(topic)]
    assert f"Last time we talked about {'x' * (LONGEST - 2)}…: can you go into detail?" in texts


STRONG = {"next_steps", "availability", "selling", "references", "same_doubt", "must_have"}


def test_ten_good_and_ten_bad_ones_the_good_first() -> None:
    good = [signal.good for signal in signals().values()]
    assert good == [True] * 10 + [False] * 10


def test_the_first_five_are_those_of_the_article() -> None:
    assert list(signals())[:5] == ["at_length", "next_steps", "availability", "team", "rapport"]


def test_weights() -> None:
    assert {key for key, signal in signals().items() if signal.weight == "strong"} == STRONG
    assert signals()["rapport"].weight == "weak"


@each_row(
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


def test_broken_signals_name_the_entry() -> None:
    toml = '[[signal]]\nkey = "x"\ntext = "y"\ngood = true\nweight = "huge"\n'
    with pytest.raises(ValueError, match=r"signals.toml, signal x: there is no weight “huge”"):
        read_signals(toml)


OFFER = [
    ("Received", 4),
    ("Role", 4),
    ("Pay", 5),
    ("Benefits", 4),
    ("Conditions", 2),
    ("Research", 3),
    ("Negotiate", 2),
    ("Before a yes", 5),
    ("Afterwards", 5),
]
REJECTION = [("Log it", 1), ("Answer", 2), ("Learn", 2), ("Stay in touch", 4)]


@pytest.mark.parametrize(
    ("items", "groups"), [(offer_items(), OFFER), (rejection_items(), REJECTION)]
)
def test_groups(items: tuple[tuple[str, str, str], ...], groups: list[tuple[str, int]]) -> None:
    assert [(name, len(list(them))) for name, them in groupby(items, lambda i: i[1])] == groups


def test_ids_are_unlike_those_of_tips_and_fit_the_table() -> None:
    ids = [item.id for item in offer_items() + rejection_items()]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {tip.id for tip in tips()}
    assert max(map(len, ids)) <= 8


@each_row(
    ("item_id", "known"),
    [("OC-01", True), ("RC-09", True), ("OC-99", False), ("O-1", False), ("", False)],
)
def test_is_item(item_id: str, known: bool) -> None:
    assert is_item(item_id) is known


def test_each_fits_a_line() -> None:
    assert max(len(item.text) for item in offer_items() + rejection_items()) <= 70


def test_a_wrong_id_is_told() -> None:
    toml = '[[offer]]\nid = "O-1"\ngroup = "x"\ntext = "y"\n[[rejection]]\n'
    with pytest.raises(ValueError, match="O-1: its id is not like OC-01"):
        read_items(toml)


def test_nothing_was_learned_before_the_first_interview() -> None:
    first = [question.text for question in questions(later=False)]
    assert "Why us, and why this role?" in first
    assert not [text for text in first if "last time" in text]
    assert len(first) == len(questions())
