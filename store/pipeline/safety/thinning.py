"""The journal keeps what undo needs, and no more: of older changes only the line in the timeline.

Beside every some change a few of the oldest images go, in its own transaction, so that it holds
for them as for all else that they are gone whole or there whole. First it is noted of which
applications the change tells, since that is read from the images.
"""

from typing import Any, cast

from sqlalchemy import CursorResult, TextClause, text
from sqlmodel import Session

from store.read.timeline import THINNED, timeline_condition

UNDOABLE = 10_000
"""How many of the newest changes can be undone (product): their images are kept."""
EVERY = 64
"""Beside how many changes images go once: to look for what is too old takes as long as storing a
change."""
AT_ONCE = 2_000
"""How many images go at once at most: they take some ms. An import of thousands of rows goes in
parts, and what was never thinned before is caught up with."""
_CHANGES_AT_ONCE = 512
"""How many changes leave at once at most, more than come meanwhile."""

_FIRST_KEPT = text(
    "SELECT id FROM change WHERE state = 'done' ORDER BY id DESC LIMIT 1 OFFSET :others"
)
_THINNED = text("SELECT CAST(value AS INTEGER) FROM setting WHERE name = :name")
_COUNT_THINNED = text("UPDATE setting SET value = :value WHERE name = :name")
_KEEP_THINNED = text("INSERT INTO setting (name, value) VALUES (:name, :value)")
_NEXT = text("""
SELECT change_id, count(*) FROM row_image WHERE change_id > :thinned AND change_id < :kept
GROUP BY change_id ORDER BY change_id LIMIT :most""")
_TELL = text(f"""
INSERT INTO timeline_entry (application_id, change_id)
SELECT DISTINCT image.application_id, c.id
FROM change c JOIN row_image image ON image.change_id = c.id
WHERE c.id > :thinned AND c.id <= :upto AND c.state = 'done' AND image.application_id IS NOT NULL
  AND {timeline_condition("image.application_id")}
  AND NOT EXISTS (SELECT 1 FROM timeline_entry AS entry WHERE entry.change_id = c.id
                  AND entry.application_id = image.application_id)""")
_REMOVE = text("""
DELETE FROM row_image WHERE id IN
  (SELECT id FROM row_image WHERE change_id <= :upto ORDER BY change_id LIMIT :most)""")
_REMOVE_DROPPED = text("""
DELETE FROM row_image WHERE id IN
  (SELECT image.id FROM change CROSS JOIN row_image image
   WHERE image.change_id = change.id AND change.state = 'dropped' AND change.id > :thinned
   LIMIT :most)""")


def last_thinned(session: Session) -> int:
    """The id of the newest change that cannot be undone any more, since its images go; else 0."""
    found = session.execute(_THINNED, {"name": THINNED}).scalar()
    return int(found or 0)


def keep_thinned(session: Session, upto: int) -> None:
    """Note that the images up to the change with this id go."""
    kept = {"name": THINNED, "value": str(upto)}
    if not cast("CursorResult[Any]", session.execute(_COUNT_THINNED, kept)).rowcount:
        session.execute(_KEEP_THINNED, kept)


def thin_out(session: Session, change_id: int) -> None:
    """Remove some images that nothing needs, if it is the turn of the change with this id.

    To be called in its transaction, when nothing is undone that could be done again.
    """
    if change_id % EVERY:
        return
    thinned = last_thinned(session)
    _remove(session, _REMOVE_DROPPED, thinned=thinned)
    kept = session.execute(_FIRST_KEPT, {"others": UNDOABLE - 1}).scalar()
    if kept is None:
        return
    room = AT_ONCE - _remove(session, _REMOVE, upto=thinned)
    upto = _next_edge(session, thinned, int(kept), room)
    if upto > thinned:
        session.execute(_TELL, {"thinned": thinned, "upto": upto})
        keep_thinned(session, upto)
        _remove(session, _REMOVE, upto=upto)


def _next_edge(session: Session, thinned: int, kept: int, room: int) -> int:
    """Up to which change images shall go now: as far as there is room, but one at least."""
    window = {"thinned": thinned, "kept": kept, "most": _CHANGES_AT_ONCE}
    counted = session.execute(_NEXT, window).all()
    upto = thinned
    for change_id, images in counted:
        if images > room and (upto > thinned or room < AT_ONCE):
            return upto
        room -= images
        upto = change_id
    return upto if len(counted) == _CHANGES_AT_ONCE else max(upto, kept - 1)


def _remove(session: Session, statement: TextClause, **bounds: int) -> int:
    """How many images went."""
    done = cast("CursorResult[Any]", session.execute(statement, {**bounds, "most": AT_ONCE}))
    return done.rowcount
