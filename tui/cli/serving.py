"""What goes on serving the board until it is stopped: `rounds web` to a browser on this machine,
`rounds mcp` to an assistant, over standard input and output."""

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from store.rules.text import Refused, quoted
from tui.browser.entrance import LOCAL, Entrance, is_local
from tui.cli.call import Call
from tui.cli.words import Usage, number_between

if TYPE_CHECKING:
    import socket
    from argparse import ArgumentParser

PORT = 8765
_LAST_PORT = 65_535
_OTHERS = "--let-others-in"


def web_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--port",
        metavar="N",
        type=number_between(0, _LAST_PORT),
        default=PORT,
        help=f"the port; default {PORT}; 0 is any that is free",
    )
    parser.add_argument(
        "--address",
        metavar="ADDRESS",
        default=LOCAL,
        help=f"the address; default {LOCAL}, which only this machine can reach",
    )
    parser.add_argument(
        _OTHERS,
        action="store_true",
        help="with another --address: other machines may reach it; it asks for a key",
    )


def web(call: Call) -> int:
    """Serve the board until Ctrl+C. Nothing else in rounds listens on the network."""
    address, port = call.words.address, call.words.port
    if not is_local(address) and not call.words.let_others_in:
        raise Usage(
            f"Other machines can reach {quoted(address)}, and what is sent there is not encrypted. "
            f"If that is what you want, say it twice: add {_OTHERS}. The page asks for a key then."
        )
    need_extra("web", "textual_serve")
    colours = _colours(call)
    with _listen(address, port) as listening:
        from tui.browser.server import BoardServer

        entrance = Entrance.at(address, listening.getsockname()[1])
        BoardServer(entrance, call.place, listening, colours=colours, say=call.out.say).serve()
    return 0


def _colours(call: Call) -> dict[str, str]:
    """The colours of the board's ground and of what is written on it.

    Raises StoreError for a board that cannot be opened: better told here than on the page.
    """
    from tui.running import open_board
    from tui.styles.themes import OURS

    glance = open_board(call.place, call.clock)
    chosen = glance.setting("theme") if glance is not None else None
    if glance is not None:
        glance.close()
    theme = next((one for one in OURS if one.name == chosen), OURS[0])
    return {"paper": theme.background or "#000", "ink": theme.foreground or "#fff"}


def _listen(address: str, port: int) -> "socket.socket":
    """A socket that listens there; Refused when that cannot be."""
    import socket

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        why = os.strerror(error.errno).lower() if error.errno else "there is no such address"
        raise Refused(
            f"Nothing can be served at {quoted(address)}, port {port}: {why}. "
            "Choose another --port, or end the program that uses this one."
        ) from None


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


def need_extra(extra: str, module: str) -> None:
    """Refused, saying what to install, unless the package `module` of an extra is there."""
    if find_spec(module) is None:
        raise Refused(
            f"“rounds {extra}” needs the extra “{extra}”, which is not installed. In the folder of "
            f"rounds, type: pipx install --force '.[{extra}]'"
        )
