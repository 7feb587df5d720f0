"""What all use cases share: the database, the clock, the rules, and how a change is answered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from store.errors import NotFound
from store.file.database import Database
from store.model.board import Written, follow_up_number
from store.pipeline.facts import read_outlook
from store.pipeline.journal import Entry, application, recorded
from store.pipeline.planner import Planner, RulesOf, shipped_rules
from store.rules.dates import short_day
from store.rules.people import in_a_line
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
            step.written = self._answer(entry, step.id, also=also)._replace(
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
            raise Refused("That date is in the future. Enter today or earlier.")
        if since is not None and day < since:
            raise Refused("That day lies before the application itself.")
        return day


Done = Callable[[Step, FollowUp], object]
"""What is done to one open follow-up."""

SUMMARY_AT_MOST = 500


WHOSE_AT_MOST = 60
"""Characters for the companies that a change was about, before the rest is only counted."""


def companies(rows: Iterable[Application]) -> list[str]:
    """The companies of some applications, each once."""
    return list(dict.fromkeys(row.company for row in rows))


class Several:
    """A use case under way: the applications that it has been about so far."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.steps: dict[int, Step] = {}
        """By application, in the order in which they came up."""
        self.named = False
        """Whether the summary names the applications itself."""
        self.written: Written | None = None

    def step(self, application_id: int) -> Step:
        """The step of one application; NotFound when there is none with this id."""
        if application_id not in self.steps:
            row = application(self.entry.session, application_id)
            self.steps[application_id] = Step(self.entry, row)
        return self.steps[application_id]

    def follow_up(self, follow_up_id: int) -> tuple[Step, FollowUp]:
        """An open follow-up and the step of its application; Refused when it is not open."""
        missing = missing_follow_up(follow_up_id)
        owner = owner_of(FollowUp, follow_up_id, missing)(self.entry.session)
        step = self.step(owner)
        return step, open_follow_up(step, follow_up_id)

    def result(self) -> Written:
        """What the use case gives back, once its block has ended."""
        assert self.written is not None
        return self.written


class SeveralCases(UseCases):
    """The base of use cases that may be about several applications at once."""

    @contextmanager
    def _several(self, verb: str, *, on: date | None = None) -> Iterator[Several]:
        """Change some applications: afterwards the follow-ups of each are planned anew."""
        with recorded(self.database, verb, verb, on=on) as entry:
            before = read_outlook(entry.session)
            several = Several(entry)
            yield several
            rows = [step.row for step in several.steps.values()]
            after = read_outlook(entry.session)
            self._planner.replan(entry, rows, after)
            also = {*several.steps, *self._planner.replan_others(entry, before, after)}
            entry.stamp()
            only = next(iter(several.steps)) if len(several.steps) == 1 else None
            written = self._answer(entry, only, also=tuple(sorted(also - {only})))
            named = only is not None or several.named
            whose = "" if named else in_a_line(companies(rows), WHOSE_AT_MOST)
            several.written = written._replace(whose=whose)

    def _to_all(
        self,
        verb: str,
        told: str,
        follow_up_ids: Sequence[int],
        act: Done,
        *,
        on: date | None = None,
    ) -> Written:
        """Do `act` to each of the follow-ups, or to none of them; `told` begins the summary."""
        with self._several(verb, on=on) as several:
            labels: dict[str, None] = {}
            for follow_up_id in distinct(follow_up_ids):
                step, row = several.follow_up(follow_up_id)
                act(step, row)
                labels[row.label] = None
            several.entry.change.summary = summary_of(told, labels)
        return several.result()


def distinct(follow_up_ids: Sequence[int]) -> list[int]:
    """Each id once; Refused when there is none."""
    if not follow_up_ids:
        raise Refused("No follow-up was named.")
    return list(dict.fromkeys(follow_up_ids))


def summary_of(told: str, labels: dict[str, None]) -> str:
    """A summary that names each label once, as long as one may be."""
    return f"{told}: {', '.join(labels)}"[:SUMMARY_AT_MOST]


def missing_follow_up(follow_up_id: int) -> str:
    """The sentence for a follow-up that there is not."""
    return f"There is no follow-up {follow_up_number(follow_up_id)}."


def open_follow_up(step: Step, follow_up_id: int) -> FollowUp:
    """The open follow-up with this id; Refused when it was done or skipped."""
    row = found(step.entry.session, FollowUp, follow_up_id, missing_follow_up(follow_up_id))
    if row.state != "open":
        day = f" on {short_day(row.done_on)}" if row.done_on else ""
        raise Refused(f"This follow-up was {row.state}{day} already.")
    return row
