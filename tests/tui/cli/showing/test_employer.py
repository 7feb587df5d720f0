"""`rounds employer`: all that was with one employer, and which names mean it."""

from typing import Any

import pytest

TOLD = """\
GLOBEX  (also Globex GmbH)
2 applications since Mar 2026; rejected after the first interview on 4 Jun, open since 12 Oct.

Engineer  (2)
  Stages: applied Mon 12 Oct
  Answer: none in 42 days
  Silence: 42 days so far, since Mon 12 Oct

SRE, as Globex GmbH  (1)
  Stages: applied Mon 2 Mar, first interview Fri 20 Mar
  Outcome: rejected after the first interview on Thu 4 Jun — they took another one
  Answer: after 18 days
  Silence: 18 days until Fri 20 Mar; 66 days until Thu 4 Jun
  Interview: Mon 30 Mar 10:00–11:00 · first interview with Ana Ruiz · held
  Look again: Tue 1 Dec

People
  Ana Ruiz · hiring manager · ana@globex.example  (1)
"""


@pytest.fixture
def there(shell: Any) -> Any:
    """A rejection after an interview, and an open application, at one employer; and another one."""
    shell.begin(
        (
            *("add", "Globex GmbH", "SRE", "--applied", "2026-03-02", "--contact", "Ana Ruiz"),
            *("--email", "ana@globex.example", "--relation", "manager"),
        ),
        ("move", "1", "first", "--on", "2026-03-20"),
        ("interview", "1", "2026-03-30 10:00 60m with Ana Ruiz"),
        (
            *("close", "1", "rejected", "--on", "2026-06-04"),
            *("--reason", "they took another one"),
        ),
        ("add", "GLOBEX", "Engineer", "--applied", "2026-10-12"),
        ("add", "Google", "SRE"),
    )
    return shell


@pytest.mark.parametrize(
    "name", [("globex",), ("Globéx,", "Inc."), ("GLOBEX AG",), ("2",)], ids=" ".join
)
def test_all_that_was_with_one_employer(there: Any, name: tuple[str, ...]) -> None:
    assert there.ok("employer", *name).out == TOLD


def test_list_and_show_say_who_the_employer_is_and_what_was_there(there: Any) -> None:
    open_, google = there.ok("list", "--json").json
    assert (open_["employer"], google["employer"]) == ("globex", "google")
    key = there.ok("employer", open_["employer"], "--json").json["key"]
    assert key == open_["employer"], "it leads to the page of the employer"
    shown = there.ok("show", "2", "--json").json
    assert shown["employer"] == "globex"
    assert shown["at_employer"] == {
        "said": "1 application in Mar 2026; rejected after the first interview on 4 Jun; "
        "you know Ana Ruiz there.",
        "applications": [
            {
                "id": 1,
                "role": "SRE",
                "stage": "first",
                "outcome": "rejected",
                "applied_on": "2026-03-02",
                "closed_on": "2026-06-04",
            }
        ],
        "people": ["Ana Ruiz"],
    }
    assert shown["at_employer"]["said"] in there.ok("show", "2").out
    assert there.ok("show", "3", "--json").json["at_employer"] == {
        "said": None,
        "applications": [],
        "people": [],
    }


def test_json_has_all_of_it(there: Any) -> None:
    told = there.ok("employer", "globex", "--json").json
    assert list(told) == ["name", "key", "names", "apart", "applications", "people"]
    assert (told["name"], told["key"]) == ("GLOBEX", "globex")
    assert (told["names"], told["apart"]) == (["GLOBEX", "Globex GmbH"], [])
    newer, older = told["applications"]
    assert newer["silences"] == [{"since": "2026-10-12", "until": None, "days": 42}]
    assert (newer["heard"], newer["answered_after"], newer["look_again_on"]) == (False, None, None)
    assert older["steps"] == [
        {"stage": "applied", "on": "2026-03-02"},
        {"stage": "first", "on": "2026-03-20"},
    ]
    assert (older["outcome"], older["closed_on"]) == ("rejected", "2026-06-04")
    assert (older["answered_after"], older["look_again_on"]) == (18, "2026-12-01")
    assert older["reason"] == "they took another one"
    assert [talk["people"] for talk in older["interviews"]] == ["Ana Ruiz"]
    assert told["people"] == [
        {
            "contact_id": 1,
            "application_id": 1,
            "name": "Ana Ruiz",
            "relation": "manager",
            "title": None,
            "email": "ana@globex.example",
            "phone": None,
        }
    ]


def test_an_application_tells_what_else_was_there(there: Any) -> None:
    told = "; rejected after the first interview on 4 Jun; you know Ana Ruiz there.\n"
    told = f"  Employer: 1 application in Mar 2026{told}"
    assert told in there.ok("show", "2").out
    assert "Employer" not in there.ok("show", "3").out


def test_two_names_are_one_and_not_any_more(there: Any) -> None:
    said = there.ok("employer", "Alphabet", "--same-as", "Google")
    assert said.out == ""
    assert said.err.splitlines() == [
        "Same employer: Alphabet and Google.",
        "Note: There is no application at “Alphabet” yet.",
    ]
    assert there.ok("employer", "alphabet inc").out.startswith("Google  (also Alphabet)\n")
    added = there.ok("add", "Alphabet", "Engineer")
    assert added.err.splitlines()[-1] == "Note: 1 application; open since 23 Nov."
    undone = there.ok("undo")
    assert undone.err.startswith("Undone: added (Alphabet, Engineer).")
    assert there.ok("undo").err == "Undone: same employer — Alphabet and Google.\n"
    assert there("employer", "Alphabet").code == 3
    there.ok("redo")
    parted = there.ok("employer", "Alphabet", "--not", "Google")
    assert parted.err.startswith("Not the same employer: Alphabet and Google.\n")
    assert there.ok("employer", "Google").out.startswith("Google\n")


def test_spellings_that_look_alike_are_told_apart(there: Any) -> None:
    said = there.ok("employer", "Globex", "GmbH", "--not", "GLOBEX", "--json")
    assert said.document["kind"] == "change"
    told = there.ok("employer", "Globex", "GmbH", "--json")
    assert [one["id"] for one in told.json["applications"]] == [1]
    assert told.json["apart"] == ["GLOBEX"]
    assert there.ok("employer", "globex").out.startswith(
        "GLOBEX  (not Globex GmbH)\n1 application;"
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["Globx"], 3, "There is no application at “Globx”. Did you mean “GLOBEX”?"),
        (["99"], 3, "There is no application 99."),
        (["Globex", "--same-as", "globex ag"], 1, "“globex ag” are one employer already."),
        (["Globex", "--not", "Google"], 1, "“Globex” and “Google” are two employers already."),
        (["Globex", "--not", "globex"], 1, "Only case or signs tell “Globex” from “globex”: "),
        (["Globex", "--same-as", " "], 1, "Company is empty. Type at least one character."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(there: Any, words: list[str], code: int, sentence: str) -> None:
    result = there("employer", *words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err


def test_wrong_words(there: Any) -> None:
    assert there("employer").code == 2
    assert there("employer", "a", "--same-as", "b", "--not", "c").code == 2


def test_a_board_that_is_not_there_yet_has_no_employers(shell: Any, tmp_path: Any) -> None:
    result = shell("employer", "Globex")
    assert result.code in (1, 3)
    assert result.out == ""
