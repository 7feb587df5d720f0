"""Which application a message belongs to, and how sure that is."""

from datetime import date
from email.utils import parseaddr

import pytest

from store.rules.employers import folded_employer
from store.rules.mail.cards import KnownCard, KnownCards, Match, Newcomer, hosts_of, plain_role
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Letter
from store.rules.mail.proposals import propose
from store.rules.mail.senders import read_sender, registered_part
from tests.tables import each_row


def known(
    id_: int, company: str, role: str = "Engineer", *people: str, closed: bool = False
) -> KnownCard:
    addresses = frozenset(people)
    hosts = hosts_of("", addresses)
    return KnownCard(id_, company, role, folded_employer(company), not closed, addresses, hosts)


BOARD = KnownCards(
    [
        known(1, "Acme Robotics", "Data Engineer", "ana@acme-robotics.com"),
        known(2, "Globex", "Backend Developer"),
        known(3, "Globex", "Platform Engineer"),
        known(4, "Müller & Söhne KG", "Controllerin"),
        known(5, "Umbrella Health", "Researcher", closed=True),
        known(6, "BP", "Analyst"),
        known(7, "Hooli", "Product Manager", "tom@talentbridge.io"),
        known(8, "Wayne", "Product Manager", "tom@talentbridge.io"),
    ]
)


def found(address: str, name: str = "", subject: str = "", text: str = "") -> Match:
    letter = Letter(date(2026, 11, 24), name, address, subject, text)
    return BOARD.find(letter, LetterText(letter), read_sender(name, address))


@each_row(
    ("address", "name", "subject", "card", "sure"),
    [
        ("ana@acme-robotics.com", "Ana Ruiz", "Hello", 1, True),
        ("ANA@Acme-Robotics.com", "", "", 1, True),
        ("jobs@acme-robotics.com", "", "", 1, True),
        ("jobs@mail.acme-robotics.com", "", "", 1, True),
        ("no-reply@greenhouse.io", "Acme Robotics", "", 1, False),
        ("no-reply@greenhouse.io", "Acme Robotics", "Acme Robotics: Data Engineer", 1, True),
        ("globex@myworkday.com", "Globex", "Platform Engineer", 3, True),
        ("globex@myworkday.com", "Globex", "Your application", 3, False),
        ("bewerbung@mueller-soehne.de", "", "", 4, True),
        ("hr@umbrellahealth.org", "", "", 5, False),
        ("jane@bp.com", "", "", 6, True),
        ("x@gmail.com", "Joe", "How was Acme Robotics?", 1, False),
        ("x@gmail.com", "Joe", "Lunch", None, False),
        ("x@notacme.com", "Joe", "Lunch", None, False),
        ("tom@talentbridge.io", "Tom", "Hooli, next steps", 7, True),
        ("tom@talentbridge.io", "Tom", "Hello", 8, False),
    ],
)
def test_the_application(
    address: str, name: str, subject: str, card: int | None, sure: bool
) -> None:
    match = found(address, name, subject)
    assert match.card_id == card
    assert match.sure is sure


def test_the_others_that_may_be_meant_are_told() -> None:
    assert found("globex@myworkday.com", "Globex", "Your application").others == (2,)


def test_a_role_in_the_text_tells_two_apart() -> None:
    match = found(
        "globex@myworkday.com", "Globex", "Hello", "for the role Backend Developer (m/f/d)"
    )
    assert (match.card_id, match.sure) == (2, True)


def test_who_may_apply_is_no_part_of_a_role() -> None:
    for role in ("Engineer (m/w/d)", "Engineer m/w/d", "Engineer (all genders)", "engineer"):
        assert plain_role(role) == " engineer "


def test_the_part_of_a_host_that_is_registered() -> None:
    assert registered_part("mail.acme.co.uk") == "acme.co.uk"
    assert registered_part("mail.acme.de") == "acme.de"


def test_hosts_of_boards_and_providers_are_nobodys_own() -> None:
    assert hosts_of("https://boards.greenhouse.io/acme/1", ["x@gmail.com"]) == frozenset()
    assert hosts_of("https://jobs.acme.com/1", ["x@acme.io"]) == {"acme.com", "acme.io"}


