"""The two questions asked all day, *what is on the board* and *what is due*, answered by `sqlite3`.

No ORM loads for them: all imports here are light, and reads go through the views `board_card`
and `open_follow_up`. Which follow-ups are shown is said once, in `Glance._follow_ups`, and in which
order, in `store.read.faces.Placing`: lists, cards and the screen cannot disagree.
"""

import os
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from stat import S_ISREG
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from store.clock import Clock
from store.errors import OLDER, NeedsMigration, NotFound, PathName, StoreError, board_error
from store.file.opening import State, cannot_open, connect, prepare, recognise, refuse, state_of
from store.model.board import Board, Card, Due, follow_up_number, in_turn, urgency_key
from store.model.due_list import CardInterview, Closing
from store.model.orders import LANE_ORDERS, URGENCY, order_key
from store.read.faces import (
    CARD,
    FOLLOW_UP,
    INTERVIEW,
    LEAN_CARD,
    NAMED_FOLLOW_UP,
    Faces,
    Placed,
    Placing,
    interviews_ahead,
)
from store.read.rows import Connection, Reader, Row, as_stored
from store.rules.followups.actions import actions_that
from store.rules.shelf import list_until
from store.rules.stages import ORDER, AllClosed, Stage
from store.rules.text import searchable
from store.server.address import Address

if TYPE_CHECKING:
    from store.model.dossier import Dossier
    from store.rules.offer_weights import CriterionEntry

__all__ = ["PLANNED_BY", "Glance", "NeedsMigration", "open_glance"]

_ORDER = "order."
"""How the names of the settings begin that hold the orders of the lanes."""

PLANNED_BY = "rules"
"""The setting that holds the fingerprint of the rules by which the board was planned last."""

_ABROAD = 2
"""By how many days the day of one instant can differ between two zones of the world (26 hours)."""
_AHEAD = (1, 3, 7, 31, 366, 36_500)
"""Spans in days in which the next follow-up is sought: a near one is found without reading all."""

_STARTS = "(SELECT starts_work_on FROM application WHERE application.id = application_id)"


def in_sql(actions: Iterable[str]) -> str:
    """The actions as a list in SQL."""
    return ", ".join(f"'{name}'" for name in sorted(actions))


_CLOSED_KEEP = in_sql(actions_that(lambda action: action.kept_by == "closed"))
_ACCEPTED_KEEP = in_sql(actions_that(lambda action: action.kept_by == "accepted"))


SHOWN = f"""
 AND (lapses_at IS NULL OR lapses_at > :now)
 AND (outcome IS NULL OR action IN ({_CLOSED_KEEP})
      OR (outcome = 'accepted' AND action IN ({_ACCEPTED_KEEP})
          AND ({_STARTS} IS NULL OR {_STARTS} >= :today)))"""
"""What makes an open follow-up one to show: in its window (an inquiry's ends when its card goes
quiet), and of an open application. A closed one still owes thanks and what was promised, and is
worth another look; the user's own reminders rest until it is opened again. An accepted one asks
for references, the letter, the signature and the like until the first day at work."""
_INTERVIEWS_AHEAD = f"{INTERVIEW} WHERE status = 'confirmed' AND starts_at > :since"
LONGEST = timedelta(days=1)
"""No interview takes longer."""


class _Scope(NamedTuple):
    """Which applications: one condition for each of the three things read of them."""

    cards: str
    follow_ups: str
    interviews: str


_OPEN = _Scope(
    "outcome IS NULL",
    "outcome IS NULL",
    "application_id IN (SELECT id FROM application WHERE outcome IS NULL)",
)
_BOARD = _OPEN._replace(cards="(outcome IS NULL OR outcome = 'accepted')")
"""With those that were accepted: their first day may still be ahead."""
_CLOSED = _Scope(
    "outcome IS NOT NULL",
    "outcome IS NOT NULL",
    "application_id IN (SELECT id FROM application WHERE outcome IS NOT NULL)",
)
_ALL = _Scope("TRUE", "TRUE", "TRUE")
_ONE = _Scope("id = :id", "application_id = :id", "application_id = :id")


