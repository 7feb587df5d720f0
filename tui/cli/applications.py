"""The commands that change the board: each one use case, told in a line on stderr.

Every word is read before the board is opened, so that a mistyped day changes nothing.
"""

from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from store.errors import NotFound, StoreError
from store.rules.employers import Before, before_line, folded_employer
from store.rules.followups.rank import FOLDS
from store.rules.people import check_relation
from store.rules.stages import Stage, read_outcome, read_stage
from tui.cli.call import Call, told
from tui.cli.words import coming_day, past_day, stage_named, understood

if TYPE_CHECKING:
    from store.pipeline import Pipeline


def add(call: Call) -> int:
    """Add an application and print its number alone, for scripts."""
    words = call.words
    stage = stage_named(words.stage) or Stage.APPLIED
    applied_on = past_day(words.applied, call.today)
    if words.relation is not None:
        understood(lambda: check_relation(words.relation))
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
            contact_name=words.contact,
            contact_email=words.email,
            contact_relation=words.relation or "",
        )
        earlier = _earlier(call, pipeline, words.company, written.application_id)
    call.out.line(str(written.application_id))
    told(call, written)
    if earlier:
        call.out.say(f"Note: {earlier}")
    return 0


def _earlier(call: Call, pipeline: "Pipeline", company: str, application_id: int | None) -> str:
    """What happened at the employer before the application that was just added.

    That is safe by now, so what cannot be read any more is no failure.
    """
    from store.read.history import read_before

    found: Sequence[Before] = ()
    with suppress(StoreError), closing(pipeline.database.glance()) as glance:
        found = read_before(glance).get(folded_employer(company), ())
    return before_line([one for one in found if one.id != application_id], call.today)


def move(call: Call) -> int:
    """Move an application to a stage, perhaps on an earlier day."""
    stage = understood(lambda: read_stage(call.words.stage))
    on = past_day(call.words.on, call.today)
    with call.pipeline() as pipeline:
        return told(call, pipeline.move(call.words.id, stage, on=on))


def close(call: Call) -> int:
    """Close an application with its outcome."""
    outcome = understood(lambda: read_outcome(call.words.outcome))
    on = past_day(call.words.on, call.today)
    words = call.words
    lessons = {
        name: text
        for name, text in (("lesson_keep", words.keep), ("lesson_change", words.change))
        if text
    }
    with call.pipeline() as pipeline:
        written = pipeline.close(words.id, outcome, on=on, reason=words.reason)
        if lessons:
            pipeline.edit(words.id, lessons)
        return told(call, written)


def reopen(call: Call) -> int:
    """Put a closed application back on the board."""
    with call.pipeline() as pipeline:
        return told(call, pipeline.reopen(call.words.id))


def delete(call: Call) -> int:
    """Delete an application; undo brings it back."""
    with call.pipeline() as pipeline:
        return told(call, pipeline.delete(call.words.id), "“rounds undo” reverts this.")


def deadline(call: Call) -> int:
    """Set the day, perhaps the time, by which an offer must be answered."""
    from tui.one_line import read_deadline

    text, today, zone = " ".join(call.words.when), call.today, call.clock.zone
    wanted, _ = understood(lambda: read_deadline(text, today, zone))
    with call.pipeline() as pipeline:
        return told(call, pipeline.deadline(call.words.id, wanted.day, wanted.at))


def replied(call: Call) -> int:
    """The employer wrote; perhaps they named the day by which they decide."""
    from store.rules.typed.days import parse_window

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
        return told(call, written)


def note(call: Call) -> int:
    """Write a note."""
    with call.pipeline() as pipeline:
        return told(call, pipeline.note(call.words.id, " ".join(call.words.text)))


def remind(call: Call) -> int:
    """Add a follow-up of the user's own."""
    day = coming_day(call.words.when, call.today)
    with call.pipeline() as pipeline:
        return told(call, pipeline.remind(call.words.id, day, " ".join(call.words.text)))


def done(call: Call) -> int:
    """A follow-up is done, or several with one message, perhaps since an earlier day."""
    words = call.words
    on = past_day(words.on, call.today)
    with call.pipeline() as pipeline:
        first, *more = _meant(pipeline, words.id)
        more += words.more
        if more or words.id in FOLDS:
            return told(call, pipeline.complete_all([first, *more], on=on))
        return told(call, pipeline.complete(first, on=on))


def snooze(call: Call) -> int:
    """Put a follow-up off to a later day, or all of a fold."""
    words = call.words
    day = coming_day(words.to, call.today)
    with call.pipeline() as pipeline:
        ids = _meant(pipeline, words.id)
        if words.id in FOLDS:
            return told(call, pipeline.snooze_all(ids, day))
        return told(call, pipeline.snooze(words.id, day))


def skip(call: Call) -> int:
    """Skip a follow-up for good, or all of a fold."""
    wanted = call.words.id
    with call.pipeline() as pipeline:
        ids = _meant(pipeline, wanted)
        if wanted in FOLDS:
            return told(call, pipeline.skip_all(ids))
        return told(call, pipeline.skip(wanted))


def _meant(pipeline: "Pipeline", wanted: int | str) -> list[int]:
    """The follow-up with this number, or those of today that the fold of this name stands for."""
    if isinstance(wanted, int):
        return [wanted]
    with closing(pipeline.database.glance()) as glance:
        ids = [due.id for due in glance.due() if due.fold == wanted]
    if not ids:
        raise NotFound(f"“rounds due” has no line “{wanted}” today.")
    return ids


def undo(call: Call) -> int:
    """Take the newest change back."""
    with call.pipeline() as pipeline:
        return told(call, pipeline.undo())


def redo(call: Call) -> int:
    """Bring again what was taken back last."""
    with call.pipeline() as pipeline:
        return told(call, pipeline.redo())
