"""The side panel: what comes next and why, tips with ticks, and the card that is shown."""

import re
from contextlib import closing
from datetime import date, time, timedelta

import pytest

from store.advice.carry_over import preparation
from store.clock import FixedClock
from store.exchange.mail import read_piped
from store.pipeline.arriving.mail import Confirmed
from store.read.glance import open_glance
from store.read.history import read_card_chances
from store.rules.mail.message import MailKind
from store.rules.mail.times_named import OfferedTime
from store.rules.stages import Stage
from store.tables import Application
from tests.conftest import SAMPLE_MADE
from tests.tables import each_row
from tui.board.panel.lines import LINES, PanelText, _without_tail
from tui.board.panel.panel import share_of
from tui.board.panel.panel_text import panel_lines
from tui.styles.themes import OURS, inks_of

WIDE = (160, 45)
SMALL = (80, 24)
INKS = inks_of(OURS[0].to_color_system().generate())


def panel(it) -> str:
    """The words of the panel as they stand on the screen, as one line."""
    region = it.app.board_screen.panel.region
    lines = it.painted().splitlines()[region.y : region.bottom]
    return " ".join(" ".join(line[region.x :].strip("│╭╮╰╯─ ") for line in lines).split())


def two(p, clock):
    now = clock.moment
    clock.moment = now - timedelta(days=12)
    p.add("Acme", "Engineer", tags=("remote",), location="Zürich", salary="100k", note="A dog.")
    p.add("Bluth", "Designer", stage=Stage.FIRST)
    p.interview(2, now + timedelta(days=1), people="Ana", place="Room 4")


async def ticked(it, card=1):
    page = await it.read(lambda g: g.dossier(card))
    return {tip.id for tip in page.tips if tip.ticked}


async def test_it_tells_what_comes_next_and_why(play):
    async with play(two, size=(160, 70)) as it:
        due = it.app.board_screen.subject().follow_up
        words = panel(it)
        assert words.startswith("Acme")
        assert "Engineer" in words
        assert "Applied 12 d ago" in words
        assert "Zürich · 100k" in words
        assert "#remote" in words
        assert due.label in words
        assert due.reason in words
        assert "A dog." in words
        assert "Timeline" in words


async def test_it_follows_the_cursor(play):
    async with play(two, size=WIDE, keys=("l",)) as it:
        words = panel(it)
        assert words.startswith("Bluth")
        assert "■ Tue 24 Nov 10:00–11:00 in 24 h" in words
        assert "with Ana" in words
        assert "Room 4" in words


def proposed(p, clock):
    """They wrote: “Could you come on Tuesday 1 December at 2 pm?”; nobody answered."""
    p.add("Acme", "Engineer", contact_email="ana@acme.example")
    mail = b"From: ana@acme.example\nDate: Fri, 20 Nov 2026 09:00:00 +0100\n\nCome on 1 December.\n"
    p.receive_mail(read_piped(mail, clock.zone, clock.now()).messages)
    slot = OfferedTime(date(2026, 12, 1), time(14))
    p.confirm_mail([Confirmed(1, MailKind.INTERVIEW, 1, text="Come on 1 December.", slot=slot)])


async def test_a_time_that_nobody_answered_is_called_proposed(play):
    async with play(proposed, size=WIDE, keys=("2",)) as it:
        assert "proposed, waiting for your reply" in panel(it)
        await it.press("enter")
        assert "first interview, proposed" in it.painted().splitlines()[2]


async def test_a_moved_card_is_shown_in_the_same_frame(play):
    async with play(two, size=WIDE) as it:
        before = it.app.board_screen.panel.dossier
        it.hold()
        it.app.board_screen.action_move(1)
        shown = it.app.board_screen.panel
        assert shown.card.stage is Stage.FIRST
        assert shown.dossier is not None, "there is no gap to be filled later"
        assert [tip.id for tip in shown.dossier.tips] != [tip.id for tip in before.tips]
        assert any("First interview stage since today" in line.strip.text for line in shown._lines)
        foreseen = [(d.label, d.due_on, d.reason) for d in _open(shown.dossier)]
        it.app.desk.release()
        await it.settle()
        stored = await it.read(lambda g: g.dossier(1))
        assert foreseen == [(d.label, d.due_on, d.reason) for d in _open(stored)]
        assert it.app.board_screen.panel.dossier == stored


