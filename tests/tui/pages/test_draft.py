"""The page of a message: what it shows, how it is edited, and which one it is."""

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import TextArea

import tui.outside
from store.advice.drafts import draft_folder
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tui.dialogs.pickers import KindPicker
from tui.pages.draft import DraftScreen
from tui.pages.help import HelpScreen

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))


def waiting(p, clock):
    """Applied so long ago that an inquiry is due, to a named person."""
    clock.moment = NOW - timedelta(days=20)
    p.add("Globex", "Engineer", contact_name="Hank Scorpio", contact_email="hank@globex.example")


def interviewed(p, clock):
    """An interview yesterday, with two people, one of whom has an address."""
    clock.moment = NOW - timedelta(days=9)
    card = p.add("Initech", "Lead").application_id
    ana = p.contact(card, "Ana Silva", email="ana@initech.example").made
    assert ana is not None
    clock.moment = NOW - timedelta(hours=23)
    p.interview(card, NOW - timedelta(hours=22), people="Ana Silva and Bo Lind")
    talk = p.database.glance().dossier(card).interviews[0]
    clock.moment = NOW - timedelta(hours=20)
    p.debrief(talk.id)


async def messages(it, card=1):
    page = await it.read(lambda g: g.dossier(card))
    return [(m.kind, m.sent_on, m.text) for m in page.messages if m.direction == "out"]


async def drafts(it, card=1):
    return [d.text for d in (await it.read(lambda g: g.dossier(card))).drafts]


@pytest.fixture
def editor(monkeypatch):
    """The user's editor: a function from the text before to the text after."""
    monkeypatch.setattr("tui.app.RoundsApp.suspend", lambda _: nullcontext())

    def set_editor(edit):
        monkeypatch.setattr(tui.outside, "edit_text", lambda text, **_: edit(text))

    return set_editor


async def test_w_opens_the_message_that_the_follow_up_asks_for(play):
    async with play(waiting, keys=("w",)) as it:
        assert isinstance(it.screen, DraftScreen)
        painted = it.painted()
        assert "Globex — Engineer" in painted
        assert "Follow up on your application (1 of 2) · 10 days late" in painted
        assert "Hank Scorpio <hank@globex.example>" in painted
        assert "Application follow-up" in painted
        assert "Dear Hank," in painted
        assert "from the template" in painted
        await it.press("escape")
        assert it.screen is it.app.board_screen
        assert await drafts(it) == [], "a template that nobody touched is no draft"


