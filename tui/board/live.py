"""What is shown and what is stored, kept together.

A change is shown at once and handed to the desk; the stored card replaces the foreseen one, and a
failure brings back what is stored.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from store.errors import NotFound, StoreError
from store.model.board import Written
from store.model.dossier import Board, Card, Due
from store.read.glance import Glance
from store.rules.stages import ORDER
from store.rules.text import Refused
from tui.board.agenda import DAYS_AHEAD, Agenda, anything_between, next_turn
from tui.board.changes import find, knowing, with_card, without
from tui.board.feed import Chances, Feed
from tui.board.view import BoardView
from tui.conversation import Act
from tui.rounds import Refresh

_PAINT_SECONDS = 0.003
"""What the terminal's thread needs to write a picture that is ready."""
_ONE_BY_ONE = 20
"""Up to how many cards are read each by itself rather than the whole board."""

_Found = tuple[tuple[Card, tuple[Due, ...]], ...]


class BoardState(BoardView):
    """The board as it changes: by what is done here, in other windows, and by the clock."""

    def __init__(self, board: Board, now: datetime, *, complete: bool) -> None:
        super().__init__(board, now, complete=complete)
        self._turns_at = next_turn(board.cards(), now)
        self._waiting: Counter[int] = Counter()
        """By card, the changes that were handed over and have not been answered."""
        self._submitted = 0
        self._stale = False
        """Whether the whole board is to be read again."""
        self._reading = False
        self._concerned: set[int] = set()
        """Other cards whose follow-ups have changed with changes of our own."""
        self._changed: int | None = None
        """The card that was changed here last."""

    def begin(self) -> None:
        """After the first paint: read what the first picture did without."""
        self.feed = Feed(self.rounds.desk, self._dossier_read, self.rounds.fail, self._chances_read)
        if self._complete:
            if not any(self.board.lanes.values()):
                self._say_why_empty()
            future = self.rounds.desk.read(lambda g: g.due(days=DAYS_AHEAD))
            future.add_done_callback(self._agenda_read)
            self._want_dossier()
        else:
            self._reload()

    def _chances_read(self, chances: Chances) -> None:
        """Under the card that has just been changed, the line stays as it was read."""
        card = self.panel.card
        self.panel.show_chances(chances, at_once=card is None or card.id != self._changed)

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
        known, self._changed = self.board.change_id, written.application_id
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
        self._concerned.update(written.also)
        self._read_concerned()
        self._want_dossier()
        self._reload_if_stale()

    def _read_concerned(self) -> None:
        """Read the other cards that changes of our own concern, once all of these are stored.

        Unless the whole board is about to be read anyway, as it is for many of them.
        """
        if not self._concerned or self._waiting.total() > 0:
            return
        ids, self._concerned = sorted(self._concerned), set()
        if self._stale or self._reading or len(ids) > _ONE_BY_ONE:
            self._stale = True
            return
        future = self.rounds.desk.read(partial(_cards_and_dues, ids))
        future.add_done_callback(partial(self._concerned_read, ids, self._submitted))

    def _concerned_read(
        self, ids: Sequence[int], submitted: int, future: "asyncio.Future[_Found]"
    ) -> None:
        if future.cancelled():
            return
        if (error := future.exception()) is not None:
            self.rounds.fail(error)
            return
        if submitted != self._submitted:
            # What was read is older than what is shown.
            self._concerned.update(ids)
            self._read_concerned()
            return
        board = self.board
        for card, dues in future.result():
            self.agenda.put(card.id, dues)
            self._turns_at = min(self._turns_at, next_turn((card,), self.at))
            board = with_card(board, card, self.at)
        self.set_board(board)

    def know(self, change_id: int) -> None:
        """What is shown holds for the change `change_id` as well."""
        self.board = knowing(self.board, change_id)

    async def after(self, written: Written) -> None:
        """The board shows every stored change in `take`."""

    def on_refresh(self, message: Refresh) -> None:
        """What is shown may be out of date."""
        message.stop()
        self._reload()

    def turn(self, now: datetime) -> None:
        """The clock went on: count anew when anything that is shown follows from it."""
        passed = self.agenda.passed(now)
        if self.at <= now < self._turns_at and not passed:
            return
        overtaken = passed or now < self.at or anything_between(self.board.cards(), self.at, now)
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
        """Count the follow-ups of a changed card, once they have been read."""
        if card is None or self.feed is None:
            self.agenda.put(application_id, ())
        else:
            future = self.rounds.desk.read(lambda g: g.shown(application_id))
            future.add_done_callback(partial(self._counted, application_id))

    def _counted(self, application_id: int, future: "asyncio.Future[tuple[Due, ...]]") -> None:
        if self._waiting[application_id] > 0 or future.cancelled():
            return
        if future.exception() is None:
            self.agenda.put(application_id, future.result())
            self.show_headline()

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
        self.show_headline()


def _cards_and_dues(ids: Sequence[int], glance: Glance) -> _Found:
    """The cards that are still there, each with its follow-ups; to be called on the desk."""
    found = []
    for card_id in ids:
        with suppress(NotFound):
            found.append((glance.card(card_id), glance.shown(card_id)))
    return tuple(found)
