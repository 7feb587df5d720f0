"""The searches that are kept with the board, by name.

A file of its own: the board reads it first of all, and nothing more then.
"""

from typing import TYPE_CHECKING

from store.errors import NotFound
from store.rules.text import quoted, searchable, suggestion

if TYPE_CHECKING:
    from store.read.glance import Glance

SEARCH_PREFIX = "search."
"""How the names of the settings begin that hold a search."""


def read_searches(glance: "Glance") -> dict[str, str]:
    """The queries by the names under which they are kept, the oldest first.

    Raises StoreError when the file cannot be read.
    """
    with glance.reader.snapshot():
        return dict(glance.reader.settings(SEARCH_PREFIX))


def read_search(glance: "Glance", name: str) -> str:
    """The query that is kept under `name`; NotFound, with what may have been meant, if none is."""
    kept = read_searches(glance)
    for known, query in kept.items():
        if is_search(SEARCH_PREFIX + known, name):
            return query
    like = suggestion(searchable(name), map(searchable, kept))
    raise NotFound(f"There is no saved search {quoted(name)}.{like} “rounds search” lists them.")


def is_search(setting: str, name: str) -> bool:
    """Whether the setting holds the search called `name`; case and accents do not count."""
    return searchable(setting.removeprefix(SEARCH_PREFIX)) == " ".join(searchable(name).split())
