"""`rounds export`, and `rounds import` of what it wrote."""

import csv
import io
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tables import each_row
from tests.tui.cli.conftest import validator
from tui.cli.leaving.export import FORMATS

FOLDERS = {"markdown": ".md", "org": ".org"}


@pytest.fixture
def board(shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Four applications, the last of them closed, in a folder of their own."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-10", "--tag", "remote", "--salary", "90k"),
        ("add", "Initech", "Writer", "--applied", "2026-10-10", "--note", "A secret."),
        ("add", "Hooli", "Analyst", "--applied", "2026-09-10", "--contact", "Zoe Quux"),
        ("add", "Acme", "Clerk", "--applied", "2026-11-20"),
        ("close", "4", "rejected"),
        ("interview", "1", "thu", "10:00", "with", "Bo"),
        ("search", "Remote", "tag:remote"),
    )
    monkeypatch.chdir(tmp_path)
    return shell


def names(document: Any) -> list[str]:
    return [one["company"] for one in document["applications"]]


def test_without_words_everything_goes_to_standard_output(board: Any) -> None:
    result = board.ok("export")
    assert result.err == ""
    document = json.loads(result.out)
    validator("board").validate(document)
    assert names(document) == ["Globex", "Initech", "Hooli", "Acme"]
    assert result.out == board.ok("export", "--format", "json", "-o", "-").out


def test_a_file_is_told_on_stderr_and_is_for_the_owner_alone(board: Any, tmp_path: Path) -> None:
    result = board.ok("export", "-o", "board.json")
    assert (result.out, result.err) == ("", "Exported 4 applications to “board.json”.\n")
    file = tmp_path / "board.json"
    assert file.read_text(encoding="utf-8") == board.ok("export").out
    assert file.stat().st_mode & 0o777 == 0o600


def test_json_tells_what_was_written(board: Any, tmp_path: Path) -> None:
    made = board.ok("export", "-o", "x.html", "--flow", "x.svg", "--json").json
    assert made == {
        "format": "html", "paths": ["x.html", "x.svg"], "applications": 4, "files": 1,
        "unchanged": 0, "missing": [],
    }  # fmt: skip
    made = board.ok("export", "--format", "org", "-o", "notes", "--json").json
    assert (made["files"], made["unchanged"]) == (4, 0)
    made = board.ok("export", "--format", "org", "-o", "notes", "--json").json
    assert (made["files"], made["unchanged"]) == (0, 4)
    assert len(list((tmp_path / "notes").iterdir())) == 4


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--since", "1 oct"), ["Globex", "Initech", "Acme"]),
        (("--until", "10 oct"), ["Initech", "Hooli"]),
        (("--since", "1 oct", "--until", "31 oct"), ["Initech"]),
        (("--where", "tag:remote"), ["Globex"]),
        (("--where", "-closed"), ["Globex", "Initech", "Hooli"]),
        (("--where", "closed", "--since", "1 oct"), ["Acme"]),
        (("--where", "nowhere"), []),
    ],
    ids=lambda value: " ".join(value),
)
def test_what_is_chosen(board: Any, words: tuple[str, ...], found: list[str]) -> None:
    document = json.loads(board.ok("export", *words).out)
    validator("board").validate(document)
    assert names(document) == found
    table = board.ok("export", "--format", "csv", *words).out
    assert [one["Company"] for one in csv.DictReader(io.StringIO(table, newline=""))] == found
    page = board.ok("export", "--format", "html", *words).out
    for company in ("Globex", "Initech", "Hooli", "Acme"):
        assert (company in page) == (company in found)


def test_csv_in_a_folder_are_four_tables_with_a_mark(board: Any, tmp_path: Path) -> None:
    board.ok("export", "--format", "csv", "-o", "tables")
    files = sorted((tmp_path / "tables").iterdir())
    assert [file.name for file in files] == [
        "applications.csv", "contacts.csv", "follow-ups.csv", "interviews.csv",
    ]  # fmt: skip
    assert all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in files)
    board.ok("export", "-o", "one.csv")
    assert (tmp_path / "one.csv").read_bytes() == files[0].read_bytes()
    assert files[0].read_text("utf-8-sig").splitlines() == (
        board.ok("export", "--format", "csv").out.splitlines()
    )


