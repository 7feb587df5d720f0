"""How wide the columns of a list are: in shares of its width, or by what stands in them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.widgets.cells import cell_len

GAP = 2
"""Cells between two columns."""
_MEASURED = 1_000
"""Rows whose words are measured; a longer list shows nobody more at once."""


class Column(NamedTuple):
    """One column of a list.

    In shares of the width it is `least` cells wide and has `share` parts of what is left; it is
    left out on a list narrower than `from_width`. With `most` it is as wide as its longest words
    instead, not wider than that, and by `more` where all others have what they need; without any
    words it is left out. Where the list is too narrow
    for all, columns with a `turn` are left out, the lowest first, once they are at their `least`;
    then the others give way: first the one that `yields`, then the last.
    """

    least: int
    share: int = 0
    from_width: int = 0
    most: int = 0
    more: int = 0
    turn: int = 0
    head: str = ""
    right: bool = False
    """Whether its words stand at its right edge, as numbers do."""
    lends: bool = False
    """Whether a single row may have more room here, from the columns after this one."""
    yields: bool = False
    """Whether it gives way before the others, down to its `least`."""


def measure(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """The cells that each of `columns` needs for the words in `rows`, its head included.

    0 where there are no words; at most `most` and `more`.
    """
    longest = [0] * len(columns)
    for number, row in enumerate(rows):
        if number >= _MEASURED:
            break
        for place, text in enumerate(row):
            if text and len(text) * 2 > longest[place]:
                cut = text[: (columns[place].most + columns[place].more) * 2]
                longest[place] = max(longest[place], cell_len(cut))
    return tuple(
        min(column.most + column.more, max(cells, cell_len(column.head))) if cells else 0
        for column, cells in zip(columns, longest, strict=True)
    )


def fit_columns(columns: Sequence[Column], needs: Sequence[int], width: int) -> tuple[int, ...]:
    """The width of each of `columns` in `width` cells; `needs` are those of `measure`."""
    most = [min(column.most, need) for column, need in zip(columns, needs, strict=True)]
    sizes = [0 if column.turn else need for column, need in zip(columns, most, strict=True)]
    left = width - sum(sizes) - GAP * max(0, sum(map(bool, sizes)) - 1)
    by_turn = sorted(
        (place for place, column in enumerate(columns) if column.turn and needs[place]),
        key=lambda place: -columns[place].turn,
    )
    for place in by_turn:
        least = min(columns[place].least, needs[place])
        if least + GAP > left:
            break
        sizes[place] = least
        left -= least + GAP
    for place in sorted(range(len(columns)), key=lambda place: (not columns[place].yields, -place)):
        if left >= 0:
            break
        column = columns[place]
        given = 0 if column.turn else min(-left, max(0, sizes[place] - column.least))
        sizes[place] -= given
        left += given
    kept = [place for place, column in enumerate(columns) if sizes[place] and not column.turn]
    for places, wanted in ((by_turn, most), (kept, needs), (by_turn, needs)):
        for place in places:
            more = min(max(0, left), max(0, wanted[place] - sizes[place])) if sizes[place] else 0
            sizes[place] += more
            left -= more
    return tuple(sizes)


def share_out(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """The width of each of `columns` in shares of `width` cells; 0 for one that is left out."""
    shown = [column for column in columns if width >= column.from_width]
    left = width - sum(column.least for column in shown) - GAP * (len(shown) - 1)
    parts = sum(column.share for column in shown)
    edges, taken = [0], 0
    for column in shown:
        taken += column.share
        edges.append(max(0, left) * taken // parts if parts else 0)
    sizes = iter(
        column.least + end - start
        for column, (start, end) in zip(shown, pairwise(edges), strict=True)
    )
    return tuple(next(sizes) if width >= column.from_width else 0 for column in columns)


def lend(
    columns: Sequence[Column], sizes: Sequence[int], texts: Sequence[str], spare: int = 0
) -> tuple[int, ...]:
    """`sizes` for the one row with these `texts`: what it has too much of goes where it lacks.

    A column that `lends` takes the `spare` cells that no column has, then from those after it what
    they leave empty, with the gap before one that is empty, then down to their least.
    """
    widths = list(sizes)
    for place, column in enumerate(columns):
        lacks = cell_len(texts[place]) - widths[place] if column.lends else 0
        free = max(0, min(lacks, spare))
        widths[place] += free
        lacks -= free
        for floor in (False, True):
            for other in range(place + 1, len(widths)):
                if lacks <= 0:
                    break
                keeps = min(cell_len(texts[other]), columns[other].least if floor else 10_000)
                given = min(lacks, max(0, widths[other] - keeps)) if widths[other] else 0
                widths[other] -= given
                if given and not widths[other]:
                    given += min(GAP, lacks - given)  # nor does the gap before it stand there
                widths[place] += given
                lacks -= given
        spare -= free
    return tuple(widths)
