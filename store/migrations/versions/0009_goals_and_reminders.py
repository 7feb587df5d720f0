"""Goals for a week, and reminders that belong to no card. An older board has none.

What a week is made of is found by its days, which get indexes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds two tables and two indexes."""
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('applications', 'follow_ups', 'interviews', 'contacts')", name="kind_known"
        ),
        sa.CheckConstraint("number BETWEEN 0 AND 999", name="number_in_range"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "from_on", name="set_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("begins_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("every", sa.String(16), nullable=False),
        sa.Column("snoozed_to", sa.Date()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'done')", name="state_known"),
        sa.CheckConstraint(
            "every IN ('', 'day', 'week', 'two_weeks', 'month')", name="every_known"
        ),
        sa.CheckConstraint("text <> ''", name="said"),
        sa.CheckConstraint("(begins_on IS NULL) = (due_on IS NULL)", name="day_whole"),
        sa.CheckConstraint("every = '' OR due_on IS NOT NULL", name="every_from_a_day"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminder_due", "reminder", ["state", "due_on"])
    op.create_index("ix_application_applied_on", "application", ["applied_on"])
    op.create_index("ix_follow_up_done_on", "follow_up", ["done_on"])
