"""`rounds where` and `rounds backup`."""

import os
from pathlib import Path

from store.file.location import backup_dir, config_path
from tui.commandline.call import Call


def where(call: Call) -> int:
    """Print where the board, the configuration and the backups are, or would be."""
    places = (
        ("database", call.path),
        ("config", config_path()),
        ("backups", backup_dir(call.path)),
    )
    for name, place in places:
        absent = "" if os.path.exists(place) else "  (not there yet)"  # noqa: PTH110
        call.out.line(f"{name:<8}  {place}{absent}")
    return 0


def backup(call: Call) -> int:
    """Make a checked copy of the board and print where it is."""
    target = call.words.target
    with call.database() as database:
        made = database.backup(Path(target).expanduser() if target is not None else None)
    call.out.line(str(made))
    return 0
