"""A week looked back on: what counts as an answer, when an application is silent.

What was sent is whatever left: applications, and messages to those who decide. An answer is a sign
of a person there, good or bad; an automatic reply is none.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from store.rules.last_heard import SILENT_DAYS
from store.rules.weekly.weeks import Week


class Part(StrEnum):
    """The parts of a review, in their order; the value is the title."""

    SENT = "Sent"
    ANSWERED = "Answered"
    SILENT = "Silent"
    NEXT = "Next week"
    REMINDERS = "Reminders"
    PROMISES = "Promises"
    LESSONS = "Lessons"
    SWEEP = "To sweep"


NONE: Mapping[Part, str] = {
    Part.SENT: "Nothing was sent.",
    Part.ANSWERED: "No answers.",
    Part.SILENT: "Nothing has fallen silent.",
    Part.NEXT: "Nothing is planned.",
    Part.REMINDERS: "No reminders.",
    Part.PROMISES: "No open promises.",
    Part.LESSONS: "No lessons were noted.",
    Part.SWEEP: "Nothing to sweep.",
}
"""What stands below the title of a part without lines."""

SENT: Mapping[str, str] = {
    "application": "application",
    "answer": "reply",
    "nudge": "follow-up",
    "thank_you": "thank-you note",
    "acknowledgement": "thanks for the offer",
    "other": "message",
}
"""What was sent, by the kinds of messages that go out."""

ANSWERS: Mapping[str, str] = {
    "offer": "made an offer",
    "rejection": "rejected",
    "cancelled": "cancelled the position",
    "invitation": "invited you to an interview",
    "moved": "moved on to {stage}",
    "date_given": "gave a date",
    "reply": "replied",
}
"""What an answer is called, the one that says most first."""


def main_answer(kinds: Iterable[str]) -> str:
    """Of several answers in a week the one that says most; ValueError without any that counts."""
    order = list(ANSWERS)
    return min(kinds, key=order.index)


def silent_since(heard: Iterable[date], sent_on: date | None, until: date) -> date | None:
    """The last day on which something was heard, or on which it was sent, where that is
    `SILENT_DAYS` days ago on the day `until`, or longer; else None.

    None too where it is not known when it was sent and nothing was ever heard.
    """
    days = [day for day in heard if day <= until]
    last = max([*days, *([sent_on] if sent_on is not None else [])], default=None)
    return last if last is not None and (until - last).days >= SILENT_DAYS else None


def fell_silent_in(week: Week, since: date) -> bool:
    """Whether the silence that began on `since` became one in `week`."""
    return since + timedelta(days=SILENT_DAYS) in week
