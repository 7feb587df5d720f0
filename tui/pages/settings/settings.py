"""The settings: what can be chosen, what is chosen, and from where; each change applies at once."""

import asyncio
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.content import Content
from textual.screen import ModalScreen

from store.config.file import ConfigFile, read_config
from store.config.overview import BOARD, SIGNATURE, Shown
from store.config.reading import read_value
from store.config.signature import read_signature
from store.errors import StoreError
from store.file.location import config_path
from store.rules.text import Refused, capital, printable, quoted
from tui import outside
from tui.config.changing import Changed, begin_edit, change, preview, show_all, take_text, unset
from tui.config.keys import KEYS, OWN
from tui.config.table import all_mistakes
from tui.dialogs.dialog import LIST_WIDTHS
from tui.dialogs.line import LineEntry, Typed
from tui.dialogs.setting import LinesForm, SettingPicker
from tui.pages.page import KeyedLines, ListPage, ListPart
from tui.pages.settings.settings_text import (
    COLUMNS,
    SettingLine,
    detail,
    label,
    lines,
    row,
    words_of,
)
from tui.widgets.paragraphs import Detail, Spread
from tui.widgets.rows import Rows

_KEY_HINT = "Type the key: n, f9, ctrl+x; several with a comma between."
_OWN_HINT = "The key, then the program: f9 firefox --new-window {url}"
_MISTAKES_AT_MOST = 3


class SettingsScreen(ListPage[None], where="settings"):
    """The common settings, the user's own commands, and every key."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self) -> None:
        super().__init__()
        self._lines: KeyedLines[SettingLine] = KeyedLines()
        self._found: list[SettingLine] = []

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="settings")
            yield Detail()

    def no_subject(self) -> str:
        return "Press Enter to change this setting, or Esc to leave."

    async def reload(self) -> None:
        file = read_config(config_path())
        shown = show_all(file, self._others())
        mistakes = all_mistakes(file) if file is not None else ()
        self._found = lines(shown, mistakes)
        self.draw()

    def _others(self) -> dict[str, tuple[Any, str]]:
        others: dict[str, tuple[Any, str]] = {}
        if self.app.theme != "rounds-dark":
            others["screen.theme"] = self.app.theme, BOARD
        signed = read_signature(config_path().with_name("drafts"))
        if signed.file is not None:
            others["me.name"] = signed.name, SIGNATURE
            others["me.signature"] = signed.below, SIGNATURE
        return others

    def draw(self) -> None:
        rows = self.query_one(Rows)
        titles = dict.fromkeys(line.title for line in self._found)
        parts = [
            ListPart(title, len(of_it), of_it)
            for title in titles
            if (of_it := tuple(line for line in self._found if line.title == title))
        ]
        rows.border_title = Content("Settings")
        rows.border_subtitle = Content(config_path().name)
        rows.show(self._lines.rows(parts, row))
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        line = self.under_cursor(self._lines.lines)
        if line is None:
            self.query_one(Detail).tell()
        else:
            self.query_one(Detail).tell(detail(line, str(config_path())))

    # What is done

    @on(Rows.Chosen)
    def action_change(self) -> None:
        """Ask for another value, and write it."""
        line = self.under_cursor(self._lines.lines)
        if line is None:
            return
        if line.shown is None:
            self.action_edit_file()
        else:
            self.conversation.run(self._change(line.shown))

    def action_add_own(self) -> None:
        """Ask for a key and a program, and put the one on the other."""
        self.conversation.run(self._add_own())

    def action_reset(self) -> None:
        """Remove the setting from the file."""
        line = self.under_cursor(self._lines.lines)
        if line is not None and line.shown is not None:
            self.conversation.run(self._reset(line.shown))

    async def _change(self, one: Shown) -> None:
        error = ""
        typed: str | None = None
        while True:
            answer = await self.rounds.push_screen_wait(self._dialog(one, typed, error))
            typed = answer.text if isinstance(answer, Typed) else answer
            if typed is None or typed == _as_typed(one.value):
                return
            error = await self._store(partial(change, config_path(), one.name, typed))
            if not error:
                return

    async def _add_own(self) -> None:
        error, typed = "", ""
        while True:
            entry = LineEntry(
                "A command of your own", _OWN_HINT, _read_own, initial=typed, error=error
            )
            answer = await self.rounds.push_screen_wait(entry)
            if answer is None:
                return
            typed = answer.text
            key, program = answer.value
            error = await self._store(partial(change, config_path(), f"{OWN}.{key}", program))
            if not error:
                return

    async def _reset(self, one: Shown) -> None:
        def remove() -> Changed:
            done = unset(config_path(), one.name)
            if done is None:
                raise Refused(f"{one.name} is not set in the config file: nothing was changed.")
            return done

        if problem := await self._store(remove):
            self.rounds.warn(problem)

    async def _store(self, write: Callable[[], Changed]) -> str:
        """Write, beside the screen, and go by it; gives why that could not be done."""
        try:
            done = await asyncio.to_thread(write)
        except (Refused, StoreError) as problem:
            return str(problem)
        self.rounds.heed_config()
        await self.fetch()
        now = words_of(done.now.value) if done.now is not None else "removed"
        self.rounds.say(f"{done.name}: {now}. Before: {words_of(done.before)}.")
        return ""

    def _dialog(self, one: Shown, typed: str | None, error: str) -> ModalScreen[Any]:
        """What asks for the value: a list where there are few, else a line, or several."""
        kind, what = one.setting.kind, one.setting.what
        title = one.name
        stored = _as_typed(one.value)
        if kind.many_lines:
            return LinesForm(
                title,
                what,
                partial(_read_value, one),
                stored=stored,
                typed=typed,
                error=error,
            )
        if (choices := kind.choices()) and one.setting.key not in ("country", "fourth_line"):
            return SettingPicker(title, what, choices, typed or stored)
        return _ValueEntry(one, stored if typed is None else typed, error)

    # The whole file

    def action_edit_file(self) -> None:
        """Open the file in the user's editor; what is wrong in it is told, and not written."""
        path = config_path()
        try:
            begun = begin_edit(path)
            # What was typed after this key was for the editor, which cannot be given it.
            self.rounds.door.drop()
            with self.app.suspend():
                text = outside.edit_text(begun.text, suffix=".toml", environ=os.environ)
            taken = take_text(path, text, begun)
        except SuspendNotSupported:
            self.rounds.warn("Your editor cannot open in this terminal: “rounds config --edit”.")
            return
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        for mistake in taken.mistakes[:_MISTAKES_AT_MOST]:
            at = f"Line {mistake.line}: " if mistake.line else ""
            self.rounds.warn(f"{at}{mistake.what}")
        if taken.kept is not None:
            why = " The file was changed elsewhere meanwhile." if taken.overtaken else ""
            over = ", and then writes over that" if taken.overtaken else ""
            self.rounds.warn(
                f"Nothing was written.{why} E goes on with your text{over}. It is in "
                f"{quoted(taken.kept.name)}."
            )
            return
        self.rounds.heed_config()
        self.run_worker(self.fetch(), group="edited")


