"""The board on the screen: four lanes, the panel, the line above and the line below.

`live` keeps what is shown in line with the store, `cursor` knows where the user is; here they are
drawn, and keys and mouse are heard.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from store.model.board import Written
from store.model.dossier import Board, Card, Dossier, Due
from store.rules.stages import ORDER, Stage, neighbour
from store.rules.text import Refused
from tui.actions.many import move_by
from tui.board.columns.lane import Lane
from tui.board.columns.one_list import OneList
from tui.board.columns.ordering import Ordering
from tui.board.columns.table import CardTable
from tui.board.cursor import Cursor
from tui.board.days import Days
from tui.board.dragging import Dragging
from tui.board.empty import WELCOME, Empty
from tui.board.headline import Above, Headline
from tui.board.live import Live
from tui.board.marks import Marks
from tui.board.panel.beside import WIDE, Beside
from tui.board.panel.panel import Panel
from tui.board.picture import Picture
from tui.board.saved_searches import SearchLine
from tui.board.search import PAINTED_SECONDS, Looking
from tui.board.tour import Tour
from tui.board.walk import Walk
from tui.commands import bindings_for, commands_for, moment_of
from tui.conversation import NO_CARD, Conversation, first_follow_up
from tui.desk import Chances
from tui.rounds import Refresh, Rounds
from tui.styles.themes import Inks
from tui.widgets.canvas import Inked
from tui.widgets.cells import wrap
from tui.widgets.keybar import KeyBar, KeyLine
from tui.widgets.notice import Notice

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Cells below which the board asks for more room."""
_SPACE = ("mark", "tick")
"""The actions that one key stands for."""
_BOARD_IDS = {command.id for command in commands_for("board")}


