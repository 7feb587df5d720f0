"""Where a card goes, how an application ended, and a question with two answers."""

from datetime import date

import pytest
from textual.widgets import Input

from store.model.dossier import Card
from store.rules.stages import Outcome, Stage, outcomes_from
from tests import makers
from tui.dialogs.pickers import Confirm, OutcomeChoice, OutcomePicker, StageChoice, StagePicker

TODAY = date(2026, 11, 23)


def card(stage: Stage = Stage.FIRST, **values: object) -> Card:
    known = {
        "company": "Globex",
        "applied_on": date(2026, 10, 1),
        "stage_since": date(2026, 11, 10),
    }
    return makers.card(1, stage, **known | values)


@pytest.mark.parametrize(
    ("keys", "stage"),
    [
        ([], Stage.SECOND),
        (["1"], Stage.APPLIED),
        (["4"], Stage.OFFER),
        (["a"], Stage.APPLIED),
        (["s"], Stage.SECOND),
        (["o"], Stage.OFFER),
        (["O"], Stage.OFFER),
        (["down"], Stage.OFFER),
        (["up", "up"], Stage.APPLIED),
        ([*"applied"], Stage.APPLIED),
        ([*"offer"], Stage.OFFER),
        ([*"off", "1"], Stage.APPLIED),
        ([*"of", "up"], Stage.SECOND),
        (["up", "up", "up", "up"], Stage.APPLIED),
        (["9", "x"], Stage.SECOND),
    ],
)
async def test_one_key_names_the_stage_and_enter_moves_there(show, keys, stage):
    async with show(StagePicker([card()], TODAY)) as stage_on_screen:
        await stage_on_screen.press(*keys, "enter")
        assert stage_on_screen.answers == [StageChoice(stage, TODAY, "today")]


async def test_the_stage_it_is_in_cannot_be_taken(show):
    async with show(StagePicker([card()], TODAY)) as stage:
        await stage.press("f", "enter")
        assert stage.answers == []
        assert "It is in first already." in stage.painted()


async def test_a_move_can_be_dated_back_but_not_before_the_last_step(show):
    async with show(StagePicker([card()], TODAY)) as stage:
        await stage.press("o", "tab", "end", "ctrl+u")
        await stage.type("2026-11-09")
        await stage.press("enter")
        assert stage.answers == []
        assert "lies before the last step" in stage.painted()
        await stage.press("ctrl+u")
        await stage.type("yesterday")
        assert "Sun 22 Nov, yesterday" in stage.painted()
        await stage.press("enter")
        assert stage.answers == [StageChoice(Stage.OFFER, date(2026, 11, 22), "yesterday")]


async def test_letters_in_the_day_do_not_choose_a_stage(show):
    async with show(StagePicker([card()], TODAY)) as stage:
        await stage.press("tab", "end", "ctrl+u")
        await stage.type("fri")
        await stage.press("enter")
        assert stage.answers == [StageChoice(Stage.SECOND, date(2026, 11, 20), "fri")]


async def test_a_day_to_come_is_refused(show):
    async with show(
        StagePicker([card()], TODAY, StageChoice(Stage.SECOND, TODAY, "2026-12-24"))
    ) as stage:
        await stage.press("enter")
        assert stage.answers == []
        assert "is in the future" in stage.painted()


async def test_an_empty_day_is_today(show):
    async with show(StagePicker([card()], TODAY, StageChoice(Stage.SECOND, TODAY))) as stage:
        await stage.press("enter")
        assert stage.answers == [StageChoice(Stage.SECOND, TODAY, "")]


async def test_a_move_that_failed_is_asked_again_as_it_was(show):
    before = StageChoice(Stage.OFFER, date(2026, 11, 22), "yesterday")
    picker = StagePicker([card()], TODAY, before, "Nothing was changed.")
    async with show(picker) as stage:
        assert "Nothing was changed." in stage.painted()
        await stage.press("enter")
        assert stage.answers == [StageChoice(Stage.OFFER, date(2026, 11, 22), "yesterday")]


@pytest.mark.parametrize("of", list(Stage))
async def test_only_outcomes_that_can_be_are_offered(show, of):
    async with show(OutcomePicker([card(of)], TODAY)) as stage:
        painted = stage.painted()
        for outcome in Outcome:
            assert (f"  {outcome.title} " in painted) == (outcome in outcomes_from(of))


@pytest.mark.parametrize(
    ("of", "key", "outcome"),
    [
        (Stage.OFFER, "a", Outcome.ACCEPTED),
        (Stage.OFFER, "d", Outcome.DECLINED),
        (Stage.OFFER, "6", Outcome.CANCELLED),
        (Stage.FIRST, "r", Outcome.REJECTED),
        (Stage.FIRST, "w", Outcome.WITHDRAWN),
        (Stage.APPLIED, "n", Outcome.NO_RESPONSE),
        (Stage.APPLIED, "c", Outcome.CANCELLED),
        (Stage.APPLIED, "2", Outcome.WITHDRAWN),
        (Stage.APPLIED, "a", Outcome.REJECTED),
        (Stage.APPLIED, "response", Outcome.NO_RESPONSE),
    ],
)
async def test_letters_and_digits_name_the_outcome(show, of, key, outcome):
    async with show(OutcomePicker([card(of)], TODAY)) as stage:
        await stage.type(key)
        await stage.press("enter")
        assert stage.answers == [OutcomeChoice(outcome, TODAY, "", "today")]


