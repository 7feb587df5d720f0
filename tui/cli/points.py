"""`rounds point`: what is noted around an interview or an offer, one line each."""

from typing import TYPE_CHECKING

from store.errors import NotFound
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
from tui.cli.call import Call, page, told
from tui.cli.json_shapes import point_shape
from tui.cli.source import given
from tui.cli.table import json, one
from tui.cli.words import Usage, part_id, understood

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.pipeline import Pipeline


def point_words(parser: "ArgumentParser") -> None:
    """Add what `rounds point` understands."""
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
        return _became(call, *chosen)
    if words.kind is None:
        return _list(call)
    noted, echoed = _read(call)
    with call.pipeline() as pipeline:
        if words.answers is not None:
            _check_mine(pipeline, words.id, words.answers)
        written = pipeline.point(
            words.id,
            noted.kind,
            noted.text,
            detail=noted.detail,
            interview_id=words.interview,
            felt=noted.felt,
            due_on=noted.due_on,
            link=noted.link,
            answers_id=words.answers,
        )
        code = told(call, written)
    if echoed:
        call.out.say(f"Understood: {echoed}")
    return code


def _read(call: Call) -> tuple[PointText, str]:
    """The point that was typed, read as the line on the screen is, and what else was understood.

    Raises Usage for words that cannot be understood, and Refused for a text that does not fit.
    """
    words, today = call.words, call.today
    kind, felt, text = understood(lambda: _kind(words.kind, words.text or []))
    if not text:
        raise Usage(f"Give what to note: “rounds point {words.id} {typed(kind)} TEXT”.")
    read, _ = read_point(given(" ".join(text)), kind, today)
    noted = read._replace(felt=read.felt or felt or words.felt)
    for name, value in (("detail", words.detail), ("link", words.link), ("on", words.on)):
        if value and getattr(noted, "due_on" if name == "on" else name):
            raise Usage(f"The line has that already: leave out --{name}.")
    if words.detail:
        noted = noted._replace(detail=words.detail)
    if words.link:
        noted = noted._replace(link=words.link)
    if words.on is not None:
        day = understood(lambda: read_day(words.on, noted.kind, today))
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


def _became(call: Call, what: str, number: int) -> int:
    wanted = call.words.id
    with call.pipeline() as pipeline:
        _check_mine(pipeline, wanted, number)
        if what == "remove":
            return told(call, pipeline.remove_point(number))
        return told(call, pipeline.edit_point(number, {"state": what}))


def _check_mine(pipeline: "Pipeline", wanted: int, number: int) -> None:
    """NotFound unless the application has a point with this number."""
    if all(each.id != number for each in page(pipeline, wanted).points):
        raise NotFound(f"There is no point {number} of application {wanted}.")


def _list(call: Call) -> int:
    wanted = call.words.id
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application {wanted}.")
        points = glance.dossier(wanted, call.now).points
    if call.words.json:
        call.out.json([point_shape(each) for each in points])
    elif points:
        call.out.table(("ID", "KIND", "STATE", "TEXT"), [_row(each) for each in points])
    else:
        call.out.say(f"No points yet: “rounds point {wanted} concern TEXT”.")
    return 0


def _row(each: PointEntry) -> tuple[str, ...]:
    return str(each.id), KINDS[each.kind].title, each.state, each.text
