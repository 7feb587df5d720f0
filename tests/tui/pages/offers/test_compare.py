"""Offers side by side."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input

from store.rules.stages import Outcome, Stage
from tests.conftest import LONG
from tui.pages.offers.compare import CompareScreen
from tui.pages.offers.offer import OfferScreen
from tui.styles.themes import ROUNDS_DARK, inks_of
from tui.widgets.score_table import OfferColumn, ScoreSheet, ScoreTable

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))


def two(p, clock):
    """Two offers and two criteria, three of four scores."""
    clock.moment = NOW - timedelta(days=5)
    p.add("Globex", "Engineer", stage=Stage.OFFER)
    p.add("Initech", "Dev", stage=Stage.OFFER, salary="100k")
    clock.moment = NOW
    p.deadline(1, date(2026, 11, 27), time(17))
    p.point(1, "component", "Base pay", detail="112k")
    p.point(1, "condition", "references")
    p.criterion("Pay", 5)
    p.criterion("Team", 4)
    p.score(1, 1, 8)
    p.score(1, 2, 10)
    p.score(2, 1, 6)


async def scores(it) -> list[dict[int, int]]:
    return [dict((await it.read(lambda g, n=n: g.dossier(n))).offer.scores) for n in (1, 2)]


def line(it, start: str) -> str:
    """A line of the table, its spaces made one."""
    found = (" ".join(line.strip("│ ").split()) for line in it.painted().splitlines())
    return next(line for line in found if line.startswith(start))


async def test_facts_scores_and_means_stand_beside_each_other(play):
    async with play(two, keys=("C",)) as it:
        assert isinstance(it.screen, CompareScreen)
        assert line(it, "Globex").startswith("Globex Initech")
        assert line(it, "Received").startswith("Received ")
        assert "no offer yet" not in line(it, "Received")
        assert line(it, "Pays") == "Pays 112k 100k"
        assert line(it, "Deadline") == "Deadline Fri 27 Nov 17:00, in 4 d no deadline"
        assert line(it, "Open conditions") == "Open conditions 1 –"
        assert line(it, "Team") == "Team 4 10 ▰▰▰▰▰▰▰▰▰▰ ·"
        assert line(it, "Weighted mean") == "Weighted mean 8.9 of 10 6.0 of 10"
        assert line(it, "Scored") == "Scored 2 of 2 1 of 2"
        assert "Not scored: Initech  Team" in it.painted()
        assert "These means stand for different criteria" in it.painted()


async def test_nobody_is_proclaimed_the_winner(play):
    def even(p, clock):
        two(p, clock)
        p.score(2, 2, 1)

    async with play(even, keys=("C",)) as it:
        assert "it does not decide for you" in it.painted()
        for word in ("win", "best", "better", "choose"):
            assert word not in it.painted().lower()


SCORED = (
    (("7",), 7),
    (("0",), 0),
    (("=",), 10),
    (("equals_sign",), 10),
    (("equals_sign",), 10),
    (("1",), 1),
    (("1", "0"), 10),
    (("1", "0", "0"), 0),
    (("3", "0"), 0),
    (("1", "l", "h", "0"), 0),
    (("5", "backspace"), None),
    (("5", "delete"), None),
)


async def test_digits_score_the_cell_under_the_cursor(play):
    async with play(two) as it:
        before = None
        for keys, value in SCORED:
            await it.press("C")
            before = before or await scores(it)
            await it.press(*keys)
            assert (await scores(it))[0].get(1) == value, keys
            assert (await scores(it))[1] == {1: 6}, "the other offer stays"
            while await scores(it) != before:
                await it.press("u")
            await it.press("escape")


async def test_arrows_choose_the_cell_and_stop_at_the_edges(play):
    async with play(two, keys=("C",)) as it:
        await it.press("down", "down", "right", "right", "4")
        assert await scores(it) == [{1: 8, 2: 10}, {1: 6, 2: 4}]
        await it.press("k", "h", "3")
        assert await scores(it) == [{1: 3, 2: 10}, {1: 6, 2: 4}]
        await it.press("u", "u")
        assert await scores(it) == [{1: 8, 2: 10}, {1: 6}]
        await it.press("G", "l", "9", "g", "2")
        assert await scores(it) == [{1: 8, 2: 10}, {1: 2, 2: 9}]


async def test_criteria_are_added_changed_and_removed(play):
    async with play(two, size=(100, 30), keys=("C", "a")) as it:
        await it.type("Short way 2")
        assert "Short way, weight 2 of 5" in it.painted()
        await it.press("enter")
        assert line(it, "Short way").startswith("Short way 2 ▌"), "the cursor is there"
        await it.press("G", "e")
        assert it.screen.query_one("#line", Input).value == "Short way 2"
        it.screen.query_one("#line", Input).value = ""
        await it.type("Way 4")
        await it.press("enter")
        assert line(it, "Way").startswith("Way 4")
        await it.press("g", "D")
        criteria = await it.read(lambda g: [c.name for c in g.criteria()])
        assert criteria == ["Team", "Way"]
        assert await scores(it) == [{2: 10}, {}]
        await it.press("u")
        assert (await scores(it))[1] == {1: 6}


async def test_a_criterion_that_is_there_already_is_told_while_typing(play):
    async with play(two, keys=("C", "a")) as it:
        await it.type("PAY 2")
        assert "That is on the list already." in it.painted()
        await it.press("enter", "escape")
        assert isinstance(it.screen, CompareScreen)


async def test_one_offer_is_measured_by_itself(play):
    def one(p, clock):
        two(p, clock)
        p.close(2, Outcome.DECLINED)

    async with play(one, keys=("C",)) as it:
        assert "Initech" not in it.painted()
        assert line(it, "Weighted mean") == "Weighted mean 8.9 of 10"
        assert "One offer only" in it.painted()


async def test_the_offer_one_comes_from_is_there_though_it_is_closed(play):
    def accepted(p, clock):
        two(p, clock)
        p.close(2, Outcome.ACCEPTED)

    async with play(accepted, keys=("c", "enter", "O", "C")) as it:
        assert it.screen.subject().company == "Initech"
        assert "Globex" in it.painted()


async def test_without_an_offer_the_list_can_be_made_all_the_same(play):
    async with play(lambda p, _: p.add("Globex", "Engineer"), keys=("C",)) as it:
        assert "No offer yet." in it.painted()
        assert "Press a to add a criterion" in it.painted()
        await it.press("5", "equals_sign", "backspace", "D", "enter", "l", "j")
        await it.press("a")
        await it.type("pay 5")
        await it.press("enter")
        assert "pay" in line(it, "pay")
        await it.press("5")
        assert "No offer to score yet." in it.told


async def test_enter_opens_the_offer(play):
    async with play(two, keys=("C", "l", "enter")) as it:
        assert isinstance(it.screen, OfferScreen)
        assert "Initech — Dev" in it.painted()
    async with play(two, keys=("4", "O", "C", "enter")) as it:
        assert isinstance(it.screen, OfferScreen)
        await it.press("escape")
        assert it.screen is it.app.board_screen, "its own page is not opened twice"


async def test_a_click_chooses_the_cell(play):
    async with play(two, keys=("C",)) as it:
        table = it.screen.query_one(ScoreTable)
        x = it.painted().splitlines()[1].index("Initech")
        y = next(n for n, row in enumerate(it.painted().splitlines()) if " Team " in row)
        await it.pilot.click(offset=(x + 1, y))
        assert (table.row, table.column) == (1, 1)


async def test_what_does_not_fit_scrolls_with_the_cursor(play):
    def many(p, clock):
        for number in range(12):
            p.add(f"Company {number:02}", "Dev", stage=Stage.OFFER)
        for number in range(30):
            p.criterion(f"criterion {number:02}", 3)

    async with play(many, keys=("C",)) as it:
        assert "criterion 00" in it.painted()
        assert "more: → ←" in it.painted()
        assert "Company 11" not in it.painted()
        await it.press("G", *["l"] * 11, "7")
        assert "criterion 29" in it.painted()
        assert "Company 11" in it.painted()
        assert "Company 00" not in "\n".join(it.painted().splitlines()[:16])
        assert "Not scored: Company 11" in it.painted(), "that under the cursor is told first"
        assert "Weighted mean" in it.painted()
        await it.press("g", *["h"] * 11)
        assert "Company 00" in it.painted()


async def test_another_window_scores_too(play):
    async with play(two, keys=("C",)) as it:
        with it.another_window() as other:
            other.score(2, 2, 3)
        await it.look()
        assert line(it, "Scored") == "Scored 2 of 2 2 of 2"


async def test_hostile_texts_do_no_harm(play, hostile):
    def bad(p, clock):
        p.add(f"{hostile} x", f"{hostile} y", stage=Stage.OFFER)
        p.criterion(f"{hostile} z", 3)
        p.point(1, "component", "pay", detail=f"{hostile} a")

    async with play(bad, keys=("C", "5", "e", "escape")) as it:
        assert it.app.is_running
        assert "\x1b" not in it.painted()


SIZES = ((1, 1), (200, 60))
MORE_SIZES = ((20, 6), (40, 12))
"""In the long form."""


@pytest.mark.proof
async def test_no_size_breaks_it(play):
    async with play(two, keys=("C",)) as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(*size)
            await it.press("j", "l", "k")
            assert it.app.is_running, size


class Table(App[None]):
    """Shows a table of more criteria than fit."""

    def compose(self):
        yield ScoreTable()

    def on_mount(self) -> None:
        self.register_theme(ROUNDS_DARK)
        self.theme = ROUNDS_DARK.name
        self.table = self.query_one(ScoreTable)
        self.table.show_inks(inks_of(self.theme_variables))


async def test_the_wheel_scrolls_the_criteria_and_leaves_the_cursor():
    app = Table()
    async with app.run_test(size=(60, 14)) as pilot:
        offer = OfferColumn("Acme", "Engineer", (), ("",) * 30, "–", "0 of 30")
        app.table.show(ScoreSheet((), tuple((f"Wish {n}", "1") for n in range(30)), (offer,)))
        await pilot.pause()
        assert "Wish 0" in app.table.render_line(4).text
        await pilot._post_mouse_events([events.MouseScrollDown], ScoreTable)
        await pilot.pause()
        assert "Wish 3" in app.table.render_line(4).text
        assert app.table.row == 0
        app.table.move(1)
        assert "Wish 1" in app.table.render_line(4).text
