"""What a journaling file system may leave of the operations in a trace when the power is cut.

Guaranteed is what was synced, and no more. Of a file that is all up to its last sync; each write
since may be there, or be missing, or be there in some of its sectors of 512 bytes. Of names (made,
given, taken away) there are two models:

- "in order", as ext4, XFS and btrfs do it: names reach the disk in the order in which they were
  changed, and syncing anything takes all names along that were changed before;
- "by folder", which is all that POSIX promises: syncing a folder takes along what was changed in
  it, and nothing else does. Folders know nothing of each other.

A folder that is missing takes along whatever is in it.
"""

import random
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from proof_trace import Operation, Trace

SECTOR = 512
MODELS = ("in order", "by folder")
_OF_NAMES = ("create", "mkdir", "rmdir", "link", "rename", "unlink")

Files = dict[str, bytes | None]
"""What is in a folder: the bytes of each file, None for a folder."""


class Cut:
    """The disk after the first `number` operations of `trace`, when the power goes."""

    def __init__(self, trace: Trace, number: int, model: str) -> None:
        self._trace = trace
        self._done = trace.operations[:number]
        self._in_order = model == "in order"
        self._files: dict[int, bytearray] = {f: bytearray(b) for f, b in trace.contents.items()}
        self._pending: dict[int, list[Operation]] = {}
        self._certain: dict[str, int] = {}
        for place, operation in enumerate(self._done):
            match operation.kind:
                case "write" | "truncate":
                    self._pending.setdefault(operation.file, []).append(operation)
                case "sync":
                    content = self._files.setdefault(operation.file, bytearray())
                    for write in self._pending.pop(operation.file, ()):
                        _apply(content, write)
                    if self._in_order:
                        self._certain["."] = place
                case "sync folder":
                    self._certain["." if self._in_order else operation.path] = place
        self._changed = [
            (self._where(operation), place, operation)
            for place, operation in enumerate(self._done)
            if operation.kind in _OF_NAMES
        ]

    def told(self) -> list[str]:
        """What had been told by then."""
        return [each.data.decode() for each in self._done if each.kind == "told"]

    def least(self) -> Files:
        """Only what is guaranteed."""
        return self._left(self._certain, {})

    def all(self) -> Files:
        """As if nothing had been lost."""
        every = {where: len(self._done) for where, _, _ in self._changed}
        return self._left(every, self._pending)

    def some(self, chance: random.Random) -> Files:
        """One of the many things in between."""
        names: dict[str, int] = {}
        for where in {where for where, _, _ in self._changed}:
            least = self._certain.get(where, -1)
            later = [place for folder, place, _ in self._changed if (folder, place) > (where, least)
                     and folder == where]  # fmt: skip
            names[where] = chance.choice([least, *later])
        kept: dict[int, list[Operation]] = {}
        for file, writes in self._pending.items():
            match chance.randrange(4):
                case 0:
                    kept[file] = writes[: chance.randint(0, len(writes))]
                case 1:
                    kept[file] = [write for write in writes if chance.random() < 0.5]
                case 2:
                    kept[file] = [part for write in writes for part in _torn(write, chance)]
                case _:
                    kept[file] = writes if chance.random() < 0.5 else []
        return self._left(names, kept)

    def _where(self, operation: Operation) -> str:
        return "." if self._in_order else str(PurePosixPath(operation.path).parent)

    def _left(self, names: dict[str, int], writes: dict[int, list[Operation]]) -> Files:
        folders, entries = set(self._trace.folders), dict(self._trace.names)
        for where, place, operation in self._changed:
            if place > names.get(where, -1):
                continue
            match operation.kind:
                case "mkdir":
                    folders.add(operation.path)
                case "rmdir":
                    folders.discard(operation.path)
                case "create":
                    entries[operation.path] = operation.file
                case "link":
                    entries[operation.other] = operation.file
                case "rename":
                    entries.pop(operation.path, None)
                    entries[operation.other] = operation.file
                case "unlink":
                    entries.pop(operation.path, None)
        found: Files = {}
        for folder in sorted(folders):
            if str(PurePosixPath(folder).parent) in (".", *found):
                found[folder] = None
        for name, file in entries.items():
            if str(PurePosixPath(name).parent) in (".", *found):
                content = bytearray(self._files.get(file, b""))
                for write in writes.get(file, ()):
                    _apply(content, write)
                found[name] = bytes(content)
        return found


def cuts(trace: Trace, model: str, numbers: Iterator[int] | range) -> Iterator[Cut]:
    """The disk after each of these numbers of operations."""
    for number in numbers:
        yield Cut(trace, number, model)


def build(files: Files, folder: Path) -> None:
    """Make an empty `folder` with `files` in it."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.mkdir(0o700)
        else:
            path.write_bytes(content)
            path.chmod(0o600)


def found_in(folder: Path) -> Files:
    """What is in `folder`."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def _apply(content: bytearray, operation: Operation) -> None:
    size = operation.offset + len(operation.data)
    if len(content) < size:
        content.extend(bytes(size - len(content)))
    if operation.kind == "truncate":
        del content[operation.offset :]
    else:
        content[operation.offset : size] = operation.data


def _torn(write: Operation, chance: random.Random) -> Iterator[Operation]:
    """Some of the sectors of a write, or all of what is no write."""
    if write.kind != "write":
        yield write
        return
    start, end = write.offset, write.offset + len(write.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            data = write.data[start - write.offset : stop - write.offset]
            yield write._replace(offset=start, data=data)
        start = stop
