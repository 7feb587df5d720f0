"""The calendar as files that calendar programs read: one for all of it, or a folder with one for
each entry (“vdir”: khal, vdirsyncer, DAVx5).

What is no longer to be, deleted or not, is told in the way that clients expect. One file is taken
in again and again, and what is missing from it stays where it was taken in before: there it stands
as CANCELLED or COMPLETED, with a higher SEQUENCE. A folder is mirrored, so that a file which goes
takes its entry with it everywhere, while many clients show a cancelled one like any other: there
the file is removed. To-dos that are done stay for a while in both, as lists of tasks do.

People are named in the description and never as ATTENDEE: a server would write to them. The moment
in DTSTAMP is that of the last change, not of the writing: the same board gives the same bytes.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store.errors import name
from store.export.ical import (
    Lines,
    NamedZone,
    day,
    document,
    moment_lines,
    named_zone,
    text,
    utc,
    zone_lines,
)
from store.export.settings import EVENTS, NONE, TODOS, CalendarChoice
from store.file.outgoing import check_place, open_folder, remove_all, write_all, write_whole
from store.model.calendar import (
    CANCELLED,
    DEADLINES,
    FOLLOW_UPS,
    INTERVIEWS,
    NEW,
    OPEN,
    BoardCalendar,
    CalendarEntry,
)
from store.rules.text import Refused
from store.zones import zone_named

_PRODUCT = "PRODID:-//rounds//rounds//EN"
_BOARD = "X-ROUNDS-BOARD:"
"""Of which board a file is: nobody else's is ever written over."""
_BEGIN = ["BEGIN:VCALENDAR", "VERSION:2.0", _PRODUCT]
_END = "END:VCALENDAR"
_HEAD_AT_MOST = 1_000
"""Bytes of a file that tell whose it is."""
_CATEGORIES = {INTERVIEWS: "Interview", FOLLOW_UPS: "Follow-up", DEADLINES: "Deadline"}
_ONE_DAY = timedelta(days=1)
_DAY_MINUTES = 24 * 60
LIST = ".rounds.json"
"""What was written into a folder, so that nothing else is ever removed from it. Programs for such
folders leave out names that begin with a dot."""
_LIST_AT_MOST = 20_000_000
_UNWRITTEN = ""
"""The digest of a file that is about to be written."""


class Left(NamedTuple):
    """What came of writing a calendar: how many entries of each kind stand in it, those told as
    cancelled not counted; how many files were written and removed. Where all was as it should be,
    none is touched."""

    place: Path
    counts: Mapping[str, int]
    written: int = 0
    removed: int = 0


def calendar_file(calendar: BoardCalendar, choice: CalendarChoice) -> bytes:
    """All of the calendar as one file."""
    wanted = [entry for entry in calendar.entries if _is_told(entry, choice)]
    lines = [
        *_BEGIN,
        "CALSCALE:GREGORIAN",
        "NAME:rounds",
        "X-WR-CALNAME:rounds",
        f"{_BOARD}{calendar.board}",
        *_zones(wanted),
    ]
    for entry in wanted:
        lines += _component(entry, choice)
    return document([*lines, _END])


def calendar_files(calendar: BoardCalendar, choice: CalendarChoice) -> dict[str, bytes]:
    """The calendar as the files of a folder, by their names."""
    return {
        f"{entry.uid}.ics": document([*_BEGIN, *_zones([entry]), *_component(entry, choice), _END])
        for entry in calendar.entries
        if _stands(entry, choice)
    }


def write_calendar_file(
    target: Path, calendar: BoardCalendar, choice: CalendarChoice, board: Path
) -> Left:
    """Write the calendar of the board at `board` to the file `target`, whole or not at all.

    Raises Refused for a place where no file may be written, or that has a file of another board
    or program, and StoreError when writing fails. Nothing has changed then.
    """
    content = calendar_file(calendar, choice)
    told = [entry for entry in calendar.entries if _is_told(entry, choice)]
    there = check_place(target, board)
    if there is not None and there.st_size:
        _check_ours(target, calendar.board)
        if there.st_size == len(content) and _content(target) == content:
            return Left(target, _counts(told))
    write_whole(target, content)
    return Left(target, _counts(told), written=1)


