"""The day on the screen, while the clock does what clocks do: in many zones it runs over midnight,
over both clock changes, the leap day and the 31st, is suspended for days, and is set back.

The moments are found on the UTC line by asking when the local day turns, so that nothing here is
worked out as the program does it.
"""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.pilot import Pilot

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from tests.stillness import still
from tui.app import RoundsApp

LONG = os.environ.get("ROUNDS_PROOF") == "long"
ZONES = {
    "Europe/Berlin": [date(2027, 3, 27), date(2026, 10, 24)],
    "America/New_York": [date(2027, 3, 13), date(2026, 10, 31)],
    "Australia/Lord_Howe": [date(2026, 10, 3), date(2027, 4, 3)],
    "America/Santiago": [date(2026, 9, 5), date(2027, 4, 3)],
    "Asia/Beirut": [date(2027, 3, 27), date(2026, 10, 24)],
    "Africa/Casablanca": [date(2027, 2, 6), date(2027, 3, 13)],
    "Asia/Kathmandu": [],
    "Pacific/Kiritimati": [],
    "Pacific/Pago_Pago": [],
    "UTC": [],
}
"""Each with the eves of its clock changes; in Santiago and Beirut midnight itself is skipped."""
EVES = [date(2028, 2, 28), date(2028, 2, 29), date(2027, 1, 31), date(2026, 12, 31)]
CASES = [(zone, eve) for zone, own in ZONES.items() for eve in (*own, *EVES)]


def turn_to(day: date, zone: ZoneInfo) -> datetime:
    """The first second of `day` at a place, on the UTC line."""
    low = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    high = low + timedelta(hours=30)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).date() < day:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def words(days: int) -> str:
    """How far away a day is, as a card says it."""
    if days < 0:
        return f"{-days} d late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} d")


async def settle(pilot: Pilot[int]) -> None:
    app = pilot.app
    assert isinstance(app, RoundsApp)
    for _ in range(3):
        await app.desk.read(lambda _: None)
        await still()
    assert app.crash is None


def painted(pilot: Pilot[int]) -> list[str]:
    lines = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return ["".join(segment.text for segment in line) for line in lines]


@pytest.mark.parametrize(("place", "eve"), CASES if LONG else CASES[::28])
async def test_the_day_on_the_screen(
    place: str,
    eve: date,
    empty_board: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[..., None],
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    zone, path = ZoneInfo(place), tmp_path / "board.db"
    path.write_bytes(empty_board)
    path.chmod(0o600)
    after = eve + timedelta(days=1)
    midnight = turn_to(after, zone)
    assert (midnight - timedelta(seconds=1)).astimezone(zone).date() == eve
    clock = FixedClock((midnight - timedelta(hours=5)).astimezone(zone))
    with closing(open_database(path, clock)) as database:
        pipeline = Pipeline(database)
        pipeline.add("Globex", "Engineer", no_contact=True)
        pipeline.remind(1, after, "call Ana")
    second, day = timedelta(seconds=1), timedelta(days=1)
    moments = {
        "in the evening": midnight - timedelta(hours=5),
        "a second before midnight": midnight - second,
        "at midnight": midnight,
        "three hours later": midnight + timedelta(hours=3),
        "a second before the next": turn_to(after + day, zone) - second,
        "the next day": turn_to(after + day, zone),
        "woken from a suspension": midnight + timedelta(days=5, hours=7),
        "set back by two days": midnight - timedelta(hours=50),
        "set right again": midnight + timedelta(minutes=1),
    }
    wrong = added = 0
    async with RoundsApp(path, clock).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for when, moment in moments.items():
            clock.moment = moment.astimezone(zone)
            today = clock.moment.date()
            pilot.app._watch()  # type: ignore[attr-defined]
            await settle(pilot)
            lines = painted(pilot)
            assert today.strftime("%a ") + f"{today.day} " + today.strftime("%b") in lines[0], when
            (reminder,) = [line for line in lines if "call" in line and "Ana" in line][:1]
            wrong += words((after - today).days) not in reminder
            assert not wrong, (when, reminder)
            pilot.app.post_message(events.Key("t", "t"))
            await settle(pilot)
            due = [line for line in painted(pilot) if "call Ana" in line]
            assert bool(due) == ((after - today).days <= 7), when
            pilot.app.post_message(events.Key("escape", None))
            await settle(pilot)
        # An application that is added now is one of this day.
        for key in "a":
            pilot.app.post_message(events.Key(key, key))
        for _ in range(20):
            await settle(pilot)
            if pilot.app.screen.is_modal and pilot.app.screen.focused:
                break
        for text in ("Acme", "Engineer"):
            pilot.app.post_message(events.Paste(text))
            await settle(pilot)
            pilot.app.post_message(events.Key("tab", None))
            await settle(pilot)
        pilot.app.post_message(events.Key("ctrl+s", None))
        for _ in range(20):
            await settle(pilot)
        (card,) = [c for c in pilot.app.board_screen.live.board.cards() if c.company == "Acme"]  # type: ignore[attr-defined]
        assert card.applied_on == clock.moment.date()
        added += 1
    figure("dates: moments looked at on the screen", len(moments), f"{wrong} wrong days")
