"""What is seen of the config file without reading it as a whole: the theme of the first picture,
which waits for nothing else of it, and whether somebody has changed it meanwhile.
"""

import os

from store.file.location import config_file
from store.file.text import Unreadable, read_text

_Stamp = tuple[int, int, int]


def first_theme() -> str | None:
    """The theme that the user's config file names; None unless it does.

    Without such a line the file is read and nothing more: what reads TOML takes 3 ms to load.
    """
    from pathlib import Path

    try:
        text = read_text(Path(config_file()), 32_768)
    except Unreadable:
        return None
    if text is None or "theme" not in text:
        return None
    import tomllib

    try:
        found = tomllib.loads(text).get("screen")
    except (ValueError, RecursionError):
        return None
    theme = found.get("theme") if isinstance(found, dict) else None
    return theme if isinstance(theme, str) else None


class WatchedConfig:
    """Tells that the config file is no longer as it was read; a look takes microseconds."""

    def __init__(self) -> None:
        self._read = self._seen = _stamp()

    def know(self) -> None:
        """It is being read as it is now."""
        self._read = self._seen = _stamp()

    def has_changed(self) -> bool:
        """Whether it has changed since, and was left alone between the last look and this one: an
        editor may be writing it."""
        before, self._seen = self._seen, _stamp()
        return self._seen == before and self._seen != self._read


def _stamp() -> _Stamp | None:
    """What differs when a file was written anew; None where there is none."""
    try:
        found = os.stat(config_file())  # noqa: PTH116  # it is asked all the time
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
