"""Everything about one application."""

from datetime import date, timedelta

import pytest
from textual.containers import VerticalScroll

from store.rules.stages import Outcome, Stage
from tests.conftest import LONG
from tests.tables import each_row
from tui.dialogs.application import ApplicationForm
from tui.dialogs.line import LineEntry
from tui.dialogs.note import NoteForm
from tui.dialogs.pickers import Confirm, OutcomePicker, StagePicker
from tui.pages.dossier import (
    BESIDE,
    FIRST,
    HISTORY,
    SECOND,
    DossierPart,
    DossierScreen,
    parts_beside,
)
from tui.widgets.paragraphs import Paragraph, Paragraphs


def full(p, clock):
    """One application with something in every part of its page."""
    now = clock.moment
    clock.moment = now - timedelta(days=30)
    card = p.add(
        "Globex",
        "Staff Engineer",
        tags=("remote", "big company"),
        note="First thoughts.\n  - ask about on-call\n  - and about pay",
        location="Zürich",
        url="https://globex.example/jobs/1",
        source="a friend",
        salary="100k",
        contact_name="Ana Ruiz",
        contact_email="ana@globex.example",
    ).application_id
    p.edit(card, {"why_role": "Build the platform.", "posted_on": date(2026, 10, 1)})
    clock.moment = now - timedelta(days=20)
    p.interview(
        card, now - timedelta(days=18), minutes=45, people="Ana", place="Room 4", stage=Stage.FIRST
    )
    clock.moment = now - timedelta(days=17)
    p.complete(p.database.glance().due()[0].id)
    p.log_reply(card, decides_by=date(2026, 11, 27), said="by friday", text="We will be in touch.")
    clock.moment = now - timedelta(days=2)
    p.move(card, Stage.SECOND)
    p.interview(card, now + timedelta(days=1), minutes=60, people="Bo", place="Room 5")
    p.note(card, "Bo likes Rust.")


def told(it, part: str) -> str:
    """The words of one part of the page."""
    words = it.screen.query_one(f"#{part}", Paragraphs)
    if not words.display:
        return ""
    return "\n".join(f"{p.lead.strip()} {p.text}".strip(" ") for p in words.paragraphs)


async def open_page(it) -> None:
    await it.press("enter")
    assert isinstance(it.screen, DossierScreen)


async def test_everything_known_is_on_the_page(play):
    async with play(full, size=(160, 45)) as it:
        await open_page(it)
        assert told(it, "heading").splitlines() == [
            "▌ Globex — Staff Engineer",
            "▌ in the second interview stage for 2 days · applied Sat 24 Oct, 30 days ago",
            "▌ ■ Tue 24 Nov 10:00–11:00, in 24 h  ▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱▱  second interview",
        ]
        facts = told(it, "facts")
        for words in (
            "Posting https://globex.example/jobs/1",
            "Location Zürich",
            "Salary 100k",
            "Source a friend",
            "Tags #remote “big company”",
            "Posted Thu 1 Oct",
        ):
            assert words in facts
        assert "Contact" not in facts, "the people have a part of their own"
        assert "Tue 24 Nov 10:00–11:00 · second interview, confirmed\nWith Bo\nAt Room 5" in told(
            it, "interviews"
        )
        assert "first interview, held\nWith Ana Ruiz\nAt Room 4" in told(it, "interviews")
        assert "interview Tue 24 Nov 10:00" in told(it, "follow-ups")
        assert told(it, "past").startswith("for interview Thu 5 Nov 10:00\nlapsed get ready")
        assert told(it, "notes").splitlines() == [
            "Sat 21 Nov",
            "Bo likes Rust.",
            "",
            "Sat 24 Oct",
            "First thoughts.",
            "  - ask about on-call",
            "  - and about pay",
        ]
        assert told(it, "texts") == "Why this role\nBuild the platform."
        assert "they gave a date\nWe will be in touch." in told(it, "messages")
        timeline = told(it, "timeline").splitlines()
        assert "noted" in timeline[0]
        assert "added" in timeline[-1]


async def test_parts_without_words_are_not_shown(play):
    async with play(lambda p, _: p.add("Globex", "Engineer")) as it:
        await open_page(it)
        for part in ("interviews", "texts", "messages", "past"):
            assert told(it, part) == ""
        assert "No notes yet. Press n to add one." in it.painted()


async def test_a_long_note_wraps_and_keeps_its_lines_and_indents(play):
    text = "one two three four " * 20 + "\n    deeper " + "and on " * 20 + "\n\nlast"

    def noted(p, _):
        p.note(p.add("Globex", "Engineer").application_id, text)

    async with play(noted, size=(60, 40)) as it:
        await open_page(it)
        painted = it.painted()
        assert painted.count("three") == 20
        assert "\n      deeper and on" in painted
        assert "last" in painted
        assert not [line for line in painted.splitlines() if len(line) > 60]


