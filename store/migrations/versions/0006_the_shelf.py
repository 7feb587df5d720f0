"""The shelf, where postings wait that nobody has answered yet. An older board has none."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("salary", sa.String(200), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("posted_on", sa.Date()),
        sa.Column("closing_on", sa.Date()),
        sa.Column("posting_text", sa.String(40000), nullable=False),
        sa.Column("requirements", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("company <> '' AND role <> ''", name="named"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posting_closing_on", "posting", ["closing_on"])
