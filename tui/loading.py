"""Loading what writing needs, away from the screen's thread."""

import gc
import sys
import threading

_ONE_AT_A_TIME = threading.Lock()
_WRITING = {"store.file.database", "store.pipeline", "tui.foresight"}
"""The modules that writing needs; they load all others."""


def load_pipeline() -> None:
    """Load the modules that write, unless they are there.

    One thread at a time: SQLAlchemy's modules import each other, and of two threads that begin
    with different ones each finds some half loaded. Without looking for garbage meanwhile, of
    which there is none: a fifth less time. What is there now stays to the end; left out of later
    collections it holds up no key.
    """
    with _ONE_AT_A_TIME:
        if sys.modules.keys() >= _WRITING:
            return
        gc.disable()
        try:
            import store.file.database
            import store.pipeline  # noqa: F401
            import tui.foresight  # noqa: F401
        finally:
            gc.freeze()
            gc.enable()
