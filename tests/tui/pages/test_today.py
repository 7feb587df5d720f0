"""What is late, and what is due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from store.model.due_list import Appointment, DueEntry, Title, due_list, part_of
from store.read.weekly.reminders import read_reminders
from store.rules.followups.actions import Rank, all_actions
from store.rules.stages import Outcome
from store.rules.urgency import Level
from store.rules.weekly.weeks import Week
from store.tables import Application, FollowUp
from tests.makers import due, meeting
from tests.tables import each_row
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import Confirm
from tui.pages.dossier import DossierScreen
from tui.pages.today import TodayScreen, due_detail, explain_empty, part_rows
from tui.pages.today_groups import Grouping, kind_of, regroup
from tui.widgets.rows import Cell, Row, Rows, Section

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
TODAY = NOW.date()


def due_rows(dues, now, talks=(), opened=()):
    """Interviews and follow-ups in their order, each under the heading of its time."""
    return list(part_rows(due_list(dues, talks, now), now, opened))


def at(hours: float) -> dict[str, object]:
    moment = NOW + timedelta(hours=hours)
    return {"due_at": moment, "due_on": moment.date()}


@each_row(
    ("one", "section", "countdown"),
    [
        (due(-2), "Late", "2 d late"),
        (due(0), "Today", "today"),
        (due(1), "Tomorrow", "tomorrow"),
        (due(2), "Next 7 days", "Wed 25 Nov"),
        (due(7), "Next 7 days", "Mon 30 Nov"),
        (due(**at(-3)), "Late", "3 h late"),
        (due(**at(3)), "Today", "in 3 h"),
        (due(**at(20)), "Tomorrow", "Tue 06:00"),
        (due(**at(40)), "Next 7 days", "Wed 25 Nov"),
    ],
)
def test_each_follow_up_stands_under_its_time_with_its_countdown(one, section, countdown):
    heading, row = due_rows([one], NOW)
    assert isinstance(heading, Section)
    assert (heading.title, heading.number) == (section, 1)
    assert isinstance(row, Row)
    assert [cell.text for cell in row.cells] == [
        countdown,
        "follow up on the interview",
        "Globex",
        "Engineer",
        "interview Mon 16 Nov, no date given",
    ]


def test_headings_count_their_rows_and_empty_ones_are_left_out():
    entries = due_rows([due(-1), due(-1, id=7), due(3)], NOW)
    assert [(e.title, e.number) for e in entries if isinstance(e, Section)] == [
        ("Late", 2),
        ("Next 7 days", 1),
    ]


def company_of(row: Row) -> str:
    return row.cells[2].text


def test_late_and_today_are_sorted_by_rank():
    dues = [
        due(-9, id=1, company="Cold", rank=Rank.COLD),
        due(-1, id=2, company="Word", rank=Rank.WORD),
        due(0, id=3, company="Offer", rank=Rank.OFFER),
        due(0, id=4, company="Word too", rank=Rank.WORD),
    ]
    dues.sort(key=lambda one: one.order(NOW))
    rows = due_rows(dues, NOW)
    assert [row.title if isinstance(row, Section) else company_of(row) for row in rows] == [
        *("Late", "Word", "Cold"),
        *("Today", "Offer", "Word too"),
    ]
    assert [row.cells[0].tone for row in rows if isinstance(row, Row)] == [
        *(Level.LATE, Level.LATE, Level.TODAY, Level.TODAY),
    ]
    assert [row.mark for row in rows if isinstance(row, Row)] == ["▲", "▲", "●", "●"]


def test_a_decision_stands_under_the_day_of_its_deadline():
    deadline = NOW.replace(hour=17) + timedelta(days=4)
    one = due(1, action="decide", label="answer by Fri 27 Nov 17:00", late_from=deadline)
    heading, row = due_rows([one], NOW)
    assert heading.title == "Next 7 days"
    assert (row.cells[0].text, row.mark, row.mark_tone) == ("Fri 27 Nov", "◆", Level.SOON)
    heading, row = due_rows([one], NOW + timedelta(days=2))
    assert (heading.title, row.cells[0].text) == ("Today", "in 2 d")
    assert (row.mark, row.mark_tone) == ("◆", Level.TODAY)


def test_one_message_stands_where_the_most_urgent_of_it_does():
    two = [due(day, id=n, employer="globex") for n, day in ((1, -1), (2, 0))]
    assert part_of(DueEntry(tuple(two)), NOW) is Title.LATE
    assert part_of(DueEntry((two[1],)), NOW) is Title.TODAY


def test_a_fold_is_one_line_until_it_is_opened():
    members = [due(0, id=n, company=f"C{n}", fold="imported", rank=Rank.REST) for n in (4, 5, 6)]
    heading, row = due_rows(members, NOW + timedelta(days=2))
    assert (heading.title, heading.number) == ("Today", 1)
    assert row.cells[0] == Cell("any time", Level.TODAY)
    assert row.cells[1].text == "▸ 3 imported applications could still be followed up"
    assert row.wide
    heading, row, *rows = due_rows(members, NOW, opened={"imported "})
    assert (heading.number, row.cells[1].text[0]) == (1, "▾")
    assert [company_of(one) for one in rows] == ["│ C4", "│ C5", "╰ C6"]
    assert [one.key for one in rows] == [4, 5, 6]
    (_, alone) = due_rows(members[:1], NOW)
    assert (alone.key, alone.cells[0].text) == (4, "any time"), "a fold of one is a line"


def test_withdrawals_at_one_employer_have_one_line():
    members = [
        due(0, id=n, rule="R18", action="withdraw", label="withdraw", role=role, employer="globex")
        for n, role in ((1, "SRE"), (2, "Engineer"))
    ]
    other = due(0, id=3, rule="R18", action="withdraw", label="withdraw", employer="initech")
    _, globex, initech = due_rows([*members, other], NOW)
    assert [cell.text for cell in globex.cells][:4] == [
        "today",
        "▸ withdraw both applications",
        "Globex",
        "SRE, Engineer",
    ]
    assert initech.key == 3


def talk(days: int, hour: int, number: int = 1) -> Appointment:
    starts = (NOW + timedelta(days=days)).replace(hour=hour)
    one = meeting(starts, id=number, people="Ana")
    return Appointment(number, f"Talk {number}", "Engineer", True, one)


def test_interviews_of_today_stand_above_all_and_others_on_their_days():
    talks = [talk(0, 15), talk(1, 9, 2), talk(3, 9, 3)]
    ends = talks[0].interview.ends_at
    dues = [
        due(0, id=10, company="Now"),
        due(id=11, company="Later", interview_id=1, after=ends, **at(8)),
        due(3, id=12, company="That day"),
        due(2, id=13, company="Before"),
        due(4, id=14, company="Unseen", interview_id=9, after=NOW + timedelta(days=4)),
    ]
    dues = [dues[0], dues[1], dues[3], dues[2], dues[4]]
    entries = due_rows(dues, NOW, talks)
    assert [e.title if isinstance(e, Section) else (e.key, company_of(e)) for e in entries] == [
        "Interviews",
        (-1, "Talk 1"),
        "Today",
        (10, "Now"),
        "Tomorrow",
        (-2, "Talk 2"),
        "Next 7 days",
        (13, "Before"),
        (-3, "Talk 3"),
        (12, "That day"),
    ]
    texts = [entry.cells[0].text for entry in entries if isinstance(entry, Row)]
    assert [texts[0], texts[2]] == ["15:00–16:00", "Tue 09:00"]
    assert texts[4] == "Thu 26 Nov"
    assert entries[1].cells[4].text == "in 5 h · 1 after it"
    assert entries[8].cells[1].text == "09:00 interview with Ana"
    later = due_rows(dues, NOW.replace(hour=16), talks)
    (after,) = (e for e in later if isinstance(e, Section) and e.title == "Today")
    assert after.number == 2, "over: it can be done"


def test_an_answer_is_asked_for_when_the_deadline_has_passed():
    deadline = NOW + timedelta(days=2)
    asked = due(2, rule="R25", action="record_answer", due_at=deadline, after=deadline)
    assert due_rows([asked], NOW) == []
    assert len(due_rows([asked], deadline + timedelta(hours=1))) == 2


def test_the_detail_tells_whose_what_when_and_why_in_full():
    late = due(**at(-3), late_until=NOW + timedelta(hours=20), reason="x" * 200, snoozed=True)
    texts = [paragraph.text for paragraph in due_detail(late, NOW)]
    assert texts == [
        "Follow up on the interview (1 of 2) · 3 h late, still worth sending, snoozed",
        "Globex — Engineer · first interview",
        "x" * 200,
    ]


def test_an_empty_list_names_the_next_one():
    assert (
        "Thu 24 Dec, Globex: follow up on the interview (1 of 2)." in explain_empty(due(31), NOW)[2]
    )
    assert "nothing planned" in explain_empty(None, NOW)[0]


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


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((5, 3), marks=pytest.mark.long),
        pytest.param((60, 16), marks=pytest.mark.long),
        pytest.param((112, 30), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(play, size):
    async with play(some, keys=("t",)) as it:
        await it.pilot.resize_terminal(*size)
        await it.press("j", "G", "g")
        assert isinstance(it.screen, TodayScreen)


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


@pytest.mark.parametrize("keys", [("d",), ("Z",), ("z", "enter")])
async def test_a_fold_is_done_skipped_and_put_off_as_a_whole(play, keys):
    async with play(imported, keys=("t", *keys)) as it:
        left = await it.read(lambda g: g.due())
        assert left == ()
        assert f"▸ {FOLD}" not in it.painted() or keys[0] == "z"
        await it.press("u")
        assert len(await it.read(lambda g: g.due())) == 3
        assert f"▸ {FOLD}" in it.painted()


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


def test_the_list_by_employer_names_each_once_the_most_urgent_first():
    ours = [due(-1), due(3, id=7, label="thank Ana"), due(0, id=8, company="Initech Inc.")]
    parts = due_list(ours, [], NOW)
    rows = list(part_rows(parts, NOW, by=Grouping.EMPLOYER))
    assert [(e.title, e.number) for e in rows if isinstance(e, Section)] == [
        ("Globex — Engineer", 2),
        ("Initech Inc. — Engineer", 1),
    ]
    assert [row.cells[2].text for row in rows if isinstance(row, Row)] == ["", "", ""]
    assert [row.cells[0].text for row in rows if isinstance(row, Row)] == [
        "1 d late",
        "Thu 26 Nov",
        "today",
    ], "each line tells its own day"


def test_two_names_of_one_employer_have_one_heading():
    ours = [
        due(0, id=7, company="Alphabet", employer="google"),
        due(0, id=8, company="Google", employer="google"),
        due(0, id=9, company="Globex GmbH", employer="=globex gmbh"),
        due(0, id=10, company="Globex", employer="globex"),
    ]
    groups = regroup(due_list(ours, [], NOW), Grouping.EMPLOYER)
    assert [group.title for group in groups] == ["Alphabet", "Globex GmbH", "Globex"]


def test_the_only_role_at_an_employer_stands_in_the_heading_alone():
    dues = [due(-1), due(3, id=7), due(0, id=8, company="Initech", role="SRE"), due(0, id=9)]
    dues.append(due(1, id=10, company="Initech", role="Lead"))
    rows = list(part_rows(due_list(dues, [], NOW), NOW, by=Grouping.EMPLOYER))
    assert [e.title for e in rows if isinstance(e, Section)] == ["Globex — Engineer", "Initech"]
    assert [row.cells[3].text.lstrip("╭╰ ") for row in rows if isinstance(row, Row)] == [
        *("", "", ""),
        *("SRE", "Lead"),
    ]


@pytest.mark.parametrize("action", ["prepare", "logistics"])
def test_what_is_begun_today_for_an_interview_says_today(action):
    starts = NOW + timedelta(hours=22)
    why = f"interview Tue 24 Nov {starts:%H:%M}"
    _, row = due_rows([due(0, action=action, late_from=starts, reason=why)], NOW)
    assert [row.cells[0].text, row.cells[4].text] == ["today", why]
    _, row = due_rows([due(0, action=action, late_from=starts, reason=why)], NOW.replace(hour=23))
    assert row.cells[0].text == "today"


def test_a_true_hour_keeps_its_countdown():
    _, ready = due_rows([due(action="go", late_from=NOW + timedelta(hours=3), **at(2))], NOW)
    _, task = due_rows([due(0, action="hand_in", late_from=NOW + timedelta(hours=26))], NOW)
    assert [ready.cells[0].text, task.cells[0].text] == ["in 3 h", "in 26 h"]


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


def test_the_list_by_kind_tells_what_is_to_be_done():
    ours = [
        due(-1),
        due(0, id=7, action="thank", label="thank Ana"),
        due(0, id=8, action="own", label="call Bo"),
        due(1, id=9, action="from_another_edition", label="anything"),
    ]
    rows = part_rows(due_list(ours, [], NOW), NOW, by=Grouping.KIND)
    assert [(e.title, e.number) for e in rows if isinstance(e, Section)] == [
        ("Follow-ups", 1),
        ("Thank-you notes", 1),
        ("Reminders", 1),
        ("Other", 1),
    ]


def test_few_actions_are_of_no_kind():
    others = {
        name
        for name, action in all_actions().items()
        if kind_of(DueEntry((due(0, action=name.partition(".")[0], rule=name.partition(".")[2]),)))
        == "Other"
    }
    assert others == {"tell_recruiter", "warn_references", "keep_in_touch", "look_again"}


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


# Where undo leads


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
