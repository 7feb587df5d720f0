"""What the follow-ups need to be right: who called an interview off, tasks to hand in, employers
under one name, and since when a line has been there.

Columns are added in place, as in 0002. How a name is folded is asked of the rules: whoever changes
that folds anew in a migration of its own.
"""

import json

import sqlalchemy as sa
from alembic import op

from store.rules.employers import folded_employer

revision = "0003"
down_revision = "0002"

BOARD_CARD = """
CREATE VIEW board_card AS
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by,
       offer_deadline_on, offer_deadline_at, dormant_on, close_suggested_on, position,
       employer, waiting, imported_on, starts_work_on
FROM application
"""

OPEN_FOLLOW_UP = """
CREATE VIEW open_follow_up AS
SELECT f.id, f.application_id, a.company, a.role, a.stage, a.outcome, a.dormant_on,
       f.interview_id, f.rule, f.action, f.label,
       coalesce(f.snoozed_to, f.due_on) AS day,
       f.due_on,
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END AS due_at,
       f.not_before, f.late_until, f.lapses_at, f.reason, f.nth, f.of, f.snoozed_to, f.person,
       f.late_from, f.planned_on, a.imported_on, a.employer
FROM follow_up f JOIN application a ON a.id = f.application_id
WHERE f.state = 'open'
"""


def upgrade() -> None:
    """Adds to the board; each step is SQL that PostgreSQL knows as well."""
    op.execute("DROP VIEW board_card")
    op.execute("DROP VIEW open_follow_up")
    _application()
    _interview()
    op.add_column("follow_up", sa.Column("planned_on", sa.Date()))
    op.add_column("follow_up", sa.Column("late_from", sa.DateTime(timezone=True)))
    _assignment()
    _name_employers()
    _count_rounds()
    op.execute(BOARD_CARD)
    op.execute(OPEN_FOLLOW_UP)


def _application() -> None:
    for column in (
        sa.Column("employer", sa.String(200), server_default="", nullable=False),
        sa.Column("waiting", sa.String(200), server_default="", nullable=False),
        sa.Column("imported_on", sa.Date()),
        sa.Column("reference_check_set_on", sa.Date()),
        sa.Column("offer_deadline_asked_on", sa.Date()),
        sa.Column("starts_work_on", sa.Date()),
    ):
        op.add_column("application", column)
    op.create_index("ix_application_employer", "application", ["employer"])


def _interview() -> None:
    op.execute(
        "ALTER TABLE interview ADD COLUMN called_off_by VARCHAR DEFAULT '' NOT NULL "
        "CONSTRAINT called_off_by_known CHECK (called_off_by IN ('', 'them', 'you'))"
    )
    for column in (
        sa.Column("timed_on", sa.Date()),
        sa.Column("called_off_on", sa.Date()),
        sa.Column("final", sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column("interview", column)


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "application_id",
            sa.Integer(),
            sa.ForeignKey("application.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minutes_spent", sa.Integer(), nullable=False),
        sa.Column("handed_in_on", sa.Date()),
        sa.Column("remarks", sa.String(4000), nullable=False),
        sa.CheckConstraint("stage IN ('first', 'second')", name="stage_known"),
        sa.CheckConstraint("kind IN ('take_home', 'assessment')", name="kind_known"),
        sa.CheckConstraint("title <> ''", name="titled"),
        sa.CheckConstraint("minutes_spent >= 0", name="spent"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assignment_application_id", "assignment", ["application_id"])


def _name_employers() -> None:
    """Folds each company, also in the journal: undo brings an application back with it."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, company FROM application")).all()
    if rows:
        connection.execute(
            sa.text("UPDATE application SET employer = :employer WHERE id = :id"),
            [{"id": row.id, "employer": folded_employer(row.company)} for row in rows],
        )
    images = connection.execute(
        sa.text("SELECT id, before, after FROM row_image WHERE table_name = 'application'")
    ).all()
    if images:
        connection.execute(
            sa.text("UPDATE row_image SET before = :before, after = :after WHERE id = :id"),
            [
                {
                    "id": image.id,
                    "before": _with_employer(image.before),
                    "after": _with_employer(image.after),
                }
                for image in images
            ],
        )


def _count_rounds() -> None:
    """Rounds of the process instead of a running number, also in the journal: the first stage is
    one round, and each further interview of the second one is a round of its own."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT id, application_id, stage, status, kept FROM interview ORDER BY id")
    ).all()
    rounds: dict[int, int] = {}
    held: dict[int, int] = {}
    for row in rows:
        rounds[row.id] = 1
        if row.stage == "second":
            rounds[row.id] = 2 + held.get(row.application_id, 0)
            if row.status != "cancelled" and row.kept != 0:
                held[row.application_id] = held.get(row.application_id, 0) + 1
    if rounds:
        connection.execute(
            sa.text("UPDATE interview SET round = :round WHERE id = :id"),
            [{"id": row_id, "round": number} for row_id, number in rounds.items()],
        )
    images = connection.execute(
        sa.text("SELECT id, row_id, before, after FROM row_image WHERE table_name = 'interview'")
    ).all()
    if images:
        connection.execute(
            sa.text("UPDATE row_image SET before = :before, after = :after WHERE id = :id"),
            [
                {
                    "id": image.id,
                    "before": _with_round(image.before, rounds.get(image.row_id)),
                    "after": _with_round(image.after, rounds.get(image.row_id)),
                }
                for image in images
            ],
        )


def _with_round(image: str | None, number: int | None) -> str | None:
    if image is None:
        return None
    values = json.loads(image)
    values["round"] = number or (2 if values["stage"] == "second" else 1)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _with_employer(image: str | None) -> str | None:
    if image is None:
        return None
    values = json.loads(image)
    values["employer"] = folded_employer(values["company"])
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
