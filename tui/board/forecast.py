"""What a move will lead to before it is stored, pure: the card and its page.

Loaded with the first change, not with the board: it needs all rules of follow-ups.
"""

from collections.abc import Container, Iterable
from dataclasses import fields
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from store.advice.facts import Parts, Settled, with_parts
from store.advice.tips import TipKnowledge, tip_lines
from store.model.dossier import (
    Board,
    Card,
    Dossier,
    Due,
    FollowUpEntry,
    InterviewEntry,
    OfferEntry,
    TimelineEntry,
)
from store.rules.followups.actions import (
    AROUND,
    DEADLINES,
    LEAVING,
    TELLING,
    UNANSWERED,
    fold_of,
    last_day,
    rank,
)
from store.rules.followups.facts import Acceptance, Facts, OtherOffer, Person, Process
from store.rules.followups.numbers import Rules
from store.rules.followups.offers import with_birth
from store.rules.followups.plan import plan
from store.rules.followups.planned import Planned, at_birth, born_on, since_birth
from store.rules.stages import INTERVIEW_STAGES, Had, Stage, next_number

FORESEEN = -1
"""The id of a follow-up that the store has not written yet."""

_OWN = "own"


class Others(NamedTuple):
    """What the other open cards mean for one: the earliest offer among them, how many there are,
    and, where it has the earliest offer, the employers who are to be told of it."""

    offer: OtherOffer | None = None
    number: int = 0
    to_tell: tuple[str, ...] = ()
    processes: tuple[Process, ...] = ()
    """The other open ones at the same employer that have come further than applied."""
    accepted: Acceptance | None = None
    """What was accepted last, as long as the board tells of it."""


def others_of(board: Board, card: Card, stage: Stage) -> Others:
    """What the other cards of `board` mean for `card` in `stage`."""
    offers = [
        other
        for other in board.lanes[Stage.OFFER]
        if other.id != card.id and (other.deadline_on is not None or not other.undated)
    ]
    first = min(offers, key=_since, default=None)
    offer = None
    if first is not None:
        offer = OtherOffer(
            first.id,
            first.company,
            first.stage_since,
            first.deadline_on,
            employer=first.employer,
            undated=first.undated,
        )
    number = sum(map(len, board.lanes.values())) - 1
    found = Others(
        offer,
        number,
        processes=tuple(_processes(board, card)),
        accepted=max(map(_acceptance_of, board.taken), key=lambda one: one.on, default=None),
    )
    if stage is not Stage.OFFER or offer is not None:
        return found
    interviewing = chain.from_iterable(board.lanes[stage] for stage in INTERVIEW_STAGES)
    told = sorted((o for o in interviewing if _is_told(o, card, found.accepted)), key=_since)
    return found._replace(to_tell=tuple(other.company for other in told))


def _is_told(other: Card, card: Card, accepted: Acceptance | None) -> bool:
    """Whether `other`, which is in interviews, is to hear of an offer to `card`: not the same
    employer, and nobody after a yes elsewhere."""
    if other.id == card.id or (other.employer == card.employer and bool(card.employer)):
        return False
    return accepted is None or (other.applied_on or other.stage_since) > accepted.on


def _processes(board: Board, card: Card) -> Iterable[Process]:
    """What else is under way at the employer of `card`, as far as the board tells it."""
    further = (lane for stage, lane in board.lanes.items() if stage is not Stage.APPLIED)
    for other in chain.from_iterable(further):
        if other.employer == card.employer and bool(card.employer) and other.id != card.id:
            starts_at = other.interview.starts_at if other.interview is not None else None
            last_on = starts_at.date() if starts_at is not None else None
            yield Process(other.id, other.role, other.stage, last_on)


def _acceptance_of(card: Card) -> Acceptance:
    return Acceptance(
        card.id, card.company, card.closed_on or card.stage_since, employer=card.employer
    )


def foresee_card(card: Card, stage: Stage, now: datetime) -> Card:
    """`card` right after a move to `stage`, as far as the card alone can tell."""
    interview, due = card.interview, card.follow_up
    return card._replace(
        stage=stage,
        stage_since=now.date(),
        undated=False,
        follow_up=due if due is not None and due.rule == _OWN else None,
        met=interview is not None and interview.stage is stage and interview.starts_at is not None,
        quiet_on=None,
        close_suggested_on=None,
        deadline_on=None,
        deadline_at=None,
        position=None,
    )


