"""The line above the board: how much there is to do, and what is going on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from textual.strip import Strip

from store.model.dossier import Card
from store.read.quiet import tell_waiting, waiting_line
from store.rules.dates import short_day
from store.rules.stages import Stage
from store.rules.urgency import Level
from tui.board.agenda import DAYS_AHEAD, Agenda, Tally
from tui.board.days import Days, coming_days
from tui.board.live import Live
from tui.rounds import Rounds
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, Part, cells_of, strip_of
from tui.widgets.cells import clip

_GAP = "   "
_BETWEEN = " · "


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
            if cells_of([*left, more]) + cells_of(right) + len(_GAP) <= width:
                left.append(more)
        if cells_of(left) + cells_of(right) + len(_GAP) > width:
            right = _tally_parts(tally, inks, week=False)
        if cells_of(left) + cells_of(right) + 1 > width:
            left = [(" " + left[-1][0].strip(), left[-1][1])]
            left = [(clip(text, max(0, width - cells_of(right) - 1)), s) for text, s in left]
        gap = max(0, width - cells_of(left) - cells_of(right))
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


def taken_words(taken: Sequence[Card], today: date) -> str:
    """The offers that were accepted and have not begun: “Globex from 1 Feb”."""
    return " · ".join(
        f"{card.company} from {short_day(card.starts_work_on, today).split(' ', 1)[1]}"
        if card.starts_work_on is not None
        else f"{card.company}: accepted"
        for card in taken
    )


class HeadedScreen(Protocol):
    """The screen above whose columns the lines stand."""

    live: Live
    headline: Headline
    days: Days

    @property
    def rounds(self) -> Rounds: ...
    def notes(self) -> Sequence[str]: ...


class Above:
    """Keeps the two lines above the board up to date: the headline, and the strip of days."""

    def __init__(self, screen: HeadedScreen) -> None:
        self._screen = screen
        self._days_of: tuple[Mapping[Stage, tuple[Card, ...]], Agenda, int, datetime] | None = None
        """What the days are shown of."""
        self._to_sweep = ""
        """That some quiet cards wait to be swept, on a day on which it is told."""
        self._looked_for_quiet_on: date | None = None

    def show(self) -> None:
        """Show the day, what is to be done, what was taken, and the coming days."""
        screen, live = self._screen, self._screen.live
        agenda, lanes, at = live.agenda, live.board.lanes, live.at
        before = self._days_of
        if before is None or before[0] is not lanes or before[1:] != (agenda, agenda.version, at):
            # All cards are looked at, which a step of the cursor has no time for.
            self._days_of = lanes, agenda, agenda.version, at
            cards = live.board.cards()
            screen.days.show(coming_days(cards, agenda.dues(), at, agenda.reminders))
        taken, today = taken_words(live.board.taken, at.date()), short_day(at.date(), at.date())
        note = _BETWEEN.join(filter(None, screen.notes())) or self._to_sweep
        screen.headline.show(today, agenda.tally, note, taken)

    def look_for_quiet(self) -> None:
        """Find out, once a day, whether it is to be told that some cards wait to be swept."""
        live, rounds = self._screen.live, self._screen.rounds
        now = live.at
        if self._looked_for_quiet_on != now.date() and live.complete:
            self._looked_for_quiet_on = now.date()
            cards = tuple(live.board.cards())
            future = rounds.desk.read(lambda g: tell_waiting(g, now, cards, all_day=True))
            rounds.heed(future, self.show_waiting)

    def show_waiting(self, number: int) -> None:
        """Tell that so many cards wait to be swept; of none, nothing."""
        self._to_sweep = waiting_line(number, "press Q") if number else ""
        self.show()
