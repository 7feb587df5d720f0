"""Several applications or follow-ups in one command: done to all or to none, one step of undo."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.tables import each_row


@pytest.fixture
def three(shell: Any) -> Any:
    """A board with the applications 1, 2 and 3, each with a follow-up that is due."""
    three = ("Globex", "SRE"), ("Initech", "Writer"), ("Hooli", "Analyst")
    shell.begin(*(("add", *each, "--applied", "2026-11-10") for each in three))
    return shell


def outcomes(shell: Any) -> list[str | None]:
    return [each["outcome"] for each in shell.ok("list", "--all", "--json").json]


def stages(shell: Any) -> list[str]:
    found = shell.ok("list", "--all", "--json").json
    return [each["stage"] for each in sorted(found, key=lambda each: each["id"])]


def test_several_are_closed_with_one_undo(three: Any) -> None:
    before = three.ok("list", "--json").json
    result = three.ok(
        "close", "1", "#3", "rejected", "--on", "20 nov", "--reason", "frozen", "--keep", "calm"
    )
    assert result.err.startswith("Closed, rejected: Globex — SRE, Hooli — Analyst.")
    closed = three.ok("list", "--closed", "--json").json
    assert [(each["id"], each["outcome"]) for each in closed] == [(1, "rejected"), (3, "rejected")]
    shown = three.ok("show", "3", "--json").json["fields"]
    assert (shown["reason"], shown["lesson_keep"]) == ("frozen", "calm")
    three.ok("undo")
    assert three.ok("list", "--json").json == before


def test_a_query_chooses_what_list_lists(three: Any) -> None:
    before = three.ok("list", "--json").json
    result = three.ok("close", "--where", "-hooli", "rejected")
    assert result.err.startswith("Closed, rejected: Globex — SRE, Initech — Writer.")
    assert sorted(map(str, outcomes(three))) == ["None", "rejected", "rejected"]
    three.ok("undo")
    assert three.ok("list", "--json").json == before
    three.ok("move", "first", "--on", "fri", "--where=role:sre,writer")
    assert stages(three) == ["first", "first", "applied"]
    three.ok("delete", "--where", "stage:applied")
    assert [card["id"] for card in three.ok("list", "--all", "--json").json] == [1, 2]


def test_a_query_finds_open_ones_and_to_reopen_closed_ones(three: Any) -> None:
    three.ok("close", "1", "2", "withdrawn")
    assert three.ok("reopen", "--where", "globex", "--json").json["applications"] == [1]
    three.ok("delete", "--where", "-globex")
    assert len(three.ok("list", "--all", "--json").json) == 2, "a closed one is left alone"
    three.ok("delete", "--where", "outcome:withdrawn")
    assert [card["id"] for card in three.ok("list", "--all", "--json").json] == [1]


@each_row(
    ("words", "code", "culprit"),
    [
        (("close", "1", "rejected", "--where", "globex"), 2, "Give either IDs or --where."),
        (("reopen", "1", "--where", "globex"), 2, "Give either IDs or --where."),
        (("close", "--where", "globex"), 2, "“rounds close ID [ID ...] OUTCOME”"),
        (("close", "--where", "", "rejected"), 2, "“--where” says nothing."),
        (("delete", "--where", "  "), 2, "“--where” says nothing."),
        (("delete", "--where", '""'), 2, "“--where”"),
        (("delete", "--where", "stag:first"), 2, "stag"),
        (("delete", "--where", "umbrella"), 3, "No application matches. Nothing was changed."),
        (("reopen", "--where", "globex"), 3, "No closed application matches."),
        (("close", "--where", "globex", "rejectd"), 2, "Unknown outcome “rejectd”."),
        (("move", "--where", "a", "first", "second"), 2, "Give either IDs or --where."),
        (("show", "1", "--where", "globex"), 2, "There is no option “--where”."),
    ],
)
def test_a_query_that_chooses_nothing_or_everything_changes_nothing(
    three: Any, words: tuple[str, ...], code: int, culprit: str
) -> None:
    before = three.path.read_bytes()
    result = three(*words)
    assert (result.code, result.out) == (code, "")
    assert culprit in result.err
    assert three.path.read_bytes() == before


def test_one_that_is_closed_with_a_lesson_takes_one_undo(three: Any) -> None:
    before = three.ok("list", "--json").json
    three.ok("close", "2", "rejected", "--keep", "calm", "--change", "sleep")
    assert three.ok("show", "2", "--json").json["fields"]["lesson_change"] == "sleep"
    three.ok("undo")
    assert three.ok("list", "--json").json == before


def test_several_are_moved_reopened_and_deleted(three: Any) -> None:
    three.ok("move", "1", "2", "3", "first", "--on", "fri")
    assert stages(three) == ["first"] * 3
    three.ok("close", "1", "2", "withdrawn")
    three.ok("reopen", "2", "1")
    assert outcomes(three) == [None] * 3
    result = three.ok("delete", "1", "3")
    assert "Deleted: Globex — SRE, Hooli — Analyst. “rounds undo” reverts this." in result.err
    assert len(three.ok("list", "--all", "--json").json) == 1
    for _ in range(4):
        three.ok("undo")
    assert stages(three) == ["applied"] * 3


@each_row(
    ("words", "code", "culprit"),
    [
        (("close", "1", "99", "rejected"), 3, "There is no application 99."),
        (("move", "1", "99", "first"), 3, "There is no application 99."),
        (("delete", "1", "99"), 3, "There is no application 99."),
        (("reopen", "1", "2"), 1, "1 (Globex, SRE) and 2 (Initech, Writer): This application is"),
        (("move", "2", "1", "applied"), 1, "2 (Initech, Writer) and 1 (Globex, SRE): It is in ap"),
        (("close", "1", "2", "rejectd"), 2, "Unknown outcome “rejectd”."),
        (("close", "1", "x", "rejected"), 3, "No application fits “x”."),
        (("close", "1", "1.0", "rejected"), 2, "“1.0” is not a valid ID"),
        (("close", "1", "rejected", "no", "visa"), 2, "“no” is one word too many"),
        (("move", "1", "first", "today"), 2, "“today” is one word too many after the stage"),
        (("move", "1", "2"), 2, "Unknown stage “2”."),
        (("close", "1", "f2", "rejected"), 2, "“f2” is a follow-up"),
        (("snooze", "f1", "f99", "fri"), 3, "There is no follow-up f99."),
        (("skip", "f1", "f99"), 3, "There is no follow-up f99."),
        (("done", "f1", "f99"), 3, "There is no follow-up f99."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_all_or_none_and_the_culprit_is_named(
    three: Any, words: tuple[str, ...], code: int, culprit: str
) -> None:
    before = [three.ok("show", each, "--json").json for each in ("1", "2", "3")]
    result = three(*words)
    assert (result.code, result.out) == (code, "")
    assert culprit in result.err
    assert [three.ok("show", each, "--json").json for each in ("1", "2", "3")] == before


def test_a_number_named_twice_counts_once(three: Any) -> None:
    three.ok("close", "1", "1", "2", "rejected")
    assert outcomes(three) == ["rejected", "rejected", None] or outcomes(three).count(None) == 1
    three.ok("delete", "1", "1")
    assert len(three.ok("list", "--all", "--json").json) == 2


@pytest.mark.parametrize("words", [("skip",), ("snooze", "fri"), ("done",)])
def test_several_follow_ups_take_one_undo(three: Any, words: tuple[str, ...]) -> None:
    before = three.ok("due", "--json").json
    ids = [f"f{each['id']}" for each in before[:2]]
    command, *more = words
    assert "together" in three.ok(command, *ids, *more).err
    assert [each["id"] for each in three.ok("due", "--json").json] == [before[2]["id"]]
    three.ok("undo")
    assert three.ok("due", "--json").json == before


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a text on standard input."""

    def put(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return put


@pytest.fixture
def seven(shell: Any) -> Any:
    """Applications 1 to 7, of which 4 was deleted; of each a follow-up is due, f1 and f3 to f8."""
    names = "Acme", "Bluth", "Cyberdyne", "Dunder", "Enron", "Frobozz", "Globex"
    first, *others = (("add", name, "SRE", "--applied", "2026-11-10") for name in names)
    shell.begin(first, ("remind", "1", "wed", "call"), *others, ("delete", "4"))
    return shell


def closed(shell: Any) -> list[int]:
    return [each["id"] for each in shell.ok("list", "--closed", "--json").json]


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        (("2-5",), [2, 3, 5]),
        (("#2-#5",), [2, 3, 5]),
        (("1", "3-3", "6-9"), [1, 3, 6, 7]),
        (("2-3", "3-5", "2"), [2, 3, 5]),
        (("4-5",), [5]),
        (("7-99999999999999999999",), [7]),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_a_range_stands_for_those_that_there_are(
    seven: Any, named: tuple[str, ...], meant: list[int]
) -> None:
    seven.ok("close", *named, "rejected")
    assert closed(seven) == meant
    seven.ok("undo")
    assert closed(seven) == []


@each_row(
    ("words", "code", "said"),
    [
        (("close", "5-3", "rejected"), 2, "“5-3” ends before it begins: write the lower number"),
        (("close", "f3-f5", "rejected"), 2, "“f3-f5” are follow-ups; “rounds list” shows the"),
        (("close", "3-", "rejected"), 2, "“3-” is not a valid ID"),
        (("close", "1-2-3", "rejected"), 2, "“1-2-3” is not a valid ID"),
        (("close", "8-12", "rejected"), 3, "There is no application from 8 to 12."),
        (("delete", "4-4"), 3, "There is no application from 4 to 4."),
        (("reopen", "1-3"), 1, "1 (Acme, SRE), 2 (Bluth, SRE) and 3 (Cyberdyne, SRE): This ap"),
        (("move", "1-3", "applied"), 1, "3 of 3 cannot be changed. 1 (Acme, SRE), 2 (Bluth, S"),
        (("done", "f90-f99"), 3, "“rounds due” has none from f90 to f99 today."),
        (("done", "1-3"), 3, "1 can be follow-up f1"),
        (("skip", "f3-f1"), 2, "“f3-f1” ends before it begins"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_range_that_stands_for_nothing_changes_nothing(
    seven: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    before = seven.ok("list", "--all", "--json").json
    result = seven(*words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert seven.ok("list", "--all", "--json").json == before


def test_a_range_of_follow_ups_is_of_those_that_are_due(seven: Any) -> None:
    due = [each["id"] for each in seven.ok("due", "--json").json]
    assert due == [1, 3, 4, 6, 7, 8], "f2 is for Wednesday, f5 is gone"
    seven.ok("snooze", f"f{min(due)}-f{max(due)}", "fri")
    assert seven.ok("due", "--json").json == []
    later = seven.ok("due", "--days", "4", "--json").json
    assert sorted(each["id"] for each in later) == sorted([*due, 2])
    seven.ok("undo")
    assert [each["id"] for each in seven.ok("due", "--json").json] == due


@pytest.mark.parametrize("text", ["2\n3\n5\n", "2 3 5", "#2\r\n3-5\r\n", "2, 3, 5", "\n3-5\n\n2"])
def test_a_dash_takes_numbers_from_standard_input(
    seven: Any, piped: Callable[[str], None], text: str
) -> None:
    piped(text)
    seven.ok("close", "-", "7", "rejected")
    assert closed(seven) == [2, 3, 5, 7]
    seven.ok("undo")
    assert closed(seven) == []


@pytest.mark.parametrize("command", [("done",), ("skip",), ("snooze", "fri")], ids=" ".join)
def test_a_dash_takes_follow_ups_too(
    seven: Any, piped: Callable[[str], None], command: tuple[str, ...]
) -> None:
    due = [each["id"] for each in seven.ok("due", "--json").json]
    piped("".join(f"f{one}\n" for one in due))
    seven.ok(command[0], "-", *command[1:])
    assert seven.ok("due", "--json").json == []
    seven.ok("undo")
    assert len(seven.ok("due", "--json").json) == len(due)


@pytest.mark.parametrize("command", [("close", "rejected"), ("delete",), ("done",)], ids=" ".join)
@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", 3, "Standard input names nothing. Nothing was changed."),
        (" \n\n", 3, "Standard input names nothing. Nothing was changed."),
        ("1\nID  STAGE\n", 2, "Standard input, line 2: “ID” is not a valid ID"),
        ("1\n-\n", 2, "“-” on standard input names nothing. Leave it out."),
        ("9-2", 2, "Standard input, line 1: “9-2” ends before it begins"),
        ("99 98", 3, "There is no "),
    ],
    ids=repr,
)
def test_standard_input_that_names_nothing_changes_nothing(
    seven: Any,
    piped: Callable[[str], None],
    command: tuple[str, ...],
    text: str,
    code: int,
    said: str,
) -> None:
    before = seven.ok("list", "--all", "--json").json
    piped(text)
    result = seven(command[0], "-", *command[1:])
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert result.err.count("\n") == 1
    assert seven.ok("list", "--all", "--json").json == before


def test_what_became_of_each_is_told(seven: Any) -> None:
    due = seven.ok("due", "--json").json
    first, second = due[0], due[1]
    told = seven.ok("done", f"f{first['id']}", f"f{second['id']}").err.splitlines()
    assert told[0].startswith("Acme and Bluth: done together: follow up on your application.")
    for line, one in zip(told[1:], (first, second), strict=True):
        begin = f"  f{one['id']}  {one['company']}, SRE: follow up on your application; next: "
        assert line.startswith(begin)
    told = seven.ok("close", "1", "3", "rejected").err.splitlines()
    assert told[1:] == ["  1  Acme, SRE; rejected", "  3  Cyberdyne, SRE; rejected"]
    told = seven.ok("delete", "5-6").err.splitlines()
    assert told[1:] == ["  5  Enron, SRE", "  6  Frobozz, SRE"]
    assert seven.ok("move", "2", "first").err.count("\n") == 1, "of one it is said already"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("done", "--where", "company:acme"), [3, 4, 6, 7, 8]),
        (("snooze", "--where", "-acme -bluth", "+1w"), [1, 3]),
        (("skip", "--where", "id:2-7"), [1]),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_where_stands_for_the_next_follow_up_of_each(
    seven: Any, words: tuple[str, ...], left: list[int]
) -> None:
    before = seven.ok("due", "--json").json
    told = seven.ok(*words).err
    assert [each["id"] for each in seven.ok("due", "--json").json] == left
    for each in before:
        gone = each["id"] not in left and len(before) - len(left) > 1
        assert (f"  f{each['id']}  {each['company']}, SRE: " in told) is gone
    seven.ok("undo")
    assert seven.ok("due", "--json").json == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("done", "--where", "sre"), 1, "1 of 6 has no follow-up: 2 (Bluth, SRE). Nothing was"),
        (("done", "--where", "nobody"), 3, "No application matches. Nothing was changed."),
        (("done", "--where", " "), 2, "“--where” says nothing."),
        (("done", "f1", "--where", "sre"), 2, "Give either IDs or --where."),
        (("snooze", "--where", "sre"), 2, "A word is missing: “rounds snooze FOLLOW-UP-ID"),
        (("skip", "x"), 2, "“x” is not a valid ID; “rounds due” shows them."),
        (("done", "f1", "f90"), 3, "There is no follow-up f90."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_follow_ups_that_cannot_be_meant_change_nothing(
    seven: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    seven.ok("skip", "f3")
    before = seven.ok("list", "--json").json
    result = seven(*words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert seven.ok("list", "--json").json == before


def test_done_tells_what_it_did_for_each(seven: Any) -> None:
    told = seven.ok("done", "f3", "f5-f7").err.splitlines()
    assert told[0] == "Bluth, Enron and Frobozz: done together: follow up on your application."
    assert [line.split(":")[0] for line in told[1:]] == [
        "  f3  Bluth, SRE", "  f6  Enron, SRE", "  f7  Frobozz, SRE",
    ]  # fmt: skip
    assert all("; next: follow up" in line for line in told[1:])


def test_follow_ups_done_already_are_named_and_none_is_done(seven: Any) -> None:
    seven.ok("done", "f3")
    seven.ok("done", "f4")
    result = seven("done", "f1", "f3", "f4")
    assert result.code == 1
    assert result.err.startswith("rounds: 2 of 3 cannot be changed. f3 (Bluth: ")
    assert "This follow-up was done on Mon 23 Nov 2026 already. Nothing was changed." in result.err
    assert [each["id"] for each in seven.ok("due", "--json").json] == [1, 6, 7, 8]


@pytest.mark.parametrize("named", [("2", "3", "5"), ("2-5",), ("--where", "id:2-5"), ("-",)])
def test_fields_of_several_are_changed_in_one_change(
    seven: Any, piped: Callable[[str], None], named: tuple[str, ...]
) -> None:
    piped("2 3\n5")
    seven.ok("edit", "3", "--tag", "old")
    before = {one["id"]: one["tags"] for one in seven.ok("list", "--json").json}
    told = seven.ok("edit", *named, "--tag", "+remote", "--tag", "-old", "--source", "fair").err
    assert told.startswith("Edited source, tags: Bluth — SRE, Cyberdyne — SRE, Enron — SRE.")
    assert "  5  Enron, SRE; next: " in told or "  6  Enron, SRE; next: " in told
    after = {one["id"]: one["tags"] for one in seven.ok("list", "--json").json}
    assert {one for one, tags in after.items() if tags == ["remote"]} == {2, 3, 5}
    seven.ok("undo")
    assert {one["id"]: one["tags"] for one in seven.ok("list", "--json").json} == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1", "2", "--tag", "-old"), 2, "None of them has the tag “old”."),
        (("1", "2", "--role", "Cook"), 2, "“--role” is for one application at a time."),
        (("1", "2"), 2, "Several are edited with options: “rounds edit 4 7 --tag +remote”."),
        (("1", "2", "--source", "x" * 999), 1, "Source has 999 characters"),
        (("1", "9", "--source", "fair"), 3, "There is no application 9."),
        (("1", "2", "--form", "--source", "fair"), 2, "Give either options or a text."),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_fields_that_cannot_be_changed_in_several_change_none(
    seven: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    before = seven.ok("list", "--json").json
    result = seven("edit", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert seven.ok("list", "--json").json == before


def test_several_that_say_it_already_are_no_change(seven: Any) -> None:
    seven.ok("edit", "1-3", "--tag", "remote")
    result = seven.ok("edit", "1-3", "--tag", "remote", "--json")
    assert result.json["change_id"] is None
    assert "They say that already." in result.err
