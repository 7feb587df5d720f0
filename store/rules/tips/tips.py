"""What to do at each stage: the tips of the moment, with the application's own data filled in.

The texts are in `tips.toml`. The user's words in them stay literal, and whoever
draws them keeps them so.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from store.rules.dates import elapsed_words, short_day
from store.rules.stages import INTERVIEW_STAGES, Stage
from store.rules.text import Refused, few_words, quoted, shorten
from store.rules.tips.events import CASES, EVENTS, EVIDENCE, OCCASIONS
from store.rules.tips.facts import TipFacts, ahead, empty_parts, fresh, people
from store.rules.tips.texts import SLOT, SLOTS, Tip, tips

Moment = Literal["before", "after", "waiting", "any"]

_LISTED = 2
"""Names that a list in a tip shows before it says how many more there are."""
_LENGTH = 40
"""Characters of one such name."""
_QUOTED = 60
"""Characters of a quotation: whole as a rule, since half a sentence says little."""
_FOR_QUIET = "C-9"
_NOTHING_KNOWN = TipFacts(date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC), Stage.APPLIED)


class TipLine(NamedTuple):
    """A tip as shown for one application: the text with the card's own data filled in."""

    id: str
    text: str
    why: str
    when: str
    tickable: bool
    """Whether it has a box; the user ticks it unless it is `automatic`."""
    automatic: bool
    ticked: bool
    now: bool = True
    """Whether it is for the present moment; those that are not come after those that are."""


def moment(facts: TipFacts) -> Moment:
    """Where the application stands around its interviews; "any" for offers and closed ones.

    "before" as long as an interview of this stage is ahead, running, or still to be agreed;
    "after" for 48 hours from the end of the last one; "waiting" from then on, and while applied.
    """
    if facts.outcome is not None or facts.stage is Stage.OFFER:
        return "any"
    if facts.stage not in INTERVIEW_STAGES:
        return "waiting"
    if facts.invited or not facts.interviews or ahead(facts):
        return "before"
    return "after" if fresh(facts) else "waiting"


def lines(facts: TipFacts, ticked: Collection[str]) -> tuple[TipLine, ...]:
    """The tips to show, those of the present moment first, each group in the order written.

    An open application shows the tips of its stage, a closed one those of its outcome. While it
    is quiet, the tip to close it comes first. One just held and another one ahead make both
    moments present. A tip that the user ticked stays when its occasion has passed.
    """
    at = moment(facts)
    present = {"any", at} | ({"during"} if at == "before" else set())
    if at == "before" and fresh(facts):
        present.add("after")
    slots = {before: slot_texts(facts, before=before) for before in (True, False)}
    shown = [
        _line(tip, facts, slots[tip.when == "before"], ticked, tip.when in present)
        for tip in _tips_for(facts, ticked)
    ]
    return tuple(sorted(shown, key=lambda line: not line.now))


def check_tick(tip_id: str) -> None:
    """Refused unless the user may tick or untick this tip by hand."""
    tip = next((tip for tip in tips() if tip.id == tip_id), None)
    if tip is None:
        raise Refused(f"There is no tip {quoted(tip_id)}.")
    if not tip.tickable:
        raise Refused("This tip is a reminder only; it cannot be ticked.")
    if _event(tip, _NOTHING_KNOWN) is not None:
        raise Refused("This tip is ticked automatically when done.")


def _tips_for(facts: TipFacts, ticked: Collection[str]) -> list[Tip]:
    if facts.outcome is not None:
        mine = [tip for tip in tips() if facts.outcome in tip.outcomes]
    else:
        first = _FOR_QUIET if facts.quiet else ""
        mine = [tip for tip in tips() if tip.id == first]
        mine += [tip for tip in tips() if tip.stage == facts.stage]
    return [
        tip
        for tip in mine
        if tip.id in ticked or tip.id not in OCCASIONS or OCCASIONS[tip.id](facts)
    ]


def _line(
    tip: Tip, facts: TipFacts, slots: Mapping[str, str], ticked: Collection[str], now: bool
) -> TipLine:
    event = _event(tip, facts)
    return TipLine(
        id=tip.id,
        text=_text(tip, facts, slots),
        why=tip.why,
        when=tip.when,
        tickable=tip.tickable,
        automatic=event is not None,
        ticked=tip.tickable and (tip.id in ticked if event is None else event),
        now=now,
    )


def _event(tip: Tip, facts: TipFacts) -> bool | None:
    """Whether what ticks the tip has happened; None when only the user can tell."""
    if tip.automatic:
        return EVENTS[tip.id](facts)
    return (tip.id in EVIDENCE and EVIDENCE[tip.id](facts)) or None


def _text(tip: Tip, facts: TipFacts, slots: Mapping[str, str]) -> str:
    said = next((case for case in tip.cases if CASES[case.given](facts)), tip)
    text = said.text
    if not all(slots[slot] for slot in SLOT.findall(text)):
        text = said.without
    return SLOT.sub(lambda slot: slots[slot[1]], text)


def slot_texts(facts: TipFacts, *, before: bool) -> dict[str, str]:
    """What fills each slot of a tip; empty where there is nothing to say and nothing stands in.

    `before` tells a tip for the time before an interview: it speaks of those who are met next.
    """
    known = {
        "names": _list_words(people(facts, before=before)),
        "topics": _quote_words(facts.topics),
        "concerns": _quote_words(facts.concerns),
        "companies": _list_words(facts.companies),
        "date": short_day(facts.inquiry_on, facts.today) if facts.inquiry_on else "",
        "n": str(facts.news_count),
        "age": _age(facts.newest_news_on, facts.today) if facts.newest_news_on else "",
        "inside": _list_words(facts.inside, "or"),
        "steps": _quote_words(facts.steps),
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
        "taken": _quote_words(facts.taken),
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


def _quote_words(texts: Collection[str]) -> str:
    """The texts as a list of quotations in a sentence."""
    return _list_words(_quotes(texts), length=_QUOTED + 2)


def _quotes(texts: Collection[str]) -> list[str]:
    """The texts as they can stand within a sentence: in quotation marks, without a full stop."""
    ended = [text.rstrip(" .;,:") for text in texts]
    return [quoted(text, _QUOTED) for text in ended if text]


def _list_words(names: Iterable[str], word: str = "and", length: int = _LENGTH) -> str:
    """The names as a list in a sentence, each once: "Ana", "Ana and Bo", "Ana, Bo and 3 more"."""
    once = list(dict.fromkeys(name for name in names if name))
    first = [shorten(name, length) for name in once[:_LISTED]]
    if len(once) > _LISTED:
        return f"{', '.join(first)} and {len(once) - _LISTED} more"
    return f" {word} ".join(first)


def _age(day: date, today: date) -> str:
    return f"{elapsed_words(day, today)} old" if day < today else "from today"
