"""The chances: bars that show their uncertainty, walked through with the arrow keys."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.read.history import summary
from store.rules.chances.chances import ENOUGH, FunnelStep, TimeInStage
from store.rules.chances.figures import published_figures
from store.rules.stages import ORDER, Outcome, Stage
from tests.makers import history
from tests.tables import each_row
from tui.pages.chances import BehindScreen, ChancesScreen
from tui.pages.chances_text import GROUPS, WEEKS, picture, step_key
from tui.pages.dossier import DossierScreen
from tui.pages.help import FiguresScreen, figure_words
from tui.widgets.chart import (
    Bar,
    Chart,
    count_bar,
    days_bar,
    marks_bar,
    range_bar,
    rate_bar,
    things_per_mark,
)
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Row, Rows

TODAY = date(2026, 11, 23)


def step(went_on: int, ended: int, undecided: int = 0, stage: Stage = Stage.SECOND) -> FunnelStep:
    ids = iter(range(10_000))
    return FunnelStep(
        stage, *(tuple(next(ids) for _ in range(n)) for n in (went_on, ended, undecided))
    )


def search(p, clock):
    """Nine applications: six went on, two ended, one is undecided."""
    now = clock.moment
    for number in range(9):
        clock.moment = now - timedelta(days=30 - number)
        card = p.add(f"Company {number}", "Engineer", source="LinkedIn" if number % 2 else "")
        if number < 6:
            clock.moment = now - timedelta(days=12)
            p.move(card.application_id, Stage.FIRST)
        elif number < 8:
            clock.moment = now - timedelta(days=5)
            p.close(card.application_id, Outcome.REJECTED)


def current(it) -> str | None:
    return it.screen.query_one(Chart).current


# The bars


@each_row(
    ("found", "width", "drawn"),
    [
        (step(5, 5), 20, "██████████"),
        (step(0, 10), 20, ""),
        (step(10, 0), 20, "████████████████████"),
        # Those open count as not gone on.
        (step(5, 3, 24), 20, "███"),
        (step(5, 3, 1), 20, "███████████"),
        (step(2, 1), 30, "■■□  not enough data yet"),
        (step(2, 1, 2), 30, "■■□○○  not enough data yet"),
        (step(2, 1), 10, "■■□"),
        (step(0, 0, 3), 30, "none decided yet"),
    ],
)
def test_a_rate_is_solid_and_few_cases_are_counted_out(found, width, drawn):
    assert rate_bar(found, width) == drawn


def margin_of(found, width: int) -> str:
    """The margin of a rate as it is drawn below it."""
    rate = found.rate_so_far
    return range_bar(rate.low, rate.high, "margin", width)


@pytest.mark.parametrize("width", [10, 47, 90])
@given(st.integers(0, 30), st.integers(5, 30), st.integers(0, 60))
def test_the_end_of_the_bar_lies_in_its_margin(width, went_on, ended, undecided):
    found = step(went_on, ended, undecided)
    end, drawn = len(rate_bar(found, width)), margin_of(found, width)
    marks = [place for place, sign in enumerate(drawn) if sign in "├┤┴"]
    assert end <= width
    assert marks[0] <= end <= marks[-1] + 1


def test_more_cases_make_the_interval_narrower():
    widths = [margin_of(step(n, n), 60).count("─") for n in (3, 10, 30, 100)]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 4


@each_row("width", [10, 11, 30, 77])
@each_row("stage", ORDER)
def test_the_typical_range_stands_at_its_place_and_is_named(stage, width):
    found = published_figures().steps[stage]
    drawn = range_bar(found.low, found.high, f"typical {found.line}", width)
    assert f"typical {found.line}" in drawn
    assert len(drawn.partition(" typical")[0]) <= width
    marks = [place for place, sign in enumerate(drawn) if sign in "├┤┴"]
    assert marks[0] == int(found.low * width)
    assert marks[-1] == min(int(found.high * width), width - 1)


def time(answered: int, waiting: int, **days) -> TimeInStage:
    return TimeInStage(
        Stage.FIRST, tuple(range(answered)), tuple(range(100, 100 + waiting)), **days
    )


@each_row(
    ("found", "drawn"),
    [
        (time(9, 0, quarter=5, half=10, three_quarters=15, longest=20), "     ├────┃────┤"),
        (time(9, 9, quarter=5, half=10, longest=19), "     ├────┃ half ──→"),
        (time(2, 9, longest=12), "            →"),
        (time(9, 0, quarter=0, half=0, three_quarters=0), "┃ half"),
        (time(2, 1, longest=12), "■■○"),
        (time(0, 0), "none yet"),
    ],
)
def test_days_show_the_middle_half_and_whether_it_goes_on(found, drawn):
    assert days_bar(found, 20, 20) == drawn


def test_a_count_is_never_drawn_as_nothing_and_nothing_never_as_a_count():
    assert count_bar(1, 1_000, 20) == "█ 1"
    assert count_bar(1_000, 1_000, 20) == "█" * 14 + " 1,000"
    assert count_bar(3, 4, 20) == "■■■ 3"


def test_the_marks_of_a_busy_week_fit():
    weeks = [(3, 1, 0, 0), (4_000, 20, 1, 1)]
    per_mark = things_per_mark(weeks, 30)
    assert marks_bar(weeks[0], 1) == "■■■◆"
    assert len(marks_bar(weeks[1], per_mark)) <= 30
    assert set(marks_bar(weeks[1], per_mark)) == set("■◆✓!"), "what there is shows"


# The whole picture


def test_what_is_empty_says_what_is_missing():
    drawn = picture(summary((), TODAY, by="source"))
    assert not drawn.stories
    assert [entry.text for entry in drawn.entries][::2] == ["", ""], "as in the empty lists"
    assert "No applications to count yet." in drawn.entries[1].text


def test_tiny_data_show_neither_none_nor_all():
    drawn = picture(summary([history(1, outcome=Outcome.REJECTED, closed_on=TODAY)], TODAY))
    said = str([e.numbers + e.picture(40) for e in drawn.entries if isinstance(e, Bar)])
    assert "0 of 1" in said
    assert "□  not enough data yet" in said
    assert "'0 %" not in said
    assert "100 %" not in said


def test_every_bar_has_a_story_and_a_key_of_its_own():
    found = [
        history(
            id_, source=f"source {id_}", outcome=Outcome.REJECTED if id_ % 2 else None,
            closed_on=TODAY, applied_on=TODAY - timedelta(days=7 * id_),
        )
        for id_ in range(60)
    ]  # fmt: skip
    drawn = picture(summary(found, TODAY, by="source"))
    keys = [entry.key for entry in drawn.entries if isinstance(entry, Bar)]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(drawn.stories)
    few = drawn.stories["source few"]
    assert len(few.behind) == GROUPS, "what says too little for a rate is one line"
    assert few.words[0].text.endswith(f" · and {GROUPS - 12} more: Enter lists them")
    assert sum(key.startswith("week ") for key in keys) == WEEKS
    for story in drawn.stories.values():
        assert story.title
        assert story.words


def test_one_of_a_thing_is_told_as_one():
    drawn = picture(summary([history(1)], TODAY))
    story = next(story for key, story in drawn.stories.items() if key.startswith("week"))
    week = drawn.stories[f"week {TODAY - timedelta(days=21)}"]
    assert week.words[0].text == "1 application in the week of Mon 2 Nov."
    assert story.words[0].text.startswith("Nothing in the week of")


# The screen


async def test_s_on_the_board_opens_it_at_the_step_of_the_lane(play):
    async with play(search, keys=("2", "s")) as it:
        assert isinstance(it.screen, ChancesScreen)
        assert current(it) == step_key(Stage.FIRST)
        await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_the_numbers_the_undecided_and_the_typical_range_are_seen(play):
    async with play(search, keys=("s",)) as it:
        painted = it.painted()
        assert "of 9 applications, 7 open" in painted
        assert "6 of 9 so far, 1 open" in painted
        assert "67 %, 35–88 %" in painted
        assert "75 %" not in painted
        assert "Rates and margins count open applications as not advanced yet." in painted
        assert painted.count("Wilson") == 1, "in the explanation alone"
        assert "typical 3–8 % (cold)" in painted
        assert "95 % Wilson interval" in " ".join(painted.replace("│", " ").split())
        assert "█ your rate so far, 0 to 100 %" in painted
        assert "margin ├" in painted
        assert "(2014–2026). Quality B" in painted
        assert "█──" not in painted, "the margin stands below the rate"


@pytest.mark.parametrize(
    "size", [(80, 24), pytest.param((100, 30), marks=pytest.mark.long), (120, 36)]
)
async def test_no_explanation_is_cut(play, size):
    def many_tags(p, clock):
        search(p, clock)
        for number, tag in enumerate(("python", "remote", "platform", "data", "django", "sre")):
            p.add(f"Other {number}", "Engineer", tags=(tag,))

    async with play(many_tags, keys=("s",), size=size) as it:
        for _ in range(2):
            words = it.screen.query_one("#why", Paragraphs)
            assert len(it.screen._picture.stories) > 5
            for key in it.screen._picture.stories:
                words.show(*it.screen._picture.stories[key].words)
                room = words.content_region.height
                assert len(words._wrap(words.content_region.width)) <= room, key
            await it.press("S")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_opens_at_its_top_and_no_word_touches_the_scroll_mark(play, size):
    async with play(search, size=size) as it:
        for lane in "1234":
            await it.press(lane, "s")
            assert "Conversion by stage" in it.painted(), lane
            await it.press("G", "g")
            lines = it.painted().splitlines()[1 : it.screen.query_one(Chart).size.height]
            assert {line[-3] for line in lines} == {" "}, lane
            await it.leave()


async def test_all_groups_are_named_in_full(play):
    def sources(p, _):
        for number in range(9):
            p.add(f"Company {number}", "Engineer", source=f"a rather long source {number}")

    async with play(sources, keys=("s",), size=(120, 60)) as it:
        said = " ".join(it.painted().split())
        assert "a rather long source 8" in said
        assert "…" not in said


async def test_what_was_withdrawn_is_listed_by_itself(play):
    def left(p, clock):
        search(p, clock)
        p.close(p.add("Hooli", "Engineer").application_id, Outcome.WITHDRAWN)

    async with play(left, keys=("s",)) as it:
        assert "6 of 9 so far, 1 open" in it.painted()
        await it.press("enter")
        words = " ".join(it.painted().split())
        assert "Withdrawn by you: not counted 1" in words


async def test_the_arrows_walk_through_every_bar_and_the_screen_follows(play):
    async with play(search, keys=("s",)) as it:
        chart = it.screen.query_one(Chart)
        keys = [bar.key for bar in chart._bars]
        seen = [current(it)]
        for _ in keys[1:]:
            await it.press("down")
            seen.append(current(it))
            assert any(line.startswith("│▌") for line in it.painted().splitlines())
        assert seen == keys
        await it.press("down")
        assert current(it) == keys[-1]
        await it.press("g")
        assert current(it) == keys[0]
        assert "Conversion by stage" in it.painted()
        await it.press("G")
        assert current(it) == keys[-1]
        await it.press("pageup", "k")
        assert keys.index(current(it)) < len(keys) - 2


async def test_enter_lists_the_applications_and_enter_there_opens_one(play):
    async with play(search, keys=("s", "enter")) as it:
        assert isinstance(it.screen, BehindScreen)
        rows = it.screen.query_one(Rows)
        assert sum(isinstance(line, Row) for line in rows._lines) == 9
        words = " ".join(it.painted().split())
        assert "Advanced 6" in words
        assert "Ended there 2" in words
        assert "Still open 1" in words
        await it.press("down", "enter")
        assert isinstance(it.screen, DossierScreen)
        assert "Company 1 — Engineer" in it.painted()
        await it.press("escape", "escape")
        assert isinstance(it.screen, ChancesScreen)
        assert current(it) == step_key(Stage.APPLIED)


async def test_one_in_two_groups_of_a_bar_is_listed_in_both(play):
    def twice(p, clock):
        for _ in range(2):
            p.add("Globex", "Engineer")
        p.complete(p.remind(1, clock.moment.date(), "call").card.follow_up.id)

    async with play(twice, keys=("s", "G", "enter")) as it:
        rows = [line for line in it.screen.query_one(Rows)._lines if isinstance(line, Row)]
        assert len(rows) == 3
        await it.press("G", "enter")
        assert isinstance(it.screen, DossierScreen)


async def test_an_empty_bar_opens_an_empty_list(play):
    async with play(search, keys=("4", "s", "down", "up", "enter")) as it:
        assert isinstance(it.screen, BehindScreen)
        await it.press("enter", "escape")
        assert isinstance(it.screen, ChancesScreen)


async def test_b_compares_by_the_next_thing(play):
    async with play(search, keys=("s",), size=(120, 60)) as it:
        for words in ("Sources", "Tags", "Months", "With and without a referral", "Sources"):
            assert words in it.painted()
            await it.press("S")


async def test_what_is_compared_is_in_sight_on_a_small_screen(play):
    async with play(search, keys=("s",), size=(80, 24)) as it:
        assert current(it) == step_key(Stage.APPLIED)
        for words, by in (("Tags compared", "tag"), ("Months compared", "month")):
            await it.press("S")
            assert words in it.painted()
            assert current(it).startswith(by)


async def test_p_shows_the_published_figures_in_full(play):
    async with play(search, keys=("3", "s", "percent_sign")) as it:
        assert isinstance(it.screen, FiguresScreen)
        assert "Typical: about 1 in 3; published figures run from 1 in 4 to 1 in 2" in it.painted()
        assert "Lever, 2017, quality B" in " ".join(it.painted().split())
        await it.press("G", "g", "pagedown", "j", "k", "escape")
        assert isinstance(it.screen, ChancesScreen)


def test_all_figures_of_the_steps_are_told_with_their_sources():
    words = "\n".join(one.text for one in figure_words(Stage.SECOND))
    assert words.index("To an offer") < words.index("To a first interview")
    for found in (*published_figures().steps.values(), published_figures().whole):
        assert found.range in words
        for figure in found.figures:
            assert figure.sources[0] in words


async def test_an_empty_board_says_what_to_do(play):
    async with play(keys=("s",)) as it:
        assert "No applications to count yet." in it.painted()
        await it.press("down", "enter", "pagedown", "G", "b", "escape")
        assert it.screen is it.app.board_screen


async def test_user_text_is_only_text(play, hostile):
    def fill(p, _):
        for number in range(ENOUGH):
            card = p.add(f"{hostile} {number}", hostile, source=hostile, tags=("x",))
            p.close(card.application_id, Outcome.REJECTED)

    async with play(fill, keys=("s",)) as it:
        while not (current(it) or "").startswith("source"):
            await it.press("down")
        await it.press("enter")
        painted = it.painted()
        assert isinstance(it.screen, BehindScreen)
        assert "\x1b" not in painted
        assert "rejected" in painted


async def test_the_mouse_chooses_and_opens(play):
    async with play(search, keys=("s",)) as it:
        await it.pilot.click(Chart, offset=(20, 5))
        await it.settle()
        assert current(it) == step_key(Stage.FIRST)
        await it.pilot.click(Chart, offset=(20, 5), times=2)
        await it.settle()
        assert isinstance(it.screen, BehindScreen)


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (200, 60)]
)
async def test_no_line_is_longer_than_the_screen(play, size):
    async with play(search, keys=("s",), size=size) as it:
        chart = it.screen.query_one(Chart)
        for y in range(chart.size.height):
            assert chart.render_line(y).cell_length == chart.size.width
        assert "8" in it.painted()


# The line in the panel


def panel_words(it) -> str:
    """What stands in the panel of a screen with 160 columns, in one line."""
    words = " ".join(line[101:159] for line in it.painted().splitlines())
    return " ".join(words.replace("│", " ").split())


async def test_the_panel_tells_how_the_others_fared_from_this_stage(play):
    async with play(search, keys=("1",), size=(160, 45)) as it:
        words = panel_words(it)
        assert "Chances to a first interview 6 of your 9, 1 open · typical 3–8 %" in words
        await it.press("2")
        assert "Chances to a second interview none decided yet, 6 open" in panel_words(it)


async def test_the_panels_line_follows_a_change(play):
    def more(p, clock):
        search(p, clock)
        p.add("Hooli", "Engineer")

    async with play(more, keys=("1",), size=(160, 45)) as it:
        assert "6 of your 10" in panel_words(it)
        await it.press("L", "1")
        assert "7 of your 10" in panel_words(it)
        await it.press("u", "j")  # under the card that has just changed the line stays
        assert "6 of your 10" in panel_words(it)


async def test_the_figures_are_read_once_for_each_change_not_for_each_card(play, monkeypatch):
    import store.read.history

    read, ask = [], store.read.history.read_card_chances
    monkeypatch.setattr(
        store.read.history, "read_card_chances", lambda glance: read.append(1) or ask(glance)
    )
    async with play(search, keys=("2",), size=(160, 45)) as it:
        await it.press("j", "j", "j", "k", "1", "2")
        assert len(read) == 1
        await it.press("L")
        await it.press("j", "k")
        assert len(read) == 2
