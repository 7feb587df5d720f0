"""A message leaves: copied, handed to the mail program, marked as sent."""

from datetime import date, datetime, timedelta
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

import tui.outside
from store.tables import Contact

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))


def waiting(p, clock):
    """Applied so long ago that an inquiry is due, to a named person."""
    clock.moment = NOW - timedelta(days=20)
    p.add("Globex", "Engineer", contact_name="Hank Scorpio", contact_email="hank@globex.example")


async def messages(it, card=1):
    page = await it.read(lambda g: g.dossier(card))
    return [(m.kind, m.sent_on, m.text) for m in page.messages if m.direction == "out"]


async def drafts(it, card=1):
    return [d.text for d in (await it.read(lambda g: g.dossier(card))).drafts]


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
        assert "No mail program found." in it.told


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
    async with play(waiting, keys=("w", "K")) as it:
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
