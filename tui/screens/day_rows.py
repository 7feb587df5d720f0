"""The interviews of some days as lines among what is due, and one of them in full."""

from datetime import datetime

from store.model.dossier import Meeting
from store.model.due_list import Appointment, Talk
from store.rules.dates import clock_time, short_day
from store.rules.urgency import Level
from tui.meeting_words import abroad, distance, format_titles, state
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Row, Tone


def key_of(meeting_id: int) -> int:
    """The key of an interview's line: below zero, since follow-ups have those above."""
    return -meeting_id


def talk_row(talk: Talk, now: datetime, *, first: bool = False) -> Row:
    """One interview as a line; `first` says that it is the next one."""
    one, meeting = talk.appointment, talk.appointment.meeting
    over = one.over(now)
    formats = ", ".join(title.lower() for title in format_titles(meeting.formats))
    what = " with ".join(part for part in (formats, meeting.people) if part) or "interview"
    days = (one.day() - now.date()).days
    when = _span(meeting)
    if days == 1 and meeting.starts_at is not None:
        when = f"{short_day(one.day())[:3]} {clock_time(meeting.starts_at)}"
    elif days > 1 and meeting.starts_at is not None:
        when, what = short_day(one.day(), now.date()), f"{clock_time(meeting.starts_at)} {what}"
    tone = Tone.MUTED if over else Level.SOON if first else Tone.TEXT
    return Row(
        key_of(meeting.id),
        (
            Cell(when, tone),
            Cell(what, Tone.MUTED if over else Tone.TEXT),
            Cell(one.company, Tone.MUTED if over else Tone.STRONG),
            Cell(one.role, Tone.MUTED),
            Cell(_remark(talk, now), Tone.MUTED),
        ),
    )


def talk_detail(talk: Talk, now: datetime) -> tuple[Paragraph, ...]:
    """One interview in full: when here and there, in which form, with whom, where, and what is to
    be done once it is over."""
    one, meeting = talk.appointment, talk.appointment.meeting
    there = abroad(meeting, now)
    today = one.day() == now.date()
    day = [] if today else [short_day(one.day(), now.date())]
    span = " ".join([*day, _span(meeting)])
    left = _distance(meeting, now) if today else distance(meeting, now)
    formats = ", ".join(format_titles(meeting.formats))
    after = " · ".join(dict.fromkeys(due.label for due in talk.after))
    lines = (
        ("Form", formats),
        ("With", meeting.people),
        ("At", meeting.place),
        ("After it", after),
    )
    return (
        Paragraph(f"{one.company} — {one.role} · {meeting.called} interview", Tone.STRONG),
        Paragraph(
            ", ".join([span, *([there] if there else []), left]),
            Tone.MUTED if one.over(now) else Level.SOON,
        ),
        *(Paragraph(text, lead=name) for name, text in lines if text),
    )


def _remark(talk: Talk, now: datetime) -> str:
    """Where it is, how far off, and how much is to be done after it."""
    one, meeting = talk.appointment, talk.appointment.meeting
    today = one.day() == now.date()
    where = meeting.place
    if one.over(now) or (today and not where):
        where = _distance(meeting, now)
    after = f"{len(talk.after)} after it" if talk.after else ""
    return " · ".join(part for part in (where, after) if part)


def _span(meeting: Meeting) -> str:
    """ "10:00–10:45": instants of a meeting are at the reader's place already."""
    words = clock_time(meeting.starts_at) if meeting.starts_at else ""
    return f"{words}–{clock_time(meeting.ends_at)}" if meeting.ends_at else words


def _distance(meeting: Meeting, now: datetime) -> str:
    """ "in 2 h", "in 20 min", "now", "over", "did not take place"."""
    if meeting.kept is False:
        return "did not take place"
    if meeting.starts_at is None or meeting.held(now):
        return "over"
    minutes = int((meeting.starts_at.timestamp() - now.timestamp()) // 60)
    if minutes < 0:
        return state(meeting, now)
    return f"in {minutes} min" if minutes < 60 else f"in {minutes // 60} h"


def next_of(talks: list[Appointment], now: datetime) -> int | None:
    """The id of the next interview that is not over."""
    return next((one.meeting.id for one in talks if not one.over(now)), None)
