"""The lines of the page of what is due, and how they are worded."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.model.due_list import CardInterview, DueEntry, Title, due_list, part_of
from store.rules.followups.actions import Rank, all_actions
from store.rules.urgency import Level
from tests.makers import due, interview_shown
from tui.pages.today_groups import Grouping, kind_of, regroup
from tui.pages.today_text import due_detail, explain_empty, part_rows
from tui.widgets.rows import Cell, Row, Section

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))


def due_rows(dues, now, talks=(), opened=()):
    """Interviews and follow-ups in their order, each under the heading of its time."""
    return list(part_rows(due_list(dues, talks, now), now, opened))


def at(hours: float) -> dict[str, object]:
    moment = NOW + timedelta(hours=hours)
    return {"due_at": moment, "due_on": moment.date()}


@pytest.mark.parametrize(
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


def talk(days: int, hour: int, number: int = 1) -> CardInterview:
    starts = (NOW + timedelta(days=days)).replace(hour=hour)
    one = interview_shown(starts, id=number, people="Ana")
    return CardInterview(number, f"Talk {number}", "Engineer", True, one)


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
