"""`rounds prepare`: what to take along into the next interview, and the questions to rehearse."""

import re
from typing import TYPE_CHECKING

from store.advice.carry_over import Question, preparation
from store.errors import NotFound
from store.model.dossier import Dossier
from store.rules.fields import POINT
from store.rules.text import clean, quoted, searchable
from tui.cli.call import Call, read_dossier, tell
from tui.cli.json_shapes import carried_shape
from tui.cli.showing.show import carried_lines
from tui.cli.source import text_or_input
from tui.cli.table import json, one
from tui.cli.words import Usage

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.model.board import Written
    from store.pipeline import Pipeline

_NUMBER = re.compile(r"[qQ]([0-9]{1,4})")
_LISTED = 10
"""How many questions are listed when words fit several (product)."""


def prepare_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "question",
        metavar="QUESTION",
        nargs="+",
        help="a question of the list: q3, or words that fit only that one; omit to list all",
    ).required = False
    become = parser.add_mutually_exclusive_group()
    become.add_argument("--rehearsed", action="store_true", help="mark it as rehearsed")
    become.add_argument("--not-rehearsed", action="store_true", help="remove that mark")
    become.add_argument(
        "--answer", metavar="TEXT", help="your answer to it; - is standard input, '' clears it"
    )
    json(parser)


def prepare(call: Call) -> int:
    """List what to take along; or tick a question, or note the answer to it."""
    words = call.words
    changes = words.rehearsed or words.not_rehearsed or words.answer is not None
    if not words.question:
        if changes:
            raise Usage(f"Name the question: “rounds prepare {words.id} q3 --rehearsed”.")
        return _list(call)
    if not changes:
        raise Usage("Give what becomes of it: --rehearsed, --not-rehearsed, or --answer TEXT.")
    with call.pipeline() as pipeline:
        dossier = read_dossier(pipeline, words.id)
        return tell(call, _change(call, pipeline, find_question(call, dossier)))


def _change(call: Call, pipeline: "Pipeline", question: Question) -> "Written":
    words, point = call.words, question.point
    if words.answer is not None:
        answer = clean(text_or_input(words.answer), POINT["detail"])
        if point is not None:
            return pipeline.edit_point(point.id, {"detail": answer})
        return pipeline.point(words.id, "question", question.text, detail=answer)
    if point is not None:
        state = "done" if words.rehearsed else "open"
        return pipeline.edit_point(point.id, {"state": state})
    return pipeline.rehearse(words.id, question.text, words.rehearsed)


def find_question(call: Call, dossier: Dossier, wanted: str = "") -> Question:
    """The question that `wanted`, or else the words of the command, name: by the number that the
    list shows, or by words that fit only that one. NotFound otherwise."""
    wanted = wanted or " ".join(call.words.question)
    questions = preparation(dossier, call.now).questions
    if number := _NUMBER.fullmatch(wanted):
        if 1 <= int(number[1]) <= len(questions):
            return questions[int(number[1]) - 1]
        raise NotFound(f"There is no question {wanted}; “rounds prepare {dossier.card.id}” lists.")
    parts = searchable(wanted).split()
    fits = [each for each in questions if all(one in searchable(each.text) for one in parts)]
    same = [each for each in fits if searchable(each.text) == searchable(wanted)]
    if len(same or fits) == 1:
        return (same or fits)[0]
    if not fits:
        raise NotFound(
            f"No question fits {quoted(wanted)}. “rounds prepare {dossier.card.id}” lists them."
        )
    for each in fits[:_LISTED]:
        call.out.say(f"q{questions.index(each) + 1}  {each.text}")
    raise NotFound(f"{quoted(wanted)} fits {len(fits)} questions. Name one by its number.")


def _list(call: Call) -> int:
    wanted, now = call.words.id, call.now
    dossier = call.read(lambda glance: glance.dossier(wanted, now))
    carried = preparation(dossier, now)
    if call.words.json:
        call.out.json("preparation", carried_shape(carried))
        return 0
    call.out.section("To carry over", carried_lines(dossier, now))
    for title, mine in (("Likely questions", False), ("Questions to ask", True)):
        call.out.section(
            title,
            (
                _line(number, each)
                for number, each in enumerate(carried.questions, 1)
                if each.mine is mine
            ),
        )
    return 0


def _line(number: int, question: Question) -> str:
    point = question.point
    lines = [f"[{'x' if question.rehearsed else ' '}] q{number}  {question.text}"]
    if point is not None:
        lines[0] += f"  (point {point.id})"
        if point.detail:
            lines.append(point.detail)
    lines += [f"story: {story.text}  (point {story.id})" for story in question.stories]
    return "\n".join(lines)
