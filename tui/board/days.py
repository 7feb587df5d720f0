"""The strip of the coming days below the headline: what each brings, today first.

A cell a day, as many as fit: interviews (■) and deadlines (◆) with their times, follow-ups (●) by
their number; what is late (▲) stands before today.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model.dossier import Card, Due
from store.rules.dates import clock_time, short_day
from store.rules.urgency import Level
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip
from tui.widgets.drawn import Drawn, Part, line_of

AHEAD = 21
"""Days after today that the strip knows; as many are drawn as fit."""
LATE, INTERVIEW, DEADLINE, FOLLOW_UP = "▲", "■", "◆", "●"
_GAP = "   "
_TIMES = 3
"""Interviews of a day that are told with their times; of more, the number."""
_FRIDAY = 5


class Day(NamedTuple):
    """One day of the strip."""

    on: date
    late: int = 0
    """Follow-ups that are late: told with today."""
    follow_ups: int = 0
    interviews: tuple[str, ...] = ()
    """Their times, in order: "10:00"."""
    deadlines: tuple[str, ...] = ()
    """The times by which offers are to be answered; "" for the end of the day."""


def coming_days(cards: Iterable[Card], dues: Iterable[Due], now: datetime) -> tuple[Day, ...]:
    """Today and the `AHEAD` days after it, with what `cards` and `dues` bring.

    Args:
        cards: the open applications: their interviews and deadlines count, and beyond the days
            of `dues` the follow-up that comes first.
        dues: the follow-ups that are known: late, for today, or within some days.
        now: aware, in the user's zone.
    """
    today = now.date()
    interviews: defaultdict[date, list[datetime]] = defaultdict(list)
    deadlines: defaultdict[date, list[str]] = defaultdict(list)
    cards = tuple(cards)
    for card in cards:
        talk = card.interview
        if talk is not None and talk.starts_at is not None:
            starts = talk.starts_at.astimezone(now.tzinfo)
            interviews[starts.date()].append(starts)
        if card.deadline_on is not None:
            at = card.deadline_at.astimezone(now.tzinfo) if card.deadline_at else None
            day = at.date() if at else card.deadline_on
            deadlines[day].append(clock_time(at) if at else "")
    known = {due.id: due for due in dues}
    known |= {card.follow_up.id: card.follow_up for card in cards if card.follow_up is not None}
    waiting = [due for due in known.values() if not due.waits(now)]
    late = sum(due.level(now) is Level.LATE for due in waiting)
    follow_ups = Counter(_day(due, now) for due in waiting if due.level(now) is not Level.LATE)
    return tuple(
        Day(
            on,
            late if on == today else 0,
            follow_ups[on],
            tuple(clock_time(at) for at in sorted(interviews[on])),
            tuple(sorted(deadlines[on])),
        )
        for on in (today + timedelta(days=number) for number in range(AHEAD + 1))
    )


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
        self._days: tuple[Day, ...] = ()
        self._place: int | None = None
        self._shown = 0
        """How many days were drawn."""
        self._spans: list[tuple[int, int, date]] = []

    @property
    def chosen(self) -> date | None:
        """The day under the strip's own cursor, while it is walked."""
        return self._days[self._place].on if self._place is not None and self._days else None

    def show(self, days: Sequence[Day]) -> None:
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
        """End the walk."""
        if self._place is not None:
            self._place = None
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for start, end, day in self._spans:
            if start <= event.x < end:
                self.post_message(self.Pressed(day))
                return

    def drawn_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The one line; remembers where each day stands, for the mouse."""
        line = [(" ", inks.ground)]
        used, self._shown, self._spans = 1, 0, []
        for number, day in enumerate(self._days):
            parts = _parts(day, inks, first=number == 0)
            size = sum(cell_len(words) for words, _ in parts)
            if used + size + 1 > width:
                if number > 0:
                    break
                parts = [(clip("".join(words for words, _ in parts), width - 2), inks.text)]
                size = cell_len(parts[0][0])
            if number == self._place:
                parts = [("".join(words for words, _ in parts), inks.cursor.strong)]
            line += [*parts, (_GAP, inks.ground)]
            self._spans.append((used, used + size, day.on))
            used += size + len(_GAP)
            self._shown += 1
        return [line_of(line, width, inks.ground)] * height


def _parts(day: Day, inks: Inks, *, first: bool) -> list[Part]:
    """ "▲4 ●5 today", "Tue 24 ■10:00 ■14:00", "Sat 28"."""
    marks: list[Part] = []
    if day.late:
        marks.append((f"{LATE}{day.late:,}", inks.levels[Level.LATE]))
    soon = inks.levels[Level.TODAY if first else Level.SOON]
    if len(day.interviews) > _TIMES:
        marks.append((f"{INTERVIEW}{len(day.interviews)}", soon))
    else:
        marks += [(f"{INTERVIEW}{at}", soon) for at in day.interviews]
    marks += [(f"{DEADLINE}{at}", inks.levels[Level.TODAY]) for at in day.deadlines]
    if day.follow_ups:
        style = inks.levels[Level.TODAY] if first else inks.text
        marks.append((f"{FOLLOW_UP}{day.follow_ups:,}", style))
    weekend = day.on.isoweekday() > _FRIDAY
    name = ("today" if first else _short(day.on), inks.muted if weekend else inks.text)
    parts = [*marks, name] if first else [name, *marks]
    spaced = [each for part in parts for each in ((" ", inks.ground), part)]
    return spaced[1:]


def _short(day: date) -> str:
    """ "Tue 24": the month follows from the place in the strip, but the first of one is named."""
    words = short_day(day, day)
    return words if day.day == 1 else " ".join(words.split(" ")[:2])
