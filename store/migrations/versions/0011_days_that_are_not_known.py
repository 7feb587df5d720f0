"""Whether the day of a stage, or of an end, is known.

A file from elsewhere may say how far an application came, and not when. Such a day stood as that of
the import before, and cannot be told from others any more: those of before stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BOARD_CARD = """
CREATE VIEW board_card AS
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by,
       offer_deadline_on, offer_deadline_at, dormant_on, close_suggested_on, position,
       employer, waiting, imported_on, starts_work_on, undated
FROM application
"""


def upgrade() -> None:
    """Adds columns in place, as in 0002; the view names them."""
    op.execute("DROP VIEW board_card")
    for table in ("application", "stage_move"):
        op.add_column(
            table, sa.Column("undated", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute(BOARD_CARD)
