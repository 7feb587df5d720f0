"""The page of backups: what going back would change, done after a question, undone with u."""

from datetime import timedelta

from store.file.backup import copies
from store.file.location import backup_dir
from store.rules.stages import Stage
from tui.pages.settings.backups import BackupsScreen
from tui.widgets.rows import Rows


class Begin:
    """Two cards, copied two days ago; since then one went, one came, one moved; copied an hour ago.

    No function: what those put on a board is remembered, without the copies that lie beside it.
    """

    def __call__(self, p, clock):
        clock.moment -= timedelta(days=2)
        p.add("Globex", "Engineer")
        p.add("Hooli", "Designer")
        p.database.backup()
        clock.moment += timedelta(days=2, hours=-1)
        p.add("Initech", "Tester")
        p.move(1, Stage.SECOND)
        p.delete(2)
        p.database.backup()


begin = Begin()


def words(it):
    return " ".join(it.painted().replace("│", " ").split())


async def test_the_copies_with_day_size_and_cards_the_newest_first(play):
    async with play(begin, keys=("ctrl+g",)) as it:
        assert isinstance(it.screen, BackupsScreen)
        shown = words(it)
        assert "Backups 2" in shown
        assert "today" in shown
        assert "2 days ago" in shown
        rows = it.screen.query_one(Rows).rows
        assert [row.cells[3].text for row in rows] == ["2", "2"]
        assert [row.cells[2].text.endswith(" KB") for row in rows] == [True, True]
        await it.settle()
        assert "Nothing would change: the board is as in this copy." in words(it)


async def test_what_would_change_stands_below_the_list(play):
    async with play(begin, keys=("ctrl+g", "j")) as it:
        await it.settle()
        shown = words(it)
        assert "Will return Hooli, Designer" in shown
        assert "Will go Initech, Tester" in shown
        assert "Will change back Globex, Engineer" in shown
        before = await it.read(lambda g: g.change_id())
        await it.press("escape")
        assert await it.read(lambda g: g.change_id()) == before


async def test_enter_goes_back_after_a_question_and_u_brings_all_back(play):
    async with play(begin, keys=("ctrl+g", "j")) as it:
        await it.settle()
        await it.press("enter")
        await it.settle()
        shown = words(it)
        assert "Restore the backup of" in shown
        assert "1 application will return; 1" in shown
        await it.press("y")
        await it.settle()
        assert isinstance(it.screen, BackupsScreen)
        assert "u undoes it." in it.told
        assert len(copies(it.app.path)) == 3
        assert "Backups 3" in words(it)
        await it.press("escape")
        await it.settle()
        assert sorted(it.lanes()[0]) == sorted(it.stored()[0]) == ["Globex", "Hooli"]
        await it.press("u")
        await it.settle()
        assert it.lanes()[0] == it.stored()[0] == ["Initech"]
        assert it.lanes()[2] == ["Globex"]


async def test_no_is_the_answer_that_has_the_cursor(play):
    async with play(begin, keys=("ctrl+g", "j")) as it:
        await it.settle()
        before = await it.read(lambda g: g.change_id())
        await it.press("enter")
        await it.settle()
        await it.press("enter")
        await it.settle()
        assert await it.read(lambda g: g.change_id()) == before
        assert isinstance(it.screen, BackupsScreen)


async def test_the_board_goes_on_with_what_was_restored(play):
    async with play(begin, keys=("ctrl+g", "j")) as it:
        await it.settle()
        await it.press("enter")
        await it.settle()
        await it.press("y")
        await it.settle()
        await it.press("escape")
        await it.settle()
        await it.press("g", "L")
        await it.settle()
        assert it.lanes() == it.stored()
        assert len(it.lanes()[1]) == 1


async def test_a_copy_is_made_with_a_key(play):
    async with play(keys=("ctrl+g",)) as it:
        assert "No backups yet." in words(it)
        await it.press("enter")
        assert "No backups yet. Press a to add one." in it.told
        await it.press("a")
        await it.settle()
        assert "Backups 1" in words(it)
        assert "Backed up as board-" in it.told


async def test_a_copy_that_cannot_be_read(play):
    def broken(p, clock):
        begin(p, clock)
        copies(p.database.path)[-1].write_bytes(b"no board at all")

    async with play(broken, keys=("ctrl+g",)) as it:
        await it.settle()
        assert "This copy cannot be read" in words(it)
        await it.press("enter")
        await it.settle()
        assert isinstance(it.screen, BackupsScreen)
        assert "not a rounds board" in it.told


async def test_nothing_to_change_is_told_and_nothing_is_asked(play):
    async with play(begin, keys=("ctrl+g",)) as it:
        await it.settle()
        await it.press("enter")
        await it.settle()
        assert "as in this copy already" in it.told
        assert isinstance(it.screen, BackupsScreen)


async def test_no_room_for_the_copy_made_before(play, monkeypatch):
    async with play(begin, keys=("ctrl+g", "j")) as it:
        await it.settle()
        await it.press("enter")
        await it.settle()
        monkeypatch.setattr("store.file.backup._put", _full)
        await it.press("y")
        await it.settle()
        assert "No safety copy" in it.told
        assert backup_dir(it.app.path).exists()
        assert await it.read(lambda g: len(g.cards())) == 2


def _full(*_):
    raise OSError(28, "No space left on device")


async def test_it_is_found_in_the_palette(play):
    async with play(begin) as it:
        await it.press("ctrl+p")
        await it.settle()
        await it.type("backups")
        await it.press("enter")
        await it.settle()
        assert isinstance(it.screen, BackupsScreen)
