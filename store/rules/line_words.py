"""The words for formats and zones in the one line that makes an appointment."""

import re
from collections.abc import Sequence

from store.rules.refusal import Refused
from store.rules.text import quoted

_ZONE = re.compile(r"[a-z][a-z_-]*(?:/[a-z][\w+-]*)+|utc|gmt", re.I)
"""An IANA name, in any case; of the short ones only those that mean one zone."""
_SURE_ZONE = re.compile(
    r"(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc)"
    r"(?:/[a-z][\w+-]*)+",
    re.I,
)
"""A zone even among names, where "Ana/Bo" is none."""
BEFORE_A_ZONE = ("in", "zone", "timezone")
"""Words that only lead to a zone."""
_SHORT_ZONES = re.compile(
    r"cet|cest|met|mest|eet|eest|wet|west|bst|ist|[ecmp][sd]?t|jst|a[ew]?[sd]t|nz[sd]t|[ah]k[sd]t",
    re.I,
)
_WORDS_OF_ONE = 6
"""The longest formats have as many words: "panel and case, one on one"."""
_WORDS_AT_MOST = 24
"""More cannot be left of a line whose day and time can be read."""
_BEFORE = frozenset({"by", "on", "via", "over", "a", "an", "the", "as"})
_JOINED = frozenset({"and", "&", "+", ","})
_BY_THESE = frozenset({"phone", "video", "call"})


def is_zone(text: str) -> bool:
    """Whether `text` looks like the name of a time zone."""
    return _ZONE.fullmatch(text) is not None


def is_sure_zone(text: str) -> bool:
    """Whether `text` is the name of a time zone wherever it stands, as "America/New_York"."""
    return _SURE_ZONE.fullmatch(text) is not None


def told_as_format(word: str, following: Sequence[str]) -> bool:
    """Whether `word` leads to a format, as in "on video", rather than to a place."""
    told = [other.lower() for other in following]
    if told[:1] == ["the"]:
        del told[0]
    return word in ("on", "via") and bool(told) and told[0] in _BY_THESE


def without_zone(words: Sequence[str]) -> tuple[list[str], str]:
    """The words but the zone, and the zone, empty when there is none.

    Refused for two zones, and for a short name that means several.
    """
    for word in words:
        if _SHORT_ZONES.fullmatch(word):
            raise Refused(
                f"{quoted(word)} cannot be read: short names of zones mean several. "
                "Write region and city, as in Europe/Berlin."
            )
    zones = [word for word in words if is_zone(word)]
    if len(zones) > 1:
        raise Refused(f"{quoted(zones[0])} and {quoted(zones[1])} are two zones. Keep one.")
    if not zones:
        return list(words), ""
    at = words.index(zones[0])
    before = words[:at]
    while before and before[-1].lower() in BEFORE_A_ZONE:
        before = before[:-1]
    return [*before, *words[at + 1 :]], zones[0]


def without_formats(words: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The words but those that name formats, and the keys of the formats, each once."""
    if len(words) > _WORDS_AT_MOST:
        return list(words), ()
    kept: list[str] = []
    found: list[str] = []
    at = 0
    while at < len(words):
        keys, length = _formats_at(words, at)
        if not length:
            kept.append(words[at])
            at += 1
            continue
        at += length
        found += keys
        while len(kept) > 1 and kept[-1].lower() in (_BEFORE if not found else _BEFORE | _JOINED):
            kept.pop()
    return kept, tuple(dict.fromkeys(found))


def _formats_at(words: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
    """The formats that begin with the word `at`, and how many words they take."""
    if words[at].lower() in _JOINED or not _may_name(words[at]):
        return (), 0
    from store.rules.formats import read_formats

    for length in range(min(_WORDS_OF_ONE, len(words) - at), 0, -1):
        part = words[at : at + length]
        if part[-1].lower() in _JOINED or any(_is_timed(word) for word in part):
            continue
        try:
            return read_formats(" ".join(part).strip(",")), length
        except Refused:
            continue
    return (), 0


def _may_name(word: str) -> bool:
    return word[:1].isalpha() or word.lower().startswith(("1:1", "1-on-1", "1on1"))


def _is_timed(word: str) -> bool:
    """Whether a word tells a day or a time; but "1:1" is a talk with one person."""
    return word[:1].isdigit() and not _may_name(word)
