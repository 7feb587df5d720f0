"""The keys that the user chose instead of ours: `[keys]` in the configuration file.

    [keys]
    "move.right" = "L,ctrl+right"

An entry names the id of a binding; several keys are separated by commas. `q` always quits.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from store.rules.text import quoted, suggestion
from store.settings import ConfigFile, read_config
from tui.commands import COMMANDS, Command, binding_ids

_USUAL = "The usual keys apply"
_QUIT = "quit"
_LEAVES = "q"


class Keymap(NamedTuple):
    """The user's keys, by the id of their binding, as Textual takes them.

    `notice` tells which commands lost a key to another one; "" when none did.
    """

    keys: Mapping[str, str]
    notice: str = ""


def read_keymap(path: Path) -> Keymap:
    """The keys in the file at `path`; none when there is no file.

    Raises Refused, naming file and line, for what is no command or no key, for a key that two
    commands of one screen are to have, and for `q`: of a file that could not be read at all with
    the sentence of `store.settings.read_settings`.
    """
    file = read_config(path)
    if file is None:
        return Keymap({})
    table: Any = file.tables.get("keys", {})
    if not isinstance(table, dict):
        raise file.refusal(f"“keys” must be a section: [keys]. {_USUAL}.", "keys")
    known = {name: command for command in COMMANDS for name, _ in binding_ids(command)}
    chosen: dict[str, list[str]] = {}
    for name, keys in table.items():
        if name not in known:
            like = suggestion(name, known)
            sentence = f"{quoted(name)} is not a command.{like} {_USUAL}; “?” lists the names."
            raise file.refusal(sentence, "keys", name)
        chosen[name] = _keys(file, name, keys)
        for key in chosen[name]:
            _check(file, name, key, chosen, known)
    if _QUIT in chosen and _LEAVES not in chosen[_QUIT]:
        chosen[_QUIT].append(_LEAVES)
    notice = " ".join(_lost(file, chosen, known))
    return Keymap({name: ",".join(keys) for name, keys in chosen.items()}, notice)


def _keys(file: ConfigFile, name: str, keys: object) -> list[str]:
    if not isinstance(keys, str) or not keys.strip():
        sentence = f"The key for {quoted(name)} must be a text such as “ctrl+x”. {_USUAL}."
        raise file.refusal(sentence, "keys", name)
    found = [key.strip() for key in keys.split(",")]
    if not all(found):
        raise file.refusal(
            f"{quoted(keys)} is no key for {quoted(name)}. Separate several keys by one comma; the "
            f"comma itself is “comma”. {_USUAL}.",
            "keys",
            name,
        )
    return found


def _check(
    file: ConfigFile,
    name: str,
    key: str,
    chosen: Mapping[str, list[str]],
    known: Mapping[str, Command],
) -> None:
    """Refused for a key that quits, or that was given to another command of the same screen."""
    command = known[name]
    if key == _LEAVES and command.id != _QUIT and _meet(command, known[_QUIT]):
        sentence = f"“q” always quits. Give {quoted(name)} another key. {_USUAL}."
        raise file.refusal(sentence, "keys", name)
    for other, keys in chosen.items():
        if other != name and key in keys and _meet(command, known[other]):
            raise file.refusal(
                f"{quoted(key)} is to be the key for {quoted(other)} and for {quoted(name)}. "
                f"Give one of them another key. {_USUAL}.",
                "keys",
                name,
            )


def _lost(
    file: ConfigFile, chosen: Mapping[str, list[str]], known: Mapping[str, Command]
) -> Iterator[str]:
    """A sentence for each of our keys that the user gave to another command."""
    ours = {name: key for command in COMMANDS for name, key in binding_ids(command)}
    for name, keys in chosen.items():
        for other, key in ours.items():
            lost = key in keys and other not in chosen and known[other] is not known[name]
            if lost and _meet(known[name], known[other]):
                sentence = (
                    f"{quoted(key)} is now {quoted(name)}, no longer {quoted(other)}. "
                    f"To use {quoted(other)}, give it another key there."
                )
                yield str(file.refusal(sentence, "keys", name))


def _meet(one: Command, other: Command) -> bool:
    """Whether there is a screen that offers both."""
    return not set(one.where).isdisjoint(other.where)
