"""One message: headers in every writing, the text of its parts, and what is none."""

import base64
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from store.exchange.mail.message import MailRead, read_message
from store.rules.text import Refused
from tests.tables import each_row

HERE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=HERE)
HEAD = "From: Ana Ruiz <ana@acme.example>\nSubject: Hello\nDate: Fri, 20 Nov 2026 23:30:00 +0000\n"


def read(text: str | bytes) -> MailRead:
    return read_message(text.encode() if isinstance(text, str) else text, HERE, NOW)


def with_parts(*parts: str, kind: str = "mixed") -> str:
    inner = "".join(f"--b\n{part}\n" for part in parts)
    return (
        f'{HEAD}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n\n{inner}--b--\n'
    )


def test_a_plain_message() -> None:
    found = read(f"{HEAD}Message-ID: <1@x>\n\nYes.\n")
    letter = found.letter
    assert (letter.name, letter.address, letter.subject) == (
        "Ana Ruiz",
        "ana@acme.example",
        "Hello",
    )
    assert letter.text.strip() == "Yes."
    assert letter.sent_on == date(2026, 11, 21), "it was Saturday already, here"
    assert found.sent_at == datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert (letter.bulk, letter.automatic, letter.event) == (False, False, None)


@each_row(
    ("header", "name"),
    [
        ("=?utf-8?q?Luc=C3=ADa_P=C3=A9rez?= <l@x.example>", "Lucía Pérez"),
        ("=?iso-8859-1?Q?M=FCller=2C_Anna?= <l@x.example>", "Müller, Anna"),
        ("=?utf-8?b?TMO8?= =?utf-8?b?cHRvbg==?= <l@x.example>", "Lüpton"),
        ('"Ruiz, Ana" <l@x.example>', "Ruiz, Ana"),
        ("=?nope?q?Ana?= <l@x.example>", "Ana"),
        ("l@x.example", ""),
        ("=?utf-8?b?!!!?= <l@x.example>", None),
        ("Ana \x1b[31mRuiz <l@x.example>", "Ana [31mRuiz"),
        ("Ana \u202eRuiz <l@x.example>", "Ana Ruiz"),
    ],
)
def test_the_name_of_the_sender(header: str, name: str | None) -> None:
    letter = read(f"From: {header}\nSubject: x\n\nYes.").letter
    assert letter.address == "l@x.example"
    assert name is None or letter.name == name


def test_a_header_in_plain_eight_bit() -> None:
    raw = b"From: M\xfcller <m@x.example>\nSubject: Gr\xc3\xbc\xc3\x9fe\n\nYes."
    letter = read(raw).letter
    assert (letter.name, letter.subject) == ("Müller", "Grüße")


@each_row(
    ("day", "sent"),
    [
        ("Fri, 20 Nov 2026 09:00:00 +0100", date(2026, 11, 20)),
        ("20 Nov 2026 09:00", date(2026, 11, 20)),
        ("nonsense", date(2026, 11, 23)),
        ("Fri, 20 Nov 2099 09:00:00 +0100", date(2026, 11, 23)),
        ("Fri, 20 Nov 1926 09:00:00 +0100", date(2026, 11, 23)),
        ("Fri, 99 Nov 2026 99:00:00 +9900", date(2026, 11, 23)),
    ],
)
def test_the_day_on_which_it_was_sent(day: str, sent: date) -> None:
    assert read(f"From: a@x.example\nDate: {day}\n\nYes.").letter.sent_on == sent


def test_without_a_date_the_last_server_tells_it() -> None:
    received = "Received: from a by b; Thu, 19 Nov 2026 08:00:00 +0100\n"
    assert read(f"{received}From: a@x.example\n\nYes.").letter.sent_on == date(2026, 11, 19)


def test_the_plain_text_counts_and_the_attachment_does_not() -> None:
    found = read(
        with_parts(
            "Content-Type: text/plain\nContent-Disposition: attachment\n\nNo.",
            "Content-Type: text/html\n\n<p>Html.</p>",
            "Content-Type: text/plain; charset=iso-8859-1\n"
            "Content-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe",
        )
    )
    assert found.letter.text.strip() == "Grüße"


