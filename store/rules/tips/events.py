"""When a tip is worth showing, what ticks it by itself, and when it has another text."""

import re
from collections.abc import Callable, Mapping

from store.rules.stages import Outcome, Stage
from store.rules.tips.facts import TipFacts, ahead, empty_parts, over, people

SETTLED = 7
"""Days from posting to application beyond which an earlier one would have helped (tip A-5)."""
SILENT = 5
"""Days without any answer after which a lost message is worth a look (tip A-10)."""
STORIES = 5
"""Stories to have ready, the fewest of "five to eight" (tip F-4)."""
QUESTIONS = 3
"""Questions to bring along (tip F-6)."""
NEWS_ITEMS = 2
"""Pieces of news to raise (tip S-2)."""

_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
_NO_ROUTE = re.compile(
    r"\b(call|facetime|jitsi|link|meet|online|phone|remote|skype|tb[acd]|teams|telephone|video"
    r"|virtual|webex|whatsapp|zoom)\b",
    re.IGNORECASE,
)


def _date_named(facts: TipFacts) -> bool:
    """Whether the employer named a date that lies after the last interview of this stage."""
    last = max((one.starts_at.date() for one in facts.interviews), default=None)
    return last is not None and facts.expected_by is not None and facts.expected_by >= last


def _date_not_passed(facts: TipFacts) -> bool:
    named = [day for day in (facts.closing_on, facts.expected_by) if day is not None]
    return facts.no_contact or not named or max(named) >= facts.today


def _place(facts: TipFacts) -> str:
    return next((one.place for one in ahead(facts)), "")


def _by_link(facts: TipFacts) -> bool:
    return _LINK.search(_place(facts)) is not None


def _by_route(facts: TipFacts) -> bool:
    place = _place(facts)
    return bool(place) and not _LINK.search(place) and not _NO_ROUTE.search(place)


def _had_interview(facts: TipFacts) -> bool:
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


def _some_thanked(facts: TipFacts) -> bool:
    """Whether a thank-you was sent and another one is still owed."""
    there = {name for one in over(facts) for name in one.people}
    return bool(facts.to_thank) and bool(there - set(facts.to_thank))


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
    "C-2": _had_interview,
    "C-5": _had_interview,
    "C-6": _had_interview,
    "C-8": lambda facts: facts.stage in (Stage.SECOND, Stage.OFFER),
}
"""The tips that are shown only sometimes within their stage, and when."""

EVENTS: Mapping[str, Callable[[TipFacts], bool | None]] = {
    "A-2": lambda facts: bool(facts.cv_version),
    "A-3": lambda facts: bool(facts.contact_name or facts.via_recruiter),
    "A-6": lambda facts: facts.nudges_sent > 0,
    "A-12": lambda facts: facts.nudges_sent >= facts.nudges_at_most,
    "F-1": lambda facts: facts.answered if facts.invited else bool(facts.interviews),
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

EVIDENCE: Mapping[str, Callable[[TipFacts], bool]] = {
    "A-1": lambda facts: facts.posting_saved,
    "F-2": lambda facts: facts.ahead_known,
    "F-3": lambda facts: bool(facts.requirements) and not facts.uncovered,
    "F-4": lambda facts: facts.stories >= STORIES,
    "F-6": lambda facts: facts.own_questions >= QUESTIONS,
    "S-2": lambda facts: facts.news_count >= NEWS_ITEMS,
    "S-3": lambda facts: 0 < facts.to_rehearse <= facts.rehearsed,
    "S-6": lambda facts: facts.concerns_settled,
    "S-11": lambda facts: bool(facts.formats),
    "O-4": lambda facts: bool(facts.components) and not empty_parts(facts.components),
    "O-6": lambda facts: facts.counter_sent,
    "O-7": lambda facts: facts.extension_asked,
    "O-8": lambda facts: facts.all_told,
    "O-10": lambda facts: facts.signed and not facts.conditions,
    "O-11": lambda facts: facts.compared,
    "C-2": lambda facts: facts.feedback_asked,
    "C-4": lambda facts: facts.lessons,
}
"""What shows that a tip which the user ticks is done: nobody is asked for what the board knows."""

CASES: Mapping[str, Callable[[TipFacts], bool]] = {
    "alone": lambda facts: facts.others_open == 0,
    "components": lambda facts: bool(facts.components) and bool(empty_parts(facts.components)),
    "concerns": lambda facts: bool(facts.concerns),
    "conditions": lambda facts: bool(facts.conditions),
    "counters": lambda facts: bool(facts.counters),
    "deadline": lambda facts: facts.deadline_on is not None,
    "formats": lambda facts: bool(facts.formats),
    "ground": lambda facts: bool(facts.ground),
    "inquiry": lambda facts: facts.inquiry_on is not None,
    "inside": lambda facts: bool(facts.inside),
    "link": _by_link,
    "missing": lambda facts: bool(facts.missing),
    "news": lambda facts: facts.news_count > 0,
    "one_person": lambda facts: len(people(facts, before=False)) == 1,
    "others": lambda facts: facts.others_open > 0,
    "own_questions": lambda facts: facts.own_questions > 0,
    "rehearsed": lambda facts: facts.rehearsed > 0,
    "requirements": lambda facts: bool(facts.requirements),
    "route": _by_route,
    "some_thanked": _some_thanked,
    "steps": lambda facts: bool(facts.steps),
    "stories": lambda facts: facts.stories > 0,
    "taken": lambda facts: bool(facts.concerns and facts.taken),
    "their_date": _date_named,
    "uncovered": lambda facts: bool(facts.uncovered),
    "values": lambda facts: bool(facts.values),
    "weak": lambda facts: bool(facts.weak),
    "why": lambda facts: bool(facts.why),
}
"""The cases in which a tip has another text, by their names in `tips.toml`."""
