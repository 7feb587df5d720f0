"""A page of HTML as text: paragraphs and list items a line each, and what its head says of it."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from store.rules.text import Refused, printable, quoted

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

TAGS_AT_MOST = 1_000_000
DEEP_AT_MOST = 5_000
"""Blocks within blocks: beyond that the parser takes seconds, since it looks through all that are
open at each one (30,000 take 1.5 s, 300,000 minutes)."""
TEXT_AT_MOST = 400_000
"""Characters of text that are kept of a page: ten times what the field of a posting holds."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_IS_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|script|meta|div|p|ul|li|h[1-6]|br|span|table|section|main"
    r"|article|title)\b",
    re.I,
)
_HEAD = 4_000
_VOID = frozenset(
    """
    area base br col embed hr img input link meta source track wbr p li td tr th dt dd option
    """.split()  # noqa: SIM905
)
"""Elements that nothing stands in, and those that the next one of their kind ends."""
_DROPPED = (
    *("script", "style", "noscript", "template", "svg", "iframe", "object"),
    *("nav", "button", "footer"),
)
"""What is no text of the page: code, drawings, and what is there to be clicked."""
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    h1 h2 h3 h4 h5 h6 header hr html main ol p pre section summary table tbody td tfoot th thead
    title tr ul li
    """.split()  # noqa: SIM905
)
_APART = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre dl".split())  # noqa: SIM905
"""Blocks with an empty line around them."""
_MAIN = ("main", "[role=main]", "article")
"""Where the posting itself stands on a page that says so."""
_MAIN_AT_LEAST = 300
"""Characters below which that holds something else, such as a teaser."""
ITEM = "• "
"""Before each item of a list."""
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.I)
_EMPTY_LINES = re.compile(r"\n{3,}")
_MANY_SPACES = re.compile(r"[^\S\n]+")
_CDATA = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$")


class PostingPage(NamedTuple):
    """What was read of a page; a plain text has nothing but that."""

    text: str
    title: str = ""
    """What the tab of the browser shows."""
    heading: str = ""
    """The first heading that stands above all others."""
    site: str = ""
    """What the site calls itself."""
    link: str = ""
    data: tuple[str, ...] = ()
    """The blocks of JSON-LD, as they stand there."""


def is_html(text: str) -> bool:
    """Whether `text` is the source of a page rather than a text that somebody reads."""
    head = text.lstrip("\ufeff \t\r\n")[:_HEAD]
    return head.startswith("<") or len(_IS_HTML.findall(head)) > 2


def read_page(html: str, name: str) -> PostingPage:
    """What the source of a page says; `name` is what the file is called.

    Raises Refused, with the line, for one that is nested too deep or has too many tags.
    """
    check_depth(html, name)
    tree = _parse(html)
    if source := _viewed_source(tree):
        check_depth(source, name)
        html, tree = source, _parse(source)
    data = tuple(_CDATA.sub("", node.text()) for node in _scripts(tree))
    title = _one_line(_text_of(tree, "title"))
    link = _link(tree, html)
    site = _one_line(_meta(tree, "og:site_name"))
    og_title = _one_line(_meta(tree, "og:title"))
    tree.strip_tags([*_DROPPED])
    heading = _one_line(_text_of(tree, "h1")) or og_title
    return PostingPage(_flow(_main(tree)), title, heading, site, link, data)


def plain_text(html: str) -> str:
    """The text of a piece of HTML; a text without tags only loses its entities."""
    if "<" not in html:
        return _tidy(unescape(html))
    check_depth(html, "the description")
    tree = _parse(html)
    tree.strip_tags([*_DROPPED])
    return _flow(tree.body or tree.root)


def check_depth(html: str, name: str) -> None:
    """Refused, with the line, where a page has more tags than any, or nests them too deep."""
    opened: Counter[str] = Counter()
    deep = 0
    for tags, found in enumerate(_TAG.finditer(html), start=1):
        called = found[2].lower()
        if called in _VOID:
            pass
        elif not found[1]:
            opened[called] += 1
            deep += 1
        elif opened[called]:
            opened[called] -= 1
            deep -= 1
        if tags > TAGS_AT_MOST or deep > DEEP_AT_MOST:
            line = html.count("\n", 0, found.start()) + 1
            what = "has more tags than a page" if tags > TAGS_AT_MOST else "is nested too deep"
            raise Refused(
                f"{quoted(name)}, line {line:,}: this {what}. Nothing was changed. Paste the text "
                "of the posting instead."
            )


def _parse(html: str) -> "LexborHTMLParser":
    from selectolax.lexbor import LexborHTMLParser  # 10 ms and 4 MB, for postings only

    # A lone surrogate has no UTF-8, which is what the parser reads.
    return LexborHTMLParser(html.encode("utf-8", "replace").decode("utf-8"))


def _viewed_source(tree: "LexborHTMLParser") -> str:
    """The source that a browser's page of it shows; "" for any other page.

    Chrome has a cell for each line, Firefox one preformatted block.
    """
    cells = tree.css("td.line-content") or tree.css("body#viewsource > pre")
    return "\n".join(cell.text() for cell in cells)


def _scripts(tree: "LexborHTMLParser") -> "Iterator[LexborNode]":
    for node in tree.css("script[type]"):
        kind = (node.attributes.get("type") or "").lower()
        if kind.partition(";")[0].strip() == "application/ld+json":
            yield node


def _text_of(tree: "LexborHTMLParser", selector: str) -> str:
    node = tree.css_first(selector)
    return node.text() if node is not None else ""


def _meta(tree: "LexborHTMLParser", name: str) -> str:
    for key in ("property", "name"):
        node = tree.css_first(f'meta[{key}="{name}"]')
        if node is not None:
            return node.attributes.get("content") or ""
    return ""


def _link(tree: "LexborHTMLParser", html: str) -> str:
    """The address of the page, as far as the page itself knows it."""
    canonical = tree.css_first('link[rel="canonical"]')
    saved = _SAVED_FROM.search(html[:_HEAD])
    found = (
        (canonical.attributes.get("href") or "") if canonical is not None else "",
        _meta(tree, "og:url"),
        saved[1] if saved else "",
    )
    links = (_one_line(link) for link in found)
    return next((one for one in links if one.startswith(("http://", "https://"))), "")


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _main(tree: "LexborHTMLParser") -> "LexborNode | None":
    """The part of a page with the posting; all of it where no part says that it is that."""
    for selector in _MAIN:
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text()) >= _MAIN_AT_LEAST:
            return found[0]
    return tree.body or tree.root


def _flow(root: "LexborNode | None") -> str:
    """The text of a part of a page as it is read: without the tags, a line for each block."""
    if root is None:
        return ""
    parts: list[str] = []
    items: list[int] = []
    """Where the marks of the items are that are open."""
    length, kept, node = 0, root, root
    # Without recursion: a page may be nested deeper than Python calls.
    going_down = True
    while True:
        if going_down:
            if node.tag == "li":
                items.append(len(parts))
            length += _open(node, parts)
            if length > TEXT_AT_MOST:
                break
            if node.first_child is not None:
                node = node.first_child
                continue
        if node.mem_id == kept.mem_id:
            break
        if node.tag == "li" and items:
            at = items.pop()
            if not any(part.strip() for part in parts[at + 1 :]):
                parts[at] = "\n"
        _close(node, parts)
        if node.next is not None:
            node, going_down = node.next, True
        elif node.parent is not None:
            node, going_down = node.parent, False
        else:
            break
    return _tidy("".join(parts))


def _open(node: "LexborNode", parts: list[str]) -> int:
    """Write what stands before the children of `node`; how long that is."""
    tag = node.tag
    if tag == "-text":
        text = node.text_content or ""
        if text.strip() or not _at_line_start(parts):
            parts.append(_MANY_SPACES.sub(" ", text.replace("\n", " ")))
        return len(text)
    if tag == "br":
        parts.append("\n")
    elif tag == "li":
        parts.append(f"\n{ITEM}")
    elif tag in ("td", "th"):
        parts.append("  ")
    else:
        _break(tag, parts)
    return 1


def _close(node: "LexborNode", parts: list[str]) -> None:
    if node.tag not in ("td", "th", "li"):
        _break(node.tag, parts)


def _break(tag: str | None, parts: list[str]) -> None:
    """End the line before a block and behind it; some have an empty line around them."""
    if tag in _APART:
        parts.append("\n\n")
    elif tag in _BLOCKS and not _at_line_start(parts):
        parts.append("\n")


def _at_line_start(parts: list[str]) -> bool:
    return not parts or parts[-1].endswith("\n")


def _tidy(text: str) -> str:
    """Clean lines without room at their ends, items beside their marks, one empty line at most."""
    lines = [" ".join(line.split()) for line in printable(text).split("\n")]
    out: list[str] = []
    for line in lines:
        if out and out[-1] == ITEM.strip() and line:
            out[-1] = f"{ITEM}{line}"  # a paragraph within an item
        elif line or (out and out[-1] != ITEM.strip()):
            out.append(line)
    kept = [line for line in out if line != ITEM.strip()]
    return _EMPTY_LINES.sub("\n\n", "\n".join(kept)).strip()
