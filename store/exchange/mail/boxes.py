"""Where messages lie: one file for each, an mbox, a Maildir, a folder of them, a pipe.

The messages of an mbox are taken apart here rather than by the standard library's `mailbox`: it
cannot read a pipe, has no bound for a message, and begins a new one at each line “From …”, also
in a text. A Maildir is two folders of plain files.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from store.exchange.incoming import Problem
from store.exchange.mail.calendar import LARGEST as CALENDAR_AT_MOST
from store.exchange.mail.calendar import read_calendar
from store.exchange.mail.message import LARGEST, MailRead, event_letter, read_message
from store.rules.text import Refused, quoted

BOX_AT_MOST = 500_000_000
"""Bytes of one mbox; ten years of somebody's mail without its attachments."""
PIPE_AT_MOST = 60_000_000
MESSAGES_AT_MOST = 20_000
"""Messages that are read at once (product): more than a hunt has; their texts fit into memory."""
_LINE_AT_MOST = 1_000_000
_HEAD = 4_096
_SUFFIXES = (".eml", ".ics", ".mbox", ".mbx", ".mht", ".txt", "")
_MAILDIR = ("new", "cur")

Told = Callable[[int], None]
"""Hears how many messages were read."""


class Received(NamedTuple):
    """A message with the place where it was found, for sentences about it."""

    where: str
    key: str
    read: MailRead


class Mailbox(NamedTuple):
    """All messages of a place, the oldest first, each once; and what could not be read."""

    messages: tuple[Received, ...]
    problems: tuple[Problem, ...]


class _Raw(NamedTuple):
    number: int
    where: str
    data: bytes


def _nobody(_: int) -> None:
    """Hears nothing."""


def read_mailbox(path: Path, here: tzinfo, now: datetime, told: Told = _nobody) -> Mailbox:
    """The messages at `path`: a message, an mbox, an .ics, a Maildir, a folder of such files.

    Raises Refused for what is none of these, or too big.
    """
    name = quoted(path.name or str(path))
    try:
        if path.is_dir():
            return _collect(_of_folder(path, name), name, here, now, told)
        with _open(path, name) as file:
            return _collect(_of_file(file, path.name), name, here, now, told)
    except FileNotFoundError:
        raise Refused(f"There is no file {name} here. Check the spelling.") from None
    except PermissionError:
        raise Refused(f"{name} may not be read by you. Change its permissions first.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"{name} cannot be read. Nothing was changed.") from None


def read_piped(data: bytes, here: tzinfo, now: datetime) -> Mailbox:
    """The messages that came through a pipe: one, or several as an mbox.

    Raises Refused for what is no mail, or more than 60 MB.
    """
    name = "Standard input"
    if len(data) > PIPE_AT_MOST:
        raise Refused(f"{name} holds more than {PIPE_AT_MOST // 1_000_000} MB. Save it to a file.")
    return _collect(_of_file(BytesIO(data), ""), name, here, now, _nobody)


def _open(path: Path, name: str) -> IO[bytes]:
    """The file at `path`; Refused unless it is a plain one, or a pipe, within the limit."""
    import stat

    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    found = os.fstat(descriptor)
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISFIFO(found.st_mode)):
        os.close(descriptor)
        raise Refused(f"{name} is not a plain file. Save it to one first.")
    if found.st_size > BOX_AT_MOST:
        os.close(descriptor)
        raise Refused(
            f"{name} is bigger than {BOX_AT_MOST // 1_000_000} MB: too big. Save the messages of "
            "your job search to a folder of their own."
        )
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")


def _collect(raws: Iterator[_Raw], name: str, here: tzinfo, now: datetime, told: Told) -> Mailbox:
    found: dict[str, Received] = {}
    problems: list[Problem] = []
    number = 0
    for raw in raws:
        number += 1
        if number > MESSAGES_AT_MOST:
            raise Refused(
                f"{name} holds more than {MESSAGES_AT_MOST:,} messages. Save those of your job "
                "search to a folder of their own."
            )
        told(number)
        try:
            for read in _read(raw, here, now):
                found.setdefault(read.key, Received(raw.where, read.key, read))
        except Refused as refused:
            problems.append(Problem(raw.number, f"left out: {refused}.", raw.where))
    if not number:
        raise Refused(f"{name} holds no mail: no message, no mbox, no Maildir, no .ics file.")
    if not found and number == 1 and problems:
        raise Refused(f"{name} was not read: {problems[0].sentence.removeprefix('left out: ')}")
    messages = sorted(found.values(), key=_order)
    return Mailbox(tuple(messages), tuple(problems))


