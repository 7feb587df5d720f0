"""`list` and `due`: what is looked for, in which order, how much of it, and in which form."""

from datetime import timedelta
from typing import Any

import pytest

from tests.tables import each_row
from tui.cli.output import cells

COMMANDS = (
    ("add", "Globex", "Staff Engineer", "--applied", "-9d", "--salary", "80-90k", "--tag=remote"),
    ("add", "Café Dvořák", "Writer", "--applied", "-3d", "--salary", "70.000 €"),
    ("add", "acme", "Engineer", "--applied", "-20d", "--contact", "Ana Ruiz"),
    ("add", "Hooli", "Engineer", "--salary", "95k", "--stage=second", "--note", "They use Rust."),
    ("add", "Initech", "Writer", "--applied", "-5d"),
    ("close", "5", "rejected"),
)


@pytest.fixture
def board(shell: Any) -> Any:
    """Five applications, one of them closed."""
    shell.begin(*COMMANDS)
    return shell


def companies(shell: Any, *words: str) -> list[str]:
    printed: str = shell.ok("list", "--format", "{company}", *words).out
    return printed.splitlines()


@each_row(
    ("query", "found"),
    [
        ("engineer", ["Globex", "acme", "Hooli"]),
        ("cafe dvorak", ["Café Dvořák"]),
        ("stage:second", ["Hooli"]),
        ("stage:applied salary>75k", ["Globex"]),
        ("-stage:second", ["Globex", "Café Dvořák", "acme"]),
        ("applied<7d", ["Café Dvořák", "Hooli"]),
        ("tag:remote", ["Globex"]),
        ("contact:ruiz", ["acme"]),
        ("note:rust", ["Hooli"]),
        ("late", []),
        ("due<=tomorrow -late", ["Globex", "acme"]),
        ("due<=today", ["acme"]),
        ("closed", ["Initech"]),
        ("outcome:rejected", ["Initech"]),
        ("-closed writer", ["Café Dvořák"]),
        ("added:today changed<1d engineer", ["Globex", "acme", "Hooli"]),
        ("id:1-2", ["Globex", "Café Dvořák"]),
    ],
)
@each_row("option", ["--search", "--where"])
def test_a_query_finds(board: Any, option: str, query: str, found: list[str]) -> None:
    assert companies(board, option, query) == found


def test_closed_ones_that_are_asked_for_by_name_need_no_switch(board: Any) -> None:
    assert companies(board, "--search", "writer") == ["Café Dvořák"]
    assert companies(board, "--search", "writer", "--all") == ["Café Dvořák", "Initech"]
    assert companies(board, "--search", "writer", "--closed") == ["Initech"]
    assert companies(board, "--search", "result:rejected writer") == ["Initech"]
    assert companies(board, "--search", "-closed", "--closed") == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("stag:second", "There is no field “stag”. Did you mean “stage”?"),
        ("stage:secnd", "There is no stage “secnd”. Did you mean “second”?"),
        ("salary>lots", "“lots” is not an amount."),
        ("due<", "“due<” needs a value"),
    ],
)
def test_what_cannot_be_read_is_told_before_the_board_is_opened(
    shell: Any, query: str, sentence: str
) -> None:
    result = shell("list", "--search", query)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), [1, 2, 3, 4]),
        (("--sort", "company"), [3, 2, 1, 4]),
        (("--sort", "applied"), [4, 2, 1, 3]),
        (("--sort", "salary"), [4, 1, 2, 3]),
        (("--sort", "stage", "--reverse"), [4, 3, 2, 1]),
        (("--sort", "urgency"), [3, 4, 1, 2]),
        (("--sort", "due"), [3, 1, 4, 2]),
        (("--sort", "Company", "--limit", "2"), [3, 2]),
        (("--limit", "9"), [1, 2, 3, 4]),
    ],
)
def test_the_order_and_how_many(board: Any, words: tuple[str, ...], found: list[int]) -> None:
    assert [each["id"] for each in board.ok("list", "--json", *words).json] == found
    lines = board.ok("list", *words).out.splitlines()[1:]
    assert [int(line.split()[0]) for line in lines] == found


def test_the_last_one_changed_comes_first(board: Any) -> None:
    for number in (2, 1, 3):
        board.clock.moment += timedelta(minutes=1)
        board.ok("move", str(number), "first")
    assert companies(board, "--sort", "changed", "--limit", "3") == [
        "acme",
        "Globex",
        "Café Dvořák",
    ]


def test_what_was_left_out_is_counted_beside_the_list(board: Any) -> None:
    result = board.ok("list", "--limit", "1")
    assert len(result.out.splitlines()) == 2
    assert result.err == "3 more; without --limit all are shown.\n"
    assert board.ok("list", "--limit", "1", "--format", "{id}").err == ""
    assert board.ok("list", "--limit", "4").err == ""