def _open(dossier):
    return [entry.due for entry in dossier.follow_ups if entry.state == "open"]


async def test_tab_and_space_tick_a_tip_and_u_takes_it_back(play):
    async with play(two, size=WIDE) as it:
        before, other = await ticked(it), await ticked(it, 2)
        total = panel(it).partition("Tips ")[2].split()[0]
        assert total == str(len(before))
        await it.press("tab")
        assert it.app.board_screen.where == "panel"
        assert "space Tick" in it.painted()
        while (tip := it.app.board_screen.panel.tip).automatic or not tip.tickable:
            await it.press("j")
        await it.press("space")
        assert await ticked(it) == before | {tip.id}
        assert f"Tips {len(before) + 1} of " in panel(it)
        assert await ticked(it, 2) == other, "ticks belong to one application"
        await it.press("space")
        assert await ticked(it) == before
        await it.press("space", "u")
        assert await ticked(it) == before
        assert f"Tips {len(before)} of " in panel(it)
        await it.press("tab")
        assert it.app.board_screen.where == "board"
        assert "space Tick" not in it.painted()


async def test_the_tips_begin_at_the_first_to_tick_which_is_marked(play):
    async with play(two, size=WIDE, keys=("tab",)) as it:
        tip = it.app.board_screen.panel.tip
        assert tip == next(t for t in it.app.board_screen.panel.tips if t.tickable and not t.ticked)
        [line] = [line for line in it.painted().splitlines() if "▌☐" in line]
        assert tip.text.split()[0] in line.partition("▌☐")[2]
        await it.press("tab")
        assert "▌☐" not in it.painted()


async def test_a_tick_is_there_after_reopening(play, tmp_path):
    async with play(two, size=WIDE, keys=("tab",)) as it:
        while (tip := it.app.board_screen.panel.tip).automatic or not tip.tickable:
            await it.press("j")
        await it.press("space", "q")
        await it.pilot.pause()
    with closing(open_glance(tmp_path / "board.db", it.app.clock)) as glance:
        assert tip.id in {t.id for t in glance.dossier(1).tips if t.ticked}


async def test_tips_that_tick_themselves_say_so(play):
    async with play(two, size=WIDE, keys=("tab",)) as it:
        tips = it.app.board_screen.panel.tips
        place = next((n for n, tip in enumerate(tips) if tip.automatic), None)
        assert place is not None
        change = await it.read(lambda g: g.change_id())
        await it.press(*["k"] * len(tips), *["j"] * place, "space")
        assert "ticked automatically when done" in it.told
        assert await it.read(lambda g: g.change_id()) == change


async def test_the_tip_under_the_cursor_tells_why_and_the_last_one_is_reached(play):
    async with play(two, size=(120, 20), keys=("tab",)) as it:
        tips = it.app.board_screen.panel.tips
        await it.press(*["down"] * (len(tips) + 2))
        assert it.app.board_screen.panel.tip == tips[-1]
        last = tips[-1].text.split()[-1]
        assert last in panel(it)
        await it.press("escape")
        assert it.app.board_screen.where == "board"
        assert it.here == "Acme"


async def test_a_click_ticks(play):
    async with play(two, size=WIDE) as it:
        shown = it.app.board_screen.panel
        tip = next(t for t in shown.tips if t.tickable and not t.automatic and not t.ticked)
        row = next(n for n, line in enumerate(shown._lines) if line.tip == tip.id)
        await it.pilot.click(shown, offset=(5, row + 1))
        await it.settle()
        assert tip.id in await ticked(it)


async def test_wide_screens_show_it_narrow_ones_when_asked(play):
    async with play(two, size=WIDE) as it:
        assert it.app.board_screen.panel.region.width == share_of(160) == 60
        await it.press("p")
        assert not it.app.board_screen.panel.display
        await it.press("p")
        assert it.app.board_screen.panel.display
    async with play(two) as it:
        assert not it.app.board_screen.panel.display
        await it.press("p")
        assert panel(it).startswith("Acme")
        await it.press("p")
        assert not it.app.board_screen.panel.display
        await it.press("tab")
        assert it.app.board_screen.where == "panel"
        assert panel(it).startswith("Acme")