def _order(one: Received) -> tuple[datetime, datetime, str]:
    """By the time at which it was sent; entries of one calendar by their own."""
    event = one.read.letter.event
    starts_at = event.starts_at if event is not None else None
    return one.read.sent_at, starts_at or one.read.sent_at, one.key


def _read(raw: _Raw, here: tzinfo, now: datetime) -> Iterator[MailRead]:
    """The message, or each entry of a calendar that came without one."""
    start = raw.data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        for one in read_calendar(raw.data, here):
            event = one.event
            sent = min(now, event.starts_at) if event.starts_at is not None else now
            letter = event_letter(event, one.name, one.address, one.text, now.date())
            said = f"ics {event.uid} {event.sequence} {event.cancelled} {event.starts_at}"
            yield MailRead(sha256(said.encode("utf-8", "replace")).hexdigest()[:40], sent, letter)
    else:
        yield read_message(raw.data, here, now)


def _of_folder(path: Path, name: str) -> Iterator[_Raw]:
    """The files of a Maildir, or of a folder."""
    inner = [path / one for one in _MAILDIR]
    is_maildir = all(one.is_dir() for one in inner)
    files: list[Path] = []
    for folder in inner if is_maildir else (path,):
        with os.scandir(folder) as entries:
            files += [
                Path(entry.path)
                for entry in entries
                if entry.is_file()
                and not entry.name.startswith(".")
                and (is_maildir or Path(entry.name).suffix.lower() in _SUFFIXES)
            ]
    number = 0
    for file in sorted(files):
        with _open(file, name) as opened:
            for raw in _of_file(opened, file.name):
                if not is_maildir and not _looks_like_mail(raw.data):
                    continue
                number += 1
                yield raw._replace(number=number)


def _of_file(file: IO[bytes], name: str) -> Iterator[_Raw]:
    """The messages of a file: those of an mbox, or the one that it is."""
    head = file.read(_HEAD)
    if not head.strip():
        return
    if head.startswith((b"From ", b"\xef\xbb\xbfFrom ")) and b"\n" in head:
        for number, data in enumerate(_of_box(file, head), 1):
            yield _Raw(number, name, data)
        return
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    limit = CALENDAR_AT_MOST + 1 if start[:15].upper() == b"BEGIN:VCALENDAR" else LARGEST
    yield _Raw(1, name, head.lstrip(b"\r\n") + file.read(limit - len(head)))


def _looks_like_mail(data: bytes) -> bool:
    """Whether a file of a folder is a message, and not any other text."""
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return True
    names = {line.partition(b":")[0].strip().lower() for line in start.splitlines()[:60]}
    return len(names & {b"from", b"date", b"subject", b"message-id", b"received", b"to"}) > 1


def _of_box(file: IO[bytes], head: bytes) -> Iterator[bytes]:
    """The messages of an mbox, each as far as it is looked at.

    A line “From …” begins one where it stands below an empty line and tells a time.
    """
    kept: list[bytes] = []
    size = 0
    empty, begun = True, False
    for line in _lines(file, head):
        if empty and line.startswith(b"From ") and (not begun or _is_envelope(line)):
            if kept:
                yield b"".join(kept)
            kept, size, begun, empty = [], 0, True, False
            continue
        empty = not line.strip()
        if size < LARGEST:
            if line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
                line = line[1:]
            kept.append(line)
            size += len(line)
    if kept:
        yield b"".join(kept)


def _is_envelope(line: bytes) -> bool:
    """Whether a line tells who sent a message, and at what time."""
    words = line.split()
    times = [word for word in words if word.count(b":") in (1, 2) and word[:1].isdigit()]
    return len(words) > 2 and bool(times)


def _lines(file: IO[bytes], head: bytes) -> Iterator[bytes]:
    """The lines of a file of which `head` was read already; a longer one comes in parts."""
    start = head.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    rest = start.pop() if start and not start[-1].endswith(b"\n") else b""
    yield from start
    if rest:
        yield rest + file.readline(_LINE_AT_MOST)
    while line := file.readline(_LINE_AT_MOST):
        yield line
