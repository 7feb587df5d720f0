"""`rounds interview` and `rounds task`: what is logged, moved, cancelled, handed in."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from store.errors import NotFound
from store.model.dossier import AssignmentEntry, InterviewEntry
from store.rules.people import names_in
from store.rules.stages import SAID, Stage, read_round
from store.rules.text import Refused, key_of, quoted, shell_word
from tui.cli.call import Call, find_own, read_dossier, tell
from tui.cli.table import DATE, json, one
from tui.cli.words import MINUTES_AT_MOST, Usage, number_between, part_id, past_day, understand

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from datetime import date

    from store.model.board import Written
    from store.pipeline import Pipeline
    from tui.typed.interviews import TypedInterview


def task_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "title", metavar="TITLE", help="“Case study”; omit to list all"
    ).required = False
    parser.add_argument("--rename", metavar="TITLE", dest="new_title", help="new title")
    parser.add_argument("--due", metavar="WHEN", help="“fri 17:00”, “3 dec”; “none” clears it")
    parser.add_argument(
        "--handed-in",
        metavar="DATE",
        nargs="?",
        const="today",
        help=f"date you handed it in, {DATE}; default today",
    )
    parser.add_argument("--not-handed-in", action="store_true", help="mark as not handed in")
    parser.add_argument("--hours", metavar="N", help="hours spent so far")
    parser.add_argument(
        "--given", metavar="DATE", help=f"date you received it, {DATE}; default today"
    )
    parser.add_argument(
        "--kind",
        type=lambda word: shell_word(key_of(word)),
        choices=("take-home", "assessment"),
        help="default take-home",
    )
    parser.add_argument("--remarks", metavar="TEXT")
    parser.add_argument("--remove", action="store_true", help="remove this task")
    json(parser)


def interview_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "when",
        metavar="WHEN",
        nargs="+",
        help="“tue 10:00 45m panel with Ana and Bo at Room 4”; or “invited” while there is no "
        "time yet, “invited fri”",
    ).required = False
    parser.add_argument("--minutes", metavar="N", type=number_between(1, MINUTES_AT_MOST))
    parser.add_argument(
        "--stage",
        metavar="ROUND",
        help=f"first, {', '.join(SAID)}; default the next one; with --move N alone it changes that",
    )
    parser.add_argument("--place", metavar="TEXT", help="place or link")
    parser.add_argument(
        "--with",
        dest="people",
        metavar="NAME",
        action="append",
        default=[],
        help="interviewer; repeat for more",
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        action="append",
        default=[],
        help="panel, video, case+technical; repeat for more",
    )
    parser.add_argument(
        "--zone",
        metavar="ZONE",
        help="time zone of the time: America/New_York; default yours, with --move its own",
    )
    parser.add_argument(
        "--by",
        metavar="WHO",
        choices=("them", "you"),
        help="who cancelled it (default you), or did not come (default them): them, you",
    )
    parser.add_argument(
        "--on", metavar="DATE", help=f"when it was cancelled, or slots were sent, {DATE}"
    )
    become = parser.add_mutually_exclusive_group()
    for option, said in (
        (
            "--move",
            "give interview N another day or time, or only --with, --place, --format, --minutes; "
            "what is not said stays",
        ),
        ("--cancel", "cancel interview N"),
        ("--held", "mark interview N as held"),
        ("--not-held", "mark interview N as not held"),
        ("--slots", "you sent times for invitation N"),
    ):
        become.add_argument(option, metavar="N", type=part_id, help=said)


def interview(call: Call) -> int:
    """Log an interview, or with "invited" an invitation that has no time yet; or change one."""
    words = call.words
    which = understand(lambda: read_round(words.stage)) if words.stage is not None else None
    formats, people = _formats(call), _people(call)
    named = (words.cancel, words.held, words.not_held, words.slots)
    number = next((each for each in named if each is not None), None)
    if number is not None and words.when:
        raise Usage("Give either a time or what became of it.")
    if words.by and words.cancel is None and words.not_held is None:
        raise Usage("--by says who cancelled or did not come; use it with --cancel or --not-held.")
    if words.on and words.cancel is None and words.slots is None:
        raise Usage("Use --on with --cancel or --slots.")
    if number is not None:
        with call.pipeline() as pipeline:
            _find_interview(call, pipeline, number)
            on = past_day(words.on, call.today)
            return tell(call, _settle(call, pipeline, on), days={"on": on})
    if words.move is not None and which is not None and not words.when:
        with call.pipeline() as pipeline:
            _find_interview(call, pipeline, words.move)
            return tell(call, pipeline.set_round(words.move, which))
    if words.move is not None and not words.when and which is None and _has_details(call):
        return _change_details(call, words.move, formats, people)
    if not words.when:
        raise Usage(f"Give a time: “rounds interview {words.id} tue 10:00”.")
    if words.move is not None:
        if which is not None:
            raise Usage("Give either another time or another round.")
        return _move(call, words.move, formats, people)
    read = _read_interview(call, which.stage if which is not None else Stage.FIRST)
    with call.pipeline() as pipeline:
        written = pipeline.interview(
            words.id,
            read.starts_at,
            minutes=words.minutes or read.minutes,
            stage=which.stage if which is not None else None,
            number=which.number if which is not None else None,
            final=which is not None and which.final,
            place=words.place or read.place,
            people=people or read.people,
            invited_on=read.invited_on,
            formats=formats or read.formats,
            zone=read.zone,
        )
        return tell(call, written, days={"on": read.invited_on})


def _settle(call: Call, pipeline: "Pipeline", on: "date | None") -> "Written":
    words = call.words
    if words.cancel is not None:
        return pipeline.cancel_interview(words.cancel, by=words.by or "you", on=on)
    if words.slots is not None:
        return pipeline.log_slots(words.slots, on=on)
    if words.held is not None:
        return pipeline.mark_held(words.held, True)
    return pipeline.mark_held(words.not_held, False, by=words.by or "them")


def _move(call: Call, number: int, formats: tuple[str, ...], people: str) -> int:
    """Give an interview another time; what is not said stays as it was."""
    from store.rules.typed.interview_line import parse_change
    from tui.typed.interviews import Agreed, read_move

    words, today, zone = call.words, call.today, call.clock.zone
    text = " ".join(words.when)
    if text.lower().startswith("invited"):
        raise Refused("Give the new day and time, as in “thu 11:00”.")
    understand(lambda: parse_change(text, today))
    _refuse_two_zones(call, text)
    with call.pipeline() as pipeline:
        known = _find_interview(call, pipeline, number)
        if known.starts_at is None:
            read = _read_interview(call, Stage.SECOND, usual=known.minutes)
        else:
            agreed = Agreed(known.starts_at, known.minutes, known.zone)
            read, _ = understand(lambda: read_move(text, agreed, today, zone, words.zone or ""))
        if read.starts_at is None:
            raise Refused("Give the new day and time, as in “thu 11:00”.")
        written = pipeline.reschedule(
            number,
            read.starts_at,
            minutes=words.minutes or read.minutes,
            place=words.place or read.place or None,
            people=people or read.people or None,
            formats=formats or read.formats or None,
            zone=read.zone or None,
        )
        return tell(call, written)


def _has_details(call: Call) -> bool:
    words = call.words
    return bool(words.people or words.format or words.minutes or words.place is not None)


def _change_details(call: Call, number: int, formats: tuple[str, ...], people: str) -> int:
    """Change what else is known of an interview; its time stays."""
    words = call.words
    with call.pipeline() as pipeline:
        known = _find_interview(call, pipeline, number)
        if not (formats or words.minutes or words.place is not None):
            return tell(call, pipeline.set_interviewers(number, names_in(people)))
        if known.starts_at is None:
            raise Refused("This invitation has no time yet. Give it one first: “tue 10:00”.")
        written = pipeline.reschedule(
            number,
            known.starts_at,
            minutes=words.minutes,
            place=words.place,
            people=people if words.people else None,
            formats=formats or None,
        )
        return tell(call, written)


def _read_interview(call: Call, stage: Stage, *, usual: int = 60) -> "TypedInterview":
    from tui.typed.interviews import read_interview

    words, today, zone = call.words, call.today, call.clock.zone
    text = " ".join(words.when)
    _refuse_two_zones(call, text)
    read, _ = understand(
        lambda: read_interview(text, today, zone, stage, words.zone or "", usual=usual)
    )
    return read


def _refuse_two_zones(call: Call, text: str) -> None:
    """Usage where the line names a zone and --zone does so too."""
    if not call.words.zone:
        return
    from store.rules.typed.interview_line import parse_change

    with suppress(Refused):
        if named := parse_change(text, call.today).zone:
            raise Usage(f"{quoted(named)} and --zone are two zones. Keep one.")


def _formats(call: Call) -> tuple[str, ...]:
    if not call.words.format:
        return ()
    from store.rules.lists import read_formats

    named = "+".join(call.words.format)
    found = understand(lambda: read_formats(named))
    if not found:
        raise Usage("A format needs a name: --format panel.")
    return found


def _people(call: Call) -> str:
    people = ", ".join(call.words.people)
    if call.words.move is not None and call.words.people == [""] and not call.words.when:
        return ""  # nobody any more
    if call.words.people and not all(name.strip(" ,") for name in call.words.people):
        raise Usage("An interviewer needs a name: --with Ana.")
    return people


def _find_interview(call: Call, pipeline: "Pipeline", number: int) -> InterviewEntry:
    interviews = read_dossier(pipeline, call.words.id).interviews
    return find_own(call, interviews, "interview", number)


def task(call: Call) -> int:
    """List the tasks; or add one, change it, hand it in, remove it."""
    words, today, zone = call.words, call.today, call.clock.zone
    changes: dict[str, Any] = {}
    if words.new_title is not None:
        changes["title"] = words.new_title
    if words.due is not None and words.due.strip().lower() in ("none", ""):
        changes |= {"due_on": None, "due_at": None, "zone": ""}
    elif words.due is not None:
        from tui.typed.interviews import read_due

        due = understand(lambda: read_due(words.due, today, zone, now=call.now))
        changes |= {"due_on": due.on, "due_at": due.at, "zone": due.zone}
    if words.hours is not None:
        from tui.pages.interviews.interviews_text import read_hours

        changes["minutes_spent"], _ = understand(lambda: read_hours(words.hours))
    if words.handed_in is not None:
        changes["handed_in_on"] = past_day(words.handed_in, today)
    elif words.not_handed_in:
        changes["handed_in_on"] = None
    if words.remarks is not None:
        changes["remarks"] = words.remarks
    if words.kind is not None:
        changes["kind"] = key_of(words.kind)
    given_on = past_day(words.given, today)
    if words.title is None and not changes and not words.remove:
        return _list_tasks(call)
    with call.pipeline() as pipeline:
        known = _find_task(read_dossier(pipeline, words.id).assignments, words.title)
        if known is None and (words.remove or words.title is None or words.new_title is not None):
            raise NotFound("Unknown task. “rounds show” lists them.")
        if known is None:
            written = pipeline.assignment(words.id, words.title, given_on=given_on, **changes)
            days = {"given": given_on, "handed in": changes.get("handed_in_on")}
            return tell(call, written, days=days)
        if words.remove:
            return tell(call, pipeline.remove_assignment(known.id))
        if given_on is not None or not changes:
            raise Usage("This task exists already. Give what changes: --due, --hours, --handed-in.")
        days = {"on": changes.get("handed_in_on")}
        return tell(call, pipeline.edit_assignment(known.id, changes), days=days)


def _find_task(tasks: "Sequence[AssignmentEntry]", title: str | None) -> AssignmentEntry | None:
    """The task of that title; without one the only task there is."""
    if title is None:
        return tasks[0] if len(tasks) == 1 else None
    said = title.strip().casefold()
    return next((one for one in tasks if one.title.casefold() == said), None)


def _list_tasks(call: Call) -> int:
    wanted = call.words.id
    dossier = call.read(lambda glance: glance.dossier(wanted, call.now))
    if call.words.json:
        from tui.cli.json_shapes import task_shape

        call.out.json("tasks", [task_shape(one, call.now) for one in dossier.assignments])
        return 0
    from tui.cli.showing.show import task_lines

    if not dossier.assignments:
        call.out.say(f"No task yet. Add one: “rounds task {wanted} 'Case study' --due fri”.")
    for line in task_lines(dossier, call.now):
        call.out.lines(line)
    return 0
