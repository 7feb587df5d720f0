"""What an end leaves: the lesson, thanks, and doubts for the next card."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Checkbox, Input

from store.rules.stages import Outcome, Stage
from tui.dialogs.lesson import LessonForm
from tui.dialogs.pickers import CardPicker
from tui.widgets.choice_fields import TickList
from tui.widgets.rows import Rows

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
TODAY = NOW.date()


def talked(p, clock):
    """An interview that left two doubts; two other cards."""
    clock.moment = NOW - timedelta(days=20)
    for company in ("Globex", "Hooli", "Stark"):
        p.add(company, "Engineer")
    clock.moment = NOW - timedelta(days=5)
    p.move(1, Stage.FIRST)
    p.interview(1, NOW - timedelta(days=4))
    p.point(1, "concern", "Little cloud experience")
    p.point(1, "concern", "Never led a team")
    p.edit_point(p.point(1, "concern", "Too far away").made, {"state": "addressed"})
    clock.moment = NOW


def over(p, clock):
    """The same, rejected yesterday."""
    talked(p, clock)
    clock.moment = NOW - timedelta(days=1)
    p.close(1, Outcome.REJECTED, reason="Somebody from inside.")
    clock.moment = NOW


REJECT = ("2", "x", "r", "enter")
LEARN = (*REJECT, "B")


async def known(it, application_id: int = 1):
    return await it.read(lambda g: g.dossier(application_id))


async def write(it, name: str, text: str) -> None:
    field = it.screen.query_one(f"#{name}", Input)
    field.focus()
    field.value = ""
    await it.type(text)


async def test_after_a_rejection_the_form_is_one_key_away_and_is_one_change(play):
    async with play(talked, keys=REJECT) as it:
        assert it.screen is it.app.board_screen, "nothing opens by itself"
        told = "Globex is closed: rejected. u undoes it, B writes what you learned."
        assert it.told == told
        await it.press("B")
        assert "Globex, rejected: what did you learn? (optional)" in it.painted()
        assert isinstance(it.screen, LessonForm)
        assert (await known(it)).card.outcome is Outcome.REJECTED, "closed whatever follows"
        await write(it, "reason", "Somebody from inside.")
        await write(it, "lesson_keep", "The outage story")
        await write(it, "lesson_change", "Ask for the agenda")
        await write(it, "thanked_on", "today")
        assert "Mon 23 Nov, today" in it.painted()
        it.screen.query_one("#feedback_asked", Checkbox).value = True
        await it.press("enter")
        dossier = await known(it)
        assert dossier.fields["reason"] == "Somebody from inside."
        assert dossier.fields["lesson_keep"] == "The outage story"
        assert dossier.fields["lesson_change"] == "Ask for the agenda"
        assert dossier.feedback_asked
        assert dossier.thanked_rejection_on == TODAY
        await it.press("u")
        assert (await known(it)).fields["lesson_keep"] == ""
        await it.press("u")
        assert (await known(it)).card.outcome is None


async def test_esc_leaves_it_at_once(play):
    async with play(talked, keys=(*LEARN, "escape")) as it:
        assert it.screen is it.app.board_screen
        assert (await known(it)).card.outcome is Outcome.REJECTED
        await it.press("u")
        assert (await known(it)).card.outcome is None


async def test_esc_does_not_throw_a_lesson_away_unasked(play):
    async with play(talked, keys=LEARN) as it:
        await write(it, "lesson_keep", "The outage story")
        await it.press("escape")
        assert isinstance(it.screen, LessonForm)
        assert "Not saved. Press Enter to save, or Esc again to discard." in it.painted()
        await it.press("ctrl+s")
        assert (await known(it)).fields["lesson_keep"] == "The outage story"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("r", "rejected. u undoes it, B writes what you learned."),
        ("n", "no response. u undoes it, B writes what you learned."),
        ("w", "withdrawn. u undoes it."),
        ("c", "cancelled. u undoes it."),
    ],
)
async def test_it_is_pointed_out_after_a_rejection_and_silence_only(play, key, told):
    async with play(talked, keys=("2", "x", key, "enter")) as it:
        assert (await known(it)).card.outcome is not None
        assert it.told == f"Globex is closed: {told}"
        await it.press("B")
        assert isinstance(it.screen, LessonForm), "of any of them it can be written"


async def test_the_lesson_of_an_end_that_was_undone_is_not_asked_for(play):
    async with play(talked, keys=(*REJECT, "u", "B")) as it:
        assert not isinstance(it.screen, LessonForm)
        assert "is still open" in it.told


async def test_what_was_closed_last_is_meant_on_the_due_list_too(play):
    async with play(talked, keys=("t", "x", "r", "enter", "B")) as it:
        assert isinstance(it.screen, LessonForm)


async def test_nothing_follows_when_closing_is_left(play):
    async with play(talked, keys=("2", "x", "r", "escape")) as it:
        assert it.screen is it.app.board_screen
        assert (await known(it)).card.outcome is None


@pytest.mark.parametrize("keys", [("c", "B"), ("c", "enter", "B")])
async def test_capital_l_opens_it_later_with_what_is_there(play, keys):
    async with play(over, keys=keys) as it:
        assert isinstance(it.screen, LessonForm)
        assert it.screen.query_one("#reason", Input).value == "Somebody from inside."
        assert it.screen.focused.id == "lesson_keep", "the first line that is empty"
        await it.type("The outage story")
        await it.press("enter")
        assert (await known(it)).fields["lesson_keep"] == "The outage story"
        assert (await known(it)).fields["reason"] == "Somebody from inside."


async def test_a_card_that_is_not_over_has_no_lesson(play):
    async with play(talked, keys=("2", "enter", "B")) as it:
        assert not isinstance(it.screen, LessonForm)
        assert "is still open" in it.told


async def test_a_doubt_goes_along_to_another_card(play):
    async with play(over, keys=("c", "B")) as it:
        assert "Too far away" not in it.painted(), "that one is settled"
        it.screen.query_one("#concerns", TickList).focus()
        await it.press("space", "enter")
        assert isinstance(it.screen, CardPicker)
        assert "Little cloud experience" in it.painted()
        it.app.theme = "rounds-light"
        await it.settle()
        assert it.screen.query_one(Rows).inks is it.app.inks, "the cards follow the theme"
        await it.type("star")
        await it.press("enter")
        assert "Carried over" in it.told
        (point,) = (await known(it, 3)).points
        assert (point.kind, point.text, point.state) == (
            "concern",
            "Little cloud experience",
            "open",
        )
        assert (await known(it, 2)).points == ()


async def test_several_doubts_go_one_by_one_and_esc_leaves_the_rest(play):
    async with play(over, keys=("c", "B")) as it:
        it.screen.query_one("#concerns", TickList).focus()
        await it.press("space", "down", "space", "ctrl+s")
        assert "(1 of 2)" in it.painted()
        await it.type("hooli")
        await it.press("enter")
        assert "(2 of 2)" in it.painted()
        assert "Never led a team" in it.painted()
        await it.press("escape")
        assert [point.text for point in (await known(it, 2)).points] == ["Little cloud experience"]


async def test_without_another_card_no_doubt_is_offered(play):
    def alone(p, clock):
        over(p, clock)
        p.delete(2)
        p.delete(3)

    async with play(alone, keys=("c", "B")) as it:
        assert not it.screen.query("#concerns")


async def test_the_checklist_is_ticked_here_too(play):
    async with play(over, keys=("c", "B")) as it:
        items = it.screen.query_one("#items", TickList)
        items.focus()
        await it.press("space", "ctrl+s")
        assert (await known(it)).ticked == {"RC-04"}
        await it.press("B")
        assert it.screen.query_one("#items", TickList).ticked == ("RC-04",)


async def test_reminders_after_months_go_with_the_switch(play):
    async with play(over, keys=("c", "B")) as it:
        assert "reminders after three and six months" in it.painted()
        it.screen.query_one("#stay_in_touch", Checkbox).value = False
        await it.press("ctrl+s")
        dossier = await known(it)
        assert not dossier.stay_in_touch
        assert not [e for e in dossier.follow_ups if e.due.rule == "R20" and e.state == "open"]


async def test_a_day_that_cannot_be_read_keeps_the_form(play):
    async with play(over, keys=("c", "B")) as it:
        for text in ("noday", "2027-01-01", "9" * 99):
            await write(it, "thanked_on", text)
            await it.press("enter")
            assert isinstance(it.screen, LessonForm), text
            assert it.screen.focused.id == "thanked_on", text
            assert it.screen.query_one("#echo").has_class("-refused"), text
            await write(it, "thanked_on", "")
            assert not it.screen.query_one("#echo").has_class("-refused"), text


async def test_what_the_store_refuses_comes_back_with_everything_typed(play):
    async with play(over, keys=("c", "B")) as it:
        await write(it, "lesson_keep", "The outage story")
        await write(it, "thanked_on", "3 weeks ago")
        it.screen.query_one("#feedback_asked", Checkbox).value = True
        it.screen.query_one("#concerns", TickList).focus()
        await it.press("space", "ctrl+s")
        assert isinstance(it.screen, LessonForm)
        assert "It ended on Sun 22 Nov" in it.painted()
        assert it.screen.query_one("#lesson_keep", Input).value == "The outage story"
        assert it.screen.query_one("#feedback_asked", Checkbox).value
        assert len(it.screen.query_one("#concerns", TickList).ticked) == 1


async def test_hostile_texts_do_no_harm(play, hostile):
    def bad(p, clock):
        clock.moment = NOW - timedelta(days=5)
        p.add(f"{hostile} x", f"{hostile} y", stage=Stage.FIRST)
        p.add(f"{hostile} z", f"{hostile} y")
        p.point(1, "concern", f"{hostile} a")
        p.close(1, Outcome.REJECTED, reason=f"{hostile} b")
        clock.moment = NOW

    async with play(bad, keys=("c", "B")) as it:
        it.screen.query_one("#concerns", TickList).focus()
        await it.press("space", "enter")
        assert isinstance(it.screen, CardPicker)
        await it.press("enter")
        assert it.app.is_running


@pytest.mark.parametrize(
    "size",
    [
        (20, 6),
        pytest.param((40, 12), marks=pytest.mark.long),
        pytest.param((80, 24), marks=pytest.mark.long),
        (200, 60),
    ],
)
async def test_no_size_breaks_it(play, size):
    async with play(over, size=size, keys=("c", "B", "tab", "tab", "tab", "tab", "tab")) as it:
        assert it.app.is_running
