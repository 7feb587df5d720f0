"""`rounds completions`: the scripts with which shells ask what may stand at the cursor."""

from pathlib import Path

from tui.cli.call import Call


def completions(call: Call) -> int:
    """Print the script for one shell."""
    script = Path(__file__).with_name(f"rounds.{call.words.shell}").read_text(encoding="utf-8")
    call.out.lines(script.rstrip("\n"))
    return 0
