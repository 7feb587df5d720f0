"""The palette: commands, cards, themes."""

import pytest
from textual.command import CommandPalette, Hit
from textual.content import Content
from textual.style import Style
from textual.widgets import OptionList

from store.errors import StoreError
from store.file.backup import copies
from tests.stillness import until
from tui.commands import BY_NAME, commands_for
from tui.dialogs.note import NoteForm
from tui.pages.dossier import DossierScreen
from tui.pages.help import HelpScreen
from tui.pages.today import TodayScreen
from tui.palette import CARDS_AT_MOST, CommandProvider, literal


def some(p, _):
    p.add("Globex", "Staff Engineer")
    p.add("Initech", "Backend Engineer")
    p.add("Hooli", "SRE")


async def provider(it) -> CommandProvider:
    made = CommandProvider(it.screen, Style(bold=True))
    await made.startup()
    return made


async def hits(it, query: str) -> list[Hit]:
    made = await provider(it)
    return [hit async for hit in made.search(query)]


async def choose(it, typed: str) -> None:
    await it.press("ctrl+p")
    assert isinstance(it.screen, CommandPalette)
    await it.type(typed)
    await it.screen.workers.wait_for_complete()
    await until(lambda: it.screen.query_one(OptionList).option_count)
    await it.press("enter")
    if isinstance(it.screen, CommandPalette):
        await it.press("enter")
    await it.settle()


@pytest.mark.parametrize(
    ("keys", "where"),
    [((), "board"), (("t",), "today"), (("enter",), "dossier"), (("c",), "closed")],
)
async def test_every_command_of_the_screen_is_offered_with_its_key(play, keys, where):
    async with play(some, keys=keys) as it:
        made = await provider(it)
        offered = [hit async for hit in made.discover()]
        named = [c for c in BY_NAME if not c.where or where in c.where]
        expected = [c for c in (*commands_for(where), *named) if c.id != "palette"]
        assert [hit.text for hit in offered] == [c.label for c in expected]
        for hit, command in zip(offered, expected, strict=True):
            assert command.tooltip in str(hit.help)


async def test_a_card_is_found_without_its_accents_and_they_are_marked(play):
    async with play(lambda p, _: p.add("Café Dvořák", "O’Brien’s SRE")) as it:
        for typed in ("dvorak", "cafe o'brien", "Dvořák"):
            (hit,) = [hit for hit in await hits(it, typed) if "Dvořák" in str(hit.text)]
            shown = hit.match_display
            assert isinstance(shown, Content)
            marked = sorted(shown.plain[span.start : span.end] for span in shown.spans)
            assert len(marked) == len(typed.replace(" ", "")), typed


async def test_commands_are_run_where_the_user_is(play):
    async with play(some) as it:
        await choose(it, "note")
        assert isinstance(it.screen, NoteForm)
        await it.press("escape")
        await choose(it, "what is")
        await it.press("escape")
        await choose(it, "Due")
        assert isinstance(it.screen, TodayScreen)
        await choose(it, "Help")
        assert isinstance(it.screen, HelpScreen)


async def test_cards_are_found_by_company_and_role(play):
    async with play(some) as it:
        for query in ("hoo", "sre", "HOOLI sre", "go to hooli"):
            found = [hit.text for hit in await hits(it, query)]
            assert "Go to Hooli — SRE" in found, query
            assert not [text for text in found if "Globex" in text or "Initech" in text], query


async def test_a_card_that_begins_so_comes_before_one_that_only_holds_it(play):
    def two(p, _):
        p.add("Big Globe", "Pilot")
        p.add("Globex", "Engineer")
        p.add("Intaglobe", "Engineer")

    async with play(two) as it:
        scores = {hit.text: hit.score for hit in await hits(it, "globe")}
        assert scores["Go to Globex — Engineer"] > scores["Go to Intaglobe — Engineer"]


async def test_go_to_leads_to_the_card_from_anywhere(play):
    async with play(some, keys=("enter",)) as it:
        assert isinstance(it.screen, DossierScreen)
        await choose(it, "initech")
        assert it.screen is it.app.board_screen
        assert it.screen.subject().company == "Initech"


async def test_themes_can_be_worn(play):
    async with play(some) as it:
        await choose(it, "theme rounds-light")
        assert it.app.theme == "rounds-light"


async def test_a_board_of_many_offers_some(play):
    async with play(lambda p, _: [p.add("Globex", f"Engineer {n}") for n in range(70)]) as it:
        found = [hit for hit in await hits(it, "globex") if hit.text.startswith("Go to")]
        assert len(found) == CARDS_AT_MOST


async def test_hostile_names_are_shown_as_they_are(play, hostile):
    async with play(lambda p, _: p.add(f"{hostile} globex", "x" * 200)) as it:
        (hit,) = [hit for hit in await hits(it, "globex") if hit.text.startswith("Go to")]
        assert isinstance(hit.match_display, Content)
        assert len(hit.match_display.plain) <= 80
        if hostile.isprintable():
            assert hit.match_display.plain.startswith(f"Go to {hostile} globex — x"[:79])
        await it.press("ctrl+p")
        await it.type("globex")
        await until(lambda: it.screen.query_one(OptionList).option_count >= 1)
        assert it.app.is_running


def test_offsets_outside_the_title_are_ignored():
    content = literal("a b", [0, 1, 2, 9], Style(bold=True))
    assert content.plain == "a b"
    assert [(span.start, span.end) for span in content.spans] == [(0, 1), (2, 3)]


async def test_page_keys_where_there_is_no_room_for_the_list(play):
    async with play(size=(80, 24), keys=("ctrl+p",)) as it:
        await it.pilot.resize_terminal(1, 1)
        await it.press("pagedown", "pageup", "ctrl+end", "down")
        assert it.app.crash is None
        await it.pilot.resize_terminal(80, 24)
        await it.press("pagedown", "escape")
        assert it.screen is it.app.board_screen


@pytest.mark.parametrize("keys", [(), ("t",)])
async def test_a_backup_is_made_by_name_and_its_place_is_told(play, keys):
    async with play(some, keys=keys) as it:
        await choose(it, "back up the")
        (made,) = copies(it.app.path)
        assert it.told == f"Backed up to {made}"


async def test_a_backup_that_cannot_be_made_is_told(play, monkeypatch):
    def refuse(*_: object) -> None:
        raise StoreError("The disk is full. Your board is safe.")

    monkeypatch.setattr("store.file.database.safety_copy", refuse)
    async with play(some) as it:
        await choose(it, "back up the")
        assert it.told == "The disk is full. Your board is safe."
