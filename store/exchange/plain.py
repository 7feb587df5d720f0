"""Tables of trackers that keep the description of a job as HTML."""

from collections.abc import Sequence

from store.exchange.hypertext import plain_text
from store.exchange.tables.table import Body, Row, header_key


def with_plain_postings(headers: Sequence[str], body: Body) -> tuple[Sequence[str], Body]:
    """The table with its descriptions in HTML made plain."""
    keys = [header_key(header) for header in headers]
    places = [place for place, key in enumerate(keys) if key == "htmldescription"]
    rows = []
    for row in body.rows:
        cells = list(row.cells)
        for place in places:
            if place < len(cells):
                cells[place] = _plain(cells[place])
        rows.append(Row(row.line, cells))
    body.rows = rows
    return headers, body


def _plain(html: str) -> str:
    """The text of a description: without empty lines, and without items that hold nothing."""
    if "<" not in html:
        return html
    return "\n".join(line for line in plain_text(html).split("\n") if line not in ("", "-"))
