"""The board on the screen: it owns the state, and keeps what is shown and what is stored together.

The state is one frozen `Board` with a cursor in it. A change is shown at once and handed to the
desk; the stored card replaces the foreseen one, and a failure brings back what is stored.
"""

import asyncio
from collections import Counter
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from store.card import Board, Card, Dossier, Due
from store.errors import StoreError
from store.rules.dates import short_day
from store.rules.refusal import Refused
from store.rules.stages import ORDER, Stage
from store.written import Written
from tui.feed import Feed
from tui.filtering import Filter
from tui.screens.card_actions import CardActions
from tui.screens.conversation import Act
from tui.shown import find, knowing, with_card, without
from tui.signals import Refresh
from tui.tally import DAYS_AHEAD, Agenda
from tui.themes import Inks
from tui.timing import anything_between, next_turn
from tui.widgets.headline import Headline
from tui.widgets.keybar import KeyBar
from tui.widgets.lane import Lane, View
from tui.widgets.notice import Notice
from tui.widgets.panel import NARROWEST, WIDEST, Panel

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Cells below which the board asks for more room."""
WIDE = 120
"""Columns from which the panel has a place of its own beside the lanes."""
_PAINT_SECONDS = 0.003
"""What the terminal's thread needs to write a picture that is ready."""
_LANES_AT_LEAST = 80
"""Columns that the four lanes keep beside the panel."""

BAR = (
    "add",
    "open",
    "today",
    "move.right",
    "interview",
    "done",
    "replied",
    "note",
    "close",
    "filter",
    "panel.enter",
    "undo",
    "help",
    "palette",
    "quit",
)
"""The commands on the key bar, the most wanted first."""
PANEL_BAR = ("panel.tick", "cursor.down", "cursor.up", "back", "help", "palette")
"""Those while the panel has the keys."""
_WELCOME = (
    (("a", "key"), (" adds your first application", "")),
    (("rounds import FILE", "key"), (" brings in your LinkedIn export", "")),
    (("rounds demo", "key"), (" shows a board full of examples", "")),
)


