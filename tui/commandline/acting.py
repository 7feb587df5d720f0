"""The commands that change the board: each one use case, told in a line on stderr.

Every word is read before the board is opened, so that a mistyped day changes nothing.
"""

from store.rules.dates import countdown
from store.rules.stages import INTERVIEW_STAGES, Stage, read_outcome, read_stage
from store.written import Written
from tui.commandline.arguments import Usage, coming_day, past_day, stage_named, understood
from tui.commandline.call import Call


def add(call: Call) -> int:
    """Add an application and print its number alone, for scripts."""
    words = call.words
    stage = stage_named(words.stage) or Stage.APPLIED
    applied_on = past_day(words.applied, call.today)
    with call.pipeline(create=True) as pipeline:
        written = pipeline.add(
            words.company,
            words.role,
            stage=stage,
            applied_on=applied_on,
            url=words.url,
            location=words.location,
            source=words.source,
            salary=words.salary,
            tags=tuple(words.tag),
            note=words.note,
        )
    call.out.line(str(written.application_id))
    return _told(call, written)


def move(call: Call) -> int:
    """Move an application to a stage, perhaps on an earlier day."""
    stage = understood(lambda: read_stage(call.words.stage))
    on = past_day(call.words.on, call.today)
    with call.pipeline() as pipeline:
        return _told(call, pipeline.move(call.words.id, stage, on=on))


def close(call: Call) -> int:
    """Close an application with its outcome."""
    outcome = understood(lambda: read_outcome(call.words.outcome))
    on = past_day(call.words.on, call.today)
    with call.pipeline() as pipeline:
        written = pipeline.close(call.words.id, outcome, on=on, reason=call.words.reason)
        return _told(call, written)


def reopen(call: Call) -> int:
    """Put a closed application back on the board."""
    with call.pipeline() as pipeline:
        return _told(call, pipeline.reopen(call.words.id))


def delete(call: Call) -> int:
    """Delete an application; undo brings it back."""
    with call.pipeline() as pipeline:
        return _told(call, pipeline.delete(call.words.id), "“rounds undo” brings it back.")


def interview(call: Call) -> int:
    """Log an interview, or with "invited" an invitation that has no time yet."""
    from tui.readings import read_talk

    words, today = call.words, call.today
    stage = stage_named(words.stage)
    if stage is not None and stage not in INTERVIEW_STAGES:
        raise Usage(f"Interviews belong to {' or '.join(INTERVIEW_STAGES)}, not to {stage}.")
    text, zone = " ".join(words.when), call.clock.zone
    talk, _ = understood(lambda: read_talk(text, today, zone, stage or Stage.FIRST))
    with call.pipeline() as pipeline:
        written = pipeline.interview(
            words.id,
            talk.starts_at,
            minutes=words.minutes or talk.minutes,
            stage=stage,
            place=words.place or talk.place,
            people=talk.people,
            invited_on=talk.invited_on,
        )
        return _told(call, written)


def deadline(call: Call) -> int:
    """Set the day, perhaps the time, by which an offer must be answered."""
    from tui.readings import read_deadline

    text, today, zone = " ".join(call.words.when), call.today, call.clock.zone
    wanted, _ = understood(lambda: read_deadline(text, today, zone))
    with call.pipeline() as pipeline:
        return _told(call, pipeline.deadline(call.words.id, wanted.day, wanted.at))


def replied(call: Call) -> int:
    """The employer wrote; perhaps they named the day by which they decide."""
    from store.rules.reading import parse_window

    words, today = call.words, call.today
    on = past_day(words.on, today)
    by = words.decides_by
    day = understood(lambda: parse_window(by, on or today)) if by is not None else None
    with call.pipeline() as pipeline:
        written = pipeline.replied(
            words.id,
            on=on,
            decides_by=day,
            said=by or "",
            text=words.text,
            automatic=words.automatic,
        )
        return _told(call, written)


def note(call: Call) -> int:
    """Write a note."""
    with call.pipeline() as pipeline:
        return _told(call, pipeline.note(call.words.id, " ".join(call.words.text)))


def remind(call: Call) -> int:
    """Add a follow-up of the user's own."""
    day = coming_day(call.words.when, call.today)
    with call.pipeline() as pipeline:
        return _told(call, pipeline.remind(call.words.id, day, " ".join(call.words.text)))


def done(call: Call) -> int:
    """A follow-up is done, perhaps since an earlier day."""
    on = past_day(call.words.on, call.today)
    with call.pipeline() as pipeline:
        return _told(call, pipeline.complete(call.words.id, on=on))


def snooze(call: Call) -> int:
    """Put a follow-up off to a later day."""
    day = coming_day(call.words.to, call.today)
    with call.pipeline() as pipeline:
        return _told(call, pipeline.snooze(call.words.id, day))


def skip(call: Call) -> int:
    """Skip a follow-up for good."""
    with call.pipeline() as pipeline:
        return _told(call, pipeline.skip(call.words.id))


def undo(call: Call) -> int:
    """Take the newest change back."""
    with call.pipeline() as pipeline:
        return _told(call, pipeline.undo())


def redo(call: Call) -> int:
    """Bring again what was taken back last."""
    with call.pipeline() as pipeline:
        return _told(call, pipeline.redo())


def _told(call: Call, written: Written, more: str = "") -> int:
    """Say what was done to whom, and what comes next there."""
    card = written.card
    said = f"{written.summary}."
    if card is not None:
        said = f"{card.company}, {card.role}: {said}"
        if (due := card.follow_up) is not None:
            when = countdown(due.due_on, due.due_at, call.now, due.late_until)
            more = more or f"Next: {due.label}, {when}."
    call.out.say(f"{said[:1].upper()}{said[1:]} {more}".rstrip())
    return 0
