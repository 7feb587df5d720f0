"""The filter: what is found while it is typed, how it ends, and what it keeps."""

from datetime import timedelta
from itertools import chain

import pytest

from store.rules.stages import Outcome, Stage
from tui.desk import Desk
from tui.pages.closed import ClosedScreen
from tui.widgets.line_fields import FilterLine


def varied(p, clock):
    acme = p.add("Acme", "Data Engineer", tags=("remote",)).application_id
    p.add(
        "Bluth",
        "Designer",
        location="Zürich",
        source="Careers page",
        contact_name="Bo",
        contact_email="bo@bluth.example",
    )
    globex = p.add("Globex", "Platform Engineer", stage=Stage.SECOND, tags=("big company",))
    people = {"title": "Head of QA", "email": "ana@globex.example"}
    p.contact(globex.application_id, "Ana Ruiz", **people)
    p.interview(globex.application_id, clock.moment - timedelta(hours=3), people="Ana Ruiz")
    p.debrief(
        1, remarks="They like whiteboard talks.", points=(("concern", "Little Terraform", False),)
    )
    p.note(acme, "They have a dog called Émile.")
    over = p.add("Initech", "Engineer", tags=("remote",)).application_id
    p.close(over, Outcome.REJECTED)


async def look_for(it, text, *keys):
    await it.press("slash")
    assert isinstance(it.app.focused, FilterLine)
    await it.type(text)
    await it.settle()
    await it.press(*keys)


async def test_fields_are_understood_and_the_last_line_helps(play):
    async with play(varied, size=(120, 30)) as it:
        await it.press("slash")
        for typed, bar, found in (
            ("st", "field: stage:", []),
            ("age:", "stage: applied, first, second, offer", ["Acme", "Bluth", "Globex"]),
            ("s", "stage: second", ["Globex"]),
            ("econd", "stage: second", ["Globex"]),
            (" tag:big -acme", "", ["Globex"]),
            (" applied<7d", "applied: after Mon 16 Nov", ["Globex"]),
            (" contact:bo", "", []),
        ):
            await it.type(typed)
            await it.settle()
            assert sorted(chain(*it.lanes())) == found, typed
            assert bar in it.painted().splitlines()[-1], typed
        await it.press("escape")
        assert "? Help" in it.painted().splitlines()[-1]


async def test_tab_completes_the_word_and_goes_through_the_ways(play):
    async with play(varied, size=(120, 30), keys=("/",)) as it:
        line = it.screen.query_one(FilterLine)
        for keys, value, bar in (
            (("s", "t", "tab"), "stage:", "stage: applied, first, second, offer"),
            (("s", "e", "tab"), "stage:second", "stage: second"),
            (("space", "t", "a", "tab"), "stage:second tag:", "tag: remote, big company"),
            (("tab",), "stage:second interview:", "interview: day of the next"),
            (("tab",), "stage:second ta", "field: tag:, interview:"),
            (("tab", "B", "tab"), 'stage:second tag:"big company"', "tag: big company"),
        ):
            await it.press(*keys)
            assert line.value == value
            assert bar in it.painted().splitlines()[-1]
        assert it.lanes() == [[], [], ["Globex"], []]
        await it.press("shift+tab", "shift+tab", "tab")
        assert isinstance(it.app.focused, FilterLine)
        await it.press("escape", "/", *"employer:acm", "tab", "enter")
        assert it.lanes() == [["Acme"], [], [], []]


async def test_in_one_write_tab_belongs_to_the_line(play):
    async with play(varied, size=(120, 30)) as it:
        it.send("slash", *"stage:s", "tab", "enter", "L")
        await it.settle()
        assert it.lanes()[3] == ["Globex"] or it.stored()[3] == ["Globex"]


async def test_what_is_noted_while_a_filter_stands_is_found(play):
    async with play(varied, size=(120, 30)) as it:
        await look_for(it, "rust", "escape", "n")
        await it.type("They use Rust.")
        await it.press("ctrl+s")
        await it.settle()
        here = it.here
        await look_for(it, "rust")
        assert [*chain(*it.lanes())] == [here]


async def test_what_cannot_be_read_is_said_left_out_and_not_taken(play):
    async with play(varied, size=(120, 30)) as it:
        await look_for(it, "stag:second acme", "enter")
        said = it.painted().splitlines()[-1]
        assert "There is no field “stag”. Did you mean “stage”?" in said
        assert it.lanes() == [["Acme"], [], [], []]
        assert isinstance(it.app.focused, FilterLine)
        await it.press(*["backspace"] * len("stag:second acme"))
        await it.type("stage:second")
        await it.press("enter")
        assert it.lanes() == [[], [], ["Globex"], []]
        assert "? Help" in it.painted().splitlines()[-1]


