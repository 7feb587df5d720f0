"""The two lines above the lanes: how much there is to do, and what the coming days bring; and the
words of a board without cards.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from store.model.dossier import Card, Due
from store.rules.dates import clock_time, short_day
from store.rules.text import quoted
from store.rules.urgency import DECIDE, Level, deadline_level
from tui.styles.themes import Inks
from tui.widgets.cells import cell_len, clip
from tui.widgets.drawn import Drawn, Part, strip_of

_GAP = "   "
_BETWEEN = " · "
DAYS_AHEAD = 7
"""How many days after today are counted as ahead, as in the list of what is due."""


class Tally(NamedTuple):
    """How many follow-ups are late, due today, and due in the seven days after today."""

    late: int = 0
    today: int = 0
    week: int = 0


class Headline(Drawn):
    """One line: the name and the day at the left, at the right the tally.

    What does not fit goes in this order: what was taken, the days ahead, the name.
    """

    DEFAULT_CSS = "Headline { dock: top; height: 1; }"

    _shown = ("", Tally(), "", "")

    def show(self, day: str, tally: Tally, note: str = "", taken: str = "") -> None:
        """Show another day, tally, or word about what is going on (a filter, a drag).

        `taken` tells of an offer that was accepted: “Globex from 1 Feb”.
        """
        shown = (day, tally, note, taken)
        if shown != self._shown:
            self._shown = shown
            self.repaint()

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        day, tally, note, taken = self._shown
        left = [(" rounds", inks.title), (_GAP + day, inks.text)]
        if note:
            left.append((_GAP + note, inks.accent))
        right = _tally_parts(tally, inks)
        if taken and not note:
            more = (_GAP + taken, inks.text)
            if _length([*left, more]) + _length(right) + len(_GAP) <= width:
                left.append(more)
        if _length(left) + _length(right) + len(_GAP) > width:
            right = _tally_parts(tally, inks, week=False)
        if _length(left) + _length(right) + 1 > width:
            left = [(" " + left[-1][0].strip(), left[-1][1])]
            left = [(clip(text, max(0, width - _length(right) - 1)), s) for text, s in left]
        gap = max(0, width - _length(left) - _length(right))
        return [strip_of([*left, (" " * gap, inks.ground), *right], width, inks.ground)] * height


def _tally_parts(tally: Tally, inks: Inks, *, week: bool = True) -> list[Part]:
    """How much there is to do, with the week ahead if there is room for it."""
    counted = [
        (tally.late, "late", inks.levels[Level.LATE]),
        (tally.today, "today", inks.levels[Level.TODAY]),
    ]
    if week:
        counted.append((tally.week, f"in {DAYS_AHEAD} days", inks.text))
    parts: list[Part] = []
    for number, words, style in counted:
        if parts:
            parts.append((_BETWEEN, inks.muted))
        parts.append((f"{number:,} {words}", style if number else inks.muted))
    return [*parts, (" ", inks.ground)]


def _length(parts: list[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)


_CORNERS = ("╭╮", "╰╯")
_LOOKED_FOR = 16
"""Cells of what is looked for, where nothing is found."""
_LEAST_FRAME = 3
"""Lines and cells below which there is nothing but the frame."""
Piece = tuple[str, str]
"""A text, and how it is written: "strong", "muted", "key" or ""."""


def taken_words(taken: Sequence[Card], today: date) -> str:
    """The offers that were accepted and have not begun: “Globex from 1 Feb”."""
    return " · ".join(
        f"{card.company} from {short_day(card.starts_work_on, today).split(' ', 1)[1]}"
        if card.starts_work_on is not None
        else f"{card.company}: accepted"
        for card in taken
    )


WELCOME = (
    (("a", "key"), (" adds your first application", "")),
    (("", ""),),
    (("In your shell:", "muted"),),
    (("rounds import FILE", "strong"), (" imports your LinkedIn export", "")),
    (("rounds demo", "strong"), (" shows a board with sample data", "")),
)
ALL_CLOSED = (
    (("c", "key"), (" shows them and how each one ended", "")),
    (("a", "key"), (" adds another application", "")),
)
"""What the empty board says to a newcomer, and to somebody whose applications are all over."""


def nothing_matches(query: str) -> tuple[tuple[Piece, ...], ...]:
    """What the board says when no card has what is looked for."""
    found = f"Nothing matches {quoted(clip(query, _LOOKED_FOR))}"
    return (((found, "strong"), (_BETWEEN, "muted"), ("Esc", "key"), (" clears the filter", "")),)


NOTHING_CELLS = sum(cell_len(text) for text, _ in nothing_matches("m" * _LOOKED_FOR)[0])
"""Cells of that with as much of a query as it tells: its place stays while a query is typed."""


class Notice(Drawn):
    """Lines of words, drawn in the middle of the widget whatever its size; `boxed` in a frame."""

    DEFAULT_CSS = "Notice { width: 1fr; height: 1fr; }"

    def __init__(
        self, lines: tuple[tuple[Piece, ...], ...], *, boxed: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._boxed = boxed
        self._lines = lines
        self._least = 0

    @property
    def block(self) -> tuple[int, int]:
        """Width and height of the place for the words, in cells."""
        return max(self._words_width, self._least), len(self._lines)

    @property
    def _words_width(self) -> int:
        widths = [sum(cell_len(text) for text, _ in line) for line in self._lines]
        return max(widths, default=0)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return min(container.width, self.block[0] + 4)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return min(container.height, self.block[1] + 2)

    def say(self, lines: tuple[tuple[Piece, ...], ...], *, least: int = 0) -> None:
        """Show other lines, in a place of at least so many cells; all is laid out anew only where
        they take another one."""
        before, self._lines, self._least = self.block, lines, least
        if self.block != before:
            self.refresh(layout=True)
        self.repaint()

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        above = max(0, (height - len(self._lines)) // 2)
        left = max(0, (width - self._words_width) // 2)
        blank = Strip.blank(width, inks.ground)
        lines = [blank] * above
        for parts in self._lines:
            segments = [Segment(" " * left, inks.ground)] if left else []
            room = width - left
            for text, kind in parts:
                text = clip(text, room)
                room -= cell_len(text)
                segments.append(Segment(text, _style(inks, kind)))
            lines.append(Strip(segments).adjust_cell_length(width, inks.ground))
        lines = (lines + [blank] * height)[:height]
        return _in_a_frame(lines, width, inks.frame_active) if self._boxed else lines


def _in_a_frame(lines: list[Strip], width: int, frame: Style) -> list[Strip]:
    """The lines with a frame in the place of the first and the last one, and of the sides."""
    if width < _LEAST_FRAME or len(lines) < _LEAST_FRAME:
        return lines
    side, across = Segment("│", frame), "─" * (width - 2)
    inner = [Strip([side, *line.crop(1, width - 1), side], width) for line in lines[1:-1]]
    top, foot = (Strip([Segment(ends[0] + across + ends[1], frame)], width) for ends in _CORNERS)
    return [top, *inner, foot]


def _style(inks: Inks, kind: str) -> Style:
    styles = {"strong": inks.strong, "muted": inks.muted, "key": inks.title}
    return styles.get(kind, inks.text)


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
    """Follow-ups that are late: told with today."""
    follow_ups: int = 0
    interviews: tuple[str, ...] = ()
    """Their times, in order: "10:00"."""
    deadlines: tuple[str, ...] = ()
    """The times by which offers are to be answered; "" for the end of the day."""
    deadline_level: Level = Level.SOON
    """How urgent those are: as on the card, and as what is soon at the least."""


def coming_days(cards: Iterable[Card], dues: Iterable[Due], now: datetime) -> tuple[ComingDay, ...]:
    """Today and the `AHEAD` days after it, with what `cards` and `dues` bring.

    `cards` are the open applications: their interviews and deadlines count, and beyond the days of
    `dues` the follow-up that comes first. `now` is aware, in the user's zone.
    """
    today = now.date()
    interviews: defaultdict[date, list[datetime]] = defaultdict(list)
    deadlines: defaultdict[date, list[str]] = defaultdict(list)
    cards = tuple(cards)
    for card in cards:
        interview = card.interview
        if interview is not None and interview.starts_at is not None:
            starts = interview.starts_at.astimezone(now.tzinfo)
            interviews[starts.date()].append(starts)
        if card.deadline_on is not None:
            at = card.deadline_at.astimezone(now.tzinfo) if card.deadline_at else None
            day = at.date() if at else card.deadline_on
            deadlines[day].append(clock_time(at) if at else "")
    known = {due.id: due for due in dues}
    known |= {card.follow_up.id: card.follow_up for card in cards if card.follow_up is not None}
    decided = {card.id for card in cards if card.deadline_on is not None}
    told = (due for due in known.values() if not _told_by_deadline(due, decided, now))
    waiting = [due for due in told if not due.waits(now)]
    late = sum(due.level(now) is Level.LATE for due in waiting)
    follow_ups = Counter(_day(due, now) for due in waiting if due.level(now) is not Level.LATE)
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
    coming = due.level(now) is Level.COMING
    return due.action == DECIDE and coming and due.application_id in decided


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
            size = _length(parts)
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


class _Way(NamedTuple):
    """How the days are written: `brief` ones stand closer, and one that brings nothing is a dot;
    of the first `counted` days the follow-ups are told."""

    brief: bool
    counted: int


def _way_for(days: Sequence[ComingDay], room: int) -> _Way:
    """The roomiest way that has room for five days, and for each interview and deadline of a
    week: the counts of follow-ups go first, those of the last days before the others."""
    week = days[:_WEEK]
    marked = [place for place, day in enumerate(week) if day.interviews or day.deadlines]
    needed = days[: max(_AT_LEAST, 1 + max(marked, default=0))]
    ways = [_Way(False, len(days)), _Way(True, len(days))]
    ways += [_Way(True, counted) for counted in range(len(needed) - 1, 0, -1)]
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
