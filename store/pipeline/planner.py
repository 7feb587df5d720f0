"""The plan of applications carried out: their open follow-ups, in line with their facts."""

import json
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.pipeline.changes.journal import JournalEntry, batches, defaults_of
from store.pipeline.facts import Outlook, facts_of_new, read_facts, read_outlook, read_processes
from store.rules.followups.facts import Process
from store.rules.followups.numbers import Rules
from store.rules.followups.offers import with_birth
from store.rules.followups.plan import plan
from store.rules.followups.planned import Planned, at_birth, born_on, since_birth
from store.rules.followups.presets import presets, rules_for
from store.rules.stages import INTERVIEW_STAGES, Outcome
from store.tables import Application, Draft, FollowUp, Interview


class Reconciliation:
    """The steps from the stored follow-ups of some applications to the planned ones.

    Rows that come and go are written all at once, by `write`: a round trip for each of them takes
    a second on a large board.
    """

    def __init__(self, entry: JournalEntry, zone: tzinfo) -> None:
        self._entry = entry
        self._now = entry.now.astimezone(zone)
        self._new: list[FollowUp] = []
        self._gone: list[FollowUp] = []
        self._heirs: dict[int, list[FollowUp]] = {}
        """By application, what comes where something goes."""

    def add(
        self,
        application_id: int,
        rows: Iterable[FollowUp],
        planned: Iterable[Planned],
        holidays: Container[date],
    ) -> None:
        """Bring `rows`, those of one application, in line with what is planned for it.

        Nothing that writes to an employer comes into being for one of `holidays`.
        """
        wanted = {follow_up.key: follow_up for follow_up in planned}
        gone: list[FollowUp] = []
        for row in rows:
            follow_up = wanted.pop((row.rule, row.anchor, row.person, row.nth), None)
            if row.state != "open":
                continue
            if follow_up is None:
                gone.append(row)
                continue
            columns = _columns(since_birth(follow_up, row.planned_on, row))
            if row.snoozed_to is not None and row.lapses_at is None:
                del columns["lapses_at"]
            self._entry.put(row, **columns)
        new = [self._row(application_id, one, gone, holidays) for one in wanted.values()]
        self._new += new
        if gone:
            _inherit_days(gone, new)
            self._gone += gone
            self._heirs[application_id] = new

    def _row(
        self,
        application_id: int,
        follow_up: Planned,
        gone: Iterable[FollowUp],
        holidays: Container[date],
    ) -> FollowUp:
        """The row of a new follow-up. One that takes the place of another is as old as that."""
        for old in gone:
            if (old.rule, old.anchor, old.nth) == (follow_up.rule, follow_up.anchor, follow_up.nth):
                columns = _columns(since_birth(follow_up, old.planned_on, old))
                return FollowUp(application_id=application_id, planned_on=old.planned_on, **columns)
        return new_row(application_id, follow_up, self._now, holidays)

    def write(self) -> None:
        """Store what comes, then remove what goes."""
        if self._new:
            self._entry.add_all(self._new)
        for some in batches(self._gone):
            _inherit_drafts(self._entry, some, self._heirs)
        if self._gone:
            self._entry.remove_all(self._gone)


def new_row(
    application_id: int, follow_up: Planned, now: datetime, holidays: Container[date]
) -> FollowUp:
    """The row of a follow-up that comes into being at `now` (aware, in the user's zone)."""
    return FollowUp(**new_columns(application_id, follow_up, now, holidays))


def new_columns(
    application_id: int, follow_up: Planned, now: datetime, holidays: Container[date]
) -> dict[str, Any]:
    """The columns of such a row. One that would have been late counts from the day for which it
    is."""
    born, day = at_birth(follow_up, now, holidays), born_on(follow_up, now, holidays)
    return {"application_id": application_id, "planned_on": day, **_columns(born)}


def _inherit_days(gone: Sequence[FollowUp], new: Sequence[FollowUp]) -> None:
    """A thank-you that was put off stays so when it falls into one for each person."""
    for old in gone:
        for row in new if old.snoozed_to is not None else ():
            if (row.rule, row.anchor, row.nth) == (old.rule, old.anchor, old.nth):
                row.snoozed_to = old.snoozed_to
                row.lapses_at = row.lapses_at if old.lapses_at is not None else None


