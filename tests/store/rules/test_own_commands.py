"""Commands of the user's own: what is filled in is an argument, whatever stands in it."""

import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.own_commands import FIELDS, OwnCommand, fill, read_own
from store.rules.text import Refused
from tests.tables import each_row

PLACES = ("board", "panel", "dossier", "today", "closed", "people")
GLOBEX = {
    "id": "3",
    "company": "Globex",
    "role": "Site Reliability Engineer",
    "url": "https://globex.example/jobs?id=1&x=2",
    "board": "/home/ana/board.db",
}


def own(said: object) -> OwnCommand:
    return read_own("f9", said, PLACES)


@each_row(
    ("said", "arguments"),
    [
        ("firefox {url}", ("firefox", "https://globex.example/jobs?id=1&x=2")),
        ("note --card={id} '{company}: {role}'", ("note", "--card=3", "Globex: " + GLOBEX["role"])),
        ("echo {{id}} {id}", ("echo", "{id}", "3")),
        ("echo '' \"a b\" c\\ d", ("echo", "", "a b", "c d")),
        ("echo {location?}", ("echo", "")),
        ("ls {board}", ("ls", "/home/ana/board.db")),
        ({"run": "echo { id }"}, None),
    ],
)
def test_the_words_are_split_before_they_are_filled(said, arguments) -> None:
    if arguments is None:
        with pytest.raises(Refused, match="A brace stands alone"):
            own(said)
        return
    assert fill(own(said), GLOBEX).arguments == arguments


def test_everything_can_be_said() -> None:
    said = {"run": "x {email}", "title": "Mail", "output": "screen", "where": "board, people"}
    found = own(said)
    assert (found.title, found.output, found.where) == ("Mail", "screen", ("board", "people"))
    assert found.needs_card
    assert found.needs_dossier
    assert not own("top").needs_card
    assert not own("cp {board} /tmp").needs_card
    assert own("top").title == "top"


@each_row(
    ("said", "told"),
    [
        (7, "The command for “f9” must be a text such as “firefox {url}”, or a table"),
        ("", "is empty. Give the program"),
        ({"title": "x"}, "is empty. Give the program"),
        ("echo {compny}", "nothing called “compny” to fill in. Did you mean “company”?"),
        ("echo {xyz}", "There are id, company"),
        ("echo {", "A brace stands alone. Write {{ and }}"),
        ("echo 'x", "A quotation mark has no end"),
        ("{company} x", "The program itself cannot be filled in"),
        ({"run": "x", "outptu": "none"}, "A command has no “outptu”. Did you mean “output”?"),
        ({"run": "x", "output": "scren"}, "cannot be “scren”. Did you mean “screen”?"),
        ({"run": "x", "shell": "yes"}, "“shell” must be true or false"),
        ({"run": "x", "where": "bord"}, "no page “bord”. Did you mean “board”?"),
        ({"run": 3}, "“run” must be a text"),
        ({"run": 'echo "{company}"', "shell": True}, "stands within quotation marks"),
        ({"run": "echo '{company}'", "shell": True}, "stands within quotation marks"),
        ({"run": "echo {nope}", "shell": True}, "nothing called “nope”"),
    ],
)
def test_what_is_wrong_is_told(said, told) -> None:
    with pytest.raises(Refused) as refused:
        own(said)
    assert told in str(refused.value)


@each_row(
    ("said", "values", "told"),
    [
        ("x {url}", {"url": ""}, "There is no url to fill in. Nothing was run."),
        ("x {url}", {"url": "javascript:alert(1)"}, "is no web link"),
        ("x {company}", {"company": "--exec=rm"}, "begins like an option"),
        ("x {company}.txt", {"company": "-rf"}, "begins like an option"),
    ],
)
def test_what_would_do_harm_is_not_run(said, values, told) -> None:
    with pytest.raises(Refused, match=told):
        fill(own(said), GLOBEX | values)


def test_behind_two_dashes_nothing_is_an_option() -> None:
    assert fill(own("x -- {company}"), {"company": "-rf"}).arguments == ("x", "--", "-rf")
    assert fill(own("x --c={company}"), {"company": "-rf"}).arguments == ("x", "--c=-rf")


def test_every_field_is_told_and_can_be_filled_in() -> None:
    for name in FIELDS:
        assert fill(own(f"x --a={{{name}}}"), {name: "https://v"}).arguments[1] == "--a=https://v"


HOSTILE = (
    "$(touch pwned)", "`touch pwned`", "; touch pwned", "'; touch pwned; '", '"; touch pwned; "',
    "\n touch pwned", "a  b * ?", "$HOME ${HOME}", "&& touch pwned", "| touch pwned", "\\", "{id}",
)  # fmt: skip


@pytest.mark.parametrize("company", HOSTILE)
def test_a_shell_never_reads_a_value_as_a_command(company: str, tmp_path) -> None:
    """In words, in a here-document, in a command within a command."""
    script = (
        "printf '%s|' a{company}b; cat <<X\n{company}\nX\n"
        "printf '|%s' $(printf '%s' x >/dev/null; printf '%s' {company} | wc -c)"
    )
    filled = fill(own({"run": script, "shell": True}), {"company": company})
    done = subprocess.run(
        filled.arguments,
        env={"PATH": os.environ["PATH"], **filled.variables},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"a{company}b|")
    assert done.stdout.endswith(f"|{len(company)}")
    assert company in done.stdout.partition("|")[2]
    assert not list(tmp_path.iterdir())


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=20)))
def test_a_value_is_never_more_than_its_argument(values) -> None:
    command = own("x -- a{company?}b {role?} {id?}")
    company, role, id_ = (values.get(name, "") for name in ("company", "role", "id"))
    assert fill(command, values).arguments == ("x", "--", f"a{company}b", role, id_)
