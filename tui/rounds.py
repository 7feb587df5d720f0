"""The application as its screens see it: what they may ask of it, and what they hear from it."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from time import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rich.segment import Segment
from textual import events, messages
from textual.actions import ActionParseResult
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.color import Color
from textual.dom import DOMNode
from textual.events import ScreenResume
from textual.filter import LineFilter
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import get_current_worker

from store.clock import Clock
from store.errors import StoreError
from store.model.board import Written
from store.model.dossier import Card
from store.rules.text import Refused
from tui.commands import Command, commands_for
from tui.desk import Desk
from tui.key_door import Door, KeyHeard
from tui.styles.themes import Inks, inks_of
from tui.widgets.plain import FEW_COLOURS, PLAIN

Found = TypeVar("Found")

if TYPE_CHECKING:
    from store.rules.own_commands import OwnCommand
    from tui.config.keys import Keymap

    _Base = Screen[Any]
else:
    _Base = object


_INTERNAL = messages.__name__
"""Where the messages are from by which Textual itself works."""


class LeftOnce(_Base):
    """A screen that is in front when it is left, and hears nothing more once it is.

    A second key that means the same, or an answer that comes while the screen is going, would
    take the next one away with it: Textual pops whichever screen is in front. And what its
    widgets still tell would be looked up among widgets that are gone.
    """

    focused = Reactive[Widget | None](None, repaint=False)
    """The widget with the cursor. It paints itself, and so does the one before: the rest of the
    screen, which Textual would paint too, looks as it did."""
    is_left = False
    """Whether it has been left, and is only waiting to be removed."""
    _was_shown = False
    _has_come = False

    @property
    def rounds(self) -> "Rounds":
        return cast("Rounds", self.app)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave with `result`; nothing once it has been left, or while another one covers it."""
        if self.is_left or self.app.screen is not self:
            return AwaitComplete()
        self.is_left = True
        return super().dismiss(result)

    @property
    def hears(self) -> bool:
        """Whether keys are for this screen: it stands there, filled and with its cursor."""
        return self._has_come and not self.is_left

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be asked for before the widgets are there, nor once the screen is left."""
        if self.is_left or not self.is_mounted:
            return False
        return super().check_action(action, parameters)

    async def _dispatch_message(self, message: Message) -> None:
        if isinstance(message, ScreenResume):
            # All that it holds was styled a moment ago, when it was put there.
            message.refresh_styles = message.refresh_styles and self._was_shown
            self._was_shown = True
        told = isinstance(message._sender, Widget) and message._sender is not self
        if self.is_left and told and type(message).__module__ != _INTERNAL:
            return
        await super()._dispatch_message(message)
        if isinstance(message, ScreenResume) and not self._has_come:
            self._has_come = True
            if isinstance(self.app, Rounds):
                self.app.call_later(self.app.door.look)


def resolve(place: str) -> Any:
    """What stands at `place`, "module:name"; the module is loaded unless it is there.

    Raises ImportError and AttributeError for a place that does not exist.
    """
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def ctrl_c(action: str) -> tuple[Binding, Binding]:
    """Ctrl+C for a screen above the board: copies what is selected, else does `action`.

    Only the bindings of the screen itself count above the board, and those of the program do not.
    """
    return (
        Binding("ctrl+c", "screen.copy_text", show=False),
        Binding("ctrl+c", action, show=False),
    )


_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, bidirectional overrides, halves of surrogate pairs."""


