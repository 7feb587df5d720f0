"""The order of a lane."""

from tui.commanding.command import BOARD, Command

ARRANGING: tuple[Command, ...] = (
    Command(
        "order.down",
        ("J", "shift+down"),
        "reorder(1)",
        "Lower",
        "Lower in the lane, in your own order",
        "Order",
        BOARD,
    ),
    Command(
        "order.up",
        ("K", "shift+up"),
        "reorder(-1)",
        "Higher",
        "Higher in the lane, in your own order",
        "Order",
        BOARD,
    ),
    Command(
        "order.urgency",
        ("S",),
        "sort_by_urgency",
        "By urgency",
        "Sort this lane by urgency again",
        "Order",
        BOARD,
    ),
)