SEARCHES = (
    ("acme", ["Acme"]),
    ("ENGINEER", ["Acme", "Globex"]),
    ("remote", ["Acme"]),
    ("big", ["Globex"]),
    ("émile", ["Acme"]),
    ("#remote", ["Acme"]),
    ("#rem engineer", ["Acme"]),
    ("#company", ["Globex"]),
    ("#acme", []),
    ("careers", ["Bluth"]),
    ("ana ruiz", ["Globex"]),
    ("ana@globex", ["Globex"]),
    ("head of qa", ["Globex"]),
    ("terraform", ["Globex"]),
    ("whiteboard", ["Globex"]),
    ("bo@bluth", ["Bluth"]),
    ("zürich", ["Bluth"]),
    ("plat eng", ["Globex"]),
    ("engineer dog", ["Acme"]),
    ("   ", ["Acme", "Bluth", "Globex"]),
    ("nobody", []),
    ("[/]", []),
)


async def test_company_role_place_source_tag_people_note_and_debrief(play):
    async with play(varied) as it:
        for text, found in SEARCHES:
            await look_for(it, text)
            assert sorted(chain(*it.lanes())) == found, text
            if found:
                await it.press("enter")
                assert it.here in (*found, None)
            else:
                assert f"Nothing matches “{text}” · Esc clears the filter" in it.painted()
            await it.press("escape")
            assert len([*chain(*it.lanes())]) == 3


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (160, 45)]
)
async def test_that_nothing_matches_is_said_once_over_the_whole_board(play, size):
    async with play(varied, size=size, keys=("/", *"zzz")) as it:
        [line] = [line for line in it.painted().splitlines() if "Nothing matches" in line]
        assert "Nothing matches “zzz” · Esc clears the filter" in line
        await it.press(*"z" * 40)
        assert "… ” · Esc clears the filter" in it.painted().replace("…”", "… ”")
        await it.press("escape")
        assert "Nothing matches" not in it.painted()
        await it.press("/", *"acme")
        assert "Nothing matches" not in it.painted()


async def test_the_first_line_counts_also_the_closed_ones(play):
    async with play(varied, size=(120, 30)) as it:
        await look_for(it, "remote")
        head = it.painted().splitlines()[0]
        assert "/remote  1 of 3 · 1 closed: c" in head
        assert "Applied  1/2" in it.painted()
        await it.press("enter", "c")
        assert isinstance(it.screen, ClosedScreen)


async def test_esc_ends_it_and_gives_the_keys_back(play):
    async with play(varied) as it:
        await look_for(it, "globex", "escape")
        assert it.lanes() == it.stored()
        assert it.app.focused is None
        await it.press("slash")
        assert it.screen.query_one(FilterLine).value == ""
        await it.press("escape", "j")
        assert it.app.board_screen.cursor.place == 1 or it.here == "Globex"


async def test_enter_keeps_it_and_esc_ends_it_later(play):
    async with play(varied) as it:
        await look_for(it, "engineer", "enter")
        assert it.app.focused is None
        assert it.lanes() == [["Acme"], [], ["Globex"], []]
        await it.press("3", "L")
        assert it.lanes() == [["Acme"], [], [], ["Globex"]], "moving goes on in what is found"
        await it.press("escape")
        assert it.lanes() == it.stored()
        assert it.here == "Globex", "the cursor stays on its card"


async def test_with_a_filter_in_force_it_begins_anew_and_up_brings_the_old_one(play):
    async with play(varied, size=(120, 30)) as it:
        await look_for(it, "engineer", "enter", "slash")
        line = it.screen.query_one(FilterLine)
        assert line.value == ""
        assert it.lanes() == it.stored(), "nothing is looked for yet"
        assert "↑ engineer" in it.painted().splitlines()[-2]
        await it.press("up")
        assert line.value == "engineer"
        assert it.lanes() == [["Acme"], [], ["Globex"], []]
        await it.type(" acme")
        await it.settle()
        assert it.lanes() == [["Acme"], [], [], []], "it can be changed"
        await it.press("escape", "slash", "up")
        assert line.value == "engineer acme", "also one that Esc has ended"
        await it.press("ctrl+u")
        await it.type("bluth")
        await it.press("enter", "slash", "enter")
        assert it.lanes() == it.stored(), "an empty one is none"


