"""From rows to facts: what is stored about applications, as the rules want to know it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Executable, Select, bindparam, union_all
from sqlmodel import Session, and_, col, func, literal, or_, select

from store.advice.facts import Parts, aware, person_of, with_parts
from store.pipeline.changes.journal import batches
from store.rules.followups.actions import ACKNOWLEDGEMENT, LEAVING, TELLING, THANKS
from store.rules.followups.facts import Acceptance, Facts, OtherOffer, Person, Process
from store.rules.followups.numbers import local_day
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
from store.tables.columns import OfApplication

_OFFERED_ON = func.coalesce(col(Application.offered_on), col(Application.stage_since))
_OFFERS: Executable = (
    select(Application)
    .with_only_columns(
        col(Application.id),
        col(Application.company),
        _OFFERED_ON,
        col(Application.offer_deadline_on),
        col(Application.offer_deadline_set_on),
        col(Application.employer),
        col(Application.undated),
    )
    .where(
        col(Application.outcome).is_(None),
        col(Application.stage) == Stage.OFFER.value,
        # Of what came on a day that nobody knows, nobody is told before it presses.
        or_(col(Application.undated).is_(False), col(Application.offer_deadline_on).is_not(None)),
    )
    .order_by(_OFFERED_ON, col(Application.id))
    .limit(2)
)
_ACCEPTANCES: Executable = (
    select(Application)
    .with_only_columns(
        col(Application.id),
        col(Application.company),
        col(Application.closed_on),
        col(Application.employer),
    )
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
    session.flush()
    # Past the session, which takes twice as long: every change asks for both, before and after.
    connection = session.connection()
    return Outlook(
        tuple(OtherOffer(*row) for row in connection.execute(_OFFERS)),
        tuple(Acceptance(*row) for row in connection.execute(_ACCEPTANCES)),
    )


_PROCESSES: Executable = (
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
    .where(
        col(Application.outcome).is_(None),
        col(Application.stage) != Stage.APPLIED.value,
        col(Application.employer).in_(bindparam("employers", expanding=True)),
    )
    .group_by(
        col(Application.id),
        col(Application.employer),
        col(Application.role),
        col(Application.stage),
    )
    .order_by(col(Application.id))
)


def read_processes(
    session: Session, employers: Collection[str], zone: tzinfo
) -> Mapping[str, list[Process]]:
    """The open applications beyond applied at each of `employers` (folded names)."""
    found: dict[str, list[Process]] = {}
    session.flush()
    for part in batches(sorted(set(employers) - {""})):
        rows = session.connection().execute(_PROCESSES, {"employers": part})
        for employer, id_, role, stage, last in rows:
            moment = aware(last)
            last_on = local_day(moment, zone) if moment is not None else None
            found.setdefault(employer, []).append(Process(id_, role, Stage(stage), last_on))
    return found


Row = TypeVar("Row", bound=OfApplication)


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

    A handful of queries for some hundred of them.
    """
    for some in batches(applications):
        ids = [row.id for row in some if row.id is not None]
        parts = _PartsOfSeveral(session, ids)
        for row in some:
            yield row, parts.facts(row, zone, outlook)


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_WHICH: dict[type[OfApplication], tuple[ColumnElement[bool], ...]] = {
    Interview: (),
    Assignment: (),
    Message: (),
    Point: (
        or_(
            and_(col(Point.state) == "open", col(Point.kind).in_(("my_promise", "condition"))),
            and_(col(Point.kind) == "condition", col(Point.settled_on).is_not(None)),
        ),
    ),
    Contact: (),
    Interviewer: (),
    FollowUp: (
        col(FollowUp.state) != "open",
        col(FollowUp.action).in_((THANKS, ACKNOWLEDGEMENT, TELLING, *LEAVING)),
    ),
}
"""The tables with what belongs to an application, and which of their rows make a difference."""
_THERE = union_all(
    *(
        select(literal(str(table.__tablename__))).where(
            select(table.id).where(col(table.application_id).in_(_IDS), *which).exists()
        )
        for table, which in _WHICH.items()
    )
)
"""Which tables have anything of some applications: most have little, and seven answers with
nothing in them take three times as long as this one."""
_ROWS: dict[type[OfApplication], Select[Any]] = {
    table: select(table)
    .where(col(table.application_id).in_(_IDS), *which)
    .order_by(*((col(Message.sent_on), col(Message.id)) if table is Message else (table.id,)))
    for table, which in _WHICH.items()
}
"""Those rows, table by table: put together once, since that takes as long as to run it."""


class _PartsOfSeveral:
    """What belongs to some applications, by application."""

    def __init__(self, session: Session, ids: Sequence[int]) -> None:
        session.flush()
        self._session = session
        self._ids = ids
        self._there = set(session.connection().scalars(_THERE, {"ids": ids}))
        self.interviews = self._of(Interview)
        self.assignments = self._of(Assignment)
        self.messages = self._of(Message)
        self.points = self._of(Point)
        self.contacts = self._of(Contact)
        self.interviewers = self._of(Interviewer)
        self.settled = self._of(FollowUp)

    def facts(self, application: Application, zone: tzinfo, outlook: Outlook) -> Facts:
        owner = application.id
        assert owner is not None
        people = {row.id: person_of(row) for row in self.contacts.get(owner, [])}
        there: dict[int, list[Person]] = {}
        for row in self.interviewers.get(owner, []):
            there.setdefault(row.interview_id, []).append(people[row.contact_id])
        parts = Parts(
            interviews=self.interviews.get(owner, ()),
            interviewers=there,
            assignments=self.assignments.get(owner, ()),
            messages=self.messages.get(owner, ()),
            points=self.points.get(owner, ()),
            contacts=self.contacts.get(owner, ()),
            settled=self.settled.get(owner, ()),
            accepted=outlook.acceptance_besides(owner),
        )
        return with_parts(facts_of_new(application, zone, outlook), parts)

    def _of(self, table: type[Row]) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        if str(table.__tablename__) not in self._there:
            return found
        for row in self._session.scalars(_ROWS[table], {"ids": self._ids}):
            found.setdefault(row.application_id, []).append(row)
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
        undated=application.undated,
        applied_on=application.applied_on,
        company=application.company,
        employer=application.employer,
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