async def test_e_edits_in_place_and_esc_keeps_the_draft(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Good morning. ed j K ")
        assert "Good morning. ed j K Dear Hank," in it.painted()
        await it.press("escape")
        assert isinstance(it.screen, DraftScreen)
        assert "draft of Mon 23 Nov" in it.painted()
        await it.press("escape", "w")
        assert "Good morning. ed j K Dear Hank," in it.painted()
        (kept,) = await drafts(it)
        assert kept.startswith("Subject: ")
        await it.press("u")
        assert "from the template" in it.painted(), "the draft was one step of undo"


async def test_tab_goes_to_the_subject_and_back(play):
    async with play(waiting, keys=("w", "e", "tab", "end")) as it:
        await it.type(" please")
        await it.press("enter")
        assert isinstance(it.app.focused, TextArea)
        await it.press("shift+tab", "tab", "ctrl+s")
        (kept,) = await drafts(it)
        assert kept.splitlines()[0].endswith(" please")


async def test_editing_without_a_change_stores_nothing(play):
    async with play(waiting, keys=("w", "e", "escape", "E", "escape")) as it:
        assert await drafts(it) == []


async def test_the_editor_gets_the_message_and_gives_it_back(play, editor):
    editor(lambda text: text.replace("Dear Hank,", "Hello Hank,"))
    async with play(waiting, keys=("w", "E")) as it:
        assert "Hello Hank," in it.painted()
        (kept,) = await drafts(it)
        assert kept.startswith("Subject: ")
        assert "Hello Hank," in kept


async def test_without_an_editor_there_is_a_sentence_and_nothing_changes(play, editor):
    def missing(_):
        raise Refused("There is no editor. Set EDITOR to one, such as “nano”.")

    editor(missing)
    async with play(waiting, keys=("w", "E")) as it:
        assert "There is no editor." in it.told
        assert isinstance(it.screen, DraftScreen)
        assert await drafts(it) == []


async def test_a_terminal_that_cannot_be_lent_is_told(play):
    async with play(waiting, keys=("w", "E")) as it:
        assert "Press e to edit here" in it.told


async def test_k_offers_the_other_messages_and_each_interviewer_has_a_thank_you(play):
    async with play(interviewed, keys=("w",)) as it:
        assert "Thank-you note after an interview" in it.painted()
        assert "Ana Silva <ana@initech.example>" in it.painted()
        await it.press("K")
        assert isinstance(it.screen, KindPicker)
        painted = it.painted()
        assert "Ana Silva" in painted
        assert "Bo Lind" in painted
        assert "Withdraw an application" in painted
        await it.press("2", "enter")
        assert "Thank Bo Lind for the interview" in it.painted()
        assert "no email address yet" in it.painted()
        await it.press("d")
        ((kind, _, _),) = [m for m in await messages(it) if m[0] == "thank_you"]
        assert kind == "thank_you"
        left = await it.read(lambda g: [d.label for d in g.shown(1) if d.action == "thank"])
        assert left == ["thank Ana Silva for the interview"]


def offered(p, clock):
    """An offer that wants an answer tomorrow."""
    card = p.add("Globex", "Engineer").application_id
    p.move(card, Stage.OFFER)
    p.deadline(card, date(2026, 11, 24))


async def test_whether_it_is_a_yes_or_a_no_is_asked(play):
    async with play(offered, keys=("4", "w")) as it:
        assert isinstance(it.screen, KindPicker)
        painted = it.painted()
        assert painted.index("Accept an offer") < painted.index("Decline an offer")
        await it.press("escape")
        assert it.screen is it.app.board_screen
        await it.press("w", "2", "enter", "d")
        assert "Press x to close the application as declined." in it.told


async def test_a_draft_of_another_kind_is_not_replaced_without_a_word(play):
    async with play(offered, keys=("4", "w", "enter", "e")) as it:
        await it.type("Yes! ")
        await it.press("escape", "K", "2", "enter")
        assert "Decline an offer" in it.painted()
        assert "from the template" in it.painted()
        await it.press("e")
        await it.type("No. ")
        await it.press("escape")
        assert "Replaced your draft “Accept an offer”." in it.told
        await it.press("u")
        (kept,) = await drafts(it)
        assert "Yes! Hello," in kept


async def test_where_nothing_asks_w_offers_what_fits(play):
    def rejected(p, clock):
        card = p.add("Globex", "Engineer").application_id
        p.close(card, Outcome.WITHDRAWN)

    async with play(rejected, keys=("c", "w")) as it:
        assert isinstance(it.screen, KindPicker)
        assert "Withdraw an application" in it.painted()
        await it.press("escape", "w", "enter")
        assert isinstance(it.screen, DraftScreen)
        assert "Not tied to a follow-up." in it.painted()
        await it.press("d")
        ((kind, _, text),) = await messages(it)
        assert kind == "other"
        assert text.startswith("Subject: ")


async def test_a_template_that_is_wrong_is_told_with_file_and_line(play):
    folder = None
    async with play(waiting) as it:
        folder = draft_folder()
        folder.mkdir(parents=True)
        (folder / "application_inquiry.txt").write_text("Subject: Hi\n\nDear $nobody,\n")
        await it.press("w")
        assert "application_inquiry.txt" in it.told
        assert "line 3" in it.told
        assert "Dear Hank," in it.painted(), "ours stands in for it"
        (folder / "application_inquiry.txt").write_text("Subject: Hi\n\nAhoy $first_name!\n")
        await it.press("escape", "w")
        assert "Ahoy Hank!" in it.painted()


async def test_it_closes_when_the_application_is_deleted(play):
    async with play(waiting, keys=("w",)) as it:
        with it.another_window() as other:
            other.delete(1)
        await it.look()
        assert it.screen is it.app.board_screen


async def test_the_keys_scroll_and_help_knows_them(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.paste("line\n" * 100)
        await it.press("escape", "G")
        assert "Kind regards" in it.painted()
        await it.press("g")
        assert "Hank Scorpio" in it.painted()
        await it.press("j", "down", "pagedown", "k", "pageup", "question_mark")
        assert isinstance(it.screen, HelpScreen)


async def test_hostile_texts_are_only_text(play, hostile):
    def some(p, clock):
        clock.moment = NOW - timedelta(days=20)
        p.add(f"{hostile} x", f"{hostile} y", contact_name=f"{hostile} z")

    async with play(some, keys=("w", "K", "escape", "e")) as it:
        await it.paste(hostile)
        await it.press("escape")
        for y in range(24):
            await it.pilot.click(offset=(5, y))
        assert it.app.is_running
        assert "\x1b" not in it.painted()


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((8, 4), marks=pytest.mark.long),
        pytest.param((60, 16), marks=pytest.mark.long),
        pytest.param((120, 36), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(play, size):
    async with play(waiting, size=size, keys=("w", "e", "escape", "K", "escape", "G")) as it:
        assert isinstance(it.screen, DraftScreen)
