"""A posting on the shelf as the screen and the command line read it.

A file of its own: what reads the shelf and what shows it share no other.
"""

from datetime import date
from typing import NamedTuple

from store.rules.shelf import posting_number


class Shelved(NamedTuple):
    """A posting that nobody has answered yet; days are local dates."""

    id: int
    company: str
    role: str
    location: str
    url: str
    source: str
    salary: str
    tags: tuple[str, ...]
    posted_on: date | None
    closing_on: date | None
    taken_on: date
    posting_text: str
    requirements: tuple[str, ...]

    @property
    def number(self) -> str:
        """Its number as shown: see `posting_number`."""
        return posting_number(self.id)

    def form_values(self) -> dict[str, object]:
        """Its fields by the names of the form of an application."""
        values: dict[str, object] = dict(self._asdict())
        for name in ("id", "taken_on", "requirements"):
            del values[name]
        return values
