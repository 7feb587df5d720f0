"""The door for every text that comes from outside: screen, shell, file.

Behind it a text is NFC, within its limit, and free of everything that a terminal would obey or
that cannot be seen.
"""

import re
import unicodedata
from collections.abc import Iterable

from store.rules.fields import TAG, TAGS_AT_MOST, Field

_AROUND = r"""[\s<>()\[\]\\"]|:"""
"""What stands around an address rather than in one. Quoted names (“"ana ruiz"@…”) are legal, and
nobody has one."""
_BETWEEN = r"[,;]"
_LOCAL_AT_MOST, _DOMAIN_AT_MOST, _LABEL_AT_MOST = 64, 253, 63
"""Octets before the @ (RFC 5321, 4.5.3.1), and letters of a domain and of one part of it (RFC 1035,
2.3.4)."""
_TOP_AT_LEAST = 2
_NO_DOMAIN = "there is no domain, such as example.org, after the @"


def address_trouble(text: str) -> str:
    """Why `text`, trimmed and on one line, cannot be an email address; "" when it can be one.

    Letters of any script are fine on both sides, and dots wherever they stand before the @: some
    providers give out such addresses.
    """
    local, at, domain = text.rpartition("@")
    if not at:
        return "there is no @ in it"
    if "@" in local or re.search(_BETWEEN, text):
        return "there is more than one address in it"
    if re.search(_AROUND, text) or not text.isprintable():
        return "there is more than the address in it"
    if not local:
        return "there is nothing before the @"
    if len(local.encode()) > _LOCAL_AT_MOST:
        return "the part before the @ is too long"
    labels = domain.split(".")
    top = labels[-1]
    named = len(labels) > 1 and len(domain) <= _DOMAIN_AT_MOST and all(map(_is_label, labels))
    if not named or len(top) < _TOP_AT_LEAST or top.isdigit():
        return _NO_DOMAIN
    return ""


def _is_label(label: str) -> bool:
    """Whether `label` may stand between the dots of a domain."""
    return (
        0 < len(label) <= _LABEL_AT_MOST
        and label.strip("-") == label
        and all(sign == "-" or unicodedata.category(sign)[0] in "LNM" for sign in label)
    )


class Refused(Exception):
    """A wish that cannot be granted, told as a sentence for the person who made it.

    The text says what is wrong and what to do instead; it never holds a control character. It is no
    ValueError, so that nobody who expects one of those takes its words away.
    """


_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = str.maketrans("\t\x1c\x1d\x1e\x1f", " " * 5)
_BREAKS = str.maketrans({"\n": " "})

_JOINERS = "\u200c\u200d"
_CONCATENATION_MARKS = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_KEPT = frozenset("\n" + _JOINERS + _CONCATENATION_MARKS)
"""What stays although its category goes: the joiners, without which emoji families, Persian and
Indic words fall apart, and those Arabic, Syriac and Kaithi signs that are ink, not commands."""

_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)"
    "|[\U000e0000-\U000e007f]"
)
"""Tag characters: a whole flag (England, Wales) as group 1, or a stray one."""

_FIRST_MARK = "\u0300"
"""Below it every printable text is NFC already."""

_MARKS_AT_MOST = 30
"""Marks on one letter: the figure of Unicode's stream-safe text format (UAX 15), above any writing
there is. Sorting a longer run, which NFC needs, takes quadratic time: 5.6 s for 100,000 marks."""

