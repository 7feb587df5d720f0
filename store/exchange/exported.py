"""Whole exports of rounds (`rounds export`): told apart, and read as a table of applications.

On a board where nothing is, `store.export.reimport` takes them in whole. Elsewhere their
applications are merged as those of any other file: the same columns as in applications.csv.
"""

import io
import re
from pathlib import Path
from typing import Any, TextIO

from store.exchange.document import Document
from store.exchange.tables.stream import members
from store.exchange.tables.table import Body, Candidate
from store.export.csv import APPLICATION, application_cells
from store.rules.text import Refused, quoted

_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"rounds board"')
_HEAD = 4_096
_FIRST_LINE = 2
"""The line of the first application: see `store.export.json`."""


def is_export(data: bytes) -> bool:
    """Whether a file that begins with `data` is a whole export."""
    return _BEGINS.match(data[:_HEAD]) is not None


def open_export(path: Path) -> TextIO | None:
    """The whole export at `path`; None for every other file, and for what is none or cannot be
    read, which `Document.open` tells."""
    try:
        if not path.is_file():
            return None
        file = path.open("rb")
        if is_export(file.read(_HEAD)):
            file.seek(0)
            return io.TextIOWrapper(file, "utf-8-sig")
        file.close()
    except (OSError, ValueError):
        pass
    return None


def candidate(document: Document, file: TextIO | None = None) -> Candidate:
    """The applications of a whole export as a table; one begins on the line after the other, as
    in the export.

    They are read from `file`, or from the document itself. Refused for one that is broken.
    """
    source = file if file is not None else io.StringIO(document.text)

    def read() -> Body:
        body = Body()
        applications = (
            value for name, value in members(source, document.name) if name == "applications"
        )
        for line, row in enumerate(applications, _FIRST_LINE):
            body.add(line, _cells(row, document.name))
        return body

    return Candidate(APPLICATION, 1, read)


def _cells(row: Any, called: str) -> list[str]:
    try:
        return [cell.strip() for cell in application_cells(row)]
    except (LookupError, TypeError, AttributeError):
        raise Refused(
            f"{quoted(called)} has an application that cannot be read. Nothing was changed. Export "
            "it again."
        ) from None
