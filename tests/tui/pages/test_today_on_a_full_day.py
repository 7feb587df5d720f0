"""A full day: interviews at the top, and several cards at one employer that make one message."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import TogetherPicker
from tui.pages.draft import DraftScreen
from tui.widgets.rows import Row, Rows

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
TODAY = NOW.date()


def two_at_one(p, clock):
    """Two cards at Globex whose inquiry is late, one at Initech, one at globex in two days."""
    for company, role, days in (
        ("Globex", "Staff Engineer", 14),
        ("Initech", "Engineer", 13),
        ("globex ", "Data Engineer", 12),
        ("Globex", "Architect", 8),
    ):
        clock.moment = NOW - timedelta(days=days)
        p.add(company, role, contact_email="hr@globex.example")


def cells(it, place: int) -> list[str]:
    rows = it.screen.query_one(Rows)
    return [line.cells[place].text for line in rows._lines if isinstance(line, Row)]


def told_roles(it) -> list[str]:
    return cells(it, 3)


async def test_nudges_to_one_employer_are_joined(play):
    async with play(two_at_one, keys=("t",)) as it:
        assert cells(it, 2) == ["╭ Globex", "╰ globex", "Initech", "Globex"]
        assert told_roles(it) == ["Staff Engineer", "Data Engineer", "Engineer", "Architect"]
        assert "Globex: one message for 2 applications." in it.painted()
        assert "╭ ╰ go into one message · what costs most to miss" in it.painted()
        await it.press("j", "j")
        assert "one message for" not in it.painted()


async def test_w_writes_one_message_for_all_of_them(play):
    async with play(two_at_one, keys=("t", "j", "w")) as it:
        assert isinstance(it.screen, DraftScreen)
        assert "One message for 2 applications" in it.painted()
        text = " ".join(it.painted().replace("│", " ").split())
        assert "Data Engineer and Staff Engineer" in text
        await it.press("e")
        await it.type("Hello both. ")
        await it.press("escape", "escape", "k", "w")
        assert "Hello both." in it.painted(), "it is one draft, from whichever it is opened"
        await it.press("d")
        assert "Sent, and done for 2 applications." in it.told
        assert told_roles(it) == ["Engineer", "Architect"]
        texts = [(await it.read(lambda g, n=n: g.dossier(n))).messages for n in (1, 3)]
        assert all(len(sent) == 1 and "Hello both." in sent[0].text for sent in texts)
        await it.press("u")
        assert told_roles(it)[:2] == ["Staff Engineer", "Data Engineer"]


async def test_d_offers_all_of_them_or_one(play):
    async with play(two_at_one, keys=("t", "d")) as it:
        assert isinstance(it.screen, TogetherPicker)
        await it.press("escape")
        assert len(told_roles(it)) == 4
        await it.press("d", "enter")
        assert told_roles(it) == ["Engineer", "Architect"]
        await it.press("u")
        assert len(told_roles(it)) == 4
        await it.press("g", "d", "2", "enter")
        assert told_roles(it) == ["Engineer", "Data Engineer", "Architect"]
        assert cells(it, 2) == ["Initech", "globex", "Globex"], "the bracket is gone"


async def test_they_are_put_off_and_skipped_together_too(play):
    async with play(two_at_one, keys=("t", "z", "enter")) as it:
        assert isinstance(it.screen, LineEntry)
        assert "2 follow-ups at Globex" in it.painted()
        await it.press("enter")
        assert told_roles(it)[0] == "Engineer"
        assert {"Staff Engineer", "Data Engineer"} <= set(told_roles(it))
        await it.press("u", "g", "Z", "enter")
        assert told_roles(it) == ["Engineer", "Architect"]
        await it.press("u")
        assert len(told_roles(it)) == 4


async def test_z_for_one_of_them_leaves_the_other(play):
    async with play(two_at_one, keys=("t", "z", "down", "enter", "enter")) as it:
        days = [d.due_on for d in await it.read(lambda g: g.due(days=1))]
        assert days.count(TODAY + timedelta(days=1)) == 1


def busy_day(p, clock):
    """Three interviews today, one of them over, and one tomorrow."""
    clock.moment = NOW - timedelta(days=3)
    for company, hour, minutes, details in (
        ("Hooli", 8, 60, {"people": "Gavin Belson", "formats": ["phone"]}),
        ("Stark", 11, 45, {"people": "Pepper Potts and Tony Stark", "formats": ["panel", "case"]}),
        ("Wayne", 16, 90, {"place": "Wayne Tower", "zone": "America/New_York"}),
        ("Acme", 34, 60, {"people": "Wile"}),
    ):
        card = p.add(company, "Engineer").application_id
        starts = NOW.replace(hour=0) + timedelta(hours=hour)
        p.interview(card, starts, minutes=minutes, **details)


async def test_the_interviews_of_the_day_stand_at_the_top(play):
    async with play(busy_day, keys=("t",)) as it:
        painted = it.painted()
        assert "Interviews  3" in painted
        assert cells(it, 0)[:3] == ["08:00–09:00", "11:00–11:45", "16:00–17:30"]
        assert cells(it, 2)[:3] == ["Hooli", "Stark", "Wayne"]
        assert "Tue 10:00" in cells(it, 0)[3:]
        assert "panel, case with Pepper" in painted
        assert "Late" in painted or "Today" in painted, "what is due is seen below them at 80x24"
        assert "phone with Gavin Belson" in painted
        await it.press("j")
        painted = it.painted()
        assert "Stark — Engineer · first interview" in painted
        assert "11:00–11:45, in 1 h" in painted
        assert "Pepper Potts and Tony Stark" in painted
        await it.press("j")
        assert "16:00–17:30, 10:00–11:30 in America/New_York, in 6 h" in it.painted()
        assert "Wayne Tower" in it.painted()


async def test_an_interview_is_no_follow_up(play):
    async with play(busy_day, keys=("t", "j")) as it:
        before = cells(it, 1)
        for key in ("d", "Z", "z"):
            await it.press(key)
            assert "This is an interview." in it.told
        assert cells(it, 1) == before
        await it.press("enter")
        assert it.app.board_screen.subject().company == "Stark"


async def test_an_interview_goes_by(play):
    async with play(busy_day, keys=("t", "j")) as it:
        it.app.clock.moment = NOW + timedelta(minutes=70)
        await it.screen._follow_clock()
        assert "under way" in it.painted()
        it.app.clock.moment = NOW + timedelta(hours=3)
        await it.screen._follow_clock()
        assert "11:00–11:45, over" in it.painted()
        it.app.clock.moment = NOW + timedelta(days=1)
        await it.screen._follow_clock()
        await it.settle()
        assert "Interviews  1" in it.painted()
        assert cells(it, 2)[0] == "Acme"
