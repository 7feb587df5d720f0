"""The moment at which the tests of the tips are held, and how they ask what is shown."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from store.rules.stages import Stage
from store.rules.tips.facts import TipFacts, TipInterview
from store.rules.tips.texts import Tip, tips
from store.rules.tips.tips import TipLine, lines

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def facts(stage: Stage | str = Stage.SECOND, **known: Any) -> TipFacts:
    return TipFacts(today=TODAY, now=NOW, stage=Stage(stage), **known)


def talk(hours: float, *people: str, place: str = "") -> TipInterview:
    """An interview of one hour that ends `hours` from now."""
    end = NOW + timedelta(hours=hours)
    return TipInterview(end - timedelta(hours=1), end, people, place)


def shown(known: TipFacts, *ticked: str) -> dict[str, TipLine]:
    return {line.id: line for line in lines(known, ticked)}


def ids(known: TipFacts, *ticked: str) -> list[str]:
    return [line.id for line in lines(known, ticked)]


def named(letter: str, *numbers: int) -> list[str]:
    return [f"{letter}-{number}" for number in numbers]


def tip(tip_id: str) -> Tip:
    return next(tip for tip in tips() if tip.id == tip_id)
