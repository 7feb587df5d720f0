"""Memory and processor time of a program with all its children, read from /proc (Linux)."""

import os
from pathlib import Path

_PROC = Path("/proc")
_MEGABYTE_IN_KB = 1_024


def family(pid: int) -> list[int]:
    """`pid` and all its descendants."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (parent := _parent(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    found, unseen = [], [pid]
    while unseen:
        found.append(unseen.pop())
        unseen += children.get(found[-1], ())
    return found


def memory(pid: int) -> float:
    """Resident memory now, in MB."""
    total = 0
    for member in family(pid):
        for line in _read(_PROC / str(member) / "status").splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1])
    return total / _MEGABYTE_IN_KB


def busy(pid: int) -> float:
    """Processor time used so far by all threads that are alive, in seconds."""
    nanoseconds = 0
    for member in family(pid):
        for thread in (_PROC / str(member) / "task").glob("*/schedstat"):
            nanoseconds += int((_read(thread) or "0").split()[0])
    return nanoseconds / 1e9


def machine_load() -> str:
    """How busy the machine is, for the reader of figures."""
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"


def _parent(folder: Path) -> int | None:
    stat = _read(folder / "stat")
    return int(stat.rpartition(")")[2].split()[1]) if stat else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
