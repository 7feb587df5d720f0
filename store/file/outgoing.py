"""Files that leave the board for somewhere of the user's: written whole, or not at all.

What is written goes into a file beside the target first and is on the disk before it gets its name,
so that a full disk, a signal or a power cut leaves what was there. Nothing is ever written to the
board itself, to what SQLite keeps beside it, to another board, or through a link or a pipe.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp, mkstemp
from typing import NamedTuple

from store.errors import StoreError, name, reason
from store.file.location import linked_file
from store.file.opening import identity, make_folder, sync_folder
from store.rules.text import Refused

_WITH_IT = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a board: a file of that name would be taken for its journal."""
_SQLITE = b"SQLite format 3\0"
_PART = ".part"
"""How the names of unfinished files end; they begin with a dot."""
_FOLDER = ".rounds-"
"""How the names of unfinished folders begin."""
_NAME_AT_MOST = 80
"""Characters of the name of a file that are in that of the unfinished one."""
_ONE_BY_ONE = 32
"""Up to how many files are each handed to the disk by itself; of more, all at once (product: on a
laptop's disk a file takes 1 to 5 ms)."""
_STALE = 3_600.0
"""Seconds after which an unfinished file belongs to a program that was ended in the middle."""
_RANDOM = len(".12345678")
"""What stands between the name of the file and the end of an unfinished one."""
_AT_ONCE = 1 << 20
"""Characters that are put together before they are written."""


def write_file(target: Path, parts: Iterable[str], board: Path, *, mark: bool = False) -> None:
    """Writes the text made of `parts`, in UTF-8, to `target`: all of it, or nothing.

    A file that is there is replaced and keeps its mode; a new one is for the owner alone (0600).
    `mark` puts the mark of UTF-8 before the text, without which spreadsheets misread accents.
    Raises StoreError, having changed nothing, when `target` is no place for it: see `refuse_place`.
    """
    target = _absolute(target)
    refuse_place(target, board)
    with _explain_failures(target):
        blocks = in_blocks(chain(["\ufeff"] if mark else [], parts))
        encoded = (block.encode("utf-8", "replace") for block in blocks)
        part = _write_part(target.parent, target.name, encoded, sync=True)
        try:
            _clear_stale(target.parent, {target.name: part})
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)


class Folder(NamedTuple):
    """What became of the files of a folder."""

    written: int
    same: int
    """Those that were there, to the letter."""
    renamed: int
    """Those that another name was taken away from: see `write_folder`."""


Earlier = Callable[[str], str]
"""By the name of a file what it is a file of, whatever the rest of its name; "" for others."""


def write_folder(
    target: Path,
    files: Iterable[tuple[str, Iterable[str]]],
    board: Path,
    *,
    mark: bool = False,
    earlier: Earlier | None = None,
) -> Folder:
    """Writes `files`, each a name and the parts of its text, into the folder `target`.

    A folder that is not there is made, and gets its name once all is in it. In one that is there
    all files are written beside the others first, so that a full disk leaves it as it was; those
    that are there to the letter are not touched, and no others are removed but those that
    `earlier` says are of the same thing under an older name. Raises StoreError when `target` is no
    folder, or one of the files cannot be replaced.
    """
    target = _absolute(target)
    _refuse_folder(target, board)
    with _explain_failures(target):
        there = target.is_dir()
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=_FOLDER, dir=target if there else target.parent))
        try:
            before = _list_files(target, earlier) if there else {}
            made: list[str] = []
            renamed: set[str] = set()
            same = 0
            for called, parts in files:
                text = "".join(parts)
                if mark:
                    text = f"\ufeff{text}"
                if there:
                    refuse_place(target / called, board)
                    renamed |= before.get(earlier(called) if earlier else "", set()) - {called}
                    if _holds(target / called, text):
                        same += 1
                        continue
                _write_new(part / called, text)
                made.append(called)
            if made:
                os.sync()  # one wait for all of them: 10,000 single ones take a minute
            if there:
                for called in made:
                    (part / called).replace(target / called)
                for called in renamed:
                    (target / called).unlink(missing_ok=True)
            else:
                part.chmod(0o700)
                part.rename(target)
        finally:
            _remove(part)
        sync_folder(target if there else target.parent)
    return Folder(len(made), same, len(renamed))


