"""What each setting is now, what it is by default, and where its value comes from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from store.config.file import ConfigFile
from store.config.reading import read_chosen
from store.config.table import FOLLOW_UPS, ConfigSetting
from store.rules.followups.presets import STANDARD, numbers_of

DEFAULT = "default"
PRESET = "preset"
FILE = "file"
"""Where a value comes from: the program, the preset that was chosen, the config file."""
BOARD = "board"
SIGNATURE = "signature"
"""Two others: what was chosen on the screen last, the file `drafts/signature.txt`."""


class Shown(NamedTuple):
    """One setting with its value.

    `key` is the name under which it is given: of a delay in business days another one than of one
    in days. Values are as the config file would say them; `line` is where it does.
    """

    setting: ConfigSetting
    key: str
    value: Any
    default: Any
    source: str
    line: int | None = None
    preset: str = ""

    @property
    def name(self) -> str:
        """As it is typed: “follow_ups.preset”."""
        return ".".join(self.setting.path(self.key))

    @property
    def default_name(self) -> str:
        """The name under which the default would be given."""
        return self.setting.name

    @property
    def is_chosen(self) -> bool:
        """Whether the user chose it."""
        return self.source not in (DEFAULT, PRESET)


def show_settings(
    file: ConfigFile | None,
    known: Iterable[ConfigSetting],
    others: Mapping[str, tuple[Any, str]],
) -> Iterator[Shown]:
    """Each of the settings in `known` as it is.

    `others` are values that come from elsewhere unless the file has them: by name the value and
    its source.
    """
    known = tuple(known)
    chosen = read_chosen(file, known)
    preset = str(chosen.value(f"{FOLLOW_UPS}.preset", STANDARD))
    numbers = numbers_of(preset)
    for setting in known:
        shown = _default(setting, numbers, preset)
        said = chosen.said.get(setting.name)
        if said is not None and file is not None:
            line = file.line_of(*setting.path(said.key))
            yield shown._replace(key=said.key, value=said.raw, source=FILE, line=line)
        elif setting.name in others:
            value, source = others[setting.name]
            yield shown._replace(value=value, source=source)
        else:
            yield shown


def _default(
    setting: ConfigSetting, numbers: Mapping[str, Mapping[str, tuple[str, object]]], preset: str
) -> Shown:
    """The setting as it is unless anybody chooses anything but the preset."""
    if setting.of_preset is None:
        return Shown(setting, setting.key, setting.default, setting.default, DEFAULT)
    section, field = setting.of_preset
    key, value = numbers[section][field]
    if (key, value) == (setting.key, setting.default):
        return Shown(setting, key, value, value, DEFAULT)
    return Shown(setting, key, value, value, PRESET, preset=preset)


def find_setting(known: Iterable[ConfigSetting], name: str) -> tuple[ConfigSetting, str] | None:
    """The setting that is called `name`, by any of its keys, with that key."""
    for setting in known:
        for key in setting.keys:
            if ".".join(setting.path(key)) == name:
                return setting, key
    return None