@each_row("command", ["list", "due"])
@each_row(
    ("words", "sentence"),
    [
        (("--sort", "urgncy"), "There is no order “urgncy”. Did you mean “urgency”? There are"),
        (("--columns", "id,compny"), "There is no column “compny”. Did you mean “company”?"),
        (("--columns", ","), "“--columns” names no column."),
        (("--format", "{compny}"), "There is no field “compny”. Did you mean “company”?"),
        (("--format", "{id"), "“--format” has a brace alone."),
        (("--limit", "0"), "is not a whole number from 1"),
        (("--columns", "id", "--format", "x"), "not allowed with argument"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_told(
    board: Any, command: str, words: tuple[str, ...], sentence: str
) -> None:
    result = board(command, *words)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err


def test_columns_are_shown_in_the_order_named(board: Any) -> None:
    head, first, *_ = board.ok("list", "--columns", "company,ID,salary,tags,since").out.splitlines()
    assert head.split() == ["COMPANY", "ID", "SALARY", "TAGS", "SINCE"]
    assert first.split() == ["Globex", "1", "80-90k", "remote", "Sat", "14", "Nov"]


def test_every_column_can_be_shown_and_be_in_a_format(board: Any) -> None:
    from tui.cli.showing.due import DueLine
    from tui.cli.showing.lists import LIST_FIELDS

    board.ok("interview", "4", "tomorrow 10:00")
    for command, names in (("list", LIST_FIELDS), ("due", DueLine._fields)):
        for name in names:
            columns = board.ok(command, "--columns", name).out.splitlines()
            assert columns[0] == name.replace("_", " ").upper()
            assert len(board.ok(command, "--format", f"{{{name}}}").out.splitlines()) >= 1


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("{id} {company}", "1 Globex"),
        ("{id}\\t{applied}", "1\t2026-11-14"),
        ("{{{id}}} {outcome}{Follow-Up}", "{1} f1"),
        ("{id}\\n{salary}", "1\n80-90k"),
        ("x", "x"),
    ],
)
def test_a_format_is_for_scripts(board: Any, form: str, line: str) -> None:
    printed = board.ok("list", "--limit", "1", "--format", form)
    assert (printed.out, printed.err) == (f"{line}\n", "")


def test_a_text_from_the_board_breaks_no_line_of_a_format(shell: Any) -> None:
    shell.begin(("add", "A {id} \\t b", "Engineer"))
    assert shell.ok("list", "--format", "{company}").out == "A {id} \\t b\n"


def test_due_has_the_same_options(board: Any) -> None:
    board.ok("remind", "1", "today", "call")
    board.ok("remind", "4", "today", "write")
    plain = [line.split()[0] for line in board.ok("due").out.splitlines()[1:]]

    def ids(*words: str) -> list[str]:
        return board.ok("due", "--format", "{company}", *words).out.splitlines()

    assert ids() == ["Globex", "Hooli", "acme"]
    assert ids("--sort", "company") == ["acme", "Globex", "Hooli"]
    assert ids("--sort", "salary") == ["Hooli", "Globex", "acme"]
    assert ids("--sort", "stage", "--reverse")[0] == "Hooli"
    assert ids("--sort", "due", "--days", "1", "--reverse")[0] == "Globex"
    assert ids("--sort", "applied", "--limit", "1") == ["Hooli"]
    assert board.ok("due", "--limit", "1").err == "2 more; without --limit all are shown.\n"
    assert [f"f{one['id']}" for one in board.ok("due", "--json").json] == plain
    limited = board.ok("due", "--json", "--sort", "company", "--limit", "1").json
    assert [one["company"] for one in limited] == ["acme"]
    head, first, *_ = board.ok("due", "--columns", "id,app,due").out.splitlines()
    assert head.split() == ["ID", "APP", "DUE"]
    assert first.split()[1:] == ["1", "Mon", "23", "Nov"]


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 100, 140])
@pytest.mark.parametrize("command", ["list", "due"])
def test_columns_of_the_environment_are_the_width(board: Any, command: str, columns: int) -> None:
    board.ok("add", "A company with quite a long name AG", "Engineer of very many words indeed")
    board.ok("remind", "6", "today", "call them about the thing that we spoke of")
    board.environ["COLUMNS"] = str(columns)
    head, *lines = board.ok(command).out.splitlines()
    assert max(map(cells, (head, *lines))) <= columns
    assert head.split()[0] == "ID"
    assert "COMPANY" in head or columns < 40


def test_what_matters_least_is_cut_first(board: Any) -> None:
    board.ok("add", "A company with quite a long name AG", "Engineer of very many words indeed")
    board.ok("remind", "6", "today", "call them about the thing")

    def line(command: str, columns: int) -> str:
        board.environ["COLUMNS"] = str(columns)
        printed: str = board.ok(command).out
        return next(line for line in printed.splitlines() if "ompany w" in line or "A com" in line)

    whole = "today · call them about the thing"
    assert "Engineer of very many words indeed" in line("list", 164)
    narrow = line("list", 144)
    assert "A company with quite a long name AG" in narrow, "the role gives way first"
    assert "Engineer of ver…" in narrow
    assert "A company with …  Engineer of ver…" in line("list", 114), "then the company"
    assert whole in line("list", 98)
    assert "Engineer" not in line("list", 64), "then it goes"
    assert "call them about the thing" in line("due", 80), "what is to be done is told to the last"