def foresee_page(
    page: Dossier,
    card: Card,
    stage: Stage,
    now: datetime,
    rules: Rules,
    others: Others = Others(),  # noqa: B008 (frozen)
) -> Dossier:
    """The page of an application after its `card` moved to `stage`, its follow-ups planned anew.

    `rules` are those by which it is followed up.
    """
    page = page._replace(interviews=_relabel(page.interviews, card.stage, stage, now))
    moved = foresee_card(card, stage, now)
    if moved.interview is not None:
        there = {interview.id: interview for interview in page.interviews}
        again = there.get(moved.interview.id)
        if again is not None:
            moved = moved._replace(interview=again._replace(interviewers=()))
    if stage is Stage.OFFER:
        # An offer is the decision: no date is waited for any more.
        moved = moved._replace(expected_by=None)
        texts = MappingProxyType({**page.fields, "expected_text": ""})
        page = page._replace(expected_set_on=None, fields=texts)
    moved = moved._replace(met=any(_took_place(interview, stage) for interview in page.interviews))
    today = now.date()
    born = {
        (one.due.rule, one.anchor, one.due.person, one.due.nth): one.planned_on
        for one in page.follow_ups
    }
    facts = with_birth(_facts(page, moved, now, others), rules, born, now)
    planned = plan(facts, rules)
    entries = _entries(page, planned.follow_ups, moved, now, rules.holidays)
    due = next((entry.due for entry in entries if _can_be_done(entry, now)), None)
    moved = moved._replace(
        quiet_on=planned.quiet_on,
        close_suggested_on=planned.close_suggested_on,
        waiting=planned.waiting,
        # Who is written to is known in lists only.
        follow_up=due._replace(recruiter="") if due is not None else None,
    )
    told = f"moved from {card.stage} to {stage}"
    change = max((entry.change_id for entry in page.timeline), default=0) + 1
    page = page._replace(
        card=moved,
        offered_on=today if stage is Stage.OFFER else None,
        acknowledged_on=None,
        offer=OfferEntry(offered_on=today) if stage is Stage.OFFER else None,
        follow_ups=entries,
        timeline=(TimelineEntry(change, today, "move", told), *page.timeline),
    )
    known = TipKnowledge(page.ticked, others.to_tell, others_open=others.number)
    return page._replace(tips=tip_lines(page, known, now))


def _relabel(
    interviews: tuple[InterviewEntry, ...], before: Stage, stage: Stage, now: datetime
) -> tuple[InterviewEntry, ...]:
    """Interviews of the stage `before` that are not over are of `stage` from now on."""
    if before not in INTERVIEW_STAGES or stage not in INTERVIEW_STAGES:
        return interviews
    live = [m for m in interviews if m.status != "cancelled" and m.kept is not False]
    number = next_number(stage, [Had(m.stage, m.round, m.ends_at) for m in live], now)
    number = 1 if stage is Stage.FIRST else max(number, 2)
    return tuple(
        interview._replace(stage=stage, round=number, final=False)
        if interview in live
        and interview.stage is before
        and (interview.ends_at is None or interview.ends_at > now)
        else interview
        for interview in interviews
    )


def _entries(
    page: Dossier,
    planned: Iterable[Planned],
    card: Card,
    now: datetime,
    holidays: Container[date],
) -> tuple[FollowUpEntry, ...]:
    """The follow-ups as the store will list them: what was settled stays, and so does what is
    planned again, with the day to which it was put off; the others come into being."""
    there = {(e.due.rule, e.anchor, e.due.person, e.due.nth): e for e in page.follow_ups}
    settled = ("done", "skipped")
    entries = [e for e in page.follow_ups if e.state in settled or e.due.rule == _OWN]
    planned_on: date | None
    for one in planned:
        before = there.get(one.key)
        if before is not None and before.state in settled:
            continue
        if before is None:
            planned_on = born_on(one, now, holidays)
            due = _due(at_birth(one, now, holidays), page, card, now, planned_on)
        else:
            planned_on, old = before.planned_on, before.due
            due = _due(since_birth(one, planned_on, old), page, card, now, planned_on)
            # Since when the deadline of another offer is known, no card tells.
            day_stays = old.snoozed or one.action == TELLING
            due = _on_its_day(due, old) if day_stays else due._replace(id=old.id)
        shown = due.lapses_at is None or due.lapses_at > now
        state = "open" if shown else "lapsed"
        entries.append(FollowUpEntry(due, state, None, one.anchor, one.names_day, planned_on))
    entries = [e._replace(due=e.due._replace(stage=card.stage)) for e in entries]
    return tuple(sorted(entries, key=lambda entry: _place(entry.due, now)))


def _on_its_day(due: Due, before: Due) -> Due:
    """`due`, which is `before` planned again, on the same day as that."""
    changed = (before.action, before.label) != (due.action, due.label)
    return due._replace(id=before.id) if changed else before


