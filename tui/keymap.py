"""The keys that the user chose instead of ours: `[keys]` in the configuration file.

    [keys]
    "move.right" = "L,ctrl+right"

An entry names the id of a binding; several keys are separated by commas.
"""

from pathlib import Path
from typing import Any

from store.rules.text import Refused, quoted
from tui.commands import COMMANDS, binding_ids


def read_keymap(path: Path) -> dict[str, str]:
    """The keys in the file at `path`, by the id of their binding; none when there is no file.

    Raises Refused, naming the entry, for a file that cannot be read so.
    """
    unreadable = Refused(
        f"The config file {quoted(str(path), 80)} cannot be read, so the usual keys apply."
    )
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError):
        raise unreadable from None
    import tomllib

    try:
        keys: Any = tomllib.loads(text).get("keys", {})
    except tomllib.TOMLDecodeError:
        raise unreadable from None
    if not isinstance(keys, dict):
        raise Refused("In the config file, “keys” must be a section. The usual keys apply.")
    known = {binding_id for command in COMMANDS for binding_id, _ in binding_ids(command)}
    for name, chosen in keys.items():
        if name not in known:
            raise Refused(
                f"In the config file, [keys] names {quoted(name)}, which is not a command. "
                "The usual keys apply; “?” in the board lists the names."
            )
        if not isinstance(chosen, str) or not chosen.strip():
            raise Refused(
                f"In the config file, the key for {quoted(name)} must be a text such as “ctrl+x”."
            )
    return dict(keys)
