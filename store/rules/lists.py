"""The lists that are shipped, read and checked: formats of interviews, signals of a debrief,
questions to prepare, and the checklists of an offer and a rejection.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from store.rules.shipped_lists import check_line, entries, name_entry, one_of, read_shipped, require
from store.rules.text import Refused, quoted, shorten

_ROUNDS = ("first", "second")
_BETWEEN = re.compile(r"[+,;/&|\n]|\band\b")
_GAPS = re.compile(r"[\s_-]+")
_LOOSE = ("interview", "interviews", "round", "session", "format")
"""Words that may come along with the name of a format and say nothing."""

_LONGEST = 500
_WORDS_AT_MOST = 4
"""Words in the longest name that there is, and one more."""


class Format(NamedTuple):
    """One format of an interview: `prepare` is what to prepare.

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
        with name_entry(f"formats.toml, format {key}"):
            for stage in entry["stages"]:
                one_of("stage", stage, _ROUNDS)
            for name in (key, entry["title"], *entry["aliases"]):
                owner = names.setdefault(_plain(name.casefold()), key)
                require(owner == key, f"“{name}” is a name of {owner} too")
        found[key] = Format(key, entry["title"], entry["prepare"], tuple(entry["stages"]))
    return MappingProxyType(found), MappingProxyType(names)


@cache
def _list() -> _List:
    return _List(*read_list(read_shipped("formats.toml")))


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
        return Refused(f"Unknown format {quoted(name)}. Did you mean “{near[0]}”?")
    return Refused(f"Unknown format {quoted(name)}. Known are {format_words(formats())}.")


CAVEAT = "A single signal proves nothing, and friendliness least of all."
"""What to say wherever signals are counted."""

WEIGHTS = ("weak", "weak to medium", "medium", "strong")


class Signal(NamedTuple):
    """One signal, `good` or a warning; `weight` is how much it tells, and no number on purpose.

    `was` is its text in forms that an earlier version printed.
    """

    key: str
    text: str
    good: bool
    weight: str
    was: str = ""


@cache
def signals() -> Mapping[str, Signal]:
    """All signals by their keys, the good ones first, in the order in which they are shown."""
    return read_signals(read_shipped("signals.toml"))


def counts(keys: Iterable[str]) -> tuple[int, int]:
    """How many of these signals are good, and how many bad; keys that there are not do not count.

    Nothing more is made of them: no difference, no share, no score.
    """
    known = signals()
    seen = [known[key].good for key in dict.fromkeys(keys) if key in known]
    return seen.count(True), seen.count(False)


def read_signals(toml: str) -> Mapping[str, Signal]:
    """The signals in `toml`. Raises ValueError that names the entry that is wrong."""
    found: dict[str, Signal] = {}
    required = {"key": str, "text": str, "good": bool, "weight": str}
    for entry in entries(toml, "signals.toml", "signal", required, {"was": str}):
        with name_entry(f"signals.toml, signal {entry['key']}"):
            one_of("weight", entry["weight"], WEIGHTS)
        found[entry["key"]] = Signal(**entry)
    return MappingProxyType(found)


SLOTS = ("topic", "concern")
_SLOT = re.compile(r"\{([^{}]*)\}")
LONGEST = 120
"""Characters of what is filled in: the question is kept as one line and must stay readable."""


class PrepQuestion(NamedTuple):
    """One question, with the group it belongs to; `mine` when the user asks it.

    `was` is its wording in an earlier version, by which it may be kept on a board, and `first`
    that before the first interview, "" for the same.
    """

    group: str
    text: str
    mine: bool
    was: str = ""
    first: str = ""


def questions(
    topic: str = "", concern: str = "", *, later: bool = True
) -> tuple[PrepQuestion, ...]:
    """All questions, in the order in which they are shown, those to ask last.

    One about the `topic` or the `concern` of the last interview is left out where there is none.
    Where none was held, and so not `later`, each is worded for a first one.
    """
    known = {"topic": _fill(topic), "concern": _fill(concern)}
    return tuple(
        question._replace(
            text=_SLOT.sub(lambda slot: known[slot[1]], _words_of(question, later)),
            was=_SLOT.sub(lambda slot: known[slot[1]], question.was),
        )
        for question in _questions()
        if all(known[slot] for slot in _SLOT.findall(question.text))
    )


def _words_of(question: PrepQuestion, later: bool) -> str:
    return question.text if later else question.first or question.text


def read_questions(toml: str) -> tuple[PrepQuestion, ...]:
    """The questions in `toml`, slots unfilled. ValueError names the entry that is wrong."""
    found: list[PrepQuestion] = []
    required = {"text": str, "group": str}
    optional = {"mine": bool, "was": str, "first": str}
    for entry in entries(toml, "questions.toml", "question", required, optional):
        text, was = entry["text"], entry.get("was", "")
        with name_entry(f"questions.toml, question {text}"):
            slots = _SLOT.findall(text)
            for slot in slots:
                one_of("slot", slot, SLOTS)
            require(not was or _SLOT.findall(was) == slots, "its earlier wording has other slots")
            check_line("text", _SLOT.sub("x", text))
        mine, first = entry.get("mine", False), entry.get("first", "")
        found.append(PrepQuestion(entry["group"], text, mine, was, first))
    return tuple(found)


@cache
def _questions() -> tuple[PrepQuestion, ...]:
    return read_questions(read_shipped("questions.toml"))


def _fill(text: str) -> str:
    return shorten(" ".join(text.split()).rstrip(" .?!"), LONGEST)


_TABLES = {"offer": "OC", "rejection": "RC"}


class Item(NamedTuple):
    """One line to tick; its id is like OC-01, so that no tip has the same."""

    id: str
    group: str
    text: str


def offer_items() -> tuple[Item, ...]:
    """What to check with an offer, group by group, in the order in which it comes up."""
    return _items()["offer"]


def rejection_items() -> tuple[Item, ...]:
    """What to do after a rejection, or when nobody answered."""
    return _items()["rejection"]


_ANSWERED = ("RC-01", "RC-02", "RC-03", "RC-05")
"""Items after a rejection that the reason, the lesson and the thanks answer."""
_REMINDED = ("RC-07", "RC-08")
"""Items that the rules turn into reminders when there was an interview."""


def items_to_tick(*, reminded: bool) -> tuple[Item, ...]:
    """What is ticked by hand after an end; with `reminded` less, since there was an interview."""
    answered = (*_ANSWERED, *(_REMINDED if reminded else ()))
    return tuple(item for item in rejection_items() if item.id not in answered)


def is_item(item_id: str) -> bool:
    """Whether there is an item with this id, to tell one from a tip."""
    return any(item.id == item_id for items in _items().values() for item in items)


def read_items(toml: str) -> dict[str, tuple[Item, ...]]:
    """The two lists in `toml`. Raises ValueError that names the entry that is wrong."""
    found: dict[str, tuple[Item, ...]] = {}
    for table, prefix in _TABLES.items():
        required = {"id": str, "group": str, "text": str}
        items = [Item(**entry) for entry in entries(toml, "checklist.toml", table, required)]
        for item in items:
            require(
                re.fullmatch(rf"{prefix}-\d\d", item.id) is not None,
                f"checklist.toml, {table} {item.id}: its id is not like {prefix}-01",
            )
        found[table] = tuple(items)
    return found


@cache
def _items() -> dict[str, tuple[Item, ...]]:
    return read_items(read_shipped("checklist.toml"))
