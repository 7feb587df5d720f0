"""Published figures on how applications fare, read from `figures.toml` and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from store.rules.shipped_lists import check_entry, entries, name_entry, read_shipped, require
from store.rules.stages import ORDER, Stage

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
    """As short as a card needs it: "25–35 %"."""
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
def published_figures() -> Published:
    """The figures as shipped; the file is read once, when first asked."""
    return read_figures(read_shipped("chances/figures.toml"))


def typical(stage: Stage) -> Typical:
    """What is typical of the step out of `stage`."""
    return published_figures().steps[stage]


_FIGURE: dict[str, type] = {
    **dict.fromkeys(("id", "about", "what", "figure", "who", "year", "quality"), str),
    "sources": list,
}
_FIGURE_TOO: dict[str, type] = {
    **{"low": float, "high": float, "unit": str},
    **{"per_person": bool, "note": str},
}
_TYPICAL: dict[str, type] = {
    **dict.fromkeys(("line", "range", "years", "quality", "caption"), str),
    **{"low": float, "high": float, "figures": list},
}
_FILE = "figures.toml"
_SHOWS_A_YEAR = re.compile(r"(?:19|20)\d\d|not shown")


def read_figures(toml: str) -> Published:
    """The figures in `toml`. Raises ValueError that names the entry, or the line, and what is
    wrong with it."""
    import tomllib

    tables = tomllib.loads(toml)
    sources = _table("source", tables)
    with name_entry(f"{_FILE}, source"):
        check_entry(sources, dict.fromkeys(sources, str), {})
    found: dict[str, Figure] = {}
    for entry in entries(toml, _FILE, "figure", _FIGURE, _FIGURE_TOO):
        with name_entry(f"{_FILE}, figure {entry['id']}"):
            found[entry["id"]] = _figure(entry, sources)
    steps = _table("step", tables)
    if set(steps) != set(ORDER):
        raise ValueError(f"{_FILE}: it needs a [step] for each of {', '.join(ORDER)}")
    return Published(
        MappingProxyType(
            {stage: _typical(f"step {stage}", steps[stage], found) for stage in ORDER}
        ),
        _typical("whole", _table("whole", tables), found),
        tuple(found.values()),
    )


def _figure(entry: Mapping[str, Any], sources: Mapping[str, Any]) -> Figure:
    require(entry["about"] in TOPICS, f"it is about none of {', '.join(TOPICS)}")
    require(entry["quality"] in QUALITIES, "its quality is none of A, B, C, D")
    require(_SHOWS_A_YEAR.search(entry["year"]) is not None, "its year is none")
    ranged = {"low", "high", "unit"} & set(entry)
    require(len(ranged) in (0, 3), "low, high and unit belong together")
    if ranged:
        require(entry["unit"] in UNITS, f"its unit is none of {', '.join(UNITS)}")
        _check_range(entry, 1 if entry["unit"] == "share" else 3_650)
    return Figure(**{**entry, "sources": _look_up(entry["sources"], sources, "source")})


def _typical(name: str, entry: Mapping[str, Any], figures: Mapping[str, Figure]) -> Typical:
    with name_entry(f"{_FILE}, {name}"):
        check_entry(entry, _TYPICAL, {})
        _check_range(entry, 1)
        require(_SHOWS_A_YEAR.search(entry["years"]) is not None, "its years are none")
        marks = entry["quality"].split("/")
        require(all(mark in QUALITIES for mark in marks), "its quality is none of A, B, C, D")
        return Typical(**{**entry, "figures": _look_up(entry["figures"], figures, "figure")})


def _look_up(names: list[Any], known: Mapping[str, Any], what: str) -> tuple[Any, ...]:
    require(bool(names), f"it names no {what}")
    for name in names:
        require(name in known, f"there is no {what} {name}")
    return tuple(known[name] for name in names)


def _check_range(entry: Mapping[str, Any], most: float) -> None:
    low, high = entry["low"], entry["high"]
    require(0 <= low <= high <= most, f"low and high are no range from 0 to {most:,}")


def _table(name: str, tables: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = tables.get(name)
    require(isinstance(found, dict), f"{_FILE}: it has no [{name}]")
    table: Mapping[str, Any] = found
    return table
