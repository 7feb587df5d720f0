"""Published figures on how applications fare, read from `figures.toml` and checked."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from store.rules.shipped import shipped
from store.rules.stages import ORDER, Stage
from store.rules.text import printable

QUALITIES: Mapping[str, str] = MappingProxyType(
    {
        "A": "official statistics or a representative survey",
        "B": "survey or platform data with a stated sample",
        "C": "vendor figure, thin method, or read second-hand",
        "D": "opinion, or a figure of a content site",
    }
)
"""What the quality marks of figures mean."""

TOPICS = (
    *(stage.value for stage in ORDER),
    *("whole", "interview", "waiting", "silence"),
    *("thanks", "feedback", "negotiation", "fit", "timing"),
)
UNITS = ("share", "days")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, with the source it comes from."""

    id: str
    about: str
    """A stage, for the step out of it, or another of TOPICS."""
    what: str
    figure: str
    """The figure in words, with its range."""
    who: str
    year: str
    quality: str
    """A key of QUALITIES."""
    sources: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    unit: str = ""
    """Of `low` and `high`, where the figure is one range: a share from 0 to 1, or days."""
    per_person: bool = False
    """Whether it counts people who ever met with it: no risk of one application."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Typical:
    """What is typical of a step, from several figures."""

    line: str
    """As short as a card needs it: "1 in 3"."""
    range: str
    low: float
    high: float
    years: str
    quality: str
    """One or two keys of QUALITIES: "B/D"."""
    figures: tuple[Figure, ...]
    caption: str
    """What the stage means for the chance, without a number."""


@dataclass(frozen=True, slots=True)
class Published:
    """All of `figures.toml`."""

    steps: Mapping[Stage, Typical]
    whole: Typical
    """From an application to a job; for the search as a whole, never for one card."""
    figures: tuple[Figure, ...]


@cache
def published() -> Published:
    """The figures as shipped; the file is read once, when first asked."""
    return read_figures(shipped("chances/figures.toml"))


def typical(stage: Stage) -> Typical:
    """What is typical of the step out of `stage`."""
    return published().steps[stage]


def read_figures(toml: str) -> Published:
    """The figures in `toml`. Raises ValueError that names the entry, or the line, and what is
    wrong with it."""
    import tomllib

    tables = tomllib.loads(toml)
    sources = _table("source", tables)
    found: dict[str, Figure] = {}
    for place, entry in enumerate(tables.get("figure", []), 1):
        name = entry.get("id", f"number {place}")
        figure = _told(f"figure {name}", _figure, entry, sources)
        if figure.id in found:
            raise ValueError(f"figures.toml, figure {name}: there is another one with this id")
        found[figure.id] = figure
    steps = _table("step", tables)
    if set(steps) != set(ORDER):
        raise ValueError(f"figures.toml: it needs a [step] for each of {', '.join(ORDER)}")
    return Published(
        MappingProxyType(
            {stage: _told(f"step {stage}", _typical, steps[stage], found) for stage in ORDER}
        ),
        _told("whole", _typical, _table("whole", tables), found),
        tuple(found.values()),
    )


_FIGURE = ("id", "about", "what", "figure", "who", "year", "quality", "sources")
_FIGURE_OPTIONAL = ("low", "high", "unit", "per_person", "note")
_TYPICAL = ("line", "range", "low", "high", "years", "quality", "figures", "caption")
_LISTS = ("sources", "figures")
_NUMBERS = ("low", "high")
_SHOWS_A_YEAR = re.compile(r"(?:19|20)\d\d|not shown")


def _told(name: str, read: Any, entry: Any, known: Mapping[str, Any]) -> Any:
    try:
        return read(entry, known)
    except ValueError as error:
        raise ValueError(f"figures.toml, {name}: {error}") from None


def _figure(entry: Mapping[str, Any], sources: Mapping[str, Any]) -> Figure:
    _check(entry, _FIGURE, _FIGURE_OPTIONAL)
    _require(entry["about"] in TOPICS, f"it is about none of {', '.join(TOPICS)}")
    _require(entry["quality"] in QUALITIES, "its quality is none of A, B, C, D")
    _require(_SHOWS_A_YEAR.search(entry["year"]) is not None, "its year is none")
    ranged = {"low", "high", "unit"} & set(entry)
    _require(len(ranged) in (0, 3), "low, high and unit belong together")
    if ranged:
        _require(entry["unit"] in UNITS, f"its unit is none of {', '.join(UNITS)}")
        _check_range(entry, 1 if entry["unit"] == "share" else 3_650)
    return Figure(**{**entry, "sources": _looked_up(entry["sources"], sources, "source")})


def _typical(entry: Mapping[str, Any], figures: Mapping[str, Figure]) -> Typical:
    _check(entry, _TYPICAL, ())
    _check_range(entry, 1)
    _require(_SHOWS_A_YEAR.search(entry["years"]) is not None, "its years are none")
    marks = entry["quality"].split("/")
    _require(all(mark in QUALITIES for mark in marks), "its quality is none of A, B, C, D")
    return Typical(**{**entry, "figures": _looked_up(entry["figures"], figures, "figure")})


def _looked_up(names: list[Any], known: Mapping[str, Any], what: str) -> tuple[Any, ...]:
    _require(bool(names), f"it names no {what}")
    for name in names:
        _require(name in known, f"there is no {what} {name}")
    return tuple(known[name] for name in names)


def _check(entry: Mapping[str, Any], required: Collection[str], optional: Collection[str]) -> None:
    for key in required:
        _require(key in entry, f"it has no {key}")
    for key, value in entry.items():
        _require(key in required or key in optional, f"there is no key {key}")
        if key in _LISTS:
            _require(isinstance(value, list), f"its {key} is no list")
        elif key in _NUMBERS:
            _require(type(value) in (int, float), f"its {key} is no number")
        elif key == "per_person":
            _require(isinstance(value, bool), f"its {key} is neither true nor false")
        else:
            _check_line(key, value)


def _check_line(key: str, value: object) -> None:
    fit = isinstance(value, str) and value.strip() == value and bool(value)
    _require(fit and printable(str(value)) == value and "\n" not in value, f"its {key} is no line")


def _check_range(entry: Mapping[str, Any], most: float) -> None:
    low, high = entry["low"], entry["high"]
    _require(0 <= low <= high <= most, f"low and high are no range from 0 to {most:,}")


def _table(name: str, tables: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = tables.get(name)
    if not isinstance(found, dict):
        raise ValueError(f"figures.toml: it has no [{name}]")
    for key, value in found.items():
        if name == "source":
            _told(f"source {key}", lambda text, _: _check_line("text", text), value, {})
    return found


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)
