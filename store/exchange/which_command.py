"""Which command reads a file that is brought to the wrong one: a page, mail."""

import re

from store.rules.text import Refused, quoted

_HEAD = 4_096
_BLANK = b"\xef\xbb\xbf \t\r\n"
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|script|meta|title|div)\b)", re.IGNORECASE
)
_ENVELOPE = re.compile(rb"From [^\r\n]*\d\d?:\d\d[^\r\n]*\r?\n[\w-]+:")
_FIELD = re.compile(rb"[\w-]{1,60}:(?:[ \t]|$)")
_OF_MAIL = frozenset((b"from", b"to", b"date", b"subject", b"message-id", b"received"))
_SAVED_PAGE = (b"\nsnapshot-content-location:", b"from: <saved by ")
"""What browsers write above a page that they save as one file, which looks like a message."""


def refuse_page_or_mail(name: str, data: bytes) -> None:
    """Raises Refused, with the command that reads it, where `data` is a web page or mail."""
    if is_mail(data):
        raise Refused(
            f"{quoted(name)} is mail, not a table. Mail is read by: rounds mail FILE. Nothing was "
            "changed."
        )
    if is_page(data):
        raise Refused(
            f"{quoted(name)} is a web page, not a table. If it is a posting: rounds take FILE. "
            "Nothing was changed."
        )


def refuse_mail(name: str, data: bytes) -> None:
    """Raises Refused where `data` is mail, and not a posting."""
    if is_mail(data):
        raise Refused(
            f"{quoted(name)} is mail, not a posting. Mail is read by: rounds mail FILE. Nothing "
            "was changed."
        )


def is_page(data: bytes) -> bool:
    """Whether a file is a web page, or one that a browser saved with all that belongs to it."""
    head = data[:_HEAD].lstrip(_BLANK)
    return bool(_PAGE.match(head)) or (_is_message(head) and _is_saved_page(head))


def is_mail(data: bytes) -> bool:
    """Whether a file is a message or a mailbox."""
    head = data[:_HEAD].lstrip(_BLANK)
    if _ENVELOPE.match(head):
        return True
    return _is_message(head) and not _is_saved_page(head)


def _is_message(head: bytes) -> bool:
    """Whether it begins with lines that name two or more of what a message tells first."""
    names: set[bytes] = set()
    for line in head.splitlines():
        if line.startswith((b" ", b"\t")) and names:
            continue
        if not _FIELD.match(line):
            break
        names.add(line.partition(b":")[0].lower())
    return len(names & _OF_MAIL) > 1


def _is_saved_page(head: bytes) -> bool:
    return any(mark in b"\n" + head.lower() for mark in _SAVED_PAGE)
