"""What a desktop is told: what is due and was not told yet.

What was told is kept in a file beside the board, not in it: it belongs to no history, and a board
that is only looked at is not written to.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.file.location import linked_file
from store.file.outgoing import write_whole
from store.file.text import Unreadable, read_text
from store.read.glance import interviews_on
from store.read.weekly.reminders import reminders_on
from store.rules.dates import short_countdown
from store.rules.text import capital

if TYPE_CHECKING:
    from store.model.board import Due
    from store.model.due_list import CardInterview
    from store.read.glance import Glance

SOON = timedelta(hours=1)
"""Before an interview, when it is told (product): time to sit down, or to leave."""
_LINES_AT_MOST = 5
"""Lines of a notice; most desktops cut it there."""
_LARGEST = 10_000_000

Told = Mapping[str, str]
"""What was told, by its number ("f12", "interview 7"), with the day or the moment it is for: what
is put off to another day is told again then."""


class Notification(NamedTuple):
    """What there is to tell; nothing where `lines` is empty.

    `told` is all that will have been told then, as far as it is still due.
    """

    title: str
    lines: tuple[str, ...]
    follow_ups: tuple[int, ...]
    interviews: tuple[int, ...]
    told: Told
    reminders: tuple[int, ...] = ()
    """Those that belong to no application."""

    @property
    def body(self) -> str:
        """The lines as a desktop shows them."""
        more = len(self.lines) - _LINES_AT_MOST
        if more <= 0:
            return "\n".join(self.lines)
        return "\n".join((*self.lines[: _LINES_AT_MOST - 1], f"and {more + 1} more"))


def read_notice(glance: "Glance", now: datetime, told: Told) -> Notification:
    """What is due at `now` (aware) and is not among what was `told`.

    Follow-ups for a time of the day are told from then on, interviews in the hour before. What has
    a fold or no day can wait, and is not told. Raises StoreError when the file cannot be read.
    """
    now = glance.reader.now(now)
    dues = [due for due in glance.due(now) if _has_come(due, now)]
    interviews = [one for one in interviews_on(glance, now.date(), 1) if _is_near(one, now)]
    keys = {_key(one): _moment(one) for one in interviews}
    keys |= {due.number: due.due_on.isoformat() for due in dues}
    own = [one for one in reminders_on(glance, now.date()) if one.due_on is not None]
    keys |= {one.number: str(one.due_on) for one in own}
    new_interviews = [one for one in interviews if told.get(_key(one)) != keys[_key(one)]]
    new_dues = [due for due in dues if told.get(due.number) != keys[due.number]]
    new_own = [one for one in own if told.get(one.number) != keys[one.number]]
    lines = [_interview_line(one, now) for one in new_interviews]
    lines += [f"{due.company}: {due.label} ({due.countdown(now)})" for due in new_dues]
    lines += [f"{one.text} ({one.countdown(now)})" for one in new_own]
    parts = [
        f"{len(new)} {what}{'' if len(new) == 1 else 's'}"
        for new, what in (
            (new_interviews, "interview"),
            (new_dues, "follow-up"),
            (new_own, "reminder"),
        )
        if new
    ]
    return Notification(
        title=f"Due: {_enumerate(parts)}" if parts else "",
        lines=tuple(lines),
        follow_ups=tuple(due.id for due in new_dues),
        interviews=tuple(one.interview.id for one in new_interviews),
        told=keys,
        reminders=tuple(one.id for one in new_own),
    )


def _enumerate(parts: list[str]) -> str:
    """ "1 interview, 2 follow-ups and 1 reminder"."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def _has_come(due: "Due", now: datetime) -> bool:
    at = max(filter(None, (due.due_at, due.not_before)), default=None)
    return not (due.fold or due.waits(now)) and (at is None or at <= now)


def _is_near(one: "CardInterview", now: datetime) -> bool:
    starts = one.interview.starts_at
    near = starts is not None and now.timestamp() < starts.timestamp() <= (now + SOON).timestamp()
    return near and one.open and one.interview.kept is not False


def _key(one: "CardInterview") -> str:
    return f"interview {one.interview.id}"


def _moment(one: "CardInterview") -> str:
    """When it begins, the same in whichever zone it is asked for."""
    assert one.interview.starts_at is not None
    return one.interview.starts_at.astimezone(UTC).isoformat()


def _interview_line(one: "CardInterview", now: datetime) -> str:
    interview = one.interview
    assert interview.starts_at is not None
    when = short_countdown(one.day(), interview.starts_at, now)
    place = f", {interview.place}" if interview.place else ""
    return f"{one.company}: {capital(interview.called)} interview {when}{place}"


def told_file(board: Path) -> Path:
    """Where it is kept what was told of the board at `board`."""
    file = Path(linked_file(str(board)))
    return file.with_name(f"{file.stem}-told.json")


def read_told(board: Path) -> dict[str, str]:
    """What was told; nothing where that cannot be read."""
    try:
        found = json.loads(read_text(told_file(board), _LARGEST) or "{}")
    except (Unreadable, ValueError, RecursionError):
        return {}
    told = found.get("told") if isinstance(found, dict) else None
    return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}


def keep_told(board: Path, told: Told) -> None:
    """Keep what was told, whole or not at all. Raises StoreError."""
    content = json.dumps({"version": 1, "told": dict(sorted(told.items()))}, indent=1)
    write_whole(told_file(board), f"{content}\n".encode())
