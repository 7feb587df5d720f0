"""How the page of what is due puts it: the lines below their headings, each line in full, and what
the empty list says.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from store.model.dossier import Due, InterviewEntry
from store.model.due_list import (
    WITHDRAWALS,
    CardInterview,
    Closing,
    DueClosing,
    DueEntry,
    DueInterview,
    DueItem,
    DuePart,
    DueReminder,
    Reminder,
    Title,
)
from store.rules.dates import clock_time, short_day
from store.rules.followups.shorter import shorter
from store.rules.stages import stage_name
from store.rules.text import as_sentence, capital
from store.rules.urgency import DECIDE, Level
from tui.board.agenda import DAYS_AHEAD
from tui.board.days import DEADLINE, FOLLOW_UP, INTERVIEW, LATE
from tui.pages.today_groups import DueGroup, Grouping, regroup
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Column, Row, Section, Tone
from tui.wording import (
    APPLY_OR_DROP,
    YOUR_REMINDER,
    abroad,
    distance,
    follow_up_title,
    follow_up_words,
    format_titles,
    how_far,
    interview_name,
    not_agreed,
)


def key_of(interview_id: int) -> int:
    """The key of an interview's line: below zero, since follow-ups have those above."""
    return -interview_id


def interview_row(item: DueInterview, now: datetime, *, first: bool = False) -> Row:
    """One interview as a line; `first` says that it is the next one."""
    one, interview = item.card_interview, item.card_interview.interview
    over = one.over(now)
    formats = ", ".join(title.lower() for title in format_titles(interview.formats))
    what = " with ".join(part for part in (formats or "interview", interview.people) if part)
    days = (one.day() - now.date()).days
    when = _span(interview)
    if days == 1 and interview.starts_at is not None:
        when = f"{short_day(one.day())[:3]} {clock_time(interview.starts_at)}"
    elif days > 1 and interview.starts_at is not None:
        when, what = short_day(one.day(), now.date()), f"{clock_time(interview.starts_at)} {what}"
    tone = Tone.MUTED if over else Level.SOON if first else Tone.TEXT
    return Row(
        key_of(interview.id),
        (
            Cell(when, tone),
            Cell(what, Tone.MUTED if over else Tone.TEXT),
            Cell(one.company, Tone.MUTED if over else Tone.STRONG),
            Cell(one.role, Tone.MUTED),
            Cell(_remark(item, now), Tone.MUTED, whole=True),
        ),
        mark=INTERVIEW,
        mark_tone=Tone.MUTED if over else Level.SOON,
    )


def interview_detail(item: DueInterview, now: datetime) -> tuple[Paragraph, ...]:
    """One interview in full: when here and there, in which form, with whom, where, and what is to
    be done once it is over."""
    one, interview = item.card_interview, item.card_interview.interview
    there = abroad(interview, now)
    today = one.day() == now.date()
    day = [] if today else [short_day(one.day(), now.date())]
    span = " ".join([*day, _span(interview)])
    left = how_far(interview, now) if today else distance(interview, now)
    formats = ", ".join(format_titles(interview.formats))
    after = " · ".join(dict.fromkeys(due.label for due in item.after))
    what = f"{interview_name(interview)}{not_agreed(interview, now)}"
    lines = (
        ("Format", formats),
        ("With", interview.people),
        ("At", interview.place),
        ("After it", after),
    )
    return (
        Paragraph(f"{one.company} — {one.role} · {what}", Tone.STRONG),
        Paragraph(
            ", ".join([span, *([there] if there else []), left]),
            Tone.MUTED if one.over(now) else Level.SOON,
        ),
        *(Paragraph(text, lead=name) for name, text in lines if text),
    )


def _remark(item: DueInterview, now: datetime) -> str:
    """Where it is, how far off, and how much is to be done after it."""
    one, interview = item.card_interview, item.card_interview.interview
    today = one.day() == now.date()
    where = interview.place
    if one.over(now) or (today and not where):
        where = how_far(interview, now)
    after = f"{len(item.after)} after it" if item.after else ""
    return " · ".join(part for part in (where, after) if part)