def four(p, clock):
    for number, stage in enumerate(Stage):
        p.add(f"Company {number}", "Engineer", stage=stage)


async def test_the_selected_card_is_never_under_the_panel(play):
    async with play(four, size=(60, 16)) as it:
        for size in ((60, 16), (80, 24), (101, 30), (119, 30)):
            await it.pilot.resize_terminal(*size)
            await it.press("p")
            for key in "12344321":
                await it.press(key)
                assert it.app.board_screen.panel.display, size
                assert "◀" in it.painted(), f"in column {key} of {size}"
                assert panel(it).startswith(it.here), size
            await it.press("4", "p")
            assert "Applied" in it.painted(), f"{size}: all columns are where they were"
            assert "◀" in it.painted(), size


async def test_esc_puts_away_the_panel_that_tab_called_and_no_other(play):
    async with play(four, keys=("tab", "escape")) as it:
        assert it.app.board_screen.where == "board"
        assert not it.app.board_screen.panel.display
        await it.press("p", "tab", "escape")
        assert it.app.board_screen.where == "board"
        assert it.app.board_screen.panel.display
    async with play(four, size=WIDE, keys=("tab", "escape")) as it:
        assert it.app.board_screen.panel.display


async def test_a_screen_made_narrow_puts_the_panel_away_and_gives_the_keys_back(play):
    async with play(two, size=WIDE, keys=("tab",)) as it:
        await it.pilot.resize_terminal(80, 24)
        await it.settle()
        assert it.app.board_screen.where == "board"
        assert not it.app.board_screen.panel.display
        await it.pilot.resize_terminal(*WIDE)
        await it.settle()
        assert panel(it).startswith("Acme")


async def test_move_keys_in_the_panel_do_not_move_the_cursor_of_the_board(play):
    async with play(two, size=WIDE, keys=("tab",)) as it:
        await it.press("j", "k", "pagedown", "pageup")
        assert it.here == "Acme"


async def test_hostile_texts_are_only_texts(play, hostile):
    def fill(p, clock):
        card = p.add(
            f"{hostile} c", f"{hostile} r", tags=(f"{hostile} t"[:40],), note=hostile + "n"
        )
        p.interview(card.application_id, clock.moment, people=hostile + "p", place=hostile)

    async with play(fill, size=WIDE) as it:
        painted = it.painted()
        assert "\x1b" not in painted
        assert "\u202e" not in painted
        if hostile.isprintable():
            assert f"{hostile} r" in painted
        for y in range(1, 40):
            await it.pilot.click(offset=(125, y))
        assert it.app.is_running


async def test_it_fits(play):
    async with play(two, size=(60, 16), keys=("l",)) as it:
        for size in ((60, 16), (80, 24), (120, 30), (300, 100)):
            await it.pilot.resize_terminal(*size)
            await it.settle()
            if not it.app.board_screen.panel.display:
                await it.press("p")
            region = it.app.board_screen.panel.region
            assert region.right == size[0]
            assert all(len(line) <= size[0] for line in it.painted().splitlines()), size


def globex(p, clock):
    """A first interview that was held and debriefed, a second one tomorrow."""
    now = clock.moment
    clock.moment = now - timedelta(days=20)
    p.add("Globex", "Engineer", location="Zürich", tags=("python",))
    talk = p.interview(1, now - timedelta(days=14), people="Ana and Bo", stage=Stage.FIRST).made
    clock.moment = now - timedelta(days=14) + timedelta(hours=3)
    p.debrief(
        talk,
        next_step="a panel",
        points=[
            ("topic", "Billing off cron", False),
            ("concern", "Has she led people?", False),
            ("concern", "Little cloud", True),
        ],
    )
    for follow_up in p.database.glance().follow_ups_of(1):
        p.complete(follow_up.id)
    clock.moment = now - timedelta(days=5)
    p.move(1, Stage.SECOND)
    p.interview(
        1,
        now + timedelta(days=1, hours=5),
        people="Ana, Carla and Dee",
        place="Room 4",
        formats=("panel", "case"),
        zone="America/New_York",
    )
    first = next(x for x in p.database.glance().dossier(1).points if x.kind == "concern")
    p.edit_point(first.id, {"detail": "the rota"})
    p.point(1, "networking", "Asked Eva", answers_id=first.id)
    p.point(1, "news", "Buys Hammer", due_on=(now - timedelta(days=3)).date())
    p.rehearse(1, "Tell us about a failure, and what you changed afterwards.")
    p.edit_contact(1, {"common_ground": "both sail"})


