"""Bars made of characters: how sure a number is shows in their shape, not in a colour.

Every function gives text of exactly or at most `width` cells.
"""

from collections.abc import Iterable, Sequence
from math import ceil

from store.rules.chances.chances import ENOUGH, Step, TimeInStage

SURE, MAYBE, HERE, REST = "█", "▒", "┃", "·"
WENT_ON, ENDED, OPEN = "■", "□", "○"
APPLIED, TALKED, ON_TIME, LATE = "■", "◆", "✓", "!"
WEEK_MARKS = (APPLIED, TALKED, ON_TIME, LATE)

_TOO_FEW = "too few for a rate"
_TOO_FEW_DAYS = "too few for a time"


def rate_bar(step: Step, width: int) -> str:
    """The share of a step so far, from 0 to 100 %, and the bounds of those that are decided.

    Filled up to the share or the lower bound, whichever comes first: with many still open the
    share stands below the bounds. A step with too few decided is drawn as so many marks, one for
    each application.
    """
    rate, so_far = step.rate, step.so_far
    if rate is None or so_far is None:
        marks = WENT_ON * step.passed + ENDED * len(step.ended)
        if step.decided:
            marks += OPEN * len(step.undecided)
        return _said(marks, _TOO_FEW if step.decided else "none decided so far", width)
    here, first, last = (_cell(share, width) for share in (so_far, rate.low, rate.high))
    cells = [
        HERE if at == here
        else SURE if at < min(here, first)
        else MAYBE if first <= at <= last
        else REST
        for at in range(width)
    ]  # fmt: skip
    return "".join(cells)


def range_bar(low: float, high: float, words: str, width: int) -> str:
    """A range of shares below a `rate_bar` of the same width, with `words` where there is room."""
    first, last = _cell(low, width), _cell(high, width)
    span = "├" + "─" * (last - first - 1) + "┤" if last > first else "┴"
    if last + 2 + len(words) <= width:
        return f"{' ' * first}{span} {words}"
    if len(words) < first:
        return f"{words:>{first - 1}} {span}"
    return f"{' ' * first}{span}"[:width]


def days_bar(time: TimeInStage, most: int, width: int) -> str:
    """Days until an answer on a line from 0 to `most`: the middle half of the cases, and their
    middle. An arrow says that it goes on: too many are still waiting to tell."""
    if time.cases < ENOUGH:
        marks = WENT_ON * len(time.answered) + OPEN * len(time.waiting)
        return _said(marks, _TOO_FEW_DAYS if time.cases else "none yet", width)

    def cell(days: int) -> int:
        return _cell(days / most if most else 0, width)

    end = cell(time.longest if time.three_quarters is None else time.three_quarters)
    begin = end + 1 if time.quarter is None else cell(time.quarter)
    cells = [REST if at < begin else MAYBE for at in range(end + 1)]
    if time.three_quarters is None:
        cells[end] = "→"
    if time.half is not None:
        cells[cell(time.half)] = HERE
    return "".join(cells)


def count_bar(number: int, most: int, width: int) -> str:
    """A plain number as a bar, the largest of all as long as there is room."""
    return SURE * max(1, round(number / most * width)) if number and most else ""


def marks_bar(numbers: Sequence[int], per_mark: int) -> str:
    """One mark for each thing done in a week, or for every `per_mark` of them."""
    return "".join(
        mark * ceil(number / per_mark) for mark, number in zip(WEEK_MARKS, numbers, strict=True)
    )


def things_per_mark(weeks: Iterable[Sequence[int]], width: int) -> int:
    """How many things a mark has to stand for, so that each of `weeks` fits into `width`."""
    rows = [tuple(numbers) for numbers in weeks]
    per_mark = 1
    while per_mark < 1_000_000 and any(
        sum(ceil(number / per_mark) for number in row) > max(width, len(WEEK_MARKS)) for row in rows
    ):
        per_mark += max(1, per_mark // 4)
    return per_mark


def _cell(share: float, width: int) -> int:
    return max(0, min(int(share * width), width - 1))


def _said(marks: str, words: str, width: int) -> str:
    """Marks with words behind them, where there is room for those."""
    said = f"{marks}  {words}" if marks else words
    return said if len(said) <= width else marks[:width]
