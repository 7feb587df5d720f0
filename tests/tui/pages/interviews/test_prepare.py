"""`v`: what the last interview brings into the next, ticked, answered and carried along."""

from datetime import date, timedelta

import pytest

from store.rules.stages import Outcome, Stage
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import CardPicker
from tui.dialogs.point import PointForm, PointLine
from tui.pages.interviews.prepare import PrepareScreen
from tui.pages.interviews.prepare_text import prepare_parts
from tui.widgets.choice_fields import KindStrip
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Rows

CARD = 1
TALL = (120, 60)
FAILURE = "Tell us about a failure, and what you changed afterwards."


def second(p, clock):
    """Globex between its interviews, with everything that can be noted; Acme and Bluth beside."""
    now = clock.moment
    clock.moment = now - timedelta(days=30)
    p.add("Globex", "Engineer")
    p.add("Acme", "Designer")
    p.add("Bluth", "Builder")
    clock.moment = now - timedelta(days=20)
    talk = p.interview(
        CARD, now - timedelta(days=14), people="Ana Ruiz and Bo Lind", stage=Stage.FIRST
    ).made
    clock.moment = now - timedelta(days=14) + timedelta(hours=3)
    p.debrief(
        talk,
        next_step="a panel",
        points=[
            ("asked", "Estimate the cost", True),
            ("asked", "Split a monolith", False),
            ("topic", "Billing off cron", False),
            ("concern", "Has she led people?", False),
            ("concern", "Little cloud", True),
            ("my_promise", "send the talk", False),
        ],
    )
    clock.moment = now - timedelta(days=5)
    p.move(CARD, Stage.SECOND)
    p.interview(
        CARD,
        now + timedelta(days=1, hours=5),
        minutes=90,
        people="Ana Ruiz and Carla",
        place="Room 4",
        formats=("panel", "case"),
        zone="America/New_York",
    )
    p.point(CARD, "news", "Buys Hammer", due_on=(now - timedelta(days=3)).date())
    p.point(CARD, "networking", "Asked Eva", answers_id=_id(p, "Has she led people?"))
    p.point(CARD, "skill", "A course", detail="four weeks")
    covered = p.point(CARD, "requirement", "Runs Kubernetes").made
    p.point(CARD, "requirement", "Mentors engineers")
    p.point(CARD, "story", "Moved 40 services", answers_id=covered)


def _id(p, text):
    return next(x.id for x in p.database.glance().dossier(CARD).points if x.text == text)


async def points(it, card=CARD):
    return {point.text: point for point in (await it.read(lambda g: g.dossier(card))).points}


async def go(it, text):
    """Put the cursor on the line that begins with `text`."""
    key = next(k for k, e in it.screen._lines.lines.items() if e.text.strip().startswith(text))
    rows = it.screen.query_one(Rows)
    places = [line.key for line in rows._lines if hasattr(line, "key")]
    rows.go(places.index(key))
    await it.pilot.pause()
    assert it.screen.line.text.strip().startswith(text)


def detail(it):
    words = it.screen.query_one("#why", Paragraphs).paragraphs
    return "\n".join(f"{p.lead} {p.text}".strip() for p in words)


async def test_everything_that_is_carried_over_stands_there(play):
    async with play(second, size=(120, 100), keys=("3", "v")) as it:
        assert isinstance(it.screen, PrepareScreen)
        painted = it.painted()
        for words in (
            "Prepare  Globex — Engineer",
            "Tue 24 Nov 15:00–16:30, tomorrow, with Ana Ruiz and Carla",
            "Panel: ",
            "Case: ",
            "Their concerns  2",
            "☐  Has she led people?",
            "↳ networking: Asked Eva",
            "no plan",
            "Weak answers  1",
            "Estimate the cost",
            "Billing off cron",
            "Ana Ruiz: common ground?",
            "new to you",
            "Buys Hammer",
            "3 days ago",
            "Done since then  1",
            "no story",
            "↳ story: Moved 40 services",
            "Likely questions  0 of 20",
            "Questions to ask",
            "you: send the talk",
            "Asked before  1",
        ):
            assert words in painted, words
        assert "Last time we talked about Billing off cron" in painted, (
            "questions are about what was said"
        )
        assert "Local time 09:00–10:30 in America/New_York" in detail(it)


