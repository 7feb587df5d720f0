"""What somebody else changed is told on the open board, with who did it; u takes it back."""

from store.read.changes import MadeByOther
from store.rules.stages import Stage
from tests.tables import each_row
from tui.wording import tell_others

ASSISTANT = "assistant deskmate"


def two(p, _):
    p.add("Acme", "Engineer")
    p.add("Bluth", "Designer")


def made(number, verb="note", by=ASSISTANT, summary="noted", company="Acme"):
    return MadeByOther(number, by, verb, summary, company, "Engineer" if company else "")


@each_row(
    ("changes", "told"),
    [
        ([], []),
        ([made(1, "add")], ["Assistant deskmate added Acme, Engineer. u undoes it."]),
        ([made(1)], ["Assistant deskmate added a note to Acme, Engineer. u undoes it."]),
        (
            [made(1, "reply")],
            ["Assistant deskmate recorded a reply from Acme, Engineer. u undoes it."],
        ),
        (
            [made(1, "interview")],
            ["Assistant deskmate added an interview with Acme, Engineer. u undoes it."],
        ),
        ([made(1, "draft")], ["Assistant deskmate wrote a draft for Acme, Engineer. u undoes it."]),
        (
            [made(1, "move", summary="moved to second")],
            ["Assistant deskmate changed Acme, Engineer: moved to second. u undoes it."],
        ),
        (
            [made(1, "search", summary="search saved", company="")],
            ["Assistant deskmate changed the board: search saved. u undoes it."],
        ),
        (
            [made(1), made(2, "add", company="{whose}")],
            [
                "Assistant deskmate made 2 changes. The last: added {whose}, Engineer. "
                "u undoes that one."
            ],
        ),
        (
            [made(1), made(2, by="assistant [/b]")],
            [
                "Assistant deskmate added a note to Acme, Engineer. u undoes it.",
                "Assistant [/b] added a note to Acme, Engineer. u undoes it.",
            ],
        ),
    ],
)
def test_it_is_told_in_a_sentence(changes, told):
    assert list(tell_others(changes)) == told


async def test_the_open_board_tells_what_an_assistant_did_and_u_takes_it_back(play):
    async with play(two) as it:
        await it.look()
        with it.another_window() as p:
            p.move(2, Stage.FIRST)
            p.database.made_by = ASSISTANT
            p.add("Globex", "Cook")
        await it.look()
        assert it.told == "Assistant deskmate added Globex, Cook. u undoes it."
        assert it.lanes() == it.stored() == [["Acme", "Globex"], ["Bluth"], [], []]
        await it.look()
        assert it.told.count("Globex") == 1, "told once"
        await it.press("u")
        assert it.lanes() == it.stored() == [["Acme"], ["Bluth"], [], []]


async def test_what_was_done_before_the_board_was_opened_is_no_news(play):
    def noted(p, _):
        p.add("Acme", "Engineer")
        p.database.made_by = ASSISTANT
        p.note(1, "They use Rust.")

    async with play(noted, size=(160, 45)) as it:
        await it.look()
        assert it.told == ""
        assert f"noted ({ASSISTANT})" in it.painted(), "the timeline tells who it was"


async def test_it_is_told_on_every_page(play):
    async with play(two, keys=("t",)) as it:
        with it.another_window() as p:
            p.database.made_by = ASSISTANT
            p.note(1, "They use Rust.")
        await it.look()
        assert it.told == "Assistant deskmate added a note to Acme, Engineer. u undoes it."
        assert it.screen is not it.app.board_screen
