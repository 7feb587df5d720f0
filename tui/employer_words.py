"""All that was with one employer in words, for the screen and the command line: facts only."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from store.model.employer import AtEmployer, EmployerRecord, PersonThere
from store.rules.dates import short_day
from store.rules.employers import Before, before_line
from store.rules.last_heard import Silence
from store.rules.people import OTHER, RELATIONS
from store.rules.stages import Outcome, Stage, stage_name
from store.rules.text import plural
from tui.wording import interview_name, interview_when, state_in_full

_ENDED_BY_USER = (Outcome.ACCEPTED, Outcome.DECLINED)


def summary_line(record: EmployerRecord, today: date) -> str:
    """How many applications there were, since when, and how they ended."""
    return before_line([_before(one) for one in record.applications], today)


def names_line(record: EmployerRecord) -> str:
    """The other names that mean this employer, and those that do not; "" without any."""
    also = [name for name in record.names if name != record.name]
    parts = [f"also {', '.join(also)}"] if also else []
    parts += [f"not {', '.join(record.apart)}"] if record.apart else []
    return " · ".join(parts)


def facts(one: AtEmployer, now: datetime) -> Iterator[tuple[str, str]]:
    """What is known of one application, each with the words that stand before it."""
    today = now.date()
    days = ((step.stage, step.on) for step in one.steps)
    steps = (
        f"{stage_name(stage)} {short_day(on, today) if on is not None else '(day unknown)'}"
        for stage, on in days
    )
    yield "Stages", ", ".join(steps)
    if one.card.outcome is not None:
        yield "Outcome", _end(one, today)
    yield "Answer", answer_words(one, today)
    if one.silences:
        yield "Silence", "; ".join(silence_words(silence, today) for silence in one.silences)
    for interview in one.interviews:
        told = (interview_when(interview, now), interview_name(interview, people=True))
        yield "Interview", " · ".join((*told, state_in_full(interview, now)))
    if one.look_again_on is not None:
        yield "Look again", short_day(one.look_again_on, today)


def answer_words(one: AtEmployer, today: date) -> str:
    """After how many days the first was heard: "after 12 days", "none in 45 days"."""
    if one.answered_after is not None:
        return f"after {_days(one.answered_after)}" if one.answered_after else "on the same day"
    card = one.card
    if one.heard or card.applied_on is None:
        return "days not known"
    waited = ((card.closed_on or today) - card.applied_on).days
    return f"none in {_days(waited)}" if waited else "none yet"


def silence_words(silence: Silence, today: date) -> str:
    """ "18 days until Fri 20 Mar", "42 days so far, since Mon 12 Oct"."""
    if silence.until is None:
        return f"{_days(silence.days)} so far, since {short_day(silence.since, today)}"
    return f"{_days(silence.days)} until {short_day(silence.until, today)}"


def longest_silence(one: AtEmployer) -> str:
    """The days of the longest silence, for a column; "" without any."""
    return f"{max(silence.days for silence in one.silences):,}" if one.silences else ""


def person_words(person: PersonThere) -> str:
    """Who somebody is, and how to reach them."""
    relation = "" if person.relation == OTHER else RELATIONS[person.relation]
    parts = (person.called, person.title, relation, person.email, person.phone)
    return " · ".join(dict.fromkeys(filter(None, parts)))


def known_people(record: EmployerRecord) -> Sequence[PersonThere]:
    """Those who are known there, each name once: as on the newest application."""
    found: dict[str, PersonThere] = {}
    for one in record.people:
        found.setdefault(one.called.casefold(), one)
    return list(found.values())


def _end(one: AtEmployer, today: date) -> str:
    card = one.card
    assert card.outcome is not None
    stage = "an offer" if card.stage is Stage.OFFER else f"the {stage_name(card.stage)}"
    words = card.outcome.title
    if card.outcome not in _ENDED_BY_USER and card.stage is not Stage.APPLIED:
        words += f" after {stage}"
    if card.closed_on is not None:
        words += f" on {short_day(card.closed_on, today)}"
    return f"{words} — {one.reason}" if one.reason else words


def _days(count: int) -> str:
    return plural(count, "day")


def _before(one: AtEmployer) -> Before:
    card = one.card
    return Before(
        card.id, card.role, card.stage, card.applied_on, card.outcome, card.closed_on, card.company
    )