def refuse_place(target: Path, board: Path) -> None:
    """StoreError where no file may be written: a folder, a link, a pipe or a device, a board, and
    what SQLite keeps beside the open one, there or not."""
    try:
        found = target.lstat()
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENOTDIR):
            raise _failure(target, error) from None
        found = None
    except ValueError:
        raise StoreError("A file cannot be called so. Nothing was written.") from None
    _refuse_beside(target, board)
    if found is None:
        return
    shown = name(target)
    if stat.S_ISLNK(found.st_mode):
        raise StoreError(
            f"{shown} is a link, which leads elsewhere. Nothing was written. Name the file itself."
        )
    if stat.S_ISDIR(found.st_mode):
        raise StoreError(f"{shown} is a folder. Nothing was written. Name a file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(
            f"{shown} is not an ordinary file. Nothing was written. Name another one, or leave -o "
            "out to write to standard output."
        )
    if identity(target) == identity(board):
        raise StoreError(f"{shown} is the board itself. It was not changed. Name another file.")
    if not os.access(target, os.W_OK):
        raise StoreError(f"{shown} may not be written to. It was not changed. Name another file.")
    if _is_database(target):
        raise StoreError(f"{shown} is a board or another database. It was not changed.")


def _refuse_beside(target: Path, board: Path) -> None:
    """StoreError for what the board's journal is called, or would be."""
    if _is_beside(target, board):
        raise StoreError(
            f"{name(target)} is where SQLite keeps the journal of the board. Nothing was "
            "written. Name another file."
        )


def _is_beside(target: Path, board: Path) -> bool:
    """Whether `target` is what SQLite keeps beside the board, or would be: under any way to its
    folder, and whether or not it is there."""
    file = Path(linked_file(str(board)))
    there = identity(target)
    for ending in _WITH_IT:
        beside = file.with_name(file.name + ending)
        same_name = target.name.casefold() == beside.name.casefold()
        if (there is not None and there == identity(beside)) or (
            same_name and identity(target.parent) == identity(beside.parent)
        ):
            return True
    return False


def _refuse_folder(target: Path, board: Path) -> None:
    try:
        mode = target.stat().st_mode
    except OSError as error:
        if target.is_symlink():
            said = f"{name(target)} is a link that leads nowhere. Nothing was written."
            raise StoreError(f"{said} Name a folder.") from None
        if error.errno == errno.ENOENT:
            _refuse_beside(target, board)
            return
        raise _failure(target, error) from None
    except ValueError:
        raise StoreError("A folder cannot be called so. Nothing was written.") from None
    if not stat.S_ISDIR(mode):
        raise StoreError(f"{name(target)} is not a folder. Nothing was written. Name a folder.")


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except OSError:  # the folder that we are in is gone
        return path


def in_blocks(parts: Iterable[str]) -> Iterator[str]:
    """`parts` put together, so that not each of thousands is written for itself."""
    block: list[str] = []
    size = 0
    for part in parts:
        block.append(part)
        size += len(part)
        if size > _AT_ONCE:
            yield "".join(block)
            block, size = [], 0
    yield "".join(block)


