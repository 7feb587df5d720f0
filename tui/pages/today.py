"""What is late, due today and in the coming days, with the interviews: what to do now, and why."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.board import Written
from store.model.dossier import Card, Due, InterviewEntry
from store.model.due_list import (
    IMPORTED,
    SILENT,
    WITHDRAWALS,
    Appointment,
    Closing,
    DueClosing,
    DueEntry,
    DueInterview,
    DueItem,
    DuePart,
    DueReminder,
    Reminder,
    Title,
    due_list,
)
from store.read.glance import Glance, closings_on, interviews_on
from store.read.weekly.goals import read_goals_now
from store.read.weekly.reminders import reminders_on
from store.rules.dates import clock_time, short_day
from store.rules.followups.shorter import shorter
from store.rules.stages import stage_name
from store.rules.text import capital, ended
from store.rules.urgency import DECIDE, Level
from store.rules.weekly.goals import Goal
from tui.actions.applications import done, skip, snooze
from tui.actions.many import ask_until
from tui.actions.week import drop_reminder, edit_reminder, finish_reminder, snooze_reminder
from tui.board.agenda import Agenda
from tui.board.headline import DAYS_AHEAD, DEADLINE, FOLLOW_UP, INTERVIEW, LATE, Headline
from tui.conversation import Conversation
from tui.pages.own_reminders import reminder_detail, reminder_key, reminder_row
from tui.pages.page import ListPage, read_cards
from tui.pages.today_groups import DueGroup, Grouping, regroup
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone
from tui.wording import (
    APPLY_OR_DROP,
    abroad,
    distance,
    follow_up_title,
    follow_up_words,
    format_titles,
    goals_line,
    how_far,
    interview_name,
    not_agreed,
)


def key_of(interview_id: int) -> int:
    """The key of an interview's line: below zero, since follow-ups have those above."""
    return -interview_id


def interview_row(talk: DueInterview, now: datetime, *, first: bool = False) -> Row:
    """One interview as a line; `first` says that it is the next one."""
    one, interview = talk.appointment, talk.appointment.interview
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
            Cell(_remark(talk, now), Tone.MUTED, whole=True),
        ),
        mark=INTERVIEW,
        mark_tone=Tone.MUTED if over else Level.SOON,
    )


def interview_detail(talk: DueInterview, now: datetime) -> tuple[Paragraph, ...]:
    """One interview in full: when here and there, in which form, with whom, where, and what is to
    be done once it is over."""
    one, interview = talk.appointment, talk.appointment.interview
    there = abroad(interview, now)
    today = one.day() == now.date()
    day = [] if today else [short_day(one.day(), now.date())]
    span = " ".join([*day, _span(interview)])
    left = how_far(interview, now) if today else distance(interview, now)
    formats = ", ".join(format_titles(interview.formats))
    after = " · ".join(dict.fromkeys(due.label for due in talk.after))
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


def _remark(talk: DueInterview, now: datetime) -> str:
    """Where it is, how far off, and how much is to be done after it."""
    one, interview = talk.appointment, talk.appointment.interview
    today = one.day() == now.date()
    where = interview.place
    if one.over(now) or (today and not where):
        where = how_far(interview, now)
    after = f"{len(talk.after)} after it" if talk.after else ""
    return " · ".join(part for part in (where, after) if part)


def _span(interview: InterviewEntry) -> str:
    """ "10:00–10:45": instants of an interview are at the reader's place already."""
    words = clock_time(interview.starts_at) if interview.starts_at else ""
    return f"{words}–{clock_time(interview.ends_at)}" if interview.ends_at else words


