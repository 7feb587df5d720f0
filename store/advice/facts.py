"""From rows to facts: interviews, messages, people and the like, as the rules want to know them.

One mapping for what is stored (`store.pipeline.facts` reads it) and for the page of an application,
from which the screen foresees what a move leads to: the rows have the same names in both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from store.rules.followups import facts as rules
from store.rules.followups.actions import ACKNOWLEDGEMENT, LEAVING, TELLING, THANKS
from store.rules.followups.facts import (
    Acceptance,
    Condition,
    Facts,
    InterviewFacts,
    Person,
    Promise,
    Telling,
    Word,
)
from store.rules.followups.thanks import Thanks, ThankYou
from store.rules.stages import Stage

if TYPE_CHECKING:
    from store.model import dossier as shown
    from store.tables import Assignment, Contact, FollowUp, Interview, Message, Point


class Settled(NamedTuple):
    """A follow-up that was done or skipped, as its row has it."""

    id: int
    action: str
    anchor: str
    person: str
    interview_id: int | None
    state: str
    done_on: date | None
    names_day: date | None
    """The deadline that its message named."""


class Parts(NamedTuple):
    """What belongs to an application, in the order in which it came to be."""

    interviews: "Sequence[Interview | shown.InterviewEntry]"
    interviewers: Mapping[int, Sequence[Person]]
    """The contacts who take part, by the interview."""
    assignments: "Sequence[Assignment | shown.AssignmentEntry]"
    messages: "Sequence[Message | shown.MessageEntry]"
    points: "Sequence[Point | shown.PointEntry]"
    contacts: "Sequence[Contact | shown.ContactEntry]"
    settled: "Sequence[FollowUp | Settled]"
    accepted: Acceptance | None
    """What was accepted elsewhere."""


def with_parts(own: Facts, parts: Parts) -> Facts:
    """The facts in the application's `own` row, with all that belongs to it."""
    accepted = parts.accepted
    skipped = [one for one in parts.settled if one.state == "skipped"]
    stays = {one.anchor for one in skipped if one.action in LEAVING}
    thanks = Thanks(
        ThankYou(one.interview_id, one.person, one.state)
        for one in parts.settled
        if one.action == THANKS
    )
    open_points = [point for point in parts.points if point.state == "open"]
    return replace(
        own,
        interviews=tuple(
            _interview(row, parts.interviewers, thanks, own) for row in parts.interviews
        ),
        words=tuple(
            Word(row.sent_on, row.direction == "in", row.kind, human=row.kind != "automatic")
            for row in parts.messages
        ),
        assignments=tuple(map(_assignment, parts.assignments)),
        promises=tuple(
            Promise(_id(row.id), row.text, row.noted_on, row.due_on)
            for row in open_points
            if row.kind == "my_promise"
        ),
        open_conditions=sum(row.kind == "condition" for row in open_points),
        last_cleared=_last_cleared(parts.points),
        references=_of_relation(parts.contacts, "reference"),
        referrers=_of_relation(parts.contacts, "referrer"),
        arranging=_arrangers(parts.contacts),
        contact=_contact_name(parts),
        contact_known=bool(parts.contacts),
        told=last_telling(parts.settled),
        accepted_elsewhere=accepted,
        keeps_going=accepted is not None and f"accepted:{accepted.application_id}" in stays,
        acknowledgement_skipped=any(one.action == ACKNOWLEDGEMENT for one in skipped),
    )


def person_of(row: "Contact | shown.ContactEntry") -> Person:
    """A contact as the rules know it."""
    return Person(_id(row.id), row.name, row.email)


