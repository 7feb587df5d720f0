"""The strip of days below the headline: what the coming days bring, each of which can be opened."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model.dossier import Card, Due
from store.model.due_list import Reminder
from store.rules.dates import clock_time, short_day
from store.rules.urgency import DECIDE, Level, deadline_level
from tui.board.agenda import DAYS_AHEAD
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, Part, cells_of, strip_of
from tui.widgets.cells import cell_len, clip

_GAP = "   "
AHEAD = 21
"""Days after today that the strip knows; as many are drawn as fit."""
LATE, INTERVIEW, DEADLINE, FOLLOW_UP = "▲", "■", "◆", "●"
_TIMES = 3
"""Interviews of a day that are told with their times; of more, the number."""
_FRIDAY = 5
_WEEK, _AT_LEAST = 7, 5
"""Days of which no interview or deadline is left out for a count, and days that always fit at 80
columns (product)."""
_NARROW_GAP = "  "
_NOTHING = "·"
"""A day that brings nothing, where there is little room."""


class ComingDay(NamedTuple):
    """One day of the strip."""

    on: date
    late: int = 0
    """Follow-ups and reminders that are late: told with today."""
    follow_ups: int = 0
    interviews: tuple[str, ...] = ()
    """Their times, in order: "10:00"."""
    deadlines: tuple[str, ...] = ()
    """The times by which offers are to be answered; "" for the end of the day."""
    deadline_level: Level = Level.SOON
    """How urgent those are: as on the card, and as what is soon at the least."""


def coming_days(
    cards: Iterable[Card],
    dues: Iterable[Due],
    now: datetime,
    reminders: Iterable[Reminder] = (),
) -> tuple[ComingDay, ...]:
    """Today and the `AHEAD` days after it, with what `cards`, `dues` and `reminders` bring.

    `cards` are the open applications: their interviews and deadlines count. `dues` are all
    follow-ups of the next `DAYS_AHEAD` days; beyond them the first one of each card counts.
    `reminders` are those of no application. `now` is aware, in the user's zone.
    """
    today = now.date()
    interviews: defaultdict[date, list[datetime]] = defaultdict(list)
    deadlines: defaultdict[date, list[str]] = defaultdict(list)
    # Of a large board most cards bring nothing.
    cards = [card for card in cards if card.follow_up or card.interview or card.deadline_on]
    for card in cards:
        interview = card.interview
        if interview is not None and interview.starts_at is not None:
            starts = interview.starts_at.astimezone(now.tzinfo)
            interviews[starts.date()].append(starts)
        if card.deadline_on is not None:
            at = card.deadline_at.astimezone(now.tzinfo) if card.deadline_at else None
            day = at.date() if at else card.deadline_on
            deadlines[day].append(clock_time(at) if at else "")
    until = today + timedelta(days=DAYS_AHEAD)
    first = (card.follow_up for card in cards if card.follow_up is not None)
    known = chain(dues, (due for due in first if due.due_on > until))
    decided = {card.id for card in cards if card.deadline_on is not None}
    late, follow_ups = 0, Counter[date]()
    for due in known:
        all_day = due.due_at is None and due.after is None
        if all_day and due.due_on > today and due.action != DECIDE:
            follow_ups[due.due_on] += 1  # as nearly all do
        elif due.waits(now) or _told_by_deadline(due, decided, now):
            continue
        elif due.level(now) is Level.LATE:
            late += 1
        else:
            follow_ups[_day(due, now)] += 1
    for one in reminders:
        if one.level(now) is Level.LATE:
            late += 1
        elif one.due_on is not None:
            follow_ups[one.due_on] += 1
    return tuple(
        ComingDay(
            on,
            late if on == today else 0,
            follow_ups[on],
            tuple(clock_time(at) for at in sorted(interviews[on])),
            tuple(sorted(deadlines[on])),
            min(deadline_level(on, None, now), Level.SOON) if deadlines[on] else Level.SOON,
        )
        for on in (today + timedelta(days=number) for number in range(AHEAD + 1))
    )


def _told_by_deadline(due: Due, decided: Collection[int], now: datetime) -> bool:
    """Whether it is the decision on an offer, which the sign of its deadline tells."""
    on_its_card = due.action == DECIDE and due.application_id in decided
    return on_its_card and due.level(now) is Level.COMING


def _day(due: Due, now: datetime) -> date:
    day = due.due_on if due.due_at is None else due.due_at.astimezone(now.tzinfo).date()
    return max(day, now.date())


class Days(Drawn):
    """One line; a click on a day, or Enter while it is walked, opens what is due then."""

    DEFAULT_CSS = "Days { dock: top; height: 1; }"

    @dataclass
    class Pressed(Message):
        """The day `on` was clicked."""

        on: date

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[ComingDay, ...] = ()
        self._place: int | None = None
        self._shown = 0
        """How many days were drawn."""
        self._spans: list[tuple[int, int, date]] = []

    @property
    def chosen(self) -> date | None:
        """The day under the strip's own cursor, while it is walked."""
        return self._days[self._place].on if self._place is not None and self._days else None

    def show(self, days: Sequence[ComingDay]) -> None:
        """Show these days; the cursor stays at its place."""
        if tuple(days) != self._days:
            self._days = tuple(days)
            self.repaint()

    def walk(self, step: int) -> None:
        """To the next day, or the one before; the first step begins at today."""
        last = max(0, (self._shown or len(self._days)) - 1)
        self._place = min(last, max(0, (0 if self._place is None else self._place) + step))
        self.repaint()

    def leave(self) -> None:
        if self._place is not None:
            self._place = None
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for start, end, day in self._spans:
            if start <= event.x < end:
                self.post_message(self.Pressed(day))
                return

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The one line; remembers where each day stands, for the mouse."""
        line = [(" ", inks.ground)]
        used, self._shown, self._spans = 1, 0, []
        way = _way_for(self._days, width - 2)
        for number, day in enumerate(self._days):
            counted = number < way.counted
            brief = way.brief and number != self._place
            parts = _parts(day, inks, first=number == 0, brief=brief, counted=counted)
            size = cells_of(parts)
            if used + size + 1 > width:
                if number > 0:
                    break
                parts = [(clip("".join(words for words, _ in parts), width - 2), inks.text)]
                size = cell_len(parts[0][0])
            if number == self._place:
                parts = [("".join(words for words, _ in parts), inks.cursor.strong)]
            gap = _NARROW_GAP if way.brief else _GAP
            line += [*parts, (gap, inks.ground)]
            self._spans.append((used, used + size, day.on))
            used += size + len(gap)
            self._shown += 1
        return [strip_of(line, width, inks.ground)] * height


class _DaysForm(NamedTuple):
    """How the days are written: `brief` ones stand closer, and one that brings nothing is a dot;
    of the first `counted` days the follow-ups are told."""

    brief: bool
    counted: int


def _way_for(days: Sequence[ComingDay], room: int) -> _DaysForm:
    """The roomiest way that has room for five days, and for each interview and deadline of a
    week: the counts of follow-ups go first, those of the last days before the others."""
    week = days[:_WEEK]
    marked = [place for place, day in enumerate(week) if day.interviews or day.deadlines]
    needed = days[: max(_AT_LEAST, 1 + max(marked, default=0))]
    ways = [_DaysForm(False, len(days)), _DaysForm(True, len(days))]
    ways += [_DaysForm(True, counted) for counted in range(len(needed) - 1, 0, -1)]
    for way in ways:
        gap = len(_NARROW_GAP if way.brief else _GAP)
        sizes = [
            len(_words(day, first=place == 0, brief=way.brief, counted=place < way.counted))
            for place, day in enumerate(needed)
        ]
        if sum(sizes) + gap * (len(sizes) - 1) <= room:
            return way
    return ways[-1]


def _words(day: ComingDay, *, first: bool, brief: bool, counted: bool) -> str:
    """The words of a day, to be measured."""
    marks = _marks(day, first=first, counted=counted)
    name = _name(day, first=first, brief=brief)
    if brief and not (first or marks):
        return _NOTHING
    return " ".join([name, *(words for words, _ in marks)])


def _name(day: ComingDay, *, first: bool, brief: bool) -> str:
    return "today" if first else _weekday(day.on) if brief else _short(day.on)


def _marks(day: ComingDay, *, first: bool, counted: bool) -> list[tuple[str, Level | None]]:
    """What the day brings, each with how urgent it is; None for what is not."""
    marks: list[tuple[str, Level | None]] = []
    if day.late:
        marks.append((f"{LATE}{day.late:,}", Level.LATE))
    if len(day.interviews) > _TIMES:
        marks.append((f"{INTERVIEW}{len(day.interviews)}", Level.SOON))
    else:
        marks += [(f"{INTERVIEW}{at}", Level.SOON) for at in day.interviews]
    marks += [(f"{DEADLINE}{at}", day.deadline_level) for at in day.deadlines]
    if day.follow_ups and counted:
        marks.append((f"{FOLLOW_UP}{day.follow_ups:,}", Level.TODAY if first else None))
    return marks


def _parts(
    day: ComingDay, inks: Inks, *, first: bool, brief: bool = False, counted: bool = True
) -> list[Part]:
    """ "▲4 ●5 today", "Tue 24 ■10:00 ■14:00", "Sat 28"; today is the brightest."""
    found = _marks(day, first=first, counted=counted)
    if brief and not (first or found):
        return [(_NOTHING, inks.muted)]
    marks = [(words, inks.text if level is None else inks.levels[level]) for words, level in found]
    weekend = day.on.isoweekday() > _FRIDAY
    ink = inks.strong if first else inks.muted if weekend else inks.text
    name = (_name(day, first=first, brief=brief), ink)
    parts = [*marks, name] if first else [name, *marks]
    spaced = [each for part in parts for each in ((" ", inks.ground), part)]
    return spaced[1:]


def _weekday(day: date) -> str:
    """ "Tue 1": the month follows from the place in the strip."""
    return " ".join(short_day(day, day).split(" ")[:2])


def _short(day: date) -> str:
    """ "Tue 24": the month follows from the place in the strip, but the first of one is named."""
    return short_day(day, day) if day.day == 1 else _weekday(day)
