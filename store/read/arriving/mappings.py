"""What was said about the columns of files that were imported, kept with the board.

A file of its own: only imports load what knows columns.
"""

from typing import TYPE_CHECKING

from store.exchange.mapping import Choices

if TYPE_CHECKING:
    from store.exchange.days import Order
    from store.read.glance import Glance

MAPPING_PREFIX = "import."
"""How the names of the settings begin that hold a choice, before the name of the columns."""


def read_mapping(glance: "Glance", headers: str) -> Choices:
    """What was said before about files with these columns (`Parsed.headers`).

    Raises StoreError when the file cannot be read.
    """
    with glance.reader.snapshot():
        said_of = glance.reader.settings(f"{MAPPING_PREFIX}{headers}.")
    columns: dict[str, str] = {}
    statuses: dict[str, str] = {}
    order: Order | None = None
    for _, value in said_of:
        kind, _, said = value.partition(" ")
        key, _, meant = said.rpartition("=")
        if kind == "map":
            columns[key] = meant
        elif kind == "status":
            statuses[key] = meant
        else:
            order = "mdy" if said == "mdy" else "dmy"
    return Choices(columns, statuses, order)
