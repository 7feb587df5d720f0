"""What must be reached. Ratios are to the smallest Textual program unless they say otherwise."""

from measures import Row, Sample

FIRST_PAINT = {1_000: 1.5, 10_000: 1.8}
"""Times the smallest program's, by size."""

CURSOR_RATIO, CURSOR_MS = 2.5, 15.0
"""Median as a ratio, 95th percentile in milliseconds."""

MOVE_RATIO, MOVE_MS = 5.0, 40.0
DURABLE_MS = 50.0
CLOSE_MANY_MS = 1_000.0
"""Of fifty cards closed in one step, on the screen and on the disk."""
FILTER_MS = 50.0
SORT_MS = 100.0
"""Of the list of all cards with 10,000 of them."""

DUE_RATIO, DUE_GROWTH, ADD_RATIO = 2.5, 1.3, 1.4
"""To importing sqlite3; from 10 to 10,000 applications; to importing sqlmodel."""
LIST_RATIO = 8.0
"""Of `rounds list` with 10,000 applications, to importing sqlite3."""
COUNT_GROWTH = 1.3
"""Of a count, from 6 to 6,000 follow-ups that are due."""
TAB_RATIO = 6.0
"""Of a Tab in a shell, to importing sqlite3: under 100 ms on an idle machine, felt as at once."""

MEMORY_RATIO, IDLE_PERCENT = 2.5, 0.2
GONE_SECONDS = 2.0
IMPORT_SECONDS, UNDO_SECONDS, IMPORT_MB = 5.0, 3.0, 200.0
"""Of 10,000 rows into a new board, as a command of its own."""
MAIL_SECONDS = 3.0
"""Of 2,000 messages that are listed, as a command of its own."""
EXPORT_SECONDS, EXPORT_MB = 3.0, 200.0
"""Of 10,000 applications in each format, as a command of its own."""


def timing(
    figure: str,
    program: str,
    times: Sample | None,
    *,
    base: Sample | None = None,
    ratio: float | None = None,
    p95: float | None = None,
    note: str = "",
) -> Row:
    """A row of times in milliseconds, held against a ratio to `base` and a 95th percentile."""
    if times is None:
        return Row(figure, program, "none", reached=False if ratio or p95 else None, note=note)
    quotient = times.median / base.median if base is not None else None
    goals, kept = [], []
    if ratio is not None and quotient is not None:
        goals.append(f"<= {ratio:g} x")
        kept.append(quotient <= ratio)
    if p95 is not None:
        goals.append(f"p95 <= {p95:g} ms")
        kept.append(times.p95 <= p95)
    return Row(
        figure,
        program,
        f"{times.median:,.1f} ms",
        f"{times.p95:,.1f} ms",
        f"{quotient:.2f} x" if quotient is not None else "",
        ", ".join(goals),
        all(kept) if kept else None,
        note,
    )