class _ValueEntry(LineEntry[str]):
    """Asks for a value on one line, and says below it what would come of it."""

    def __init__(self, one: Shown, initial: str, error: str) -> None:
        is_key = one.setting.section[0] == KEYS
        self._file: ConfigFile | None = read_config(config_path())
        super().__init__(
            f"{label(one)}: {one.name}" if is_key else one.name,
            _KEY_HINT if is_key else capital(one.setting.what),
            partial(self._understand, one),
            initial=initial,
            label="" if is_key else capital(one.setting.what),
            error=error,
            editing=False,
        )

    def is_blank(self, text: str) -> bool:  # noqa: ARG002
        """Nothing may be meant too."""
        return False

    def _understand(self, one: Shown, text: str) -> tuple[str, str]:
        mistakes, notices = preview(self._file, one.name, text)
        if mistakes:
            raise Refused(mistakes[0])
        return text, notices[0] if notices else f"{one.name}: {text or 'not set'}"


def _read_value(one: Shown, text: str) -> None:
    read_value(one.setting, one.key, one.setting.kind.raw(printable(text)))


def _read_own(text: str) -> tuple[tuple[str, str], str]:
    key, _, program = text.strip().partition(" ")
    if not program.strip():
        raise Refused(_OWN_HINT)
    mistakes, notices = preview(read_config(config_path()), f"{OWN}.{key}", program.strip())
    if mistakes:
        raise Refused(mistakes[0])
    said = notices[0] if notices else f"{key} runs {program.strip()}"
    return (key, program.strip()), said


def _as_typed(value: Any) -> str:
    """A value as it is typed to set it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("run", ""))
    return "" if value is None else str(value)
