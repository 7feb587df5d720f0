"""An interview in one line: the day, the time, how long, what kind, with whom, where.

All functions raise Refused, with a sentence that says what to type, and nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from store.rules.dates import clock_time, distance_words, short_day
from store.rules.fields import PEOPLE, PLACE, TASK_KINDS
from store.rules.text import Refused, clean, quoted
from store.rules.typed.clipboard import SHORT_ZONE, read_clip
from store.rules.typed.day_grammar import hours_in, read_day, trouble
from store.rules.typed.days import parse_day, read_window, split_closing, unread, words_of
from store.rules.typed.spoken import in_figures
from store.rules.typed.times import (
    MINUTES_A_DAY,
    has_clock_time,
    is_length,
    readings,
    starts_with_time,
)

_ZONE = re.compile(
    r"[a-z][a-z_-]*(?:/[a-z][\w+-]*)+|utc|gmt|(?:utc|gmt)[+-]\d{1,2}(?::?\d{2})?", re.I
)
"""An IANA name, in any case, or an offset; of the short ones only those that mean one zone."""
_SURE_ZONE = re.compile(
    r"(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc)"
    r"(?:/[a-z][\w+-]*)+",
    re.I,
)
"""A zone even among names, where "Ana/Bo" is none."""
BEFORE_A_ZONE = ("in", "zone", "timezone")
"""Words that only lead to a zone."""
_WORDS_OF_ONE = 6
"""The longest formats have as many words: "panel and case, one on one"."""
_WORDS_AT_MOST = 24
"""More cannot be left of a line whose day and time can be read."""
_BEFORE = frozenset({"by", "on", "via", "over", "a", "an", "the", "as"})
_JOINED = frozenset({"and", "&", "+", ","})
_BY_THESE = frozenset({"phone", "video", "call"})
_ROOMS = frozenset({"room", "office", "building", "floor", "lobby", "reception", "studio"})


def is_zone(text: str) -> bool:
    """Whether `text` looks like the name of a time zone."""
    return _ZONE.fullmatch(text) is not None


def is_sure_zone(text: str) -> bool:
    """Whether `text` is the name of a time zone wherever it stands, as "America/New_York"."""
    return _SURE_ZONE.fullmatch(text) is not None


def leads_to_format(word: str, following: Sequence[str]) -> bool:
    """Whether `word` leads to a format, as in "on video", rather than to a place."""
    told = [other.lower() for other in following]
    if told[:1] == ["the"]:
        del told[0]
    return word in ("on", "via") and bool(told) and told[0] in _BY_THESE


def without_zone(words: Sequence[str]) -> tuple[list[str], str]:
    """The words but the zone, and the zone, empty when there is none; Refused for two zones."""
    zones = [word for word in words if is_zone(word) or SHORT_ZONE.fullmatch(word)]
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
    from store.rules.lists import read_formats

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
    """Whether a word tells a day or a time; but "1:1" is an interview with one person."""
    return word[:1].isdigit() and not _may_name(word)


LONGEST_SLOT = 3_000
"""Characters: a line with a long list of people and a link of the longest kind."""

_SLOT_FORM = "Type it as in “tue 10:00 45m with Ana at Room 4”."
_INVITED = "invited"
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.I)
_ISO_T = re.compile(r"(\d{4}-\d{2}-\d{2})t(?=\d)")


@dataclass(frozen=True, slots=True)
class Slot:
    """An interview as typed, in the user's own time of day.

    `at` is None when the line has no time, `minutes` when it has neither length nor end. `formats`
    are keys of `store.rules.lists`; `zone` is the zone that the line names, as it stands there.
    """

    day: date
    at: time | None
    minutes: int | None
    people: str
    place: str
    formats: tuple[str, ...] = ()
    zone: str = ""


def parse_slot(text: str, today: date) -> Slot:
    """The interview in one line: "tue 10:00 45m with Ana and Bo at Room 4".

    The day comes as in `parse_day`, the time as "10:00", "10.30", "10h30", "9am", "9:30 pm",
    "noon", as an hour alone after the day, or as a span "10:00-10:45"; a length as "45m", "1h30",
    "1.5 hours"; beside them the formats ("panel+case", "video") and the time zone that the time is
    of ("America/New_York", "UTC"). Then in any order "with" and names, "at", "in" or "on" and a
    place; a link needs no such word, and an "at" before a time belongs to the time. A day that has
    been must say so ("yesterday", "last fri", or its year).
    """
    line = _line(text, today)
    if not line.when:
        raise Refused(f"Start with the date and time. {_SLOT_FORM}")
    day, at, minutes = _when(line.when, today)
    return Slot(day, at, minutes, line.people, line.place, line.formats, line.zone)


_DUE_FORM = "Type it as in “fri”, “3 dec 17:00”, “fri 17:00 Europe/Berlin” or “in 48 hours”."


class TypedDue(NamedTuple):
    """By when something is due: a day, and the time and the zone where they are named.

    `hours` is how far ahead it is, counted from now, where that is what was typed.
    """

    day: date
    at: time | None = None
    zone: str = ""
    hours: int = 0


def parse_due(text: str, today: date) -> TypedDue:
    """By when something is due: as in `parse_slot`, or in the looser words of `parse_day`.

    "fri 17:00 Europe/Berlin", "in 48 hours", "eod fri", "fri cob", "end of next week". Refused for
    what belongs to an interview only, and for a zone without a time, since neither would count.
    """
    line = _line(text.strip(), today)
    _refuse_more(line)
    if not line.when:
        raise Refused(f"Start with a date. {_DUE_FORM}")
    words = words_of(" ".join(line.when), _DUE_FORM)
    hours = hours_in(words)
    if closing := split_closing(words):
        day, at, minutes = parse_day(closing[0], today), closing[1], None
    elif hours:
        day, at, minutes = today + timedelta(days=-(-hours // 24)), None, None
    elif (spanned := read_window(words, today)) is not None:
        day, at, minutes = spanned, None, None
    else:
        day, at, minutes = _when(line.when, today, _DUE_FORM)
    if minutes is not None:
        raise Refused(f"A deadline is one moment and has no length or end. {_DUE_FORM}")
    if line.zone and at is None:
        raise Refused(f"The zone {quoted(line.zone)} belongs to a time. {_DUE_FORM}")
    return TypedDue(day, at, line.zone, hours)


def _refuse_more(line: "_LineParts") -> None:
    for said, what in (
        (f"with {line.people}" if line.people else "", "people"),
        (f"at {line.place}" if line.place else "", "a place"),
        (", ".join(line.formats), "a format"),
    ):
        if said:
            raise Refused(
                f"A deadline has no {what.removeprefix('a ')}: {quoted(said)}. {_DUE_FORM}"
            )


class SlotChange(NamedTuple):
    """What a line changes in an interview; None and nothing where it does not say."""

    day: date | None
    at: time | None
    minutes: int | None
    people: str
    place: str
    formats: tuple[str, ...]
    zone: str


def parse_change(text: str, today: date) -> SlotChange:
    """What is named anew of an interview, as in `parse_slot`, but day or time may be missing."""
    line = _line(text, today)
    found: tuple[date | None, time | None, int | None] | None = None
    if not line.when:
        if not any((line.people, line.place, line.formats, line.zone)):
            raise Refused("Give the new day, the new time or both: “thu”, “14:00”, “thu 11:00”.")
        found = None, None, None
    else:
        try:
            found = _when(line.when, today)
        except Refused:
            for day_words, at, minutes in readings(words_of(" ".join(line.when), _SLOT_FORM)):
                if not day_words and (at is not None or minutes is not None):
                    found = None, at, minutes
                    break
            if found is None:
                raise
    return SlotChange(*found, line.people, line.place, line.formats, line.zone)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as typed, before there is a time: the day it came, and what it says."""

    on: date
    people: str
    place: str
    formats: tuple[str, ...]


