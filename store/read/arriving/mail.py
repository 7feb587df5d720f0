"""The messages that wait to be confirmed, each with what it would do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from store.rules.mail.cards import KnownCard, KnownCards, hosts_of
from store.rules.mail.message import Letter, MailKind, event_of
from store.rules.mail.proposals import Proposal, propose, unsure_zone
from store.rules.text import searchable

if TYPE_CHECKING:
    from store.exchange.mail.boxes import Received
    from store.read.glance import Glance

_WAITING = """
SELECT id, sent_at, name, address, subject, text, event, bulk, automatic FROM mail
WHERE state = 'waiting' ORDER BY sent_at, id"""
_KEYS = "SELECT key FROM mail"
_IDS_OF = "SELECT id, key FROM mail WHERE state = 'waiting'"
_APPLICATIONS = """
SELECT id, company, role, employer, outcome, url, via_recruiter FROM application ORDER BY id"""
_ADDRESSES = "SELECT application_id, email FROM contact WHERE email <> ''"
_ENTRIES = """
SELECT calendar_uid, application_id, calendar_sequence, status FROM interview
WHERE calendar_uid <> ''"""


class Waiting(NamedTuple):
    """A message that waits, and what it would do; `company` and `role` are those of its card.

    `id` is 0 for one that is not on the board yet.
    """

    id: int
    sent_at: datetime
    letter: Letter
    proposal: Proposal
    company: str
    role: str


class _KnownEntry(NamedTuple):
    application_id: int
    sequence: int
    cancelled: bool


@dataclass(frozen=True, slots=True)
class MailOffice:
    """What messages are held against: the applications, and the calendar entries that are known."""

    board: KnownCards
    names: Mapping[int, tuple[str, str]]
    entries: Mapping[str, _KnownEntry]

    def propose(self, letter: Letter) -> Proposal | None:
        """What `letter` would do; None for what is about no application, or told before."""
        event = letter.event
        known = self.entries.get(event.uid) if event is not None and event.uid else None
        if event is None or known is None:
            proposal = propose(letter, self.board)
            # Of an appointment that nobody knows there is nothing to cancel.
            off = proposal is not None and proposal.kind is MailKind.CANCELLED
            return _unsure(proposal, "which interview") if off else proposal
        if event.sequence < known.sequence or (known.cancelled and event.cancelled):
            return None
        kind = MailKind.CANCELLED if event.cancelled else MailKind.INTERVIEW
        found = propose(letter, self.board)
        text = found.text if found is not None else letter.text
        return Proposal(
            kind=kind,
            card_id=known.application_id,
            newcomer=None,
            sentence=event.title,
            by=None,
            unsure=unsure_zone(event),
            others=(),
            text=text,
            event=event,
        )


def _unsure(proposal: Proposal | None, unsure: str) -> Proposal | None:
    if proposal is None:
        return None
    said = f"{proposal.unsure} and {unsure}" if proposal.unsure else unsure
    return proposal._replace(unsure=said)


NOTHING_KNOWN = MailOffice(KnownCards(()), {}, {})
"""What messages are held against where there is no board yet."""


def read_office(glance: "Glance") -> MailOffice:
    """What messages are held against. Raises StoreError when the file cannot be read."""
    reader = glance.reader
    with reader.snapshot():
        people: dict[int, set[str]] = {}
        for owner, address in reader.rows(_ADDRESSES, {}):
            people.setdefault(owner, set()).add(searchable(address))
        known, names = [], {}
        for id_, company, role, employer, outcome, url, via in reader.rows(_APPLICATIONS, {}):
            addresses = frozenset(people.get(id_, ()))
            hosts = hosts_of(url, () if via else addresses)
            names[id_] = (company, role)
            known.append(
                KnownCard(
                    id_, company, role, employer, outcome is None, addresses, hosts, bool(via)
                )
            )
        entries = {
            uid: _KnownEntry(owner, sequence, status == "cancelled")
            for uid, owner, sequence, status in reader.rows(_ENTRIES, {})
        }
    return MailOffice(KnownCards(known), names, entries)


def read_keys(glance: "Glance") -> frozenset[str]:
    """The messages that came before, whatever became of them."""
    with glance.reader.snapshot():
        return frozenset(key for (key,) in glance.reader.rows(_KEYS, {}))


def read_waiting(glance: "Glance", here: tzinfo) -> tuple[Waiting, ...]:
    """The messages that wait and mean something as the board is now, the oldest first.

    Raises StoreError when the file cannot be read.
    """
    office = read_office(glance)
    with glance.reader.snapshot():
        rows = glance.reader.rows(_WAITING, {})
    found = []
    for id_, sent, name, address, subject, text, event, bulk, automatic in rows:
        sent_at = _moment(sent)
        letter = Letter(
            sent_at.astimezone(here).date(), name, address, subject, text, bool(bulk),
            bool(automatic), event_of(event),
        )  # fmt: skip
        found.append((id_, sent_at, letter))
    return tuple(hold_against(office, found))


def read_numbers(glance: "Glance", keys: Iterable[str]) -> frozenset[int]:
    """The numbers of those messages that wait."""
    wanted = set(keys)
    with glance.reader.snapshot():
        return frozenset(id_ for id_, key in glance.reader.rows(_IDS_OF, {}) if key in wanted)


def hold_against(
    office: MailOffice, letters: Iterable[tuple[int, datetime, Letter]]
) -> Iterable[Waiting]:
    """What each letter would do; those that are about nothing are left out."""
    for id_, sent_at, letter in letters:
        proposal = office.propose(letter)
        if proposal is None:
            continue
        company, role = ("", "")
        if proposal.card_id is not None:
            company, role = office.names[proposal.card_id]
        elif proposal.newcomer is not None:
            company, role = proposal.newcomer
        yield Waiting(id_, sent_at, letter, proposal, company, role)


def sift(
    office: MailOffice, keys: frozenset[str], messages: "Sequence[Received]"
) -> "tuple[list[Received], int]":
    """The messages that mean something and never came before; how many of the others did."""
    known = [one for one in messages if one.key in keys]
    new = [
        one
        for one in messages
        if one.key not in keys and office.propose(one.read.letter) is not None
    ]
    return new, len(known)


def _moment(stored: str) -> datetime:
    moment = datetime.fromisoformat(stored)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
