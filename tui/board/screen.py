"""The keys of the board: the cursor, the lanes, the filter, the panel."""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from store.model.dossier import Card
from store.rules.stages import ORDER, Stage, neighbour
from store.rules.text import Refused
from tui.board.changes import by_urgency, reordered, with_card
from tui.board.lane import Lane
from tui.board.live import BoardState
from tui.board.panel import Panel
from tui.board.panel_text import open_dues
from tui.board.view import BAR, PANEL_BAR, WIDE
from tui.commands import bindings_for, commands_for
from tui.widgets.line_fields import FilterLine


class BoardKeys(BoardState):
    """What arrows, letters and the mouse do on the board."""

    panel_open = False
    """Whether the panel was called on a screen that has no place for it."""
    panel_away = False
    """Whether the panel was put away on a screen that has."""

    # The cursor

    def action_cursor(self, step: int) -> None:
        """The card below or above; in the panel, the tip."""
        if self.panel.active:
            self.panel.move_tip(step)
            return
        last = len(self.lanes[self.stage]) - 1
        self._go(self.stage, max(0, min(self.place + step, last)))

    def action_lane(self, step: int) -> None:
        """The card beside this one, in the next lane."""
        self.action_go_lane(self.stage.place + step)

    def action_go_lane(self, number: int) -> None:
        """To the lane `number`, at the height of the cursor on the screen."""
        if not 0 <= number < len(ORDER):
            return
        stage = ORDER[number]
        row = self.place - self.lane_widgets[self.stage].offset_cards
        lane = self.lane_widgets[stage]
        row = max(0, min(row, lane.full_slots - 1))
        self._go(stage, max(0, min(lane.offset_cards + row, len(self.lanes[stage]) - 1)))

    def action_page(self, step: int) -> None:
        """A screenful down or up; in the panel, its lines."""
        if self.panel.active:
            self.panel.scroll_lines(step * 10)
            return
        self.action_cursor(step * self.lane_widgets[self.stage].full_slots)

    def action_edge(self, step: int) -> None:
        """The first or the last card of the lane."""
        self._go(self.stage, max(0, len(self.lanes[self.stage]) - 1) if step > 0 else 0)

    def jump_to(self, card_id: int) -> bool:
        """Put the cursor on a card, ending a filter that hides it; False when it is not here."""
        if self.board.card(card_id) is None:
            return False
        if not any(card.id == card_id for lane in self.lanes.values() for card in lane):
            self.end_filter()
        self._place_cursor(card_id)
        self._draw()
        return True

    def end_filter(self) -> None:
        """Show all cards again."""

    def _go(self, stage: Stage, place: int) -> None:
        if (stage, place) != (self.stage, self.place):
            self.stage, self.place = stage, place
            self._draw()

    # Moving cards

    def action_move(self, step: int) -> None:
        """Move the card to the neighbouring stage, at once."""
        card = self._open_subject()
        if card is None:
            return
        try:
            self._move(card, neighbour(card.stage, step))
        except Refused as refused:
            self.rounds.say(str(refused))

    def _move(self, card: Card, stage: Stage) -> None:
        from tui.board.changes import foreseen_card, foreseen_page, others_of

        page = self.feed.known(card.id) if self.feed is not None else None
        if self.feed is not None and page is not None:
            others, rules = others_of(self.board, card, stage), self.rounds.desk.rules(page.preset)
            page = foreseen_page(page, card, stage, self.at, rules, others)
            self.feed.put(page)
            moved = page.card
            self.agenda.put(card.id, open_dues(page))
        else:
            moved = foreseen_card(card, stage, self.at)
            self.agenda.put(card.id, (moved.follow_up,) if moved.follow_up is not None else ())
        self.set_board(with_card(self.board, moved, self.at), cursor=card.id)
        self.submit(card.id, lambda p: p.move(card.id, stage))

    def action_reorder(self, step: int) -> None:
        """Put the card lower or higher; its lane is by hand from now on."""
        card = self._open_subject()
        if card is None:
            return
        if self.query_text:
            self.rounds.say("Some cards are hidden by the filter. Esc shows all, then sort them.")
            return
        stage = self.stage
        board = reordered(self.board, stage, self.place, step)
        if board is self.board:
            return
        order = [card.id for card in board.lanes[stage]]
        self.set_board(board, cursor=card.id)
        self.submit(card.id, lambda p: p.reorder(stage, order))

    def action_sort_by_urgency(self) -> None:
        """Sort the lane by urgency again."""
        stage = self.stage
        if stage not in self.board.by_hand:
            self.rounds.say(f"{stage.title} is sorted by urgency. J and K sort it by hand.")
            return
        card = self.subject()
        self.set_board(by_urgency(self.board, stage, self.at))
        self.submit(card.id if card else 0, lambda p: p.sort_by_urgency(stage))
        self.rounds.say(f"{stage.title} is sorted by urgency again.")

    # The mouse

    def on_lane_pressed(self, message: Lane.Pressed) -> None:
        """A click puts the cursor there, a double click opens."""
        message.stop()
        self._leave_panel()
        lane = self.lanes[message.stage]
        place = next((n for n, card in enumerate(lane) if card.id == message.card_id), None)
        if place is None:
            self._go(message.stage, min(self.place, max(0, len(lane) - 1)))
            return
        self._go(message.stage, place)
        if message.opens:
            self.run_action_open()

    def run_action_open(self) -> None:
        """Open the card under the cursor."""

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
        card, stage = self.board.card(message.card_id), self._stage_at(message.x)
        if card is not None and stage is not None and stage is not card.stage:
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

    def _note(self) -> str:
        if self.lifted is None or (card := self.board.card(self.lifted[0])) is None:
            return super()._note()
        stage = self.lifted[1]
        if stage is None or stage is card.stage:
            return "drop it on another lane"
        return f"drop it in {stage}"

    # The panel

    def action_panel(self) -> None:
        """Show the panel, or put it away."""
        if self.app.size.width >= WIDE:
            self.panel_away = not self.panel_away
        else:
            self.panel_open = not self.panel_open
        self._leave_panel()
        self._show_or_hide_panel(self.app.size.width)
        self.call_after_refresh(self._draw)

    def _show_or_hide_panel(self, width: int) -> None:
        shown = not self.panel_away if width >= WIDE else self.panel_open
        self.set_class(not shown, "-no-panel")
        if not shown:
            self._leave_panel()

    def action_switch_panel(self) -> None:
        """Into the panel, and back to the cards."""
        if self.panel.active:
            self._leave_panel()
            return
        if not self.panel.display:
            self.action_panel()
        self.panel.activate(True)
        self.keybar.show("panel", PANEL_BAR)

    def _leave_panel(self) -> None:
        self.panel.activate(False)
        self.keybar.show("board", BAR)

    def action_tick(self) -> None:
        """Tick the tip under the panel's cursor, or take the tick away."""
        tip = self.panel.tip
        if tip is not None:
            self._tick(tip.id)

    def on_panel_tip_pressed(self, message: Panel.TipPressed) -> None:
        """A click ticks a tip."""
        message.stop()
        self._tick(message.tip.id)

    def _tick(self, tip_id: str) -> None:
        card, dossier = self.panel.card, self.panel.dossier
        if card is None or dossier is None:
            return
        tip = next(tip for tip in dossier.tips if tip.id == tip_id)
        if not tip.tickable:
            self.rounds.say("This one is to keep in mind: there is nothing to tick.")
            return
        if tip.automatic:
            self.rounds.say("This one ticks itself as soon as it is done.")
            return
        ticked = not tip.ticked
        tips = tuple(t._replace(ticked=ticked) if t.id == tip_id else t for t in dossier.tips)
        foreseen = dossier._replace(tips=tips)
        if self.feed is not None:
            self.feed.put(foreseen)
        self.panel.show(card, foreseen, self.at)
        self.submit(card.id, lambda p: p.tick(card.id, tip_id, ticked))


