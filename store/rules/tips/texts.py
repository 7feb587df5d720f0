"""The tips as written in `tips.toml`, read and checked; and a tick in words."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from store.rules.lists import offer_items, rejection_items
from store.rules.shipped_lists import (
    check_keys,
    check_line,
    entries,
    name_entry,
    one_of,
    read_shipped,
    require,
)
from store.rules.stages import Outcome, Stage
from store.rules.text import shorten
from store.rules.tips.events import CASES, EVENTS

CLOSED = "closed"
STAGES = (*(stage.value for stage in Stage), CLOSED)
WHEN = ("before", "during", "after", "waiting", "any")
TICKS = ("yes", "auto", "no")
LONGEST = 90
"""Characters of a text with its slots unfilled: two lines of the panel, three at most."""

SLOTS = {
    "names": "each interviewer",
    "topics": "the results and topics they liked",
    "companies": "the other employers",
    "n": "0",
    "concerns": "",
    "date": "",
    "age": "",
    "inside": "someone inside",
    "steps": "what you read, learned and who you met",
    "requirements": "what they ask for",
    "uncovered": "all of it",
    "stories": "none yet",
    "own": "none yet",
    "missing": "who, how long, in what format",
    "weak": "the one that still bothers you",
    "values": "their values",
    "rehearsed": "none",
    "questions": "all",
    "why": "in your own words",
    "taken": "what you did",
    "ground": "from what you know about them",
    "left": "each interviewer",
    "formats": "panel, case, technical task or a mix",
    "others": "your other applications",
    "empty": "the rest",
    "counters": "in one go",
    "deadline": "the deadline",
    "references": "your references",
    "conditions": "all of them",
    "met": "the people you liked",
}
"""Every slot with the words that stand in for it; those without need a text without the slot."""
SLOT = re.compile(r"\{([^{}]*)\}")

_REQUIRED: dict[str, type] = dict.fromkeys(("id", "stage", "text", "why", "when", "tick"), str)
_OPTIONAL: dict[str, type] = {"without": str, "case": list, "outcomes": list}
_CASE: dict[str, type] = {"given": str, "text": str}
_CASE_OPTIONAL: dict[str, type] = {"without": str}


@dataclass(frozen=True, slots=True)
class Case:
    """Another text of a tip for when something, by its name in `events.CASES`, is given."""

    given: str
    text: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip, its slots unfilled. `without` is its text while a slot has nothing to say."""

    id: str
    stage: str
    text: str
    why: str
    when: str
    tickable: bool
    """Whether it has a box at all; the user ticks it unless it is `automatic`."""
    automatic: bool
    without: str = ""
    cases: tuple[Case, ...] = ()
    outcomes: frozenset[str] = frozenset()
    """The outcomes with which a closed application shows it."""


@cache
def tips() -> tuple[Tip, ...]:
    """All tips, in the order in which they are shown; the file is read once, when first asked."""
    return read_tips(read_shipped("tips/tips.toml"))


def read_tips(toml: str) -> tuple[Tip, ...]:
    """The tips in `toml`. Raises ValueError that names the tip, or the line, and what is wrong."""
    found: list[Tip] = []
    for entry in entries(toml, "tips.toml", "tip", _REQUIRED, _OPTIONAL):
        with name_entry(f"tips.toml, tip {entry['id']}"):
            found.append(_tip(entry))
    return tuple(found)


def _tip(entry: Any) -> Tip:
    tip_id, stage, when, tick = entry["id"], entry["stage"], entry["when"], entry["tick"]
    require(re.fullmatch(r"[A-Z]-[1-9]\d?", tip_id) is not None, "its id is not like A-1")
    one_of("stage", stage, STAGES)
    one_of("when", when, WHEN)
    one_of("tick", tick, TICKS)
    require(tick != "auto" or tip_id in EVENTS, "it is to tick itself, but nothing ticks it")
    require(tick == "auto" or tip_id not in EVENTS, "something ticks it, but tick is not auto")
    outcomes = entry.get("outcomes", [])
    for outcome in outcomes:
        one_of("outcome", outcome, tuple(outcome.value for outcome in Outcome))
    require(stage != CLOSED or bool(outcomes), "it is for no outcome")
    return Tip(
        id=tip_id,
        stage=stage,
        text=_check_text(entry),
        why=entry["why"],
        when=when,
        tickable=tick != "no",
        automatic=tick == "auto",
        without=entry.get("without", ""),
        cases=tuple(_case(case) for case in entry.get("case", [])),
        outcomes=frozenset(outcomes),
    )


def _case(entry: Any) -> Case:
    check_keys(entry, _CASE, _CASE_OPTIONAL)
    one_of("case", entry["given"], tuple(CASES))
    return Case(entry["given"], _check_text(entry), entry.get("without", ""))


def _check_text(entry: dict[str, str]) -> str:
    """The text of a tip or case, which can be filled whatever an application has to say."""
    text, without = entry["text"], entry.get("without")
    slots = _slots(text)
    silent = [slot for slot in slots if not SLOTS[slot]]
    if silent:
        require(bool(without), f"it needs a text without {{{silent[0]}}}")
    else:
        require(without is None, "its text without a slot is never used")
    if without is not None:
        left = [slot for slot in _slots(without) if not SLOTS[slot]]
        require(not left, f"its text without a slot has {{{''.join(left[:1])}}}")
    return text


def _slots(text: str) -> list[str]:
    check_line("text", text)
    require(len(text) <= LONGEST, f"“{text}” has {len(text)} characters; {LONGEST} fit")
    slots: list[str] = SLOT.findall(text)
    for slot in slots:
        one_of("slot", slot, tuple(SLOTS))
    require(not set("{}") & set(SLOT.sub("", text)), f"“{text}” has a brace too many")
    return slots


_NAME_AT_MOST = 50
"""Characters of a tip in a line of the timeline (product)."""
_BY_ID = re.compile(r"(ticked|unticked) ([A-Z]{1,2}-\d{1,2})")


def tick_words(tick_id: str, ticked: bool) -> str:
    """ "ticked “Save the full job posting today”": a tip, or a line of a checklist.

    A tip's words are those for any application. What there is no more keeps its id.
    """
    return f"{'ticked' if ticked else 'unticked'} {_name_of(tick_id)}"


def name_ticks(summary: str) -> str:
    """`summary` of a change as it is told; one that names a tick by its id, as boards of earlier
    versions do, names it by its words."""
    found = _BY_ID.fullmatch(summary)
    return tick_words(found[2], found[1] == "ticked") if found is not None else summary


def _name_of(tick_id: str) -> str:
    text = next((tip.without or tip.text for tip in tips() if tip.id == tick_id), "")
    items = (*offer_items(), *rejection_items())
    text = text or next((item.text for item in items if item.id == tick_id), "")
    if not text:
        return tick_id
    return f"“{shorten(SLOT.sub(lambda slot: SLOTS[slot[1]], text), _NAME_AT_MOST)}”"
