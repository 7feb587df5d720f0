"""The user's configuration and what it means for the board: planned again, and nothing else."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.read.glance import PLANNED_BY, open_glance
from tests.stillness import PATIENCE
from tui.desk import Desk

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def configure(config: Path) -> Callable[[str], None]:
    """Writes the configuration file."""

    def write(text: str) -> None:
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(text, encoding="utf-8")

    return write


def inquiry(shell: Any, card: str) -> dict[str, Any]:
    """The open inquiry of an application that was not answered."""
    entries = shell.ok("show", card, "--json").json["follow_ups"]
    found: dict[str, Any] = next(each for each in entries if each["action"] == "inquire")
    return found


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ('[follow_ups]\npreset = "fast"\n', None),
        ("[follow_ups.application]\ninquiry_business_days = 3\n", "2026-11-26"),
        ('[follow_ups]\ncountry = "US"\n[follow_ups.application]\ninquiry_business_days = 3\n',
         "2026-11-27"),
    ],
    ids=["preset", "number", "country"],
)  # fmt: skip
def test_other_settings_plan_what_is_open_anew(
    shell: Any, configure: Callable[[str], None], text: str, due_on: str | None
) -> None:
    """The fourth Thursday of November is a holiday in the United States."""
    card = shell.add("Globex", "Engineer")
    before = inquiry(shell, card)["due_on"]
    configure(text)
    assert inquiry(shell, card)["due_on"] == before, "reading plans nothing"
    other = shell("add", "Initech", "SRE")
    assert "were planned again" in other.err
    after = inquiry(shell, card)["due_on"]
    assert after == (due_on or after)
    assert after < before
    assert "planned again" not in shell.ok("note", card, "x").err, "once"


def test_what_the_user_did_stays_as_it_is(shell: Any, configure: Callable[[str], None]) -> None:
    cards = [shell.add(f"Company {n}", "Engineer", "--applied", "2026-11-10") for n in range(3)]
    numbers = [str(inquiry(shell, card)["id"]) for card in cards]
    shell.ok("done", numbers[0])
    shell.ok("skip", numbers[1])
    shell.ok("snooze", numbers[2], "1 dec")
    shell.ok("remind", cards[2], "4 dec", "call")

    def kept() -> list[Any]:
        entries = [e for card in cards for e in shell.ok("show", card, "--json").json["follow_ups"]]
        return [
            (e["id"], e["state"], e["due_on"], e["done_on"])
            for e in entries
            if e["state"] != "open" or str(e["id"]) in numbers or e["action"] == "own"
        ]

    before = kept()
    configure('[follow_ups]\npreset = "slow"\n')
    shell.ok("add", "Initech", "SRE")
    assert kept() == before


def test_undo_of_a_step_from_before_is_honest(shell: Any, configure: Callable[[str], None]) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    shell.ok("move", card, "first", "--on", "2026-11-12")
    configure('[follow_ups]\npreset = "fast"\n')
    shell.ok("list")
    undone = shell("undo")
    shown = shell.ok("show", card, "--json").json
    if undone.code == 0:
        assert shown["stage"] == "applied"
    else:
        assert "Nothing was undone" in undone.err
        assert shown["stage"] == "first"
    shell.ok("note", card, "x")
    shell.ok("undo")
    assert shell.ok("show", card, "--json").json["notes"] == []


WRONG = (
    ('preset = "quick"\n', "line 3", "There is no preset “quick”"),
    ("[follow_ups.interview]\ninquiry_days = -1\n", "line 4", "whole number"),
    ('country = "Atlantis"\n', "line 3", "no holidays for “Atlantis”"),
    ("preset = uk\n", "line 3", "could not be read"),
    ("[folow_ups]\n", "line 3", "Did you mean “follow_ups”?"),
)


@pytest.mark.parametrize(("text", "line", "sentence"), WRONG, ids=[w[2] for w in WRONG])
def test_a_mistake_is_named_with_its_line_and_costs_only_itself(
    shell: Any, configure: Callable[[str], None], text: str, line: str, sentence: str
) -> None:
    configure("[follow_ups]\nslow_season = true\n")
    card = shell.add("Globex", "Engineer", "--applied", "2026-08-03")
    planned = planned_by(shell)
    configure(f"[follow_ups]\nslow_season = true\n{text}")
    result = shell.ok("note", card, "x")
    assert re.search(r"Note: The config file “[^”]+config\.toml”, [^\n]+\n", result.err)
    assert line in result.err
    assert sentence in result.err
    assert result.err.count("Until it is fixed") == 1
    assert planned_by(shell) == planned, "all else counts as before"
    for reading in (("list",), ("due", "--days", "30"), ("show", "1"), ("where",)):
        assert "config" not in shell.ok(*reading).err


@pytest.mark.parametrize(
    "words", [("add", "A", "B"), ("note", "1", "x"), ("undo",)], ids=lambda words: words[0]
)
def test_a_file_that_is_no_text_stops_what_writes(
    shell: Any, config: Path, configure: Callable[[str], None], words: tuple[str, ...]
) -> None:
    shell.add("Globex", "Engineer")
    before = shell.path.read_bytes()
    configure("")
    config.write_bytes(b"[follow_ups]\npreset = '\xff'\n")
    result = shell(*words)
    assert (result.code, result.out) == (1, "")
    assert "line 2: this is not UTF-8" in result.err
    assert shell.path.read_bytes() == before
    assert shell("list").code == 0, "what only reads goes on"


def test_a_dry_run_plans_nothing_anew(
    shell: Any, tmp_path: Path, configure: Callable[[str], None]
) -> None:
    shell.add("Globex", "Engineer")
    configure('[follow_ups]\npreset = "fast"\n')
    file = tmp_path / "Job Applications.csv"
    file.write_text("Application Date,Company Name,Job Title\n11/20/26,Hooli,SRE\n")
    before = shell.path.read_bytes()
    shell("import", str(file), "--dry-run")
    assert shell.path.read_bytes() == before


def test_nothing_of_it_is_loaded_by_what_only_reads(shell: Any) -> None:
    shell.add()
    code = (
        "import sys, tui.cli.run\n"
        f"tui.cli.run.run(['--db', {str(shell.path)!r}, 'due', '--days', '30'])\n"
        "assert not {'store.settings', 'tomllib', 'holidays'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, timeout=PATIENCE)


def test_holidays_are_loaded_for_a_country_only(
    shell: Any, config: Path, configure: Callable[[str], None]
) -> None:
    for text, loaded in (("", False), ('[follow_ups]\ncountry = "DE-BY"\n', True)):
        configure(text)
        code = (
            "import sys, tui.cli.run\n"
            f"assert tui.cli.run.run(['--db', {str(shell.path)!r}, 'add', 'A', 'B']) == 0\n"
            f"assert ('holidays' in sys.modules) is {loaded}\n"
        )
        subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, timeout=PATIENCE)


def planned_by(shell: Any) -> str | None:
    """The rules by which the board was planned last."""
    glance = open_glance(shell.path, shell.clock)
    assert glance is not None
    with closing(glance):
        return glance.setting(PLANNED_BY)


async def heeded(shell: Any) -> Any:
    """What a screen that opens is told of the settings."""
    desk = Desk(shell.path, shell.clock, loop=asyncio.get_running_loop())
    try:
        return (await desk.heed_settings())[:2]
    finally:
        await desk.close()


async def test_a_screen_plans_anew_when_it_opens(
    shell: Any, configure: Callable[[str], None]
) -> None:
    card = shell.add()
    before = inquiry(shell, card)["due_on"]
    assert await heeded(shell) == ((), ())
    configure('[follow_ups]\npreset = "fast"\n')
    assert await heeded(shell) == ((), (1,))
    assert inquiry(shell, card)["due_on"] < before
    assert await heeded(shell) == ((), ())


async def test_a_screen_goes_by_the_standard_preset_while_that_is_wrong(
    shell: Any, configure: Callable[[str], None]
) -> None:
    configure('[follow_ups]\npreset = "fast"\n')
    card = shell.add()
    fast, real = inquiry(shell, card)["due_on"], planned_by(shell)
    configure('[follow_ups]\npreset = "quick"\n')
    (trouble,), changed = await heeded(shell)
    assert "line 2" in trouble
    assert changed == (1,)
    assert planned_by(shell) != real
    assert inquiry(shell, card)["due_on"] > fast
    configure('[follow_ups]\npreset = "fast"\n')
    assert await heeded(shell) == ((), (1,))
    assert (inquiry(shell, card)["due_on"], planned_by(shell)) == (fast, real)


async def test_undo_right_after_the_screen_planned_anew(
    shell: Any, configure: Callable[[str], None]
) -> None:
    card = shell.add("Globex", "Engineer")
    shell.ok("note", card, "hello")
    configure('[follow_ups]\npreset = "fast"\n')
    desk = Desk(shell.path, shell.clock, loop=asyncio.get_running_loop())
    try:
        seen = await desk.read(lambda glance: glance.change_id())
        await desk.heed_settings()
        await desk.write(lambda pipeline: pipeline.undo(seen=desk.last_own(seen)))
    finally:
        await desk.close()
    assert shell.ok("show", card, "--json").json["notes"] == []


async def test_a_board_that_cannot_be_written_is_still_looked_at(
    shell: Any, configure: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.errors import StoreError
    from store.pipeline import Pipeline

    shell.add()
    configure('[follow_ups]\npreset = "fast"\n')

    def locked(*_: object) -> None:
        raise StoreError("Another program keeps the board busy.")

    monkeypatch.setattr(Pipeline, "catch_up", locked)
    assert await heeded(shell) == ((), ())
