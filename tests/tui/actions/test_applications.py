"""What the board's keys do to the card under the cursor: ask, store, show, and take back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.rules.stages import Outcome, Stage
from tui.dialogs.application import ApplicationForm
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import Confirm, StagePicker
from tui.pages.closed import ClosedScreen
from tui.pages.dossier import DossierScreen
from tui.pages.today import TodayScreen


def in_stage(stage, **texts):
    """One application in `stage`."""
    return lambda p, _: p.add("Acme", "Engineer", stage=stage, **texts)


async def the_card(it):
    """The one application, as stored."""
    (card,) = await it.read(lambda g: g.cards(closed=None))
    return card


async def the_page(it):
    return await it.read(lambda g: g.dossier(g.cards(closed=None)[0].id))


async def answer(it, key, text):
    """Press a key and type a text into the line that it opens."""
    await it.press(key)
    assert isinstance(it.screen, LineEntry)
    await it.press("end", "ctrl+u")
    await it.type(text)
    await it.press("enter")


async def test_a_adds_a_card_and_the_cursor_goes_to_it(play):
    async with play(lambda p, _: p.add("Bluth", "Engineer")) as it:
        await it.press("a")
        await it.type("Acme")
        await it.press("enter")
        await it.type("Designer")
        await it.press("enter")
        assert it.screen is it.app.board_screen
        assert it.here == "Acme"
        assert it.lanes() == it.stored()
        await it.press("a")
        await it.type("nobody")
        await it.press("escape")
        assert it.lanes() == it.stored()
        assert len(it.lanes()[0]) == 2


async def test_m_moves_to_any_stage_on_any_day(play):
    def older(p, clock):
        clock.moment -= timedelta(days=20)
        p.add("Acme", "Engineer")

    async with play(older) as it:
        await it.press("m")
        assert isinstance(it.screen, StagePicker)
        await it.press("3", "tab", "end", "ctrl+u")
        await it.type("-3d")
        await it.press("enter")
        assert it.lanes() == it.stored() == [[], [], ["Acme"], []]
        assert (await the_card(it)).stage_since == date(2026, 11, 20)
        assert it.here == "Acme", "the cursor goes with it"


async def test_e_edits_and_a_conflict_keeps_what_was_typed(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        await it.press("e")
        with it.another_window() as p:
            p.edit(1, {"salary": "200k"})
        await it.type(" Corporation")
        await it.press("ctrl+s")
        assert isinstance(it.screen, ApplicationForm)
        assert it.screen.query_one("#company").value == "Acme Corporation"
        words = " ".join(it.painted().translate({ord(c): " " for c in "│▌"}).split())
        assert "Acme has been changed in another window since you opened it." in words
        assert "It now says: Salary “200k”." in words
        await it.press("ctrl+s")
        assert it.lanes()[0] == it.stored()[0] == ["Acme Corporation"]
        assert (await the_card(it)).salary == "200k", "the other window's change stays"


async def test_i_in_applied_moves_to_first_in_one_change(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        change = await it.read(lambda g: g.change_id())
        await answer(it, "i", "tue 10:00 45m with Ana at Room 4")
        card = await the_card(it)
        assert card.stage is Stage.FIRST
        assert card.interview.starts_at == datetime(
            2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Zurich")
        )
        assert (card.interview.minutes, card.interview.people) == (45, "Ana")
        assert await it.read(lambda g: g.change_id()) == change + 1
        assert it.lanes() == it.stored() == [[], ["Acme"], [], []]
        await it.press("u")
        assert (await the_card(it)).stage is Stage.APPLIED
        assert (await the_page(it)).interviews == ()


async def test_i_invited_waits_for_its_time(play):
    async with play(in_stage(Stage.FIRST)) as it:
        await answer(it, "i", "invited")
        assert (await the_card(it)).interview.starts_at is None
        await answer(it, "i", "thu 14:00")
        (meeting,) = (await the_page(it)).interviews
        assert meeting.starts_at.hour == 14


async def test_i_refuses_a_time_that_the_clocks_skip(play):
    async with play(in_stage(Stage.FIRST)) as it:
        await answer(it, "i", "28 mar 2027 02:30")
        assert isinstance(it.screen, LineEntry)
        assert "the clocks skip 02:30" in it.painted()
        await it.press("end", "ctrl+u")
        await it.type("28 mar 2027 03:30")
        await it.press("enter")
        assert (await the_card(it)).interview.starts_at.hour == 3


async def test_i_for_an_offer_asks_for_the_deadline(play):
    async with play(in_stage(Stage.OFFER), size=(160, 45)) as it:
        await answer(it, "i", "thu 17:00")
        card = await the_card(it)
        assert card.deadline_on == date(2026, 11, 26)
        assert card.deadline_at.hour == 17
        panel = " ".join(line[101:].strip(" │") for line in it.painted().splitlines()).split()
        assert "◆ Thu 26 Nov 17:00 in 3 d" in " ".join(panel), "not cut off"


async def test_n_notes(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        await it.press("n")
        await it.type("They have a dog.")
        await it.press("ctrl+s")
        assert [note.text for note in (await the_page(it)).notes] == ["They have a dog."]
        assert "Noted." in it.told


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("", "reply", None),
        ("by fri", "date_given", date(2026, 11, 27)),
        ("auto", "automatic", None),
    ],
)
async def test_r_they_replied(play, typed, kind, expected):
    async with play(in_stage(Stage.FIRST)) as it:
        await answer(it, "r", typed)
        (message,) = (await the_page(it)).messages
        assert (message.direction, message.kind) == ("in", kind)
        assert (await the_card(it)).expected_by == expected


async def test_d_does_the_next_follow_up_and_z_puts_it_off(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        first = (await the_card(it)).follow_up
        await answer(it, "z", "+20d")
        snoozed = (await the_card(it)).follow_up
        assert (snoozed.id, snoozed.snoozed) == (first.id, True)
        assert snoozed.due_on == date(2026, 12, 23), "counted from 3 Dec, when it was due"
        await it.press("d")
        assert f"{first.company}: done: {first.label}" in it.told
        now = (await the_card(it)).follow_up
        assert now is None or now.id != first.id
        await it.press("u")
        assert (await the_card(it)).follow_up.id == first.id


async def test_d_without_a_follow_up_says_how_to_get_one(play):
    async with play(in_stage(Stage.APPLIED, no_contact=True)) as it:
        assert (await the_card(it)).follow_up is None
        await it.press("d", "z")
        assert "No follow-up is planned. Press f to add a reminder" in it.told
        await answer(it, "f", "fri call Ana")
        due = (await the_card(it)).follow_up
        assert (due.label, due.due_on) == ("call Ana", date(2026, 11, 27))
        await it.press("d")
        assert (await the_card(it)).follow_up is None


async def test_d_right_after_a_move_waits_for_the_follow_up_to_be_written(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        it.app.board_screen.action_move(1)
        await it.press("d")
        page = await the_page(it)
        assert page.card.stage is Stage.FIRST
        assert not it.app.crash
        assert it.app.board_screen.subject() == page.card


async def test_x_closes_with_an_outcome_and_c_shows_and_reopens_it(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        await it.press("x", "w", "enter")
        assert it.lanes() == [[], [], [], []]
        assert (await the_card(it)).outcome is Outcome.WITHDRAWN
        assert "Acme is closed: withdrawn. u undoes it." in it.told
        await it.press("c")
        assert isinstance(it.screen, ClosedScreen)
        await it.press("R", "escape")
        assert it.lanes() == it.stored() == [["Acme"], [], [], []]


@pytest.mark.parametrize(("key", "left"), [("y", 0), ("n", 1), ("escape", 1)])
async def test_D_deletes_only_after_a_yes(play, key, left):  # noqa: N802
    async with play(in_stage(Stage.APPLIED)) as it:
        await it.press("D")
        assert isinstance(it.screen, Confirm)
        await it.press(key)
        assert len(await it.read(lambda g: g.cards(closed=None))) == left
        assert len(it.lanes()[0]) == left
        if not left:
            await it.press("u")
            assert it.lanes() == it.stored() == [["Acme"], [], [], []]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://acme.example/jobs/1", True),
        ("http://acme.example", True),
        ("mailto:jobs@acme.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("ssh://acme.example", False),
        ("https://", False),
        ("mailto:-x", False),
        ("calc.exe", False),
    ],
)
async def test_o_opens_safe_links_only(play, monkeypatch, url, safe):
    opened = []
    monkeypatch.setattr("tui.outside.open_link", lambda link: not opened.append(link))
    async with play(in_stage(Stage.APPLIED)) as it:
        card = it.app.board_screen.subject()._replace(url=url)
        it.app.board_screen.subject = lambda: card
        await it.press("o")
        await it.app.workers.wait_for_complete()
        assert opened == ([url] if safe else [])
        assert ("Opened in your browser." if safe else "Only web and email links") in it.told
        if not safe:
            assert it.app.clipboard == url


async def test_o_without_a_browser_copies_and_without_a_link_says_so(play, monkeypatch):
    monkeypatch.setattr("tui.outside.open_link", lambda _: False)
    async with play(in_stage(Stage.APPLIED, url="https://acme.example")) as it:
        await it.press("o")
        await it.app.workers.wait_for_complete()
        assert it.app.clipboard == "https://acme.example"
        assert "No browser could be opened. The link: copied by way of the terminal." in it.told
    async with play(in_stage(Stage.APPLIED)) as it:
        await it.press("o")
        assert "Acme has no link yet. Press e to add one." in it.told


async def test_y_copies_to_both_clipboards_and_says_how(play, monkeypatch):
    copied = []
    monkeypatch.setattr(
        "tui.outside.fill_clipboard", lambda text: "xclip" if not copied.append(text) else ""
    )
    async with play(in_stage(Stage.APPLIED, url="https://acme.example")) as it:
        await it.press("y")
        await it.app.workers.wait_for_complete()
        assert it.app.clipboard == "Acme — Engineer\nhttps://acme.example"
        assert copied == [it.app.clipboard]
        assert "Company, role and link: copied with xclip." in it.told


async def test_y_tells_when_no_clipboard_may_have_it(play):
    async with play(in_stage(Stage.APPLIED)) as it:
        await it.press("y")
        await it.app.workers.wait_for_complete()
        assert "Company and role: copied by way of the terminal." in it.told
        assert "install wl-clipboard or xclip" in it.told


async def test_enter_opens_the_dossier(play):
    async with play(in_stage(Stage.APPLIED), keys=("enter",)) as it:
        assert isinstance(it.screen, DossierScreen)


async def test_t_and_enter_jump_to_the_card_even_behind_a_filter(play):
    def late(p, clock):
        p.add("Bluth", "Engineer")
        acme = p.add("Acme", "Engineer", stage=Stage.SECOND)
        p.remind(acme.application_id, clock.moment.date(), "call Ana")

    async with play(late, keys=("slash",)) as it:
        await it.type("bluth")
        await it.press("enter", "t")
        assert isinstance(it.screen, TodayScreen)
        await it.press("enter")
        assert it.screen is it.app.board_screen
        assert it.here == "Acme"
        assert it.lanes() == it.stored(), "the filter that hid it is over"


async def test_z_on_what_is_due_ahead_counts_from_that_day(play):
    def fill(p, _):
        p.add("Acme", "Engineer", applied_on=date(2026, 11, 23))
        p.remind(1, date(2026, 11, 25), "call")

    async with play(fill, keys=("t", "z")) as it:
        assert "Thu 26 Nov, in 3 days; counted from Wed 25 Nov, when it is due" in it.painted()
        await it.press("enter")
        assert (await the_card(it)).follow_up.due_on == date(2026, 11, 26)


async def test_r_says_what_can_be_typed_and_keeps_their_words(play):
    async with play(in_stage(Stage.FIRST)) as it:
        await it.press("r")
        assert "“by fri” for their decision date" in it.painted()
        await it.type("today -- they want to talk again")
        assert "They replied Mon 23 Nov, today: they want to talk again" in it.painted()
        await it.press("enter")
        (message,) = (await the_page(it)).messages
        assert (message.kind, message.text) == ("reply", "they want to talk again")


async def test_colon_sets_one_field_in_a_line(play):
    async with play(in_stage(Stage.FIRST, salary="90k", tags=("python",))) as it:
        await answer(it, "colon", "salary 95k")
        assert (await the_card(it)).salary == "95k"
        await answer(it, "colon", "tag +remote -python")
        assert (await the_card(it)).tags == ("remote",)
        await answer(it, "colon", "decides-by 3 dec")
        assert (await the_card(it)).expected_by == date(2026, 12, 3)
        await answer(it, "colon", "no-contact yes")
        assert (await the_page(it)).no_contact
        await it.press("colon")
        await it.type("salary 100k")
        assert "Salary: 95k → 100k" in it.painted()
        await it.press("escape", "escape", "u", "u", "u", "u")
        assert (await the_card(it)).salary == "90k"
        assert (await the_card(it)).tags == ("python",)


async def test_what_is_no_field_stays_in_the_line_with_what_there_is(play):
    async with play(in_stage(Stage.FIRST)) as it:
        await answer(it, "colon", "salry 95k")
        assert isinstance(it.screen, LineEntry)
        assert "Did you mean “salary”?" in it.painted()
        await it.press("end", *["backspace"] * len("salry 95k"))
        words = " ".join(it.painted().replace("│", " ").split())
        assert "A field and its value: company, role, applied, url" in words
        await it.press("escape")
        assert (await the_card(it)).salary == ""


async def test_colon_on_a_page_is_for_what_the_page_is_about(play):
    def over(p, _):
        p.close(p.add("Acme", "Engineer").application_id, Outcome.REJECTED)

    async with play(in_stage(Stage.FIRST)) as it:
        await it.press("enter")
        await answer(it, "colon", "location Berlin")
        assert isinstance(it.screen, DossierScreen)
        assert "Berlin" in it.painted()
    async with play(over) as it:
        await it.press("c")
        await answer(it, "colon", "source LinkedIn")
        assert isinstance(it.screen, ClosedScreen)
        assert (await the_card(it)).source == "LinkedIn"


async def test_with_marks_colon_asks_what_they_may_have_in_common(play):
    def two(p, _):
        p.add("Acme", "Engineer")
        p.add("Bluth", "Engineer")

    async with play(two, keys=("space", "space")) as it:
        await answer(it, "colon", "+remote")
        cards = await it.read(lambda g: g.cards())
        assert [card.tags for card in cards] == [("remote",), ("remote",)]