class Glance:
    """Reads the board through one connection, which it closes only when asked to.

    Every method raises StoreError when the file cannot be read.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.reader = Reader(connection, clock)
        self.faces = Faces(self.reader)
        self.clock = clock

    def board(self, now: datetime | None = None) -> Board:
        """The open cards, lane by lane, each sorted by urgency or as the user ordered it.

        In a lane ordered by hand, cards without a place stand first: they came in since.
        """
        now = self.reader.now(now)
        lanes: dict[Stage, list[Card]] = {stage: [] for stage in ORDER}
        with self.reader.snapshot():
            cards = self._cards(_BOARD, now)
            orders = self._lane_orders()
            change_id = self.change_id()
        taken = []
        for card in cards:
            if card.outcome is None:
                lanes[card.stage].append(card)
            elif card.in_reach(now.date()):
                taken.append(card)
        for stage, lane in lanes.items():
            lane.sort(key=lambda card: urgency_key(card, now))
            if stage in orders:
                lane.sort(key=order_key(orders[stage], now))
        return Board(
            MappingProxyType({stage: tuple(lane) for stage, lane in lanes.items()}),
            MappingProxyType(orders),
            change_id,
            in_turn(taken),
        )

    def _lane_orders(self) -> dict[Stage, str]:
        """The orders of the lanes that are not sorted by urgency; one that is gone counts as it."""
        kept = dict(self.reader.settings(_ORDER))
        return {
            stage: kept[stage]
            for stage in ORDER
            if kept.get(stage) in LANE_ORDERS and kept[stage] != URGENCY
        }

    def cards(
        self, *, closed: bool | None = False, now: datetime | None = None, lean: bool = False
    ) -> tuple[Card, ...]:
        """The applications by id: the open ones, the closed ones, or with None all.

        `lean` cards know only what a line of a list shows: who and where, when they applied, what
        comes next, whether they are quiet. They are read in half the time.
        """
        scope = _ALL if closed is None else _CLOSED if closed else _OPEN
        with self.reader.snapshot():
            cards = self._cards(scope, self.reader.now(now), lean=lean)
            return tuple(sorted(cards, key=itemgetter(0)))

    def card(self, application_id: int, now: datetime | None = None) -> Card:
        """One application, open or closed; NotFound when there is none with this id."""
        with self.reader.snapshot():
            found = self._cards(_ONE, self.reader.now(now), application_id)
        if not found:
            raise NotFound(f"There is no application {application_id}.")
        return found[0]

    def dossier(self, application_id: int, now: datetime | None = None) -> "Dossier":
        """Everything about one application; NotFound when there is none with this id."""
        from store.read.dossier import read_dossier

        return read_dossier(self, application_id, now)

    def due(self, now: datetime | None = None, days: int = 0) -> tuple[Due, ...]:
        """The follow-ups that are late or due today, and those of the next `days` days.

        Those for today and before by rank, the most late first; then by day, rank and time (see
        `Due.order`). Some hang on an interview that is not over: lists fold them under it.
        """
        now = self.reader.now(now)
        until = later(now.date(), days)
        with self.reader.snapshot():
            return tuple(self.faces.due(found) for found in self._due_until(until, now))

    def next_due(self, now: datetime | None = None) -> Due | None:
        """The first follow-up after today, one that hangs on no interview if there is any."""
        now = self.reader.now(now)
        today = now.date().isoformat()
        waiting = None
        with self.reader.snapshot():
            for span in _AHEAD:
                for found in self._due_until(later(now.date(), span), now, after=today):
                    if found.after is None:
                        return self.faces.due(found)
                    waiting = waiting or found
            return self.faces.due(waiting) if waiting is not None else None

    def follow_ups_of(self, application_id: int, now: datetime | None = None) -> tuple[Due, ...]:
        """The follow-ups of one application that are open, in order; the first that can be done
        is its card's."""
        with self.reader.snapshot():
            now = self.reader.now(now)
            found = self._follow_ups(_ONE.follow_ups, now, id=safe_id(application_id))
            return tuple(map(self.faces.due, sorted(map(self.places_at(now), found))))

    def follow_up(self, follow_up_id: int) -> Due:
        """An open follow-up, shown or not; NotFound when there is none with this id."""
        with self.reader.snapshot():
            rows = self.reader.rows(
                f"{NAMED_FOLLOW_UP} WHERE id = :id", {"id": safe_id(follow_up_id)}
            )
            if not rows:
                raise NotFound(f"There is no open follow-up {follow_up_number(follow_up_id)}.")
            return self.faces.due(self.places_at(self.reader.now())(rows[0]))

    def change_id(self) -> int:
        """The newest change, 0 on a new board. Undo and redo are changes too."""
        return int(self._value("SELECT max(id) FROM change") or 0)

    def data_version(self) -> int:
        """A number that changes when another connection has written to the board."""
        with self.reader.snapshot():
            return self.reader.connection.data_version()

    def may_write(self) -> bool:
        """Whether the user may change the board, as far as that can be told before trying."""
        with self.reader.snapshot():
            return self.reader.connection.may_write()

    def criteria(self) -> "tuple[CriterionEntry, ...]":
        """What matters to the user in every offer, the weightiest first."""
        from store.rules.offer_weights import CriterionEntry

        sql = "SELECT id, name, weight FROM criterion ORDER BY weight DESC, id"
        with self.reader.snapshot():
            return tuple(CriterionEntry(*row) for row in self.reader.rows(sql))

    def others(self, application_id: int, now: datetime | None = None) -> tuple[Card, ...]:
        """The other open cards: those to be told of an offer (R16), or withdrawn (R18)."""
        return tuple(card for card in self.cards(now=now) if card.id != application_id)

    def setting(self, name: str) -> str | None:
        """A choice that was stored with the board."""
        value = self._value("SELECT value FROM setting WHERE name = :name", name=name)
        return None if value is None else str(value)

    def close(self) -> None:
        """Close the connection."""
        self.reader.connection.close()

    def _value(self, sql: str, **values: object) -> Any:
        with self.reader.snapshot():
            rows = self.reader.rows(sql, values)
        return rows[0][0] if rows else None

    def _due_until(self, until: date, now: datetime, after: str = "") -> list[Placed]:
        """Those shown with a day up to `until` and later than `after`, in order.

        Read in two strokes, since each has an index of its own: a snooze may move a follow-up
        either way.
        """
        last, reach = until.isoformat(), later(until, _ABROAD).isoformat()
        planned = (
            "snoozed_to IS NULL AND due_on <= :reach AND (due_on <= :until OR due_at IS NOT NULL)"
        )
        found = self._follow_ups(planned, now, until=last, reach=reach)
        found += self._follow_ups("snoozed_to <= :until", now, until=last)
        placed = map(self.places_at(now), found)
        return sorted(each for each in placed if after < each.day <= last)

    def places_at(self, now: datetime) -> Placing:
        """What gives follow-ups their places in the order of every list at `now`."""
        since = {"since": as_stored(now - LONGEST)}
        return self.faces.places_at(
            now, interviews_ahead(self.reader.rows(_INTERVIEWS_AHEAD, since), as_stored(now))
        )

    def _follow_ups(
        self, which: str, now: datetime, columns: str = NAMED_FOLLOW_UP, **values: object
    ) -> list[Row]:
        """The follow-ups that are shown at `now`: the one place that decides it."""
        values |= {"now": as_stored(now), "today": now.date().isoformat()}
        return self.reader.rows(f"{columns} WHERE {which}{SHOWN}", values)

    def _cards(
        self,
        scope: _Scope,
        now: datetime,
        application_id: int | None = None,
        *,
        lean: bool = False,
    ) -> list[Card]:
        """The cards in no order: to sort them here takes a tenth of what SQLite needs for it."""
        which: dict[str, object] = {}
        if application_id is not None:
            which["id"] = safe_id(application_id)
        at = as_stored(now)
        rows = self.reader.rows(f"{INTERVIEW} WHERE {scope.interviews}", which)
        interviews: dict[int, list[Row]] = {}
        for row in rows:
            interviews.setdefault(row[1], []).append(row)
        placing = self.faces.places_at(now, interviews_ahead(rows, at))
        found = self._follow_ups(scope.follow_ups, now, FOLLOW_UP, **which)
        first = placing.first_of_each(found)
        make, wanted = self.faces.card, f"{CARD} WHERE {scope.cards}"
        if lean:
            # By the table itself: nearly all rows are wanted, and lie in order.
            by_table = self.reader.connection.by_table
            make, wanted = self.faces.lean_card, f"{LEAN_CARD} WHERE {by_table}{scope.cards}"
        return [
            make(row, first.get(row[0]), interviews.get(row[0], ()), at)
            for row in self.reader.rows(wanted, which)
        ]


