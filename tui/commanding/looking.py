"""The screens that can be opened, and what is seen on the board."""

from tui.commanding.command import BOARD, Command

LOOKING: tuple[Command, ...] = (
    Command(
        "today", ("t",), "today", "Today", "What is late, and what is due", "Look", BOARD, True
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
    Command("closed", ("c",), "closed", "Closed", "Applications that are over", "Look", BOARD),
    Command(
        "chances",
        ("s",),
        "chances",
        "Chances",
        "Your rates, beside published figures",
        "Look",
        BOARD,
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
    Command("panel", ("p",), "panel", "Panel", "Show or hide the side panel", "Look", BOARD),
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
)
