"""The command `rounds`."""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TextIO


def main() -> "NoReturn":
    """Carry out the command line and leave with its exit code.

    A command that loaded no screen leaves without taking the interpreter down in good order:
    nothing is open any more, and that alone takes 5 of the 40 ms of `rounds due` and 30 of the
    450 of `rounds add`. Nor is garbage collected while modules are loaded, a fifth of that time.
    """
    import _signal  # type: ignore[import-not-found]  # the part that need not be loaded first

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        # Until there is something to put in order, ctrl+c ends the process at once: an exception
        # in the midst of loading may be swallowed by what is being loaded, and would be lost.
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    import gc
    import os
    import warnings

    gc.disable()
    try:
        if stranger := _stranger():
            print(f"rounds: {stranger}", file=_stream(sys.stderr), flush=True)
            os._exit(1)
        from tui.cli.run import run
    except KeyboardInterrupt:
        os._exit(130)
    except RuntimeError as error:
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        os._exit(130)  # it came while a class was being made: see tui.cli.run
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's warning is no message for the user
    stdout, stderr = _stream(sys.stdout), _stream(sys.stderr)
    code = run(sys.argv[1:], stdout=stdout, stderr=stderr)
    for stream in (stdout, stderr):
        _empty(stream)
    if "textual" not in sys.modules:
        os._exit(code)
    sys.exit(code)


def _stranger() -> str:
    """What is wrong when the package “store” is that of another program; "" when it is ours.

    In a shared environment the one that is installed later overwrites the other without a word.
    """
    place = ""
    try:
        import store

        if getattr(store, "OF_ROUNDS", False):
            return ""
        place = f" ({next(iter(getattr(store, '__path__', [store.__file__])), '')})"
    except Exception:
        place = ""
    return (
        f"The package “store” that Python finds{place} is another program’s, so rounds cannot "
        "start. No board was touched. Install rounds by itself, with “pipx install” or “uv tool "
        "install”, and without a PYTHONPATH that has a “store”."
    )


def _stream(stream: "TextIO | None") -> "TextIO":
    """`stream`, made to take every character; a place for nothing when it was closed."""
    if stream is None:
        import os

        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _empty(stream: "TextIO") -> None:
    """Hand over what was printed; to nobody when the terminal is gone.

    What is left in a stream is tried again at the very end of the interpreter, and an error there
    turns every exit code into 120.
    """
    try:
        stream.flush()
    except (OSError, ValueError):
        import os
        from contextlib import suppress

        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


if __name__ == "__main__":
    main()