def _span(interview: InterviewEntry) -> str:
    """ "10:00–10:45": instants of an interview are at the reader's place already."""
    words = clock_time(interview.starts_at) if interview.starts_at else ""
    return f"{words}–{clock_time(interview.ends_at)}" if interview.ends_at else words


def next_interview(interviews: list[CardInterview], now: datetime) -> int | None:
    """The id of the next interview that is not over."""
    return next((one.interview.id for one in interviews if not one.over(now)), None)


COLUMNS = (
    Column(8, most=15),
    Column(40, most=46, more=30, yields=True),
    Column(8, most=24),
    Column(12, most=28, turn=1),
    Column(20, most=38, more=60, turn=2),
)
"""Countdown, what to do, company, role, reason. On a narrow list the role gives way first, then
the reason, then the company. What to do has short words where the long ones do not fit, so that
each column of a list begins at one place."""

_TONES: dict[Title, Tone | Level] = {
    Title.INTERVIEWS: Level.SOON,
    Title.LATE: Level.LATE,
    Title.TODAY: Level.TODAY,
    Title.TOMORROW: Tone.TEXT,
    Title.LATER: Tone.MUTED,
    Title.NO_DATE: Tone.MUTED,
}
_NOW = (Title.LATE, Title.TODAY)
"""The parts whose lines are as urgent as each of them is."""
_FIRST, _NEXT, _LAST = "╭ ", "│ ", "╰ "
"""The bracket before the company of follow-ups that go into one message."""
ONE_MESSAGE = "╭ ╰ go into one message"
"""What the bracket means, said below the list while there is one."""
_CLOSED, _OPENED = "▸ ", "▾ "
"""Before the words of a fold."""
_BELOW_ALL = -(1 << 64)
"""Below the keys of interviews: no id is that large."""


def fold_key(entry: DueEntry) -> int:
    return _BELOW_ALL - entry.dues[0].id


def closing_key(posting_id: int) -> int:
    """The key of a posting's line: below those of the folds."""
    return 2 * _BELOW_ALL - posting_id


def closing_row(one: Closing, now: datetime) -> Row:
    """A posting that closes as a line."""
    level = one.level(now)
    when = one.words(now).removeprefix("closes ")
    return Row(
        closing_key(one.id),
        (
            Cell(when, level if level is Level.TODAY else Tone.MUTED),
            Cell(APPLY_OR_DROP),
            Cell(one.company, Tone.STRONG),
            Cell(one.role, Tone.MUTED),
            Cell(f"closes {short_day(one.closing_on, now.date())}", Tone.MUTED),
        ),
    )


def closing_detail(one: Closing, now: datetime) -> tuple[Paragraph, ...]:
    """A posting that closes in full: what it is, and what becomes of it."""
    return (
        Paragraph(f"{one.company} — {one.role} · on the shelf", Tone.STRONG),
        Paragraph(
            f"{capital(one.words(now))}: {short_day(one.closing_on, now.date())}", one.level(now)
        ),
        *([Paragraph(one.url, Tone.MUTED)] if one.url else []),
        Paragraph("Enter shows it on the shelf, where a makes an application of it", Tone.ACCENT),
    )


def reminder_key(reminder_id: int) -> int:
    """The key of the line of a reminder that belongs to no card: below those of the postings."""
    return 3 * _BELOW_ALL - reminder_id


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


def fold_name(entry: DueEntry) -> str:
    """What tells a fold apart while it stays open: its kind, and whose it is."""
    employer = entry.dues[0].employer if entry.fold == WITHDRAWALS else ""
    return f"{entry.fold} {employer}"


def first_on(listed: Iterable[DueItem], day: date, now: datetime) -> int | None:
    """The key of the first line for `day`, else for the next one that has any."""
    keys = []
    for place, one in enumerate(listed):
        if isinstance(one, DueInterview):
            keys.append((one.card_interview.day(), place, key_of(one.card_interview.interview.id)))
        elif isinstance(one, DueClosing):
            keys.append((one.posting.closing_on, place, closing_key(one.posting.id)))
        elif isinstance(one, DueReminder):
            on = one.reminder.due_on or date.max
            keys.append((on, place, reminder_key(one.reminder.id)))
        else:
            first = one.dues[0]
            keys.append((_day(first, now), place, fold_key(one) if one.fold else first.id))
    return next((key for on, _, key in sorted(keys) if on >= day), None)


