"""Offers, and what a rejection leaves."""

from tui.commanding.command import CARD, Command

OFFERING: tuple[Command, ...] = (
    Command(
        "offer",
        ("O",),
        "offer",
        "Offer",
        "Its parts, conditions, papers and checklist; others to tell; side by side",
        "Offer",
        CARD,
    ),
    Command(
        "lesson",
        ("L",),
        "lesson",
        "Lesson",
        "What to keep and what to change; open doubts for the next card",
        "Application",
        ("closed", "dossier"),
    ),
)
