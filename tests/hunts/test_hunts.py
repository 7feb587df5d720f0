"""Three hunts lived day by day: every morning must read as it was written before.

Who searches for work does what the list says. So the lists were written first, by hand and from
the rules; a difference is settled by the rules, not by the program.
"""

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from store.clock import FixedClock
from tests.conftest import LONG
from tests.hunts.hunt_file import Day, Hunt, read_hunt
from tests.hunts.hunt_hands import CouldNot, Hands
from tests.hunts.hunt_morning import late_first, program_morning
from tests.hunts.hunt_screen import as_on_screen, screen_morning

HERE = Path(__file__).parent
HUNTS = sorted(HERE.glob("*.txt"))
SELDOM = {"senior_and_three_offers", "graduate_and_an_import"}
"""Lived in the long form only: most of what they show, the agency's two offers show as well, and
what was imported is planned in `tests/store/pipeline/test_bringing_in.py`."""
SHOWN_ON_SCREEN = 9 if LONG else 11
"""Mornings with so many lines are looked at on the screen, too."""

Figure = Callable[[str, int, str], None]


@pytest.mark.proof
@pytest.mark.parametrize(
    "file",
    [
        pytest.param(file, id=file.stem, marks=pytest.mark.long if file.stem in SELDOM else ())
        for file in HUNTS
    ],
)
async def test_every_morning_reads_as_it_was_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    hunt = read_hunt(file)
    _configure(tmp_path / "config" / "rounds" / "config.toml", hunt)
    hands = Hands(tmp_path / "board.db", FixedClock(hunt.days[0].morning), HERE)
    differences: list[str] = []
    for day in hunt.days:
        differences += await _live(day, hands)
    lines = sum(_numbered(line) for day in hunt.days for line in day.expected)
    figure("mornings of hunts", len(hunt.days), "as written before")
    figure("lines on those mornings", lines, "as written before")
    assert not differences, "\n".join(
        [f"{file.name}: {len(differences)} differences", *differences]
    )


async def _live(day: Day, hands: Hands) -> list[str]:
    """Look at the list in the morning, then do what the day brings; what was not as written."""
    hands.clock.moment = day.morning
    expected = late_first(day.expected)
    differences = _compared(day, expected, program_morning(hands), "list")
    if len(expected) >= SHOWN_ON_SCREEN:
        on_screen = as_on_screen(expected)
        differences += _compared(day, on_screen, await screen_morning(hands), "screen")
    for deed in day.deeds:
        try:
            await hands.do(deed)
        except CouldNot as could_not:
            differences.append(f"== {deed.at:%a %-d %b %H:%M}: {deed.text}\n   {could_not}")
    return differences


def _compared(day: Day, expected: list[str], shown: list[str], where: str) -> list[str]:
    if shown == expected:
        return []
    heads = "as written", f"as the {where} has it"
    told = "\n".join(unified_diff(expected, shown, *heads, n=1, lineterm=""))
    return [f"== {day.morning:%a %-d %b %Y}\n{told}"]


def _numbered(line: str) -> bool:
    """Whether a line is one to act on, rather than a heading or an interview."""
    return line.startswith("    ") and " · " in line and not line.lstrip()[:1].isdigit()


def _configure(path: Path, hunt: Hunt) -> None:
    path.parent.mkdir(parents=True)
    chosen = "\n".join(f'{name} = "{value}"' for name, value in hunt.choices.items())
    path.write_text(f"[follow_ups]\n{chosen}\n", encoding="utf-8")
