"""The page of a message: what it shows, how it is edited, which one it is, and how it leaves.

Nothing that was typed into it gets lost.
"""

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import TextArea

import tui.outside
from store.advice.drafts import draft_folder
from store.errors import StoreError
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import Contact
from tests.conftest import LONG
from tui.dialogs.pickers import Confirm, KindPicker
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


async def test_it_says_how_to_set_the_name_that_is_missing(play, tmp_path):
    hint = "not set  W Set"
    async with play(waiting, size=(120, 36), keys=("w",)) as it:
        assert hint in it.painted()
        body = it.screen.draft.message.body
        assert "signature" not in body
        assert body.endswith("Kind regards,")
        assert "[your name]" not in body, "it stands on the screen alone"
        assert "[your name]" in it.painted()
    folder = tmp_path / "config" / "rounds" / "drafts"
    folder.mkdir(parents=True)
    (folder / "signature.txt").write_text("Kim", encoding="utf-8")
    async with play(waiting, size=(120, 36), keys=("w",)) as it:
        assert it.screen.draft.message.body.endswith("Kim")
        assert hint not in it.painted()


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
        await it.press("ctrl+k")
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
        left = await it.read(lambda g: [d.label for d in g.follow_ups_of(1) if d.action == "thank"])
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
        await it.press("escape", "ctrl+k", "2", "enter")
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

    async with play(some, keys=("w", "ctrl+k", "escape", "e")) as it:
        await it.paste(hostile)
        await it.press("escape")
        for y in range(24):
            await it.pilot.click(offset=(5, y))
        assert it.app.is_running
        assert "\x1b" not in it.painted()


SIZES = ((1, 1), (300, 100))
MORE_SIZES = ((8, 4), (60, 16), (120, 36))
"""In the long form."""


@pytest.mark.proof
async def test_no_size_breaks_it(play):
    async with play(waiting, keys=("w",)) as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(*size)
            await it.press("e", "escape", "ctrl+k", "escape", "G")
            assert isinstance(it.screen, DraftScreen), size


async def test_capital_d_throws_the_draft_away(play):
    async with play(waiting, keys=("w", "D")) as it:
        assert "This is the template;" in it.told
        await it.press("e")
        await it.type("Hello. ")
        await it.press("escape", "D")
        assert await drafts(it) == []
        assert "Hello." not in it.painted()
        await it.press("u")
        assert "Hello. Dear Hank," in it.painted()