class BoardView(CardActions, Screen[None]):
    """Four lanes, the panel, the line above and the line below.

    Args:
        board: what is known already.
        now: the moment it is shown for.
        complete: whether `board` was read from the store.
    """

    AUTO_FOCUS: ClassVar[str] = ""

    def __init__(self, board: Board, now: datetime, *, complete: bool) -> None:
        super().__init__()
        self.board = board
        self.at = now
        """The moment that everything on the screen is shown for."""
        self.stage = Stage.APPLIED
        """The lane of the cursor."""
        self.place = 0
        """The place of the cursor in its lane, as shown."""
        self.lanes = dict(board.lanes)
        """The cards shown: those of the board that match the filter."""
        self.query_text = ""
        self.filter = Filter()
        self.agenda = Agenda.of_cards(board.cards(), now)
        self.lifted: tuple[int, Stage | None] | None = None
        """The card being dragged, and the lane that it is held over."""
        self.feed: Feed | None = None
        self._complete = complete
        self._turns_at = next_turn(board.cards(), now)
        self._waiting: Counter[int] = Counter()
        self._submitted = 0
        self._stale = False
        self._reading = False
        self.stage = next((stage for stage in ORDER if board.lanes[stage]), Stage.APPLIED)

    # What is drawn

    def compose(self) -> ComposeResult:
        yield Headline(self._day(), self.agenda.tally)
        with Container(id="table"):
            for stage in ORDER:
                yield Lane(stage, self._view(stage))
            yield Panel()
            yield Notice(_WELCOME, id="welcome")
        yield KeyBar("board", BAR)
        yield Notice((), id="room")

    def on_mount(self) -> None:
        self.headline = self.query_one(Headline)
        self.keybar = self.query_one(KeyBar)
        self.panel = self.query_one(Panel)
        self.lane_widgets = {lane.stage: lane for lane in self.query(Lane)}
        self.show_inks(self.rounds.inks)
        self._lay_out(self.app.size.width, self.app.size.height)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Find a place for everything in another size."""
        self._lay_out(event.size.width, event.size.height)
        self.call_after_refresh(self._draw)

    def on_key(self) -> None:
        """The user begins to do things: be ready to write."""
        self.rounds.desk.warm_up()

    def show_inks(self, inks: Inks) -> None:
        """Draw everything with the inks of another theme."""
        for widget in (self.headline, self.keybar, self.panel, *self.lane_widgets.values()):
            widget.show_inks(inks)
        for notice in self.query(Notice):
            notice.show_inks(inks)

    def begin(self) -> None:
        """After the first paint: read what the first picture did without."""
        self.feed = Feed(
            self.rounds.desk, self._dossier_read, self.rounds.fail, self.panel.show_chances
        )
        if self._complete:
            future = self.rounds.desk.read(lambda g: g.due(days=DAYS_AHEAD))
            future.add_done_callback(self._agenda_read)
            self._want_dossier()
        else:
            self._reload()

    def subject(self) -> Card | None:
        """The card under the cursor."""
        lane = self.lanes[self.stage]
        return lane[self.place] if self.place < len(lane) else None

    def _lay_out(self, width: int, height: int) -> None:
        tiny = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(tiny, "-tiny")
        self.set_class(width < WIDE, "-over")
        if tiny:
            room = f"rounds needs {LEAST_WIDTH}×{LEAST_HEIGHT}; this is {width}×{height}"
            self.query_one("#room", Notice).say((((room, ""),),))
        elif width >= WIDE:
            self.panel.styles.width = max(NARROWEST, min(WIDEST, width - _LANES_AT_LEAST))
        self._show_or_hide_panel(width)

    def _show_or_hide_panel(self, width: int) -> None:
        """A wide screen shows the panel unless it was put away, a narrow one when called for."""

    def _day(self) -> str:
        return short_day(self.at.date(), self.at.date())

    def _view(self, stage: Stage) -> View:
        here = stage is self.stage
        card_id, target = self.lifted or (None, None)
        return View(
            self.lanes[stage],
            self.at,
            cursor=self.place if here and self.lanes[stage] else None,
            active=here,
            total=len(self.board.lanes[stage]),
            by_hand=stage in self.board.by_hand,
            lifted=card_id,
            target=stage is target,
            hint="nothing matches" if here and self.query_text else "",
        )

    def _draw(self, *, follow: bool = True) -> None:
        """Show the state; each widget repaints what differs."""
        for stage, lane in self.lane_widgets.items():
            lane.show(self._view(stage), follow=follow)
        self.headline.show(self._day(), self.agenda.tally, self._note())
        self.set_class(self._complete and not any(self.board.lanes.values()), "-empty")
        self._show_card()

    def _note(self) -> str:
        """A word in the first line about what is going on."""
        return ""

    def _show_card(self) -> None:
        """Show the card under the cursor in the panel, with what is known of it.

        What was shown of the same card stays until it has been read anew.
        """
        card = self.subject()
        known = None
        if card is not None and self.feed is not None:
            known = self.feed.known(card.id)
            shown = self.panel.card
            if known is None and shown and (shown.id, shown.stage) == (card.id, card.stage):
                known = self.panel.dossier
        self.panel.show(card, known, self.at)
        self._want_dossier()

    def _want_dossier(self) -> None:
        """Have the dossiers of this card, the one below and the one above ready."""
        if self.feed is None or not self.panel.display:
            return
        lane = self.lanes[self.stage]
        places = (self.place, self.place + 1, self.place - 1)
        self.feed.want([lane[place].id for place in places if 0 <= place < len(lane)])

    def _dossier_read(self, dossier: Dossier) -> None:
        card = self.subject()
        if card is not None and card.id == dossier.card.id:
            self.panel.show(card, dossier, self.at)

    # What is shown and what is stored

    def set_board(self, board: Board, *, cursor: int | None = None) -> None:
        """Show another board; the cursor follows its card, or the card with the id `cursor`.

        When that card is gone, the cursor keeps its place in the lane.
        """
        card = self.subject()
        wanted = cursor if cursor is not None else card.id if card is not None else None
        self.board = board
        self._filter_lanes()
        self._place_cursor(wanted)
        self._draw()

    def submit(self, card_id: int, act: Act) -> None:
        """Hand a change that is shown already to the desk."""
        self._waiting[card_id] += 1
        self._submitted += 1
        desk = self.rounds.desk
        desk.hold()
        self.call_after_refresh(self._painted)
        desk.write(act).add_done_callback(partial(self._answered, card_id))

    def _painted(self) -> None:
        """The change is on its way to the terminal: when it is there, write it."""
        asyncio.get_running_loop().call_later(_PAINT_SECONDS, self.rounds.desk.release)

    def take(self, written: Written) -> None:
        """A change of our own was stored."""
        known = self.board.change_id
        if written.change_id > known + 1:
            # Somebody else wrote in between.
            self._stale = True
        self.board = knowing(self.board, written.change_id)
        if self.feed is not None:
            self.feed.forget()
        card = written.card
        if written.application_id is None:
            self._stale = True
        elif self._waiting[written.application_id] <= 0:
            self._count(written.application_id, card)
            if card is None:
                self.set_board(without(self.board, written.application_id))
            else:
                self._turns_at = min(self._turns_at, next_turn((card,), self.at))
                self.set_board(with_card(self.board, card, self.at))
        self._want_dossier()
        self._reload_if_stale()

    async def after(self, written: Written) -> None:
        """The board shows every stored change in `take`."""

    def on_refresh(self, message: Refresh) -> None:
        """What is shown may be out of date."""
        message.stop()
        self._reload()

    def turn(self, now: datetime) -> None:
        """The clock went on: count anew when anything that is shown follows from it."""
        if self.at <= now < self._turns_at:
            return
        overtaken = now < self.at or anything_between(self.board.cards(), self.at, now)
        self.at = now
        self._turns_at = next_turn(self.board.cards(), now)
        self.agenda.turn(now)
        self._draw()
        if overtaken:
            self._reload()

    def _answered(self, card_id: int, future: "asyncio.Future[Written]") -> None:
        self._waiting[card_id] -= 1
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self.take(future.result())
            return
        if isinstance(error, Refused | StoreError):
            self.rounds.warn(str(error))
        else:
            self.rounds.fail(error)
        self._stale = True
        self._reload_if_stale()

    def _reload_if_stale(self) -> None:
        if self._stale and self._waiting.total() <= 0:
            self._reload()

    def _reload(self) -> None:
        """Read the board again, once nothing that was asked for is under way."""
        self._stale = True
        if self._reading or self._waiting.total() > 0:
            return
        self._reading = True
        self._stale = False
        future = self.rounds.desk.read(lambda g: (g.board(), g.due(days=DAYS_AHEAD)))
        future.add_done_callback(partial(self._board_read, self._submitted))

    def _board_read(self, submitted: int, future: "asyncio.Future[tuple]") -> None:  # type: ignore[type-arg]
        self._reading = False
        if future.cancelled():
            return
        if (error := future.exception()) is not None:
            self.rounds.fail(error)
            return
        if submitted != self._submitted:
            # What was read is older than what is shown.
            self._stale = True
            self._reload_if_stale()
            return
        board, dues = future.result()
        self._complete = True
        self.agenda = Agenda(dues, self.at)
        if self.feed is not None:
            self.feed.forget()
        self._turns_at = next_turn(board.cards(), self.at)
        self.set_board(board)
        if self._stale:
            self._reload()

    def _count(self, application_id: int, card: Card | None) -> None:
        """Count the follow-ups of a changed card: those it shows now, then all that it has."""
        self.agenda.put(application_id, (card.follow_up,) if card and card.follow_up else ())
        if card is not None and self.feed is not None:
            future = self.rounds.desk.read(lambda g: g.shown(application_id))
            future.add_done_callback(partial(self._counted, application_id))

    def _counted(self, application_id: int, future: "asyncio.Future[tuple[Due, ...]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.agenda.put(application_id, future.result())
            self.headline.show(self._day(), self.agenda.tally, self._note())

    def _filter_lanes(self) -> None:
        """Find the cards to show among those of the board."""
        if self.query_text:
            matching = self.filter.matching
            self.lanes = {s: matching(self.board.lanes[s], self.query_text) for s in ORDER}
        else:
            self.lanes = dict(self.board.lanes)

    def _place_cursor(self, card_id: int | None) -> None:
        """Put the cursor on a card, else keep it in its lane at its place."""
        if card_id is not None:
            lane = self.lanes[self.stage]
            if self.place < len(lane) and lane[self.place].id == card_id:
                return
            stage, place = find(self.lanes, card_id)
            if stage is not None:
                self.stage, self.place = stage, place
                return
        self.place = max(0, min(self.place, len(self.lanes[self.stage]) - 1))

    def _agenda_read(self, future: "asyncio.Future[tuple]") -> None:  # type: ignore[type-arg]
        if future.cancelled():
            return
        if (error := future.exception()) is not None:
            self.rounds.fail(error)
            return
        self.agenda = Agenda(future.result(), self.at)
        self.headline.show(self._day(), self.agenda.tally, self._note())
