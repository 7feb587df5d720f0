"""What a message is about, read in one go on the desk's thread: follow-ups, draft, template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from store.advice.drafts import draft_for, other_offer_by
from store.errors import NotFound
from store.model.dossier import Dossier, DraftEntry, Due
from store.read.glance import Glance
from store.rules.dates import days_until, short_day
from store.rules.drafts.kinds import KINDS, Standing, fitting_kinds, kinds_for
from store.rules.drafts.templates import DraftMessage, split_text
from store.rules.followups.actions import NUDGES
from store.rules.followups.together import may_merge, together
from store.rules.text import Refused

_DAYS_AHEAD = 1
"""Until when a follow-up counts as one that asks now: what is due tomorrow can be written today."""
_TELL = "tell_date"
_IN_PASSING = ("logistics",)
"""What a message may go with, but need not: such a follow-up has to be asked for itself."""
_DECISIONS = ("decide", "decide_soft")
"""Whether the message is a yes or a no, only the user knows."""
TOGETHER = "together"
"""The kind of message that is about several applications."""


class LetterRequest(NamedTuple):
    """A message that the user asks for.

    The first of the follow-ups belongs to the application. Without a kind it is the usual one, or
    the one that was begun.
    """

    application_id: int
    follow_up_ids: tuple[int, ...] = ()
    kind: str | None = None
    contact_id: int | None = None
    """Whom the user chose to write to, where it is not the usual one."""


class LetterChoice(NamedTuple):
    """A message that can be written: what it is, and for whom or until when."""

    wanted: LetterRequest
    title: str
    remark: str = ""


class DraftView(NamedTuple):
    """A message with all that is shown around it."""

    wanted: LetterRequest
    dossier: Dossier
    dues: tuple[Due, ...]
    """The follow-ups that it is for, those that are still open."""
    kind: str
    name: str
    address: str
    message: DraftMessage
    stored: DraftEntry | None
    kept_in: tuple[int, int | None]
    """The application and the follow-up whose draft it is, or would be."""
    replaces: str
    """The kind of another draft that it would take the place of; else empty."""
    offered: tuple[LetterChoice, ...]
    trouble: str = ""
    """Why the user's own template could not be used."""

    @property
    def settled(self) -> bool:
        """Whether a follow-up that it was for has been done meanwhile."""
        return len(self.dues) < len(self.wanted.follow_up_ids)


def read_letter(
    glance: Glance, wanted: LetterRequest, now: datetime, folder: Path | None
) -> DraftView:
    """The message as it stands: the draft that was kept, else the template filled in.

    A template of the user's own that is wrong gives way to ours. Raises NotFound when the
    application is gone.
    """
    with glance.reader.snapshot():
        dossier = glance.dossier(wanted.application_id, now)
        dues = tuple(_open_ones(glance, wanted.follow_up_ids))
        others = [
            glance.dossier(other, now)
            for other in dict.fromkeys(due.application_id for due in dues)
            if other != wanted.application_id
        ]
        offered = tuple(_choices(glance, dossier, now))
        offer_by = None
        if any(due.action == _TELL for due in dues) or wanted.kind == _TELL:
            offer_by = other_offer_by(glance.cards(now=now), wanted.application_id)
    kept_in, stored = _draft_begun([dossier, *others], wanted)
    kind = wanted.kind or (stored.kind if stored else None) or usual_kind(dues)
    due, trouble = (dues[0] if dues else None), ""
    make = partial(
        draft_for,
        dossier,
        due,
        kind,
        now,
        others=others,
        offer_by=offer_by,
        contact_id=wanted.contact_id,
    )
    try:
        prepared = make(folder=folder)
    except Refused as refused:
        prepared, trouble = make(folder=None), str(refused)
    return DraftView(
        wanted,
        dossier,
        dues,
        prepared.kind,
        prepared.name,
        prepared.to,
        split_text(stored.text, prepared.message.subject)
        if stored is not None
        else prepared.message,
        stored,
        kept_in,
        _other_kind(dossier, kept_in[1], prepared.kind),
        offered,
        trouble,
    )


def first_message(
    glance: Glance, application_id: int, due: Due | None, now: datetime
) -> LetterRequest:
    """The message that `due` asks for, else the first one that the application needs now.

    A nudge takes along those to the same employer on the same day. Without follow-ups and kind
    when nothing asks for a message, or when the user has to decide which one.
    """
    if due is not None and due.action in _DECISIONS:
        return LetterRequest(application_id)
    with glance.reader.snapshot():
        asking = [due] if due is not None and kinds_for(due.action, due.rule) else []
        asking += (
            one
            for one in glance.follow_ups_of(application_id, now)
            if kinds_for(one.action, one.rule)
            and one.action not in (*_IN_PASSING, *_DECISIONS)
            and days_until(one.due_on, one.due_at, now) <= _DAYS_AHEAD
        )
        if not asking:
            return LetterRequest(application_id)
        group = group_of(glance, asking[0], now)
    return LetterRequest(application_id, tuple(one.id for one in group))