async def test_before_a_second_interview_it_brings_the_first_one_forward(play):
    async with play(globex, size=(160, 70)) as it:
        words = panel(it)
        for part in (
            "■ Tue 24 Nov 15:00–16:00 in 29 h",
            "second interview · panel, case",
            "09:00–10:00 in America/New_York",
            "with Ana, Carla and Dee",
            "From last time v · 1/20 rehearsed",
            "concern Has she led people? 1 step · plan: the rota",
            "concern Little cloud nothing done yet, no plan",
            "went well Billing off cron",
            "met Ana (both sail) · Bo",
            "news 3 d Buys Hammer",
            "next step a panel",
            "after the interview",
        ):
            assert part in words, part
        assert "thank Carla" not in words, "what comes after it is only counted"


async def test_a_low_screen_has_room_for_follow_ups_last_time_and_tips(play):
    async with play(globex, size=SMALL, keys=("3", "p")) as it:
        words = panel(it)
        for part in ("Next", "prepare", "Tips", "From last time"):
            assert part in words, part
        following = words.partition(" Next ")[2].partition(" Tips ")[0]
        assert "…" not in following, "no action is cut: it has shorter words"
        assert words.partition("Tips")[2].count("☐") == 3


async def test_after_it_each_person_has_a_line_and_a_countdown(play):
    def held(p, clock):
        globex(p, clock)
        now = clock.moment = clock.moment + timedelta(days=5)
        meeting = p.database.glance().card(1).interview
        p.reschedule(meeting.id, now - timedelta(hours=25))

    for size, keys in ((SMALL, ("3", "p")), ((160, 70), ())):
        async with play(held, size=size, keys=keys) as it:
            words = panel(it)
            assert [name for name in ("Ana", "Carla", "Dee") if f"thank {name}" in words] == [
                "Ana",
                "Carla",
                "Dee",
            ]
            assert words.count("interview Sun 22 Nov") <= 3, "the reason is not said for each"
            assert "/20 rehearsed" not in words
            assert "Tips" in words
            if size != SMALL:
                assert "From last time" in words


async def test_an_interview_that_was_not_held_is_said_so(play):
    def missed(p, clock):
        p.add("Globex", "Engineer", applied_on=(clock.moment - timedelta(days=9)).date())
        talk = p.interview(1, clock.moment - timedelta(days=2), stage=Stage.FIRST)
        p.mark_held(talk.made, False)

    async with play(missed, size=WIDE, keys=("2",)) as it:
        assert "Sat 21 Nov 10:00–11:00: not held" in panel(it)


async def test_without_a_first_interview_it_says_where_to_prepare(play):
    def first(p, clock):
        p.add("Globex", "Engineer")
        p.interview(1, clock.moment + timedelta(days=3), stage=Stage.FIRST)

    async with play(first, size=WIDE, keys=("2",)) as it:
        assert "Preparation v · 0/" in panel(it)


async def test_what_became_late_by_the_clock_goes_on_top(play):
    def thanks(p, clock):
        now = clock.moment
        p.add("Globex", "Engineer", applied_on=(now - timedelta(days=9)).date())
        # The thank-you is due a day after its end: half an hour from now.
        clock.moment = now - timedelta(hours=25)
        p.interview(1, now - timedelta(hours=24, minutes=30), stage=Stage.FIRST, people="Ana")
        clock.moment = now
        p.remind(1, now.date(), "call Bo")

    async with play(thanks, size=WIDE, keys=("2",)) as it:
        assert "today call Bo" in panel(it)
        it.app.clock.moment += timedelta(hours=1)
        await it.look()
        await it.settle()
        words = panel(it)
        assert words.index("late thank Ana") < words.index("today call Bo")


