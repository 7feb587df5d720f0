"""Postings written from the format's description (schema.org, JSON-LD) before their reader was
read: in a list, in a graph with references, broken ones, viewed sources, and pasted texts."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.exchange.document import Document
from store.exchange.postings.found import FoundPosting
from store.exchange.postings.posting import read_posting

ROOM = Path(__file__).with_name("second")


def read(file: str) -> FoundPosting:
    data = (ROOM / file).read_bytes()
    return read_posting(Document.of(file, data), ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("file", ["list.html", "source-pasted.txt"])
def test_a_list_of_several_things_as_a_page_and_as_its_source(file: str) -> None:
    found = read(file)
    fields = found.fields
    assert fields["role"] == "Conservation Officer & Ranger"
    assert fields["company"] == "Thornley Trust"
    assert fields["closing_on"] == date(2026, 12, 11)
    assert fields["url"] == "https://greenjobs.example/jobs/9911-conservation-officer"
    assert "Hexham" in str(fields["location"])
    assert "27,500" in str(fields["salary"])
    assert "31,000" in str(fields["salary"])
    text = str(fields["posting_text"])
    assert "Look after 1,200 hectares of heath." in text
    assert "<" not in text
    assert found.requirements == ["A driving licence", "Experience with volunteers"]
    assert not found.guessed & {"role", "company"}


@pytest.mark.parametrize("file", ["graph.html", "source-firefox.html"])
def test_a_graph_with_references_as_a_page_and_as_its_source(file: str) -> None:
    found = read(file)
    assert str(found.fields["role"]).startswith("Tischlermeister:in")
    assert found.fields["company"] == "Werkstatt Nord eG"
    assert found.fields["closing_on"] == date(2027, 1, 15)
    assert "Lübeck" in str(found.fields["location"])
    assert "4,100" in str(found.fields["salary"])
    assert "Möbel planen" in str(found.fields["posting_text"])
    assert found.requirements == ["Meisterbrief", "Führerschein Klasse B"]


@pytest.mark.parametrize("file", ["broken-then-good.html", "source-chrome.html"])
def test_a_broken_block_before_a_good_one_with_lines_in_its_texts(file: str) -> None:
    found = read(file)
    assert found.fields["role"] == "Barista (20 h)"
    assert found.fields["company"] == "Kaffeehaus Lind"
    assert "Graz" in str(found.fields["location"])
    assert "13.50" in str(found.fields["salary"]) or "13.5" in str(found.fields["salary"])
    assert "closing_on" not in found.fields
    text = str(found.fields["posting_text"])
    assert "We open at six." in text
    assert "You bring good mood." in text


def test_a_pasted_english_text() -> None:
    found = read("pasted-en.txt")
    assert found.fields["role"] == "Senior Payroll Specialist"
    assert found.fields["company"] == "Marlow & Quint Ltd"
    assert found.fields["closing_on"] == date(2026, 12, 14)
    assert "38,000" in str(found.fields["salary"])
    assert found.fields["url"] == "https://www.marlowquint.example/careers/payroll-specialist"
    assert found.requirements == [
        "At least 3 years in payroll",
        "CIPP qualification or working towards it",
        "Confident with Excel",
    ]


def test_a_pasted_german_text() -> None:
    found = read("pasted-de.txt")
    assert str(found.fields["role"]).startswith("Sachbearbeiter")
    assert found.fields["company"] == "Hansen Kältetechnik GmbH"
    assert found.fields["closing_on"] == date(2026, 12, 18)
    assert found.fields["location"] == "Kiel"
    assert "42.000" in str(found.fields["salary"])
    assert len(found.requirements) == 3


def test_a_page_without_data_in_an_old_charset() -> None:
    found = read("no-ld.html")
    assert str(found.fields["role"]).startswith("Ingénieur qualité")
    assert found.fields["company"] == "Ateliers Beaumont"
    assert {"role", "company"} <= found.guessed
    assert "Salaire : 38 000 € à 44 000 € par an" in str(found.fields["posting_text"])
    assert found.requirements == ["Diplôme d’ingénieur", "Anglais courant"]
