"""What is shown and what is stored, kept together.

A change is shown at once and handed to the desk; the stored card replaces the foreseen one, and a
failure brings back what is stored.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol

from store.errors import NotFound, StoreError
from store.model.board import Written
from store.model.dossier import Board, Card, Dossier, Due
from store.model.due_list import Closing, Reminder
from store.read.glance import Glance, closings_on
from store.read.searches import read_searches
from store.read.weekly.reminders import reminders_on
from store.rules.stages import Stage
from store.rules.text import Refused
from tui.board.agenda import DAYS_AHEAD, Agenda, anything_between, next_turn
from tui.board.changes import with_card, with_change, without
from tui.board.panel.panel_text import open_dues
from tui.conversation import Act
from tui.desk import Chances, Feed
from tui.rounds import Rounds

_PAINT_SECONDS = 0.003
"""What the terminal's thread needs to write a picture that is ready."""
_ONE_BY_ONE = 20
"""Up to how many cards are read each by itself rather than the whole board."""

_Found = tuple[tuple[Card, tuple[Due, ...]], ...]


class _Ahead(NamedTuple):
    """What is due up to a week from now."""

    dues: Sequence[Due]
    closings: Sequence[Closing]
    reminders: Sequence[Reminder]


class LiveScreen(Protocol):
    """The screen that shows the board, and is told what has become of it."""

    @property
    def rounds(self) -> Rounds: ...
    def show_board(self, card_id: int | None = None) -> None: ...
    def show_stored(self, card_id: int) -> None: ...
    def show_failed(self, card_id: int) -> None: ...
    def show_moment(self) -> None: ...
    def show_headline(self) -> None: ...
    def show_dossier(self, dossier: Dossier) -> None: ...
    def show_chances(self, chances: Chances) -> None: ...
    def show_searches(self, kept: Mapping[str, str]) -> None: ...
    def want_dossier(self) -> None: ...
    def call_after_refresh(self, callback: Callable[[], None]) -> Any: ...


