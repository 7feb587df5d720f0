"""What each sentence of a message says, weighed by its words and by which stand together.

A cue is a word, or two that stand near each other in that order, each cut to its first letters:
“not … succes” is found in “has not been successful”. Times, days, amounts and links count as
what they are. What a cue tells is in the files of `weights`, one a language, which
`tests/store/rules/mail/learn.py` derives from the labelled messages.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from store.rules.mail.phrases import Language
from store.rules.shipped_lists import read_shipped, require

SAYINGS = (
    "rejection", "invitation", "offer", "acknowledgement", "date", "reply", "other", "plain",
)  # fmt: skip
"""What a sentence can say; `plain` is what says nothing of its own."""
ALWAYS = "#always"
"""The cue that every sentence has."""
_LETTERS = 6
"""Letters of a word that count, so that it is found in all its forms (product)."""
_LONG, _END = 10, 7
"""Of words as long as this the end counts: “Vorstellungsgespräch” ends as “Telefongespräch”."""
_NEAR, _FAR = 3, 12
"""Words within which two stand together; the second figure is that of `wide` ones (product)."""
_WORDS_AT_MOST = 80
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]*)[»”“\"]")
_QUOTED_FROM = 4
"""What somebody else said: “We regret …”: never read this again. Fewer words are a name."""
_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+)"
    r"|(?P<mail>[^\s@<>()]+@[^\s@<>()]+)"
    r"|(?P<pay>[€£$]\s?\d[\d.,' ]*k?|\d[\d.,']*\s?(?:€|£|\$|euros?\b|eur\b|chf\b|gbp\b|usd\b|k\b))"
    r"|(?P<time>\d{1,2}(?:[.:h]\d{2})?\s?(?:am|pm|uhr)\b|\d{1,2}\s?h\s?\d{2}\b|\d{1,2}\s?h\b|\d{1,2}:\d{2})"
    r"|(?P<date>\d{1,2}\.\s?\d{1,2}\.(?:\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<share>\d+\s?%)"
    r"|(?P<number>\d[\d.,]*)"
    r"|(?P<asks>\?)"
    r"|(?P<quoted>\#quoted)"
    r"|(?P<word>[^\W\d_]+)"
)


class Weights(NamedTuple):
    """What the cues of one language tell: a weight for each of `SAYINGS`."""

    cues: Mapping[str, Sequence[float]]
    wide: frozenset[str]
    """Words that turn what follows anywhere behind them: “not”, “if”."""


@cache
def read_weights(name: str) -> Weights:
    """The weights of the language `name`; ValueError, naming the line, for a wrong file."""
    import tomllib

    file = f"mail/weights/{name}.toml"
    read = tomllib.loads(read_shipped(file))
    cues: dict[str, list[float]] = {}
    for place, saying in enumerate(SAYINGS):
        for line in read[saying].strip().split("\n"):
            weight, _, cue = line.partition(" ")
            try:
                cues.setdefault(cue, [0.0] * len(SAYINGS))[place] = float(weight)
            except ValueError:
                raise ValueError(f"{file}, {saying}: “{line}” has no weight") from None
    require(ALWAYS in cues, f"{file}: {ALWAYS} has no weight")
    return Weights(cues, frozenset(read["wide"].split()))


def words_of(sentence: str, spoken: Language) -> list[str]:
    """The words of a folded `sentence`, as cues have them."""
    found: list[str] = []
    if '"' in sentence or "«" in sentence or "“" in sentence:
        sentence = _QUOTED.sub(_without_quoted, sentence)
    for token in _TOKEN.finditer(sentence):
        kind = token.lastgroup
        if kind != "word":
            found.append(f"#{kind}")
        else:
            word = token[0]
            if word in spoken.weekdays and len(word) > 2:
                found.append("#weekday")
            elif word in spoken.months and len(word) > 2:
                found.append("#month")
            else:
                found.append(word)
        if len(found) >= _WORDS_AT_MOST:
            break
    return found


def _without_quoted(match: "re.Match[str]") -> str:
    return " #quoted " if len(match[1].split()) >= _QUOTED_FROM else match[0]


def cues_of(words: Sequence[str], wide: frozenset[str], *, subject: bool = False) -> set[str]:
    """The cues of a sentence with these words."""
    stems = [word if word[0] == "#" else word[:_LETTERS] for word in words]
    found = set(stems)
    found.update(f"-{word[-_END:]}" for word in words if len(word) >= _LONG and word[0] != "#")
    for place, first in enumerate(stems):
        reach = _FAR if words[place] in wide else _NEAR
        for second in stems[place + 1 : place + 1 + reach]:
            found.add(f"{first} {second}")
    if stems:
        found.add(f"^ {stems[0]}")
    if subject:
        found.add("#subject")
    return found


def weigh(cues: Collection[str], weights: Mapping[str, Sequence[float]]) -> list[float]:
    """How likely each of `SAYINGS` is for a sentence with `cues`."""
    sums = list(weights[ALWAYS])
    for cue in cues:
        found = weights.get(cue)
        if found is not None:
            for place, weight in enumerate(found):
                sums[place] += weight
    most = max(sums)
    shares = [exp(one - most) for one in sums]
    whole = sum(shares)
    return [one / whole for one in shares]


def shares_of(sentences: Sequence[str], spoken: Language) -> list[list[float]]:
    """How likely each of `SAYINGS` is for each of the folded `sentences`; the first one is the
    subject. An empty one says nothing, and has none."""
    weights = read_weights(spoken.name)
    return [
        weigh(cues_of(words_of(one, spoken), weights.wide, subject=not place), weights.cues)
        if one.strip()
        else []
        for place, one in enumerate(sentences)
    ]
