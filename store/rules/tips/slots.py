"""What fills the slots of a tip: the user's own words, short enough for a line."""

from collections.abc import Collection
from datetime import date

from store.rules.dates import elapsed_words, short_day
from store.rules.tips.facts import TipFacts, empty_parts, people
from store.rules.tips.texts import SLOTS

_LISTED = 2
"""Names that a list in a tip shows before it says how many more there are."""
_LENGTH = 40
"""Characters of one such name."""
_LONG = 80
"""Characters of a sentence of the user's."""


def filled(facts: TipFacts, *, before: bool) -> dict[str, str]:
    """What fills each slot of a tip; empty where there is nothing to say and nothing stands in.

    `before` tells a tip for the time before an interview: it speaks of those who are met next.
    """
    known = {
        "names": _listed(people(facts, before=before)),
        "topics": _listed(_unended(facts.topics)),
        "concerns": _listed(_unended(facts.concerns)),
        "companies": _listed(facts.companies),
        "date": short_day(facts.inquiry_on, facts.today) if facts.inquiry_on else "",
        "n": str(facts.news_count),
        "age": _age(facts.newest_news_on, facts.today) if facts.newest_news_on else "",
        "inside": _listed(facts.inside, "or"),
        "steps": _listed(_unended(facts.steps)),
        "requirements": _listed(facts.requirements),
        "uncovered": _listed(facts.uncovered),
        "stories": str(facts.stories or ""),
        "own": str(facts.own_questions or ""),
        "missing": _listed(facts.missing),
        "weak": _listed(facts.weak),
        "values": _listed(facts.values),
        "rehearsed": str(facts.rehearsed or ""),
        "questions": str(facts.to_rehearse or ""),
        "why": _shortened(" ".join(facts.why.split()), _LONG),
        "taken": _listed(_unended(facts.taken)),
        "ground": _listed(facts.ground),
        "left": _listed(facts.to_thank),
        "formats": _listed(facts.formats),
        "others": _cards(facts.others_open),
        "empty": _listed(empty_parts(facts.components)),
        "counters": _listed(facts.counters),
        "deadline": short_day(facts.deadline_on, facts.today) if facts.deadline_on else "",
        "references": _listed(facts.references),
        "conditions": _listed(facts.conditions),
        "met": _listed(facts.met),
    }
    return {slot: text or SLOTS[slot] for slot, text in known.items()}


def _cards(count: int) -> str:
    if count == 1:
        return "1 other application"
    return f"{count:,} other applications" if count else ""


def _unended(texts: Collection[str]) -> list[str]:
    """The texts as they can stand within a sentence, without an end of their own."""
    return [text.rstrip(" .;,:?!") for text in texts]


def _listed(names: Collection[str], word: str = "and") -> str:
    """The names as a list in a sentence, each once: "Ana", "Ana and Bo", "Ana, Bo and 3 more"."""
    once = list(dict.fromkeys(name for name in names if name))
    first = [_shortened(name) for name in once[:_LISTED]]
    if len(once) > _LISTED:
        return f"{', '.join(first)} and {len(once) - _LISTED} more"
    return f" {word} ".join(first)


def _shortened(name: str, at_most: int = _LENGTH) -> str:
    return name if len(name) <= at_most else f"{name[: at_most - 1].rstrip()}…"


def _age(day: date, today: date) -> str:
    return f"{elapsed_words(day, today)} old" if day < today else "from today"
