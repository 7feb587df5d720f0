"""The text of HTML that trackers keep as the description of a job."""

import re
from collections.abc import Sequence
from html import unescape

from store.exchange.tables.table import Body, Row, header_key

_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr section article".split())  # noqa: SIM905
_HIDDEN = frozenset(("script", "style"))
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)|[!?]")
_SPACE = re.compile(r"\s+")


def plain(html: str) -> str:
    """The text of some HTML, its paragraphs and lists on lines of their own.

    Each sign is looked at once: the parser of the standard library goes through all that follows
    again for each tag that has no end, which takes hours for a text that was made so.
    """
    if "<" not in html:
        return html
    text = unescape("".join(_pieces(html)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and line != "-")


def _pieces(html: str) -> Sequence[str]:
    """The texts between the tags, and the breaks that blocks make."""
    pieces: list[str] = []
    ends = _Ends(html)
    place = 0
    while (opens := html.find("<", place)) >= 0:
        pieces.append(_SPACE.sub(" ", html[place:opens]))
        found = _NAME.match(html, opens + 1)
        if found is None:  # “a < b”
            pieces.append("<")
            place = opens + 1
            continue
        comment = html.startswith("!--", opens + 1)
        name = (found[1] or "").casefold()
        closes = ends.after("-->" if comment else ">", opens)
        if closes is None:  # it never ends, so that it is none
            place = opens + 1
            continue
        place = closes
        if name in _BLOCKS:
            pieces.append("\n- " if name == "li" and found[0][0] != "/" else "\n")
        elif name in _HIDDEN and found[0][0] != "/":
            place = ends.after(f"</{name}", place, past=False) or len(html)
    pieces.append(_SPACE.sub(" ", html[place:]))
    return pieces


class _Ends:
    """Where something ends; what was looked for in vain once is not looked for again."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._folded = html.casefold() if len(html.casefold()) == len(html) else html
        self._none: set[str] = set()

    def after(self, end: str, place: int, *, past: bool = True) -> int | None:
        """The place behind the next `end` (at it, unless `past`); None for none."""
        if end in self._none:
            return None
        found = self._folded.find(end, place)
        if found < 0:
            self._none.add(end)
            return None
        return found + len(end) * past


def with_plain_postings(headers: Sequence[str], body: Body) -> tuple[Sequence[str], Body]:
    """The table with its descriptions in HTML made plain."""
    keys = [header_key(header) for header in headers]
    places = [place for place, key in enumerate(keys) if key == "htmldescription"]
    rows = []
    for row in body.rows:
        cells = list(row.cells)
        for place in places:
            if place < len(cells):
                cells[place] = plain(cells[place])
        rows.append(Row(row.line, cells))
    body.rows = rows
    return headers, body
