"""One field of an application in one line: “salary 95k”, “tag +remote -onsite”, “closes 3 dec”."""

import re
from datetime import date
from typing import NamedTuple

from store.rules.dates import short_day
from store.rules.fields import APPLICATION, NOUNS
from store.rules.text import Refused, capital, clean_tags, quoted, shorten, suggestion
from store.rules.typed.fields import (
    ALL,
    LINES,
    NO_CONTACT,
    FieldKind,
    FormLine,
    FormReader,
    split_tags,
    text_of,
)

_FIELDS = (*ALL, NO_CONTACT)
_BEHIND_NAME = re.compile(r"\s*[:=]\s*|\s+|$")
_BEFORE_SIGN = re.compile(r"\s*,\s*|\s+(?=[+#-])")
_NOTHING = "none"
"""The word that empties a field."""
_LEAST = 2
"""Letters of a name that are enough for it, where no other one begins so (product)."""
_SAID_AT_MOST = 40
"""Characters of a value that are said back."""
_BY_NAME = {
    name.lower().replace("_", " ").replace("-", " "): line
    for line in _FIELDS
    for name in (line.name, line.label, NOUNS.get(line.name, ""), line.called)
    if name
}
"""The fields by all their names, without signs."""


class FieldChange(NamedTuple):
    """A field by its name, and its new value as the store takes it."""

    name: str
    value: object


def field_names() -> str:
    """The names of the fields that are asked for most, as they can be typed."""
    return ", ".join(line.called for line in LINES)


def read_field(text: str, reader: FormReader) -> tuple[FieldChange, str]:
    """The field that a line begins with and the value behind it, and the words that say both back.

    “none” empties a field. Tags are added and removed by their signs; without any they are added.
    Raises Refused, with what to do instead, for what is no field, for no value, and for one that
    cannot be stored.
    """
    line, rest = _split_field(text)
    stored = reader.stored.get(line.name)
    noun = capital(NOUNS.get(line.name, line.label))
    before = _words_of(stored, reader)
    if not rest:
        raise Refused(f"{noun}: {before or 'nothing yet'}. {_what_to_type(line, before)}")
    if line.name == "contact_relation" and not (
        reader.stored.get("contact_name") or reader.stored.get("contact_email")
    ):
        raise Refused("There is no main contact yet. Give a name first: contact Ana.")
    value, echo = _value(line, "" if rest.lower() == _NOTHING else rest, stored, reader)
    if value == stored or not (value or stored):
        raise Refused(f"{noun}: {before or 'nothing'}. It says that already.")
    after = echo or _words_of(value, reader)
    return FieldChange(line.name, value), f"{noun}: {before or 'nothing'} → {after or 'nothing'}"


def _words_of(value: object, reader: FormReader) -> str:
    """A value in a few words; "" for nothing."""
    if isinstance(value, date):
        return short_day(value, reader.today)
    return shorten(" ".join(text_of(value).split()), _SAID_AT_MOST)


def _what_to_type(line: FormLine, before: str) -> str:
    if line.kind is FieldKind.SWITCH:
        return "Type yes or no."
    if line.kind is FieldKind.TAGS:
        return "+tag adds a tag, -tag removes one."
    optional = line.name not in APPLICATION or not APPLICATION[line.name].required
    more = f", or “{_NOTHING}” to empty it" if before and optional else ""
    return f"Type the new value{more}."


def _split_field(text: str) -> tuple[FormLine, str]:
    """The field that the line begins with, and the rest of it."""
    words = " ".join(text.split())
    if not words:
        raise Refused("Enter a field and its value: salary 95k.")
    for name in sorted(_BY_NAME, key=len, reverse=True):
        begins = words[: len(name)].lower().replace("-", " ").replace("_", " ") == name
        if begins and (end := _BEHIND_NAME.match(words, len(name))):
            return _BY_NAME[name], words[end.end() :]
    word = re.split(r"[\s:=]", words, maxsplit=1)[0]
    like = [line for line in _FIELDS if line.called.startswith(word.lower())]
    if len(like) == 1 and len(word) >= _LEAST:
        return like[0], words[len(word) :].lstrip(" :=")
    if like:
        named = ", ".join(line.called for line in like)
        raise Refused(f"{quoted(word)} begins several fields: {named}.")
    guess = suggestion(word, [line.called for line in _FIELDS])
    raise Refused(f"There is no field {quoted(word)}.{guess} There are {field_names()} and more.")


def _value(line: FormLine, text: str, stored: object, reader: FormReader) -> tuple[object, str]:
    """What the store takes, and more words about it."""
    if line.kind is FieldKind.TAGS and text:
        return _tags(text, stored), ""
    meaning = reader.read(line, text)
    return meaning.value, meaning.echo


def _tags(text: str, stored: object) -> tuple[str, ...]:
    """The tags after those with “-” were removed and all others added."""
    tags = list(stored) if isinstance(stored, tuple | list) else []
    signed = "," in text or any(word[0] in "+-#" for word in text.split())
    for word in _BEFORE_SIGN.split(text) if signed else split_tags(text):
        gone = word.startswith("-")
        cleaned = clean_tags([word.lstrip("+-# ")])
        if not cleaned:
            raise Refused(f"{quoted(word)} names no tag.")
        there = [tag for tag in tags if tag.casefold() == cleaned[0].casefold()]
        if gone and not there:
            raise Refused(f"It has no tag {quoted(cleaned[0])}.")
        if gone:
            tags = [tag for tag in tags if tag not in there]
        elif not there:
            tags.append(cleaned[0])
    return clean_tags(tags)
