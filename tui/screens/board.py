"""The board: what can be asked of it, and where it leads."""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from store.model.dossier import Card
from tui.commands import bindings_for, commands_for
from tui.screens.board_keys import BoardKeys
from tui.widgets.filter_line import FilterLine

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
        from tui.screens.application_form import ApplicationForm, Filled

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
            from tui.screens.dossier import DossierScreen

            self.app.push_screen(DossierScreen(card.id))

    def run_action_open(self) -> None:
        self.action_open()

    # Other screens

    def action_today(self) -> None:
        """What is late, and what is due; Enter there comes back to the card."""
        from tui.screens.today import TodayScreen

        self.app.push_screen(TodayScreen(), self._jump)

    def action_closed(self) -> None:
        """Applications that are over."""
        from tui.screens.closed import ClosedScreen

        self.app.push_screen(ClosedScreen())

    def action_chances(self) -> None:
        """How the applications fare, beginning with the step out of this lane."""
        from tui.screens.chances import ChancesScreen

        self.app.push_screen(ChancesScreen(self.stage))

    def _jump(self, card_id: int | None) -> None:
        if card_id is None or self.jump_to(card_id):
            return
        from tui.screens.dossier import DossierScreen

        self.app.push_screen(DossierScreen(card_id))

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