def safe_id(row_id: int) -> int:
    """`row_id`, or one that no row has when it is too large for a column."""
    return row_id if 0 < row_id < 2**63 else 0


def later(day: date, days: int) -> date:
    """The day `days` later; the last one there is when that lies beyond it."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def open_glance(
    path: PathName, clock: Clock, *, patience: float | None = None, known: bool = False
) -> Glance | None:
    """The board at `path`, opened for reading only; None when there is no such board.

    `patience` is that of `store.file.opening.connect`. A file that is `known`, since it is open
    already, is not looked at from outside first. Raises NeedsMigration for an older or empty
    board, which `store.boards.open_database` brings up to date, and StoreError for what is none of
    ours, newer, damaged, locked or out of reach.
    """
    if isinstance(path, Address):
        from store.server.reading import open_reading

        reading = open_reading(path)
        return Glance(reading, clock) if reading is not None else None
    try:
        ordinary = S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 (pathlib takes 2 ms to load)
    except FileNotFoundError:
        return None
    except OSError:
        ordinary = False
    if not ordinary:
        from pathlib import Path

        prepare(Path(path), create=False)  # tells what is there instead
    connection = None
    try:
        if not known:
            recognise(path)
        # Not opened read-only: after a crash the first reader takes the interrupted change back.
        connection = connect(path, patience=patience)
        connection.execute("PRAGMA query_only = ON")
        state = state_of(connection)
        refuse(state, path)
        if state is not State.CURRENT:
            raise board_error(OLDER, path)
    except (sqlite3.Error, OSError, UnicodeDecodeError, StoreError) as error:
        if connection is not None:
            connection.close()
        raise cannot_open(error, path) from None
    return Glance(connection, clock)


_HOW_MANY_CLOSED = "SELECT count(*) FROM application WHERE outcome IS NOT NULL"
_TAKEN = """
SELECT company FROM application
WHERE outcome = 'accepted'
  AND closed_on >= (SELECT coalesce(max(applied_on), '0001-01-01') FROM application)
