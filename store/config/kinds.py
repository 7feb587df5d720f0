"""What a setting may be: how a value is read, and what words typed for it are in TOML."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import Any, NamedTuple

from store.config.days_off import days_off
from store.file.location import path_of
from store.rules.dates import WEEKDAYS
from store.rules.followups.presets import check_preset, presets, read_numbers
from store.rules.text import Refused, printable, quoted
from store.rules.weekly.weeks import read_weekday

_LONGEST_ALARM = 7 * 24 * 60
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")
_LINES_AT_MOST, _LINE_AT_MOST = 400, 100


def _as_typed(words: str) -> Any:
    return words


def _no_choices() -> Mapping[str, str]:
    return {}


class ValueKind(NamedTuple):
    """A kind of value.

    `read` gives what a value of the file means. It raises ValueError for what is none, of which
    `wanted` says what it should be, or Refused with a sentence of its own. `raw` gives the value
    that typed words stand for. `choices` are those that there are, each with what it is.
    """

    wanted: str
    read: Callable[[Any], Any]
    raw: Callable[[str], Any] = _as_typed
    choices: Callable[[], Mapping[str, str]] = _no_choices
    many_lines: bool = False

    def refusal(self, key: str, error: ValueError | Refused) -> str:
        """The sentence about a value of `key` that `read` took for none."""
        if isinstance(error, Refused):
            return str(error)
        return f"{quoted(key)} must be {self.wanted}."


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _flag_typed(words: str) -> object:
    said = words.strip().lower()
    return said in _YES if said in _YES + _NO else words


def whole_typed(words: str) -> object:
    """The whole number that is typed, or the words."""
    said = words.strip().replace(",", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else words


def text_of(value: object) -> str:
    """A text; ValueError for anything else."""
    if not isinstance(value, str):
        raise ValueError
    return value


def _line(value: object) -> str:
    text = " ".join(printable(text_of(value)).split())
    if len(text) > _LINE_AT_MOST:
        raise ValueError
    return text


def _lines(value: object) -> str:
    lines = (" ".join(line.split()) for line in printable(text_of(value)).split("\n"))
    text = "\n".join(lines).strip("\n")
    if len(text) > _LINES_AT_MOST:
        raise ValueError
    return text


def _lines_typed(words: str) -> str:
    """In a shell, a line break is easier to type as “\\n”."""
    return words.replace("\\n", "\n").strip("\n")


def one_of(*words: str, wanted: str = "", said: Mapping[str, str] | None = None) -> ValueKind:
    """One of these words."""

    def read(value: object) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    quoted_words = [quoted(word) for word in words]
    listed = f"{', '.join(quoted_words[:-1])} or {quoted_words[-1]}"
    told = dict.fromkeys(words, "") | dict(said or {})
    return ValueKind(wanted or listed, read, str.strip, lambda: told)


def _preset(value: object) -> str:
    check_preset(text_of(value))
    return str(value)


def _country(value: object) -> str:
    code = text_of(value).strip()
    days_off(code)
    return code


def _countries() -> Mapping[str, str]:
    from holidays import list_supported_countries

    return dict.fromkeys(sorted(list_supported_countries()), "")


def _path(value: object) -> Path | None:
    if not text_of(value).strip():
        return None
    path = path_of(str(value))
    if not path.is_absolute():  # each command would begin somewhere else
        raise ValueError
    return path


def _minutes(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_ALARM:
        raise ValueError
    return value


def _time(value: object) -> time:
    found = _TIME.fullmatch(text_of(value).strip())
    if found is None:
        raise ValueError
    return time(int(found[1]), int(found[2]))


def _time_or_none(value: object) -> time | None:
    return None if value == "" else _time(value)


def _span(value: object) -> tuple[time | None, time | None]:
    if value == "":
        return None, None
    begins, _, ends = text_of(value).replace("–", "-").partition("-")
    return _time(begins), _time(ends)


def _weekday(value: object) -> int | None:
    return None if text_of(value) == "" else read_weekday(str(value))


KINDS: Mapping[str, ValueKind] = {
    "flag": ValueKind("true or false", _flag, _flag_typed, lambda: {"true": "", "false": ""}),
    "line": ValueKind(f"a text in quotation marks, of {_LINE_AT_MOST} characters at most", _line),
    "lines": ValueKind(
        f"a text of {_LINES_AT_MOST} characters at most", _lines, _lines_typed, many_lines=True
    ),
    "preset": ValueKind("a text in quotation marks", _preset, str.strip, presets),
    "country": ValueKind("a text in quotation marks", _country, str.strip, _countries),
    "file": ValueKind("a whole path such as “~/rounds.ics”", _path),
    "folder": ValueKind("a whole path such as “~/.calendars/rounds”", _path),
    "calendar": one_of(
        "events",
        "todos",
        "none",
        said={"events": "all-day events", "todos": "to-dos", "none": "left out"},
    ),
    "weekday": ValueKind(
        "a day in quotation marks, such as “sunday”",
        _weekday,
        lambda words: words.strip().lower(),
        lambda: dict.fromkeys([name.lower() for name in WEEKDAYS], ""),
    ),
    "minutes": ValueKind(
        f"a number of minutes from 0 to {_LONGEST_ALARM:,}", _minutes, whole_typed
    ),
    "time": ValueKind("a time such as “09:00”, or “”", _time_or_none),
    "span": ValueKind("two times such as “22:00-08:00”, or “”", _span),
}
"""The kinds of the settings that belong to no screen, by their names in `settings.toml`."""


def number_kind(section: str, key: str, shipped: object) -> ValueKind:
    """The kind of a number of the follow-up rules: `key` in `section` of `followups.toml`.

    `shipped` is a value of it: a whole number, true or false, or spans of days.
    """

    def read(value: object) -> object:
        return read_numbers({section: {key: value}})[section]

    if isinstance(shipped, bool):
        return ValueKind("", read, _flag_typed, KINDS["flag"].choices)
    if isinstance(shipped, list):
        return ValueKind("", read, lambda words: [span.strip() for span in words.split(",")])
    return ValueKind("", read, whole_typed)
