"""Two windows on one board: what one writes the other shows, and neither takes the other's back."""

from contextlib import closing
from datetime import timedelta

from textual import events

from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from tests.stillness import until
from tui.app import WATCH_SECONDS
from tui.pages.dossier import DossierScreen


def two(p, _):
    p.add("Acme", "Engineer")
    p.add("Bluth", "Designer")


async def test_another_windows_changes_appear(play):
    async with play(two, keys=("j",)) as it:
        with it.another_window() as p:
            p.add("Globex", "Engineer", stage=Stage.OFFER)
            p.move(1, Stage.SECOND)
            p.edit(2, {"company": "Bluth Company"})
        assert it.lanes()[0] == ["Acme", "Bluth"], "not yet looked at"
        await it.look()
        assert it.lanes() == it.stored() == [["Bluth Company"], [], ["Acme"], ["Globex"]]
        assert it.here == "Bluth Company", "the cursor stays on its card"
        assert "Globex" in it.painted()
        assert it.told == ""


async def test_the_watch_runs_by_itself_and_finds_it(play, monkeypatch):
    monkeypatch.setattr("tui.app.WATCH_SECONDS", WATCH_SECONDS)
    async with play(two) as it:
        with it.another_window() as p:
            p.move(1, Stage.SECOND)
        await until(lambda: it.lanes()[2])
        assert it.lanes() == [["Bluth"], [], ["Acme"], []]


async def test_a_look_without_news_reads_nothing_again(play):
    async with play(two) as it:
        await it.look()
        board = it.app.board_screen.live.board
        for _ in range(3):
            await it.look()
        assert it.app.board_screen.live.board is board
        await it.press("L")
        board = it.app.board_screen.live.board
        await it.look()
        assert it.app.board_screen.live.board is board, "our own change is no news"


async def test_a_card_that_was_closed_elsewhere_leaves_and_the_cursor_keeps_its_place(play):
    async with play(two) as it:
        with it.another_window() as p:
            p.close(1, Outcome.REJECTED)
        await it.look()
        assert it.lanes() == it.stored() == [["Bluth"], [], [], []]
        assert it.here == "Bluth"


async def test_moving_a_card_that_is_gone_says_so_and_shows_what_is_there(play):
    async with play(two) as it:
        with it.another_window() as p:
            p.delete(1)
        await it.press("L")
        assert it.told
        assert it.lanes() == it.stored() == [["Bluth"], [], [], []]
        assert it.app.is_running


async def test_moving_a_card_that_was_moved_elsewhere_ends_where_the_key_said(play):
    async with play(two) as it:
        with it.another_window() as p:
            p.move(1, Stage.OFFER)
        await it.press("L")
        await it.look()
        assert it.lanes() == it.stored()


async def test_undo_never_takes_back_what_the_user_has_not_seen(play):
    async with play(two, keys=("L",)) as it:
        with it.another_window() as p:
            p.add("Globex", "Engineer")
        await it.press("u")
        assert "Another window has changed the board since" in it.told
        assert sorted(it.stored()[0]) == ["Bluth", "Globex"], "nothing was undone"
        assert it.lanes() == it.stored(), "and now it is seen"
        await it.press("u")
        assert it.lanes() == it.stored() == [["Bluth"], ["Acme"], [], []]


async def test_undo_after_a_change_between_two_of_our_own(play):
    """The row of our own changes ends where somebody else's begins."""
    async with play(two) as it:
        it.hold()
        it.app.board_screen.action_move(1)
        with it.another_window() as p:
            p.add("Globex", "Engineer")
        release, it.app.desk.release = it.app.desk.release, lambda: None
        it.app.post_message(events.Key("u", "u"))
        await it.pilot.pause()
        it.app.desk.release = release
        release()
        while it.app.desk.writes_waiting:
            await it.settle()
        await it.look()
        assert it.lanes() == it.stored()
        assert "Globex" in it.stored()[0], "somebody else's change is never taken back unseen"


async def test_changes_of_both_at_once_all_stay(play):
    async with play(two) as it:
        with it.another_window() as p:
            for number in range(5):
                it.app.post_message(events.Key("LLHLH"[number], "LLHLH"[number]))
                p.note(2, f"Thought {number}")
                await it.settle()
        await it.look()
        assert it.lanes() == it.stored() == [["Bluth"], ["Acme"], [], []]
        assert len((await it.read(lambda g: g.dossier(2))).notes) == 5