@pytest.mark.parametrize(("of", "outcome"), [(s, o) for s in Stage for o in outcomes_from(s)])
async def test_an_outcome_can_be_typed_as_a_word(show, of, outcome):
    async with show(OutcomePicker([card(of)], TODAY)) as stage:
        await stage.type(outcome.title)
        assert f"“{outcome.title.lower()}” typed" in stage.painted().lower()
        await stage.press("enter")
        assert stage.answers == [OutcomeChoice(outcome, TODAY, "", "today")]


async def test_what_was_typed_is_shown_and_backspace_takes_a_letter_back(show):
    async with show(OutcomePicker([card(Stage.OFFER)], TODAY)) as stage:
        picker = stage.screen
        await stage.type("de")
        assert picker.answer(TODAY).outcome is Outcome.DECLINED
        assert "“de” Typed" in stage.painted()
        await stage.type("z")
        assert "Nothing here begins with “dez”" in stage.painted()
        assert picker.answer(TODAY).outcome is Outcome.DECLINED
        await stage.press("backspace", "backspace")
        assert "1–6 Choose" in stage.painted()
        await stage.type("w")
        assert picker.answer(TODAY).outcome is Outcome.WITHDRAWN
        await stage.press("down")
        assert "typed" not in stage.painted()


async def test_a_reason_can_be_given_in_the_same_go(show):
    async with show(OutcomePicker([card()], TODAY)) as stage:
        await stage.press("w", "tab", "tab")
        await stage.paste("too far\naway ")
        await stage.press("enter")
        assert stage.answers == [OutcomeChoice(Outcome.WITHDRAWN, TODAY, "too far away", "today")]


async def test_long_silence_suggests_no_response(show):
    quiet = card(Stage.APPLIED, close_suggested_on=date(2026, 11, 23))
    async with show(OutcomePicker([quiet], TODAY)) as stage:
        await stage.press("enter")
        assert stage.answers == [OutcomeChoice(Outcome.NO_RESPONSE, TODAY, "", "today")]


async def test_a_click_chooses(show):
    async with show(OutcomePicker([card()], TODAY)) as stage:
        await stage.pilot.click("#choices", offset=(6, 1))
        await stage.press("enter")
        assert stage.answers == [OutcomeChoice(Outcome.WITHDRAWN, TODAY, "", "today")]


async def test_hostile_names_and_reasons_are_text(show, hostile):
    before = OutcomeChoice(Outcome.WITHDRAWN, TODAY, hostile, "today")
    picker = OutcomePicker([card()._replace(company=hostile, role=hostile)], TODAY, before, hostile)
    async with show(picker) as stage:
        await stage.press("enter")
        assert stage.app.is_running
        (answer,) = stage.answers
        assert "\x1b" not in answer.reason


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((12, 4), marks=pytest.mark.long),
        pytest.param((40, 10), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(show, size):
    async with show(OutcomePicker([card(Stage.OFFER)], TODAY), size=size) as stage:
        await stage.press("tab", "tab", "shift+tab", "enter")
        assert len(stage.answers) == 1


async def test_what_is_asked_for_after_the_end_is_not_heard(show):
    async with show(StagePicker([card()], TODAY)) as stage:
        picker = stage.app.screen
        day = picker.query_one("#day", Input)
        picker.dismiss(None)
        await picker.query("*").remove()
        await stage.app.run_action("take", default_namespace=picker)
        await picker._dispatch_message(Input.Submitted(day, "today").set_sender(day))
        await picker._dispatch_message(Input.Changed(day, "x").set_sender(day))
        assert stage.answers == [None]


QUESTION = "Delete Globex — Staff Engineer with all its notes?"


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["y"], True),
        (["n"], False),
        (["escape"], False),
        (["enter"], False),
        (["tab", "enter"], True),
        (["right", "enter"], True),
        (["right", "left", "enter"], False),
    ],
)
async def test_each_answer_has_a_key_and_enter_alone_changes_nothing(show, keys, answer):
    async with show(Confirm(QUESTION, "Delete")) as stage:
        assert QUESTION in stage.painted()
        await stage.press(*keys)
        assert stage.answers == [answer]


async def test_a_click_answers(show):
    async with show(Confirm(QUESTION, "Delete")) as stage:
        await stage.pilot.click("#yes")
        await stage.pilot.pause()
        assert stage.answers == [True]


async def test_hostile_questions_are_only_shown(show, hostile):
    async with show(Confirm(hostile, hostile)) as stage:
        await stage.pilot.click("#question", offset=(1, 0))
        assert stage.app.is_running
        await stage.press("n")
        assert stage.answers == [False]