def test_html_alone_is_made_text() -> None:
    coded = base64.b64encode("<p>Grüße</p><blockquote>No</blockquote>".encode()).decode()
    part = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{coded}"
    assert read(with_parts(part, kind="alternative")).letter.text == "Grüße\n\n> No"


def test_a_message_within_it_is_not_its_text() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: b@x.example\nSubject: y\n\nInner."
    assert "Inner" not in read(with_parts("Content-Type: text/plain\n\nOuter.", inner)).letter.text


@each_row(
    ("header", "bulk", "automatic"),
    [
        ("List-Unsubscribe: <x>", True, False),
        ("Precedence: bulk", True, False),
        ("Auto-Submitted: auto-replied", False, True),
        ("Auto-Submitted: no", False, False),
        ("X-Autoreply: yes", False, True),
        ("X-Other: yes", False, False),
    ],
)
def test_lists_and_programs(header: str, bulk: bool, automatic: bool) -> None:
    letter = read(f"{HEAD}{header}\n\nYes.").letter
    assert (letter.bulk, letter.automatic) == (bulk, automatic)


def test_a_message_is_told_by_its_id_and_else_by_its_text() -> None:
    one, two = read(f"{HEAD}Message-ID: <1@x>\n\nYes."), read(f"{HEAD}Message-ID:  <1@x>\n\nNo.")
    assert one.key == two.key
    assert read(f"{HEAD}\nYes.").key == read(f"{HEAD}X-More: 1\n\nYes.").key
    assert read(f"{HEAD}\nYes.").key != read(f"{HEAD}\nNo.").key
    assert len(one.key) == 40


def test_control_characters_do_not_come_in() -> None:
    letter = read(f"{HEAD}\nYes \x1b]52;c;x\x07 \u202e no\x00.").letter
    assert not any(ord(sign) < 32 and sign != "\n" for sign in letter.text)
    assert "\u202e" not in letter.text


@each_row(
    ("data", "why"),
    [
        (b"\x00\x01\x02" * 100, "no message"),
        (b"just a line", "no message"),
        (b"%PDF-1.7\n\n" + b"x" * 1_000, "no message"),
        (b"Content-Type: multipart/mixed; boundary=b\n" * 60 + b"\n\n", "too many parts"),
        (b"X: " + b"y" * 3_000_000, "headers"),
    ],
)
def test_what_is_no_message_is_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(data)


def nested(depth: int) -> bytes:
    head = b"From: a@x.example\n"
    for level in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    return head + b"Content-Type: text/plain\n\nDeep."


def test_parts_within_parts_are_read_to_a_depth() -> None:
    assert read(nested(30)).letter.text.strip() == "Deep."
    with pytest.raises(Refused, match="too many parts"):
        read(nested(50))


def test_hundreds_of_parts_are_too_many() -> None:
    with pytest.raises(Refused, match="more than 200 parts"):
        read(with_parts(*["Content-Type: image/png\n\nx"] * 300))


@each_row(
    "text",
    [
        'Content-Type: text/plain; charset="\x00"\n\nYes.',
        "Content-Type: text/plain; charset=utf-7\n\n+AAAA-",
        "Content-Type: text/plain; charset=idna\n\nYes.",
        "Content-Type: text/plain; charset*=bad''%ff\n\nYes.",
        "Content-Type: multipart/mixed\n\nYes.",
        "Content-Type: ;;;\n\nYes.",
        "Content-Transfer-Encoding: base64\n\n=====",
        "Content-Transfer-Encoding: x-uuencode\n\nbegin 666 x\n!!!",
        "Content-Disposition: ;=;\n\nYes.",
        "Date: \nFrom: =?utf-8?q?=ZZ?=\n\nYes.",
        "\n\n",
    ],
)
def test_broken_headers_end_in_a_letter_or_a_sentence(text: str) -> None:
    try:
        found = read(f"From: a@x.example\n{text}")
    except Refused:
        return
    assert found.letter.address == "a@x.example"
