"""How long, in what format, with whom: what invitations say beside the time."""

from datetime import date

from store.rules.mail.details import read_details
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Details, Letter
from store.rules.mail.senders import read_sender
from tests.tables import each_row

ROSA, ADDRESS = "Rosa Lind", "rosa.lind@gringotts.example"


def details(text: str, name: str = ROSA, address: str = ADDRESS) -> Details:
    letter = Letter(date(2026, 11, 24), name, address, "Interview", text)
    return read_details(LetterText(letter), name, read_sender(name, address))


@each_row(
    ("text", "minutes"),
    [
        ("It will take 45 minutes, on Zoom.", 45),
        ("Plan 30 to 45 minutes.", 45),
        ("We have a 30-minute call.", 30),
        ("Bitte planen Sie ca. 60 Minuten ein.", 60),
        ("Das Gespräch dauert anderthalb Stunden.", 90),
        ("L'entretien durera une heure.", 60),
        ("La entrevista dura media hora.", 30),
        ("Please come 10 minutes early.", 0),
        ("We are 15 minutes from the station.", 0),
        ("Please answer within 24 hours.", 0),
        ("First 30 minutes with HR, then 60 minutes with the team.", 0),
    ],
)
def test_how_long(text: str, minutes: int) -> None:
    assert details(text).minutes == minutes


@each_row(
    ("text", "formats"),
    [
        ("It will take 45 minutes, on Zoom, with me.", ("video_live",)),
        ("We will have a phone interview.", ("phone",)),
        ("Wir laden Sie zu einem Telefoninterview ein.", ("phone",)),
        ("L'entretien aura lieu en visioconférence.", ("video_live",)),
        ("Será una videollamada.", ("video_live",)),
        ("It can be by phone or on Zoom.", ()),
        ("There will be a panel interview in our office.", ("panel",)),
        ("Our teams are all over the world.", ()),
    ],
)
def test_in_what_format(text: str, formats: tuple[str, ...]) -> None:
    assert details(text).formats == formats


@each_row(
    ("text", "people"),
    [
        ("It will take 45 minutes, on Zoom, with Marcus Bell and me.", ("Marcus Bell", ROSA)),
        ("with Ana Ruiz, Bo van der Berg and Cy Tal", ("Ana Ruiz", "Bo van der Berg", "Cy Tal")),
        ("Das Gespräch führen Sie mit Frau Dr. Ina Kern und mir.", ("Frau Dr. Ina Kern", ROSA)),
        ("L'entretien se fera avec Luc Petit et moi.", ("Luc Petit", ROSA)),
        ("We meet with Microsoft Teams.", ()),
        ("You will talk with Human Resources.", ()),
        ("Stay in touch with Gringotts Bank.", ()),
        ("Thank you for your interest in working with us.", ()),
    ],
)
def test_with_whom(text: str, people: tuple[str, ...]) -> None:
    assert details(text).people == people


def test_a_post_takes_part_in_nothing() -> None:
    assert details("with Marcus Bell and me", "HR", "jobs@gringotts.example").people == (
        "Marcus Bell",
    )


def test_the_link_of_a_call_is_the_place() -> None:
    text = "See https://gringotts.example/jobs, and join at https://zoom.us/j/12?pwd=x."
    assert details(text).place == "https://zoom.us/j/12?pwd=x"


@each_row(
    ("text", "confirmed"),
    [
        ("I confirm our meeting on Tuesday 1 December at 2 pm.", True),
        ("Your interview is confirmed for Tuesday at 2 pm.", True),
        ("Hiermit bestätige ich den Termin am 3.12. um 10 Uhr.", True),
        ("Nous confirmons votre entretien du 3 décembre à 10 h.", True),
        ("Le confirmamos su entrevista del 3 de diciembre a las 10:00.", True),
        ("Could you come on Tuesday 1 December at 2 pm CET?", False),
        ("Bitte bestätigen Sie den Termin kurz.", False),
        ("Please confirm the time.", False),
        ("I confirm our meeting on Tuesday; please confirm that you can come.", False),
        ("We confirm receipt of your application.", False),
    ],
)
def test_whether_the_time_is_confirmed(text: str, confirmed: bool) -> None:
    assert details(text).confirmed is confirmed
