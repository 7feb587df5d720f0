"""What has arrived: postings on the shelf, which nobody has answered yet, and messages that wait
for a word on what they mean."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.rules import fields
from store.rules.fields import APPLICATION, MAIL
from store.tables.columns import Numbered, one_of, text_column


class Posting(Numbered, table=True):
    """A job advertisement that waits until an application is made of it, or it is dropped.

    Its row goes with either; undo brings it back. `requirements` are what may become points to
    prepare then, as a JSON array of strings.
    """

    __table_args__ = (
        CheckConstraint("company <> '' AND role <> ''", name="named"),
        {"sqlite_autoincrement": True},
    )

    company: str = Field(max_length=fields.APPLICATION["company"].limit)
    role: str = Field(max_length=fields.APPLICATION["role"].limit)
    location: str = text_column(APPLICATION["location"])
    url: str = text_column(APPLICATION["url"])
    source: str = text_column(APPLICATION["source"])
    salary: str = text_column(APPLICATION["salary"])
    tags: str = Field(default="[]", description="JSON array of strings")
    posted_on: date | None = None
    closing_on: date | None = Field(default=None, index=True)
    posting_text: str = text_column(APPLICATION["posting_text"])
    requirements: str = Field(default="[]", description="JSON array of strings")
    taken_on: date
    created_at: datetime
    updated_at: datetime


MAIL_STATES = ("waiting", "taken", "dropped")


class Mail(Numbered, table=True):
    """A message that means something for an application.

    `key` tells it from all others for good, so that none is proposed twice. Of one that was
    `taken` or `dropped` nothing else is kept here: what it said is in the log of its application.
    `event` is its calendar entry as JSON.
    """

    __table_args__ = (one_of("state", MAIL_STATES), {"sqlite_autoincrement": True})

    key: str = Field(max_length=40, unique=True)
    state: str = "waiting"
    came_on: date
    sent_at: datetime
    name: str = text_column(MAIL["name"])
    address: str = text_column(MAIL["address"])
    subject: str = text_column(MAIL["subject"])
    text: str = text_column(MAIL["text"])
    event: str = text_column(MAIL["event"])
    bulk: bool = False
    automatic: bool = False
