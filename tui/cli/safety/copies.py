"""Copies of the board from the shell: made, listed, and gone back to."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from store.file.location import backup_dir, path_of
from store.rules.text import Refused, quoted
from tui.cli.call import Call
from tui.cli.table import json
from tui.cli.words import Usage
from tui.wording import made_words, size_words

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from pathlib import Path

    from store.file.opening import State
    from store.model.copies import CopiedCard, Difference
    from store.pipeline import Pipeline

NAMES_AT_MOST = 10
"""How many applications of a kind are named; the others are counted."""
_LIKE_A_PATH = (".db", ".sqlite", ".sqlite3")
_YES = ("y", "yes")
_BY_THE_SERVER = "Its server makes the backups; “rounds copy --to FILE” makes a copy of your own."
_NO_WAY = "Nothing was changed. Add --yes to restore it."


def backup_words(parser: "ArgumentParser") -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "target", metavar="TO", nargs="?", help="target file or folder; default: the backup folder"
    )
    what.add_argument(
        "--list", action="store_true", help="list the copies: when, how large, how many cards"
    )


def backup(call: Call) -> int:
    """Make a checked copy of the board and print where it is; or list the copies."""
    call.need_file(_BY_THE_SERVER)
    if call.words.list:
        return _list(call)
    from store.file.backup import copy_in

    target = call.words.target
    place = path_of(target) if target is not None else None
    if place is not None and (place.is_dir() or target.endswith(os.sep)):
        place = copy_in(place, call.path, call.clock)
    with call.database() as database:
        made = database.backup(place)
    if call.wants_json:
        call.out.json("file", {"path": str(made)})
    else:
        call.out.line(str(made))
    return 0


def _list(call: Call) -> int:
    from store.file.copies import read_copies

    found = read_copies(call.path, call.clock)
    if call.wants_json:
        shapes = [
            {
                "path": str(one.path),
                "made_at": one.made.isoformat(timespec="seconds"),
                "bytes": one.size,
                "applications": one.cards,
            }
            for one in found
        ]
        call.out.json("backups", shapes)
    elif found:
        made = made_words([one.made for one in found], call.today)
        rows = [
            (
                when,
                size_words(one.size),
                "damaged" if one.cards is None else f"{one.cards:,}",
                one.path.name,
            )
            for one, when in zip(found, made, strict=True)
        ]
        call.out.table(("MADE", "SIZE", "CARDS", "FILE"), rows)
        call.out.say(f"They are in {backup_dir(call.path)}.")
        call.out.say(
            "“rounds restore DATE” goes back to the last one of that day, “rounds restore FILE” to "
            "the one of that name."
        )
    else:
        call.out.say("No copies yet. One is made with the first change of each day.")
    return 0


def restore_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file",
        metavar="FILE|DATE",
        nargs="+",
        help="a copy, or a day: the newest copy of it or before; “rounds backup --list” lists them",
    )
    parser.add_argument(
        "--yes", action="store_true", help="restore without a question, as scripts must"
    )
    json(parser)


def restore(call: Call) -> int:
    """Show what going back to a copy would change, and go back once that is agreed to."""
    call.need_file(
        "Its server has the backups; “rounds copy --db FILE --to ADDRESS” brings a board in as a "
        "new one."
    )
    from store.file.copies import check_copy, standing
    from store.file.opening import State

    file = _which(call, " ".join(call.words.file))
    check_copy(file, call.path)
    state = standing(call.path)
    if state in (State.CURRENT, State.OLDER):
        with call.pipeline(planned=True) as pipeline:
            told = pipeline.preview_restore(file)
            if told.same_board:
                return _go_back(call, pipeline, file, told)
        call.out.say("This is a copy of another board: it takes the place of this one as a whole.")
    return _replace(call, file, state)


def _which(call: Call, text: str) -> "Path":
    """The file that is meant: one that was named, or the newest copy of a day or before it."""
    named = path_of(text)
    if not named.is_file() and os.sep not in text:
        inside = backup_dir(call.path) / text
        named = inside if inside.is_file() else named
    if named.is_file() or os.sep in text or text.endswith(_LIKE_A_PATH):
        return named
    from store.file.copies import copy_of
    from store.rules.typed.days import parse_day

    try:
        day = parse_day(text, call.today, past=True)
    except Refused:
        raise Usage(
            f"{quoted(text, 200)} is neither a file nor a day. Nothing was changed. "
            "“rounds backup --list” lists the copies."
        ) from None
    return copy_of(call.path, day, call.clock)


def _go_back(call: Call, pipeline: "Pipeline", file: "Path", told: "Difference") -> int:
    from store.pipeline.safety.restoring import AsItWas

    if told.is_none:
        said = "The board is as in that copy already. Nothing was changed."
        _print(call, file, told, None, said)
        return 0
    if not call.wants_json:
        for line in difference_lines(told):
            call.out.line(line)
    if not _is_agreed(call):
        return _leave(call, file, told)
    before = set(_names(call))
    try:
        written = pipeline.restore_copy(file, seen=told.change_id)
    except AsItWas as nothing:
        _print(call, file, told, None, str(nothing))
        return 0
    made = [name for name in _names(call) if name not in before]
    kept = backup_dir(call.path) / made[-1] if made else None
    said = f"{written.sentence} “rounds undo” reverts this."
    _print(call, file, told, written.change_id, said, kept)
    return 0


def _names(call: Call) -> list[str]:
    from store.file.backup import copies

    return [path.name for path in copies(call.path)]


def _leave(call: Call, file: "Path", told: "Difference | None") -> int:
    """It was not agreed to: nothing is done, which no script may take for done."""
    if call.wants_json:
        _print(call, file, told, None, _NO_WAY)
    else:
        call.out.say(_NO_WAY)
    return 1


def _is_agreed(call: Call) -> bool:
    """Whether the user wants it: said before, or asked where somebody can answer."""
    if call.words.yes:
        return True
    if call.wants_json or not _can_answer():
        return False
    call.out.say("Restore it? Type y and press Enter.")
    answer = sys.stdin.readline().strip().lower()
    return answer in _YES


def _can_answer() -> bool:
    with suppress(ValueError, AttributeError):
        return sys.stdin.isatty() and sys.stderr.isatty()
    return False


def _replace(call: Call, file: "Path", state: "State") -> int:
    """Put the whole file in the place of a board that is damaged, gone, or another one."""
    from store.file.copies import count_cards, in_todays_form
    from store.file.opening import State
    from store.file.restore import restore as put

    with in_todays_form(file, call.path, call.clock) as then:
        cards = count_cards(then) or 0
    holds = f"The copy has {cards:,} application{'' if cards == 1 else 's'}."
    why = {
        State.DAMAGED: "The board is damaged, so that it cannot be compared.",
        State.FOREIGN: "What is at the board’s place is no board.",
        State.NEWER: "The board was made by a newer version, so that it cannot be compared.",
        State.NEW: "There is no board yet.",
    }.get(state, "")
    if not call.wants_json:
        call.out.line(f"{why} {holds}".strip())
    if state is not State.NEW and not _is_agreed(call):
        return _leave(call, file, None)
    kept = put(file, call.path, call.clock)
    with suppress(Refused):
        # What is wrong with the config file is told by the commands that go by it.
        if call.settings().says_calendar:
            call.keep_calendar()
    said = "Restored." if kept is None else "Restored. The board that was there is kept as:"
    _print(call, file, None, None, said, kept, restored=True)
    return 0


def difference_lines(told: "Difference") -> list[str]:
    """What going back would change, with the names, for people."""
    lines = []
    for what, cards in (
        ("would come back", told.back),
        ("would go", told.gone),
        ("would be as they were then", told.changed),
    ):
        if cards:
            number = len(cards)
            lines.append(f"{number:,} application{'' if number == 1 else 's'} {what}")
            lines += [f"  {_card_name(card)}" for card in cards[:NAMES_AT_MOST]]
            if number > NAMES_AT_MOST:
                lines.append(f"  and {number - NAMES_AT_MOST:,} more")
    if told.others:
        own = "shelf, mail, goals, reminders, criteria, employers, searches, orders"
        lines.append(f"{told.others:,} of the board’s own: {own}")
    return lines


def _card_name(card: "CopiedCard") -> str:
    return f"{card.id}  {card.company}, {card.role}"


def _print(
    call: Call,
    file: "Path",
    told: "Difference | None",
    change_id: int | None,
    said: str,
    kept: "Path | None" = None,
    *,
    restored: bool = False,
) -> None:
    """Say what was done; a script gets the same as data."""
    call.out.say(said)
    if not call.wants_json:
        if kept is not None:
            call.out.line(str(kept))
        return
    call.out.json(
        "restore",
        {
            "file": str(file),
            "restored": restored or change_id is not None,
            "change_id": change_id,
            "kept": str(kept) if kept is not None else None,
            "back": _shapes(told.back if told else ()),
            "gone": _shapes(told.gone if told else ()),
            "changed": _shapes(told.changed if told else ()),
            "others": told.others if told else 0,
        },
    )


def _shapes(cards: "Sequence[CopiedCard]") -> "list[dict[str, object]]":
    return [card._asdict() for card in cards]
