"""Boards beside each other, from the shell: copied to another place, listed, given to somebody."""

from typing import TYPE_CHECKING

from store.place import Place, board_place
from store.rules.dates import short_day
from store.rules.text import Refused
from store.server.address import Address
from tui.cli.call import Call
from tui.cli.several.imported import tell_progress
from tui.cli.table import json
from tui.cli.words import Usage

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.read.counts import BoardStanding


def copy_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--to",
        metavar="PLACE",
        required=True,
        help="a file that is not there yet, or postgresql://HOST/DATABASE?board=NAME",
    )
    json(parser)


def copy(call: Call) -> int:
    """Copy the whole board, with all that was done, to a file or a server, and compare."""
    from store.export.copying import copy_board

    to = _place(call.words.to)
    if to == call.place:
        raise Usage("The copy needs another place than the board.")
    with call.glance() as glance:
        if glance is None:
            raise Refused("There is no board to copy yet.")
        many = copy_board(
            glance, to, call.clock, lambda what, done, of: tell_progress(call, what, done, of)
        )
    call.out.progress("")
    what = f"{many:,} application{'' if many == 1 else 's'}"
    call.out.say(f"Copied {what} with their history, and compared byte by byte: both are the same.")
    if call.wants_json:
        call.out.json("file", {"path": str(to)})
    else:
        call.out.line(str(to))
    return 0


def _place(said: str) -> Place:
    from pathlib import Path

    found = board_place(said)
    return found if isinstance(found, Address) else Path(found)


def boards_words(parser: "ArgumentParser") -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--give", metavar="ROLE", help="let this role of the server at the board")
    which.add_argument("--take", metavar="ROLE", help="keep this role from the board again")
    parser.add_argument("--read-only", action="store_true", help="with --give: to look, not change")
    json(parser)


def boards(call: Call) -> int:
    """List the boards in the database: where something is late, who has gone quiet."""
    place, words = call.place, call.words
    if words.read_only and not words.give:
        raise Usage("--read-only goes with --give ROLE.")
    if not isinstance(place, Address):
        if words.give or words.take:
            raise Refused(
                "A file belongs to who may read it: roles are for boards on a server. Nothing was "
                "changed. Name one with --db postgresql://HOST/DATABASE."
            )
        return _list(call, _of_file(call))
    from store.server.boards import give, read_boards, take_away

    if words.give:
        give(place, words.give, call.clock, writes=not words.read_only)
        how = ", to look at" if words.read_only else ""
        return _report(call, f"{words.give} now has the board {place.board}{how}.")
    if words.take:
        had = take_away(place, words.take, call.clock)
        said = "no longer has" if had else "did not have"
        return _report(call, f"{words.take} {said} the board {place.board}.")
    return _list(call, read_boards(place, call.clock))


def _of_file(call: Call) -> "tuple[BoardStanding, ...]":
    from store.read.counts import read_standing

    with call.glance() as glance:
        return (read_standing(glance, call.path.stem),) if glance is not None else ()


def _report(call: Call, said: str) -> int:
    call.out.say(said)
    if call.wants_json:
        call.out.json("boards", {"said": said, "boards": []})
    return 0


def _list(call: Call, found: "tuple[BoardStanding, ...]") -> int:
    if call.wants_json:
        shapes = [
            {
                "name": one.name,
                "open": one.open,
                "late": one.late,
                "today": one.today,
                "changed_at": one.changed_at.isoformat() if one.changed_at else None,
                "quiet_days": one.quiet,
            }
            for one in found
        ]
        call.out.json("boards", {"said": "", "boards": shapes})
        return 0
    if not found:
        call.out.say("No boards there yet. “rounds add COMPANY ROLE” makes one.")
        return 0
    rows = [
        (
            one.name,
            f"{one.open:,}",
            f"{one.late:,}" if one.late else "",
            f"{one.today:,}" if one.today else "",
            short_day(one.changed_at.date(), call.today) if one.changed_at else "never",
            f"quiet for {one.quiet:,} d" if one.quiet else "",
        )
        for one in found
    ]
    call.out.table(("BOARD", "OPEN", "LATE", "TODAY", "CHANGED", ""), rows)
    return 0
