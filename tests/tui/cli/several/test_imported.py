"""`rounds import`: the counts, the lines, and that it can be taken back."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tui.cli.output import Output

SAMPLE = Path(__file__).parents[3] / "store" / "exchange" / "samples" / "linkedin.csv"

PREVIEW = """\
LinkedIn: 9 applications read
  8 would be added
  1 skipped (on another line of the file, too)
  6 problems

Skipped
  line 12: “Initrode”, “Backend Engineer” stands on another line, too.

Problems
  line 7: The date “31/12/26, 9:00 AM” cannot be read; the day was left empty.
  line 8: There is no application date; the day was left empty.
  line 9: No company; the row was left out.
  line 13: “ftp://jobs.example/9” is not a web address; it was left empty.
  line 14: The row has more cells than there are columns; it was left out.
  line 15: CV sent has 240 characters; 200 fit. It was left empty.
"""


DRY = PREVIEW.replace(
    "\nSkipped",
    """
First rows
  Initrode, Backend Engineer: applied Wed 30 Sep
  Café "Nørd", GmbH, SRE: applied Thu 1 Oct
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
        "  line 4: Initrode: 1 application in May 2026; rejected on 4 Jun; "
        "you know Ana Ruiz there.",
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
    assert "  0 added\n  8 skipped (already on the board)\n  1 skipped (on another" in again.out
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
        ("store.pipeline.arriving.intake.read_outlook", "Interrupted. Nothing was changed.", 0),
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


