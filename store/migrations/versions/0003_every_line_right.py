"""What the follow-ups need to be right: who called an interview off, tasks to hand in, employers
under one name, and since when a line has been there.

Columns are added in place, as in 0002. Two tables are made anew, with the ids that they have given
so far: the people get two more relations, and the contact that stood in the application's own row
becomes one of them, in the journal too. How a name is folded is asked of the rules: whoever changes
that folds anew in a migration of its own.
"""

import json
from collections.abc import Callable, Sequence

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
    _people()
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


RELATIONS = (
    "relation IN ('recruiter', 'manager', 'interviewer', 'employee', 'reference', 'alumni', "
    "'other')"
)
MORE_RELATIONS = (
    "relation IN ('recruiter', 'manager', 'coordinator', 'interviewer', 'employee', 'referrer', "
    "'reference', 'alumni', 'other')"
)
GONE = ("contact_name", "contact_email")


def _people() -> None:
    def wider(sql: str) -> str:
        return _replaced(
            _replaced(sql, RELATIONS, MORE_RELATIONS), "name <> ''", "name <> '' OR email <> ''"
        )

    def narrower(sql: str) -> str:
        without = _replaced(sql, "contact_name VARCHAR(200) NOT NULL,", "")
        return _replaced(without, "contact_email VARCHAR(320) NOT NULL,", "")

    _make_anew("contact", wider)
    op.add_column(
        "contact", sa.Column("main", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    _move_contacts()
    _make_anew("application", narrower, without=GONE)


def _replaced(sql: str, old: str, new: str) -> str:
    if sql.count(old) != 1:
        raise ValueError(f"{old!r} stands {sql.count(old)} times in {sql!r}")
    return sql.replace(old, new)


def _make_anew(table: str, change: Callable[[str], str], without: Sequence[str] = ()) -> None:
    """The table as `change` describes it, its rows without the columns `without`; no id is given
    twice."""
    connection = op.get_bind()
    (sql,) = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).one()
    indexes = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        (table,),
    ).all()
    given = connection.exec_driver_sql(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
    ).scalar()
    kept = [
        f'"{row[1]}"'
        for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")
        if row[1] not in without
    ]
    _, _, body = change(sql).partition("(")
    connection.exec_driver_sql(f"CREATE TABLE {table}_anew ({body}")
    columns = ", ".join(kept)
    connection.exec_driver_sql(
        f"INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table} ORDER BY id"
    )
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for (index,) in indexes:
        connection.exec_driver_sql(index)
    if given is not None:
        _never_again(table, given)


def _never_again(table: str, last: int) -> None:
    """Ids up to `last` were given."""
    connection = op.get_bind()
    known = connection.exec_driver_sql(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
    ).scalar()
    if known is None:
        connection.exec_driver_sql(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last)
        )
    elif known < last:
        connection.exec_driver_sql(
            "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (last, table)
        )


Pair = tuple[str, str]
"""The name and the address of a contact as they stood in an application's row."""


def _move_contacts() -> None:
    """The contact of each application's row becomes one of its people: the one of the same name
    where there is one, else somebody new, with an image in each change that changed it."""
    connection = op.get_bind()
    now = {
        row.id: (row.contact_name, row.contact_email)
        for row in connection.execute(
            sa.text("SELECT id, contact_name, contact_email FROM application")
        )
    }
    images: dict[int, list[sa.Row[tuple[object, ...]]]] = {}
    for image in connection.execute(
        sa.text(
            "SELECT id, change_id, row_id, before, after FROM row_image "
            "WHERE table_name = 'application' ORDER BY id"
        )
    ).all():
        images.setdefault(image.row_id, []).append(image)
    present, gone = _known_people()
    last_id = connection.exec_driver_sql(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'contact'"
    ).scalar_one()
    for owner in sorted({*now, *images}):
        there = images.get(owner, [])
        pairs = [(_pair(image.before), _pair(image.after)) for image in there]
        current = now.get(owner, ("", ""))
        named = [pair for both in pairs for pair in both if any(pair)]
        last = current if any(current) else named[-1] if named else ("", "")
        same = present.get((owner, _plain(last[0])))
        if same is None and owner not in now:
            same = gone.get((owner, _plain(last[0])))
        if same is not None:
            _use(same, current, last[1])
        elif any(last):
            last_id += 1
            _add(last_id, owner, current, there, pairs)
        for image in there:
            connection.execute(
                sa.text("UPDATE row_image SET before = :before, after = :after WHERE id = :id"),
                {
                    "id": image.id,
                    "before": _without(image.before),
                    "after": _without(image.after),
                },
            )
    if last_id:
        _never_again("contact", last_id)


