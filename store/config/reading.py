"""The one reader of the config file's values: what stands there is understood, or is a mistake."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from store.config.file import ConfigFile, Mistake
from store.config.table import SECTIONS, ConfigSetting
from store.rules.followups.presets import known_names
from store.rules.text import Refused, quoted


class Said(NamedTuple):
    """What the file says of one setting.

    `key` is the one of its keys that stands there, `raw` the value as it stands, `value` what it
    means.
    """

    key: str
    raw: Any
    value: Any


class Chosen(NamedTuple):
    """What the user chose, by the names of the settings; and what was wrong, and so counts not."""

    said: Mapping[str, Said] = {}
    mistakes: tuple[Mistake, ...] = ()

    def value(self, name: str, default: Any = None) -> Any:
        """What was chosen for the setting of that name, as it is meant; else `default`."""
        said = self.said.get(name)
        return default if said is None else said.value


def read_chosen(file: ConfigFile | None, known: Iterable[ConfigSetting]) -> Chosen:
    """What `file` says of the settings in `known`, and of others in their sections."""
    if file is None:
        return Chosen()
    reading = _ConfigReading(file, tuple(known))
    return Chosen(reading.said, tuple(sorted(reading.mistakes, key=lambda one: one.line or 0)))


class _ConfigReading:
    """One reading of a file, with what was understood so far."""

    def __init__(self, file: ConfigFile, known: tuple[ConfigSetting, ...]) -> None:
        self.said: dict[str, Said] = {}
        self.mistakes: list[Mistake] = []
        self._file = file
        self._known = known
        for section in dict.fromkeys(setting.section[0] for setting in known):
            self._read_table((section,), file.tables.get(section, {}))

    def _read_table(self, way: tuple[str, ...], table: object) -> None:
        if not isinstance(table, Mapping):
            self.mistakes.append(self._file.no_section(*way))
            return
        here = [setting for setting in self._known if setting.section == way]
        below = {
            setting.section[len(way)]: None
            for setting in self._known
            if setting.section[: len(way)] == way and len(setting.section) > len(way)
        }
        by_key = {key: setting for setting in here for key in setting.keys}
        for key, raw in table.items():
            if key in below:
                self._read_table((*way, key), raw)
            elif key in by_key:
                self._read_value(by_key[key], key, raw)
            else:
                names = (*(setting.key for setting in here), *below)
                self._wrong(
                    f"There is no {quoted(key)} in {quoted('.'.join(way))}."
                    f"{known_names(key, names)}",
                    *way,
                    key,
                )

    def _read_value(self, setting: ConfigSetting, key: str, raw: Any) -> None:
        before = self.said.get(setting.name)
        if before is not None:
            self._wrong(
                f"{quoted(key)} says the same as {quoted(before.key)} above. Keep one of them.",
                *setting.path(key),
            )
            return
        try:
            self.said[setting.name] = Said(key, raw, read_value(setting, key, raw))
        except Refused as refused:
            self._wrong(str(refused), *setting.path(key))

    def _wrong(self, sentence: str, *keys: str) -> None:
        self.mistakes.append(self._file.mistake(sentence, *keys))


def read_value(setting: ConfigSetting, key: str, raw: Any) -> Any:
    """What the value `raw` of `setting` means; Refused, with what it must be, for none."""
    kind = setting.kind_of(key)
    try:
        return kind.read(raw)
    except (Refused, ValueError) as error:
        raise Refused(kind.refusal(key, error)) from None


def unknown_sections(file: ConfigFile | None) -> tuple[Mistake, ...]:
    """A mistake for each section that there is not."""
    if file is None:
        return ()
    return tuple(
        file.mistake(f"There is no section {quoted(key)}.{known_names(key, SECTIONS)}", key)
        for key in file.tables
        if key not in SECTIONS
    )
