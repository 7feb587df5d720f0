"""Applications by number: which there are, and what they are called; light, for the shell."""

from collections.abc import Sequence
from typing import NamedTuple

from store.read.glance import Glance, safe_id
from store.rules.naming import Name


class ApplicationName(NamedTuple):
    """An application as it is named: number, company and role."""

    id: int
    company: str
    role: str


_NAMES = "SELECT id, company, role FROM application"


def read_names(glance: Glance, *, closed: bool | None = None) -> tuple[ApplicationName, ...]:
    """The open applications, the closed ones or with None all, the last changed first.

    Raises StoreError when the file cannot be read.
    """
    which = {None: "TRUE", True: "outcome IS NOT NULL", False: "outcome IS NULL"}[closed]
    return _read(glance, f"{_NAMES} WHERE {which} ORDER BY updated_at DESC, id DESC")


def read_all_names(glance: Glance) -> tuple[Name, ...]:
    """What each application is called, by number, to be named by words; raises as `read_names`."""
    sql = "SELECT id, company, role, outcome IS NULL FROM application ORDER BY id"
    with glance.reader.snapshot():
        rows = glance.reader.rows(sql)
        return tuple(
            Name(id_, company, role, bool(is_open)) for id_, company, role, is_open in rows
        )


def read_names_of(glance: Glance, ids: Sequence[int]) -> tuple[ApplicationName, ...]:
    """Those of `ids` that there are, in that order; raises as `read_names`."""
    found = {}
    with glance.reader.snapshot():
        for one in dict.fromkeys(ids):
            for row in glance.reader.rows(f"{_NAMES} WHERE id = :id", {"id": safe_id(one)}):
                found[one] = ApplicationName(*row)
    return tuple(found.values())


def read_used(glance: Glance, column: str) -> tuple[str, ...]:
    """What stands in a `column` of text of any application, or its tags, the most frequent first.

    Raises StoreError when the file cannot be read, and KeyError for another column.
    """
    sql = _USED[column]
    with glance.reader.snapshot():
        return tuple(str(row[0]) for row in glance.reader.rows(sql))


_TEXTS = ("company", "source", "location")
_USED = {
    **{
        name: f"SELECT {name} FROM application WHERE {name} <> '' "
        f"GROUP BY {name} ORDER BY count(*) DESC, {name}"
        for name in _TEXTS
    },
    "tags": "SELECT value FROM application, json_each(tags) GROUP BY value "
    "ORDER BY count(*) DESC, value",
}


def read_range(glance: Glance, first: int, last: int) -> tuple[int, ...]:
    """The numbers of the applications from `first` to `last`; raises as `read_names`."""
    bounds = {"first": min(first, _LARGEST), "last": min(last, _LARGEST)}
    sql = "SELECT id FROM application WHERE id BETWEEN :first AND :last ORDER BY id"
    with glance.reader.snapshot():
        return tuple(int(row[0]) for row in glance.reader.rows(sql, bounds))


_LARGEST = 2**63 - 1
"""SQLite's largest integer."""


def _read(glance: Glance, sql: str) -> tuple[ApplicationName, ...]:
    with glance.reader.snapshot():
        return tuple(ApplicationName(*row) for row in glance.reader.rows(sql))
