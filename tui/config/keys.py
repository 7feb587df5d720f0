"""The keys of the screens as the user has them: `[keys]` and `[commands]` in the config file.

    [keys]
    "move.right" = "L,ctrl+right"

    [commands]
    f9 = "firefox --new-window {url}"

An entry of `[keys]` names the id of a binding, one of `[commands]` the key for a command of the
user's own; several keys are separated by commas. `q` always quits.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from textual.keys import Keys, _character_to_key

from store.config.file import ConfigFile, Mistake
from store.config.kinds import ValueKind, text_of
from store.config.reading import read_chosen
from store.config.table import ConfigSetting
from store.rules.own_commands import OwnCommand, read_own
from store.rules.text import Refused, quoted, suggestion
from tui.commands import COMMANDS, EVERYWHERE, Command, binding_ids, commands_for

KEYS, OWN = "keys", "commands"
PLACES = tuple(EVERYWHERE.split())
"""The pages on which a command of the user's own can work."""
OWN_GROUP = "Your own"
_QUIT, _LEAVES = "quit", "q"
_KEPT = ("q", "escape", "ctrl+c", "ctrl+q")
"""Keys that no command of the user's own can have: they lead out, from everywhere."""
_MODIFIERS = ("ctrl", "shift", "alt", "meta", "super", "hyper")


def key_of(typed: str) -> str:
    """The name of a key as the screens know it: “?” is “question_mark”. Refused for no key."""
    key = typed.strip()
    if len(key) == 1:
        if not key.isprintable() or key == " ":
            raise Refused(f"{quoted(typed)} is no key. Space is “space”.")
        return _character_to_key(key)
    *modifiers, last = key.split("+")
    wrong = [each for each in modifiers if each not in _MODIFIERS]
    if not wrong and _is_named(last):
        return key
    like = suggestion(last, _names()) if not wrong else suggestion(wrong[0], _MODIFIERS)
    raise Refused(f"{quoted(typed)} is no key.{like} Keys are called f9, ctrl+x, question_mark.")


