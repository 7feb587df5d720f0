"""The face of a card: exact widths for every text, words as well as colours, and short signs for
what was looked for, what was moved, what was stored.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.segment import Segment

from store.errors import StoreError
from store.model.dossier import Card
from store.pipeline import Pipeline
from store.rules.stages import Stage
from store.rules.urgency import Level
from tests import makers
from tests.makers import due
from tui.board.fourth_line import more_of
from tui.board.lane import CardForm, Look, Pose, draw, look_of
from tui.themes import OURS, inks_of
from tui.widgets.cells import cell_len, clip, fit, settle, wrap

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
INKS = inks_of(OURS[0].to_color_system().generate())
SIDE = Segment("│", INKS.frame)
LOOK = Look("Initech", "Backend Engineer", Level.LATE, "follow up", "2 d late")
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60)


def drawn(look: Look, width: int = 24, pose: Pose = Pose.PLAIN) -> list[str]:
    return [strip.text for strip in draw(look, pose, width, INKS, SIDE)]


def card(**values: object) -> Card:
    return makers.card(**{"company": "Initech", "role": "Backend Engineer"} | values)


def test_a_card_has_company_role_and_the_line_that_matters():
    company, role, line, blank = drawn(LOOK)
    assert company == "│▌Initech                │"
    assert role == "│▌Backend Engineer       │"
    assert line == "│▌follow up     2 d late │"
    assert blank == "│                        │"


def test_only_what_is_late_for_today_or_soon_has_a_stripe():
    for level in Level:
        *lines, blank = drawn(LOOK._replace(level=level))
        assert all(line.startswith("│▌") == (level <= Level.SOON) for line in lines), level
        assert "▌" not in blank


def test_the_cursor_points_at_one_card_without_colour_too():
    company, *others = drawn(LOOK, pose=Pose.CURSOR)
    assert company == "│▌Initech              ◀ │"
    assert not any("◀" in line for line in others)


def test_a_short_card_says_all_that_matters_in_two_lines():
    look = LOOK._replace(more="#python")
    lines = draw(look, Pose.PLAIN, 34, INKS, SIDE, CardForm.SHORT)
    assert [strip.text for strip in lines] == [
        "│▌Initech · Backend Engineer       │",
        "│▌follow up               2 d late │",
    ]
    abroad = look._replace(aside="Tue 10:00")
    [first, _] = draw(abroad, Pose.CURSOR, 34, INKS, SIDE, CardForm.SHORT)
    assert first.text == "│▌Initech · Backend E… Tue 10:00 ◀ │"


def test_a_full_card_has_a_fourth_line_where_there_is_anything_to_say():
    tagged = card(salary="90k", location="Berlin", tags=("go", "remote"))
    assert more_of(tagged, ("salary", "tags")) == "90k · #go #remote"
    assert more_of(tagged, ("location",)) == "Berlin"
    look = LOOK._replace(more="90k · Berlin")
    lines = [strip.text for strip in draw(look, Pose.PLAIN, 24, INKS, SIDE, CardForm.FULL)]
    assert lines[3:] == ["│▌90k · Berlin           │", "│                        │"]
    bare = [strip.text for strip in draw(LOOK, Pose.PLAIN, 24, INKS, SIDE, CardForm.FULL)]
    assert bare[3:] == ["│                        │"] * 2


def test_the_fourth_line_ends_at_a_word():
    for width, told in (
        (40, "90–105k EUR · Berlin, two days on site"),
        (30, "90–105k EUR · Berlin, two…"),
        (26, "90–105k EUR · Berlin…"),
        (19, "90–105k EUR…"),
    ):
        look = LOOK._replace(more="90–105k EUR · Berlin, two days on site")
        assert full(look, width)[3] == told
    for more, told in (("remote", "2 d late"), ("98k EUR and shares", "2 d late · 98k…")):
        assert full(LOOK._replace(more=more), 17)[3] == told


def test_the_next_interview_is_always_on_the_card():
    look = LOOK._replace(aside="Tue 10:00")
    for width, role in ((24, "Backend Eng… Tue 10:00"), (18, "Backen… Tue 10:00")):
        assert drawn(look, width)[1].strip("│▌ ") == role
    later = look._replace(aside="30 Nov 10:00")
    assert drawn(later, 20)[1].strip("│▌ ") == "Backe… 30 Nov 10:00"
    assert drawn(later, 18)[1].strip("│▌ ") == "Backend E… 30 Nov", "three letters are no role"
    assert drawn(LOOK)[1].strip("│▌ ") == "Backend Engineer"


def test_a_deadline_keeps_its_time_in_a_narrow_lane():
    look = LOOK._replace(level=Level.TODAY, what="answer by Fri 17:00", when="in 2d")
    assert drawn(look, 30)[2].strip("│▌ ") == "answer by Fri 17:00    in 2d"
    assert drawn(look, 24)[2].strip("│▌ ") == "answer by Fri 17:00 2d"
    assert drawn(look, 22)[2].strip("│▌ ") == "by Fri 17:00   in 2d"
    assert drawn(look, 18)[2].strip("│▌ ") == "Fri 17:00   in 2d"


def test_what_does_not_fit_gives_way_to_the_countdown():
    """The countdown loses its gaps first; then the words become one."""
    assert drawn(LOOK, width=18)[2] == "│▌follow up 2d late│"
    assert drawn(LOOK, width=17)[2] == "│▌follow  2 d late│"
    imported = LOOK._replace(level=Level.TODAY, when="any time")
    assert drawn(imported, width=18)[2] == "│▌follow up anytime│"
    ahead = LOOK._replace(level=Level.TODAY, what="check details", when="in 22 h")
    assert drawn(ahead, width=18)[2] == "│▌check details 22h│"


def full(look: Look, width: int, form: CardForm = CardForm.FULL) -> list[str]:
    lines = draw(look, Pose.CURSOR, width, INKS, SIDE, form)
    return [strip.text.strip("│▌ ") for strip in lines if strip.text.strip("│▌ ")]


def test_with_a_fourth_line_neither_words_nor_role_give_way():
    tagged = LOOK._replace(more="90k · Berlin")
    assert full(tagged, 18)[2:] == ["follow up", "2 d late · 90k…"]
    ahead = Look(
        *("Hooli", "Site Reliability Engineer", Level.TODAY, "check details", "in 22 h"),
        *("Tue 10:00", "remote · #sre"),
    )
    today = ahead._replace(when="today")
    assert full(today, 18)[2:] == ["check details", "today · Tue 10:00"], "“check” is a riddle"
    assert full(ahead, 27)[1:] == [
        "Site Reliability Engineer",
        "check details     in 22 h",
        "Tue 10:00 · remote · #sre",
    ]
    offer = LOOK._replace(level=Level.SOON, what="answer by Fri 17:00", when="in 4 d", more="98k")
    assert full(offer, 27)[2:] == ["answer by Fri 17:00", "in 4 d · 98k"]
    assert full(LOOK, 18)[2:] == ["follow up", "2 d late"], "without tags, too"


def test_without_one_the_moment_of_an_interview_stands_with_the_action():
    look = Look(
        *("Hooli", "Site Reliability Engineer", Level.TODAY, "prepare", "in 22 h", "Tue 10:00"),
    )
    assert full(look, 18, CardForm.USUAL)[1:] == ["Site Reliability…", "prepare Tue 10:00"]
    late = look._replace(level=Level.LATE, when="2 d late")
    assert full(late, 18, CardForm.USUAL)[1:] == ["Site R… Tue 10:00", "prepare  2 d late"]


@pytest.mark.parametrize("width", [14, 18, 20, 26, 34])
def test_the_company_of_a_short_card_never_gives_way_to_a_moment(width):
    look = Look("Globex", "Staff Engineer", Level.TODAY, "prepare", "in 22 h", "Mon 14:00")
    name, action = full(look, width, CardForm.SHORT)
    assert name.startswith("Globex")
    assert name.endswith("◀")
    assert "14:00" in name + action or width < 15


def test_late_differs_by_word_and_by_colour():
    late = draw(LOOK, Pose.PLAIN, 24, INKS, SIDE)[2]
    calm = draw(LOOK._replace(level=Level.COMING), Pose.PLAIN, 24, INKS, SIDE)[2]
    assert late != calm
    assert "late" in late.text


def test_a_dormant_card_is_dimmed():
    dormant = draw(LOOK._replace(level=Level.QUIET), Pose.PLAIN, 24, INKS, SIDE)
    assert dormant[0] != draw(LOOK, Pose.PLAIN, 24, INKS, SIDE)[0]


@given(company=TEXTS, role=TEXTS, what=TEXTS, when=TEXTS, aside=TEXTS, width=st.integers(1, 60))
def test_every_line_has_its_exact_width(company, role, what, when, aside, width):
    look = Look(company, role, Level.TODAY, what, when, aside)
    for pose in Pose:
        for form in CardForm:
            strips = draw(look, pose, width, INKS, SIDE, form)
            assert len(strips) == form
            for strip in strips:
                assert cell_len(strip.text) == width + 2 == strip.cell_length


@example(text="⺀", width=1)
@given(text=TEXTS, width=st.integers(0, 40))
def test_clipping_never_exceeds_the_width(text, width):
    assert cell_len(clip(text, width)) <= width
    assert cell_len(fit(text, width)) == width
    for line in wrap(text, width, 5):
        assert cell_len(line) <= width


@given(text=TEXTS)
def test_wrapping_loses_no_word(text):
    words = settle(text).split()
    if all(cell_len(word) <= 20 for word in words):
        assert " ".join(wrap(text, 20)).split() == words


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"),
        ("abc", 0, ""),
        ("a" * 100_000, 4, "aaa…"),
    ],
)
def test_text_is_clipped_by_cells(text, width, clipped):
    assert clip(text, width) == clipped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👨‍👩‍👧 GmbH", "👨👩👧 GmbH"),
        ("👍🏽", "👍"),
        ("🇩🇪 Bahn", "DE Bahn"),
        ("❤️", "❤"),
        ("plain", "plain"),
    ],
)
def test_emoji_are_shown_so_that_every_terminal_agrees_on_their_width(text, shown):
    assert settle(text) == shown


def test_a_long_text_ends_after_the_lines_it_may_take():
    assert wrap("one two three four five", 5, 2) == ("one", "two …")
    assert wrap("first\nsecond", 20) == ("first", "second")


def test_the_look_follows_from_the_card_and_the_moment():
    look = look_of(card(follow_up=due(-3)), NOW)
    assert look == Look("Initech", "Backend Engineer", Level.LATE, "follow up", "3 d late")
    assert look_of(card(), NOW).when == ""


def two(p, _):
    p.add("Acme", "Engineer")
    p.add("Globex", "Engineering Manager", tags=("remote",))


def underlined(it, stage=Stage.APPLIED) -> list[str]:
    strips = it.app.board_screen.lane_widgets[stage]._drawing
    return [s.text for strip in strips for s in strip if s.style and s.style.underline]


async def test_what_was_looked_for_is_underlined_on_the_cards(play):
    async with play(two, keys=("/", *"engine", "enter")) as it:
        assert underlined(it) == ["Engine", "Engine"]
        await it.press("/", "ctrl+u", *"remo glo", "enter")
        assert underlined(it) == ["Glo", "remo"]
        await it.press("escape")
        assert underlined(it) == []


async def test_a_tag_that_was_looked_for_is_seen_on_the_card(play):
    async with play(two, size=(80, 16), keys=(".", "/", *"remo", "enter")) as it:
        assert "#remote" in it.painted()
        assert "follow up" not in it.painted()
        assert underlined(it) == ["remo"]
        await it.press("escape")
        assert "#remote" not in it.painted()
        assert "follow up" in it.painted()


async def test_a_moved_card_has_a_sign_until_the_next_key(play):
    async with play(two) as it:
        await it.press("L")
        company = it.here
        assert f"{company}" in it.painted()
        assert "→ ◀" in it.painted()
        await it.press("j")
        assert "→ ◀" not in it.painted()


async def test_a_stored_change_has_a_sign_until_the_next_key(play):
    async with play(two) as it:
        await it.press("n", *"a note", "ctrl+s")
        assert "✓ ◀" in it.painted()
        await it.press("right", "left")
        assert "✓" not in it.painted()


async def test_one_that_was_refused_has_no_sign(play):
    async with play(two) as it:
        await it.press("H")
        assert "→ ◀" not in it.painted()
        assert "✓ ◀" not in it.painted()


async def test_one_that_could_not_be_stored_has_none_either(play, monkeypatch):
    def fails(*_, **__):
        raise StoreError("The disk is full.")

    async with play(two) as it:
        monkeypatch.setattr(Pipeline, "move", fails)
        await it.press("L")
        assert "The disk is full." in it.told
        assert "→ ◀" not in it.painted()


@pytest.mark.parametrize("form", CardForm)
@pytest.mark.parametrize("hits", [("a",), ("ß",), ("straße",), ("strasse",), ("漢",), (" ",)])
def test_marks_change_no_letter_and_no_width(form, hits):
    look = Look("Straße AG 漢字", "Aa", Level.TODAY, "a", "today", "", "a #a")
    plain = draw(look, Pose.CURSOR, 24, INKS, SIDE, form, "✓")
    marked = draw(look, Pose.CURSOR, 24, INKS, SIDE, form, "✓", hits)
    assert [strip.text for strip in marked] == [strip.text for strip in plain]
    assert {strip.cell_length for strip in marked} == {26}
