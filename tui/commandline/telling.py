"""How a change is told: one line on stderr, and one more for each warning."""

from contextlib import closing
from typing import TYPE_CHECKING

from store.model.dossier import Dossier
from store.pipeline.journal import Written
from tui.commandline.call import Call

if TYPE_CHECKING:
    from store.pipeline import Pipeline


def told(call: Call, written: Written, more: str = "") -> int:
    """Say what was done to whom, what comes next there, and what deserves a look."""
    card = written.card
    said = f"{written.summary}."
    if card is not None:
        said = f"{card.company}, {card.role}: {said}"
        if (due := card.follow_up) is not None:
            more = more or f"Next: {due.label}, {due.countdown(call.now)}."
    call.out.say(f"{said[:1].upper()}{said[1:]} {more}".rstrip())
    for warning in written.warnings:
        call.out.say(f"Note: {warning}")
    return 0


def page(pipeline: "Pipeline", application_id: int) -> Dossier:
    """Everything about one application, on the board that is open for writing."""
    with closing(pipeline.database.glance()) as glance:
        return glance.dossier(application_id)
