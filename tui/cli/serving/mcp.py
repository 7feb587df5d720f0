"""`rounds mcp`: the board for an assistant, over standard input and output."""

from typing import TYPE_CHECKING

from tui.cli.call import Call
from tui.cli.serving.extras import need_extra

if TYPE_CHECKING:
    from argparse import ArgumentParser


def mcp_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--read-only", action="store_true", help="offer no tool that changes the board"
    )


def mcp(call: Call) -> int:
    """Speak the Model Context Protocol until the client closes standard input."""
    need_extra("mcp", "mcp")
    from tui.assistants.server import make_server

    if not call.words.read_only:
        call.settings()
    with call.glance():
        pass  # a board that cannot be opened is told before the client begins
    make_server(call, read_only=call.words.read_only).run("stdio")
    return 0
