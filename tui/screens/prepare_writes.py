"""What is written from the page to prepare an interview: points changed, and answered."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from store.model.dossier import PointEntry
from store.rules.points import KINDS
from tui.screens.prepare_lines import Entry

if TYPE_CHECKING:
    from tui.screens.conversation import Act
    from tui.screens.point_form import PointFilled, PointForm
    from tui.screens.point_line import PointTyped


def unnoted(question: str, today: date) -> PointEntry:
    """A usual question as the point that it is about to become."""
    return PointEntry(0, "question", question, "", False, "open", today, None, "", None, None)


def form_of(point: PointEntry, today: date) -> "Callable[[PointFilled | None, str], PointForm]":
    """Makes the form for a point, with what was typed before and why that was not saved."""
    from tui.screens.point_form import PointForm

    kinds = tuple(KINDS) if point.id else (point.kind,)
    return lambda filled, error: PointForm(
        KINDS[point.kind].title,
        point,
        today,
        kinds,
        texts=filled.texts if filled else None,
        error=error,
    )


def saving(application_id: int, point: PointEntry, filled: "PointFilled") -> "Act":
    """Write what the form gave: a change, or a point that was not noted before."""
    if point.id:
        return lambda p: p.edit_point(point.id, filled.changes)
    values = {"kind": point.kind, "text": point.text, **filled.changes}
    return lambda p: p.point(application_id, **values)


def answering(
    application_id: int, entry: Entry, about: PointEntry | None, typed: "PointTyped"
) -> "Act":
    """Note what was typed as the answer to a point, or to a usual question, which is noted too."""
    point = typed.point
    return lambda p: p.point(
        application_id,
        point.kind,
        point.text,
        detail=point.detail,
        due_on=point.due_on,
        link=point.link,
        answers_id=about.id if about else None,
        question="" if about else entry.question,
    )