class Harmless(LineFilter):
    """Puts a space in the place of every character that a terminal would obey."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        if not any(_OBEYED.search(text) for text, _, _ in segments):
            return segments
        return [Segment(_OBEYED.sub(" ", text), style) for text, style, _ in segments]


HARMLESS = Harmless()

ROUTES: Mapping[str, str] = {
    "today": "tui.pages.today:TodayScreen",
    "dossier": "tui.pages.dossier:DossierScreen",
    "closed": "tui.pages.closed:ClosedScreen",
    "sweep": "tui.board.sweep:SweepScreen",
    "review": "tui.pages.review:ReviewScreen",
    "interviews": "tui.pages.interviews.interviews:InterviewsScreen",
    "people": "tui.pages.people:PeopleScreen",
    "employer": "tui.pages.employer:EmployerScreen",
    "import": "tui.pages.intake.table:TableScreen",
    "shelf": "tui.pages.intake.shelf:ShelfScreen",
    "mail": "tui.pages.intake.mail:MailScreen",
    "prepare": "tui.pages.interviews.prepare:PrepareScreen",
    "offer": "tui.pages.offers.offer:OfferScreen",
    "compare": "tui.pages.offers.compare:CompareScreen",
    "draft": "tui.pages.draft:DraftScreen",
    "chances": "tui.pages.chances:ChancesScreen",
    "behind": "tui.pages.chances:BehindScreen",
    "figures": "tui.pages.help:FiguresScreen",
    "backups": "tui.pages.settings.backups:BackupsScreen",
    "settings": "tui.pages.settings.settings:SettingsScreen",
    "help": "tui.pages.help:HelpScreen",
}
"""Where each page is found that a screen opens by its name."""
_JUST_TOLD = 0.5
"""Seconds within which sentences belong to one key, and stand together."""


class NoKeymap:
    """The usual keys, until the user's have been read: those wait for the first picture."""

    keys: Mapping[str, str] = MappingProxyType({})
    own: "tuple[OwnCommand, ...]" = ()

    def own_for(self, where: str) -> "tuple[OwnCommand, ...]":  # noqa: ARG002
        """The user's own commands on a page."""
        return ()

    def commands(self, where: str) -> tuple[Command, ...]:
        """The commands that the page `where` offers."""
        return commands_for(where)

    def keys_shown(self, where: str) -> Mapping[str, str]:  # noqa: ARG002
        """The keys to be shown for commands that have others than the usual ones."""
        return {}


NO_KEYMAP = NoKeymap()


