"""`rounds backup` and `rounds restore`: shown before, agreed to, undone."""

import io
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from store.file.backup import copies
from store.file.location import backup_dir

pytestmark = pytest.mark.usefixtures("copies_of_the_day")


@pytest.fixture
def two_days(shell: Any) -> Any:
    """Globex on Monday; Hooli on Wednesday, when Globex moved on."""
    shell.open(shell.empty)
    shell.ok("add", "Globex", "Engineer")
    shell.clock.moment += timedelta(days=2)
    shell.ok("add", "Hooli", "Designer")
    shell.ok("move", "1", "second")
    return shell


def companies(shell: Any) -> list[str]:
    return sorted(card["company"] for card in shell.ok("list", "--all", "--json").json)


def test_each_day_has_its_copy_with_the_first_change(two_days: Any) -> None:
    made = [path.name for path in copies(two_days.path)]
    assert made == ["board-20261123-080000.db", "board-20261125-080000.db"]
    two_days.ok("list")
    two_days.clock.moment += timedelta(days=1)
    two_days.ok("due")
    assert len(copies(two_days.path)) == 2, "reading changes nothing"


def test_a_change_is_done_and_told_though_there_is_no_room_for_a_copy(shell: Any) -> None:
    shell.open(shell.empty)
    backup_dir(shell.path).touch()
    added = shell.ok("add", "Globex", "Engineer")
    assert added.out == "1\n"
    assert added.err.count("Note: Today’s copy of the board could not be made") == 1
    assert "Your changes are stored." in added.err


def test_the_list_of_copies(two_days: Any) -> None:
    listed = two_days.ok("backup", "--list")
    lines = [line.split() for line in listed.out.splitlines()]
    assert lines[0] == ["MADE", "SIZE", "CARDS", "FILE"]
    assert [(line[:4], line[-2:]) for line in lines[1:]] == [
        (["Wed", "25", "Nov,", "09:00"], ["2", "board-20261125-080000.db"]),
        (["Mon", "23", "Nov,", "09:00"], ["1", "board-20261123-080000.db"]),
    ]
    assert str(backup_dir(two_days.path)) in listed.err
    first = two_days.ok("backup", "--list", "--json").json[0]
    assert first["applications"] == 2
    assert first["made_at"] == "2026-11-25T09:00:00+01:00"
    assert first["bytes"] == Path(first["path"]).stat().st_size


def test_no_copies_yet(shell: Any) -> None:
    shell.open(shell.empty)
    assert "No copies yet" in shell.ok("backup", "--list").err
    assert shell.ok("backup", "--list", "--json").json == []


def test_without_yes_it_only_shows_what_would_change(two_days: Any) -> None:
    before = two_days.path.read_bytes()
    shown = two_days("restore", "mon")
    assert shown.code == 1
    assert shown.out.splitlines() == [
        "1 application would go",
        "  2  Hooli, Designer",
        "1 application would be as they were then",
        "  1  Globex, Engineer",
    ]
    assert shown.err == "Nothing was changed. Add --yes to restore it.\n"
    assert two_days.path.read_bytes() == before
    document = two_days("restore", "mon", "--json")
    assert document.code == 1
    assert document.json["restored"] is False
    assert [card["company"] for card in document.json["gone"]] == ["Hooli"]


@pytest.mark.parametrize("named", ["mon", "2026-11-23", "24 nov", "board-20261123-080000.db"])
def test_a_day_or_a_name_picks_the_copy_and_undo_reverts_all_of_it(
    named: str, two_days: Any
) -> None:
    done = two_days.ok("restore", named, "--yes")
    assert "Went back to the copy of Mon 23 Nov, 09:00." in done.err
    assert "“rounds undo” reverts this" in done.err
    assert companies(two_days) == ["Globex"]
    kept = Path(done.out.splitlines()[-1])
    assert kept == copies(two_days.path)[-1]
    two_days.ok("undo")
    assert companies(two_days) == ["Globex", "Hooli"]
    stages = {card["company"]: card["stage"] for card in two_days.ok("list", "--json").json}
    assert stages["Globex"] == "second"
    two_days.ok("redo")
    two_days.ok("restore", str(kept), "--yes")
    assert companies(two_days) == ["Globex", "Hooli"], "the copy made before leads back, too"


