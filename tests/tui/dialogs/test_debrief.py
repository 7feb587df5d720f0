"""The form after an interview: what it takes, and that nothing typed is ever lost."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.advice.debriefs import NAMES, Unread, answers, merge, promise_echo, read_decision
from store.file.unsaved import Unsaved
from store.rules.lists import signals
from store.rules.stages import Stage
from store.rules.text import Refused
from tests.stillness import until
from tests.tables import each_row
from tui.actions.interviews import RESTORED, WAITS
from tui.dialogs.debrief import DebriefForm

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
TODAY = NOW.date()
HELD = date(2026, 11, 20)
EMPTY = dict.fromkeys(NAMES, "")


def form(**values):
    known = {"texts": EMPTY, "words": {}, "signals": signals()}
    return DebriefForm("Debrief", TODAY, HELD, **known | values)


def read(**texts):
    return answers(EMPTY | texts, TODAY, HELD, {})


@pytest.fixture
def held(play):
    """The program on a board with one interview that is over."""

    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(hours=3), minutes=60, people="Ana Ruiz and Bo")

    return lambda **known: play(fill, **known)


async def dossier(it, application_id=1):
    return await it.read(lambda g: g.dossier(application_id))


# What is typed, and what it means


def test_a_line_is_a_point_and_each_section_a_kind():
    values = read(
        asked="Why us?\n\n ! Why did you leave?\n- !Costs",
        achievement="• the migration",
        topic="* incident reviews",
        said="never led people",
        felt="too quiet",
        mine="send it",
        theirs="the agenda",
    )
    assert values["points"] == (
        ("asked", "Why us?", False),
        ("asked", "Why did you leave?", True),
        ("asked", "Costs", True),
        ("achievement", "the migration", False),
        ("topic", "incident reviews", False),
        ("concern", "never led people", False),
        ("concern", "too quiet", True),
        ("my_promise", "send it", False),
        ("their_promise", "the agenda", False),
    )


@each_row(
    ("text", "day", "said"),
    [
        ("", None, ""),
        ("fri", date(2026, 11, 27), "fri"),
        ("by end of next week", date(2026, 12, 4), "by end of next week"),
        ("2026-11-21", date(2026, 11, 21), "2026-11-21"),
        ("yesterday", date(2026, 11, 22), "yesterday"),
        ("2026-12-09", date(2026, 12, 9), "early december"),
    ],
)
def test_the_date_they_named_is_read_and_their_words_are_kept(text, day, said):
    decision = read_decision(text, TODAY, HELD, {"2026-12-09": "early december"})
    assert (decision.day, decision.said) == (day, said)


@each_row("text", ["frdiay", "last thu", "2026-11-19", "x" * 5_000])
def test_what_is_no_day_after_the_interview_is_refused(text):
    with pytest.raises(Unread) as refused:
        read_decision(text, TODAY, HELD, {})
    assert refused.value.field == "decide_by"
    assert isinstance(refused.value, Refused)


@each_row(
    ("texts", "field", "sentence"),
    [
        ({"asked": "short\n" + "x" * 501}, "asked", "A line has 501 characters; 500 fit"),
        ({"next_step": "x" * 501}, "next_step", "Next step has 501"),
        ({"remarks": "x" * 20_001}, "remarks", "Notes has 20,001"),
    ],
)
def test_what_does_not_fit_names_its_field(texts, field, sentence):
    with pytest.raises(Unread, match=sentence) as refused:
        read(**texts)
    assert refused.value.field == field


def test_the_days_of_promises_are_said_back():
    text = "send it by fri\nstand by me\ncall Ana by thu 3 dec."
    assert promise_echo(text, TODAY) == "Fri 27 Nov, in 4 days · Thu 3 Dec, in 10 days"


@each_row(
    ("base", "stored", "typed", "result"),
    [
        ("a", "a", "b", "b"),
        ("a", "b", "a", "b"),
        ("a", "a\nb", "a\nc", "a\nc\nb"),
        ("", "b", "c", "c\nb"),
        ("a\nb", "b", "a\nb\nc", "a\nb\nc"),
    ],
)
def test_what_another_window_wrote_is_kept_beside_what_is_typed(base, stored, typed, result):
    sides = ({"asked": text} for text in (base, stored, typed))
    assert merge(*sides)["asked"] == result


# The form by itself


async def test_it_is_filled_with_the_keyboard_alone(show):
    async with show(form()) as stage:
        await stage.type("Why us?")
        await stage.press("enter")
        await stage.type("! Costs")
        await stage.press("tab")
        await stage.type("the migration")
        await stage.press("down", "down", "down", "down")
        await stage.type("send it by fri")
        await stage.press("tab", "tab")
        await stage.type("Meet the team")
        await stage.press("enter")
        await stage.type("end of next week")
        assert "Fri 4 Dec, in 11 days" in stage.painted()
        await stage.press("tab", "4", "tab", "5", "tab")
        await stage.type("They pay late.")
        await stage.press("tab", "space", "down", "down", "space", "tab", "down", "space")
        assert "Good signals  2" in stage.painted()
        assert "Warning signals  1" in stage.painted()
        await stage.press("ctrl+s")
        (answer,) = stage.answers
    assert answer.finished
    assert answer.values == {
        "mood": 4,
        "wish": 5,
        "signals": ("at_length", "availability", "no_date"),
        "next_step": "Meet the team",
        "promised_by": date(2026, 12, 4),
        "promised_text": "end of next week",
        "remarks": "They pay late.",
        "points": (
            ("asked", "Why us?", False),
            ("asked", "Costs", True),
            ("achievement", "the migration", False),
            ("my_promise", "send it by fri", False),
        ),
    }


async def test_words_without_a_day_are_asked_back_once_then_kept(show):
    async with show(form(texts=EMPTY | {"decide_by": "we'll be in touch"})) as stage:
        await stage.press("ctrl+s")
        assert stage.answers == []
        assert "Press Ctrl+S again" in " ".join(stage.painted().split())
        assert stage.screen.focused.id == "decide_by"
        await stage.press("ctrl+s")
        (answer,) = stage.answers
    assert (answer.values["promised_by"], answer.values["promised_text"]) == (
        None,
        "we'll be in touch",
    )


async def test_a_line_too_long_gets_the_cursor_and_stays(show):
    async with show(form()) as stage:
        await stage.press("tab")
        await stage.paste("x" * 501)
        await stage.press("tab", "tab", "ctrl+s")
        assert stage.answers == []
        assert stage.screen.focused.id == "achievement"
        assert "501 characters" in stage.painted()
        await stage.press("escape")
        (answer,) = stage.answers
    assert answer.values is None
    assert answer.texts["achievement"] == "x" * 501


async def test_esc_hands_over_what_was_typed_and_nothing_when_there_is_nothing(show):
    async with show(form()) as stage:
        await stage.press("escape")
        assert stage.answers == [None]
    async with show(form()) as stage:
        await stage.type("half a thou")
        await stage.press("escape")
        (answer,) = stage.answers
    assert not answer.finished
    assert answer.texts["asked"] == "half a thou"


async def test_a_pause_in_typing_keeps_everything(show, monkeypatch):
    monkeypatch.setattr("tui.dialogs.debrief.PAUSE_SECONDS", 0.01)
    kept = []
    async with show(form(keep=kept.append)) as stage:
        await stage.type("Why us?")
        await until(lambda: kept)
        assert kept[-1]["asked"] == "Why us?"


async def test_the_end_of_the_program_keeps_everything(show):
    kept = []
    async with show(form(keep=kept.append)) as stage:
        await stage.type("Why us?")
    assert kept[-1]["asked"] == "Why us?"


@pytest.mark.parametrize(
    "size",
    [
        (40, 12),
        pytest.param((80, 24), marks=pytest.mark.long),
        pytest.param((120, 36), marks=pytest.mark.long),
        (160, 45),
    ],
)
async def test_hostile_texts_are_drawn_as_they_are(show, hostile, size):
    texts = dict.fromkeys(NAMES, hostile) | {"mood": "", "wish": "", "signals": hostile}
    async with show(form(texts=texts), size=size) as stage:
        assert stage.screen.texts["asked"].strip()
        await stage.press(*["tab"] * 14)
        await stage.type("[/]")
        await stage.press("ctrl+s", "escape")
        assert len(stage.answers) == 1


async def test_the_mouse_ticks_and_chooses(show):
    async with show(form(), size=(160, 45)) as stage:
        await stage.pilot.click("#bad", offset=(6, 1))
        await stage.pilot.click("#mood", offset=(15, 0))
        await stage.press("ctrl+s")
        (answer,) = stage.answers
    assert answer.values["signals"] == ("no_date",)
    assert answer.values["mood"] == 3


async def test_every_field_comes_into_view_on_a_small_screen(show):
    async with show(form(), size=(80, 24)) as stage:
        for _ in range(14):
            focused = stage.screen.focused
            assert stage.screen.query_one("#dialog").region.overlaps(focused.region), focused.id
            await stage.press("tab")


# In the program


async def test_b_writes_the_debrief_of_the_interview_just_held(held):
    async with held() as it:
        await it.press("2", "b")
        assert "first interview Mon 23 Nov 07:00 with Ana Ruiz and Bo" in it.painted()
        await it.type("Why us?")
        await it.press("ctrl+s")
        page = await dossier(it)
        assert page.debriefs[0].finished
        assert [(p.kind, p.text, p.interview_id) for p in page.points] == [("asked", "Why us?", 1)]
        assert page.interviews[0].debriefed_on == TODAY
        assert not [f for f in page.follow_ups if f.due.rule == "R6" and f.state == "open"]
        await it.press("u")
        assert (await dossier(it)).debriefs == ()


async def test_esc_keeps_it_as_one_step_and_b_takes_it_up_again(held):
    async with held() as it:
        await it.press("2", "b")
        await it.type("Why us?")
        await it.press("escape")
        assert WAITS in it.told
        page = await dossier(it)
        assert not page.debriefs[0].finished
        assert page.interviews[0].debrief_left
        await it.press("b")
        assert "Why us?" in it.painted()
        await it.press("enter")
        await it.type("And why now?")
        await it.press("ctrl+s")
        page = await dossier(it)
        assert [p.text for p in page.points] == ["Why us?", "And why now?"]
        assert page.debriefs[0].finished
        assert not folder(it).exists()


async def test_a_change_to_a_finished_one_stays_finished_when_left(held):
    async with held() as it:
        await it.press("2", "b")
        await it.type("Why us?")
        await it.press("ctrl+s", "b", "enter")
        await it.type("And now?")
        await it.press("escape")
        page = await dossier(it)
        assert page.debriefs[0].finished
        assert not page.interviews[0].debrief_left
        assert len(page.points) == 2


async def test_what_cannot_be_stored_waits_beside_the_board(held):
    long = "x" * 501
    async with held() as it:
        await it.press("2", "b")
        await it.paste(long)
        await it.press("escape")
        assert WAITS in it.told
        assert (await dossier(it)).debriefs == ()
        await it.press("b")
        assert RESTORED.split(":")[0] in " ".join(it.painted().split())
        assert it.screen.texts["asked"] == long


async def test_what_was_typed_when_the_program_ended_comes_back(held, tmp_path):
    async with held() as it:
        await it.press("2", "b")
        await it.type("Why us?")
        path = it.app.path
    (file,) = (path.parent / "board-unsaved").iterdir()
    kept = file.read_bytes()
    async with held() as it:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(kept)
        await it.press("2", "b")
        assert it.screen.texts["asked"] == "Why us?"
        await it.press("ctrl+s")
        assert (await dossier(it)).points[0].text == "Why us?"
        assert not folder(it).exists()


async def test_what_was_typed_about_another_interview_does_not_appear(held):
    async with held() as it:
        other = Unsaved(it.app.path, "debrief-1", "application 1, another moment")
        other.keep(base=EMPTY, texts=EMPTY | {"asked": "Why them?"})
        await it.press("2", "b")
        assert it.screen.texts["asked"] == ""


async def test_a_point_from_another_window_is_not_lost(held):
    async with held() as it:
        await it.press("2", "b")
        await it.type("Why us?")
        with it.another_window() as p:
            p.point(1, "concern", "never led people", interview_id=1)
        await it.press("ctrl+s")
        points = (await dossier(it)).points
        assert {p.text for p in points} == {"Why us?", "never led people"}


async def test_a_failure_opens_the_form_again_with_the_text(held):
    async with held() as it:
        await it.press("2", "b")
        await it.type("Why us?")
        with it.another_window() as p:
            p.mark_held(1, False)
        await it.press("ctrl+s")
        assert isinstance(it.screen, DebriefForm)
        assert "did not take place" in it.painted()
        assert it.screen.texts["asked"] == "Why us?"
        await it.press("escape")
        assert "did not take place" in it.told
        assert WAITS in it.told


async def test_what_is_known_is_not_asked_again(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(hours=3))
        p.edit(1, {"next_step": "Meet the team", "expected_by": date(2026, 12, 4)})

    async with play(fill, keys=("2", "b")) as it:
        assert it.screen.texts["next_step"] == "Meet the team"
        assert it.screen.texts["decide_by"] == "2026-12-04"
        assert "Fri 4 Dec, in 11 days" in it.painted()
        await it.type("Why us?")
        await it.press("ctrl+s")
        entry = (await dossier(it)).debriefs[0]
        assert (entry.next_step, entry.promised_by) == ("Meet the team", date(2026, 12, 4))


async def test_what_the_last_debrief_told_is_not_taken_for_this_one(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(days=5))
        p.debrief(1, next_step="Meet the team", promised_by=date(2026, 12, 4))
        p.interview(1, NOW - timedelta(hours=3), stage=Stage.FIRST)

    async with play(fill, keys=("2", "b")) as it:
        assert it.screen.texts["next_step"] == ""
        assert it.screen.texts["decide_by"] == ""


async def test_today_writes_about_the_interview_of_the_follow_up(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(days=2), people="Ana")
        p.interview(1, NOW - timedelta(hours=3), people="Bo")

    async with play(fill, keys=("t",)) as it:
        for _ in range(6):
            due = it.screen.subject_follow_up()
            if due is not None and due.rule == "R6" and due.interview_id == 1:
                break
            await it.press("j")
        await it.press("b")
        assert "with Ana" in it.painted()


async def test_a_promise_with_a_day_is_due_on_that_day(held):
    async with held() as it:
        await it.press("2", "b", *["tab"] * 5)
        await it.type("send the sample by fri")
        await it.press("ctrl+s")
        page = await dossier(it)
        assert page.points[0].due_on == date(2026, 11, 27)
        due = next(f.due for f in page.follow_ups if f.due.rule == "R21")
        assert due.due_on == date(2026, 11, 27)


@pytest.mark.parametrize("ahead", [True, False])
async def test_without_an_interview_behind_there_is_nothing_to_write(play, ahead):
    def fill(p, clock):
        p.add("Globex", "Engineer")
        if ahead:
            p.interview(1, NOW + timedelta(days=1))

    async with play(fill, keys=("2" if ahead else "1", "b")) as it:
        assert "No interview to debrief" in it.told
        assert not isinstance(it.screen, DebriefForm)


def folder(it) -> Path:
    return it.app.path.parent / "board-unsaved"


# The cursor in a form


def focused(stage):
    return stage.screen.focused.id


async def test_the_arrows_never_lead_from_one_end_to_the_other(show):
    async with show(form()) as stage:
        await stage.press("up", "up")
        await stage.type("Why us?")
        assert (focused(stage), stage.screen.texts["asked"]) == ("asked", "Why us?")
        await stage.press(*["down"] * 60)
        assert focused(stage) == "bad"
        await stage.press(*["up"] * 60)
        assert focused(stage) == "asked"
        await stage.press("shift+tab")
        assert focused(stage) == "bad"


async def test_enter_in_a_line_leads_to_the_next_field_and_arrows_from_line_to_line(show):
    async with show(form()) as stage:
        stage.screen.query_one("#next_step").focus()
        await stage.press("enter")
        assert focused(stage) == "decide_by"
        await stage.press("up", "down", "down")
        assert focused(stage) not in ("next_step", "decide_by")


async def test_text_typed_on_a_checkbox_is_not_swallowed_without_a_word(show):
    async with show(form()) as stage:
        stage.screen.query_one("#good").focus()
        await stage.pilot.pause()
        assert "space Tick" in stage.painted()
        for word in ("xkj", "Thanks!"):
            await stage.type(word)
            assert "This is a checkbox: space ticks it" in stage.painted()
        assert (focused(stage), stage.screen.texts) == ("good", EMPTY)
        await stage.press("space")
        assert len(stage.screen.texts["signals"].split()) == 1
        await stage.press("shift+tab")
        assert "This is a checkbox" not in stage.painted()
        assert "Leave; all is kept" in stage.painted()
