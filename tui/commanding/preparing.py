"""What is noted around an interview, and carried over into the next."""

from tui.commanding.command import CARD, Command

PREPARING: tuple[Command, ...] = (
    Command(
        "point",
        ("plus",),
        "point",
        "Note a point",
        "One line with a kind: a concern, a piece of news, a question, a story …",
        "Interview",
        (*CARD, "today"),
    ),
    Command(
        "prepare",
        ("v",),
        "prepare",
        "Prepare",
        "What the last interview brings into the next: doubts, topics, people, questions",
        "Interview",
        (*CARD, "today"),
    ),
)
