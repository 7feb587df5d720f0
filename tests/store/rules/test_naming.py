"""Words for an application: which one they fit."""

from store.rules.naming import Name, best_fits, nearest
from tests.tables import each_row

NAMES = [
    Name(1, "Globex", "SRE", True),
    Name(2, "Globex", "Data Engineer", True),
    Name(3, "Globexia", "SRE", True),
    Name(4, "Müller GmbH & Co. KG", "C++ Developer", True),
    Name(5, "Initech", "Node.js Engineer", False),
    Name(6, "Initech", "Rust Engineer", True),
    Name(7, "Hooli", "C Developer", False),
    Name(8, "株式会社サイバー", "SRE", True),
    Name(9, "O’Neill", "Full-stack engineer", True),
]


@each_row(
    ("wanted", "numbers"),
    [
        ("globex sre", [1]),
        ("SRE globex", [1]),
        ("globex", [1, 2]),
        ("globexi", [3]),
        ("globe", [1, 2, 3]),
        ("glob data", [2]),
        ("muller", [4]),
        ("MÜLLER gmbh", [4]),
        ("mueller", []),
        ("müller c++", [4]),
        ("c++", [4]),
        ("c dev", [4]),
        ("initech", [6]),
        ("initech node.js", [5]),
        ("hooli", [7]),
        ("サイバー", [8]),
        ("o'neill", [9]),
        ("oneill full-stack", []),
        ("full stack", [9]),
        ("lobex", []),
        ("globex globex", [1, 2]),
        ("", []),
        ("...", []),
    ],
)
def test_words_fit_the_companies_and_roles_that_they_begin(wanted: str, numbers: list[int]) -> None:
    assert [name.id for name in best_fits(wanted, NAMES)] == numbers


def test_closed_ones_go_first_for_what_is_about_them() -> None:
    assert [n.id for n in best_fits("initech", NAMES, closed_first=True)] == [5]
    assert [n.id for n in best_fits("globex sre", NAMES, closed_first=True)] == [1]


@each_row(
    ("wanted", "near"),
    [
        ("globx", "Globex"),
        ("Inittech", "Initech"),
        ("muler", "Müller GmbH & Co. KG"),
        ("globex ser", "Globex SRE"),
        ("zzzz", ""),
        ("", ""),
    ],
)
def test_a_slip_gets_a_guess(wanted: str, near: str) -> None:
    assert nearest(wanted, NAMES) == near