def part_rows(
    parts: Iterable[DuePart],
    now: datetime,
    opened: Collection[str] = (),
    days: int = DAYS_AHEAD,
    by: Grouping = Grouping.DAY,
) -> Iterator[Section | Row]:
    """The lines of the parts of a list that reaches `days` days beyond today; a fold counts as
    one, whether it is open or not. Grouped otherwise than by day, each line tells its own day."""
    parts = tuple(parts)
    interviews = [
        one.card_interview
        for part in parts
        for one in part.entries
        if isinstance(one, DueInterview)
    ]
    ahead = next_interview(interviews, now)
    if by is Grouping.DAY:
        for part in parts:
            longer = part.title is Title.LATER and days > DAYS_AHEAD
            title = f"Next {days} days" if longer else part.title
            yield Section(title, _count(part.entries), _TONES[part.title])
            for one in part.entries:
                yield from _entry_rows(one, part.title, now, opened, ahead)
        return
    for heading in regroup(parts, by):
        role = _only_role(heading) if by is Grouping.EMPLOYER else ""
        whose = f"{heading.title} — {role}" if role else heading.title
        yield Section(whose, _count(one for _, one in heading.entries))
        for title, one in heading.entries:
            for row in _entry_rows(one, title, now, opened, ahead):
                yield _of_employer(row, role) if by is Grouping.EMPLOYER else row


def _only_role(heading: DueGroup) -> str:
    """The role that all lines below an employer are about; "" where there are several."""
    roles: set[str] = set()
    for _, one in heading.entries:
        if isinstance(one, DueInterview):
            roles.add(one.card_interview.role)
        elif isinstance(one, DueClosing):
            roles.add(one.posting.role)
        elif isinstance(one, DueReminder):
            roles.add("")
        else:
            roles.update(due.role for due in one.dues)
    return roles.pop() if len(roles) == 1 else ""


def _count(entries: Iterable[DueItem]) -> int:
    return sum(
        len(one.dues) if isinstance(one, DueEntry) and not one.fold else 1 for one in entries
    )


def _entry_rows(
    one: DueItem,
    title: Title,
    now: datetime,
    opened: Collection[str],
    ahead: int | None,
) -> Iterator[Row]:
    """The line of an interview or a follow-up, of all in one message, or of a fold."""
    if isinstance(one, DueInterview):
        yield interview_row(one, now, first=one.card_interview.interview.id == ahead)
    elif isinstance(one, DueClosing):
        yield closing_row(one.posting, now)
    elif isinstance(one, DueReminder):
        yield reminder_row(one.reminder, title, now)
    elif one.fold:
        yield from _fold_rows(one, title, now, opened=fold_name(one) in opened)
    else:
        for due, bracket in zip(one.dues, _brackets(len(one.dues)), strict=True):
            yield _row(due, title, bracket, now)


def _of_employer(row: Row, only_role: str) -> Row:
    """A line below the name of its employer, which it need not tell, nor the only role there.

    Brackets go to its role.
    """
    when, what, company, role, reason = row.cells
    bracket = company.text[: len(_FIRST)] if company.text.startswith((_FIRST, _NEXT, _LAST)) else ""
    role = role._replace(text=bracket + ("" if only_role else role.text))
    return row._replace(cells=(when, what, company._replace(text=""), role, reason))


def fold_detail(entry: DueEntry, now: datetime) -> tuple[Paragraph, ...]:
    """A fold in full: what it is, and whose."""
    first, words = entry.dues[0], entry.words()
    whose = ", ".join(dict.fromkeys(due.company for due in entry.dues))
    if entry.fold == WITHDRAWALS:
        whose = f"{first.company}: {_roles(entry)}"
    return (
        Paragraph(f"{words[:1].upper()}{words[1:]}", first.level(now)),
        Paragraph(whose, Tone.MUTED),
        Paragraph("Enter opens the line · d, z, Z: for all of them, one undo", Tone.ACCENT),
    )


