"""The interviews of today as lines above what is due, and one of them in full."""

from collections.abc import Sequence
from datetime import datetime

from store.card import Meeting
from store.day import Appointment
from store.rules.dates import clock_time
from store.rules.urgency import Level
from tui.meeting_words import abroad, format_titles, state
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Row, Section, Tone

_TITLE = "Interviews"


def key_of(meeting_id: int) -> int:
    """The key of an interview's line: below zero, since follow-ups have those above."""
    return -meeting_id


def day_rows(appointments: Sequence[Appointment], now: datetime) -> list[Section | Row]:
    """The interviews under a heading, the next one marked; nothing where there are none."""
    if not appointments:
        return []
    ahead = next((a for a in appointments if not _over(a.meeting, now)), None)
    rows = [_row(one, now, one is ahead) for one in appointments]
    return [Section(_TITLE, len(rows), Level.SOON), *rows]


def day_detail(appointment: Appointment, now: datetime) -> tuple[Paragraph, ...]:
    """One interview in full: when here and there, in which form, with whom, where."""
    meeting = appointment.meeting
    there = abroad(meeting, now)
    when = ", ".join([_span(meeting), *([there] if there else []), _distance(meeting, now)])
    formats = ", ".join(format_titles(meeting.formats))
    lines = (("Form", formats), ("With", meeting.people), ("At", meeting.place))
    over = _over(meeting, now)
    return (
        Paragraph(
            f"{appointment.company} — {appointment.role} · {meeting.called} interview", Tone.STRONG
        ),
        Paragraph(when, Tone.MUTED if over else Level.SOON),
        *(Paragraph(text, lead=name) for name, text in lines if text),
    )


def _row(one: Appointment, now: datetime, ahead: bool) -> Row:
    meeting = one.meeting
    over = _over(meeting, now)
    formats = ", ".join(title.lower() for title in format_titles(meeting.formats))
    where = _distance(meeting, now) if over or not meeting.place else meeting.place
    what = " with ".join(part for part in (formats, meeting.people) if part)
    return Row(
        key_of(meeting.id),
        (
            Cell(_span(meeting), Tone.MUTED if over else Level.SOON if ahead else Tone.TEXT),
            Cell(what or "interview", Tone.MUTED if over else Tone.TEXT),
            Cell(one.company, Tone.MUTED if over else Tone.STRONG),
            Cell(one.role, Tone.MUTED),
            Cell(where, Tone.MUTED),
        ),
    )


def _span(meeting: Meeting) -> str:
    """ "10:00–10:45": instants of a meeting are at the reader's place already."""
    words = clock_time(meeting.starts_at) if meeting.starts_at else ""
    return f"{words}–{clock_time(meeting.ends_at)}" if meeting.ends_at else words


def _distance(meeting: Meeting, now: datetime) -> str:
    """ "in 2 h", "in 20 min", "now", "over", "did not take place"."""
    if meeting.kept is False:
        return "did not take place"
    if meeting.starts_at is None or _over(meeting, now):
        return "over"
    minutes = int((meeting.starts_at.timestamp() - now.timestamp()) // 60)
    if minutes < 0:
        return state(meeting, now)
    return f"in {minutes} min" if minutes < 60 else f"in {minutes // 60} h"


def _over(meeting: Meeting, now: datetime) -> bool:
    return meeting.kept is False or meeting.held(now)
