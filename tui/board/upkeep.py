"""What is kept up to date once changes are stored: the calendar that the user chose.

Never before a change is safe, never on the way of a key: on a thread of its own, when nothing has
been changed for a moment, and when the board is left. What fails is told once and costs no change.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from store.clock import Clock
from store.errors import StoreError
from store.place import Place

IDLE_SECONDS = 1.0
"""Without a change, before the calendar is written (product): a row of keys makes one of it."""
LEAVING_SECONDS = 3.0
"""For which leaving the board waits for it; what is not written then is written at the next start
(product)."""
TOLD_SECONDS = 1.0
"""The same where a signal asked for the end, which leaves 1.8 s for all of it."""

Keep = Callable[[Place, Clock], object]


def _keep(board: Place, clock: Clock) -> object:
    from store.export.calendar_upkeep import keep_calendar

    return keep_calendar(board, clock)


class Upkeep:
    """Keeps the calendar of the board at `place` up to date, once `begin` was called.

    Args:
        warn: told of a failure, on the loop's thread; of the same one only once.
    """

    def __init__(
        self,
        place: Place,
        clock: Clock,
        *,
        loop: asyncio.AbstractEventLoop,
        warn: Callable[[str], None],
        keep: Keep = _keep,
    ) -> None:
        self._place = place
        self._clock = clock
        self._loop = loop
        self._warn = warn
        self._keep = keep
        self._begun = False
        self._wanted = False
        self._running: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._told = ""
        self._leaving = False
        self.untold = ""
        """What failed while the board was being left, where nobody sees a warning any more."""

    def begin(self) -> None:
        """There is a calendar to keep: look whether it is as the board is, when there is time."""
        self._begun = True
        self.note_stored()

    def note_stored(self) -> None:
        """The board was changed: write the calendar when nothing has changed for a moment."""
        if not self._begun:
            return
        self._wanted = True
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(IDLE_SECONDS, self._go)

    async def close(self, within: float | None = None) -> None:
        """Write what is still to be written, and wait for that for no longer than a moment:
        `LEAVING_SECONDS`, or those given."""
        self._leaving = True
        if self._timer is not None:
            self._timer.cancel()
        ends = self._loop.time() + (LEAVING_SECONDS if within is None else within)
        while self._wanted or self._running is not None:
            self._go()
            left = ends - self._loop.time()
            if left <= 0 or self._running is None:
                return
            await asyncio.wait([self._running], timeout=left)

    def _go(self) -> None:
        """Begin to write, unless that goes on already: then it is done again afterwards."""
        if self._running is not None or not self._wanted:
            return
        self._wanted = False
        self._running = self._loop.create_future()
        # A daemon: the end of the program waits for no disk that hangs. The file is whole anyway.
        threading.Thread(target=self._work, name="rounds-calendar", daemon=True).start()

    def _work(self) -> None:
        failure = ""
        try:
            self._keep(self._place, self._clock)
        except StoreError as error:
            failure = str(error)
        except Exception as error:  # whatever it is, no change was lost, and nobody has to leave
            failure = (
                f"The calendar is not up to date ({type(error).__name__}). Your changes are saved."
            )
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._end, failure)

    def _end(self, failure: str) -> None:
        running, self._running = self._running, None
        if failure and failure != self._told:
            if self._leaving:
                self.untold = failure
            else:
                self._warn(failure)
        self._told = failure
        if running is not None and not running.done():
            running.set_result(None)
        if self._wanted and self._timer is not None and self._timer.when() <= self._loop.time():
            self._go()
