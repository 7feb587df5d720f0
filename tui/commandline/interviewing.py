"""`rounds interview`: interviews logged, moved, cancelled, or not held after all."""

from typing import TYPE_CHECKING

from store.card import Meeting
from store.errors import NotFound
from store.rules.refusal import Refused
from store.rules.stages import INTERVIEW_STAGES, Stage
from store.written import Written
from tui.commandline.arguments import Usage, past_day, stage_named, understood
from tui.commandline.call import Call
from tui.commandline.telling import page, told

if TYPE_CHECKING:
    from store.pipeline import Pipeline
    from tui.readings import Talk


def interview(call: Call) -> int:
    """Log an interview, or with "invited" an invitation that has no time yet; or change one."""
    words = call.words
    stage = stage_named(words.stage)
    if stage is not None and stage not in INTERVIEW_STAGES:
        raise Usage(f"Interviews belong to {' or '.join(INTERVIEW_STAGES)}, not to {stage}.")
    formats, people = _formats(call), _people(call)
    named = (words.cancel, words.held, words.not_held, words.slots)
    number = next((each for each in named if each is not None), None)
    if number is not None and words.when:
        raise Usage("Say either when it is, or what became of it.")
    if words.by and words.cancel is None and words.not_held is None:
        raise Usage(
            "--by says who cancelled, or did not come: it goes with --cancel or --not-held."
        )
    if words.on and words.cancel is None and words.slots is None:
        raise Usage("--on goes with --cancel or --slots.")
    if number is not None:
        with call.pipeline() as pipeline:
            _mine(pipeline, words.id, number)
            return told(call, _became(call, pipeline))
    if not words.when:
        raise Usage(f"Say when it is: “rounds interview {words.id} tue 10:00”.")
    if words.move is not None:
        return _move(call, words.move, formats, people)
    talk = _talk(call, stage or Stage.FIRST)
    with call.pipeline() as pipeline:
        written = pipeline.interview(
            words.id,
            talk.starts_at,
            minutes=words.minutes or talk.minutes,
            stage=stage,
            place=words.place or talk.place,
            people=people or talk.people,
            invited_on=talk.invited_on,
            formats=formats or talk.formats,
            zone=talk.zone,
        )
        return told(call, written)


def _became(call: Call, pipeline: "Pipeline") -> Written:
    words, on = call.words, past_day(call.words.on, call.today)
    if words.cancel is not None:
        return pipeline.cancel_interview(words.cancel, by=words.by or "you", on=on)
    if words.slots is not None:
        return pipeline.offered_slots(words.slots, on=on)
    if words.held is not None:
        return pipeline.kept(words.held, True)
    return pipeline.kept(words.not_held, False, by=words.by or "them")


def _move(call: Call, number: int, formats: tuple[str, ...], people: str) -> int:
    """Give an interview another time; what is not said stays as it was."""
    words = call.words
    _talk(call, Stage.SECOND)
    with call.pipeline() as pipeline:
        meeting = _mine(pipeline, words.id, number)
        talk = _talk(call, Stage.SECOND, usual=meeting.minutes)
        if talk.starts_at is None:
            raise Refused("Give the new day and time, as in “thu 11:00”.")
        written = pipeline.reschedule(
            number,
            talk.starts_at,
            minutes=words.minutes or talk.minutes,
            place=words.place or talk.place or None,
            people=people or talk.people or None,
            formats=formats or talk.formats or None,
            zone=talk.zone or None,
        )
        return told(call, written)


def _talk(call: Call, stage: Stage, *, usual: int = 60) -> "Talk":
    from tui.readings import read_talk

    words, today, zone = call.words, call.today, call.clock.zone
    text = " ".join(words.when)
    talk, _ = understood(lambda: read_talk(text, today, zone, stage, words.zone or "", usual=usual))
    return talk


def _formats(call: Call) -> tuple[str, ...]:
    if not call.words.format:
        return ()
    from store.rules.formats import read_formats

    named = "+".join(call.words.format)
    found = understood(lambda: read_formats(named))
    if not found:
        raise Usage("A format needs a name: --format panel.")
    return found


def _people(call: Call) -> str:
    people = ", ".join(call.words.people)
    if call.words.people and not all(name.strip(" ,") for name in call.words.people):
        raise Usage("An interviewer needs a name: --with Ana.")
    return people


def _mine(pipeline: "Pipeline", application_id: int, number: int) -> Meeting:
    """The interview with this number; NotFound when the application has none."""
    for meeting in page(pipeline, application_id).interviews:
        if meeting.id == number:
            return meeting
    raise NotFound(f"There is no interview {number} of application {application_id}.")
