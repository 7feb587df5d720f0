"""Files for others, a calendar say: written whole or not at all, and never over what is not ours.

The content goes into a new file beside the target, onto the disk, and takes the target's name only
then. Whoever reads meanwhile finds the old one; so does everybody when anything fails on the way.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from store.errors import StoreError, name
from store.file.opening import make_folder, sync_folder
from store.rules.text import Refused

_PART = ".part"
_NAME_AT_MOST = 80
"""Characters of the name of a file that are in that of the unfinished one."""
_ONE_BY_ONE = 32
"""Up to how many files are each handed to the disk by itself; of more, all at once (product: on a
laptop's disk a file takes 1 to 5 ms)."""
_STALE = 3_600.0
"""Seconds after which an unfinished file belongs to a program that was ended in the middle."""
_RANDOM = len(".12345678")
"""What stands between the name of the file and the end of an unfinished one."""
_UNTOUCHED = "Nothing was written"


def check_place(target: Path, board: Path) -> os.stat_result | None:
    """Refused unless a file may be written at `target`; gives what is there already, if anything.

    No folder, link, pipe or device, and not the board at `board` or what SQLite keeps beside it.
    """
    try:
        there = target.lstat()
        folder = target.parent.stat()
    except FileNotFoundError:
        there, folder = None, None
    except (OSError, ValueError) as error:
        raise Refused(
            f"{name(target)} cannot be used ({_why(error)}). {_UNTOUCHED}. Give another file."
        ) from None
    if _is_of_board(target, board):
        raise Refused(f"{name(target)} is the board itself. {_UNTOUCHED}. Give another file.")
    if there is None:
        folder = folder or _stat(target.parent)
        if folder is None or not stat.S_ISDIR(folder.st_mode):
            raise Refused(
                f"There is no folder {name(target.parent)}. {_UNTOUCHED}. Make it, or give another "
                "file."
            )
        return None
    if stat.S_ISREG(there.st_mode):
        return there
    kinds = (
        (stat.S_ISLNK, "a link", "Give the file that it leads to"),
        (stat.S_ISDIR, "a folder", "Give a file instead"),
        (stat.S_ISFIFO, "a pipe", "Give a file instead"),
    )
    what, instead = next(
        ((what, instead) for is_one, what, instead in kinds if is_one(there.st_mode)),
        ("not a file", "Give a file instead"),
    )
    raise Refused(f"{name(target)} is {what}. {_UNTOUCHED}. {instead}.")


def _is_of_board(target: Path, board: Path) -> bool:
    """Whether `target` is the file of the board, by whichever name, or one that SQLite keeps."""
    with suppress(OSError, ValueError):
        if target.samefile(board):
            return True
    place, own = os.path.realpath(target), os.path.realpath(board)
    return place in (own, *(f"{own}{ending}" for ending in ("-journal", "-wal", "-shm")))


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def write_whole(target: Path, content: bytes) -> None:
    """Put `content` into the file `target`, whole or not at all; on the disk when this returns.

    A new file is for the owner's eyes only (0600), one that is there keeps its mode. The place is
    taken as checked: see `check_place`. Raises StoreError; then nothing has changed.
    """
    write_all(target.parent, {target.name: content})


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put each of `contents` into the file of that name in `folder`.

    Each is whole, and none is touched before all are on the disk under names that begin with a
    dot: a disk that is full says so before anything has changed. Raises StoreError.
    """
    parts: dict[str, Path] = {}
    try:
        for file, content in contents.items():
            parts[file] = _write_part(folder, file, content, sync=len(contents) <= _ONE_BY_ONE)
        if len(contents) > _ONE_BY_ONE:
            os.sync()
        _clear(folder, parts)
        for file, part in parts.items():
            part.replace(folder / file)
    except OSError as error:
        place = folder / next(iter(contents)) if len(contents) == 1 else folder
        raise StoreError(
            f"{name(place)} could not be written: {_why(error)}. What was there before is "
            "unchanged. Make room or allow writing there, and try again."
        ) from None
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    sync_folder(folder)


def _clear(folder: Path, parts: Mapping[str, Path]) -> None:
    """Remove what a program left of the same files when it was ended in the middle."""
    known = {file[:_NAME_AT_MOST] for file in parts}
    with suppress(OSError):
        made = max(part.stat().st_mtime for part in parts.values())
        for entry in os.scandir(folder):
            name_ = entry.name
            ours = name_.startswith(".") and name_.endswith(_PART)
            ours = ours and name_[1 : -len(_PART) - _RANDOM] in known
            if ours and made - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                os.unlink(entry.path)  # noqa: PTH108


def _write_part(folder: Path, file: str, content: bytes, *, sync: bool) -> Path:
    """A file in `folder` with the content that `file` there is to have; OSError leaves none."""
    descriptor, made = mkstemp(prefix=f".{file[:_NAME_AT_MOST]}.", suffix=_PART, dir=folder)
    part = Path(made)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.fchmod(descriptor, _mode_of(folder / file))
            stream.write(content)
            stream.flush()
            if sync:
                os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return part


def _mode_of(file: Path) -> int:
    """The mode of the file that is there already; else one for the owner alone."""
    with suppress(OSError):
        mode = file.lstat().st_mode
        if stat.S_ISREG(mode):
            return stat.S_IMODE(mode)
    return 0o600


def open_folder(folder: Path) -> None:
    """Make `folder` (0700) unless it is there. Refused for what is no folder and cannot be one."""
    try:
        if not folder.is_dir():
            if os.path.lexists(folder):
                raise Refused(f"{name(folder)} is not a folder. {_UNTOUCHED}. Give a folder.")
            make_folder(folder)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"The folder {name(folder)} cannot be made: {_why(error)}. {_UNTOUCHED}. Give another "
            "folder."
        ) from None


def remove_all(folder: Path, files: Iterable[str]) -> None:
    """Remove these files from `folder`, as far as they are there. Raises StoreError."""
    removed = False
    try:
        for file in files:
            with suppress(FileNotFoundError):
                (folder / file).unlink()
                removed = True
    except OSError as error:
        raise StoreError(
            f"What is over could not be removed from {name(folder)}: {_why(error)}. What is there "
            "is whole. Allow writing there, and try again."
        ) from None
    if removed:
        sync_folder(folder)


def _why(error: OSError | ValueError) -> str:
    """The reason in the middle of a sentence: “the disk is full”, “permission denied”."""
    import errno

    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    words = os.strerror(number) if number else "no file can be called so"
    return words[:1].lower() + words[1:]
