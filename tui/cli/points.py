"""`rounds point`: what is noted around an interview or an offer, one line each."""

from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model.dossier import PointEntry
from store.rules.points import KINDS, check_kind
from tui.cli.call import Call, page, told
from tui.cli.json_shapes import point_shape
from tui.cli.table import json, one
from tui.cli.words import Usage, any_day, part_id, understood

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.pipeline import Pipeline


def point_words(parser: "ArgumentParser") -> None:
    """Add what `rounds point` understands."""
    one(parser)
    parser.add_argument(
        "kind",
        metavar="KIND",
        help=f"{', '.join(KINDS)}; omit to list all points",
    ).required = False
    parser.add_argument("text", metavar="TEXT", nargs="+").required = False
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
    kind = words.kind.strip().lower().replace("-", "_")
    understood(lambda: check_kind(kind))
    if not words.text:
        raise Usage(f"Give what to note: “rounds point {words.id} {words.kind} TEXT”.")
    due_on = any_day(words.on, call.today) if words.on is not None else None
    with call.pipeline() as pipeline:
        if words.answers is not None:
            _check_mine(pipeline, words.id, words.answers)
        written = pipeline.point(
            words.id,
            kind,
            " ".join(words.text),
            detail=words.detail,
            interview_id=words.interview,
            felt=words.felt,
            due_on=due_on,
            link=words.link,
            answers_id=words.answers,
        )
        return told(call, written)


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
