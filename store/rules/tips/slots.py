"""What fills the slots of a tip: the user's own words, short enough for a line."""

from collections.abc import Collection, Iterable
from datetime import date

from store.rules.dates import elapsed_words, short_day
from store.rules.text import few_words, shorten
from store.rules.tips.facts import TipFacts, empty_parts, people
from store.rules.tips.texts import SLOTS

_LISTED = 2
"""Names that a list in a tip shows before it says how many more there are."""
_LENGTH = 40
"""Characters of one such name."""


def slot_texts(facts: TipFacts, *, before: bool) -> dict[str, str]:
    """What fills each slot of a tip; empty where there is nothing to say and nothing stands in.

    `before` tells a tip for the time before an interview: it speaks of those who are met next.
    """
    known = {
        "names": _list_words(people(facts, before=before)),
        "topics": _list_words(_quotes(facts.topics)),
        "concerns": _list_words(_quotes(facts.concerns)),
        "companies": _list_words(facts.companies),
        "date": short_day(facts.inquiry_on, facts.today) if facts.inquiry_on else "",
        "n": str(facts.news_count),
        "age": _age(facts.newest_news_on, facts.today) if facts.newest_news_on else "",
        "inside": _list_words(facts.inside, "or"),
        "steps": _list_words(_quotes(facts.steps)),
        "requirements": _list_words(map(few_words, facts.requirements)),
        "uncovered": _list_words(map(few_words, facts.uncovered)),
        "stories": str(facts.stories or ""),
        "own": str(facts.own_questions or ""),
        "missing": _list_words(facts.missing),
        "weak": _list_words(map(few_words, facts.weak)),
        "values": _list_words(map(few_words, facts.values)),
        "rehearsed": str(facts.rehearsed or ""),
        "questions": str(facts.to_rehearse or ""),
        "why": few_words(" ".join(facts.why.split())),
        "taken": _list_words(_quotes(facts.taken)),
        "ground": _list_words(facts.ground),
        "left": _list_words(facts.to_thank),
        "formats": _list_words(facts.formats),
        "others": _cards(facts.others_open),
        "empty": _list_words(empty_parts(facts.components)),
        "counters": _list_words(facts.counters),
        "deadline": short_day(facts.deadline_on, facts.today) if facts.deadline_on else "",
        "references": _list_words(facts.references),
        "conditions": _list_words(facts.conditions),
        "met": _list_words(facts.met),
    }
    return {slot: text or SLOTS[slot] for slot, text in known.items()}


def _cards(count: int) -> str:
    if count == 1:
        return "1 other application"
    return f"{count:,} other applications" if count else ""


def _quotes(texts: Collection[str]) -> list[str]:
    """The texts as they can stand within a sentence: four words, without an end of their own."""
    return [few_words(text.rstrip(" .;,:?!")) for text in texts]


def _list_words(names: Iterable[str], word: str = "and") -> str:
    """The names as a list in a sentence, each once: "Ana", "Ana and Bo", "Ana, Bo and 3 more"."""
    once = list(dict.fromkeys(name for name in names if name))
    first = [shorten(name, _LENGTH) for name in once[:_LISTED]]
    if len(once) > _LISTED:
        return f"{', '.join(first)} and {len(once) - _LISTED} more"
    return f" {word} ".join(first)


def _age(day: date, today: date) -> str:
    return f"{elapsed_words(day, today)} old" if day < today else "from today"