@pytest.mark.parametrize(("name", "ending"), FOLDERS.items())
def test_a_card_that_is_renamed_keeps_one_file(
    board: Any, tmp_path: Path, name: str, ending: str
) -> None:
    board.ok("export", "--format", name, "-o", "notes")
    mine = tmp_path / "notes" / f"mine{ending}"
    mine.write_text("my own", encoding="utf-8")
    board.ok("edit", "1", "--company", "Globex Labs")
    board.ok("export", "--format", name, "-o", "notes")
    found = sorted(file.name for file in (tmp_path / "notes").iterdir())
    assert found == [
        f"card-0001-globex-labs-sre{ending}", f"card-0002-initech-writer{ending}",
        f"card-0003-hooli-analyst{ending}", f"card-0004-acme-clerk{ending}", f"mine{ending}",
    ]  # fmt: skip


def test_anonymous_shows_nobody(board: Any, tmp_path: Path) -> None:
    secrets = ("Globex", "Quux", "90k", "A secret.")
    for name in ("json", "csv", "html"):
        out = board.ok("export", "--format", name, "--anonymous").out
        assert not [secret for secret in secrets if secret in out], name
        assert "Employer 1" in out
    for name in FOLDERS:
        board.ok("export", "--format", name, "--anonymous", "-o", name)
        for file in (tmp_path / name).iterdir():
            text = file.read_text(encoding="utf-8") + file.name
            assert not [one for one in secrets if one.casefold() in text.casefold()]


def test_the_picture_alone(board: Any, tmp_path: Path) -> None:
    result = board.ok("export", "--flow", "flow.svg")
    assert (result.out, result.err) == ("", "The flow of applications is in “flow.svg”.\n")
    assert "Applied" in (tmp_path / "flow.svg").read_text(encoding="utf-8")


def test_the_record_lists_what_it_lacks(board: Any, tmp_path: Path) -> None:
    result = board.ok("export", "--format", "worklog", "--office", "CH", "--since", "1 nov")
    assert [one["Firma, Adresse"] for one in csv.DictReader(io.StringIO(result.out))] == [
        "Globex", "Acme",
    ]  # fmt: skip
    assert result.err.startswith("Missing in this record:\n  Globex (SRE) lacks")
    words = ("export", "--format", "worklog", "--office", "us-ne", "-o", "w.html", "--json")
    assert board.ok(*words, "--goal", "3").json["missing"]
    assert "Work search log" in (tmp_path / "w.html").read_text(encoding="utf-8")
    nothing = board.ok("export", "--format", "worklog", "--office", "ch", "--until", "1 aug")
    assert nothing.out.count("\n") == 1


def test_the_record_ends_today_at_the_latest(board: Any) -> None:
    board.ok("interview", "2", "today", "15:00")
    words = ("export", "--format", "worklog", "--office", "de", "--since", "1 nov", "--goal", "4")
    result = board.ok(*words, "--until", "30 nov")
    rows = [*csv.DictReader(io.StringIO(result.out))]
    assert [one["Bemühung"] for one in rows] == ["Bewerbung"] * 2, "an interview ahead is none yet"
    part = "2026-11-01 bis 2026-11-23 (Teil eines Monats, 23 von 30 Tagen)"
    assert {one["Zeitraum"] for one in rows} == {part}
    assert "part of a month, 23 of 30 days; 2 efforts, not compared with the 4 of a" in result.err
    board.clock.moment += timedelta(hours=7)
    assert board.ok(*words).out.count("Vorstellungsgespräch") == 1, "that of today is over"
    board.clock.moment += timedelta(days=8)
    result = board.ok(*words, "--until", "30 nov")
    assert "Sun 1 Nov 2026 to Mon 30 Nov 2026: 2 of 4 efforts are on the board" in result.err


