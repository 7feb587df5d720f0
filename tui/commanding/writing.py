"""The messages that follow-ups ask for."""

from tui.commanding.command import CARD, Command

WRITING: tuple[Command, ...] = (
    Command(
        "write",
        ("w",),
        "write",
        "Write",
        "The message that the next follow-up asks for, filled in",
        "Follow-up",
        (*CARD, "today", "closed"),
        True,
    ),
)
