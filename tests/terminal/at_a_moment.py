"""The screen as on a Monday morning: what stands on it must not depend on the day of the test.

python at_a_moment.py BOARD
"""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from store.clock import FixedClock
from store.read.glance import open_glance
from tui.app import RoundsApp

MOMENT = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("UTC"))


def main(path: Path) -> None:
    """Show the board until it is left."""
    clock = FixedClock(MOMENT)
    glance = open_glance(path, clock)
    assert glance is not None
    RoundsApp(path, clock, board=glance.board(), glance=glance).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
