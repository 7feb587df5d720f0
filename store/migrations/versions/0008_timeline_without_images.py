"""Of which applications a change tells whose images are gone.

Nothing goes with the migration itself: what is too old goes little by little, beside what is
changed from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "timeline_entry",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "change_id"),
        sqlite_with_rowid=False,
    )
