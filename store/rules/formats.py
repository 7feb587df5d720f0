"""The forms that an interview takes, and the words by which people call them."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from store.rules.refusal import Refused
from store.rules.shipped import entries, one_of, shipped
from store.rules.text import quoted

_ROUNDS = ("first", "second")
_BETWEEN = re.compile(r"[+,;/&|\n]|\band\b")
_GAPS = re.compile(r"[\s_-]+")
_LOOSE = ("interview", "interviews", "round", "session", "format")
"""Words that may come along with the name of a format and say nothing."""

_LONGEST = 500
_WORDS_AT_MOST = 4
"""Words in the longest name that there is, and one more."""


class Format(NamedTuple):
    """One form of an interview: `prepare` is what to see to beforehand.

    `stages` are the rounds in which it is usual, as values of `Stage`.
    """

    key: str
    title: str
    prepare: str
    stages: tuple[str, ...]


class _List(NamedTuple):
    formats: Mapping[str, Format]
    names: Mapping[str, str]
    """The key for each name that there is, in small letters with single spaces."""


def formats() -> Mapping[str, Format]:
    """All formats by their keys, in the order in which they are shown."""
    return _list().formats


def read_formats(words: str) -> tuple[str, ...]:
    """The keys of the formats named in "panel+case", "video call, technical", each once.

    Nothing named is no format. Raises Refused for a word that names none.
    """
    if len(words) > _LONGEST:
        raise Refused("That is too long for the formats of an interview. Name a few.")
    found: dict[str, None] = {}
    for part in _BETWEEN.split(words.casefold()):
        if name := _plain(part):
            found.update(dict.fromkeys(_read(name)))
    return tuple(found)


def format_words(keys: Iterable[str]) -> str:
    """ "panel, case": what `read_formats` reads; a key that there is not stands as it is."""
    known = formats()
    return ", ".join(
        known[key].title.lower() if key in known else key.replace("_", " ") for key in keys
    )


def read_list(toml: str) -> tuple[Mapping[str, Format], Mapping[str, str]]:
    """Formats, and the key for each of their names. ValueError names the entry that is wrong."""
    found: dict[str, Format] = {}
    names: dict[str, str] = {}
    required = {"key": str, "title": str, "prepare": str, "stages": list, "aliases": list}
    for entry in entries(toml, "formats.toml", "format", required):
        key = entry["key"]
        try:
            for stage in entry["stages"]:
                one_of("stage", stage, _ROUNDS)
            for name in (key, entry["title"], *entry["aliases"]):
                if names.setdefault(_plain(name.casefold()), key) != key:
                    raise ValueError(f"“{name}” is a name of {names[_plain(name.casefold())]} too")
        except ValueError as error:
            raise ValueError(f"formats.toml, format {key}: {error}") from None
        found[key] = Format(key, entry["title"], entry["prepare"], tuple(entry["stages"]))
    return MappingProxyType(found), MappingProxyType(names)


@cache
def _list() -> _List:
    return _List(*read_list(shipped("formats.toml")))


def _plain(name: str) -> str:
    return _GAPS.sub(" ", name).strip()


def _read(name: str) -> list[str]:
    """The keys for a part between two separators: one name, else several in a row."""
    names = _list().names
    words = name.split(" ")
    keys: list[str] = []
    while words:
        for end in range(min(len(words), _WORDS_AT_MOST), 0, -1):
            key = names.get(" ".join(words[:end]))
            if key is not None:
                keys.append(key)
                del words[:end]
                break
        else:
            if words[0] not in _LOOSE or (not keys and len(words) == 1):
                raise _unknown(name)
            del words[0]
    return keys


def _unknown(name: str) -> Refused:
    from difflib import get_close_matches

    near = get_close_matches(name[:40], _list().names, n=1, cutoff=0.75)
    if near:
        return Refused(f"There is no format {quoted(name)}. Did you mean “{near[0]}”?")
    return Refused(f"There is no format {quoted(name)}. Formats are {format_words(formats())}.")
