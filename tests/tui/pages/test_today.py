"""What is late, and what is due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from store.read.weekly.reminders import read_reminders
from store.rules.stages import Outcome
from store.rules.weekly.weeks import Week
from store.tables import Application, FollowUp
from tests.conftest import LONG
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import Confirm
from tui.pages.dossier import DossierScreen
from tui.pages.today import TodayScreen
from tui.widgets.rows import Row, Rows, Section

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))

TODAY = NOW.date()


def some(p, clock):
    """Two late, one today, one tomorrow, one in three days; Quiet has none."""
    for company, day, label in (
        ("Initech", 20, "write to Peter"),
        ("Hooli", 20, "call Gavin"),
        ("Globex", 23, "send the portfolio"),
        ("Stark", 24, "ask Pepper"),
        ("Wayne", 26, "visit Lucius"),
    ):
        clock.moment = NOW.replace(day=19)
        card = p.add(company, "Engineer", no_contact=True).application_id
        p.remind(card, date(2026, 11, day), label)
    p.add("Quiet", "Engineer", no_contact=True)


def shown(it) -> list[str]:
    """The companies in the list, in order."""
    rows = it.screen.query_one(Rows)
    return [line.cells[2].text for line in rows._lines if isinstance(line, Row)]


def chosen(it) -> str:
    row = it.screen.query_one(Rows).current
    return row.cells[2].text if row else ""


async def test_t_shows_the_list_with_sections_counts_and_reasons(play):
    async with play(some, keys=("t",)) as it:
        assert isinstance(it.screen, TodayScreen)
        assert shown(it) == ["Initech", "Hooli", "Globex", "Stark", "Wayne"]
        painted = it.painted()
        assert "2 late · 1 today · 2 in 7 days" in painted
        for words in ("Late  2", "Today  1", "Tomorrow  1", "Next 7 days  1", "3 d late"):
            assert words in painted
        assert "write to Peter · 3 days late" in painted
        assert "your own reminder" in painted


async def test_the_reason_of_the_chosen_line_follows_the_cursor(play):
    async with play(some, keys=("t", "j", "down")) as it:
        assert chosen(it) == "Globex"
        assert "send the portfolio · today" in it.painted()
        await it.press("G")
        assert chosen(it) == "Wayne"
        await it.press("down", "g")
        assert chosen(it) == "Initech"
        await it.press("up")
        assert chosen(it) == "Initech"
        await it.press("pagedown")
        assert chosen(it) == "Wayne"


async def test_enter_goes_to_the_card_on_the_board(play):
    async with play(some, keys=("t", "j", "j", "enter")) as it:
        assert it.screen is it.app.board_screen
        assert it.app.board_screen.subject().company == "Globex"


async def test_a_double_click_goes_there_too(play):
    async with play(some, keys=("t",)) as it:
        await it.pilot.click(Rows, offset=(20, 3), times=2)
        await it.settle()
        assert it.app.board_screen.subject().company == "Hooli"


async def test_d_is_done_the_cursor_stays_in_place_and_u_takes_it_back(play):
    async with play(some, keys=("t", "j", "d")) as it:
        assert shown(it) == ["Initech", "Globex", "Stark", "Wayne"]
        assert chosen(it) == "Globex"
        await it.press("u")
        assert shown(it) == ["Initech", "Hooli", "Globex", "Stark", "Wayne"]


async def test_d_held_down_means_one_line_each_time(play):
    async with play(some, keys=("t",)) as it:
        for _ in range(3):
            await it.pilot.press("d")
        await it.settle()
        assert shown(it) == ["Stark", "Wayne"]
        done = await it.read(
            lambda g: [e.state for c in g.cards() for e in g.dossier(c.id).follow_ups]
        )
        assert done.count("done") == 3


async def test_s_skips_for_good(play):
    async with play(some, keys=("t", "Z")) as it:
        assert shown(it) == ["Hooli", "Globex", "Stark", "Wayne"]


async def test_z_asks_until_when_and_moves_the_line(play):
    async with play(some, keys=("t", "z")) as it:
        assert isinstance(it.screen, LineEntry)
        await it.type("thu")
        await it.press("enter")
        assert isinstance(it.screen, TodayScreen)
        assert shown(it) == ["Hooli", "Globex", "Stark", "Initech", "Wayne"]
        assert chosen(it) == "Initech"
        assert "(snoozed)" in it.painted() or "snoozed" in it.painted()


async def test_a_follow_up_that_somebody_else_did_comes_back_with_a_sentence(play):
    async with play(some, keys=("t",)) as it:
        due_now = (await it.read(lambda g: g.due()))[0]
        await it.app.desk.write(lambda p: p.skip(due_now.id))
        await it.press("d")
        assert it.app._notifications
        assert "Initech" not in shown(it)


async def test_an_empty_list_says_when_the_next_one_is_due(play):
    def later(p, clock):
        card = p.add("Globex", "Engineer").application_id
        p.remind(card, date(2026, 12, 24), "wish them well")

    async with play(later, keys=("t",)) as it:
        assert shown(it) == []
        painted = it.painted()
        assert "Nothing due in the next 7 days." in painted
        assert "Thu 3 Dec, Globex: follow up on your application" in painted
        for key in ("d", "z", "Z", "enter", "j", "G", "o", "y", "n"):
            await it.press(key)
        assert isinstance(it.screen, TodayScreen)


async def test_countdowns_go_on_and_the_day_turns_over_while_it_is_open(play):
    async with play(some, keys=("t",)) as it:
        assert "3 d late" in it.painted()
        it.app.clock.moment = NOW + timedelta(days=1)
        await it.screen._follow_clock()
        await it.settle()
        painted = it.painted()
        assert "4 d late" in painted
        assert "3 late · 1 today · 1 in 7 days" in painted


async def test_a_change_made_elsewhere_appears(play):
    async with play(some, keys=("t",)) as it:
        card = await it.app.desk.write(lambda p: p.add("Acme", "Engineer"))
        await it.app.desk.write(lambda p: p.remind(card.application_id, TODAY, "wave"))
        it.app.look_again()
        await it.settle()
        assert "Acme" in shown(it)


async def test_a_thank_you_owed_by_a_closed_application_leads_to_its_dossier(play):
    def rejected(p, clock):
        clock.moment = NOW - timedelta(days=2)
        card = p.add("Globex", "Engineer").application_id
        p.interview(card, clock.moment + timedelta(hours=1), people="Ana")
        clock.moment = NOW - timedelta(hours=20)
        p.close(card, Outcome.REJECTED)

    async with play(rejected, keys=("t",)) as it:
        assert shown(it) == ["Globex", "Globex"]
        await it.press("enter")
        assert isinstance(it.screen, DossierScreen)


async def test_hostile_names_are_only_names(play, hostile):
    def some_names(p, clock):
        card = p.add(f"{hostile} x", f"{hostile} y").application_id
        p.remind(card, TODAY, f"{hostile} z")

    async with play(some_names, keys=("t",)) as it:
        for y in range(1, 22):
            await it.pilot.click(offset=(3 + y, y))
        assert it.app.is_running
        assert isinstance(it.screen, TodayScreen | Confirm)
        assert "\x1b" not in it.painted()


SIZES = ((1, 1), (300, 100))
MORE_SIZES = ((5, 3), (60, 16), (112, 30))
"""In the long form."""


@pytest.mark.proof
async def test_no_size_breaks_it(play):
    async with play(some, keys=("t",)) as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(*size)
            await it.press("j", "G", "g")
            assert isinstance(it.screen, TodayScreen), size


def imported(p, clock):
    """Three applications that were imported with their first inquiry past due."""
    clock.moment = NOW - timedelta(days=20)
    for company in ("Initech", "Hooli", "Stark"):
        p.add(company, "Engineer", contact_email="hr@x.example")
    with p.database.writing() as session:
        for row in session.exec(select(Application)).all():
            row.imported_on = TODAY
        for row in session.exec(select(FollowUp).where(FollowUp.nth == 1)).all():
            row.due_on = row.planned_on = TODAY - timedelta(days=3)


FOLD = "3 imported applications could still be followed up"


async def test_a_fold_opens_with_enter_and_is_one_thing_to_do(play):
    async with play(imported, keys=("t",)) as it:
        assert shown(it) == [""]
        painted = it.painted()
        assert f"▸ {FOLD}" in painted
        assert "0 late · 1 today" in painted
        assert "Initech, Hooli, Stark" in painted
        await it.press("w")
        assert "These are 3 applications. Press Enter to open the line." in it.told
        await it.press("enter")
        assert shown(it) == ["", "│ Initech", "│ Hooli", "╰ Stark"]
        await it.press("j", "Z")
        assert shown(it) == ["", "│ Hooli", "╰ Stark"]
        await it.press("u", "g", "enter")
        assert shown(it) == [""]


async def test_a_fold_is_done_skipped_and_put_off_as_a_whole(play):
    async with play(imported, keys=("t",)) as it:
        for keys in (("d",), ("Z",), ("z", "enter")):
            await it.press(*keys)
            left = await it.read(lambda g: g.due())
            assert left == (), keys
            assert f"▸ {FOLD}" not in it.painted() or keys[0] == "z", keys
            await it.press("u")
            assert len(await it.read(lambda g: g.due())) == 3, keys
            assert f"▸ {FOLD}" in it.painted(), keys


async def test_what_hangs_on_an_interview_comes_when_it_is_over(play):
    def today(p, clock):
        clock.moment = NOW - timedelta(days=1)
        p.interview(p.add("Globex", "Engineer").application_id, NOW.replace(hour=11), people="Ana")

    async with play(today, keys=("t",)) as it:
        assert "After it" in it.painted()
        assert "thank Ana" not in "".join(
            line.cells[1].text for line in it.screen.query_one(Rows)._lines if isinstance(line, Row)
        )
        it.app.clock.moment = NOW.replace(hour=12, minute=30)
        await it.screen._follow_clock()
        await it.settle()
        assert "debrief" in "".join(
            line.cells[1].text for line in it.screen.query_one(Rows)._lines if isinstance(line, Row)
        )


async def test_the_companies_of_a_narrow_list_stand_in_line(play):
    def several(p, clock):
        clock.moment = NOW - timedelta(days=1)
        for company, words in (
            ("Vandelay Industries", "x" * 60),
            ("Bluth", "call"),
            ("Oscorp", "y" * 42),
        ):
            p.remind(p.add(company, "Engineer").application_id, TODAY, words)

    async with play(several, size=(80, 24), keys=("t",)) as it:
        lines = it.painted().splitlines()
        starts = {
            line.index(name)
            for name in ("Vandelay", "Bluth", "Oscorp")
            for line in lines[2:6]
            if name in line
        }
        assert len(starts) == 1
        assert "what costs most to miss comes first" in it.painted()


async def test_what_to_do_is_whole_beside_a_short_company(play):
    def long_words(p, clock):
        clock.moment = NOW - timedelta(days=1)
        for company, words in (("Umbrella", "w" * 50), ("Bluth", "call")):
            p.remind(p.add(company, "Engineer").application_id, TODAY, words)

    async with play(long_words, size=(80, 24), keys=("t",)) as it:
        (line,) = [line for line in it.painted().splitlines() if "www" in line and "●" in line]
        assert "w" * 50 in line
        assert "Umbrella" in line, "it stands further right in this row"


async def test_capital_s_groups_and_keeps_the_line(play):
    async with play(some, keys=("t", "j")) as it:
        before = it.screen.query_one(Rows).current
        await it.press("S")
        assert "Due by employer" in it.painted()
        assert it.screen.query_one(Rows).current.key == before.key
        await it.press("S")
        assert "Due by kind" in it.painted()
        await it.press("S")
        assert "by kind" not in it.painted()
        assert it.screen.query_one(Rows).current == before


def three_to_call(p, _):
    for company in ("Acme", "Bluth", "Cyberdyne"):
        number = p.add(company, "Engineer", applied_on=TODAY).application_id
        p.remind(number, TODAY, f"call {company}")


def under(it):
    return it.screen.query_one(Rows).current.cells[1].text


async def test_after_undo_and_redo_the_cursor_is_on_the_line_they_were_about(play):
    async with play(three_to_call, keys=("t",)) as it:
        await it.press("d", "u")
        assert under(it) == "call Acme"
        await it.press("d", "j", "u")
        assert under(it) == "call Acme"
        await it.press("z", "enter", "g", "u")
        assert under(it) == "call Acme"
        await it.press("U")
        assert under(it) == "call Acme", "it stands under Tomorrow now"
        assert "Done again: snoozed to Tue 24 Nov — call Acme." in it.told


async def test_a_key_right_after_undo_is_for_the_line_that_it_brings_back(play):
    async with play(three_to_call, keys=("t",)) as it:
        await it.press("j")
        it.send("d", "u", "d")
        await it.settle()
        left = [due.label for due in await it.read(lambda g: g.due(days=0))]
        assert left == ["call Acme", "call Cyberdyne"]


async def test_the_box_is_titled_and_as_high_as_its_words(play):
    def one(p, clock):
        p.remind(p.add("Globex", "Engineer").application_id, clock.moment.date(), "call Ana")

    async with play(one, size=(80, 24), keys=("t",)) as it:
        box = it.screen.query_one("#why")
        assert str(box.border_title) == "Globex — Engineer · applied"
        assert box.region.height == 4, "what to do, and why"
        assert it.painted().count("Globex — Engineer") == 1


def three_reminders(p, _):
    """Of no card: one of yesterday that comes again, one without a day, one for Wednesday."""
    p.add("Globex", "Engineer", applied_on=TODAY)
    p.add_reminder("look for postings", TODAY, every="week")
    p.add_reminder("call Bo")
    p.add_reminder("update the CV", TODAY + timedelta(days=2))


def lines_of(it):
    return [
        line.title if isinstance(line, Section) else line.cells[1].text
        for line in it.screen.query_one(Rows)._lines
        if line is not None
    ]


async def test_reminders_of_no_card_stand_on_their_days(play):
    async with play(three_reminders, size=(120, 40), keys=("t",)) as it:
        assert lines_of(it) == [
            "Today", "look for postings, every week", "Next 7 days", "update the CV",
            "No date", "call Bo",
        ]  # fmt: skip
        assert "0 late · 1 today · 1 in 7 days" in it.painted()
        await it.press("S")
        assert lines_of(it)[0] == "No employer"
        await it.press("S")
        assert lines_of(it)[0] == "Reminders"


async def test_the_keys_do_with_them_what_they_do_with_follow_ups(play):
    async with play(three_reminders, size=(120, 40), keys=("t", "d")) as it:
        await it.settle()
        assert lines_of(it)[0] == "Next 7 days"
        assert "look for postings, every week" in lines_of(it), "on Monday again"
        await it.press("u")
        await it.settle()
        assert lines_of(it)[:2] == ["Today", "look for postings, every week"]
        await it.press("z", "enter")
        await it.settle()
        assert lines_of(it)[:2] == ["Tomorrow", "look for postings, every week"]
        await it.press("Z")
        await it.settle()
        assert "look for postings, every week" not in lines_of(it)
        assert "Dropped: look for postings. u undoes it." in it.told
        await it.press("w")
        assert "This reminder belongs to no card." in it.told


async def test_enter_edits_one_and_a_key_adds_one(play):
    async with play(three_reminders, size=(120, 40), keys=("t", "enter")) as it:
        assert isinstance(it.screen, LineEntry)
        line = it.screen.query_one("#line")
        assert line.value == "2026-11-23 look for postings, every week"
        line.value = "tomorrow look for postings, every month"
        await it.press("enter")
        assert lines_of(it)[:2] == ["Tomorrow", "look for postings, every month"]
        await it.press("ctrl+f")
        await it.type("today call Ana")
        await it.press("enter")
        assert lines_of(it)[:2] == ["Today", "call Ana"]


async def test_d_pressed_twice_does_not_do_it_twice(play):
    async with play(three_reminders, size=(120, 40), keys=("t",)) as it:
        it.hold()
        it.send("d", "d")
        await it.pilot.pause()
        it.app.desk.release()
        await it.settle()
        stored = await it.read(read_reminders)
        days = {one.text: one.due_on for one in stored}
        assert days["look for postings"] == TODAY + timedelta(days=7)


async def test_the_goals_are_one_quiet_line(play):
    def fill(p, clock):
        three_reminders(p, clock)
        p.set_goal("applications", 5, Week(TODAY))

    async with play(fill, keys=("t",)) as it:
        assert "1 of 5 applications this week" in it.painted()
