"""The only way from the screen to the database: one thread that takes one job after the other.

What is submitted first is done first, so that a read sees every write asked for before it, and
two writes never overlap. The screen never waits: it awaits the future when it wants the answer.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from store import errors
from store.clock import Clock
from store.errors import StoreError
from store.file.opening import check_beside, identity
from store.model.board import Written
from store.read.glance import PLANNED_BY, Glance, open_glance

if TYPE_CHECKING:
    from store.file.database import Database
    from store.pipeline import Pipeline
    from store.rules.followups.numbers import Rules
    from store.settings import UserSettings


_ONE_AT_A_TIME = threading.Lock()
_WRITING = {"store.file.database", "store.pipeline", "tui.board.changes"}
"""The modules that writing needs; they load all others."""


def load_pipeline() -> None:
    """Load the modules that write, unless they are there.

    One thread at a time: SQLAlchemy's modules import each other, and of two threads that begin
    with different ones each finds some half loaded. Without looking for garbage meanwhile, of
    which there is none: a fifth less time. What is there now stays to the end; left out of later
    collections it holds up no key.
    """
    with _ONE_AT_A_TIME:
        if sys.modules.keys() >= _WRITING:
            return
        gc.disable()
        try:
            import store.file.database
            import store.pipeline  # noqa: F401
            import tui.board.changes  # noqa: F401
        finally:
            gc.freeze()
            gc.enable()


T = TypeVar("T")

HELD_AT_MOST = 0.1
"""Seconds that jobs wait for a picture: one that another screen covers is never painted."""

_CHECK_HOLDS = 5.0
"""Seconds for which the file counts as sound, once it has been found so."""


class Heeded(NamedTuple):
    """What came of looking at the settings: what is wrong with them, if anything is.

    `changed` are the applications that were planned anew since the settings are others.
    """

    trouble: str = ""
    changed: tuple[int, ...] = ()


class Desk:
    """Takes reads and writes for one board file, in the order in which they come.

    The modules that write (SQLModel and all that it loads) are imported on a thread of their own,
    by `warm_up` or by the first write, never on the screen's.

    Args:
        path: the board file; made when it does not exist yet.
        clock: the clock that everything asked of the store goes by.
        loop: the loop on which the answers arrive.
        glance: the file, when it is open for reading already; the desk takes it over.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        loop: asyncio.AbstractEventLoop,
        glance: Glance | None = None,
    ) -> None:
        self.path = path
        self.clock = clock
        self.writes_waiting = 0
        """Writes that were submitted and have not ended yet."""
        self.failed = 0
        """Writes that could not be stored."""
        self._loop = loop
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rounds-desk")
        self._glance = glance
        self._begun = glance is not None
        self._shown = identity(path) if glance is not None else None
        """The file that is on the screen: another one in its place is not written to."""
        self._warm = False
        self._sound: Callable[[], bool] | None = None
        self._checked_at = 0.0
        self._held = False
        self._closed = False
        self._jobs: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._database: Database | None = None
        self._chosen: UserSettings | None = None
        self._caught_up = False
        self._written: set[int] = set()

    def read(self, ask: Callable[[Glance], T]) -> asyncio.Future[T]:
        """The answer of `ask`, called with a Glance on the desk's thread.

        Awaiting raises what `ask` raised: NotFound, StoreError.
        """
        return self._submit(lambda: self._answer(ask))

    def write(self, act: Callable[[Pipeline], T]) -> asyncio.Future[T]:
        """The result of `act`, called with a Pipeline on the desk's thread.

        Awaiting raises what `act` raised: Refused, NotFound, Conflict, StoreError.
        """
        future = self._submit(lambda: self._carry_out(act))
        self.writes_waiting += 1
        future.add_done_callback(self._one_less)
        return future

    def heed_settings(self) -> asyncio.Future[Heeded]:
        """Plan by the user's settings what was planned by others before.

        The writing modules are loaded only if there is something to plan anew. What cannot be
        written now is planned with the first write that can be.
        """
        return self._submit(self._heed_settings)

    def rules(self, preset: str) -> Rules:
        """The rules by which an application with `preset` is followed up: the user's, once they
        have been read. A preset that is gone counts as none."""
        from store.rules.followups.presets import presets, rules_for

        preset = preset if preset in presets() else ""
        chosen = self._chosen
        return chosen.settings.rules(preset) if chosen else rules_for(card_preset=preset)

    def look(self, ask: Callable[[Glance], T]) -> asyncio.Future[tuple[bool, T | None]]:
        """The answer of `ask`, as `read` gives it; (True, None) when another file has taken the
        place of the one that is shown, written there by a program that syncs, say.

        From then on that file counts. Awaiting raises StoreError, too, when there is none any more
        or it could not be read as a board: it is not written to then.
        """
        return self._submit(lambda: (True, None) if self._adopt() else (False, self._answer(ask)))

    def _adopt(self) -> bool:
        there = identity(self.path)
        if self._shown is None or there == self._shown:
            return False
        if there is None:
            raise errors.board_error(errors.GONE, self.path)
        self._let_go()
        glance = open_glance(self.path, self.clock)
        if glance is None:
            raise errors.board_error(errors.GONE, self.path)
        self._glance, self._shown = glance, there
        self._written.clear()
        self._caught_up = False
        return True

    def followed(self, change_id: int) -> int:
        """The last of the changes right after `change_id` that were written here.

        What was written here the user has caused, whether or not the screen has heard of it yet;
        a change of somebody else ends the row. To be called on the desk's thread.
        """
        while change_id + 1 in self._written:
            change_id += 1
        return change_id

    def warm_up(self) -> None:
        """Load what writing needs, beside the reads; only the first call does anything.

        To be called when the user begins to do things: a board that is only looked at neither
        waits for it (0.4 s) nor holds it in memory (25 MB).
        """
        if not self._warm:
            self._warm = True
            self._checked_at, self._sound = monotonic(), check_beside(self.path)
            threading.Thread(target=load_pipeline, name="rounds-warm-up", daemon=True).start()

    def hold(self) -> None:
        """Let jobs wait, in their order, until `release`: a picture is about to be painted.

        Python runs one thread at a time, so a job would take turns with the painting; a moved
        card stood on the screen after 17 ms instead of 8.
        """
        self._held = True
        self._loop.call_later(HELD_AT_MOST, lambda: self.release())

    def release(self) -> None:
        """Begin the jobs that were held."""
        self._held = False
        jobs, self._jobs = self._jobs, []
        for job, answer in jobs:
            _hand_on(self._loop.run_in_executor(self._thread, job), answer)

    async def close(self) -> None:
        """Wait for everything submitted, then let go of the file.

        What is asked for later is cancelled: a screen that ends may still be asking.
        """
        self.release()
        self._closed = True
        await self._loop.run_in_executor(self._thread, self._let_go)
        self._thread.shutdown(wait=True)

    def _submit(self, job: Callable[[], T]) -> asyncio.Future[T]:
        if not self._held and not self._closed:
            return self._loop.run_in_executor(self._thread, job)
        answer: asyncio.Future[T] = self._loop.create_future()
        if self._closed:
            answer.cancel()
            return answer
        self._jobs.append((job, answer))
        return answer

    def _answer(self, ask: Callable[[Glance], T]) -> T:
        if self._glance is None:
            self._glance = self._open_glance()
        try:
            return ask(self._glance)
        except StoreError:
            self._drop_glance()
            raise

    def _carry_out(self, act: Callable[[Pipeline], T]) -> T:
        try:
            result = act(self._pipeline())
        except StoreError:
            self.failed += 1
            raise
        if isinstance(result, Written):
            self._written.add(result.change_id)
        return result

    def _pipeline(self) -> Pipeline:
        """The use cases by the user's rules, with everything planned by them."""
        load_pipeline()
        from store.pipeline import Pipeline

        if self._chosen is None:
            self._chosen = _read_settings()
        pipeline = Pipeline(self._opened(), self._chosen.settings.rules)
        if not self._caught_up:
            self._catch_up(pipeline, self._chosen.fingerprint)
        return pipeline

    def _heed_settings(self) -> Heeded:
        self._chosen = _read_settings()
        changed: tuple[int, ...] = ()
        fingerprint = self._chosen.fingerprint
        with suppress(StoreError):
            self._caught_up = self._answer(lambda g: g.setting(PLANNED_BY)) == fingerprint
            if not self._caught_up:
                load_pipeline()
                from store.pipeline import Pipeline

                pipeline = Pipeline(self._opened(), self._chosen.settings.rules)
                changed = self._catch_up(pipeline, fingerprint)
        return Heeded(self._chosen.trouble, changed)

    def _catch_up(self, pipeline: Pipeline, fingerprint: str) -> tuple[int, ...]:
        """Plan anew; the change in which that is kept is one of our own."""
        before = self._answer(lambda glance: glance.change_id())
        changed = pipeline.catch_up(fingerprint)
        if self._answer(lambda glance: glance.change_id()) == before + 1:
            self._written.add(before + 1)
        self._caught_up = True
        return changed

    def _opened(self) -> Database:
        """The file, open for writing. One that was there before and is gone is not made anew."""
        load_pipeline()
        from store.file.database import open_database

        if self._database is None:
            if self._shown not in (None, identity(self.path)):
                raise errors.board_error(errors.MOVED, self.path)
            create = not self._begun
            sound = self._sound if monotonic() - self._checked_at < _CHECK_HOLDS else None
            self._database = open_database(self.path, self.clock, create=create, sound=sound)
            self._begun = True
            self._shown = identity(self.path)
        return self._database

    def _open_glance(self) -> Glance:
        """A new file or an older one goes through the database, which makes or migrates it."""
        try:
            glance = open_glance(self.path, self.clock)
        except errors.NeedsMigration:
            if self._begun:
                raise
            glance = None
        if glance is None and not self._begun:
            self._opened()
            glance = open_glance(self.path, self.clock)
        if glance is None:
            raise errors.board_error(errors.GONE, self.path)
        self._begun = True
        self._shown = self._shown or identity(self.path)
        return glance

    def _drop_glance(self) -> None:
        """The next read opens the file anew: it may have been replaced, or be whole again."""
        glance, self._glance = self._glance, None
        if glance is not None:
            glance.close()

    def _let_go(self) -> None:
        self._drop_glance()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _one_less(self, _: asyncio.Future[T]) -> None:
        self.writes_waiting -= 1


def _hand_on(inner: asyncio.Future[T], answer: asyncio.Future[T]) -> None:
    """Give `answer` what becomes of `inner`."""

    def done(_: asyncio.Future[T]) -> None:
        if answer.cancelled() or inner.cancelled():
            answer.cancel()
        elif (error := inner.exception()) is not None:
            answer.set_exception(error)
        else:
            answer.set_result(inner.result())

    inner.add_done_callback(done)


def _read_settings() -> UserSettings:
    from store.settings import user_settings

    return user_settings()
