"""Moving about: cards, lines, lanes."""

from tui.commanding.command import BOARD, CARD, FIGURES, LISTS, PAGES, Command

GOING: tuple[Command, ...] = (
    Command(
        "cursor.down",
        ("down", "j"),
        "cursor(1)",
        "Down",
        "The card or line below",
        "Go",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.up",
        ("up", "k"),
        "cursor(-1)",
        "Up",
        "The card or line above",
        "Go",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.right", ("right", "l"), "lane(1)", "Right", "The lane to the right", "Go", BOARD
    ),
    Command("cursor.left", ("left", "h"), "lane(-1)", "Left", "The lane to the left", "Go", BOARD),
    Command(
        "cursor.page_down",
        ("pagedown",),
        "page(1)",
        "Page down",
        "A screenful down",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.page_up",
        ("pageup",),
        "page(-1)",
        "Page up",
        "A screenful up",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.first",
        ("g", "home"),
        "edge(-1)",
        "First",
        "The first card of the lane, or the top",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.last",
        ("G", "end"),
        "edge(1)",
        "Last",
        "The last card of the lane, or the end",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command("lane.1", ("1",), "go_lane(0)", "Applied", "To the lane Applied", "Go", BOARD),
    Command("lane.2", ("2",), "go_lane(1)", "First", "To the lane First", "Go", BOARD),
    Command("lane.3", ("3",), "go_lane(2)", "Second", "To the lane Second", "Go", BOARD),
    Command("lane.4", ("4",), "go_lane(3)", "Offer", "To the lane Offer", "Go", BOARD),
)
