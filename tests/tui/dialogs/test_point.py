"""`+`: one line with a kind, in a few keys."""

from datetime import date, timedelta

import pytest

from store.rules.points import KINDS
from store.rules.stages import Stage
from tui.dialogs.point import PointLine
from tui.widgets.choice_fields import KindStrip
from tui.widgets.line_fields import LineInput

TODAY = date(2026, 11, 23)


def line(**more):
    return PointLine("Note on Globex", TODAY, tuple(KINDS), **more)


def globex(p, _):
    p.add("Globex", "Engineer", stage=Stage.SECOND)


def ahead(p, clock):
    globex(p, clock)
    p.interview(1, clock.moment + timedelta(days=1), people="Ana")


async def points(it, card=1):
    return (await it.read(lambda g: g.dossier(card))).points


async def test_plus_a_line_and_enter_note_a_point(play):
    async with play(ahead) as it:
        await it.press("plus")
        assert isinstance(it.screen, PointLine)
        await it.type("little cloud experience -- the course")
        assert "Concern: little cloud experience" in it.painted()
        assert "plan: the course" in it.painted()
        await it.press("enter")
        (point,) = await points(it)
        assert (point.kind, point.text, point.detail) == (
            "concern",
            "little cloud experience",
            "the course",
        )
        assert "Globex, Engineer: concern: little cloud experience." in it.told
        await it.press("u")
        assert await points(it) == ()


async def test_tab_changes_the_kind_both_ways_and_all_are_seen(show):
    async with show(line()) as stage:
        painted = stage.painted()
        assert all(kind.title in painted for kind in KINDS.values())
        strip = stage.screen.query_one(KindStrip)
        await stage.press("tab", "tab")
        assert strip.chosen == list(KINDS)[2]
        await stage.press("shift+tab", "shift+tab", "shift+tab")
        assert strip.chosen == list(KINDS)[-1], "before the first comes the last"
        assert KINDS["counter"].hint[1:] in stage.painted()
        await stage.type("5k")
        await stage.press("enter")
        assert (stage.answers[0].value.kind, stage.answers[0].value.text) == ("counter", "5k")


async def test_a_kind_in_front_of_the_line_is_taken_and_tab_takes_it_off(show):
    async with show(line()) as stage:
        strip, field = stage.screen.query_one(KindStrip), stage.screen.query_one(LineInput)
        await stage.type("story: moved 40 services")
        assert strip.chosen == "story"
        assert "Story: moved 40 services" in stage.painted()
        await stage.press("tab")
        assert strip.chosen == "requirement"
        assert field.value == "moved 40 services"
        await stage.press("enter")
        assert stage.answers[0].value.kind == "requirement"


async def test_a_click_on_a_kind_chooses_it(show):
    async with show(line()) as stage:
        strip = stage.screen.query_one(KindStrip)
        lines = strip._lines(strip.size.width)
        name = strip._keys[lines[1][0]]
        await stage.pilot.click(strip, offset=(3, 1))
        assert strip.chosen == name
        await stage.pilot.click(strip, offset=(strip.size.width - 1, len(lines) - 1))
        assert stage.screen.is_current


async def test_a_promise_says_its_day_back(show):
    async with show(line()) as stage:
        await stage.type("you promised: send the talk by fri")
        assert "by Fri 27 Nov, in 4 days" in stage.painted()
        await stage.press("enter")
        assert stage.answers[0].value.due_on == date(2026, 11, 27)


async def test_enter_on_an_empty_line_says_so_and_stays(show):
    async with show(line()) as stage:
        await stage.press("enter")
        assert "The line is empty." in stage.painted()
        assert stage.answers == []
        await stage.press("escape")
        assert stage.answers == [None]


async def test_the_kind_used_last_is_remembered_where_it_is_likely(play):
    async with play(ahead) as it:
        await it.press("plus", "tab", "tab")
        assert it.screen.query_one(KindStrip).chosen == "question"
        await it.type("why us?")
        await it.press("enter", "plus")
        assert it.screen.query_one(KindStrip).chosen == "question"
        await it.press("escape")


async def test_a_line_that_could_not_be_saved_comes_back(play):
    async with play(globex) as it:
        await it.press("plus", "tab")
        kind = it.screen.query_one(KindStrip).chosen
        await it.type("a thing")
        with it.another_window() as p:
            p.delete(1)
        await it.press("enter")
        assert isinstance(it.screen, PointLine)
        assert it.screen.query_one("#error").display
        assert it.screen.query_one(LineInput).value == "a thing"
        assert it.screen.query_one(KindStrip).chosen == kind


async def test_no_card_no_point(play):
    async with play(keys=("plus",)) as it:
        assert not isinstance(it.screen, PointLine)
        assert "No card here" in it.told


async def test_hostile_text_is_shown_and_stored_as_text(play, hostile):
    async with play(ahead, keys=("plus",)) as it:
        await it.paste(f"{hostile} x -- {hostile} y")
        assert "\x1b" not in it.painted()
        await it.press("enter")
        (point,) = await points(it)
        assert point.text.endswith("x")
        assert "\x1b" not in point.text + point.detail
        assert it.app.is_running


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((12, 4), marks=pytest.mark.long),
        pytest.param((40, 12), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(show, size):
    async with show(line(error="A sentence."), size=size) as stage:
        await stage.type("x")
        await stage.press("tab", "enter")
        assert stage.answers