def _inherit_drafts(
    entry: JournalEntry, gone: Sequence[FollowUp], heirs: Mapping[int, list[FollowUp]]
) -> None:
    """A draft goes over to the follow-up that comes instead, else stays with the application."""
    ids = {row.id: row for row in gone}
    drafts = entry.session.exec(
        select(Draft).where(col(Draft.follow_up_id).in_(ids)).order_by(col(Draft.id))
    ).all()
    for draft in drafts:
        assert draft.follow_up_id is not None
        old = ids[draft.follow_up_id]
        free = heirs[old.application_id]
        heir = next(
            (row for row in free if (row.action, row.person) == (old.action, old.person)),
            next((row for row in free if row.action == old.action), None),
        )
        if heir is not None:
            free.remove(heir)
        entry.put(draft, follow_up_id=heir.id if heir is not None else None)
    if drafts:
        entry.session.flush()


def _columns(follow_up: Planned) -> dict[str, Any]:
    """The columns of a row for `follow_up`: its fields, the instants in UTC."""
    values = ((name, getattr(follow_up, name)) for name in _PLANNED)
    return {
        name: value.astimezone(UTC) if isinstance(value, datetime) else value
        for name, value in values
    }


_PLANNED = tuple(field.name for field in fields(Planned))


RulesOf = Callable[[str], Rules]
"""The rules for an application with this preset of its own; "" for one without."""

_OPEN = select(Application).where(col(Application.outcome).is_(None)).order_by(col(Application.id))
_IN_INTERVIEWS = col(Application.stage).in_([stage.value for stage in INTERVIEW_STAGES])
_CLOSED_AND_OWING = (
    select(Application)
    .where(
        col(Application.outcome).is_not(None),
        col(Application.id).in_(
            select(FollowUp.application_id).where(FollowUp.state == "open", FollowUp.rule != "own")
        ),
    )
    .order_by(col(Application.id))
)
"""What is closed and still owes something: a yes elsewhere ends that."""
_CLOSED_BUT_OWING = (
    select(Application)
    .where(
        col(Application.outcome).is_not(None),
        (col(Application.outcome) == Outcome.REJECTED.value)
        | col(Application.id).in_(select(Interview.application_id)),
    )
    .order_by(col(Application.id))
)
"""What is closed and may owe something but for a yes elsewhere: thanks, and a later look."""
_INTERVIEWING = _OPEN.where(_IN_INTERVIEWS)

_OF_RULES = (
    select(FollowUp)
    .where(
        col(FollowUp.application_id).in_(bindparam("ids", expanding=True)), FollowUp.rule != "own"
    )
    .order_by(col(FollowUp.id))
)

_MOVING = ("employer", "stage", "outcome")
"""The columns of an application that matter to others at its employer."""


@cache
def shipped_rules(preset: str) -> Rules:
    """The rules as shipped, with nothing from the user's settings but the card's own preset."""
    return rules_for(card_preset=preset if preset in presets() else "")