class Live:
    """The board as it changes: by what is done here, in other windows, and by the clock."""

    def __init__(self, screen: LiveScreen, board: Board, now: datetime, *, complete: bool) -> None:
        self.board = board
        self.at = now
        """The moment that everything on the screen is shown for."""
        self.agenda = Agenda.of_cards(board.cards(), now)
        self.feed: Feed | None = None
        """Brings the dossiers, once the first picture is painted."""
        self.complete = complete
        """Whether the board was read from the store."""
        self.changed: int | None = None
        """The card that was changed here last."""
        self._screen = screen
        self._turns_at = next_turn(board.cards(), now)
        self._waiting: Counter[int] = Counter()
        """By card, the changes that were handed over and have not been answered."""
        self._submitted = 0
        self._stale = False
        """Whether the whole board is to be read again."""
        self._reading = False
        self._concerned: set[int] = set()
        """Other cards whose follow-ups have changed with changes of our own."""

    @property
    def _rounds(self) -> Rounds:
        return self._screen.rounds

    def begin(self) -> None:
        screen, rounds = self._screen, self._rounds
        self.feed = Feed(rounds.desk, screen.show_dossier, rounds.fail, screen.show_chances)
        if self.complete:
            rounds.heed(rounds.desk.read(_read_ahead), self._take_dues)
            rounds.heed(rounds.desk.read(read_searches), screen.show_searches)
        else:
            self.reload()

    def dossier_of(self, card_id: int) -> Dossier | None:
        """What is known of a card, once its dossier has been read."""
        return self.feed.dossier_of(card_id) if self.feed is not None else None

    def set_board(self, board: Board, *, cursor: int | None = None) -> None:
        """Show another board; the cursor follows its card, or the card with the id `cursor`."""
        self.board = board
        self._screen.show_board(cursor)

    def move(self, card: Card, stage: Stage) -> None:
        """Move a card: show at once what will become of it, and store it."""
        # With all rules of follow-ups, for which no board waits when it is opened.
        from tui.board.forecast import foresee_card, foresee_page, others_of

        page = self.dossier_of(card.id)
        if page is not None:
            others, rules = others_of(self.board, card, stage), self._rounds.desk.rules(page.preset)
            page = foresee_page(page, card, stage, self.at, rules, others)
            self.put(page)
            moved = page.card
            self.agenda.put(card.id, open_dues(page))
        else:
            moved = foresee_card(card, stage, self.at)
            self.agenda.put(card.id, (moved.follow_up,) if moved.follow_up is not None else ())
        self.set_board(with_card(self.board, moved, self.at), cursor=card.id)
        self.submit(card.id, lambda p: p.move(card.id, stage))

    def put(self, dossier: Dossier) -> None:
        if self.feed is not None:
            self.feed.put(dossier)

    def submit(self, card_id: int, act: Act) -> None:
        """Hand a change that is shown already to the desk."""
        self._waiting[card_id] += 1
        self._submitted += 1
        desk = self._rounds.desk
        desk.hold()
        self._screen.call_after_refresh(self._release_soon)
        desk.write(act).add_done_callback(partial(self._take_answer, card_id))

    def _release_soon(self) -> None:
        """The change is on its way to the terminal: when it is there, write it."""
        asyncio.get_running_loop().call_later(_PAINT_SECONDS, self._rounds.desk.release)

    def take(self, written: Written) -> None:
        """A change of our own was stored."""
        known, self.changed = self.board.change_id, written.application_id
        if written.change_id > known + 1:
            # Somebody else wrote in between.
            self._stale = True
        self.board = with_change(self.board, written.change_id)
        if self.feed is not None:
            self.feed.forget()
        card = written.card
        if written.application_id is not None:
            self._screen.show_stored(written.application_id)
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
        self._screen.want_dossier()
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
        future = self._rounds.desk.read(partial(_cards_and_dues, ids))
        self._rounds.heed(future, partial(self._take_concerned, ids, self._submitted))

    def _take_concerned(self, ids: Sequence[int], submitted: int, found: _Found) -> None:
        if submitted != self._submitted:
            # What was read is older than what is shown.
            self._concerned.update(ids)
            self._read_concerned()
            return
        board = self.board
        for card, dues in found:
            self.agenda.put(card.id, dues)
            self._turns_at = min(self._turns_at, next_turn((card,), self.at))
            board = with_card(board, card, self.at)
        self.set_board(board)

    def know(self, change_id: int) -> None:
        """What is shown holds for the change `change_id` as well."""
        self.board = with_change(self.board, change_id)

    def turn(self, now: datetime) -> None:
        """The clock went on: count anew when anything that is shown follows from it."""
        passed = self.agenda.is_overtaken(now)
        if self.at <= now < self._turns_at and not passed:
            return
        overtaken = passed or now < self.at or anything_between(self.board.cards(), self.at, now)
        self.at = now
        self._turns_at = next_turn(self.board.cards(), now)
        self.agenda.turn(now)
        self._screen.show_moment()
        if overtaken:
            self.reload()

    def _take_answer(self, card_id: int, future: "asyncio.Future[Written]") -> None:
        self._waiting[card_id] -= 1
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self.take(future.result())
            return
        self._screen.show_failed(card_id)
        if isinstance(error, Refused | StoreError):
            self._rounds.warn(str(error))
        else:
            self._rounds.fail(error)
        self._stale = True
        self._reload_if_stale()

    def _reload_if_stale(self) -> None:
        if self._stale and self._waiting.total() <= 0:
            self.reload()

    def reload(self) -> None:
        """Read the board again, once nothing that was asked for is under way."""
        self._stale = True
        if self._reading or self._waiting.total() > 0:
            return
        self._reading = True
        self._stale = False
        future = self._rounds.desk.read(lambda g: (g.board(), _read_ahead(g), read_searches(g)))
        future.add_done_callback(self._end_reading)
        self._rounds.heed(future, partial(self._take_board, self._submitted))

    def _end_reading(self, _: object) -> None:
        self._reading = False

    def _take_board(self, submitted: int, found: tuple[Board, _Ahead, Mapping[str, str]]) -> None:
        if submitted != self._submitted:
            # What was read is older than what is shown.
            self._stale = True
            self._reload_if_stale()
            return
        board, ahead, searches = found
        self.complete = True
        self.agenda = Agenda(ahead.dues, self.at, ahead.closings, ahead.reminders)
        if self.feed is not None:
            self.feed.forget()
        self._turns_at = next_turn(board.cards(), self.at)
        self.set_board(board)
        self._screen.show_searches(searches)
        if self._stale:
            self.reload()

    def _count(self, application_id: int, card: Card | None) -> None:
        """Count the follow-ups of a changed card, once they have been read."""
        if card is None or self.feed is None:
            self.agenda.put(application_id, ())
        else:
            future = self._rounds.desk.read(lambda g: g.follow_ups_of(application_id))
            future.add_done_callback(partial(self._take_count, application_id))

    def _take_count(self, application_id: int, future: "asyncio.Future[tuple[Due, ...]]") -> None:
        if self._waiting[application_id] > 0 or future.cancelled():
            return
        if future.exception() is None:
            self.agenda.put(application_id, future.result())
            self._screen.show_headline()

    def _take_dues(self, ahead: _Ahead) -> None:
        self.agenda = Agenda(ahead.dues, self.at, ahead.closings, ahead.reminders)
        self._screen.show_headline()


def _read_ahead(glance: Glance) -> _Ahead:
    """What is due up to a week from now; to be called on the desk."""
    day = glance.clock.now().date()
    return _Ahead(
        glance.due(days=DAYS_AHEAD),
        closings_on(glance, day, DAYS_AHEAD),
        reminders_on(glance, day, DAYS_AHEAD),
    )


def _cards_and_dues(ids: Sequence[int], glance: Glance) -> _Found:
    """The cards that are still there, each with its follow-ups; to be called on the desk."""
    found = []
    for card_id in ids:
        with suppress(NotFound):
            found.append((glance.card(card_id), glance.follow_ups_of(card_id)))
    return tuple(found)
