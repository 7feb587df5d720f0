"""Applications that are over."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from store.rules.stages import Outcome, Stage
from store.tables import Application
from tests.conftest import LONG
from tests.makers import card
from tests.stillness import until
from tui.pages.closed import ClosedScreen
from tui.pages.dossier import DossierScreen
from tui.widgets.rows import Row, Rows


def over(p, clock):
    """Three that are over, and one that is not."""
    now = clock.moment
    clock.moment = now - timedelta(days=10)
    for company, days, outcome, stage, reason in (
        ("Initech", 5, Outcome.REJECTED, Stage.SECOND, "They wanted more Rust."),
        ("Hooli", 1, Outcome.ACCEPTED, Stage.OFFER, ""),
        ("Globex", 5, Outcome.NO_RESPONSE, Stage.APPLIED, ""),
    ):
        clock.moment = now - timedelta(days=10)
        card = p.add(company, "Engineer", tags=("remote",) if company == "Hooli" else ())
        if stage is not Stage.APPLIED:
            p.move(card.application_id, stage)
        clock.moment = now - timedelta(days=days)
        p.close(card.application_id, outcome, reason=reason)
        if company == "Globex":
            p.note(card.application_id, "The office is far away.")
    p.add("Open", "Engineer")


def shown(it) -> list[str]:
    return [row.cells[3].text for row in it.screen.query_one(Rows)._lines if isinstance(row, Row)]


def chosen(it) -> str:
    row = it.screen.query_one(Rows).current
    return row.cells[3].text if row else ""


async def test_the_last_one_closed_stands_first_with_all_that_matters(play):
    async with play(over, keys=("c",)) as it:
        assert isinstance(it.screen, ClosedScreen)
        assert shown(it) == ["Hooli", "Globex", "Initech"]
        lines = it.painted().splitlines()
        head, first = (" ".join(line.split()) for line in lines[1:3])
        assert "Closed Outcome Reached Company Role Days Applied" in head
        assert "Sun 22 Nov accepted offer Hooli Engineer" in first
        assert "Closed  3" in lines[0]


async def test_what_was_accepted_stands_first_until_its_first_day(play):
    def taken(p, clock):
        over(p, clock)
        with p.database.writing() as session:
            _, hooli, globex, _ = session.exec(select(Application)).all()
            hooli.outcome = "declined"
            globex.outcome, globex.starts_work_on = "accepted", date(2027, 2, 1)

    async with play(taken, size=(100, 30), keys=("c",)) as it:
        assert shown(it) == ["Globex", "Hooli", "Initech"]
        await it.press("escape")
        assert "Globex from 1 Feb 2027" in it.painted().splitlines()[0]
        it.app.clock.moment = it.app.clock.moment.replace(year=2027, month=2, day=2)
        await it.look()
        assert "Globex from" not in it.painted()


async def test_the_reason_of_the_chosen_one_is_told(play):
    async with play(over, keys=("c", "G")) as it:
        assert chosen(it) == "Initech"
        assert "They wanted more Rust." in it.painted()
        assert "│ rejected on Wed 18 Nov " in it.painted()
        assert "│ reached second" in it.painted()
        await it.press("k")
        assert "Rust" not in it.painted()


async def test_enter_opens_the_page_and_esc_comes_back_to_the_same_line(play):
    async with play(over, keys=("c", "j", "enter")) as it:
        assert isinstance(it.screen, DossierScreen)
        assert "Globex — Engineer" in it.painted()
        await it.press("escape")
        assert chosen(it) == "Globex"
        await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_a_double_click_opens_too(play):
    async with play(over, keys=("c",)) as it:
        await it.pilot.click(Rows, offset=(20, 4), times=2)
        await it.settle()
        assert "Initech — Engineer" in it.painted()


async def test_capital_r_puts_it_back_on_the_board_and_u_undoes_that(play):
    async with play(over, keys=("c", "j", "R")) as it:
        assert shown(it) == ["Hooli", "Initech"]
        assert chosen(it) == "Initech"
        board = await it.read(lambda g: g.board())
        assert "Globex" in [card.company for card in board.cards()]
        await it.press("u")
        assert shown(it) == ["Hooli", "Globex", "Initech"]


async def test_typing_filters(play):
    async with play(over, keys=("c",)) as it:
        for typed, found in (
            ("hoo", ["Hooli"]),
            ("REMOTE", ["Hooli"]),
            ("far away", ["Globex"]),
            ("engineer", ["Hooli", "Globex", "Initech"]),
            ("nothing such", []),
            ("outcome:accepted", ["Hooli"]),
            ("closed<3d stage:offer", ["Hooli"]),
            ("note:far -tag:remote", ["Globex"]),
        ):
            await it.press("slash")
            await it.type(typed)
            assert shown(it) == found, typed
            if not found:
                assert "No closed application matches." in it.painted()
            await it.press("escape")
            assert shown(it) == ["Hooli", "Globex", "Initech"], typed
            assert isinstance(it.screen, ClosedScreen), typed


async def test_the_last_line_helps_with_fields(play):
    async with play(over, keys=("c", "slash")) as it:
        await it.type("outcome:acc")
        assert "outcome: accepted" in it.painted().splitlines()[-1]
        await it.type("x")
        await it.press("enter")
        assert "There is no outcome “accx”." in it.painted().splitlines()[-1]
        await it.press("backspace", "enter", "j")
        assert shown(it) == ["Hooli"]
        assert "outcome" not in it.painted().splitlines()[-1]


async def test_enter_keeps_the_filter_and_gives_the_keys_back(play):
    async with play(over, keys=("c", "slash")) as it:
        await it.type("engineer")
        await it.press("enter", "j", "j")
        assert chosen(it) == "Initech"
        await it.press("escape")
        assert isinstance(it.screen, ClosedScreen)
        await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_nothing_closed_says_how_closing_goes(play):
    async with play(lambda p, _: p.add("Globex", "Engineer"), keys=("c",)) as it:
        assert "Press x on the board to close an application." in it.painted()
        for key in ("enter", "R", "o", "y", "j", "G", "D", "e"):
            await it.press(key)
        assert isinstance(it.screen, ClosedScreen)


async def test_hostile_names_are_only_names(play, hostile):
    def closed(p, _):
        card = p.add(f"{hostile} x", f"{hostile} y").application_id
        p.close(card, Outcome.REJECTED, reason=f"{hostile} z")

    async with play(closed, keys=("c",)) as it:
        for y in range(1, 22):
            await it.pilot.click(offset=(3 + y, y))
        assert it.app.is_running
        assert "\x1b" not in it.painted()


SIZES = ((1, 1), (300, 100))
MORE_SIZES = ((5, 3), (60, 16))
"""In the long form."""


@pytest.mark.proof
async def test_no_size_breaks_it(play):
    async with play(over) as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(80, 24)
            await it.press("c")
            await it.pilot.resize_terminal(*size)
            await it.press("j", "G", "g", "slash")
            await it.type("ho")
            await it.press("escape", "escape")
            assert it.screen is it.app.board_screen, size


def test_days_of_other_years_name_the_year():
    from tui.pages.closed import _row

    closed = card(outcome=Outcome.REJECTED, closed_on=date(2025, 2, 3))
    assert _row(closed, date(2026, 11, 23)).cells[0].text == "Mon 3 Feb 2025"


async def test_a_reason_that_comes_when_the_list_was_left_is_not_drawn(play):
    async with play(over) as it:
        it.hold()
        it.send("c")
        await until(lambda: isinstance(it.screen, ClosedScreen))
        page = it.screen
        it.app.desk.release()
        await it.settle()
        dossier = await it.read(lambda g: g.dossier(2))
        await it.press("escape")
        page._take_dossier(dossier)
        assert it.app.crash is None


# When no application is open any more


def ended(outcome=Outcome.WITHDRAWN, number=3):
    """So many closed ones; the last was closed with `outcome`, from an offer."""

    def fill(p, clock):
        for turn in range(number):
            card = p.add(f"Company {turn}", "Engineer").application_id
            if turn == number - 1:
                p.move(card, Stage.OFFER)
            p.close(card, outcome if turn == number - 1 else Outcome.REJECTED)

    return fill


@pytest.mark.parametrize(
    "size", [pytest.param((80, 24), marks=pytest.mark.long), (60, 16), (160, 45)]
)
async def test_a_board_on_which_all_is_closed_says_so_and_greets_no_newcomer(play, size):
    async with play(ended(Outcome.ACCEPTED), size=size) as it:
        painted = it.painted()
        assert "All 3 are closed. You accepted Company 2." in painted
        assert "c shows them and how each one ended" in painted
        assert "a adds another application" in painted
        assert "first application" not in painted
        await it.press("c")
        assert isinstance(it.screen, ClosedScreen)


async def test_closing_the_last_card_says_so_and_undo_brings_the_board_back(play):
    def fill(p, clock):
        ended(number=2)(p, clock)
        p.add("Globex", "Engineer")

    async with play(fill) as it:
        await it.press("x", "enter", "escape")  # without a lesson
        assert it.lanes() == [[], [], [], []]
        assert "All 3 are closed." in it.painted()
        assert "accepted" not in it.painted()
        await it.press("u")
        assert it.here == "Globex"
        assert "closed." not in it.painted()


async def test_what_another_window_closes_is_counted(play):
    async with play(ended(number=1)) as it:
        assert "Your only application is closed." in it.painted()
        with it.another_window() as other:
            other.close(other.add("Globex", "Engineer").application_id, Outcome.REJECTED)
        await it.look()
        assert "All 2 are closed." in it.painted()


async def test_the_name_in_it_is_only_text(play, hostile):
    def fill(p, clock):
        card = p.add(hostile, "Engineer", stage=Stage.OFFER).application_id
        p.close(card, Outcome.ACCEPTED)

    async with play(fill) as it:
        assert "You accepted " in it.painted()
        assert "\x1b" not in it.painted()


async def test_how_it_went_stands_with_the_days_that_it_took(play):
    async with play(over, keys=("c",), size=(120, 36)) as it:
        lines = it.painted().splitlines()
        days = lines[1].index("Days") + len("Days")
        assert {line[:days].split()[-1].isdigit() for line in lines[2:5]} == {True}
        assert "closed: accepted" in it.painted(), "its timeline is told beside it"
