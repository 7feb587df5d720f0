"""An application as its tips see it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from store.rules.stages import Outcome, Stage

AFTERMATH = 48 * 3600
"""Seconds after an interview in which its thank-you is still worth sending (knowledge R7)."""


@dataclass(frozen=True, slots=True)
class TipInterview:
    """An agreed interview of the present stage; both instants are aware, in the user's zone."""

    starts_at: datetime
    ends_at: datetime
    people: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class TipFacts:
    """An application as its tips see it."""

    today: date
    now: datetime
    stage: Stage
    outcome: Outcome | None = None

    applied_on: date | None = None
    posted_on: date | None = None
    closing_on: date | None = None
    expected_by: date | None = None
    """The day by which the employer promised an answer."""
    no_contact: bool = False
    source: str = ""
    next_step: str = ""
    cv_version: str = ""
    contact_name: str = ""
    via_recruiter: str = ""
    reason: str = ""
    """Why it was closed."""

    inbound: bool = False
    """Whether anything came in since the application, auto-replys included."""
    heard: bool = False
    """Whether a person wrote since the application."""
    nudges_sent: int = 0
    """Inquiries of this stage since its last interview and the last human reply."""
    nudges_at_most: int = 2
    inquiry_on: date | None = None
    """The day planned for the next inquiry of this stage."""
    quiet: bool = False

    interviews: tuple[TipInterview, ...] = ()
    """The interviews of this stage, in any order, without cancelled ones."""
    invited: bool = False
    """Whether an invitation of this stage still waits for its time."""
    answered: bool = False
    """Whether that invitation was answered."""
    thanked: bool = False
    """Whether all thank-yous for the interviews of this stage that are over were sent."""
    debriefed: bool = False
    """Whether the debriefs of all interviews of this stage that are over were written."""

    to_thank: tuple[str, ...] = ()
    """Those met in interviews of this stage that are over who still wait for their thank-you."""
    formats: tuple[str, ...] = ()
    """The formats of the interview ahead, in words."""
    missing: tuple[str, ...] = ()
    """What is not known of the interview ahead, as the rest of a question."""
    ahead_known: bool = False
    """Whether an interview is ahead of which nothing is missing."""

    posting_saved: bool = False
    why: str = ""
    """Why this company or role, in the user's words."""
    requirements: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    """Requirements without an example."""
    stories: int = 0
    own_questions: int = 0
    """Questions that the user means to ask."""
    to_rehearse: int = 0
    """Questions to be ready for."""
    rehearsed: int = 0
    weak: tuple[str, ...] = ()
    """Questions that were answered weakly in interviews of this stage that are over."""
    values: tuple[str, ...] = ()
    """What they value."""
    topics: tuple[str, ...] = ()
    """What landed in the interviews."""
    concerns: tuple[str, ...] = ()
    """Doubts that are still open."""
    concerns_settled: bool = False
    """Whether there were concerns, and none is open."""
    taken: tuple[str, ...] = ()
    """Steps taken about the concerns that are open."""
    steps: tuple[str, ...] = ()
    """All steps taken since the last interview, or since the application."""
    news_count: int = 0
    newest_news_on: date | None = None
    ground: tuple[str, ...] = ()
    """What the user has in common with those who are met, each with a name."""
    met: tuple[str, ...] = ()
    """Everyone met so far."""
    inside: tuple[str, ...] = ()
    """Contacts who work there or did."""
    references: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """The employers who are still to hear of the offer."""
    all_told: bool = False
    """Whether others have heard of the offer, and nobody is left to tell."""
    others_open: int = 0
    """How many other applications are open, in any stage."""

    acknowledged: bool = False
    in_writing: bool = False
    """Whether the offer has come in writing."""
    signed: bool = False
    deadline_known: bool = False
    deadline_on: date | None = None
    extension_asked: bool = False
    components: tuple[str, ...] = ()
    """The parts of the offer that are written down."""
    counters: tuple[str, ...] = ()
    """What the user asks for, or means to."""
    counter_sent: bool = False
    conditions: tuple[str, ...] = ()
    """What the offer still depends on."""
    compared: bool = False
    """Whether the offer was weighed against what the user wanted."""
    thanked_for_reply: bool = False
    """Whether the user thanked for a rejection."""
    feedback_asked: bool = False
    lessons: bool = False
    """Whether one thing to keep and one to change are written down."""
    look_again_planned: bool = False
    """Whether there is a follow-up to look again after a rejection."""


def ahead(facts: TipFacts) -> tuple[TipInterview, ...]:
    """The interviews of this stage that are not over, the next one first."""
    interviews = (
        one for one in facts.interviews if one.ends_at.timestamp() > facts.now.timestamp()
    )
    return tuple(sorted(interviews, key=lambda one: one.starts_at.timestamp()))


def over(facts: TipFacts) -> tuple[TipInterview, ...]:
    """The interviews of this stage that are over, the last one first."""
    interviews = (
        one for one in facts.interviews if one.ends_at.timestamp() <= facts.now.timestamp()
    )
    return tuple(sorted(interviews, key=lambda one: one.ends_at.timestamp(), reverse=True))


def fresh(facts: TipFacts) -> bool:
    """Whether an interview of this stage ended in the last 48 hours, counted on the clock."""
    # Instants of one zone subtract as wall-clock times: an hour off when the clocks change.
    return any(facts.now.timestamp() - one.ends_at.timestamp() <= AFTERMATH for one in over(facts))


def people(facts: TipFacts, *, before: bool) -> tuple[str, ...]:
    """Who is met in the next interview, or was met in the last one; else in the other of them."""
    groups = (ahead(facts), over(facts))
    for interviews in groups if before else groups[::-1]:
        if interviews:
            return interviews[0].people
    return ()


PARTS: Mapping[str, tuple[str, ...]] = {
    "base pay": ("base", "pay", "salary", "wage", "wages", "gross"),
    "bonus": ("bonus", "commission", "variable"),
    "equity": ("equity", "stock", "stocks", "shares", "options", "rsu", "rsus", "vesting"),
    "pension": ("pension", "retirement", "401k", "401"),
    "leave": ("leave", "holiday", "holidays", "vacation", "pto"),
    "hours": ("hours", "week", "weekly", "part-time", "full-time", "overtime"),
    "place": ("place", "remote", "office", "hybrid", "home", "onsite", "on-site"),
    "training": ("training", "courses", "course", "education", "conference", "conferences"),
}
"""Each part (knowledge O-4) with the words by which it is known."""

_WORD = re.compile(r"[\w-]+")


def empty_parts(components: Iterable[str]) -> tuple[str, ...]:
    """The parts of which none of the `components`, in the user's own words, speaks."""
    said = {word for text in components for word in _WORD.findall(text.casefold())}
    return tuple(part for part, words in PARTS.items() if said.isdisjoint(words))