class BoardScreen(Screen[None]):
    """Where each application stands, and what to do today.

    The keys are those of `tui.commands` for "board", and for "panel" while it has them. `board` is
    what is known already, `complete` when it was read from the store. With `view` all cards are one
    list, in the order that it names: see `Arranged`.
    """

    AUTO_FOCUS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("board"),
        *(
            binding
            for binding in bindings_for("panel")
            if (binding.id or "").partition(".2")[0] not in _BOARD_IDS
        ),
    ]

    def __init__(
        self, board: Board, now: datetime, *, complete: bool, tour: bool = False, view: str = ""
    ) -> None:
        super().__init__()
        self.tour = Tour() if tour else None
        """The line that leads through the first keys; None outside the sample, and at its end."""
        self.live = Live(self, board, now, complete=complete)
        self.cursor = Cursor(board, now.date())
        self.marks = Marks()
        """The marked cards."""
        self.conversation = Conversation(self)
        """How the actions on its subject ask, write and tell."""
        self.listed = OneList(self, view)
        """The list that is shown in place of the columns."""
        self.ordering = Ordering(self)
        """In which order the cards of a column stand."""
        self.dragging = Dragging(self)
        """The card being dragged."""
        self.beside = Beside(self)
        """The panel, and its place."""
        self.above = Above(self)
        """The two lines above the board."""
        self.empty = Empty(self)
        """What is said where there is no card."""
        self.looking = Looking(self)
        """What is looked for, and the saved searches."""
        self.picture = Picture(self)
        """What is painted of all that."""
        self.walk = Walk(self)
        """Where the keys lead."""

    @property
    def rounds(self) -> Rounds:
        return cast("Rounds", self.app)

    @property
    def where(self) -> str:
        """Which commands apply: those of the board, or those of the panel."""
        return "panel" if self.panel.active else "board"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no room for the board there is none for what it opens, nor for writing
        what nobody sees. Space ticks a tip in the panel, and marks a card elsewhere."""
        in_panel = self.is_mounted and self.panel.active
        if self.tiny or (action in _SPACE and (action == "tick") is not in_panel):
            return False
        return super().check_action(action, parameters)

    @property
    def tiny(self) -> bool:
        """Whether there is no room for the board, which is told instead."""
        return self.has_class("-tiny")

    def subject(self) -> Card | None:
        return self.cursor.card

    def subject_follow_up(self) -> Due | None:
        return first_follow_up(self.subject())

    def marked_cards(self) -> tuple[Card, ...] | None:
        return self.marks.cards(self.cursor.lanes) if self.marks else None

    def unmark(self) -> None:
        self.marks.clear()
        self.draw()

    def no_subject(self) -> str:
        return NO_CARD

    async def after(self, written: Written) -> None:
        """The board shows every stored change when `live` takes it; after an undo or redo the
        cursor goes to the card that it was about."""
        if written.about is None:
            return
        if self.live.board.card(written.about) is None:
            # It comes with the board, which is being read.
            await self.rounds.desk.read(lambda _: None)
        if self.live.board.card(written.about) is not None:
            self.show_board(written.about)

    def action_do(self, place: str) -> None:
        self.conversation.do(place)

    # What is drawn

    def compose(self) -> ComposeResult:
        yield Headline()
        yield Days()
        yield SearchLine()
        with Container(id="table"):
            for stage in ORDER:
                yield Lane(stage, self.picture.view(stage))
            yield CardTable(self.picture.table_view())
            yield Panel()
            # On a board that was ever written to, what to say is read first.
            words = () if self.live.board.change_id else WELCOME
            yield Notice(words, boxed=True, id="welcome")
        if self.tour is not None:
            yield self.tour
        yield KeyBar("board")
        yield Notice((), id="room")

    def on_mount(self) -> None:
        self.headline = self.query_one(Headline)
        self.days = self.query_one(Days)
        self.keybar = self.query_one(KeyBar)
        self.panel = self.query_one(Panel)
        self.table = self.query_one(CardTable)
        self.search_line = self.query_one(SearchLine)
        self.welcome = self.query_one("#welcome", Notice)
        self.lane_widgets = {lane.stage: lane for lane in self.query(Lane)}
        self.show_inks(self.rounds.inks)
        self.set_class(self.tour is not None, "-touring")
        self.set_class(self.cursor.arranged is not None, "-list")
        self._lay_out(self.app.size.width, self.app.size.height)
        self.draw()

    def begin(self) -> None:
        """After the first paint: read what the first picture did without."""
        self.live.begin()
        if self.live.complete:
            if not any(self.live.board.lanes.values()):
                self.empty.say_why()
            self.want_dossier()
            self.above.look_for_quiet()
        self.listed.want_stamps()

    def on_resize(self, event: events.Resize) -> None:
        """Find a place for everything in another size."""
        self._lay_out(event.size.width, event.size.height)
        self.call_after_refresh(self.draw)

    def on_key(self, event: events.Key) -> None:
        """The user begins to do things: be ready to write, and go on with the tour."""
        asyncio.get_running_loop().call_later(PAINTED_SECONDS, self._warm_up)
        self.picture.forget_signs()
        if self.tour is not None:
            self.tour.hear(event.key)
            self.tour.display = not self.tour.over
            self.set_class(self.tour.display, "-touring")

    def _warm_up(self) -> None:
        """Load what writing needs; not while something is looked for, which would take turns with
        the loading at every letter. The key that ends it comes here again."""
        if not self.has_class("-filtering"):
            self.rounds.desk.warm_up()

    def on_refresh(self, message: Refresh) -> None:
        message.stop()
        self.live.reload()

    def show_inks(self, inks: Inks) -> None:
        for widget in self.query(Inked):
            widget.show_inks(inks)

    @property
    def places(self) -> tuple[str, ...]:
        """What the board is called in the table of commands, with its panel."""
        return ("board", "panel")

    def show_keymap(self, keymap: Mapping[str, str] | None = None) -> None:
        """Show the keys that the user chose, by the ids of commands."""
        for line in self.query(KeyLine):
            line.show_keymap(self.rounds.keymap.keys_shown("board") if keymap is None else keymap)

    def show_fourth_line(self, fields: tuple[str, ...]) -> None:
        """Cards show these fields in their fourth line, and have none without a field."""
        if fields != self.picture.fourth_line:
            self.picture.fourth_line = fields
            self.draw()

    def _lay_out(self, width: int, height: int) -> None:
        tiny = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(tiny, "-tiny")
        self.set_class(width < WIDE, "-over")
        if tiny:
            room = f"rounds needs {LEAST_WIDTH}×{LEAST_HEIGHT}; this is {width}×{height}"
            self.query_one("#room", Notice).say(tuple(((line, ""),) for line in wrap(room, width)))
        else:
            self.beside.lay_out(width)
        self.beside.show_or_hide(width)

    def show_board(self, card_id: int | None = None, *, or_first: bool = False) -> None:
        """The board is another one; the cursor follows its card, or the card with the id, or goes
        `or_first` to the first one where it has none."""
        self.cursor.show(self.live.board, self.live.at, card_id, or_first=or_first)
        self.marks.settle(self.live.board, self.cursor.lanes)
        self.draw()
        self.looking.count_soon()

    def show_stored(self, card_id: int) -> None:
        """Mark the card, unless it is marked as moved, until the next key."""
        self.picture.sign_stored(card_id)
        self.looking.learn_again(card_id)

    def show_failed(self, card_id: int) -> None:
        """Take the sign of the card away: it was not moved after all."""
        self.picture.remove_sign(card_id)

    def show_moment(self) -> None:
        """The clock went on."""
        self.above.look_for_quiet()
        self.draw()
        self.looking.count_soon()

    def draw(self, *, follow: bool = True) -> None:
        """Show the state; each widget repaints what differs."""
        self.beside.slide()
        self.picture.draw(follow=follow)
        self.show_headline()
        self.empty.show()
        self.show_keys()
        self.beside.show_card()

    def show_headline(self) -> None:
        self.above.show()

    def notes(self) -> Sequence[str]:
        """What is going on, each in a word or two: a card is dragged, or a filter, marks."""
        if self.dragging.card_id is not None and (dragged := self.dragging.note()):
            return (dragged,)
        return self.looking.note(), self.marks.words()

    def want_dossier(self) -> None:
        self.beside.want_dossier()

    def show_dossier(self, dossier: Dossier) -> None:
        self.beside.show_dossier(dossier)

    def show_chances(self, chances: Chances) -> None:
        self.beside.show_chances(chances)

    # The cursor

    def action_cursor(self, step: int) -> None:
        self.walk.step(step)

    def action_lane(self, step: int) -> None:
        self.walk.step_aside(step)

    def action_go_lane(self, number: int) -> None:
        self.walk.go_lane(number)

    def action_page(self, step: int) -> None:
        self.walk.page(step)

    def action_edge(self, step: int) -> None:
        self.walk.go_edge(last=step > 0)

    def action_day(self, step: int) -> None:
        """Walk the coming days; Enter opens what is due on one."""
        self.leave_panel()
        self.days.walk(step)

    @on(Days.Pressed)
    def _open_pressed_day(self, message: Days.Pressed) -> None:
        message.stop()
        self._open_day(message.on)

    def _open_day(self, day: date) -> None:
        self.days.leave()
        self.rounds.open("today", day, then=self._jump)

    def action_cards(self) -> None:
        if self.cursor.arranged is not None:
            self.rounds.say("In the list each card has one line.")
            return
        self.picture.toggle_short()
        self.draw()

    def action_quiet(self) -> None:
        stage = self.cursor.stage
        if self.cursor.arranged is not None:
            self.rounds.say("The list shows the quiet cards, too.")
            return
        if not self.cursor.quiet[stage]:
            self.rounds.say(f"There are not enough quiet cards in {stage} to fold them.")
            return
        self.cursor.toggle_quiet(stage)
        self.show_board()

    def jump_to(self, card_id: int) -> bool:
        """Put the cursor on a card, ending a filter that hides it; False when it is not here."""
        if self.live.board.card(card_id) is None:
            return False
        if not self.cursor.holds(card_id):
            self.looking.end()
        self.show_board(card_id)
        return True

    # Columns or one list

    def action_view(self) -> None:
        """Show all cards as one list, or in their columns again; it is remembered."""
        self.listed.toggle()

    def on_card_table_pressed(self, message: CardTable.Pressed) -> None:
        """A click puts the cursor there, a double click opens; a filter stays as it is typed."""
        message.stop()
        self.looking.leave_line()
        self.leave_panel()
        self.walk.go_row(message.row)
        if message.opens:
            self.action_open()

    def on_card_table_head_pressed(self, message: CardTable.HeadPressed) -> None:
        message.stop()
        self.listed.sort_by(message.order)

    # Marks

    def action_mark(self) -> None:
        """Mark the card, or take its mark away, and go to the next one."""
        self.days.leave()
        card = self.conversation.subject()
        if card is not None:
            self.marks.toggle(self.cursor.stage, card.id)
            self.cursor.walk(1)
            self.draw()

    def action_mark_range(self) -> None:
        """Mark from here to where the cursor goes, until it is pressed again."""
        self.leave_panel()
        card = self.conversation.subject()
        if self.marks.is_ranging:
            self.marks.end()
        elif card is not None:
            self.marks.begin(self.cursor.stage, card.id)
        self.draw()

    # Moving cards

    def action_move(self, step: int) -> None:
        if self.conversation.on_marked(lambda it, cards: move_by(it, cards, step)):
            return
        card = self.subject()
        if card is None:
            self.rounds.say(NO_CARD)
            return
        try:
            stage = neighbour(card.stage, step)
        except Refused as refused:
            self.rounds.say(str(refused))
            return
        self._move(card, stage)

    def _move(self, card: Card, stage: Stage) -> None:
        """Move the card, with a sign on it until the next key."""
        self.picture.sign_moved(card.id)
        try:
            self.live.move(card, stage)
        except Refused as refused:
            self.picture.remove_signs()
            self.rounds.say(str(refused))

    def action_reorder(self, step: int) -> None:
        """Put the card lower or higher; its lane is by hand from now on."""
        if (card := self.conversation.subject()) is not None:
            self.ordering.move(card, step)

    def action_sort(self) -> None:
        """Sort the column of the cursor in the next way; in the list, the other way round."""
        if self.cursor.arranged is not None:
            self.listed.turn()
        else:
            self.ordering.sort()

    def action_sort_by(self, order: str) -> None:
        """Sort the column of the cursor by one of `LANE_ORDERS` from now on."""
        self.ordering.sort_by(order)

    # The mouse

    def on_lane_pressed(self, message: Lane.Pressed) -> None:
        """A click puts the cursor there, a double click opens; a filter stays as it is typed."""
        message.stop()
        self.looking.leave_line()
        self.leave_panel()
        lane = self.cursor.lanes[message.stage]
        place = next((n for n, card in enumerate(lane) if card.id == message.card_id), None)
        if place is None:
            self.walk.go(message.stage, self.cursor.place)
            return
        self.walk.go(message.stage, place)
        if message.opens:
            self.action_open()

    def on_lane_dragged(self, message: Lane.Dragged) -> None:
        """The lane under the pointer lights up."""
        message.stop()
        self.dragging.hold(message.card_id, message.x)

    def on_lane_dropped(self, message: Lane.Dropped) -> None:
        message.stop()
        self.dragging.drop(message.card_id, message.x)

    def drop_card(self, card: Card, stage: Stage) -> None:
        """Move the card that was dragged to another lane."""
        self.picture.remove_signs()
        self._move(card, stage)

    # The panel

    def action_panel(self) -> None:
        self.beside.toggle()

    def action_switch_panel(self) -> None:
        """Into the panel, and back to the cards."""
        self.beside.switch()

    def leave_panel(self) -> None:
        self.beside.leave()

    def show_keys(self) -> None:
        """Show the keys that matter for the card under the cursor, or those of the panel."""
        card = self.subject()
        moment = moment_of(card, self.live.at.date()) if card is not None else ""
        moment = "marked" if self.marks else moment
        self.keybar.show(self.where, "empty" if self.has_class("-empty") else moment)

    def action_tick(self) -> None:
        tip = self.panel.tip
        if tip is not None:
            self.beside.tick(tip.id)

    def on_panel_tip_pressed(self, message: Panel.TipPressed) -> None:
        message.stop()
        self.beside.tick(message.tip.id)

    # Applications and other screens

    def action_open(self) -> None:
        """Everything about the application under the cursor; or what is due on the day chosen."""
        if (day := self.days.chosen) is not None:
            self._open_day(day)
            return
        if card := self.conversation.subject():
            self.rounds.open("dossier", card.id)

    def action_sweep(self) -> None:
        """All quiet cards, to be closed in one step."""
        self.above.show_waiting(0)
        self.rounds.open("sweep")

    def action_today(self) -> None:
        """What is late, and what is due; Enter there comes back to the card."""
        self.rounds.open("today", then=self._jump)

    def action_closed(self) -> None:
        self.rounds.open("closed")

    def action_backups(self) -> None:
        """The copies of the board, and the way back to one."""
        self.rounds.open("backups")

    def action_settings(self) -> None:
        """What can be chosen."""
        self.rounds.open("settings")

    def action_chances(self) -> None:
        """How the applications fare, beginning with the step out of this lane."""
        self.rounds.open("chances", self.cursor.stage)

    def _jump(self, card_id: int | None) -> None:
        if card_id is None or self.jump_to(card_id):
            return
        self.rounds.open("dossier", card_id)

    def action_back(self) -> None:
        """End a range, clear the marks, leave the strip of days or the panel, end the filter: the
        first of these that there is."""
        if self.marks.is_ranging:
            self.marks.end()
            self.draw()
        elif self.marks:
            self.unmark()
        elif self.days.chosen is not None:
            self.days.leave()
        elif self.panel.active:
            self.beside.go_back()
        else:
            self.looking.end()

    # What is looked for

    async def action_filter(self) -> None:
        """Type what to look for, from the beginning; ↑ brings the one before."""
        self.leave_panel()
        await self.looking.begin()

    @on(Input.Changed)
    def _drop_change(self, event: Input.Changed) -> None:
        event.stop()  # the line has told it already

    @on(Input.Submitted)
    def _keep_found(self, event: Input.Submitted) -> None:
        event.stop()
        self.looking.keep()

    def on_filter_line_ended(self) -> None:
        """Escape was pressed in the line that says what to look for."""
        self.looking.end()

    def show_searches(self, kept: Mapping[str, str]) -> None:
        self.looking.take(kept)

    @on(SearchLine.Pressed)
    def _show_pressed_search(self, message: SearchLine.Pressed) -> None:
        message.stop()
        self.looking.show(message.place)

    def action_search(self, step: int) -> None:
        """Show the cards of the next saved search, or of the one before; all at the ends."""
        self.looking.walk(step)

    def action_save_search(self) -> None:
        """Keep what is looked for under a name."""
        self.looking.save(self.conversation)

    def action_rename_search(self) -> None:
        self.looking.rename(self.conversation)

    def action_remove_search(self) -> None:
        self.looking.remove(self.conversation)