async def test_up_in_an_empty_line_without_one_before_moves_the_cursor(play):
    async with play(varied) as it:
        await it.press("j")
        assert it.app.board_screen.cursor.place == 1
        await it.press("slash", "up")
        assert it.app.board_screen.cursor.place == 0


async def test_letters_that_are_commands_are_typed(play):
    async with play(varied) as it:
        change = await it.read(lambda g: g.change_id())
        await look_for(it, "aqxDuLHmtc?123/")
        assert it.screen is it.app.board_screen
        assert it.screen.query_one(FilterLine).value == "aqxDuLHmtc?123/"
        assert it.app.is_running
        await it.press("escape")
        assert await it.read(lambda g: g.change_id()) == change
        assert it.lanes() == it.stored()


async def test_arrows_move_the_cursor_while_it_is_typed(play):
    async with play(varied) as it:
        await look_for(it, "e")
        first = it.here
        await it.press("down")
        assert isinstance(it.app.focused, FilterLine)
        assert it.here != first
        await it.press("up")
        assert it.here == first


async def test_a_click_on_a_card_keeps_it(play):
    async with play(varied) as it:
        await look_for(it, "engineer")
        lane = it.app.board_screen.lane_widgets[Stage.SECOND]
        await it.pilot.click(lane, offset=(4, 2))
        assert it.here == "Globex"
        assert it.app.focused is None
        assert it.lanes() == [["Acme"], [], ["Globex"], []]


async def test_reordering_waits_until_all_cards_are_seen(play):
    async with play(varied) as it:
        await look_for(it, "acme", "enter", "J")
        assert "The filter hides some cards" in it.told
        assert not (await it.read(lambda g: g.board())).by_hand


async def test_an_added_card_that_does_not_match_ends_the_filter(play):
    async with play(varied) as it:
        await look_for(it, "globex", "enter", "a")
        await it.type("Jotun")
        await it.press("enter")
        await it.type("Smith")
        await it.press("enter")
        assert it.here == "Jotun"
        assert it.lanes() == it.stored()


async def test_from_an_empty_lane_the_cursor_goes_to_the_first_match(play):
    async with play(varied) as it:
        await it.press("4")
        assert it.here is None
        await look_for(it, "globex", "enter")
        assert it.here == "Globex"
        await it.press("escape")
        assert it.here == "Globex"


async def test_a_note_written_meanwhile_is_found(play):
    async with play(varied) as it:
        await it.press("n")
        await it.type("zebra")
        await it.press("ctrl+s")
        noted = it.here
        await look_for(it, "zebra")
        assert [*chain(*it.lanes())] == [noted]


@pytest.mark.parametrize(
    "size", [pytest.param((80, 24), marks=pytest.mark.long), (60, 16), (160, 45)]
)
async def test_the_line_and_the_key_bar_stand_below_the_board(play, size):
    async with play(varied, size=size) as it:
        await look_for(it, "engineer")
        *_, line, bar = it.painted().splitlines()
        assert "engineer" in line
        assert "enter keep · esc clear" in bar
        await it.press("escape")
        assert "engineer" not in it.painted().splitlines()[-2]


async def test_esc_goes_back_to_the_card_before_the_search_and_enter_keeps_the_one_found(play):
    async with play(varied, keys=("1", "j")) as it:
        assert it.here == "Bluth"
        await look_for(it, "globex", "escape")
        assert it.here == "Bluth"
        await look_for(it, "globex", "enter")
        assert it.here == "Globex"
        await it.press("escape")
        assert it.here == "Globex"
        assert len(it.lanes()[0]) == 2, "all cards are shown again"


async def test_what_writing_needs_is_loaded_when_the_search_is_over(play, monkeypatch):
    loaded = []
    monkeypatch.setattr(Desk, "warm_up", lambda _: loaded.append(1))
    async with play(varied) as it:
        await look_for(it, "engineer", "down")
        assert not loaded, "letters would wait for what is being loaded"
        await it.press("enter")
        await it.press("j")
        assert loaded


async def test_where_nothing_matches_the_box_stays_while_the_query_grows(play):
    async with play(varied, size=(120, 30), keys=("/", *"zz")) as it:
        box = it.app.board_screen.welcome.region
        assert box
        for letter in "zzzzzzzzzzzzzzzzzzzz":
            await it.press(letter)
            assert it.app.board_screen.welcome.region == box
            assert "Nothing matches “zz" in it.painted()
            assert "╭ " not in it.painted(), "no panel without a card"
        await it.press("escape")
        assert not it.app.board_screen.welcome.display