OWN = "Firma;Stelle;Stand;Datum\nGlobex;SRE;Nix;3.11.2026\nStark;Koch;Nix;4.11.2026\n"
TOLD = """\
Your own table: 2 applications read
  2 would be added
  0 skipped (already on the board)
  1 problem

Columns (change one: --map "NAME=company")
  “Firma” = company, such as “Globex”
  “Stelle” = role, such as “SRE”
  “Stand” = status, such as “Nix”
  “Datum” = applied, such as “3.11.2026”

Statuses (change one: --status "NAME=rejected")
  “Nix” = applied (2)

First rows
  Globex, SRE: applied Tue 3 Nov
  Stark, Koch: applied Wed 4 Nov

Problems
  line 2: The status “Nix” (2 rows) is not known and counts as applied. Say what it is: --status \
"Nix=rejected".
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_what_was_guessed_of_an_own_table_is_shown(shell: Any, own: Path) -> None:
    assert shell.ok("import", str(own), "--dry-run").out == TOLD


def test_what_the_user_says_is_done_and_kept_for_the_next_file(
    shell: Any, own: Path, tmp_path: Path
) -> None:
    said = ("--status", "nix=rejected", "--map", "Datum=skip", "--map", "Stelle=role")
    done = shell.ok("import", str(own), *said)
    assert "imported 2 from “mine.csv”" in shell.ok("show", "1").out
    assert "“Nix” = rejected (2)" in done.out
    assert "kept for the next file like this" in done.err
    cards = shell.ok("list", "--closed", "--json").json
    assert {(card["outcome"], card["applied_on"]) for card in cards} == {("rejected", None)}
    later = tmp_path / "later.csv"
    later.write_text("Datum;Stand;Firma;Stelle\n5.11.2026;Nix;Wayne;Butler\n", encoding="utf-8")
    shell.ok("import", str(later))
    assert len(shell.ok("list", "--closed", "--json").json) == 3
    shell.ok("import", str(later), "--status", "Nix=first")
    shown = shell.ok("import", str(later), "--dry-run").out
    assert "“Nix” = first (1)" in shown
    assert "“Datum” = skip" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "Wo=company"), "There is no column “wo”."),
        (("--map", "Firma=firm"), "A column cannot be “firm”."),
        (("--status", "Weg=rejected"), "There is no status “weg” in the file."),
        (("--status", "Nix"), "“Nix” names no status: write “Absage=rejected”."),
    ],
)
def test_what_fits_nothing_in_the_file_changes_nothing(
    shell: Any, own: Path, words: tuple[str, ...], said: str
) -> None:
    result = shell("import", str(own), *words)
    assert (result.code, result.out) == (1, "")
    assert said in result.err
    assert not shell.path.exists()


def test_days_that_could_be_two_are_asked_about(shell: Any, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Company,Role,Date\nGlobex,SRE,3/11/2026\n", encoding="utf-8")
    for more in ((), ("--dry-run",)):
        result = shell("import", str(file), *more)
        assert (result.code, "--dates dmy" in result.err) == (1, True)
    shell.ok("import", str(file), "--dates", "mdy")
    assert shell.ok("show", "1", "--json").json["applied_on"] == "2026-03-11"
    assert "0 added" in shell.ok("import", str(file)).out, "the order is remembered"


def test_what_is_there_is_brought_up_to_date_and_told(shell: Any, own: Path) -> None:
    shell.add("Globex", "SRE", "--applied", "2026-11-03")
    shown = shell.ok("import", str(own), "--status", "Nix=second", "--dry-run").out
    assert "  1 would be added\n  1 would be brought up to date\n" in shown
    assert "Brought up to date\n  line 2: “Globex”, “SRE”: applied to second.\n" in shown
    told = shell.ok("import", str(own), "--status", "Nix=second", "--json").json
    assert told["added"] == 1
    assert told["merged"] == [
        {"line": 2, "why": "“Globex”, “SRE”: applied to second.", "file": None}
    ]
    assert told["statuses"] == [{"name": "Nix", "rows": 2, "meaning": "second"}]
    assert [one["target"] for one in told["columns"]] == ["company", "role", "status", "applied"]
    shell.ok("undo")
    assert [card["stage"] for card in shell.ok("list", "--json").json] == ["applied"]


def test_a_zip_is_read_from_standard_input(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Jobs/Job Applications.csv", SAMPLE.read_text(encoding="utf-8-sig"))
        archive.writestr(
            "Connections.csv",
            'Notes:\n"Some, are missing."\n\n'
            "First Name,Last Name,URL,Company,Position,Connected On\n"
            "Ana,Ruiz,u,Tyrell Corp.,Lead,05 Mar 2024\nBo,Li,u,Elsewhere,Lead,05 Mar 2024\n",
        )
        archive.writestr(
            "Jobs/Saved Jobs.csv", "Saved Date,Job Url,Job Title,Company Name\n,,C,S\n"
        )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(packed.getvalue())))
    shown = shell.ok("import", "-", "--dry-run").out
    assert "People you know there\n  Tyrell Corp.: Ana Ruiz, Lead\n" in shown
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(packed.getvalue())))
    out = shell.ok("import", "-").out
    assert "8 added" in out
    assert "1 left out (saved, not applied for)" in out
    assert "Job Applications.csv, line 7: The date" in out


class Terminal(io.StringIO):
    """A stream that says that a person looks at it."""

    def isatty(self) -> bool:
        return True


def test_how_far_it_is_is_shown_on_a_terminal_only() -> None:
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        out = Output(io.StringIO(), stream, {})
        out.progress("Storing [####....] 4 of 8")
        out.progress("Storing [########]")
        out.say("Done.")
        text = stream.getvalue()
        assert ("\r" in text) == shown
        assert text.rpartition("\r")[2] == "Done.\n"


def test_a_large_file_tells_how_far_it_is(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "many.csv"
    rows = "".join(f"Company {n},Engineer\n" for n in range(2_500))
    file.write_text(f"Company,Role\n{rows}", encoding="utf-8")
    told: list[str] = []
    monkeypatch.setattr(Output, "progress", lambda _, text: told.append(text))
    shell.ok("import", str(file))
    assert "Reading: 2,000 rows" in told
    assert "Storing [#########...............] 1,000 of 2,500" in told
    assert told[-1] == ""


def test_a_deadline_comes_in_with_an_offer_and_again_where_none_is(
    shell: Any, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    rows = "Firma;Stelle;Beworben am;Stand;Antwort bis\nGlobus;PM;3.11.2026;Angebot;"
    file.write_text(f"{rows}\n", encoding="utf-8")
    shell.ok("import", str(file))
    file.write_text(f"{rows}5.12.2026\n", encoding="utf-8")
    assert "deadline of the offer" in shell.ok("import", str(file)).out
    assert "Sat 5 Dec" in shell.ok("show", "1").out
    file.write_text(f"{rows}8.12.2026\n".replace("Globus", "Initech"), encoding="utf-8")
    shell.ok("import", str(file))
    assert "Tue 8 Dec" in shell.ok("show", "2").out


def test_only_what_the_file_had_tells_of_the_import(shell: Any, tmp_path: Path) -> None:
    """Another application of the same employer is only planned anew; a note alone is news."""
    shell.add("Hooli", "SRE", "--applied", "2026-11-20")
    shell.add("Hooli", "Cook", "--applied", "2026-11-20")
    file = tmp_path / "mine.csv"
    file.write_text(
        "Company,Role,Applied,Status,Notes\n"
        "Hooli,Baker,2026-11-10,Offer,\nHooli,Cook,2026-11-20,Applied,Ask Ana\n",
        encoding="utf-8",
    )
    shell.ok("import", str(file))
    told = ["imported" in shell.ok("show", number).out for number in "123"]
    assert told == [False, True, True]
