"""What the full screens beside the board share: they read for themselves, and leave with Esc."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.screen import Screen

from store.errors import NotFound, StoreError
from store.model.board import Written
from store.model.dossier import Card, Dossier, Due
from store.read.glance import Glance
from store.rules.text import Refused
from store.rules.urgency import Level
from tui.commands import BARS, bindings_for
from tui.conversation import NO_CARD, Conversation, first_follow_up
from tui.dialogs.dialog import fit
from tui.rounds import MODALS, LeftOnce, Refresh
from tui.styles.themes import Inks
from tui.widgets.canvas import Inked
from tui.widgets.keybar import KeyBar
from tui.widgets.listing import Listing
from tui.widgets.rows import Row, Rows, Section, Tone

Answer = TypeVar("Answer")
Meant = TypeVar("Meant")

TICK_SECONDS = 15
"""How often countdowns are compared with the clock; only what reads differently is painted."""


class Page(LeftOnce, Screen[Answer]):
    """A screen that shows what is stored and shows it anew whenever that changes.

    A page says in `parts` what stands above its key bar. One about a single application draws in
    `draw_dossier`; any other reads for itself in `reload`, and draws in `draw`. Its keys are those
    of `where`, the name of the screen in the table of commands.

    Args:
        application_id: the application that it is about, unless it is about several; the page is
            left once that is gone.
    """

    CSS_PATH = MODALS
    where: ClassVar[str]
    AUTO_FOCUS: ClassVar[str] = ""

    def __init_subclass__(cls, where: str = "", **options: Any) -> None:
        if where:
            cls.where = where
            cls.BINDINGS = [*bindings_for(where)]
        super().__init_subclass__(**options)

    def __init__(self, application_id: int = 0) -> None:
        super().__init__()
        self.application_id = application_id
        self.conversation = Conversation(self)
        """How the actions on its subject ask, write and tell."""
        self._dossier: Dossier | None = None
        """What is known of the application; None before it is read."""

    def compose(self) -> ComposeResult:
        fit(self)
        yield from self.parts()
        yield KeyBar(self.where)

    def parts(self) -> ComposeResult:
        """What stands above the key bar."""
        yield from ()

    def subject(self) -> Card | None:
        """The application that the actions are about."""
        return self._dossier.card if self._dossier is not None else None

    def subject_follow_up(self) -> Due | None:
        """The follow-up that `done`, `snooze` and `skip` are about."""
        return first_follow_up(self.subject())

    def marked_cards(self) -> Sequence[Card] | None:
        """The marked applications that are shown; None where none is marked."""
        return None

    def unmark(self) -> None:
        """Mark none any more."""

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
        if self._dossier is not None:
            self.draw_dossier(self._dossier, self.rounds.now())

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        """Show the application, as it stands `now`."""
        raise NotImplementedError

    def on_mount(self) -> None:
        if self.children:  # there are none when the program ends while this opens
            self.ready()

    def ready(self) -> None:
        """The widgets are there: fit them to theme, keys and clock."""
        self.show_inks(self.rounds.inks)
        self.rounds.theme_changed_signal.subscribe(self, self._take_theme)
        self.rounds.bind_own(self)
        self.show_keymap()
        self._day = self.rounds.now().date()
        self.set_interval(TICK_SECONDS, self._follow_clock)

    @property
    def places(self) -> tuple[str, ...]:
        """What the page is called in the table of commands."""
        return (self.where,)

    def show_keymap(self) -> None:
        """Show the keys that the user chose."""
        self.query_one(KeyBar).show_keymap(self.rounds.keymap.keys_shown(self.where))

    def show_inks(self, inks: Inks) -> None:
        """Draw everything with these inks."""
        for widget in self.query(Inked):
            widget.show_inks(inks)

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
    async def _read_again(self) -> None:
        await self.fetch()

    def action_back(self) -> None:
        """Leave for the screen below."""
        self.dismiss(None)

    async def _follow_clock(self) -> None:
        """Countdowns read differently; on another day other things are due."""
        if self.rounds.now().date() != self._day:
            await self.fetch()
        else:
            self.draw()

    def _take_theme(self, _: Any) -> None:
        self.show_inks(self.rounds.inks)


class ListPage(Page[Answer]):
    """A page around one list: the keys move its cursor."""

    async def after(self, written: Written) -> None:
        """A change was stored: show it. After an undo or redo the cursor goes to the line that it
        brought back, or else to the first that it changed."""
        before = {row.key: row for row in self._rows()}
        await super().after(written)
        if written.said:
            rows = self._rows()
            back = next((row.key for row in rows if row.key not in before), None)
            if back is None:
                back = next((row.key for row in rows if row != before[row.key]), None)
            self.go_to_line(self.line_of(written) or back)

    async def fetch(self) -> None:
        """Reload; on an empty list the key bar has only what can be done there."""
        await super().fetch()
        if f"{self.where}.empty" in BARS:
            for bar in self.query(KeyBar):
                bar.show(self.where, "" if self._rows() else "empty")

    def _rows(self) -> list[Row]:
        return [row for rows in self.query(Rows) for row in rows.rows]

    def line_of(self, written: Written) -> int | None:  # noqa: ARG002
        """The key of the line that an undo or redo was about, where the page knows it."""
        return None

    def go_to_line(self, key: int | None) -> None:
        """Put the cursor on the line with this key, if there is one."""
        for rows in self.query(Rows):
            rows.go_to(key)

    def under_cursor(self, lines: Mapping[int, Meant]) -> Meant | None:
        """What the line under the cursor stands for, of `lines` by their keys."""
        row = self.query_one(Rows).current
        return lines.get(row.key) if row is not None else None

    def action_cursor(self, step: int) -> None:
        """To the line above or below."""
        self.query_one(Listing).move(step)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self.query_one(Listing).page(pages)

    def action_edge(self, end: int) -> None:
        """To the first line or the last."""
        self.query_one(Listing).edge(end)


class PartLine(Protocol):
    """A line of a part; `ident` stays the same however the list changes."""

    @property
    def ident(self) -> str:
        """What tells it apart."""


LineOfPart = TypeVar("LineOfPart", bound=PartLine)


class ListPart(NamedTuple, Generic[LineOfPart]):
    """A heading with the number and the heads of the columns beside it, and its lines."""

    title: str
    number: int | str
    lines: tuple[LineOfPart, ...]
    tone: Tone | Level = Tone.STRONG
    heads: tuple[str, ...] = ()


class KeyedLines(Generic[LineOfPart]):
    """The lines of a list in parts, by keys that they keep however the list changes."""

    def __init__(self) -> None:
        self.lines: dict[int, LineOfPart] = {}
        self.titles: dict[int, str] = {}
        """The heading that each line stands under."""
        self._keys: dict[str, int] = {}

    def rows(
        self, parts: Iterable[ListPart[LineOfPart]], row: Callable[[int, LineOfPart], Row]
    ) -> list[Section | Row]:
        """The headings and the lines of `parts`, each made by `row` of its key and itself."""
        rows: list[Section | Row] = []
        self.lines, self.titles = {}, {}
        for part in parts:
            rows.append(Section(part.title, part.number, part.tone, part.heads))
            for line in part.lines:
                key = self._keys.setdefault(line.ident, len(self._keys) + 1)
                self.lines[key], self.titles[key] = line, part.title
                rows.append(row(key, line))
        return rows


_ONE_BY_ONE = 100
"""Up to how many cards are read each by itself rather than all there are."""


def read_cards(glance: Glance, ids: Collection[int]) -> dict[int, Card]:
    """The cards that are still there, by id."""
    if len(ids) > _ONE_BY_ONE:
        return {card.id: card for card in glance.cards(closed=None) if card.id in ids}
    cards = {}
    for id_ in ids:
        with suppress(NotFound):
            cards[id_] = glance.card(id_)
    return cards


_LINES_A_STEP = 2


class Scrolled(Screen[Answer]):
    """A screen that is read from top to bottom: the keys scroll the part that `scrolled` names."""

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