def aware(moment: datetime | None) -> datetime | None:
    """An instant fresh from the user's hands has its zone; one from the database is UTC."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def ends_at(interview: "Interview | shown.InterviewEntry") -> datetime | None:
    """The end of an interview: its start and its length; None without a time."""
    starts_at = aware(interview.starts_at)
    if starts_at is None:
        return None
    # In UTC: by the clock on the wall a night in which it is put forward would be too long.
    ends = starts_at.astimezone(UTC) + timedelta(minutes=interview.minutes)
    return ends.astimezone(starts_at.tzinfo)


def _interview(
    row: "Interview | shown.InterviewEntry",
    interviewers: Mapping[int, Sequence[Person]],
    thanks: Thanks,
    own: Facts,
) -> InterviewFacts:
    """An interview that was cancelled without a word of who did it counts as called off by the
    user: they are not written to for a new time the same day then."""
    number = _id(row.id)
    people = interviewers.get(number, ())
    return InterviewFacts(
        id=number,
        stage=Stage(row.stage),
        logged_on=row.logged_on or row.invited_on or own.stage_since,
        starts_at=aware(row.starts_at),
        ends_at=ends_at(row),
        invited_on=row.invited_on,
        invited_at=aware(row.invited_at),
        answered=row.answered_on is not None,
        people=row.people,
        interviewers=tuple(people),
        timed_on=row.timed_on,
        answered_on=row.answered_on,
        offered_slots_on=row.offered_slots_on,
        kept=row.kept,
        called_off_by=row.called_off_by or ("you" if row.status == "cancelled" else ""),
        called_off_on=row.called_off_on,
        debriefed=row.debriefed_on is not None,
        thanked=thanks.is_settled(number, named=bool(people)),
    )


def _assignment(row: "Assignment | shown.AssignmentEntry") -> rules.Task:
    return rules.Task(
        id=_id(row.id),
        stage=Stage(row.stage),
        title=row.title,
        given_on=row.given_on,
        due_on=row.due_on,
        due_at=aware(row.due_at),
        handed_in_on=row.handed_in_on,
    )


def last_telling(settled: "Iterable[FollowUp | Settled]") -> Telling | None:
    """What they heard last of an offer that another employer has made."""
    told = [
        (one.done_on, _id(one.id), one)
        for one in settled
        if one.action == TELLING and one.state == "done" and one.done_on is not None
    ]
    if not told:
        return None
    on, _, last = max(told, key=lambda one: one[:2])
    return Telling(int(last.anchor.split(":")[1]), on, last.names_day)


def _last_cleared(points: "Iterable[Point | shown.PointEntry]") -> Condition | None:
    """Of `points`, the condition of the offer that was cleared last on a day that is known."""
    cleared = [
        (point.settled_on, _id(point.id), point.text)
        for point in points
        if point.kind == "condition" and point.state == "done" and point.settled_on is not None
    ]
    if not cleared:
        return None
    day, _, text = max(cleared)
    return Condition(text, day)


def _contact_name(parts: Parts) -> str:
    interviewers = {owner: [one.id for one in them] for owner, them in parts.interviewers.items()}
    best = closest(parts.contacts, contacts_by_latest(parts.interviews, interviewers))
    return best.name if best is not None else ""


_Known = TypeVar("_Known", bound="Contact | shown.ContactEntry")


def closest(
    contacts: Sequence[_Known], met: Sequence[int], *, referrers: bool = False
) -> _Known | None:
    """Whom to write to: the main contact, the person `met` last (ids of contacts), then by what
    they are there; those with an address first.

    A reference is never written to for this, a referrer only about an application that nobody has
    answered: with `referrers`.
    """
    fitting = [c for c in contacts if c.relation != "reference"]
    if not referrers:
        fitting = [c for c in fitting if c.relation != "referrer"]
    ordered = [c for c in fitting if c.main]
    ordered += [c for id_ in met for c in fitting if c.id == id_]
    ordered += [c for relation in _CLOSEST for c in fitting if c.relation == relation]
    return next((c for c in ordered if c.email), None) or next(iter(ordered), None)


_CLOSEST = (
    *("coordinator", "manager", "recruiter", "interviewer", "employee", "alumni", "other"),
    "referrer",
)
"""The relations, the closest to the decision about interviews first (product)."""


def contacts_by_latest(
    interviews: "Iterable[Interview | shown.InterviewEntry]",
    interviewers: Mapping[int, Sequence[int]],
) -> list[int]:
    """The contacts who take part in interviews, by id, those of the latest interview first."""
    agreed = [
        (starts_at.timestamp(), _id(one.id))
        for one in interviews
        if (starts_at := aware(one.starts_at)) is not None
        and one.status == "confirmed"
        and one.kept is not False
    ]
    return [id_ for _, owner in sorted(agreed)[::-1] for id_ in interviewers.get(owner, ())]


def _arrangers(contacts: "Iterable[Contact | shown.ContactEntry]") -> tuple[Person, ...]:
    """Those with an address who arrange interviews: the main contact first."""
    found = [row for row in contacts if row.email and (row.main or row.relation in _ARRANGING)]
    return tuple(person_of(row) for row in sorted(found, key=lambda row: not row.main))


_ARRANGING = ("coordinator", "recruiter")


def _of_relation(
    contacts: "Iterable[Contact | shown.ContactEntry]", relation: str
) -> tuple[Person, ...]:
    """Those who are that to the user."""
    return tuple(person_of(row) for row in contacts if row.relation == relation)


def _id(number: int | None) -> int:
    """The id of a row that is stored, or at least flushed."""
    assert number is not None
    return number
