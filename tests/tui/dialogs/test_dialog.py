"""What all dialogs share: nothing of the page below that is cut or dead, and keys in one look."""

import pytest

from tests.tables import each_row
from tui.dialogs.dialog import Box
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import one_a_line


def some(p, _):
    for number in range(9):
        p.add(f"Company {number}", "Engineer")


@pytest.mark.parametrize("key", ["a", "i", "x", "n", "D", "question_mark"])
async def test_where_only_scraps_of_the_page_were_seen_none_are(play, key):
    async with play(some, keys=("1", key), size=(80, 24)) as it:
        lines = it.painted().splitlines()
        inside = [line for line in lines if line.strip()]
        assert inside[0].strip().startswith("╭─")
        assert inside[-1].strip().endswith("─╯")
        assert all(line.strip()[0] in "╭│╰" for line in inside), "nothing stands beside the box"


@pytest.mark.parametrize("key", ["i", "x", "D"])
async def test_beside_a_small_box_the_board_stays_in_sight_but_not_its_keys(play, key):
    async with play(some, keys=("1", key), size=(160, 45)) as it:
        lines = it.painted().splitlines()
        assert "rounds" in lines[0]
        assert not any("a Add" in line for line in lines)


async def test_one_that_opens_while_the_program_ends_stays_empty(show, monkeypatch):
    async def compose_nothing(_):
        pass

    monkeypatch.setattr(Box, "_compose", compose_nothing)
    async with show(LineEntry("Day", "fri, +3d", lambda text: (text, text))) as stage:
        assert stage.app.is_running


@pytest.mark.parametrize("key", ["a", "question_mark"])
async def test_a_large_box_covers_all_of_it(play, key):
    async with play(some, keys=("1", key), size=(120, 36)) as it:
        assert "late ·" not in it.painted()
        assert "a Add  i Interview" not in it.painted()


async def test_the_keys_at_the_foot_look_as_on_the_bar(play):
    async with play(some, keys=("1", "D")) as it:
        painted = it.painted()
        assert "n  Keep" in painted
        assert "y  Delete" in painted
        assert "enter Choose  esc Cancel" in painted


@each_row(
    ("each", "lines"),
    [
        ([], [""]),
        (
            [("Bluth", "no response"), ("Weyland", "rejected")],
            ["Bluth    no response", "Weyland  rejected"],
        ),
        ([("株式会社", "reply"), ("Ada", "offer")], ["株式会社  reply", "Ada       offer"]),
        (
            [(f"Co {n}", "reply") for n in range(14)],
            [*(f"Co {n:<4}reply" for n in range(12)), "and 2 more"],
        ),
    ],
)
def test_each_has_its_own_line(each, lines):
    assert one_a_line(each).split("\n") == lines