@pytest.mark.parametrize("ending", ["html", "htm", "HTML"])
def test_the_record_is_a_page_where_the_name_says_so(
    board: Any, tmp_path: Path, ending: str
) -> None:
    board.ok("export", "--format", "worklog", "--office", "ch", "-o", f"w.{ending}")
    assert (tmp_path / f"w.{ending}").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


WRONG: dict[str, tuple[str, str]] = {
    "export --format xml": ("There is no format “xml”", "json, csv, markdown"),
    "export -o board": ("Say in which format", "--format json"),
    "export -o a.md": ("markdown is a file for each application", "-o FOLDER"),
    "export --format markdown": ("markdown is a file for each application", "folder with -o"),
    "export --json": ("--json tells what was written", "-o"),
    "export --journal --where x": ("--journal goes with the whole board", ""),
    "export --journal --format csv": ("--journal goes with the whole board", ""),
    "export --journal --anonymous": ("The history holds names", ""),
    "export --office ch": ("for the record of your work search", "worklog"),
    "export --format worklog": ("Say for which office", "us-ne: Nebraska"),
    "export --format worklog --office mars": ("There is no office “mars”", "ch"),
    "export --format worklog --office ch --anonymous": ("The office wants the names", ""),
    "export --goal 0 --format worklog": ("whole number from 1", ""),
    "export --flow x.json -o x.json": ("a file each", ""),
    "export --where stage:third": ("third", ""),
    "export --since nonsense": ("nonsense", ""),
}


@each_row("line", WRONG)
def test_words_that_contradict_each_other_write_nothing(
    board: Any, tmp_path: Path, line: str
) -> None:
    before = sorted(tmp_path.iterdir())
    result = board(*line.split())
    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert all(part in result.err for part in WRONG[line])
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("option", ["-o", "--flow"])
@pytest.mark.parametrize("what", ["a folder", "a link", "a pipe", "the board", "a hard link",
                                  "the journal", "no folder", "another board"])  # fmt: skip
def test_what_is_no_place_is_one_sentence_and_nothing_is_written(
    board: Any, tmp_path: Path, option: str, what: str
) -> None:
    target = tmp_path / "target.json"
    if what == "a folder":
        target.mkdir()
    elif what == "a link":
        target.symlink_to(tmp_path / "elsewhere")
    elif what == "a pipe":
        os.mkfifo(target)
    elif what == "the board":
        target = board.path
    elif what == "a hard link":
        target.hardlink_to(board.path)
    elif what == "the journal":
        target = board.path.with_name("board.db-journal")
    elif what == "no folder":
        target = tmp_path / "missing" / "target.json"
    else:
        target.write_bytes(board.path.read_bytes())
    stored = board.path.read_bytes()
    before = sorted(tmp_path.rglob("*"))
    result = board("export", "--format", "json", option, str(target))
    assert result.code == 1, result
    assert result.err.startswith("rounds: ")
    assert result.err.count("\n") == 1
    assert ("othing was written" in result.err) or ("not changed" in result.err)
    assert sorted(tmp_path.rglob("*")) == before
    assert board.path.read_bytes() == stored


@pytest.mark.parametrize("name", FORMATS)
def test_where_there_is_no_board_there_is_nothing_to_export(
    shell: Any, tmp_path: Path, name: str
) -> None:
    goal = str(tmp_path / "x")
    result = shell("export", "--format", name, "--office", "ch", "-o", goal, named=False)
    assert (result.code, result.out) in ((1, ""), (2, ""))
    if result.code == 1:
        assert "nothing to export" in result.err


def test_nothing_is_written_to_the_board(board: Any) -> None:
    before = board.path.read_bytes()
    for name in ("json", "csv", "html"):
        board.ok("export", "--format", name)
    assert board.path.read_bytes() == before


# Back again