class Rounds(App[int]):
    """What screens may ask of the application; `RoundsApp` answers it."""

    path: Path
    """The board file."""
    clock: Clock
    """The one clock."""
    desk: Desk
    """Where the board is read and written; there from the start of the event loop on."""
    kind_used = ""
    """The kind of the point that was noted last, to be offered first."""
    just_closed: Card | None = None
    """The application that was closed last."""

    keymap: "Keymap | NoKeymap"
    """The keys that the user chose; their commands are offered beside ours."""
    plain = False
    """Whether signs that the terminal may not know have plain stand-ins."""

    def __init__(self) -> None:
        super().__init__()
        self.keymap = NO_KEYMAP
        self.door = Door(self, self.let_in)
        """Where keys enter."""
        self._inks: Inks | None = None
        self._trouble = ""
        """The failure that was told last, until something can be read again."""

    async def on_event(self, event: events.Event) -> None:
        """What comes from the terminal goes through the door."""
        if isinstance(event, events.InputEvent) and not self._screen_stacks[self.current_mode]:
            return  # the last screen has gone: a key that is still on its way means nothing
        typed = isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded
        if not typed:
            await super().on_event(event)
        elif self.door.takes(event):
            await self.let_in(event)

    async def let_in(self, event: events.Event) -> None:
        """Hand a key, a paste or the mouse to what is in front."""
        target = self.focused or self.screen
        await super().on_event(event)
        self.door.walk_behind(event, target)

    def on_key_heard(self, heard: KeyHeard) -> None:
        """A key has been heard by all on its way."""
        self.door.take_back(heard)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key stands for; the door sees whether that was to open something."""
        if isinstance(action, str):
            self.door.note_action(action)
        return await super().run_action(action, default_namespace, namespaces)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front; keys are for the one below as soon as it is gone."""
        popped = super().pop_screen()
        self.call_later(self.door.look)
        return popped

    def now(self) -> datetime:
        return self.clock.now()

    @property
    def inks(self) -> Inks:
        """The styles of the present theme."""
        if self._inks is None:
            self._inks = inks_of(self.get_css_variables(), ansi=self.native_ansi_color)
        return self._inks

    def watch_theme(self) -> None:
        self._inks = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        more: list[LineFilter] = [HARMLESS]
        if self.plain:
            more.append(PLAIN)
        if self.console.color_system == "standard" and not self.is_headless:
            more.append(FEW_COLOURS)
        return [*super().get_line_filters(), *more]

    def bind_own(self, screen: Screen[Any]) -> None:
        """Give `screen` the keys of the user's own commands, before those of ours."""
        where = getattr(screen, "places", ())
        if not where:
            return
        bindings = type(screen)._merged_bindings
        own = [one for place in where for one in self.keymap.own_for(place)]
        if bindings is None:
            return
        screen._bindings = bindings.copy()
        for one in dict.fromkeys(own):
            for key in one.key.split(","):
                made = Binding(key, f"app.own({one.key!r})", one.title, id=f"own.{key}", show=False)
                screen._bindings.key_to_bindings[key] = [made]

    def heed_config(self) -> None:
        """The config file was changed: read it again, and go by it."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Tell something in passing; the sentence is literal text.

        What was told some keys ago gives way: all of it would cover half of a small screen.
        """
        for told in list(self._notifications):
            if told.severity == "information" and time() - told.raised_at > _JUST_TOLD:
                self._unnotify(told, refresh=False)
        self.notify(sentence, markup=False)

    def warn(self, sentence: str) -> None:
        """Tell that something did not work; the sentence is literal text."""
        self.notify(sentence, severity="warning", timeout=8, markup=False)

    def fail(self, error: BaseException) -> None:
        """A read or write ended in `error`: tell a failure, end on what nobody foresaw."""
        if isinstance(error, Refused | StoreError):
            if str(error) != self._trouble:
                self._trouble = str(error)
                self.warn(self._trouble)
        elif isinstance(error, Exception):
            self._handle_exception(error)

    def open(self, page: str, *about: Any, then: Callable[[Any], None] | None = None) -> None:
        """Open the page called `page` in `ROUTES`, made of `about`.

        Its module is loaded when it is opened first. `then` is called with what it is left with.
        """
        screen: Callable[..., Screen[Any]] = resolve(ROUTES[page])
        self.push_screen(screen(*about), then)

    def take(self, written: Written) -> None:
        """A change of our own was stored: the board shows it."""
        raise NotImplementedError

    def look_again(self) -> None:
        """What is shown may not be what is stored: read it again, in every screen."""
        raise NotImplementedError

    def newest_seen(self) -> int:
        """The newest change that the user has seen."""
        raise NotImplementedError

    def cards(self) -> Sequence[Card]:
        """The cards on the board."""
        raise NotImplementedError

    def companies(self) -> tuple[str, ...]:
        """The companies on the board, each once, to be suggested while one is typed."""
        return tuple(dict.fromkeys(card.company for card in self.cards()))

    def put_cursor(self, card_id: int) -> None:
        """Put the cursor of the board on a card."""
        raise NotImplementedError

    def go_to(self, card_id: int) -> None:
        """Leave every screen above the board, and put its cursor on a card."""
        raise NotImplementedError

    def heed(self, future: "asyncio.Future[Found]", then: Callable[[Found], None]) -> None:
        """Call `then` with what `future` brings; a failure is told, a cancelled one is nothing."""

        def settle(future: "asyncio.Future[Found]") -> None:
            if future.cancelled():
                return
            if (error := future.exception()) is not None:
                self.fail(error)
            else:
                then(future.result())

        future.add_done_callback(settle)

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """Ask on `screen` and wait for the answer; to be called from a worker.

        The worker ends here when the screen that it belongs to has been left: nobody would hear
        the answer. Textual first does what the application was about to do itself, the removal
        of screens among it. A worker that waits for its own screen to go is cancelled with it,
        the removal too, and the whole application takes that for its own end.
        """
        worker = get_current_worker()
        if isinstance(worker.node, LeftOnce) and worker.node.is_left:
            raise asyncio.CancelledError
        answer = self.push_screen(screen, wait_for_dismiss=True, mode=mode)
        if isinstance(screen, Screen):
            self.door.note_question(worker, screen)
        return await asyncio.shield(answer)


class Refresh(Message):
    """What is shown is out of date: read it again.

    Posted by the application to the active screen when another window or a command changed the
    board, after a change of our own that touched more than what is shown, and when the day turns.
    """


MODALS = Path(__file__).parent / "styles" / "modals.tcss"
