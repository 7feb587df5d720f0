"""What is to be done as the parts of a list: the same for the screen and the command line.

Pure: everything comes in as plain values, `now` included (aware, in the user's zone).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from store.model.board import Due, InterviewEntry
from store.rules.dates import countdown, days_until, short_countdown
from store.rules.followups.actions import IMPORTED as IMPORTED
from store.rules.followups.actions import SILENT as SILENT
from store.rules.followups.together import together
from store.rules.shelf import closing_level, closing_words, posting_number
from store.rules.urgency import Level, due_level

NO_DATE = "no date"
"""When something is to be done that has no day."""
WITHDRAWALS = "withdraw"
"""The fold of several withdrawals at one employer: one message, one line."""


class CardInterview(NamedTuple):
    """An interview with the application that it belongs to."""

    application_id: int
    company: str
    role: str
    open: bool
    """Whether the application is still open."""
    interview: InterviewEntry
    employer: str = ""
    """The key of the employer."""

    def day(self) -> date:
        """The day on which it begins, at the reader's place."""
        assert self.interview.starts_at is not None
        return self.interview.starts_at.date()

    def over(self, now: datetime) -> bool:
        """Whether nothing is ahead of it any more: it ended, or it did not take place."""
        return self.interview.kept is False or self.interview.was_held(now)


class Closing(NamedTuple):
    """A posting on the shelf that closes: it is to be answered by then, or dropped."""

    id: int
    company: str
    role: str
    closing_on: date
    url: str = ""

    @property
    def number(self) -> str:
        """Its number as shown: see `posting_number`."""
        return posting_number(self.id)

    def level(self, now: datetime) -> Level:
        """TODAY or COMING."""
        return closing_level(self.closing_on, now.date())

    def words(self, now: datetime) -> str:
        """When it closes: "closes in 2 d"."""
        return closing_words(self.closing_on, now.date())


class Reminder(NamedTuple):
    """Something to do that no application is about."""

    id: int
    text: str
    due_on: date | None
    """The day to do it: the day it was snoozed to, if it was; None for one without a day."""
    every: str = ""
    """How often it comes again, by the names of `store.rules.weekly.reminders`."""
    snoozed: bool = False

    @property
    def number(self) -> str:
        """Its number as shown: see `reminder_number`."""
        from store.rules.weekly.reminders import reminder_number  # few boards have any

        return reminder_number(self.id)

    def level(self, now: datetime) -> Level:
        """LATE, TODAY or COMING; without a day it is never more than COMING."""
        return Level.COMING if self.due_on is None else due_level(self.due_on, None, now)

    def countdown(self, now: datetime) -> str:
        """How long there is, or how late it is, in words."""
        return NO_DATE if self.due_on is None else countdown(self.due_on, None, now)

    def short_countdown(self, now: datetime) -> str:
        """`countdown` in at most ten columns."""
        return NO_DATE if self.due_on is None else short_countdown(self.due_on, None, now)

    @property
    def again(self) -> str:
        """How often it comes, in words: "every week"; "" for once."""
        from store.rules.weekly.reminders import every_words

        return every_words(self.every)


class Title(StrEnum):
    """The parts of the list, in their order."""

    INTERVIEWS = "Interviews"
    LATE = "Late"
    TODAY = "Today"
    TOMORROW = "Tomorrow"
    LATER = "Next 7 days"
    NO_DATE = "No date"


class DueEntry(NamedTuple):
    """Follow-ups that belong together: one, those of one message, or those of a fold.

    Those of a fold have one line for all of them, until it is opened.
    """

    dues: tuple[Due, ...]
    fold: str = ""

    def words(self) -> str:
        """What the one line of a fold says."""
        count = len(self.dues)
        if self.fold == IMPORTED:
            return f"{count:,} imported applications could still be followed up"
        if self.fold == SILENT:
            return f"{count:,} silent applications: close them as withdrawn?"
        return f"withdraw {'both' if count == 2 else f'all {count:,}'} applications"


class DueInterview(NamedTuple):
    """An interview, and what is to be done once it is over."""

    card_interview: CardInterview
    after: tuple[Due, ...] = ()


class DueClosing(NamedTuple):
    """A posting that is to be answered, or dropped."""

    posting: Closing


