"""A piece of HTML as plain text: what can be read of it, with quotations marked as such.

Not a parser of pages, which `postings.page` needs for their head and their main part: messages and
descriptions need their words and line breaks only, thousands of times a second, and
whatever is in it is one pass over the tags.
"""

import re
from collections.abc import Sequence
from html import unescape

from store.exchange.tables.table import Body, TableRow, header_key

LARGEST = 400_000
"""Characters that are looked at (product): a text that is read stands within them."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?:[\s/][^<>]*)?>|<![^<>]*>|<\?[^<>]*>")
_HIDDEN = frozenset(("script", "style", "head", "title", "template", "svg"))
_BREAKS = frozenset(
    """p div br tr table ul ol h1 h2 h3 h4 h5 h6 section article header footer blockquote pre hr
    center dl dt dd""".split()  # noqa: SIM905
)
_PARAGRAPHS = frozenset(("p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote"))
_QUOTES_AT_MOST = 20
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """The text of `html`; lines of quotations begin with “> ”."""
    html = _without(_without(html[:LARGEST], "<!--", "-->"), "<![CDATA[", "]]>")
    parts: list[str] = []
    hidden = ""
    quotes = 0
    last = 0

    def break_line(lines: int = 1) -> None:
        parts.append("\n" * lines + "> " * min(quotes, _QUOTES_AT_MOST))

    for tag in _TAG.finditer(html):
        if not hidden:
            parts.append(_SPACES.sub(" ", html[last : tag.start()].replace("\n", " ")))
        last = tag.end()
        name, closes = (tag[2] or "").lower(), bool(tag[1])
        if hidden:
            hidden = "" if closes and name == hidden else hidden
        elif name in _HIDDEN:
            hidden = "" if closes else name
        elif name == "blockquote":
            quotes = max(0, quotes - 1) if closes else quotes + 1
            break_line()
        elif name == "li":
            if not closes:
                break_line()
                parts.append("- ")
        elif name in ("td", "th"):
            parts.append(" ")
        elif name in _BREAKS:
            break_line(2 if name in _PARAGRAPHS else 1)
    if not hidden:
        parts.append(_SPACES.sub(" ", html[last:].replace("\n", " ")))
    lines = (_SPACES.sub(" ", line).strip() for line in unescape("".join(parts)).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _without(text: str, begin: str, end: str) -> str:
    """`text` without what stands between the two; all the rest where it does not end."""
    if begin not in text:
        return text
    kept = []
    place = 0
    while (start := text.find(begin, place)) >= 0:
        kept.append(text[place:start])
        stop = text.find(end, start)
        if stop < 0:
            return "".join(kept)
        place = stop + len(end)
    kept.append(text[place:])
    return "".join(kept)


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
        rows.append(TableRow(row.line, cells))
    body.rows = rows
    return headers, body


def _plain(html: str) -> str:
    """The text of a description: without empty lines, and without items that hold nothing."""
    if "<" not in html:
        return html
    return "\n".join(line for line in plain_text(html).split("\n") if line not in ("", "-"))
