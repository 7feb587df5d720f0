"""What all use cases share: the database, the clock, the rules, and how a change is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from store.database import Database
from store.errors import NotFound
from store.journal import Entry, application, recorded
from store.pipeline.outlook import read_outlook
from store.pipeline.replan import Planner, RulesOf, shipped_rules
from store.rules.text import Refused
from store.tables import (
    Application,
    Assignment,
    Contact,
    Criterion,
    Draft,
    FollowUp,
    Interview,
    Interviewer,
    Note,
    Point,
)
from store.written import Written

Stored = TypeVar(
    "Stored",
    Assignment,
    Contact,
    Criterion,
    Draft,
    FollowUp,
    Interview,
    Interviewer,
    Note,
    Point,
)
Part = TypeVar("Part", Assignment, Contact, Draft, FollowUp, Interview, Interviewer, Note, Point)
_IDS_END = 2**63
"""SQLite's and PostgreSQL's largest integer, plus one."""


class Step:
    """One use case under way: the application it is about, and how it will be told."""

    def __init__(self, entry: Entry, row: Application) -> None:
        self.entry = entry
        self.row = row
        self.warnings: list[str] = []
        """What the user should know, though it was done as wished."""
        self.made: int | None = None
        """The id of the part that was added."""
        self.moved_to: str | None = None
        """The stage to which the application moved because of something else."""
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


def found(session: Session, table: type[Stored], row_id: int, missing: str) -> Stored:
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


def must_be_open(step: Step) -> None:
    """Refused when the application is closed."""
    if step.row.outcome is not None:
        raise Refused("This application is closed. Reopen it first.")


class UseCases:
    """The base of each group of use cases.

    Args:
        rules_of: the rules for an application with a preset of its own, or with "" for none; the
            user's settings are in them.
    """

    def __init__(self, database: Database, rules_of: RulesOf = shipped_rules) -> None:
        self.database = database
        self._planner = Planner(database.clock.zone, rules_of)

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
            before = read_outlook(entry.session)
            application_id = whose if isinstance(whose, int) else whose(entry.session)
            step = Step(entry, application(entry.session, application_id, version))
            yield step
            after = read_outlook(entry.session)
            self._planner.replan(entry, [step.row], after)
            also = self._planner.replan_others(entry, before, after, step.id)
            entry.stamp()
            step.written = replace(
                self._answer(entry, step.id, also=also),
                warnings=tuple(step.warnings),
                made=step.made,
            )

    def _answer(
        self, entry: Entry, application_id: int | None, *, also: tuple[int, ...] = ()
    ) -> Written:
        """The change as it will be once committed, with the stored card."""
        card = None
        if application_id is not None:
            try:
                card = self.database.glance(entry.session).card(application_id)
            except NotFound:
                card = None
        assert entry.change.id is not None
        return Written(entry.change.id, application_id, card, entry.change.summary, also=also)

    def _day(self, on: date | None, *, since: date | None = None) -> date:
        """The day on which something happened: today unless told; Refused in the future."""
        day = on or self.today
        if day > self.today:
            raise Refused("That day has not come yet. Give today or an earlier day.")
        if since is not None and day < since:
            raise Refused("That day lies before the application itself.")
        return day