def write_calendar_folder(
    folder: Path, calendar: BoardCalendar, choice: CalendarChoice, *, alone: bool = False
) -> Left:
    """Bring the files in `folder`, which is made, in line with the calendar.

    Only files that were written here by the same board are ever removed. `alone` refuses a folder
    that only other boards have written into so far. Raises Refused and StoreError; what is in the
    folder then is whole.
    """
    contents = calendar_files(calendar, choice)
    counts = _counts(entry for entry in calendar.entries if _stands(entry, choice))
    open_folder(folder)
    known = _read_list(folder)
    if alone and known and calendar.board not in known:
        raise Refused(
            f"{name(folder)} has the calendar of another board. Nothing was written. Give another "
            "folder."
        )
    mine = known.get(calendar.board, {})
    digests = {file: sha256(content).hexdigest() for file, content in contents.items()}
    changed = {
        file: content
        for file, content in contents.items()
        if mine.get(file) != digests[file] or not (folder / file).is_file()
    }
    gone = [file for file in mine if file not in contents]
    if not changed and not gone:
        return Left(folder, counts)
    begun = {**mine, **dict.fromkeys(changed, _UNWRITTEN)}
    write_all(folder, {LIST: _list_with(known, calendar.board, begun), **changed})
    removed = [file for file in gone if _is_of_entry(folder / file)]
    remove_all(folder, removed)
    write_all(folder, {LIST: _list_with(known, calendar.board, digests)})
    return Left(folder, counts, written=len(changed), removed=len(removed))


def _is_told(entry: CalendarEntry, choice: CalendarChoice) -> bool:
    """Whether an entry is in the one file.

    A follow-up that was done or dropped before its day is told as a cancelled event; one that was
    done on it or later stays on its day wherever it was taken in, as what is past does, unless all
    of it was deleted.
    """
    if entry.kind != FOLLOW_UPS:
        return True
    if choice.follow_ups == EVENTS:
        too_early = (entry.settled_on or date.max) < entry.day
        return entry.state == OPEN or entry.is_gone or too_early
    return choice.follow_ups == TODOS


def _stands(entry: CalendarEntry, choice: CalendarChoice) -> bool:
    """Whether an entry is in the folder."""
    if entry.kind == FOLLOW_UPS and choice.follow_ups == TODOS:
        return entry.state != CANCELLED
    return entry.state == OPEN and not (entry.kind == FOLLOW_UPS and choice.follow_ups == NONE)


def _counts(entries: Iterable[CalendarEntry]) -> dict[str, int]:
    counts = dict.fromkeys((INTERVIEWS, FOLLOW_UPS, DEADLINES), 0)
    for entry in entries:
        counts[entry.kind] += entry.state != CANCELLED
    return counts


# The components


def _component(entry: CalendarEntry, choice: CalendarChoice) -> Lines:
    todo = entry.kind == FOLLOW_UPS and choice.follow_ups == TODOS
    kind = "VTODO" if todo else "VEVENT"
    changed = utc(entry.changed_at)
    lines = [
        f"BEGIN:{kind}",
        f"UID:{entry.uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{entry.sequence}",
        *(_due(entry) if todo else _time(entry)),
        f"SUMMARY:{text(entry.title)}",
        f"DESCRIPTION:{text(chr(10).join(entry.lines))}",
    ]
    if entry.place:
        lines.append(f"LOCATION:{text(entry.place)}")
    if _is_address(entry.link):
        lines.append(f"URL:{entry.link}")
    lines += [
        f"CATEGORIES:{_CATEGORIES[entry.kind]}",
        # Whoever else may look at the calendar, at work say, sees that the time is taken.
        "CLASS:PRIVATE",
        *(_todo_state(entry) if todo else _event_state(entry)),
    ]
    if entry.state == OPEN and entry.ahead:
        for trigger in _triggers(entry, choice, todo=todo):
            lines += _alarm(entry, trigger)
    return [*lines, f"END:{kind}"]


def _time(entry: CalendarEntry) -> Lines:
    """When an event is: interviews and deadlines with a time at it, all else on the whole day."""
    if entry.starts_at is None or entry.kind == FOLLOW_UPS:
        after = entry.day + _ONE_DAY if entry.day < date.max else entry.day
        return [f"DTSTART;VALUE=DATE:{day(entry.day)}", f"DTEND;VALUE=DATE:{day(after)}"]
    zone = _zone(entry)
    lines = moment_lines("DTSTART", entry.starts_at, zone)
    if entry.ends_at is None:
        # Without it khal shows an hour, and others a whole day.
        return [*lines, "DURATION:PT0S"]
    return lines + moment_lines("DTEND", entry.ends_at, zone)


def _due(entry: CalendarEntry) -> Lines:
    if entry.starts_at is not None:
        return moment_lines("DUE", entry.starts_at, None)
    return [f"DUE;VALUE=DATE:{day(entry.day)}"]


def _event_state(entry: CalendarEntry) -> Lines:
    busy = entry.kind == INTERVIEWS and entry.state == OPEN
    agreed = "TENTATIVE" if entry.awaits_reply else "CONFIRMED"
    status = agreed if entry.state == OPEN else "CANCELLED"
    return [f"STATUS:{status}", f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}"]


def _todo_state(entry: CalendarEntry) -> Lines:
    if entry.state == OPEN:
        return ["STATUS:NEEDS-ACTION"]
    if entry.state == CANCELLED:
        return ["STATUS:CANCELLED"]
    zone = entry.changed_at.tzinfo
    at = datetime.combine(entry.settled_on or entry.day, time(12), zone)
    return ["STATUS:COMPLETED", "PERCENT-COMPLETE:100", f"COMPLETED:{utc(at)}"]