class DueReminder(NamedTuple):
    """A reminder that belongs to no application."""

    reminder: Reminder


DueItem = DueEntry | DueInterview | DueClosing | DueReminder
"""What stands under a heading."""


class DuePart(NamedTuple):
    """One heading of the list with what stands under it."""

    title: Title
    entries: tuple[DueItem, ...]


def due_list(
    dues: Iterable[Due],
    interviews: Sequence[CardInterview],
    now: datetime,
    closings: Iterable[Closing] = (),
    reminders: Iterable[Reminder] = (),
) -> tuple[DuePart, ...]:
    """The follow-ups, in their order, with the interviews, under their headings.

    Interviews of today stand above all, since their hour cannot be made up for; those later, first
    on their days. What hangs on one that is not over is folded under it, or left out where it is
    not among `interviews`. Follow-ups stand under the day to which they count down, so that a
    decision is told by its deadline. Postings that close today stand above today's follow-ups,
    those that close soon below them, all others on their days. Reminders that belong to no
    application stand below the follow-ups of their day, those without a day last of all. Parts
    without anything are left out.
    """
    listed: list[Due] = []
    after: dict[int, list[Due]] = {}
    for due in dues:
        if due.waits(now):
            if due.interview_id is not None:
                after.setdefault(due.interview_id, []).append(due)
        else:
            listed.append(due)
    parts: dict[Title, list[DueItem]] = {title: [] for title in Title}
    later: list[tuple[int, DueItem]] = []
    soon: list[DueItem] = []
    for interview in interviews:
        line = DueInterview(interview, tuple(after.get(interview.interview.id, ())))
        days = (interview.day() - now.date()).days
        if days <= 1:
            parts[Title.TOMORROW if days == 1 else Title.INTERVIEWS].append(line)
        else:
            later.append((days, line))
    for entry in entries(listed, now):
        title = part_of(entry, now)
        if title is Title.LATER:
            later.append((days_until(*entry.dues[0].countdown_target(now), now), entry))
        else:
            parts[title].append(entry)
    for reminder in reminders:
        if reminder.due_on is None:
            parts[Title.NO_DATE].append(DueReminder(reminder))
            continue
        days = (reminder.due_on - now.date()).days
        if days > 1:
            later.append((days, DueReminder(reminder)))
        else:
            title = Title.LATE if days < 0 else Title.TOMORROW if days else Title.TODAY
            parts[title].append(DueReminder(reminder))
    for posting in sorted(closings, key=lambda one: one.closing_on, reverse=True):
        days = (posting.closing_on - now.date()).days
        today = parts[Title.TODAY]
        if posting.level(now) is Level.COMING:
            later.append((days, DueClosing(posting)))
        elif days == 0:
            today.insert(0, DueClosing(posting))
        else:
            soon.insert(0, DueClosing(posting))
    parts[Title.TODAY] += soon
    # Sorted by the day alone: of one day, interviews come first and the rest keeps its order.
    parts[Title.LATER] = [line for _, line in sorted(later, key=lambda found: found[0])]
    return tuple(DuePart(title, tuple(lines)) for title, lines in parts.items() if lines)


def part_of(entry: DueEntry, now: datetime) -> Title:
    """The heading under which follow-ups that belong together stand: that of the most urgent."""
    level = min(due.level(now) for due in entry.dues)
    if level is not Level.COMING:
        return Title.LATE if level is Level.LATE else Title.TODAY
    days = days_until(*entry.dues[0].countdown_target(now), now)
    return Title.LATER if days > 1 else Title.TOMORROW


def entries(dues: Iterable[Due], now: datetime) -> Iterator[DueEntry]:
    """The follow-ups in the order of the first of each: single ones, messages, folds.

    A fold of one is a line like any other.
    """
    groups: dict[object, list[Due]] = {}
    for group in together(dues, now.date()):
        first = group[0]
        key: object = first.id
        if first.fold:
            key = (first.fold, max(0, days_until(first.due_on, first.due_at, now)))
        groups.setdefault(key, []).extend(group)
    for dues_of_one in groups.values():
        first = dues_of_one[0]
        fold = first.fold or (WITHDRAWALS if first.action == WITHDRAWALS else "")
        yield DueEntry(tuple(dues_of_one), fold if len(dues_of_one) > 1 else "")
