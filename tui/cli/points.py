"""`rounds point`: what is noted around an interview or an offer, one line each."""

from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model.dossier import PointEntry
from store.rules.points import KINDS
from store.rules.typed.point import PROMISES, kind_meant, read_text
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
        help=f"{', '.join(KINDS)}; without it all points are listed",
    ).required = False
    parser.add_argument("text", metavar="TEXT", nargs="+").required = False
    parser.add_argument("--detail", metavar="TEXT", default="", help="plan, answer, reason")
    parser.add_argument("--link", metavar="URL", default="")
    parser.add_argument(
        "--felt", action="store_true", help="a concern nobody said; a weak answer; yours to ask"
    )
    parser.add_argument("--on", metavar="DATE", help="when a promise is due; of when the news is")
    parser.add_argument("--interview", metavar="INTERVIEW-ID", type=part_id, help="where it arose")
    parser.add_argument(
        "--answers", metavar="POINT-ID", type=part_id, help="the point that this one answers"
    )
    parser.add_argument(
        "--by",
        metavar="WHO",
        choices=("them", "you"),
        help="who cancelled it (default you), or did not come (default them): them, you",
    )
    become = parser.add_mutually_exclusive_group()
    for option, said in (
        ("--done", "point N is settled"),
        ("--addressed", "you have spoken to point N"),
        ("--open", "point N is open again"),
        ("--remove", "take point N off"),
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
            raise Usage("Say either what to note, or what became of a point.")
        return _became(call, *chosen)
    if words.kind is None:
        return _list(call)
    kind, felt = understood(lambda: kind_meant(words.kind))
    if not words.text:
        raise Usage(f"Say what to note: “rounds point {words.id} {words.kind} TEXT”.")
    read = read_text(" ".join(words.text), kind, call.today)
    detail = _once(words.detail, read.detail, "--detail", "after “ -- ”")
    link = _once(words.link, read.link, "--link", "in the text")
    due_on = read.due_on
    if words.on is not None:
        if due_on is not None:
            raise Usage("Say the day once: in the text, or with --on.")
        due_on = any_day(words.on, call.today)
    with call.pipeline() as pipeline:
        if words.answers is not None:
            _check_mine(pipeline, words.id, words.answers)
        written = pipeline.point(
            words.id,
            kind,
            read.text,
            detail=detail,
            interview_id=words.interview,
            felt=words.felt or felt,
            due_on=due_on,
            link=link,
            answers_id=words.answers,
        )
        return told(call, written, days={"by" if kind in PROMISES else "of": due_on})


def _once(option: str, text: str, name: str, place: str) -> str:
    """What was said with an option or in the text; Usage where both say it."""
    if option and text:
        raise Usage(f"Say it once: with {name}, or {place}.")
    return option or text


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
        call.out.say(f"Nothing is noted yet: “rounds point {wanted} concern TEXT”.")
    return 0


def _row(each: PointEntry) -> tuple[str, ...]:
    return str(each.id), KINDS[each.kind].title, each.state, each.text
