"""From planned follow-ups to rows: what stays, what comes, and what goes."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from sqlmodel import col, select

from store.journal import Entry
from store.rules.followups import Planned, at_birth
from store.tables import Draft, FollowUp

_AT_ONCE = 500
"""Ids in one query: SQLite before 3.32 takes 999 parameters."""


class Reconciled:
    """The steps from the stored follow-ups of some applications to the planned ones.

    Rows that come and go are written all at once, by `write`: a round trip for each of them takes
    a second on a large board.
    """

    def __init__(self, entry: Entry, zone: tzinfo) -> None:
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
            columns = _columns(_since_birth(follow_up, row))
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
                columns = _columns(_since_birth(follow_up, old))
                return FollowUp(application_id=application_id, planned_on=old.planned_on, **columns)
        return new_row(application_id, follow_up, self._now, holidays)

    def write(self) -> None:
        """Store what comes, then remove what goes."""
        if self._new:
            self._entry.add_all(self._new)
        for start in range(0, len(self._gone), _AT_ONCE):
            _inherit_drafts(self._entry, self._gone[start : start + _AT_ONCE], self._heirs)
        if self._gone:
            self._entry.remove_all(self._gone)


def new_row(
    application_id: int, follow_up: Planned, now: datetime, holidays: Container[date]
) -> FollowUp:
    """The row of a follow-up that comes into being at `now` (aware, in the user's zone).

    One that would have been late counts from the day for which it is.
    """
    born, born_on = at_birth(follow_up, now, holidays), now.date()
    if follow_up.due_on < born_on:
        born_on = born.due_on
    return FollowUp(application_id=application_id, planned_on=born_on, **_columns(born))


def _since_birth(follow_up: Planned, row: FollowUp) -> Planned:
    """`follow_up` as planned again for `row`, never due or late before that came into being."""
    born = row.planned_on
    if born is None:
        return follow_up
    late_from = follow_up.late_from
    if late_from is not None and row.late_from is None and late_from.date() <= born:
        follow_up = replace(follow_up, late_from=None)
    if follow_up.due_on > born:
        return follow_up
    at = follow_up.due_at if follow_up.due_on == born and row.due_at is not None else None
    return replace(follow_up, due_on=born, due_at=at)


def _inherit_days(gone: Sequence[FollowUp], new: Sequence[FollowUp]) -> None:
    """A thank-you that was put off stays so when it falls into one for each person."""
    for old in gone:
        for row in new if old.snoozed_to is not None else ():
            if (row.rule, row.anchor, row.nth) == (old.rule, old.anchor, old.nth):
                row.snoozed_to = old.snoozed_to
                row.lapses_at = row.lapses_at if old.lapses_at is not None else None


def _inherit_drafts(
    entry: Entry, gone: Sequence[FollowUp], heirs: Mapping[int, list[FollowUp]]
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
        "late_from": _in_utc(follow_up.late_from),
        "names_day": follow_up.names_day,
    }


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None
