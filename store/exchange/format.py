"""What a format is to the program."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from store.exchange.document import Document
from store.exchange.incoming import Parsed


class Format(NamedTuple):
    """One kind of file that can be imported.

    `name` is the format's name for people and `file` what its file is called. `read` gives None
    for a document of another kind, and raises Refused for one that only looks similar.
    """

    name: str
    file: str
    read: Callable[[Document, date], Parsed | None]
