"""What is noted around an interview, and carried over into the next."""

from tui.commanding.command import CARD, Command

PREPARE = ("prepare",)

PREPARING: tuple[Command, ...] = (
    Command(
        "point",
        ("plus",),
        "point",
        "Note a point",
        "A concern, news, a question: one line",
        "Interview",
        (*CARD, "today", *PREPARE),
    ),
    Command(
        "prepare",
        ("v",),
        "prepare",
        "Prepare",
        "What to take into the next interview",
        "Interview",
        (*CARD, "today"),
    ),
    Command(
        "prepare.tick",
        ("space",),
        "tick",
        "Tick",
        "Rehearsed, addressed, raised, kept",
        "Prepare",
        PREPARE,
        True,
    ),
    Command(
        "prepare.answer",
        ("a",),
        "answer",
        "Answer",
        "A step against this doubt, a story for this",
        "Prepare",
        PREPARE,
        True,
    ),
    Command(
        "prepare.edit",
        ("enter", "e"),
        "edit",
        "Edit",
        "Its text, plan or answer, day, link",
        "Prepare",
        PREPARE,
        True,
    ),
    Command(
        "prepare.remove",
        ("D",),
        "remove",
        "Remove",
        "Take this line away; u brings it back",
        "Prepare",
        PREPARE,
    ),
    Command(
        "prepare.carry",
        ("C",),
        "carry",
        "Carry over",
        "Take an open doubt along to another card",
        "Prepare",
        PREPARE,
    ),
)