def test_the_role_alone_says_nothing_where_another_employer_is_named() -> None:
    board = KnownCards([known(1, "Gringotts", "QA Analyst")])
    text = (
        "Thank you for applying for the QA Analyst position at Massive Dynamic. We have received "
        "your application and our team will review it."
    )
    careers = "Massive Dynamic Careers"
    subject = "We received your application: QA Analyst"
    sent = Letter(date(2026, 11, 23), careers, "no-reply@massivedynamic.example", subject, text)
    found = propose(sent, board)
    assert found is not None
    assert (found.card_id, found.newcomer) == (None, Newcomer("Massive Dynamic", "QA Analyst"))
    through = KnownCards([known(1, "Gringotts", "QA Analyst")._replace(via_recruiter=True)])
    found = propose(sent, through)
    assert found is not None
    assert found.card_id == 1


@pytest.mark.parametrize(
    ("sender", "subject", "text", "company", "role"),
    [
        (
            "Jutta Krüger <krueger@moebel-krueger.example>",
            "Ihre Bewerbung als Assistenz der GL",
            "Wir laden Sie zum Vorstellungsgespräch ein.\n\nMit freundlichen Grüßen\nJutta Krüger\n"
            "Möbel Krüger GmbH",
            "Möbel Krüger GmbH",
            "Assistenz der GL",
        ),
        (
            "Rosa Lind <rosa.lind@gringotts.example>",
            "Interview: QA Analyst at Gringotts",
            "We would like to invite you to an interview.",
            "Gringotts",
            "QA Analyst",
        ),
        (
            "HR <jobs@soylent.example>",
            "Your application at Soylent AG",
            "Thank you for your interest in the Systems Programmer position. Unfortunately, we "
            "have decided to move forward with other candidates.",
            "Soylent AG",
            "Systems Programmer",
        ),
        (
            "Ben <ben@globex.example>",
            "Re: Staff Engineer offer",
            "Hi Jo,\n\njust to say we need your answer to our offer by 4 December.\n\nBen\nGlobex",
            "Globex",
            "Staff Engineer",
        ),
        (
            "Ana <ana@acme.example>",
            "Your interview",
            "Thank you for applying as an Analyst. We would like to invite you to an interview.",
            "Acme",
            "Analyst",
        ),
        (
            "Inés <ines@molinos.example>",
            "Oferta",
            "Nos gustaría que te incorpores como Analista de datos; esperamos tu respuesta a "
            "nuestra oferta antes del 4 de diciembre.",
            "Molinos",
            "Analista de datos",
        ),
    ],
)
def test_a_new_employer_and_role_are_called_as_the_message_calls_them(
    sender: str, subject: str, text: str, company: str, role: str
) -> None:
    found = propose(Letter(date(2026, 11, 27), *parseaddr(sender), subject, text), KnownCards(()))
    assert found is not None
    assert (found.card_id, found.newcomer) == (None, Newcomer(company, role))
    assert found.unsure.startswith("a new application: check employer and role")


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (
            "Küchen Meyer <info@kuechen-meyer.example>",
            "Re: Ihre Anfrage",
            "Anbei unser Angebot für Ihre Küche. Wir halten den Preis bis zum 4. Dezember.",
        ),
        (
            "Tyre Centre <sales@tyres.example>",
            "Our offer",
            "Four winter tyres for 320 pounds. The offer is valid until 4 December.",
        ),
    ],
)
def test_an_offer_of_something_else_begins_nothing(sender: str, subject: str, text: str) -> None:
    sent = Letter(date(2026, 11, 27), *parseaddr(sender), subject, text)
    assert propose(sent, KnownCards(())) is None


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your application for the flat. Unfortunately, the landlord has decided to "
        "go with another applicant.",
        "Vielen Dank für Ihre Bewerbung um die Wohnung. Leider haben wir uns für einen anderen "
        "Bewerber entschieden.",
        "Nous avons le regret de vous informer que votre candidature pour le logement n'a pas été "
        "retenue.",
        "Lamentamos comunicarle que su solicitud para el piso no ha sido seleccionada.",
    ],
)
def test_an_application_for_something_else_is_never_sure(text: str) -> None:
    sent = Letter(date(2026, 11, 27), "Ana", "ana@acme-robotics.com", "Your application", text)
    found = propose(sent, BOARD)
    assert found is None or not found.sure
