"""The application: it opens the desk, wears the theme, watches clock and file, and ends well."""

import asyncio
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual.app import ScreenError
from textual.binding import BindingType
from textual.css.query import QueryError
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import MountError

from store.clock import Clock
from store.errors import StoreError, name
from store.file.daily import DailyCopies
from store.file.location import config_path
from store.model.board import Written
from store.model.dossier import Board, Card
from store.place import Place, path_beside
from store.read.changes import MadeByOther, read_made_by_others
from store.read.glance import Glance
from store.rules.text import Refused
from store.server.address import Address
from tui.board.columns.one_list import VIEW
from tui.board.screen import BoardScreen
from tui.board.upkeep import TOLD_SECONDS, Upkeep
from tui.config.glimpse import WatchedConfig
from tui.desk import Desk, Heeded
from tui.ending import terminal_gone
from tui.rounds import Refresh, Rounds
from tui.styles.themes import OURS, ROUNDS_DARK
from tui.wording import tell_others

if TYPE_CHECKING:
    from tui.config.keys import Keymap

WATCH_SECONDS = 0.9
"""How often clock and file are looked at: another window's change shows within a second."""


GARBAGE = (2_000, 10, 100)
"""How much is made before garbage is looked for, in what is new, what is older, and everything
(product). That takes 70 ms with 10,000 cards; see `RoundsApp._tidy`."""
_SOME = 2
"""So many looks at what is older make one at everything worth it."""

_WRONG_AT_MOST = 4
"""Mistakes in the config file that are told on the screen (product): more would cover it."""
SAVING_AT_MOST = 3.0
"""Seconds for which `q` waits for what is being saved before it asks (product)."""


Versions = tuple[int, int, tuple[MadeByOther, ...]]
"""The version of the file, its newest change, and what others than the user did meanwhile."""


def _write_theme(theme: str) -> None:
    """Write the theme into the config file; on the desk's thread, for it waits for the disk."""
    from store.config.writing import set_value

    set_value(config_path(), ("screen", "theme"), theme)


def palette_provider() -> Any:
    """The provider of the palette, loaded when the palette opens."""
    from tui.palette import CommandProvider

    return CommandProvider