def test_the_result_for_scripts(two_days: Any) -> None:
    document = two_days.ok("restore", "mon", "--yes", "--json").json
    assert document["restored"] is True
    assert document["change_id"] is not None
    assert Path(document["kept"]) == copies(two_days.path)[-1]
    assert [card["id"] for card in document["changed"]] == [1]
    again = two_days.ok("restore", "mon", "--yes", "--json").json
    assert (again["restored"], again["kept"]) == (False, None)


class Terminal(io.StringIO):
    """Somebody is there to answer."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("YES\n", 0), ("\n", 1), ("n\n", 1)])
def test_on_a_terminal_it_asks(
    answer: str, code: int, two_days: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys, "stderr", Terminal())
    asked = two_days("restore", "mon")
    assert asked.code == code
    assert "Restore it? Type y and press Enter." in asked.err
    assert companies(two_days) == (["Globex"] if code == 0 else ["Globex", "Hooli"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("sun",), 3, "There is no copy of Sun 22 Nov or before. The oldest is of Mon 23 Nov."),
        (("nonsense",), 2, "“nonsense” is neither a file nor a day."),
        (("nowhere.db",), 1, "There is no file"),
        (("some/where",), 1, "There is no file"),
        (("tomorrow",), 2, "is neither a file nor a day"),
    ],
)
def test_what_is_no_copy(words: tuple[str, ...], code: int, said: str, two_days: Any) -> None:
    before = two_days.path.read_bytes()
    refused = two_days("restore", *words, "--yes")
    assert refused.code == code
    assert said in refused.err
    assert "Nothing was changed" in refused.err
    assert two_days.path.read_bytes() == before


def test_a_damaged_board_is_replaced_as_a_whole(two_days: Any) -> None:
    two_days.path.write_bytes(two_days.path.read_bytes()[:9_000])
    shown = two_days("restore", "today")
    assert shown.code == 1
    assert "damaged, so that it cannot be compared. The copy has 2 applications." in shown.out
    done = two_days.ok("restore", "today", "--yes")
    assert "Restored. The board that was there is kept as:" in done.err
    assert Path(done.out.splitlines()[-1]).stat().st_size == 9_000
    assert companies(two_days) == ["Globex", "Hooli"]


def test_where_there_is_no_board_nobody_is_asked(two_days: Any) -> None:
    two_days.path.unlink()
    done = two_days.ok("restore", "mon")
    assert done.err == "Restored.\n"
    assert companies(two_days) == ["Globex"]


def test_the_copy_of_another_board_takes_its_place(two_days: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert two_days("--db", str(other), "add", "Wayne", "Butler", named=False).code == 0
    shown = two_days("restore", str(other))
    assert shown.code == 1
    assert "This is a copy of another board" in shown.err
    done = two_days.ok("restore", str(other), "--yes")
    assert companies(two_days) == ["Wayne"]
    two_days.ok("restore", done.out.splitlines()[-1], "--yes")
    assert companies(two_days) == ["Globex", "Hooli"]


def test_an_import_is_preceded_by_a_copy_and_done_without_room_for_one(
    shell: Any, tmp_path: Path
) -> None:
    sheet = tmp_path / "mine.csv"
    sheet.write_text("Company,Role\nHooli,Designer\n", encoding="utf-8")
    shell.open(shell.empty)
    shell.ok("add", "Globex", "Engineer")
    shell.clock.moment += timedelta(hours=1)
    shell.ok("import", str(sheet))
    assert [one["applications"] for one in shell.ok("backup", "--list", "--json").json] == [1, 1]
    sheet.write_text("Company,Role\nInitech,Tester\n", encoding="utf-8")
    for copy in copies(shell.path):
        copy.unlink()
    backup_dir(shell.path).rmdir()
    backup_dir(shell.path).touch()
    told = shell.ok("import", str(sheet)).err
    assert "Note: No copy of the board from before could be made" in told
    assert "This can be undone all the same." in told
    assert companies(shell) == ["Globex", "Hooli", "Initech"]
