"""All that was with one employer, free of the database: facts, no verdict."""

from datetime import date
from typing import NamedTuple

from store.model.board import Card, InterviewEntry
from store.rules.last_heard import Silence
from store.rules.stages import Stage


class ReachedStage(NamedTuple):
    """A stage that an application reached, on its day; None where that is not known."""

    stage: Stage
    on: date | None


class AtEmployer(NamedTuple):
    """One application of those to an employer.

    `answered_after` is the days from the application to the first that was heard, None where
    nothing was (see `heard`) or the days are not known; `look_again_on` the day to look for another
    role there.
    """

    card: Card
    steps: tuple[ReachedStage, ...]
    heard: bool
    answered_after: int | None
    silences: tuple[Silence, ...]
    interviews: tuple[InterviewEntry, ...]
    look_again_on: date | None
    reason: str = ""
    """Why it ended, as the user noted it."""


class PersonThere(NamedTuple):
    """Somebody who is known at an employer: the contact of an application."""

    contact_id: int
    application_id: int
    name: str
    title: str
    email: str
    phone: str
    relation: str

    @property
    def called(self) -> str:
        """The name; the address where only that is known."""
        return self.name or self.email


class EmployerRecord(NamedTuple):
    """What was with one employer, the newest application first.

    `name` is how the newest application spells it, `names` are all spellings, those of applications
    first; `apart` are names that look alike and which the user said are others.
    """

    key: str
    name: str
    names: tuple[str, ...]
    apart: tuple[str, ...]
    applications: tuple[AtEmployer, ...]
    people: tuple[PersonThere, ...]
