"""The face of a card: exact widths for every text, words as well as colours, and short signs for
what was looked for, what was moved, what was stored.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

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
from tests.tables import each_row
from tui.board.columns.face import CardForm, Look, Pose, draw, look_of
from tui.board.columns.fourth_line import more_of
from tui.styles.themes import OURS, inks_of
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
    assert first.text == "│▌Initech · Backend…   Tue 10:00 ◀ │"


def test_a_short_card_in_a_narrow_lane_leaves_out_rather_than_cutting_to_a_letter():
    idle = LOOK._replace(level=Level.IDLE)
    for look, said in (
        (idle._replace(when="any time"), "follow up"),
        (idle._replace(what="they decide by Mon 30 Nov", when="tomorrow"), "they: Mon 30 Nov"),
        (idle._replace(what="they decide by Tue 1 Dec", when="in 2 d"), "they: Tue 1 Dec"),
        (idle._replace(when="in 3 d"), "follow up  in 3 d"),
    ):
        look = look._replace(company="Harbour Health", role="Senior Writer")
        lines = [strip.text for strip in draw(look, Pose.PLAIN, 18, INKS, SIDE, CardForm.SHORT)]
        assert lines[0] == "│ Harbour Health   │", "neither “· S…” nor “·…”"
        assert lines[1] == f"│ {said:17}│"


def test_a_full_card_has_a_fourth_line_where_there_is_anything_to_say():
    tagged = card(salary="90k", location="Berlin", tags=("go", "remote"))
    assert more_of(tagged, ("salary", "tags")) == "90k · #go #remote"
    assert more_of(tagged, ("location",)) == "Berlin"
    look = LOOK._replace(more="90k · Berlin")
    lines = [strip.text for strip in draw(look, Pose.PLAIN, 24, INKS, SIDE, CardForm.FULL)]
    assert lines[3:] == ["│▌90k · Berlin           │", "│                        │"]
    bare = [strip.text for strip in draw(LOOK, Pose.PLAIN, 24, INKS, SIDE, CardForm.FULL)]
    assert bare[3:] == ["│                        │"] * 2


def test_the_fourth_line_leaves_out_whole_items_without_a_mark():
    for width, told in (
        (40, "90–105k EUR · Berlin, two days on site"),
        (34, "90–105k EUR · #go #remote"),
        (26, "90–105k EUR · #go"),
        (18, "90–105k EUR · #go"),
        (14, "90–105k EUR"),
    ):
        look = LOOK._replace(what="", when="", more="90–105k EUR · Berlin, two days on site")
        if width < 40:
            look = look._replace(more=f"{look.more} · #go #remote")
        assert full(look, width)[-1] == told
    alone = LOOK._replace(what="", when="", more="98k EUR and shares")
    assert full(alone, 16)[-1] == "98k EUR and…", "of the only one, whole words"


def test_the_next_interview_stands_in_one_place_and_the_role_gives_way():
    look = LOOK._replace(aside="Tue 10:00")
    for width, role in ((24, "Backend…     Tue 10:00"), (17, "Backe… Tue 10:00")):
        assert drawn(look, width)[1][2:].strip("│").rstrip() == role
    assert drawn(LOOK)[1].strip("│▌ ") == "Backend Engineer"
    for more in ("", "remote"):
        for role in ("SRE", "Site Reliability Engineer of the whole platform"):
            wide = look._replace(role=role, more=more)
            lines = draw(wide, Pose.PLAIN, 30, INKS, SIDE, CardForm.FULL)
            assert lines[3].text.startswith("│▌Tue 10:00")


@each_row(
    ("role", "shown"),
    [
        ("Projektmanagerin", "Projek… Thu 11:00"),
        ("Assistenz der GL", "Assist… Thu 11:00"),
        ("QA Analyst", "QA Ana… Thu 11:00"),
        ("Data Scientist", "Data…   Thu 11:00"),
        ("SRE", "SRE     Thu 11:00"),
    ],
)
def test_a_role_beside_a_moment_is_cut_in_a_word_before_its_cells_stay_blank(role, shown):
    look = LOOK._replace(role=role, what="prepare", when="tomorrow", aside="Thu 11:00")
    assert drawn(look, 18)[1] == f"│▌{shown}│"


def test_a_role_beside_the_countdown_is_cut_in_a_word_too():
    look = LOOK._replace(role="Projektmanagerin", what="follow up on it", when="any time")
    assert drawn(look, 18)[1:3] == ["│▌Projekt… any time│", "│▌follow up on it  │"]


def test_a_deadline_keeps_its_verb_and_its_time_in_a_narrow_lane():
    look = LOOK._replace(level=Level.TODAY, what="answer by Fri 17:00", when="in 2 d")
    assert full(look, 30)[2:] == ["answer by Fri 17:00   in 2 d"]
    assert full(look, 25)[2:] == ["answer Fri 17:00 in 2 d"]
    assert full(look, 22)[2:] == ["answer by Fri 17:00", "in 2 d"]
    assert full(look, 18)[2:] == ["answer Fri 17:00", "in 2 d"]


def test_when_it_is_due_stands_at_the_right_in_one_spelling():
    """What to do is never cut: it takes a line of its own, and another one if it must."""
    for width in (14, 17, 18, 22, 24, 30):
        for what in ("follow up", "check details", "send Art the link to my talk"):
            for form in (CardForm.USUAL, CardForm.FULL):
                strips = draw(LOOK._replace(what=what), Pose.PLAIN, width, INKS, SIDE, form)
                lines = [strip.text[2:-1] for strip in strips]
                assert any(line.rstrip().endswith("2 d late") for line in lines), lines
                if cell_len(what) < 2 * (width - 12):
                    assert what in " ".join(" ".join(lines).split()).replace(" 2 d late", "")
    assert drawn(LOOK, width=18)[1:3] == ["│▌Backend… 2 d late│", "│▌follow up        │"]
    long = LOOK._replace(what="send Art the link to my talk", when="today")
    assert drawn(long, width=18)[1:3] == ["│▌send Art the link│", "│▌to my talk  today│"]


def test_a_countdown_is_shortened_before_what_to_do_becomes_a_riddle():
    look = LOOK._replace(level=Level.COMING, what="share offer", when="tomorrow")
    assert full(look, 24, CardForm.SHORT)[1] == "share offer   tomorrow"
    assert full(look, 18, CardForm.SHORT)[1] == "share offer    1d", "“tell” would say nothing"


def full(look: Look, width: int, form: CardForm = CardForm.FULL) -> list[str]:
    lines = draw(look, Pose.CURSOR, width, INKS, SIDE, form)
    return [strip.text.strip("│▌ ") for strip in lines if strip.text.strip("│▌ ")]


def test_with_a_fourth_line_neither_words_nor_role_give_way():
    tagged = LOOK._replace(more="90k · Berlin")
    assert full(tagged, 18)[2:] == ["follow up", "90k      2 d late"]
    ahead = Look(
        *("Hooli", "Site Reliability Engineer", Level.TODAY, "check details", "in 22 h"),
        *("Tue 10:00", "remote · #sre"),
    )
    today = ahead._replace(when="today")
    assert full(today, 18)[2:] == ["check details", "Tue 10:00   today"], "“check” is a riddle"
    assert full(ahead, 27)[1:] == [
        "Site Reliability Engineer",
        "check details     in 22 h",
        "Tue 10:00 · remote · #sre",
    ]
    far = ahead._replace(aside="30 Nov 15:30", when="12 h late")
    assert full(far, 18)[1:] == ["check details", "12 h late", "30 Nov 15:30"]
    offer = LOOK._replace(level=Level.SOON, what="answer by Fri 17:00", when="in 4 d", more="98k")
    assert full(offer, 27)[2:] == ["answer Fri 17:00   in 4 d", "98k"]
    assert full(LOOK, 18)[2:] == ["follow up", "2 d late"], "without tags, too"


def test_without_one_the_moment_of_an_interview_stands_beside_role_or_countdown():
    look = Look(
        *("Hooli", "Site Reliability Engineer", Level.TODAY, "prepare", "in 2 d", "Tue 10:00"),
    )
    assert full(look, 18, CardForm.USUAL)[1:] == ["Site…   Tue 10:00", "prepare    in 2 d"]
    check = look._replace(what="check details", when="today")
    assert full(check, 18, CardForm.USUAL)[1:] == ["Tue 10:00   today", "check details"]
    assert full(check, 18, CardForm.USUAL)[0] == "Hooli · Site…   ◀", "the role behind the company"
    late = check._replace(level=Level.LATE, when="12 h late", aside="30 Nov 15:30")
    assert full(late, 18, CardForm.USUAL)[1:] == ["30 Nov 15:30", "check   12 h late"]


@each_row("width", [14, 18, 20, 26, 34])
def test_the_company_of_a_short_card_never_gives_way_to_a_moment(width):
    look = Look("Globex", "Staff Engineer", Level.TODAY, "prepare", "in 22 h", "Mon 14:00")
    name, action = full(look, width, CardForm.SHORT)
    assert name.startswith("Globex")
    assert name.endswith("◀")
    assert "14:00" in name + action or width < 15


def test_a_role_without_a_line_of_its_own_stands_behind_the_company():
    words = "send Art the link to my talk"
    look = LOOK._replace(company="Hooli", role="Site Reliability Engineer", what=words)
    assert drawn(look, width=18)[0] == "│▌Hooli · Site…    │"
    assert drawn(look, width=18, pose=Pose.CURSOR)[0] == "│▌Hooli · Site…   ◀│"
    assert full(look, 18)[1] == "Site Reliability…", "a full card has a line for it"
    name, *_ = draw(look, Pose.PLAIN, 18, INKS, SIDE)
    bold = {part.text.strip(" ·▌│"): bool(part.style and part.style.bold) for part in name}
    assert bold["Hooli"]
    assert not bold["Site…"], "the company is met first"
    long = look._replace(company="Vandelay Industries")
    assert drawn(long, width=18)[0] == "│▌Vandelay Industr…│", "which does not give way"


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


@each_row(
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


@each_row(
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


@each_row("form", CardForm)
@each_row("hits", [("a",), ("ß",), ("straße",), ("strasse",), ("漢",), (" ",)])
def test_marks_change_no_letter_and_no_width(form, hits):
    look = Look("Straße AG 漢字", "Aa", Level.TODAY, "a", "today", "", "a #a")
    plain = draw(look, Pose.CURSOR, 24, INKS, SIDE, form, "✓")
    marked = draw(look, Pose.CURSOR, 24, INKS, SIDE, form, "✓", hits)
    assert [strip.text for strip in marked] == [strip.text for strip in plain]
    assert {strip.cell_length for strip in marked} == {26}