ORDER BY closed_on DESC, id DESC LIMIT 1"""
"""One that was accepted before the newest application was made belongs to an earlier search."""


def read_all_closed(glance: Glance) -> AllClosed | None:
    """How the search ended; None while an application is open, or when there never was one.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        if reader.rows("SELECT 1 FROM application WHERE outcome IS NULL LIMIT 1"):
            return None
        ((number,),) = reader.rows(_HOW_MANY_CLOSED)
        taken = reader.rows(_TAKEN)
    return AllClosed(number, taken[0][0] if taken else "") if number else None


_TEXTS = """
SELECT id AS owner, 'contact', via_recruiter FROM application WHERE via_recruiter <> ''
UNION ALL
SELECT application_id, 'contact', name || '\n' || title || '\n' || email FROM contact
UNION ALL
SELECT application_id, 'note', text FROM note
UNION ALL
SELECT application_id, '', next_step || '\n' || promised_text || '\n' || remarks
FROM debrief WHERE next_step <> '' OR promised_text <> '' OR remarks <> ''
UNION ALL
SELECT application_id, '', text || '\n' || detail FROM point"""
_TEXTS_OF_ONE = f"SELECT * FROM ({_TEXTS}) AS found WHERE owner = :id"


class SearchTexts(NamedTuple):
    """The texts of one application that no card has, `searchable`.

    `text` is all of them; `contacts` and `notes` are those parts of it.
    """

    text: str
    contacts: str = ""
    notes: str = ""


