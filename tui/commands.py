"""Every command of the screens, once: keys, footer, palette, help and README come from here.

A command has one binding per key, and each binding an id of its own ("move.right",
"move.right.2"), so that a keymap can change one key without clashing with the next.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from textual.binding import Binding
from textual.keys import format_key


class Command(NamedTuple):
    """One thing that the user can ask for.

    `where` names the screens that offer it; `footer` says whether the key bar shows it, in the
    order of the table, as far as there is room.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    tooltip: str
    group: str
    where: tuple[str, ...]
    footer: bool = False


_BOARD = ("board",)
_CARD = ("board", "dossier")
_LISTS = ("today", "closed")
_FIGURES = ("chances", "behind")

COMMANDS: tuple[Command, ...] = (
    # The application
    Command("add", ("a",), "add", "Add", "Add an application", "Application", _BOARD, True),
    Command(
        "open",
        ("enter",),
        "open",
        "Open",
        "Everything about this application",
        "Application",
        ("board", "closed", "behind"),
        True,
    ),
    Command(
        "jump",
        ("enter",),
        "jump",
        "Go to card",
        "Go to this application on the board",
        "Application",
        ("today",),
        True,
    ),
    Command(
        "move.right",
        ("L", "shift+right"),
        "move(1)",
        "Next stage",
        "Move to the next stage, at once",
        "Application",
        _BOARD,
        True,
    ),
    Command(
        "move.left",
        ("H", "shift+left"),
        "move(-1)",
        "Stage before",
        "Move back one stage, at once",
        "Application",
        _BOARD,
    ),
    Command(
        "move.to",
        ("m",),
        "move_to",
        "Move to …",
        "Move to any stage, on any day",
        "Application",
        _CARD,
    ),
    Command(
        "interview",
        ("i",),
        "interview",
        "Interview",
        "When it is: “tue 10:00 45m with Ana”. For an offer: by when you answer",
        "Application",
        (*_CARD, "today"),
        True,
    ),
    Command(
        "done",
        ("d",),
        "done",
        "Done",
        "The next follow-up is done",
        "Follow-up",
        (*_CARD, "today"),
        True,
    ),
    Command(
        "snooze",
        ("z",),
        "snooze",
        "Snooze",
        "Put the next follow-up off to another day",
        "Follow-up",
        (*_CARD, "today"),
    ),
    Command(
        "skip",
        ("s",),
        "skip",
        "Skip",
        "Never remind me of this again",
        "Follow-up",
        ("dossier", "today"),
    ),
    Command(
        "remind",
        ("f",),
        "remind",
        "Remind me",
        "A reminder of your own: “fri call Ana”",
        "Follow-up",
        (*_CARD, "today"),
    ),
    Command(
        "replied",
        ("r",),
        "replied",
        "They replied",
        "They wrote; by when they decide, if they said so",
        "Application",
        (*_CARD, "today"),
        True,
    ),
    Command("note", ("n",), "note", "Note", "Write a note", "Application", (*_CARD, "today"), True),
    Command("edit", ("e",), "edit", "Edit", "Change its fields", "Application", (*_CARD, "closed")),
    Command(
        "close",
        ("x",),
        "close",
        "Close",
        "It is over: say how it ended",
        "Application",
        (*_CARD, "today"),
        True,
    ),
    Command(
        "reopen",
        ("R",),
        "reopen",
        "Reopen",
        "Put it back on the board",
        "Application",
        ("closed", "dossier"),
        True,
    ),
    Command(
        "delete",
        ("D",),
        "delete",
        "Delete",
        "Delete it with everything, after a question",
        "Application",
        (*_CARD, "closed"),
    ),
    Command(
        "posting",
        ("o",),
        "open_posting",
        "Posting",
        "Open the posting in your browser",
        "Application",
        (*_CARD, *_LISTS, "behind"),
    ),
    Command(
        "copy",
        ("y",),
        "copy",
        "Copy",
        "Copy company, role and link",
        "Application",
        (*_CARD, *_LISTS, "behind"),
    ),
    # Looking
    Command(
        "today", ("t",), "today", "Today", "What is late, and what is due", "Look", _BOARD, True
    ),
    Command(
        "filter",
        ("/",),
        "filter",
        "Filter",
        "Show the cards that match, as you type",
        "Look",
        ("board", "closed"),
        True,
    ),
    Command("closed", ("c",), "closed", "Closed", "Applications that are over", "Look", _BOARD),
    Command(
        "chances",
        ("s",),
        "chances",
        "Chances",
        "How your applications fare, beside published figures",
        "Look",
        _BOARD,
    ),
    Command(
        "behind",
        ("enter",),
        "behind",
        "Applications",
        "The applications behind this bar",
        "Look",
        ("chances",),
        True,
    ),
    Command(
        "figures",
        ("p",),
        "figures",
        "Published",
        "Typical figures in full: range, year, quality, source",
        "Look",
        ("chances",),
        True,
    ),
    Command(
        "compare",
        ("b",),
        "compare",
        "Compare by",
        "By source, by tag, by month, with and without a referral",
        "Look",
        ("chances",),
        True,
    ),
    Command("panel", ("p",), "panel", "Panel", "Show or hide the side panel", "Look", _BOARD),
    Command(
        "panel.enter",
        ("tab", "shift+tab"),
        "switch_panel",
        "Tips",
        "Into the side panel and back",
        "Look",
        ("board", "panel"),
        True,
    ),
    Command("panel.tick", ("space",), "tick", "Tick", "Tick this tip", "Look", ("panel",), True),
    # Moving about
    Command(
        "cursor.down",
        ("down", "j"),
        "cursor(1)",
        "Down",
        "The card or line below",
        "Go",
        ("board", "panel", "dossier", *_LISTS, *_FIGURES),
    ),
    Command(
        "cursor.up",
        ("up", "k"),
        "cursor(-1)",
        "Up",
        "The card or line above",
        "Go",
        ("board", "panel", "dossier", *_LISTS, *_FIGURES),
    ),
    Command(
        "cursor.right", ("right", "l"), "lane(1)", "Right", "The lane to the right", "Go", _BOARD
    ),
    Command("cursor.left", ("left", "h"), "lane(-1)", "Left", "The lane to the left", "Go", _BOARD),
    Command(
        "cursor.page_down",
        ("pagedown",),
        "page(1)",
        "Page down",
        "A screenful down",
        "Go",
        (*_CARD, *_LISTS, *_FIGURES),
    ),
    Command(
        "cursor.page_up",
        ("pageup",),
        "page(-1)",
        "Page up",
        "A screenful up",
        "Go",
        (*_CARD, *_LISTS, *_FIGURES),
    ),
    Command(
        "cursor.first",
        ("g", "home"),
        "edge(-1)",
        "First",
        "The first card of the lane, or the top",
        "Go",
        (*_CARD, *_LISTS, *_FIGURES),
    ),
    Command(
        "cursor.last",
        ("G", "end"),
        "edge(1)",
        "Last",
        "The last card of the lane, or the end",
        "Go",
        (*_CARD, *_LISTS, *_FIGURES),
    ),
    Command("lane.1", ("1",), "go_lane(0)", "Applied", "To the lane Applied", "Go", _BOARD),
    Command("lane.2", ("2",), "go_lane(1)", "First", "To the lane First", "Go", _BOARD),
    Command("lane.3", ("3",), "go_lane(2)", "Second", "To the lane Second", "Go", _BOARD),
    Command("lane.4", ("4",), "go_lane(3)", "Offer", "To the lane Offer", "Go", _BOARD),
    # Order
    Command(
        "order.down",
        ("J", "shift+down"),
        "reorder(1)",
        "Lower",
        "Put the card lower; the lane keeps your order from then on",
        "Order",
        _BOARD,
    ),
    Command(
        "order.up",
        ("K", "shift+up"),
        "reorder(-1)",
        "Higher",
        "Put the card higher; the lane keeps your order from then on",
        "Order",
        _BOARD,
    ),
    Command(
        "order.urgency",
        ("S",),
        "sort_by_urgency",
        "By urgency",
        "Sort this lane by urgency again",
        "Order",
        _BOARD,
    ),
    # Going back
    Command(
        "undo",
        ("u",),
        "undo",
        "Undo",
        "Take the last change back",
        "History",
        (*_CARD, *_LISTS),
        True,
    ),
    Command(
        "redo",
        ("U",),
        "redo",
        "Redo",
        "Do again what was taken back",
        "History",
        (*_CARD, *_LISTS),
    ),
    Command(
        "back",
        ("escape",),
        "back",
        "Back",
        "Leave this; on the board: end the filter",
        "Look",
        ("board", "panel", "dossier", *_LISTS, *_FIGURES),
    ),
    Command(
        "help",
        ("?", "f1"),
        "app.help",
        "Help",
        "The keys for where you are",
        "Program",
        ("board", "panel", "dossier", *_LISTS, *_FIGURES),
        True,
    ),
    Command(
        "palette",
        ("ctrl+p",),
        "app.command_palette",
        "Commands",
        "Find any command by its name",
        "Program",
        ("board", "panel", "dossier", *_LISTS, *_FIGURES),
        True,
    ),
    Command(
        "theme",
        ("T",),
        "app.next_theme",
        "Light or dark",
        "The other theme of rounds; every theme is in the palette",
        "Program",
        _BOARD,
    ),
    Command(
        "quit", ("q",), "app.quit", "Quit", "Leave; everything is saved", "Program", _BOARD, True
    ),
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
