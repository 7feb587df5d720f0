"""What fills a slot of a tip, and how its sentence reads without."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.rules.people import names_in
from store.rules.stages import Outcome, Stage
from store.rules.tips.events import CASES
from store.rules.tips.facts import empty_parts
from store.rules.tips.texts import SLOT
from store.rules.tips.tips import lines, tips
from tests.store.rules.tips.scenes import TODAY, facts, shown, talk, tip
from tests.tables import each_row


@each_row(
    ("tip_id", "known", "text"),
    [
        ("A-6", {}, "Send one short follow-up email when the time comes"),
        (
            "A-6",
            {"inquiry_on": date(2026, 12, 4)},
            "Send one short follow-up email around Fri 4 Dec",
        ),
        (
            "A-6",
            {"inquiry_on": date(2027, 1, 4)},
            "Send one short follow-up email around Mon 4 Jan 2027",
        ),
        ("F-7", {}, "The evening before, test link, camera and sound, or check the route"),
        (
            "F-7",
            {"interviews": (talk(24, place="https://meet.example/x"),)},
            "The evening before, test the link, camera and sound",
        ),
        (
            "F-7",
            {"interviews": (talk(24, place="Room 4, Main Street 1"),)},
            "The evening before, check the route and how long it takes",
        ),
        (
            "F-7",
            {"interviews": (talk(24, place="Zoom, link follows"),)},
            "The evening before, test link, camera and sound, or check the route",
        ),
        (
            "F-7",
            {
                "interviews": (
                    talk(-24, place="Room 4"),
                    talk(72, place="Room 5"),
                    talk(24, place="www.x.example"),
                )
            },
            "The evening before, test the link, camera and sound",
        ),
        ("F-10", {}, "Thank each interviewer within 24 hours, with a separate note for each"),
        (
            "F-10",
            {"interviews": (talk(-1, "Ana"),)},
            "Thank Ana within 24 hours, with a personal note",
        ),
        (
            "F-10",
            {"interviews": (talk(-1, "Ana", "Bo"), talk(24, "Cy"))},
            "Thank Ana and Bo within 24 hours, with a separate note for each",
        ),
        (
            "F-10",
            {"interviews": (talk(-1, "Ana", "Bo", "Cy"), talk(-30, "Di"))},
            "Thank Ana, Bo and 1 more within 24 hours, with a separate note for each",
        ),
        ("F-12", {}, "No date given? Follow up politely a week after the interview"),
        (
            "F-12",
            {"inquiry_on": date(2026, 11, 30)},
            "No date given? Follow up politely on Mon 30 Nov",
        ),
        (
            "F-12",
            {
                "interviews": (talk(-1),),
                "expected_by": date(2026, 12, 3),
                "inquiry_on": date(2026, 12, 4),
            },
            "They gave a date: follow up on Fri 4 Dec, not before",
        ),
        (
            "F-12",
            {"interviews": (talk(-1),), "expected_by": date(2026, 12, 3)},
            "They gave a date: follow up once it has passed",
        ),
        (
            "F-12",
            {"interviews": (talk(-1),), "expected_by": date(2026, 11, 20), "inquiry_on": TODAY},
            "No date given? Follow up politely on Mon 23 Nov",
        ),
        ("S-2", {}, "Go deeper: have two recent news items or projects to bring up"),
        (
            "S-2",
            {"news_count": 3, "newest_news_on": date(2026, 11, 17)},
            "Go deeper: bring up two recent news items or projects; 3 noted, newest 6 days old",
        ),
        (
            "S-2",
            {"news_count": 1, "newest_news_on": TODAY},
            "Go deeper: bring up two recent news items or projects; 1 noted, newest from today",
        ),
        (
            "S-2",
            {"news_count": 1},
            "Go deeper: bring up two recent news items or projects; 1 noted",
        ),
        ("S-5", {}, "Come back to what went well last time: the results and topics they liked"),
        (
            "S-5",
            {"topics": ("the Kafka move", "", "hiring", "the Kafka move")},
            "Come back to what went well last time: “the Kafka move” and “hiring”",
        ),
        ("S-6", {}, "Address their concerns first, and say what you did about them"),
        (
            "S-6",
            {"concerns": ("no Go yet", "notice period", "commute", "pay")},
            "Address their concerns first: “no Go yet”, “notice period” and 2 more;"
            " say what you did",
        ),
        ("S-7", {}, "Find genuine common ground with each interviewer"),
        (
            "S-7",
            {"interviews": (talk(-50, "Ana"), talk(48, "Di"), talk(24, "Bo"))},
            "Find genuine common ground with Bo",
        ),
        (
            "S-7",
            {"interviews": (talk(-50, "Ana"), talk(24))},
            "Find genuine common ground with each interviewer",
        ),
        ("O-8", {}, "Tell the other employers your deadline here"),
        (
            "O-8",
            {"companies": ("Hooli", "Stark", "Hooli")},
            "Tell Hooli and Stark your deadline here",
        ),
        ("A-4", {"inside": ("Ana", "Bo")}, "Ask Ana or Bo for a referral while the role is open"),
        (
            "A-8",
            {"steps": ("the CKA course",)},
            "Add one new fact to your follow-up: “the CKA course”",
        ),
        (
            "A-9",
            {"requirements": ("Python", "Kafka", "Go")},
            "Have a two-minute pitch ready for an unexpected call; cover Python, Kafka and 1 more",
        ),
        ("A-11", {}, "Keep applying: one open application is not a plan"),
        (
            "A-11",
            {"others_open": 1},
            "Keep applying: you have 1 other application open",
        ),
        ("F-2", {}, "Ask who you will meet, for how long and in what format"),
        (
            "F-2",
            {"missing": ("in what format", "where or by which link")},
            "Ask what you do not know about the interview yet:"
            " in what format and where or by which link",
        ),
        (
            "F-3",
            {"requirements": ("Go", "SQL"), "uncovered": ("SQL",)},
            "Match each requirement with one example; still missing: SQL",
        ),
        (
            "F-3",
            {"requirements": ("Go",)},
            "Match each requirement in the posting with one example",
        ),
        (
            "F-4",
            {"stories": 3},
            "Prepare five to eight STAR stories, each with a result; you have 3",
        ),
        (
            "F-5",
            {"news_count": 2, "newest_news_on": date(2026, 11, 22)},
            "Read their website, products and latest news; 2 noted, newest 1 day old",
        ),
        (
            "F-6",
            {"own_questions": 1},
            "Bring three questions their website does not answer; you have 1",
        ),
        (
            "F-10",
            {"interviews": (talk(-1, "Ana", "Bo"),), "to_thank": ("Bo",)},
            "Thank Bo too within 24 hours, with a separate note",
        ),
        ("F-11", {"weak": ("Why us?",)}, "Improve one weak answer in the thank-you note: Why us?"),
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
            "Say clearly why you want this role here: They ship tools that…",
        ),
        (
            "S-6",
            {"concerns": ("no Go yet",), "taken": ("a course", "a service in Go", "a talk")},
            "Address their concerns first: “no Go yet”; say what you did: “a course”,"
            " “a service in Go” and 1 more",
        ),
        (
            "S-6",
            {"taken": ("a course",)},
            "Address their concerns first, and say what you did about them",
        ),
        ("S-7", {"ground": ("chess (Ana)",)}, "Build on genuine common ground: chess (Ana)"),
        ("S-8", {}, "Send each interviewer a personal thank-you note within 24 hours"),
        (
            "S-8",
            {"interviews": (talk(-1, "Ana", "Bo"),), "to_thank": ("Ana", "Bo")},
            "Send each interviewer a personal thank-you note within 24 hours",
        ),
        (
            "S-8",
            {"interviews": (talk(-1, "Ana", "Bo", "Cy"),), "to_thank": ("Ana", "Cy")},
            "Send Ana and Cy a personal thank-you note too, within 24 hours",
        ),
        ("S-9", {}, "Respect their date; without one, follow up after a week, twice at most"),
        (
            "S-9",
            {
                "interviews": (talk(-1),),
                "expected_by": date(2026, 12, 3),
                "inquiry_on": date(2026, 12, 4),
            },
            "Respect their date: follow up on Fri 4 Dec, not before, and twice at most",
        ),
        (
            "S-9",
            {"inquiry_on": date(2026, 11, 30)},
            "No date given: follow up on Mon 30 Nov, and twice at most",
        ),
        ("S-10", {"steps": ("a course",)}, "Show what you have done since: “a course”"),
        (
            "S-11",
            {"formats": ("panel", "case")},
            "Prepare for each part of the agenda: panel and case",
        ),
        ("S-12", {}, "Stay patient, and keep applying elsewhere"),
        ("S-12", {"others_open": 3}, "Stay patient and keep 3 other applications moving"),
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
        ("O-6", {"counters": ("90,000",)}, "Negotiate once, with a figure and a reason: 90,000"),
        (
            "O-7",
            {"deadline_on": date(2026, 12, 3)},
            "Need more time? Propose a new date well before Thu 3 Dec",
        ),
        ("O-9", {}, "Read the conditions and brief your references"),
        ("O-9", {"references": ("Rob", "Sue")}, "Read the conditions and brief Rob and Sue"),
        (
            "O-9",
            {"references": ("Rob",), "conditions": ("work permit",)},
            "Read the conditions (work permit) and brief Rob",
        ),
        ("O-12", {}, "Accepted? Withdraw everywhere else the same day"),
        (
            "O-12",
            {"others_open": 2},
            "Accepted? Withdraw everywhere else the same day: 2 other applications to go",
        ),
    ],
)
def test_slots_are_filled_or_the_sentence_reads_well_without(
    tip_id: str, known: dict[str, Any], text: str
) -> None:
    assert shown(facts(tip(tip_id).stage, **known))[tip_id].text == text


@each_row("place", ["", "https://x.example/room-4", "Main Street 1", "by phone"])
def test_a_place_is_a_link_or_a_way_to_go_but_never_both(place: str) -> None:
    known = facts("first", interviews=(talk(24, place=place),))
    assert CASES["link"](known) == place.startswith("https")
    assert CASES["route"](known) == (place == "Main Street 1")


@each_row("name", ["[red]Ana[/]", "[@click=app.quit]x[/]", "{date}", "{}", r"\1 \g<0>", "100 %s"])
def test_the_users_words_stay_literal(name: str) -> None:
    known = facts("second", interviews=(talk(24, name),), concerns=(name,), topics=(name, "{n}"))
    texts = shown(known)
    assert texts["S-7"].text == f"Find genuine common ground with {name}"
    assert texts["S-6"].text == f"Address their concerns first: “{name}”; say what you did"
    assert texts["S-5"].text == f"Come back to what went well last time: “{name}” and “{{n}}”"


@each_row(
    ("slot", "known", "text"),
    [
        (
            "S-6",
            {"concerns": ("Have I led people, or only projects?", "Little cloud")},
            "first: “Have I led people, or only projects?” and “Little cloud”; say what you did",
        ),
        ("S-5", {"topics": ("One two three four.",)}, "time: “One two three four”"),
        ("S-10", {"steps": ("One two three, four, five",)}, "since: “One two three, four, five”"),
        ("S-10", {"steps": ("y" * 70,)}, f"since: “{'y' * 59}…”"),
        ("F-11", {"weak": ("Why do you leave us?",)}, "Why do you leave…"),
    ],
)
def test_what_the_user_wrote_is_quoted_whole_or_in_four_words(
    slot: str, known: dict[str, Any], text: str
) -> None:
    assert shown(facts(tip(slot).stage, **known))[slot].text.endswith(text)


def test_a_long_name_is_shortened_and_a_long_list_counted() -> None:
    known = facts("second", interviews=(talk(24, "x" * 500, "y" * 40, *"abc"),))
    expected = f"Find genuine common ground with {'x' * 39}…, {'y' * 40} and 3 more"
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
        interviews=tuple(talk(at, *names, place=" ".join(names)) for at in hours),
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
        quiet=flag,
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


@each_row(
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
    assert names_in(text) == expected


@each_row(
    ("tip_id", "known", "text"),
    [
        ("C-2", {}, "Ask one specific question for feedback"),
        ("C-2", {"concerns": ("no Go",)}, "Ask one specific question for feedback, about “no Go”"),
        ("C-5", {}, "Carry the open concerns over to your next interview"),
        (
            "C-5",
            {"concerns": ("no Go",)},
            "Carry the open concerns over to your next interview: “no Go”",
        ),
        ("C-6", {}, "Stay in touch with the people you liked"),
        ("C-6", {"met": ("Ana", "Bo", "Cy")}, "Stay in touch with Ana, Bo and 1 more"),
    ],
)
def test_slots_after_a_rejection(tip_id: str, known: dict[str, Any], text: str) -> None:
    assert shown(facts("second", outcome=Outcome.REJECTED, **known))[tip_id].text == text


@each_row(
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
