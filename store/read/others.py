"""What somebody else than the user has changed: an assistant, say."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from store.read.glance import Glance

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
