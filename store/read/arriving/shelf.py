"""The postings on the shelf, read whole.

A file of its own: nothing else is read of a posting.
"""

from datetime import date
from json import loads

from store.errors import NotFound
from store.model.shelf import Shelved
from store.read.glance import Glance, safe_id
from store.read.rows import Reader, Row
from store.rules.shelf import posting_number, shelf_key

_POSTINGS = """
SELECT id, company, role, location, url, source, salary, tags, posted_on, closing_on, taken_on,
       posting_text, requirements
FROM posting"""


def read_shelf(glance: Glance, today: date) -> tuple[Shelved, ...]:
    """All postings on the shelf: the next to close first, those that have closed last.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        found = [_as_shelved(reader, row) for row in reader.rows(_POSTINGS)]
    return tuple(sorted(found, key=lambda one: shelf_key(one.closing_on, one.id, today)))


def read_shelved(glance: Glance, posting_id: int) -> Shelved:
    """One posting on the shelf; NotFound when it is not there."""
    reader = glance.reader
    with reader.snapshot():
        for row in reader.rows(f"{_POSTINGS} WHERE id = :id", {"id": safe_id(posting_id)}):
            return _as_shelved(reader, row)
    raise NotFound(f"There is no posting {posting_number(posting_id)} on the shelf.")


def _as_shelved(reader: Reader, row: Row) -> Shelved:
    id_, company, role, location, url, source, salary, tags, posted, closing, taken, *rest = row
    text, requirements = rest
    return Shelved(
        id_,
        company,
        role,
        location,
        url,
        source,
        salary,
        tuple(loads(tags)),
        reader.days[posted],
        reader.days[closing],
        reader.days[taken],
        text,
        tuple(loads(requirements)),
    )
