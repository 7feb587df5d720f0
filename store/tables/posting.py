"""The shelf: postings that nobody has answered yet."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.rules import fields
from store.rules.fields import APPLICATION
from store.tables.columns import Numbered, text_column


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
