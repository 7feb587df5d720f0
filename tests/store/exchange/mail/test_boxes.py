"""Where mail lies: a message, an mbox, a Maildir, a folder, an .ics, a pipe; and what is none."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.exchange.mail import Mailbox, boxes, read_mailbox, read_piped
from store.rules.text import Refused

HERE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=HERE)
WEEK = Path(__file__).with_name("samples") / "week.mbox"
ICS = (
    b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART:20261201T100000Z\n"
    b"SUMMARY:Talk\nEND:VEVENT\nEND:VCALENDAR\n"
)


def message(number: int, text: str = "Yes.", hour: int = 9) -> bytes:
    return (
        f"From: a{number}@x.example\nSubject: s{number}\nMessage-ID: <{number}@x>\n"
        f"Date: Fri, 20 Nov 2026 {hour:02}:00:00 +0100\n\n{text}\n"
    ).encode()


def box(*messages: bytes) -> bytes:
    return b"".join(b"From a Fri Nov 20 09:00:00 2026\n" + one + b"\n" for one in messages)


def read(path: Path) -> Mailbox:
    return read_mailbox(path, HERE, NOW)


def subjects(found: Mailbox) -> list[str]:
    return [one.read.letter.subject for one in found.messages]


def test_a_week_of_mail() -> None:
    found = read(WEEK)
    assert len(found.messages) == 7
    assert not found.problems
    assert subjects(found)[0] == "Thanks for applying to Aviato"
    assert [one.read.letter.event is not None for one in found.messages].count(True) == 1


def test_one_message(tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(message(1))
    assert subjects(read(file)) == ["s1"]


def test_an_mbox_is_taken_apart_and_is_in_the_order_of_the_days(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(box(message(2, hour=12), message(1, hour=8)))
    assert subjects(read(file)) == ["s1", "s2"]


def test_a_line_from_in_a_text_begins_no_message(tmp_path: Path) -> None:
    text = "Hi,\n\nFrom now on we meet at ten.\n\n>From me, too.\n"
    file = tmp_path / "Inbox"
    file.write_bytes(box(message(1, text), message(2)))
    found = read(file)
    assert subjects(found) == ["s1", "s2"]
    assert "From now on" in found.messages[0].read.letter.text
    assert "\nFrom me, too." in found.messages[0].read.letter.text


def test_a_maildir(tmp_path: Path) -> None:
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.a").write_bytes(message(1))
    (tmp_path / "cur" / "2.a:2,S").write_bytes(message(2))
    (tmp_path / "tmp" / "3.a").write_bytes(message(3))
    (tmp_path / "cur" / ".hidden").write_bytes(message(4))
    assert sorted(subjects(read(tmp_path))) == ["s1", "s2"]


def test_a_folder_of_files(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(message(1))
    (tmp_path / "2.mbox").write_bytes(box(message(2), message(3)))
    (tmp_path / "talk.ics").write_bytes(ICS)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "notes.txt").write_text("not mail\n")
    (tmp_path / "deeper").mkdir()
    found = read(tmp_path)
    assert sorted(subjects(found)) == ["Talk", "s1", "s2", "s3"]
    assert not found.problems


def test_a_lone_entry_of_a_calendar(tmp_path: Path) -> None:
    file = tmp_path / "talk.ics"
    file.write_bytes(b"\xef\xbb\xbf" + ICS.replace(b"\n", b"\r\n"))
    (one,) = read(file).messages
    assert one.read.letter.event is not None
    assert one.read.letter.event.title == "Talk"


def test_a_message_that_lies_there_twice_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(box(message(1), message(1)))
    assert len(read(file).messages) == 1


def test_a_pipe_brings_a_message_or_several() -> None:
    assert subjects(read_piped(message(1), HERE, NOW)) == ["s1"]
    assert subjects(read_piped(box(message(1), message(2)), HERE, NOW)) == ["s1", "s2"]
    assert subjects(read_piped(b"\n\n" + message(1), HERE, NOW)) == ["s1"]


def test_one_message_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(box(message(1), b"no headers here\n", message(2)))
    found = read(file)
    assert subjects(found) == ["s1", "s2"]
    (problem,) = found.problems
    assert (problem.line, problem.file) == (2, "Inbox")
    assert problem.sentence == "left out: it is no message: it has no headers."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "holds no mail"),
        (b"   \n\n", "holds no mail"),
        (b"\x00" * 5_000, "was not read"),
        (b"x" * 200_000, "was not read"),
        (b"PK\x03\x04" + b"x" * 100, "was not read"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "was not read"),
        (b"Company,Role\nGlobex,Engineer\n", "was not read"),
    ],
)
def test_what_is_no_mail_is_one_sentence(tmp_path: Path, data: bytes, why: str) -> None:
    file = tmp_path / "thing"
    file.write_bytes(data)
    with pytest.raises(Refused, match=why) as refused:
        read(file)
    assert "“thing”" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_no_file_no_folder_no_device(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file “gone”"):
        read(tmp_path / "gone")
    with pytest.raises(Refused, match="holds no mail"):
        read(tmp_path)
    with pytest.raises(Refused, match="not a plain file"):
        read(Path("/dev/zero"))


def test_a_box_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "big"
    with file.open("wb") as opened:
        opened.truncate(boxes.BOX_AT_MOST + 1)
    with pytest.raises(Refused, match="bigger than 500 MB"):
        read(file)


def test_too_many_messages_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MESSAGES_AT_MOST", 2)
    file = tmp_path / "Inbox"
    file.write_bytes(box(*(message(number) for number in range(3))))
    with pytest.raises(Refused, match="more than 2 messages"):
        read(file)


def test_a_line_of_many_megabytes_and_a_huge_message_are_bounded(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(box(message(1, "x" * 10_000_000), message(2)))
    found = read(file)
    assert subjects(found) == ["s1", "s2"]
    assert max(len(one.read.letter.text) for one in found.messages) <= 20_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_with_a_name_in_a_maildir_is_passed_over(tmp_path: Path) -> None:
    for folder in ("new", "cur"):
        (tmp_path / folder).mkdir()
    os.mkfifo(tmp_path / "new" / "pipe")
    (tmp_path / "cur" / "1").write_bytes(message(1))
    assert subjects(read(tmp_path)) == ["s1"]
