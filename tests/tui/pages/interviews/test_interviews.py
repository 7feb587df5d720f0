"""All interviews of an application: what is shown, and the one line that changes each."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from store.advice.debriefs import for_debrief
from store.model.dossier import InterviewerEntry
from store.rules.lists import formats
from store.rules.stages import Stage
from store.rules.text import Refused, printable
from tests.makers import interview_shown
from tests.tables import each_row
from tui.dialogs.debrief import DebriefForm
from tui.dialogs.line import LineEntry
from tui.pages.interviews.interviews import InterviewsScreen
from tui.pages.interviews.interviews_text import detail, line_of, read_change, row

ZURICH = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)
TODAY = NOW.date()


def with_people(*names):
    people = tuple(InterviewerEntry(n, n, name, "", "", False) for n, name in enumerate(names))
    return {"interviewers": people, "people": " and ".join(names)}


def at(day, hour, minute=0, zone=ZURICH):
    return datetime(2026, 11, day, hour, minute, tzinfo=zone).astimezone(ZURICH)


# The line that an interview is changed with


@each_row(
    ("interview", "line"),
    [
        (interview_shown(at(24, 10), minutes=45), "2026-11-24 10:00 45m"),
        (
            interview_shown(
                at(24, 10), formats=("panel", "case"), place="Room 4", **with_people("Ana", "Bo")
            ),
            "2026-11-24 10:00 60m panel, case with Ana, Bo at Room 4",
        ),
        (
            interview_shown(at(2, 9), place="https://meet.example/x"),
            "2026-11-02 09:00 60m at https://meet",
        ),
        (
            interview_shown(at(24, 4, zone=ZoneInfo("America/New_York")), zone="America/New_York"),
            "2026-11-24 04:00 60m America/New_York",
        ),
        (interview_shown(at(24, 10), place="with Bo at the bar"), "2026-11-24 10:00 60m"),
        (interview_shown(at(24, 10), zone="Nowhere/Land"), "2026-11-24 10:00 60m"),
        (interview_shown(), ""),
    ],
)
def test_the_line_is_the_one_that_makes_the_interview(interview, line):
    assert line_of(interview, TODAY, ZURICH).startswith(line)


names = st.text(max_size=30).map(printable).map(lambda text: " ".join(text.split()))


@given(
    minutes=st.integers(0, 3_000_000),
    length=st.integers(1, 1_440),
    people=st.lists(names.filter(bool), max_size=3, unique=True),
    place=names,
    keys=st.lists(st.sampled_from(sorted(formats())), max_size=3, unique=True),
    zone=st.sampled_from(["Europe/Zurich", "America/New_York", "Asia/Kolkata", "UTC"]),
)
def test_the_line_reads_as_the_same_again(minutes, length, people, place, keys, zone):
    starts_at = (datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZURICH)
    interview = interview_shown(
        starts_at,
        minutes=length,
        place=place,
        formats=tuple(keys),
        zone=zone,
        **with_people(*people),
    )
    line = line_of(interview, TODAY, ZURICH)
    if not line:  # nothing of it can be read: an hour that comes twice
        return
    change, _ = read_change(line, interview, line, TODAY, ZURICH)
    assert change.starts_at == starts_at
    assert change.details == {}


def test_only_what_was_changed_is_handed_over():
    interview = interview_shown(at(24, 10), formats=("panel",), place="with a view")
    first = line_of(interview, TODAY, ZURICH)
    assert first == "2026-11-24 10:00 60m panel", "what would be read otherwise stays out of it"
    change, echo = read_change("wed 11:00 90m panel", interview, first, TODAY, ZURICH)
    assert change.starts_at == at(25, 11)
    assert change.details == {"minutes": 90}
    assert "Wed 25 Nov 11:00–12:30" in echo
    interview = interview_shown(at(24, 10), formats=("panel",), **with_people("Ana"))
    first = line_of(interview, TODAY, ZURICH)
    change, _ = read_change("2026-11-24 10:00 60m at HQ", interview, first, TODAY, ZURICH)
    assert change.details == {"people": "", "formats": (), "place": "HQ"}


@each_row("text", ["", "invited", "2026-13-40 10:00", "fri 10:00 Nope/Zone"])
def test_a_line_without_a_time_is_refused(text):
    interview = interview_shown(at(24, 10))
    with pytest.raises(Refused):
        read_change(text, interview, line_of(interview, TODAY, ZURICH), TODAY, ZURICH)


@each_row(
    ("text", "starts"),
    [("fri", at(27, 10)), ("11:30", at(24, 11, 30)), ("fri 11:30", at(27, 11, 30))],
)
def test_day_or_time_alone_leaves_the_other(text, starts):
    interview = interview_shown(at(24, 10))
    change, _ = read_change(text, interview, line_of(interview, TODAY, ZURICH), TODAY, ZURICH)
    assert change.starts_at == starts


# What is shown


@each_row(
    ("interview", "when", "how", "debrief"),
    [
        (interview_shown(invited_on=date(2026, 11, 20)), "no time yet", "invited", ""),
        (interview_shown(at(24, 10)), "Tue 24 Nov 10:00–11:00", "confirmed", ""),
        (interview_shown(at(23, 9, 30)), "Mon 23 Nov 09:30–10:30", "under way", ""),
        (interview_shown(at(20, 9)), "Fri 20 Nov 09:00–10:00", "held", "missing"),
        (interview_shown(at(20, 9), debrief_left=True), "Fri 20 Nov 09:00–10:00", "held", "begun"),
        (
            interview_shown(at(20, 9), debriefed_on=date(2026, 11, 20)),
            "Fri 20 Nov 09:00–10:00",
            "held",
            "written",
        ),
        (interview_shown(at(20, 9), kept=False), "Fri 20 Nov 09:00–10:00", "not held", ""),
        (interview_shown(at(24, 9), status="cancelled"), "Tue 24 Nov 09:00–10:00", "cancelled", ""),
    ],
)
def test_a_line_tells_when_it_is_and_how_it_stands(interview, when, how, debrief):
    cells = [cell.text for cell in row(interview, NOW).cells]
    assert cells[1:4] == [when, how, debrief]


class Page:
    debriefs = ()
    contacts = ()


def test_the_detail_tells_both_times_the_steps_and_each_person():
    ana = InterviewerEntry(1, 1, "Ana", "", "the migration", False)
    interview = interview_shown(
        at(20, 4, zone=ZoneInfo("America/New_York")),
        zone="America/New_York",
        formats=("panel",),
        place="Room 4",
        invited_on=date(2026, 11, 16),
        offered_slots_on=date(2026, 11, 17),
        answered_on=date(2026, 11, 17),
        moved_times=2,
        interviewers=(ana, ana._replace(name="Bo", point="", thanked=True)),
    )
    words = [f"{p.lead} {p.text}".strip() for p in detail(Page(), interview, NOW)]
    assert words == [
        "First interview · Fri 20 Nov 10:00–11:00 · 04:00–05:00 in America/New_York · 3 days ago",
        "State invited Mon 16 Nov · you sent times Tue 17 Nov · held · moved twice",
        "Format Panel, 60 min",
        "With Ana · not thanked yet · to mention: the migration",
        "Bo · thanked",
        "At Room 4",
    ]


def test_which_interview_a_debrief_is_about():
    first = interview_shown(at(9, 9), id=1, debriefed_on=date(2026, 11, 9))
    second = interview_shown(at(12, 9), id=2)
    third = interview_shown(at(16, 9), id=3, debriefed_on=date(2026, 11, 16))
    gone, ahead = interview_shown(at(18, 9), id=4, kept=False), interview_shown(at(30, 9), id=5)
    now = interview_shown(at(23, 9, 30), id=6)

    def meant(*talks, asked=None):
        found = for_debrief(talks, NOW, asked)
        return found and found.id

    assert meant(first, second, third, gone, ahead) == 2
    assert meant(first, second, third, asked=1) == 1
    assert meant(first, third, ahead) == 3
    assert meant(first, third._replace(debrief_left=True), second) == 3
    assert meant(now, ahead) == 6
    assert meant(first, now, ahead) == 6, "under way, the others done"
    assert meant(gone, ahead) is None
    assert meant(first, ahead, asked=5) is None


# In the program


@pytest.fixture
def held(play):
    """The program at the interviews of an application that has one behind and one ahead."""

    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(days=3), people="Ana Ruiz", place="Room 4")
        p.interview(1, NOW + timedelta(days=1), people="Bo", stage=Stage.FIRST)

    return lambda *keys, **known: play(fill, keys=("2", "I", *keys), **known)


async def meetings(it):
    return (await it.read(lambda g: g.dossier(1))).interviews


async def test_the_cursor_stands_on_the_next_one(held):
    async with held() as it:
        assert isinstance(it.screen, InterviewsScreen)
        assert it.screen.chosen.people == "Bo"
        await it.press("k")
        assert "Room 4" in it.painted()
        await it.press("escape")
        assert not isinstance(it.screen, InterviewsScreen)


async def test_another_time_is_typed_over_the_old_one(held):
    async with held("enter") as it:
        await it.type("thu 14:30")
        await it.press("enter")
        ahead = (await meetings(it))[1]
        assert ahead.starts_at == at(26, 14, 30)
        assert (ahead.people, ahead.minutes, ahead.moved_times) == ("Bo", 60, 1)
        assert "Thu 26 Nov 14:30–15:30" in it.painted()
        await it.press("u")
        assert (await meetings(it))[1].starts_at == NOW + timedelta(days=1)


async def test_enter_on_an_unchanged_line_changes_nothing(held):
    async with held() as it:
        before = await it.read(lambda g: g.change_id())
        await it.press("e", "enter")
        assert isinstance(it.screen, InterviewsScreen)
        assert await it.read(lambda g: g.change_id()) == before


async def test_a_clash_is_told_and_still_stored(held):
    async with held("i") as it:
        await it.type("tue 10:30 panel+case with Cy")
        await it.press("enter", "n")
        assert "overlaps" in it.told
        third = next(m for m in await meetings(it) if m.people == "Cy")
        assert third.formats == ("panel", "case")


async def test_a_refused_line_comes_back_with_the_sentence(held):
    async with held("enter") as it:
        await it.type("2026-10-01 10:00")
        await it.press("enter")
        assert isinstance(it.screen, LineEntry)
        assert "before the application" in it.painted()
        await it.press("escape")
        assert (await meetings(it))[1].starts_at == NOW + timedelta(days=1)


async def test_cancelled_and_back(held):
    async with held("X", "t") as it:
        off = (await meetings(it))[1]
        assert (off.status, off.called_off_by, off.called_off_on) == ("cancelled", "them", TODAY)
        assert "cancelled by them" in it.painted()
        await it.press("u")
        back = (await meetings(it))[1]
        assert (back.status, back.called_off_by) == ("confirmed", "")


async def test_who_cancelled_is_asked_and_can_be_corrected(held):
    async with held("X") as it:
        assert "Who cancelled it?" in it.painted()
        await it.press("escape")
        assert (await meetings(it))[1].status == "confirmed"
        await it.press("X", "enter", "X", "y")
        assert (await meetings(it))[1].called_off_by == "you"
        await it.press("X", "y")
        assert "already cancelled" in it.told
        await it.press("enter")
        await it.type("thu 14:30")
        await it.press("enter")
        again = (await meetings(it))[1]
        assert (again.status, again.called_off_by, again.called_off_on) == ("confirmed", "", None)


async def test_not_held_and_held_again(held):
    async with held("M") as it:
        assert "still ahead" in it.told
        await it.press("k", "M")
        assert "Who did not come?" in it.painted()
        await it.press("t")
        missed = (await meetings(it))[0]
        assert (missed.kept, missed.called_off_by) == (False, "them")
        assert missed.called_off_on == missed.starts_at.date()
        assert "not held: they did not come" in it.painted()
        await it.press("b")
        assert "did not take place" in it.told
        await it.press("M", "b")
        again = (await meetings(it))[0]
        assert (again.kept, again.called_off_by, again.called_off_on) == (None, "", None)
        assert isinstance(it.screen, DebriefForm)


async def test_who_takes_part(held):
    async with held("W") as it:
        assert "With Bo" in it.painted()
        await it.type(", Cy and Di")
        await it.press("enter")
        assert [p.name for p in (await meetings(it))[1].interviewers] == ["Bo", "Cy", "Di"]
        await it.press("W", *["backspace"] * 12, "enter")
        assert [p.name for p in (await meetings(it))[1].interviewers] == []


async def test_an_invitation_is_answered_then_gets_its_time(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, None, people="Ana", formats=("panel",))

    async with play(fill, keys=("2", "I")) as it:
        assert "waiting for your reply" in it.painted()
        await it.press("ctrl+t")
        assert (await meetings(it))[0].offered_slots_on == TODAY
        assert "you sent times" in it.painted()
        await it.press("ctrl+t", "enter")
        await it.type("fri 9:00")
        await it.press("enter")
        (agreed,) = await meetings(it)
        assert agreed.starts_at == at(27, 9)
        assert (agreed.people, agreed.formats, agreed.status) == ("Ana", ("panel",), "confirmed")


async def test_a_page_without_interviews_says_what_to_do(play):
    wide = (120, 36)
    async with play(lambda p, _: p.add("Globex", "Engineer"), keys=("I",), size=wide) as it:
        assert "No interview yet." in it.painted()
        await it.press("enter", "X", "M", "A", "W", "b")
        assert "No interview yet" in it.told
        await it.press("i")
        await it.type("fri 9am America/New_York video with Ana")
        await it.press("enter")
        assert "Fri 27 Nov 15:00–16:00 · 09:00–10:00 in America/New_York" in it.painted()


async def test_it_closes_when_the_application_is_gone(held):
    async with held() as it:
        with it.another_window() as p:
            p.delete(1)
        await it.look()
        assert not isinstance(it.screen, InterviewsScreen)


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (120, 36)]
)
async def test_hostile_texts_are_drawn_as_they_are(play, hostile, size):
    def fill(p, clock):
        p.add(f"C{hostile}", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW + timedelta(days=1), people=f"A{hostile}", place=hostile)

    async with play(fill, keys=("2", "I"), size=size) as it:
        (interview,) = await meetings(it)
        assert interview.interviewers[0].name[:6] in it.painted()
        await it.press("enter", "escape", "W", "escape")
        assert isinstance(it.screen, InterviewsScreen)


# Rounds


async def test_after_a_held_first_interview_the_next_one_is_the_second(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(days=3))

    async with play(fill, keys=("2", "i")) as it:
        await it.type("thu 10:00 with Bo")
        await it.press("enter")
        assert "Second interview? This moves the card to second." in it.painted()
        await it.press("escape")
        assert it.screen.query_one("#line", Input).value == "thu 10:00 with Bo"
        await it.press("enter", "enter")
        assert it.stored()[2] == ["Globex"]
        second = (await meetings(it))[1]
        assert (second.stage, second.round, second.called) == (Stage.SECOND, 2, "second")
        await it.press("u")
        assert it.stored()[1] == ["Globex"]
        assert len(await meetings(it)) == 1
        await it.press("i")
        await it.type("thu 10:00 with Bo")
        await it.press("enter", "n")
        assert it.stored()[1] == ["Globex"]
        assert (await meetings(it))[1].called == "first"


async def test_a_wrong_round_is_changed_on_the_page(held):
    async with held("ctrl+n") as it:
        await it.press(*["backspace"] * 5)
        await it.type("third")
        assert "The third interview" in it.painted()
        await it.press("enter")
        ahead = (await meetings(it))[1]
        assert (ahead.stage, ahead.round) == (Stage.SECOND, 3)
        assert "Third interview" in it.painted()
        assert (await it.read(lambda g: g.card(1))).stage is Stage.SECOND
        await it.press("ctrl+n", *["backspace"] * 5)
        await it.type("final")
        await it.press("enter")
        assert (await meetings(it))[1].called == "final"
        await it.press("u", "u")
        assert (await it.read(lambda g: g.card(1))).stage is Stage.FIRST


# Tasks


async def tasks(it):
    return (await it.read(lambda g: g.dossier(1))).assignments


async def test_a_task_is_taken_worked_on_and_handed_in(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))

    async with play(fill, keys=("i",), size=(120, 36)) as it:
        await it.type("take-home Case study by fri 17:00")
        assert "Take-home “Case study”, due Fri 27 Nov at 17:00, in 4 days" in it.painted()
        await it.press("enter")
        (task,) = await tasks(it)
        assert (task.title, task.due_at, task.stage) == ("Case study", at(27, 17), Stage.FIRST)
        await it.press("2", "I")
        assert "Fri 27 Nov 17:00" in it.painted()
        await it.press("number_sign", "backspace")
        await it.type("6.5")
        await it.press("enter", "d")
        (task,) = await tasks(it)
        assert (task.minutes_spent, task.handed_in_on) == (390, TODAY)
        assert "6.5 hours spent · handed in Mon 23 Nov" in it.painted()
        await it.press("d")
        assert (await tasks(it))[0].handed_in_on is None
        await it.press("enter", *["backspace"] * 40)
        await it.type("assessment due 3 dec")
        await it.press("enter")
        (task,) = await tasks(it)
        assert (task.kind, task.title, task.due_on, task.due_at) == (
            "assessment",
            "Assessment",
            date(2026, 12, 3),
            None,
        )
        await it.press("X", "ctrl+n", "D")
        assert await tasks(it) == ()
        await it.press("u", "escape", "enter")
        assert "Assessment · received Mon 23 Nov, due Thu 3 Dec" in it.painted()


def test_the_day_that_they_named_stands_in_the_line_of_its_interview():
    held = interview_shown(NOW - timedelta(days=2), stage=Stage.FIRST, **with_people("Ana", "Bo"))
    assert [cell.text for cell in row(held, NOW, date(2026, 11, 27)).cells][4:6] == [
        "Ana, Bo",
        "Fri 27 Nov",
    ]
    assert row(held, NOW).cells[5].text == ""
