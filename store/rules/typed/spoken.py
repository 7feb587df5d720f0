"""Times as people say them, in figures: “half past six”, “3 o'clock”, “tonight at 7”.

What is rewritten stands for the same in the grammar of `rules.typed.times`; all else is kept.
"""

import re

from store.rules.text import Refused, quoted
from store.rules.typed.day_grammar import MONTH, NUMBER_WORDS

_NUMBERS = "|".join(NUMBER_WORDS)
_HOUR = rf"(\d{{1,2}}|{_NUMBERS})"
_PAST_OR_TO = re.compile(rf"\b(half past|(?:a )?quarter (?:past|to)) {_HOUR}\b(?![:.]\d)", re.I)
_O_CLOCK = re.compile(rf"(?<!\S)(?:at )?{_HOUR} ?o ?['’]? ?clock\b", re.I)
_AT_WORD = re.compile(
    rf"\bat ({_NUMBERS})(?=$|,| (?:with|in the|tonight|on|tomorrow|today|sharp)\b)", re.I
)
_NOON = re.compile(r"\b(?:12(?:[:.]00)? ?(?:noon|midday)|(?:noon|midday),? 12(?:[:.]00)?)\b", re.I)
_AT_SIGN = re.compile(r"(?<!\S)@ ?(?=\d)")
_HOURS_MARK = re.compile(r"(?<!\S)(\d{1,2}[:.]\d\d) ?h\b", re.I)
_FORTNIGHT = re.compile(r"\b(?:a|one|1) fortnight\b", re.I)
_PART_OF_DAY = re.compile(
    r"\b(?:(tonight)|(this) (morning|afternoon|evening)|in the (morning|afternoon|evening)"
    r"(?=$|,| (?:with|at|on|in|by|for|via|\d))"
    r"|at (night)|(?<=tomorrow )(morning|afternoon|evening|night)"
    r"|(?:(?<=day )|(?<=(?:mon|tue|wed|thu|fri|sat|sun) ))(morning|afternoon|evening|night))"
    r"(?![\w-])",
    re.I,
)
_CLOCK = re.compile(r"(?<![\w:.])(\d{1,2})[:.](\d\d)(?![\w:.-])(?! ?[ap]\.?m)", re.I)
_AT_HOUR = re.compile(r"(?<!\S)at (\d{1,2})(?![\w:.-])(?! ?[ap]\.?m)", re.I)
_BARE = re.compile(
    rf"(?<!\S)(?<!jan )(?<!feb )(?<!mar )(?<!apr )(?<!may )(?<!jun )(?<!jul )(?<!aug )(?<!sep )"
    rf"(?<!oct )(?<!nov )(?<!dec )(\d{{1,2}})(?=$|,| )(?! ?(?:[ap]\.?m|{MONTH}|[a-z]+s?\b ago))",
    re.I,
)
_AHEAD = re.compile(r" ?,? ?(?:at )?(\d{1,2})(?:[:.]\d\d)?(?![\w:.-])(?! ?[ap]\.?m)", re.I)
_NIGHT_BEGINS = 5


def in_figures(line: str) -> str:
    """`line` with the times that it tells in words written as figures.

    Refused for an hour that is not in the part of the day beside it.
    """
    line = _NOON.sub("noon", line)
    line = _AT_SIGN.sub("at ", line)
    line = _HOURS_MARK.sub(r"\1", line)
    line = _FORTNIGHT.sub("2 weeks", line)
    line = _PAST_OR_TO.sub(_in_figures, line)
    line = _O_CLOCK.sub(lambda found: f"at {_number(found[1])}", line)
    line = _AT_WORD.sub(lambda found: f"at {_number(found[1])}", line)
    return _with_half(line)


def _in_figures(found: re.Match[str]) -> str:
    hour, before = _number(found[2]), found[1].lower().split()
    if not 1 <= hour <= 12:
        return found[0]
    minutes = 30 if "half" in before else 15 if "past" in before else 45
    if before[-1] == "to":
        hour = 12 if hour == 1 else hour - 1
    return f"{hour}:{minutes:02}"


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBER_WORDS.index(word.lower()) + 1


def _with_half(line: str) -> str:
    """The line without the part of the day that it names, and that half with its time."""
    found = _PART_OF_DAY.search(line)
    if found is None:
        return line
    part = next(word for word in found.groups() if word and word.lower() != "this").lower()
    day = "today" if found[1] or found[2] else ""
    rest = f"{line[: found.start()]}{day}{line[found.end() :]}"
    rest = re.sub(r"\s+,", ",", " ".join(rest.split()))
    ahead = f"{line[: found.start()]}{day}"
    clock = (
        _AHEAD.match(rest, len(" ".join(ahead.split())))
        or _CLOCK.search(rest)
        or _AT_HOUR.search(rest)
        or _BARE.search(rest)
    )
    if clock is None or not 1 <= int(clock[1]) <= 12:
        wrong = clock is not None and part == "morning" and int(clock[1]) > 12
        if clock is not None and wrong:
            raise Refused(f"{quoted(clock[0])} is not in the morning. Correct one of the two.")
        return rest
    hour = int(clock[1])
    if part in ("night", "tonight") and (hour < _NIGHT_BEGINS or hour == 12):
        raise Refused("That hour belongs to the next day. Write its day, and 2am or 02:00.")
    half = "am" if part == "morning" and hour != 12 else "pm"
    return f"{rest[: clock.end()]}{half}{rest[clock.end() :]}"
