"""What the full screens beside the board share: they read for themselves, and leave with Esc."""

from typing import Any, ClassVar, TypeVar

from textual import on
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget

from store.errors import NotFound, StoreError
from store.model.board import Written
from store.model.dossier import Card, Dossier, Due
from store.rules.text import Refused
from tui.conversation import NO_CARD, Conversation, first_follow_up
from tui.rounds import MODALS, LeftOnce, Refresh
from tui.themes import Inks
from tui.widgets.keybar import KeyBar
from tui.widgets.rows import Rows

Answer = TypeVar("Answer")

TICK_SECONDS = 15
"""How often countdowns are compared with the clock; only what reads differently is painted."""


class Page(LeftOnce, Screen[Answer]):
    """A screen that shows what is stored and shows it anew whenever that changes.

    A page fills itself in `reload`, and draws with `inks` in the widgets that `inked` names.

    Args:
        application_id: the application that it is about, unless it is about several; the page is
            left once that is gone.
    """

    CSS_PATH = MODALS
    where: ClassVar[str]
    """The name of the screen in the table of commands."""
    inked: ClassVar[tuple[type[Widget], ...]] = (KeyBar,)
    """The kinds of widgets that are told with which inks to draw."""
    AUTO_FOCUS: ClassVar[str] = ""

    def __init__(self, application_id: int = 0) -> None:
        super().__init__()
        self.application_id = application_id
        self.conversation = Conversation(self)
        """How the actions on its subject ask, write and tell."""
        self._dossier: Dossier | None = None
        """What is known of the application; None before it is read."""

    def subject(self) -> Card | None:
        """The application that the actions are about."""
        return self._dossier.card if self._dossier is not None else None

    def subject_follow_up(self) -> Due | None:
        """The follow-up that `done`, `snooze` and `skip` are about."""
        return first_follow_up(self.subject())

    def no_subject(self) -> str:
        """The sentence for an action that needs an application where there is none."""
        return NO_CARD

    def action_do(self, place: str) -> None:
        """Carry out an action on the subject, such as "applications:close"."""
        self.conversation.do(place)

    async def reload(self) -> None:
        """Read everything shown from the store, and draw it."""
        try:
            self._dossier = await self.rounds.desk.read(lambda g: g.dossier(self.application_id))
        except NotFound:
            self.dismiss(None)
            return
        self.draw()

    def draw(self) -> None:
        """Show what was read, as it stands at this moment."""
        raise NotImplementedError

    def on_mount(self) -> None:
        if self.children:  # there are none when the program ends while this opens
            self.ready()

    def ready(self) -> None:
        """The widgets are there: fit them to theme, keys and clock."""
        self.show_inks(self.rounds.inks)
        self.rounds.theme_changed_signal.subscribe(self, self._themed)
        self.query_one(KeyBar).show_keymap(
            {
                bound.binding.id: bound.binding.key
                for bound in self.active_bindings.values()
                if bound.binding.id
            }
        )
        self._day = self.rounds.now().date()
        self.set_interval(TICK_SECONDS, self._clock_went_on)

    def show_inks(self, inks: Inks) -> None:
        """Draw everything with these inks."""
        for kind in self.inked:
            for widget in self.query(kind):
                widget.show_inks(inks)  # type: ignore[attr-defined]

    async def after(self, written: Written) -> None:  # noqa: ARG002
        """A change was stored: show it."""
        await self.fetch()

    async def fetch(self) -> None:
        """Reload; a failure is told and leaves what is shown."""
        self._day = self.rounds.now().date()
        try:
            await self.reload()
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
        except NoMatches:
            # It was left while it was read: there is nothing to draw on any more.
            if self in self.app.screen_stack:
                raise

    async def on_screen_resume(self) -> None:
        """Another screen, which may have changed something, was in front."""
        await self.fetch()

    @on(Refresh)
    async def _out_of_date(self) -> None:
        await self.fetch()

    def action_back(self) -> None:
        """Leave for the screen below."""
        self.dismiss(None)

    async def _clock_went_on(self) -> None:
        """Countdowns read differently; on another day other things are due."""
        if self.rounds.now().date() != self._day:
            await self.fetch()
        else:
            self.draw()

    def _themed(self, _: Any) -> None:
        self.show_inks(self.rounds.inks)


class ListPage(Page[Answer]):
    """A page around one list: the keys move its cursor."""

    def action_cursor(self, step: int) -> None:
        """To the line above or below."""
        self.query_one(Rows).move(step)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self.query_one(Rows).page(pages)

    def action_edge(self, end: int) -> None:
        """To the first line or the last."""
        rows = self.query_one(Rows)
        rows.go(0 if end < 0 else rows.count - 1)


_LINES_A_STEP = 2


class ScrollPage(Page[Answer]):
    """A page that is read from top to bottom: the keys scroll the part that `scrolled` names."""

    scrolled: ClassVar[str]

    def action_cursor(self, step: int) -> None:
        """Scroll by a little."""
        self.query_one(self.scrolled).scroll_relative(y=step * _LINES_A_STEP, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        box = self.query_one(self.scrolled)
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the top or the end."""
        box = self.query_one(self.scrolled)
        box.scroll_to(y=0 if end < 0 else box.max_scroll_y, animate=False)
