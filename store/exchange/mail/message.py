"""One message: its bytes as a `Letter` of the rules, with its calendar entry."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from email import message_from_bytes
from email.header import Header, decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from typing import NamedTuple

from store.exchange.hypertext import plain_text
from store.exchange.mail.calendar import read_calendar
from store.rules.mail.message import Event, Letter
from store.rules.text import Refused, printable, shorten

LARGEST = 4_000_000
"""Bytes of one message that are looked at: its texts stand before its attachments."""
TEXT_AT_MOST = 20_000
"""Characters of a text that are kept (product): five times as many as the log holds."""
_BOUNDARIES_AT_MOST = 40
"""Parts within parts; an invitation in a forwarded answer has four."""
_PARTS_AT_MOST = 200
_HEADERS_AT_MOST = 1_000_000
"""Bytes of what stands above the text."""
_SUBJECT_AT_MOST, _NAME_AT_MOST, _ADDRESS_AT_MOST = 300, 200, 320
_SENDER_AT_MOST = 2_000
_ADDRESS = re.compile(r"<\s*([^<>@\s]+@[^<>\s]+)\s*>")
"""The address behind a name, however that is written: many programs do not care for its rules."""
_QUOTED_NAME = re.compile(r'\s*"((?:[^"\\]|\\.){1,300})"\s*(?:\([^()]*\)\s*)?$')
_EARLIEST = 1990
_KNOWN = ("from", "date", "subject", "message-id", "to", "received", "return-path")
"""Headers of which each message has one."""
_LISTS = ("list-unsubscribe", "list-id", "x-campaign", "x-mailgun-tag", "feedback-id")
_BULK = ("bulk", "list", "junk")


class MailRead(NamedTuple):
    """A message that was read: what tells it from all others, and what it says.

    `key` is made of its Message-ID, else of its text. `sent_at` is aware.
    """

    key: str
    sent_at: datetime
    letter: Letter


def read_message(data: bytes, here: tzinfo, now: datetime) -> MailRead:
    """The message that `data` holds; times are told by the clocks of `here`.

    What was sent after `now`, or on no day, counts as sent today. Raises Refused, in a few words
    without a capital, for what is no message.
    """
    data = data[:LARGEST]
    if data.lower().count(b"boundary=") > _BOUNDARIES_AT_MOST:
        raise Refused("it has too many parts within each other")
    if len(_head(data)) > _HEADERS_AT_MOST:
        raise Refused("its headers have no end")
    try:
        message = message_from_bytes(data)
        if not any(name in message for name in _KNOWN):
            raise Refused("it is no message: it has no headers")
        return _read(message, data, here, now)
    except Refused:
        raise
    except RecursionError:
        raise Refused("it has too many parts within each other") from None
    except Exception:  # the parser lets AttributeError, KeyError, AssertionError and others through
        raise Refused("it cannot be read") from None


def _head(data: bytes) -> bytes:
    """What stands above the first empty line."""
    ends = [end for mark in (b"\n\n", b"\r\n\r\n") if (end := data.find(mark)) >= 0]
    return data[: min(ends, default=len(data))]


def _read(message: "Message[str, str]", data: bytes, here: tzinfo, now: datetime) -> MailRead:
    name, address = _sender(message)
    sent_at = _moment_of(message, now)
    subject = shorten(" ".join(_header(message, "subject").split()), _SUBJECT_AT_MOST)
    plain, html, calendar = _parts(message)
    event = None
    text = plain if plain.strip() else plain_text(html)
    text = printable(text[: TEXT_AT_MOST * 2])[:TEXT_AT_MOST]
    if calendar:
        with suppress(Refused):  # a message with a broken calendar still says what it says
            for organized in read_calendar(calendar, here)[:1]:
                event = organized.event
                text = text if text.strip() else organized.text[:TEXT_AT_MOST]
    letter = Letter(
        sent_at.astimezone(here).date(),
        name,
        address,
        subject,
        text,
        _is_bulk(message),
        _is_automatic(message),
        event,
    )
    return MailRead(_key(message, letter, data), sent_at, letter)


def _key(message: "Message[str, str]", letter: Letter, data: bytes) -> str:
    """What tells the message from all others, as 40 figures."""
    named = " ".join(_header(message, "message-id").split())
    said = f"id {named}".encode() if named else _content(letter, data)
    return sha256(said).hexdigest()[:40]


def _content(letter: Letter, data: bytes) -> bytes:
    text = letter.text or data[:TEXT_AT_MOST].hex()
    return "\n".join(("text", letter.address, letter.subject, text)).encode("utf-8", "replace")


def _header(message: "Message[str, str]", name: str) -> str:
    """A header decoded, cleaned, and on one line; "" where there is none."""
    return _decode_header(message.get(name))


def _decode_header(value: "str | Header | None") -> str:
    if value is None:
        return ""
    if isinstance(value, str) and "=?" not in value:
        return printable(value).replace("\n", " ")
    try:
        parts = decode_header(value)
    except Exception:  # broken base64 raises what is no ValueError everywhere
        return printable(str(value)).replace("\n", " ")
    words = [part if isinstance(part, str) else decode(part, charset) for part, charset in parts]
    return printable("".join(words)).replace("\n", " ")


def decode(data: bytes, charset: str | None) -> str:
    """`data` as text: by its charset, else UTF-8, else Windows-1252."""
    for name in (charset, "utf-8"):
        if name and name.lower() not in ("unknown-8bit", "ascii", "us-ascii"):
            try:
                return data.decode(name)
            except (LookupError, UnicodeError, ValueError):
                continue
    return data.decode("cp1252", "replace")


def _sender(message: "Message[str, str]") -> tuple[str, str]:
    """Name and address of who sent it."""
    raw = message.get("from") or message.get("sender") or message.get("return-path") or ""
    text = (raw if isinstance(raw, str) else _decode_header(raw))[:_SENDER_AT_MOST]
    if found := _ADDRESS.search(text):
        name, address = text[: found.start()], found[1]
    else:
        name, address = parseaddr(text)
    if quoted := _QUOTED_NAME.match(name):
        # What stands behind a quoted name is a comment.
        name = re.sub(r"\\(.)", r"\1", quoted[1])
    shown = " ".join(_decode_header(name).split()).strip("' ")
    shown = shown if quoted else shown.strip("'\" ")
    return shorten(shown, _NAME_AT_MOST), printable(address).strip()[:_ADDRESS_AT_MOST]


def _moment_of(message: "Message[str, str]", now: datetime) -> datetime:
    """When it was sent: as it says, else as the last server says, `now` at the latest."""
    received = message.get_all("received") or []
    told = [str(message.get("date") or ""), *(str(one).rpartition(";")[2] for one in received[:1])]
    for text in told:
        try:
            moment = parsedate_to_datetime(text.strip()[:100])
            moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
            moment = moment.astimezone(UTC)
        except (TypeError, ValueError, OverflowError, IndexError, AttributeError):
            continue
        if moment.year >= _EARLIEST:
            return min(moment, now.astimezone(UTC))
    return now.astimezone(UTC)


def _is_bulk(message: "Message[str, str]") -> bool:
    """Whether it went to a list."""
    precedence = _header(message, "precedence").strip().lower()
    return precedence in _BULK or any(name in message for name in _LISTS)


def _is_automatic(message: "Message[str, str]") -> bool:
    """Whether a program says that it answered (RFC 3834)."""
    submitted = _header(message, "auto-submitted").strip().lower()
    if submitted and submitted != "no":
        return True
    named = ("x-autoreply", "x-autorespond", "x-auto-response-suppress-reply")
    return any(name in message for name in named)


def _parts(message: "Message[str, str]") -> tuple[str, str, bytes]:
    """The first plain text, the first HTML, and the first calendar."""
    plain, html, calendar = "", "", b""
    for number, part in enumerate(_leaves(message)):
        if number >= _PARTS_AT_MOST:
            raise Refused(f"it has more than {_PARTS_AT_MOST} parts")
        kind = part.get_content_type()
        named = str(part.get_filename() or "").lower()
        if kind in ("text/calendar", "application/ics") or named.endswith(".ics"):
            calendar = calendar or _payload(part)
        elif part.get_content_disposition() == "attachment":
            continue
        elif kind == "text/html":
            html = html or decode(_payload(part), part.get_content_charset())
        elif kind == "text/plain" and not plain.strip():
            plain = decode(_payload(part), part.get_content_charset())
            if str(part.get_param("format") or "").lower() == "flowed":
                plain = _FLOWED.sub(" ", plain)
    return plain, html, calendar


_FLOWED = re.compile(r"(?<!\n--) \r?\n(?![>\r\n])")


def _leaves(message: "Message[str, str]") -> "Iterator[Message[str, str]]":
    """The parts that hold something, those of messages within it left out."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            if part is message or part.get_content_maintype() == "multipart":
                waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part


def _payload(part: "Message[str, str]") -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def event_letter(event: Event, name: str, address: str, text: str, sent_on: date) -> Letter:
    """A calendar entry that came without a message, as one."""
    return Letter(sent_on, name, address, event.title, text[:TEXT_AT_MOST], event=event)
