"""What all applications are called, read in one stroke."""

from store.read.glance import Glance
from store.rules.naming import Name

_NAMES = "SELECT id, company, role, outcome IS NULL FROM application ORDER BY id"


def read_all_names(glance: Glance) -> tuple[Name, ...]:
    """Company and role of each application, by number; StoreError when the file cannot be read."""
    with glance.reader.snapshot():
        return tuple(
            Name(id_, company, role, bool(is_open))
            for id_, company, role, is_open in glance.reader.rows(_NAMES)
        )
