"""When a program on the screen has done all that it was asked.

Textual's pilot takes a program for idle once the processor rests for 20 ms: slow on an idle
machine, and wrong on a busy one. Here it is the event loop that says so, and once nothing is left
but to wait for a moment, that moment has come: the loop's clock is set forward to it.
"""

import asyncio
from asyncio.base_events import BaseEventLoop
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import pytest

PATIENCE = 120
"""Seconds after which what is waited for will not come, on however busy a machine."""
SOON = 0.06
"""Seconds ahead that count as now: what is painted, read or written a moment later on purpose is
still part of what a key does. All else (a cursor that blinks, the look at the clock) is not."""
ENOUGH = 3
"""How often in a row nothing may be under way: a thread may just be handing on its answer."""

_skipped = [0.0]
"""Seconds by which the clock of loops and timers is ahead of the machine's."""

_jobs: WeakKeyDictionary[asyncio.AbstractEventLoop, set[asyncio.Future[Any]]] = WeakKeyDictionary()
"""What was given to other threads, and has not come back."""

_unpainted: WeakSet[Any] = WeakSet()
"""The screens that would have been painted anew, had somebody looked."""

_watched: WeakSet[Any] = WeakSet()
"""The programs that a pilot waits for: others paint by themselves."""

_painting: list[Callable[[Any], None]] = []
"""How a screen is painted, once that waits for stillness."""


async def still(*_: float) -> None:
    """Wait until nothing is under way: no message, no job on another thread, nothing due soon.

    Not where a job waits for the test itself: there, wait with `until` for what is to come.
    """
    loop: Any = asyncio.get_running_loop()
    quiet = 0
    while quiet < ENOUGH:
        await asyncio.sleep(0)
        quiet += 1
        if loop._ready:
            quiet = 0
        elif waiting := [job for job in _jobs.get(loop, ()) if not job.done()]:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            quiet = 0
        elif (due := _next(loop)) is not None and due <= SOON:
            _skipped[0] += max(0, due)
            quiet = 0
        elif quiet == ENOUGH and _unpainted:
            _paint()
            quiet = 0


async def until(true: Callable[[], object]) -> None:
    """Wait until `true` gives something true, whatever else goes on meanwhile."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)


def _paint() -> None:
    """Paint what is in front and waits for it."""
    while _unpainted:
        screen = _unpainted.pop()
        if (app := screen.parent) is None:
            continue
        with app._context():
            try:
                if screen.is_current and screen is app.screen:
                    _painting[-1](screen)
            except Exception as error:  # as where Textual paints: it ends the program
                app._handle_exception(error)


@contextmanager
def painted_at_once() -> Iterator[None]:
    """A block in which each picture is painted whole and when it is due, as in a terminal."""
    from textual._compositor import Compositor
    from textual.screen import Screen

    with pytest.MonkeyPatch.context() as monkeypatch:
        for kind, name in ((Screen, "_compositor_refresh"), (Compositor, "_render_chops")):
            if (usual := getattr(kind, name)) and hasattr(usual, "__wrapped__"):
                monkeypatch.setattr(kind, name, usual.__wrapped__)
        yield


def paint_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let programs in memory, which throw their pictures away, paint the last one only: what has
    changed is drawn as it is when all is still, and nothing is put together.

    Who looks (`render_strips`, `export_screenshot`) is shown a whole picture. A third of the time
    of the screens' tests goes into painting what nobody looks at.
    """
    from textual._compositor import Compositor
    from textual.app import App
    from textual.screen import Screen

    run_test = App.run_test

    def watched(self: App[Any], *how: Any, **more: Any) -> Any:
        _watched.add(self)
        return run_test(self, *how, **more)

    monkeypatch.setattr(App, "run_test", watched)
    refresh, update = Screen._compositor_refresh, Compositor.render_update
    put_together = Compositor._render_chops
    thrown_away = False

    @wraps(refresh)
    def refresh_in_the_end(self: Screen[Any]) -> None:
        if self.app not in _watched or self is not self.app.screen:
            refresh(self)
            return
        _unpainted.add(self)
        self._dirty_widgets.clear()
        self.app._update_mouse_over(self)

    def render_update(self: Compositor, full: bool = False, *screens: Any, **more: Any) -> Any:
        nonlocal thrown_away
        thrown_away = not full
        try:
            return update(self, full, *screens, **more)
        finally:
            thrown_away = False

    @wraps(put_together)
    def render_chops(self: Compositor, crop: Any, lines: Any) -> Any:
        if not thrown_away:
            return put_together(self, crop, lines)
        for widget, (region, clip) in self.visible_widgets.items():
            if crop.overlaps(clip):
                _draw(widget, clip.intersection(region).height)
        return []

    _painting.append(refresh)
    monkeypatch.setattr(Screen, "_compositor_refresh", refresh_in_the_end)
    monkeypatch.setattr(Compositor, "render_update", render_update)
    monkeypatch.setattr(Compositor, "_render_chops", render_chops)


def _draw(widget: Any, height: int) -> None:
    """Draw what is in `widget`, of which `height` lines can be seen, without what Textual puts
    around it, and without colours for the terminal: four fifths of the time that it takes."""
    from textual.screen import Screen
    from textual.widget import Widget

    if widget.BLANK or isinstance(widget, Screen):
        return
    if type(widget).render_line is not Widget.render_line:
        for y in range(min(height, widget.size.height)):
            widget.render_line(y)
    elif widget._dirty_regions:
        widget._render_content()


def _next(loop: Any) -> float | None:
    """Seconds to the next thing that is due on `loop`."""
    times = [handle.when() for handle in loop._scheduled if not handle.cancelled()]
    return min(times) - loop.time() if times else None


def _now(*_: object) -> float:
    """What the clock of loops and timers says, in seconds."""
    return monotonic() + _skipped[0]


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pilots wait in this way, keep count of the jobs on other threads, and let no cursor
    blink: a picture would show it or not, as it happens.

    Screens are laid out and painted anew once nothing else is to be done: how often they are in
    the midst of it would else depend on the machine's speed.
    """
    import textual._time
    import textual.app
    import textual.pilot
    from textual.screen import Screen
    from textual.widgets import Input, TextArea

    give: Callable[..., asyncio.Future[Any]] = BaseEventLoop.run_in_executor

    def run_in_executor(
        self: BaseEventLoop, executor: Any, func: Any, *args: Any
    ) -> asyncio.Future[Any]:
        job = give(self, executor, func, *args)
        jobs = _jobs.setdefault(self, set())
        jobs.add(job)
        job.add_done_callback(jobs.discard)
        return job

    update = Screen._on_timer_update

    def update_in_the_end(self: Screen[Any]) -> None:
        loop: Any = asyncio.get_running_loop()
        if len(loop._ready) <= 1:  # whoever waits for stillness wakes at the same moment
            update(self)

    monkeypatch.setattr(Screen, "_on_timer_update", update_in_the_end)
    monkeypatch.setattr(BaseEventLoop, "time", _now)
    monkeypatch.setattr(textual._time, "get_time", _now)
    monkeypatch.setattr(BaseEventLoop, "run_in_executor", run_in_executor)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _: None)
    monkeypatch.setattr(textual.app, "wait_for_idle", still)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", still)
