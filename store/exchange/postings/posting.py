"""A posting, whatever it comes as: what was found in it, and what was only guessed."""

import email
import re
from datetime import tzinfo
from email import policy
from email.message import EmailMessage

from store.exchange.document import Document
from store.exchange.postings.found import FoundPosting
from store.exchange.postings.guessing import board_of, find_requirements, guess, of_address
from store.exchange.postings.page import TEXT_AT_MOST, PostingPage, is_html, read_page
from store.exchange.postings.structured import read_json, read_structured
from store.rules.links import address_in
from store.rules.text import Refused, printable, quoted

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes of a page with its pictures left out: the largest that sites hand out have 3 MB."""
_ARCHIVED = re.compile(rb"^(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,60}?\r?\n", re.I)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})""", re.I)
_HEAD = 4_096
_LINES_AT_MOST = 2_000
_NO_DATA = "The page says nothing for machines (JSON-LD)"
_TAKEN = "A saved page (.html, .mhtml) or a text is read. Nothing was changed."


def read_posting(document: Document, zone: tzinfo) -> FoundPosting:
    """What is found in a saved page, in its source, in a text; of a bare address the link.

    JSON-LD is believed; without it company, role, salary, place and closing day are guesses.
    Nothing is fetched. Raises Refused for what is too big, no text, or nested too deep.
    """
    page, html = _page_of(document)
    if (link := address_in(page.text)) and not page.data:
        return _of_address(link)
    found = read_structured(page.data, zone, title=f"{page.title} {page.heading}", link=page.link)
    structured = found is not None
    found = found or FoundPosting()
    found.put("url", page.link)
    found.put("url", _link_alone(page.text) if not html else "", guessed=True)
    found.put("posting_text", page.text)
    guess(page, found, all_of_it=not structured)
    found.put("source", board_of(str(found.fields.get("url", ""))))
    found.requirements = find_requirements(str(found.fields.get("posting_text", "")))
    if html and not structured:
        broken = any(read_json(block) is None for block in page.data)
        said = "The JSON-LD of the page is broken" if broken else _NO_DATA
        found.remarks.append(f"{said}: this is guessed.")
    if not found.fields:
        raise Refused(f"{quoted(document.name)} holds no text of a posting. {_TAKEN}")
    return found


def _link_alone(text: str) -> str:
    """The address that has a line of a text to itself, where there is one alone."""
    lines = (line.strip() for line in text.split("\n", _LINES_AT_MOST)[:_LINES_AT_MOST])
    links = {link for line in lines if "://" in line and (link := address_in(line))}
    return links.pop() if len(links) == 1 else ""


def _of_address(link: str) -> FoundPosting:
    found = FoundPosting()
    found.put("url", link)
    found.put("company", of_address(link), guessed=True)
    found.put("source", board_of(link))
    found.remarks.append("This is an address: it is kept, and nothing is fetched.")
    return found


def _page_of(document: Document) -> tuple[PostingPage, bool]:
    """The page, and whether it was HTML."""
    data, name = document.data, quoted(document.name)
    if len(data) > SIZE_LIMIT:
        raise Refused(f"{name} is bigger than {SIZE_LIMIT // 1024 // 1024} MB: too big for a page.")
    if data.startswith(b"%PDF"):
        raise Refused(f"{name} is a PDF. Open it, and paste its text. Nothing was changed.")
    if document.is_packed:
        raise Refused(f"{name} is packed, such as a Word file or a zip. {_TAKEN}")
    text, link = _text_of(document)
    if not is_html(text):
        return PostingPage(_as_lines(text), link=link), False
    page = read_page(text, document.name)
    return (page if page.link or not link else page._replace(link=link)), True


def _text_of(document: Document) -> tuple[str, str]:
    """The text of the file, and the address that it was saved from, if it tells that."""
    archived = _ARCHIVED.match(document.data[:_HEAD])
    if archived is not None and b"multipart/" in archived[0].lower():
        return _of_archive(document)
    said = _CHARSET.search(document.data[:_HEAD])
    if said is not None:
        try:
            return document.data.decode(said[1].decode("ascii")), ""
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return document.text, ""
    except Refused:
        raise Refused(f"{quoted(document.name)} is no text. {_TAKEN}") from None


def _of_archive(document: Document) -> tuple[str, str]:
    """The page in a web archive (.mhtml), as browsers save it in one file."""
    try:
        message = email.message_from_bytes(document.data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        link = str(message.get("Snapshot-Content-Location") or "")
        for part in message.walk():
            if part.get_content_type() in ("text/html", "text/plain"):
                return str(part.get_content(errors="replace")), link.strip()
    except (RecursionError, LookupError, ValueError, AttributeError, AssertionError):
        pass
    raise Refused(f"{quoted(document.name)} holds no page. Save it as HTML. Nothing was changed.")


def _as_lines(text: str) -> str:
    """A plain text with its lines trimmed, and one empty line at most between them."""
    lines = (" ".join(line.split()) for line in printable(text[:TEXT_AT_MOST]).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
