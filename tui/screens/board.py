"""The board: what can be done from it, and where it leads."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widgets import Input

from store.card import Card
from store.errors import StoreError
from store.rules.refusal import Refused
from tui.commands import bindings_for, commands_for
from tui.screens.board_keys import BoardKeys
from tui.widgets.filter_line import FilterLine

_BOARD_KEYS = {command.id for command in commands_for("board")}


class BoardScreen(BoardKeys):
    """Where an application stands, and what to do today.

    The keys are those of `tui.commands` for "board", and in the panel for "panel".
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("board"),
        *(b for b in bindings_for("panel") if (b.id or "").split(".2")[0] not in _BOARD_KEYS),
    ]
