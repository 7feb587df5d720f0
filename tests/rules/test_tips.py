"""The 59 tips: what is written, what is shown when, what fills a slot, what ticks itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.offer_parts import PARTS, empty_parts
from store.rules.refusal import Refused
from store.rules.stages import Outcome, Stage
from store.rules.tip_events import CASES, EVENTS, EVIDENCE, OCCASIONS
from store.rules.tip_texts import SLOT, SLOTS, Case
from store.rules.tips import (
    Shown,
    Talk,
    Tip,
    TipFacts,
    check_tick,
    lines,
    moment,
    people_named,
    read_tips,
    tips,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ARTICLE = (
    "culture",
    "news",
    "second-round questions",
    "why you want this role",
    "what landed last time",
    "doubts",
    "common ground",
    "thank-you",
    "after a week",
    "what you did since",
)
AUTOMATIC = {
    *("A-2", "A-3", "A-6", "A-12"),
    *("F-1", "F-8", "F-9", "F-10", "F-12"),
    *("S-8", "S-9"),
    *("O-1", "O-2", "O-3", "O-12"),
    *("C-1", "C-3", "C-7", "C-9"),
}
TO_KEEP_IN_MIND = {"A-5", "A-7", "A-11", "S-4", "S-12", "C-8", "C-11"}


def facts(stage: Stage | str = Stage.SECOND, **known: Any) -> TipFacts:
    return TipFacts(today=TODAY, now=NOW, stage=Stage(stage), **known)


def talk(hours: float, *people: str, place: str = "") -> Talk:
    """An interview of one hour that ends `hours` from now."""
    end = NOW + timedelta(hours=hours)
    return Talk(end - timedelta(hours=1), end, people, place)


def shown(known: TipFacts, *ticked: str) -> dict[str, Shown]:
    return {line.id: line for line in lines(known, ticked)}


def ids(known: TipFacts, *ticked: str) -> list[str]:
    return [line.id for line in lines(known, ticked)]


def named(letter: str, *numbers: int) -> list[str]:
    return [f"{letter}-{number}" for number in numbers]


def tip(tip_id: str) -> Tip:
    return next(tip for tip in tips() if tip.id == tip_id)


# What is written


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


def test_what_ticks_itself_what_the_user_ticks_and_what_has_no_box() -> None:
    assert {tip.id for tip in tips() if tip.automatic} == AUTOMATIC == set(EVENTS)
    assert {tip.id for tip in tips() if not tip.tickable} == TO_KEEP_IN_MIND
    assert all(tip.tickable for tip in tips() if tip.automatic)


def test_every_slot_case_and_occasion_is_used() -> None:
    written = [t for tip in tips() for t in (tip.text, *(case.text for case in tip.cases))]
    assert {slot for text in written for slot in SLOT.findall(text)} == set(SLOTS)
    assert {case.given for tip in tips() for case in tip.cases} == set(CASES)
    assert set(OCCASIONS) <= {tip.id for tip in tips()}


def test_the_file_is_read_once() -> None:
    assert tips() is tips()


# What is wrong with the file is told by the tip

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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": None}, "tip number 1: it has no id"),
        ({"id": "7"}, "tip 7: its id is not a str"),
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


@pytest.mark.parametrize("toml", ["[[tip]]\nid = ", "", "tip = 3", "tip = [1]"])
def test_a_file_that_is_no_list_of_tips_raises_the_same_kind_of_error(toml: str) -> None:
    with pytest.raises(ValueError):
        read_tips(toml)


# The moment


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (facts("applied"), "waiting"),
        (facts("first"), "before"),
        (facts("second"), "before"),
        (facts("first", talks=(talk(30),)), "before"),
        (facts("first", talks=(talk(0.5),)), "before"),
        (facts("first", talks=(talk(0),)), "after"),
        (facts("first", talks=(talk(-48),)), "after"),
        (facts("first", talks=(talk(-48.01),)), "waiting"),
        (facts("second", talks=(talk(-100), talk(-2))), "after"),
        (facts("second", talks=(talk(-2), talk(-100))), "after"),
        (facts("second", talks=(talk(-2), talk(50))), "before"),
        (facts("second", talks=(talk(-100),), invited=True), "before"),
        (facts("offer", talks=(talk(-2),)), "any"),
        (facts("second", talks=(talk(-2),), outcome=Outcome.REJECTED), "any"),
    ],
)
def test_the_moment_follows_the_interviews_of_the_stage(known: TipFacts, expected: str) -> None:
    assert moment(known) == expected


def test_the_48_hours_are_counted_on_the_clock_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # 25 October 2026: 03:00 becomes 02:00
    end = datetime(2026, 10, 24, 10, 0, tzinfo=berlin)
    known = TipFacts(
        today=date(2026, 10, 26),
        now=datetime(2026, 10, 26, 9, 0, tzinfo=berlin),
        stage=Stage.FIRST,
        talks=(Talk(end - timedelta(hours=1), end),),
    )
    assert moment(known) == "after"
    assert moment(replace(known, now=known.now + timedelta(minutes=1))) == "waiting"


# What is shown


def test_before_the_second_interview_the_tips_to_prepare_come_first() -> None:
    all_lines = lines(facts("second", talks=(talk(24),)), ())
    assert [line.id for line in all_lines if line.now] == named("S", 1, 2, 3, 4, 5, 6, 7, 11)
    assert [line.id for line in all_lines if not line.now] == named("S", 8, 9, 10, 12)
    assert [line.now for line in all_lines] == [True] * 8 + [False] * 4


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (facts("first", talks=(talk(24),)), named("F", 1, 2, 3, 4, 5, 6, 7, 8)),
        (facts("first", talks=(talk(-1),)), named("F", 9, 10, 11)),
        (facts("first", talks=(talk(-60),)), named("F", 12)),
        (facts("first", talks=(talk(-1), talk(24))), named("F", *range(1, 12))),
        (facts("second", talks=(talk(-1),)), named("S", 8, 10)),
        (facts("second", talks=(talk(-60),)), named("S", 9, 12)),
    ],
)
def test_each_moment_brings_its_tips_forward(known: TipFacts, first: list[str]) -> None:
    all_lines = lines(known, ())
    assert [line.id for line in all_lines][: len(first)] == first
    assert [line.id for line in all_lines if line.now] == first
    assert len(all_lines) == 12


def test_all_tips_of_an_offer_are_for_now() -> None:
    all_lines = lines(facts("offer"), ())
    assert [line.id for line in all_lines] == named("O", *range(1, 13))
    assert all(line.now for line in all_lines)


@pytest.mark.parametrize(
    ("stage", "outcome", "expected"),
    [
        ("applied", Outcome.REJECTED, named("C", 1, 3, 4, 7, 11)),
        ("first", Outcome.REJECTED, named("C", 1, 2, 3, 4, 5, 6, 7, 11)),
        ("second", Outcome.REJECTED, named("C", 1, 2, 3, 4, 5, 6, 7, 8, 11)),
        ("applied", Outcome.NO_RESPONSE, named("C", 3, 4, 7, 9, 11)),
        ("first", Outcome.NO_RESPONSE, named("C", 3, 4, 5, 7, 9, 11)),
        ("first", Outcome.WITHDRAWN, named("C", 3, 6, 10, 11)),
        ("offer", Outcome.DECLINED, named("C", 3, 6, 10, 11)),
        ("second", Outcome.CANCELLED, named("C", 3, 6, 7, 8, 11)),
        ("offer", Outcome.ACCEPTED, ["O-10", "O-12", "C-11"]),
    ],
)
def test_a_closed_application_shows_the_tips_of_its_outcome(
    stage: str, outcome: Outcome, expected: list[str]
) -> None:
    all_lines = lines(facts(stage, outcome=outcome, dormant=True), ())
    assert [line.id for line in all_lines] == expected
    assert all(line.now for line in all_lines)


def test_a_dormant_application_is_offered_to_be_closed_first_of_all() -> None:
    assert "C-9" not in ids(facts("first"))
    assert ids(facts("first", dormant=True)) == ["C-9", *named("F", *range(1, 13))]
    assert not shown(facts("first", dormant=True), "C-9")["C-9"].ticked


APPLIED = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("tip_id", "on", "off"),
    [
        ("A-4", {"closing_on": TODAY}, {"closing_on": date(2026, 11, 22)}),
        ("A-4", {"source": "LinkedIn"}, {"source": "Referral by Ana"}),
        (
            "A-5",
            {"applied_on": APPLIED, "posted_on": date(2026, 11, 2)},
            {"applied_on": APPLIED, "posted_on": date(2026, 11, 3)},
        ),
        (
            "A-5",
            {"applied_on": APPLIED, "posted_on": date(2026, 10, 1)},
            {"applied_on": APPLIED},
        ),
        ("A-6", {}, {"no_contact": True, "inquiry_on": TODAY}),
        ("A-6", {"heard": True, "inquiry_on": TODAY}, {"heard": True}),
        ("A-6", {"heard": True, "nudges_sent": 1}, {"heard": True}),
        ("A-7", {}, {"expected_by": date(2026, 11, 22)}),
        ("A-7", {"closing_on": TODAY}, {"closing_on": date(2026, 11, 22)}),
        (
            "A-7",
            {"closing_on": APPLIED, "expected_by": TODAY},
            {"closing_on": APPLIED, "expected_by": APPLIED},
        ),
        ("A-7", {"closing_on": APPLIED, "no_contact": True}, {"closing_on": APPLIED}),
        ("A-8", {}, {"no_contact": True}),
        ("A-10", {"applied_on": date(2026, 11, 17)}, {"applied_on": date(2026, 11, 18)}),
        ("A-10", {"applied_on": APPLIED}, {"applied_on": APPLIED, "inbound": True}),
        ("A-10", {"applied_on": APPLIED}, {"applied_on": APPLIED, "heard": True}),
        ("A-12", {}, {"no_contact": True}),
        ("F-12", {}, {"no_contact": True}),
    ],
)
def test_a_tip_is_shown_on_its_occasion(
    tip_id: str, on: dict[str, Any], off: dict[str, Any]
) -> None:
    stage = tip(tip_id).stage
    assert tip_id in ids(facts(stage, **on))
    assert tip_id not in ids(facts(stage, **off))


def test_what_the_user_ticked_stays_when_its_occasion_has_passed() -> None:
    heard = facts("applied", applied_on=APPLIED, heard=True)
    assert "A-10" not in ids(heard)
    assert shown(heard, "A-10")["A-10"].ticked


# Slots


@pytest.mark.parametrize(
    ("tip_id", "known", "text"),
    [
        ("A-6", {}, "Send one short follow-up mail when the time comes"),
        (
            "A-6",
            {"inquiry_on": date(2026, 12, 4)},
            "Send one short follow-up mail about Fri 4 Dec",
        ),
        (
            "A-6",
            {"inquiry_on": date(2027, 1, 4)},
            "Send one short follow-up mail about Mon 4 Jan 2027",
        ),
        ("F-7", {}, "Test link, camera and sound, or the route, the evening before"),
        (
            "F-7",
            {"talks": (talk(24, place="https://meet.example/x"),)},
            "Test link, camera and sound the evening before",
        ),
        (
            "F-7",
            {"talks": (talk(24, place="Room 4, Main Street 1"),)},
            "Check the route and how long it takes, the evening before",
        ),
        (
            "F-7",
            {"talks": (talk(24, place="Zoom, link follows"),)},
            "Test link, camera and sound, or the route, the evening before",
        ),
        (
            "F-7",
            {
                "talks": (
                    talk(-24, place="Room 4"),
                    talk(72, place="Room 5"),
                    talk(24, place="www.x.example"),
                )
            },
            "Test link, camera and sound the evening before",
        ),
        ("F-10", {}, "Thank each interviewer within 24 hours, each in their own words"),
        (
            "F-10",
            {"talks": (talk(-1, "Ana"),)},
            "Thank Ana within 24 hours, in words of your own",
        ),
        (
            "F-10",
            {"talks": (talk(-1, "Ana", "Bo"), talk(24, "Cy"))},
            "Thank Ana and Bo within 24 hours, each in their own words",
        ),
        (
            "F-10",
            {"talks": (talk(-1, "Ana", "Bo", "Cy"), talk(-30, "Di"))},
            "Thank Ana, Bo and 1 more within 24 hours, each in their own words",
        ),
        ("F-12", {}, "No date given? Ask politely a week after the talk"),
        (
            "F-12",
            {"inquiry_on": date(2026, 11, 30)},
            "No date given? Ask politely on Mon 30 Nov",
        ),
        (
            "F-12",
            {
                "talks": (talk(-1),),
                "expected_by": date(2026, 12, 3),
                "inquiry_on": date(2026, 12, 4),
            },
            "They named a date: ask politely on Fri 4 Dec, not before",
        ),
        (
            "F-12",
            {"talks": (talk(-1),), "expected_by": date(2026, 12, 3)},
            "They named a date: ask politely once it has passed",
        ),
        (
            "F-12",
            {"talks": (talk(-1),), "expected_by": date(2026, 11, 20), "inquiry_on": TODAY},
            "No date given? Ask politely on Mon 23 Nov",
        ),
        ("S-2", {}, "Go deeper: have two recent news items or projects to raise"),
        (
            "S-2",
            {"news_count": 3, "newest_news_on": date(2026, 11, 17)},
            "Go deeper: have two recent news items or projects to raise;"
            " you have 3, newest 6 days old",
        ),
        (
            "S-2",
            {"news_count": 1, "newest_news_on": TODAY},
            "Go deeper: have two recent news items or projects to raise;"
            " you have 1, newest from today",
        ),
        (
            "S-2",
            {"news_count": 1},
            "Go deeper: have two recent news items or projects to raise; you have 1",
        ),
        ("S-5", {}, "Pick up what landed last time: the topics and results"),
        (
            "S-5",
            {"topics": ("the Kafka move", "", "hiring", "the Kafka move")},
            "Pick up what landed last time: the Kafka move and hiring",
        ),
        ("S-6", {}, "Raise their doubts first, and say what you did about them"),
        (
            "S-6",
            {"concerns": ("no Go yet", "notice period", "commute", "pay")},
            "Raise their doubts first: no Go yet, notice period and 2 more, and what you did",
        ),
        ("S-7", {}, "Find honest common ground with each interviewer"),
        (
            "S-7",
            {"talks": (talk(-50, "Ana"), talk(48, "Di"), talk(24, "Bo"))},
            "Find honest common ground with Bo",
        ),
        (
            "S-7",
            {"talks": (talk(-50, "Ana"), talk(24))},
            "Find honest common ground with each interviewer",
        ),
        ("O-8", {}, "Tell employers you are waiting on about your date"),
        (
            "O-8",
            {"companies": ("Hooli", "Stark", "Hooli")},
            "Tell Hooli and Stark you are waiting on about your date",
        ),
        ("A-4", {"inside": ("Ana", "Bo")}, "Ask Ana or Bo for a referral while the role is open"),
        (
            "A-8",
            {"steps": ("the CKA course",)},
            "Bring one new fact in the follow-up: the CKA course",
        ),
        (
            "A-9",
            {"requirements": ("Python", "Kafka", "Go")},
            "Have a two-minute pitch ready for an unplanned call: Python, Kafka and 1 more",
        ),
        ("A-11", {}, "Keep applying: one open card is not a plan"),
        (
            "A-11",
            {"others_open": 1},
            "Keep applying: besides this one you have one other card open",
        ),
        ("F-2", {}, "Ask who you will meet, for how long, in what format"),
        (
            "F-2",
            {"missing": ("in what format", "where or by which link")},
            "Ask what you do not know of the interview yet:"
            " in what format and where or by which link",
        ),
        (
            "F-3",
            {"requirements": ("Go", "SQL"), "uncovered": ("SQL",)},
            "Pair every requirement with one example; still without: SQL",
        ),
        (
            "F-3",
            {"requirements": ("Go",)},
            "Pair every requirement in the posting with one example",
        ),
        (
            "F-4",
            {"stories": 3},
            "Prepare five to eight STAR stories, each with a result; you have 3",
        ),
        (
            "F-5",
            {"news_count": 2, "newest_news_on": date(2026, 11, 22)},
            "Read their site, products and latest news; you have 2, newest 1 day old",
        ),
        (
            "F-6",
            {"own_questions": 1},
            "Bring three questions their website does not answer; you have 1",
        ),
        (
            "F-10",
            {"talks": (talk(-1, "Ana", "Bo"),), "to_thank": ("Bo",)},
            "Thank Bo too within 24 hours, in words of their own",
        ),
        ("F-11", {"weak": ("Why us?",)}, "Mend one weak answer in the thank-you: Why us?"),
        (
            "S-1",
            {"values": ("candour", "small teams")},
            "Match your examples to what they value: candour and small teams",
        ),
        ("S-3", {"to_rehearse": 20}, "Rehearse the usual second-round questions aloud"),
        (
            "S-3",
            {"to_rehearse": 20, "rehearsed": 4},
            "Rehearse the second-round questions aloud: 4 of 20 done",
        ),
        (
            "S-4",
            {"why": "They ship tools that I use"},
            "Say plainly why you want this role here: They ship tools that I use",
        ),
        (
            "S-6",
            {"concerns": ("no Go yet",), "taken": ("a course", "a service in Go", "a talk")},
            "Raise their doubts first: no Go yet, and what you did: a course, a service in Go"
            " and 1 more",
        ),
        (
            "S-6",
            {"taken": ("a course",)},
            "Raise their doubts first, and say what you did about them",
        ),
        ("S-7", {"ground": ("chess (Ana)",)}, "Find honest common ground: chess (Ana)"),
        ("S-8", {}, "Send each interviewer a personal thank-you within 24 hours"),
        (
            "S-8",
            {"talks": (talk(-1, "Ana", "Bo"),), "to_thank": ("Ana", "Bo")},
            "Send each interviewer a personal thank-you within 24 hours",
        ),
        (
            "S-8",
            {"talks": (talk(-1, "Ana", "Bo", "Cy"),), "to_thank": ("Ana", "Cy")},
            "Send Ana and Cy a personal thank-you too, within 24 hours",
        ),
        ("S-9", {}, "Respect their date; without one, ask after a week, twice at most"),
        (
            "S-9",
            {
                "talks": (talk(-1),),
                "expected_by": date(2026, 12, 3),
                "inquiry_on": date(2026, 12, 4),
            },
            "Respect their date: ask on Fri 4 Dec, not before, and twice at most",
        ),
        (
            "S-9",
            {"inquiry_on": date(2026, 11, 30)},
            "No date named: ask on Mon 30 Nov, and twice at most",
        ),
        ("S-10", {"steps": ("a course",)}, "Show what you did since: a course"),
        (
            "S-11",
            {"formats": ("panel", "case")},
            "The agenda is panel and case: prepare for each of them",
        ),
        ("S-12", {}, "Stay patient, and apply elsewhere meanwhile"),
        ("S-12", {"others_open": 3}, "Stay patient and keep 3 other cards moving"),
        ("O-4", {}, "List the whole package, not only base pay"),
        (
            "O-4",
            {
                "components": (
                    "base 85,000 EUR",
                    "30 days of leave",
                    "bonus 10 %",
                    "two days at home",
                )
            },
            "List the whole package, not only base pay; nothing yet on equity, pension and 2 more",
        ),
        ("O-6", {"counters": ("90,000",)}, "Ask once, with a figure and a reason: 90,000"),
        (
            "O-7",
            {"deadline_on": date(2026, 12, 3)},
            "Need time? Name a new date well before Thu 3 Dec",
        ),
        ("O-9", {}, "Read the conditions and warn your references"),
        ("O-9", {"references": ("Rob", "Sue")}, "Read the conditions and warn Rob and Sue"),
        (
            "O-9",
            {"references": ("Rob",), "conditions": ("work permit",)},
            "Read the conditions (work permit) and warn Rob",
        ),
        ("O-12", {}, "Accepted? Withdraw everywhere else the same day"),
        (
            "O-12",
            {"others_open": 2},
            "Accepted? Withdraw everywhere else the same day: 2 other cards to go",
        ),
    ],
)
def test_slots_are_filled_or_the_sentence_reads_well_without(
    tip_id: str, known: dict[str, Any], text: str
) -> None:
    assert shown(facts(tip(tip_id).stage, **known))[tip_id].text == text


@pytest.mark.parametrize("place", ["", "https://x.example/room-4", "Main Street 1", "by phone"])
def test_a_place_is_a_link_or_a_way_to_go_but_never_both(place: str) -> None:
    known = facts("first", talks=(talk(24, place=place),))
    assert CASES["link"](known) == place.startswith("https")
    assert CASES["route"](known) == (place == "Main Street 1")


@pytest.mark.parametrize(
    "name", ["[red]Ana[/]", "[@click=app.quit]x[/]", "{date}", "{}", r"\1 \g<0>", "100 %s"]
)
def test_the_users_words_stay_literal(name: str) -> None:
    known = facts("second", talks=(talk(24, name),), concerns=(name,), topics=(name, "{n}"))
    texts = shown(known)
    assert texts["S-7"].text == f"Find honest common ground with {name}"
    assert texts["S-6"].text == f"Raise their doubts first: {name}, and what you did"
    assert texts["S-5"].text == f"Pick up what landed last time: {name} and {{n}}"


def test_a_long_name_is_shortened_and_a_long_list_counted() -> None:
    known = facts("second", talks=(talk(24, "x" * 500, "y" * 40, *"abc"),))
    expected = f"Find honest common ground with {'x' * 39}…, {'y' * 40} and 3 more"
    assert shown(known)["S-7"].text == expected


LISTS = (
    *("to_thank", "formats", "missing", "requirements", "uncovered", "weak", "values", "taken"),
    *("steps", "ground", "met", "inside", "references", "components", "counters", "conditions"),
)
COUNTS = ("stories", "own_questions", "to_rehearse", "rehearsed", "others_open")


@given(
    stage=st.sampled_from(Stage),
    outcome=st.none() | st.sampled_from(Outcome),
    names=st.lists(st.text(st.characters(exclude_characters="{}"), max_size=60), max_size=4).map(
        tuple
    ),
    hours=st.lists(st.floats(-2_000, 2_000), max_size=3),
    day=st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    number=st.integers(0, 3),
    flag=st.booleans(),
    ticked=st.sets(st.sampled_from([tip.id for tip in tips()])),
)
def test_whatever_is_known_every_tip_is_a_whole_sentence(
    stage: Stage,
    outcome: Outcome | None,
    names: tuple[str, ...],
    hours: list[float],
    day: date | None,
    number: int,
    flag: bool,
    ticked: set[str],
) -> None:
    known = facts(
        stage,
        outcome=outcome,
        talks=tuple(talk(at, *names, place=" ".join(names)) for at in hours),
        topics=names,
        concerns=names,
        companies=names,
        **dict.fromkeys(LISTS, names),
        **dict.fromkeys(COUNTS, number),
        why=" ".join(names),
        deadline_on=day,
        inquiry_on=day,
        expected_by=day,
        newest_news_on=day,
        news_count=number,
        heard=flag,
        dormant=flag,
    )
    all_lines = lines(known, ticked)
    assert len({line.id for line in all_lines}) == len(all_lines) > 0
    assert [line.now for line in all_lines] == sorted(
        (line.now for line in all_lines), reverse=True
    )
    for line in all_lines:
        assert line.text
        assert line.now or line.when != "any"
        assert line.tickable or not line.ticked
        assert SLOT.search(line.text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  ", ()),
        ("Ana", ("Ana",)),
        ("Ana and Bo", ("Ana", "Bo")),
        ("Ana, Bo and Cy", ("Ana", "Bo", "Cy")),
        ("Ana, and Bo", ("Ana", "Bo")),
        ("Ana & Bo; Cy AND Di", ("Ana", "Bo", "Cy", "Di")),
        ("Andy Sandberg, Mandy", ("Andy Sandberg", "Mandy")),
        ("Ana, Ana", ("Ana",)),
        ("Ana (CTO)", ("Ana (CTO)",)),
    ],
)
def test_people_are_told_apart(text: str, expected: tuple[str, ...]) -> None:
    assert people_named(text) == expected


@pytest.mark.parametrize(
    ("tip_id", "known", "text"),
    [
        ("C-2", {}, "Ask one concrete feedback question"),
        ("C-2", {"concerns": ("no Go",)}, "Ask one concrete feedback question, about no Go"),
        ("C-5", {}, "Carry the open doubts over to your next interview"),
        (
            "C-5",
            {"concerns": ("no Go",)},
            "Carry the open doubts over to your next interview: no Go",
        ),
        ("C-6", {}, "Stay in touch with the people you liked"),
        ("C-6", {"met": ("Ana", "Bo", "Cy")}, "Stay in touch with Ana, Bo and 1 more"),
    ],
)
def test_slots_after_a_rejection(tip_id: str, known: dict[str, Any], text: str) -> None:
    assert shown(facts("second", outcome=Outcome.REJECTED, **known))[tip_id].text == text


@pytest.mark.parametrize(
    ("components", "empty"),
    [
        ((), 8),
        (("Base pay",), 7),
        (("gross salary 85,000",), 7),
        (("stock-like units",), 8),
        (("401k match, PTO 25 days, remote, 35 hours",), 4),
        (("base", "bonus", "equity", "pension", "leave", "hours", "place", "training"), 0),
    ],
)
def test_which_parts_of_an_offer_are_empty(components: tuple[str, ...], empty: int) -> None:
    assert len(empty_parts(components)) == empty


# Ticks

ALSO_BY_HAND = {"C-1": "thanked_for_reply", "C-7": "look_again_planned"}


@pytest.mark.parametrize(
    ("tip_id", "off", "on"),
    [
        ("A-2", {}, {"cv_version": "cv-4.pdf"}),
        ("A-3", {}, {"contact_name": "Ana"}),
        ("A-3", {}, {"via_recruiter": "Bo"}),
        ("A-6", {}, {"nudges_sent": 1}),
        ("A-12", {"nudges_sent": 1}, {"nudges_sent": 2}),
        ("A-12", {"nudges_sent": 0, "nudges_at_most": 1}, {"nudges_sent": 1, "nudges_at_most": 1}),
        ("F-1", {"invited": True}, {"invited": True, "answered": True}),
        ("F-1", {}, {"talks": (talk(24),)}),
        ("F-1", {"talks": (talk(-90),), "invited": True}, {"talks": (talk(-90),)}),
        ("F-8", {"talks": (talk(-1),)}, {"talks": (talk(-1),), "expected_by": TODAY}),
        (
            "F-8",
            {"talks": (talk(-1),), "expected_by": date(2026, 11, 22)},
            {"talks": (talk(24),), "expected_by": date(2026, 11, 24)},
        ),
        ("F-8", {"expected_by": TODAY}, {"talks": (talk(-1),), "next_step": "a day on site"}),
        ("F-8", {"talks": (talk(24),), "next_step": "x"}, {"talks": (talk(-1),), "next_step": "x"}),
        ("F-9", {}, {"debriefed": True}),
        ("F-10", {"talks": (talk(-1),)}, {"talks": (talk(-1),), "thanked": True}),
        (
            "F-10",
            {"talks": (talk(24),), "thanked": True},
            {"talks": (talk(24), talk(-1)), "thanked": True},
        ),
        ("F-12", {}, {"nudges_sent": 1}),
        ("S-8", {"talks": (talk(-1),)}, {"talks": (talk(-1),), "thanked": True}),
        ("S-8", {"thanked": True}, {"talks": (talk(-1),), "thanked": True}),
        ("S-9", {}, {"nudges_sent": 1}),
        ("O-1", {}, {"acknowledged": True}),
        ("O-2", {}, {"in_writing": True}),
        ("O-3", {}, {"deadline_known": True}),
        ("O-12", {}, {"outcome": Outcome.ACCEPTED}),
        (
            "O-12",
            {"outcome": Outcome.ACCEPTED, "others_open": 1},
            {"outcome": Outcome.ACCEPTED, "others_open": 0},
        ),
        (
            "C-3",
            {"outcome": Outcome.REJECTED},
            {"outcome": Outcome.REJECTED, "reason": "They wanted Go"},
        ),
        ("C-3", {"outcome": Outcome.WITHDRAWN}, {"outcome": Outcome.NO_RESPONSE}),
        ("C-9", {"dormant": True}, {"outcome": Outcome.NO_RESPONSE}),
    ],
)
def test_a_tip_ticks_itself_both_ways(tip_id: str, off: dict[str, Any], on: dict[str, Any]) -> None:
    stage = tip(tip_id).stage if tip(tip_id).stage != "closed" else "second"
    for known, expected in ((off, False), (on, True)):
        for ticked in ((), (tip_id,)):
            line = shown(facts(stage, **known), *ticked)[tip_id]
            assert (line.ticked, line.tickable, line.automatic) == (expected, True, True)


def test_every_automatic_tip_is_tried_both_ways() -> None:
    (mark,) = (m for m in test_a_tip_ticks_itself_both_ways.pytestmark if m.name == "parametrize")
    assert {tip_id for tip_id, _, _ in mark.args[1]} == AUTOMATIC - set(ALSO_BY_HAND)


@pytest.mark.parametrize(("tip_id", "seen"), ALSO_BY_HAND.items())
def test_what_the_board_may_not_see_is_ticked_by_hand_too(tip_id: str, seen: str) -> None:
    known = facts("second", outcome=Outcome.REJECTED)
    assert not shown(known)[tip_id].ticked
    line = shown(known, tip_id)[tip_id]
    assert (line.ticked, line.tickable, line.automatic) == (True, True, False)
    check_tick(tip_id)
    happened: dict[str, Any] = {seen: True}
    line = shown(replace(known, **happened))[tip_id]
    assert (line.ticked, line.tickable, line.automatic) == (True, True, True)


@pytest.mark.parametrize(
    ("tip_id", "off", "on"),
    [
        ("A-1", {}, {"posting_saved": True}),
        ("F-2", {"missing": ("when",)}, {"ahead_known": True}),
        ("F-3", {"requirements": ("Go",), "uncovered": ("Go",)}, {"requirements": ("Go",)}),
        ("F-3", {}, {"requirements": ("Go",)}),
        ("F-4", {"stories": 4}, {"stories": 5}),
        ("F-6", {"own_questions": 2}, {"own_questions": 3}),
        ("S-2", {"news_count": 1}, {"news_count": 2}),
        ("S-3", {"to_rehearse": 2, "rehearsed": 1}, {"to_rehearse": 2, "rehearsed": 2}),
        ("S-6", {"concerns": ("no Go",)}, {"doubts_settled": True}),
        ("S-11", {}, {"formats": ("panel",)}),
        ("O-4", {"components": ("base",)}, {"components": tuple(PARTS)}),
        ("O-6", {"counters": ("90,000",)}, {"counter_sent": True}),
        ("O-7", {}, {"extension_asked": True}),
        ("O-10", {"signed": True, "conditions": ("permit",)}, {"signed": True}),
        ("O-11", {}, {"compared": True}),
        ("C-2", {}, {"feedback_asked": True}),
        ("C-4", {}, {"lessons": True}),
    ],
)
def test_what_the_board_knows_need_not_be_ticked_but_can_be(
    tip_id: str, off: dict[str, Any], on: dict[str, Any]
) -> None:
    closed = {"outcome": Outcome.REJECTED} if tip_id[0] == "C" else {}
    stage = tip(tip_id).stage if not closed else "second"
    check_tick(tip_id)
    by_hand = facts(stage, **closed, **off)
    assert (shown(by_hand)[tip_id].ticked, shown(by_hand, tip_id)[tip_id].ticked) == (False, True)
    assert not shown(by_hand, tip_id)[tip_id].automatic
    line = shown(facts(stage, **closed, **on))[tip_id]
    assert (line.ticked, line.tickable, line.automatic) == (True, True, True)


def test_all_evidence_is_tried() -> None:
    test = test_what_the_board_knows_need_not_be_ticked_but_can_be
    (mark,) = (m for m in test.pytestmark if m.name == "parametrize")
    assert {tip_id for tip_id, _, _ in mark.args[1]} == set(EVIDENCE)
    assert not set(EVIDENCE) & (AUTOMATIC | TO_KEEP_IN_MIND)


def test_the_user_ticks_the_others() -> None:
    known = facts("second", talks=(talk(24),))
    check_tick("S-1")
    before, after = shown(known), shown(known, "S-1", "Z-9")
    assert {tip_id for tip_id in before if before[tip_id].ticked} == set()
    assert {tip_id for tip_id in after if after[tip_id].ticked} == {"S-1"}
    assert list(before) == list(after)


def test_the_user_ticks_exactly_what_does_not_tick_itself() -> None:
    for entry in tips():
        if entry.id in (AUTOMATIC - set(ALSO_BY_HAND)) | TO_KEEP_IN_MIND:
            with pytest.raises(Refused):
                check_tick(entry.id)
        else:
            check_tick(entry.id)


def test_a_tip_without_a_box_is_never_ticked() -> None:
    line = shown(facts("second"), "S-12")["S-12"]
    assert (line.ticked, line.tickable, line.automatic) == (False, False, False)


@pytest.mark.parametrize(
    ("tip_id", "sentence"),
    [
        ("S-12", "no box"),
        ("S-8", "ticks itself"),
        ("s-1", "There is no tip “s-1”."),
        ("", "There is no tip “”."),
        ("\x1b[2J" + "x" * 9_000, "There is no tip “"),
    ],
)
def test_a_tick_that_cannot_be_is_refused(tip_id: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check_tick(tip_id)
    assert sentence in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 120
