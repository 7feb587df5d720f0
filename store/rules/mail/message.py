"""What a message is and what it brings along: its kind, its texts, a calendar entry."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple


class MailKind(StrEnum):
    """What a message is."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    DATE = "date"
    """A reply that names the day of their decision."""
    INVITATION = "invitation"
    REJECTION = "rejection"
    OFFER = "offer"
    INTERVIEW = "interview"
    """A calendar entry: an interview is agreed, or moved."""
    CANCELLED = "cancelled"
    """A calendar entry: an interview is called off."""
    NOTHING = "nothing"
    """It belongs to no application: job alerts, newsletters, absences, strangers."""

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return _LABELS[self]


_LABELS = {
    MailKind.ACKNOWLEDGEMENT: "auto-reply",
    MailKind.REPLY: "reply",
    MailKind.DATE: "decision date",
    MailKind.INVITATION: "invitation",
    MailKind.REJECTION: "rejection",
    MailKind.OFFER: "offer",
    MailKind.INTERVIEW: "interview",
    MailKind.CANCELLED: "cancellation",
    MailKind.NOTHING: "nothing",
}


class Event(NamedTuple):
    """A calendar entry: an interview with its time, or the word that it is called off.

    `starts_at` is aware, `zone` the IANA name of the zone in which it was written, "" where that
    is not known. `sequence` counts the versions of the entry that `uid` names.
    """

    uid: str
    sequence: int
    cancelled: bool
    starts_at: datetime | None
    minutes: int
    zone: str
    title: str
    place: str
    people: tuple[str, ...]
    asks: bool = False
    """Whether it asks the user to come, and no answer stands there."""


class Letter(NamedTuple):
    """A message with its texts decoded and cleaned.

    `text` is all of it, quotations and signature among it; `bulk` says that it went to a list,
    `automatic` that a program answered. `sent_on` is the local day.
    """

    sent_on: date
    name: str
    address: str
    subject: str
    text: str
    bulk: bool = False
    automatic: bool = False
    event: Event | None = None


def event_text(event: Event | None) -> str:
    """A calendar entry as JSON; "" for none, and for one that is too long to be kept."""
    if event is None:
        return ""
    columns = event._asdict()
    if event.starts_at is not None:
        columns["starts_at"] = event.starts_at.astimezone(UTC).isoformat()
    return json.dumps(columns, ensure_ascii=False)


def event_of(text: str) -> Event | None:
    """The calendar entry that `event_text` wrote; None for none."""
    if not text:
        return None
    columns = json.loads(text)
    if columns["starts_at"] is not None:
        columns["starts_at"] = datetime.fromisoformat(columns["starts_at"])
    columns["people"] = tuple(columns["people"])
    return Event(**columns)


class Details(NamedTuple):
    """What is said of an interview beside its time.

    `minutes` is how long, 0 where that is not said; `formats` are keys (see
    `store.rules.lists.formats`), `place` the link of a call, `people` the names of who takes part.
    `confirmed` says that they confirm a time that both sides know; otherwise it has to be answered.
    """

    minutes: int = 0
    formats: tuple[str, ...] = ()
    place: str = ""
    people: tuple[str, ...] = ()
    confirmed: bool = False
