"""What calendars and mail programs put on the clipboard for an interview, as one plain line.

Google Calendar, Outlook, Teams, Calendly and Apple's Calendar and Mail write the same few things
with labels, dots and zones of their own. `rules.typed.interview_line` reads what is left.
"""

import re
from typing import NamedTuple

from store.rules.text import printable
from store.rules.typed.day_grammar import MONTH, WEEKDAY

SHORT_ZONE = re.compile(
    r"cet|cest|met|mest|eet|eest|wet|west|bst|ist|[ecmp][sd]?t|jst|a[ew]?[sd]t|nz[sd]t|[ah]k[sd]t",
    re.I,
)
"""Short names of zones, most of which mean several."""
OFFSET_ZONE = re.compile(r"(?:utc|gmt) ?([+-−–]) ?(\d{1,2})(?::?(\d{2}))?", re.I)

_STAMP = re.compile(
    r"(?<!\w)(\d{4})-?(\d\d)-?(\d\d)[Tt](\d\d):?(\d\d)(?::?\d\d(?:\.\d+)?)?"
    r"([Zz]|[+-]\d\d(?::?\d\d)?)?(?![\w:-])"
)
"""A moment as programs write it (ISO 8601, iCalendar): 2026-12-08T15:00:00Z, 20261208T150000."""
_SECONDS = re.compile(r"(?<=\d:\d\d):\d\d(?:\.\d+)?(?= ?[Zz+]| -\d{4}|[\s,]|$)")
_OFFSET = re.compile(r"(?<=\d:\d\d)(?: ?([Zz]|\+\d\d(?::?\d\d)?)| (-\d{4}))(?![\w:-])")
"""An offset behind a time; "-" without a space, or with a colon, leads to the end of it instead."""

_LABEL = re.compile(
    r"^(?:when|scheduled|date|time|day|starts?|start time|date and time|date & time|date/time"
    r"|event date/time|scheduled for|scheduled time)\s*:\s*",
    re.I,
)
_PLACE_LABEL = re.compile(r"^(?:where|location|place|join(?: link| url)?|link|url)\s*:\s*", re.I)
_ZONE_LABEL = re.compile(r"^(?:invitee )?time ?zone\s*:\s*", re.I)
_INVITATION = re.compile(
    r"^(?:re: |fwd?: )*(?:(?:updated )?invitation|invite|accepted|reminder|notification)"
    r"(?: from an unknown sender)?: .*?\s@\s+",
    re.I,
)
_ADDRESS = re.compile(r"\(\s*<?[^\s()@]+@[^\s()@]+>?\s*\)")
_LINK_ALONE = re.compile(r"https?://\S+", re.I)
_DOTS = re.compile(r"\s*⋅\s*|\s*[·•|]\s*(?=\d{1,2}(?:[:.]\d|\s?[ap-]))", re.I)
_IN_BRACKETS = re.compile(r"\(([^()]{1,80})\)")
_ZONE_AT_END = re.compile(
    r"(?<=[\dm.])\s+((?:[A-Z][a-z]+ ){1,3}Time(?: - [A-Z][\w .]+| \(US & Canada\))?)\s*$"
)
_OFFSET_AT_END = re.compile(
    r"\s\(((?:UTC|GMT)[+-]\d{1,2}:?\d{2})\)\s+([A-Z][\w .,&()’'-]+?)\.?\s*$"
)
_DASH_BEFORE_DAY = re.compile(rf"\s+[-–—]\s+(?=(?:{WEEKDAY}|{MONTH}\.? \d))", re.I)
_BEFORE_LABEL = re.compile(
    r"\s+(?=(?:when|where|location|scheduled|time ?zone|event date/time)\s*:\s)", re.I
)
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
_DOTTED = re.compile(rf"(?:^|.*\s)({WEEKDAY}[^⋅]{{0,40}}⋅\s*{_CLOCK}(?:\s?[-–]\s?{_CLOCK})?)", re.I)
"""Day and time as Google Calendar writes them, whatever title was pasted before them."""
_TITLE = re.compile(rf"^\D+?\s(?={_CLOCK}\s?[-–]\s?{_CLOCK},\s+{WEEKDAY})", re.I)
"""What stands before a time and a day as Calendly writes them."""
_LEADS_ON = re.compile(r"(?:$|[(,]|with |at |in |by |for |via |\S*/\S*|[\w ]+ time\b)", re.I)
_STOP = re.compile(r"(?<=[\dmM])\.$")
_TELLS_A_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\d ?[ap]\.?m\b|\bnoon\b", re.I)
_TELLS_A_DAY = re.compile(
    rf"\b{WEEKDAY}|\b\d{{1,2}}\.? {MONTH}|\b{MONTH}\.? \d|\d{{4}}-\d\d-\d\d|\d/\d", re.I
)


