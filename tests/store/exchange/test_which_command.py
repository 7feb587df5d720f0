"""A page or mail that is brought to the wrong command: told which one reads it."""

from datetime import date
from pathlib import Path

import pytest

from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.which_command import is_mail, is_page
from store.rules.text import Refused
from tests.tables import each_row

HERE = Path(__file__).parent
PAGES = sorted(HERE.glob("postings/second/*.html"))
MAIL = [HERE / "mail/samples/week.mbox", *sorted(HERE.glob("mail/second/*.eml"))]
TABLES = [one for one in sorted(HERE.glob("s*/**/*")) if one.suffix in (".csv", ".json", ".md")]
ARCHIVE = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/1\r\n" \
    b"Subject: SRE\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\n\r\n"  # fmt: skip


def test_what_the_samples_are() -> None:
    assert min(map(len, (PAGES, MAIL, TABLES))) > 1
    for file in (*PAGES, *MAIL, *TABLES):
        data = file.read_bytes()
        assert is_page(data) is (file in PAGES), file.name
        assert is_mail(data) is (file in MAIL), file.name


def test_a_page_that_a_browser_saved_as_one_file_is_no_mail() -> None:
    assert (is_page(ARCHIVE), is_mail(ARCHIVE)) == (True, False)


@each_row(
    "data",
    [
        b"From: To:\nGlobex;SRE\n",
        b"Subject: SRE\n\nGlobex",
        b"From Globex\nRole: SRE\n",
        b"<3,SRE\n",
    ],
)
def test_what_only_looks_like_it_is_neither(data: bytes) -> None:
    assert not is_page(data)
    assert not is_mail(data)


@each_row(
    ("file", "command"), [(PAGES[0], "rounds take FILE"), (MAIL[0], "rounds mail FILE"),
                          (MAIL[1], "rounds mail FILE")],
)  # fmt: skip
def test_an_import_names_the_command(file: Path, command: str) -> None:
    with pytest.raises(Refused, match=command):
        read_document(Document.open(file), date(2026, 11, 28))
