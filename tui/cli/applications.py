"""The commands that change the board: each one use case, told in a line on stderr.

Every word is read before the board is opened, so that a mistyped day changes nothing.
"""

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from store.errors import AlreadyThere, NotFound, StoreError
from store.rules.employers import before_line, twin_line, twins
from store.rules.fields import NOUNS
from store.rules.followups.actions import FOLDS
from store.rules.stages import Stage, read_outcome, read_stage
from store.rules.text import Refused, capital
from tui.cli.call import Call, tell
from tui.cli.follow_ups import find_follow_ups
from tui.cli.naming import find_applications
from tui.cli.source import text_or_input
from tui.cli.table import DATE
from tui.cli.words import (
    application_ids,
    coming_day,
    later_day,
    past_day,
    read_stage_option,
    understand,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.pipeline import Pipeline
    from store.pipeline.applications import Unless


_TWINS = 3
"""How many applications for the same role are told one by one (product)."""


def add_words(parser: "ArgumentParser") -> None:
    from tui.cli.edit import FIELDS, REQUIRED, field_options

    parser.add_argument("company", metavar="COMPANY")
    parser.add_argument("role", metavar="ROLE")
    parser.add_argument(
        "--stage", metavar="STAGE", help=f"{', '.join(Stage)}; default {Stage.APPLIED}"
    )
    field_options(parser, [line for line in FIELDS if line.name not in REQUIRED])
    parser.add_argument("--note", metavar="TEXT", default="", help="a note; - is standard input")
    twice = parser.add_mutually_exclusive_group()
    twice.add_argument("--again", action="store_true", help="also when its link is there already")
    twice.add_argument(
        "--if-new",
        action="store_true",
        help="print the number of the one that is there: same link, or same role and company",
    )
    parser.epilog = f"A DATE is {DATE}; the default of --applied is today."


def add(call: Call) -> int:
    """Add an application and print its number alone, for scripts."""
    from tui.cli.edit import FIELDS, REQUIRED, days_of, read_options, refuse_nobodys_relation

    words = call.words
    stage = read_stage_option(words.stage) or Stage.APPLIED
    given = read_options(call, {}, [line for line in FIELDS if line.name not in REQUIRED])
    refuse_nobodys_relation(given)
    note = text_or_input(words.note)
    unless: Unless | None = "role" if words.if_new else None if words.again else "link"
    with call.pipeline(create=True) as pipeline:
        try:
            written = pipeline.add(
                words.company, words.role, stage=stage, note=note, unless=unless, **given
            )
        except AlreadyThere as there:
            if not words.if_new:
                raise Refused(f"{there} Nothing was added; --again adds it all the same.") from None
            call.out.line(str(there.application_id))
            call.out.say(f"{there} Nothing was added.")
            return 0
        notes = _earlier(call, pipeline, written.application_id)
    call.out.line(str(written.application_id))
    tell(call, written, days=days_of(given, NOUNS | {"applied_on": "applied"}))
    for note in notes:
        call.out.say(f"Note: {note}")
    return 0


def _earlier(call: Call, pipeline: "Pipeline", application_id: int | None) -> list[str]:
    """What happened at the employer before the application that was just added.

    That is safe by now, so what cannot be read any more is no failure.
    """
    from store.read.employers import read_employers
    from store.rules.employers import Employers

    words, there = call.words, Employers()
    with suppress(StoreError), closing(pipeline.database.glance()) as glance:
        there = read_employers(glance, words.company)
    others = [one for one in there.at(words.company) if one.id != application_id]
    same_role, _ = twins(words.company, words.role, "", others, there.names)
    people = [one for one in there.people_at(words.company) if one != words.contact_name]
    rest = [one for one in others if one not in same_role]
    earlier = before_line(rest, call.today, people)
    return [twin_line(one, call.today) for one in same_role[:_TWINS]] + [earlier] * bool(earlier)


def move(call: Call) -> int:
    """Move one or several applications to a stage, perhaps on an earlier day."""
    words = call.words
    named = application_ids(words.id, words.stage, "stage", read_stage)
    stage = understand(lambda: read_stage(words.stage))
    on = past_day(words.on, call.today)
    ids = find_applications(call, named)
    with call.pipeline() as pipeline:
        if len(ids) > 1:
            return tell(call, pipeline.move_all(ids, stage, on=on), days={"on": on})
        return tell(call, pipeline.move(ids[0], stage, on=on), days={"on": on})


def close(call: Call) -> int:
    words = call.words
    named = application_ids(words.id, words.outcome, "outcome", read_outcome)
    outcome = understand(lambda: read_outcome(words.outcome))
    on = past_day(words.on, call.today)
    said = {"reason": words.reason, "keep": words.keep, "change": words.change}
    ids = find_applications(call, named)
    with call.pipeline() as pipeline:
        if len(ids) > 1:
            return tell(call, pipeline.close_all(ids, outcome, on=on, **said), days={"on": on})
        return tell(call, pipeline.close(ids[0], outcome, on=on, **said), days={"on": on})


def reopen(call: Call) -> int:
    ids = call.words.id
    with call.pipeline() as pipeline:
        return tell(call, pipeline.reopen_all(ids) if len(ids) > 1 else pipeline.reopen(ids[0]))


def delete(call: Call) -> int:
    """Delete one or several applications; undo brings them back."""
    ids = call.words.id
    with call.pipeline() as pipeline:
        written = pipeline.delete_all(ids) if len(ids) > 1 else pipeline.delete(ids[0])
        return tell(call, written, "“rounds undo” reverts this.")


def deadline(call: Call) -> int:
    """Set the day, perhaps the time, by which an offer must be answered."""
    from tui.one_line import read_deadline

    text, today, zone = " ".join(call.words.when), call.today, call.clock.zone
    if text.strip().lower() == "none":
        with call.pipeline() as pipeline:
            return tell(call, pipeline.unsay(call.words.id, "deadline"))
    wanted, _ = understand(lambda: read_deadline(text, today, zone, now=call.now))
    with call.pipeline() as pipeline:
        written = pipeline.deadline(call.words.id, wanted.day, wanted.at, zone=wanted.zone)
        return tell(call, written)


def replied(call: Call) -> int:
    """The employer wrote; perhaps they named the day by which they decide."""
    from store.rules.typed.days import parse_window

    words, today = call.words, call.today
    on = past_day(words.on, today)
    by = words.decides_by
    day = understand(lambda: parse_window(by, on or today)) if by is not None else None
    text = text_or_input(words.text)
    with call.pipeline() as pipeline:
        written = pipeline.log_reply(
            words.id,
            on=on,
            decides_by=day,
            said=by or "",
            text=text,
            automatic=words.automatic,
        )
        return tell(call, written, days={"on": on})


def remind(call: Call) -> int:
    day = coming_day(call.words.when, call.today)
    text = text_or_input(" ".join(call.words.text))
    with call.pipeline() as pipeline:
        return tell(call, pipeline.remind(call.words.id, day, text))


def done(call: Call) -> int:
    """A follow-up is done, or several with one message, perhaps since an earlier day."""
    on = past_day(call.words.on, call.today)
    with call.pipeline() as pipeline:
        ids = find_follow_ups(pipeline, call.words.id)
        if _several(call):
            return tell(call, pipeline.complete_all(ids, on=on), days={"on": on})
        return tell(call, pipeline.complete(ids[0], on=on), days={"on": on})


def snooze(call: Call) -> int:
    """Put a follow-up off to a later day, or several; words such as “+1d” are counted from the
    last day on which they are due, where that lies ahead."""
    from store.rules.typed.days import Later, parse_later
    from tui.one_line import explain_later

    first = later_day(call.words.to, call.today)
    with call.pipeline() as pipeline:
        ids = find_follow_ups(pipeline, call.words.id)
        due_on = call.today
        with closing(pipeline.database.glance()) as glance, suppress(NotFound):
            due_on = max(glance.follow_up(one).day(call.now.tzinfo) for one in ids)
        later = Later(first)
        if first > call.today:
            later = understand(lambda: parse_later(call.words.to, call.today, due_on))
        if _several(call):
            tell(call, pipeline.snooze_all(ids, later.day))
        else:
            tell(call, pipeline.snooze(ids[0], later.day))
        if told := explain_later(later, call.today, due_on):
            call.out.say(f"{capital(told)}.")
        return 0


def skip(call: Call) -> int:
    """Skip a follow-up for good, or several."""
    with call.pipeline() as pipeline:
        ids = find_follow_ups(pipeline, call.words.id)
        return tell(call, pipeline.skip_all(ids) if _several(call) else pipeline.skip(ids[0]))


def _several(call: Call) -> bool:
    """Whether several follow-ups were named, or a line that stands for many."""
    return len(call.words.id) > 1 or call.words.id[0] in FOLDS


def undo(call: Call) -> int:
    with call.pipeline() as pipeline:
        return tell(call, pipeline.undo())


def redo(call: Call) -> int:
    with call.pipeline() as pipeline:
        return tell(call, pipeline.redo())
