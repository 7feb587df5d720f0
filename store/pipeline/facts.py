"""From rows to facts: what is stored about applications, as the rules want to know it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, and_, col, func, select

from store.rules.followups import facts as followup_facts
from store.rules.followups.actions import ACKNOWLEDGEMENT, LEAVING, THANKS
from store.rules.followups.facts import Facts, Person, Promise, Talk, Word
from store.rules.followups.numbers import local_day
from store.rules.followups.plan import Acceptance, OtherOffer, Process
from store.rules.followups.thanks import Thanks, ThankYou
from store.rules.stages import Outcome, Stage
from store.tables import (
    Application,
    Assignment,
    Contact,
    FollowUp,
    Interview,
    Interviewer,
    Message,
    Point,
)

_OFFERED_ON = func.coalesce(col(Application.offered_on), col(Application.stage_since))
_OFFERS = (
    select(Application)
    .with_only_columns(
        col(Application.id),
        col(Application.company),
        _OFFERED_ON,
        col(Application.offer_deadline_on),
    )
    .where(col(Application.outcome).is_(None), col(Application.stage) == Stage.OFFER.value)
    .order_by(_OFFERED_ON, col(Application.id))
    .limit(2)
)
_ACCEPTANCES = (
    select(Application)
    .with_only_columns(col(Application.id), col(Application.company), col(Application.closed_on))
    .where(col(Application.outcome) == Outcome.ACCEPTED.value)
    .order_by(col(Application.closed_on).desc(), col(Application.id).desc())
    .limit(2)
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The two earliest open offers of the board, and the two latest acceptances."""

    offers: tuple[OtherOffer, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()

    def offer_besides(self, application_id: int | None) -> OtherOffer | None:
        """The earliest open offer of another application (R16)."""
        return next((o for o in self.offers if o.application_id != application_id), None)

    def acceptance_besides(self, application_id: int | None) -> Acceptance | None:
        """The latest acceptance of another application (R18)."""
        return next((a for a in self.acceptances if a.application_id != application_id), None)


def read_outlook(session: Session) -> Outlook:
    """The board's offers and acceptances, with what the session has not stored yet."""
    return Outlook(
        tuple(OtherOffer(*row) for row in session.execute(_OFFERS)),
        tuple(Acceptance(*row) for row in session.execute(_ACCEPTANCES)),
    )


_AT_ONCE = 500
"""Names in one query: SQLite before 3.32 takes 999 parameters."""
_PROCESSES = (
    select(Application)
    .with_only_columns(
        col(Application.employer),
        col(Application.id),
        col(Application.role),
        col(Application.stage),
        func.max(col(Interview.starts_at)),
    )
    .outerjoin(
        Interview,
        and_(
            col(Interview.application_id) == col(Application.id),
            col(Interview.status) == "confirmed",
            col(Interview.called_off_by) == "",
            func.coalesce(col(Interview.kept), True).is_(True),
        ),
    )
    .where(col(Application.outcome).is_(None), col(Application.stage) != Stage.APPLIED.value)
    .group_by(col(Application.id))
    .order_by(col(Application.id))
)


def read_processes(
    session: Session, employers: Collection[str], zone: tzinfo
) -> Mapping[str, list[Process]]:
    """The open applications beyond applied at each of `employers` (folded names)."""
    found: dict[str, list[Process]] = {}
    names = sorted(set(employers) - {""})
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        rows = session.execute(_PROCESSES.where(col(Application.employer).in_(part)))
        for employer, id_, role, stage, last in rows:
            last_on = None
            if last is not None:
                last_on = local_day(last if last.tzinfo else last.replace(tzinfo=UTC), zone)
            found.setdefault(employer, []).append(Process(id_, role, Stage(stage), last_on))
    return found


AT_ONCE = 500
"""Ids in one query: SQLite before 3.32 takes 999 parameters."""

Row = TypeVar("Row", bound=SQLModel)


def facts_of(
    session: Session, application: Application, zone: tzinfo, outlook: Outlook | None = None
) -> Facts:
    """What is stored about `application`; see `read_facts`."""
    outlook = outlook or read_outlook(session)
    ((_, facts),) = read_facts(session, [application], zone, outlook)
    return facts


def read_facts(
    session: Session, applications: Sequence[Application], zone: tzinfo, outlook: Outlook
) -> Iterator[tuple[Application, Facts]]:
    """The facts of each of `applications`, `outlook` being what the board has for the others.

    A handful of queries for every `AT_ONCE` of them.
    """
    for start in range(0, len(applications), AT_ONCE):
        some = applications[start : start + AT_ONCE]
        ids = [row.id for row in some if row.id is not None]
        parts = _Parts(session, ids)
        for row in some:
            yield row, parts.facts(row, zone, outlook)


class _Parts:
    """What belongs to some applications, by application."""

    def __init__(self, session: Session, ids: Sequence[int]) -> None:
        self._session = session
        self._ids = ids
        self.interviews = self._of(Interview, Interview.application_id)
        self.assignments = self._of(Assignment, Assignment.application_id)
        self.messages = self._of(
            Message, Message.application_id, order=(Message.sent_on, Message.id)
        )
        self.points = self._of(
            Point,
            Point.application_id,
            Point.state == "open",
            col(Point.kind).in_(("my_promise", "condition")),
        )
        self.contacts = self._of(Contact, Contact.application_id)
        self.interviewers = self._of(Interviewer, Interviewer.application_id)
        self.settled = self._of(
            FollowUp,
            FollowUp.application_id,
            col(FollowUp.state) != "open",
            col(FollowUp.action).in_((THANKS, ACKNOWLEDGEMENT, *LEAVING)),
        )

    def facts(self, application: Application, zone: tzinfo, outlook: Outlook) -> Facts:
        owner = application.id
        assert owner is not None
        settled = self.settled.get(owner, [])
        people = {row.id: _person(row) for row in self.contacts.get(owner, [])}
        there: dict[int, list[Person]] = {}
        for row in self.interviewers.get(owner, []):
            there.setdefault(row.interview_id, []).append(people[row.contact_id])
        thanks = Thanks(
            ThankYou(row.interview_id, row.person, row.state)
            for row in settled
            if row.action == THANKS
        )
        accepted = outlook.acceptance_besides(owner)
        skipped = [row for row in settled if row.state == "skipped"]
        kept = {row.anchor for row in skipped if row.action in LEAVING}
        points = self.points.get(owner, [])
        return replace(
            facts_of_new(application, zone),
            talks=tuple(
                _talk(row, there.get(row.id or 0, ()), thanks)
                for row in self.interviews.get(owner, [])
            ),
            words=tuple(_word(row) for row in self.messages.get(owner, [])),
            assignments=tuple(_assignment(row) for row in self.assignments.get(owner, [])),
            promises=tuple(_promise(row) for row in points if row.kind == "my_promise"),
            open_conditions=sum(row.kind == "condition" for row in points),
            references=self._related(owner, "reference"),
            referrers=self._related(owner, "referrer"),
            contact_known=bool(people),
            other_offer=outlook.offer_besides(owner),
            accepted_elsewhere=accepted,
            keeps_going=accepted is not None and f"accepted:{accepted.application_id}" in kept,
            acknowledgement_skipped=any(row.action == ACKNOWLEDGEMENT for row in skipped),
        )

    def _related(self, owner: int, relation: str) -> tuple[Person, ...]:
        """The people of one application who are that to the user."""
        people = self.contacts.get(owner, [])
        return tuple(_person(row) for row in people if row.relation == relation)

    def _of(
        self,
        table: type[Row],
        owner: Any,
        *which: Any,
        order: Sequence[Any] = (),
    ) -> dict[int, list[Row]]:
        ordered = order or (table.id,)  # type: ignore[attr-defined]
        query = select(table).where(col(owner).in_(self._ids), *which).order_by(*map(col, ordered))
        found: dict[int, list[Row]] = {}
        for row in self._session.exec(query):
            found.setdefault(row.application_id, []).append(row)  # type: ignore[attr-defined]
        return found


def facts_of_new(
    application: Application,
    zone: tzinfo,
    outlook: Outlook | None = None,
    *,
    contact_known: bool = False,
) -> Facts:
    """The facts in the application's own row, without interviews, messages and people; but for
    whether anybody is known."""
    outlook = outlook or Outlook()
    return Facts(
        zone=zone,
        stage=Stage(application.stage),
        stage_since=application.stage_since,
        applied_on=application.applied_on,
        company=application.company,
        closing_on=application.closing_on,
        expected_by=application.expected_by,
        expected_set_on=application.expected_set_on,
        no_contact=application.no_contact,
        outcome=Outcome(application.outcome) if application.outcome else None,
        closed_on=application.closed_on,
        closed_at=aware(application.closed_at),
        offered_on=application.offered_on,
        offered_at=aware(application.offered_at),
        acknowledged=application.offer_acknowledged_on is not None,
        deadline_on=application.offer_deadline_on,
        deadline_at=aware(application.offer_deadline_at),
        deadline_set_on=application.offer_deadline_set_on,
        deadline_asked_on=application.offer_deadline_asked_on,
        verbal=application.offer_kind == "verbal",
        letter_on=application.offer_letter_on,
        signed_on=application.offer_signed_on,
        extension_asked_on=application.extension_asked_on,
        counter_sent_on=application.counter_sent_on,
        reference_check_on=application.reference_check_on,
        references_announced_on=application.reference_check_set_on,
        starts_work_on=application.starts_work_on,
        via_recruiter=application.via_recruiter,
        contact_known=contact_known,
        other_offer=outlook.offer_besides(application.id),
        accepted_elsewhere=outlook.acceptance_besides(application.id),
        thanked_for_rejection=application.thanked_rejection_on is not None,
        stay_in_touch=application.stay_in_touch,
    )


def ends_at(interview: Interview) -> datetime | None:
    """The end of the talk: its start and its length; None without a time."""
    starts_at = aware(interview.starts_at)
    if starts_at is None:
        return None
    return starts_at + timedelta(minutes=interview.minutes)


def aware(moment: datetime | None) -> datetime | None:
    """An instant fresh from the user's hands has its zone; one from the database is UTC."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def _talk(row: Interview, people: Sequence[Person], thanks: Thanks) -> Talk:
    """A talk that was cancelled without a word of who did it counts as called off by the user:
    they are not written to for a new time the same day then."""
    assert row.id is not None
    cancelled = row.status == "cancelled"
    return Talk(
        id=row.id,
        stage=Stage(row.stage),
        logged_on=row.logged_on,
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
        called_off_by=row.called_off_by or ("you" if cancelled else ""),
        called_off_on=row.called_off_on,
        debriefed=row.debriefed_on is not None,
        thanked=thanks.is_settled(row.id, named=bool(people)),
    )


def _assignment(row: Assignment) -> followup_facts.Assignment:
    assert row.id is not None
    return followup_facts.Assignment(
        id=row.id,
        stage=Stage(row.stage),
        title=row.title,
        given_on=row.given_on,
        due_on=row.due_on,
        due_at=aware(row.due_at),
        handed_in_on=row.handed_in_on,
    )


def _person(row: Contact) -> Person:
    assert row.id is not None
    return Person(row.id, row.name, row.email)


def _word(row: Message) -> Word:
    return Word(row.sent_on, row.direction == "in", row.kind, human=row.kind != "automatic")


def _promise(row: Point) -> Promise:
    assert row.id is not None
    return Promise(row.id, row.text, row.noted_on, row.due_on)
