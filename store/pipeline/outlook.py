"""What other applications mean for one: offers that are open, and what was accepted.

Every change asks for it before and after, so that it reads no more than can matter: of all offers
the two earliest, since one of them may be the card's own, and of all acceptances the two latest.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from sqlmodel import Session, and_, col, func, select

from store.rules.delays import local_day
from store.rules.followups import Acceptance, OtherOffer, Process
from store.rules.stages import Outcome, Stage
from store.tables import Application, Interview

_OFFERED_ON = func.coalesce(col(Application.offered_on), col(Application.stage_since))
_OFFERS = (
    select(Application)
    .with_only_columns(
        col(Application.id),
        col(Application.company),
        _OFFERED_ON,
        col(Application.offer_deadline_on),
        col(Application.offer_deadline_set_on),
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
