"""`rounds debrief`: in the editor, from a file, from a pipe; nothing typed is ever lost."""

import io
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Edits = Callable[[str], None]
WRITE = "text = re.sub('(Questions they asked:\\n)- ?', '\\\\1- ! why us?', text, count=1)"


@pytest.fixture
def card(shell: Any) -> str:
    """An application with two interviews behind it and one ahead."""
    shell.begin(
        ("add", "Globex", "Engineer", "--applied", "2026-11-02"),
        ("interview", "1", "2026-11-18 10:00 with Ana"),
        ("interview", "1", "2026-11-20 10:00 with Bo"),
        ("interview", "1", "thu 10:00 with Cy"),
    )
    return "1"


def debriefs(shell: Any, card: str) -> list[dict[str, Any]]:
    """The debriefs as scripts see them."""
    found: list[dict[str, Any]] = shell.ok("show", card, "--json").json["debriefs"]
    return found


def unsaved(shell: Any) -> list[Path]:
    """What was typed and is kept beside the board."""
    return sorted(shell.path.with_name("board-unsaved").glob("*"))


def test_the_one_that_the_card_asks_about_comes_first(shell: Any, card: str, edits: Edits) -> None:
    edits(WRITE)
    for number in (1, 2):
        shell.ok("debrief", card)
        assert debriefs(shell, card)[-1]["interview_id"] == number
    result = shell("debrief", card)
    assert result.code == 1
    assert "“rounds debrief 1 --interview 2”" in result.err
    assert shell("debrief", card, "--interview", "3").code == 1, "it is still ahead"
    assert unsaved(shell) == []


def test_everything_that_was_filled_in_is_stored(shell: Any, card: str, edits: Edits) -> None:
    edits(
        f"{WRITE}\n"
        "text = text.replace('Next step: ', 'Next step:').replace('Next step:', 'Next step: CTO')\n"
        "text = re.sub('They decide by: ?', 'They decide by: next week', text)\n"
        "text = re.sub('Gut feeling .1 to 5.: ?', 'Gut feeling: 4', text)\n"
        "text = text.replace('[ ]', '[x]', 2) + 'They were kind.\\n'\n"
    )
    result = shell.ok("debrief", card, "--interview", "2")
    assert "debrief written" in result.err
    (written,) = debriefs(shell, card)
    assert written | {"id": 0, "signals": []} == {
        "id": 0,
        "interview_id": 2,
        "written_on": "2026-11-23",
        "finished": True,
        "mood": 4,
        "wish": None,
        "signals": [],
        "good_signals": 2,
        "bad_signals": 0,
        "next_step": "CTO",
        "promised_by": "2026-12-04",
        "promised_text": "next week",
        "remarks": "They were kind.",
    }
    shown = shell.ok("show", card, "--json").json
    assert shown["expected_by"] == "2026-12-04"
    assert [(p["kind"], p["text"], p["felt"]) for p in shown["points"]] == [
        ("asked", "why us?", True)
    ]
    out = shell.ok("show", card).out
    for line in (
        "gut feeling 4 of 5",
        "signals: 2 good, 0 warning",
        "next step: CTO",
        "They were kind.",
    ):
        assert f"    {line}\n" in out
    edits("text = text.replace('why us?', 'why us now?')")
    shell.ok("debrief", card, "--interview", "2")
    (point,) = shell.ok("show", card, "--json").json["points"]
    assert (point["id"], point["text"]) == (1, "why us now?"), "the old one, reworded"


def test_a_debrief_is_left_and_taken_up_again(shell: Any, card: str, edits: Edits) -> None:
    edits(f"{WRITE}\ntext = text.replace('Finished: yes', 'Finished: no')")
    shell.ok("debrief", card)
    assert [each["finished"] for each in debriefs(shell, card)] == [False]
    assert "not finished" in shell.ok("show", card).out
    edits("assert '- ! why us?' in text\ntext += 'done'")
    shell.ok("debrief", card)
    (written,) = debriefs(shell, card)
    assert (written["finished"], written["remarks"]) == (True, "done")