def _triggers(entry: CalendarEntry, choice: CalendarChoice, *, todo: bool) -> Iterator[str]:
    """When it alarms, in minutes from its beginning; of a to-do from when it is due."""
    if entry.kind != FOLLOW_UPS and entry.starts_at is not None:
        if entry.kind == DEADLINES and choice.day_alarm is not None:
            yield "TRIGGER:-P1D"
        if choice.interview_alarm:
            yield f"TRIGGER:-PT{choice.interview_alarm}M"
    elif choice.day_alarm is not None:
        related = ";RELATED=END" if todo else ""
        if todo and entry.starts_at is not None:
            yield "TRIGGER;RELATED=END:PT0S"
            return
        minutes = choice.day_alarm.hour * 60 + choice.day_alarm.minute
        if entry.kind == DEADLINES:
            yield f"TRIGGER:-PT{_DAY_MINUTES - minutes}M"
        yield f"TRIGGER{related}:PT{minutes}M"


def _alarm(entry: CalendarEntry, trigger: str) -> Lines:
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{text(entry.title)}",
        trigger,
        "END:VALARM",
    ]


def _is_address(link: str) -> bool:
    """Whether a link may stand as URL, which takes nothing but an address."""
    return "://" in link and link.isascii() and link.isprintable() and " " not in link


def _zones(entries: Iterable[CalendarEntry]) -> Lines:
    """The zones in which entries are told, each with its clocks around the time of those."""
    spans: dict[str, tuple[NamedZone, datetime, datetime]] = {}
    for entry in entries:
        zone = _zone(entry)
        if zone is None or entry.starts_at is None:
            continue
        begins, ends = entry.starts_at, entry.ends_at or entry.starts_at
        _, first, last = spans.get(zone.tzid, (zone, begins, ends))
        spans[zone.tzid] = zone, min(first, begins), max(last, ends)
    lines: Lines = []
    for _, (zone, first, last) in sorted(spans.items()):
        lines += _zone_lines(zone, *(at.astimezone(UTC).year for at in (first, last)))
    return lines


@cache
def _zone_lines(zone: NamedZone, first: int, last: int) -> Lines:
    return zone_lines(zone, first, last)


def _zone(entry: CalendarEntry) -> NamedZone | None:
    """The zone in which an entry is told; None for UTC, and for one that is not known here."""
    if entry.kind == FOLLOW_UPS or not entry.zone:
        return None
    return _known_zone(entry.zone)


@cache
def _known_zone(stored: str) -> NamedZone | None:
    try:
        zone = zone_named(stored)
    except Refused:
        return None
    return None if zone == ZoneInfo("UTC") else named_zone(zone.key or stored, zone)


# Whose a file is


def _check_ours(target: Path, board: str) -> None:
    """Refused unless the file at `target` is a calendar that was written of this board."""
    head = _content(target, _HEAD_AT_MOST).decode("utf-8", "replace").splitlines()
    if head[: len(_BEGIN)] != _BEGIN:
        raise Refused(
            f"{name(target)} was not written by rounds. Nothing was written. Give another file, or "
            "move this one away."
        )
    if not {f"{_BOARD}{board}", f"{_BOARD}{NEW}"}.intersection(head):
        raise Refused(
            f"{name(target)} is the calendar of another board. Nothing was written. Give another "
            "file, or move this one away."
        )


def _content(file: Path, at_most: int = -1) -> bytes:
    """What is in a file; nothing where it cannot be read."""
    with suppress(OSError):
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as stream:
            return stream.read(at_most)
    return b""


def _is_of_entry(file: Path) -> bool:
    """Whether a file of the list still holds the entry whose name it has.

    A program that syncs may have written it anew; one that somebody put in its place is theirs.
    """
    return f"UID:{file.stem}".encode() in _content(file, _LIST_AT_MOST)


_Lists = dict[str, dict[str, str]]


def _read_list(folder: Path) -> _Lists:
    """By board, the files that were written into `folder` with the digests of what they hold."""
    try:
        found = json.loads(_content(folder / LIST, _LIST_AT_MOST) or "{}")
    except (ValueError, RecursionError):
        return {}
    boards = found.get("boards") if isinstance(found, dict) else None
    if not isinstance(boards, dict):
        return {}
    return {
        board: {file: str(digest) for file, digest in files.items() if _is_name(file)}
        for board, files in boards.items()
        if isinstance(files, dict)
    }


def _is_name(file: str) -> bool:
    return file.endswith(".ics") and file == os.path.basename(file)  # noqa: PTH119


def _list_with(known: _Lists, board: str, files: Mapping[str, str]) -> bytes:
    boards = {**known, board: dict(sorted(files.items()))}
    return json.dumps({"version": 1, "boards": boards}, indent=1, sort_keys=True).encode()
