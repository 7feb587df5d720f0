"""The lines of reminders that belong to no card."""

from datetime import datetime

from store.model.due_list import Reminder, Title
from store.rules.dates import short_day
from store.rules.text import capital
from store.rules.urgency import Level
from tui.board.headline import FOLLOW_UP, LATE
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Row, Tone
from tui.wording import YOUR_REMINDER

_BELOW = -3 * (1 << 64)
"""Below the keys of all other lines of the list."""


def reminder_key(reminder_id: int) -> int:
    """The key of the line of a reminder that belongs to no card: below those of the postings."""
    return _BELOW - reminder_id


def reminder_row(one: Reminder, title: Title, now: datetime) -> Row:
    """A reminder that belongs to no card as a line."""
    level = one.level(now)
    when = one.short_countdown(now)
    if title is Title.LATER and one.due_on is not None:
        when = short_day(one.due_on, now.date())
    tone: Tone | Level = level if title is Title.TODAY else Tone.MUTED
    if title is Title.TOMORROW:
        tone = Tone.TEXT
    mark = (LATE if level is Level.LATE else FOLLOW_UP) if title is Title.TODAY else ""
    return Row(
        reminder_key(one.id),
        (
            Cell(when, tone),
            Cell(f"{one.text}, {one.again}" if one.every else one.text),
            Cell(""),
            Cell(""),
            Cell(YOUR_REMINDER, Tone.MUTED),
        ),
        wide=True,
        mark=mark,
    )


def reminder_detail(one: Reminder, now: datetime) -> tuple[Paragraph, ...]:
    """A reminder that belongs to no card in full."""
    day = f", {short_day(one.due_on, now.date())}" if one.due_on is not None else ""
    said = f"{capital(one.countdown(now))}{day if one.snoozed or one.level(now) else ''}"
    return (
        Paragraph(one.text, Tone.STRONG),
        Paragraph(said, one.level(now)),
        *([Paragraph(capital(one.again), Tone.MUTED)] if one.again else []),
        Paragraph("Enter: edit it · d: done · z: snooze · Z: drop it", Tone.ACCENT),
    )
