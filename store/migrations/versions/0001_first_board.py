"""The first board: all tables, their checks and indexes, and the two views that reading uses.

Spelled out in full, so that it stays what it was when the tables of `store.tables` move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BOARD_CARD = """
CREATE VIEW board_card AS
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by,
       offer_deadline_on, offer_deadline_at, dormant_on, close_suggested_on, position
FROM application
"""

OPEN_FOLLOW_UP = """
CREATE VIEW open_follow_up AS
SELECT f.id, f.application_id, a.company, a.role, a.stage, a.outcome, a.dormant_on,
       f.interview_id, f.rule, f.action, f.label,
       coalesce(f.snoozed_to, f.due_on) AS day,
       f.due_on,
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END AS due_at,
       f.not_before, f.late_until, f.lapses_at, f.reason, f.nth, f.of, f.snoozed_to
FROM follow_up f JOIN application a ON a.id = f.application_id
WHERE f.state = 'open'
"""


def upgrade() -> None:
    """Makes the board; each step is SQL that PostgreSQL knows as well."""
    _application()
    _interview()
    _follow_up()
    _history()
    _margin_notes()
    _journal()
    op.execute(BOARD_CARD)
    op.execute(OPEN_FOLLOW_UP)


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("applied_on", sa.Date()),
        sa.Column("position", sa.Float()),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("salary", sa.String(200), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(200), nullable=False),
        sa.Column("contact_email", sa.String(320), nullable=False),
        sa.Column("channel", sa.String(100), nullable=False),
        sa.Column("cv_version", sa.String(200), nullable=False),
        sa.Column("letter_version", sa.String(200), nullable=False),
        sa.Column("via_recruiter", sa.String(200), nullable=False),
        sa.Column("no_contact", sa.Boolean(), nullable=False),
        sa.Column("posted_on", sa.Date()),
        sa.Column("closing_on", sa.Date()),
        sa.Column("posting_text", sa.String(40000), nullable=False),
        sa.Column("expected_by", sa.Date()),
        sa.Column("expected_set_on", sa.Date()),
        sa.Column("expected_text", sa.String(200), nullable=False),
        sa.Column("next_step", sa.String(500), nullable=False),
        sa.Column("why_role", sa.String(4000), nullable=False),
        sa.Column("why_company", sa.String(4000), nullable=False),
        sa.Column("offered_on", sa.Date()),
        sa.Column("offered_at", sa.DateTime(timezone=True)),
        sa.Column("offer_acknowledged_on", sa.Date()),
        sa.Column("offer_deadline_on", sa.Date()),
        sa.Column("offer_deadline_at", sa.DateTime(timezone=True)),
        sa.Column("offer_deadline_set_on", sa.Date()),
        sa.Column("outcome", sa.String()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("lesson_keep", sa.String(1000), nullable=False),
        sa.Column("lesson_change", sa.String(1000), nullable=False),
        sa.Column("dormant_on", sa.Date()),
        sa.Column("close_suggested_on", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stage IN ('applied', 'first', 'second', 'offer')", name="stage_known"),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'declined', 'rejected', 'withdrawn', 'no-response', "
            "'cancelled')",
            name="outcome_known",
        ),
        sa.CheckConstraint("company <> '' AND role <> ''", name="named"),
        sa.CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name="closed_whole"),
        sa.CheckConstraint("stage_since >= applied_on", name="stage_after_application"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_application_company", "application", ["company"])
    op.create_index("ix_application_board", "application", ["outcome", "stage"])


def _interview() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("logged_on", sa.Date(), nullable=False),
        sa.Column("invited_on", sa.Date()),
        sa.Column("invited_at", sa.DateTime(timezone=True)),
        sa.Column("answered_on", sa.Date()),
        sa.Column("starts_at", sa.DateTime(timezone=True)),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("place", sa.String(2000), nullable=False),
        sa.Column("people", sa.String(500), nullable=False),
        sa.Column("formats", sa.String(), nullable=False),
        sa.CheckConstraint("stage IN ('first', 'second')", name="stage_known"),
        sa.CheckConstraint("status IN ('invited', 'confirmed', 'cancelled')", name="status_known"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
        sa.CheckConstraint(
            "status <> 'confirmed' OR starts_at IS NOT NULL", name="confirmed_timed"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interview_application_id", "interview", ["application_id"])
    op.create_index("ix_interview_starts_at", "interview", ["starts_at"])


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("interview_id", sa.Integer(), sa.ForeignKey("interview.id", ondelete="CASCADE")),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("anchor", sa.String(64), nullable=False),
        sa.Column("person", sa.String(500), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("late_until", sa.DateTime(timezone=True)),
        sa.Column("lapses_at", sa.DateTime(timezone=True)),
        sa.Column("snoozed_to", sa.Date()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.CheckConstraint("state IN ('open', 'done', 'skipped')", name="state_known"),
        sa.CheckConstraint("nth BETWEEN 1 AND of", name="nth_of"),
        sa.UniqueConstraint("application_id", "rule", "anchor", "person", "nth", name="once"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_application", "follow_up", ["application_id", "state"])
    op.create_index("ix_follow_up_interview_id", "follow_up", ["interview_id"])
    op.create_index("ix_follow_up_due", "follow_up", ["state", "due_on", "lapses_at"])
    op.create_index("ix_follow_up_snoozed", "follow_up", ["state", "snoozed_to"])


def _history() -> None:
    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("from_stage", sa.String()),
        sa.Column("to_stage", sa.String(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "from_stage IS NULL OR from_stage IN ('applied', 'first', 'second', 'offer')",
            name="from_stage_known",
        ),
        sa.CheckConstraint(
            "to_stage IN ('applied', 'first', 'second', 'offer')", name="to_stage_known"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stage_move_application_id", "stage_move", ["application_id"])
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("interview_id", sa.Integer(), sa.ForeignKey("interview.id", ondelete="SET NULL")),
        sa.Column("follow_up_id", sa.Integer(), sa.ForeignKey("follow_up.id", ondelete="SET NULL")),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name="direction_known"),
        sa.CheckConstraint(
            "kind IN ('reply', 'automatic', 'invitation', 'date_given', 'offer', 'rejection', "
            "'application', 'answer', 'nudge', 'thank_you', 'acknowledgement', 'other')",
            name="kind_known",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_application_id", "message", ["application_id"])


def _margin_notes() -> None:
    op.create_table(
        "tip_tick",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("tip", sa.String(8), nullable=False),
        sa.Column("ticked_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("application_id", "tip", name="ticked_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(20000), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_application_id", "note", ["application_id"])
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("value", sa.String(200), nullable=False),
    )


def _journal() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("verb", sa.String(32), nullable=False),
        sa.Column("summary", sa.String(500), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer()),
        sa.CheckConstraint("state IN ('done', 'undone', 'dropped', 'step')", name="state_known"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_state", "change", ["state", "id"])
    op.create_table(
        "row_image",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "change_id",
            sa.Integer(),
            sa.ForeignKey("change.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("application_id", sa.Integer()),
        sa.Column("table_name", sa.String(32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String()),
        sa.Column("after", sa.String()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_row_image_change_id", "row_image", ["change_id"])
    op.create_index("ix_row_image_application_id", "row_image", ["application_id"])


def _of_application() -> sa.Column[int]:
    return sa.Column(
        "application_id",
        sa.Integer(),
        sa.ForeignKey("application.id", ondelete="CASCADE"),
        nullable=False,
    )
