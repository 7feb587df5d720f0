"""Asking on a screen of its own, and waiting for the answer."""

import asyncio
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.screens.leaving import LeftOnce


class Asking(App[int]):
    """An application whose dialogs are opened only for screens that still hear the answer."""

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """Ask on `screen` and wait for the answer; to be called from a worker.

        The worker ends here when the screen that it belongs to has been left: nobody would hear
        the answer. Textual first does what the application was about to do itself, the removal
        of screens among it. A worker that waits for its own screen to go is cancelled with it,
        the removal too, and the whole application takes that for its own end.
        """
        asker = get_current_worker().node
        if isinstance(asker, LeftOnce) and asker.is_left:
            raise asyncio.CancelledError
        return await asyncio.shield(self.push_screen(screen, wait_for_dismiss=True, mode=mode))
