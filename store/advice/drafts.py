"""A draft for a follow-up: the user's template, or ours, filled from the application's page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.advice.draft_facts import facts_for, recipient
from store.config.signature import read_own, read_signature
from store.errors import name
from store.file.location import config_path
from store.model.dossier import Card, Dossier, Due
from store.rules.drafts import templates
from store.rules.drafts.kinds import check_kind, kind_for
from store.rules.stages import Stage
from store.rules.text import Refused

if TYPE_CHECKING:
    from store.read.glance import Glance


class Prepared(NamedTuple):
    """A draft as it is first shown: its kind, the address it goes to, and the message.

    `to` is empty where no address is known; `name` is whom it is to, as far as one is known.
    """

    kind: str
    to: str
    message: templates.DraftMessage
    name: str = ""


def draft_folder() -> Path:
    """The folder of the user's own templates, whether or not there is one."""
    return config_path().parent / "drafts"


def read_draft(
    glance: "Glance",
    application_id: int,
    follow_up_id: int | None = None,
    kind: str | None = None,
    *,
    others: Sequence[Dossier] = (),
    folder: Path | None = None,
    contact_id: int | None = None,
) -> Prepared:
    """`draft_for` with all that it needs read from the board."""
    now = glance.clock.now()
    with glance.reader.snapshot():
        dossier = glance.dossier(application_id)
        due = glance.follow_up(follow_up_id) if follow_up_id is not None else None
        offer_by = other_offer_by(glance.cards(), application_id)
    return draft_for(
        dossier,
        due,
        kind,
        now,
        others=others,
        folder=folder,
        offer_by=offer_by,
        contact_id=contact_id,
    )


def draft_for(
    dossier: Dossier,
    due: Due | None,
    kind: str | None,
    now: datetime,
    *,
    others: Sequence[Dossier] = (),
    folder: Path | None,
    offer_by: date | None = None,
    contact_id: int | None = None,
) -> Prepared:
    """The message that a follow-up asks for, filled with what the dossier has.

    Args:
        due: the follow-up; None for a message that none asks for.
        kind: one of `store.rules.drafts.kinds.KINDS`; None for the usual one.
        now: aware, in the user's zone.
        others: the further applications at the same employer that the message is about too.
        folder: the user's templates; None where there are none.
        offer_by: the day by which another employer wants the answer to an offer.
        contact_id: whom the user chose to write to; None leaves it to the rules.

    Raises Refused for a follow-up that asks for no message, an unknown kind, and a template of the
    user's that cannot be read or is wrong.
    """
    chosen = check_kind(kind) if kind else usual_kind(dossier, due, others)
    text, source = _template(chosen, folder)
    facts = facts_for(
        dossier,
        due,
        chosen,
        now,
        me=read_signature(folder).text,
        roles=[other.card.role for other in others],
        offer_by=offer_by,
        contact_id=contact_id,
    )
    to = recipient(dossier, due, chosen, contact_id)
    return Prepared(chosen, to.email, templates.render(text, facts, source=source), to.name)


def usual_kind(dossier: Dossier, due: Due | None, others: Sequence[Dossier] = ()) -> str:
    """The kind of message that a follow-up asks for; Refused when it asks for none."""
    kind = kind_for(due.action, due.rule) if due is not None else ""
    if not kind:
        raise Refused("This follow-up needs no message. Choose a message type with --kind.")
    if others and due is not None and due.action != "withdraw":
        return "together"
    if due is not None and due.action == "answer":
        invited = next((m for m in dossier.interviews if m.id == due.interview_id), None)
        if invited is not None and invited.starts_at is not None:
            return "confirm_interview"
    if due is not None and due.action == "propose_time":
        off = next((m for m in dossier.interviews if m.id == due.interview_id), None)
        if off is not None and off.called_off_by == "you":
            return "rebook"
        if off is not None and off.kept is False:
            return "no_show"
    return kind


def other_offer_by(cards: Iterable[Card], application_id: int) -> date | None:
    """The day by which the offer that they are to be told of wants an answer, if it is known: the
    earliest open one of another application, as the follow-up names it (R16)."""
    offers = [
        card
        for card in cards
        if card.id != application_id
        and card.stage is Stage.OFFER
        and card.outcome is None
        and (card.deadline_on is not None or not card.undated)
    ]
    first = min(offers, key=lambda card: (card.stage_since, card.id), default=None)
    return first.deadline_on if first is not None else None


def _template(kind: str, folder: Path | None) -> tuple[str, str]:
    """The text of the template for `kind`, and how to name it in a sentence."""
    file_name = f"{kind}.txt"
    if folder is not None:
        path = folder / file_name
        own = read_own(path)
        if own is not None:
            return own, f"The template {name(path)}"
    return templates.template(kind), f"The template {file_name}"
