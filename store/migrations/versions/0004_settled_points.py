"""The day on which a point was addressed or done: notice waits for the last condition of an offer.

Of those that were settled before, the day is not known.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds one column in place, as in 0002."""
    op.add_column("point", sa.Column("settled_on", sa.Date()))