class Planner:
    """Plans by the user's rules, at the user's place."""

    def __init__(self, zone: tzinfo, rules_of: RulesOf) -> None:
        self._zone = zone
        self._rules_of = rules_of

    def replan(
        self,
        entry: JournalEntry,
        applications: Sequence[Application],
        outlook: Outlook | None = None,
    ) -> None:
        """Bring the open follow-ups of `applications` in line with their facts.

        What the user did (done, skipped) and follow-ups of the user's own stay as they are; a
        snoozed one keeps its day for as long as its reason holds, and so does a draft. `outlook`
        is the board's as it stands, where that has been read already.
        """
        if not applications:
            return
        outlook = outlook or read_outlook(entry.session)
        rows = _rows_of_rules(entry, applications)
        reconciled = Reconciliation(entry, self._zone)
        there = read_processes(entry.session, {row.employer for row in applications}, self._zone)
        local = entry.now.astimezone(self._zone)
        for row, facts in read_facts(entry.session, applications, self._zone, outlook):
            assert row.id is not None
            of_rules = rows.get(row.id, ())
            rules = self.rules(row.preset)
            facts = replace(facts, processes=_besides(there, row))
            born = {(one.rule, one.anchor, one.person, one.nth): one.planned_on for one in of_rules}
            planned = plan(with_birth(facts, rules, born, local), rules)
            entry.put(
                row,
                dormant_on=planned.quiet_on,
                close_suggested_on=planned.close_suggested_on,
                waiting=planned.waiting,
            )
            reconciled.add(row.id, of_rules, planned.follow_ups, rules.holidays)
        reconciled.write()

    def replan_others(
        self,
        entry: JournalEntry,
        before: Outlook,
        after: Outlook,
        besides: int | Container[int] | None = None,
    ) -> tuple[int, ...]:
        """Plan anew what the step from `before` to `after`, the outlook now, means for others.

        Returns the ids of those others whose rows changed.
        """
        if besides is None or isinstance(besides, int):
            besides = () if besides is None else (besides,)
        touched = entry.touched_ids()
        self._replan_neighbours(entry, after, besides)
        if before.acceptances[:1] != after.acceptances[:1]:
            self._replan_all(entry, _OPEN, after, besides)
            lost = not set(before.acceptances[:1]) <= set(after.acceptances)
            closed = _CLOSED_BUT_OWING if lost else _CLOSED_AND_OWING
            self._replan_all(entry, closed, after, besides)
        elif before.offers[:1] != after.offers[:1]:
            self._replan_all(entry, _INTERVIEWING, after, besides)
        return tuple(sorted(entry.touched_ids() - touched))

    def _replan_all(
        self,
        entry: JournalEntry,
        which: SelectOfScalar[Application],
        outlook: Outlook,
        besides: Container[int],
    ) -> None:
        rows = [row for row in entry.session.exec(which) if row.id not in besides]
        self.replan(entry, rows, outlook)

    def _replan_neighbours(
        self, entry: JournalEntry, outlook: Outlook, besides: Container[int]
    ) -> None:
        """Plan anew what a step of one application means for others at the same employer."""
        employers = _moved_employers(entry)
        if not employers:
            return
        query = _OPEN.where(col(Application.employer).in_(employers))
        self._replan_all(entry, query, outlook, besides)

    def plan_new(
        self,
        columns: dict[str, Any],
        outlook: Outlook,
        there: Mapping[str, Sequence[Process]],
        now: datetime,
        *,
        contact_known: bool,
    ) -> list[dict[str, Any]]:
        """The first follow-ups of an application that is new at `now` and has only its own row,
        and perhaps somebody to write to; what is planned for itself goes into its `columns`.

        `there` are the open applications beyond applied, by employer. The follow-ups are given by
        their columns: an import has thousands.
        """
        row = cast(Application, SimpleNamespace(**{**defaults_of(Application), **columns}))
        facts = facts_of_new(row, self._zone, outlook, contact_known=contact_known)
        if besides := _besides(there, row):
            facts = replace(facts, processes=besides)
        rules = self.rules(row.preset)
        local = now.astimezone(self._zone)
        planned = plan(with_birth(facts, rules, {}, local), rules)
        columns["dormant_on"] = planned.quiet_on
        columns["close_suggested_on"] = planned.close_suggested_on
        columns["waiting"] = planned.waiting
        owner = columns["id"]
        return [new_columns(owner, one, local, rules.holidays) for one in planned.follow_ups]

    def replan_at(
        self,
        entry: JournalEntry,
        employers: Collection[str],
        outlook: Outlook,
        besides: Container[int],
    ) -> None:
        """Plan anew the open applications at `employers`, without those in `besides`."""
        for some in batches(sorted(employers)):
            query = _OPEN.where(col(Application.employer).in_(some))
            rows = [row for row in entry.session.exec(query) if row.id not in besides]
            self.replan(entry, rows, outlook)

    def rules(self, preset: str) -> Rules:
        """The rules for an application with `preset`; one that is gone counts as none."""
        return self._rules_of(preset)


def _rows_of_rules(
    entry: JournalEntry, applications: Sequence[Application]
) -> dict[int, list[FollowUp]]:
    rows: dict[int, list[FollowUp]] = {}
    for some in batches(applications):
        found = entry.session.scalars(_OF_RULES, {"ids": [row.id for row in some]})
        rows |= _by_application(found)
    return rows


def _by_application(rows: Iterable[FollowUp]) -> dict[int, list[FollowUp]]:
    found: dict[int, list[FollowUp]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(row)
    return found


def _besides(there: Mapping[str, Sequence[Process]], row: Application) -> tuple[Process, ...]:
    found = there.get(row.employer, ()) if row.employer else ()
    return tuple(one for one in found if one.application_id != row.id)


def _moved_employers(entry: JournalEntry) -> set[str]:
    """The employers at which an application moved on or ended, or an interview changed."""
    employers: set[str] = set()
    for row, before in entry.touched_rows():
        if isinstance(row, Application):
            then = json.loads(before) if before is not None else {}
            now = {name: getattr(row, name) for name in _MOVING}
            gone = row not in entry.session
            if gone or any(then.get(name) != value for name, value in now.items()):
                employers |= {row.employer, then.get("employer", "")}
        elif isinstance(row, Interview):
            owner = entry.session.get(Application, row.application_id)
            employers.add(owner.employer if owner is not None else "")
    return employers - {""}
