"""How the one-line entries are read: from what was typed to what the store takes, and back.

Each reader gives the value and the words that say it back while it is typed, and raises Refused
with a sentence for what cannot be read.
"""

from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from store.clock import local_instant
from store.rules.dates import clock_time, echo_day
from store.rules.fields import REMINDER
from store.rules.reading import echo_slot, parse_day, parse_slot, parse_window
from store.rules.refusal import Refused
from store.rules.stages import Stage
from store.rules.text import clean

USUAL_MINUTES = 60
"""How long an interview is taken to last when its line does not say."""

_INVITED = "invited"
_AUTOMATIC = ("auto", "automatic", "automatic reply")
_DAY_WORDS_AT_MOST = 4


class Talk(NamedTuple):
    """An interview as typed; without a start it is an invitation that has no time yet."""

    starts_at: datetime | None
    minutes: int = USUAL_MINUTES
    people: str = ""
    place: str = ""
    invited_on: date | None = None


class Deadline(NamedTuple):
    """By when an offer wants an answer, at a local time if they named one."""

    day: date
    at: time | None


class Reply(NamedTuple):
    """What they wrote: when, by when they decide, whether a machine wrote it."""

    on: date
    decides_by: date | None = None
    said: str = ""
    automatic: bool = False


class Reminder(NamedTuple):
    """A follow-up of the user's own."""

    on: date
    label: str


def read_talk(text: str, today: date, zone: tzinfo, stage: Stage) -> tuple[Talk, str]:
    """“tue 10:00 45m with Ana at Room 4”, or “invited”, “invited fri” while there is no time."""
    moves = ". The card moves to first" if stage is Stage.APPLIED else ""
    words = text.strip()
    if words.lower().split(" ")[0] == _INVITED:
        rest = words[len(_INVITED) :].strip()
        on = parse_day(rest, today, past=True) if rest else today
        return Talk(None, invited_on=on), f"Invited {echo_day(on, today)}, no time yet{moves}"
    slot = parse_slot(words, today)
    echo = echo_slot(slot, today)
    if slot.at is None:
        raise Refused(f"{echo}: add it, such as 10:00. Or write “invited” while there is none.")
    starts_at = local_instant(slot.day, slot.at, zone)
    minutes = slot.minutes or USUAL_MINUTES
    return Talk(starts_at, minutes, slot.people, slot.place), echo + moves


def read_deadline(text: str, today: date, zone: tzinfo) -> tuple[Deadline, str]:
    """“thu 17:00”, “fri”: the day, and the time if there is one."""
    slot = parse_slot(text.strip().removeprefix("by "), today)
    if slot.day < today:
        raise Refused(f"{echo_day(slot.day, today)}: that day is over. Give a day to come.")
    at = ""
    if slot.at is not None:
        local_instant(slot.day, slot.at, zone)
        at = f" at {clock_time(slot.at)}"
    said, _, distance = echo_day(slot.day, today).rpartition(", ")
    return Deadline(slot.day, slot.at), f"Answer by {said}{at}, {distance}"


def read_reply(text: str, today: date) -> tuple[Reply, str]:
    """Nothing for a reply today; “by fri”, “next week”: when they decide; “yesterday”, “auto”."""
    words = " ".join(text.split())
    if not words:
        return Reply(today), "They replied today"
    if words.lower() in _AUTOMATIC:
        return Reply(today, automatic=True), "An automatic acknowledgement came today"
    before, by, after = f" {words} ".partition(" by ")
    if not by:
        on = _past_day(words, today)
        if on is not None:
            return Reply(on), f"They replied {echo_day(on, today)}"
        before, after = "", words
    on = parse_day(before, today, past=True) if before.strip() else today
    decides_by = parse_window(after.strip(), on)
    replied = "today" if on == today else echo_day(on, today)
    echo = f"They replied {replied}, and decide by {echo_day(decides_by, today)}"
    return Reply(on, decides_by, after.strip()), echo


def read_later_day(text: str, today: date) -> tuple[date, str]:
    """A day after today: “+1d”, “fri”, “next week”."""
    day = parse_day(text, today, future=True)
    if day <= today:
        raise Refused(f"{echo_day(day, today)}: give a day after today.")
    return day, echo_day(day, today)


def read_reminder(text: str, today: date) -> tuple[Reminder, str]:
    """“fri call Ana”: a day, then what to do."""
    words = text.split()
    first: Refused | None = None
    for count in range(min(len(words), _DAY_WORDS_AT_MOST), 0, -1):
        try:
            on = parse_day(" ".join(words[:count]), today, future=True)
        except Refused as refused:
            first = refused
            continue
        if on < today:
            raise Refused(f"{echo_day(on, today)}: that day is over. Give a day to come.")
        if count == len(words):
            raise Refused(f"{echo_day(on, today)}: and what is to be done then?")
        label = clean(" ".join(words[count:]), REMINDER)
        return Reminder(on, label), f"{echo_day(on, today)}: {label}"
    raise first or Refused("Write a day, and what is to be done then: “fri call Ana”.")


def _past_day(words: str, today: date) -> date | None:
    """The day that lies behind, if `words` name one: “yesterday”, “2 days ago”, “last fri”."""
    if not words.lower().startswith(("today", "yesterday", "last", "-")) and "ago" not in words:
        return None
    return parse_day(words, today, past=True)
