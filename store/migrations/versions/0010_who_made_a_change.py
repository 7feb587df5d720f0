"""Who made a change, where it was not the user.

Before, everything was done by the user's own hand.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds a column in place, as in 0002."""
    op.add_column(
        "change", sa.Column("made_by", sa.String(80), server_default=sa.text("''"), nullable=False)
    )
