"""The times that an invitation names in its text: “Tuesday 1 December at 2 pm CET”."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store.rules.mail.days_named import Named, find_days
from store.rules.mail.phrases import Folded, Language
from store.rules.shipped_lists import read_shipped
from store.rules.text import searchable

_LONGEST, _SHORTEST = 480, 10
"""Minutes of an interview that is told from when to when (product)."""
_EARLY = 7
"""Hours before it are those of the afternoon, unless it is said otherwise (product)."""
_SLOTS_AT_MOST = 20
_CLOCK = re.compile(
    r"(?<![\w.:/€$£+#])(?P<hour>\d{1,2})"
    r"(?:\s?(?P<sign>[:.h]|uhr)\s?(?P<minute>[0-5]\d)(?!\d))?"
    r"(?:\s?(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?|uhr\b|h\b|hrs\b|hours\b|heures?\b|o'clock\b|horas\b))?"
    r"(?![\d%€£$]|[.,:/]\d)"
)
_WORD = re.compile(r"(?<!\w)(?:(noon|midday|midi|mediodia)|(midnight))(?!\w)")
_MORNING = re.compile(
    r"\s?(?:in the morning|morgens|vormittags|fruh\b|du matin|de la manana|por la manana)"
)
_LATER = re.compile(
    r"\s?(?:in the (?:afternoon|evening)|nachmittags|abends|de l'apres-midi|du soir|de la tarde"
    r"|de la noche|por la tarde)"
)
_BEFORE = re.compile(
    r"(?<!\w)(?:at|around|from|between|um|gegen|ab|von|zwischen|a las?|las|vers)\s$"
)
"""What stands before an hour that nothing else shows to be one."""
_BEHIND = re.compile(
    r"\s*(?:$|[.,;:!?()\[\]\"”]|-\s|(?:on|and|or|to|until|till|for|with|in the|und|oder|bis|et|ou|y"
    r"|o|hasta|de la|de l'|du|tomorrow|next|this|sharp|your|our|my|at|am|im|en|el|le)\b|\w+day\b)"
)
_TO = re.compile(r"\s?(?:-|to|until|till|and|bis|und|a|et|jusqu'a|y|hasta)\s?(?:las?\s)?$")
_DUE = re.compile(
    r"(?<!\w)(?:by|before|until|till|latest|deadline|bis|vor|spatestens|avant|d'ici|jusqu'a(?:u)?"
    r"|antes del?|hasta|a mas tardar)\s(?:(?:the|on|zum|am|den|dem|el|le|au|spatestens|latest|next"
    r"|nachsten|kommenden|no later than)\s)*$"
)
"""What stands before a day on which something is due, and nobody meets."""
_ZONE_NEAR = 14
"""Letters between a time and its zone (product): “14:00 (Berlin time)”."""


class OfferedTime(NamedTuple):
    """A time at which they want to talk.

    `minutes` is how long, 0 where that is not said; `zone` the IANA name of the zone that is
    named, "" for none: it is that of the reader then.
    """

    day: date
    at: time
    minutes: int = 0
    zone: str = ""

    def moment(self, here: tzinfo) -> datetime:
        """The aware moment, for somebody in the zone `here`."""
        zone = ZoneInfo(self.zone) if self.zone else here
        return datetime.combine(self.day, self.at, tzinfo=zone)


class _ClockTime(NamedTuple):
    at: time
    start: int
    end: int
    minutes: int
    zone: str


def find_slots(
    folded: Folded, languages: Sequence[Language], sent_on: date
) -> tuple[OfferedTime, ...]:
    """The times that the sentences name, each once, in their order.

    A time needs its day in the same sentence, or in the one before that names no time: “Wednesday,
    4 March. 10:00, room 2.” Days by which something is due are none.
    """
    found: dict[tuple[date, time], OfferedTime] = {}
    instants: set[datetime] = set()
    for spoken in languages:
        before: Named | None = None
        for sentence in folded.sentences:
            days = _days(sentence, spoken, sent_on)
            clocks = [*_clocks(sentence, days)]
            for clock in clocks:
                day = _day_of(clock, days) or before
                if day is None:
                    continue
                slot = OfferedTime(day.day, clock.at, clock.minutes, clock.zone)
                # The same moment may be told by the clocks of both sides.
                instant = slot.moment(UTC)
                if instant not in instants or not slot.zone:
                    found.setdefault((slot.day, slot.at), slot)
                instants.add(instant)
            before = days[-1] if days and not clocks else None
        if found:
            break
    slots = list(found.values())
    if len({slot.zone for slot in slots if slot.zone}) == 1:
        # A zone that is named once holds for all.
        zone = next(slot.zone for slot in slots if slot.zone)
        slots = [slot._replace(zone=zone) for slot in slots]
    return tuple(slots[:_SLOTS_AT_MOST])


def _days(sentence: str, spoken: Language, sent_on: date) -> list[Named]:
    """The days of a sentence on which somebody may meet; of “Tuesday, 1 December” the date."""
    kept: list[Named] = []
    for day in find_days(sentence, spoken, sent_on):
        mornings = _MORNING.match(sentence, max(0, day.start - 7)) is not None
        if not day.exact or _DUE.search(sentence[: day.start]) or mornings:
            continue
        between = sentence[kept[-1].end : day.start].strip(" ,.") if kept else "nothing"
        if day.is_weekday and between in ("", "("):
            continue  # “1 December (Tuesday)”
        kept.append(day)
    return kept


def _day_of(clock: _ClockTime, days: Sequence[Named]) -> Named | None:
    """The day that a time is of: the last one before it, else the next one."""
    earlier = [day for day in days if day.start < clock.start]
    return earlier[-1] if earlier else next(iter(days), None)


def _clocks(sentence: str, days: Sequence[Named]) -> Iterator[_ClockTime]:
    """The times that a sentence names; those from when to when once, with their length."""
    begun: re.Match[str] | None = None
    last: _ClockTime | None = None
    for match in _CLOCK.finditer(sentence):
        if any(day.start < match.end() and match.start() < day.end for day in days):
            begun = None
            continue
        is_end = bool(_TO.search(sentence[: match.start()]))
        if not _is_clock(match, sentence, days):
            begun = match if int(match["hour"]) < 24 else None
            continue
        at = _at(match, sentence)
        if at is None:
            begun = None
            continue
        gap = sentence[last.end : match.start()] if last is not None else ""
        if last is not None and is_end and _TO.fullmatch(gap):
            minutes = _between(last.at, at)
            last = last._replace(
                minutes=minutes, end=match.end(), zone=last.zone or _zone_at(sentence, match.end())
            )
            continue
        if last is not None:
            yield last
        start, minutes = match.start(), 0
        if begun is not None and _TO.fullmatch(sentence[begun.end() : match.start()]):
            # “from 10 to 11 am”: the end shows that the first figure is an hour.
            first = _hour(begun, match["half"] or "", at)
            if first is not None:
                at, start, minutes = first, begun.start(), _between(first, at)
        last = _ClockTime(at, start, match.end(), minutes, _zone_at(sentence, match.end()))
        begun = None
    if last is not None:
        yield last
    for word in _WORD.finditer(sentence):
        if word[1]:
            zone = _zone_at(sentence, word.end())
            yield _ClockTime(time(12), word.start(), word.end(), 0, zone)


def _is_clock(match: "re.Match[str]", sentence: str, days: Sequence[Named]) -> bool:
    """Whether a figure is a time of the day."""
    if int(match["hour"]) > 23:
        return False
    before = _BEFORE.search(sentence[: match.start()])
    if match["sign"]:
        return match["sign"] != "." or bool(match["half"] or before)
    if match["half"]:
        # “3 h” may be a length; behind a day or one of these words it is none.
        lasts = match["half"] in ("h", "hrs", "hours", "horas") or match["half"].startswith("heure")
        return not lasts or bool(before) or _stands_behind(match, sentence, days)
    if not before:
        return False
    start = match.start() - len(before[0])
    close = any(0 <= start - day.end <= 2 for day in days)
    return close or _BEHIND.match(sentence, match.end()) is not None


def _stands_behind(match: "re.Match[str]", sentence: str, days: Sequence[Named]) -> bool:
    """Whether a figure stands right behind a day, or with “à” before it."""
    if re.search(r"(?<!\w)(?:a|a partir de|des|de)\s$", sentence[: match.start()]):
        return int(match["hour"]) >= _EARLY
    return any(0 <= match.start() - day.end <= 6 for day in days)


def _at(match: "re.Match[str]", sentence: str) -> time | None:
    half = match["half"] or ""
    if _LATER.match(sentence, match.end()):
        half = "pm"
    elif _MORNING.match(sentence, match.end()):
        half = "am"
    return _hour(match, half, None)


def _hour(match: "re.Match[str]", half: str, before: time | None) -> time | None:
    """The time of day that a figure with “am” or “pm” is; None for one that there is not.

    Args:
        before: the time at which it ends; of both halves of the day the one before it is meant.
    """
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    letters = half.replace(".", "").replace(" ", "")
    if letters in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None if hour > 12 and letters == "am" else time(hour % 24, minute)
        hour = hour % 12 + (12 if letters == "pm" else 0)
        if before is not None and time(hour, minute) > before:
            hour -= 12 if hour >= 12 else 0
    elif hour < _EARLY and len(match["hour"]) == 1:
        hour += 12
    return time(hour, minute) if hour < 24 else None


def _between(start: time, end: time) -> int:
    """The minutes from one time to another; 0 where that is no length of an interview."""
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes if _SHORTEST <= minutes <= _LONGEST else 0


@cache
def _zones() -> tuple["re.Pattern[str]", dict[str, str]]:
    """The words that name a zone, and the zone that each names."""
    import tomllib

    read: dict[str, str] = tomllib.loads(read_shipped("mail/zones.toml"))["zones"]
    names = {searchable(words): zone for words, zone in read.items()}
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)"), names


def _zone_at(sentence: str, place: int) -> str:
    """The zone that is named right behind a time; "" for none."""
    pattern, names = _zones()
    found = pattern.search(sentence, place, place + _ZONE_NEAR + 30)
    if found is None or found.start() - place > _ZONE_NEAR:
        return ""
    # Another time in between has this zone.
    return "" if re.search(r"\d", sentence[place : found.start()]) else names[found[1]]
