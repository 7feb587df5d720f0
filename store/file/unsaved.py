"""What is typed into a long form and not saved yet: kept beside the board until it is.

A form writes here after each pause, so that a closed terminal or a dead battery takes nothing
away. None of it belongs to the board's history: it is no step of undo, and is forgotten as soon as
the form is saved. The folder is `board-unsaved`, for the owner's eyes only.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from store.file.location import beside
from store.file.opening import make_folder, sync_folder
from store.file.text import Unreadable, read_text

_LARGEST = 1_000_000
"""Bytes; the longest debrief that fits its fields takes a tenth of it."""


class Unsaved:
    """The texts of one form, by the names of its fields.

    Nothing here raises: where the disk is full or the folder closed, what is typed stays in the
    form alone, and saving the form will say so.

    Args:
        board: the board's file.
        name: which form, fit for the name of a file: "debrief-12".
        about: what the form is about; texts kept for something else of that name are not given.
    """

    def __init__(self, board: Path, name: str, about: str) -> None:
        self._file = beside(board, "unsaved") / f"{name}.json"
        self._about = about

    def keep(self, **texts: Mapping[str, str]) -> None:
        """Keep `texts` in place of what was kept before, whole or not at all."""
        new = self._file.with_suffix(".new")
        with suppress(OSError):
            make_folder(self._file.parent)
            new.unlink(missing_ok=True)
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump({"about": self._about, **texts}, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._file)
            sync_folder(self._file.parent)

    def read(self, name: str) -> dict[str, str] | None:
        """The mapping that was kept as `name`; None when nothing that can be read was."""
        try:
            found = json.loads(read_text(self._file, _LARGEST) or "")
        except (Unreadable, ValueError, RecursionError):
            return None
        if not isinstance(found, dict) or found.get("about") != self._about:
            return None
        texts = found.get(name)
        if not isinstance(texts, dict) or not all(isinstance(t, str) for t in texts.values()):
            return None
        return texts

    def forget(self) -> None:
        """It is saved: nothing has to be kept any more."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
            self._file.parent.rmdir()
