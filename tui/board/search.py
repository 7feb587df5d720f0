"""What is looked for on the board: the line in which it is typed, and the saved searches."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from textual.widget import Widget
from textual.widgets import Input

from store.model.dossier import Card
from store.read.glance import Glance, SearchTexts, Stamps, read_search_texts, read_stamps
from store.rules.query.help import completions, help_line
from tui.board.cursor import Cursor
from tui.board.live import Live
from tui.board.saved_searches import ALL, Searches, SearchLine
from tui.conversation import Conversation
from tui.filtering import Values
from tui.rounds import Rounds, resolve
from tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tui.widgets.line_fields import FilterLine

_WHILE_TYPING = "enter keep · esc clear · tab complete · ctrl+s save"
"""What the last line says of the filter, where the word that is typed needs no help."""
PAINTED_SECONDS = 0.02
"""After which a key has been painted; keys that are held come at 30 a second."""
_Found = tuple[Mapping[int, SearchTexts], Mapping[int, Stamps], tuple[Card, ...]]
"""What is looked in beside the cards: texts, days, and the closed applications."""


def _read(glance: Glance) -> _Found:
    import store.rules.typed.days  # noqa: F401  # 20 ms, before the first day is typed

    return read_search_texts(glance), read_stamps(glance), glance.cards(closed=True)


class LookedAt(Protocol):
    """The screen whose cards are looked through."""

    live: Live
    cursor: Cursor
    keybar: KeyBar
    search_line: SearchLine

    @property
    def rounds(self) -> Rounds: ...
    def show_board(self, card_id: int | None = None, *, or_first: bool = False) -> None: ...
    def leave_panel(self) -> None: ...
    def has_class(self, *class_names: str) -> bool: ...
    def set_class(self, add: bool, *class_names: str) -> Any: ...
    def set_focus(self, widget: Widget | None) -> None: ...
    def mount(self, *widgets: Widget, before: Widget) -> Any: ...
    def prevent(self, *messages: Any) -> Any: ...


class Looking:
    """What the user looks for among the cards of a screen, and the searches that were saved."""

    def __init__(self, screen: LookedAt) -> None:
        self.searches = Searches()
        """The saved searches."""
        self._screen = screen
        self._line: FilterLine | None = None
        self._values = Values(())
        """What can be completed in it."""
        self._left: int | None = None
        """The card that the cursor was on before something was looked for; Esc goes back there."""
        self._over: tuple[Card, ...] = ()
        """The closed applications, to count those that match."""
        self._will_count = False

    @property
    def _cursor(self) -> Cursor:
        return self._screen.cursor

    @property
    def _is_typed(self) -> bool:
        """Whether the line stands on the screen."""
        return self._screen.has_class("-filtering")

    async def begin(self) -> None:
        """Type what to look for, from the beginning."""
        screen = self._screen
        if self._line is None:
            from tui.widgets.line_fields import FilterLine  # with fields of many lines: 6 ms

            self._line = FilterLine(self._look_for, lambda text: completions(text, self._values))
            await screen.mount(self._line, before=screen.keybar)
        screen.set_class(True, "-filtering")
        self._remember_card()
        self._values = Values(tuple(screen.live.board.cards()))
        self._line.begin()
        screen.keybar.tell(_WHILE_TYPING)
        self._read_texts()

    def keep(self) -> None:
        """Leave the line, with what was found; it stays where it cannot be read, as it says."""
        if not self._cursor.wanted.trouble:
            self._left = None
            self.leave_line()

    def end(self) -> None:
        """Show all cards; the cursor goes back to where it was, unless what was found was kept."""
        self.leave_line()
        if self._line is not None:
            with self._screen.prevent(Input.Changed):
                self._line.clear_all()
        self._look_for("")
        if self._left is not None:
            self._screen.show_board(self._left)
            self._left = None

    def leave_line(self) -> None:
        """The keys are for the board again; what is looked for stays."""
        if self._is_typed:
            self._screen.set_focus(None)
            self._screen.keybar.tell("")
            self._screen.set_class(False, "-filtering")

    def note(self) -> str:
        """What is looked for, and how many cards it finds; "" when nothing is."""
        cursor = self._cursor
        if not cursor.query:
            return ""
        total = sum(len(lane) for lane in self._screen.live.board.lanes.values())
        words = f"/{cursor.query}  {cursor.shown:,} of {total:,}"
        closed = len(cursor.filter.match(self._over, cursor.wanted))
        return f"{words} · {closed:,} closed: c" if closed else words

    def learn_again(self, card_id: int) -> None:
        """Know what can be looked in of one application, which was changed."""
        if self._line is None and not self.searches.kept:
            return

        def learn(found: tuple[Mapping[int, SearchTexts], Mapping[int, Stamps]]) -> None:
            texts, stamps = found
            self._cursor.filter.learn_one(card_id, texts.get(card_id), stamps.get(card_id))
            self.searches.look_again(card_id)
            self.count_soon()

        rounds = self._screen.rounds
        future = rounds.desk.read(
            lambda g: (read_search_texts(g, card_id), read_stamps(g, card_id))
        )
        rounds.heed(future, learn)

    def take(self, kept: Mapping[str, str]) -> None:
        """The board was read, with these searches: count what they find once all is known."""
        self.searches.take(kept)
        self._screen.set_class(bool(kept), "-searches")
        if kept:
            self._read_texts()
        self.count_soon()

    def count_soon(self) -> None:
        """Count what the searches find when what was asked for stands on the screen."""
        if self.searches.kept and not self._will_count:
            self._will_count = True
            asyncio.get_running_loop().call_later(PAINTED_SECONDS, self._count)

    def walk(self, step: int) -> None:
        """Go to the next saved search, or to the one before; to all cards at the ends."""
        if not self.searches.kept:
            self._screen.rounds.say("No saved searches. Press / to search, then ctrl+s to save it.")
            return
        self.show(self.searches.beside(self._cursor.query, step))

    def show(self, place: int) -> None:
        """Show the cards of the search at this place of the line."""
        self._screen.leave_panel()
        self.leave_line()
        self.searches.chosen = place
        if place == ALL:
            self.end()
            return
        if not self._cursor.query:
            self._remember_card()
        self._look_for([*self.searches.kept.values()][place - 1])
        if self._cursor.wanted.trouble:
            self._screen.rounds.say(self._cursor.wanted.trouble)

    def save(self, conversation: Conversation) -> None:
        """Keep what is looked for under a name, which is asked for."""
        cursor = self._cursor
        if not cursor.query or cursor.wanted.trouble:
            what = cursor.wanted.trouble or "Press / to search first, then save it."
            self._screen.rounds.say(what)
            return
        self._left = None
        self.leave_line()
        save = resolve("tui.actions.searches:save")
        save(conversation, cursor.query, self.searches.kept, self.take)

    def rename(self, conversation: Conversation) -> None:
        """Call the saved search that is shown otherwise."""
        if name := self._name_shown():
            rename = resolve("tui.actions.searches:rename")
            rename(conversation, name, self.searches.kept, self.take)

    def remove(self, conversation: Conversation) -> None:
        """Forget the saved search that is shown."""
        if name := self._name_shown():
            resolve("tui.actions.searches:remove")(conversation, name)

    def _name_shown(self) -> str:
        """The name of the saved search that is shown; "" and a sentence when there is none."""
        name = self.searches.name_of(self._cursor.query)
        if not name:
            self._screen.rounds.say("No saved search is shown. Press ] to go to one.")
        return name

    def _remember_card(self) -> None:
        card = self._cursor.card
        self._left = card.id if card is not None else None

    def _read_texts(self) -> None:
        """Know all that can be looked in, as it is stored now."""
        self._screen.rounds.heed(self._screen.rounds.desk.read(_read), self._learn_texts)

    def _learn_texts(self, found: _Found) -> None:
        texts, stamps, self._over = found
        looks_in = self._cursor.filter
        looks_in.learn(texts, stamps)
        for cards in (*self._screen.live.board.lanes.values(), self._over):
            looks_in.prepare(cards)
        self.searches.forget()
        self.count_soon()
        if self._cursor.query:
            self._look_for(self._cursor.query)

    def _count(self) -> None:
        self._will_count = False
        live, cursor = self._screen.live, self._cursor
        found = self.searches.count(live.board.lanes, live.at, cursor.filter)
        self._screen.search_line.show(found, self.searches.place_of(cursor.query))

    def _look_for(self, query: str) -> None:
        screen, cursor = self._screen, self._cursor
        if self._is_typed:
            help_ = help_line(query, screen.live.at, self._values)
            screen.keybar.tell(help_ or _WHILE_TYPING)
        query = " ".join(query.split())
        cursor.query = query
        screen.show_board(or_first=bool(query))
