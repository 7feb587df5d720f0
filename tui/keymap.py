"""The keys that the user chose instead of ours: `[keys]` in the configuration file.

    [keys]
    "move.right" = "L,ctrl+right"

An entry names the id of a binding; several keys are separated by commas.
"""

from pathlib import Path
from typing import Any

from store.rules.text import quoted, suggestion
from store.settings import read_config
from tui.commands import COMMANDS, binding_ids

_USUAL = "The usual keys apply"


def read_keymap(path: Path) -> dict[str, str]:
    """The keys in the file at `path`, by the id of their binding; none when there is no file.

    Raises Refused, naming file and line: of a file that could not be read at all with the sentence
    of `store.settings.read_settings`.
    """
    file = read_config(path)
    if file is None:
        return {}
    keys: Any = file.tables.get("keys", {})
    if not isinstance(keys, dict):
        raise file.refusal(f"“keys” must be a section: [keys]. {_USUAL}.", "keys")
    known = {binding_id for command in COMMANDS for binding_id, _ in binding_ids(command)}
    for name, chosen in keys.items():
        if name not in known:
            like = suggestion(name, known)
            sentence = f"{quoted(name)} is not a command.{like} {_USUAL}; “?” lists the names."
            raise file.refusal(sentence, "keys", name)
        if not isinstance(chosen, str) or not chosen.strip():
            sentence = f"The key for {quoted(name)} must be a text such as “ctrl+x”. {_USUAL}."
            raise file.refusal(sentence, "keys", name)
    return dict(keys)
