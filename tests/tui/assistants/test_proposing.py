"""What an assistant may change: one step each, in its name, and the user takes it back."""

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from tests.conftest import SAMPLE_MADE
from tests.tables import each_row
from tui.assistants.proposing import signature

PROPOSALS = [
    ("add_application", {"company": "Globex", "role": "Cook", "tags": ["remote"], "note": "x"},
     "Globex, Cook: added."),
    ("add_note", {"application": 10, "text": "They use Rust."}, "noted."),
    ("record_reply", {"application": 10, "on": "today", "decides_by": "3 dec", "text": "Soon."},
     "they replied: decision by Thu 3 Dec."),
    ("add_interview", {"application": 10, "when": "tue 10:00 45m with Ana"}, "interview Tue"),
    ("write_draft", {"follow_up": "", "text": "Subject: Thanks\n\nThank you, Ana."},
     "draft: thank you."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "arguments", "done"), PROPOSALS, ids=[tool for tool, *_ in PROPOSALS]
)
async def test_each_is_one_step_in_its_name_which_undo_takes_back(meet, tool, arguments, done):
    async with meet(name="Deskmate") as it:
        if "follow_up" in arguments:
            due = (await it.ask("list_due", days=7))["due"]
            number = next(one["number"] for one in due if one["action"] == "thank")
            arguments = {**arguments, "follow_up": number}
        before, newest = it.board(), it.rows("SELECT max(id) FROM change")[0][0]
        answer = await it.ask(tool, **arguments)
        assert done in answer["done"]
        assert answer["application"]["company"]
        made = it.rows(f"SELECT id, made_by FROM change WHERE id > {newest}")
        assert made == [(answer["change"], "assistant Deskmate")]
        assert it.board() != before
        database = open_database(it.path, FixedClock(SAMPLE_MADE))
        Pipeline(database).undo()
        database.close()
        assert it.board() == before


async def test_with_read_only_nothing_can_be_proposed(meet):
    async with meet(read_only=True) as it:
        tools = (await it.client.list_tools()).tools
        assert all(one.annotations.read_only_hint for one in tools)
        before = it.path.read_bytes()
        assert "Unknown tool" in await it.refused("add_note", application=1, text="x")
        assert it.path.read_bytes() == before


async def test_what_proposes_says_so_and_destroys_nothing(meet):
    async with meet() as it:
        tools = {one.name: one for one in (await it.client.list_tools()).tools}
        for name, *_ in PROPOSALS:
            hints = tools[name].annotations
            assert (hints.read_only_hint, hints.destructive_hint) == (False, False)
            assert tools[name].description
            assert "context" not in tools[name].input_schema["properties"]


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("add_note", {"application": 999, "text": "x"}, "There is no application 999."),
        ("add_note", {"application": 1, "text": "  "}, "Note is empty."),
        ("add_application", {"company": "", "role": "x"}, "Company is empty."),
        ("add_application", {"company": "x", "role": "x", "applied_on": "+2d"}, "future"),
        ("add_application", {"company": "x", "role": "x", "applied_on": "soonish"}, "soonish"),
        ("record_reply", {"application": 10, "decides_by": "whenever"}, "whenever"),
        ("add_interview", {"application": 10, "when": "tue"}, "add a time"),
        ("write_draft", {"follow_up": "f999", "text": "x"}, "There is no open follow-up f999."),
    ],
)
async def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    meet, tool, arguments, sentence
):
    async with meet() as it:
        before = it.board()
        assert sentence in await it.refused(tool, **arguments)
        assert it.board() == before


async def test_a_draft_of_the_user_is_not_replaced_without_a_word(meet):
    async with meet() as it:
        due = (await it.ask("list_due", days=7))["due"]
        number = next(one["number"] for one in due if one["action"] == "thank")
        await it.ask("write_draft", follow_up=number, text="Subject: One\n\nFirst.")
        said = await it.refused("write_draft", follow_up=number, text="Second.")
        assert said.startswith(f"A draft for {number} is kept already.")
        kept = (await it.ask("read_message", follow_up=number))["message"]
        assert (kept["text"], kept["kept"]) == ("Subject: One\n\nFirst.", True)
        await it.ask("write_draft", follow_up=number, text="Second.", replace=True)
        kept = (await it.ask("read_message", follow_up=number))["message"]
        assert kept["text"] == "Subject: One\n\nSecond.", "the subject stays"


async def test_the_same_link_is_not_added_twice(meet):
    async with meet() as it:
        link = {"company": "Globex", "role": "Cook", "url": "https://globex.example/7"}
        await it.ask("add_application", **link)
        assert "globex" in (await it.refused("add_application", **link)).lower()


async def test_the_first_application_makes_the_board(meet):
    async with meet(None) as it:
        assert "There is no board yet." in await it.refused("add_note", application=1, text="x")
        assert not it.path.exists()
        await it.ask("add_application", company="Globex", role="Cook")
        assert it.rows("SELECT company FROM application") == [("Globex",)]


@each_row(
    ("name", "told"),
    [
        ("deskmate-ai", "assistant deskmate-ai"),
        ("  two \n lines ", "assistant two lines"),
        ("\x1b]52;c;eA==\x07", "assistant ]52;c;eA=="),
        ("", "assistant"),
        ("\x00\x1b", "assistant"),
        ("x" * 200, f"assistant {'x' * 59}…"),
    ],
)
def test_the_name_that_it_gives_itself_is_one_short_harmless_line(name, told):
    assert signature(name) == told
