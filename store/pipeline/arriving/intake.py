"""Importing: which rows are new, what the others tell of applications that are there already."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select, update

from store.exchange.incoming import Incoming, Problem, Report
from store.pipeline.arriving.merge import FILLED, applications_of, bring_up_to_date, compare
from store.pipeline.arriving.sift import sift
from store.pipeline.changes.journal import JournalEntry, record
from store.pipeline.changes.use_case import Step, UseCases
from store.pipeline.employers import read_names
from store.pipeline.facts import Outlook, read_outlook, read_processes
from store.read.arriving.mappings import MAPPING_PREFIX
from store.read.employers import read_employers
from store.rules.employers import EmployerNames, Employers, before_line
from store.rules.stages import Stage
from store.tables import (
    Application,
    Contact,
    FollowUp,
    Note,
    Setting,
    StageMove,
)

if TYPE_CHECKING:
    from store.exchange.mapping import Choices

Told = Callable[[str, int, int], None]
"""Hears what is done, how much of it is, and of how much."""
_AT_ONCE = 1_000
"""Rows that are stored together: what they need is free again before the next."""


def _nobody(_what: str, _done: int, _of: int) -> None:
    """Hears nothing."""


class Intake(UseCases):
    """Use cases about importing."""

    def preview(self, rows: Sequence[Incoming], problems: Sequence[Problem] = ()) -> Report:
        """What `bring_in` would do, and what was before with those employers; nothing is
        written."""
        with self.database.writing() as session:
            sifted = sift(session, rows)
            there = read_employers(self.database.glance(session))
            merged, same = compare(session, sifted.known, self.today)
        earlier = tuple(_earlier(sifted.fresh, there, self.today))
        duplicates = _in_order(sifted.duplicates, same)
        return Report(
            added=len(sifted.fresh),
            duplicates=duplicates,
            problems=tuple(problems),
            change_id=None,
            earlier=earlier,
            merged=_in_order(merged),
            twice=len(sifted.duplicates),
            undated=_count_undated(sifted.fresh),
        )

    def bring_in(
        self,
        rows: Sequence[Incoming],
        *,
        source: str,
        problems: Sequence[Problem] = (),
        told: Told = _nobody,
    ) -> Report:
        """Add the `rows` that are not on the board yet, and to the others what they tell that is
        new, all as one step of undo.

        A row is there already when its posting is (links are compared by what they name; a page
        that several roles share names none), else when employer, role and day are; a day that the
        file or the board does not know counts as the same. Of an application that is there a stage
        only moves forward, an open one may end, and empty fields are filled: nothing that stands
        there is written over. `source` names the format, for the timeline; `problems` go into the
        report as they are. Nothing is written when nothing is new. A safety copy is made before.
        """
        unsaved = self.database.save_before() if rows else ""
        told("comparing", 0, len(rows))
        try:
            with record(self.database, "import", f"imported from {source}") as entry:
                sifted = sift(entry.session, rows)
                before = read_outlook(entry.session)
                fresh = sifted.fresh
                merged, same = self._merge(entry, sifted.known)
                duplicates = _in_order(sifted.duplicates, same)
                if not fresh and not merged:
                    raise _NothingToImport(duplicates, len(sifted.duplicates))
                numbers = self._store(entry, fresh, told)
                after = read_outlook(entry.session)
                self._plan_others(entry, fresh, numbers, before, after)
                entry.change.summary = _summary(len(fresh), len(merged), source)
                entry.stamp()
                change_id = entry.change.id
                told("storing", len(fresh), len(fresh))
        except _NothingToImport as nothing:
            return Report(
                added=0,
                duplicates=nothing.duplicates,
                problems=tuple(problems),
                change_id=None,
                twice=nothing.twice,
            )
        return Report(
            added=len(fresh),
            duplicates=duplicates,
            problems=tuple(problems),
            change_id=change_id,
            merged=_in_order(merged),
            warnings=(unsaved,) if unsaved else (),
            twice=len(sifted.duplicates),
            undated=_count_undated(fresh),
        )

    def remember_mapping(self, headers: str, choices: "Choices") -> None:
        """Keep with the board what was said about files with these columns; no step of undo."""
        said = [
            *(f"map {key}={target}" for key, target in choices.columns.items()),
            *(f"status {key}={meaning}" for key, meaning in choices.statuses.items()),
            *([f"dates {choices.order}"] if choices.order else []),
        ]
        with self.database.writing() as session:
            for old in _read_remembered(session, headers):
                session.delete(old)
            session.flush()
            for number, value in enumerate(said):
                if len(value) <= _SETTING_AT_MOST:
                    session.add(Setting(name=f"{MAPPING_PREFIX}{headers}.{number}", value=value))

    def _store(self, entry: JournalEntry, fresh: Sequence[Incoming], told: Told) -> range:
        """All new rows, table by table: a round trip for each takes minutes for a big file.

        Returns the numbers of their applications.
        """
        names = read_names(entry.session)
        numbers = entry.numbers(Application, len(fresh))
        applications = [
            _application(row, number, entry, names)
            for row, number in zip(fresh, numbers, strict=True)
        ]
        # Those that matter to others come first: all are planned with them on the board.
        matter = [one for one in applications if one["stage"] != Stage.APPLIED or one["outcome"]]
        for some in _parts(matter):
            entry.bring_in(Application, some)
        outlook = read_outlook(entry.session)
        zone = self.database.clock.zone
        came = {one["id"] for one in matter}
        processes = read_processes(entry.session, {a["employer"] for a in applications}, zone)
        for start in range(0, len(fresh), _AT_ONCE):
            told("storing", start, len(fresh))
            rows = fresh[start : start + _AT_ONCE]
            some = applications[start : start + _AT_ONCE]
            moves, notes, contacts, follow_ups = [], [], [], []
            for row, columns in zip(rows, some, strict=True):
                moves += _moves(row, columns["id"], entry.today)
                if row.note:
                    notes.append(_note(row, columns["id"], entry.today))
                known = bool(row.contact_name or row.contact_email)
                if known:
                    contacts.append(_contact(row, columns["id"]))
                follow_ups += self._planner.plan_new(
                    columns, outlook, processes, entry.now, contact_known=known
                )
            there = [one for one in some if one["id"] in came]
            if there:
                entry.session.execute(update(Application), [_plan_columns(one) for one in there])
            entry.bring_in(Application, [one for one in some if one["id"] not in came])
            entry.images_of(Application, some)
            for table, parts in (
                (StageMove, moves), (Note, notes), (Contact, contacts), (FollowUp, follow_ups)
            ):  # fmt: skip
                for number, part in zip(entry.numbers(table, len(parts)), parts, strict=True):
                    part["id"] = number
                entry.bring_in(table, parts)
                entry.images_of(table, parts)
        return numbers

    def _merge(
        self, entry: JournalEntry, known: Mapping[int, Incoming]
    ) -> tuple[list[Problem], list[Problem]]:
        """Bring applications up to date by the rows about them; what was told, and what is the
        same."""
        merged, same = compare(entry.session, known, entry.today)
        about = {(problem.file, problem.line) for problem in merged}
        told = {number: row for number, row in known.items() if (row.file, row.line) in about}
        rows: list[Application] = []
        for application in applications_of(entry.session, list(told)):
            assert application.id is not None
            row = told[application.id]
            bring_up_to_date(Step(entry, application), row, application)
            rows.append(application)
        self._planner.replan(entry, rows)
        return merged, same

    def _plan_others(
        self,
        entry: JournalEntry,
        fresh: Sequence[Incoming],
        numbers: range,
        before: Outlook,
        after: Outlook,
    ) -> None:
        """Plan anew what the import means for applications that were there."""
        names = read_names(entry.session)
        going_on = {
            names.key(row.company)
            for row in fresh
            if row.stage is not Stage.APPLIED and row.outcome is None
        }
        self._planner.replan_at(entry, going_on, after, numbers)
        self._planner.replan_others(entry, before, after, numbers)


_SETTING_AT_MOST = 200


def _read_remembered(session: Session, headers: str) -> Sequence[Setting]:
    prefix = f"{MAPPING_PREFIX}{headers}."
    query = select(Setting).where(col(Setting.name).startswith(prefix, autoescape=True))
    return session.exec(query.order_by(col(Setting.id))).all()


def _summary(added: int, merged: int, source: str) -> str:
    if not added:
        return f"brought {merged} up to date from {source}"
    also = f", brought {merged} up to date" if merged else ""
    return f"imported {added} from {source}{also}"


def _in_order(*problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(chain(*problems), key=lambda problem: (problem.file, problem.line)))


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _plan_columns(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: columns[name] for name in ("id", "dormant_on", "close_suggested_on", "waiting")}


def _days(row: Incoming, today: date) -> tuple[date, list[date], date | None]:
    """The day of applying, that of each further step, and that of the end, as they are stored.

    One that is not known is the latest that it can be: the day of the next step that is known, of
    the end, or today.
    """
    known = [step.on for step in row.path if step.on is not None]
    applied_on = row.applied_on or min([*known, row.closed_on or today, today])
    latest, days = row.closed_on or today, list[date]()
    for step in reversed(row.path):
        latest = step.on or latest
        days.insert(0, latest)
    since = applied_on
    for place, day in enumerate(days):
        days[place] = since = max(day, since)
    if row.outcome is None:
        return applied_on, days, None
    return applied_on, days, max(row.closed_on or today, since)


def _application(
    row: Incoming, number: int, entry: JournalEntry, names: EmployerNames
) -> dict[str, Any]:
    applied_on, days, closed_on = _days(row, entry.today)
    deadline = row.offer_deadline_on
    undated = row.is_undated
    since = applied_on if undated else max([applied_on, *days])
    if deadline and (row.stage is not Stage.OFFER or row.outcome or deadline < since):
        deadline = None
    offered_on = days[-1] if row.stage is Stage.OFFER and row.path[-1].on is not None else None
    return {
        "id": number,
        "version": entry.change.id,
        "company": row.company,
        "employer": names.key(row.company),
        "role": row.role,
        "stage": row.stage.value,
        "stage_since": days[-1] if days else applied_on,
        "applied_on": row.applied_on,
        "offered_on": offered_on,
        "outcome": row.outcome.value if row.outcome else None,
        "closed_on": closed_on,
        "closing_on": row.closing_on,
        "offer_deadline_on": deadline,
        "offer_deadline_set_on": entry.today if deadline else None,
        "tags": json.dumps(row.tags, ensure_ascii=False),
        "imported_on": entry.today,
        "undated": undated,
        "dormant_on": None,
        "close_suggested_on": None,
        "waiting": "",
        "created_at": entry.now,
        "updated_at": entry.now,
        **{name: getattr(row, name) for name in FILLED},
    }


def _moves(row: Incoming, owner: int, today: date) -> list[dict[str, Any]]:
    applied_on, days, _ = _days(row, today)
    moves = [_move(owner, None, Stage.APPLIED, applied_on, undated=False)]
    stage = Stage.APPLIED
    for step, on in zip(row.path, days, strict=True):
        moves.append(_move(owner, stage, step.stage, on, undated=step.on is None))
        stage = step.stage
    return moves


def _move(owner: int, stage: Stage | None, to: Stage, on: date, *, undated: bool) -> dict[str, Any]:
    return {
        "application_id": owner,
        "from_stage": stage.value if stage else None,
        "to_stage": to.value,
        "moved_on": on,
        "undated": undated,
    }


def _note(row: Incoming, owner: int, today: date) -> dict[str, Any]:
    return {"application_id": owner, "noted_on": today, "text": row.note}


def _contact(row: Incoming, owner: int) -> dict[str, Any]:
    return {
        "application_id": owner,
        "relation": "other",
        "main": True,
        "name": row.contact_name,
        "email": row.contact_email,
    }


def _count_undated(rows: Iterable[Incoming]) -> int:
    return sum(row.is_undated for row in rows)


def _earlier(rows: Iterable[Incoming], there: Employers, today: date) -> Iterator[Problem]:
    """What was before with each employer of `rows`, once."""
    told = set()
    for row in rows:
        key, found = there.names.key(row.company), there.at(row.company)
        if found and key not in told:
            told.add(key)
            line = before_line(found, today, there.people_at(row.company))
            yield Problem(row.line, f"{row.company}: {line}", row.file)


class _NothingToImport(Exception):
    """Ends a change that would change nothing, as if it had never begun."""

    def __init__(self, duplicates: tuple[Problem, ...], twice: int) -> None:
        self.duplicates = duplicates
        self.twice = twice
