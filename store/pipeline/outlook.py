"""What other applications mean for one: offers that are open, and what was accepted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from store.rules.followups import Acceptance, OtherOffer
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage
from store.tables import Application


@dataclass(frozen=True, slots=True)
class Outlook:
    """All open offers and all acceptances of the board, the earliest first."""

    offers: tuple[OtherOffer, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()

    def offer_besides(self, application_id: int | None) -> OtherOffer | None:
        """The earliest open offer of another application (R16)."""
        return next((o for o in self.offers if o.application_id != application_id), None)

    def acceptance_besides(self, application_id: int | None) -> Acceptance | None:
        """The latest acceptance of another application (R18)."""
        others = (a for a in reversed(self.acceptances) if a.application_id != application_id)
        return next(others, None)


def read_outlook(session: Session) -> Outlook:
    """The board's offers and acceptances, with what the session has not stored yet."""
    session.flush()
    rows = session.exec(
        select(Application).where(
            or_(
                col(Application.outcome).is_(None) & (col(Application.stage) == Stage.OFFER.value),
                col(Application.outcome) == Outcome.ACCEPTED.value,
            )
        )
    )
    offers, acceptances = [], []
    for row in rows:
        assert row.id is not None
        if row.outcome is None:
            offered_on = row.offered_on or row.stage_since
            offers.append(OtherOffer(row.id, row.company, offered_on, row.offer_deadline_on))
        elif row.closed_on is not None:
            acceptances.append(Acceptance(row.id, row.company, row.closed_on))
    return Outlook(
        tuple(sorted(offers, key=lambda offer: (offer.offered_on, offer.application_id))),
        tuple(sorted(acceptances, key=lambda accepted: (accepted.on, accepted.application_id))),
    )


def concerned(session: Session, before: Outlook, after: Outlook) -> list[Application]:
    """The open applications for which the step from `before` to `after` may mean something."""
    if before == after:
        return []
    stages: Iterable[Stage] = Stage if before.acceptances != after.acceptances else INTERVIEW_STAGES
    query = (
        select(Application)
        .where(col(Application.outcome).is_(None))
        .where(col(Application.stage).in_([stage.value for stage in stages]))
        .order_by(col(Application.id))
    )
    return list(session.exec(query))
