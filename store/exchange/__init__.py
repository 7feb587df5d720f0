"""Files that people bring along: one module per format, found by what is inside the file.

A further format is one module with a `FileFormat` of its own, added to `FORMATS`.
"""

from datetime import date
from pathlib import Path

from store.exchange.document import Document, FileFormat
from store.exchange.incoming import Parsed
from store.exchange.linkedin import LINKEDIN
from store.rules.text import Refused, quoted

FORMATS: tuple[FileFormat, ...] = (LINKEDIN,)


def read_file(path: Path, today: date) -> Parsed:
    """The applications in the file at `path`, whichever known format it has.

    Writes nothing. Raises Refused for a file that cannot be opened or decoded, is too big, or is
    of no known format; single rows that make no sense come back in `Parsed.problems`.
    """
    return read_document(Document.open(path), today)


def read_document(document: Document, today: date) -> Parsed:
    """The applications in `document`, whichever known format it has; as `read_file`."""
    for known in FORMATS:
        parsed = known.read(document, today)
        if parsed is not None:
            problems = sorted((*document.remarks, *parsed.problems), key=lambda p: p.line)
            return Parsed(parsed.format, parsed.rows, tuple(problems))
    files = ", ".join(f"{known.name}’s “{known.file}”" for known in FORMATS)
    raise Refused(
        f"{quoted(document.name)} cannot be imported. What can be: {files}. Nothing was changed."
    )
