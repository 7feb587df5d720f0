"""What an application says to its tips: when one is worth showing, and what ticks it by itself."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from store.rules.stages import Outcome, Stage

AFTERMATH = 48 * 3600
"""Seconds after an interview in which its thank-you is still worth sending (knowledge R7)."""
SETTLED = 7
"""Days from posting to application beyond which an earlier one would have helped (tip A-5)."""
SILENT = 5
"""Days without any answer after which a lost message is worth a look (tip A-10)."""

_BETWEEN_PEOPLE = re.compile(r"\s*(?:[,;&\n]|\band\b)\s*", re.IGNORECASE)
_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
_NO_ROUTE = re.compile(
    r"\b(call|facetime|jitsi|link|meet|online|phone|remote|skype|tb[acd]|teams|telephone|video"
    r"|virtual|webex|whatsapp|zoom)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Talk:
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
    """Whether anything came in since the application, automatic acknowledgements included."""
    heard: bool = False
    """Whether a person wrote since the application."""
    nudges_sent: int = 0
    """Inquiries of this stage since its last interview and the last human reply."""
    nudges_at_most: int = 2
    inquiry_on: date | None = None
    """The day planned for the next inquiry of this stage."""
    dormant: bool = False

    talks: tuple[Talk, ...] = ()
    """The interviews of this stage, in any order, without cancelled ones."""
    invited: bool = False
    """Whether an invitation of this stage still waits for its time."""
    answered: bool = False
    """Whether that invitation was answered."""
    thanked: bool = False
    """Whether all thank-yous for the interviews of this stage that are over were sent."""
    debriefed: bool = False
    """Whether the debriefs of all interviews of this stage that are over were written."""

    topics: tuple[str, ...] = ()
    """What landed in the interviews."""
    concerns: tuple[str, ...] = ()
    """Doubts that are still open."""
    news_count: int = 0
    newest_news_on: date | None = None
    companies: tuple[str, ...] = ()
    """The employers of the other open applications in an interview stage."""
    others_open: int = 0
    """How many other applications are open, in any stage."""

    acknowledged: bool = False
    in_writing: bool = False
    """Whether the offer has come in writing."""
    deadline_known: bool = False
    thanked_for_reply: bool = False
    """Whether the user thanked for a rejection."""
    look_again_planned: bool = False
    """Whether there is a follow-up to look again after a rejection."""


def people_named(text: str) -> tuple[str, ...]:
    """The people in "Ana, Bo and Cy", each once, in order."""
    return tuple(dict.fromkeys(name for name in _BETWEEN_PEOPLE.split(text.strip()) if name))


def ahead(facts: TipFacts) -> tuple[Talk, ...]:
    """The interviews of this stage that are not over, the next one first."""
    talks = (talk for talk in facts.talks if talk.ends_at.timestamp() > facts.now.timestamp())
    return tuple(sorted(talks, key=lambda talk: talk.starts_at.timestamp()))


def over(facts: TipFacts) -> tuple[Talk, ...]:
    """The interviews of this stage that are over, the last one first."""
    talks = (talk for talk in facts.talks if talk.ends_at.timestamp() <= facts.now.timestamp())
    return tuple(sorted(talks, key=lambda talk: talk.ends_at.timestamp(), reverse=True))


def fresh(facts: TipFacts) -> bool:
    """Whether an interview of this stage ended in the last 48 hours, counted on the clock."""
    # Instants of one zone subtract as wall-clock times: an hour off when the clocks change.
    return any(
        facts.now.timestamp() - talk.ends_at.timestamp() <= AFTERMATH for talk in over(facts)
    )


def people(facts: TipFacts, *, before: bool) -> tuple[str, ...]:
    """Who is met in the next interview, or was met in the last one; else in the other of them."""
    groups = (ahead(facts), over(facts))
    for talks in groups if before else groups[::-1]:
        if talks:
            return talks[0].people
    return ()


def _date_named(facts: TipFacts) -> bool:
    """Whether the employer named a date that lies after the last interview of this stage."""
    last = max((talk.starts_at.date() for talk in facts.talks), default=None)
    return last is not None and facts.expected_by is not None and facts.expected_by >= last


def _date_not_passed(facts: TipFacts) -> bool:
    named = [day for day in (facts.closing_on, facts.expected_by) if day is not None]
    return facts.no_contact or not named or max(named) >= facts.today


def _place(facts: TipFacts) -> str:
    return next((talk.place for talk in ahead(facts)), "")


def _by_link(facts: TipFacts) -> bool:
    return _LINK.search(_place(facts)) is not None


def _by_route(facts: TipFacts) -> bool:
    place = _place(facts)
    return bool(place) and not _LINK.search(place) and not _NO_ROUTE.search(place)


def _talked(facts: TipFacts) -> bool:
    return facts.stage is not Stage.APPLIED


def _role_open(facts: TipFacts) -> bool:
    passed = facts.closing_on is not None and facts.closing_on < facts.today
    return not passed and "referr" not in facts.source.casefold()


def _applied_late(facts: TipFacts) -> bool:
    if facts.posted_on is None or facts.applied_on is None:
        return False
    return (facts.applied_on - facts.posted_on).days > SETTLED


def _inquiry_ahead(facts: TipFacts) -> bool:
    planned = facts.inquiry_on is not None or facts.nudges_sent > 0
    return not facts.no_contact and (planned or not facts.heard)


def _silence(facts: TipFacts) -> bool:
    if facts.inbound or facts.heard or facts.applied_on is None:
        return False
    return (facts.today - facts.applied_on).days > SILENT


OCCASIONS: Mapping[str, Callable[[TipFacts], bool]] = {
    "A-4": _role_open,
    "A-5": _applied_late,
    "A-6": _inquiry_ahead,
    "A-7": _date_not_passed,
    "A-8": lambda facts: not facts.no_contact,
    "A-10": _silence,
    "A-12": lambda facts: not facts.no_contact,
    "F-12": lambda facts: not facts.no_contact,
    "C-2": _talked,
    "C-5": _talked,
    "C-6": _talked,
    "C-8": lambda facts: facts.stage in (Stage.SECOND, Stage.OFFER),
}
"""The tips that are shown only sometimes within their stage, and when."""

EVENTS: Mapping[str, Callable[[TipFacts], bool | None]] = {
    "A-2": lambda facts: bool(facts.cv_version),
    "A-3": lambda facts: bool(facts.contact_name or facts.via_recruiter),
    "A-6": lambda facts: facts.nudges_sent > 0,
    "A-12": lambda facts: facts.nudges_sent >= facts.nudges_at_most,
    "F-1": lambda facts: facts.answered if facts.invited else bool(facts.talks),
    "F-8": lambda facts: _date_named(facts) or bool(facts.next_step and over(facts)),
    "F-9": lambda facts: facts.debriefed,
    "F-10": lambda facts: facts.thanked and bool(over(facts)),
    "F-12": lambda facts: facts.nudges_sent > 0,
    "S-8": lambda facts: facts.thanked and bool(over(facts)),
    "S-9": lambda facts: facts.nudges_sent > 0,
    "O-1": lambda facts: facts.acknowledged,
    "O-2": lambda facts: facts.in_writing,
    "O-3": lambda facts: facts.deadline_known,
    "O-12": lambda facts: facts.outcome is Outcome.ACCEPTED and facts.others_open == 0,
    "C-1": lambda facts: facts.thanked_for_reply or None,
    "C-3": lambda facts: bool(facts.reason) or facts.outcome is Outcome.NO_RESPONSE,
    "C-7": lambda facts: facts.look_again_planned or None,
    "C-9": lambda facts: facts.outcome is Outcome.NO_RESPONSE,
}
"""What ticks each tip that ticks itself; None when only the user can tell.

Thanks can be sent, and another look planned, in ways that the board does not see."""

CASES: Mapping[str, Callable[[TipFacts], bool]] = {
    "link": _by_link,
    "news": lambda facts: facts.news_count > 0,
    "one_person": lambda facts: len(people(facts, before=False)) == 1,
    "route": _by_route,
    "their_date": _date_named,
}
"""The cases in which a tip has another text, by their names in `tips.toml`."""
