"""Short signs on cards: what was looked for, what was moved, what was stored."""

import pytest

from store.errors import StoreError
from store.pipeline import Pipeline
from store.rules.stages import Stage
from store.rules.urgency import Level
from tui.board.lane import CardForm, Look, Pose, draw
from tui.themes import OURS, inks_of


def two(p, _):
    p.add("Acme", "Engineer")
    p.add("Globex", "Engineering Manager", tags=("remote",))


def underlined(it, stage=Stage.APPLIED) -> list[str]:
    strips = it.app.board_screen.lane_widgets[stage]._drawing
    return [s.text for strip in strips for s in strip if s.style and s.style.underline]


async def test_what_was_looked_for_is_underlined_on_the_cards(play):
    async with play(two, keys=("/", *"engine", "enter")) as it:
        assert underlined(it) == ["Engine", "Engine"]
        await it.press("/", "ctrl+u", *"remo glo", "enter")
        assert underlined(it) == ["Glo", "remo"]
        await it.press("escape")
        assert underlined(it) == []


async def test_a_moved_card_has_a_sign_until_the_next_key(play):
    async with play(two) as it:
        await it.press("L")
        company = it.here
        assert f"{company}" in it.painted()
        assert "→ ◀" in it.painted()
        await it.press("j")
        assert "→ ◀" not in it.painted()


async def test_a_stored_change_has_a_sign_until_the_next_key(play):
    async with play(two) as it:
        await it.press("n", *"a note", "ctrl+s")
        assert "✓ ◀" in it.painted()
        await it.press("right", "left")
        assert "✓" not in it.painted()


async def test_one_that_was_refused_has_no_sign(play):
    async with play(two) as it:
        await it.press("H")
        assert "→ ◀" not in it.painted()
        assert "✓ ◀" not in it.painted()


async def test_one_that_could_not_be_stored_has_none_either(play, monkeypatch):
    def fails(*_, **__):
        raise StoreError("The disk is full.")

    async with play(two) as it:
        monkeypatch.setattr(Pipeline, "move", fails)
        await it.press("L")
        assert "The disk is full." in it.told
        assert "→ ◀" not in it.painted()


INKS = inks_of(OURS[0].to_color_system().generate())


@pytest.mark.parametrize("form", CardForm)
@pytest.mark.parametrize("hits", [("a",), ("ß",), ("straße",), ("strasse",), ("漢",), (" ",)])
def test_marks_change_no_letter_and_no_width(form, hits):
    look = Look("Straße AG 漢字", "Aa", Level.TODAY, "a", "today", "", "a #a")
    plain = draw(look, Pose.CURSOR, 24, INKS, INKS.frame, form, "✓")
    marked = draw(look, Pose.CURSOR, 24, INKS, INKS.frame, form, "✓", hits)
    assert [strip.text for strip in marked] == [strip.text for strip in plain]
    assert {strip.cell_length for strip in marked} == {26}
