"""The reminders that belong to no application, and whether there are goals: in light queries.

`rounds due` asks them, so that all imports here are light.
"""

from datetime import date

from store.errors import NotFound
from store.model.due_list import Reminder
from store.read.glance import Glance, later, safe_id
from store.read.rows import Reader, Row

_REMINDERS = """
SELECT id, text, day, every, snoozed FROM
  (SELECT id, text, coalesce(snoozed_to, due_on) AS day, every, snoozed_to IS NOT NULL AS snoozed
   FROM reminder WHERE state = 'open') AS reminders
WHERE TRUE"""
_IN_ORDER = "ORDER BY day IS NULL, day, id"


def reminders_on(glance: Glance, day: date, days: int = 0) -> tuple[Reminder, ...]:
    """The open reminders that belong to no application and are on the list of `day` and the `days`
    days after it: those for then or before by their days, then those without one.

    Raises StoreError when the file cannot be read.
    """
    return _reminders(glance, "AND (day IS NULL OR day <= :until)", until=later(day, days))


def read_reminders(glance: Glance) -> tuple[Reminder, ...]:
    """All open reminders that belong to no application, by their days."""
    return _reminders(glance, "")


def read_reminder(glance: Glance, reminder_id: int) -> Reminder:
    """One open reminder; NotFound when there is none with this id."""
    for found in _reminders(glance, "AND id = :id", id=safe_id(reminder_id)):
        return found
    from store.rules.weekly.reminders import reminder_number

    raise NotFound(f"There is no open reminder {reminder_number(reminder_id)}.")


def read_next_reminder(glance: Glance, today: date) -> Reminder | None:
    """The first open reminder of a day after today."""
    found = _reminders(glance, "AND day > :today", today=today)
    return found[0] if found else None


def _reminders(glance: Glance, which: str, **values: object) -> tuple[Reminder, ...]:
    reader = glance.reader
    known = {name: str(value) for name, value in values.items()}
    with reader.snapshot():
        rows = reader.rows(f"{_REMINDERS} {which} {_IN_ORDER}", known)
        return tuple(_reminder(reader, row) for row in rows)


def _reminder(reader: Reader, row: Row) -> Reminder:
    id_, text, day, every, snoozed = row
    return Reminder(id_, text, reader.days[day], every, bool(snoozed))


def has_goals(glance: Glance) -> bool:
    """Whether a goal was ever set: without one, nothing is loaded to count it."""
    with glance.reader.snapshot():
        return bool(glance.reader.rows("SELECT 1 FROM goal LIMIT 1"))
