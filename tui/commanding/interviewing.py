"""Interviews, debriefs and people."""

from tui.commanding.command import CARD, Command

INTERVIEWING: tuple[Command, ...] = (
    Command(
        "debrief",
        ("b",),
        "debrief",
        "Debrief",
        "What was asked, what landed, their doubts, their date",
        "Interview",
        (*CARD, "today"),
    ),
    Command(
        "interviews",
        ("I",),
        "interviews",
        "Interviews",
        "All interviews of this application: move, cancel, who takes part",
        "Interview",
        (*CARD, "today"),
    ),
    Command(
        "people",
        ("P",),
        "people",
        "People",
        "Interviewers and other contacts: name, e-mail, common ground",
        "Interview",
        (*CARD, "today"),
    ),
)