Known = dict[tuple[int, str], int]
"""The ids of people by application and name."""


def _known_people() -> tuple[Known, Known]:
    """The people there are, and all that there were."""
    connection = op.get_bind()
    present: Known = {}
    gone: Known = {}
    for image in connection.execute(
        sa.text("SELECT row_id, before, after FROM row_image WHERE table_name = 'contact'")
    ):
        for text in (image.before, image.after):
            if text is not None:
                values = json.loads(text)
                gone[values["application_id"], _plain(values["name"])] = image.row_id
    for row in connection.execute(sa.text("SELECT id, application_id, name FROM contact")):
        present[row.application_id, _plain(row.name)] = row.id
    return present, gone


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _use(contact_id: int, now: Pair, email: str) -> None:
    """The person who is there already is the one to write to, with the address that was known."""
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "UPDATE contact SET main = :main, "
            "email = CASE email WHEN '' THEN :email ELSE email END WHERE id = :id"
        ),
        {"id": contact_id, "main": any(now), "email": email},
    )
    for image in connection.execute(
        sa.text(
            "SELECT id, before, after FROM row_image "
            "WHERE table_name = 'contact' AND row_id = :row_id"
        ),
        {"row_id": contact_id},
    ).all():
        connection.execute(
            sa.text("UPDATE row_image SET before = :before, after = :after WHERE id = :id"),
            {
                "id": image.id,
                "before": _with_address(image.before, email),
                "after": _with_address(image.after, email),
            },
        )


def _with_address(image: str | None, email: str) -> str | None:
    if image is None:
        return None
    values = json.loads(image)
    return _written(values | {"email": values["email"] or email, "main": True})


def _add(
    contact_id: int,
    owner: int,
    now: Pair,
    images: Sequence["sa.Row[tuple[object, ...]]"],
    pairs: Sequence[tuple[Pair, Pair]],
) -> None:
    """Somebody new, with the story that the application's images tell of them."""
    connection = op.get_bind()
    if any(now):
        values = _contact(contact_id, owner, now)
        columns = ", ".join(values)
        slots = ", ".join(f":{name}" for name in values)
        connection.execute(sa.text(f"INSERT INTO contact ({columns}) VALUES ({slots})"), values)
    for image, (before, after) in zip(images, pairs, strict=True):
        if before == after:
            continue
        connection.execute(
            sa.text(
                "INSERT INTO row_image (change_id, application_id, table_name, row_id, before, "
                "after) VALUES (:change_id, :owner, 'contact', :row_id, :before, :after)"
            ),
            {
                "change_id": image.change_id,
                "owner": owner,
                "row_id": contact_id,
                "before": _written(_contact(contact_id, owner, before)) if any(before) else None,
                "after": _written(_contact(contact_id, owner, after)) if any(after) else None,
            },
        )


def _contact(contact_id: int, owner: int, pair: Pair) -> dict[str, object]:
    return {
        "id": contact_id,
        "application_id": owner,
        "name": pair[0],
        "title": "",
        "email": pair[1],
        "phone": "",
        "link": "",
        "relation": "other",
        "common_ground": "",
        "background": "",
        "main": True,
    }


def _pair(image: str | None) -> Pair:
    if image is None:
        return "", ""
    values = json.loads(image)
    return values.get("contact_name", ""), values.get("contact_email", "")


def _without(image: str | None) -> str | None:
    if image is None:
        return None
    return _written({name: v for name, v in json.loads(image).items() if name not in GONE})


def _written(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
