"""The shelf on the screen: what waits there, and the one key that makes an application of it."""

from datetime import date, timedelta

from textual.widgets import Input

from store.read.arriving.shelf import read_shelf
from store.rules.stages import Outcome
from tui.dialogs.posting import PostingEntry, PostingForm
from tui.pages.employer import EmployerScreen
from tui.pages.intake.shelf import ShelfScreen
from tui.pages.today import TodayScreen
from tui.widgets.rows import Rows

TODAY = date(2026, 11, 23)
WIDE = (120, 45)


def three(p, clock):
    """Postings that close in two days, in three weeks, never; one that has closed; and a card."""
    p.add("Globex", "Cook", applied_on=date(2026, 6, 1))
    p.close(1, Outcome.REJECTED, on=date(2026, 7, 1))
    for company, days in (("Initech", 21), ("Globex GmbH", 2), ("Hooli", None), ("Acme", -2)):
        closes = None if days is None else TODAY + timedelta(days=days)
        link = f"https://{company.split()[0].lower()}.example/jobs/12345"
        p.shelve(company, "SRE", closing_on=closes, url=link, requirements=["Go"], salary="80k")


async def names(it):
    return [one.company for one in await it.read(lambda glance: read_shelf(glance, TODAY))]


def words(it):
    return " ".join(it.painted().replace("│", " ").replace("▌", " ").split())


async def test_the_next_to_close_stands_first_and_the_employer_is_known(play):
    async with play(three, size=WIDE, keys=("underscore",)) as it:
        await it.settle()
        assert isinstance(it.screen, ShelfScreen)
        rows = [row.cells for row in it.screen.query_one(Rows).rows]
        assert [(cells[0].text, cells[1].text) for cells in rows] == [
            ("in 2 d", "Globex GmbH"),
            ("in 21 d", "Initech"),
            ("no date", "Hooli"),
            ("closed 2 d ago", "Acme"),
        ]
        shown = words(it)
        assert "Shelf 4" in shown
        assert "1 application in Jun 2026; rejected on 1 Jul." in shown
        assert "Asks for Go" in shown
        await it.press("j")
        assert "1 application in Jun 2026" not in words(it)


async def test_one_key_makes_an_application_of_it_and_one_takes_it_back(play):
    async with play(three, size=WIDE, keys=("underscore", "a")) as it:
        await it.settle()
        assert "Globex GmbH, SRE: applied today, on the board. u undoes it." in it.told
        assert await names(it) == ["Initech", "Hooli", "Acme"]
        assert [(card.company, card.applied_on) for card in it.app.cards()] == [
            ("Globex GmbH", TODAY)
        ]
        await it.press("u")
        await it.settle()
        assert "Undone: applied to, off the shelf (Globex GmbH, SRE)." in it.told
        assert len(await names(it)) == 4
        assert not it.app.cards()
        assert it.screen.query_one(Rows).current.cells[1].text == "Globex GmbH"
        await it.press("U")
        await it.settle()
        assert [card.company for card in it.app.cards()] == ["Globex GmbH"]


async def test_it_is_dropped_and_brought_back(play):
    async with play(three, size=WIDE, keys=("underscore", "j", "D")) as it:
        await it.settle()
        assert "Removed: Initech, SRE. u undoes it." in it.told
        assert await names(it) == ["Globex GmbH", "Hooli", "Acme"]
        await it.press("u")
        await it.settle()
        assert len(await names(it)) == 4


async def test_it_is_corrected(play):
    async with play(three, size=WIDE, keys=("underscore", "e")) as it:
        await it.settle()
        assert isinstance(it.screen, PostingForm)
        assert not it.screen.query("#applied_on")
        assert " ? " not in words(it)
        it.screen.query_one("#salary", Input).value = "90k"
        await it.press("ctrl+s")
        await it.settle()
        assert isinstance(it.screen, ShelfScreen)
        found = await it.read(lambda glance: read_shelf(glance, TODAY))
        assert (found[0].salary, found[0].company) == ("90k", "Globex GmbH")
        before = await it.read(lambda glance: glance.change_id())
        await it.press("e")
        await it.settle()
        await it.press("ctrl+s")
        await it.settle()
        assert await it.read(lambda glance: glance.change_id()) == before, "nothing was changed"


async def test_link_employer_and_another_posting(play, monkeypatch):
    opened = []
    monkeypatch.setattr("tui.outside.open_link", lambda url: opened.append(url) or True)
    async with play(three, size=WIDE, keys=("underscore", "o")) as it:
        await it.settle()
        assert opened == ["https://globex.example/jobs/12345"]
        await it.press("E")
        await it.settle()
        assert isinstance(it.screen, EmployerScreen)
        await it.press("escape", "j", "E")
        await it.settle()
        assert "There was no application to Initech before." in it.told
        await it.press("A")
        await it.settle()
        assert isinstance(it.screen, PostingEntry)


async def test_an_empty_shelf_says_how_to_fill_it(play):
    async with play(size=WIDE, keys=("underscore",)) as it:
        await it.settle()
        assert "Press A to save a posting" in words(it)
        await it.press("a")
        assert "Nothing is on the shelf." in it.told
        await it.press("D", "e", "o", "E", "escape")
        assert it.screen is it.app.board_screen


async def test_one_with_the_link_of_a_card_is_refused(play):
    def fill(p, clock):
        p.shelve("Globex", "SRE", url="https://globex.example/jobs/12345")
        p.add("Globex", "SRE", url="https://globex.example/jobs/12345")

    async with play(fill, size=WIDE, keys=("underscore", "a")) as it:
        await it.settle()
        assert "has this link already" in it.told
        assert await names(it) == ["Globex"]


async def test_what_closes_is_on_the_due_list_and_leads_to_the_shelf(play):
    async with play(three, size=WIDE) as it:
        await it.settle()
        assert "0 late · 1 today · 0 in 7 days" in words(it)
        await it.press("t")
        await it.settle()
        assert isinstance(it.screen, TodayScreen)
        assert "in 2 d apply, or drop the posting Globex GmbH SRE closes Wed 25 Nov" in words(it)
        assert "Closes in 2 d: Wed 25 Nov" in words(it)
        for key in ("d", "z", "Z"):
            await it.press(key)
            assert "This is a posting. Press Enter to see it on the shelf." in it.told
        for _ in range(3):
            await it.press("S")
            await it.settle()
            assert "Globex GmbH" in words(it)
        await it.press("enter")
        await it.settle()
        assert isinstance(it.screen, ShelfScreen)
        assert it.screen.query_one(Rows).current.cells[1].text == "Globex GmbH"
        await it.press("a")
        await it.settle()
        await it.press("escape")
        await it.settle()
        assert "apply, or drop" not in words(it)


async def test_another_window_and_the_next_day(play):
    async with play(three, size=WIDE, keys=("underscore",)) as it:
        await it.settle()
        with it.another_window() as pipeline:
            pipeline.drop_postings([2])
        await it.look()
        assert next(row.cells[1].text for row in it.screen.query_one(Rows).rows) == "Initech"
        it.app.clock.moment += timedelta(days=20)
        await it.screen._follow_clock()
        assert "tomorrow Initech" in words(it)


async def test_in_a_small_terminal_the_closing_day_the_company_and_the_role_are_seen(play):
    async with play(three, size=(60, 20), keys=("underscore",)) as it:
        await it.settle()
        assert "in 2 d Globex GmbH SRE" in words(it)
