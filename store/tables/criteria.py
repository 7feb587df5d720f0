"""What the user wants of a job, and how far each offer gives it."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from store.rules import fields
from store.tables.columns import between, of_application


class Criterion(SQLModel, table=True):
    """One thing that matters to the user, in every offer."""

    __tablename__ = "criterion"
    __table_args__ = (between("weight", 1, 5, "weight_in_range"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=fields.CRITERION.limit, unique=True)
    weight: int


class Score(SQLModel, table=True):
    """How far the offer of one application gives what a criterion asks for."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("application_id", "criterion_id", name="scored_once"),
        between("value", 0, 10, "value_in_range"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = of_application(index=False)
    criterion_id: int = Field(foreign_key="criterion.id", index=True, ondelete="CASCADE")
    value: int
