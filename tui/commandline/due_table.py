"""`rounds due` as a table: what to do in its order, interviews and folds in one line each."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from store.model.board import Due
from store.model.due_list import IMPORTED, SILENT, Entry, Part, Talk
from store.read.glance import Appointment
from store.rules.dates import clock_time, short_day
from tui.commandline.listing import COLOURS
from tui.commandline.output import Cell, Output

HEAD = ("ID", "WHEN", "WHAT", "COMPANY", "ROLE", "WHY")
_Line = tuple[Cell | str, ...]


def print_due(out: Output, parts: Sequence[Part], now: datetime, *, unfolded: bool = False) -> None:
    """Print the parts of the list; `unfolded` prints each line of a fold."""
    lines = [
        line
        for part in parts
        for one in part.entries
        for line in (
            _talk_lines(one, now) if isinstance(one, Talk) else _entry_lines(one, now, unfolded)
        )
    ]
    out.table(HEAD, lines)
    for fold in () if unfolded else _folds(parts):
        out.say(_how(fold))


def _talk_lines(talk: Talk, now: datetime) -> Iterator[_Line]:
    one, meeting = talk.appointment, talk.appointment.meeting
    people = f" with {meeting.people}" if meeting.people else ""
    after = ", ".join(dict.fromkeys(due.label for due in talk.after))
    why = f"after it: {after}" if after else meeting.place
    yield "", _begins(one, now), f"{meeting.called} interview{people}", one.company, one.role, why


def _begins(one: Appointment, now: datetime) -> str:
    """ "today 15:00", "tomorrow 10:00", "Thu 26 Nov 10:00"."""
    starts, days = one.meeting.starts_at, (one.day() - now.date()).days
    day = ("today", "tomorrow")[days] if days in (0, 1) else short_day(one.day(), now.date())
    return f"{day} {clock_time(starts)}" if starts is not None else day


def _entry_lines(entry: Entry, now: datetime, unfolded: bool) -> Iterator[_Line]:
    if entry.fold and not unfolded:
        yield _fold_line(entry, now)
        return
    for due in entry.dues:
        yield _due_line(due, [other for other in entry.dues if other is not due], entry.fold, now)


def _due_line(due: Due, others: Sequence[Due], fold: str, now: datetime) -> _Line:
    what = due.label
    if others and fold not in (IMPORTED, SILENT):
        what += f" (with {', '.join(f'#{other.id}' for other in others)})"
    return str(due.id), _when(due, now), what, due.company, due.role, due.reason


def _fold_line(entry: Entry, now: datetime) -> _Line:
    first = entry.dues[0]
    if entry.fold in (IMPORTED, SILENT):
        return entry.fold, _when(first, now), entry.words(), "", "", ""
    numbers = " ".join(str(due.id) for due in entry.dues)
    roles = ", ".join(dict.fromkeys(due.role for due in entry.dues))
    return numbers, _when(first, now), entry.words(), first.company, roles, first.reason


def _when(due: Due, now: datetime) -> Cell:
    return Cell(due.countdown(now), COLOURS.get(due.level(now), ""))


def _folds(parts: Sequence[Part]) -> Iterator[str]:
    found = (one.fold for part in parts for one in part.entries if isinstance(one, Entry))
    return iter(dict.fromkeys(fold for fold in found if fold in (IMPORTED, SILENT)))


def _how(fold: str) -> str:
    """How to act on all of a fold with one command."""
    if fold == SILENT:
        return "“rounds done silent” closes them, “rounds due --all” lists them."
    return "“rounds skip imported” drops them, “rounds due --all” lists them."
