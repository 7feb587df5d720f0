"""The only way from the screen to the database: one thread that takes one job after the other.

What is submitted first is done first, so that a read sees every write asked for before it, and
two writes never overlap. The screen never waits: it awaits the future when it wants the answer.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from store import errors
from store.boards import check_beside, identity
from store.clock import Clock
from store.errors import NotFound, StoreError
from store.model.board import Written
from store.model.dossier import Dossier
from store.read.glance import PLANNED_BY, Glance, open_glance
from store.rules.stages import Stage

if TYPE_CHECKING:
    from store.database import Database
    from store.file.daily import DailyCopies
    from store.pipeline import Pipeline
    from store.place import Place
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

LET_GO_WITHIN = 0.5
"""Seconds in which a job must end that nobody wants any more; a commit takes a tenth of it
(product)."""


class Heeded(NamedTuple):
    """What came of looking at the settings: what is wrong with them, if anything is.

    `changed` are the applications that were planned anew since the settings are others;
    `may_write` says whether the user may change the board.
    """

    troubles: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()
    may_write: bool = True


class Desk:
    """Takes reads and writes for one board file, in the order in which they come.

    The modules that write (SQLModel and all that it loads) are imported on a thread of their own,
    by `warm_up` or by the first write, never on the screen's.

    Args:
        place: the board's file or address; made when it does not exist yet.
        clock: the clock that everything asked of the store goes by.
        loop: the loop on which the answers arrive.
        glance: the file, when it is open for reading already; the desk takes it over.
        copies: what makes the copy of the day, beside the desk; None for a board that goes.
    """

    def __init__(
        self,
        place: Place,
        clock: Clock,
        *,
        loop: asyncio.AbstractEventLoop,
        glance: Glance | None = None,
        copies: DailyCopies | None = None,
    ) -> None:
        self.place = place
        self.clock = clock
        self._copies = copies
        self.writes_waiting = 0
        """Writes that were submitted and have not ended yet."""
        self.failed = 0
        """Writes that could not be stored."""
        self.is_stuck = False
        """Whether a job went on after the end: nothing is written by it."""
        self.on_stored: Callable[[], object] | None = None
        """Told, on the loop, whenever something was stored."""
        self._asked = self._answered = 0
        self._stored = self._heard = 0
        """Writes that were stored, and how many of them `on_stored` knows of."""
        self._given_up = False
        self._loop = loop
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rounds-desk")
        self._glance = glance
        self._begun = glance is not None
        self._shown = identity(place) if glance is not None else None
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
        self._asked += 1
        future.add_done_callback(self._one_less)
        return future

    def look_into(self, ask: Callable[[Pipeline], T]) -> asyncio.Future[T]:
        """The answer of `ask`, called with a Pipeline on the desk's thread, which changes nothing
        with it: nobody who leaves waits for that. Awaiting raises as for `write`."""
        return self._submit(lambda: ask(self._pipeline()))

    def heed_settings(self) -> asyncio.Future[Heeded]:
        """Plan by the user's settings what was planned by others before.

        The writing modules are loaded only if there is something to plan anew. What cannot be
        written now is planned with the first write that can be.
        """
        return self._submit(self._heed_settings)

    def rules(self, preset: str) -> Rules:
        """The rules by which an application with `preset` is followed up: the user's, once they
        have been read. A preset that is gone counts as none."""
        from store.settings import Settings

        settings = self._chosen.settings if self._chosen else Settings()
        return settings.rules(preset)

    @property
    def says_calendar(self) -> bool:
        """Whether the user's settings, once they have been read, say something of a calendar."""
        return self._chosen is not None and self._chosen.settings.says_calendar

    def look(self, ask: Callable[[Glance], T]) -> asyncio.Future[tuple[bool, T | None]]:
        """The answer of `ask`, as `read` gives it; (True, None) when another file has taken the
        place of the one that is shown, written there by a program that syncs, say.

        From then on that file counts. Awaiting raises StoreError, too, when there is none any more
        or it could not be read as a board: it is not written to then.
        """
        return self._submit(lambda: (True, None) if self._adopt() else (False, self._answer(ask)))

    def _adopt(self) -> bool:
        there = identity(self.place)
        if self._shown is None or there == self._shown:
            return False
        if there is None:
            raise errors.board_error(errors.GONE, self.place)
        self._let_go()
        glance = open_glance(self.place, self.clock)
        if glance is None:
            raise errors.board_error(errors.GONE, self.place)
        self._glance, self._shown = glance, there
        self._written.clear()
        self._caught_up = False
        return True

    def last_own(self, change_id: int) -> int:
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
            self._checked_at, self._sound = monotonic(), check_beside(self.place)
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

    def count_unsaved(self) -> int:
        """How many writes have not been stored so far: those that wait, and those that failed.

        Told by the desk's own thread, so that it holds from any, whatever the screen is at.
        """
        return self._asked - self._answered + self.failed

    def give_up(self) -> None:
        """Begin nothing any more; what waits for another program ends, and is not stored.

        A change that is being written is finished. To be called from any thread.
        """
        self._given_up = True
        if (database := self._database) is not None:
            database.give_up()

    async def close(self) -> None:
        """Wait for every write, then let go of the file.

        What is asked for later is cancelled: a screen that ends may still be asking. Reads, and
        what was given up, are waited for no longer than `LET_GO_WITHIN`.
        """
        self.release()
        self._closed = True
        letting_go = self._loop.run_in_executor(self._thread, self._let_go)
        while not letting_go.done() and self.writes_waiting and not self._given_up:
            await asyncio.wait([letting_go], timeout=HELD_AT_MOST)
        await asyncio.wait([letting_go], timeout=LET_GO_WITHIN)
        self.is_stuck = not letting_go.done()
        self._thread.shutdown(wait=not self.is_stuck, cancel_futures=True)

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
        self._check_wanted()
        if self._glance is None:
            self._glance = self._open_glance()
        try:
            return ask(self._glance)
        except StoreError:
            self._drop_glance()
            raise

    def _carry_out(self, act: Callable[[Pipeline], T]) -> T:
        try:
            pipeline = self._pipeline()
            self._check_wanted()
            result = act(pipeline)
        except StoreError:
            self.failed += 1
            raise
        finally:
            self._answered += 1
        self._stored += 1
        if isinstance(result, Written):
            self._written.add(result.change_id)
        if self._copies is not None and pipeline.database.changed:
            self._copies.note_change()
        return result

    def _check_wanted(self) -> None:
        """StoreError once everything was given up."""
        if self._given_up:
            raise errors.board_error(errors.LOCKED, self.place)

    def _pipeline(self) -> Pipeline:
        """The use cases by the user's rules, with everything planned by them."""
        self._check_wanted()
        load_pipeline()
        from store.pipeline import Pipeline

        if self._chosen is None:
            self._chosen = _read_settings()
        pipeline = Pipeline(self._open_database(), self._chosen.settings.rules)
        if not self._caught_up:
            self._catch_up(pipeline, self._chosen.fingerprint)
        return pipeline

    def _heed_settings(self) -> Heeded:
        self._chosen = _read_settings()
        changed: tuple[int, ...] = ()
        may_write = True
        fingerprint = self._chosen.fingerprint
        with suppress(StoreError):
            may_write = self._answer(lambda g: g.may_write())
            self._caught_up = self._answer(lambda g: g.setting(PLANNED_BY)) == fingerprint
            if not self._caught_up and may_write:
                load_pipeline()
                from store.pipeline import Pipeline

                pipeline = Pipeline(self._open_database(), self._chosen.settings.rules)
                changed = self._catch_up(pipeline, fingerprint)
        return Heeded(self._chosen.troubles, changed, may_write)

    def _catch_up(self, pipeline: Pipeline, fingerprint: str) -> tuple[int, ...]:
        """Plan anew; the change in which that is kept is one of our own."""
        week_begins = self._chosen.settings.week_begins if self._chosen is not None else None
        before = self._answer(lambda glance: glance.change_id())
        changed = pipeline.catch_up(fingerprint, week_begins)
        if self._answer(lambda glance: glance.change_id()) == before + 1:
            self._written.add(before + 1)
        self._caught_up = True
        return changed

    def _open_database(self) -> Database:
        """The file, open for writing. One that was there before and is gone is not made anew."""
        load_pipeline()
        from store.boards import open_database

        if self._database is None:
            if self._shown not in (None, identity(self.place)):
                raise errors.board_error(errors.MOVED, self.place)
            create = not self._begun
            sound = self._sound if monotonic() - self._checked_at < _CHECK_HOLDS else None
            self._database = open_database(self.place, self.clock, create=create, sound=sound)
            self._begun = True
            self._shown = identity(self.place)
        return self._database

    def _open_glance(self) -> Glance:
        """A new file or an older one goes through the database, which makes or migrates it."""
        try:
            glance = open_glance(self.place, self.clock)
        except errors.NeedsMigration:
            if self._begun:
                raise
            glance = None
        if glance is None and not self._begun:
            self._open_database()
            glance = open_glance(self.place, self.clock)
        if glance is None:
            raise errors.board_error(errors.GONE, self.place)
        self._begun = True
        self._shown = self._shown or identity(self.place)
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
        if self._closed and not self._given_up and self._copies is not None:
            self._copies.finish()

    def _one_less(self, _: asyncio.Future[T]) -> None:
        self.writes_waiting -= 1
        if self._stored != self._heard:
            self._heard = self._stored
            if self.on_stored is not None:
                self.on_stored()


