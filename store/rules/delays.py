"""How long to wait: spans of days or business days, and hours on the clock."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from store.rules.dates import add_business_days, roll_forward


@dataclass(frozen=True, slots=True)
class Delay:
    """So many calendar days, or so many business days."""

    days: int
    business: bool = False

    def after(self, day: date, holidays: Container[date]) -> date:
        """The business day on which the delay is over, counted from `day`, which does not count.

        Calendar days that end on a weekend or a holiday roll forward (knowledge A.1).
        """
        if self.business and self.days > 0:
            return add_business_days(day, self.days, holidays)
        return roll_forward(day + timedelta(days=self.days), holidays)


def hours_later(moment: datetime, hours: int, zone: tzinfo) -> datetime:
    """So many hours on the clock later (a clock change does not stretch them), in `zone`."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which `day` begins."""
    return datetime.combine(day, time(), zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The day that it is in `zone` at `moment`."""
    return moment.astimezone(zone).date()
