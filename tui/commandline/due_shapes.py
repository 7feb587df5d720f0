"""The objects that `rounds due --json` prints: interviews and follow-ups in the order of the list.

As in `tui.commandline.shapes`, scripts rely on names and order. Both kinds have the same names.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from store.model.board import Due
from store.model.due_list import IMPORTED, SILENT, Entry, Part, Talk
from tui.commandline.shapes import Shape, day, due_shape, instant


def due_shapes(parts: Sequence[Part], now: datetime) -> list[Shape]:
    """Every line of the list, those of folds too.

    Each says its `kind`. A follow-up names those that are done `together` with it, its `fold`, and
    with `after_interview` the interview under which it is folded: that has to be over first.
    """
    return [
        shape
        for part in parts
        for one in part.entries
        for shape in (_talk(one, now) if isinstance(one, Talk) else _entry(one, now))
    ]


def _entry(entry: Entry, now: datetime) -> Iterator[Shape]:
    for due in entry.dues:
        others = [other.id for other in entry.dues if other is not due]
        together = [] if entry.fold in (IMPORTED, SILENT) else others
        yield _follow_up(due, now, together=together, fold=entry.fold)


def _talk(talk: Talk, now: datetime) -> Iterator[Shape]:
    one, meeting = talk.appointment, talk.appointment.meeting
    people = f" with {meeting.people}" if meeting.people else ""
    yield {
        "id": None,
        "application_id": one.application_id,
        "company": one.company,
        "role": one.role,
        "stage": meeting.stage.value,
        "action": "interview",
        "label": f"{meeting.called} interview{people}",
        "due_on": day(one.day()),
        "due_at": instant(meeting.starts_at, now),
        "days": (one.day() - now.date()).days,
        "reason": None,
        "nth": 1,
        "of": 1,
        "late": False,
        "late_from": None,
        "kind": "interview",
        "interview_id": meeting.id,
        "after_interview": None,
        "together": [],
        "fold": None,
    }
    for due in talk.after:
        yield _follow_up(due, now, after=meeting.id)


def _follow_up(
    due: Due,
    now: datetime,
    *,
    together: Sequence[int] = (),
    fold: str = "",
    after: int | None = None,
) -> Shape:
    return due_shape(due, now) | {
        "kind": "follow_up",
        "interview_id": due.interview_id,
        "after_interview": after,
        "together": list(together),
        "fold": fold or None,
    }
