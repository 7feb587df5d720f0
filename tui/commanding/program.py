"""Going back, help, and the program itself."""

from tui.commanding.command import BOARD, CARD, FIGURES, LISTS, PAGES, Command

_STORED_WHEN_LEFT = "draft"
"""The page of a message: its text is stored, or asked about, on the way out."""

PROGRAM: tuple[Command, ...] = (
    Command(
        "undo",
        ("u",),
        "undo",
        "Undo",
        "Take the last change back",
        "Program",
        (*CARD, *LISTS, *PAGES),
        True,
    ),
    Command(
        "redo",
        ("U",),
        "redo",
        "Redo",
        "Do again what was taken back",
        "Program",
        (*CARD, *LISTS, *PAGES),
    ),
    Command(
        "back",
        ("escape",),
        "back",
        "Back",
        "Leave this; on the board: end the filter",
        "Look",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "help",
        ("?", "f1"),
        "app.help",
        "Help",
        "The keys for where you are",
        "Program",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
        True,
    ),
    Command(
        "palette",
        ("ctrl+p",),
        "app.command_palette",
        "Commands",
        "Find any command by its name",
        "Program",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
        True,
    ),
    Command(
        "theme",
        ("T",),
        "app.next_theme",
        "Light or dark",
        "The other theme; ctrl+p has all of them",
        "Program",
        BOARD,
    ),
    Command(
        "quit",
        ("q",),
        "app.quit",
        "Quit",
        "Leave; everything is saved",
        "Program",
        (*CARD, *LISTS, *FIGURES, *(page for page in PAGES if page != _STORED_WHEN_LEFT)),
        True,
    ),
)
