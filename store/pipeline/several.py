"""One action of the user on follow-ups of several applications: one change, one step of undo."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from store.journal import Entry, application, recorded
from store.pipeline.outlook import read_outlook
from store.pipeline.use_case import Step, UseCases, found, owner_of
from store.rules.dates import short_day
from store.rules.text import Refused
from store.tables import FollowUp
from store.written import Written

Done = Callable[[Step, FollowUp], object]
"""What is done to one open follow-up."""

_SUMMARY_AT_MOST = 500


class Several:
    """A use case under way: the applications that it has been about so far."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.steps: dict[int, Step] = {}
        """By application, in the order in which they came up."""
        self.written: Written | None = None

    def step(self, application_id: int) -> Step:
        """The step of one application; NotFound when there is none with this id."""
        if application_id not in self.steps:
            row = application(self.entry.session, application_id)
            self.steps[application_id] = Step(self.entry, row)
        return self.steps[application_id]

    def follow_up(self, follow_up_id: int) -> tuple[Step, FollowUp]:
        """An open follow-up and the step of its application; Refused when it is not open."""
        missing = missing_follow_up(follow_up_id)
        owner = owner_of(FollowUp, follow_up_id, missing)(self.entry.session)
        step = self.step(owner)
        return step, open_follow_up(step, follow_up_id)

    def result(self) -> Written:
        """What the use case gives back, once its block has ended."""
        assert self.written is not None
        return self.written


class SeveralCases(UseCases):
    """The base of use cases that may be about several applications at once."""

    @contextmanager
    def _several(self, verb: str, *, on: date | None = None) -> Iterator[Several]:
        """Change some applications: afterwards the follow-ups of each are planned anew."""
        with recorded(self.database, verb, verb, on=on) as entry:
            before = read_outlook(entry.session)
            several = Several(entry)
            yield several
            rows = [step.row for step in several.steps.values()]
            after = read_outlook(entry.session)
            self._planner.replan(entry, rows, after)
            also = {*several.steps, *self._planner.replan_others(entry, before, after)}
            entry.stamp()
            only = next(iter(several.steps)) if len(several.steps) == 1 else None
            several.written = self._answer(entry, only, also=tuple(sorted(also - {only})))

    def _to_all(
        self,
        verb: str,
        told: str,
        follow_up_ids: Sequence[int],
        act: Done,
        *,
        on: date | None = None,
    ) -> Written:
        """Do `act` to each of the follow-ups, or to none of them; `told` begins the summary."""
        with self._several(verb, on=on) as several:
            labels: dict[str, None] = {}
            for follow_up_id in distinct(follow_up_ids):
                step, row = several.follow_up(follow_up_id)
                act(step, row)
                labels[row.label] = None
            several.entry.change.summary = told_of(told, labels)
        return several.result()


def distinct(follow_up_ids: Sequence[int]) -> list[int]:
    """Each id once; Refused when there is none."""
    if not follow_up_ids:
        raise Refused("No follow-up was named.")
    return list(dict.fromkeys(follow_up_ids))


def told_of(told: str, labels: dict[str, None]) -> str:
    """A summary that names each label once, as long as one may be."""
    return f"{told}: {', '.join(labels)}"[:_SUMMARY_AT_MOST]


def missing_follow_up(follow_up_id: int) -> str:
    """The sentence for a follow-up that there is not."""
    return f"There is no follow-up {follow_up_id}."


def open_follow_up(step: Step, follow_up_id: int) -> FollowUp:
    """The open follow-up with this id; Refused when it was done or skipped."""
    row = found(step.entry.session, FollowUp, follow_up_id, missing_follow_up(follow_up_id))
    if row.state != "open":
        day = f" on {short_day(row.done_on)}" if row.done_on else ""
        raise Refused(f"This follow-up was {row.state}{day} already.")
    return row