async def test_it_scrolls_with_keys_to_the_very_end(play):
    def many(p, _):
        card = p.add("Globex", "Engineer").application_id
        for number in range(40):
            p.note(card, f"Thought number {number}.")

    async with play(many) as it:
        await open_page(it)
        scroll = it.screen.query_one("#parts", VerticalScroll)
        assert scroll.scroll_offset.y == 0
        await it.press("j", "down")
        assert scroll.scroll_offset.y == 4
        await it.press("k", "up")
        assert scroll.scroll_offset.y == 0
        await it.press("pagedown")
        assert scroll.scroll_offset.y >= scroll.size.height - 2
        await it.press("G")
        assert "added" in it.painted()
        await it.press("g")
        assert scroll.scroll_offset.y == 0


async def test_two_columns_when_wide_one_when_not(play):
    for size, columns in (((160, 45), 2), ((80, 24), 1)):
        async with play(full, size=size) as it:
            await open_page(it)
            edges = {column.region.x for column in it.screen.query(".column")}
            assert len(edges) == columns


KEYS_OF_THE_CARD = (
    ("n", NoteForm),
    ("i", LineEntry),
    ("r", LineEntry),
    ("e", ApplicationForm),
    ("m", StagePicker),
    ("z", LineEntry),
    ("x", OutcomePicker),
    ("D", Confirm),
)


async def test_the_keys_of_the_card_work_here(play):
    async with play(full) as it:
        await open_page(it)
        for key, screen in KEYS_OF_THE_CARD:
            await it.press(key)
            assert isinstance(it.screen, screen), key
            await it.press("escape")
            assert isinstance(it.screen, DossierScreen)


async def test_a_note_written_here_is_on_the_page_and_u_takes_it_back(play):
    async with play(full) as it:
        await open_page(it)
        await it.press("n")
        await it.type("They have a dog.")
        await it.press("ctrl+s")
        assert told(it, "notes").splitlines()[1] == "They have a dog."
        await it.press("u")
        assert "dog" not in told(it, "notes")
        await it.press("U")
        assert "dog" in told(it, "notes")


async def test_d_does_the_first_follow_up(play):
    async with play(full) as it:
        await open_page(it)
        first = told(it, "follow-ups").splitlines()[0]
        await it.press("d")
        assert told(it, "follow-ups").splitlines()[0] != first


async def test_closing_keeps_the_page_and_says_how_it_ended(play):
    async with play(full) as it:
        await open_page(it)
        await it.press("x", "w", "enter")
        assert isinstance(it.screen, DossierScreen)
        assert "withdrawn on Mon 23 Nov · reached second" in told(it, "heading")
        await it.press("R")
        assert "in the second interview stage" in told(it, "heading")


async def test_deleting_leaves_the_page(play):
    async with play(full) as it:
        await open_page(it)
        await it.press("D", "y")
        assert it.screen is it.app.board_screen
        assert await it.read(lambda g: g.cards(closed=None)) == ()


async def test_a_page_of_an_application_deleted_elsewhere_leaves(play):
    async with play(full) as it:
        await open_page(it)
        card = it.screen.application_id
        await it.app.desk.write(lambda p: p.delete(card))
        it.app.look_again()
        await it.settle()
        assert it.screen is it.app.board_screen


async def test_esc_leaves_for_where_one_came_from(play):
    def rejected(p, _):
        p.close(p.add("Globex", "Engineer").application_id, Outcome.REJECTED)

    async with play(rejected, keys=("c", "enter")) as it:
        assert isinstance(it.screen, DossierScreen)
        await it.press("escape")
        assert type(it.screen).__name__ == "ClosedScreen"


async def test_hostile_texts_are_only_texts(play, hostile):
    def everything(p, _):
        texts = dict.fromkeys(("location", "source", "salary", "contact_name"), f"{hostile} x")
        card = p.add(
            f"{hostile} c", f"{hostile} r", tags=(f"{hostile} t"[:40],), note=hostile + "n", **texts
        ).application_id
        p.interview(card, p.database.clock.now(), people=hostile + "p", place=hostile + "q")
        p.log_reply(card, text=hostile + "m", said=hostile + "s")

    async with play(everything, size=(100, 50)) as it:
        await open_page(it)
        painted = it.painted()
        assert "\x1b" not in painted
        if hostile.isprintable():
            assert f"{hostile} c — {hostile} r" in painted
        for y in range(1, 48):
            await it.pilot.click(offset=(4 + y, y))
        assert it.app.is_running
        assert isinstance(it.screen, DossierScreen)


