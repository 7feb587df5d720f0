"""Which application a message belongs to, and how sure that is."""

from datetime import date

from store.rules.employers import folded_employer
from store.rules.mail.cards import Board, Known, Match, Newcomer, hosts_of, plain_role
from store.rules.mail.letter import Body
from store.rules.mail.message import Letter
from store.rules.mail.proposals import propose
from store.rules.mail.senders import read_sender, registered
from tests.tables import each_row


def known(
    id_: int, company: str, role: str = "Engineer", *people: str, closed: bool = False
) -> Known:
    addresses = frozenset(people)
    hosts = hosts_of("", addresses)
    return Known(id_, company, role, folded_employer(company), not closed, addresses, hosts)


BOARD = Board(
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
    return BOARD.find(letter, Body(letter), read_sender(name, address))


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
    assert registered("mail.acme.co.uk") == "acme.co.uk"
    assert registered("mail.acme.de") == "acme.de"


def test_hosts_of_boards_and_providers_are_nobodys_own() -> None:
    assert hosts_of("https://boards.greenhouse.io/acme/1", ["x@gmail.com"]) == frozenset()
    assert hosts_of("https://jobs.acme.com/1", ["x@acme.io"]) == {"acme.com", "acme.io"}


def test_the_role_alone_says_nothing_where_another_employer_is_named() -> None:
    board = Board([known(1, "Gringotts", "QA Analyst")])
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
    through = Board([known(1, "Gringotts", "QA Analyst")._replace(via_recruiter=True)])
    found = propose(sent, through)
    assert found is not None
    assert found.card_id == 1
