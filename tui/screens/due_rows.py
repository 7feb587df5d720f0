"""What is due as lines of a list: under late, today, tomorrow and the next seven days.

Nudges that go into one message stand under each other, joined by a bracket (knowledge A.2).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from store.card import Due
from store.rules.dates import countdown, days_until, short_countdown, short_day
from store.rules.together import together
from store.rules.urgency import Level, due_level
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Column, Row, Section, Tone

COLUMNS = (
    Column(11),
    Column(18, share=5),
    Column(10, share=3),
    Column(6, share=3),
    Column(14, share=4, from_width=112),
)
"""Countdown, what to do, company, role, and where there is room the reason."""

_SECTIONS = ("Late", "Today", "Tomorrow", "Next seven days")
_TONES = (Level.LATE, Level.TODAY, Tone.TEXT, Tone.MUTED)
_FIRST, _NEXT, _LAST = "╭ ", "│ ", "╰ "
"""The bracket before the company of follow-ups that go into one message."""


def due_rows(dues: Iterable[Due], now: datetime) -> list[Section | Row]:
    """The follow-ups in their order, each under the heading of its time; keys are their ids.

    Those that go into one message follow the first of them.
    """
    parts: list[list[Row]] = [[] for _ in _SECTIONS]
    for group in together(dues, now.date()):
        place = _section(group[0], now)
        brackets = _brackets(len(group))
        parts[place] += (
            _row(due, _section(due, now), bracket, now)
            for due, bracket in zip(group, brackets, strict=True)
        )
    entries: list[Section | Row] = []
    for place, rows in enumerate(parts):
        if rows:
            entries.append(Section(_SECTIONS[place], len(rows), _TONES[place]))
            entries += rows
    return entries


def due_detail(due: Due, now: datetime, together_with: int = 0) -> tuple[Paragraph, ...]:
    """One follow-up in full: whose it is, what to do and by when, and why.

    `together_with` is how many others go into the same message.
    """
    until = countdown(due.due_on, due.due_at, now, due.late_until)
    level = due_level(due.due_on, due.due_at, now)
    label = what(due)
    snoozed = ", snoozed" if due.snoozed else ""
    return (
        Paragraph(f"{due.company} — {due.role} · {due.stage}", Tone.STRONG),
        Paragraph(f"{label[:1].upper()}{label[1:]} · {until}{snoozed}", level),
        *([Paragraph(due.reason, lead="Why", lead_tone=Tone.MUTED)] if due.reason else []),
        *([_one_message(due, together_with + 1)] if together_with else []),
    )


def what(due: Due) -> str:
    """What to do; of several in a row, which one it is."""
    return f"{due.label} ({due.nth} of {due.of})" if due.of > 1 else due.label


def nothing_due(following: Due | None, now: datetime) -> Sequence[str]:
    """What the empty list says: that all is well, and when the next one comes."""
    if following is None:
        return ("Nothing is due, and nothing is planned.", "", "f on a card makes a reminder.")
    day = short_day(_day(following, now), now.date())
    return (
        "Nothing is due in the next seven days.",
        "",
        f"The next one: {day}, {following.company}: {what(following)}.",
    )


def _section(due: Due, now: datetime) -> int:
    if due_level(due.due_on, due.due_at, now) is Level.LATE:
        return 0
    return min(max(days_until(due.due_on, due.due_at, now), 0) + 1, len(_SECTIONS) - 1)


def _one_message(due: Due, count: int) -> Paragraph:
    words = f"{due.company}: one message for {count} applications. w writes it, d asks for whom."
    return Paragraph(words, Tone.ACCENT)


def _brackets(count: int) -> Sequence[str]:
    return ("",) if count == 1 else (_FIRST, *(_NEXT,) * (count - 2), _LAST)


def _row(due: Due, section: int, bracket: str, now: datetime) -> Row:
    return Row(
        due.id,
        (
            Cell(_when(due, section, now), _TONES[section]),
            Cell(due.label),
            Cell(f"{bracket}{due.company}", Tone.STRONG),
            Cell(due.role, Tone.MUTED),
            Cell(due.reason, Tone.MUTED),
        ),
    )


def _when(due: Due, section: int, now: datetime) -> str:
    """The countdown in ten columns; a day that is some way off by its name."""
    if section == len(_SECTIONS) - 1:
        return short_day(_day(due, now), now.date())
    return short_countdown(due.due_on, due.due_at, now, due.late_until)


def _day(due: Due, now: datetime) -> date:
    return due.due_on if due.due_at is None else due.due_at.astimezone(now.tzinfo).date()
