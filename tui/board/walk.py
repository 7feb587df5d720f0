"""Where the keys lead: over the cards of columns and list, the days, the tips of the panel."""

from collections.abc import Mapping
from typing import Protocol

from store.rules.stages import ORDER, Stage
from tui.board.columns.lane import Lane
from tui.board.columns.one_list import OneList
from tui.board.columns.table import CardTable
from tui.board.cursor import Cursor
from tui.board.days import Days
from tui.board.marks import Marks
from tui.board.panel.panel import Panel
from tui.board.picture import Picture


class WalkedScreen(Protocol):
    """The screen over which the cursor walks."""

    cursor: Cursor
    marks: Marks
    listed: OneList
    picture: Picture
    days: Days
    panel: Panel
    table: CardTable

    @property
    def lane_widgets(self) -> Mapping[Stage, Lane]: ...
    def draw(self) -> None: ...


class Walk:
    """Moves the cursor, takes a range of marks along, and draws what has changed."""

    def __init__(self, screen: WalkedScreen) -> None:
        self._screen = screen

    def step(self, step: int) -> None:
        """To the card below or above; in the panel, the tip."""
        self._screen.days.leave()
        if self._screen.panel.active:
            self._screen.panel.move_tip(step)
        else:
            self._show(moved=self._screen.cursor.walk(step))

    def step_aside(self, step: int) -> None:
        """To the next lane; in the strip of days, to the day beside; in the list, sort by the
        column beside."""
        screen = self._screen
        if screen.days.chosen is not None:
            screen.days.walk(step)
        elif screen.cursor.arranged is not None:
            screen.listed.walk(step)
        else:
            self.go_lane(screen.cursor.stage.place + step)

    def page(self, step: int) -> None:
        """A screenful down or up; in the panel, its lines."""
        screen = self._screen
        if screen.panel.active:
            screen.panel.scroll_by(step * 10)
            return
        listed = screen.cursor.arranged is not None
        shown = screen.table if listed else screen.lane_widgets[screen.cursor.stage]
        self.step(step * shown.full_slots)

    def go_lane(self, number: int) -> None:
        """To the lane `number`, at the height of the cursor on the screen; in the list, to the
        next card in that stage."""
        if not 0 <= number < len(ORDER):
            return
        cursor, lanes = self._screen.cursor, self._screen.lane_widgets
        stage = ORDER[number]
        if cursor.arranged is not None:
            self._show(moved=cursor.go_stage(stage))
            return
        row = cursor.place - lanes[cursor.stage].offset_cards
        row = max(0, min(row, lanes[stage].full_slots - 1))
        self.go(stage, lanes[stage].offset_cards + row)

    def go(self, stage: Stage, place: int) -> None:
        """To a place in a lane."""
        self._show(moved=self._screen.cursor.go(stage, place))

    def go_row(self, row: int) -> None:
        """To a row of the list."""
        self._show(moved=self._screen.cursor.go_row(row))

    def go_edge(self, *, last: bool) -> None:
        """To the first or the last card of the lane, or of the list."""
        self._show(moved=self._screen.cursor.go_edge(last=last))

    def _show(self, *, moved: bool) -> None:
        if moved or self._screen.picture.is_outdated:
            self._take_marks_along()
            self._screen.draw()

    def _take_marks_along(self) -> None:
        """A range of marks goes with the cursor."""
        cursor, marks = self._screen.cursor, self._screen.marks
        if cursor.arranged is not None:
            marks.reach_rows(cursor.rows, cursor.row)
        else:
            marks.reach(cursor.stage, cursor.lanes[cursor.stage], cursor.place)