_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by category, yet drawn as nothing: Hangul fillers, the Braille blank."""


def clean(text: str, field: Field) -> str:
    """`text` made fit for `field`: cleaned, trimmed, on one line unless the field has many.

    What `printable` drops is dropped, since a stored control sequence could drive the terminal
    (it can set the clipboard). Raises Refused for a required field without one character that
    can be seen, for a text over the limit, which is never cut silently, and for what cannot be the
    email address that the field asks for.
    """
    text = printable(text)
    if not field.many_lines:
        text = " ".join(text.translate(_BREAKS).split())
    text = text.strip()
    if field.required and not _has_ink(text):
        raise Refused(f"{field.label} is empty. Type at least one character.")
    if len(text) > field.limit:
        raise Refused(
            f"{field.label} has {len(text):,} characters; {field.limit:,} fit. Shorten it."
        )
    if field.address and text and (trouble := address_trouble(text)):
        wrong = f"{quoted(text)} is not a valid email address: {trouble}."
        raise Refused(f"{wrong} An address looks like ana@example.org.")
    return text


def printable(text: str) -> str:
    """`text` in NFC without what a terminal could obey or nobody can see; breaks become `\\n`.

    Dropped are control characters, surrogates, noncharacters, marks beyond the thirtieth on one
    letter, and format characters: they turn the direction of the line (bidi overrides), hide a
    message (tags, annotations), or make two equal names differ without a trace (U+FEFF, U+200B,
    soft hyphen), and terminals disagree on their width (U+180E). The joiners stay, and tags
    within a flag.
    """
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_MARK):
        return text
    text = _LINE_BREAKS.sub("\n", text).translate(_SPACES)
    text = text.translate(dict.fromkeys(ord(c) for c in set(text) if not _harmless(c)))
    text = _TAGS.sub(r"\1", text)
    return unicodedata.normalize("NFC", _with_few_marks(text))


def _harmless(character: str) -> bool:
    code = ord(character)
    if character in _KEPT or 0xE0000 <= code <= 0xE007F:
        return True
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not noncharacter and unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def _with_few_marks(text: str) -> str:
    marks = "".join(c for c in set(text) if _rides_on_a_letter(c))
    if not marks:
        return text
    return re.sub(f"([{marks}]{{{_MARKS_AT_MOST}}})[{marks}]+", r"\1", text)


def _rides_on_a_letter(character: str) -> bool:
    return (
        character in _JOINERS
        or unicodedata.combining(character) != 0
        or unicodedata.category(character) in ("Mn", "Me")
    )


def _has_ink(text: str) -> bool:
    return any(
        unicodedata.category(c) not in ("Cf", "Mn", "Mc", "Me", "Zs", "Cc")
        and c not in _BLANK_LETTERS
        for c in text
    )


def suggestion(word: str, known: Iterable[str]) -> str:
    """ " Did you mean “first”?" where one of the `known` words is like `word`; else ""."""
    from difflib import get_close_matches  # 3 ms, for mistakes only

    near = get_close_matches(word.strip().lower()[:40], list(known), n=1)
    return f" Did you mean {quoted(near[0])}?" if near else ""


_ONE_SIGN = str.maketrans(
    dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
"""Each kind of apostrophe as one, and each kind of dash."""
LETTERS = {
    **{"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"},
    "ħ": "h",
}
"""Letters that Unicode does not take apart into a letter and a mark."""
_LETTERS = str.maketrans(LETTERS)
_OTHER_LETTERS = frozenset((0, 7, 8, 9))
"""The classes of marks without which a letter is another one: none, nukta, the voicing of kana,
virama."""


def searchable(text: str) -> str:
    """`text` as it is looked for and looked in: without case, accents and kinds of apostrophe.

    What can be typed on any keyboard finds what is written with all its marks: “dvorak” Dvořák,
    “o'brien” O’Brien, “full-stack” one with a dash of another kind.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    text = unicodedata.normalize("NFKD", text.translate(_ONE_SIGN))
    marks = {c for c in set(text) if unicodedata.combining(c) not in _OTHER_LETTERS}
    if marks:
        text = text.translate(dict.fromkeys(map(ord, marks)))
    return text.casefold().translate(_LETTERS)


_PARTS = r"[\s_-]+"


def key_of(word: str) -> str:
    """The stored name that `word` spells: "Thank-you", "thank you" and "thank_you" are one."""
    return "_".join(re.sub(_PARTS, " ", word.casefold()).split())


def shell_word(key: str) -> str:
    """The stored name `key` as it is typed and shown on the command line: "thank-you"."""
    return key.replace("_", "-")


_ENDED = r"[.!?…。！？][\"'”’»)\]]*$"


def as_sentence(words: str) -> str:
    """`words` as a sentence: with a full stop, unless they end as one already."""
    return words if re.search(_ENDED, words) else f"{words}."


def capital(words: str) -> str:
    """`words` of ours with a capital letter in front; never for what the user typed: “eBay”."""
    return words[:1].upper() + words[1:]


def plural(number: int, one: str, many: str = "") -> str:
    """So many of a thing: "1 day", "0 days", "1,200 entries"; `many` where that is not `one` and
    an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def quoted(text: str, at_most: int = 40) -> str:
    """`text` in quotation marks, harmless and short enough to stand in a sentence."""
    start = " ".join(printable(text[: at_most * 4]).split())
    if len(start) > at_most or len(text) > at_most * 4:
        start = f"{start[: at_most - 1].rstrip()}…"
    return f"“{start}”"


def shorten(text: str, at_most: int) -> str:
    """`text`, or as much of its beginning as has room for a mark that there is more."""
    return text if len(text) <= at_most else f"{text[: at_most - 1].rstrip()}…"


def few_words(text: str, at_most: int = 4) -> str:
    """The first words of `text`, with a mark where there are more: a quotation in a sentence."""
    words = text.split()
    if len(words) <= at_most:
        return text
    return " ".join(words[:at_most]).rstrip(" .;,:?!") + "…"


def first_sentence(text: str, at_most: int = 200) -> str:
    """The first sentence of a text of many lines, without its full stop, shortened if need be."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    for end in (". ", "! ", "? "):
        line = line.partition(end)[0]
    line = " ".join(line.split()).rstrip(" .;,:")
    return shorten(line, at_most)


def clean_tags(tags: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Each tag once, in the order given, without a leading `#`; empty ones dropped.

    Raises Refused for a tag over its limit or for more tags than a card can show.
    """
    seen: dict[str, str] = {}
    for tag in tags:
        name = clean(" ".join(printable(tag).split()).lstrip("# "), TAG)
        if _has_ink(name):
            seen.setdefault(name.casefold(), name)
    if len(seen) > TAGS_AT_MOST:
        raise Refused(f"{len(seen)} tags are too many; {TAGS_AT_MOST} fit.")
    return tuple(seen.values())