async def test_a_card_without_anything_to_do_says_what_it_waits_for(play):
    def waiting(p, clock):
        card = p.add("Acme", "Engineer", no_contact=True).application_id
        with p.database.writing() as session:
            session.get(Application, card).waiting = "they asked not to be contacted"

    async with play(waiting, size=WIDE) as it:
        assert "Nothing to do: they asked not to be contacted." in panel(it)
        await it.press("enter")
        assert "Nothing to do: they asked not to be contacted." in " ".join(it.painted().split())


@pytest.mark.parametrize(
    ("days", "on_board", "on_page"),
    [
        (
            34,
            "Nothing: a reply brings it back; from Sat 19 Dec it may be closed as no",
            "Nothing to do: a reply brings it back; from",
        ),
        (
            83,
            "No reply for weeks; it may be over. Press x to close it.",
            "Nothing to do: no reply for weeks; it may be",
        ),
    ],
)
async def test_a_quiet_card_says_how_it_ends(play, days, on_board, on_page):
    def silent(p, clock):
        p.add("Acme", "Engineer", applied_on=clock.now().date() - timedelta(days=days))

    async with play(silent, size=WIDE) as it:
        assert on_board in panel(it)
        await it.press("enter")
        assert on_page in " ".join(it.painted().split())


async def test_dates_that_have_passed_are_facts_and_nothing_late(play):
    def passed(p, clock):
        clock.moment -= timedelta(days=9)
        card = p.add("Acme", "Engineer", stage=Stage.FIRST).application_id
        p.log_reply(card, decides_by=clock.moment.date() + timedelta(days=5), said="")
        offer = p.add("Bluth", "Engineer", stage=Stage.OFFER).application_id
        p.deadline(offer, clock.moment.date() + timedelta(days=5), None)

    async with play(passed, size=WIDE) as it:
        words = panel(it)
        assert "they decided by Thu 19 Nov" in words
        await it.press("4")
        words = panel(it)
        assert "your answer was due Thu 19 Nov" in words


def offered(p, clock):
    now = clock.moment
    clock.moment = now - timedelta(days=2)
    p.add("Bluth", "Engineer", stage=Stage.OFFER, applied_on=(now - timedelta(days=41)).date())
    p.deadline(1, (now + timedelta(days=4)).date(), (now + timedelta(days=4, hours=7)).time())
    clock.moment = now
    p.remind(1, (now + timedelta(days=9)).date(), "call Cy")
    p.remind(1, (now + timedelta(days=3)).date(), "call Bo")


async def test_a_deadline_stands_above_the_list_once(play):
    async with play(offered, size=(160, 70), keys=("4",)) as it:
        words = panel(it)
        assert "Offer stage for 2 d · applied 41 d ago" in words
        assert "◆ Fri 27 Nov 17:00 in 4 d ▰" in words
        assert words.partition("Timeline")[0].count("Fri 27 Nov 17:00") == 1
        following = words.partition(" Next")[2].partition("Tips")[0]
        assert "▰" not in following, "no bar stands between an action and its reason"


async def test_what_is_next_stands_by_date(play):
    async with play(offered, size=(160, 70), keys=("4",)) as it:
        words = panel(it)
        assert words.index("call Bo") < words.index("call Cy")


async def test_a_reason_does_not_repeat_the_moment_above_the_list(play):
    async with play(globex, size=(160, 70)) as it:
        words = panel(it).partition("Timeline")[0]
        assert words.count("Tue 24 Nov") == 1


async def test_the_counts_of_tips_agree(play):
    async with play(globex, size=(160, 40)) as it:
        tips = it.app.board_screen.panel.tips
        boxes = sum(tip.tickable for tip in tips)
        ticked = sum(tip.ticked for tip in tips)
        words = panel(it)
        assert f"Tips {ticked} of {boxes} ticked" in words
        assert boxes < len(tips)
        assert "tab: all tips" in words, "one number: that of the boxes"


@pytest.mark.parametrize("size", [(120, 36), (160, 45)])
async def test_nothing_is_cut_above_the_list_of_what_is_next(play, size):
    def long(p, clock):
        globex(p, clock)
        p.edit(1, {"location": "Berlin, two days on site", "source": "friend", "salary": "90–105k"})

    async with play(long, size=size, keys=("3",)) as it:
        assert "…" not in panel(it).partition(" Next ")[0]
        assert re.search(r"second( interview)? · panel, case", panel(it))


