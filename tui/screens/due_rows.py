"""What is to be done as lines of a list: interviews, today by rank, tomorrow, the days after.

Inquiries that go into one message stand under each other, joined by a bracket (knowledge A.2); a
fold is one line, and opened it has its members below it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from store.model.dossier import Due
from store.model.due_list import WITHDRAWALS, Appointment, Entry, Part, Talk, Title, due_list
from store.rules.dates import short_day
from store.rules.urgency import Level
from tui.screens.day_rows import next_of, talk_row
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

_TONES: dict[Title, Tone | Level] = {
    Title.INTERVIEWS: Level.SOON,
    Title.TODAY: Level.TODAY,
    Title.TOMORROW: Tone.TEXT,
    Title.LATER: Tone.MUTED,
}
_FIRST, _NEXT, _LAST = "╭ ", "│ ", "╰ "
"""The bracket before the company of follow-ups that go into one message."""
_CLOSED, _OPENED = "▸ ", "▾ "
"""Before the words of a fold."""
_BELOW_ALL = -(1 << 64)
"""Below the keys of interviews: no id is that large."""


def fold_key(entry: Entry) -> int:
    """The key of a fold's line."""
    return _BELOW_ALL - entry.dues[0].id


def fold_name(entry: Entry) -> str:
    """What tells a fold apart while it stays open: its kind, and whose it is."""
    employer = entry.dues[0].employer if entry.fold == WITHDRAWALS else ""
    return f"{entry.fold} {employer}"


def due_rows(
    dues: Iterable[Due],
    now: datetime,
    talks: Sequence[Appointment] = (),
    opened: Collection[str] = (),
) -> list[Section | Row]:
    """Interviews and follow-ups in their order, each under the heading of its time.

    Keys are the ids of follow-ups, `key_of` interviews and `fold_key` of folds; `opened` are the
    names of the folds that show their members.
    """
    return list(part_rows(due_list(dues, talks, now), now, opened))


def part_rows(
    parts: Iterable[Part], now: datetime, opened: Collection[str] = ()
) -> Iterator[Section | Row]:
    """The lines of the parts of a list; a fold counts as one, whether it is open or not."""
    parts = tuple(parts)
    talks = [one.appointment for part in parts for one in part.entries if isinstance(one, Talk)]
    ahead = next_of(talks, now)
    for part in parts:
        number = sum(
            1 if isinstance(one, Talk) or one.fold else len(one.dues) for one in part.entries
        )
        yield Section(part.title, number, _TONES[part.title])
        for one in part.entries:
            if isinstance(one, Talk):
                yield talk_row(one, now, first=one.appointment.meeting.id == ahead)
            elif one.fold:
                yield from _fold_rows(one, part.title, now, opened=fold_name(one) in opened)
            else:
                for due, bracket in zip(one.dues, _brackets(len(one.dues)), strict=True):
                    yield _row(due, part.title, bracket, now)


def fold_detail(entry: Entry, now: datetime) -> tuple[Paragraph, ...]:
    """A fold in full: what it is, and whose."""
    first, words = entry.dues[0], entry.words()
    whose = ", ".join(dict.fromkeys(due.company for due in entry.dues))
    if entry.fold == WITHDRAWALS:
        whose = f"{first.company}: {_roles(entry)}"
    return (
        Paragraph(f"{words[:1].upper()}{words[1:]}", first.level(now)),
        Paragraph(whose, Tone.MUTED),
        Paragraph("Enter opens the line · d, z, s: for all of them, one undo", Tone.ACCENT),
    )


def due_detail(due: Due, now: datetime, together_with: int = 0) -> tuple[Paragraph, ...]:
    """One follow-up in full: whose it is, what to do and by when, and why.

    `together_with` is how many others go into the same message.
    """
    until = due.countdown(now)
    level = due.level(now)
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


def _one_message(due: Due, count: int) -> Paragraph:
    words = f"{due.company}: one message for {count} applications. w writes it, d asks for whom."
    return Paragraph(words, Tone.ACCENT)


def _brackets(count: int) -> Sequence[str]:
    return ("",) if count == 1 else (_FIRST, *(_NEXT,) * (count - 2), _LAST)


def _fold_rows(entry: Entry, title: Title, now: datetime, *, opened: bool) -> Iterator[Row]:
    first = entry.dues[0]
    company, role = "", ""
    if entry.fold == WITHDRAWALS:
        company, role = first.company, _roles(entry)
    yield Row(
        fold_key(entry),
        (
            Cell(_when(first, title, now), _tone(first, title, now)),
            Cell(f"{_OPENED if opened else _CLOSED}{entry.words()}"),
            Cell(company, Tone.STRONG),
            Cell(role, Tone.MUTED),
            Cell(first.reason if company else "", Tone.MUTED),
        ),
        wide=True,
    )
    if opened:
        *rest, last = entry.dues
        for due in rest:
            yield _row(due, title, _NEXT, now)
        yield _row(last, title, _LAST, now)


def _roles(entry: Entry) -> str:
    return ", ".join(dict.fromkeys(due.role for due in entry.dues))


def _row(due: Due, title: Title, bracket: str, now: datetime) -> Row:
    return Row(
        due.id,
        (
            Cell(_when(due, title, now), _tone(due, title, now)),
            Cell(due.label),
            Cell(f"{bracket}{due.company}", Tone.STRONG),
            Cell(due.role, Tone.MUTED),
            Cell(due.reason, Tone.MUTED),
        ),
    )


def _tone(due: Due, title: Title, now: datetime) -> Tone | Level:
    return due.level(now) if title is Title.TODAY else _TONES[title]


def _when(due: Due, title: Title, now: datetime) -> str:
    """The countdown in ten columns; a day that is some way off by its name."""
    return (
        short_day(_day(due, now), now.date()) if title is Title.LATER else due.short_countdown(now)
    )


def _day(due: Due, now: datetime) -> date:
    return due.due_on if due.due_at is None else due.due_at.astimezone(now.tzinfo).date()