class RoundsApp(Rounds):
    """The board in the terminal.

    Args:
        place: the board's file or address; made when it does not exist.
        clock: the one clock.
        board: what was read before the start, so that the first picture has everything on it.
        glance: the file, open for reading; the application takes it over.
        theme: the name of the theme that was chosen last.
        tour: whether a line on the board leads through the first keys.
        plain: whether the signs have plain stand-ins: see `tui.widgets.plain`.
        passing: whether the board goes when it is left: nobody wants copies or a calendar of it.
    """

    TITLE = "rounds"
    CSS_PATH: ClassVar[Any] = "styles/rounds.tcss"
    COMMANDS: ClassVar[set[Any]] = {palette_provider}
    BINDINGS: ClassVar[list[BindingType]] = []
    NOTIFICATION_TIMEOUT = 4

    def __init__(
        self,
        place: Place,
        clock: Clock,
        *,
        board: Board | None = None,
        glance: Glance | None = None,
        theme: str | None = None,
        tour: bool = False,
        plain: bool = False,
        passing: bool = False,
    ) -> None:
        super().__init__()
        self.plain = plain
        self._passing = passing
        self._tour = tour
        self.place = place
        self.path = path_beside(place)
        """The file, or where this machine keeps what belongs to a board on a server."""
        self.clock = clock
        self.crash: BaseException | None = None
        """The error that nobody foresaw and that ended the program."""
        self._first_board = board
        self._glance = glance
        self._view = glance.setting(VIEW) or "" if glance is not None else ""
        self._versions: tuple[int, int] | None = None
        self._told_up_to = board.change_id if board is not None else None
        """The newest change up to which it was told what others did; None while that is open."""
        self._asking = False
        self._keys_read = 0
        """How much had been read from the terminal when it was looked at last."""
        self._chosen_theme: str | None = None
        """The theme that the config file names, if it does."""
        self._goes_by_file = False
        """Whether the config file has been read."""
        self._config = WatchedConfig()
        self._wrong: tuple[str, ...] = ()
        """What is wrong with the config file, as far as the screen reads it."""
        self._told_wrong: set[str] = set()
        self._unsaved_before: int | None = None
        self.told_to_leave: int | None = None
        """The exit code that a signal asked for."""
        for ours in OURS:
            self.register_theme(ours)
        self.theme = theme if theme in self.available_themes else ROUNDS_DARK.name
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled = False

    def get_default_screen(self) -> Screen[Any]:
        """The board is the screen below all others."""
        board = self._first_board
        self.board_screen = BoardScreen(
            board or Board(),
            self.now(),
            complete=board is not None,
            tour=self._tour,
            view=self._view,
        )
        return self.board_screen

    def on_load(self) -> None:
        """Open the desk: from now on things can be asked."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._tell_unheard)
        self.desk = Desk(
            self.place,
            self.clock,
            loop=loop,
            glance=self._glance,
            copies=None if self._passing or self.is_on_server else self._daily_copies(loop),
        )
        self._upkeep = Upkeep(self.place, self.clock, loop=loop, warn=self.warn)
        self.desk.on_stored = self._upkeep.note_stored

    @property
    def is_on_server(self) -> bool:
        """Whether the board is in a database on a server, which makes its own backups."""
        return isinstance(self.place, Address)

    def _daily_copies(self, loop: asyncio.AbstractEventLoop) -> DailyCopies:
        return DailyCopies(
            self.path, self.clock, loop, lambda: self.desk.writes_waiting > 0, self.warn
        )

    def on_mount(self) -> None:
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        """What the first picture need not wait for; nothing when the end came first."""
        if not self.is_running:
            return
        self.board_screen.begin()
        self.set_interval(WATCH_SECONDS, self._watch)
        self.theme_changed_signal.subscribe(self, self._store_theme)
        self.heed_config()
        gc.enable()

    async def on_unmount(self) -> None:
        await self.desk.close()
        if not self.desk.is_stuck:
            await self._upkeep.close(TOLD_SECONDS if self.told_to_leave is not None else None)

    # What screens ask for

    def take(self, written: Written) -> None:
        self.board_screen.live.take(written)

    def look_again(self) -> None:
        # There is no screen any more when the program ends while the file is looked at.
        for screen in dict.fromkeys((self.board_screen, *self.screen_stack[-1:])):
            screen.post_message(Refresh())

    def newest_seen(self) -> int:
        return self.board_screen.live.board.change_id

    def cards(self) -> Sequence[Card]:
        return tuple(self.board_screen.live.board.cards())

    def put_cursor(self, card_id: int) -> None:
        self.board_screen.jump_to(card_id)

    def go_to(self, card_id: int) -> None:
        self.board_screen.pop_until_active()
        self.put_cursor(card_id)

    def _tell_unheard(self, _: Any, context: dict[str, Any]) -> None:
        """An error in a callback that nobody awaits; what the store refused was told already."""
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, Refused | StoreError):
            self._handle_exception(error)

    # Actions of every screen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In front of a board that has no room there is none for the help or the palette."""
        opens = action in ("help", "command_palette")
        if opens and self.board_screen.tiny and self.screen is self.board_screen:
            return False
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """The keys for where the user is."""
        self.open("help", getattr(self.screen, "where", "board"))

    def action_command_palette(self) -> None:
        from tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_next_theme(self) -> None:
        """The other one of our two themes."""
        names = [theme.name for theme in OURS]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]

    def action_backup(self) -> None:
        """Make a checked copy of the board, and tell where it is."""
        made = self.desk.write(lambda p: p.database.backup())
        self.heed(made, lambda path: self.say(f"Backed up to {path}"))

    def action_import_file(self) -> None:
        """Ask for a file, and show what it holds before it comes in."""
        self.run_worker(self._import_file(), exclusive=True, group="import")

    async def _import_file(self) -> None:
        from tui.dialogs.file import ask_file

        file = await self.push_screen_wait(ask_file())
        if file is not None:
            self.open("import", file.value)

    def get_driver_class(self) -> type[Driver]:
        """The terminal as we read it, unless another one was asked for or there is none such."""
        usual = super().get_driver_class()
        if usual.__name__ == "WebDriver":
            from tui.browser.terminal import BrowserTerminal

            return BrowserTerminal
        if usual.__name__ != "LinuxDriver":
            return usual
        from tui.terminal import Terminal

        return Terminal

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Leave now; no key means anything any more."""
        self.door.shut()
        if self._unsaved_before is None and hasattr(self, "desk"):
            # Failures of before were told, and what they were about was shown again.
            self._unsaved_before = self.desk.failed
        super().exit(result, return_code, message)

    async def action_quit(self) -> None:
        """Leave once everything that was asked for is on the disk; stay when that failed."""
        self.action_help_quit()

    def action_help_quit(self) -> None:
        """Ctrl+C: people press it to leave, and nothing can get lost."""
        self.door.shut()
        self.run_worker(self._quit(), exclusive=True, group="quit")

    def leave(self, code: int) -> None:
        """Ask for the end, from a signal handler."""
        self.told_to_leave = code
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(partial(self.exit, return_code=code))

    def count_unsaved(self) -> int:
        """How many changes were asked for and are not stored, since the end was asked for."""
        return (
            self.desk.count_unsaved() - (self._unsaved_before or 0) if hasattr(self, "desk") else 0
        )

    def untold(self) -> str:
        """What went wrong beside the board while it was left; "" mostly."""
        return self._upkeep.untold if hasattr(self, "_upkeep") else ""

    def give_up(self) -> bool:
        """Save nothing more that has not begun; whether something hangs on another program still.

        To be called from any thread, and whether or not the desk is there yet.
        """
        if not hasattr(self, "desk"):
            return False
        self.desk.give_up()
        return self.desk.is_stuck

    async def _quit(self) -> None:
        if self.desk.writes_waiting:
            self.say("Saving …")
            failed = self.desk.failed
            saving = self.desk.read(lambda _: None)
            await asyncio.wait([saving], timeout=SAVING_AT_MOST)
            if not saving.done() and await self._ask_to_leave(saving):
                self.desk.give_up()
                self.exit(return_code=1)
                return
            if not saving.done():
                return
            with suppress(StoreError):
                saving.result()
            if self.desk.failed != failed:
                # It is being told what could not be saved: the next q leaves without it.
                self.door.open_again()
                return
        self.exit(0)

    async def _ask_to_leave(self, saving: "asyncio.Future[None]") -> bool:
        """Whether to leave though changes are not saved; asked until they are."""
        from tui.dialogs.pickers import Confirm

        number = self.desk.writes_waiting
        changes = "1 change is" if number == 1 else f"{number:,} changes are"
        question = Confirm(
            f"{changes} not saved yet: another program may be using the board. "
            "What was saved before is safe. Close the other program, or leave and "
            f"lose {'it' if number == 1 else 'them'}.",
            "Leave",
            "Stay",
        )
        saving.add_done_callback(lambda _: question.dismiss(False))
        # Keys are for the question; they are after it, too, if the answer is to stay.
        self.door.open_again()
        return bool(await self.push_screen_wait(question))

    # Clock and file

    def _watch(self) -> None:
        """Look at the clock, the terminal and the file; costs microseconds."""
        if terminal_gone() and not (self.is_headless or self.is_web):
            self.exit(return_code=129)
            return
        self.board_screen.live.turn(self.now())
        self._tidy()
        if self._config.has_changed():
            self.say("The config file was changed. It is in force now.")
            self.heed_config()
            self.look_again()
        if not self._asking:
            self._asking = True
            self.desk.look(self._read_versions).add_done_callback(self._take_versions)

    def _tidy(self) -> None:
        """Look through everything for garbage while nobody is at the keys: in the midst of typing
        a letter would wait for it."""
        rests, self._keys_read = self._keys_read == self.door.reads, self.door.reads
        if rests and gc.get_count()[2] >= _SOME:
            gc.collect()

    def _read_versions(self, glance: Glance) -> Versions | None:
        """On the desk's thread: the file's version and, if that is new, its newest change, and
        what others than the user have done since the last look."""
        version = glance.data_version()
        if self._versions is not None and self._versions[0] == version:
            return None
        newest, seen = glance.change_id(), self._told_up_to
        return version, newest, () if seen is None else read_made_by_others(glance, seen)

    def _take_versions(self, future: "asyncio.Future[tuple[bool, Versions | None]]") -> None:
        self._asking = False
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            self._versions = None
            self.fail(error)
            return
        troubled, self._trouble = bool(self._trouble), ""
        replaced, versions = future.result()
        if replaced:
            self._versions = self._told_up_to = None
            self.warn(
                f"The file {name(self.path)} was replaced while it was open, perhaps by a program "
                "that syncs. What it holds now is shown."
            )
            self.look_again()
            return
        if troubled:
            # What is shown may be what could not be stored then.
            self.look_again()
        if versions is not None:
            self._versions = versions[:2]
            self._told_up_to = versions[1]
            for sentence in tell_others(versions[2]):
                self.say(sentence)
            if versions[1] != self.newest_seen() and not self.desk.writes_waiting:
                if self.desk.last_own(self.newest_seen()) == versions[1]:
                    # Planned anew at the start, with nothing to show for it.
                    self.board_screen.live.know(versions[1])
                else:
                    self.look_again()

    def on_app_focus(self) -> None:
        """The terminal is looked at again: so is the clock."""
        self.board_screen.live.turn(self.now())

    # Theme and keys

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; the first time with the sheets as they were read a moment ago.

        Textual reads them all again before the first picture: 15 ms for nothing.
        """
        if self._styled:
            super().refresh_css(animate)
        else:
            self._styled = True
            self.stylesheet.update(self, animate=animate)

    def _store_theme(self, _: object) -> None:
        self.board_screen.show_inks(self.inks)
        name = self.theme
        self.heed(self.desk.write(lambda p: p.remember("theme", name)), lambda _: None)
        if self._chosen_theme not in (None, name):
            # The file names another one, which would come back with the next start.
            self._chosen_theme = name
            written = self.desk.read(lambda _: _write_theme(name))
            self.heed(written, lambda _: self._config.know())

    def heed_config(self) -> None:
        """Read the config file and go by it: look, keys and own commands at once, the rules as
        soon as what was planned by others is planned by them."""
        path = config_path()
        self._config.know()
        if not self._goes_by_file and not os.path.exists(path):  # noqa: PTH110  # it never raises
            # What reads it need not be loaded on the way to the first key.
            self.heed(self.desk.heed_settings(), self._tell_settings)
            return
        from tui.config.screen import read_screen

        self._goes_by_file = True
        chosen = read_screen(path)
        self._wrong = (*map(str, chosen.mistakes), *chosen.keymap.notices)
        self.board_screen.show_fourth_line(chosen.fourth_line)
        self._chosen_theme = chosen.theme
        if chosen.theme is not None and chosen.theme != self.theme:
            self.theme = chosen.theme
        before = self.keymap
        if (chosen.keymap.keys, chosen.keymap.own) != (before.keys, before.own):
            self._wear_keys(chosen.keymap)
        self.heed(self.desk.heed_settings(), self._tell_settings)

    def _wear_keys(self, keymap: "Keymap") -> None:
        self.keymap = keymap
        for screen in self.screen_stack:
            self.bind_own(screen)
        self.set_keymap(keymap.keys)
        for screen in self.screen_stack:
            show = getattr(screen, "show_keymap", None)
            if show is not None:
                show()

    def _tell_settings(self, heeded: Heeded) -> None:
        """Tell what is wrong with the config file, each mistake once."""
        found = dict.fromkeys((*heeded.troubles, *self._wrong))
        new = [sentence for sentence in found if sentence not in self._told_wrong]
        self._told_wrong = {*found}
        for sentence in new[:_WRONG_AT_MOST]:
            self.warn(sentence)
        if (more := len(new) - _WRONG_AT_MOST) > 0:
            self.warn(f"The config file has {more} more mistakes: “rounds config” lists them.")
        if not heeded.may_write:
            self.warn(f"The board {name(self.place)} is read-only for you: look, but not change.")
        if heeded.changed:
            self.look_again()
        if self.desk.says_calendar and not self._passing:
            self._upkeep.begin()

    def action_own(self, key: str) -> None:
        """Run the command of the user's own that is on `key`."""
        from tui.actions.own_commands import run_own

        own = next((own for own in self.keymap.own if own.key == key), None)
        conversation = getattr(self.screen, "conversation", None)
        if own is not None and conversation is not None:
            run_own(conversation, own)

    # A crash prints nothing of what is stored (Textual would print local variables)

    def _handle_exception(self, error: Exception) -> None:
        # A screen that was still opening when the program was left finds nothing to draw on.
        if not self._exit or not isinstance(error, QueryError | ScreenError | MountError):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.crash = self.crash or self._exception
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:  # noqa: ARG002
        """End the program without printing what Textual would print."""
        self.crash = self.crash or self._exception or sys.exc_info()[1] or RuntimeError()
        self._return_code = 1
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
