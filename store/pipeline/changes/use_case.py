"""What all use cases share: the database, the clock, the rules, and how a change is answered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session

from store.database import Database
from store.errors import NotFound
from store.model.board import Written, follow_up_number
from store.pipeline.changes.journal import JournalEntry, Row, application, record
from store.pipeline.facts import read_outlook
from store.pipeline.planner import Planner, RulesOf, shipped_rules
from store.rules.dates import short_day
from store.rules.naming import refuse_any
from store.rules.people import in_a_line
from store.rules.stages import step_day
from store.rules.text import Refused
from store.tables import Application, Change, FollowUp, Message
from store.tables.columns import Numbered, OfApplication

Stored = TypeVar("Stored", bound=Numbered)
Part = TypeVar("Part", bound=OfApplication)
_CALLED = {"assignment": "task", "point": "line"}
"""What a row is called in the sentence that says that it is gone, where not as its table."""
_IDS_END = 2**63
"""SQLite's and PostgreSQL's largest integer, plus one."""
SUMMARY_AT_MOST = 500
WHOSE_AT_MOST = 60
"""Characters for the companies that a change was about, before the rest is only counted."""


class Step:
    """One use case under way: the application it is about, and how it will be told."""

    def __init__(self, entry: JournalEntry, row: Application) -> None:
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
        self.entry.change.summary = summary[:SUMMARY_AT_MOST]

    def add(self, table: Callable[..., Row], **columns: Any) -> Row:
        """Insert a row of the application, which gets its id."""
        return self.entry.add(table(application_id=self.id, **columns))

    def log(self, kind: str, sent_on: date, **columns: Any) -> None:
        """Note a message: one that the user sent, unless its `direction` is "in"."""
        self.add(Message, **{"direction": "out"} | columns, kind=kind, sent_on=sent_on)

    def result(self) -> Written:
        """What the use case gives back, once its block has ended."""
        assert self.written is not None
        return self.written


def find(session: Session, table: type[Stored], row_id: int, missing: str = "") -> Stored:
    """The row with this id; NotFound, with the sentence `missing`, when there is none."""
    row = session.get(table, row_id) if abs(row_id) < _IDS_END else None
    if row is not None:
        return row
    if table is FollowUp:
        missing = f"There is no follow-up {follow_up_number(row_id)}."
    name = str(table.__tablename__)
    raise NotFound(missing or f"This {_CALLED.get(name, name)} no longer exists.")


def must_be_open(step: Step) -> None:
    """Refused when the application is closed."""
    if step.row.outcome is not None:
        raise Refused("This application is closed. Reopen it first.")


def must_be_pending(row: FollowUp) -> None:
    """Refused when the follow-up was done or skipped."""
    if row.state != "open":
        day = f" on {short_day(row.done_on)}" if row.done_on else ""
        raise Refused(f"This follow-up was {row.state}{day} already.")


def companies(rows: Iterable[Application]) -> list[str]:
    """The companies of some applications, each once."""
    return list(dict.fromkeys(row.company for row in rows))


class Several:
    """A use case under way: the applications that it has been about so far."""

    def __init__(self, entry: JournalEntry) -> None:
        self.entry = entry
        self.steps: dict[int, Step] = {}
        """By application, in the order in which they came up."""
        self.named = False
        """Whether the summary names the applications itself."""
        self.written: Written | None = None

    def step(self, application_id: int, version: int | None = None) -> Step:
        """The step of one application; NotFound when there is none with this id."""
        if application_id not in self.steps:
            row = application(self.entry.session, application_id, version)
            self.steps[application_id] = Step(self.entry, row)
        return self.steps[application_id]

    def begin(self, row: Application) -> Step:
        """Store a new application; the step is about it."""
        self.entry.add(row)
        step = Step(self.entry, row)
        self.steps[step.id] = step
        return step

    def follow_up(self, follow_up_id: int) -> tuple[Step, FollowUp]:
        """An open follow-up and the step of its application; Refused when it is not open."""
        step, row = self.find_follow_up(follow_up_id)
        must_be_pending(row)
        return step, row

    def find_follow_up(self, follow_up_id: int) -> tuple[Step, FollowUp]:
        """A follow-up, open or not, and the step of its application; NotFound without one."""
        row = find(self.entry.session, FollowUp, follow_up_id)
        return self.step(row.application_id), row

    def result(self) -> Written:
        """What the use case gives back, once its block has ended."""
        assert self.written is not None
        return self.written


Act = Callable[[Step, FollowUp], object]
"""What is done to one open follow-up."""


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
    def _several(self, verb: str, *, on: date | None = None) -> Iterator[Several]:
        """Change some applications: afterwards the follow-ups of each are planned anew."""
        with record(self.database, verb, verb, on=on) as entry:
            before = read_outlook(entry.session)
            several = Several(entry)
            yield several
            rows = [step.row for step in several.steps.values()]
            only = next(iter(several.steps)) if len(several.steps) == 1 else None
            after = read_outlook(entry.session)
            self._planner.replan(entry, rows, after)
            also = {*several.steps, *self._planner.replan_others(entry, before, after, only)}
            entry.stamp()
            others = tuple(sorted(also - {only}))
            written = self._answer(entry.session, entry.change, only, also=others)
            if only is not None:
                step = several.steps[only]
                written = written._replace(warnings=tuple(step.warnings), made=step.made)
                step.written = written
            elif not several.named:
                written = written._replace(whose=in_a_line(companies(rows), WHOSE_AT_MOST))
            several.written = written

    @contextmanager
    def _step(
        self, verb: str, application_id: int, *, on: date | None = None, version: int | None = None
    ) -> Iterator[Step]:
        """Change one application: afterwards its follow-ups are planned anew."""
        with self._several(verb, on=on) as several:
            yield several.step(application_id, version)

    @contextmanager
    def _step_of(
        self, verb: str, table: type[Part], row_id: int, *, on: date | None = None
    ) -> Iterator[tuple[Step, Part]]:
        """Change the application that a row belongs to; NotFound when there is no such row."""
        with self._several(verb, on=on) as several:
            row = find(several.entry.session, table, row_id)
            yield several.step(row.application_id), row

    def _to_all(
        self,
        verb: str,
        told: str,
        follow_up_ids: Sequence[int],
        act: Act,
        *,
        on: date | None = None,
    ) -> Written:
        """Do `act` to each of the follow-ups, or to none of them; `told` begins the summary."""
        with self._several(verb, on=on) as several:
            labels: dict[str, None] = {}
            refusals = []
            ids = distinct(follow_up_ids)
            for follow_up_id in ids:
                step, row = several.find_follow_up(follow_up_id)
                try:
                    must_be_pending(row)
                    act(step, row)
                except Refused as refused:
                    if len(ids) == 1:
                        raise
                    name = f"{follow_up_number(follow_up_id)} ({step.row.company}: {row.label})"
                    refusals.append((name, refused))
                labels[row.label] = None
            refuse_any(refusals, len(ids))
            several.entry.change.summary = summary_of(told, labels)
        return several.result()

    def _answer(
        self,
        session: Session,
        change: Change,
        application_id: int | None = None,
        *,
        also: tuple[int, ...] = (),
    ) -> Written:
        """The change as it will be once committed, with the stored card."""
        card = None
        if application_id is not None:
            with suppress(NotFound):
                card = self.database.glance(session).card(application_id)
        assert change.id is not None
        return Written(change.id, application_id, card, change.summary, also=also)

    def _day(self, on: date | None, *, since: date | None = None) -> date:
        """The day on which something happened: today unless told; Refused in the future."""
        day = on or self.today
        if since is not None and step_day(day, since=since, today=self.today) == since:
            return since
        if day > self.today:
            raise Refused("That date is in the future. Enter today or earlier.")
        if since is not None and day < since:
            raise Refused("That day lies before the application itself.")
        return day


def distinct(ids: Sequence[int], of: str = "follow-up") -> list[int]:
    """Each id once; Refused when there is none."""
    if not ids:
        raise Refused(f"No {of} was named.")
    return list(dict.fromkeys(ids))


def summary_of(told: str, names: Iterable[str]) -> str:
    """What was done, with the names as far as there is room; the others are counted."""
    known = list(names)
    whole = f"{told}: {', '.join(known)}"
    if len(whole) <= SUMMARY_AT_MOST or len(known) == 1:
        return whole[:SUMMARY_AT_MOST]
    return f"{told}: {in_a_line(known, SUMMARY_AT_MOST - len(told) - len(': '))}"[:SUMMARY_AT_MOST]