def test_what_was_exported_is_imported_whole(board: Any, tmp_path: Path) -> None:
    for more in ((), ("--journal",)):
        text = board.ok("export", "-o", "board.json", *more) and (
            tmp_path / "board.json"
        ).read_text(encoding="utf-8")
        other = str(tmp_path / f"other{len(more)}.db")
        dry = board("--db", other, "import", "board.json", "--dry-run", named=False)
        assert dry.out == "rounds: 4 applications would be restored, each with all its parts\n"
        assert not Path(other).exists()
        taken = board("--db", other, "import", "board.json", named=False)
        assert taken.out == "rounds: 4 applications restored, each with all its parts\n"
        assert board("--db", other, "export", *more, named=False).out == text
        assert board("--db", other, "search", "--json", named=False).json[0]["name"] == "Remote"
        undone = board("--db", other, "undo", named=False)
        assert undone.code == 0


def test_json_tells_what_came_back(board: Any, tmp_path: Path) -> None:
    board.ok("export", "-o", "board.json")
    other = str(tmp_path / "other.db")
    data = board("--db", other, "import", "board.json", "--json", named=False).json
    assert (data["format"], data["read"], data["added"]) == ("rounds", 4, 4)
    assert [one["id"] for one in data["made"]] == [1, 2, 3, 4]


def test_standard_input_comes_back_too(
    board: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = board.ok("export").out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    other = str(tmp_path / "other.db")
    assert board("--db", other, "import", "-", named=False).code == 0
    assert board("--db", other, "export", named=False).out == text


def test_on_a_board_with_something_it_is_merged_and_that_is_said(board: Any) -> None:
    board.ok("export", "-o", "board.json", "--journal")
    board.ok("delete", "2")
    result = board.ok("import", "board.json")
    assert result.out.startswith("rounds: 4 applications read\n  1 added\n  3 skipped")
    assert "This board is not empty" in result.err
    assert names(json.loads(board.ok("export").out)) == ["Globex", "Hooli", "Acme", "Initech"]


def test_options_about_columns_are_refused_for_a_whole_export(board: Any, tmp_path: Path) -> None:
    board.ok("export", "-o", "board.json")
    words = ("import", "board.json", "--map", "X=company")
    result = board("--db", str(tmp_path / "other.db"), *words, named=False)
    assert (result.code, result.out) == (1, "")
    assert "Leave out --map" in result.err


def test_a_file_that_is_cut_changes_nothing(board: Any, tmp_path: Path) -> None:
    text = board.ok("export").out
    (tmp_path / "cut.json").write_text(text[: len(text) // 2], encoding="utf-8")
    other = str(tmp_path / "other.db")
    result = board("--db", other, "import", "cut.json", named=False)
    assert result.code == 1
    assert "not valid JSON" in result.err
    assert json.loads(board("--db", other, "export", named=False).out)["applications"] == []


def test_the_table_of_applications_comes_back(board: Any, tmp_path: Path) -> None:
    board.ok("export", "--format", "csv", "-o", "tables")
    other = str(tmp_path / "other.db")
    result = board("--db", other, "import", "tables/applications.csv", named=False)
    assert result.out.startswith("rounds: 4 applications read\n  4 added\n")
    again = json.loads(board("--db", other, "export", named=False).out)
    whole = json.loads(board.ok("export").out)
    fields = ("company", "role", "stage", "outcome", "applied_on", "closed_on", "salary", "tags")
    for one, two in zip(whole["applications"], again["applications"], strict=True):
        assert [one[name] for name in fields] == [two[name] for name in fields]


def test_a_pipe_that_is_closed_is_no_error(board: Any) -> None:
    read, write = os.pipe()
    os.close(read)
    done = board.process("export", capture_output=False, stdout=write, stderr=-1)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_one_sentence(board: Any) -> None:
    with Path("/dev/full").open("wb") as full:
        done = board.process("export", capture_output=False, stdout=full, stderr=-1)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("rounds: Writing failed: the disk is full.")


def test_it_is_utf_8_wherever_it_goes(board: Any) -> None:
    board.ok("edit", "1", "--company", "Müller 株式会社")
    done = board.process("export", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert names(json.loads(done.stdout.decode("utf-8")))[0] == "Müller 株式会社"
