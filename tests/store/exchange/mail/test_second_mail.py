"""Mail and calendar entries written from the formats' descriptions before their reader was read.

RFC 5322 and 2045 to 2047, mboxrd, Maildir, and iMIP as Outlook and Google send it.
"""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.exchange.mail import Mailbox, Received, read_mailbox
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Event

ROOM = Path(__file__).with_name("second")
HERE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=HERE)


def read(path: Path) -> Mailbox:
    found = read_mailbox(path, HERE, NOW)
    assert not found.problems
    return found


def event(file: str) -> Event:
    (one,) = read(ROOM / file).messages
    assert one.read.letter.event is not None
    return one.read.letter.event


def by_subject(found: Mailbox, part: str) -> Received:
    (one,) = [one for one in found.messages if part in one.read.letter.subject]
    return one


def own(one: Received) -> str:
    return LetterText(one.read.letter).own


def test_what_outlook_asks_for() -> None:
    found = event("outlook-request.eml")
    assert found.title == "Vorstellungsgespräch Systemingenieur"
    assert found.starts_at == datetime(2026, 12, 3, 12, 30, tzinfo=UTC)
    assert (found.minutes, found.zone) == (60, "Europe/Berlin")
    assert (found.sequence, found.cancelled) == (0, False)
    assert found.place.startswith("https://teams.microsoft.com/l/meetup-join/19%3ameeting_ab12")
    assert "Feldkamp, Jutta" in found.people
    assert not any("Elbe" in one or "sam.reed" in one for one in found.people)


def test_the_message_of_outlook_around_it() -> None:
    (one,) = read(ROOM / "outlook-request.eml").messages
    letter = one.read.letter
    assert (letter.name, letter.address) == ("Feldkamp, Jutta", "jutta.feldkamp@orbisand.example")
    assert letter.subject == "Vorstellungsgespräch Systemingenieur"
    assert "wie besprochen das Gespräch zur Stelle „Systemingenieur“." in letter.text


@pytest.mark.parametrize("program", ["outlook", "google"])
def test_it_is_moved_and_called_off(program: str) -> None:
    first, moved, off = (event(f"{program}-{one}.eml") for one in ("request", "update", "cancel"))
    assert len({first.uid, moved.uid, off.uid}) == 1
    assert (first.sequence, moved.sequence, off.sequence) == (0, 1, 2)
    assert first.starts_at != moved.starts_at
    assert (moved.cancelled, off.cancelled) == (False, True)


def test_when_outlook_moved_it_to() -> None:
    found = event("outlook-update.eml")
    assert found.starts_at == datetime(2026, 12, 4, 8, tzinfo=UTC)
    assert found.minutes == 75


def test_what_google_asks_for() -> None:
    found = event("google-request.eml")
    assert found.title == "Interview: Data Engineer (Tallow Works)"
    assert found.starts_at == datetime(2026, 12, 8, 16, 30, tzinfo=UTC)
    assert (found.minutes, found.zone) == (45, "UTC")
    assert found.place == "https://meet.google.com/qdr-wxyz-abc"
    assert "Ines Duarte" in found.people
    assert not any("LIS-4" in one for one in found.people)


def test_an_entry_alone_with_a_length() -> None:
    (one,) = read(ROOM / "lone.ics").messages
    letter = one.read.letter
    assert letter.event is not None
    assert letter.event.starts_at == datetime(2026, 12, 10, 16, tzinfo=UTC)
    assert (letter.event.minutes, letter.event.zone) == (90, "America/New_York")
    assert letter.event.place.startswith("Harrow & Finch, 40 Wharf Street, 3rd floor")
    assert (letter.name, letter.address) == ("Harrow & Finch Talent", "talent@harrowfinch.example")


def test_several_entries_in_one_file() -> None:
    found = read(ROOM / "two.ics").messages
    told = [one.read.letter.event for one in found]
    assert [one.title for one in told if one is not None] == [
        "Technical interview with Quillmere",
        "Interview with the team of Quillmere",
    ]
    assert told[0] is not None
    assert told[0].place == "https://zoom.us/j/99887766554?pwd=abc"


def test_a_box_with_all_that_a_message_may_be() -> None:
    subjects = {one.read.letter.subject for one in read(ROOM / "box.mbox").messages}
    assert subjects >= {
        "Ihre Bewerbung als Büroleiterin bei Grünwerk",
        "Re: [jobs] Warehouse planner",
        "Thank you for applying to Pell & Co",
        "no id and no date, but a folded subject",
        "Fwd: our talk",
    }


def test_encoded_words_and_an_old_charset() -> None:
    one = by_subject(read(ROOM / "box.mbox"), "Büroleiterin")
    assert one.read.letter.name == "Bärbel Jäger"
    assert "vielen Dank für Ihre Bewerbung als Büroleiterin" in own(one)
    assert "Äußere Straße" not in own(one)


def test_a_flowed_text_a_comment_and_quotations_of_two_levels() -> None:
    one = by_subject(read(ROOM / "box.mbox"), "Warehouse planner")
    assert one.read.letter.address == "tom@ostler.example"
    assert 'Tom "Tommy" Ostler' in one.read.letter.name
    said = own(one)
    assert "I have passed them on to my brother" in said
    assert "\nFrom what he says you would start in the cold store." in said
    assert "Unfortunately" not in said
    assert one.read.sent_at == datetime(2026, 11, 26, 11, 5, tzinfo=UTC)


def test_a_message_of_nothing_but_html_with_a_picture() -> None:
    one = by_subject(read(ROOM / "box.mbox"), "Pell & Co")
    text = one.read.letter.text
    assert "Hi Sam," in text
    assert "We have received your application — no need to reply." in text
    assert "- Step one\n- Step two" in text
    assert "alert" not in text
    assert "@media" not in text


def test_a_message_without_mime_date_and_number() -> None:
    one = by_subject(read(ROOM / "box.mbox"), "no id and no date")
    assert "A message of 1982" in one.read.letter.text
    assert "\nFrom and >>From at the beginning" in f"\n{one.read.letter.text}"


def test_a_forwarded_message_within_one_is_not_what_the_sender_says() -> None:
    one = by_subject(read(ROOM / "box.mbox"), "Fwd: our talk")
    assert own(one) == (
        "Hi Sam – see the note of my colleague below. I am glad that it worked out."
    )


def test_a_maildir_in_french_and_spanish(tmp_path: Path) -> None:
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    for folder, name in (("new", "fr"), ("cur", "es")):
        file = ROOM / f"maildir-{name}.eml"
        kept = tmp_path / folder / f"1764.M1P1.host{':2,RS' if folder == 'cur' else ''}"
        kept.write_bytes(file.read_bytes())
    found = read(tmp_path)
    french = by_subject(found, "votre candidature")
    assert french.read.letter.name == "Chloé Lefèvre"
    assert "malheureusement" not in own(french)
    assert "Êtes-vous" in own(french)
    spanish = by_subject(found, "proceso")
    assert "Te escribo el lunes con más noticias." in own(spanish)
    assert "lamentablemente" not in own(spanish)
