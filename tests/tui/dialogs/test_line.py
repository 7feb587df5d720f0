"""One line, read while it is typed."""

from datetime import date

import pytest

from store.rules.dates import echo_day
from store.rules.text import Refused
from store.rules.typed.days import parse_day
from tests.tables import each_row
from tui.dialogs.line import LineEntry, Typed
from tui.widgets.line_fields import LineInput, join_lines

TODAY = date(2026, 11, 23)


def read(text: str) -> tuple[date, str]:
    day = parse_day(text, TODAY)
    return day, echo_day(day, TODAY)


def entry(**kinds: str) -> LineEntry[date]:
    return LineEntry("Snooze until", "A day: fri, +3d, 3 dec", read, **kinds)


async def test_a_line_is_read_while_it_is_typed_and_enter_takes_it(show):
    async with show(entry()) as stage:
        assert "A day: fri, +3d, 3 dec" in stage.painted()
        await stage.type("+3d")
        assert "Thu 26 Nov, in 3 days" in stage.painted()
        await stage.press("enter")
        assert stage.answers == [Typed(date(2026, 11, 26), "+3d")]


async def test_what_cannot_be_read_is_said_kept_and_not_taken(show):
    async with show(entry()) as stage:
        await stage.type("soonish")
        await stage.press("enter")
        assert stage.answers == []
        with pytest.raises(Refused) as refused:
            read("soonish")
        assert str(refused.value)[:30] in stage.painted()
        assert stage.screen.query_one(LineInput).value == "soonish"
        await stage.press("ctrl+u")
        await stage.type("tomorrow")
        await stage.press("enter")
        assert stage.answers == [Typed(date(2026, 11, 24), "tomorrow")]


async def test_enter_on_the_empty_line_says_what_is_missing(show):
    async with show(entry()) as stage:
        await stage.press("enter")
        assert stage.answers == []
        with pytest.raises(Refused) as refused:
            read("")
        assert str(refused.value)[:20] in stage.painted()


async def test_an_initial_text_is_replaced_by_typing(show):
    async with show(entry(initial="tomorrow")) as stage:
        assert "Tue 24 Nov, tomorrow" in stage.painted()
        await stage.type("fri")
        await stage.press("enter")
        assert stage.answers == [Typed(date(2026, 11, 27), "fri")]


async def test_a_line_that_failed_to_be_saved_comes_back_whole(show):
    sentence = "The board is locked by another program. Nothing was changed."
    async with show(entry(initial="tomorro", error=sentence)) as stage:
        assert sentence in stage.painted()
        await stage.type("w")
        await stage.press("enter")
        assert stage.answers == [Typed(date(2026, 11, 24), "tomorrow")]


async def test_esc_leaves_with_nothing(show):
    async with show(entry()) as stage:
        await stage.type("fri")
        await stage.press("escape")
        assert stage.answers == [None]


@each_row(
    ("pasted", "kept"),
    [
        ("tue 10:00\n45m\nwith Ana", "tue 10:00 45m with Ana"),
        ("  one\r\n\r\n two \r three\n", "one two three"),
        (" with Bo", " with Bo"),
        ("a\tb", "a b"),
        ("\n\n", ""),
        ("", ""),
        ("x\x1b]52;c;aGk=\x07y", "x]52;c;aGk=y"),
    ],
)
def test_a_paste_keeps_all_its_lines_on_one(pasted, kept):
    assert join_lines(pasted) == kept


async def test_a_paste_goes_where_the_cursor_is_and_replaces_what_is_selected(show):
    async with show(entry(initial="fri", error="Once more.")) as stage:
        await stage.press("home")
        await stage.paste("next\nweek ")
        assert stage.screen.query_one(LineInput).value == "next weekfri"
        await stage.press("home", "shift+end")
        await stage.paste("tomorrow\n")
        assert stage.screen.query_one(LineInput).value == "tomorrow"


async def test_hostile_text_is_shown_and_does_nothing(show, hostile):
    dialog = LineEntry(hostile, hostile, read, initial=hostile, placeholder=hostile, error=hostile)
    async with show(dialog) as stage:
        await stage.press("enter")
        assert stage.answers == []
        await stage.pilot.click(dialog.query_one("#error"), offset=(1, 0))
        assert stage.app.is_running
        assert stage.screen.is_current


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((8, 3), marks=pytest.mark.long),
        pytest.param((20, 5), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(show, size):
    async with show(entry(error="A sentence that has to be wrapped."), size=size) as stage:
        await stage.type("fri")
        await stage.press("enter")
        assert stage.answers
