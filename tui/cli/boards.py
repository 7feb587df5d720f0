"""The board as a file, from the shell: to open it, and where it is; saved searches; the demo."""

import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from store.errors import StoreError
from store.file.location import backup_dir, config_path
from store.place import Place
from store.server.address import Address
from tui.cli.call import Call, is_missing, tell
from tui.cli.words import Usage, read_query_option

_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


_NO_TERMINAL = "The board needs a terminal"
_IN_SCRIPTS = "In scripts, use “rounds list” and “rounds due”."


def board(call: Call) -> int:
    """Open the board, made where there is none, and give the exit code of the screen."""
    _need_terminal(call.environ)
    from tui.running import run_board

    return run_board(call.place, call.clock)


def demo(call: Call) -> int:
    """Open a board with a made-up sample in a temporary folder, which goes when it is left."""
    if call.words.db is not None:
        raise Usage("“rounds demo” opens its own sample board: leave out --db.")
    _need_terminal(call.environ)
    with _open_temporary_folder() as folder:
        from store.demo import make_demo
        from tui.running import run_board

        path = folder / "demo.db"
        make_demo(path, call.clock)
        return run_board(path, call.clock, passing=True, tour=True)


def _need_terminal(environ: Mapping[str, str]) -> None:
    """Usage unless there is a keyboard and something to draw on: Textual hangs without.

    A terminal that calls itself dumb moves no cursor: it is written full for ever.
    """
    if environ.get("TERM") == "dumb":
        raise Usage(f"{_NO_TERMINAL}, and TERM=dumb says this is none. {_IN_SCRIPTS}")
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    for stream in streams:
        with suppress(ValueError):
            if stream is not None and stream.isatty():
                continue
        raise Usage(f"{_NO_TERMINAL}. {_IN_SCRIPTS}")


@contextmanager
def _open_temporary_folder() -> Iterator[Path]:
    """A folder of mode 0700 that is removed at the end, also when the program is told to end."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
        raise SystemExit(128 + number)

    before = {ending: signal.signal(ending, leave) for ending in _ENDINGS}
    folder = None
    try:
        folder = tempfile.mkdtemp(prefix="rounds-demo-")
        yield Path(folder)
    finally:
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        for ending, handler in before.items():
            signal.signal(ending, handler)


def where(call: Call) -> int:
    """Print where the board, the configuration and the backups are, or would be."""
    places: dict[str, Place] = {"database": call.place, "config": config_path()}
    if not call.is_on_server:
        places["backups"] = backup_dir(call.path)
    if call.wants_json:
        found = {
            name: {"path": str(place), "there": _is_there(call, place)}
            for name, place in places.items()
        }
        call.out.json("places", found)
        return 0
    for name, place in places.items():
        absent = "" if _is_there(call, place) else "  (not there yet)"
        call.out.line(f"{name:<8}  {place}{absent}")
    return 0


def _is_there(call: Call, place: Place) -> bool:
    """Whether something is at `place`; of a board on a server whether it can be reached, too."""
    if not isinstance(place, Address):
        return not is_missing(place)
    from store.read.glance import open_glance

    with suppress(StoreError):
        glance = open_glance(place, call.clock)
        if glance is not None:
            glance.close()
            return True
    return False


def search(call: Call) -> int:
    """List the searches that are kept with the board; or keep, rename or remove one."""
    words = call.words
    query = " ".join(words.query)
    if words.name is None:
        return _list_searches(call)
    if words.rename is not None:
        if query or words.remove:
            raise Usage("Give either a query to keep, --rename or --remove.")
        with call.pipeline() as pipeline:
            return tell(call, pipeline.rename_search(words.name, words.rename))
    if words.remove:
        if query:
            raise Usage("Give either a query to keep or --remove.")
        with call.pipeline() as pipeline:
            return tell(call, pipeline.remove_search(words.name))
    if not query:
        raise Usage(
            f"“rounds list --search {words.name}” finds. To keep a search under that name, add "
            f"what it finds: “rounds search {words.name} stage:second”."
        )
    read_query_option(query, call.now)
    with call.pipeline(create=True) as pipeline:
        return tell(call, pipeline.save_search(words.name, query))


def _list_searches(call: Call) -> int:
    from store.read.searches import read_searches
    from tui.filtering import count_found

    with call.glance() as glance:
        kept = read_searches(glance) if glance else {}
        counts = count_found(glance, kept.values(), call.now) if glance else {}
    if call.wants_json:
        shapes = [
            {"name": name, "query": query, "found": counts[query]} for name, query in kept.items()
        ]
        call.out.json("searches", shapes)
    elif kept:
        rows = [(name, _count_words(counts[query]), query) for name, query in kept.items()]
        call.out.table(("NAME", "FOUND", "QUERY"), rows)
    else:
        call.out.say("No saved searches. Keep one: “rounds search Remote 'tag:remote -quiet'”.")
    return 0


def _count_words(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"
