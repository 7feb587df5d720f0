"""What the config file says of the screen: theme, cards, keys and the user's own commands.

A file of its own: the first picture does without it.
"""

from pathlib import Path
from typing import NamedTuple

from store.config.file import ConfigFile, Mistake, read_config
from store.config.reading import read_chosen
from store.rules.text import Refused
from tui.board.columns.fourth_line import USUAL_FIELDS
from tui.config.keys import Keymap, keymap_of
from tui.config.table import screen_settings


class ScreenChoice(NamedTuple):
    """What the user chose for the screen; `theme` is None unless the file names one."""

    theme: str | None = None
    fourth_line: tuple[str, ...] = USUAL_FIELDS
    keymap: Keymap = Keymap()
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong there, as far as the screen goes: it counts as not set."""


def read_screen(path: Path) -> ScreenChoice:
    """What the file at `path` says of the screen; of a file that is no text nothing, which is told
    with the rules."""
    try:
        file = read_config(path)
    except Refused:
        return ScreenChoice()
    return ScreenChoice() if file is None else screen_of(file)


def screen_of(file: ConfigFile) -> ScreenChoice:
    """What a file that was read says of the screen."""
    chosen = read_chosen(file, screen_settings())
    keymap = keymap_of(file)
    return ScreenChoice(
        chosen.value("screen.theme"),
        chosen.value("cards.fourth_line", USUAL_FIELDS),
        keymap,
        (*chosen.mistakes, *keymap.mistakes),
    )
