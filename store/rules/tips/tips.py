"""What to do at each stage: the tips of the moment, with the application's own data filled in.

The texts are in `tips.toml`. The user's words in them stay literal, and whoever
draws them keeps them so.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from store.rules.stages import INTERVIEW_STAGES, Stage
from store.rules.text import Refused, quoted
from store.rules.tips.events import CASES, EVENTS, EVIDENCE, OCCASIONS
from store.rules.tips.facts import TipFacts, ahead, fresh
from store.rules.tips.slots import slot_texts
from store.rules.tips.texts import SLOT, Tip, tips

Moment = Literal["before", "after", "waiting", "any"]

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
