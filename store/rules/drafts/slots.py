"""What a message may say: the slots of a template, and the facts that fill them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache

from store.rules.dates import MONTHS, WEEKDAYS
from store.rules.text import printable, shorten

Day = date
"""A day, under a name that no slot has."""

_ISO = "_iso"
_GAPS = re.compile("\n{3,}")
_LONGEST_VALUE = 600
"""Characters of what is filled in for one slot."""


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a message may say; what is empty is not known.

    Texts are the user's or the employer's own words, without a full stop at the end.
    """

    today: Day
    company: str = ""
    role: str = ""
    me: str = ""
    via: str = ""
    name: str = ""
    first_name: str = ""
    names: str = ""
    point: str = ""
    topic: str = ""
    topics: str = ""
    concern: str = ""
    steps: str = ""
    doubts: str = ""  # the concerns: templates of the user's own may have the older word
    next_step: str = ""
    since: str = ""
    question: str = ""
    answer: str = ""
    why: str = ""
    promise: str = ""
    proposal: str = ""
    roles: str = ""
    when: str = ""
    place: str = ""
    missing: str = ""
    task: str = ""
    by_when: str = ""
    in_writing: str = ""
    elsewhere: str = ""
    date: Day | None = None
    applied: Day | None = None
    asked: Day | None = None
    promised: Day | None = None
    deadline: Day | None = None
    new_date: Day | None = None
    offered: Day | None = None
    proposed: Day | None = None
    handed_in: Day | None = None


SLOTS: Mapping[str, str] = {
    "company": "the employer",
    "role": "the role",
    "me": "your name and signature, from the settings",
    "via": "the employer, where the message goes to a recruiter",
    "name": "who the message is to",
    "first_name": "how to address them",
    "names": "who you met or will meet",
    "point": "what you noted to mention to this person",
    "topic": "a result or topic that went well",
    "topics": "all that went well in the interview",
    "concern": "a concern they raised that you have acted on",
    "steps": "what you have done about that concern",
    "doubts": "the concerns they raised in the interview",
    "next_step": "what they said the next steps are",
    "since": "what else you have done since",
    "question": "a question you gave a weak answer to",
    "answer": "your better answer to it",
    "why": "why this company, or this role",
    "promise": "what you promised",
    "proposal": "your counter-offer",
    "roles": "several roles, for one message about all of them",
    "when": "the day and time of the interview",
    "place": "the place of the interview, or its link",
    "missing": "what you do not know about the interview yet",
    "task": "the task you submitted",
    "by_when": "“By what date”, as long as the deadline is neither known nor asked for",
    "in_writing": "“in writing”, as long as the offer is verbal",
    "elsewhere": "“another position”, once you have accepted one",
    "date": "the day of the interview",
    "applied": "the day of your application",
    "asked": "the day of your last follow-up",
    "promised": "their decision date",
    "deadline": "the deadline for your answer",
    "new_date": "the new date you ask for",
    "offered": "the day you received the offer, or sent times for an interview",
    "proposed": "the day of your counter-offer",
    "handed_in": "the day you submitted the task",
}
"""Every slot and what it stands for. Those in DAYS can be had as 2026-12-03 too: `$date_iso`."""

DAYS = (
    *("date", "applied", "asked", "promised"),
    *("deadline", "new_date", "offered", "proposed", "handed_in"),
)


@cache
def slots() -> frozenset[str]:
    """The names of all slots, those of days in both forms."""
    return frozenset(SLOTS) | {f"{slot}{_ISO}" for slot in DAYS}


def values(facts: DraftFacts) -> dict[str, str]:
    """What each slot stands for with these facts; empty where nothing is known."""
    known: dict[str, str] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, date):
            known[field.name] = _day_words(value, facts.today)
            known[field.name + _ISO] = value.isoformat()
        elif field.name == "me":
            lines = "\n".join(_fit(line) for line in (value or "").split("\n"))
            known["me"] = _GAPS.sub("\n\n", lines.strip("\n"))
        else:
            known[field.name] = _fit(value or "")
    known.pop("today")
    return known


def _day_words(day: date, today: date) -> str:
    """ "Thursday 3 December", with the year where it is not that of `today`."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def _fit(text: str) -> str:
    """The text as it can stand within a sentence: on one line, and not too long."""
    return shorten(" ".join(printable(text).split()), _LONGEST_VALUE)
