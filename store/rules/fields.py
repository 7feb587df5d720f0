"""The fields that people fill in, with their limits: said once, for tables, forms and imports."""

from collections.abc import Mapping
from typing import NamedTuple


class Field(NamedTuple):
    """One text field: its name in the table, its label, its limit in characters.

    An `address` takes an email address or nothing.
    """

    name: str
    label: str
    limit: int
    many_lines: bool = False
    required: bool = False
    address: bool = False


APPLICATION = {
    field.name: field
    for field in (
        Field("company", "Company", 200, required=True),
        Field("role", "Role", 200, required=True),
        Field("location", "Location", 200),
        Field("url", "Posting", 2_000),
        Field("source", "Source", 100),
        Field("salary", "Salary", 200),
        Field("contact_name", "Contact", 200),
        Field("contact_email", "Email", 320, address=True),
        Field("channel", "Applied through", 100),
        Field("cv_version", "CV sent", 200),
        Field("letter_version", "Cover letter sent", 200),
        Field("via_recruiter", "Recruiter", 200),
        Field("expected_text", "What they said", 200),
        Field("next_step", "Next step", 500),
        Field("why_role", "Why this role", 4_000, many_lines=True),
        Field("why_company", "Why this company", 4_000, many_lines=True),
        Field("posting_text", "Job posting (full text)", 40_000, many_lines=True),
        Field("reason", "Reason", 1_000),
        Field("lesson_keep", "One thing to keep", 1_000),
        Field("lesson_change", "One thing to change", 1_000),
    )
}
LABELS = {name: field.label for name, field in APPLICATION.items()} | {
    "applied_on": "Applied",
    "tags": "Tags",
    "closing_on": "Closing date",
    "expected_by": "They decide by",
    "posted_on": "Posted",
    "contact_relation": "Relation",
    "preset": "Follow-ups",
    "no_contact": "No contact",
}
"""The labels of all that the form of an application holds."""
NOUNS: dict[str, str] = {name: label.lower() for name, label in LABELS.items()} | {
    "applied_on": "application date",
    "expected_by": "decision date",
    "posted_on": "posting date",
    "cv_version": "CV sent",
}
"""What a field is called within a sentence."""
LESSON = {"reason": LABELS["reason"], "lesson_keep": "Keep", "lesson_change": "Change"}
"""What an end leaves, by the short labels under which it stands together."""
CONTACT = {
    field.name: field
    for field in (
        Field("name", "Name", 200, required=True),
        Field("title", "Title", 200),
        Field("email", "Email", 320, address=True),
        Field("phone", "Phone", 60),
        Field("link", "Link", 2_000),
        Field("common_ground", "Common ground", 1_000),
        Field("background", "Background", 2_000),
    )
}
POINT = {
    field.name: field
    for field in (
        Field("text", "Text", 500, required=True),
        Field("detail", "Detail", 4_000, many_lines=True),
        Field("link", "Link", 2_000),
    )
}
DEBRIEF = {
    field.name: field
    for field in (
        Field("next_step", "Next step", 500),
        Field("promised_text", "What they said", 200),
        Field("remarks", "Notes", 20_000, many_lines=True),
    )
}
MARKS = {"mood": "Gut feeling", "wish": "Still interested"}
"""The labels of what a debrief marks from 1 to 5."""
TAG = Field("tag", "Tag", 40)
TAGS_AT_MOST = 20
NOTE = Field("text", "Note", 20_000, many_lines=True, required=True)
MESSAGE = Field("text", "What they wrote", 4_000, many_lines=True)
MAIL = {
    field.name: field
    for field in (
        Field("name", "From", 200),
        Field("address", "Address", 320),
        Field("subject", "Subject", 300),
        Field("text", "Text", 20_000, many_lines=True),
        Field("event", "Calendar entry", 8_000),
    )
}
"""What is kept of a message while it waits to be confirmed."""
CALENDAR_UID = Field("calendar_uid", "Calendar entry", 255)
MADE_BY = Field("made_by", "Made by", 80)
"""Who made a change, where it was not the user."""
PLACE = Field("place", "Place or link", 2_000)
PEOPLE = Field("people", "With", 500)
MENTION = Field("point", "What to mention", 500)
ASSIGNMENT = Field("title", "Task", 200, required=True)
REMARKS = Field("remarks", "Notes", 4_000, many_lines=True)
DRAFT = Field("text", "Draft", 20_000, many_lines=True)
CRITERION = Field("name", "Criterion", 100, required=True)
SEARCH_NAME = Field("name", "Name of the search", 40, required=True)
SEARCH = Field("query", "Search", 200, required=True)
REQUIREMENTS = Field("requirements", "Requirements", 10_000, many_lines=True)
REMINDER = Field("label", "Reminder", 200, required=True)

ON_THE_CARD = ("company", "role", "location", "url", "source", "salary")
"""The texts that the card has, and not its page alone."""
TASK_KINDS: Mapping[str, str] = {"take_home": "Take-home", "assessment": "Assessment"}
"""What a task may be, with the words for it."""
