"""The phrases by which a message is told, one file a language, and how they are looked for.

A phrase is written as people write it. `(a|b)` stands for one of several, `(a )?` may be missing,
`(a )*` be there up to three times; a `*` between words stands for up to six words of the same
sentence. Case, accents and kinds of apostrophe do not count, and it begins and ends with whole
words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from store.rules.shipped_lists import read_shipped, require
from store.rules.text import searchable

LANGUAGES = ("en", "de", "fr", "es")
GROUPS = (
    "acknowledgement", "rejection", "invitation", "offer", "decides", "asks", "absence", "pitch",
    "alert", "automatic", "about", "elsewhere", "condition", "exempt", "hint",
)  # fmt: skip
"""What phrases can say; see the head of `en.toml`."""
_FIRST_WORDS = 200
"""Words by which the language is told (product)."""
_MIXED = 0.5
"""The share of the common words of another language from which on that is looked in, too."""
_ALLOWED = re.compile(r"[\w '(|)?*.,:/&-]+")


class Phrase(NamedTuple):
    """One phrase: the pattern that finds it, pieces of which each text with it has one, and
    whether it decides."""

    source: str
    pieces: tuple[str, ...]
    strong: bool

    @property
    def pattern(self) -> "re.Pattern[str]":
        """The pattern, made when it is wanted first: most are never."""
        return _compile(self.source)


@cache
def _compile(source: str) -> "re.Pattern[str]":
    return re.compile(source)


class FoundPhrase(NamedTuple):
    """Where a phrase stands: in which sentence, from where on, and whether it decides."""

    sentence: int
    start: int
    strong: bool


class Language(NamedTuple):
    """What is known of one language."""

    name: str
    common: frozenset[str]
    phrases: Mapping[str, Sequence[Phrase]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    spans: Mapping[str, str]
    roles: Sequence["re.Pattern[str]"]
    companies: Sequence["re.Pattern[str]"]


class Folded:
    """Sentences, folded so that phrases can be looked for in all of them at once."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = [" ".join(searchable(one).split()) for one in sentences]
        self.text = "\n".join(self.sentences)
        self._starts: list[int] = []
        at = 0
        for one in self.sentences:
            self._starts.append(at)
            at += len(one) + 1

    def find(self, phrases: Sequence[Phrase]) -> Iterator[FoundPhrase]:
        """All that is found of `phrases`."""
        text = self.text
        for phrase in phrases:
            for piece in phrase.pieces:
                if piece in text:
                    break
            else:
                continue
            for match in phrase.pattern.finditer(text):
                place = bisect_right(self._starts, match.start()) - 1
                yield FoundPhrase(place, match.start() - self._starts[place], phrase.strong)

    def may_have(self, phrases: Sequence[Phrase]) -> bool:
        """Whether any of `phrases` may be found: False is certain."""
        return any(piece in self.text for phrase in phrases for piece in phrase.pieces)

    def has(self, phrases: Sequence[Phrase]) -> bool:
        """Whether any of `phrases` is found."""
        return next(self.find(phrases), None) is not None


def told_languages(folded: Folded) -> Sequence[Language]:
    """The languages in which a text is written, the likeliest first; English where none is told."""
    words = re.findall(r"[^\W\d_]+", folded.text[: _FIRST_WORDS * 12])[:_FIRST_WORDS]
    counts = {name: sum(map(language(name).common.__contains__, words)) for name in LANGUAGES}
    best = max(LANGUAGES, key=lambda name: counts[name])
    if not counts[best]:
        return (language("en"),)
    others = [name for name in LANGUAGES if name != best and counts[name] >= counts[best] * _MIXED]
    return tuple(map(language, (best, *others)))