def read_search_texts(glance: Glance, application_id: int | None = None) -> dict[int, SearchTexts]:
    """The texts of each application that has any, or of one, in no order.

    Notes, the names, titles and addresses of people, what was written in debriefs, and every point
    with its detail. Raises StoreError when the file cannot be read.
    """
    texts: dict[int, dict[str, list[str]]] = {}
    with glance.reader.snapshot():
        one = {} if application_id is None else {"id": safe_id(application_id)}
        for owner, kind, text in glance.reader.rows(_TEXTS_OF_ONE if one else _TEXTS, one):
            texts.setdefault(owner, {}).setdefault(kind, []).append(text)
    return {owner: _search_texts(parts) for owner, parts in texts.items()}


def _search_texts(parts: dict[str, list[str]]) -> SearchTexts:
    folded = {kind: searchable("\n".join(texts)) for kind, texts in parts.items()}
    return SearchTexts(
        "\n".join(folded.values()), folded.get("contact", ""), folded.get("note", "")
    )


_STAMPS = "SELECT id, posted_on, closing_on, no_contact, created_at, updated_at FROM application"


class Stamps(NamedTuple):
    """What no card shows of an application: the days of its posting, whether the employer wants no
    questions, and when it was added and last changed."""

    posted_on: date | None
    closing_on: date | None
    no_contact: bool
    created_at: datetime
    updated_at: datetime


def read_stamps(glance: Glance, application_id: int | None = None) -> dict[int, Stamps]:
    """The stamps of every application, or of one. Raises StoreError when the file is unreadable."""
    reader = glance.reader
    with reader.snapshot():
        days, instants = reader.days, reader.instants
        return {
            id_: Stamps(
                days[posted], days[closing], bool(no_contact), instants[created], instants[updated]
            )
            for id_, posted, closing, no_contact, created, updated in reader.rows(
                _STAMPS if application_id is None else f"{_STAMPS} WHERE id = :id",
                {} if application_id is None else {"id": safe_id(application_id)},
            )
        }


_OF_THE_DAYS = f"""
{INTERVIEW} WHERE status = 'confirmed' AND starts_at >= :first AND starts_at < :next
ORDER BY starts_at, id"""
_NAMES = "SELECT company, role, outcome IS NULL, employer FROM application WHERE id = :id"


def interviews_on(glance: Glance, day: date, days: int = 0) -> tuple[CardInterview, ...]:
    """The interviews that begin on `day`, or in the `days` days after it, at the reader's place.

    In their order; none that was cancelled.
    """
    zone = glance.clock.zone
    last = date.fromordinal(min(day.toordinal() + days, date.max.toordinal() - 1))
    span = {
        "first": as_stored(datetime.combine(day, time(), zone)),
        "next": as_stored(datetime.combine(last + timedelta(days=1), time(), zone)),
    }
    reader, found = glance.reader, []
    with reader.snapshot():
        for row in reader.rows(_OF_THE_DAYS, span):
            ((company, role, is_open, key),) = reader.rows(_NAMES, {"id": row[1]})
            interview = glance.faces.interview(row)
            found.append(CardInterview(row[1], company, role, bool(is_open), interview, key))
    return tuple(found)


_CLOSINGS = """
SELECT id, company, role, closing_on, url FROM posting
WHERE closing_on BETWEEN :today AND :until ORDER BY closing_on, id"""


def closings_on(glance: Glance, day: date, days: int = 0) -> tuple[Closing, ...]:
    """The postings on the shelf that belong on the list of `day` and the `days` days after it.

    The next to close first. Raises StoreError when the file cannot be read.
    """
    span = {"today": day.isoformat(), "until": list_until(day, days).isoformat()}
    reader = glance.reader
    with reader.snapshot():
        return tuple(
            Closing(id_, company, role, reader.days[closing], url)
            for id_, company, role, closing, url in reader.rows(_CLOSINGS, span)
        )