async def test_an_emptied_message_is_the_template_again(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Hello. ")
        await it.press("escape", "e")
        it.screen.query_one("#subject").value = ""
        it.screen.query_one("#body").load_text("")
        await it.press("escape")
        assert await drafts(it) == []
        assert "Dear Hank," in it.painted()


async def test_what_cannot_be_stored_stays_on_the_page(play, monkeypatch):
    def full(*_, **__):
        raise StoreError("The disk is full. Nothing was changed.")

    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Precious. ")
        with monkeypatch.context() as broken:
            broken.setattr(Pipeline, "draft", full)
            await it.press("escape")
            assert "The disk is full." in it.painted()
            assert "Precious. Dear Hank," in it.painted()
            assert "Not saved" in it.painted()
            await it.press("escape")
            assert isinstance(it.screen, Confirm)
            await it.press("n")
            assert "Precious. Dear Hank," in it.painted()
        await it.press("escape")
        assert it.screen is it.app.board_screen
        assert "Precious." in (await drafts(it))[0]


async def test_what_could_not_be_stored_is_there_the_next_time(play, monkeypatch):
    def full(*_, **__):
        raise StoreError("The disk is full. Nothing was changed.")

    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Precious. ")
        with monkeypatch.context() as broken:
            broken.setattr(Pipeline, "draft", full)
            await it.press("escape", "escape", "y")
            assert it.screen is it.app.board_screen
        await it.press("w")
        assert "Restored what you typed last time." in it.told
        assert "Precious. Dear Hank," in it.painted()
        assert "Precious." in (await drafts(it))[0]


async def test_a_message_too_long_to_keep_says_so_and_stays(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.paste("x" * 25_000)
        await it.press("escape")
        assert "20,000 fit" in it.painted()
        assert "Not saved" in it.painted()


async def test_what_is_typed_survives_the_end_of_the_program(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Half a thought ")
        path = it.app.path
        it.app.exit()
        await it.pilot.pause()
    kept = list(path.parent.glob("board-unsaved/*.json"))
    assert len(kept) == 1
    assert "Half a thought Dear Hank" in kept[0].read_text()


async def test_what_was_typed_and_taken_back_again_does_not_come_back(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Half a thought ")
        it.screen.draft.put_aside()  # as after a pause
        folder = it.app.path.parent / "board-unsaved"
        assert folder.exists()
        await it.press(*["backspace"] * len("Half a thought "), "escape")
        assert not folder.exists()
        await it.press("escape", "w")
        assert "Restored" not in it.told
        assert await drafts(it) == []


async def states(it, card=1):
    return [e.state for e in (await it.read(lambda g: g.dossier(card))).follow_ups]


@pytest.fixture
def copied(monkeypatch):
    """What the system's clipboard got; its program is called “wl-copy”."""
    texts = []

    def fill(text):
        texts.append(text)
        return "wl-copy"

    monkeypatch.setattr(tui.outside, "fill_clipboard", fill)
    return texts


@pytest.fixture
def links(monkeypatch):
    """The links that were opened."""
    opened = []

    def open_link(link):
        opened.append(link)
        return True

    monkeypatch.setattr(tui.outside, "open_link", open_link)
    return opened


async def test_d_marks_it_sent_today_and_u_takes_everything_back(play):
    async with play(waiting, keys=("w", "e")) as it:
        await it.type("Hello. ")
        await it.press("escape", "d")
        assert it.screen is it.app.board_screen
        assert "Sent: follow up on your application. u undoes it." in it.told
        ((kind, day, text),) = await messages(it)
        assert (kind, day) == ("nudge", date(2026, 11, 23))
        assert "Hello. Dear Hank," in text
        assert await drafts(it) == []
        assert "done" in await states(it)
        await it.press("u")
        assert await messages(it) == []
        assert len(await drafts(it)) == 1
        assert "done" not in await states(it)


async def test_d_on_the_template_is_one_step_of_undo_too(play):
    async with play(waiting, keys=("w", "d", "u")) as it:
        assert await messages(it) == []
        assert "done" not in await states(it)


async def test_y_copies_the_text_and_says_by_which_way(play, copied):
    async with play(waiting, keys=("w", "y")) as it:
        await it.app.workers.wait_for_complete()
        assert copied[0].startswith("Dear Hank,")
        assert it.app.clipboard == copied[0]
        assert "copied with wl-copy" in it.told
        await it.press("Y")
        await it.app.workers.wait_for_complete()
        assert copied[1].startswith("To: Hank Scorpio <hank@globex.example>\nSubject: ")


async def test_y_without_a_program_says_what_to_install(play, monkeypatch):
    monkeypatch.setattr(tui.outside, "fill_clipboard", lambda _: "")
    async with play(waiting, keys=("w", "y")) as it:
        await it.app.workers.wait_for_complete()
        assert it.app.clipboard.startswith("Dear Hank,")
        assert "by way of the terminal" in it.told


async def test_o_hands_it_to_the_mail_program(play, links):
    async with play(waiting, keys=("w", "o")) as it:
        await it.app.workers.wait_for_complete()
        (link,) = links
        assert link.startswith("mailto:hank@globex.example?subject=")
        assert "Dear Hank,\r\n\r\n" in unquote(link)
        assert "Press d once it is sent" in it.told


async def test_a_text_too_long_for_a_link_is_copied_beside_it(play, links, copied):
    async with play(waiting, keys=("w", "e")) as it:
        await it.paste("All my reasons. " * 200)
        await it.press("escape", "o")
        await it.app.workers.wait_for_complete()
        (link,) = links
        assert link.startswith("mailto:hank@globex.example?subject=")
        assert "body=" not in link
        assert "All my reasons." in copied[0]
        assert "too long for a link" in it.told


async def test_without_a_mail_program_the_text_is_copied(play, monkeypatch, copied):
    monkeypatch.setattr(tui.outside, "open_link", lambda _: False)
    async with play(waiting, keys=("w", "o")) as it:
        await it.app.workers.wait_for_complete()
        assert copied[0].startswith("Dear Hank,")
        assert "No mail program could be opened. The text:" in it.told


async def test_an_address_that_is_none_is_told(play, links):
    def wrong(p, clock):
        waiting(p, clock)
        # As an older version let it be typed.
        with p.database.writing() as session:
            session.get(Contact, 1).email = "hank at globex"

    async with play(wrong, keys=("w", "o")) as it:
        assert links == []
        assert "is not a valid email address" in it.told


async def test_a_message_that_ends_the_application_says_what_is_left(play):
    async with play(waiting, keys=("w", "ctrl+k")) as it:
        await it.press("2", "enter", "d")
        assert "Press x to close the application as withdrawn." in it.told


async def test_a_follow_up_done_elsewhere_is_not_done_twice(play):
    async with play(waiting, keys=("w",)) as it:
        with it.another_window() as other:
            other.complete(1)
        await it.look()
        assert "Its follow-up is done already." in it.painted()
        await it.press("d")
        assert "was completed elsewhere" in it.told
        assert len(await messages(it)) == 1


async def test_w_asks_for_the_name_and_keeps_it_in_the_config_file(play, tmp_path):
    file = tmp_path / "config" / "rounds" / "config.toml"
    async with play(waiting, size=(120, 36), keys=("w", "W")) as it:
        await it.type("  Kim   Lee ")
        assert "Kind regards, Kim Lee" in it.painted()
        await it.press("enter")
        assert file.read_text(encoding="utf-8") == '[me]\nname = "Kim Lee"\n'
        assert it.screen.draft.message.body.endswith("Kim Lee")
        assert "[your name]" not in it.painted()
        assert "Your name is stored and stands below new messages." in it.told
        await it.press("W")
        assert it.screen.query_one("#line").value == "Kim Lee"
        await it.press("escape")


async def test_a_new_name_leaves_what_stands_below_it(play, tmp_path):
    folder = tmp_path / "config" / "rounds" / "drafts"
    folder.mkdir(parents=True)
    (folder / "signature.txt").write_text("Kim\n+41 44 000", encoding="utf-8")
    async with play(waiting, keys=("w", "W")) as it:
        assert it.screen.query_one("#line").value == "Kim"
        await it.press("ctrl+u")
        await it.type("Kim Lee")
        await it.press("enter")
        config = folder.with_name("config.toml")
        assert config.read_text() == '[me]\nname = "Kim Lee"\nsignature = "+41 44 000"\n'
        assert it.screen.draft.message.body.endswith("Kim Lee\n+41 44 000")


async def test_a_name_that_cannot_be_stored_says_why(play, tmp_path):
    config = tmp_path / "config" / "rounds"
    config.mkdir(parents=True)
    (config / "config.toml").mkdir()
    async with play(waiting, keys=("w", "W")) as it:
        await it.type("Kim")
        await it.press("enter")
        assert "config.toml” is not a file." in it.told
        assert isinstance(it.screen, DraftScreen)
