"""Times in the words of a follow-up, told by the reader's clocks.

The rules word a label and a reason by the clocks of the place where they planned. Where the board
is read in another zone, the instant that is meant is known, and its time is worded again.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from store.rules.dates import MONTHS, WEEKDAYS, clock_time, short_day

_DAYS = "|".join(name[:3] for name in WEEKDAYS)
_MONTHS = [name[:3] for name in MONTHS]
_TIMED = re.compile(
    rf"\b(?:{_DAYS}) (\d{{1,2}}) ({'|'.join(_MONTHS)})(?: \d{{4}})? (\d\d):(\d\d)\b"
)
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-12)
_QUARTER = timedelta(minutes=15)
"""Clocks of the world differ by whole quarters of an hour."""

Moments = Callable[[], Iterable[datetime]]


def reword(text: str, moments: Moments, zone: tzinfo) -> str:
    """`text` with each “Fri 4 Dec 17:00” in it told by the clocks of `zone`.

    Args:
        moments: gives the instants that the text can mean; only asked where it tells a time. One
            counts where some clock of the world shows at that instant what the text says.
    """
    if ":" not in text or _TIMED.search(text) is None:
        return text
    known = [moment.astimezone(UTC) for moment in moments()]

    def told(found: re.Match[str]) -> str:
        moment = next((one for one in known if _is_shown(found, one)), None)
        if moment is None:
            return found[0]
        local = moment.astimezone(zone)
        return f"{short_day(local.date(), local.date())} {clock_time(local)}"

    return _TIMED.sub(told, text)


def _is_shown(found: re.Match[str], moment: datetime) -> bool:
    """Whether some clock shows at `moment` the day and the time that were found."""
    day, month = int(found[1]), _MONTHS.index(found[2]) + 1
    for year in (moment.year - 1, moment.year, moment.year + 1):
        try:
            shown = datetime(year, month, day, int(found[3]), int(found[4]), tzinfo=UTC)
        except ValueError:
            continue
        apart = shown - moment.replace(second=0, microsecond=0)
        if _WESTMOST <= apart <= _EASTMOST and apart % _QUARTER == timedelta(0):
            return True
    return False
