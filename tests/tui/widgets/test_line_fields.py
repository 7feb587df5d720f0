"""Fields to type in, where there is hardly any room for them."""

import pytest
from textual.app import App, ComposeResult

from tui.widgets.line_fields import NoteArea


class OneNote(App[None]):
    """A text of many lines with an example, and nothing else."""

    def compose(self) -> ComposeResult:
        yield NoteArea(placeholder="a friend of Ana")


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5, 6, 7])
async def test_an_example_needs_no_room(width: int) -> None:
    async with OneNote().run_test(size=(width, 4)) as pilot:
        pilot.app.query_one(NoteArea).focus()
        await pilot.pause()
        assert pilot.app.is_running