def _hand_on(inner: asyncio.Future[T], answer: asyncio.Future[T]) -> None:
    """Give `answer` what becomes of `inner`."""

    def settle(_: asyncio.Future[T]) -> None:
        if answer.cancelled() or inner.cancelled():
            answer.cancel()
        elif (error := inner.exception()) is not None:
            answer.set_exception(error)
        else:
            answer.set_result(inner.result())

    inner.add_done_callback(settle)


def _read_settings() -> UserSettings:
    from store.settings import user_settings

    return user_settings()


_KEPT = 64
"""Dossiers kept ready; about 20 KB each."""

Chances = Mapping[Stage, str]
"""By stage, how the user's applications fared from there, in one line."""
_Found = tuple[Dossier | None, Chances | None]


class Feed:
    """Reads dossiers one at a time: the newest wish first, so that a held key waits for nothing.

    Args:
        desk: where they are read.
        arrived: told of every dossier that was read.
        failed: told when one cannot be read, unless it is gone.
        chances: told how all applications fare: with the first dossier, and after every change as
            soon as there is nothing else to do.
    """

    def __init__(
        self,
        desk: Desk,
        arrived: Callable[[Dossier], None],
        failed: Callable[[BaseException], None],
        chances: Callable[[Chances], None] | None = None,
    ) -> None:
        self._desk = desk
        self._arrived = arrived
        self._failed = failed
        self._chances = chances
        self._chances_wanted = chances is not None
        self._first = True
        self._known: OrderedDict[int, Dossier] = OrderedDict()
        self._wishes: list[int] = []
        self._stamp = 0
        self._reading = False

    def dossier_of(self, application_id: int) -> Dossier | None:
        """The dossier, if it has been read and nothing was written since."""
        return self._known.get(application_id)

    def want(self, application_ids: Sequence[int]) -> None:
        """Read these next, the first one first, unless they are known; forget older wishes."""
        self._wishes = [wish for wish in application_ids if wish not in self._known]
        self._read_next()

    def put(self, dossier: Dossier) -> None:
        """Take a dossier as read; a foreseen one counts until the stored one is."""
        self._known[dossier.card.id] = dossier
        self._known.move_to_end(dossier.card.id)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def forget(self) -> None:
        """Something was written: everything known is out of date."""
        self._known.clear()
        self._stamp += 1
        self._chances_wanted = self._chances is not None

    def _read_next(self) -> None:
        if self._reading:
            return
        if self._wishes:
            wish, chances = self._wishes.pop(0), self._chances_wanted and self._first
        else:
            idle = not self._first and not self._desk.writes_waiting
            wish, chances = None, self._chances_wanted and idle
            if not chances:
                return
        self._chances_wanted &= not chances
        self._reading, self._first = True, False
        future = self._desk.read(partial(_find, wish, chances))
        future.add_done_callback(partial(self._take, self._stamp))

    def _take(self, stamp: int, future: asyncio.Future[_Found]) -> None:
        self._reading = False
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            dossier, chances = future.result()
            if stamp == self._stamp:
                if chances is not None and self._chances is not None:
                    self._chances(chances)
                if dossier is not None:
                    self.put(dossier)
                    self._arrived(dossier)
            elif dossier is not None:
                self._wishes.insert(0, dossier.card.id)
        elif not isinstance(error, NotFound):
            self._failed(error)
        self._read_next()


def _find(wish: int | None, chances: bool, glance: Glance) -> _Found:
    """What is wanted of the store; to be called on the desk."""
    dossier = glance.dossier(wish) if wish is not None else None
    if not chances:
        return dossier, None
    from store.read.history import read_card_chances

    return dossier, read_card_chances(glance)