@pytest.mark.parametrize("width", [36, 38, 42, 58])
def test_no_text_is_wrapped_more_than_once(width, sample_board, tmp_path, monkeypatch):
    """On a screen of 120 columns the panel has 38 cells in its frame, on one of 160 it has 58."""
    lines: dict[str, int] = {}

    def counted(name):
        add = getattr(PanelText, name)

        def count(text, *said, **more):
            before = len(text.lines)
            add(text, *said, **more)
            lines[" ".join(str(part) for part in said)[:100]] = len(text.lines) - before

        monkeypatch.setattr(PanelText, name, count)

    for name in ("paragraph", "entry"):
        counted(name)
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    now = FixedClock(SAMPLE_MADE).now()
    with closing(open_glance(board, FixedClock(SAMPLE_MADE))) as glance:
        chances = read_card_chances(glance)
        for card in glance.cards():
            dossier = glance.dossier(card.id)
            said = chances[card.stage]
            known = {"chances": said, "carried": preparation(dossier, now)}
            shown = panel_lines(card, dossier, now, width, INKS, **known)
            words = [line.strip.text.strip("│ ") for line in shown]
            at = next(i for i, line in enumerate(words) if line.startswith("Chances"))
            assert words[at] == f"Chances  {said.partition(': ')[0]}"
            end = words.index("", at)
            assert end - at <= 1 + LINES, words[at:end]
            assert said.partition(": ")[2] == " · ".join(words[at + 1 : end]).replace("· ·", "·")
    assert len(lines) > 100
    assert {said for said, count in lines.items() if count > LINES} == set()


@each_row(
    ("words", "kept"),
    [
        ("Go deeper: two items; 1 noted, newest 4 days old", "Go deeper: two items; 1 noted"),
        ("Their date: on Fri, not before, and twice", "Their date: on Fri, not before"),
        ("Go deeper: two recent items; 1 noted", "Go deeper: two recent items"),
        ("What went well: the migration… and their questions…", "What went well: the migration…"),
        ("What went well: the migration…", "What went well"),
        ("Thank Ana within 24 hours, with a note", "Thank Ana within 24 hours"),
        ("Thank Ana and Bo", ""),
        ("Address theirs: “Led people, or not?”; say so", "Address theirs: “Led people, or not?”"),
        ("Address theirs: “Led people, or not?”", "Address theirs"),
    ],
)
def test_a_long_tip_ends_at_a_pause(words, kept):
    assert _without_tail(words) == kept


async def test_without_a_card_there_is_no_frame_of_an_empty_panel(play):
    async with play(size=WIDE) as it:
        assert "╭─" not in it.painted().splitlines()[2]
        for key in ("p", "tab"):
            await it.press(key)
            assert "No card here. Press a to add one." in it.told
        await it.press("a", *"Acme", "tab", *"Engineer", "enter")
        assert "╭ Acme" in it.painted(), "the keys pressed in vain did not put it away"
    async with play(two, size=WIDE, keys=("slash", *"zzz")) as it:
        assert "╭" not in it.painted().splitlines()[2], "nothing lies across a frame"


async def test_a_panel_that_is_scrolled_says_how_much_is_above(play):
    async with play(two, size=SMALL, keys=("p", "tab")) as it:
        y = it.app.board_screen.panel.region.y
        assert "↑" not in it.painted().splitlines()[y]
        await it.press("pagedown")
        head = it.painted().splitlines()[y]
        above = it.app.board_screen.panel._top
        assert above
        assert f" ↑ {above} ─╮" in head
        assert "╭ Acme " in head


async def test_no_heading_stands_alone_at_the_foot_and_free_lines_have_tips(play):
    for height in range(24, 50, 5):
        async with play(globex, size=(120, height + 12), keys=("3",)) as it:
            shown = it.app.board_screen.panel
            room = shown.size.height - 2
            seen = shown._lines[:room]
            if len(shown._lines) > room:
                strips = [line.strip.text for line in shown._lines if line.heading]
                last = [strip.text.strip("│ ") for strip in shown._drawing[1:-1]][-1]
                assert not any(last and last in strip for strip in strips), height
            tips = {line.tip for line in seen if line.tip}
            told = any("tab: all" in line.strip.text for line in seen)
            assert told is (len(tips) < len(shown.tips)), "all of them, or the way to all"
