"""The page of an employer: what was there, and which names mean it."""

from datetime import timedelta

import pytest

from store.rules.stages import Outcome, Stage
from tui.pages.employer import EmployerScreen
from tui.widgets.rows import Rows

WIDE = (160, 45)


def fill(p, clock):
    """A rejection after an interview, and an open application, at one employer; two others."""
    now = clock.moment
    clock.moment = now.replace(month=3, day=2)
    p.add("Globex GmbH", "SRE", contact_name="Ana Ruiz", contact_relation="manager")
    clock.moment = now.replace(month=3, day=20)
    p.move(1, Stage.FIRST)
    p.interview(1, clock.moment + timedelta(days=10), people="Ana Ruiz")
    clock.moment = now.replace(month=6, day=4)
    p.close(1, Outcome.REJECTED, reason="they took another one")
    clock.moment = now.replace(month=10, day=12)
    p.add("GLOBEX", "Engineer", stage=Stage.FIRST)
    clock.moment = now - timedelta(days=4)
    p.add("Initech", "SRE")
    p.add("Hooli", "SRE")


@pytest.fixture
def opened(play):
    """The program at the employer of the card in first."""
    return lambda *keys, **known: play(fill, keys=("2", "E", *keys), **known)


def words(it):
    """What stands on the screen in one line, wherever it was folded."""
    return " ".join(it.painted().replace("│", " ").split())


def listed(it):
    return [row.key for row in it.screen.query_one(Rows).rows if hasattr(row, "key")]


async def test_everything_there_stands_on_one_page(opened):
    async with opened(size=WIDE) as it:
        assert isinstance(it.screen, EmployerScreen)
        shown = words(it)
        assert "Employer GLOBEX (also Globex GmbH)" in shown
        assert listed(it) == [2, 1]
        assert "2 applications since Mar 2026; rejected after the first interview" in shown
        assert "Ana Ruiz · hiring manager" in shown
        await it.press("j")
        shown = words(it)
        assert "rejected after the first interview on Thu 4 Jun —" in shown
        assert "18 days until Fri 20 Mar; 66 days until Thu 4 Jun" in shown
        assert "first interview with Ana Ruiz · held" in shown
        assert "Tue 1 Dec" in shown


async def test_on_a_small_screen_the_role_and_how_it_ended_are_there(opened):
    async with opened(size=(80, 24)) as it:
        shown = it.painted()
        for word in ("Engineer", "SRE", "rejected", "open", "first"):
            assert word in shown


async def test_enter_leads_to_an_application_and_esc_back(opened):
    async with opened("j", "enter") as it:
        assert "they took another one" in words(it)
        await it.press("escape")
        assert isinstance(it.screen, EmployerScreen)
        await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_two_names_are_said_to_be_one_and_undone(opened):
    async with opened("ampersand", size=WIDE) as it:
        await it.type("globex")
        assert "“globex” and “GLOBEX” are one employer already." in words(it)
        await it.press("ctrl+u")
        await it.type("INITECH Inc")
        assert "1 application; open since 19 Nov." in words(it), "what is known under that name"
        await it.press("enter")
        assert it.told.startswith("Same employer: INITECH Inc and GLOBEX.")
        assert sorted(listed(it)) == [1, 2, 3]
        assert "(also Globex GmbH, Initech)" in words(it) or "Initech" in words(it)
        await it.press("u")
        assert listed(it) == [2, 1]
        await it.press("U")
        assert sorted(listed(it)) == [1, 2, 3]


async def test_a_name_that_nobody_applied_to_can_be_typed_too(opened):
    async with opened("ampersand") as it:
        await it.type("Umbrella")
        assert "There is no application at “Umbrella” yet." in words(it)
        await it.press("enter")
        assert "also Globex GmbH, Umbrella" in words(it)


async def test_a_spelling_is_said_to_be_another_employer(opened):
    async with opened("j", "exclamation_mark", size=WIDE) as it:
        assert "Not the same employer as GLOBEX" in words(it)
        assert it.screen.focused.value == "Globex GmbH", "the name on the line under the cursor"
        await it.press("enter")
        assert it.told.startswith("Not the same employer: Globex GmbH and GLOBEX.")
        assert listed(it) == [2]
        assert "(not Globex GmbH)" in words(it)
        await it.press("u")
        assert listed(it) == [2, 1]


async def test_what_cannot_be_said_of_a_name_is_told_while_it_is_typed(opened):
    async with opened("exclamation_mark") as it:
        await it.press("ctrl+u")
        await it.type("Hooli")
        assert "“Hooli” and “GLOBEX” are two employers already." in words(it)
        await it.press("enter")
        assert "Not the same employer as GLOBEX" in words(it), "it asks on"
        await it.press("escape")
        assert listed(it) == [2, 1]


async def test_the_page_closes_when_nothing_is_left_of_the_employer(play):
    async with play(fill, keys=("E",)) as it:
        assert isinstance(it.screen, EmployerScreen)
        with it.another_window() as other:
            other.delete_all([3, 4])
        await it.look()
        assert it.screen is it.app.board_screen


async def test_it_opens_from_wherever_there_is_one_application(play):
    async with play(fill) as it:
        for keys in ("2 enter E", "t E", "c E", "2 P E", "2 I E"):
            await it.press(*keys.split())
            assert isinstance(it.screen, EmployerScreen), keys
            await it.leave()


async def test_the_panel_tells_what_else_was_there(play):
    async with play(fill, size=(160, 60), keys=("2",)) as it:
        shown = words(it)
        assert "Employer" in shown
        assert "E: see all" in shown
        region = it.app.board_screen.panel.region
        lines = it.painted().splitlines()[region.y : region.bottom]
        panel = " ".join(" ".join(line[region.x :].strip("│╭╮╰╯─ ") for line in lines).split())
        assert (
            "1 application in Mar 2026; rejected after the first "
            "interview on 4 Jun; you know Ana Ruiz there." in panel
        )
        await it.press("1")
        assert "E: see all" not in words(it), "nothing else was there"


async def test_the_page_of_an_application_tells_what_else_was_there(play):
    async with play(fill, size=(160, 60), keys=("2", "enter")) as it:
        assert "Employer 1 application in Mar 2026; rejected after the" in words(it)
        await it.press("escape", "1", "enter")
        assert "Employer (E)" not in words(it)


async def test_a_hostile_name_is_literal(play, hostile):
    async with play(lambda p, _: p.add(hostile, "SRE"), keys=("E",)) as it:
        assert isinstance(it.screen, EmployerScreen)
        assert listed(it) == [1]