def parse_invitation(text: str, today: date) -> Invitation:
    """What follows "invited": the day it came (today if none is named), then as in `parse_slot`."""
    line = _line(f"{_INVITED} {text}", today)
    if line.zone:
        raise Refused("A zone belongs to a time. Add it once there is one.")
    when = " ".join(line.when[1:])
    on = parse_day(when, today, past=True) if when else today
    return Invitation(on, line.people, line.place, line.formats)


def echo_slot(slot: Slot, today: date) -> str:
    """How a slot that was read is shown while it is being typed.

    "Tue 24 Nov 10:00–10:45, tomorrow, with Ana"; without a time: "Tue 24 Nov, tomorrow, no time
    yet".
    """
    words = short_day(slot.day, today)
    if slot.at is not None:
        words += f" {clock_time(slot.at)}"
        if slot.minutes is not None:
            end = (slot.at.hour * 60 + slot.at.minute + slot.minutes) % MINUTES_A_DAY
            words += f"–{clock_time(time(*divmod(end, 60)))}"
    words += f", {distance_words((slot.day - today).days)}"
    if slot.at is None:
        words += ", no time yet" + (f", {slot.minutes} min" if slot.minutes is not None else "")
    return words + echo_parts(slot.formats, slot.people, slot.place)


def echo_parts(formats: Sequence[str], people: str, place: str) -> str:
    """How formats, people and place are said back behind a time: ", panel, with Ana, at HQ"."""
    words = ""
    if formats:
        from store.rules.lists import format_words

        words += f", {format_words(formats)}"
    if people:
        words += f", with {people}"
    if place:
        words += f", {'on' if _LINK.match(place) else 'at'} {place}"
    return words


