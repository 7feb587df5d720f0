"""Whatever comes in, mail is a letter or a sentence: never another error, never a sign that a
terminal obeys."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.exchange.mail import read_piped
from store.rules.mail.cards import KnownCards
from store.rules.mail.message import Letter
from store.rules.mail.proposals import propose
from store.rules.text import Refused
from tests.conftest import examples

HERE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=HERE)
PIECES = (
    b"From: a@x.example\n", b"From a Fri Nov 20 09:00:00 2026\n", b"Subject: =?utf-8?b?", b"?=\n",
    b"Date: Fri, 20 Nov 2026 09:00:00 +0100\n", b"Content-Type: multipart/mixed; boundary=b\n",
    b"--b", b"\n", b"\n\n", b"Content-Type: text/html\n", b"Content-Type: text/calendar\n",
    b"BEGIN:VCALENDAR\n", b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"END:VCALENDAR\n",
    b"DTSTART;TZID=", b"DTSTART:20261201T1", b"UID:1\n", b"RRULE:FREQ=DAILY\n",
    b"Content-Transfer-Encoding: base64\n", b"\xff\xfe", b"\x1b]0;x\x07", b"<blockquote>",
    b"<!--", b"we decided to go with another candidate", b"by 3 Dec", b"> ", b"-- \n",
    b"charset=nope\n", b"ORGANIZER;CN=", b"ATTENDEE:", b"DURATION:P", b"SEQUENCE:-", b"\r\n",
    b"\x00",
)  # fmt: skip


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=30).map(b"".join))
def test_any_bytes_are_letters_or_a_sentence(data: bytes) -> None:
    try:
        box = read_piped(data, HERE, NOW)
    except Refused as refused:
        assert str(refused).endswith(".")  # noqa: PT017 (either is fine)
        return
    for one in box.messages:
        letter = one.read.letter
        texts = (letter.name, letter.address, letter.subject, letter.text)
        assert not any(ord(sign) < 32 and sign != "\n" for text in texts for sign in text)
        propose(letter, KnownCards(()))


@pytest.mark.parametrize("name", ["", "Ana", "=", "(", "“", "\\"])
@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_by_the_rules(name: str, text: str) -> None:
    letter = Letter(NOW.date(), name, f"{name}@x.example", f"Your application {text[:60]}", text)
    propose(letter, KnownCards(()))
