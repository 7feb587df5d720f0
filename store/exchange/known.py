"""The formats that are known: one file in formats/ each, recognised by the names of its columns.

A further format is such a file and a sample of it in the tests. What a table needs besides (cells
to be taken apart, rows to be put together) is a `prepare` in `PREPARED`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from store.exchange.days import Order
from store.exchange.hypertext import with_plain_postings
from store.exchange.justajobapp import by_employer
from store.exchange.linkedin import with_readable_answers
from store.exchange.mapping import read_toml, status_key
from store.exchange.tables.table import Body, header_key
from store.exchange.trello import with_names

Prepare = Callable[[Sequence[str], Body], tuple[Sequence[str], Body]]
"""Makes columns that the table has not, or rows of several."""
PREPARED: Mapping[str, Prepare] = {
    "linkedin": with_readable_answers,
    "trello": with_names,
    "posting": with_plain_postings,
    "justajobapp": by_employer,
}


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """A format: how its tables are recognised, and what their columns and statuses stand for.

    Each entry of `needs` holds the names of which one must be there. `loose` takes the statuses
    that people use everywhere too, `roleless` rows without a role; `saved` is for lists of what
    was only kept for later, `skip` for tables that hold no applications. `keeps` says for what such
    a one is read all the same: "people" whom the user knows, "answers" that they gave, "activities"
    about the applications of the format that `joins` them. `utc` says that instants without an
    offset are in UTC. `alone` is the sentence for a file with nothing else.
    """

    key: str
    name: str
    file: str
    needs: Sequence[Collection[str]]
    columns: Sequence[tuple[str, Collection[str]]] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    dated: str = ""
    source: str = ""
    entities: bool = False
    loose: bool = False
    roleless: bool = False
    saved: bool = False
    skip: bool = False
    keeps: str = ""
    joins: str = ""
    utc: bool = False
    alone: str = ""
    prepare: Prepare | None = None

    def fits(self, headers: Collection[str]) -> bool:
        """Whether a table with columns of these keys is of the format."""
        return all(any(name in headers for name in names) for names in self.needs)

    def mapping(self, headers: Sequence[str]) -> Mapping[str, str]:
        """What each of the columns is taken for, by key."""
        keys = {header_key(header) for header in headers}
        found: dict[str, str] = {}
        for target, names in self.columns:
            for name in names:
                if name in keys and name not in found:
                    found[name] = target
                    break
        return found


@cache
def formats() -> tuple[KnownFormat, ...]:
    """All formats, those that ask for the most columns first."""
    names = sorted(file.name for file in Path(__file__).with_name("formats").glob("*.toml"))
    found = [_read(name, read_toml(f"formats/{name}")) for name in names]
    return tuple(sorted(found, key=lambda known: -len(known.needs)))


def _read(file: str, toml: dict[str, Any]) -> KnownFormat:
    columns = [
        (target, _names(one))
        for target, said in toml.pop("columns", {}).items()
        for one in (said if isinstance(said, list) else [said])
    ]
    statuses = {
        status_key(name): meaning
        for meaning, names in toml.pop("statuses", {}).items()
        for name in names
    }
    prepare = PREPARED[toml.pop("prepare")] if "prepare" in toml else None
    needs = [frozenset(_names(one)) for one in toml.pop("needs")]
    return KnownFormat(
        key=file.removesuffix(".toml"),
        needs=needs,
        columns=columns,
        statuses=statuses,
        order=toml.pop("days", None),
        prepare=prepare,
        **toml,
    )


def _names(said: str) -> Sequence[str]:
    return [header_key(name) for name in said.split("|")]


def which(headers: Sequence[str]) -> KnownFormat | None:
    """The format of a table with these columns; None for none that is known."""
    keys = {header_key(header) for header in headers}
    return next((known for known in formats() if known.fits(keys)), None)
