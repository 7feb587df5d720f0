"""The door through which keys enter: one after the other, each when the one before has been heard.

A key that opens something is followed by keys that are meant for what it opens, and a fast hand,
a paste or a slow machine brings them before it is there. So a key waits here, in its order, until

- the key before has been dealt with, and all that it set off among the widgets;
- no errand that a key began is still on its way to the dialog that it will ask with;
- the screen in front has shown itself, with its fields and the cursor in one of them.

If nothing came of an opening, the keys that were typed into it are dropped: they were not meant
for the screen below. Once the program is being left, no key means anything.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input

from tui.commands import openings

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import Worker

ROUNDS = 3
"""How often the way of a key is walked after it: a key in a field makes a message of the field,
that one an answer of the dialog, and that one something new. Product."""
LOOK_AGAIN = 0.1
"""Seconds after which a key that waits is looked at again, should a widget have gone without a
word. Product."""
ANSWER_HOLDS = 1.0
"""Seconds for which the keys after an answer wait until it is stored: it may be refused, and
asked for again. On a board that another program has locked they wait no longer. Product."""


class KeyHeard(Message):
    """Walks the way of a key, behind it: once it is back, the key has been heard by all."""


class Door:
    """Lets keys, pastes and the mouse in, in their order.

    Args:
        app: the application to which the door belongs.
        enter: hands an event to what is in front, and tells `walk_behind`.
    """

    def __init__(self, app: App[Any], enter: Callable[[events.Event], Awaitable[None]]) -> None:
        self.reads = 0
        """How many pieces were read from the terminal; what came in one piece belongs together."""
        self._app = app
        self._enter = enter
        self._waiting: deque[tuple[events.Event, Screen[Any] | None]] = deque()
        self._errands: dict[Worker[Any], Screen[Any] | None] = {}
        self._target: MessagePump | None = None
        self._walker: KeyHeard | None = None
        self._walks = 0
        self._opening: tuple[Screen[Any], object] | None = None
        self._dropped = 0
        self._shut = False
        self._called = False
        self._timer: asyncio.TimerHandle | None = None

    # What comes in

    def takes(self, event: events.Event) -> bool:
        """Whether `event` may enter now; else it waits, or is dropped."""
        if self._shut or getattr(event, "read", self._dropped + 1) <= self._dropped:
            return False
        if not self._waiting and self._ready():
            self._settle()
            return True
        self._waiting.append((event, self._front()))
        self._call()
        return False

    def walk_behind(self, event: events.Event, target: MessagePump | None) -> None:
        """`event` was handed to `target`: see where it leads before the next one enters."""
        if isinstance(event, events.MouseEvent) or target is None:
            return
        # A letter leads nowhere, but must stand in its field before ctrl+s takes what is there.
        self._target, self._walks = target, 1 if _only_typed(event, target) else ROUNDS
        self._walk()

    def take_back(self, heard: KeyHeard) -> None:
        """What walked behind a key is back."""
        if heard is self._walker:
            self._walks -= 1
            self._walk()

    def note_action(self, action: str) -> None:
        """A key has set off `action` on the screen in front."""
        screen = self._front()
        if screen is not None and action in openings(getattr(screen, "where", "board")):
            self._opening = screen, screen.focused

    def _walk(self) -> None:
        """Send somebody along the way of the last key, unless it is at its end."""
        if self._walks and self._target is not None:
            self._walker = KeyHeard()
            if self._target.post_message(self._walker):
                return
        self._target, self._walks, self._walker = None, 0, None
        self.look()

    # What keeps the door closed

    def hold_for(self, worker: Worker[Any]) -> None:
        """Keys wait until the errand `worker` asks something, or has ended."""
        self._errands[worker] = None
        if worker._task is not None:
            worker._task.add_done_callback(lambda _: self.let_go(worker))

    def note_question(self, worker: Worker[Any], screen: Screen[Any]) -> None:
        """The errand `worker` asks on `screen`: keys are for that screen until it is left."""
        if worker not in self._errands:
            self.hold_for(worker)
        self._errands[worker] = screen

    def let_go(self, worker: Worker[Any]) -> None:
        """Keys need not wait for the errand any more, unless it asks again."""
        self._errands.pop(worker, None)
        self.look()

    def note_storing(self, worker: Worker[Any]) -> asyncio.TimerHandle:
        """An answer is being stored: keys wait a moment only; to be cancelled when it is."""
        return asyncio.get_running_loop().call_later(ANSWER_HOLDS, self.let_go, worker)

    def _ready(self) -> bool:
        target = self._target
        if self._walks and target is not None and target.is_running and target.is_attached:
            return False
        if any(not w.is_finished and _under_way(asked) for w, asked in self._errands.items()):
            return False
        screen = self._front()
        return screen is not None and getattr(screen, "hears", screen.is_mounted)

    def _front(self) -> Screen[Any] | None:
        try:
            return self._app.screen
        except ScreenStackError:
            return None

    # What goes on in

    def look(self) -> None:
        """Something has changed: perhaps what waits may enter."""
        if self._ready():
            self._settle()
        if self._waiting:
            self._call()

    def _settle(self) -> None:
        """All that the last key set off is over: if it was to open something, did it?"""
        opening, self._opening = self._opening, None
        front = self._front()
        if opening is not None and front is not None and opening == (front, front.focused):
            self.drop()

    def _call(self) -> None:
        if not self._called:
            self._called = self._app.call_later(self._let_in)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LOOK_AGAIN, self._time_is_up)

    def _time_is_up(self) -> None:
        self._timer = None
        if self._waiting:
            self.look()

    async def _let_in(self) -> None:
        """In the application's own turn: let in what waited, until one keeps the door closed."""
        self._called = False
        while self._waiting and self._ready():
            self._settle()
            if not self._waiting:
                break
            event, seen = self._waiting.popleft()
            # A click is about what was seen: on another screen it would hit something else.
            if not isinstance(event, events.MouseEvent) or seen is self._front():
                await self._enter(event)

    def drop(self) -> None:
        """Forget what waits, and what came in the same piece."""
        self._waiting.clear()
        self._dropped = self.reads

    def shut(self) -> None:
        """The program is being left: no key means anything any more."""
        self._shut = True
        self._waiting.clear()

    def open_again(self) -> None:
        """It is not left after all."""
        self._shut = False
        self.drop()


def _under_way(asked: Screen[Any] | None) -> bool:
    """Whether an errand that asks on `asked` is on its way to somewhere."""
    return asked is None or bool(getattr(asked, "is_left", False))


def _only_typed(event: events.Event, target: MessagePump) -> bool:
    """Whether `event` is a letter in a field of text, which leads nowhere."""
    if not isinstance(event, events.Key) or not event.is_printable:
        return False
    return isinstance(target, Input) or (
        # By name: the board has no field of many lines, and its modules take 4 ms to load.
        any(kind.__name__ == "TextArea" for kind in type(target).__mro__)
        and not getattr(target, "read_only", False)
    )


def in_order(events_read: Iterable[Message], number: int) -> Iterable[Message]:
    """The events of one piece that was read from the terminal, marked with its number."""
    for event in events_read:
        event.read = number  # type: ignore[attr-defined]
        yield event
