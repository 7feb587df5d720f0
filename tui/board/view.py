"""The board on the screen: four lanes, the panel, the line above and the line below.

The state is one frozen `Board` with a cursor in it; `live` keeps it in line with the store.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from store.model.dossier import Board, Card, Dossier
from store.rules.dates import short_day
from store.rules.stages import ORDER, AllClosed, Stage, all_closed_line
from tui.actions.applications import CardActions
from tui.board.agenda import Agenda
from tui.board.feed import Feed
from tui.board.headline import Headline, Notice
from tui.board.lane import Lane, View
from tui.board.panel import NARROWEST, WIDEST, Panel
from tui.filtering import Filter
from tui.themes import Inks
from tui.widgets.keybar import KeyBar

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Cells below which the board asks for more room."""
WIDE = 120
"""Columns from which the panel has a place of its own beside the lanes."""
_PAINTED_SECONDS = 0.02
"""After which a key has been painted; keys that are held come at 30 a second."""
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
_ALL_CLOSED = (
    (("c", "key"), (" shows them, and how each one ended", "")),
    (("a", "key"), (" adds another application", "")),
)


def taken_words(taken: Sequence[Card], today: date) -> str:
    """The offers that were accepted and have not begun: “Globex from 1 Feb”."""
    return " · ".join(
        f"{card.company} from {short_day(card.starts_work_on, today).split(' ', 1)[1]}"
        if card.starts_work_on is not None
        else f"{card.company}: accepted"
        for card in taken
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
        self._will_want = False
        self._asked_why_empty = False
        self._complete = complete
        self.stage = next((stage for stage in ORDER if board.lanes[stage]), Stage.APPLIED)

    # What is drawn

    def compose(self) -> ComposeResult:
        yield Headline(self._day(), self.agenda.tally)
        with Container(id="table"):
            for stage in ORDER:
                yield Lane(stage, self._view(stage))
            yield Panel()
            # On a board that was ever written to, what to say is read first.
            yield Notice(() if self.board.change_id else _WELCOME, id="welcome")
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
        self.show_headline()
        empty = self._complete and not any(self.board.lanes.values())
        self.set_class(empty, "-empty")
        if empty:
            self._say_why_empty()
        self._show_card()

    def show_headline(self) -> None:
        """Show the day, what is to be done, and what was taken."""
        taken = taken_words(self.board.taken, self.at.date())
        self.headline.show(self._day(), self.agenda.tally, self._note(), taken)

    def _say_why_empty(self) -> None:
        """Find out whether nothing is open any more, or nothing was ever there: a newcomer is
        greeted, nobody else is."""
        if self.feed is None or self._asked_why_empty:
            return
        self._asked_why_empty = True
        from store.read.glance import read_all_closed

        future = self.rounds.desk.read(read_all_closed)
        future.add_done_callback(self._why_empty_read)

    def _why_empty_read(self, future: "asyncio.Future[AllClosed | None]") -> None:
        self._asked_why_empty = False
        if future.cancelled():
            return
        if (error := future.exception()) is not None:
            self.rounds.fail(error)
            return
        found = future.result()
        self.query_one("#welcome", Notice).say(
            _WELCOME if found is None else (((all_closed_line(found), "strong"),), *_ALL_CLOSED)
        )

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
        if known is None:
            self._want_dossier()
        elif not self._will_want:
            # Those beside it are read when this one stands on the screen: Python runs one thread
            # at a time, and the desk would take turns with the painting.
            self._will_want = True
            asyncio.get_running_loop().call_later(_PAINTED_SECONDS, self._want_dossier)

    def _want_dossier(self) -> None:
        """Have the dossiers of this card, the one below and the one above ready."""
        self._will_want = False
        if self.feed is None or not self.panel.display:
            return
        lane = self.lanes[self.stage]
        places = (self.place, self.place + 1, self.place - 1)
        self.feed.want([lane[place].id for place in places if 0 <= place < len(lane)])

    def _dossier_read(self, dossier: Dossier) -> None:
        card = self.subject()
        if card is not None and card.id == dossier.card.id:
            self.panel.show(card, dossier, self.at)
