"""The week on the board: weeks before and after, what a line leads to, goals and reminders."""

from datetime import date, timedelta

from textual.widgets import Input

from store.read.weekly.reminders import read_reminders
from tui.board.sweep import SweepScreen
from tui.pages.dossier import DossierScreen
from tui.pages.intake.shelf import ShelfScreen
from tui.pages.review import ReviewScreen
from tui.widgets.rows import Rows, Section

TODAY = date(2026, 11, 23)
WIDE = (120, 50)


def some(p, clock):
    """An application of this week and one of last week, two reminders, a posting."""
    p.add("Globex", "SRE", applied_on=TODAY)
    p.add("Initech", "Cook", applied_on=TODAY - timedelta(days=5))
    p.add_reminder("look for postings", TODAY, every="week")
    p.add_reminder("call Ana")
    p.shelve("Wonka", "Cook", closing_on=TODAY + timedelta(days=9))


def title(it):
    return str(it.screen.query_one(Rows).border_title)


def lines(it, heading):
    found, here = [], False
    for line in it.screen.query_one(Rows)._lines:
        if isinstance(line, Section):
            here = line.title == heading
        elif here and line is not None:
            found.append([cell.text for cell in line.cells if cell.text])
    return found


async def go_to(it, text):
    """Put the cursor on the line with this text."""
    rows = it.screen.query_one(Rows)
    key = next(row.key for row in rows.rows if text in [cell.text for cell in row.cells])
    it.screen.go_to_line(key)
    await it.settle()


async def test_this_week_and_others(play):
    async with play(some, size=WIDE, keys=("W",)) as it:
        assert isinstance(it.screen, ReviewScreen)
        assert title(it) == "This week, Mon 23 Nov – Sun 29 Nov"
        assert lines(it, "Sent") == [["Mon 23 Nov", "application", "Globex", "SRE"]]
        assert lines(it, "Goals") == []
        assert "none: press + to set one" in it.painted()
        await it.press("less_than_sign")
        await it.settle()
        assert title(it) == "Last week, Mon 16 Nov – Sun 22 Nov"
        assert lines(it, "Sent") == [["Wed 18 Nov", "application", "Initech", "Cook"]]
        await it.press("greater_than_sign", "l")
        await it.settle()
        assert title(it) == "Next week, Mon 30 Nov – Sun 6 Dec"


async def test_a_line_leads_to_what_it_stands_for(play):
    async with play(some, size=WIDE, keys=("W",)) as it:
        await go_to(it, "Globex")
        await it.press("enter")
        assert isinstance(it.screen, DossierScreen)
        await it.press("escape")
        await go_to(it, "posting closes")
        await it.press("o")
        assert "This line belongs to no card." in it.told
        await it.press("enter")
        assert isinstance(it.screen, ShelfScreen)
        await it.press("escape", "Q")
        assert isinstance(it.screen, SweepScreen)


async def test_a_goal_is_set_and_changed(play):
    async with play(some, size=WIDE, keys=("W", "plus")) as it:
        await it.type("4 applications")
        await it.press("enter")
        assert lines(it, "Goals") == [["▰▰▱▱▱▱▱▱▱▱", "1 of 4 applications"]]
        assert "Goal: 4 applications a week." in it.told
        await go_to(it, "1 of 4 applications")
        await it.press("enter")
        assert it.screen.query_one(Input).value == "4 applications"
        it.screen.query_one(Input).value = "1 application"
        await it.press("enter")
        assert lines(it, "Goals") == [["▰▰▰▰▰▰▰▰▰▰", "1 of 1 application"]]
        await it.press("u", "u")
        await it.settle()
        assert lines(it, "Goals") == []


async def test_reminders_are_done_snoozed_dropped_edited_and_added(play):
    async with play(some, size=WIDE, keys=("W",)) as it:
        await go_to(it, "look for postings, every week")
        await it.press("d")
        await it.settle()
        assert lines(it, "Reminders")[0] == ["Mon 30 Nov", "look for postings, every week"]
        await go_to(it, "call Ana")
        await it.press("z", "enter")
        await it.settle()
        assert ["Tue 24 Nov", "call Ana"] in lines(it, "Reminders")
        await it.press("Z")
        await it.settle()
        assert len(lines(it, "Reminders")) == 1
        await it.press("u")
        await it.settle()
        assert len(lines(it, "Reminders")) == 2
        await it.press("ctrl+f")
        await it.type("fri update the CV")
        await it.press("enter")
        stored = await it.read(read_reminders)
        assert [(one.text, one.due_on) for one in stored][1] == (
            "update the CV",
            date(2026, 11, 27),
        )
        await go_to(it, "Globex")
        await it.press("d")
        assert "d, z and Z are for reminders here." in it.told


async def test_hostile_texts_stay_texts(play, hostile):
    def fill(p, clock):
        p.add(hostile, "SRE", applied_on=TODAY)
        p.add_reminder(hostile)

    async with play(fill, size=WIDE, keys=("W", "j")) as it:
        assert isinstance(it.screen, ReviewScreen)
        assert it.painted()
