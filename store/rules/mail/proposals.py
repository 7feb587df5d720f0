"""What follows from a message: for which application, as what, how sure, and how it is told."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from store.rules.dates import clock_time, short_day
from store.rules.lists import format_words
from store.rules.mail.cards import NOBODY, KnownCards, Match, Newcomer, guess_newcomer
from store.rules.mail.details import read_details
from store.rules.mail.kinds import may_begin, read_letter
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Details, Event, Letter, MailKind
from store.rules.mail.senders import read_sender
from store.rules.mail.times_named import OfferedTime, find_slots
from store.rules.people import in_a_line

_SENTENCE_AT_MOST = 200
_TIMES_AT_MOST = 4
"""Times that are told of those that they offer (product)."""


class Proposal(NamedTuple):
    """What a message would do to the board, once that is confirmed.

    `card_id` is None for a new application, which `newcomer` names. `sentence` is the one of the
    message that says so. `by` is the day by which they decide, or want their answer to an offer.
    `unsure` says what is unsure; empty for what is sure.
    """

    kind: MailKind
    card_id: int | None
    newcomer: Newcomer | None
    sentence: str
    by: date | None
    unsure: str
    others: tuple[int, ...]
    text: str
    """What the sender wrote, for the log."""
    event: Event | None
    slots: tuple[OfferedTime, ...] = ()
    """The times that the text of an invitation names."""
    details: Details = Details()
    """What the text says of the interview beside its time."""

    @property
    def slot(self) -> OfferedTime | None:
        """The time at which they want to talk, where the text names that one alone."""
        return self.slots[0] if self.kind is MailKind.INTERVIEW and len(self.slots) == 1 else None

    @property
    def asks(self) -> bool:
        """Whether a time is proposed, which the user has to answer."""
        if self.event is not None:
            return self.event.asks
        return not self.details.confirmed

    @property
    def sure(self) -> bool:
        """Whether it may be done without a look."""
        return not self.unsure


NEW_KINDS = (
    MailKind.ACKNOWLEDGEMENT, MailKind.INVITATION, MailKind.REJECTION, MailKind.OFFER,
    MailKind.INTERVIEW,
)  # fmt: skip
"""What only somebody gets who applied: such a message may begin an application."""
_TIME_OF_TEXT = "the time, which stands in the text"


def propose(letter: Letter, board: KnownCards) -> Proposal | None:
    """What `letter` means for the applications on `board`; None for what is about none."""
    body, sender = LetterText(letter), read_sender(letter.name, letter.address)
    event = letter.event
    match = board.find(letter, body, sender)
    if match.card_id is None and (letter.bulk or not may_begin(body)):
        return None
    reading = read_letter(letter, body, sender)
    if reading.kind is MailKind.NOTHING and event is None:
        return None
    kind, sentence, by, sure = reading.kind, reading.sentence, reading.by, reading.sure
    if event is not None:
        kind = MailKind.CANCELLED if event.cancelled else MailKind.INTERVIEW
        sentence, by, sure = event.title or reading.sentence, None, True
    slots: tuple[OfferedTime, ...] = ()
    details = Details()
    if kind in (MailKind.INVITATION, MailKind.REPLY) and event is None:
        details = read_details(body, letter.name, sender)
    if kind is MailKind.INVITATION or (details.confirmed and match.card_id is not None):
        slots = find_slots(body.folded, body.languages, letter.sent_on)
        if len(slots) == 1:
            # One time is an interview, to be answered; of several one has to be chosen first.
            kind = MailKind.INTERVIEW
    newcomer = Newcomer("", "")
    if kind in NEW_KINDS or match.by_role:
        newcomer = guess_newcomer(letter, body, sender)
    if (
        match.card_id is not None
        and match.by_role
        and newcomer.company
        and not board.goes_via_recruiter(match.card_id)
    ):
        # Another employer is named, and so the role is one of theirs.
        match = NOBODY
    if match.card_id is not None and _is_another(board, match, newcomer.role):
        if newcomer.company:
            others = (match.card_id, *match.others)
            match = Match(None, sure=False, why="", others=others)
        else:
            match = match._replace(sure=False)
    if match.card_id is None:
        hires = kind is MailKind.OFFER and (reading.hires or newcomer.role)
        applies = reading.applies or hires
        begins = kind in NEW_KINDS and applies and not (letter.bulk or reading.pitched)
        timed = event is None or event.starts_at is not None
        if not (begins and newcomer.company and timed):
            return None
        unsure = _join("a new application: check employer and role", event, slots)
        proposal = _proposal(kind, None, newcomer, sentence, by, unsure, match, body, event)
        return proposal._replace(slots=slots, details=details)
    near = match.by_person or reading.applies or match.names_role or event is not None
    if kind is MailKind.REPLY and (not near or letter.bulk):
        return None
    if kind is MailKind.DATE and letter.bulk and not match.by_person:
        return None
    if kind in (MailKind.REPLY, MailKind.DATE):
        sure = sure and match.by_person
    unsure = _join(_unsure_match(sure, match), event, slots)
    proposal = _proposal(kind, match.card_id, None, sentence, by, unsure, match, body, event)
    return proposal._replace(slots=slots, details=details)


def _join(unsure: str, event: Event | None, slots: tuple[OfferedTime, ...]) -> str:
    """`unsure` with what is unsure of the time."""
    time = _TIME_OF_TEXT if len(slots) == 1 else ""
    time = unsure_zone(event) if event is not None else time
    return " and ".join(filter(None, (unsure, time)))


def unsure_zone(event: Event) -> str:
    """What is unsure of the time of a calendar entry, in words; "" where nothing is."""
    is_timed = event.starts_at is not None and not event.cancelled
    return "in which time zone" if is_timed and not event.zone else ""


def _is_another(board: KnownCards, match: Match, role: str) -> bool:
    """Whether the message names another role than that of the application that was found."""
    assert match.card_id is not None
    if not role or match.by_person:
        return False
    return not any(board.fits_role(one, role) for one in (match.card_id, *match.others))


def _unsure_match(sure: bool, match: Match) -> str:
    """What is unsure, in words."""
    parts = []
    if not sure:
        parts.append("what it says")
    if not match.sure:
        parts.append("which application" if match.others else "whether it is this application")
    return " and ".join(parts)


def _proposal(
    kind: MailKind,
    card_id: int | None,
    newcomer: Newcomer | None,
    sentence: str,
    by: date | None,
    unsure: str,
    match: Match,
    body: LetterText,
    event: Event | None,
) -> Proposal:
    said = sentence if len(sentence) <= _SENTENCE_AT_MOST else f"{sentence[:_SENTENCE_AT_MOST]}…"
    return Proposal(kind, card_id, newcomer, said, by, unsure, match.others, body.own, event)


def effect(proposal: Proposal, today: date, here: tzinfo) -> str:
    """What confirming does, in a few words: “close as rejected”, “log as reply”."""
    by = f" by {short_day(proposal.by, today)}" if proposal.by else ""
    event, slot = proposal.event, proposal.slot
    answer = "; you still have to reply" if proposal.asks else ""
    if proposal.kind is MailKind.INTERVIEW and event is not None and event.starts_at is not None:
        return f"interview {_when(event.starts_at, today, here)}{answer}"
    if slot is not None:
        moment = slot.moment(here)
        there = f" ({clock_time(moment)} in {slot.zone})" if slot.zone else ""
        same = moment.astimezone(here).replace(tzinfo=None) == moment.replace(tzinfo=None)
        there = "" if same else there
        told = "".join(f", {part}" for part in _details_words(proposal.details, slot))
        return f"interview {_when(moment, today, here)}{there}{told}{answer}"
    return {
        MailKind.ACKNOWLEDGEMENT: f"log as auto-reply{'; they decide' + by if by else ''}",
        MailKind.REPLY: "log as reply",
        MailKind.DATE: f"log as reply; they decide{by}",
        MailKind.INVITATION: f"add an invitation{_times_words(proposal.slots, today, here)}",
        MailKind.REJECTION: "close as rejected",
        MailKind.OFFER: f"move to offer{'; answer due' + by if by else ''}",
        MailKind.INTERVIEW: "log an appointment without a time",
        MailKind.CANCELLED: "cancel the interview",
        MailKind.NOTHING: "nothing",
    }[proposal.kind]


def _when(moment: datetime, today: date, here: tzinfo) -> str:
    local = moment.astimezone(here)
    return f"{short_day(local.date(), today)} {clock_time(local)}"


def _details_words(details: Details, slot: OfferedTime) -> Iterator[str]:
    """What else is known of the interview, part by part: “45 min”, “video”, “with Ana Ruiz”."""
    if minutes := slot.minutes or details.minutes:
        yield f"{minutes} min"
    if details.formats:
        yield format_words(details.formats).lower()
    if details.people:
        yield f"with {in_a_line(details.people)}"


def _times_words(slots: tuple[OfferedTime, ...], today: date, here: tzinfo) -> str:
    """The times that they offer, of which one has to be chosen."""
    if len(slots) < 2:
        return ""
    told = [_when(slot.moment(here), today, here) for slot in slots[:_TIMES_AT_MOST]]
    more = f" and {len(slots) - len(told)} more" if len(slots) > len(told) else ""
    return f"; they offer {len(slots)} times: {', '.join(told)}{more}"
