"""What all use cases share: the database, the clock, and the way a change is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from store.database import Database
from store.errors import NotFound
from store.journal import Entry, application, recorded
from store.pipeline.replan import replan
from store.rules.refusal import Refused
from store.tables import Application, FollowUp, Interview, Note
from store.written import Written

Part = TypeVar("Part", FollowUp, Interview, Note)
_IDS_END = 2**63
"""SQLite's and PostgreSQL's largest integer, plus one."""


class Step:
    """One use case under way: the application it is about, and how it will be told."""

    def __init__(self, entry: Entry, row: Application) -> None:
        self.entry = entry
        self.row = row
        self.written: Written | None = None

    @property
    def id(self) -> int:
        """The id of the application."""
        assert self.row.id is not None
        return self.row.id

    def tell(self, summary: str) -> None:
        """Say in words what the change was."""
        self.entry.change.summary = summary[:500]

    def result(self) -> Written:
        """What the use case gives back, once its block has ended."""
        assert self.written is not None
        return self.written


def found(session: Session, table: type[Part], row_id: int, missing: str) -> Part:
    """The row with this id; NotFound with the sentence `missing` when there is none."""
    row = session.get(table, row_id) if abs(row_id) < _IDS_END else None
    if row is None:
        raise NotFound(missing)
    return row


def owner_of(table: type[Part], row_id: int, missing: str) -> Callable[[Session], int]:
    """Finds the application that a row belongs to; NotFound, saying `missing`, without the row."""

    def find(session: Session) -> int:
        application_id: int = found(session, table, row_id, missing).application_id
        return application_id

    return find


class UseCases:
    """The base of each group of use cases."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def today(self) -> date:
        """The local day, by the one clock."""
        return self.database.clock.now().date()

    @contextmanager
    def _step(
        self,
        verb: str,
        whose: int | Callable[[Session], int],
        *,
        on: date | None = None,
        version: int | None = None,
    ) -> Iterator[Step]:
        """Change one application: afterwards its follow-ups are planned anew.

        `whose` is its id, or finds it within the transaction (see `owner_of`).
        """
        with recorded(self.database, verb, verb, on=on) as entry:
            application_id = whose if isinstance(whose, int) else whose(entry.session)
            step = Step(entry, application(entry.session, application_id, version))
            yield step
            replan(entry, step.row, self.database.clock.zone)
            entry.stamp()
            step.written = self._answer(entry, step.id)

    def _answer(self, entry: Entry, application_id: int | None) -> Written:
        """The change as it will be once committed, with the stored card."""
        card = None
        if application_id is not None:
            try:
                card = self.database.glance(entry.session).card(application_id)
            except NotFound:
                card = None
        assert entry.change.id is not None
        return Written(entry.change.id, application_id, card, entry.change.summary)

    def _day(self, on: date | None, *, since: date | None = None) -> date:
        """The day on which something happened: today unless told; Refused in the future."""
        day = on or self.today
        if day > self.today:
            raise Refused("That day has not come yet. Give today or an earlier day.")
        if since is not None and day < since:
            raise Refused("That day lies before the application itself.")
        return day