async def test_space_ticks_a_doubt_as_addressed_and_back_and_the_cursor_stays(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Has she led")
        await it.press("space")
        assert (await points(it))["Has she led people?"].state == "addressed"
        assert it.screen.line.ticked
        assert "Their concerns  1" in it.painted()
        await it.press("space")
        assert (await points(it))["Has she led people?"].state == "open"
        await it.press("space", "u")
        assert (await points(it))["Has she led people?"].state == "open"


async def test_space_on_a_usual_question_says_that_it_was_rehearsed(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, FAILURE)
        await it.press("space")
        kept = (await points(it))[FAILURE]
        assert (kept.kind, kept.state) == ("question", "done")
        assert it.screen.line.ticked
        assert it.screen.line.text == FAILURE
        await it.press("space")
        assert (await points(it))[FAILURE].state == "open"


async def test_space_keeps_a_promise_raises_news_mends_an_answer(play):
    async with play(second, keys=("3", "v")) as it:
        for text in ("you: send", "Buys Hammer", "Estimate"):
            await go(it, text)
            assert not it.screen.line.ticked, text
            await it.press("space")
            assert it.screen.line.point.state == "done", text
            assert it.screen.line.ticked, text


async def test_what_has_no_box_is_not_ticked(play):
    async with play(second, keys=("3", "v")) as it:
        change = await it.read(lambda g: g.change_id())
        for text in ("Tue 24 Nov", "Panel:", "↳ networking", "Ana Ruiz"):
            it.app.clear_notifications()
            await go(it, text)
            await it.press("space")
            assert "Nothing to tick" in it.told, text
            assert await it.read(lambda g: g.change_id()) == change, text


async def test_a_adds_a_step_against_a_doubt(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Little cloud")
        await it.press("a")
        assert isinstance(it.screen, PointLine)
        strip = it.screen.query_one(KindStrip)
        assert strip.chosen == "research"
        await it.press("tab", "tab")
        await it.type("Passed the exam")
        await it.press("enter")
        step = (await points(it))["Passed the exam"]
        assert step.kind == "skill"
        assert step.answers_id == (await points(it))["Little cloud"].id
        assert "↳ skill: Passed the exam" in it.painted()
        await go(it, "↳ skill")
        await it.press("a")
        await it.type("Wrote it up")
        await it.press("enter")
        assert (await points(it))["Wrote it up"].answers_id == step.answers_id


async def test_a_adds_a_story_to_a_requirement_and_to_a_question_not_noted_yet(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Mentors")
        await it.press("a")
        await it.type("Two juniors became leads")
        await it.press("enter")
        noted = await points(it)
        assert noted["Two juniors became leads"].kind == "story"
        assert noted["Two juniors became leads"].answers_id == noted["Mentors engineers"].id
        await go(it, FAILURE)
        await it.press("a")
        await it.type("The outage of May")
        await it.press("enter")
        noted = await points(it)
        assert noted["The outage of May"].answers_id == noted[FAILURE].id
        assert noted[FAILURE].state == "open"
        await it.press("u")
        assert "The outage of May" not in await points(it)


async def test_nothing_answers_what_landed(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Billing")
        await it.press("a")
        assert isinstance(it.screen, PrepareScreen)
        assert "Nothing can be added to this line" in it.told


async def test_plus_begins_with_the_kind_of_the_line(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Buys Hammer")
        await it.press("plus")
        assert it.screen.query_one(KindStrip).chosen == "news"
        await it.type("Opens in Basel")
        await it.press("enter")
        assert (await points(it))["Opens in Basel"].kind == "news"
        assert "Opens in Basel" in it.painted()


async def test_plus_among_the_questions_to_ask_adds_one_to_ask(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "What are the next steps")
        await it.press("plus")
        await it.type("Who decides?")
        await it.press("enter")
        assert (await points(it))["Who decides?"].felt
        await go(it, "Who decides?")
        assert it.screen.line.lead == "ask: "


async def test_everything_about_a_line_can_be_changed(play):
    async with play(second, keys=("3", "v")) as it:
        for key in ("enter", "e"):
            await go(it, "Little cloud")
            await it.press(key)
            assert isinstance(it.screen, PointForm), key
            await it.type("Say what the course taught.")
            await it.press("f3")
            assert "☐ not said" in it.painted(), key
            await it.press("ctrl+s")
            point = (await points(it))["Little cloud"]
            assert point.detail == "Say what the course taught.", key
            assert point.felt is False, key
            assert "plan: Say what the course taught." in it.painted(), key
            await it.press("u")
            assert (await points(it))["Little cloud"].detail == "", key


async def test_a_day_that_cannot_be_read_is_said_and_nothing_is_lost(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "you: send")
        await it.press("e", "tab")
        await it.type("31 nov")
        await it.press("ctrl+s")
        assert isinstance(it.screen, PointForm)
        assert it.screen.query_one("#error").display
        await it.press("ctrl+u")
        await it.type("fri")
        assert "Fri 27 Nov, in 4 days" in it.painted()
        await it.press("enter")
        assert (await points(it))["send the talk"].due_on.isoformat() == "2026-11-27"


async def test_the_form_warns_before_it_throws_a_text_away_and_writes_nothing_unchanged(play):
    async with play(second, keys=("3", "v")) as it:
        change = await it.read(lambda g: g.change_id())
        await go(it, "Little cloud")
        await it.press("e", "ctrl+s")
        assert isinstance(it.screen, PrepareScreen)
        await it.press("e", "x", "escape")
        assert isinstance(it.screen, PointForm)
        await it.press("escape")
        assert isinstance(it.screen, PrepareScreen)
        assert await it.read(lambda g: g.change_id()) == change


async def test_another_kind_that_does_not_fit_comes_back_with_the_reason(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Has she led")
        await it.press("e", "f2", "ctrl+s")
        assert isinstance(it.screen, PointForm)
        assert "does not answer" in it.painted()


async def test_what_was_typed_is_asked_about_also_after_a_try_that_failed(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Has she led")
        await it.press("e", "f2", "ctrl+s", "escape")
        assert isinstance(it.screen, PointForm)
        assert "Not saved" in it.painted()
        await it.press("escape")
        assert isinstance(it.screen, PrepareScreen)


async def test_a_usual_question_gets_the_users_own_answer(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, FAILURE)
        await it.press("enter")
        await it.type("The outage of May")
        await it.press("ctrl+s")
        assert (await points(it))[FAILURE].detail == "The outage of May"
        assert it.screen.line.text == FAILURE


async def test_a_story_for_a_usual_question_is_taken_back_in_one_step(play):
    async with play(second, keys=("3", "v")) as it:
        before = set(await points(it))
        await go(it, FAILURE)
        await it.press("a")
        await it.type("The outage of May")
        await it.press("enter")
        noted = await points(it)
        assert set(noted) == before | {FAILURE, "The outage of May"}
        assert noted["The outage of May"].answers_id == noted[FAILURE].id
        await it.press("u")
        assert set(await points(it)) == before


async def test_common_ground_is_noted_on_the_person(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Ana Ruiz")
        await it.press("enter")
        assert isinstance(it.screen, LineEntry)
        await it.type("both sail")
        await it.press("enter")
        contacts = (await it.read(lambda g: g.dossier(CARD))).contacts
        assert contacts[0].common_ground == "both sail"
        assert "Ana Ruiz: both sail" in it.painted()


async def test_d_takes_a_line_away_and_u_brings_it_back(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Has she led")
        await it.press("D")
        assert "Has she led people?" not in await points(it)
        assert (await points(it))["Asked Eva"].answers_id is None
        await it.press("u")
        noted = await points(it)
        assert noted["Asked Eva"].answers_id == noted["Has she led people?"].id
        await go(it, FAILURE)
        await it.press("D")
        assert "Only points can be removed" in it.told


async def test_d_on_a_plan_takes_the_plan_alone(play):
    def planned(p, clock):
        second(p, clock)
        p.edit_point(_id(p, "Little cloud"), {"detail": "the course"})

    async with play(planned, keys=("3", "v")) as it:
        await go(it, "plan:")
        await it.press("D")
        assert (await points(it))["Little cloud"].detail == ""


async def test_c_carries_an_open_doubt_to_another_card(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Little cloud")
        await it.press("B")
        assert isinstance(it.screen, CardPicker)
        assert "Globex" not in it.painted().partition("Carry to")[2]
        await it.type("blu")
        await it.press("enter")
        assert isinstance(it.screen, PrepareScreen)
        assert list(await points(it, 3)) == ["Little cloud"]
        await it.press("B", "down", "up", "down", "enter")
        assert isinstance(it.screen, CardPicker), "it is among that card's concerns already"
        await it.press("escape")


async def test_only_open_doubts_are_carried_and_only_where_there_is_a_card(play):
    async with play(second, keys=("3", "v")) as it:
        await go(it, "Buys")
        await it.press("B")
        assert "Only open concerns can be carried over" in it.told

    def alone(p, _):
        p.add("Globex", "Engineer", stage=Stage.SECOND)
        p.point(CARD, "concern", "too junior")

    async with play(alone, keys=("v",)) as it:
        await go(it, "too junior")
        await it.press("B")
        assert "No other open application" in it.told


async def test_with_nothing_noted_it_says_what_to_enter(play):
    async with play(lambda p, _: p.add("Globex", "Engineer"), size=TALL, keys=("v",)) as it:
        painted = it.painted()
        assert "No interview ahead. Press i to add one" in painted
        assert "Press + to add a concern" in painted
        assert "Press + to add news" in painted
        await go(it, "Press + to add one")
        await it.press("enter")
        assert it.screen.query_one(KindStrip).chosen == "requirement"
        await it.type("Runs Kubernetes")
        await it.press("enter")
        assert "no story" in it.painted()
        assert it.screen.line is not None


async def test_a_closed_application_has_its_page_too(play):
    def closed(p, clock):
        second(p, clock)
        p.close(CARD, Outcome.REJECTED)

    async with play(closed) as it:
        it.app.push_screen(PrepareScreen(CARD))
        await it.settle()
        assert "Has she led people?" in it.painted()


async def test_another_windows_change_is_seen_and_a_deleted_card_leaves(play):
    async with play(second, keys=("3", "v")) as it:
        with it.another_window() as p:
            p.point(CARD, "concern", "from elsewhere")
        await it.look()
        await it.settle()
        assert "from elsewhere" in {entry.text for entry in it.screen._lines.lines.values()}
        with it.another_window() as p:
            p.delete(CARD)
        await it.look()
        await it.settle()
        assert it.screen is it.app.board_screen


async def test_esc_goes_back_and_help_tells_the_keys(play):
    async with play(second, keys=("3", "v", "question_mark")) as it:
        assert "Help · Interview preparation" in it.painted()
        await it.press("escape", "escape")
        assert it.screen is it.app.board_screen


async def test_hostile_texts_are_only_texts(play, hostile):
    def fill(p, clock):
        p.add(f"{hostile} c", f"{hostile} r", stage=Stage.SECOND)
        p.interview(CARD, clock.moment + timedelta(hours=2), people=hostile + "p", place=hostile)
        for kind in ("concern", "news", "topic", "question", "requirement", "my_promise"):
            p.point(CARD, kind, f"{hostile} {kind}", detail=f"{hostile} d", link=f"{hostile} l")
        p.point(CARD, "skill", f"{hostile} s", answers_id=_id_of(p, "concern"))

    async with play(fill, size=TALL, keys=("v",)) as it:
        painted = it.painted()
        assert "\x1b" not in painted
        assert "\u202e" not in painted
        if hostile.isprintable():
            assert f"{hostile} concern" in painted
        for y in range(1, 50, 3):
            await it.pilot.click(offset=(6 + y, y))
        for key in ("j", "enter", "escape", "j", "j", "j", "enter", "escape", "escape"):
            await it.press(key)
        assert it.app.is_running


def _id_of(p, kind):
    return next(x.id for x in p.database.glance().dossier(CARD).points if x.kind == kind)


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((10, 4), marks=pytest.mark.long),
        pytest.param((40, 12), marks=pytest.mark.long),
        pytest.param((80, 24), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(play, size):
    async with play(second, size=size, keys=("3",)) as it:
        it.app.push_screen(PrepareScreen(CARD))
        await it.settle()
        await it.press("G", "g", "pagedown", "e", "escape", "escape")
        if isinstance(it.screen, PrepareScreen):
            await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_every_line_has_a_name_of_its_own(play):
    async with play(second, keys=("3", "v")) as it:
        dossier = await it.read(lambda g: g.dossier(CARD))
        names = [e.ident for part in prepare_parts(dossier, it.app.now()) for e in part.lines]
        assert len(names) == len(set(names))


async def test_another_application_there_is_asked_about(play):
    def fill(p, clock):
        p.add("Globex", "Data Engineer", applied_on=date(2026, 10, 3))
        p.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
        p.interview(2, clock.now() + timedelta(days=3))

    async with play(fill, keys=("2", "v"), size=(120, 40)) as it:
        assert "Also ask about" in it.painted()
        assert "Data Engineer, applied 3 Oct" in it.painted()
        await it.press("escape", "2")
        assert "Data Engineer, applied 3 Oct" in it.painted()


@pytest.mark.parametrize("size", [(160, 45), (120, 36), (80, 24)])
async def test_a_line_in_full_stands_below_the_list_as_high_as_its_words(play, size):
    async with play(second, keys=("3", "v"), size=size) as it:
        rows, why = it.screen.query_one("#prepare"), it.screen.query_one("#why")
        while it.screen.query_one(Rows).cursor < it.screen.query_one(Rows).count - 1:
            assert why.region.y >= rows.region.bottom
            assert 3 <= why.region.height <= 7
            assert str(why.border_title)
            await it.press("j")
