"""One employer under its many spellings, and what happened there before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.employers import (
    Before,
    EmployerNames,
    Employers,
    as_one,
    as_two,
    before_brief,
    before_line,
    exact_name,
    folded_employer,
    twins,
)
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 23)


@each_row(
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


@each_row(
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


@each_row(
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


@each_row(
    ("found", "line"),
    [
        ((), ""),
        (
            (REJECTED, before()),
            "2 applications since May 2026; rejected after the first "
            "interview on 4 Jun, open since 12 Oct.",
        ),
        (
            (before(), REJECTED),
            "2 applications since May 2026; rejected after the first "
            "interview on 4 Jun, open since 12 Oct.",
        ),
        ((before(applied=date(2025, 10, 12)),), "1 application; open since 12 Oct 2025."),
        ((before(applied=None),), "1 application; open."),
        ((before(applied=None), before(applied=None)), "2 applications before; open, open."),
        ((before(Stage.SECOND),), "1 application; open since 12 Oct (second interview)."),
        (
            (before(outcome=Outcome.REJECTED, closed=date(2026, 10, 20)),),
            "1 application in Oct 2026; rejected on 20 Oct.",
        ),
        (
            (before(applied=None, outcome=Outcome.REJECTED, closed=date(2026, 10, 20)),),
            "1 application before; rejected on 20 Oct.",
        ),
        (
            (before(outcome=Outcome.NO_RESPONSE, closed=date(2026, 11, 20)),),
            "1 application in Oct 2026; no response (closed 20 Nov).",
        ),
        (
            (before(Stage.SECOND, outcome=Outcome.NO_RESPONSE, closed=date(2026, 11, 20)),),
            "1 application in Oct 2026; no response after the second interview (closed 20 Nov).",
        ),
        (
            (before(Stage.OFFER, date(2024, 1, 9), Outcome.DECLINED, date(2024, 2, 29)),),
            "1 application in Jan 2024; offer declined on 29 Feb 2024.",
        ),
        (
            (before(Stage.OFFER, outcome=Outcome.ACCEPTED, closed=None),),
            "1 application in Oct 2026; offer accepted.",
        ),
        (
            (before(Stage.OFFER, outcome=Outcome.CANCELLED, closed=TODAY),),
            "1 application in Oct 2026; cancelled after an offer on 23 Nov.",
        ),
        (
            (before(Stage.SECOND, outcome=Outcome.WITHDRAWN, closed=date(2026, 7, 1)),) * 12,
            "12 applications since Oct 2026; the last 3: " + ", ".join(
                ["withdrawn after the second interview on 1 Jul"] * 3
            ) + ".",
        ),
        (
            (before(),) * 3,
            "3 applications since Oct 2026; open since 12 Oct, open since 12 Oct, "
            "open since 12 Oct.",
        ),
    ],
)  # fmt: skip
def test_what_happened_there_before(found: tuple[Before, ...], line: str) -> None:
    assert before_line(found, TODAY) == line


@each_row(
    ("people", "end"),
    [
        ([], ""),
        (["Ana Ruiz"], "; you know Ana Ruiz there"),
        (["Ana Ruiz", "Bo"], "; you know Ana Ruiz and Bo there"),
        (["Ana Ruiz", "Bo", "Cy", "Dee"], "; you know Ana Ruiz, Bo and 2 more there"),
    ],
)
def test_who_is_known_there(people: list[str], end: str) -> None:
    line = "1 application in May 2026; rejected after the first interview on 4 Jun"
    assert before_line([REJECTED], TODAY, people) == f"{line}{end}."


def test_in_less_room_less_is_told_of_what_was_before() -> None:
    found, people = [REJECTED, REJECTED._replace(outcome=None)], ["Ana Ruiz"]
    whole, alone = before_line(found, TODAY, people), before_line(found, TODAY)

    def within(cells: int) -> str:
        return before_brief(found, TODAY, people, lambda words: len(words) <= cells)

    assert within(len(whole)) == whole
    assert within(len(alone)) == alone
    assert within(76) == (
        "2 applications; the last one rejected after the first interview on 4 Jun."
    )
    assert within(40) == "2 applications since May 2026."
    assert before_brief([], TODAY, people, lambda _: False) == ""
    assert before_brief([REJECTED], TODAY, [], lambda w: "in May" not in w) == (
        "1 application; rejected after the first interview on 4 Jun."
    )


def after(names: EmployerNames, said: dict[str, str]) -> EmployerNames:
    return EmployerNames({**names.said, **said})


def joined(*pairs: tuple[str, str]) -> EmployerNames:
    """The names after each first was said to be the same employer as the second."""
    names = EmployerNames()
    for name, other in pairs:
        names = after(names, as_one(names, name, other))
    return names


def test_two_names_are_one_under_all_their_spellings() -> None:
    names = joined(("Alphabet Inc.", "Google"))
    assert {names.key(name) for name in ("alphabet", "ALPHABET GmbH", "Google LLC")} == {"google"}
    assert names.key("Hooli") == "hooli"
    assert names.key("  ") == ""


def test_who_was_one_with_a_name_goes_along() -> None:
    names = joined(("YouTube", "Google"), ("Google", "Alphabet"), ("Waymo", "YouTube"))
    every = ("YouTube", "Google", "Alphabet", "Waymo")
    assert {names.key(name) for name in every} == {"alphabet"}
    names = joined(("YouTube", "Google"), ("YouTube", "Alphabet"))
    assert {names.key(name) for name in every[:3]} == {"alphabet"}, "whichever of them is named"
    names = after(names, as_one(names, "Waymo", "YouTube"))
    with pytest.raises(Refused, match=r"“waymo” and “Google Ltd” are one employer already\."):
        as_one(names, "waymo", "Google Ltd")


def test_spellings_that_fold_together_are_told_apart() -> None:
    names = EmployerNames()
    names = after(names, as_two(names, "Globex GmbH", "Globex Inc."))
    assert names.key("globex gmbh") == names.key("GLOBEX G.m.b.H.") == "=globex gmbh"
    assert names.key("Globex") == names.key("Globex AG") == names.key("Globex, Inc") == "globex"
    with pytest.raises(Refused, match="are two employers already"):
        as_two(names, "Globex", "Globex GmbH")


def test_what_was_told_apart_is_brought_together_alone() -> None:
    names = EmployerNames()
    names = after(names, as_two(names, "Globex GmbH", "Globex"))
    names = after(names, as_one(names, "Globex AG", "Globex GmbH"))
    assert names.key("Globex AG") == names.key("Globex GmbH") == "=globex gmbh"
    assert names.key("Globex Inc.") == "globex"
    names = after(names, as_one(names, "Globex GmbH", "Globex Inc."))
    assert {names.key(f"Globex {form}") for form in ("AG", "GmbH", "Inc.", "")} == {"globex"}


@each_row(
    ("name", "other", "keys"),
    [
        ("Alphabet", "Google", {"Alphabet": "alphabet", "YouTube": "google", "Google": "google"}),
        ("Google", "Alphabet", {"Alphabet": "alphabet", "YouTube": "google", "Google": "google"}),
        ("Alphabet", "YouTube", {"Alphabet": "alphabet", "YouTube": "google", "Google": "google"}),
    ],
)
def test_what_was_brought_together_is_told_apart(
    name: str, other: str, keys: dict[str, str]
) -> None:
    names = joined(("Alphabet", "Google"), ("YouTube", "Google"))
    names = after(names, as_two(names, name, other))
    assert {one: names.key(one) for one in keys} == keys


def test_signs_alone_make_no_two_employers() -> None:
    with pytest.raises(Refused, match="Only case or signs tell “Yahoo!” from “YAHOO”"):
        as_two(EmployerNames(), "Yahoo!", "YAHOO")
    names = EmployerNames(as_two(EmployerNames(), "Müller", "Muller"))
    assert names.key("MÜLLER") != names.key("muller"), "accents are more than signs"


EVERY_NAME = (
    *("Globex", "Globex GmbH", "GLOBEX Inc.", "Hooli", "Hooli AG", "Initech"),
    *("Müller", "Muller KG"),
)
NAMES = st.sampled_from(EVERY_NAME)
SAID = st.lists(st.tuples(st.booleans(), NAMES, NAMES), max_size=12)


@given(SAID)
def test_what_is_said_last_holds(said: list[tuple[bool, str, str]]) -> None:
    names = EmployerNames()
    for one, name, other in said:
        together = [each for each in EVERY_NAME if names.key(each) == names.key(name)]
        try:
            names = after(names, (as_one if one else as_two)(names, name, other))
        except Refused:
            pass
        else:
            assert (names.key(name) == names.key(other)) is one
            if one and folded_employer(name) != folded_employer(other):
                assert {names.key(each) for each in together} == {names.key(other)}
        assert all(len(names.key(name)) > 0 for name in ("Globex", "Hooli AG"))


def test_an_exact_key_is_no_folded_one() -> None:
    assert exact_name("Globex, GmbH") == "=globex gmbh"
    assert folded_employer("=Globex") == "globex"
    assert len(exact_name("x" * 300)) == 200


def test_twins_follow_what_is_said_of_the_names() -> None:
    there = [before()._replace(company="Alphabet", employer="google")]
    names = joined(("Alphabet", "Google"))
    assert twins("Google", "engineer", "", there, names) == (there, [])
    assert twins("Google", "engineer", "", [there[0]._replace(employer="")], names)[0]
    assert twins("Hooli", "engineer", "", there, names) == ([], [])


def test_all_of_a_board_by_employer() -> None:
    one = before()
    known = Employers({"google": [one]}, {"google": ["Ana"]}, joined(("Alphabet", "Google")))
    assert known.at("Alphabet, Inc.") == known.at("google") == [one]
    assert known.people_at("ALPHABET") == ["Ana"]
    assert known.at("Hooli") == known.people_at("Hooli") == ()
    assert list(known.every()) == [one]