def _write_new(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8", "replace"))


def _holds(path: Path, text: str) -> bool:
    """Whether the file at `path` holds `text`, to the letter."""
    raw = text.encode("utf-8", "replace")
    try:
        return path.stat().st_size == len(raw) and path.read_bytes() == raw
    except OSError:
        return False


def _list_files(folder: Path, earlier: Earlier | None) -> Mapping[str, set[str]]:
    """The files of the folder by what they are files of."""
    found: dict[str, set[str]] = {}
    for entry in os.scandir(folder) if earlier is not None else ():
        assert earlier is not None
        if (of := earlier(entry.name)) and entry.is_file(follow_symlinks=False):
            found.setdefault(of, set()).add(entry.name)
    return found


def _remove(part: Path) -> None:
    """Removes what is left of an unfinished folder."""
    with suppress(OSError):
        for file in part.iterdir():
            file.unlink(missing_ok=True)
        part.rmdir()


@contextmanager
def _explain_failures(target: Path) -> Iterator[None]:
    """Failures of the disk as sentences."""
    try:
        yield
    except OSError as error:
        raise _failure(target, error) from None


def _failure(target: Path, error: OSError) -> StoreError:
    shown, folder = name(target), name(target.parent)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return StoreError(
                f"The disk that holds {shown} is full. Nothing was written. Free some space and "
                "try again."
            )
        case errno.ENOENT:
            return StoreError(f"There is no folder {folder}. Nothing was written. Make it first.")
        case errno.ENOTDIR:
            return StoreError(f"{folder} is not a folder. Nothing was written.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            where = shown if target.is_dir() else folder
            return StoreError(
                f"You may not write to {where}. Nothing was written. Name another place."
            )
    why = reason(error)
    return StoreError(f"{shown} could not be written: {why}. Nothing was changed there.")


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
            f"{name(target)} cannot be used ({reason(error)}). Nothing was written. Give another "
            "file."
        ) from None
    if _is_of_board(target, board):
        raise Refused(
            f"{name(target)} is the board itself. Nothing was written. Give another file."
        )
    if there is None:
        folder = folder or _stat(target.parent)
        if folder is None or not stat.S_ISDIR(folder.st_mode):
            raise Refused(
                f"There is no folder {name(target.parent)}. Nothing was written. Make it, or give "
                "another file."
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
    raise Refused(f"{name(target)} is {what}. Nothing was written. {instead}.")


def _is_of_board(target: Path, board: Path) -> bool:
    """Whether `target` is the file of the board, by whichever name, or one that SQLite keeps."""
    with suppress(OSError, ValueError):
        if target.samefile(board):
            return True
    place, own = os.path.realpath(target), os.path.realpath(board)
    return place in (own, *(f"{own}{ending}" for ending in _WITH_IT)) or _is_beside(target, board)


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
            parts[file] = _write_part(folder, file, [content], sync=len(contents) <= _ONE_BY_ONE)
        if len(contents) > _ONE_BY_ONE:
            os.sync()
        _clear_stale(folder, parts)
        for file, part in parts.items():
            part.replace(folder / file)
    except OSError as error:
        place = folder / next(iter(contents)) if len(contents) == 1 else folder
        raise StoreError(
            f"{name(place)} could not be written: {reason(error)}. What was there before is "
            "unchanged. Make room or allow writing there, and try again."
        ) from None
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    sync_folder(folder)


def _clear_stale(folder: Path, parts: Mapping[str, Path]) -> None:
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


def _write_part(folder: Path, file: str, blocks: Iterable[bytes], *, sync: bool) -> Path:
    """A file in `folder` with the content that `file` there is to have; OSError leaves none."""
    descriptor, made = mkstemp(prefix=f".{file[:_NAME_AT_MOST]}.", suffix=_PART, dir=folder)
    part = Path(made)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.fchmod(descriptor, _mode_of(folder / file))
            for block in blocks:
                stream.write(block)
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
                raise Refused(
                    f"{name(folder)} is not a folder. Nothing was written. Give a folder."
                )
            make_folder(folder)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"The folder {name(folder)} cannot be made: {reason(error)}. Nothing was written. Give "
            "another folder."
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
            f"What is over could not be removed from {name(folder)}: {reason(error)}. What is "
            "there is whole. Allow writing there, and try again."
        ) from None
    if removed:
        sync_folder(folder)
