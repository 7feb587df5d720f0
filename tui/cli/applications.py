"""The commands that change the board: each one use case, told in a line on stderr.

Every word is read before the board is opened, so that a mistyped day changes nothing.
"""

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from store.errors import AlreadyThere, NotFound
from store.rules.fields import NOUNS
from store.rules.stages import Stage, read_outcome, read_stage
from store.rules.text import Refused, capital
from tui.cli.call import Call, tell, tell_nothing
from tui.cli.naming import find_applications
from tui.cli.several.listed import add_listed, earlier
from tui.cli.several.selection import (
    choose_applications,
    choose_follow_ups,
    read_applications,
    read_follow_ups,
    read_named,
    reminders_among,
)
from tui.cli.source import text_or_input
from tui.cli.table import DATE
from tui.cli.words import (
    STDIN,
    Usage,
    coming_day,
    later_day,
    past_day,
    read_stage_option,
    understand,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from datetime import date

    from store.pipeline.applications import Unless


def add_words(parser: "ArgumentParser") -> None:
    from tui.cli.edit import FIELDS, REQUIRED, field_options

    parser.add_argument("company", metavar="COMPANY", help="the employer").required = False
    parser.add_argument("role", metavar="ROLE", help="the position").required = False
    parser.add_argument(
        "--from",
        dest="text_file",
        metavar="FILE",
        help="add those of a list, one a line: “Company; Role; yesterday; #remote; salary: 80k”, "
        "or a table with the names of its columns above; - is standard input",
    )
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
    _check_named(call)
    said = {"stage": stage, "tags": (), "note": text_or_input(words.note), **given}
    unless: Unless | None = "role" if words.if_new else None if words.again else "link"
    if words.text_file is not None:
        return add_listed(call, said, unless)
    with call.pipeline(create=True) as pipeline:
        try:
            written = pipeline.add(words.company, words.role, unless=unless, **said)
        except AlreadyThere as there:
            if not words.if_new:
                raise Refused(f"{there} Nothing was added; --again adds it all the same.") from None
            if call.wants_json:
                return tell_nothing(call, f"{there} Nothing was added.", there.application_id)
            call.out.line(str(there.application_id))
            return tell_nothing(call, f"{there} Nothing was added.")
        named = {
            "company": words.company,
            "role": words.role,
            "contact_name": words.contact_name or "",
        }
        notes = earlier(call, pipeline, named, written.application_id)
    if not call.wants_json:
        call.out.line(str(written.application_id))
    tell(call, written, days=days_of(given, NOUNS | {"applied_on": "applied"}))
    for note in notes:
        call.out.say(f"Note: {note}")
    return 0


def _check_named(call: Call) -> None:
    """Usage unless either company and role are named or a list of applications is."""
    words = call.words
    if words.text_file is None and words.role is None:
        raise Usage("A word is missing: “rounds add COMPANY ROLE”. See “rounds add --help”.")
    if words.text_file is not None and words.company is not None:
        raise Usage("Give either company and role or a list of applications with --from.")
    if words.text_file == STDIN == words.note.strip():
        raise Usage("Standard input cannot be the list and a note.")


def move(call: Call) -> int:
    """Move one or several applications to a stage, perhaps on an earlier day."""
    words = call.words
    named = read_named(call, words.stage, "stage", read_stage)
    stage = understand(lambda: read_stage(words.stage))
    on = past_day(words.on, call.today)
    named = find_applications(call, read_applications(named))
    with call.pipeline() as pipeline:
        chosen = choose_applications(call, pipeline, named)
        if chosen.several:
            written = pipeline.move_all(chosen.ids, stage, on=on)
        else:
            written = pipeline.move(chosen.ids[0], stage, on=on)
        return chosen.tell(call, pipeline, written, days={"on": on})


def close(call: Call) -> int:
    """End one or several applications alike."""
    words = call.words
    named = read_named(call, words.outcome, "outcome", read_outcome)
    outcome = understand(lambda: read_outcome(words.outcome))
    on = past_day(words.on, call.today)
    said = {"reason": words.reason, "keep": words.keep, "change": words.change}
    named = find_applications(call, read_applications(named))
    with call.pipeline() as pipeline:
        chosen = choose_applications(call, pipeline, named)
        if chosen.several:
            written = pipeline.close_all(chosen.ids, outcome, on=on, **said)
        else:
            written = pipeline.close(chosen.ids[0], outcome, on=on, **said)
        return chosen.tell(call, pipeline, written, days={"on": on})


def reopen(call: Call) -> int:
    named = find_applications(call, read_applications(read_named(call)))
    with call.pipeline() as pipeline:
        chosen = choose_applications(call, pipeline, named)
        if chosen.several:
            written = pipeline.reopen_all(chosen.ids)
        else:
            written = pipeline.reopen(chosen.ids[0])
        return chosen.tell(call, pipeline, written)


def delete(call: Call) -> int:
    """Delete one or several applications; undo brings them back."""
    named = find_applications(call, read_applications(read_named(call)))
    with call.pipeline() as pipeline:
        chosen = choose_applications(call, pipeline, named)
        if chosen.several:
            written = pipeline.delete_all(chosen.ids)
        else:
            written = pipeline.delete(chosen.ids[0])
        return chosen.tell(call, pipeline, written, "“rounds undo” reverts this.")


def deadline(call: Call) -> int:
    """Set the day, perhaps the time, by which an offer must be answered."""
    from tui.typed.offers import read_deadline

    text, today, zone = " ".join(call.words.when), call.today, call.clock.zone
    if text.strip().lower() == "none":
        with call.pipeline() as pipeline:
            return tell(call, pipeline.unsay(call.words.id, "deadline"))
    wanted, _ = understand(lambda: read_deadline(text, today, zone, now=call.now))
    with call.pipeline() as pipeline:
        written = pipeline.deadline(call.words.id, wanted.day, wanted.at, zone=wanted.zone)
        return tell(call, written)


def record_reply(call: Call) -> int:
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


def mark_done(call: Call) -> int:
    """A follow-up is done, or several with one message, perhaps since an earlier day."""
    on = past_day(call.words.on, call.today)
    named = read_follow_ups(call)
    if reminders := reminders_among(named):
        with call.pipeline() as pipeline:
            written = pipeline.complete_reminders(reminders, on=on)
        return tell(call, written, days={"on": on})
    with call.pipeline() as pipeline:
        chosen = choose_follow_ups(call, pipeline, named)
        if chosen.several:
            written = pipeline.complete_all(chosen.ids, on=on)
        else:
            written = pipeline.complete(chosen.ids[0], on=on)
        return chosen.tell(call, pipeline, written, days={"on": on})


def snooze(call: Call) -> int:
    """Put a follow-up off to a later day, or several; words such as “+1d” are counted from the
    last day on which they are due, where that lies ahead."""
    from store.rules.typed.days import Later, parse_later
    from tui.typed.applications import explain_later

    first = later_day(call.words.to, call.today)
    named = read_follow_ups(call)
    if reminders := reminders_among(named):
        return _snooze_reminders(call, reminders, first)
    with call.pipeline() as pipeline:
        chosen = choose_follow_ups(call, pipeline, named)
        due_on = call.today
        with closing(pipeline.database.glance()) as glance, suppress(NotFound):
            due_on = max(glance.follow_up(one).day(call.now.tzinfo) for one in chosen.ids)
        later = Later(first)
        if first > call.today:
            later = understand(lambda: parse_later(call.words.to, call.today, due_on))
        if chosen.several:
            written = pipeline.snooze_all(chosen.ids, later.day)
        else:
            written = pipeline.snooze(chosen.ids[0], later.day)
        chosen.tell(call, pipeline, written)
        if told := explain_later(later, call.today, due_on):
            call.out.say(f"{capital(told)}.")
        return 0


def _snooze_reminders(call: Call, reminders: "Sequence[int]", first: "date") -> int:
    """The same for reminders of no application."""
    from store.read.weekly.reminders import read_reminder
    from store.rules.typed.days import Later, parse_later
    from tui.typed.applications import explain_later

    with call.pipeline() as pipeline:
        due_on = call.today
        with closing(pipeline.database.glance()) as glance, suppress(NotFound):
            days = [read_reminder(glance, one).due_on for one in reminders]
            due_on = max((day for day in days if day is not None), default=due_on)
        later = Later(first)
        if first > call.today:
            later = understand(lambda: parse_later(call.words.to, call.today, due_on))
        tell(call, pipeline.snooze_reminders(reminders, later.day))
    if told := explain_later(later, call.today, due_on):
        call.out.say(f"{capital(told)}.")
    return 0


def skip(call: Call) -> int:
    """Skip a follow-up for good, or several."""
    named = read_follow_ups(call)
    if reminders := reminders_among(named):
        with call.pipeline() as pipeline:
            return tell(call, pipeline.drop_reminders(reminders), "“rounds undo” reverts this.")
    with call.pipeline() as pipeline:
        chosen = choose_follow_ups(call, pipeline, named)
        ids = chosen.ids
        written = pipeline.skip_all(ids) if chosen.several else pipeline.skip(ids[0])
        return chosen.tell(call, pipeline, written)


def undo(call: Call) -> int:
    with call.pipeline() as pipeline:
        return tell(call, pipeline.undo())


def redo(call: Call) -> int:
    with call.pipeline() as pipeline:
        return tell(call, pipeline.redo())