_BOARD_KEYS = {key for command in commands_for("board") for key in command.keys}


class BoardScreen(BoardKeys):
    """Where each application stands, and what to do today.

    The keys are those of `tui.commands` for "board", and for "panel" while it has them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("board"),
        *(binding for binding in bindings_for("panel") if binding.key not in _BOARD_KEYS),
    ]

    _over: tuple[Card, ...] = ()
    _filter_line: FilterLine | None = None

    @property
    def where(self) -> str:
        """Which commands apply: those of the board, or those of the panel."""
        return "panel" if self.panel.active else "board"

    def show_keymap(self, keymap: Mapping[str, str]) -> None:
        """Show the keys that the user chose."""
        self.keybar.show_keymap(keymap)

    # Applications

    def action_add(self) -> None:
        """Add an application; the cursor goes to it."""
        from store.read.history import read_before
        from tui.dialogs.application import ApplicationForm, Filled

        def form(filled: Filled | None, error: str) -> ApplicationForm:
            return ApplicationForm(
                "New application",
                self.rounds.now().date(),
                texts=filled.texts if filled else None,
                companies=self.rounds.companies(),
                before=self.rounds.desk.read(read_before),
                error=error,
            )

        self.run_worker(self._add(form), group="card")

    async def _add(self, form: Any) -> None:
        known = {card.id for card in self.board.cards()}
        await self._ask(form, lambda filled: lambda p: p.add(**filled.values))
        new = [card.id for card in self.board.cards() if card.id not in known]
        if new:
            self.jump_to(max(new))

    def action_open(self) -> None:
        """Everything about the application under the cursor."""
        if card := self._open_subject():
            self.rounds.open("dossier", card.id)

    def run_action_open(self) -> None:
        self.action_open()

    # Other screens

    def action_today(self) -> None:
        """What is late, and what is due; Enter there comes back to the card."""
        self.rounds.open("today", then=self._jump)

    def action_closed(self) -> None:
        """Applications that are over."""
        self.rounds.open("closed")

    def action_chances(self) -> None:
        """How the applications fare, beginning with the step out of this lane."""
        self.rounds.open("chances", self.stage)

    def _jump(self, card_id: int | None) -> None:
        if card_id is None or self.jump_to(card_id):
            return
        self.rounds.open("dossier", card_id)

    def action_back(self) -> None:
        """Out of the panel, else end the filter."""
        if self.panel.active:
            self._leave_panel()
        else:
            self.end_filter()

    # The filter

    async def action_filter(self) -> None:
        """Type what to look for, from the beginning; ↑ brings the one before."""
        from store.read.glance import read_search_texts

        self._leave_panel()
        if self._filter_line is None:
            self._filter_line = FilterLine(self._look_for)
            await self.mount(self._filter_line, before=self.keybar)
        self.add_class("-filtering")
        self._filter_line.begin()
        future = self.rounds.desk.read(lambda g: (read_search_texts(g), g.cards(closed=True)))
        future.add_done_callback(self._texts_read)

    def _texts_read(
        self, future: "asyncio.Future[tuple[dict[int, str], tuple[Card, ...]]]"
    ) -> None:
        if future.cancelled():
            return
        if (error := future.exception()) is not None:
            self.rounds.fail(error)
            return
        texts, self._over = future.result()
        self.filter.learn(texts)
        for cards in (*self.board.lanes.values(), self._over):
            self.filter.prepare(cards)
        if self.query_text:
            self._look_for(self.query_text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()  # the line has told it already

    @on(Input.Submitted)
    def _keep_filter(self, event: Input.Submitted) -> None:
        event.stop()
        self._leave_filter_line()

    @on(FilterLine.Ended)
    def end_filter(self) -> None:
        """Show all cards again."""
        self._leave_filter_line()
        if self._filter_line is not None:
            with self.prevent(Input.Changed):
                self._filter_line.clear_all()
        self._look_for("")

    def on_lane_pressed(self, message: Any) -> None:
        """A click on the board leaves the filter as it is typed."""
        self._leave_filter_line()
        super().on_lane_pressed(message)

    def _leave_filter_line(self) -> None:
        if self.has_class("-filtering"):
            self.set_focus(None)
            self.remove_class("-filtering")

    def _look_for(self, query: str) -> None:
        query = " ".join(query.split())
        self.query_text = query
        self.set_board(self.board)
        if query and self.subject() is None:
            first = next((lane[0].id for lane in self.lanes.values() if lane), None)
            self.set_board(self.board, cursor=first)

    def _note(self) -> str:
        note = super()._note()
        if note or not self.query_text:
            return note
        found = sum(len(lane) for lane in self.lanes.values())
        total = sum(len(lane) for lane in self.board.lanes.values())
        words = f"/{self.query_text}  {found:,} of {total:,}"
        closed = len(self.filter.matching(self._over, self.query_text))
        return f"{words} · {closed:,} closed: c" if closed else words
