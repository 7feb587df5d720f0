"""The config file while the board is open: whether somebody has changed it, in an editor say."""

import os

from store.file.location import config_file

_Stamp = tuple[int, int, int]


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