class _LineParts(NamedTuple):
    """A line taken apart; what is left of its beginning tells day, time and length."""

    when: list[str]
    formats: tuple[str, ...]
    zone: str
    people: str
    place: str


def _line(text: str, today: date) -> _LineParts:
    text = text.strip()
    if len(text) > LONGEST_SLOT:
        raise Refused(f"The line has {len(text):,} characters; {LONGEST_SLOT:,} fit. Shorten it.")
    clip = read_clip(text)
    words, people, place = _parts(in_figures(clip.line).split(), today)
    words, formats = without_formats(words)
    words, zone = without_zone(words)
    if zone and clip.zone:
        raise Refused(f"{quoted(zone)} and {quoted(clip.zone)} are two zones. Keep one.")
    zone = zone or clip.zone
    if not zone and is_zone(place):
        zone, place = place, ""
    return _LineParts(
        words, formats, zone, clean(people, PEOPLE), clean(place or clip.place, PLACE)
    )


def _parts(words: Sequence[str], today: date) -> tuple[list[str], str, str]:
    """The words for day and time, the people, the place."""
    parts: dict[str, list[str]] = {"when": [], "with": [], "at": []}
    part, skip = "when", 0
    for i, word in enumerate(words):
        if skip:
            skip -= 1
            continue
        low, following = word.lower(), words[i + 1 : i + 3]
        if _LINK.match(word):
            part = "at"
        elif low == "with" and not parts["with"]:
            part = "with"
            continue
        elif low in ("at", "on") and part != "at" and following and _LINK.match(following[0]):
            continue
        elif moved := _words_behind(words, i, part, parts, today):
            # A length, a format, a day or a time that stands behind people or place.
            parts["when"] += words[i : i + moved]
            skip = moved - 1
            continue
        elif low == "at" and part == "when" and starts_with_time(" ".join(following).lower()):
            if _has_time(parts["when"], today):
                part = "at"
                continue
        elif _opens_place(low, part, parts, following) and not leads_to_format(low, following):
            part = "at"
            continue
        if part == "with" and is_sure_zone(word):
            while parts["with"] and parts["with"][-1].lower() in BEFORE_A_ZONE:
                parts["with"].pop()
            parts["when"].append(word)
            continue
        parts[part].append(word)
    return parts["when"], " ".join(parts["with"]), " ".join(parts["at"])


