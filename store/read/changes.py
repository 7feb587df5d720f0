"""What one change made and touched, for scripts that want the ids; and the changes that somebody
else than the user made: an assistant, say."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from store.read.glance import Glance


_CHANGE = "SELECT state, target_id FROM change WHERE id = :id"
_IMAGES = """
SELECT table_name, row_id, application_id, before, after FROM row_image
WHERE change_id = :id ORDER BY id"""
_KINDS = {
    **{
        name: name
        for name in (
            *("application", "contact", "interview", "note", "debrief", "point", "criterion"),
            *("draft", "message", "posting", "reminder"),
        )
    },
    "assignment": "task",
}
"""What the rows that people make are called; the others follow from them."""
_STEP = "step"
_SETTLED = ("state", "snoozed_to")


class Made(NamedTuple):
    """Something that was added; `kind` is "application", "contact", "interview", "task", …"""

    kind: str
    id: int
    application_id: int | None


class Touched(NamedTuple):
    """What a change made; the applications and the follow-ups that it was about.

    Of the follow-ups those that were done, skipped or snoozed, or got open again. An undo or redo
    makes nothing: it is about what the change was about that it took back or did again.
    """

    made: tuple[Made, ...] = ()
    applications: tuple[int, ...] = ()
    follow_ups: tuple[int, ...] = ()


def read_touched(glance: "Glance", change_id: int) -> Touched:
    """What the change with this id made and touched; nothing for one that there is not.

    Raises StoreError when the file cannot be read.
    """
    from json import loads

    reader = glance.reader
    made: list[Made] = []
    applications: dict[int, None] = {}
    follow_ups: list[int] = []
    with reader.snapshot():
        found = reader.rows(_CHANGE, {"id": change_id})
        step = bool(found) and found[0][0] == _STEP and found[0][1] is not None
        of = found[0][1] if step else change_id
        for table, row_id, application_id, before, after in reader.rows(_IMAGES, {"id": of}):
            if application_id is not None:
                applications[application_id] = None
            if table == "follow_up":
                values = loads(after or "{}")
                if before is None and values.get("rule") == "own":
                    made.append(Made("follow_up", row_id, application_id))
                elif before is not None and any(name in values for name in _SETTLED):
                    follow_ups.append(row_id)
            elif before is None and table in _KINDS:
                made.append(Made(_KINDS[table], row_id, application_id))
    return Touched(() if step else tuple(made), tuple(applications), tuple(follow_ups))


_MADE = """
SELECT c.id, c.made_by, c.verb, c.summary, a.company, a.role
FROM change c LEFT JOIN application a ON a.id =
  (SELECT application_id FROM row_image
   WHERE change_id = c.id AND application_id IS NOT NULL ORDER BY id LIMIT 1)
WHERE c.id > :after AND c.state = 'done' AND c.made_by <> '' ORDER BY c.id"""


class MadeByOther(NamedTuple):
    """A change that `made_by` made, with the application that it was about, where it was one."""

    change_id: int
    made_by: str
    verb: str
    summary: str
    company: str
    role: str


def read_made_by_others(glance: "Glance", after: int) -> tuple[MadeByOther, ...]:
    """The changes later than `after` that the user did not make and that stand, in their order.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        return tuple(
            MadeByOther(id_, made_by, verb, summary, company or "", role or "")
            for id_, made_by, verb, summary, company, role in reader.rows(_MADE, {"after": after})
        )