def test_what_is_wrong_is_told_by_line_and_nothing_is_lost(
    shell: Any, card: str, edits: Edits
) -> None:
    edits(f"{WRITE}\ntext = re.sub('Gut feeling.*', 'Gut feeling: ten', text)")
    result = shell("debrief", card)
    assert result.code == 1
    problem, sentence = result.err.splitlines()
    assert re.fullmatch(r"Line \d+: “ten” is not a whole number from 1 to 5\.", problem)
    (file,) = unsaved(shell)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "why us?" in file.read_text()
    assert str(file) in sentence
    assert debriefs(shell, card) == []
    file.write_text(file.read_text().replace("ten", "5"))
    again = re.search(r"“rounds (debrief [^”]+)”", sentence)
    assert again is not None
    shell.ok(*again[1].split())
    assert debriefs(shell, card)[0]["mood"] == 5


def test_a_board_that_fails_while_one_types_loses_nothing(
    shell: Any, card: str, edits: Edits
) -> None:
    edits(f"{WRITE}\nimport os; os.rename({str(shell.path)!r}, {str(shell.path) + '.away'!r})")
    result = shell("debrief", card)
    assert result.code == 1
    (file,) = unsaved(shell)
    assert "why us?" in file.read_text()
    assert str(file) in result.err


@pytest.mark.parametrize("code", ["", "text = '# nothing\\n'"])
def test_nothing_written_changes_nothing(shell: Any, card: str, edits: Edits, code: str) -> None:
    edits(code)
    before = shell.path.read_bytes()
    result = shell("debrief", card)
    assert result.code == (1 if code else 0)
    assert shell.path.read_bytes() == before


def test_a_broken_configuration_is_told_before_anything_is_typed(
    shell: Any, card: str, edits: Edits, config: Path
) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("[follow_ups\n")
    edits("raise SystemExit('never called')")
    result = shell("debrief", card)
    assert (result.code, "line 1" in result.err) == (1, True)


def test_a_script_fills_in_the_form(
    shell: Any, card: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shell.ok("debrief", card, "--form", "--interview", "2").out
    assert form.startswith(
        "# Globex — Engineer: second interview, Fri 20 Nov 10:00–11:00, with Bo\n"
    )
    file = tmp_path / "form.txt"
    file.write_text(form.replace("Topics they liked:\n-", "Topics they liked:\n- sailing"))
    shell.ok("debrief", card, "--interview", "2", "--from", str(file))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Remarks:\nfrom a pipe\n")))
    shell.ok("debrief", card, "--interview", "1", "--from", "-")
    first, second = debriefs(shell, card)
    assert (first["remarks"], second["interview_id"]) == ("from a pipe", 2)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (None, "There is no file “"),
        (b"Remarks:\ncaf\xe9\n", "line 2: this is not UTF-8 text"),
        (b"x" * 1_000_001, "more than 1,000,000 bytes"),
        (b"hello\n", "nothing changed"),
        (b"", "The form is empty"),
    ],
    ids=["missing", "latin-1", "endless", "unreadable", "empty"],
)
def test_a_file_that_is_none_is_said(
    shell: Any, card: str, tmp_path: Path, raw: bytes | None, sentence: str
) -> None:
    file = tmp_path / "form.txt"
    if raw is not None:
        file.write_bytes(raw)
    result = shell("debrief", card, "--from", str(file))
    assert (result.code, sentence in result.err) == (1, True), result.err
    assert unsaved(shell) == [], "it is in the user's file already"


def test_without_an_interview_there_is_nothing_to_write_about(shell: Any) -> None:
    card = shell.add()
    assert "No interview to write about yet" in shell("debrief", card).err
    shell.ok("interview", card, "thu 10:00")
    assert shell("debrief", card).code == 1


def test_an_editor_that_does_not_wait_is_told_with_the_way_on(
    shell: Any, card: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code").write_text("#!/bin/sh\n")
    (tmp_path / "code").chmod(0o755)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shell.environ["EDITOR"] = str(tmp_path / "code")
    result = shell("debrief", card)
    assert result.code == 1
    *_, again = result.err.split("“rounds ")
    words = shlex.split(again.rstrip("\n”."))
    assert words[:2] == ["debrief", card]
    file = Path(words[-1])
    file.write_text(file.read_text(encoding="utf-8") + "saved later\n")
    shell.ok(*words)
    assert debriefs(shell, card)[0]["remarks"] == "saved later"
