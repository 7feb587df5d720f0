"""The tables. Instants are aware UTC, days are local dates, enums are text with a CHECK.

Text limits come from `store.rules.fields`; every text has gone through `store.rules.text` before
it gets here. Follow-ups are rows so that "due" is one indexed query; the rules make them.
"""

from store.tables.application import (
    OFFER_KINDS,
    Application,
    Criterion,
    EmployerName,
    Note,
    Score,
    StageMove,
    TipTick,
)
from store.tables.arriving import MAIL_STATES, Mail, Posting
from store.tables.followup import (
    FOLLOW_UP_STATES,
    MESSAGES_IN,
    MESSAGES_OUT,
    Draft,
    FollowUp,
    Message,
)
from store.tables.interview import (
    ASSIGNMENT_KINDS,
    CALLED_OFF_BY,
    INTERVIEW_STATUSES,
    Assignment,
    Contact,
    Debrief,
    Interview,
    Interviewer,
    Point,
)
from store.tables.journal import CHANGE_STATES, Change, RowImage, Setting, TimelineEntry
from store.tables.week import REMINDER_STATES, Goal, Reminder

__all__ = [
    "ASSIGNMENT_KINDS",
    "CALLED_OFF_BY",
    "CHANGE_STATES",
    "FOLLOW_UP_STATES",
    "INTERVIEW_STATUSES",
    "MAIL_STATES",
    "MESSAGES_IN",
    "MESSAGES_OUT",
    "OFFER_KINDS",
    "REMINDER_STATES",
    "Application",
    "Assignment",
    "Change",
    "Contact",
    "Criterion",
    "Debrief",
    "Draft",
    "EmployerName",
    "FollowUp",
    "Goal",
    "Interview",
    "Interviewer",
    "Mail",
    "Message",
    "Note",
    "Point",
    "Posting",
    "Reminder",
    "RowImage",
    "Score",
    "Setting",
    "StageMove",
    "TimelineEntry",
    "TipTick",
]
