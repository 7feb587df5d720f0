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
class InterviewFacts:
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
    timed_on: date | None = None
    """The day on which its present time was agreed; None for that on which it was logged."""
    answered_on: date | None = None
    offered_slots_on: date | None = None
    """The day on which the user said when there is time, with no slot agreed yet."""
    kept: bool | None = None
    """False when it did not take place after all; None follows from the clock."""
    called_off_by: str = ""
    """Who called it off, or did not come: "them", "you", or "" where nobody did."""
    called_off_on: date | None = None
    """The day on which that became known."""
    debriefed: bool = False
    """Whether the debrief is finished."""
    thanked: bool = False
    """Whether all were thanked with one message (the thank-you without a person, R7)."""


@dataclass(frozen=True, slots=True)
class Task:
    """A take-home task or a test: done at home, handed in by a day."""

    id: int
    stage: Stage
    title: str
    given_on: date
    due_on: date | None = None
    due_at: datetime | None = None
    handed_in_on: date | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """Another open application at the same employer that has reached first, second or offer.

    `last_interview_on` is the local day of its last agreed interview, past or to come.
    """

    application_id: int
    role: str
    stage: Stage
    last_interview_on: date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A message. `human` is false for auto-replys, which change nothing."""

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
class Condition:
    """What the offer depended on, cleared on a known day."""

    text: str
    cleared_on: date


@dataclass(frozen=True, slots=True)
class OtherOffer:
    """The earliest open offer from another employer, on the card `application_id`."""

    application_id: int
    company: str
    offered_on: date
    deadline_on: date | None = None
    deadline_set_on: date | None = None
    """The day on which its deadline became known."""
    employer: str = ""
    """The key of the employer (see `store.rules.employers`)."""
    undated: bool = False
    """Whether it is not known when it came; `offered_on` is then the latest day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """When they heard last of the offer on the card `application_id`, and of which deadline."""

    application_id: int
    on: date
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The offer that the user accepted last, on the card `application_id`, another one."""

    application_id: int
    company: str
    on: date
    employer: str = ""
    """The key of the employer."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one application. Days are local in `zone`; instants are aware."""

    zone: tzinfo
    stage: Stage
    """For a closed application the stage in which it ended."""
    stage_since: date
    applied_on: date | None = None
    undated: bool = False
    """Whether the day on which it came to where it stands, its stage or its end, is not known:
    `stage_since` or `closed_on` is then the latest."""
    company: str = ""
    employer: str = ""
    """The key of the employer; empty for that which the company folds to."""
    closing_on: date | None = None
    expected_by: date | None = None
    expected_set_on: date | None = None
    no_contact: bool = False
    outcome: Outcome | None = None
    closed_on: date | None = None
    interviews: tuple[InterviewFacts, ...] = ()
    """All of them; one that was cancelled is called off."""
    assignments: tuple[Task, ...] = ()
    words: tuple[Word, ...] = ()
    offered_on: date | None = None
    offered_at: datetime | None = None
    acknowledged: bool = False
    deadline_on: date | None = None
    deadline_at: datetime | None = None
    deadline_set_on: date | None = None
    deadline_asked_on: date | None = None
    """The day on which the user asked by when they want an answer."""
    verbal: bool = False
    """Whether the offer came by word of mouth only."""
    letter_on: date | None = None
    signed_on: date | None = None
    extension_asked_on: date | None = None
    counter_sent_on: date | None = None
    reference_check_on: date | None = None
    """The day on which references are, or were, checked."""
    references_announced_on: date | None = None
    """The day on which the user heard of that check."""
    references: tuple[Person, ...] = ()
    """Those who speak for the user, as far as they are known."""
    referrers: tuple[Person, ...] = ()
    """Those inside who recommended the user."""
    via_recruiter: str = ""
    """The recruiter's name; empty when the employer is written to."""
    arranging: tuple[Person, ...] = ()
    """Those with an address who can pass a word on: who arranged things, the main contact first."""
    contact: str = ""
    """The name of the person to write to; see `store.advice.facts.closest`."""
    contact_known: bool = True
    """Whether there is a named person to write to: a contact, or anybody met."""
    open_conditions: int = 0
    """How many conditions of the offer are not cleared yet."""
    last_cleared: Condition | None = None
    """The one that was cleared last, as far as that is known."""
    starts_work_on: date | None = None
    """The first day at work, where an offer was accepted."""
    processes: tuple[Process, ...] = ()
    """The other open applications at this employer that have come further than applied."""
    promises: tuple[Promise, ...] = ()
    """The user's own that are open."""
    other_offer: OtherOffer | None = None
    told: Telling | None = None
    """What they know of that offer, if anything."""
    telling_since: date | None = None
    """The day on which the line that tells of it came into being; None where that is not known."""
    accepted_elsewhere: Acceptance | None = None
    keeps_going: bool = False
    """Whether the user chose not to withdraw after accepting another offer."""
    acknowledgement_skipped: bool = False
    """Whether the user does not want to thank for the offer (R12)."""
    closed_at: datetime | None = None
    """The moment of the closing, where it is known to the hour."""
    thanked_for_rejection: bool = False
    stay_in_touch: bool = True
    """Whether to be reminded of the employer after a rejection."""
