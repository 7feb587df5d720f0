"""The history of every application, read for the figures of `store.chances_report`."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from store.reading import Reader, plus_minutes, stored
from store.rules.chances.chances import Done, History, Move, Step, Talk, steps
from store.rules.stages import OFFER_OUTCOMES, Outcome, Stage

if TYPE_CHECKING:
    from store.glance import Glance

_APPLICATIONS = """
SELECT id, company, role, applied_on, outcome, closed_on, source, tags, channel, created_at
FROM application ORDER BY id"""
_STANDINGS = "SELECT id, stage, outcome FROM application ORDER BY id"
_TALKS_AHEAD = """
SELECT application_id, interview.stage, starts_at, minutes
FROM interview JOIN application ON application.id = application_id
WHERE status = 'confirmed' AND starts_at <= :now AND interview.stage <> application.stage"""
_MOVES = "SELECT application_id, moved_on, from_stage, to_stage FROM stage_move"
_TALKS = """
SELECT application_id, stage, starts_at, minutes FROM interview
WHERE status = 'confirmed' AND kept IS NOT FALSE AND starts_at <= :now"""
_DONE = """
SELECT application_id, done_on, due_on, due_at, snoozed_to FROM follow_up
WHERE state = 'done' AND done_on IS NOT NULL"""

_STAGES: dict[str | None, Stage] = {stage.value: stage for stage in Stage}
_OUTCOMES: dict[str | None, Outcome | None] = {outcome.value: outcome for outcome in Outcome} | {
    None: None
}
_PLACES = {stage.value: stage.place for stage in Stage}
_OFFERED = {outcome.value: Stage.OFFER.place for outcome in OFFER_OUTCOMES}
_REFERRAL = re.compile(r"(?<!no )(?<!not )(?<!non-)(?<!without )\b(?:referr|recommend)", re.I)


def read_histories(glance: "Glance", now: datetime | None = None) -> tuple[History, ...]:
    """The history of each application, open or closed, by id, with the interviews held by `now`.

    Days are those at the reader's place. Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        return tuple(_histories(reader, stored(reader.now(now))))


def read_steps(glance: "Glance", now: datetime | None = None) -> tuple[Step, ...]:
    """The four steps of all applications: those of a funnel of all histories, in a tenth of the
    time, since the stage in which a card stands is where its moves have led.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        until = stored(reader.now(now))
        met: dict[int, int] = {}
        for owner, stage, starts, minutes in reader.rows(_TALKS_AHEAD, {"now": until}):
            if plus_minutes(starts, minutes) <= until:
                met[owner] = max(met.get(owner, 0), _PLACES[stage])
        return steps(
            (
                id_,
                max(_PLACES[stage], met.get(id_, 0), _OFFERED.get(outcome, 0)),
                _OUTCOMES[outcome],
            )
            for id_, stage, outcome in reader.rows(_STANDINGS)
        )


def is_referral(source: str, channel: str, tags: Iterable[str]) -> bool:
    """Whether one of the texts says that somebody referred or recommended the user."""
    return any(map(_refers, (source, channel, *tags)))


@lru_cache(maxsize=1_000)
def _refers(text: str) -> bool:
    """Remembered, since thousands of applications share a few sources and tags."""
    return _REFERRAL.search(text) is not None


def _histories(reader: Reader, now: str) -> Iterable[History]:
    days, instants = reader.days, reader.instants
    moves = _moves(reader)
    talks = _talks(reader, now)
    done = _done(reader)
    tags_of: dict[str, tuple[str, ...]] = {"[]": ()}
    none: tuple[()] = ()
    for row in reader.rows(_APPLICATIONS):
        id_, company, role, applied_on, outcome, closed_on, source, tag_list, channel, made = row
        if tag_list not in tags_of:
            tags_of[tag_list] = tuple(map(str, json.loads(tag_list)))
        tags = tags_of[tag_list]
        yield History(
            id_,
            company,
            role,
            days[applied_on],
            tuple(moves.get(id_, none)),
            _OUTCOMES[outcome],
            days[closed_on],
            source,
            tags,
            is_referral(source, channel, tags),
            instants[made].date(),
            tuple(talks.get(id_, none)),
            tuple(done.get(id_, none)),
        )


def _moves(reader: Reader) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = {}
    for owner, on, came_from, to in reader.rows(_MOVES):
        origin = _STAGES[came_from] if came_from is not None else None
        found.setdefault(owner, []).append(Move(reader.days[on], origin, _STAGES[to]))
    return found


def _talks(reader: Reader, now: str) -> dict[int, list[Talk]]:
    """The interviews that are over."""
    found: dict[int, list[Talk]] = {}
    for owner, stage, starts, minutes in reader.rows(_TALKS, {"now": now}):
        if plus_minutes(starts, minutes) <= now:
            talk = Talk(_STAGES[stage], reader.instants[starts].date())
            found.setdefault(owner, []).append(talk)
    return found


def _done(reader: Reader) -> dict[int, list[Done]]:
    """The follow-ups that were done, each with the day that was asked for last."""
    found: dict[int, list[Done]] = {}
    for owner, on, due_on, due_at, snoozed_to in reader.rows(_DONE):
        due: date = reader.days[snoozed_to or due_on]
        if due_at is not None and snoozed_to is None:
            due = reader.instants[due_at].date()
        found.setdefault(owner, []).append(Done(reader.days[on], due))
    return found
