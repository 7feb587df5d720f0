"""A believable search in full swing, as many days old as it takes: `rounds demo` and pictures.

The sample is lived through rather than written: a clock is walked from the first day to the
present one, and each step goes through the use cases as the user's own would have.
"""

from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from store.clock import Clock, FixedClock, local_instant
from store.file.database import open_database
from store.model.dossier import Dossier, Due
from store.pipeline import Pipeline
from store.rules.dates import roll_back, roll_forward
from store.rules.fields import APPLICATION
from store.rules.stages import Outcome, Stage

_MORNING = time(9)
"""When the steps of a day begin; each takes a minute."""


def make_demo(path: Path, clock: Clock) -> None:
    """Make a board with the sample at `path`, where none may be yet, relative to `clock`'s day.

    Raises StoreError as `open_database` does.
    """
    now = clock.now()
    walking = FixedClock(now)
    with closing(open_database(path, walking)) as database:
        database.without_waiting()
        search = _Search(Pipeline(database), walking, now)
        for step in _steps():
            search.take(step)


class _SampleStep(NamedTuple):
    """One step of the application `company`: what happens on the day `day`."""

    day: int
    place: int
    company: str
    kind: str
    value: Any
    more: Mapping[str, Any]


_KINDS = (
    "add", "move", "close", "interview", "invited", "deadline", "replied", "note", "remind",
    "done", "tick", "debrief", "knows", "point", "offer",
)  # fmt: skip


def _steps() -> list[_SampleStep]:
    """All steps of the sample, in the order of their days."""
    import tomllib

    data = tomllib.loads(Path(__file__).with_name("demo.toml").read_text(encoding="utf-8"))
    steps: list[_SampleStep] = []
    for application in data["application"]:
        company = application["company"]
        steps.append(
            _SampleStep(application["applied"], len(steps), company, "add", application, {})
        )
        for step in application.get("steps", ()):
            kind = next(kind for kind in _KINDS if kind in step)
            steps.append(_SampleStep(step["day"], len(steps), company, kind, step[kind], step))
    for posting in data["posting"]:
        steps.append(
            _SampleStep(posting["taken"], len(steps), posting["company"], "posting", posting, {})
        )
    return sorted(steps, key=lambda step: (step.day, step.place))


class _Search:
    """The person of the sample, with a clock that is set to the day of each step."""

    def __init__(self, pipeline: Pipeline, clock: FixedClock, now: datetime) -> None:
        self.pipeline = pipeline
        self.clock = clock
        self.now = now
        self.ids: dict[str, int] = {}

    def take(self, step: _SampleStep) -> None:
        """Do what `step` says on the morning of its day, or now if that is yet to come."""
        morning = local_instant(self.day(step.day), _MORNING, self.clock.zone)
        after = self.clock.moment + timedelta(minutes=1) if self.ids else morning
        self.clock.moment = min(max(morning, after), self.now)
        getattr(self, f"_{step.kind}")(self.ids.get(step.company, 0), step.value, step.more)

    def day(self, offset: int) -> date:
        """The day `offset` days from today."""
        return self.now.date() + timedelta(days=offset)

    def business_day(self, offset: int) -> date:
        """The same, moved from a weekend: back when it is over, forward when it is to come."""
        return (roll_back if offset < 0 else roll_forward)(self.day(offset))

    def _add(self, _: int, value: Mapping[str, Any], __: Mapping[str, Any]) -> None:
        details = {name: value[name] for name in APPLICATION if name in value}
        if "closing" in value:
            details["closing_on"] = self.day(value["closing"])
        written = self.pipeline.add(**details, tags=tuple(value.get("tags", ())))
        assert written.application_id is not None
        self.ids[value["company"]] = written.application_id

    def _posting(self, _: int, value: Mapping[str, Any], __: Mapping[str, Any]) -> None:
        details = {name: value[name] for name in APPLICATION if name in value}
        if "closing" in value:
            details["closing_on"] = self.day(value["closing"])
        tags, asked = tuple(value.get("tags", ())), value.get("requirements", ())
        self.pipeline.shelve(**details, tags=tags, requirements=asked)

    def _move(self, card: int, value: str, _: Mapping[str, Any]) -> None:
        self.pipeline.move(card, Stage(value))

    def _close(self, card: int, value: str, more: Mapping[str, Any]) -> None:
        self.pipeline.close(card, Outcome(value), reason=more.get("reason", ""))

    def _interview(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        day = self.business_day(value["on"])
        self.pipeline.interview(
            card,
            local_instant(day, time.fromisoformat(value["at"]), self.clock.zone),
            minutes=value["minutes"],
            people=value.get("people", ""),
            place=value.get("place", ""),
            formats=value.get("formats", ()),
        )

    def _invited(self, card: int, _: bool, __: Mapping[str, Any]) -> None:
        self.pipeline.interview(card, None)

    def _deadline(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        at = time.fromisoformat(value["at"])
        self.pipeline.deadline(card, self.business_day(value["on"]), at)

    def _replied(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        by = value.get("decides_by")
        self.pipeline.log_reply(
            card,
            decides_by=self.business_day(by) if by is not None else None,
            text=value.get("text", ""),
            automatic=value.get("automatic", False),
        )

    def _note(self, card: int, value: str, _: Mapping[str, Any]) -> None:
        self.pipeline.note(card, value)

    def _remind(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        self.pipeline.remind(card, self.day(value["on"]), value["text"])

    def _done(self, card: int, value: str, _: Mapping[str, Any]) -> None:
        wanted = [d for d in self._open(card) if d.action == value or d.label.startswith(value)]
        first = wanted[0]
        for due in wanted:
            # One for each person of an interview, and of inquiries the one whose turn it is.
            if (due.interview_id, due.nth) == (first.interview_id, first.nth):
                self.pipeline.complete(due.id)

    def _debrief(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        interviews = self._read(card).interviews
        held = [interview for interview in interviews if interview.was_held(self.clock.moment)]
        by = value.get("decides_by")
        self.pipeline.debrief(
            held[-1].id,
            mood=value["mood"],
            wish=value["wish"],
            signals=value.get("signals", ()),
            next_step=value.get("next_step", ""),
            promised_by=self.business_day(by) if by is not None else None,
            points=[(kind, text, False) for kind, text in value["points"]],
        )

    def _knows(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        """More about a person of the application: `name`, and fields of a contact."""
        person = next(c for c in self._read(card).contacts if c.name == value["name"])
        self.pipeline.edit_contact(person.id, value)

    def _point(self, card: int, value: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        """A line: `kind` and `text`; `answers` is how the point begins that it answers."""
        points = self._read(card).points
        begins = value.get("answers")
        answered = next((p for p in points if begins and p.text.startswith(begins)), None)
        self.pipeline.point(
            card,
            value["kind"],
            value["text"],
            detail=value.get("detail", ""),
            answers_id=answered.id if answered is not None else None,
        )

    def _offer(self, card: int, value: str, _: Mapping[str, Any]) -> None:
        self.pipeline.offer(card, kind=value)

    def _read(self, card: int) -> Dossier:
        with closing(self.pipeline.database.glance()) as glance:
            return glance.dossier(card)

    def _open(self, card: int) -> tuple[Due, ...]:
        with closing(self.pipeline.database.glance()) as glance:
            return glance.follow_ups_of(card)

    def _tick(self, card: int, value: list[str], _: Mapping[str, Any]) -> None:
        for tip in value:
            self.pipeline.tick(card, tip, True)
