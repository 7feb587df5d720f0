"""What all dialogs share: nothing of the page below that is cut or dead, and keys in one look."""

from tests.tables import each_row
from tui.dialogs.dialog import Box
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import one_a_line


def some(p, _):
    for number in range(9):
        p.add(f"Company {number}", "Engineer")


async def test_where_only_scraps_of_the_page_were_seen_none_are(play):
    async with play(some, size=(80, 24)) as it:
        for key in ("a", "i", "x", "n", "D", "question_mark"):
            await it.press("1", key)
            lines = it.painted().splitlines()
            inside = [line.strip() for line in lines if line.strip()]
            assert inside[0].startswith("╭─"), key
            assert inside[-1].endswith("─╯"), key
            assert all(line[0] in "╭│╰" for line in inside), f"{key}: beside the box is nothing"
            await it.leave()


async def test_beside_a_small_box_the_board_stays_in_sight_but_not_its_keys(play):
    async with play(some, size=(160, 45)) as it:
        for key in ("i", "x", "D"):
            await it.press("1", key)
            lines = it.painted().splitlines()
            assert "rounds" in lines[0], key
            assert not any("a Add" in line for line in lines), key
            await it.leave()


async def test_one_that_opens_while_the_program_ends_stays_empty(show, monkeypatch):
    async def compose_nothing(_):
        pass

    monkeypatch.setattr(Box, "_compose", compose_nothing)
    async with show(LineEntry("Day", "fri, +3d", lambda text: (text, text))) as stage:
        assert stage.app.is_running


async def test_a_large_box_covers_all_of_it(play):
    async with play(some, size=(120, 36)) as it:
        for key in ("a", "question_mark"):
            await it.press("1", key)
            assert "late ·" not in it.painted(), key
            assert "a Add  i Interview" not in it.painted(), key
            await it.leave()


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
