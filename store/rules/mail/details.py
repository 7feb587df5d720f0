"""What an invitation says of the interview beside its time: how long, in what format, with whom."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from store.rules import fields
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Details
from store.rules.mail.phrases import Phrase, read_phrase
from store.rules.mail.senders import Sender, is_person, plain_key
from store.rules.shipped_lists import read_shipped
from store.rules.text import searchable

_SHORTEST, _LONGEST = 10, 480
"""Minutes that are a length of an interview (product)."""
_PEOPLE_AT_MOST = 8
_LENGTH = re.compile(
    r"(?<![\w.:,])(?:(?P<minutes>\d{1,3})(?:\s?(?:-|–|to|bis|a|à)\s?(?P<until>\d{1,3}))?"
    r"[\s-]?min(?:ute|uten|utes|uto|utos|s)?\b\.?"
    r"|(?P<hours>\d(?:[.,]5)?)[\s-]?(?:hours?|hrs?|std|stunden?|heures?|horas?)\b"
    r"|(?P<half>half an hour|halbe stunde|demi-heure|media hora)"
    r"|(?P<long>an hour and a half|one and a half hours|anderthalb stunden|eineinhalb stunden)"
    r"|(?P<hour>an hour|one hour|eine stunde|une heure|una hora))"
)
_LINKS = re.compile(r"https?://[^\s<>\"“”\[\]]{4,1500}", re.I)
_CALL_HOSTS = re.compile(
    r"//[^/]*(?:zoom\.|teams\.|meet\.|webex\.|whereby\.|gotomeeting\.|bluejeans\.|jitsi)", re.I
)
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|M|Mme|Sr|Sra)\.?\s+|(?:Frau|Herrn?|Madame|Monsieur|Señora?)\s+)*"
_WORD = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'-]*"
_SMALL = r"(?:von|van|de|der|den|la|di|du|del|da|zu)"
_WHOLE = rf"{_TITLE}{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD}){{1,2}}"
_AND = r"\s*(?:,\s*(?:and|und|et|y)?|&|\b(?:and|und|et|y|e)\b)\s*"
_ME = r"(?:me|myself|mir|moi|mí|yo|conmigo)\b"
_WITH = re.compile(rf"\b(?:with|mit|avec|con)\s+((?:{_WHOLE}|{_ME})(?:{_AND}(?:{_WHOLE}|{_ME}))*)")
_EACH = re.compile(rf"{_WHOLE}|{_ME}")


class _DetailWords(NamedTuple):
    confirms: Sequence[Phrase]
    asks: Sequence[Phrase]
    formats: Mapping[str, Sequence[Phrase]]
    before: frozenset[str]
    behind: frozenset[str]
    together: frozenset[str]
    nobody: frozenset[str]


@cache
def _words() -> _DetailWords:
    import tomllib

    read = tomllib.loads(read_shipped("mail/details.toml"))
    lists = {
        name: frozenset(searchable(read[name]).split())
        for name in ("before", "behind", "together", "nobody")
    }
    return _DetailWords(
        tuple(map(read_phrase, read["confirms"])),
        tuple(map(read_phrase, read["asks"])),
        {key: tuple(map(read_phrase, phrases)) for key, phrases in read["formats"].items()},
        **lists,
    )


def read_details(body: LetterText, name: str, sender: Sender) -> Details:
    """What the message says of the interview; `name` is its sender's, who may be among them."""
    words, folded = _words(), body.folded
    confirmed = folded.has(words.confirms) and not folded.has(words.asks)
    formats = tuple(key for key, phrases in words.formats.items() if folded.has(phrases))
    if "phone" in formats and "video_live" in formats:
        # Which of both is left to the reader.
        formats = tuple(key for key in formats if key not in ("phone", "video_live"))
    text = " ".join(body.own.split())
    links = [link.rstrip(".,;:!?)") for link in _LINKS.findall(text)]
    place = next((one for one in links if _CALL_HOSTS.search(one)), "")
    people = tuple(dict.fromkeys(_people(text, name, sender)))[:_PEOPLE_AT_MOST]
    return Details(
        _minutes(folded.sentences), formats, place[: fields.PLACE.limit], people, confirmed
    )


def _minutes(sentences: Sequence[str]) -> int:
    """How long it takes, where exactly one length is named; of “30 to 45 minutes” the longer."""
    words, found = _words(), set()
    for sentence in sentences:
        for match in _LENGTH.finditer(sentence):
            before = re.findall(r"\w+", sentence[: match.start()])[-1:]
            behind = re.findall(r"\w+", sentence[match.end() :])[:1]
            if words.before & {*before} or words.behind & {*behind}:
                continue
            if match["minutes"]:
                minutes = int(match["until"] or match["minutes"])
            elif match["hours"]:
                minutes = int(float(match["hours"].replace(",", ".")) * 60)
            else:
                minutes = 30 if match["half"] else 90 if match["long"] else 60
            if _SHORTEST <= minutes <= _LONGEST:
                found.add(minutes)
    return found.pop() if len(found) == 1 else 0


def _people(text: str, name: str, sender: Sender) -> Iterator[str]:
    """Who takes part, as the text names them: “with Marcus Bell and me”."""
    words = _words()
    for match in _WITH.finditer(text):
        for one in _EACH.findall(match[1]):
            if searchable(one) in words.together:
                if is_person(name, sender):
                    yield name.strip()
                continue
            called = {word.strip("’'-.") for word in searchable(one).split()}
            firm = sender.label and sender.label in plain_key("".join(searchable(one).split()))
            if not (called & words.nobody or firm) and len(one) <= fields.CONTACT["name"].limit:
                yield one
