"""The 59 tips: what is written, and what may be wrong with the file."""

import pytest

from store.rules.tips.events import CASES, OCCASIONS
from store.rules.tips.texts import SLOT, SLOTS, Case, Tip, read_tips, tips
from tests.tables import each_row

ARTICLE = (
    "culture",
    "news",
    "second-round questions",
    "why you want this role",
    "what went well last time",
    "concerns",
    "common ground",
    "thank-you",
    "after a week",
    "what you have done since",
)


def test_there_are_59_tips_in_the_order_of_the_stages() -> None:
    counts = {"applied": 12, "first": 12, "second": 12, "offer": 12, "closed": 11}
    assert [tip.stage for tip in tips()] == [s for s, n in counts.items() for _ in range(n)]
    letters = dict(zip("AFSOC", counts, strict=True))
    expected = [f"{c}-{n}" for c, s in letters.items() for n in range(1, counts[s] + 1)]
    assert [tip.id for tip in tips()] == expected


def test_the_second_stage_begins_with_the_ten_of_the_article() -> None:
    second = [tip for tip in tips() if tip.stage == "second"]
    for place, word in enumerate(ARTICLE):
        assert word in second[place].text
        assert not [t.id for t in second[:10] if word in t.text and t is not second[place]]


def test_every_text_is_short_and_fit_for_a_terminal() -> None:
    for entry in tips():
        texts = [entry.text, entry.without, *(c.text for c in entry.cases)]
        texts += [c.without for c in entry.cases]
        assert all(len(text) <= 90 for text in texts), entry.id
        assert all(text.isprintable() for text in [*texts, entry.why]), entry.id
        assert entry.why.endswith("."), entry.id


def test_every_slot_case_and_occasion_is_used() -> None:
    written = [t for tip in tips() for t in (tip.text, *(case.text for case in tip.cases))]
    assert {slot for text in written for slot in SLOT.findall(text)} == set(SLOTS)
    assert {case.given for tip in tips() for case in tip.cases} == set(CASES)
    assert set(OCCASIONS) <= {tip.id for tip in tips()}


def test_the_file_is_read_once() -> None:
    assert tips() is tips()


GOOD = {
    "id": '"A-1"',
    "stage": '"applied"',
    "text": '"Do it"',
    "why": '"It helps."',
    "when": '"any"',
    "tick": '"yes"',
}


def written(**changes: str | None) -> str:
    entry = {key: value for key, value in (GOOD | changes).items() if value is not None}
    return "[[tip]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items())


def test_a_good_entry_is_read() -> None:
    (entry,) = read_tips(written())
    assert entry == Tip("A-1", "applied", "Do it", "It helps.", "any", True, False)


@each_row(
    ("changes", "entry"),
    [
        (
            {"tick": '"no"', "text": '"On {date}"', "without": '"Some day"'},
            Tip("A-1", "applied", "On {date}", "It helps.", "any", False, False, "Some day"),
        ),
        (
            {"id": '"A-2"', "tick": '"auto"'},
            Tip("A-2", "applied", "Do it", "It helps.", "any", True, True),
        ),
        (
            {"stage": '"closed"', "outcomes": '["rejected"]'},
            Tip(
                *("A-1", "closed", "Do it", "It helps.", "any", True, False),
                outcomes=frozenset({"rejected"}),
            ),
        ),
        (
            {"case": '[{given = "link", text = "At {date}", without = "Soon"}]'},
            Tip(
                *("A-1", "applied", "Do it", "It helps.", "any", True, False),
                cases=(Case("link", "At {date}", "Soon"),),
            ),
        ),
        (
            {"case": '[{given = "link", text = "Click"}]'},
            Tip(
                *("A-1", "applied", "Do it", "It helps.", "any", True, False),
                cases=(Case("link", "Click"),),
            ),
        ),
        (
            {"text": f'"{"x" * 90}"'},
            Tip("A-1", "applied", "x" * 90, "It helps.", "any", True, False),
        ),
    ],
)
def test_all_that_an_entry_can_have_is_read(changes: dict[str, str | None], entry: Tip) -> None:
    assert read_tips(written(**changes)) == (entry,)


def test_a_file_without_tips_says_so() -> None:
    with pytest.raises(ValueError) as error:
        read_tips("tip = 3")
    assert str(error.value) == "tips.toml: it has no [[tip]]"


@each_row(
    ("changes", "sentence"),
    [
        ({"id": None}, "tip number 1: it has no id"),
        ({"id": "7"}, "tip number 1: its id is not a str"),
        ({"id": '"a1"'}, "tip a1: its id is not like A-1"),
        ({"text": None}, "tip A-1: it has no text"),
        ({"why": None}, "tip A-1: it has no why"),
        ({"why": '""'}, "tip A-1: its why is empty"),
        ({"text": '" Do it"'}, "tip A-1: its text is empty or not trimmed"),
        ({"text": r'"Do\u001b[2J it"'}, "tip A-1: its text has a control character"),
        ({"text": r'"Do\nit"'}, "tip A-1: its text has a control character"),
        ({"text": f'"{"x" * 91}"'}, "has 91 characters; 90 fit"),
        ({"text": '"Call {whom}"'}, "tip A-1: there is no slot “whom”"),
        ({"text": '"Call {}"'}, "tip A-1: there is no slot “”"),
        ({"text": '"Call {names"'}, "has a brace too many"),
        ({"text": '"Call {{names}}"'}, "has a brace too many"),
        ({"text": '"Call on {date}"'}, "tip A-1: it needs a text without {date}"),
        ({"text": '"On {date}"', "without": '"On {concerns}"'}, "without a slot has {concerns}"),
        ({"text": '"Call {names}"', "without": '"Call"'}, "is never used"),
        ({"stage": '"third"'}, "tip A-1: there is no stage “third”; known are applied, first"),
        ({"stage": '"closed"'}, "tip A-1: it is for no outcome"),
        ({"outcomes": '["ghosted"]'}, "tip A-1: there is no outcome “ghosted”"),
        ({"outcomes": "[[1]]"}, "tip A-1: there is no outcome “[1]”"),
        ({"when": '"later"'}, "tip A-1: there is no when “later”"),
        ({"tick": '"maybe"'}, "tip A-1: there is no tick “maybe”"),
        ({"tick": "true"}, "tip A-1: its tick is not a str"),
        ({"tick": '"auto"'}, "tip A-1: it is to tick itself, but nothing ticks it"),
        ({"id": '"A-2"'}, "tip A-2: something ticks it, but tick is not auto"),
        ({"colour": '"red"'}, "tip A-1: there is no key “colour”"),
        ({"case": '[{given = "rain", text = "Stay"}]'}, "tip A-1: there is no case “rain”"),
        ({"case": '[{given = "link"}]'}, "tip A-1: it has no text"),
        ({"case": "[3]"}, "tip A-1: it is not a table"),
    ],
)
def test_a_broken_entry_is_named(changes: dict[str, str | None], sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        read_tips(written(**changes))
    assert sentence in str(error.value)


def test_two_tips_cannot_share_an_id() -> None:
    with pytest.raises(ValueError, match="tip A-1: there is another tip with this id"):
        read_tips(written() + written(text='"Do it again"'))


@each_row("toml", ["[[tip]]\nid = ", "", "tip = 3", "tip = [1]"])
def test_a_file_that_is_no_list_of_tips_raises_the_same_kind_of_error(toml: str) -> None:
    with pytest.raises(ValueError):
        read_tips(toml)