def read_choices(glance: Glance, application_id: int, now: datetime) -> tuple[LetterChoice, ...]:
    """The messages that can be written for an application."""
    with glance.reader.snapshot():
        return tuple(_choices(glance, glance.dossier(application_id, now), now))


def group_of(glance: Glance, due: Due, now: datetime) -> tuple[Due, ...]:
    """`due`, and after it those that go into one message with it."""
    if not may_merge(due):
        return (due,)
    days = max(0, days_until(due.due_on, due.due_at, now))
    for group in together(glance.due(now, days=days), now.date()):
        if any(one.id == due.id for one in group):
            return (due, *(one for one in group if one.id != due.id))
    return (due,)


def usual_kind(dues: Sequence[Due]) -> str | None:
    """The kind that the follow-ups ask for; None leaves it to the template's maker."""
    return TOGETHER if len(dues) > 1 and dues[0].action in NUDGES else None


def _open_ones(glance: Glance, ids: Iterable[int]) -> Iterator[Due]:
    for id_ in ids:
        try:
            yield glance.follow_up(id_)
        except NotFound:
            continue


def _draft_begun(
    dossiers: Sequence[Dossier], wanted: LetterRequest
) -> tuple[tuple[int, int | None], DraftEntry | None]:
    """The draft that was begun for one of the follow-ups, or of this kind for none, and where."""
    ids = wanted.follow_up_ids or (None,)
    for dossier in dossiers:
        for entry in dossier.drafts:
            same = wanted.kind == entry.kind or (wanted.kind is None and wanted.follow_up_ids)
            if same and entry.follow_up_id in ids:
                return (dossier.card.id, entry.follow_up_id), entry
    return (wanted.application_id, ids[0]), None


def _other_kind(dossier: Dossier, follow_up_id: int | None, kind: str) -> str:
    """The kind of the draft for the same follow-up that is of another kind."""
    if follow_up_id is None:
        return ""
    kinds = (draft.kind for draft in dossier.drafts if draft.follow_up_id == follow_up_id)
    return next((other for other in kinds if other != kind), "")


def _choices(glance: Glance, dossier: Dossier, now: datetime) -> Iterator[LetterChoice]:
    """What the follow-ups ask for, in their order, then the other kinds that fit."""
    card, seen = dossier.card, set[tuple[str, str, int | None]]()
    for entry in dossier.follow_ups:
        if entry.state != "open":
            continue
        due = entry.due
        group = group_of(glance, due, now)
        if usual_kind(group) == TOGETHER and (TOGETHER, "", None) not in seen:
            seen.add((TOGETHER, "", None))
            wanted = LetterRequest(card.id, tuple(one.id for one in group), TOGETHER)
            yield LetterChoice(wanted, KINDS[TOGETHER], f"{len(group)} at {card.company}")
        for kind in kinds_for(due.action, due.rule):
            if (kind, due.person, due.interview_id) not in seen:
                seen.add((kind, due.person, due.interview_id))
                meant = (due,) if usual_kind(group) == TOGETHER else group
                wanted = LetterRequest(card.id, tuple(one.id for one in meant), kind)
                yield LetterChoice(wanted, KINDS[kind], _remark(dossier, due, now))
    known = {kind for kind, _, _ in seen}
    for kind in fitting_kinds(_standing(dossier, now)):
        if kind not in known:
            yield LetterChoice(LetterRequest(card.id, (), kind), KINDS[kind])


def _remark(dossier: Dossier, due: Due, now: datetime) -> str:
    """For whom, and until when: "Ana Silva, in 5 h"."""
    names = [c.name for c in dossier.contacts if c.id == due.contact_id]
    if days_until(due.due_on, due.due_at, now) > _DAYS_AHEAD:
        when = short_day(due.due_on, now.date())
    else:
        when = due.short_countdown(now)
    return ", ".join([*names, when])


def _standing(dossier: Dossier, now: datetime) -> Standing:
    card, offer = dossier.card, dossier.offer
    agreed = [m for m in dossier.interviews if m.status == "confirmed" and m.starts_at is not None]
    held = [m for m in agreed if m.was_held(now)]
    off = [m for m in dossier.interviews if m.called_off_by == "them"]
    mine = any(m.called_off_by == "you" for m in dossier.interviews)
    return Standing(
        card.stage,
        card.outcome,
        invited=any(m.status == "invited" or m.awaits_reply for m in dossier.interviews),
        agreed=any(m.starts_at and m.starts_at > now for m in agreed),
        met=bool(held),
        cancelled=any(m.status == "cancelled" for m in off),
        missed=any(m.kept is False for m in off),
        rebook=mine,
        handed_in=any(task.handed_in_on is not None for task in dossier.assignments),
        via_recruiter=bool(dossier.fields["via_recruiter"]),
        date_named=card.expected_by is not None,
        references_checked=dossier.reference_check_on is not None,
        counter_sent=offer is not None and offer.counter_sent_on is not None,
        no_contact=dossier.no_contact,
    )