def _is_named(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable() and key != " "
    if key in _names():
        return True
    try:
        unicodedata.lookup(key.replace("_", " ").upper())
    except KeyError:
        return False
    return True


@cache
def _names() -> frozenset[str]:
    """The keys that have names of their own, without modifiers."""
    ours = {key for command in COMMANDS for key in command.keys}
    named = {*(str(key.value) for key in Keys), *ours}
    return frozenset(key.rpartition("+")[2] for key in named if len(key) > 1) - {""}


def _keys(value: object) -> tuple[str, ...]:
    keys = text_of(value)
    if not keys.strip():
        raise ValueError
    found = [key.strip() for key in keys.split(",")]
    if not all(found):
        raise Refused(
            f"{quoted(keys)} is no key. Separate several keys by one comma; the comma itself is "
            "“comma”."
        )
    return tuple(dict.fromkeys(key_of(key) for key in found))


KEY = ValueKind("a key, or several, such as “L,ctrl+right”", _keys)


@cache
def key_settings() -> tuple[ConfigSetting, ...]:
    """A setting for each key of each command."""
    return tuple(
        ConfigSetting((KEYS,), name, KEY, key, f"{command.label}: {command.tooltip}")
        for command in COMMANDS
        for name, key in binding_ids(command)
    )


@cache
def bound_commands() -> Mapping[str, Command]:
    """The command of each binding, by its id."""
    return {name: command for command in COMMANDS for name, _ in binding_ids(command)}


class Keymap(NamedTuple):
    """The keys that the user chose, and the commands of their own.

    Attributes:
        keys: by the id of a binding its keys, as Textual takes them.
        own: the user's own commands.
        lost: a sentence for each key that a command lost to another one.
        mistakes: what is wrong in the file: it counts as not set.
    """

    keys: Mapping[str, str] = MappingProxyType({})
    own: tuple[OwnCommand, ...] = ()
    lost: tuple[Mistake, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """Which keys were lost, with file and line."""
        return tuple(map(str, self.lost))

    def own_for(self, where: str) -> tuple[OwnCommand, ...]:
        """The user's own commands on a page."""
        return tuple(own for own in self.own if where in own.where)

    def commands(self, where: str) -> tuple[Command, ...]:
        """The commands that the page `where` offers, each with the keys that it has now; those of
        the user's own come last."""
        own = [own_command(one) for one in self.own_for(where)]
        if not (self.keys or own):
            return commands_for(where)
        offered = commands_for(where)
        ids = {name for command in offered for name, _ in binding_ids(command)}
        taken = {key for one in own for key in one.keys}
        taken |= {key for name in ids & {*self.keys} for key in self.keys[name].split(",")}
        ours = (
            command._replace(
                keys=tuple(
                    key
                    for name, usual in binding_ids(command)
                    for key in self.keys.get(name, usual).split(",")
                    if name in self.keys or _character(usual) not in taken
                )
            )
            for command in offered
        )
        return (*ours, *own)

    def keys_shown(self, where: str) -> Mapping[str, str]:
        """The keys to be shown for commands that have others than the usual ones: by their ids,
        "" for one that has lost all of its keys there."""
        here = {
            command.id: ",".join(command.keys)
            for command, usual in zip(self.commands(where), commands_for(where), strict=False)
            if command.keys != usual.keys
        }
        return {**self.keys, **here}


def _character(key: str) -> str:
    return _character_to_key(key) if len(key) == 1 else key


def own_command(own: OwnCommand) -> Command:
    """A command of the user's own as one of the table."""
    what = "Your own command" if own.title == " ".join(own.words) else " ".join(own.words)
    return Command(
        f"own.{own.key}",
        tuple(own.key.split(",")),
        f"app.own({own.key!r})",
        own.title,
        what,
        OWN_GROUP,
        own.where,
    )


def keymap_of(file: ConfigFile) -> Keymap:
    """The keys in a file that was read.

    What is wrong there costs only that key: what is no command or no key, a key that two commands
    of one screen are to have, and `q`. Mistakes of TOML are not among those told.
    """
    return _KeysReading(file).keymap


class _KeysReading:
    """One reading of the two sections, in the order in which keys are given away."""

    def __init__(self, file: ConfigFile) -> None:
        self._file = file
        chosen = read_chosen(file, key_settings())
        self._mistakes = [*chosen.mistakes]
        self._chosen: dict[str, list[str]] = {}
        for name, said in chosen.said.items():
            name = name.removeprefix(f"{KEYS}.")
            if trouble := self._trouble(name, said.value):
                self._mistakes.append(file.mistake(trouble, KEYS, name))
            else:
                self._chosen[name] = [*said.value]
        own = tuple(self._read_own())
        lost = tuple(self._tell_lost(own))
        if _QUIT in self._chosen and _LEAVES not in self._chosen[_QUIT]:
            self._chosen[_QUIT].append(_LEAVES)
        self.keymap = Keymap(
            {name: ",".join(keys) for name, keys in self._chosen.items()},
            own,
            lost,
            tuple(sorted(self._mistakes, key=lambda one: one.line or 0)),
        )

    def _trouble(self, name: str, keys: Iterable[str]) -> str:
        """Why the command cannot have these keys; "" when it can."""
        known = bound_commands()
        command = known[name]
        for key in keys:
            if key == _LEAVES and command.id != _QUIT and _meet(command, known[_QUIT]):
                return f"“q” always quits. Give {quoted(name)} another key."
            for other, others in self._chosen.items():
                if key in others and _meet(command, known[other]):
                    return (
                        f"{quoted(key)} is to be the key for {quoted(other)} and for "
                        f"{quoted(name)}. Give one of them another key."
                    )
        return ""

    def _read_own(self) -> Iterator[OwnCommand]:
        table: Any = self._file.tables.get(OWN, {})
        if not isinstance(table, Mapping):
            self._mistakes.append(self._file.no_section(OWN))
            return
        found: list[OwnCommand] = []
        for key, said in table.items():
            try:
                own = read_own(key, said, PLACES)
                own = own._replace(key=",".join(_own_keys(key)))
                self._refuse_taken(own, found)
            except Refused as refused:
                self._mistakes.append(self._file.mistake(str(refused), OWN, key))
                continue
            found.append(own)
            yield own

    def _refuse_taken(self, own: OwnCommand, before: Iterable[OwnCommand]) -> None:
        """Refused where the user gave one of its keys to something else on the same page."""
        mine = own.key.split(",")
        for name, keys in self._chosen.items():
            both = {*keys} & {*mine}
            if both and not {*bound_commands()[name].where}.isdisjoint(own.where):
                raise Refused(
                    f"{quoted(both.pop())} is to be the key for {quoted(name)} and for your "
                    f"command {quoted(own.title)}. Give one of them another key."
                )
        for other in before:
            both = {*other.key.split(",")} & {*mine}
            if both and not {*other.where}.isdisjoint(own.where):
                raise Refused(
                    f"{quoted(both.pop())} is to be the key for two commands of your own. Give "
                    "one of them another key."
                )

    def _tell_lost(self, own: Iterable[OwnCommand]) -> Iterator[Mistake]:
        """A sentence for each of our keys that the user gave to another command."""
        known = bound_commands()
        free = {name: _character(key) for command in COMMANDS for name, key in binding_ids(command)
                if name not in self._chosen}  # fmt: skip
        for name, keys in self._chosen.items():
            for other, key in free.items():
                lost = key in keys and known[other] is not known[name]
                if lost and _meet(known[name], known[other]):
                    yield self._notice(key, quoted(name), other, KEYS, name)
        for one in own:
            for other, key in free.items():
                meet = not {*one.where}.isdisjoint(known[other].where)
                if key in one.key.split(",") and meet:
                    yield self._notice(
                        key, f"your command {quoted(one.title)}", other, OWN, one.key
                    )

    def _notice(self, key: str, taker: str, loser: str, section: str, name: str = "") -> Mistake:
        command = bound_commands()[loser]
        said = (
            f"{quoted(key)} is now {taker}, no longer {quoted(loser)} ({command.label}). To use "
            f"{quoted(loser)}, give it another key in [{KEYS}]."
        )
        place = (section, name) if name else (section,)
        return self._file.mistake(said, *place, cost="")


def _own_keys(typed: str) -> tuple[str, ...]:
    keys = _keys(typed)
    for key in keys:
        if key in _KEPT:
            raise Refused(f"{quoted(key)} leads out and cannot be another command’s key.")
    return keys


def _meet(one: Command, other: Command) -> bool:
    """Whether there is a screen that offers both."""
    return not set(one.where).isdisjoint(other.where)
