"""The first moment of the program, in which screen, desk and warm-up load modules at once.

Arguments: the board file, a number that tells the order, the modules that the screen asks for.
"""

import asyncio
import importlib
import random
import sys
import time
from pathlib import Path

from store.clock import SystemClock
from store.read.glance import open_glance
from tui import app  # noqa: F401
from tui.desk import Desk

LONGEST = 0.004
"""Seconds for which a thread stops in the middle of an import, so that another one goes on."""


class Interrupted:
    """Finds nothing, and stops every import for a moment."""

    def find_spec(self, *_: object) -> None:
        time.sleep(random.random() * LONGEST)


async def first_moment(board: Path, start: int, modules: list[str]) -> None:
    loop = asyncio.get_running_loop()
    desk = Desk(board, SystemClock(), loop=loop, glance=open_glance(board, SystemClock()))
    asked = [
        lambda: desk.read(lambda glance: glance.dossier(1)),
        lambda: desk.write(lambda pipeline: pipeline.note(1, "x")),
        lambda: desk.heed_settings(),
        lambda: desk.read(lambda glance: glance.due()),
    ]
    begun = [asked[(start + turn) % len(asked)]() for turn in range(len(asked))]
    desk.warm_up()
    for module in modules:
        importlib.import_module(module)
        await asyncio.sleep(0)
    await asyncio.gather(*begun)
    await desk.close()


board, start, *modules = sys.argv[1:]
random.seed(int(start))
sys.meta_path.insert(0, Interrupted())  # type: ignore[arg-type]
asyncio.run(first_moment(Path(board), int(start), modules))
