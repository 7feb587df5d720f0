"""Workbooks: .xlsx and .ods.

A file of some kilobytes can unpack to gigabytes, repeat one cell a million times, or name the last
cell of a sheet to make a reader fill all before it: what is unpacked is counted first, and rows and
cells as they come. Apart from both formats, since that is said once for the two.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from store.exchange.tables.ods import is_ods, ods_sheets
from store.exchange.tables.table import PREAMBLE_AT_MOST, Candidate, TableRow, grid_candidates
from store.exchange.tables.xlsx import is_xlsx, xlsx_sheets
from store.rules.text import Refused, quoted

UNPACKED_AT_MOST = 64 * 1024 * 1024
"""Bytes of a workbook; the sheet of a thousand applications has one million."""


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an opened zip is a workbook."""
    return is_xlsx(archive) or is_ods(archive)


def workbook_candidates(archive: zipfile.ZipFile, name: str) -> Iterator[Candidate]:
    """The lines that may hold the names of columns, sheet by sheet; Refused for what is too big,
    damaged or written to do harm."""
    called = quoted(name)
    if sum(part.file_size for part in archive.infolist()) > UNPACKED_AT_MOST:
        raise Refused(
            f"{called} unpacks to more than {UNPACKED_AT_MOST // 1024 // 1024} MB: too big."
        )
    with _sound(called):
        sheets = xlsx_sheets(archive) if is_xlsx(archive) else ods_sheets(archive)
        for number, (title, found) in enumerate(sheets):
            rows = _sound_rows(found, called)
            lines = list(islice(rows, PREAMBLE_AT_MOST))
            yield from grid_candidates(lines, rows, title if number else "")


def _sound_rows(rows: Iterator[TableRow], called: str) -> Iterator[TableRow]:
    """The rows, of which the damaged one may be the last."""
    with _sound(called):
        yield from rows


@contextmanager
def _sound(called: str) -> Iterator[None]:
    """Tells of what a broken workbook makes its reader meet in one sentence."""
    try:
        yield
    except (Refused, GeneratorExit):
        raise
    except Exception:
        raise Refused(
            f"{called} is damaged or no workbook. Save it again, or as CSV. Nothing was changed."
        ) from None
