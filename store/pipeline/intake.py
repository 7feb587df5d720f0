"""Importing: which rows are new, what the others tell of applications that are there already."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import Session, col, func, select, update

from store.exchange.incoming import Incoming, Problem, Report
from store.pipeline.applications import end, last_known, put_in_stage, redate
from store.pipeline.changes.journal import JournalEntry, batches, record
from store.pipeline.changes.use_case import Step, UseCases
from store.pipeline.contacts import set_main
from store.pipeline.employers import read_names
from store.pipeline.facts import Outlook, read_outlook, read_processes
from store.read.arriving.mappings import MAPPING_PREFIX
from store.read.employers import read_employers
from store.rules.employers import EmployerNames, Employers, before_line, folded_role
from store.rules.links import link_target
from store.rules.stages import Outcome, Stage
from store.rules.text import quoted
from store.tables import (
    Application,
    Change,
    Contact,
    FollowUp,
    Note,
    RowImage,
    Setting,
    StageMove,
    TimelineEntry,
)

if TYPE_CHECKING:
    from store.exchange.mapping import Choices

Told = Callable[[str, int, int], None]
"""Hears what is done, how much of it is, and of how much."""
_AT_ONCE = 1_000
"""Rows that are stored together: what they need is free again before the next."""
_FILLED = (
    "url", "location", "source", "salary", "cv_version", "letter_version", "channel",
    "via_recruiter", "posting_text", "next_step",
)  # fmt: skip
"""The texts that a row may add to an application that has none there."""
_CALLED = {
    "url": "link",
    "cv_version": "CV",
    "letter_version": "cover letter",
    "via_recruiter": "recruiter",
    "posting_text": "posting",
    "next_step": "next step",
}


def _nobody(_what: str, _done: int, _of: int) -> None:
    """Hears nothing."""


class Intake(UseCases):
    """Use cases about importing."""

    def preview(self, rows: Sequence[Incoming], problems: Sequence[Problem] = ()) -> Report:
        """What `bring_in` would do, and what was before with those employers; nothing is
        written."""
        with self.database.writing() as session:
            sifted = _sift(session, rows)
            there = read_employers(self.database.glance(session))
            merged, same = _compare(session, sifted.known, self.today)
        earlier = tuple(_earlier(sifted.fresh, there, self.today))
        duplicates = _in_order(sifted.duplicates, same)
        twice, undated = len(sifted.duplicates), _undated(sifted.fresh)
        return Report(
            *(len(sifted.fresh), duplicates, tuple(problems), None, earlier, _in_order(merged)),
            twice=twice,
            undated=undated,
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
        warnings = (unsaved,) if unsaved else ()
        told("comparing", 0, len(rows))
        try:
            with record(self.database, "import", f"imported from {source}") as entry:
                sifted = _sift(entry.session, rows)
                before = read_outlook(entry.session)
                fresh = sifted.fresh
                merged, same = self._merge(entry, sifted.known)
                duplicates = _in_order(sifted.duplicates, same)
                if not fresh and not merged:
                    raise _NothingNew(duplicates, len(sifted.duplicates))
                numbers = self._store(entry, fresh, told)
                after = read_outlook(entry.session)
                self._plan_others(entry, fresh, numbers, before, after)
                entry.change.summary = _summary(len(fresh), len(merged), source)
                entry.stamp()
                change_id = entry.change.id
                told("storing", len(fresh), len(fresh))
        except _NothingNew as nothing:
            return Report(0, nothing.duplicates, tuple(problems), None, twice=nothing.twice)
        return Report(
            *(len(fresh), duplicates, tuple(problems), change_id, (), _in_order(merged)),
            warnings,
            len(sifted.duplicates),
            _undated(fresh),
        )

    def remember_mapping(self, headers: str, choices: "Choices") -> None:
        """Keep with the board what was said about files with these columns; no step of undo."""
        said = [
            *(f"map {key}={target}" for key, target in choices.columns.items()),
            *(f"status {key}={meaning}" for key, meaning in choices.statuses.items()),
            *([f"dates {choices.order}"] if choices.order else []),
        ]
        with self.database.writing() as session:
            for old in _remembered(session, headers):
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
                entry.session.execute(update(Application), [_planned(one) for one in there])
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
        merged, same = _compare(entry.session, known, entry.today)
        about = {(problem.file, problem.line) for problem in merged}
        told = {number: row for number, row in known.items() if (row.file, row.line) in about}
        rows: list[Application] = []
        for application in _of_ids(entry.session, list(told)):
            assert application.id is not None
            row = told[application.id]
            _bring_up_to_date(Step(entry, application), row, application)
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


def _remembered(session: Session, headers: str) -> Sequence[Setting]:
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


def _planned(columns: Mapping[str, Any]) -> dict[str, Any]:
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
        **{name: getattr(row, name) for name in _FILLED},
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


def _of_ids(session: Session, ids: Sequence[int]) -> Iterator[Application]:
    for some in batches(ids):
        yield from session.exec(select(Application).where(col(Application.id).in_(some)))


def _compare(
    session: Session, known: Mapping[int, Incoming], today: date
) -> tuple[list[Problem], list[Problem]]:
    """What the rows about applications that are there tell anew, and those that tell nothing."""
    counts = {
        table: set(session.exec(select(table.application_id).distinct()))
        for table in (Note, Contact)
    } if known else {}  # fmt: skip
    merged, same = [], []
    for application in _of_ids(session, list(known)):
        assert application.id is not None
        row = known[application.id]
        noted, met = (application.id in counts[table] for table in (Note, Contact))
        news = _news(application, row, today, noted=noted, met=met)
        named = f"{quoted(row.company)}, {quoted(row.role)}"
        if news:
            merged.append(Problem(row.line, f"{named}: {', '.join(news)}.", row.file))
        else:
            same.append(Problem(row.line, f"{named} is there already.", row.file))
    return merged, same


def _news(
    there: Application, row: Incoming, today: date, *, noted: bool, met: bool
) -> Sequence[str]:
    """What a row tells of an application that is not known there, in words."""
    news = []
    open_ = there.outcome is None
    if open_ and row.stage.place > Stage(there.stage).place:
        news.append(f"{there.stage} to {row.stage}")
    if open_ and (outcome := _outcome(there, row, today)) is not None:
        news.append(outcome.title)
    if there.applied_on is None and _may_have_applied(there, row):
        news.append("application date")
    if open_ and _told_day(there, row) is not None:
        news.append(f"day of {there.stage}")
    empty = [name for name in _FILLED if getattr(row, name) and not getattr(there, name)]
    news += [_CALLED.get(name, name) for name in empty]
    if row.closing_on is not None and there.closing_on is None:
        news.append("closing date")
    if _may_have_deadline(there, row):
        news.append("deadline of the offer")
    if row.tags and there.tags == "[]":
        news.append("tags")
    if row.note and not noted:
        news.append("note")
    if (row.contact_name or row.contact_email) and not met:
        news.append("contact")
    return news


def _told_day(there: Application, row: Incoming) -> date | None:
    """The day on which an application came into its stage, where only the row knows it."""
    if not there.undated or row.outcome is not None or row.stage.value != there.stage:
        return None
    on = row.path[-1].on if row.path else None
    is_later = there.applied_on is None or on is None or on >= there.applied_on
    return on if is_later and on is not None and on <= there.stage_since else None


def _outcome(there: Application, row: Incoming, today: date) -> Outcome | None:
    """How an open application has ended by a row about it; None where the board knows better.

    A row that is older than the last step here says nothing of the end, and silence nothing where
    they have gone on meanwhile.
    """
    if row.outcome is None:
        return None
    further = Stage(there.stage).place > row.stage.place
    if further and row.closed_on is not None and row.closed_on < there.stage_since:
        return None
    if further and row.outcome is Outcome.NO_RESPONSE:
        return None
    return row.outcome if there.stage_since <= today else None


def _may_have_applied(there: Application, row: Incoming) -> bool:
    return row.applied_on is not None and (
        there.stage == Stage.APPLIED or row.applied_on <= there.stage_since
    )


def _may_have_deadline(there: Application, row: Incoming) -> bool:
    """Whether an offer that is open gets its deadline from a row; one that has its own keeps it."""
    return (
        there.outcome is None
        and Stage.OFFER in (there.stage, row.stage)
        and row.offer_deadline_on is not None
        and there.offer_deadline_on is None
        and (there.offered_on is None or row.offer_deadline_on >= there.offered_on)
    )


def _bring_up_to_date(step: Step, row: Incoming, there: Application) -> None:
    """Do to an application what `_news` tells of it."""
    entry, today = step.entry, step.entry.today
    session = entry.session
    entry.touch(there)
    moves = session.exec(
        select(StageMove).where(StageMove.application_id == there.id).order_by(col(StageMove.id))
    ).all()
    if there.applied_on is None and _may_have_applied(there, row):
        alone = len(moves) <= 1
        if moves and (alone or row.applied_on <= moves[1].moved_on):  # type: ignore[operator]
            entry.put(moves[0], moved_on=row.applied_on)
        entry.put(there, applied_on=row.applied_on, **({"stage_since": row.applied_on} if alone
                                                       else {}))  # fmt: skip
    if there.outcome is None:
        outcome = _outcome(there, row, today)
        for stage, on in row.path:
            if stage.place > Stage(there.stage).place:
                day = max(min(on or row.closed_on or today, today), last_known(step))
                put_in_stage(step, stage, day, undated=on is None)
        if outcome is not None:
            day = max(min(row.closed_on or today, today), last_known(step))
            end(step, outcome, day, undated=row.closed_on is None)
        elif (told := _told_day(there, row)) is not None:
            redate(step, max(told, last_known(step)))
    empty = {name: getattr(row, name) for name in _FILLED if not getattr(there, name)}
    entry.put(there, **empty)
    if there.closing_on is None:
        entry.put(there, closing_on=row.closing_on)
    if _may_have_deadline(there, row):
        entry.put(there, offer_deadline_on=row.offer_deadline_on, offer_deadline_set_on=today)
    if there.tags == "[]":
        entry.put(there, tags=json.dumps(row.tags, ensure_ascii=False))
    if row.note and not _any(session, Note, step.id):
        step.add(Note, noted_on=today, text=row.note)
    if (row.contact_name or row.contact_email) and not _any(session, Contact, step.id):
        set_main(step, {"contact_name": row.contact_name, "contact_email": row.contact_email})


def _any(session: Session, table: type[Note] | type[Contact], owner: int) -> bool:
    query = select(func.count()).select_from(table).where(table.application_id == owner)
    return bool(session.exec(query).one())


def _undated(rows: Iterable[Incoming]) -> int:
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


class _NothingNew(Exception):
    """Ends a change that would change nothing, as if it had never begun."""

    def __init__(self, duplicates: tuple[Problem, ...], twice: int) -> None:
        self.duplicates = duplicates
        self.twice = twice


class _Sifted(NamedTuple):
    """The rows that are new, those about applications that are there, by number, and a word on
    each that only says again what another row says."""

    fresh: list[Incoming]
    known: dict[int, Incoming]
    duplicates: list[Problem]


class _Index:
    """Which postings and names are there, each with the number of its application; of an earlier
    row that is new the place among those counts, below 0: -1 is the first."""

    def __init__(self) -> None:
        self._postings: dict[str, int] = {}
        self._named: dict[tuple[str, str], list[tuple[date | None, str, int]]] = {}

    def learn(self, employer: str, role: str, on: date | None, mark: str, id_: int) -> None:
        """From now on this one is there; `mark` tells its posting from others, if anything."""
        if mark:
            self._postings.setdefault(mark, id_)
        self._named.setdefault((employer, role), []).append((on, mark, id_))

    def find(self, employer: str, role: str, on: date | None, mark: str) -> int | None:
        """The one that is meant; None for none."""
        if mark and mark in self._postings:
            return self._postings[mark]
        near = self._named.get((employer, role), ())
        same_day = [one for one in near if one[0] == on]
        vague = [one for one in near if on is None or one[0] is None]
        for those in (same_day, vague):
            marks = {one[1] for one in those} - {""}
            if those and not (mark and marks and mark not in marks):
                return next((one[2] for one in those if one[1] == mark), those[-1][2])
        return None


def _sift(session: Session, rows: Sequence[Incoming]) -> _Sifted:
    """Which rows are new, also against earlier rows, and which are about what is there."""
    there, key = list(_present(session)), read_names(session).key
    roles: dict[str, set[str]] = {}
    for url, role in chain(
        ((url, role) for _, _, role, _, url in there), ((row.url, row.role) for row in rows)
    ):
        roles.setdefault(link_target(url).key, set()).add(role.casefold())

    def posting(url: str) -> str:
        """What tells the posting of `url` from others; "" for a page that several roles share."""
        named = link_target(url)
        return named.key if named.posting or len(roles[named.key]) == 1 else ""

    index = _Index()
    sifted = _Sifted([], {}, [])
    for id_, employer, role, applied_on, url in there:
        index.learn(employer, folded_role(role), applied_on, posting(url), id_)
    for row in rows:
        mark = posting(row.url)
        name = (key(row.company), folded_role(row.role), row.applied_on, mark)
        found = index.find(*name)
        if found is None:
            index.learn(*name, -len(sifted.fresh) - 1)
            sifted.fresh.append(row)
            continue
        if found >= 0 and found not in sifted.known:
            sifted.known[found] = row
            continue
        said = f"{quoted(row.company)}, {quoted(row.role)} stands on another line, too."
        sifted.duplicates.append(Problem(row.line, said, row.file))
        if found < 0:
            sifted.fresh[-found - 1] = sifted.fresh[-found - 1].together_with(row)
        else:
            sifted.known[found] = sifted.known[found].together_with(row)
    for id_ in _taken_back(session) & sifted.known.keys() if sifted.known else ():
        row = sifted.known[id_]
        sifted.known[id_] = replace(row, stage=Stage.APPLIED, steps=(), outcome=None)
    return sifted


def _taken_back(session: Session) -> set[int]:
    """The applications that the user reopened or put into an earlier stage: of those a file says
    once more what was taken back."""
    reopened = (
        select(RowImage.application_id)
        .join(Change, col(Change.id) == col(RowImage.change_id))
        .where(Change.verb == "reopen", Change.state == "done")
    )
    found = {owner for owner in session.exec(reopened) if owner is not None}
    long_ago = (
        select(TimelineEntry.application_id)
        .join(Change, col(Change.id) == col(TimelineEntry.change_id))
        .where(Change.verb == "reopen", Change.state == "done")
    )
    found |= set(session.exec(long_ago))
    moves = select(StageMove.application_id, StageMove.from_stage, StageMove.to_stage)
    for owner, before, after in session.exec(moves.where(col(StageMove.from_stage).is_not(None))):
        if Stage(str(before)).place > Stage(after).place:
            found.add(owner)
    return found


def _present(session: Session) -> Iterable[tuple[int, str, str, date | None, str]]:
    """Number, employer, role, day and link of each application there is."""
    columns = (Application.id, Application.employer, Application.role, Application.applied_on)
    query = select(*map(col, (*columns, Application.url)))
    return (tuple(row) for row in session.execute(query))
