"""Samples, and the rows of the table."""

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MILLISECONDS = 1_000


class Sample(NamedTuple):
    """Measured values of one kind."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 do not exceed, between the two nearest."""
        ordered = sorted(self.values)
        place = (len(ordered) - 1) * 0.95
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def sample(values: Iterable[float | None], unit: float = MILLISECONDS) -> Sample | None:
    """The values that there are, times `unit`; None when there are none."""
    known = tuple(value * unit for value in values if value is not None)
    return Sample(known) if known else None


class Row(NamedTuple):
    """One line of the table. `reached` is None where there is no goal."""

    figure: str
    program: str
    median: str
    p95: str = ""
    ratio: str = ""
    goal: str = ""
    reached: bool | None = None
    note: str = ""


_HEADS = ("figure", "program", "median", "p95", "ratio", "goal", "", "note")
_LEFT = (0, 1, 5, 6, 7)


def table(rows: Sequence[Row]) -> str:
    """The rows as lines of text; a figure is named once."""
    cells = [list(_HEADS)]
    before = ""
    for row in rows:
        verdict = {None: "", True: "reached", False: "MISSED"}[row.reached]
        figure = row.figure if row.figure != before else ""
        before = row.figure
        cells.append([figure, *row[1:6], verdict, row.note])
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    lines = []
    for line in cells:
        padded = (
            text.ljust(width) if column in _LEFT else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        lines.append("  ".join(padded).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
