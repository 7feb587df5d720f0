"""`rounds import`: the counts, the lines, and that it can be taken back."""

import io
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[3] / "store" / "exchange" / "samples" / "linkedin.csv"

PREVIEW = """\
LinkedIn: 9 applications read
  8 would be added
  1 skipped (already on the board)
  6 problems

Skipped
  line 12: “Initrode”, “Backend Engineer” is there already.

Problems
  line 7: The date “31/12/26, 9:00 AM” cannot be read; the day was left empty.
  line 8: There is no application date; the day was left empty.
  line 9: Company is empty. Type at least one character. The row was left out.
  line 13: “ftp://jobs.example/9” is not a web address; it was left empty.
  line 14: The row has more cells than there are columns; it was left out.
  line 15: CV sent has 240 characters; 200 fit. Shorten it. It was left empty.
"""


DRY = PREVIEW.replace(
    "\nSkipped",
    """
First rows
  Initrode, Backend Engineer: applied, applied Wed 30 Sep
  Café "Nørd", GmbH, SRE: applied, applied Thu 1 Oct
  Wrongdate, Engineer: applied

Skipped""",
)
"""What a dry run shows: the first rows, too, as they would come in."""


def test_a_dry_run_tells_and_changes_nothing(shell: Any) -> None:
    result = shell.ok("import", str(SAMPLE), "--dry-run")
    assert result.out == DRY
    assert list(shell.path.parent.iterdir()) == []
    shell.add("Elsewhere")
    before = shell.path.read_bytes()
    assert shell.ok("import", str(SAMPLE), "--dry-run").out == DRY
    assert shell.path.read_bytes() == before


def test_a_dry_run_tells_what_was_before_with_those_employers(shell: Any) -> None:
    shell.add("INITRODE GmbH", "SRE", "--applied", "2026-05-04", "--contact", "Ana Ruiz")
    shell.ok("close", "1", "rejected", "--on", "2026-06-04")
    shell.add("Undone & Co.", "SRE", "--applied", "2026-10-12")
    shell.ok("employer", "Undone", "--same-as", "Undated")
    told = shell.ok("import", str(SAMPLE), "--dry-run").out.partition("You were there before\n")[2]
    assert told.splitlines() == [
        "  line 4: Initrode: 1 application in May 2026; rejected on 4 Jun; Ana Ruiz is there.",
        "  line 8: Undated: 1 application; open since 12 Oct.",
    ]
    assert "before" not in shell.ok("import", str(SAMPLE)).out


def test_an_import_adds_once_and_is_one_step_of_undo(shell: Any) -> None:
    shell.add("Elsewhere")
    before = shell.ok("list", "--json").out
    result = shell.ok("import", str(SAMPLE))
    assert result.out == PREVIEW.replace("would be added", "added")
    assert "“rounds undo”" in result.err
    imported = shell.ok("list", "--json").json
    assert len(imported) == 9
    assert [each["applied_on"] for each in imported if each["company"] == "Undated"] == [None]

    again = shell.ok("import", str(SAMPLE))
    assert "  0 added\n  9 skipped (already on the board)\n" in again.out
    assert shell.ok("list", "--json").json == imported

    shell.ok("undo")
    assert shell.ok("list", "--json").out == before
    shell.ok("redo")
    assert shell.ok("list", "--json").json == imported


def test_an_imported_application_has_its_answers_as_a_note(shell: Any) -> None:
    shell.ok("import", str(SAMPLE))
    shown = shell.ok("show", "1", "--json").json
    assert (shown["company"], shown["source"]) == ("Initrode", "LinkedIn")
    assert shown["notes"][0]["text"] == "Years of experience? 5\nNotice period: 3 months"
    assert "Contact" not in shell.ok("show", "1").out, "the address there is the user's own"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("empty.csv", b""),
        ("other.csv", b"Name,Amount\nx,1\n"),
        ("saved.csv", b"Saved Date,Job Url,Job Title,Company Name\n9/1/26,u,t,c\n"),
        ("binary.csv", bytes(range(256)) * 64),
        ("packed.zip", b"PK\x03\x04rest"),
    ],
)
def test_what_cannot_be_imported_is_a_sentence(
    shell: Any, tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    for more in ((), ("--dry-run",)):
        result = shell("import", str(file), *more)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("rounds: ")
        assert result.err.count("\n") == 1
    assert not shell.path.exists()


def test_standard_input_is_imported(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for more, added in ((("--dry-run",), "8 would be added"), ((), "8 added"), ((), "0 added")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SAMPLE.read_bytes())))
        assert added in shell.ok("import", "-", *more).out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert shell("import", "-").err == "rounds: “standard input” is empty.\n"
    monkeypatch.setattr("sys.stdin", None)
    assert shell("import", "-").code == 1


def test_a_folder_is_said_to_be_one(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "LinkedIn").mkdir()
    assert shell("import", str(tmp_path / "LinkedIn")).err == (
        "rounds: “LinkedIn” is a folder. Give a file instead.\n"
    )


@pytest.mark.parametrize(
    ("where", "said", "added"),
    [
        ("tui.cli.several.imported.read_document", "Interrupted. Nothing was changed.", 0),
        ("store.pipeline.Pipeline.bring_in", "Interrupted. Nothing was changed.", 0),
        ("store.pipeline.intake.read_outlook", "Interrupted. Nothing was changed.", 0),
        ("store.file.database.open_database", "Interrupted. Nothing was changed.", 0),
        ("tui.cli.several.imported._print", "Interrupted, but the change was stored by then.", 8),
    ],
)
def test_an_interrupt_says_what_became_of_the_import(
    shell: Any, monkeypatch: pytest.MonkeyPatch, where: str, said: str, added: int
) -> None:
    shell.add()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(where, interrupted)
        result = shell("import", str(SAMPLE))
    assert (result.code, result.out) == (130, "")
    assert result.err.startswith(said)
    assert result.err.count("\n") == 1
    assert len(shell.ok("list", "--json").json) == 1 + added


def test_many_duplicates_do_not_fill_the_screen(shell: Any, tmp_path: Path) -> None:
    lines = ["Application Date,Company Name,Job Title,Job Url"]
    lines += [f'"11/1/26, 1:00 PM",Company {n},Engineer,' for n in range(40)]
    file = tmp_path / "many.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    shell.ok("import", str(file))
    out = shell.ok("import", str(file)).out
    assert "  and 30 more\n" in out
    assert len(out.splitlines()) < 20
