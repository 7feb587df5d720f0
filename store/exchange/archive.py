"""Zip archives, as LinkedIn and Huntr hand them out: opened with limits, unpacked in memory only.

Names in an archive are only looked at, so that one with “../” leads nowhere.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from store.rules.text import Refused, quoted

ENTRIES_AT_MOST = 5_000
UNPACKED_AT_MOST = 64 * 1024 * 1024
"""Bytes that are unpacked of one archive, whatever it says that it holds."""
_TABLES = frozenset((".csv", ".tsv", ".txt", ".json", ".md", ".xlsx", ".ods"))
_HEAD = 16 * 1024
_ENTRY = b"PK\x01\x02"
"""How each line of an archive's list of files begins: a million of them fill the memory before they
can be counted."""
_WITHIN = 4
"""As many times more of them may be in archives within the archive."""


def open_archive(name: str, data: bytes) -> zipfile.ZipFile:
    """The archive in `data`; Refused for a damaged one and for one with too many files."""
    too_many = Refused(f"{quoted(name)} holds more than {ENTRIES_AT_MOST:,} files: too many.")
    if data.count(_ENTRY) > ENTRIES_AT_MOST * _WITHIN:
        raise too_many
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # whatever a broken archive makes its reader meet
        raise Refused(f"{quoted(name)} is a damaged archive. Fetch it again.") from None
    if len(archive.infolist()) > ENTRIES_AT_MOST:
        raise too_many
    return archive


class Unpackable(Refused):
    """An archive as a whole is too big, locked or damaged: more of it is not worth a try."""


class Member:
    """One file of an archive that may hold a table."""

    def __init__(self, archive: "Members", entry: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._entry = entry
        self.name = PurePosixPath(entry.filename.replace("\\", "/")).name

    def head(self) -> bytes:
        """Its first bytes."""
        return self._archive.unpack(self._entry, _HEAD)

    def read(self) -> bytes:
        """All of it."""
        return self._archive.unpack(self._entry, None)


class Members:
    """The files of an archive that may hold tables; what is unpacked of all is counted."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        self._left = UNPACKED_AT_MOST

    def __iter__(self) -> Iterator[Member]:
        entries = sorted(self._archive.infolist(), key=lambda entry: entry.filename)
        for entry in entries:
            path = PurePosixPath(entry.filename)
            hidden = path.name.startswith(".") or "__MACOSX" in path.parts
            if path.suffix.lower() in _TABLES and not hidden and not entry.is_dir():
                yield Member(self, entry)

    def unpack(self, entry: zipfile.ZipInfo, at_most: int | None) -> bytes:
        """As much of a file; Refused where all together is too much, or it cannot be read."""
        wanted = self._left + 1 if at_most is None else at_most
        try:
            with self._archive.open(entry) as opened:
                data = opened.read(wanted)
        except RuntimeError:
            raise Unpackable(
                f"{quoted(self._name)} is locked with a password. Unpack it first."
            ) from None
        except Exception:  # whatever a broken archive makes the unpackers meet
            raise Unpackable(
                f"{quoted(self._name)} is a damaged archive. Fetch it again."
            ) from None
        self._left -= len(data)
        if self._left < 0:
            raise Unpackable(
                f"{quoted(self._name)} unpacks to more than "
                f"{UNPACKED_AT_MOST // 1024 // 1024} MB: too big."
            )
        return data
