"""A posting whatever it comes as: what is found, what is only guessed, what is refused."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.exchange.document import Document
from store.exchange.postings.found import FoundPosting
from store.exchange.postings.guessing import board_of, find_requirements, of_address
from store.exchange.postings.posting import SIZE_LIMIT, read_posting
from store.rules.text import Refused
from tests.tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")


def read(data: str | bytes) -> FoundPosting:
    raw = data.encode() if isinstance(data, str) else data
    return read_posting(Document.of("posting", raw), BERLIN)


def told(found: FoundPosting, *names: str) -> dict[str, Any]:
    return {name: found.fields.get(name) for name in names}


GERMAN = """\
Sachbearbeiter Einkauf (m/w/d)
Musterfirma GmbH
Standort: Hamburg

Über uns
Die Musterfirma GmbH sucht zum nächstmöglichen Zeitpunkt Verstärkung.

Ihr Profil
- Abgeschlossene kaufmännische Ausbildung
- Sicherer Umgang mit SAP

Wir bieten
- 30 Tage Urlaub
- Gehalt: 45.000 bis 52.000 EUR brutto im Jahr

Bewerbungsfrist: 15.12.2026
"""
FRENCH = """\
Développeur Python (H/F)
Hooli recrute un développeur.
Lieu : Lyon
Salaire : 45 000 € à 55 000 € par an
Profil recherché
• 3 ans d'expérience
• Anglais courant
Avantages
• Tickets restaurant
"""
SPANISH = """\
Ingeniera de datos
Empresa: Vandelay
Ubicación: Madrid
Requisitos:
- SQL
- Inglés
Ofrecemos:
- Café
Fecha límite: 3 de diciembre de 2026
"""
ENGLISH = """\
We're hiring a Data Analyst at Initech

Apply by 3 December 2026. Our revenue is $20 million. Pay: $80k-$95k.

What you'll bring:
3+ years of SQL
Curiosity

