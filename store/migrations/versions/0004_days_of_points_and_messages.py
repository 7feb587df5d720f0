"""The day on which a point was addressed or done, and the day that a message tells of.

Notice waits for the last condition of an offer; of those that were cleared before, the day is not
known. Who was told of another offer knows its deadline of today, as far as there is one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds two columns in place, as in 0002."""
    op.add_column("point", sa.Column("settled_on", sa.Date()))
    op.add_column("follow_up", sa.Column("names_day", sa.Date()))
    op.execute(
        "UPDATE follow_up SET names_day = (SELECT a.offer_deadline_on FROM application a "
        "WHERE follow_up.anchor = 'offer-of:' || a.id) WHERE rule = 'R16'"
    )
