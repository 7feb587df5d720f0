"""The palette: every command that works here, the way to every card, and the themes.

Hits are built literally: a company called “[/b]” is only a name (pitfall 4).
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple, cast

from textual.binding import BindingType
from textual.command import (
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.content import Content
from textual.style import Style

from store.model.dossier import Card
from store.rules.text import searchable
from tui.commands import BY_NAME, Command, key_name
from tui.rounds import LeftOnce, Rounds, ctrl_c
from tui.widgets.cells import clip

TITLE_CELLS = 80
"""How long a title of the palette gets: very long ones freeze an option list (pitfall 5)."""
CARDS_AT_MOST = 50
"""How many cards are offered; whoever wants another one types more."""


class _PaletteCard(NamedTuple):
    """A card with its title, and what is looked for in it."""

    card: Card
    title: str
    text: str


class Palette(LeftOnce, CommandPalette):
    """Textual's palette; page keys would crash it where the terminal has no room for its list.

    Before its line stands a sign that has one cell in every terminal, which an emoji has not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*ctrl_c("escape")]

    def on_mount(self) -> None:
        for icon in self.query(SearchIcon):  # none when the program ends while this opens
            icon.icon = ">"

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class CommandProvider(Provider):
    """The commands of the screen below the palette, then the cards of the board."""

    async def startup(self) -> None:
        where = getattr(self.screen, "where", "board")
        named = [c for c in BY_NAME if not c.where or where in c.where]
        offered = self._rounds.keymap.commands(where)
        self._commands = [c for c in (*offered, *named) if c.id != "palette"]
        self._ways = [_way(card) for card in self._rounds.cards()]

    async def discover(self) -> Hits:
        for command in self._commands:
            yield DiscoveryHit(
                Content(command.label),
                partial(self._run, command),
                text=command.label,
                help=_help(command),
            )

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands:
            score, offsets = matcher.fuzzy_search.match(query, command.label)
            if score > 0:
                yield Hit(
                    score,
                    literal(command.label, offsets, matcher.match_style),
                    partial(self._run, command),
                    text=command.label,
                    help=_help(command),
                )
        words = searchable(query).split()
        found = [way for way in self._ways if all(word in way.text for word in words)]
        for way in found[:CARDS_AT_MOST] if words else ():
            yield Hit(
                _score(way, words),
                literal(way.title, _places(way.title, words), matcher.match_style),
                partial(self._rounds.go_to, way.card.id),
                text=way.title,
            )
        for name in self._themes(query):
            yield Hit(0.4, Content(f"Theme {name}"), partial(self._wear, name), text=name)

    @property
    def _rounds(self) -> Rounds:
        return cast("Rounds", self.app)

    def _themes(self, query: str) -> list[str]:
        """The themes with such a name; all of them for “theme”."""
        wanted = query.casefold().removeprefix("theme").strip()
        return [name for name in sorted(self.app.available_themes) if wanted in name]

    def _wear(self, theme: str) -> None:
        self.app.theme = theme

    async def _run(self, command: Command) -> None:
        if self.screen in self.app.screen_stack:  # it may be gone by the time that this is chosen
            await self.screen.run_action(command.action)


def literal(title: str, offsets: Sequence[int], style: Style) -> Content:
    """`title` as it stands, with the characters at `offsets` in `style`."""
    content = Content(title)
    for offset in offsets:
        if offset < len(title) and not title[offset].isspace():
            content = content.stylize(style, offset, offset + 1)
    return content


def _way(card: Card) -> _PaletteCard:
    title = clip(f"Go to {card.company} — {card.role}", TITLE_CELLS)
    return _PaletteCard(card, title, searchable(title))


def _places(title: str, words: Sequence[str]) -> list[int]:
    """Where the words stand in the title, though accents and case do not count in the search."""
    folded = [searchable(character) for character in title]
    # The letter of the title that each letter looked in comes from.
    whence = [at for at, letters in enumerate(folded) for _ in letters]
    text = "".join(folded)
    places: list[int] = []
    for word in words:
        if (at := text.find(word)) >= 0:
            places += whence[at : at + len(word)]
    return places


def _score(way: _PaletteCard, words: Sequence[str]) -> float:
    """Better when the company begins with what was typed; below a command so called."""
    company = searchable(way.card.company)
    starts = company.startswith(words[0]) or f" {words[0]}" in way.text
    return 1.0 if starts else 0.5


def _help(command: Command) -> Any:
    keys = ", ".join(key_name(key) for key in command.keys)
    return Content.assemble(f"{command.tooltip}  ", (keys, "bold"))
