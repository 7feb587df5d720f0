"""What stood in the calendar and does not any more: it was deleted, its day was taken away, or
other rules do not plan it.

Nothing on the board tells of it, so it is read from the journal. A calendar that takes in a file
keeps what is only missing from it, and has to be told.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from store.read.rows import Reader, as_stored

STEPS = """
(SELECT target_id, max(id) AS last FROM change
 WHERE state = 'step' AND target_id IS NOT NULL GROUP BY target_id)"""
"""By change the newest step that undid it or did it again."""
_DAYS = (
    *("closing_on", "offer_deadline_on", "offer_deadline_at"),
    *("due_on", "due_at", "starts_at"),
)
"""The columns without which an entry has no day."""
_LOST = " OR ".join(f"became LIKE :{column}" for column in _DAYS)
_NOTHING = {column: f'%"{column}":null%' for column in _DAYS}
_WENT = f"""
SELECT table_name, row_id, application_id, was, became, number FROM (
  SELECT i.id, i.table_name, i.row_id, i.application_id,
         CASE WHEN c.state IN ('done', 'step') THEN i.before ELSE i.after END AS was,
         CASE WHEN c.state IN ('done', 'step') THEN i.after ELSE i.before END AS became,
         coalesce(s.last, c.id) AS number
  FROM change c JOIN row_image i ON i.change_id = c.id LEFT JOIN {STEPS} s ON s.target_id = c.id
  WHERE i.table_name IN ('application', 'interview', 'assignment', 'follow_up', 'reminder')
    AND (c.id > :old OR s.last > :old)) AS image
WHERE was IS NOT NULL
  AND (became IS NULL OR {_LOST} OR table_name = 'application' AND was LIKE '%"stage":"offer"%')
ORDER BY number DESC, id DESC"""
_OLD = "SELECT coalesce(max(id), 0) FROM change WHERE at < :since"


class Went(NamedTuple):
    """A row that went, or of which a day may have been taken, by the change with the id `number`.

    `was` has its columns as they were before, all of them where the row `is_gone`; instants are as
    the database writes them.
    """

    table: str
    id: int
    application_id: int | None
    was: Mapping[str, Any]
    is_gone: bool
    number: int


def read_went(reader: Reader, since: datetime) -> tuple[Went, ...]:
    """What went since then, the newest first. What came back by undoing is not among it, but may
    have come back otherwise. Only to be called in a snapshot."""
    ((old,),) = reader.rows(_OLD, {"since": as_stored(since)})
    return tuple(
        Went(table, row_id, owner, stored_columns(json.loads(was)), became is None, number)
        for table, row_id, owner, was, became, number in reader.rows(
            _WENT, {"old": old, **_NOTHING}
        )
    )


def stored_columns(image: Mapping[str, Any]) -> Mapping[str, Any]:
    """The columns of an image, with instants as the database writes them."""
    return {
        name: as_stored(datetime.fromisoformat(value))
        if isinstance(value, str) and (name.endswith("_at") or name == "not_before")
        else value
        for name, value in image.items()
    }