SIZES = ((1, 1), (300, 100))
MORE_SIZES = ((7, 3), (60, 16), (110, 20))
"""In the long form."""


@pytest.mark.proof
async def test_no_size_breaks_it(play):
    async with play(full) as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(80, 24)
            await open_page(it)
            await it.pilot.resize_terminal(*size)
            await it.press("G", "g", "escape")
            assert it.screen is it.app.board_screen, size


async def test_a_form_that_meets_a_newer_state_comes_back_with_what_was_typed(play):
    async with play(full) as it:
        await open_page(it)
        card = it.screen.application_id
        await it.press("e")
        await it.app.desk.write(lambda p: p.edit(card, {"salary": "200k"}))
        await it.type(" Corporation")
        await it.press("ctrl+s")
        assert isinstance(it.screen, ApplicationForm)
        assert it.screen.query_one("#error").display
        assert it.screen.query_one("#company").value == "Globex Corporation"
        await it.press("ctrl+s")
        assert isinstance(it.screen, DossierScreen)
        assert "Globex Corporation" in told(it, "heading")
        assert "Salary 200k" in told(it, "facts"), "the other window's change stays"


def interviewed(p, clock):
    """Everything that interviews and an offer leave."""
    now = clock.moment
    clock.moment = now - timedelta(days=20)
    card = p.add("Globex", "Engineer").application_id
    talk = p.interview(
        card, now - timedelta(days=14), people="Ana and Bo", stage=Stage.FIRST, formats=("phone",)
    ).made
    missed = p.interview(card, now - timedelta(days=10), stage=Stage.FIRST).made
    clock.moment = now - timedelta(days=14) + timedelta(hours=3)
    thanks = next(due for due in p.database.glance().follow_ups_of(card) if due.action == "thank")
    p.complete(thanks.id)
    from store.rules.lists import signals

    good, bad = (next(k for k, s in signals().items() if s.good is kind) for kind in (True, False))
    p.debrief(
        talk,
        mood=4,
        wish=5,
        signals=(good, bad),
        next_step="a panel",
        remarks="They laughed.",
        points=[("asked", "Why us?", True), ("concern", "Too junior", True), ("topic", "Cron", 0)],
    )
    doubt = next(x for x in p.database.glance().dossier(card).points if x.kind == "concern")
    p.edit_point(doubt.id, {"detail": "the rota"})
    p.point(card, "skill", "A course", answers_id=doubt.id)
    p.edit_contact(1, {"email": "ana@globex.example", "common_ground": "both sail"})
    clock.moment = now - timedelta(days=2)
    p.mark_held(missed, False)
    p.move(card, Stage.OFFER)
    p.deadline(card, date(2026, 11, 27))
    p.point(card, "component", "Base", detail="100k")
    p.point(card, "condition", "References")
    p.interview(
        card, now + timedelta(days=1, hours=5), stage=Stage.SECOND, zone="America/New_York",
        formats=("panel", "case"), people="Ana",
    )  # fmt: skip


async def test_interviews_are_told_in_full(play):
    async with play(interviewed, size=(160, 60)) as it:
        await it.press("4")
        await open_page(it)
        talks = told(it, "interviews")
        third, second, first = talks.split("\n\n")
        assert first.startswith(
            "Mon 9 Nov 10:00–11:00 · first interview, held\nFormat Phone\nWith "
        )
        assert "Ana (thanked), Bo" in first or "Ana, Bo (thanked)" in first
        assert "first interview, not held" in second
        assert (
            "second interview, confirmed\nThere 09:00–10:00 in America/New_York\nFormat Panel, Case"
            in third
        )


async def test_debrief_points_people_and_offer_have_their_parts(play):
    async with play(interviewed, size=(160, 90)) as it:
        await it.press("4")
        await open_page(it)
        debrief = told(it, "debriefs")
        for words in (
            "Mon 9 Nov 10:00–11:00",
            "Signals 1 good, 1 warning",
            "Gut feeling 4 of 5",
            "Next step a panel",
            "They laughed.",
        ):
            assert words in debrief, words
        assert "%" not in debrief, "signals are counted, never scored"
        noted = told(it, "noted")
        assert "Concern Too junior (sensed)\nplan: the rota\nskill: A course" in noted
        assert "Asked Why us? (weak)" in noted
        for words in ("Why us?", "Cron", "Too junior"):
            assert words not in debrief, "what is a point stands once"
        assert "Base" not in noted
        people = told(it, "contacts")
        assert "Ana · interviewer\nReach ana@globex.example\nCommon ground both sail" in people
        offer = told(it, "offer")
        assert "Deadline Fri 27 Nov" in offer
        assert "Package item Base\namount: 100k" in offer
        assert "Condition References" in offer