def due_detail(due: Due, now: datetime, together_with: int = 0) -> tuple[Paragraph, ...]:
    """One follow-up in full: whose it is, what to do and by when, and why.

    `together_with` is how many others go into the same message.
    """
    return (
        Paragraph(follow_up_title(due, now), due.level(now)),
        Paragraph(f"{due.company} — {due.role} · {stage_name(due.stage)}", Tone.STRONG),
        *([Paragraph(due.reason, lead="Why", lead_tone=Tone.MUTED)] if due.reason else []),
        *([_one_message(due, together_with + 1)] if together_with else []),
    )


def explain_empty(following: Due | None, now: datetime) -> Sequence[str]:
    """What the empty list says: that all is well, and when the next one comes."""
    if following is None:
        return ("Nothing due and nothing planned.", "", "Press f on a card to add a reminder.")
    day = short_day(following.day(now.tzinfo), now.date())
    return (
        "Nothing due in the next 7 days.",
        "",
        as_sentence(f"Next: {day}, {following.company}: {follow_up_words(following)}"),
    )


def _one_message(due: Due, count: int) -> Paragraph:
    words = (
        f"{due.company}: one message for {count} applications. "
        "Press w to write it, d to mark it as done."
    )
    return Paragraph(words, Tone.ACCENT)


def begins_bracket(line: Section | Row) -> bool:
    """Whether it is the first of several follow-ups that go into one message."""
    return isinstance(line, Row) and any(cell.text.startswith(_FIRST) for cell in line.cells)


def _brackets(count: int) -> Sequence[str]:
    return ("",) if count == 1 else (_FIRST, *(_NEXT,) * (count - 2), _LAST)


def _fold_rows(entry: DueEntry, title: Title, now: datetime, *, opened: bool) -> Iterator[Row]:
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
            Cell(first.reason if company else "", Tone.MUTED, whole=True),
        ),
        wide=True,
        mark=_mark(first, title, now),
    )
    if opened:
        *rest, last = entry.dues
        for due in rest:
            yield _row(due, title, _NEXT, now)
        yield _row(last, title, _LAST, now)


def _roles(entry: DueEntry) -> str:
    return ", ".join(dict.fromkeys(due.role for due in entry.dues))


def _row(due: Due, title: Title, bracket: str, now: datetime) -> Row:
    return Row(
        due.id,
        (
            Cell(_when(due, title, now), _tone(due, title, now)),
            Cell(due.label, short="" if due.own else shorter(due.label)),
            Cell(f"{bracket}{due.company}", Tone.STRONG),
            Cell(due.role, Tone.MUTED),
            Cell(due.reason, Tone.MUTED, whole=True),
        ),
        mark=_mark(due, title, now),
        mark_tone=min(due.level(now), Level.SOON) if due.action == DECIDE else None,
    )


def _mark(due: Due, title: Title, now: datetime) -> str:
    """The sign of the strip of days: for a deadline, and for what is late or due today."""
    if due.action == DECIDE:
        return DEADLINE
    if title not in _NOW:
        return ""
    return LATE if due.level(now) is Level.LATE else FOLLOW_UP


def _tone(due: Due, title: Title, now: datetime) -> Tone | Level:
    return due.level(now) if title in _NOW else _TONES[title]


def _when(due: Due, title: Title, now: datetime) -> str:
    """The countdown in ten columns; of what is to come the day, and for tomorrow the hour, as
    interviews have it."""
    if title is Title.LATER:
        return short_day(_day(due, now), now.date())
    if title is Title.TOMORROW and due.due_at is not None:
        day = short_day(_day(due, now))[:3]
        return f"{day} {clock_time(due.due_at.astimezone(now.tzinfo))}"
    return due.short_countdown(now)


def _day(due: Due, now: datetime) -> date:
    """The day to which its countdown runs."""
    day, at = due.countdown_target(now)
    return day if at is None else at.astimezone(now.tzinfo).date()
