"""A screen that opens stands at once where it stays: nothing jumps before the eyes."""

from datetime import date, timedelta

import pytest

from tests.tui.conftest import NOW
from tui.app import RoundsApp
from tui.dialogs.application import ApplicationForm
from tui.dialogs.debrief import DebriefForm
from tui.pages.dossier import DossierScreen
from tui.pages.help import HelpScreen

BOXES = {
    ApplicationForm: ("a", "#dialog, .columns, .column, LineInput, NoteArea"),
    DebriefForm: ("b", "#dialog, #columns, .column, .signs"),
    DossierScreen: ("enter", "#columns, .column"),
    HelpScreen: ("question_mark", "#help, #columns, .column"),
}


def held(p, _):
    p.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    p.interview(1, NOW - timedelta(hours=3), people="Ana Ruiz")


BAR = 1
"""A scroll bar that turns out to be wanted takes a column."""


@pytest.mark.usefixtures("painted_at_once")
@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=str)
@pytest.mark.parametrize("kind", BOXES)
async def test_no_box_stands_elsewhere_later(play, monkeypatch, kind, size):
    key, boxes = BOXES[kind]
    pictures: list[list[int]] = []
    display = RoundsApp._display

    def watched(app, screen, picture):
        if isinstance(screen, kind):
            pictures.append([box.region.x for box in screen.query(boxes) if box.region])
        display(app, screen, picture)

    async with play(held, size=size) as it:
        await it.press("2")
        monkeypatch.setattr(RoundsApp, "_display", watched)
        await it.press(key)
        assert isinstance(it.screen, kind)
    laid_out = [picture for picture in pictures if picture]
    assert laid_out
    for picture in laid_out:
        assert picture == pytest.approx(laid_out[-1], abs=BAR)