Benefits
Dental
"""


def test_german() -> None:
    found = read(GERMAN)
    assert told(found, "role", "company", "location", "salary", "closing_on") == {
        "role": "Sachbearbeiter Einkauf",
        "company": "Musterfirma GmbH",
        "location": "Hamburg",
        "salary": "45.000 bis 52.000 EUR brutto im Jahr",
        "closing_on": date(2026, 12, 15),
    }
    assert found.guessed == {"role", "company", "location", "salary", "closing_on"}
    assert found.requirements == [
        "Abgeschlossene kaufmännische Ausbildung",
        "Sicherer Umgang mit SAP",
    ]
    assert found.fields["posting_text"] == GERMAN.strip()


def test_french() -> None:
    found = read(FRENCH)
    assert told(found, "role", "company", "location", "salary") == {
        "role": "Développeur Python",
        "company": "Hooli",
        "location": "Lyon",
        "salary": "45 000 € à 55 000 € par an",
    }
    assert found.requirements == ["3 ans d'expérience", "Anglais courant"]


def test_spanish() -> None:
    found = read(SPANISH)
    assert told(found, "role", "company", "location", "closing_on") == {
        "role": "Ingeniera de datos",
        "company": "Vandelay",
        "location": "Madrid",
        "closing_on": date(2026, 12, 3),
    }
    assert found.requirements == ["SQL", "Inglés"]


def test_english() -> None:
    found = read(ENGLISH)
    assert told(found, "role", "company", "salary", "closing_on") == {
        "role": "Data Analyst",
        "company": "Initech",
        "salary": "$80k-$95k",
        "closing_on": date(2026, 12, 3),
    }
    assert found.requirements == ["3+ years of SQL", "Curiosity"]


@each_row(
    ("head", "role", "company"),
    [
        (
            "<title>Globex hiring Staff Engineer in Berlin | LinkedIn</title>",
            "Staff Engineer",
            "Globex",
        ),
        ("<title>Staff Engineer at Globex</title>", "Staff Engineer", "Globex"),
        ("<title>Koch bei Hooli</title>", "Koch", "Hooli"),
        (
            "<title>Staff Engineer - Globex - Berlin - Indeed.com</title>",
            "Staff Engineer",
            "Globex",
        ),
        ("<title>Globex | Staff Engineer</title>", "Staff Engineer", "Globex"),
        (
            "<meta property='og:site_name' content='Globex Careers'><h1>Cook</h1>",
            "Cook",
            "Globex",
        ),
        ("<title>Job Application for Cook at Hooli</title>", "Cook", "Hooli"),
        ("<title>Cook (all genders) | Hooli Karriere</title>", "Cook", "Hooli"),
        (
            "<h1>Cook</h1><link rel=canonical href='https://jobs.lever.co/acme-labs/1'>",
            "Cook",
            "Acme Labs",
        ),
        ("<h1>Cook</h1><p>About Hooli</p>", "Cook", "Hooli"),
        ("<h1>Cook</h1><p>At Hooli, we cook.</p>", "Cook", "Hooli"),
        ("<h1>Cook</h1><p>Hooli is looking for a cook.</p>", "Cook", "Hooli"),
    ],
)
def test_pages_without_json_ld(head: str, role: str, company: str) -> None:
    found = read(f"<html>{head}<p>Some words.</p></html>")
    assert told(found, "role", "company") == {"role": role, "company": company}
    assert {"role", "company"} <= found.guessed
    assert found.remarks == ["The page says nothing for machines (JSON-LD): this is guessed."]


def test_json_ld_is_believed_and_only_what_it_lacks_is_guessed() -> None:
    found = read(
        '<html><title>Cook at Hooli</title><script type="application/ld+json">'
        '{"@type": "JobPosting", "title": "Chef"}</script><p>Salary: €50,000</p></html>'
    )
    assert told(found, "role", "company", "salary") == {
        "role": "Chef",
        "company": "Hooli",
        "salary": None,
    }
    assert found.guessed == {"company"}
    assert found.fields["posting_text"] == "Salary: €50,000"


def test_broken_json_ld_is_told() -> None:
    found = read(
        '<html><title>Cook at Hooli</title><script type="application/ld+json">{"@type": "Job'
        "</script><p>Cook for us.</p></html>"
    )
    assert found.remarks == ["The JSON-LD of the page is broken: this is guessed."]
    assert found.fields["company"] == "Hooli"


@each_row(
    ("address", "link", "company"),
    [
        (
            "https://boards.greenhouse.io/acme-labs/jobs/4012345\n",
            "https://boards.greenhouse.io/acme-labs/jobs/4012345",
            "Acme Labs",
        ),
        ("www.globex.example/jobs/1", "https://www.globex.example/jobs/1", "Globex"),
        ("globex.example/careers/1", "https://globex.example/careers/1", "Globex"),
    ],
)
def test_a_bare_address_is_kept(address: str, link: str, company: str) -> None:
    found = read(address)
    assert found.fields == {"url": link, "company": company}
    assert found.guessed == {"company"}
    assert found.remarks == ["This is an address: it is kept, and nothing is fetched."]


@each_row(
    ("link", "company"),
    [
        ("https://hooli.recruitee.com/o/cook", "Hooli"),
        ("https://hooli.jobs.personio.de/job/1", "Hooli"),
        ("https://careers.hooli.co.uk/1", "Hooli"),
        ("https://www.linkedin.com/jobs/view/1", ""),
        ("https://de.indeed.com/viewjob?jk=1", ""),
        ("https://[broken", ""),
        ("", ""),
        ("https://localhost/1", ""),
    ],
)
def test_the_employer_that_an_address_names(link: str, company: str) -> None:
    assert of_address(link) == company


def test_the_job_board_is_the_source() -> None:
    assert board_of("https://de.linkedin.com/jobs/view/1") == "LinkedIn"
    assert board_of("https://globex.example/1") == ""
    assert read("https://www.linkedin.com/jobs/view/123456").fields["source"] == "LinkedIn"


@each_row(
    ("text", "found"),
    [
        ("Requirements\n• a1\n• b2\n\nAbout us\n• c3", ["a1", "b2"]),
        ("REQUIREMENTS:\n\n- a1\n\n- b2\n\nText.", ["a1", "b2"]),
        ("Your profile\na1\nb2\n\nWe offer\nc3", ["a1", "b2"]),
        ("What you bring:\n1. a1\n2) b2\nBenefits:\n- c3", ["a1", "b2"]),
        ("✅ Requirements\n* a1;\n* b2,", ["a1", "b2"]),
        ("Requirements for this role:\n• a1", ["a1"]),
        ("What you bring to the team\n• a1", ["a1"]),
        (
            "Your profile\nYou have 5 years of Go\nExperience with SQL\nMust have a car",
            [
                "You have 5 years of Go",
                "Experience with SQL",
                "Must have a car",
            ],
        ),
        ("Skills\nSkills in Go\nExperience\nTwo years", ["Skills in Go", "Two years"]),
        ("Must have\n• a1\nNice to have\n• b2\n• A1", ["a1", "b2"]),
        ("• a1\n• b2", []),
        ("We have few requirements\n• a1", []),
        ("Requirements", []),
        ("", []),
    ],
)
def test_requirements(text: str, found: list[str]) -> None:
    assert find_requirements(text) == found


def test_no_more_requirements_than_anybody_prepares_for() -> None:
    text = "Requirements\n" + "\n".join(f"• point {n} {'x' * 600}" for n in range(100))
    found = find_requirements(text)
    assert len(found) == 25
    assert max(map(len, found)) == 500


@each_row(
    ("line", "salary"),
    [
        ("Salary: €70,000 – €90,000 per year", "€70,000 – €90,000 per year"),
        ("We pay 120k-150k USD.", "120k-150k USD"),
        ("£55,000 per annum", "£55,000 per annum"),
        ("Lohn CHF 110'000", "CHF 110'000"),
        ("Gehalt: nach Tarif EG 11", "nach Tarif EG 11"),
        ("We raised $20 million", None),
        ("We turn over €3m a year", None),
        ("Free coffee worth €5", None),
        ("Founded in 1998", None),
    ],
)
def test_pay_in_a_text(line: str, salary: str | None) -> None:
    assert read(f"Cook\nHooli\n{line}\n").fields.get("salary") == salary


MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://hooli.example/jobs/1\r\n"
    b"Subject: Cook\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><title>K=C3=B6chin at Hooli</title><meta charset=3Dutf-8><p>Soup=\r\n.</p></html>\r\n"
    b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
)


def test_a_web_archive_is_a_page() -> None:
    found = read(MHTML)
    assert told(found, "company", "url", "posting_text") == {
        "company": "Hooli",
        "url": "https://hooli.example/jobs/1",
        "posting_text": "Soup.",
    }
    assert str(found.fields["role"]).endswith("chin")


@each_row(
    ("data", "role"),
    [
        ("Role: Köchin".encode("cp1252"), "Köchin"),
        ("Role: Köchin".encode("utf-16"), "Köchin"),
        ("\ufeffRole: Köchin".encode(), "Köchin"),
        ("<html><meta charset=iso-8859-1><h1>Köchin</h1>".encode("latin-1"), "Köchin"),
        ("<html><meta charset=shift_jis><h1>料理人</h1>".encode("shift_jis"), "料理人"),
        ("<html><meta charset=nonsense><h1>Köchin</h1>".encode(), "Köchin"),
    ],
)
def test_whatever_it_is_encoded_in(data: bytes, role: str) -> None:
    assert read(data).fields["role"] == role


@each_row(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "“posting” is a PDF. Open it, and paste its text."),
        (b"PK\x03\x04....", "“posting” is packed, such as a Word file or a zip."),
        (b"\x00\x01\x02" * 100, "“posting” is no text."),
        (b"x" * (SIZE_LIMIT + 1), "“posting” is bigger than 8 MB: too big for a page."),
        (b"  \n ", "“posting” is empty."),
        (b"<html><script>1</script></html>", "“posting” holds no text of a posting."),
        (b"<div>" * 9_000, "“posting”, line 1: this is nested too deep."),
        (MHTML[: MHTML.index(b"--b")], "“posting” holds no page."),
    ],
)
def test_what_is_none_is_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


def test_a_role_of_which_nothing_can_be_seen_is_none() -> None:
    assert read("\u05c1").fields.get("role") is None
    assert read("Role: \u2800\nCompany: Hooli").fields["role"] != "\u2800"


@each_row(
    "text",
    [
        *("1" * 500_000, "1 " * 300_000, "€1.000 " * 100_000, "a:" * 200_000, "a: b\n" * 100_000),
        *("(m/w" * 50_000, "is hiring " * 50_000, "at " * 100_000, " - " * 100_000, "\n" * 100_000),
        *("Requirements\n" * 5_000, "Requirements:\n" + "• \n" * 50_000, "MIME: multipart/\n\n"),
    ],
)
def test_odd_texts_are_read_in_no_time(text: str) -> None:
    try:
        found = read(f"x {text}")
    except Refused:
        return
    assert all(str(one).replace("\n", "").isprintable() for one in found.values().values())


def test_many_lines_with_a_colon_are_no_endless_head_of_an_archive() -> None:
    """With the ends of lines that Windows writes, each was tried in two ways: hours for 60."""
    text = b"Place: Bern\r\n" * 60 + b"Globex is hiring a Site Reliability Engineer"
    assert read_posting(Document.of("x", text), ZoneInfo("UTC")).fields
