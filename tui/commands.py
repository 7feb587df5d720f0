"""Every command of the screens, once: keys, footer, palette, help and README come from here.

A command has one binding per key, and each binding an id of its own ("move.right",
"move.right.2"), so that a keymap can change one key without clashing with the next.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from textual.binding import Binding
from textual.keys import format_key

from tui.commanding.application import APPLICATION
from tui.commanding.arranging import ARRANGING
from tui.commanding.command import Command
from tui.commanding.going import GOING
from tui.commanding.interviewing import INTERVIEWING
from tui.commanding.looking import LOOKING
from tui.commanding.offering import OFFERING
from tui.commanding.preparing import PREPARING
from tui.commanding.program import PROGRAM
from tui.commanding.writing import WRITING

COMMANDS: tuple[Command, ...] = (
    *APPLICATION,
    *INTERVIEWING,
    *PREPARING,
    *WRITING,
    *OFFERING,
    *LOOKING,
    *GOING,
    *ARRANGING,
    *PROGRAM,
)


def commands_for(where: str) -> tuple[Command, ...]:
    """The commands that the screen `where` offers, in the order of the table."""
    return tuple(command for command in COMMANDS if where in command.where)


def binding_ids(command: Command) -> Iterator[tuple[str, str]]:
    """Each key of a command with the id of its binding: the plain id, then ".2", ".3" ..."""
    for number, key in enumerate(command.keys, start=1):
        yield (command.id if number == 1 else f"{command.id}.{number}"), key


@cache
def bindings_for(where: str) -> list[Binding]:
    """The bindings of the screen `where`: one per key, each with id, tooltip and group."""
    groups: dict[str, Binding.Group] = {}
    return [
        Binding(
            key,
            command.action,
            command.label,
            show=command.footer and key == command.keys[0],
            tooltip=command.tooltip,
            id=binding_id,
            group=groups.setdefault(command.group, Binding.Group(command.group)),
        )
        for command in commands_for(where)
        for binding_id, key in binding_ids(command)
    ]


_KEY_NAMES: Mapping[str, str] = {
    "enter": "enter",
    "escape": "esc",
    "space": "space",
    "tab": "tab",
    "shift+tab": "shift+tab",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "home": "home",
    "end": "end",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_name(key: str) -> str:
    """A key as people read it: "ctrl+p", "→", "shift+→", "?"."""
    modifiers, _, last = key.rpartition("+")
    if not last:
        return key
    name = _KEY_NAMES.get(last) or (last if len(last) == 1 else format_key(last))
    return f"{modifiers}+{name}" if modifiers else name
