"""The plan of applications carried out: their open follow-ups, in line with their facts."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cache

from sqlmodel import SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.journal import Entry
from store.pipeline.facts import AT_ONCE, facts_of_new, read_facts, told_of
from store.pipeline.outlook import Outlook, read_outlook, read_processes
from store.pipeline.reconcile import Reconciled, new_row
from store.rules.followup_rules import Rules, presets, rules_for
from store.rules.followups import TELLING, Facts, Process, plan, plan_telling
from store.rules.stages import INTERVIEW_STAGES, Stage
from store.tables import Application, FollowUp, Interview

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
_INTERVIEWING = _OPEN.where(_IN_INTERVIEWS)
_INTERVIEWING_IN_SHORT = _INTERVIEWING.with_only_columns(
    col(Application.id),
    col(Application.company),
    col(Application.stage),
    col(Application.stage_since),
    col(Application.preset),
    col(Application.no_contact),
    col(Application.via_recruiter),
)
_TOLD = (
    select(FollowUp)
    .join(Application)
    .where(FollowUp.rule == TELLING, col(Application.outcome).is_(None), _IN_INTERVIEWS)
    .order_by(col(FollowUp.id))
)

_MOVING = ("employer", "stage", "outcome")
"""The columns of an application that matter to others at its employer."""


@cache
def shipped_rules(preset: str) -> Rules:
    """The rules as shipped, with nothing from the user's settings but the card's own preset."""
    return rules_for(card_preset=preset)


class Planner:
    """Plans by the user's rules, at the user's place."""

    def __init__(self, zone: tzinfo, rules_of: RulesOf) -> None:
        self._zone = zone
        self._rules_of = rules_of

    def replan(
        self, entry: Entry, applications: Sequence[Application], outlook: Outlook | None = None
    ) -> None:
        """Bring the open follow-ups of `applications` in line with their facts.

        What the user did (done, skipped) and follow-ups of the user's own stay as they are; a
        snoozed one keeps its day for as long as its reason holds, and so does a draft. `outlook`
        is the board's as it stands, where that has been read already.
        """
        if not applications:
            return
        outlook = outlook or read_outlook(entry.session)
        rows = _rule_made(entry, applications)
        reconciled = Reconciled(entry, self._zone)
        there = read_processes(entry.session, {row.employer for row in applications}, self._zone)
        for row, facts in read_facts(entry.session, applications, self._zone, outlook):
            facts = replace(facts, processes=_besides(there, row))
            rules = self.rules(row.preset)
            planned = plan(facts, rules)
            entry.put(
                row,
                dormant_on=planned.dormant_on,
                close_suggested_on=planned.close_suggested_on,
                waiting=planned.waiting,
            )
            assert row.id is not None
            reconciled.add(row.id, rows.get(row.id, ()), planned.follow_ups, rules.holidays)
        reconciled.write()

    def replan_others(
        self, entry: Entry, before: Outlook, after: Outlook, besides: int | None = None
    ) -> tuple[int, ...]:
        """Plan anew what the step from `before` to `after`, the outlook now, means for others.

        Returns the ids of those others whose rows changed.
        """
        touched = entry.touched()
        self._replan_neighbours(entry, after, besides)
        if before.acceptances[:1] != after.acceptances[:1]:
            self._replan_all(entry, _OPEN, after, besides)
            self._replan_all(entry, _CLOSED_AND_OWING, after, besides)
        elif before.offers[:1] != after.offers[:1]:
            if after.acceptances:
                self._replan_all(entry, _INTERVIEWING, after, besides)
            else:
                self._replan_telling(entry, after, besides)
        return tuple(sorted(entry.touched() - touched))

    def _replan_all(
        self,
        entry: Entry,
        which: SelectOfScalar[Application],
        outlook: Outlook,
        besides: int | None,
    ) -> None:
        rows = [row for row in entry.session.exec(which) if row.id != besides]
        self.replan(entry, rows, outlook)

    def _replan_neighbours(self, entry: Entry, outlook: Outlook, besides: int | None) -> None:
        """Plan anew what a step of one application means for others at the same employer."""
        employers = _employers_moved(entry)
        if not employers:
            return
        query = _OPEN.where(col(Application.employer).in_(employers))
        self._replan_all(entry, query, outlook, besides)

    def _replan_telling(self, entry: Entry, outlook: Outlook, besides: int | None) -> None:
        """Plan anew whom to tell of an offer and nothing else, which on a large board is a tenth
        of the work. Only while nothing has been accepted, which has a say in it too."""
        rows = _by_application(entry.session.exec(_TOLD))
        reconciled = Reconciled(entry, self._zone)
        found = entry.session.execute(_INTERVIEWING_IN_SHORT)
        for id_, company, stage, stage_since, preset, no_contact, recruiter in found:
            if id_ == besides:
                continue
            facts = Facts(
                zone=self._zone,
                stage=Stage(stage),
                stage_since=stage_since,
                company=company,
                no_contact=no_contact,
                via_recruiter=recruiter,
                other_offer=outlook.offer_besides(id_),
                told=told_of(rows.get(id_, ())),
            )
            rules = self.rules(preset)
            reconciled.add(id_, rows.get(id_, ()), plan_telling(facts, rules), rules.holidays)
        reconciled.write()

    def rows_for_new(
        self, application: Application, outlook: Outlook, now: datetime, *, contact_known: bool
    ) -> list[SQLModel]:
        """The first follow-ups of an application that is new at `now` and has only its own row,
        and perhaps somebody to write to."""
        facts = facts_of_new(application, self._zone, outlook, contact_known=contact_known)
        rules = self.rules(application.preset)
        planned = plan(facts, rules)
        application.dormant_on = planned.dormant_on
        application.close_suggested_on = planned.close_suggested_on
        application.waiting = planned.waiting
        assert application.id is not None
        local = now.astimezone(self._zone)
        return [new_row(application.id, one, local, rules.holidays) for one in planned.follow_ups]

    def rules(self, preset: str) -> Rules:
        """The rules for an application with `preset`; one that is gone counts as none."""
        return self._rules_of(preset if preset in presets() else "")


def _rule_made(entry: Entry, applications: Sequence[Application]) -> dict[int, list[FollowUp]]:
    rows: dict[int, list[FollowUp]] = {}
    for start in range(0, len(applications), AT_ONCE):
        ids = [row.id for row in applications[start : start + AT_ONCE]]
        query = select(FollowUp).where(
            col(FollowUp.application_id).in_(ids), FollowUp.rule != "own"
        )
        rows |= _by_application(entry.session.exec(query.order_by(col(FollowUp.id))))
    return rows


def _by_application(rows: Iterable[FollowUp]) -> dict[int, list[FollowUp]]:
    found: dict[int, list[FollowUp]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(row)
    return found


def _besides(there: Mapping[str, Sequence[Process]], row: Application) -> tuple[Process, ...]:
    found = there.get(row.employer, ()) if row.employer else ()
    return tuple(one for one in found if one.application_id != row.id)


def _employers_moved(entry: Entry) -> set[str]:
    """The employers at which an application moved on or ended, or an interview changed."""
    employers: set[str] = set()
    for row, before in entry.changed():
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