def _words_behind(
    words: Sequence[str], at: int, part: str, parts: Mapping[str, list[str]], today: date
) -> int:
    """How many words from `at` on tell of day, time, length or format; 0 if they do not.

    "on tue" does wherever no day stands yet; the others only behind people or a place.
    """
    low, rest = words[at].lower(), [word.lower().strip(",.;") for word in words[at + 1 : at + 6]]
    if low == "on" and parts["when"] and not _has_day(parts["when"], today):
        for count in range(min(4, len(rest)), 0, -1):
            if _is_day(" ".join(rest[:count]), today):
                return count + 1
    if part == "when":
        return 0
    if low == "for":
        return next((n + 1 for n in (4, 3, 2, 1) if is_length(" ".join(rest[:n]))), 0)
    if part == "with" and len(parts["with"]) > 0:
        if is_length(low, alone=True):
            return 1
        timed = low == "at" and starts_with_time(" ".join(rest[:2]))
        if timed and not _has_time(parts["when"], today):
            return next((n + 1 for n in (2, 1) if has_clock_time(f"at {' '.join(rest[:n])}")), 0)
    if (low in ("by", "over") and rest) or (low == "via" and leads_to_format(low, rest)):
        keys, length = _formats_at(words, at + 1)
        return length + 1 if keys else 0
    return 0


def _is_day(words: str, today: date) -> bool:
    try:
        return read_day(words, today) is not None
    except Refused:
        return True


def _has_day(when: Sequence[str], today: date) -> bool:
    try:
        words, _ = without_zone(without_formats(when)[0])
        return bool(words) and bool(_when(words, today)[0])
    except Refused:
        return False


def _opens_place(
    word: str, part: str, parts: Mapping[str, list[str]], following: Sequence[str]
) -> bool:
    if parts["at"] or part == "at" or not parts["when"]:
        return False
    if word == "in" and part == "with":
        # "Ana in accounting" is a person; "in Room 4" and "in Berlin" are places.
        said = following[0] if following else ""
        named = said[:1].isupper() or said[:1].isdecimal() or said.lower() in _ROOMS
        return bool(parts["with"]) and named
    return word in ("at", "on", "via") or (word == "in" and part == "when")


def _has_time(when: Sequence[str], today: date) -> bool:
    try:
        words, _ = without_zone(without_formats(when)[0])
        return bool(words) and _when(words, today)[1] is not None
    except Refused:
        return False


def _when(
    when: Sequence[str], today: date, form: str = _SLOT_FORM
) -> tuple[date, time | None, int | None]:
    words = _ISO_T.sub(r"\1 ", words_of(" ".join(when), form))
    refusal = None
    for day_words, at, minutes in readings(words):
        try:
            day = read_day(day_words, today)
        except Refused as refused:
            refusal = refused
            continue
        if day is not None:
            return day, at, minutes
        if not day_words:
            refusal = Refused(f"Start with a date. {form}")
        elif reason := trouble(day_words, today):
            refusal = Refused(reason)
    raise refusal or Refused(unread(words, form))


_BEGINNINGS = (
    (re.compile(r"^(?:take[ -]?home|homework|task)\b[\s:]*", re.IGNORECASE), "take_home"),
    (re.compile(r"^(?:assessment|test)\b[\s:]*", re.IGNORECASE), "assessment"),
)
_DUE = re.compile(r"(?:^|[\s,])(?:due|by|until)\s+(\S.*)$", re.IGNORECASE)


def is_assignment(text: str) -> bool:
    """Whether a line speaks of a task, and not of an interview."""
    return any(pattern.match(text.strip()) for pattern, _ in _BEGINNINGS)


def split_assignment(text: str) -> tuple[str, str, str]:
    """The kind, the title and the words for the day of a line such as “take-home Case study by
    fri”. The title is the kind's own name where none is said; Refused for another line."""
    line = text.strip()
    for pattern, kind in _BEGINNINGS:
        if begun := pattern.match(line):
            rest = line[begun.end() :]
            when = ""
            if due := _DUE.search(rest):
                rest, when = rest[: due.start()], due[1]
            return kind, " ".join(rest.split()).strip(" ,") or TASK_KINDS[kind], when.strip()
    raise Refused(
        "Start with “take-home” or “assessment”, then the due date: “take-home by fri 17:00”."
    )
