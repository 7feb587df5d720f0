"""Nothing that was typed into a message gets lost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store.errors import StoreError
from store.pipeline import Pipeline
from tui.dialogs.pickers import Confirm

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))


def waiting(p, clock):
    """Applied so long ago that an inquiry is due, to a named person."""
    clock.moment = NOW - timedelta(days=20)
    p.add("Globex", "Engineer", contact_name="Hank Scorpio", contact_email="hank@globex.example")


async def drafts(it, card=1):
    return [d.text for d in (await it.read(lambda g: g.dossier(card))).drafts]


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
