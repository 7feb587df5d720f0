"""The copy of the day of a board that stays open, made while its user rests."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Protocol

from store.clock import Clock
from store.errors import StoreError

COPY_AFTER = 2.0
"""Seconds after a change in which nothing more is stored before the copy of the day is made
(product): whoever is typing does not wait for it."""
TRIED_AGAIN_AFTER = 600.0
"""Seconds after which a copy that could not be made is tried again with the next change
(product)."""


class Loop(Protocol):
    """What calls back later: the event loop of the screen."""

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: object) -> object:
        """Call it in the loop, asked from any thread."""

    def call_later(self, delay: float, callback: Callable[..., object]) -> object:
        """Call it after `delay` seconds."""


class DailyCopies:
    """Makes the copy of the day of a board that is open: once, after its first change, on a thread
    of its own and while nothing else is to be stored.

    Args:
        path: the board file.
        clock: whose days count.
        loop: where the time until then runs.
        busy: whether something is being stored just now.
        failed: told of a copy that could not be made, once a day.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        loop: Loop,
        busy: Callable[[], bool],
        failed: Callable[[str], None],
    ) -> None:
        self._path, self._clock, self._loop = path, clock, loop
        self._busy, self._failed = busy, failed
        self._wanted = False
        """Whether a copy is to be made and has not begun."""
        self._made_on: date | None = None
        self._told_on: date | None = None
        self._tried_at = -TRIED_AGAIN_AFTER

    def note_change(self) -> None:
        """Something was stored; to be called from any thread."""
        if self._wanted or self._made_on == self._clock.now().date():
            return
        if monotonic() - self._tried_at >= TRIED_AGAIN_AFTER:
            self._wanted = True
            self._loop.call_soon_threadsafe(self._wait)

    def _wait(self) -> None:
        self._loop.call_later(COPY_AFTER, self.look)

    def look(self) -> None:
        """Begin, if nothing is to be stored; else wait again."""
        if self._wanted and self._busy():
            self._wait()
        elif self._wanted:
            threading.Thread(target=self._make, name="rounds-copy").start()

    def finish(self) -> None:
        """The board is left: make a copy that has not begun now."""
        if self._wanted:
            self._make()

    def _make(self) -> None:
        # Not needed before the first picture.
        from store.file.backup import copy_of_the_day

        self._wanted = False
        today = self._clock.now().date()
        try:
            copy_of_the_day(self._path, self._clock)
            self._made_on = today
        except StoreError as failed:
            self._tried_at = monotonic()
            if self._told_on != today:
                self._told_on = today
                with suppress(RuntimeError):  # it has ended
                    self._loop.call_soon_threadsafe(self._failed, str(failed))