async def test_an_undo_elsewhere_is_shown_in_the_dossier_that_is_open(play):
    async with play(two, keys=("enter",)) as it:
        assert isinstance(it.screen, DossierScreen)
        with it.another_window() as p:
            p.note(1, "Written elsewhere.")
        await it.look()
        assert "Written elsewhere." in it.painted()
        with it.another_window() as p:
            p.undo()
        await it.look()
        assert "Written elsewhere." not in it.painted()


async def test_the_panel_shows_another_windows_note(play):
    async with play(two, size=(160, 45)) as it:
        with it.another_window() as p:
            p.note(1, "Written elsewhere.")
        await it.look()
        assert "Written elsewhere." in it.painted()


async def test_the_tally_counts_another_windows_reminders(play):
    async with play(two, size=(120, 30)) as it:
        head = it.painted().splitlines()[0]
        today = int(head.partition(" today")[0].split()[-1])
        with it.another_window() as p:
            p.remind(1, it.app.now().date(), "call Ana")
            p.remind(2, it.app.now().date() + timedelta(days=1), "call Bo")
        await it.look()
        assert f"{today + 1} today" in it.painted().splitlines()[0]


async def test_the_order_by_hand_of_another_window_is_taken_over(play):
    async with play(two) as it:
        with it.another_window() as p:
            p.reorder(Stage.APPLIED, [2, 1])
        await it.look()
        assert it.lanes()[0] == it.stored()[0] == ["Bluth", "Acme"]
        assert "by hand" in it.painted()


def put_in_place(app, make):
    """Write another file as programs that sync do: beside it, then renamed over it."""
    new = app.path.with_name("incoming")
    new.write_bytes(app.path.read_bytes())
    make(new)
    new.replace(app.path)


def on(path, clock):
    with closing(open_database(path, clock)) as database:
        p = Pipeline(database)
        p.add("Synced", "Engineer")
        p.move(1, Stage.SECOND)


async def test_a_file_that_was_replaced_is_said_and_shown(play):
    async with play(two, keys=("j",)) as it:
        put_in_place(it.app, lambda path: on(path, it.app.clock))
        await it.look()
        assert "was replaced while it was open" in it.told
        assert it.lanes() == it.stored() == [["Bluth", "Synced"], [], ["Acme"], []]
        assert it.here == "Bluth", "the cursor stays on its card"
        await it.press("L")
        assert it.lanes() == it.stored() == [["Synced"], ["Bluth"], ["Acme"], []]
        await it.press("u")
        assert it.lanes() == it.stored() == [["Bluth", "Synced"], [], ["Acme"], []]
        await it.look()
        assert it.told.count("was replaced") == 1


async def test_the_same_bytes_in_another_file_are_no_other_board(play):
    async with play(two) as it:
        await it.press("L")
        put_in_place(it.app, lambda _: None)
        await it.look()
        assert it.lanes() == it.stored() == [["Bluth"], ["Acme"], [], []]
        await it.press("u")
        assert it.lanes() == it.stored() == [["Acme", "Bluth"], [], [], []]


async def test_a_file_that_is_no_board_is_said_and_not_written_to(play):
    async with play(two) as it:
        before = it.app.path.read_bytes()
        put_in_place(it.app, lambda path: path.write_bytes(b"something else"))
        for _ in range(2):
            await it.look()
        assert it.told.count("is not a rounds board") == 1
        await it.press("L")
        assert "This change was not saved." in it.told
        assert it.app.path.read_bytes() == b"something else"
        put_in_place(it.app, lambda path: path.write_bytes(before))
        await it.look()
        await it.press("L")
        assert it.lanes() == it.stored() == [["Bluth"], ["Acme"], [], []]


async def test_a_file_that_is_gone_is_said_before_anything_is_written(play):
    async with play(two) as it:
        away = it.app.path.with_name("away")
        it.app.path.replace(away)
        for _ in range(2):
            await it.look()
        assert it.told.count("was deleted or moved while it was open.") == 1
        assert "change was not saved" not in it.told, "there was none"
        away.replace(it.app.path)
        await it.look()
        await it.press("L")
        assert it.lanes() == it.stored() == [["Bluth"], ["Acme"], [], []]
