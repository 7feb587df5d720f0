"""The command line: reads the words, carries the command out, turns every end into an exit code.

Heavy modules are imported inside the command that needs them.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TextIO

from store.clock import Clock, SystemClock
from store.errors import StoreError, exit_code, reason
from store.rules.text import Refused, quoted
from tui.cli.call import Call
from tui.cli.output import Output
from tui.cli.table import BOARD, COMMANDS
from tui.cli.words import HelpShown, Usage, Words, read_everyday

DONE = 0
FAILED = 1
WRONG_USAGE = 2
COMPLETE = "__complete"
"""The word with which the scripts of `rounds completions` ask; the shell's user never types it."""
INTERRUPTED = 130
"""128 + SIGINT, as shells count."""


def run(
    argv: Sequence[str],
    *,
    clock: Clock | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Carry out the command `argv` (without the program's name) and give its exit code.

    What is not given is the machine's own. Never raises: a failure ends in one sentence on
    `stderr` and never in a traceback, which would show what is stored; a closed pipe in silence.
    """
    environ = os.environ if environ is None else environ
    out = Output(stdout or sys.stdout, stderr or sys.stderr, environ)
    try:
        code = _carry_out(argv, clock, out, environ)
        out.flush()
        return code
    except (Usage, Refused, StoreError) as error:
        out.say(f"rounds: {error}")
        return WRONG_USAGE if isinstance(error, Usage) else exit_code(error)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            # It came while a module was loaded and a class being made, which Python 3.11 tells as
            # an error of the class.
            return INTERRUPTED
        out.say(f"rounds: {explain_crash(error)}")
        return FAILED


def _carry_out(
    argv: Sequence[str], clock: Clock | None, out: Output, environ: Mapping[str, str]
) -> int:
    if argv[:1] == [COMPLETE]:
        from tui.cli.shells.completing import complete

        return complete(argv[1:], clock, out, environ)
    try:
        words = read_words(argv)
    except HelpShown as shown:
        out.lines(str(shown).rstrip("\n"))
        return DONE
    module, function = (COMMANDS[words.command].does if words.command else BOARD).split(":")
    carry_out = getattr(import_module(f"tui.cli.{module}"), function)
    if clock is None:
        clock = system = SystemClock()
        if system.note and not getattr(words, "line", False):
            out.say(f"Note: {system.note}")
    call = Call(words, clock, out, environ)
    if "id" in words:
        from tui.cli.naming import settle_names

        settle_names(call)
    if words.command and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        # A command has something to put in order when it is interrupted. The board asks for the
        # signals itself, once all of it is loaded.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    code: int = carry_out(call)
    out.flush()
    call.end()
    return code


def read_words(argv: Sequence[str]) -> Words:
    """The command in `argv` with its words.

    Raises Usage, and Shown for `--help` and `--version`.
    """
    words = read_everyday(argv)
    if words is None:
        # argparse and its parser take 3 of the 35 ms of `rounds due`.
        from tui.cli.parser import parse

        words = parse(argv)
    return words


def explain_crash(error: Exception) -> str:
    """The kind of `error` and where it came from, without a word of what it is about."""
    if isinstance(error, OSError):
        why = reason(error)
        if isinstance(error.filename, str | bytes | os.PathLike):
            # Of a file that was opened nobody can say here what for.
            file = quoted(os.fsdecode(error.filename), 200)
            return f"The file {file} could not be used: {why}. Your saved changes are safe."
        return f"Reading or writing failed: {why}. Your saved changes are safe."
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" at {trace.tb_frame.f_code.co_filename.rpartition(os.sep)[2]}:{trace.tb_lineno}"
    return (
        f"Something went wrong inside rounds ({type(error).__name__}{place}). "
        "Your saved changes are safe; please report this line."
    )