async def test_drafts_stand_there_with_how_they_begin(play):
    def drafting(p, _):
        p.add("Globex", "Engineer")
        p.draft(1, "feedback", text="Subject: Thanks\n\nDear Ana,\nyou said no.")

    async with play(drafting) as it:
        await open_page(it)
        assert told(it, "drafts") == "Mon 23 Nov feedback: Dear Ana,"


async def test_what_belongs_to_interviews_and_offers_is_reached_from_here(play):
    async with play(interviewed, keys=("4",)) as it:
        for key in ("b", "I", "P", "plus", "v", "w", "O"):
            await open_page(it)
            page = it.screen
            it.app.clear_notifications()
            await it.press(key)
            assert it.screen is not page or it.told, f"{key} does something, or says why not"
            await it.leave()


async def test_a_reason_that_several_share_stands_once(play):
    async with play(full, size=(160, 45)) as it:
        await open_page(it)
        planned = told(it, "follow-ups")
        assert planned.count("interview Tue 24 Nov 10:00") <= 2, planned
        past = told(it, "past").splitlines()
        heads = [line for line in past if line.startswith("for ")]
        assert heads
        assert len(heads) == len(set(heads))
        assert not [line for line in past if " · " in line and line.endswith(heads[0][4:])]


async def test_what_is_next_is_met_first_and_the_page_begins_at_the_top(play):
    async with play(full, size=(160, 45)) as it:
        await open_page(it)
        lines = it.painted().splitlines()
        assert lines[0].startswith(" ▌  Globex — Staff Engineer")
        assert "in 24 h" in lines[2], "how long until the interview"
        assert "Next" in lines[3]
        assert it.screen.query_one("#follow-ups").has_class("-next")
        assert it.screen.query_one("#interviews").has_class("-main")
        assert not it.screen.query_one("#past").has_class("-main")


async def test_what_is_next_stands_by_date(play):
    async with play(full, size=(160, 45)) as it:
        await open_page(it)
        now = it.app.now()
        planned = [e.due for e in it.screen._dossier.follow_ups if e.state == "open"]
        labels = [due.label for due in sorted(planned, key=lambda due: due.by_date(now))]
        shown = [p.text for p in it.screen.query_one("#follow-ups", Paragraphs).paragraphs]
        assert [text.partition(" (step")[0] for text in shown if _is_label(text, labels)] == labels


def _is_label(text, labels):
    return text.partition(" (step")[0] in labels


@each_row(
    ("lines", "beside"),
    [
        ({"facts": 9, "past": 3, "timeline": 4}, set()),
        ({"facts": 1, "notes": 2, "past": 3, "timeline": 4}, {"past"}),
        ({"facts": 1, "notes": 9, "past": 2, "timeline": 4}, {"past", "timeline"}),
        ({"facts": 4, "notes": 3, "past": 6, "timeline": 4}, {"timeline"}),
        ({}, set()),
    ],
)
def test_the_history_stands_in_the_column_with_more_room(lines, beside):
    told = {
        name: DossierPart(name, (Paragraph("words"),) * lines.get(name, 0))
        for name in (*FIRST, *SECOND)
    }
    assert parts_beside(told) == beside


async def test_the_history_is_told_once_at_any_width(play):
    async with play(full, size=(160, 45)) as it:
        await open_page(it)
        for width in (160, 80, 120):
            await it.pilot.resize_terminal(width, 45)
            await it.settle()
            for name in HISTORY:
                both = [it.screen.query_one(f"#{name}{end}") for end in ("", BESIDE)]
                assert sum(part.display for part in both) == 1, (name, width)
                assert both[0].display or width > 80, "one column keeps its order"


async def test_the_interview_ahead_stands_above_those_that_are_over(play):
    async with play(full, size=(160, 45)) as it:
        await open_page(it)
        told_of = told(it, "interviews")
        assert told_of.index("second interview, confirmed") < told_of.index("first interview, held")


async def test_the_edge_of_the_heading_goes_along_all_its_lines(play):
    def long_names(p, _):
        p.add("Rheinisch-Westfälische Elektrizitätswerke", "Senior Engineer of Platforms and Tools")

    async with play(long_names, keys=("enter",)) as it:
        assert [line[1] for line in it.painted().splitlines()[:3]] == ["▌"] * 3