def next_interview(talks: list[Appointment], now: datetime) -> int | None:
    """The id of the next interview that is not over."""
    return next((one.interview.id for one in talks if not one.over(now)), None)


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
_CLOSED, _OPENED = "▸ ", "▾ "
"""Before the words of a fold."""
_SORTED = "what costs most to miss comes first"
_OF_NO_CARD = "This reminder belongs to no card. Press Enter to edit it."
_ON_THE_SHELF = "This is a posting. Press Enter to see it on the shelf."
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
    return Row(
        closing_key(one.id),
        (
            Cell(one.words(now), level if level is Level.TODAY else Tone.MUTED),
            Cell(APPLY_OR_DROP),
            Cell(one.company, Tone.STRONG),
            Cell(one.role, Tone.MUTED),
            Cell(""),
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


def fold_name(entry: DueEntry) -> str:
    """What tells a fold apart while it stays open: its kind, and whose it is."""
    employer = entry.dues[0].employer if entry.fold == WITHDRAWALS else ""
    return f"{entry.fold} {employer}"


def first_on(listed: Iterable[DueItem], day: date, now: datetime) -> int | None:
    """The key of the first line for `day`, else for the next one that has any."""
    keys = []
    for place, one in enumerate(listed):
        if isinstance(one, DueInterview):
            keys.append((one.appointment.day(), place, key_of(one.appointment.interview.id)))
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
    talks = [
        one.appointment for part in parts for one in part.entries if isinstance(one, DueInterview)
    ]
    ahead = next_interview(talks, now)
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
            roles.add(one.appointment.role)
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
        yield interview_row(one, now, first=one.appointment.interview.id == ahead)
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
        ended(f"Next: {day}, {following.company}: {follow_up_words(following)}"),
    )


def _one_message(due: Due, count: int) -> Paragraph:
    words = (
        f"{due.company}: one message for {count} applications. "
        "Press w to write it, d to mark it as done."
    )
    return Paragraph(words, Tone.ACCENT)


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


Group = tuple[Due, ...]
"""The follow-ups that go into one message."""
OnOne = Callable[[Conversation], None]
OnAll = Callable[[DueEntry], None]


class _Found(NamedTuple):
    """What the screen shows: interviews, follow-ups, the first one after them, cards by id."""

    talks: tuple[Appointment, ...] = ()
    dues: tuple[Due, ...] = ()
    following: Due | None = None
    cards: Mapping[int, Card] = {}
    closings: tuple[Closing, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    goals: tuple[Goal, ...] = ()


class TodayScreen(ListPage[int | None], where="today"):
    """The interviews of today, what is late, and the follow-ups and interviews of today, tomorrow
    and the days after; what is late or for today by rank.

    Follow-ups that go into one message are done, put off and skipped together, or one by one;
    those of a fold together, or one by one once it is open.
    Left with the id of the application to jump to, or with None.

    Args:
        day: the day to begin at; one beyond the coming week is listed too, with those before it.
    """

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self._begin_at = day
        """The day to put the cursor on, until the list is shown."""
        self._last = day
        self._found = _Found()
        self._due: dict[int, Due] = {}
        self._talks: dict[int, DueInterview] = {}
        self._folds: dict[int, DueEntry] = {}
        self._closings: dict[int, Closing] = {}
        self._reminders: dict[int, Reminder] = {}
        self._by = Grouping.DAY
        self._opened: set[str] = set()
        """The names of the folds that show their members."""
        self._groups: dict[int, Group] = {}
        """For each follow-up those that go into one message with it, itself among them."""
        self._gone: set[int] = set()
        """Follow-ups, and the lines of reminders, just done or skipped, whose writing has not been
        answered yet."""

    def parts(self) -> ComposeResult:
        yield Headline()
        yield Rows(COLUMNS, id="due")
        yield Paragraphs(id="why")

    def ready(self) -> None:
        super().ready()
        self._entitle()

    def _entitle(self) -> None:
        by = "" if self._by is Grouping.DAY else f" by {self._by}"
        self.query_one("#due").border_title = Content(f"Due{by}")

    def subject(self) -> Card | None:
        if (talk := self.subject_interview()) is not None:
            return self._found.cards.get(talk.appointment.application_id)
        due = self.subject_follow_up()
        return self._found.cards.get(due.application_id) if due is not None else None

    def subject_follow_up(self) -> Due | None:
        return self.under_cursor(self._due)

    def subject_fold(self) -> DueEntry | None:
        """The fold whose line is under the cursor."""
        return self.under_cursor(self._folds)

    def subject_posting(self) -> Closing | None:
        """The posting under the cursor."""
        return self.under_cursor(self._closings)

    def subject_reminder(self) -> Reminder | None:
        """The reminder that belongs to no card, under the cursor."""
        return self.under_cursor(self._reminders)

    def no_subject(self) -> str:
        if self.subject_reminder() is not None:
            return _OF_NO_CARD
        if self.subject_posting() is not None:
            return _ON_THE_SHELF
        if (fold := self.subject_fold()) is None:
            return super().no_subject()
        return f"These are {len(fold.dues)} applications. Press Enter to open the line."

    def line_of(self, written: Written) -> int | None:
        """The line of the follow-up, or of the fold that holds it; the line of the application
        where it was about something else."""
        meant = [id_ for id_ in written.follow_ups if id_ in self._due]
        if not meant and written.about is not None:
            meant = [id_ for id_, due in self._due.items() if due.application_id == written.about]
        rows = {row.key for row in self.query_one(Rows).rows}
        for id_ in meant:
            if id_ in rows:
                return id_
            for key, fold in self._folds.items():
                if id_ in (due.id for due in fold.dues):
                    return key
        return None

    def subject_interview(self) -> DueInterview | None:
        """The interview under the cursor."""
        return self.under_cursor(self._talks)

    async def reload(self) -> None:
        days = self._days_ahead()
        self._found = await self.rounds.desk.read(lambda glance: _find(glance, days))
        if not self.rounds.desk.writes_waiting:
            self._gone.clear()
        self._due = {due.id: due for due in self._found.dues}
        self.draw()

    def _days_ahead(self) -> int:
        """How many days after today are listed: a week, or up to the day that was asked for."""
        today = self.rounds.now().date()
        return max(DAYS_AHEAD, (self._last - today).days if self._last is not None else 0)

    def draw(self) -> None:
        now = self.rounds.now()
        dues = [due for due in self._found.dues if due.id not in self._gone]
        closings, every = self._found.closings, self._found.reminders
        reminders = [one for one in every if reminder_key(one.id) not in self._gone]
        parts = due_list(dues, self._found.talks, now, closings, reminders)
        self._reminders = {reminder_key(one.id): one for one in reminders}
        self._closings = {closing_key(one.id): one for one in closings}
        listed = [one for part in parts for one in part.entries]
        entries = [one for one in listed if isinstance(one, DueEntry)]
        self._groups = {due.id: one.dues for one in entries if not one.fold for due in one.dues}
        self._folds = {fold_key(one): one for one in entries if one.fold}
        talks = (one for one in listed if isinstance(one, DueInterview))
        self._talks = {key_of(talk.appointment.interview.id): talk for talk in talks}
        hint = explain_empty(self._found.following, now)
        rows = list(part_rows(parts, now, self._opened, days=self._days_ahead(), by=self._by))
        at = first_on(listed, self._begin_at, now) if self._begin_at is not None else None
        self._begin_at = None
        lines = self.query_one(Rows)
        lines.show(rows, at=at, hint=hint)
        lines.border_subtitle = Content(goals_line(self._found.goals) or (_SORTED if rows else ""))
        self.query_one(Headline).show(
            short_day(now.date(), now.date()),
            Agenda(dues, now, closings, reminders).tally,
        )
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        talk, due, now = self.subject_interview(), self.subject_follow_up(), self.rounds.now()
        fold, detail = self.subject_fold(), self.query_one(Paragraphs)
        posting, reminder = self.subject_posting(), self.subject_reminder()
        detail.display = (talk or due or fold or posting or reminder) is not None
        words: tuple[Paragraph, ...] = ()
        if talk is not None:
            words = interview_detail(talk, now)
        elif posting is not None:
            words = closing_detail(posting, now)
        elif reminder is not None:
            words = reminder_detail(reminder, now)
        elif fold is not None:
            words = fold_detail(fold, now)
        elif due is not None:
            words = due_detail(due, now, len(self._group(due)) - 1)
        # Whose it is, is the title of the box; of a fold, what it is.
        title = next((line for line in words if line.tone is Tone.STRONG), *words[:1] or (None,))
        detail.border_title = Content(title.text if title is not None else "")
        detail.show(*(line for line in words if line is not title))

    @on(Rows.Chosen)
    def action_jump(self) -> None:
        """To the card on the board; to the dossier of one that is not on it any more, to the shelf
        for a posting. A fold opens or closes; a reminder of no card is edited."""
        if (fold := self.subject_fold()) is not None:
            self._opened ^= {fold_name(fold)}
            self.draw()
            return
        if (posting := self.subject_posting()) is not None:
            self.rounds.open("shelf", posting.id)
            return
        if (reminder := self.subject_reminder()) is not None:
            edit_reminder(self.conversation, reminder)
            return
        card = self.subject()
        if card is None:
            return
        if card.outcome is None:
            self.dismiss(card.id)
        else:
            self.rounds.open("dossier", card.id)

    def action_group(self) -> None:
        """Under the next kind of headings: days, employers, kinds of actions."""
        self._by = self._by.next_one()
        self._entitle()
        self.draw()

    def action_done(self) -> None:
        """The follow-up is done, or all of its message or fold."""
        self._act_on("Done", done, self._complete_all)

    def action_skip(self) -> None:
        """Never raise it again."""
        self._act_on("Skip", skip, self._skip_all)

    def action_snooze(self) -> None:
        self._act_on("Snooze", snooze, self._snooze_all, leaves=False)

    def _act_on(self, verb: str, on_one: OnOne, every: OnAll, *, leaves: bool = True) -> None:
        """Do something with the follow-up under the cursor, or with all of its message."""

        def one() -> None:
            on_one(self.conversation)

        if self.subject_interview() is not None:
            self.rounds.say("This is an interview. Press b to write its debrief or I to change it.")
            return
        if self.subject_posting() is not None:
            self.rounds.say(_ON_THE_SHELF)
            return
        if (reminder := self.subject_reminder()) is not None:
            _ON_REMINDER[verb](self.conversation, reminder)
            if leaves:
                self._gone.add(reminder_key(reminder.id))
                self.draw()
            return
        if (fold := self.subject_fold()) is not None:
            self._let_go(lambda: every(fold), fold.dues if leaves else ())
            return
        due = self.subject_follow_up()
        group = DueEntry(self._group(due)) if due is not None else DueEntry(())
        if due is None or len(group.dues) == 1:
            self._let_go(one, group.dues if leaves else ())
            return

        async def ask() -> None:
            from tui.dialogs.pickers import TogetherPicker

            picker = TogetherPicker(verb, due.company, f"{due.role}: {due.label}", len(group.dues))
            together = await self.rounds.push_screen_wait(picker)
            if together is not None:
                action = (lambda: every(group)) if together else one
                meant = group.dues if together else (due,)
                self._let_go(action, meant if leaves else ())

        self.conversation.run(ask())

    def _complete_all(self, entry: DueEntry) -> None:
        ids, told = [due.id for due in entry.dues], _say_done("Done", entry)
        self.conversation.write(lambda p: p.complete_all(ids), told=told)

    def _skip_all(self, entry: DueEntry) -> None:
        ids, told = [due.id for due in entry.dues], _say_done("Skipped", entry)
        self.conversation.write(lambda p: p.skip_all(ids), told=told)

    def _snooze_all(self, entry: DueEntry) -> None:
        ids = [due.id for due in entry.dues]
        ask_until(
            self.conversation,
            _whose(entry),
            entry.dues,
            lambda day: lambda p: p.snooze_all(ids, day),
        )

    def _let_go(self, action: Callable[[], None], dues: Iterable[Due]) -> None:
        """Take the lines away at once, so that a key pressed twice means two lines."""
        action()
        gone = {due.id for due in dues}
        if gone:
            self._gone |= gone
            self.draw()

    def _group(self, due: Due) -> Group:
        return self._groups.get(due.id, (due,))


_ON_REMINDER: Mapping[str, Callable[[Conversation, Reminder], None]] = {
    "Done": finish_reminder,
    "Skip": drop_reminder,
    "Snooze": snooze_reminder,
}
"""What a key does with a reminder that belongs to no card."""


def _say_done(verb: str, entry: DueEntry) -> str:
    if entry.fold == SILENT and verb == "Done":
        verb = "Closed as withdrawn"
    return f"{ended(f'{verb}: {_whose(entry)}')} u undoes it."


def _whose(entry: DueEntry) -> str:
    count = len(entry.dues)
    if entry.fold in (IMPORTED, SILENT):
        return f"{count:,} {entry.fold} applications"
    return f"{count} follow-ups at {entry.dues[0].company}"


def _find(glance: Glance, days: int) -> _Found:
    dues = glance.due(days=days)
    talks = interviews_on(glance, glance.clock.now().date(), days)
    ids = {due.application_id for due in dues} | {talk.application_id for talk in talks}
    following = glance.next_due() if not dues else None
    closings = closings_on(glance, glance.clock.now().date(), days)
    return _Found(
        talks,
        dues,
        following,
        read_cards(glance, ids),
        closings,
        reminders_on(glance, glance.clock.now().date(), days),
        read_goals_now(glance),
    )
