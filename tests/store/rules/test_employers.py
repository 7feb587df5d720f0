"""One employer under its many spellings, and what happened there before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.employers import Before, before_line, folded_employer
from store.rules.stages import Outcome, Stage

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Globex", "globex", " GLOBEX  ", "Globex, Inc.", "Globex GmbH", "globex ltd."),
        ("Globex", "Globex G. m. b. H.", "Globex mbH"),
        ("Müller", "MÜLLER", "Muller", "Mu\u0308ller", "Müller GmbH & Co. KG", "Muller AG"),
        ("Straße", "STRASSE", "Strasse UG (haftungsbeschränkt)"),
        ("Stark & Sons", "Stark and Sons", "STARK + SONS LLC", "Stark und Sons"),
        ("McDonald's", "McDonald’s", "Mcdonalds", "McDonald's Corporation"),
        ("Booking.com", "booking com", "Booking.com B.V."),
        ("T-Mobile", "T Mobile", "TMobile", "T-Mobile a.s."),
        ("Générale", "Generale S.A.", "générale SA", "Generale S. A."),
        ("Fiorentini", "Fiorentini S.p.A.", "Fiorentini SpA"),
        ("Grupo Bimbo", "Grupo Bimbo, S.A.B. de C.V.", "Grupo Bimbo S.A. de C.V."),
        ("Żabka", "Zabka Sp. z o.o.", "ŻABKA sp z o o"),
        ("Ørsted", "Orsted A/S", "ØRSTED AS"),
        ("Łódź Soft", "Lodz Soft"),
        ("Škoda", "Skoda s.r.o.", "Skoda a. s."),
        ("Acme", "Acme Co., Ltd.", "Acme Company Limited", "Acme Pty Ltd", "Acme Pte. Ltd."),
        ("Bolt", "Bolt OÜ"),
        ("Ｓｏｎｙ", "Sony", "Sony K.K."),
        ("トヨタ", "株式会社トヨタ", "トヨタ株式会社"),
        ("Ромашка", "ООО «Ромашка»", "ромашка"),
        ("IBM", "I.B.M.", "ibm corp"),
    ],
    ids=lambda spellings: spellings[0],
)  # fmt: skip
def test_one_employer_under_many_spellings(spellings: tuple[str, ...]) -> None:
    assert {folded_employer(name) for name in spellings} == {folded_employer(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Globex", "Globex Labs"),
        ("Globex", "Globe"),
        ("Sega", "SEG"),
        ("Adidas", "Adi"),
        ("Visa", "Vi SA Bank"),
        ("Inc", "Ltd"),
        ("हिन्दी", "हिन्दू"),
        ("Ромашка", "Рамашка"),
        ("🚀", "🐢"),
        ("Aldi Nord", "Aldi Süd"),
    ],
)
def test_two_employers_stay_two(one: str, other: str) -> None:
    assert folded_employer(one) != folded_employer(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("", ""),
        ("   ", ""),
        ("AG", "ag"),
        ("GmbH & Co. KG", "gmbh"),
        ("The Ltd", "the"),
        ("Co-op", "coop"),
        ("42", "42"),
        ("!?", "!?"),
        ("Tiffany & Co.", "tiffany"),
    ],
)
def test_a_name_of_nothing_else_keeps_something(name: str, key: str) -> None:
    assert folded_employer(name) == key


@given(st.text(max_size=60))
def test_folding_never_empties_a_name_and_knows_no_case(name: str) -> None:
    key = folded_employer(name)
    assert bool(key) == bool(name.strip())
    assert folded_employer(f"  {name}\t") == key


@given(st.text("abcäöüß éø.&'-GIH", max_size=20), st.sampled_from((" GmbH", ", Inc.", " S.A.")))
def test_a_legal_form_behind_a_name_changes_nothing(name: str, form: str) -> None:
    if any(letter.isalnum() for letter in name):
        assert folded_employer(f"x {name}{form}") == folded_employer(f"x {name}")


def before(
    stage: Stage = Stage.APPLIED,
    applied: date | None = date(2026, 10, 12),
    outcome: Outcome | None = None,
    closed: date | None = None,
) -> Before:
    return Before(1, "Engineer", stage, applied, outcome, closed)


REJECTED = before(Stage.FIRST, date(2026, 5, 2), Outcome.REJECTED, date(2026, 6, 4))


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ((), ""),
        (
            (REJECTED, before()),
            "2 applications before: rejected after first on 4 Jun, open since 12 Oct.",
        ),
        (
            (before(), REJECTED),
            "2 applications before: rejected after first on 4 Jun, open since 12 Oct.",
        ),
        ((before(applied=date(2025, 10, 12)),), "1 application before: open since 12 Oct 2025."),
        ((before(applied=None),), "1 application before: open."),
        ((before(Stage.SECOND),), "1 application before: in second, open since 12 Oct."),
        (
            (before(outcome=Outcome.REJECTED, closed=date(2026, 10, 20)),),
            "1 application before: rejected on 20 Oct.",
        ),
        (
            (before(outcome=Outcome.NO_RESPONSE, closed=date(2026, 11, 20)),),
            "1 application before: no response, closed on 20 Nov.",
        ),
        (
            (before(Stage.SECOND, outcome=Outcome.NO_RESPONSE, closed=date(2026, 11, 20)),),
            "1 application before: no response after second, closed on 20 Nov.",
        ),
        (
            (before(Stage.OFFER, outcome=Outcome.DECLINED, closed=date(2024, 2, 29)),),
            "1 application before: offer declined on 29 Feb 2024.",
        ),
        (
            (before(Stage.OFFER, outcome=Outcome.ACCEPTED, closed=None),),
            "1 application before: offer accepted.",
        ),
        (
            (before(Stage.OFFER, outcome=Outcome.CANCELLED, closed=TODAY),),
            "1 application before: cancelled after an offer on 23 Nov.",
        ),
        (
            (before(Stage.SECOND, outcome=Outcome.WITHDRAWN, closed=date(2026, 7, 1)),) * 12,
            "12 applications before, the last 3: " + ", ".join(
                ["withdrawn after second on 1 Jul"] * 3
            ) + ".",
        ),
        (
            (before(),) * 3,
            "3 applications before: open since 12 Oct, open since 12 Oct, open since 12 Oct.",
        ),
    ],
)  # fmt: skip
def test_what_happened_there_before(found: tuple[Before, ...], line: str) -> None:
    assert before_line(found, TODAY) == line
