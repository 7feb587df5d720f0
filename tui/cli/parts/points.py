"""`rounds point`: what is noted around an interview or an offer, one line each."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from store.model.dossier import Dossier, PointEntry
from store.rules.fields import POINT
from store.rules.points import KINDS, check_kind
from store.rules.text import Refused, capital, clean, shell_word
from store.rules.typed.field_text import TextField
from store.rules.typed.fields import read_switch
from store.rules.typed.point import (
    PointText,
    detail_word,
    echo,
    read_day,
    read_kind,
    read_point,
    read_text,
    split_kind,
)
from tui.cli.call import Call, find_own, read_dossier, tell, tell_nothing
from tui.cli.field_editor import FieldsForm, change_fields, form_words
from tui.cli.json_shapes import point_shape
from tui.cli.parts.prepare import find_question
from tui.cli.source import text_or_input
from tui.cli.table import json, one
from tui.cli.words import Usage, application_id, part_id, understand

if TYPE_CHECKING:
    from argparse import ArgumentParser


def point_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "kind",
        metavar="KIND",
        help=f"{', '.join(map(shell_word, KINDS))}; omit to list all points",
    ).required = False
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help="“send slides by fri”, “no team led -- the rota”: a day, a link, and what follows "
        "“ -- ” are read as on the screen",
    ).required = False
    parser.add_argument("--detail", metavar="TEXT", help="plan, answer, reason")
    parser.add_argument("--link", metavar="URL")
    felt = parser.add_mutually_exclusive_group()
    felt.add_argument(
        "--felt",
        action="store_true",
        help="a concern you sensed, a weak answer, or a question of yours",
    )
    felt.add_argument("--not-felt", action="store_true", help="with --edit: it is none of these")
    parser.add_argument("--on", metavar="DATE", help="due date of a promise; date of the news")
    parser.add_argument(
        "--interview", metavar="INTERVIEW-ID", type=part_id, help="the interview it came from"
    )
    parser.add_argument(
        "--answers",
        metavar="POINT-ID",
        help="the point this one answers; or a question of “rounds prepare”, such as q3",
    )
    parser.add_argument(
        "--to", metavar="ID", type=application_id, help="the application that --carry copies to"
    )
    become = parser.add_mutually_exclusive_group()
    for option, said in (
        ("--done", "mark point N as done"),
        ("--addressed", "mark point N as addressed"),
        ("--open", "reopen point N"),
        ("--remove", "remove point N"),
        ("--edit", "change point N: KIND, TEXT and options; without them, in your editor"),
        ("--carry", "copy the open concern N to another application: --to ID"),
    ):
        become.add_argument(option, metavar="N", type=part_id, help=said)
    form_words(parser)
    json(parser)


_STATES = ("done", "addressed", "open")


def point(call: Call) -> int:
    """List the points; or note one, or say what became of one."""
    words = call.words
    if (words.to is None) is not (words.carry is None):
        raise Usage("Use --carry N and --to ID together.")
    if words.edit is not None:
        return _edit(call, words.edit)
    if words.not_felt or words.form or words.text_file is not None:
        raise Usage("Use --not-felt, --form and --from with --edit N.")
    named = {name: getattr(words, name) for name in (*_STATES, "remove", "carry")}
    chosen = next(((name, number) for name, number in named.items() if number is not None), None)
    if chosen is not None:
        if words.kind is not None:
            raise Usage("Give either what to note or what became of a point.")
        return _settle(call, *chosen)
    if words.kind is None:
        return _list(call)
    noted, echoed = _read(call)
    with call.pipeline() as pipeline:
        answers_id, question = None, ""
        if words.answers is not None:
            answers_id, question = find_answered(call, read_dossier(pipeline, words.id))
        written = pipeline.point(
            words.id,
            **noted._asdict(),
            interview_id=words.interview,
            answers_id=answers_id,
            question=question,
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
        raise Usage(f"Give what to note: “rounds point {words.id} {shell_word(kind)} TEXT”.")
    read, _ = read_point(text_or_input(" ".join(text)), kind, today)
    noted = read._replace(felt=read.felt or felt or words.felt)
    for name, value in (("detail", words.detail), ("link", words.link), ("on", words.on)):
        if value and getattr(noted, "due_on" if name == "on" else name):
            raise Usage(f"The line has that already: leave out --{name}.")
    if words.detail:
        noted = noted._replace(detail=text_or_input(words.detail))
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
        if what == "carry":
            return tell(call, pipeline.carry(number, call.words.to))
        return tell(call, pipeline.edit_point(number, {"state": what}))


def find_answered(call: Call, dossier: Dossier) -> tuple[int | None, str]:
    """What `--answers` names: the number of a point, or else the words of a usual question."""
    wanted: str = call.words.answers
    number = wanted.removeprefix("#")
    if number.isascii() and number.isdigit():
        return find_own(call, dossier.points, "point", int(number[:18])).id, ""
    question = find_question(call, dossier, wanted)
    return (question.point.id, "") if question.point is not None else (None, question.text)


_FELT = {"concern": "Sensed", "asked": "Weak answer", "question": "Yours to ask"}
"""What the mark of a kind says, where it has one."""


def _edit(call: Call, number: int) -> int:
    """Change a point: what the words and options say, else in the editor."""
    words = call.words
    dossier = call.read(lambda glance: glance.dossier(words.id), patient=not words.form)
    point = find_own(call, dossier.points, "point", number)
    given = _changes(call, dossier, point)
    if given and (words.form or words.text_file is not None):
        raise Usage("Give either options or a text.")
    if not given:

        def write(changes: dict[str, Any]) -> int:
            with call.pipeline() as pipeline:
                return tell(call, pipeline.edit_point(number, changes))

        return change_fields(call, _form(call, dossier, point), write)
    changes = {name: value for name, value in given.items() if value != getattr(point, name)}
    if not changes:
        return tell_nothing(call, "It says that already.", words.id)
    with call.pipeline() as pipeline:
        day = changes.get("due_on")
        return tell(call, pipeline.edit_point(number, changes), days={"date": day})


def _changes(call: Call, dossier: Dossier, point: PointEntry) -> dict[str, Any]:
    """What the words after `--edit` say: a kind, a line that is read as on the screen, options."""
    words, today = call.words, call.today
    changes: dict[str, Any] = {}
    kind, line = point.kind, [words.kind, *(words.text or [])] if words.kind is not None else []
    if line:
        with suppress(Refused):
            kind, felt, line = _kind(line[0], line[1:])
            changes |= {"kind": kind} | ({"felt": True} if felt else {})
    if line:
        read = read_text(text_or_input(" ".join(line)), kind, today)
        said = {"text": read.text, "detail": read.detail, "link": read.link, "due_on": read.due_on}
        changes |= {name: value for name, value in said.items() if value}
    for name in ("detail", "link"):
        if (text := getattr(words, name)) is not None:
            changes[name] = clean(text_or_input(text), POINT[name])
    if words.on is not None:
        changes["due_on"] = (
            understand(lambda: read_day(words.on, kind, today)) if words.on.strip() else None
        )
    if words.felt or words.not_felt:
        changes["felt"] = bool(words.felt)
    if words.interview is not None:
        changes["interview_id"] = words.interview
    if words.answers is not None:
        answers_id, _ = find_answered(call, dossier)
        if answers_id is None:
            raise Refused("Note that question first: “rounds point ID question TEXT”.")
        changes["answers_id"] = answers_id
    return changes


def _form(call: Call, dossier: Dossier, point: PointEntry) -> FieldsForm:
    today = call.today
    fields = [
        TextField("kind", "Kind", shell_word(point.kind)),
        TextField("text", "Text", point.text),
        TextField("due_on", "Date", point.due_on.isoformat() if point.due_on else ""),
        TextField("link", "Link", point.link),
    ]
    if point.kind in _FELT:
        fields.append(TextField("felt", _FELT[point.kind], "yes" if point.felt else "no"))
    fields.append(TextField("detail", capital(detail_word(point.kind)), point.detail, True))

    def read(name: str, text: str) -> object:
        match name:
            case "kind":
                named = read_kind(text)
                return named[0] if named else check_kind(text)
            case "due_on":
                return read_day(text, point.kind, today) if text.strip() else None
            case "felt":
                return read_switch(text)
            case _:
                return clean(text, POINT[name])

    card = dossier.card
    return FieldsForm(
        heading=f"Point {point.id}, {card.company} — {card.role} (application {card.id})",
        hints=(f"Kind: {', '.join(map(shell_word, KINDS))}.",),
        fields=fields,
        read=read,
        again=f"rounds point {card.id} --edit {point.id}",
        kept_as=f"point-{point.id}",
    )


def _list(call: Call) -> int:
    wanted = call.words.id
    points = call.read(lambda glance: glance.dossier(wanted, call.now)).points
    if call.words.json:
        call.out.json("points", [point_shape(each) for each in points])
    elif points:
        call.out.table(("ID", "KIND", "STATE", "TEXT"), [_row(each) for each in points])
    else:
        call.out.say(f"No points yet: “rounds point {wanted} concern TEXT”.")
    return 0


def _row(each: PointEntry) -> tuple[str, ...]:
    return str(each.id), KINDS[each.kind].title, each.state, each.text
