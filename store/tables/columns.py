"""Columns and checks that several tables have in common."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, false, text, true
from sqlmodel import Field, SQLModel

from store.rules import fields


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """`column` holds one of `values`, or nothing."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def between(column: str, least: int, most: int, name: str) -> CheckConstraint:
    """`column` holds a whole number from `least` to `most`, or nothing."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {most}", name=name)


def text_column(field: fields.Field) -> str:
    """A text with the limit of `field`; empty when not known."""
    column: str = Field(default="", max_length=field.limit)
    return column


def of_application(index: bool = True) -> int:
    """The application that a row belongs to, and with which it goes."""
    column: int = Field(foreign_key="application.id", index=index, ondelete="CASCADE")
    return column


def later_text(limit: int | None = None) -> str:
    """A text column that came to a table later: the rows of before have it empty."""
    column: str = Field(
        default="", max_length=limit, sa_column_kwargs={"server_default": text("''")}
    )
    return column


def later_switch(value: bool = False) -> bool:
    """A yes or no that came to a table later: the rows of before have `value`."""
    default = true() if value else false()
    column: bool = Field(default=value, sa_column_kwargs={"server_default": default})
    return column


def later_number(value: int) -> int:
    """A whole number that came to a table later: the rows of before have `value`."""
    column: int = Field(default=value, sa_column_kwargs={"server_default": text(str(value))})
    return column


class Numbered(SQLModel):
    """A row with an id; the table is called like the class, unless that says something else."""

    id: int | None = Field(default=None, primary_key=True)


class OfApplication(Numbered):
    """A row that belongs to an application."""

    application_id: int = of_application()
