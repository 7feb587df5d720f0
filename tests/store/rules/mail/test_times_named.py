"""The times that an invitation names, in four languages, as seen on Tuesday, 24 November 2026."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from store.rules.mail.letter import sentences
from store.rules.mail.phrases import Folded, language
from store.rules.mail.times_named import OfferedTime, find_slots
from tests.tables import each_row

SENT = date(2026, 11, 24)


def told(name: str, text: str) -> str:
    slots = find_slots(Folded(sentences(text)), [language(name)], SENT)
    return ", ".join(map(_told, slots))


def _told(slot: OfferedTime) -> str:
    words = f"{slot.day:%a %d.%m.} {slot.at:%H:%M}"
    words += f" {slot.minutes}m" if slot.minutes else ""
    return f"{words} {slot.zone}".rstrip()


@each_row(
    ("name", "text", "found"),
    [
        ("en", "Tuesday 1 December at 2 pm CET", "Tue 01.12. 14:00 Europe/Berlin"),
        ("de", "am Dienstag, den 1.12. um 14 Uhr", "Tue 01.12. 14:00"),
        ("fr", "le mardi 1er décembre à 14h", "Tue 01.12. 14:00"),
        ("es", "el martes 1 de diciembre a las 14:00", "Tue 01.12. 14:00"),
        ("en", "on 2 December from 10 to 11 am EST", "Wed 02.12. 10:00 60m America/New_York"),
        ("de", "am 3. Dezember von 10 bis 11.30 Uhr in Raum 214", "Thu 03.12. 10:00 90m"),
        ("fr", "le 3 décembre de 14 h à 15 h 30", "Thu 03.12. 14:00 90m"),
        ("fr", "le 3 décembre à 14 h (heure de Paris)", "Thu 03.12. 14:00 Europe/Paris"),
        ("es", "el jueves 3 a las 4 de la tarde", "Thu 03.12. 16:00"),
        ("es", "el viernes a las 10 de la mañana", "Fri 27.11. 10:00"),
        ("es", "mañana a las 9:30 en la oficina", "Wed 25.11. 09:30"),
        ("de", "Morgen um 10 im Laden", "Wed 25.11. 10:00"),
        ("de", "am 3. Dezember 2026 um 9:00 Uhr (MEZ)", "Thu 03.12. 09:00 Europe/Berlin"),
        ("en", "at noon on Thursday", "Thu 26.11. 12:00"),
        ("en", "Interview: tomorrow 13:00-14:00, Teams", "Wed 25.11. 13:00 60m"),
        ("en", "Date: Wednesday 2 December\nTime: 10:15\nRoom 3", "Wed 02.12. 10:15"),
        ("en", "3 pm GMT / 4 pm CET on Tuesday", "Tue 01.12. 15:00 UTC"),
    ],
)  # fmt: skip
def test_one_time(name: str, text: str, found: str) -> None:
    assert told(name, text) == found


@each_row(
    ("name", "text", "found"),
    [
        ("en", "Would Friday at 11 or Monday at 3 suit you?", "Fri 27.11. 11:00, Mon 30.11. 15:00"),
        ("en", "- Mon 30 Nov 09:00\n- Thu 3 Dec 11:00", "Mon 30.11. 09:00, Thu 03.12. 11:00"),
        ("de", "Mittwoch um 17 Uhr oder Freitag um 8.30 Uhr", "Wed 25.11. 17:00, Fri 27.11. 08:30"),
        ("de", "( ) Mo, 30.11., 10:00\n( ) Di, 1.12., 15:30", "Mon 30.11. 10:00, Tue 01.12. 15:30"),
        ("fr", "lundi à 9h30 ou mardi à 11h", "Mon 30.11. 09:30, Tue 01.12. 11:00"),
    ],
)
def test_several_times(name: str, text: str, found: str) -> None:
    assert told(name, text) == found


@each_row(
    ("name", "text"),
    [
        ("en", "Please complete the test by Sunday, 11:59 pm."),
        ("de", "Bitte bearbeiten Sie den Test bis Freitag, 18 Uhr."),
        ("en", "It takes 2 hours on Tuesday and pays £14."),
        ("en", "Our office is at 12 Mill Lane. We meet on 3 December."),
        ("en", "We are free next week at 10."),
        ("en", "Call me at 10:30."),
        ("en", "On Tuesday 1 December."),
        ("en", "It was on Monday 2 November at 10:00."),
        ("en", ""),
    ],
)
def test_what_is_no_time_of_an_interview(name: str, text: str) -> None:
    assert told(name, text) == ""


def test_a_moment_has_its_zone_or_that_of_the_reader() -> None:
    slot = OfferedTime(date(2026, 12, 1), time(14), 0, "America/New_York")
    assert slot.moment(UTC) == datetime(2026, 12, 1, 19, tzinfo=UTC)
    berlin = ZoneInfo("Europe/Berlin")
    assert slot._replace(zone="").moment(berlin) == datetime(2026, 12, 1, 13, tzinfo=UTC)
