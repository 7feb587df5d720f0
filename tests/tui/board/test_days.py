"""The strip of the coming days: what each brings, and the way into the list of that day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.model.due_list import Reminder
from store.rules.stages import Stage
from store.rules.urgency import Level
from tests.makers import card, due, interview_shown
from tui.board.agenda import Agenda
from tui.board.days import AHEAD, ComingDay, _parts, coming_days
from tui.board.forecast import FORESEEN
from tui.pages.today import TodayScreen
from tui.styles.themes import OURS, inks_of

ZONE = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


def by_day(*days: ComingDay) -> dict[date, ComingDay]:
    return {day.on: day for day in days if day[1:] != ComingDay(day.on)[1:]}


def test_each_day_has_its_interviews_deadlines_and_follow_ups():
    tuesday = datetime(2026, 11, 24, 14, 0, tzinfo=ZONE)
    cards = (
        card(1, interview=interview_shown(tuesday)),
        card(2, interview=interview_shown(tuesday - timedelta(hours=4))),
        card(3, deadline_on=date(2026, 11, 27), deadline_at=NOW + timedelta(days=4, hours=7)),
        card(4, deadline_on=date(2026, 11, 30)),
    )
    assert by_day(*coming_days(cards, (), NOW)) == by_day(
        ComingDay(date(2026, 11, 24), interviews=("10:00", "14:00")),
        ComingDay(date(2026, 11, 27), deadlines=("17:00",)),
        ComingDay(date(2026, 11, 30), deadlines=("",)),
    )


def test_late_ones_stand_before_today_and_nothing_is_counted_twice():
    late, today, coming, far = (due(days, id=n) for n, days in enumerate((-3, 0, 2, 12), 1))
    cards = (card(1, follow_up=coming), card(2, follow_up=far))
    assert by_day(*coming_days(cards, (late, today, coming), NOW)) == by_day(
        ComingDay(date(2026, 11, 23), late=1, follow_ups=1),
        ComingDay(date(2026, 11, 25), follow_ups=1),
        ComingDay(date(2026, 12, 5), follow_ups=1),
    )


def test_within_a_week_only_what_is_due_counts_whatever_the_cards_were_read_with():
    foreseen = [due(2, id=FORESEEN), due(3, id=FORESEEN), due(4, id=FORESEEN)]
    cards = (card(1, follow_up=due(2, id=7)), card(2, follow_up=due(9, 2)))
    assert by_day(*coming_days(cards, foreseen, NOW)) == by_day(
        ComingDay(date(2026, 11, 25), follow_ups=1),
        ComingDay(date(2026, 11, 26), follow_ups=1),
        ComingDay(date(2026, 11, 27), follow_ups=1),
        ComingDay(date(2026, 12, 2), follow_ups=1),
    )


def test_reminders_of_no_card_count_as_in_the_numbers_above():
    reminders = [Reminder(n, "call", NOW.date() + timedelta(days=n)) for n in (-2, 0, 2)]
    days = coming_days((), (due(2, id=1),), NOW, [*reminders, Reminder(4, "update the CV", None)])
    assert by_day(*days) == by_day(
        ComingDay(date(2026, 11, 23), late=1, follow_ups=1),
        ComingDay(date(2026, 11, 25), follow_ups=2),
    )
    tally = Agenda((due(2, id=1),), NOW, reminders=reminders).tally
    assert (tally.late, tally.today, tally.week) == (1, 1, 2)


def test_it_begins_today_and_knows_three_weeks():
    days = coming_days((), (), NOW)
    assert [days[0].on, days[-1].on] == [NOW.date(), NOW.date() + timedelta(days=AHEAD)]


def hunt(p, clock):
    for number, days in enumerate((0, 2, 9)):
        made = p.add(f"Company {number}", "Engineer", applied_on=clock.moment.date())
        p.remind(made.application_id, clock.moment.date() + timedelta(days=days), f"call {number}")


async def test_it_is_drawn_under_the_headline_as_far_as_there_is_room(play):
    async with play(hunt, size=(160, 45)) as it:
        strip = it.painted().splitlines()[1]
        assert "●1 today" in strip
        assert "Wed 25 ●1" in strip
        assert "Tue 1 Dec" in strip
        assert "Wed 2 ●1" in strip
        await it.pilot.resize_terminal(80, 24)
        narrow = it.painted().splitlines()[1]
        assert "Wed 25 ●1" in narrow
        assert "Wed 2" not in narrow.replace("Wed 25", "")


def full_week(p, clock):
    """Four late, two interviews tomorrow, an offer to be answered on Friday, one on Sunday."""
    now = clock.moment
    for number in range(12):
        made = p.add(f"Company {number}", "Engineer", applied_on=now.date()).application_id
        p.remind(made, now.date() + timedelta(days=number % 7), "call")
    for number, hours in ((1, 24), (2, 28), (3, 150)):
        p.interview(number, now + timedelta(hours=hours))
    for number, days in ((4, 4), (5, 6)):
        p.move(number, Stage.OFFER)
        p.deadline(number, now.date() + timedelta(days=days), time(17))


async def test_at_80_columns_no_interview_or_deadline_of_the_week_falls_off(play):
    async with play(full_week) as it:
        strip = it.painted().splitlines()[1]
        assert strip.count("◆17:00") == 2
        assert strip.count("■") == 3
        assert "Sun 29" in strip
        assert "●" in strip.partition("today")[0], "the counts of the last days go first"


async def test_days_that_bring_nothing_are_dots_where_there_is_no_room_for_five(play):
    async with play(hunt, size=(60, 16)) as it:
        assert "Wed 25 ●1" in it.painted().splitlines()[1]
        assert "today   Tue 24   Wed 25 ●1   Thu 26   Fri 27" in it.painted()
    async with play(full_week, size=(60, 16)) as it:
        strip = it.painted().splitlines()[1]
        assert strip.count("◆17:00") >= 1
        assert len(strip) <= 60


def test_today_is_the_brightest_on_a_weekend_too():
    inks = inks_of(OURS[0].to_color_system().generate())
    saturday = ComingDay(date(2026, 11, 28), follow_ups=1)
    assert _parts(saturday, inks, first=True)[-1] == ("today", inks.strong)
    assert _parts(saturday, inks, first=False)[0] == ("Sat 28", inks.muted)


def test_a_reminder_before_a_deadline_is_none():
    """The sign of a deadline stands on its own day, and nowhere else; it tells of the decision."""
    offer = card(3, deadline_on=date(2026, 11, 27), deadline_at=NOW + timedelta(days=4, hours=7))
    days = coming_days((offer,), (due(3, 3, action="decide"),), NOW)
    assert by_day(*days) == by_day(ComingDay(date(2026, 11, 27), deadlines=("17:00",)))
    near = coming_days((offer,), (), NOW + timedelta(days=2))
    assert by_day(*near) == by_day(
        ComingDay(date(2026, 11, 27), deadlines=("17:00",), deadline_level=Level.TODAY)
    )


async def test_keys_walk_it_into_the_list_of_that_day(play):
    async with play(hunt, size=(160, 45)) as it:
        card_before = it.here
        await it.press(">", "right", "enter")
        assert isinstance(it.screen, TodayScreen)
        assert it.screen.subject().company == "Company 1"
        await it.press("escape")
        assert it.here == card_before
        await it.press(">", "l", "<", "escape", "j")
        assert it.screen is it.app.board_screen
        assert it.app.board_screen.days.chosen is None


async def test_a_day_beyond_the_week_is_listed_too(play):
    async with play(hunt, size=(160, 45), keys=(">",)) as it:
        await it.press(*["l"] * 8, "enter")
        assert it.screen.subject().company == "Company 2"
        assert "Next 9 days" in it.painted()


async def test_a_click_opens_the_day(play):
    async with play(hunt, size=(160, 45)) as it:
        x = it.painted().splitlines()[1].index("Wed 25") + 1
        await it.pilot.click(offset=(x, 1))
        await it.settle()
        assert it.screen.subject().company == "Company 1"


async def test_a_dot_makes_all_cards_short_and_back(play):
    async with play(hunt, size=(160, 45)) as it:
        await it.press(".")
        assert "Company 0 · Engin" in it.painted()
        await it.press(".")
        assert "Company 0 · Engin" not in it.painted()


async def test_an_empty_lane_says_what_brings_a_card_there(play):
    async with play(hunt, size=(160, 45)) as it:
        assert "An offer brings a" in it.painted()


async def test_a_step_of_the_cursor_counts_no_days(play, monkeypatch):
    async with play(hunt, size=(160, 45)) as it:
        counted = []
        monkeypatch.setattr(
            "tui.board.headline.coming_days", lambda *about: counted.append(about) or ()
        )
        await it.press("j", "k", "l", "h", "G", "g")
        assert not counted
        await it.press("L")
        assert counted
