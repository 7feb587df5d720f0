"""`rounds point`: what is noted around an interview or an offer, one line each."""

from typing import TYPE_CHECKING

from store.model.dossier import PointEntry
from store.rules.points import KINDS, check_kind
from store.rules.text import typed
from store.rules.typed.point import (
    PointText,
    echo,
    read_day,
    read_kind,
    read_point,
    split_kind,
)
from tui.cli.call import Call, find_own, read_dossier, tell
from tui.cli.json_shapes import point_shape
from tui.cli.source import text_or_input
from tui.cli.table import json, one
from tui.cli.words import Usage, part_id, understand

if TYPE_CHECKING:
    from argparse import ArgumentParser


def point_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "kind",
        metavar="KIND",
        help=f"{', '.join(map(typed, KINDS))}; omit to list all points",
    ).required = False
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help="“send slides by fri”, “no team led -- the rota”: a day, a link, and what follows "
        "“ -- ” are read as on the screen",
    ).required = False
    parser.add_argument("--detail", metavar="TEXT", default="", help="plan, answer, reason")
    parser.add_argument("--link", metavar="URL", default="")
    parser.add_argument(
        "--felt",
        action="store_true",
        help="a concern you sensed, a weak answer, or a question of yours",
    )
    parser.add_argument("--on", metavar="DATE", help="due date of a promise; date of the news")
    parser.add_argument(
        "--interview", metavar="INTERVIEW-ID", type=part_id, help="the interview it came from"
    )
    parser.add_argument(
        "--answers", metavar="POINT-ID", type=part_id, help="the point this one answers"
    )
    become = parser.add_mutually_exclusive_group()
    for option, said in (
        ("--done", "mark point N as done"),
        ("--addressed", "mark point N as addressed"),
        ("--open", "reopen point N"),
        ("--remove", "remove point N"),
    ):
        become.add_argument(option, metavar="N", type=part_id, help=said)
    json(parser)


_STATES = ("done", "addressed", "open")


def point(call: Call) -> int:
    """List the points; or note one, or say what became of one."""
    words = call.words
    named = {name: getattr(words, name) for name in (*_STATES, "remove")}
    chosen = next(((name, number) for name, number in named.items() if number is not None), None)
    if chosen is not None:
        if words.kind is not None:
            raise Usage("Give either what to note or what became of a point.")
        return _settle(call, *chosen)
    if words.kind is None:
        return _list(call)
    noted, echoed = _read(call)
    with call.pipeline() as pipeline:
        if words.answers is not None:
            find_own(call, read_dossier(pipeline, words.id).points, "point", words.answers)
        written = pipeline.point(
            words.id, **noted._asdict(), interview_id=words.interview, answers_id=words.answers
        )
        code = tell(call, written)
    if echoed:
        call.out.say(f"Understood: {echoed}")
    return code


def _read(call: Call) -> tuple[PointText, str]:
    """The point that was typed, read as the line on the screen is, and what else was understood.

    Raises Usage for words that cannot be understood, and Refused for a text that does not fit.
    """
    words, today = call.words, call.today
    kind, felt, text = understand(lambda: _kind(words.kind, words.text or []))
    if not text:
        raise Usage(f"Give what to note: “rounds point {words.id} {typed(kind)} TEXT”.")
    read, _ = read_point(text_or_input(" ".join(text)), kind, today)
    noted = read._replace(felt=read.felt or felt or words.felt)
    for name, value in (("detail", words.detail), ("link", words.link), ("on", words.on)):
        if value and getattr(noted, "due_on" if name == "on" else name):
            raise Usage(f"The line has that already: leave out --{name}.")
    if words.detail:
        noted = noted._replace(detail=words.detail)
    if words.link:
        noted = noted._replace(link=words.link)
    if words.on is not None:
        day = understand(lambda: read_day(words.on, noted.kind, today))
        noted = noted._replace(due_on=day)
    _, _, more = echo(noted, today).partition("\n")
    return noted, more if noted.due_on or read.detail or read.link else ""


def _kind(word: str, text: list[str]) -> tuple[str, bool, list[str]]:
    """The kind that begins the line, whether it is felt, and the words after it; else Refused.

    It may be two words (“you promised”), or stand before a colon with the text in one word.
    """
    if named := read_kind(word):
        return *named, text
    if text and (named := read_kind(f"{word} {text[0]}")):
        return *named, text[1:]
    if named_so := split_kind(word):
        kind, felt, rest = named_so
        return kind, felt, [rest, *text]
    return check_kind(word), False, text


def _settle(call: Call, what: str, number: int) -> int:
    with call.pipeline() as pipeline:
        find_own(call, read_dossier(pipeline, call.words.id).points, "point", number)
        if what == "remove":
            return tell(call, pipeline.remove_point(number))
        return tell(call, pipeline.edit_point(number, {"state": what}))


def _list(call: Call) -> int:
    wanted = call.words.id
    points = call.read(lambda glance: glance.dossier(wanted, call.now)).points
    if call.words.json:
        call.out.json([point_shape(each) for each in points])
    elif points:
        call.out.table(("ID", "KIND", "STATE", "TEXT"), [_row(each) for each in points])
    else:
        call.out.say(f"No points yet: “rounds point {wanted} concern TEXT”.")
    return 0


def _row(each: PointEntry) -> tuple[str, ...]:
    return str(each.id), KINDS[each.kind].title, each.state, each.text
