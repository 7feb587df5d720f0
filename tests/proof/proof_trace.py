"""Writes down what a piece of work does to the files in a folder, as the kernel is asked for it.

The work runs in a process of its own that this one traces with ptrace: nothing has to be installed
or compiled for it, and no rights are needed. What comes through SQLite, Python or a thread is seen
alike. Needs Linux 5.3 on x86-64 or ARM64; `WHY_NOT` tells what is missing.
"""

import ctypes
import os
import pickle
import platform
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_CALLS = {
    "x86_64": "write=1 open=2 mmap=9 pwrite64=18 writev=20 sendfile=40 fsync=74 fdatasync=75 "
    "truncate=76 ftruncate=77 rename=82 mkdir=83 rmdir=84 creat=85 link=86 unlink=87 symlink=88 "
    "sync=162 openat=257 mkdirat=258 unlinkat=263 renameat=264 linkat=265 symlinkat=266 "
    "fallocate=285 pwritev=296 syncfs=306 renameat2=316 copy_file_range=326 pwritev2=328 "
    "openat2=437",
    "aarch64": "mkdirat=34 unlinkat=35 symlinkat=36 linkat=37 renameat=38 truncate=45 ftruncate=46 "
    "fallocate=47 openat=56 write=64 writev=66 pwrite64=68 pwritev=70 sendfile=71 sync=81 fsync=82 "
    "fdatasync=83 mmap=222 syncfs=267 renameat2=276 copy_file_range=285 pwritev2=287 openat2=437",
}
"""The numbers of the system calls that change a file or a folder, from the kernel's tables."""
_NAMES = {
    int(number): name
    for name, number in (call.split("=") for call in _CALLS.get(platform.machine(), "").split())
}

_TRACEME, _CONTINUE, _OPTIONS, _INFO = 0, 24, 0x4200, 0x420E
_WANTED = 0x1 | 0x8 | 0x100000  # mark system calls; follow threads; end the work when we end
_ENTRY, _EXIT = 1, 2
_ALL_THREADS = 0x40000000
_WORKING_FOLDER = -100
_FOLDER_TOO = 0x200  # AT_REMOVEDIR

WHY_NOT = (
    ""
    if sys.platform == "linux" and platform.machine() in _CALLS
    else "file operations are traced on Linux alone, on x86-64 and ARM64"
)


class Operation(NamedTuple):
    """One thing that was done. `file` is a number of our own for what is in a file, whatever its
    names; `path` and `other` are names relative to the folder."""

    kind: str
    """create, write, truncate, sync; mkdir, rmdir, link, rename, unlink, sync folder; told."""
    file: int = 0
    path: str = ""
    other: str = ""
    offset: int = 0
    data: bytes = b""


class Trace(NamedTuple):
    """What was in the folder, and what was done to it."""

    folders: frozenset[str]
    names: dict[str, int]
    contents: dict[int, bytes]
    operations: list[Operation]


class CannotTrace(Exception):
    """The kernel does not let us, or the work did something that this cannot follow."""


def traced(work: Callable[[Callable[[str], None]], None], folder: Path) -> Trace:
    """Do `work` in a process of its own; all that it did to the files in `folder`.

    `work` is handed a function with which it tells that something is done: whoever heard of it
    relies on it from then on. Raises CannotTrace, and RuntimeError when the work fails.
    """
    reading, writing = os.pipe()
    tracer = os.fork()
    if tracer == 0:
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as answer:
                try:
                    found: object = _Recorder(folder).record(work)
                except Exception as error:
                    found = (type(error).__name__, str(error))
                pickle.dump(found, answer)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        found = pickle.load(answer)
    os.waitpid(tracer, 0)
    if isinstance(found, Trace):
        return found
    kind, told = found
    raise (CannotTrace if kind == "CannotTrace" else RuntimeError)(f"{kind}: {told}")