@cache
def language(name: str) -> Language:
    """The phrases of the language `name`; ValueError, naming the entry, for a wrong file."""
    import tomllib

    file = f"mail/{name}.toml"
    read: dict[str, Any] = tomllib.loads(read_shipped(file))
    phrases = {group: tuple(_phrases(file, group, read.get(group, {}))) for group in GROUPS}
    words = read["days"]
    return Language(
        name,
        frozenset(searchable(read["common"]).split()),
        phrases,
        _number(words["months"]),
        _number(words["weekdays"]),
        {searchable(word): number for word, number in words["numbers"].items()},
        {searchable(word): unit for word, unit in words["units"].items()},
        {searchable(word): span for word, span in words["spans"].items()},
        tuple(_name_pattern(one) for one in read["names"]["roles"]),
        tuple(_name_pattern(one) for one in read["names"]["companies"]),
    )


def _number(lists: Sequence[str]) -> dict[str, int]:
    """Each word of the lists with the number of its list, from 1."""
    return {
        searchable(word): number for number, words in enumerate(lists, 1) for word in words.split()
    }


def _phrases(file: str, group: str, table: Mapping[str, Sequence[str]]) -> Iterator[Phrase]:
    for strength in ("strong", "weak"):
        for text in table.get(strength, ()):
            try:
                yield read_phrase(text, strong=strength == "strong")
            except (ValueError, re.error) as error:
                raise ValueError(f"{file}, {group}, “{text}”: {error}") from None


def read_phrase(text: str, *, strong: bool = True) -> Phrase:
    """The phrase that `text` writes; ValueError for signs that mean nothing here."""
    folded = searchable(text)
    require(bool(_ALLOWED.fullmatch(folded)), "it has a sign that means nothing")
    require(folded.count("(") == folded.count(")"), "a bracket of it is missing")
    pattern = re.escape(folded)
    for sign in "(|)?":
        pattern = pattern.replace(f"\\{sign}", sign)
    pattern = pattern.replace("(", "(?:").replace(r"\ ", " ").replace(r")\*", "){0,3}")
    pattern = pattern.replace(r" \* ", r"(?: [^\s]+){0,6} ")
    require(r"\*" not in pattern, "its * does not stand between words")
    return Phrase(rf"(?<!\w){pattern}(?!\w)", _pieces(folded), strong)


def _pieces(phrase: str) -> tuple[str, ...]:
    """The words of `phrase`, or those of one of its groups, of which a text must have one.

    Looking for them first is ten times as fast as the phrases themselves.
    """
    found: list[tuple[str, ...]] = [("",)]
    words, place = "", 0
    while place < len(phrase):
        sign = phrase[place]
        if sign != "(":
            words = "" if sign == "*" else words + sign
            found.append((words.strip(),))
            place += 1
            continue
        end = _find_close(phrase, place)
        if phrase[end : end + 1] not in ("?", "*"):
            parts = _alternatives(phrase[place + 1 : end - 1])
            found.append(tuple(chain.from_iterable(_pieces(part) for part in parts)))
        else:
            end += 1
        words, place = "", end
    return max(found, key=lambda pieces: min(map(len, pieces)))


def _find_close(phrase: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`."""
    depth = 0
    for place in range(start, len(phrase)):
        depth += {"(": 1, ")": -1}.get(phrase[place], 0)
        if not depth:
            return place + 1
    raise ValueError("a bracket of it is missing")


def _alternatives(group: str) -> list[str]:
    """What stands between the bars of a group, but for those of groups within."""
    parts, depth = [""], 0
    for sign in group:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


_NAME = r"([^\s,.;:!?()\[\]“”\"][^,;:!?()\[\]“”\"\n]{1,70}?)"


def _name_pattern(text: str) -> "re.Pattern[str]":
    """A pattern of a name in the text as it stands, where `{}` is written; ends as a name does."""
    before, _, after = text.partition("{}")
    end = rf"{after}(?!\w)" if after else r"(?=[,.;:!?()\[\]“”\"\n]|\s[-–|]\s|$)"
    return re.compile(rf"(?<!\w){before}{_NAME}{end}", re.I)
