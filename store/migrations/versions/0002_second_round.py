"""Interviews in full: contacts, interviewers, debriefs, points, drafts, the offer, criteria.

Columns are added in place: a table made anew would forget which ids were ever given. The people
written into an interview become contacts of its application; the written line stays.
"""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

OPEN_FOLLOW_UP = """
CREATE VIEW open_follow_up AS
SELECT f.id, f.application_id, a.company, a.role, a.stage, a.outcome, a.dormant_on,
       f.interview_id, f.rule, f.action, f.label,
       coalesce(f.snoozed_to, f.due_on) AS day,
       f.due_on,
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END AS due_at,
       f.not_before, f.late_until, f.lapses_at, f.reason, f.nth, f.of, f.snoozed_to, f.person
FROM follow_up f JOIN application a ON a.id = f.application_id
WHERE f.state = 'open'
"""
BETWEEN_PEOPLE = re.compile(r"\s*(?:[,;&\n]|\band\b)\s*", re.IGNORECASE)
LONGEST_NAME = 200


def upgrade() -> None:
    """Adds to the first board; each step is SQL that PostgreSQL knows as well."""
    _application()
    _interview()
    _people()
    _debriefs()
    _drafts_and_criteria()
    op.create_index("ix_message_interview_id", "message", ["interview_id"])
    op.create_index("ix_message_follow_up_id", "message", ["follow_up_id"])
    # With the instant as well: what is not due yet is passed over without reading its row.
    op.drop_index("ix_follow_up_due", "follow_up")
    op.create_index("ix_follow_up_due", "follow_up", ["state", "due_on", "lapses_at", "due_at"])
    op.execute("DROP VIEW open_follow_up")
    op.execute(OPEN_FOLLOW_UP)
    _count_rounds()
    _make_contacts()