class _Recorder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.folders: set[str] = set()
        self.names: dict[str, int] = {}
        self.by_inode: dict[int, int] = {}
        self.operations: list[Operation] = []
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.libc.ptrace.restype = ctypes.c_long
        self.libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

    def record(self, work: Callable[[Callable[[str], None]], None]) -> Trace:
        contents = {}
        for path in sorted(self.folder.rglob("*")):
            name = str(path.relative_to(self.folder))
            if path.is_dir():
                self.folders.add(name)
            else:
                contents[self._new_file(name, path.stat().st_ino)] = path.read_bytes()
        before = frozenset(self.folders), dict(self.names)
        telling, hearing = os.pipe(), os.pipe()
        self.tells = telling[1]
        child = os.fork()
        if child == 0:
            self._work(work, telling[1])
        os.close(hearing[0])
        self._follow(child)
        return Trace(*before, contents, self.operations)

    def _work(self, work: Callable[[Callable[[str], None]], None], telling: int) -> None:
        code = 1
        try:
            self._ptrace(_TRACEME, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
            work(lambda text: os.write(telling, text.encode()) and None)
            code = 0
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(code)

    def _ptrace(self, request: int, pid: int, address: Any = None, data: Any = None) -> int:
        done: int = self.libc.ptrace(request, pid, address, data)
        if done < 0:
            raise CannotTrace(f"ptrace {request:#x}: {os.strerror(ctypes.get_errno())}")
        return done

    def _follow(self, child: int) -> None:
        _, status = os.waitpid(child, _ALL_THREADS)
        if not os.WIFSTOPPED(status):
            raise CannotTrace("a process here may not be traced")
        self._ptrace(_OPTIONS, child, None, _WANTED)
        self._ptrace(_CONTINUE, child)
        begun: dict[int, Iterator[None]] = {}
        room = ctypes.create_string_buffer(88)
        while True:
            thread, status = os.waitpid(-1, _ALL_THREADS)
            if os.WIFEXITED(status) or os.WIFSIGNALED(status):
                begun.pop(thread, None)
                if thread == child:
                    if os.waitstatus_to_exitcode(status):
                        raise RuntimeError("the work failed")
                    return
                continue
            number, passed = os.WSTOPSIG(status), 0
            if number == signal.SIGTRAP | 0x80:
                self._ptrace(_INFO, thread, len(room), ctypes.addressof(room))
                self._system_call(child, thread, room.raw, begun)
            elif number not in (signal.SIGTRAP, signal.SIGSTOP):
                passed = number
            self._ptrace(_CONTINUE, thread, None, passed)

    def _system_call(
        self, pid: int, thread: int, info: bytes, begun: dict[int, Iterator[None]]
    ) -> None:
        if info[0] == _ENTRY:
            number, *words = struct.unpack_from("<7Q", info, 24)
            if name := _NAMES.get(number):
                steps = self._follow_call(pid, name, words)
                if next(steps, self) is not self:
                    begun[thread] = steps
        elif info[0] == _EXIT and (steps := begun.pop(thread, None)) is not None:
            (result,) = struct.unpack_from("<q", info, 24)
            if result >= 0:
                try:
                    steps.send(result)
                except StopIteration:
                    return

    def _follow_call(self, pid: int, name: str, words: list[int]) -> Any:
        """What a system call does: up to the first yield before it is done, then with its result.
        One that is of no interest ends at once."""
        signed = [word - (1 << 32) if word & 0x80000000 else word for word in
                  (word & 0xFFFFFFFF for word in words)]  # fmt: skip
        if name in ("open", "creat", "openat", "openat2"):
            if name == "openat2":
                raise CannotTrace("openat2 is not followed")
            at, word, flags = (
                (signed[0], words[1], words[2])
                if name == "openat"
                else (_WORKING_FOLDER, words[0], words[1] if name == "open" else os.O_CREAT)
            )
            if not flags & (os.O_CREAT | os.O_TRUNC):
                return
            path = self._path(pid, at, word)
            if path is None:
                return
            there = os.path.lexists(self.folder / path)
            result = yield
            if not there:
                inode = Path(f"/proc/{pid}/fd/{result}").stat().st_ino
                self._done("create", self._new_file(path, inode), path)
            elif flags & os.O_TRUNC:
                self._done("truncate", self.names[path])
        elif name in ("write", "pwrite64", "sendfile", "copy_file_range"):
            descriptor = signed[2] if name == "copy_file_range" else signed[0]
            if name == "write" and descriptor == self.tells:
                text = self._memory(pid, words[1], words[2])
                self._done("told", data=text)
                return
            if (file := self._file(pid, descriptor)) is None:
                return
            if name == "copy_file_range" and words[3]:
                raise CannotTrace("copy_file_range with an offset is not followed")
            offset = words[3] if name == "pwrite64" else self._offset(pid, descriptor)
            data = self._memory(pid, words[1], words[2]) if "write" in name else None
            result = yield
            if data is None:
                with Path(f"/proc/{pid}/fd/{descriptor}").open("rb") as written:
                    written.seek(offset)
                    data = written.read(result)
            self._done("write", file, offset=offset, data=data[:result])
        elif name in ("fsync", "fdatasync"):
            path, file = self._opened(pid, signed[0]), self._file(pid, signed[0])
            yield
            if file is not None:
                self._done("sync", file)
            elif path is not None:
                self._done("sync folder", path=path)
        elif name == "ftruncate":
            if (file := self._file(pid, signed[0])) is not None:
                yield
                self._done("truncate", file, offset=words[1])
        elif name == "truncate":
            if (path := self._path(pid, _WORKING_FOLDER, words[0])) is not None:
                yield
                self._done("truncate", self.names[path], offset=words[1])
        elif name in ("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat"):
            at, word = (signed[0], words[1]) if name.endswith("at") else (_WORKING_FOLDER, words[0])
            if (path := self._path(pid, at, word)) is None:
                return
            yield
            if name.startswith("mkdir"):
                self.folders.add(path)
                self._done("mkdir", path=path)
            elif name == "rmdir" or (name == "unlinkat" and words[2] & _FOLDER_TOO):
                self.folders.discard(path)
                self._done("rmdir", path=path)
            else:
                self._done("unlink", self.names.pop(path), path)
        elif name.startswith(("rename", "link")):
            ends = [(signed[0], words[1]), (signed[2], words[3])]
            if name in ("rename", "link"):
                ends = [(_WORKING_FOLDER, words[0]), (_WORKING_FOLDER, words[1])]
            old, new = (self._path(pid, at, word) for at, word in ends)
            if old is None and new is None:
                return
            if old is None or new is None or old in self.folders:
                raise CannotTrace(f"{name} of a folder, or in and out of the one that is watched")
            yield
            file = self.names.pop(old) if name.startswith("rename") else self.names[old]
            self.names[new] = file
            self._done("rename" if name.startswith("rename") else "link", file, old, new)
        elif name == "mmap":
            shared, writable = words[3] & 0x1, words[2] & 0x2
            if shared and writable and self._file(pid, signed[4]) is not None:
                raise CannotTrace("a file that is written through memory is not followed")
        elif name in ("symlink", "symlinkat"):
            at, word = (signed[1], words[2]) if name == "symlinkat" else (-100, words[1])
            if self._path(pid, at, word) is not None:
                raise CannotTrace("a symbolic link is not followed")
        elif name in ("sync", "syncfs") or self._file(pid, signed[0]) is not None:
            raise CannotTrace(f"{name} is not followed")

    def _done(self, kind: str, file: int = 0, path: str = "", other: str = "", *,
              offset: int = 0, data: bytes = b"") -> None:  # fmt: skip
        self.operations.append(Operation(kind, file, path, other, offset, data))

    def _new_file(self, name: str, inode: int) -> int:
        number = 1 + max([0, *self.by_inode.values(), *(o.file for o in self.operations)])
        self.by_inode[inode] = self.names[name] = number
        return number

    def _file(self, pid: int, descriptor: int) -> int | None:
        """Our number of the file behind `descriptor`; None when it is none in the folder."""
        path = self._opened(pid, descriptor)
        if path is None or path in self.folders or path == ".":
            return None
        return self.by_inode[Path(f"/proc/{pid}/fd/{descriptor}").stat().st_ino]

    def _opened(self, pid: int, descriptor: int) -> str | None:
        try:
            return self._inside(str(Path(f"/proc/{pid}/fd/{descriptor}").readlink()))
        except OSError:
            return None

    def _offset(self, pid: int, descriptor: int) -> int:
        told = Path(f"/proc/{pid}/fdinfo/{descriptor}").read_text().split()
        if int(told[told.index("flags:") + 1], 8) & os.O_APPEND:
            return Path(f"/proc/{pid}/fd/{descriptor}").stat().st_size
        return int(told[told.index("pos:") + 1])

    def _path(self, pid: int, at: int, address: int) -> str | None:
        text = b""
        while b"\0" not in text:
            # Never over the end of a page: the next one need not be there.
            size = 4096 - (address + len(text)) % 4096
            text += self._memory(pid, address + len(text), size)
        name = os.fsdecode(text.partition(b"\0")[0])
        if not name.startswith("/"):
            base = "cwd" if at == _WORKING_FOLDER else f"fd/{at}"
            name = str(Path(f"/proc/{pid}/{base}").readlink() / name)
        parent, _, last = os.path.normpath(name).rpartition("/")
        return self._inside(f"{os.path.realpath(parent or '/')}/{last}")

    def _inside(self, path: str) -> str | None:
        path = path.removesuffix(" (deleted)")
        if path == str(self.folder):
            return "."
        return path[len(str(self.folder)) + 1 :] if path.startswith(f"{self.folder}/") else None

    def _memory(self, pid: int, address: int, size: int) -> bytes:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
            memory.seek(address)
            return memory.read(size)