class Clip(NamedTuple):
    """A pasted interview: the line that tells day and time, and what stood apart from it."""

    line: str
    zone: str = ""
    place: str = ""


def read_clip(text: str) -> Clip:
    """The line for an interview in `text`, and the zone and the place that it names apart.

    Of several lines the one with day and time counts, or those labelled so, and those labelled as
    the place, the link or the zone; titles and descriptions around them are left out. A single
    line is kept whole.
    """
    text = in_plain_times(printable(text))
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        lines = _take_apart(lines[0])
    if len(lines) > 1:
        return _of_several(lines)
    return _of_one(lines[0]) if lines else Clip("")


def in_plain_times(text: str) -> str:
    """`text` with moments as programs write them told as people do: “2026-12-08 15:00 UTC+01:00”.

    An offset from Greenwich becomes a zone by its name: UTC, UTC+01:00.
    """

    def replace(found: re.Match[str]) -> str:
        year, month, day, hours, minutes, zone = found.groups()
        return f"{year}-{month}-{day} {hours}:{minutes}{_zone_of(zone or '')}"

    text = _SECONDS.sub("", _STAMP.sub(replace, text))
    return _OFFSET.sub(lambda found: _zone_of(found[1] or found[2]), text)


def _zone_of(offset: str) -> str:
    """ " UTC" of "Z" and "+0000", " UTC+01:00" of "+0100" and "+01", "" of none."""
    digits = offset.replace(":", "")
    if not digits.strip("+-0Zz"):
        return " UTC" if digits else ""
    return f" UTC{digits[:3]}:{digits[3:] or '00'}"


def _take_apart(line: str) -> list[str]:
    """The lines that were one above the other before they were pasted into a single one."""
    lines = _BEFORE_LABEL.split(line)
    if len(lines) > 1:
        return lines
    found = _DOTTED.match(line)
    if found is None or (not found.start(1) and _LEADS_ON.match(line[found.end() :].strip())):
        return [line]
    rest = line[found.end() :].strip()
    if _LEADS_ON.match(rest):
        return ["", f"{found[1]} {rest}"]
    return [found[1], *_LINK_ALONE.findall(rest), ""]


def _of_one(line: str) -> Clip:
    if found := _INVITATION.match(line):
        line = _ADDRESS.sub(" ", line[found.end() :])
    line = _LABEL.sub("", line)
    zone = ""
    if found := _OFFSET_AT_END.search(line):
        # Outlook tells the offset of winter in summer too: the city is what counts.
        line, zone = line[: found.start()], f"({found[1]}) {found[2]}"
    line = _DOTS.sub(" ", line)
    for found in _IN_BRACKETS.finditer(line):
        if is_zone_phrase(found[1]):
            zone = zone or found[1].strip()
            line = f"{line[: found.start()]} {line[found.end() :]}"
            break
    if found := _ZONE_AT_END.search(line):
        line, zone = line[: found.start()], zone or found[1]
    line = _DASH_BEFORE_DAY.sub(" ", f" {line}").strip()
    return Clip(_STOP.sub("", line.strip()), zone)


def is_zone_phrase(words: str) -> bool:
    """Whether words in brackets tell the zone: “EST”, “UTC+01:00”, “Eastern Time - New York”."""
    words = words.strip()
    return bool(
        SHORT_ZONE.fullmatch(words)
        or OFFSET_ZONE.fullmatch(words)
        or re.fullmatch(r"utc|gmt|[A-Za-z]+(?:/[A-Za-z_]+)+", words, re.I)
        or re.fullmatch(r"(?:[a-z]+ ){1,4}time(?: ?[-–,(].*)?", words, re.I)
    )


def _of_several(lines: list[str]) -> Clip:
    lines = [line for line in lines if line]
    labelled = [_LABEL.sub("", line) for line in lines if _LABEL.match(line)]
    places = [_PLACE_LABEL.sub("", line) for line in lines if _PLACE_LABEL.match(line)]
    zones = [_ZONE_LABEL.sub("", line) for line in lines if _ZONE_LABEL.match(line)]
    links = [line for line in lines if _LINK_ALONE.fullmatch(line)]
    when = [line for line in lines if _TELLS_A_DAY.search(line) and _TELLS_A_TIME.search(line)]
    if labelled and not any(line in when for line in labelled):
        when = [" ".join(labelled)]
    elif not when:
        when = [" ".join(line for line in lines if line not in (*places, *zones, *links))]
    clip = _of_one(_TITLE.sub("", when[0]))
    place = next((place for place in (*places, *links) if place and place not in clip.line), "")
    return Clip(clip.line, clip.zone or next(iter(zones), ""), place)