def _application() -> None:
    op.execute(
        "ALTER TABLE application ADD COLUMN offer_kind VARCHAR DEFAULT '' NOT NULL "
        "CONSTRAINT offer_kind_known CHECK (offer_kind IN ('', 'verbal', 'written'))"
    )
    for column in (
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("preset", sa.String(32), server_default="", nullable=False),
        sa.Column("offer_letter_on", sa.Date()),
        sa.Column("offer_signed_on", sa.Date()),
        sa.Column("extension_asked_on", sa.Date()),
        sa.Column("reference_check_on", sa.Date()),
        sa.Column("counter_sent_on", sa.Date()),
        sa.Column("feedback_asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("thanked_rejection_on", sa.Date()),
        sa.Column("stay_in_touch", sa.Boolean(), server_default=sa.true(), nullable=False),
    ):
        op.add_column("application", column)


def _interview() -> None:
    op.execute(
        "ALTER TABLE interview ADD COLUMN round INTEGER DEFAULT 1 NOT NULL "
        "CONSTRAINT round_counted CHECK (round BETWEEN 1 AND 1000)"
    )
    op.execute(
        "ALTER TABLE interview ADD COLUMN moved_times INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT moved_counted CHECK (moved_times >= 0)"
    )
    for column in (
        sa.Column("offered_slots_on", sa.Date()),
        sa.Column("kept", sa.Boolean()),
        sa.Column("debriefed_on", sa.Date()),
        sa.Column("debrief_left", sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column("interview", column)


def _people() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("link", sa.String(2000), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("common_ground", sa.String(1000), nullable=False),
        sa.Column("background", sa.String(2000), nullable=False),
        sa.CheckConstraint(
            "relation IN ('recruiter', 'manager', 'interviewer', 'employee', 'reference', "
            "'alumni', 'other')",
            name="relation_known",
        ),
        sa.CheckConstraint("name <> ''", name="named"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_application_id", "contact", ["application_id"])
    op.create_table(
        "interviewer",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        _of("interview", nullable=False, ondelete="CASCADE"),
        _of("contact", nullable=False, ondelete="CASCADE"),
        sa.Column("point", sa.String(500), nullable=False),
        sa.UniqueConstraint("interview_id", "contact_id", name="there_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interviewer_application_id", "interviewer", ["application_id"])
    op.create_index("ix_interviewer_contact_id", "interviewer", ["contact_id"])


def _debriefs() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        _of("interview", nullable=False, ondelete="CASCADE"),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("mood", sa.Integer()),
        sa.Column("wish", sa.Integer()),
        sa.Column("signals", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(500), nullable=False),
        sa.Column("promised_by", sa.Date()),
        sa.Column("promised_text", sa.String(200), nullable=False),
        sa.Column("remarks", sa.String(20000), nullable=False),
        sa.CheckConstraint("mood BETWEEN 1 AND 5", name="mood_in_range"),
        sa.CheckConstraint("wish BETWEEN 1 AND 5", name="wish_in_range"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_debrief_application_id", "debrief", ["application_id"])
    op.create_index("ix_debrief_interview_id", "debrief", ["interview_id"], unique=True)
    op.create_table(
        "point",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        _of("interview", nullable=True, ondelete="SET NULL"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("detail", sa.String(4000), nullable=False),
        sa.Column("felt", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("link", sa.String(2000), nullable=False),
        sa.Column(
            "answers_id",
            sa.Integer(),
            sa.ForeignKey("point.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
        ),
        sa.CheckConstraint(
            "kind IN ('news', 'project', 'culture', 'concern', 'research', 'networking', "
            "'skill', 'asked', 'topic', 'achievement', 'question', 'story', 'requirement', "
            "'my_promise', 'their_promise', 'component', 'condition', 'counter')",
            name="kind_known",
        ),
        sa.CheckConstraint("state IN ('open', 'addressed', 'done')", name="state_known"),
        sa.CheckConstraint("text <> ''", name="said"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_point_application_id", "point", ["application_id"])
    op.create_index("ix_point_interview_id", "point", ["interview_id"])
    op.create_index("ix_point_answers_id", "point", ["answers_id"])


def _drafts_and_criteria() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        _of("follow_up", nullable=True, ondelete="SET NULL"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.String(20000), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_application_id", "draft", ["application_id"])
    op.create_index("ix_draft_follow_up_id", "draft", ["follow_up_id"], unique=True)
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False, unique=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name="weight_in_range"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_application(),
        _of("criterion", nullable=False, ondelete="CASCADE"),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.UniqueConstraint("application_id", "criterion_id", name="scored_once"),
        sa.CheckConstraint("value BETWEEN 0 AND 10", name="value_in_range"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_score_criterion_id", "score", ["criterion_id"])


def _count_rounds() -> None:
    """Numbers the interviews of each application, also in the journal: undo brings them back so."""
    op.execute(
        "UPDATE interview SET round = (SELECT count(*) FROM interview AS earlier "
        "WHERE earlier.application_id = interview.application_id AND earlier.id <= interview.id)"
    )
    connection = op.get_bind()
    images = connection.execute(
        sa.text(
            "SELECT id, application_id, row_id, before, after FROM row_image "
            "WHERE table_name = 'interview' ORDER BY row_id, id"
        )
    ).all()
    ids: dict[int, set[int]] = {}
    for image in images:
        ids.setdefault(image.application_id, set()).add(image.row_id)
    present = {
        row.id: row.round for row in connection.execute(sa.text("SELECT id, round FROM interview"))
    }
    for image in images:
        gone = sum(other <= image.row_id for other in ids[image.application_id])
        counted = present.get(image.row_id, gone)
        connection.execute(
            sa.text("UPDATE row_image SET before = :before, after = :after WHERE id = :id"),
            {
                "id": image.id,
                "before": _with_round(image.before, counted),
                "after": _with_round(image.after, counted),
            },
        )


def _with_round(image: str | None, counted: int) -> str | None:
    if image is None:
        return None
    return json.dumps(
        json.loads(image) | {"round": counted}, ensure_ascii=False, separators=(",", ":")
    )


def _make_contacts() -> None:
    """A contact for each name written into an interview, the same one for the same name."""
    connection = op.get_bind()
    interviews = connection.execute(
        sa.text("SELECT id, application_id, people FROM interview WHERE people <> '' ORDER BY id")
    ).all()
    known: dict[tuple[int, str], int] = {}
    for interview in interviews:
        here: set[int] = set()
        for name in _named(interview.people):
            key = (interview.application_id, name.casefold())
            if key not in known:
                known[key] = _insert(
                    "contact",
                    application_id=interview.application_id,
                    name=name,
                    title="",
                    email="",
                    phone="",
                    link="",
                    relation="interviewer",
                    common_ground="",
                    background="",
                )
            if known[key] not in here:
                here.add(known[key])
                _insert(
                    "interviewer",
                    application_id=interview.application_id,
                    interview_id=interview.id,
                    contact_id=known[key],
                    point="",
                )


def _named(people: str) -> list[str]:
    """The names in "Ana, Bo and Cy"; one that is too long for a name is cut, the line is not."""
    names = (name.strip()[:LONGEST_NAME].rstrip() for name in BETWEEN_PEOPLE.split(people))
    return [name for name in names if name]


def _insert(table: str, **values: object) -> int:
    columns = ", ".join(values)
    slots = ", ".join(f":{name}" for name in values)
    connection = op.get_bind()
    connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({slots})"), values)
    row_id: int = connection.execute(sa.text(f"SELECT max(id) FROM {table}")).scalar_one()
    return row_id


def _of_application() -> sa.Column[int]:
    return _of("application", nullable=False, ondelete="CASCADE")


def _of(table: str, *, nullable: bool, ondelete: str) -> sa.Column[int]:
    return sa.Column(
        f"{table}_id",
        sa.Integer(),
        sa.ForeignKey(f"{table}.id", ondelete=ondelete),
        nullable=nullable,
    )
