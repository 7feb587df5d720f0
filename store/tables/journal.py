"""What makes changes undoable, and the board's own choices."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.rules import fields
from store.tables.columns import Numbered, later_text, one_of


class Setting(Numbered, table=True):
    """A choice that belongs to this board, such as a lane sorted by hand."""

    name: str = Field(max_length=64, unique=True)
    value: str = Field(max_length=200)


CHANGE_STATES = ("done", "undone", "dropped", "step")


class Change(Numbered, table=True):
    """One action of the user: one transaction, one entry of the timeline, one step of undo.

    A `step` is an undo or redo itself: it has no images and moves its target between done and
    undone. `dropped` changes were undone and then overtaken by a new one. `made_by` names who made
    it, such as “assistant deskmate”; it is empty where the user did.
    """

    __table_args__ = (
        one_of("state", CHANGE_STATES),
        Index("ix_change_state", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    at: datetime
    happened_on: date
    verb: str = Field(max_length=32)
    summary: str = Field(max_length=500)
    state: str = "done"
    target_id: int | None = None
    made_by: str = later_text(fields.MADE_BY.limit)


class RowImage(Numbered, table=True):
    """One row that a change touched, before and after, as JSON; null where it did not exist.

    Of a row that was there before and after, only the columns that differ are kept; versions up to
    0.1.0 kept all. Of changes that are too old to be undone no image is kept.
    """

    __tablename__ = "row_image"
    __table_args__ = ({"sqlite_autoincrement": True},)

    change_id: int = Field(foreign_key="change.id", index=True, ondelete="CASCADE")
    application_id: int | None = Field(default=None, index=True)
    table_name: str = Field(max_length=32)
    row_id: int
    before: str | None = None
    after: str | None = None


class TimelineEntry(SQLModel, table=True):
    """That a change without images any more is told in the timeline of an application.

    It points to no row: the application may be deleted, and come back.
    """

    __tablename__ = "timeline_entry"
    __table_args__ = ({"sqlite_with_rowid": False},)

    application_id: int = Field(primary_key=True)
    change_id: int = Field(primary_key=True)
