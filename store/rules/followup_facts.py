"""What is known about one application, as far as follow-ups care: plain frozen values."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from store.rules.stages import Outcome, Stage


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who takes part in an interview. `id` is the contact's; the e-mail may be unknown."""

    id: int
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview: agreed when it has a start, else an invitation.

    `people` is the text that was typed; `interviewers` are those of them who are kept as contacts.
    """

    id: int
    stage: Stage
    logged_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    invited_on: date | None = None
    invited_at: datetime | None = None
    answered: bool = False
    people: str = ""
    interviewers: tuple[Person, ...] = ()
    offered_slots_on: date | None = None
    """The day on which the user said when there is time, with no slot agreed yet."""
    kept: bool | None = None
    """False when it did not take place after all; None follows from the clock."""
    debriefed: bool = False
    """Whether the debrief is finished."""
    thanked: bool = False
    """Whether all were thanked with one message (the thank-you without a person, R7)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A message. `human` is false for automatic acknowledgements, which change nothing."""

    sent_on: date
    inbound: bool
    kind: str
    human: bool = True


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that the user said they would do, and has not done: delivered by `due_on`."""

    id: int
    text: str
    made_on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class OtherOffer:
    """The earliest open offer from another employer, on the card `application_id`."""

    application_id: int
    company: str
    offered_on: date
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The offer that the user accepted last, on the card `application_id`, another one."""

    application_id: int
    company: str
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one application. Days are local in `zone`; instants are aware."""

    zone: tzinfo
    stage: Stage
    """For a closed application the stage in which it ended."""
    stage_since: date
    applied_on: date | None = None
    closing_on: date | None = None
    expected_by: date | None = None
    expected_set_on: date | None = None
    no_contact: bool = False
    outcome: Outcome | None = None
    closed_on: date | None = None
    talks: tuple[Talk, ...] = ()
    """Those not cancelled."""
    words: tuple[Word, ...] = ()
    offered_on: date | None = None
    offered_at: datetime | None = None
    acknowledged: bool = False
    deadline_on: date | None = None
    deadline_at: datetime | None = None
    deadline_set_on: date | None = None

    verbal: bool = False
    """Whether the offer came by word of mouth only."""
    letter_on: date | None = None
    signed_on: date | None = None
    extension_asked_on: date | None = None
    counter_sent_on: date | None = None
    reference_check_on: date | None = None
    """The day on which a check of references was announced or made."""
    via_recruiter: str = ""
    """The recruiter's name; empty when the employer is written to."""
    contact_known: bool = True
    """Whether there is a named person to write to."""
    promises: tuple[Promise, ...] = ()
    """The user's own that are open."""
    other_offer: OtherOffer | None = None
    accepted_elsewhere: Acceptance | None = None
    keeps_going: bool = False
    """Whether the user chose not to withdraw after accepting another offer."""
    closed_at: datetime | None = None
    """The moment of the closing, where it is known to the hour."""
    thanked_for_rejection: bool = False
    stay_in_touch: bool = True
    """Whether to be reminded of the employer after a rejection."""
