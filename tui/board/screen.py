"""The board on the screen: four lanes, the panel, the line above and the line below.

`live` keeps what is shown in line with the store, `cursor` knows where the user is; here they are
drawn, and keys and mouse are heard.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from store.model.board import BY_HAND, Written
from store.model.dossier import Board, Card, Dossier, Due
from store.model.orders import LANE_ORDERS, ORDER_WORDS, URGENCY
from store.read.glance import (
    Stamps,
    read_all_closed,
    read_stamps,
)
from store.read.quiet import tell_waiting, waiting_line
from store.rules.dates import short_day
from store.rules.stages import ORDER, AllClosed, Stage, all_closed_line, neighbour
from store.rules.text import Refused
from tui.actions.many import move_by
from tui.board.agenda import Agenda
from tui.board.changes import in_order, reorder
from tui.board.columns.arranged import Arranged
from tui.board.columns.face import EXAMPLE, MOVED, STORED, CardForm, Look
from tui.board.columns.fourth_line import USUAL_FIELDS
from tui.board.columns.lane import EMPTY, Lane, View
from tui.board.columns.table import CardTable, TableView, next_field
from tui.board.cursor import Cursor
from tui.board.headline import (
    ALL_CLOSED,
    NOTHING_CELLS,
    WELCOME,
    Days,
    Headline,
    Notice,
    coming_days,
    nothing_matches,
    taken_words,
)
from tui.board.live import Live
from tui.board.looking import PAINTED_SECONDS, Looking
from tui.board.marks import Marks
from tui.board.panel.panel import NARROWEST, Panel, share_of
from tui.board.searches import SearchLine
from tui.board.tour import Tour
from tui.commands import bindings_for, commands_for, moment_of
from tui.conversation import NO_CARD, Conversation, first_follow_up
from tui.desk import Chances
from tui.rounds import Refresh, Rounds
from tui.styles.themes import Inks
from tui.widgets.cells import wrap
from tui.widgets.drawn import Inked
from tui.widgets.keybar import KeyBar, KeyLine

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Cells below which the board asks for more room."""
WIDE = 120
"""Columns from which the panel has a place of its own beside the lanes."""
_SPACE = ("mark", "tick")
"""The actions that one key stands for."""
_NOTES = " · "
_LANES_AT_LEAST = 80
"""Columns that the four lanes keep beside the panel."""
VIEW = "view"
"""The setting that keeps how the cards are shown: nothing for columns, else the list's order."""
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
        self.listed = Arranged(view)
        """The order of the list, kept while the columns are shown."""
        if view:
            self.cursor.arranged = self.listed
            self.cursor.show(board, now)
        self.marks = Marks()
        """The marked cards."""
        self.conversation = Conversation(self)
        """How the actions on its subject ask, write and tell."""
        self.lifted: tuple[int, Stage | None] | None = None
        """The card being dragged, and the lane that it is held over."""
        self.panel_open = False
        """Whether the panel was called on a screen that has no place for it."""
        self._opened_by_tab = False
        """Whether it was called by going into it, so that going back puts it away."""
        self._slid = 0
        """Cells by which the lanes stand further left, beside an open panel."""
        self.panel_away = False
        """Whether the panel was put away on a screen that has."""
        self.short: bool | None = None
        """Whether cards are short, as the user chose; None where each lane decides."""
        self.looking = Looking(self)
        """What is looked for, and the saved searches."""
        self._days_of: tuple[Mapping[Stage, tuple[Card, ...]], Agenda, int, datetime] | None = None
        """What the days are shown of."""
        self.fourth_line = USUAL_FIELDS
        """The fields of a card's fourth line."""
        self._signs: dict[int, str] = {}
        """The signs on the cards that were moved or changed since the last key."""
        self._signs_stand = False
        """Whether signs are painted that are over."""
        self._will_want = False
        self._asked_why_empty = False
        self._finds_nothing = False
        """Whether something is looked for that no card has."""
        self._to_sweep = ""
        """That some quiet cards wait to be swept, on a day on which it is told."""
        self._looked_for_quiet_on: date | None = None

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
        if self.tiny or (action in _SPACE and (action == "tick") is not self._in_panel):
            return False
        return super().check_action(action, parameters)

    @property
    def _in_panel(self) -> bool:
        return self.is_mounted and self.panel.active

    @property
    def tiny(self) -> bool:
        """Whether there is no room for the board, which is told instead."""
        return self.has_class("-tiny")

    def subject(self) -> Card | None:
        return self.cursor.card

    def subject_follow_up(self) -> Due | None:
        return first_follow_up(self.subject())

    def marked(self) -> tuple[Card, ...] | None:
        return self.marks.chosen(self.cursor.lanes) if self.marks else None

    def unmark(self) -> None:
        self.marks.clear()
        self._draw()

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
                yield Lane(stage, self._view(stage))
            yield CardTable(self._table_view())
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
        self._draw()

    def begin(self) -> None:
        """After the first paint: read what the first picture did without."""
        self.live.begin()
        if self.live.complete:
            if not any(self.live.board.lanes.values()):
                self._say_why_empty()
            self.want_dossier()
            self._look_for_quiet()
        self._want_stamps()

    def on_resize(self, event: events.Resize) -> None:
        """Find a place for everything in another size."""
        self._lay_out(event.size.width, event.size.height)
        self.call_after_refresh(self._draw)

    def on_key(self, event: events.Key) -> None:
        """The user begins to do things: be ready to write, and go on with the tour."""
        asyncio.get_running_loop().call_later(PAINTED_SECONDS, self._warm_up)
        if self._signs:
            # What this key does will draw; the last key of all must not begin a picture.
            self._signs.clear()
            self._signs_stand = True
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
            line.show_keymap(self.rounds.keymap.shown("board") if keymap is None else keymap)

    def show_fourth_line(self, fields: tuple[str, ...]) -> None:
        """Cards show these fields in their fourth line, and have none without a field."""
        if fields != self.fourth_line:
            self.fourth_line = fields
            self._draw()

    def _lay_out(self, width: int, height: int) -> None:
        tiny = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(tiny, "-tiny")
        self.set_class(width < WIDE, "-over")
        if tiny:
            room = f"rounds needs {LEAST_WIDTH}×{LEAST_HEIGHT}; this is {width}×{height}"
            self.query_one("#room", Notice).say(tuple(((line, ""),) for line in wrap(room, width)))
        elif width >= WIDE:
            spare = width - _LANES_AT_LEAST
            self.panel.styles.width = max(NARROWEST, min(share_of(width), spare))
        self._show_or_hide_panel(width)

    def _day(self) -> str:
        return short_day(self.live.at.date(), self.live.at.date())

    def _view(self, stage: Stage) -> View:
        here = stage is self.cursor.stage
        card_id, target = self.lifted or (None, None)
        return View(
            self.cursor.lanes[stage],
            self.live.at,
            cursor=self.cursor.place if here and self.cursor.lanes[stage] else None,
            active=here,
            total=len(self.live.board.lanes[stage]),
            order=_order_words(self.live.board, stage),
            quiet=self.cursor.quiet[stage],
            folded=self.cursor.is_folded(stage),
            lifted=card_id,
            target=stage is target,
            hint=self._hint(stage),
            example=self._example(stage),
            short=self.short,
            signs=tuple(self._signs.items()),
            hits=self.cursor.wanted.hits,
            more=self.fourth_line,
            marked=self.marks.shown_in(stage),
        )

    def _table_view(self) -> TableView:
        covered = self.panel_open and self.app.size.width < WIDE
        return TableView(
            self.cursor.rows,
            self.live.at,
            cursor=self.cursor.row if self.cursor.rows else None,
            total=sum(map(len, self.live.board.lanes.values())),
            order=self.listed.order,
            turned=self.listed.turned,
            signs=tuple(self._signs.items()),
            hits=self.cursor.wanted.hits,
            marked=self.marks.shown(),
            stamps=self.listed.stamps,
            covered=self.app.size.width // 2 if covered else 0,
        )

    def _hint(self, stage: Stage) -> str:
        """What the lane says where it is empty."""
        if self.cursor.query:
            return ""
        return EMPTY[stage] if self.live.complete else ""

    def _example(self, stage: Stage) -> Look | None:
        """What a card looks like, on the board of somebody who has none yet."""
        first = self.live.complete and not self.live.board.change_id
        return EXAMPLE if first and stage is Stage.APPLIED and not self.cursor.query else None

    def show_board(self, card_id: int | None = None, *, or_first: bool = False) -> None:
        """The board is another one; the cursor follows its card, or the card with the id, or goes
        `or_first` to the first one where it has none."""
        self.cursor.show(self.live.board, self.live.at, card_id, or_first=or_first)
        self.marks.settle(self.live.board, self.cursor.lanes)
        self._draw()
        self.looking.count_soon()

    def show_stored(self, card_id: int) -> None:
        """Mark the card, unless it is marked as moved, until the next key."""
        self._signs.setdefault(card_id, STORED)
        self.looking.learn_again(card_id)

    def show_failed(self, card_id: int) -> None:
        """Take the sign of the card away: it was not moved after all."""
        self._signs.pop(card_id, None)

    def show_moment(self) -> None:
        """The clock went on."""
        self._look_for_quiet()
        self._draw()
        self.looking.count_soon()

    def _look_for_quiet(self) -> None:
        """Find out, once a day, whether it is to be told that some cards wait to be swept."""
        now = self.live.at
        if self._looked_for_quiet_on != now.date() and self.live.complete:
            self._looked_for_quiet_on = now.date()
            cards = tuple(self.live.board.cards())
            future = self.rounds.desk.read(lambda g: tell_waiting(g, now, cards, all_day=True))
            self.rounds.heed(future, self._show_waiting)

    def _show_waiting(self, number: int) -> None:
        self._to_sweep = waiting_line(number, "press Q") if number else ""
        self.show_headline()

    def _draw(self, *, follow: bool = True) -> None:
        """Show the state; each widget repaints what differs."""
        self._signs_stand = False
        self._slide()
        if self.cursor.arranged is not None:
            self.table.show(self._table_view(), follow=follow)
        else:
            for stage, lane in self.lane_widgets.items():
                lane.show(self._view(stage), follow=follow)
        self.show_headline()
        empty = self.live.complete and not any(self.live.board.lanes.values())
        self.set_class(empty, "-empty")
        self._finds_nothing = bool(self.cursor.query) and not self.cursor.shown
        # Not by a class of the screen: every widget would be styled anew, in the midst of typing.
        self.welcome.display = empty or self._finds_nothing
        self.panel.visible = not self._finds_nothing
        if self._finds_nothing:
            self.welcome.say(nothing_matches(self.cursor.query), least=NOTHING_CELLS)
        elif empty:
            self._say_why_empty()
        self._show_keys()
        self._show_card()

    def _slide(self) -> None:
        """Where the panel covers the last two lanes, put them beside it when the cursor is there.

        All lanes keep their size, so that nothing is drawn anew.
        """
        covered = self.panel_open and self.app.size.width < WIDE
        later = self.cursor.stage.place >= len(ORDER) // 2
        slid = self.app.size.width // 2 if covered and later else 0
        if slid != self._slid:
            self._slid = slid
            for lane in self.lane_widgets.values():
                lane.styles.offset = (-slid, 0)

    def show_headline(self) -> None:
        """Show the day, what is to be done, what was taken, and the coming days."""
        agenda, lanes, at = self.live.agenda, self.live.board.lanes, self.live.at
        before = self._days_of
        if before is None or before[0] is not lanes or before[1:] != (agenda, agenda.version, at):
            # All cards are looked at, which a step of the cursor has no time for.
            self._days_of = lanes, agenda, agenda.version, at
            self.days.show(coming_days(self.live.board.cards(), agenda.dues(), at))
        taken = taken_words(self.live.board.taken, self.live.at.date())
        self.headline.show(self._day(), self.live.agenda.tally, self._note(), taken)

    def _say_why_empty(self) -> None:
        """Find out whether nothing is open any more, or nothing was ever there: a newcomer is
        greeted, nobody else is."""
        if self.live.feed is None or self._asked_why_empty:
            return
        self._asked_why_empty = True
        future = self.rounds.desk.read(read_all_closed)
        future.add_done_callback(self._may_ask_again)
        self.rounds.heed(future, self._show_why_empty)

    def _may_ask_again(self, _: object) -> None:
        self._asked_why_empty = False

    def _show_why_empty(self, found: AllClosed | None) -> None:
        if self._finds_nothing:
            return
        self.welcome.say(
            WELCOME if found is None else (((all_closed_line(found), "strong"),), *ALL_CLOSED)
        )

    def _note(self) -> str:
        """A word in the first line about what is going on: a card that is dragged, a filter,
        marks."""
        if self.lifted is not None and (card := self.live.board.card(self.lifted[0])) is not None:
            stage = self.lifted[1]
            if stage is None or stage is card.stage:
                return "drop it on another column"
            return f"drop it in {stage}"
        notes = self.looking.note(), self.marks.words()
        return _NOTES.join(filter(None, notes)) or self._to_sweep

    def _show_card(self) -> None:
        """Show the card under the cursor in the panel, with what is known of it.

        What was shown of the same card stays until it has been read anew.
        """
        card = self.subject()
        known = None
        if card is not None and self.live.feed is not None:
            known = self.live.dossier_of(card.id)
            shown = self.panel.card
            if known is None and shown and (shown.id, shown.stage) == (card.id, card.stage):
                known = self.panel.dossier
        self.panel.show(card, known, self.live.at)
        if known is None:
            self.want_dossier()
        elif not self._will_want:
            # Those beside it are read when this one stands on the screen: Python runs one thread
            # at a time, and the desk would take turns with the painting.
            self._will_want = True
            asyncio.get_running_loop().call_later(PAINTED_SECONDS, self.want_dossier)

    def want_dossier(self) -> None:
        """Have the dossiers of this card, the one below and the one above ready."""
        self._will_want = False
        if self.live.feed is not None and self.panel.display:
            self.live.feed.want(self.cursor.around())

    def show_dossier(self, dossier: Dossier) -> None:
        card = self.subject()
        if card is not None and card.id == dossier.card.id:
            self.panel.show(card, dossier, self.live.at)

    def show_chances(self, chances: Chances) -> None:
        """Under the card that has just been changed, the line stays as it was read."""
        card = self.panel.card
        self.panel.show_chances(chances, at_once=card is None or card.id != self.live.changed)

    # The cursor

    def action_cursor(self, step: int) -> None:
        """The card below or above; in the panel, the tip."""
        self.days.leave()
        if self.panel.active:
            self.panel.move_tip(step)
            return
        self._show_step(moved=self.cursor.walk(step))

    def action_lane(self, step: int) -> None:
        """The card beside this one, in the next lane; in the strip of days, the day beside; in the
        list, sort by the column beside."""
        if self.days.chosen is not None:
            self.days.walk(step)
        elif self.cursor.arranged is not None:
            self._sort_list(next_field(self.listed.order, step))
        else:
            self.action_go_lane(self.cursor.stage.place + step)

    def action_go_lane(self, number: int) -> None:
        """To the lane `number`, at the height of the cursor on the screen; in the list, to the
        next card in that stage."""
        if not 0 <= number < len(ORDER):
            return
        if self.cursor.arranged is not None:
            self._show_step(moved=self.cursor.go_stage(ORDER[number]))
            return
        stage = ORDER[number]
        row = self.cursor.place - self.lane_widgets[self.cursor.stage].offset_cards
        lane = self.lane_widgets[stage]
        row = max(0, min(row, lane.full_slots - 1))
        self._go(stage, lane.offset_cards + row)

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
        self.short = not any(lane.form is CardForm.SHORT for lane in self.lane_widgets.values())
        self._draw()

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

    def action_page(self, step: int) -> None:
        """A screenful down or up; in the panel, its lines."""
        if self.panel.active:
            self.panel.scroll_by(step * 10)
            return
        listed = self.cursor.arranged is not None
        shown = self.table if listed else self.lane_widgets[self.cursor.stage]
        self.action_cursor(step * shown.full_slots)

    def action_edge(self, step: int) -> None:
        """The first or the last card of the lane, or of the list."""
        self._show_step(moved=self.cursor.go_edge(last=step > 0))

    def jump_to(self, card_id: int) -> bool:
        """Put the cursor on a card, ending a filter that hides it; False when it is not here."""
        if self.live.board.card(card_id) is None:
            return False
        if not self.cursor.holds(card_id):
            self.looking.end()
        self.show_board(card_id)
        return True

    def _go(self, stage: Stage, place: int) -> None:
        self._show_step(moved=self.cursor.go(stage, place))

    def _show_step(self, *, moved: bool) -> None:
        if moved or self._signs_stand:
            self._reach()
            self._draw()

    # Columns or one list

    def action_view(self) -> None:
        """Show all cards as one list, or in their columns again; it is remembered."""
        listed = self.cursor.arranged is None
        self.cursor.arranged = self.listed if listed else None
        self.set_class(listed, "-list")
        self._remember_view()
        self._want_stamps()
        card = self.subject()
        self.marks.end()
        self.cursor.show(self.live.board, self.live.at, card.id if card else None)
        self.marks.settle(self.live.board, self.cursor.lanes)
        self.call_after_refresh(self._draw)

    def _sort_list(self, order: str) -> None:
        self.listed.sort_by(order)
        self.marks.end()
        self._remember_view()
        self.show_board()

    def _remember_view(self) -> None:
        view = "" if self.cursor.arranged is None else str(self.listed)
        self.rounds.heed(self.rounds.desk.write(lambda p: p.remember(VIEW, view)), lambda _: None)

    def _want_stamps(self) -> None:
        """Have the days of the last changes ready for the list."""
        if self.cursor.arranged is not None and self.live.feed is not None:
            self.rounds.heed(self.rounds.desk.read(read_stamps), self._take_stamps)

    def _take_stamps(self, stamps: Mapping[int, Stamps]) -> None:
        self.listed.stamps = stamps
        if self.cursor.arranged is not None:
            self.show_board()

    def on_card_table_pressed(self, message: CardTable.Pressed) -> None:
        """A click puts the cursor there, a double click opens; a filter stays as it is typed."""
        message.stop()
        self.looking.leave_line()
        self.leave_panel()
        self._show_step(moved=self.cursor.go_row(message.row))
        if message.opens:
            self.action_open()

    def on_card_table_head_pressed(self, message: CardTable.HeadPressed) -> None:
        message.stop()
        self._sort_list(message.order)

    # Marks

    def action_mark(self) -> None:
        """Mark the card, or take its mark away, and go to the next one."""
        self.days.leave()
        card = self.conversation.subject()
        if card is not None:
            self.marks.toggle(self.cursor.stage, card.id)
            self.cursor.walk(1)
            self._draw()

    def _reach(self) -> None:
        """The cursor has gone on: a range of marks goes with it."""
        cursor = self.cursor
        if cursor.arranged is not None:
            self.marks.reach_rows(cursor.rows, cursor.row)
        else:
            self.marks.reach(cursor.stage, cursor.lanes[cursor.stage], cursor.place)

    def action_mark_range(self) -> None:
        """Mark from here to where the cursor goes, until it is pressed again."""
        self.leave_panel()
        card = self.conversation.subject()
        if self.marks.is_ranging:
            self.marks.end()
        elif card is not None:
            self.marks.begin(self.cursor.stage, card.id)
        self._draw()

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
        self._signs[card.id] = MOVED
        try:
            self.live.move(card, stage)
        except Refused as refused:
            self._signs.clear()
            self.rounds.say(str(refused))

    def action_reorder(self, step: int) -> None:
        """Put the card lower or higher; its lane is by hand from now on."""
        card = self.conversation.subject()
        if card is None:
            return
        if self.cursor.arranged is not None:
            self.rounds.say("The list has its own order. Press | for columns, then reorder.")
            return
        if self.cursor.query:
            self.rounds.say("The filter hides some cards. Press Esc to show all, then reorder.")
            return
        stage = self.cursor.stage
        board = reorder(self.live.board, stage, self.cursor.place, step)
        if board is self.live.board:
            return
        order = [card.id for card in board.lanes[stage]]
        self.live.set_board(board, cursor=card.id)
        self.live.submit(card.id, lambda p: p.reorder(stage, order))

    def action_sort(self) -> None:
        """Sort the column of the cursor in the next way; in the list, the other way round."""
        if self.cursor.arranged is not None:
            self._sort_list(self.listed.order)
            return
        stage, board = self.cursor.stage, self.live.board
        placed = any(card.position is not None for card in board.lanes[stage])
        orders = [order for order in LANE_ORDERS if order != BY_HAND or placed]
        now = board.orders.get(stage, URGENCY)
        place = orders.index(now) + 1 if now in orders else 0
        self.action_sort_by(orders[place % len(orders)])

    def action_sort_by(self, order: str) -> None:
        """Sort the column of the cursor by one of `LANE_ORDERS` from now on."""
        stage, card = self.cursor.stage, self.subject()
        if self.cursor.arranged is not None:
            self.rounds.say("The list has its own order. Press | for columns, then sort one.")
            return
        self.live.set_board(in_order(self.live.board, stage, order, self.live.at))
        self.live.submit(card.id if card else 0, lambda p: p.sort_lane(stage, order))
        self.rounds.say(f"{stage.title} is sorted by {ORDER_WORDS[order]}. S sorts it otherwise.")

    # The mouse

    def on_lane_pressed(self, message: Lane.Pressed) -> None:
        """A click puts the cursor there, a double click opens; a filter stays as it is typed."""
        message.stop()
        self.looking.leave_line()
        self.leave_panel()
        lane = self.cursor.lanes[message.stage]
        place = next((n for n, card in enumerate(lane) if card.id == message.card_id), None)
        if place is None:
            self._go(message.stage, self.cursor.place)
            return
        self._go(message.stage, place)
        if message.opens:
            self.action_open()

    def on_lane_dragged(self, message: Lane.Dragged) -> None:
        """The lane under the pointer lights up."""
        message.stop()
        lifted = (message.card_id, self._stage_at(message.x))
        if lifted != self.lifted:
            self.lifted = lifted
            self._draw(follow=False)

    def on_lane_dropped(self, message: Lane.Dropped) -> None:
        """The card goes to the lane under the pointer; elsewhere it stays."""
        message.stop()
        self.lifted = None
        card, stage = self.live.board.card(message.card_id), self._stage_at(message.x)
        if card is not None and stage is not None and stage is not card.stage:
            self._signs.clear()
            self._move(card, stage)
        else:
            self._draw(follow=False)

    def _stage_at(self, x: int) -> Stage | None:
        """The lane at a column of the screen; None over the panel."""
        if self.panel.display and x >= self.panel.region.x:
            return None
        for stage, lane in self.lane_widgets.items():
            if lane.region.x <= x < lane.region.right:
                return stage
        return None

    # The panel

    def action_panel(self) -> None:
        if self.has_class("-empty"):
            self.rounds.say(NO_CARD)
            return
        if self.app.size.width >= WIDE:
            self.panel_away = not self.panel_away
        else:
            self.panel_open = not self.panel_open
        self._opened_by_tab = False
        self.leave_panel()
        self._show_or_hide_panel(self.app.size.width)
        self.call_after_refresh(self._draw)

    def _show_or_hide_panel(self, width: int) -> None:
        shown = not self.panel_away if width >= WIDE else self.panel_open
        self.set_class(not shown, "-no-panel")
        if not shown:
            self.leave_panel()

    def action_switch_panel(self) -> None:
        """Into the panel, and back to the cards."""
        if self.panel.active:
            self.leave_panel()
            return
        if self.has_class("-empty"):
            self.rounds.say(NO_CARD)
            return
        if not self.panel.display:
            self.action_panel()
            self._opened_by_tab = True
        self.panel.activate(True)
        self._show_keys()

    def leave_panel(self) -> None:
        self.panel.activate(False)
        self._show_keys()

    def _show_keys(self) -> None:
        """Show the keys that matter for the card under the cursor, or those of the panel."""
        card = self.subject()
        moment = moment_of(card, self.live.at.date()) if card is not None else ""
        moment = "marked" if self.marks else moment
        self.keybar.show(self.where, "empty" if self.has_class("-empty") else moment)

    def action_tick(self) -> None:
        tip = self.panel.tip
        if tip is not None:
            self._tick(tip.id)

    def on_panel_tip_pressed(self, message: Panel.TipPressed) -> None:
        message.stop()
        self._tick(message.tip.id)

    def _tick(self, tip_id: str) -> None:
        card, dossier = self.panel.card, self.panel.dossier
        if card is None or dossier is None:
            return
        tip = next(tip for tip in dossier.tips if tip.id == tip_id)
        if not tip.tickable:
            self.rounds.say("This tip is a reminder only; it cannot be ticked.")
            return
        if tip.automatic:
            self.rounds.say("This is ticked automatically when done.")
            return
        ticked = not tip.ticked
        tips = tuple(t._replace(ticked=ticked) if t.id == tip_id else t for t in dossier.tips)
        foreseen = dossier._replace(tips=tips)
        if ticked and self.tour is not None:
            self.tour.note_tick()
        self.live.put(foreseen)
        self.panel.show(card, foreseen, self.live.at)
        self.live.submit(card.id, lambda p: p.tick(card.id, tip_id, ticked))

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
        self._show_waiting(0)
        self.rounds.open("sweep")

    def action_review(self) -> None:
        """The week in one page."""
        self.rounds.open("review")

    def action_shelf(self) -> None:
        """The postings that wait for an answer."""
        self.rounds.open("shelf")

    def action_mail(self) -> None:
        """The messages that wait, and what they would do."""
        self.rounds.open("mail")

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
            self._draw()
        elif self.marks:
            self.unmark()
        elif self.days.chosen is not None:
            self.days.leave()
        elif self.panel.active:
            if self._opened_by_tab:
                self.action_panel()
            else:
                self.leave_panel()
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


def _order_words(board: Board, stage: Stage) -> str:
    """What a lane is sorted by, where that is told: “by hand”."""
    order = board.orders.get(stage, URGENCY)
    # The day you applied, in the words that a narrow column has room for.
    return "" if order == URGENCY else "by date" if order == "applied" else f"by {order}"