def _can_be_done(entry: FollowUpEntry, now: datetime) -> bool:
    """Whether it may be what the card speaks of, as in the store."""
    due = entry.due
    if entry.state != "open":
        return False
    return not due.waits(now) and (due.not_before is None or due.not_before <= now)


def _due(
    planned: Planned, page: Dossier, card: Card, now: datetime, planned_on: date | None
) -> Due:
    at, number = planned.due_at, planned.interview_id
    day = planned.due_on if at is None else at.astimezone(now.tzinfo).date()
    target = after = None
    for interview in page.interviews:
        if interview.id == number and _ahead(interview, now):
            starts_at = interview.starts_at
            target = starts_at.astimezone(now.tzinfo).date() if starts_at else None
            after = interview.ends_at if planned.action not in AROUND else None
    if planned.late_from is not None and planned.action in DEADLINES:
        target = last_day(planned.late_from.astimezone(now.tzinfo))
    ahead = (target - max(day, now.date())).days if target is not None else None
    if planned.action == UNANSWERED and planned.not_before and planned.not_before > now:
        after = planned.not_before
    since_import = (
        card.imported_on is not None and planned.nth == 1 and planned.due_on == planned_on
    )
    fold = fold_of(planned.rule, planned.action, since_import=since_import)
    own = {name: getattr(planned, name) for name in _PLANNED}
    return Due(
        id=FORESEEN,
        application_id=card.id,
        company=card.company,
        role=card.role,
        stage=card.stage,
        due_on=day,
        snoozed=False,
        after=after,
        fold=fold,
        rank=rank(planned.rule, planned.action, days=ahead, fold=fold),
        employer=card.employer,
        recruiter=page.fields["via_recruiter"],
        **own,
    )


_PLANNED = {field.name for field in fields(Planned)} & {*Due._fields} - {"due_on"}
"""What a follow-up has from its plan as it stands there."""


def _ahead(interview: InterviewEntry, now: datetime) -> bool:
    """Whether an interview is agreed and not over."""
    agreed = interview.status == "confirmed" and interview.kept is not False
    return agreed and interview.ends_at is not None and interview.ends_at > now


def _place(due: Due, now: datetime) -> tuple[object, ...]:
    """Sorts as the store does, the older row first."""
    *place, row = due.order(now)
    return (*place, float("inf") if row == FORESEEN else row)


def _facts(page: Dossier, card: Card, now: datetime, others: Others) -> Facts:
    """What the rules want to know, as far as the page tells it."""
    assert now.tzinfo is not None
    offer, texts = card.stage is Stage.OFFER, page.fields
    withdrawal = next((e for e in page.follow_ups if e.due.action in LEAVING), None)
    own = Facts(
        zone=now.tzinfo,
        stage=card.stage,
        stage_since=card.stage_since,
        undated=card.undated,
        applied_on=card.applied_on,
        company=card.company,
        employer=card.employer,
        processes=others.processes,
        references_announced_on=page.references_announced_on,
        closing_on=page.closing_on,
        expected_by=card.expected_by,
        expected_set_on=page.expected_set_on,
        no_contact=page.no_contact,
        offered_on=now.date() if offer else None,
        offered_at=now if offer else None,
        reference_check_on=page.reference_check_on,
        via_recruiter=texts["via_recruiter"],
        other_offer=others.offer,
    )
    parts = Parts(
        interviews=page.interviews,
        interviewers={
            interview.id: [Person(p.contact_id, p.name, p.email) for p in interview.interviewers]
            for interview in page.interviews
        },
        assignments=page.assignments,
        messages=page.messages[::-1],
        points=page.points,
        contacts=page.contacts,
        settled=[
            Settled(
                e.due.id,
                e.due.action,
                e.anchor,
                e.due.person,
                e.due.interview_id,
                e.state,
                e.done_on,
                e.names_day,
            )
            for e in page.follow_ups
            if e.state in ("done", "skipped")
        ],
        accepted=others.accepted or _acceptance(withdrawal),
    )
    return with_parts(own, parts)


def _acceptance(withdrawal: FollowUpEntry | None) -> Acceptance | None:
    """The acceptance for which a withdrawal is planned; its day is that of the withdrawal."""
    if withdrawal is None:
        return None
    accepted = int(withdrawal.anchor.rpartition(":")[2])
    return Acceptance(accepted, "", withdrawal.due.due_on)


def _took_place(interview: InterviewEntry, stage: Stage) -> bool:
    agreed = (interview.stage, interview.status) == (stage, "confirmed")
    return agreed and interview.kept is not False


def _since(card: Card) -> tuple[int, int]:
    return card.stage_since.toordinal(), card.id
