"""Messages that wait to be confirmed, and which calendar entry told of an interview.

Nothing came by mail before: there is no message, and no interview has an entry.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds a table, and two columns in place, as in 0002."""
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.String(20000), nullable=False),
        sa.Column("event", sa.String(8000), nullable=False),
        sa.Column("bulk", sa.Boolean(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'dropped')", name="state_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    op.add_column(
        "interview",
        sa.Column("calendar_uid", sa.String(255), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "interview",
        sa.Column("calendar_sequence", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
