"""Messages that came in and wait for a word on what they mean."""

from datetime import date, datetime

from sqlmodel import Field

from store.rules.fields import MAIL
from store.tables.columns import Numbered, one_of, text_column

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
