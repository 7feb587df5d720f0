"""From the plan back to rows: the open follow-ups of applications, in line with their facts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from sqlmodel import SQLModel, col, select

from store.journal import Entry
from store.pipeline.facts import AT_ONCE, facts_of_new, read_facts
from store.pipeline.outlook import Outlook, concerned, read_outlook
from store.rules.followup_rules import Rules, presets, rules_for
from store.rules.followups import Planned, plan
from store.tables import Application, Draft, FollowUp

RulesOf = Callable[[str], Rules]
"""The rules for an application with this preset of its own; "" for one without."""


@cache
def shipped_rules(preset: str) -> Rules:
    """The rules as shipped, with nothing from the user's settings but the card's own preset."""
    return rules_for(card_preset=preset)


class Planner:
    """Plans by the user's rules, at the user's place."""

    def __init__(self, zone: tzinfo, rules_of: RulesOf) -> None:
        self._zone = zone
        self._rules_of = rules_of

    def replan(self, entry: Entry, applications: Sequence[Application]) -> None:
        """Bring the open follow-ups of `applications` in line with their facts.

        What the user did (done, skipped) and follow-ups of the user's own stay as they are; a
        snoozed one keeps its day for as long as its reason holds, and so does a draft.
        """
        if not applications:
            return
        outlook = read_outlook(entry.session)
        rows = _rule_made(entry, applications)
        for row, facts in read_facts(entry.session, applications, self._zone, outlook):
            planned = plan(facts, self.rules(row))
            entry.put(
                row,
                dormant_on=planned.dormant_on,
                close_suggested_on=planned.close_suggested_on,
            )
            assert row.id is not None
            _reconcile(entry, row.id, rows.get(row.id, []), planned.follow_ups)

    def replan_others(
        self, entry: Entry, before: Outlook, besides: int | None = None
    ) -> tuple[int, ...]:
        """Plan anew what the change of offers and acceptances since `before` means for others.

        Returns the ids of those others whose rows changed.
        """
        after = read_outlook(entry.session)
        others = [o for o in concerned(entry.session, before, after) if o.id != besides]
        touched = entry.touched()
        self.replan(entry, others)
        return tuple(sorted(entry.touched() - touched))

    def rows_for_new(self, application: Application, outlook: Outlook) -> list[SQLModel]:
        """The first follow-ups of a new application that has nothing but its own row."""
        planned = plan(facts_of_new(application, self._zone, outlook), self.rules(application))
        application.dormant_on = planned.dormant_on
        application.close_suggested_on = planned.close_suggested_on
        assert application.id is not None
        return [_row(application.id, one) for one in planned.follow_ups]

    def rules(self, application: Application) -> Rules:
        """The rules by which `application` is planned; a preset that is gone counts as none."""
        preset = application.preset
        return self._rules_of(preset if preset in presets() else "")


def _rule_made(entry: Entry, applications: Sequence[Application]) -> dict[int, list[FollowUp]]:
    rows: dict[int, list[FollowUp]] = {}
    for start in range(0, len(applications), AT_ONCE):
        ids = [row.id for row in applications[start : start + AT_ONCE]]
        query = select(FollowUp).where(
            col(FollowUp.application_id).in_(ids), FollowUp.rule != "own"
        )
        for row in entry.session.exec(query.order_by(col(FollowUp.id))):
            rows.setdefault(row.application_id, []).append(row)
    return rows


def _reconcile(
    entry: Entry, application_id: int, rows: Iterable[FollowUp], planned: Iterable[Planned]
) -> None:
    wanted = {follow_up.key: follow_up for follow_up in planned}
    gone: list[FollowUp] = []
    for row in rows:
        follow_up = wanted.pop((row.rule, row.anchor, row.person, row.nth), None)
        if row.state != "open":
            continue
        if follow_up is None:
            gone.append(row)
            continue
        columns = _columns(follow_up)
        if row.snoozed_to is not None and row.lapses_at is None:
            del columns["lapses_at"]
        entry.put(row, **columns)
    new = [_row(application_id, follow_up) for follow_up in wanted.values()]
    _inherit_days(gone, new)
    entry.add_all(new)
    if gone:
        _inherit_drafts(entry, gone, new)
        for row in gone:
            entry.remove(row)


def _inherit_days(gone: Sequence[FollowUp], new: Sequence[FollowUp]) -> None:
    """A thank-you that was put off stays so when it falls into one for each person."""
    for old in gone:
        for row in new if old.snoozed_to is not None else ():
            if (row.rule, row.anchor, row.nth) == (old.rule, old.anchor, old.nth):
                row.snoozed_to = old.snoozed_to
                row.lapses_at = row.lapses_at if old.lapses_at is not None else None


def _inherit_drafts(entry: Entry, gone: Sequence[FollowUp], new: Sequence[FollowUp]) -> None:
    """A draft goes over to the follow-up that comes instead, else stays with the application."""
    ids = {row.id: row for row in gone}
    drafts = entry.session.exec(
        select(Draft).where(col(Draft.follow_up_id).in_(ids)).order_by(col(Draft.id))
    ).all()
    free = list(new)
    for draft in drafts:
        old = ids[draft.follow_up_id]
        heir = next(
            (row for row in free if (row.action, row.person) == (old.action, old.person)),
            next((row for row in free if row.action == old.action), None),
        )
        if heir is not None:
            free.remove(heir)
        entry.put(draft, follow_up_id=heir.id if heir is not None else None)
    entry.session.flush()


def _row(application_id: int, follow_up: Planned) -> FollowUp:
    return FollowUp(application_id=application_id, **_columns(follow_up))


def _columns(follow_up: Planned) -> dict[str, Any]:
    return {
        "interview_id": follow_up.interview_id,
        "rule": follow_up.rule,
        "anchor": follow_up.anchor,
        "person": follow_up.person,
        "nth": follow_up.nth,
        "of": follow_up.of,
        "action": follow_up.action,
        "label": follow_up.label,
        "reason": follow_up.reason,
        "due_on": follow_up.due_on,
        "due_at": _in_utc(follow_up.due_at),
        "not_before": _in_utc(follow_up.not_before),
        "late_until": _in_utc(follow_up.late_until),
        "lapses_at": _in_utc(follow_up.lapses_at),
    }


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None
