"""What a board must show, worked out from what was done alone: no table, no query, no screen.

One model for the store, the command line and the screen. Of the product it uses the pure rules
only (`plan`, the words for a day); what an action means is said here a second time, in few words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from store.rules.dates import clock_time, short_day
from store.rules.followups.plan import Acceptance, Facts, OtherOffer, Talk, Word, plan
from store.rules.followups.planned import Key, Planned
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage, outcomes_from

RULES = rules_for()
SENT = {
    "inquire": "nudge",
    "ask_slot": "nudge",
    "ask_letter": "nudge",
    "ask_counter": "nudge",
    "answer": "answer",
    "thank": "thank_you",
    "acknowledge": "acknowledgement",
    **dict.fromkeys(
        ("more_time", "ask_deadline", "tell_date", "withdraw", "thank_reply", "keep_in_touch"),
        "other",
    ),
}
"""The message that doing a follow-up of this action sends."""
OWED_AFTER_THE_END = ("R7", "R19", "R20", "R21")


class No(Exception):
    """A rule forbids it: the board must refuse, and stay as it was."""


class Due(NamedTuple):
    """A follow-up as every list shows it."""

    day: date
    at: datetime | None
    application_id: int
    label: str
    nth: int
    of: int


class Face(NamedTuple):
    """An application as every list shows it."""

    id: int
    company: str
    role: str
    stage: str
    outcome: str | None
    applied_on: date
    stage_since: date


Step = tuple[date, str, str]
"""One line of the timeline: the day, the verb, the words."""


@dataclass(frozen=True)
class FollowUp:
    planned: Planned
    state: str = "open"
    snoozed_to: date | None = None
    lapses: bool = True


_SET = ("snooze", "deadline")
"""What sets a day and writes nothing else down."""


@dataclass(frozen=True)
class Known:
    """One application with all that was done to it."""

    id: int
    company: str
    role: str
    facts: Facts
    follow_ups: Mapping[Key, FollowUp]
    timeline: tuple[Step, ...]


Board = dict[int, Known]


class Model:
    """The board now, and the boards that undo and redo lead to."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.board: Board = {}
        self.past: list[Board] = []
        self.future: list[Board] = []
        self.applications = 0
        """How many there ever were: numbers are not given twice."""
        self._parts = 0

    # What is shown

    def faces(self, closed: bool | None = None) -> set[Face]:
        """The applications: the open ones, the closed ones, or with None all."""
        return {
            Face(
                one.id,
                one.company,
                one.role,
                one.facts.stage.value,
                one.facts.outcome.value if one.facts.outcome else None,
                one.facts.applied_on or date.min,
                one.facts.stage_since,
            )
            for one in self.board.values()
            if closed is None or closed == (one.facts.outcome is not None)
        }

    def due(self, days: int) -> list[Due]:
        """What is late, due today, or due in the next `days` days, in order."""
        return [due for _, due, _ in self.rows(days)]

    def rows(self, days: int) -> list[tuple[datetime, Due, Key]]:
        """What is due, each with its moment and its key."""
        now = self._now()
        until = now.date() + timedelta(days=days)
        found = []
        for one in self.board.values():
            for key, row in one.follow_ups.items():
                if self._is_shown(one, row, now):
                    moment, due = self._due(one, row)
                    if due.day <= until:
                        found.append((moment, due, key))
        return sorted(found, key=lambda row: (row[1].day, row[0], row[1][2:]))

    def timeline(self, number: int) -> list[Step]:
        """What happened to one application, the newest first."""
        return list(reversed(self.board[number].timeline))

    # What is done

    def add(self, company: str, role: str, back: int, stage: Stage) -> None:
        self.applications += 1
        day = self._today - timedelta(days=back)
        facts = Facts(
            zone=self._zone,
            stage=Stage.APPLIED,
            stage_since=day,
            applied_on=day,
            contact_known=False,
        )
        said = "added"
        if stage is not Stage.APPLIED:
            facts, said = self._put(facts, stage, self._today), f"added in {stage}"
        one = Known(self.applications, company, role, facts, {}, ((day, "add", said),))
        self._store({**self.board, one.id: one})

    def move(self, number: int, stage: Stage) -> None:
        one = self._open(number)
        if one.facts.stage is stage:
            raise No
        self._change(
            one,
            self._put(one.facts, stage, self._today),
            "move",
            f"moved from {one.facts.stage} to {stage}",
        )

    def close(self, number: int, outcome: Outcome) -> None:
        one = self._open(number)
        if outcome not in outcomes_from(one.facts.stage):
            raise No
        self._change(one, self._end(one.facts, outcome), "close", f"closed: {outcome.title}")

    def reopen(self, number: int) -> None:
        one = self._get(number)
        if one.facts.outcome is None:
            raise No
        facts = replace(
            one.facts, outcome=None, closed_on=None, closed_at=None, thanked_for_rejection=False
        )
        self._change(one, facts, "reopen", "reopened")

    def delete(self, number: int) -> None:
        self._get(number)
        self._store({n: one for n, one in self.board.items() if n != number})

    def note(self, number: int, text: str) -> None:
        one = self._get(number)
        self._change(one, one.facts, "note", "noted")

    def replied(self, number: int, ahead: int | None) -> None:
        one = self._get(number)
        facts, kind, said = one.facts, "reply", "they replied"
        if ahead is not None:
            by = self._today + timedelta(days=ahead)
            facts = replace(facts, expected_by=by, expected_set_on=self._today)
            kind, said = "date_given", f"they replied: decision by {short_day(by, self._today)}"
        self._change(one, self._heard(facts, kind), "reply", said)

    def deadline(self, number: int, ahead: int) -> None:
        one = self._open(number)
        if one.facts.stage is not Stage.OFFER:
            raise No
        day = self._today + timedelta(days=ahead)
        facts = replace(one.facts, deadline_on=day, deadline_at=None, deadline_set_on=self._today)
        self._change(one, facts, "deadline", f"answer wanted by {short_day(day, self._today)}")

    def interview(self, number: int, starts_at: datetime | None) -> None:
        one = self._open(number)
        facts, today = one.facts, self._today
        held = starts_at.astimezone(self._zone).date() if starts_at else today
        stage = {0: Stage.FIRST, 3: Stage.SECOND}.get(facts.stage.place, facts.stage)
        if stage.place > facts.stage.place:
            facts = self._put(facts, stage, max(min(today, held), facts.stage_since))
        if facts.applied_on is not None and held < facts.applied_on:
            raise No
        talks = list(facts.talks)
        waiting = [n for n, t in enumerate(talks) if t.starts_at is None and t.stage is stage]
        if starts_at is None:
            self._parts += 1
            talk = Talk(
                self._parts, stage, today, invited_on=today, invited_at=self._now().astimezone(UTC)
            )
            facts = self._heard(replace(facts, talks=(*talks, talk)), "invitation")
            self._change(one, facts, "interview", f"invited to a {stage} interview")
            return
        ends_at = starts_at + timedelta(hours=1)
        if waiting:
            place = waiting[0]
            talks[place] = replace(
                talks[place], starts_at=starts_at, ends_at=ends_at, answered=True
            )
        else:
            self._parts += 1
            talks.append(Talk(self._parts, stage, today, starts_at, ends_at))
        local = starts_at.astimezone(self._zone)
        said = f"{stage} interview {short_day(local.date(), today)} {clock_time(local)}"
        self._change(one, replace(facts, talks=tuple(talks)), "interview", said)

    def remind(self, number: int, ahead: int, label: str) -> None:
        one = self._open(number)
        self._parts += 1
        day = self._today + timedelta(days=ahead)
        planned = Planned("own", f"own:{self._parts}", 1, 1, "own", label, "", day)
        said = f"reminder for {short_day(day, self._today)}: {label}"
        self._change(
            one, one.facts, "remind", said, {**one.follow_ups, planned.key: FollowUp(planned)}
        )

    def complete(self, number: int, key: Key) -> None:
        one = self._get(number)
        row, facts, today = one.follow_ups[key], one.facts, self._today
        action, talk_id, said = row.planned.action, row.planned.interview_id, row.planned.label
        talk = next((t for t in facts.talks if t.id == talk_id), None)
        ended = talk.ends_at if talk else None
        if action in ("thank", "inquire", "debrief") and ended and ended > self._now():
            raise No
        if action in SENT:
            facts = replace(facts, words=(*facts.words, Word(today, False, SENT[action])))
        said = f"done: {said}"
        match action:
            case "acknowledge":
                facts = replace(facts, acknowledged=True)
            case "answer" if talk:
                facts = self._with_talk(facts, replace(talk, answered=True))
            case "debrief" if talk:
                facts = self._with_talk(facts, replace(talk, debriefed=True))
            case "more_time":
                facts = replace(facts, extension_asked_on=today)
            case "thank_reply":
                facts = replace(facts, thanked_for_rejection=True)
            case "withdraw":
                facts, said = self._end(facts, Outcome.WITHDRAWN), "withdrawn"
        rows = {**one.follow_ups, key: replace(row, state="done")}
        self._change(one, facts, "done", said, rows)

    def skip(self, number: int, key: Key) -> None:
        one = self._get(number)
        row = one.follow_ups[key]
        rows = {**one.follow_ups, key: replace(row, state="skipped")}
        self._change(one, one.facts, "skip", f"skipped: {row.planned.label}", rows)

    def snooze(self, number: int, key: Key, ahead: int) -> None:
        one = self._get(number)
        row = one.follow_ups[key]
        day = self._today + timedelta(days=ahead)
        until = row.planned.lapses_at
        lapses = row.planned.rule == "R5" and row.lapses and until is not None
        if lapses and until is not None and day > until.astimezone(self._zone).date():
            raise No
        rows = {**one.follow_ups, key: replace(row, snoozed_to=day, lapses=lapses)}
        said = f"put off to {short_day(day, self._today)}: {row.planned.label}"
        self._change(one, one.facts, "snooze", said, rows)

    def undo(self) -> None:
        if not self.past:
            raise No
        self.future.append(self.board)
        self.board = self.past.pop()

    def redo(self) -> None:
        if not self.future:
            raise No
        self.past.append(self.board)
        self.board = self.future.pop()

    # How it hangs together

    @property
    def _zone(self) -> object:
        return self._now().tzinfo

    @property
    def _today(self) -> date:
        return self._now().date()

    def _get(self, number: int) -> Known:
        if number not in self.board:
            raise No
        return self.board[number]

    def _open(self, number: int) -> Known:
        one = self._get(number)
        if one.facts.outcome is not None:
            raise No
        return one

    def _put(self, facts: Facts, stage: Stage, day: date) -> Facts:
        if stage is Stage.OFFER:
            at = self._now().astimezone(UTC) if day == self._today else None
            facts = replace(facts, offered_on=day, offered_at=at)
        elif facts.stage is Stage.OFFER:
            facts = replace(
                facts,
                offered_on=None,
                offered_at=None,
                acknowledged=False,
                deadline_on=None,
                deadline_at=None,
                deadline_set_on=None,
                extension_asked_on=None,
            )
        return replace(facts, stage=stage, stage_since=day)

    def _end(self, facts: Facts, outcome: Outcome) -> Facts:
        return replace(
            facts, outcome=outcome, closed_on=self._today, closed_at=self._now().astimezone(UTC)
        )

    def _heard(self, facts: Facts, kind: str) -> Facts:
        return replace(facts, words=(*facts.words, Word(self._today, True, kind)))

    def _with_talk(self, facts: Facts, talk: Talk) -> Facts:
        talks = tuple(talk if one.id == talk.id else one for one in facts.talks)
        return replace(facts, talks=talks)

    def _change(
        self,
        one: Known,
        facts: Facts,
        verb: str,
        said: str,
        rows: Mapping[Key, FollowUp] | None = None,
    ) -> None:
        timeline = (*one.timeline, (self._today, verb, said))
        rows = one.follow_ups if rows is None else rows
        if verb in _SET and (facts, rows) == (one.facts, one.follow_ups):
            # Said a second time: a step to undo, but nothing that happened to the application.
            timeline = one.timeline
        changed = replace(one, facts=facts, timeline=timeline, follow_ups=rows)
        self._store({**self.board, one.id: changed})

    def _store(self, board: Board) -> None:
        offers, acceptances = [], []
        for one in board.values():
            if one.facts.outcome is None and one.facts.stage is Stage.OFFER:
                day = one.facts.offered_on or one.facts.stage_since
                offers.append(OtherOffer(one.id, one.company, day, one.facts.deadline_on))
            elif one.facts.outcome is Outcome.ACCEPTED and one.facts.closed_on:
                acceptances.append(Acceptance(one.id, one.company, one.facts.closed_on))
        offers.sort(key=lambda offer: (offer.offered_on, offer.application_id))
        acceptances.sort(key=lambda accepted: (accepted.on, accepted.application_id))
        self.past.append(self.board)
        self.future.clear()
        self.board = {
            number: self._planned(one, offers, acceptances)
            if one is not self.board.get(number) or one.facts.outcome is None
            else one
            for number, one in board.items()
        }

    def _planned(
        self, one: Known, offers: list[OtherOffer], acceptances: list[Acceptance]
    ) -> Known:
        settled = [row.planned for row in one.follow_ups.values() if row.state != "open"]
        thanked = {row.interview_id for row in settled if row.rule == "R7"}
        accepted = next((a for a in reversed(acceptances) if a.application_id != one.id), None)
        kept = {
            row.planned.anchor
            for row in one.follow_ups.values()
            if row.planned.rule == "R18" and row.state == "skipped"
        }
        facts = replace(
            one.facts,
            talks=tuple(replace(talk, thanked=talk.id in thanked) for talk in one.facts.talks),
            other_offer=next((o for o in offers if o.application_id != one.id), None),
            accepted_elsewhere=accepted,
            keeps_going=accepted is not None and f"accepted:{accepted.application_id}" in kept,
        )
        wanted = {planned.key: planned for planned in plan(facts, RULES).follow_ups}
        rows = {}
        for key, row in one.follow_ups.items():
            if row.state != "open" or row.planned.rule == "own":
                rows[key] = row
            elif key in wanted:
                rows[key] = replace(row, planned=wanted[key])
        for key, planned in wanted.items():
            rows.setdefault(key, FollowUp(planned))
        return replace(one, follow_ups=rows)

    def _is_shown(self, one: Known, row: FollowUp, now: datetime) -> bool:
        lapses_at = row.planned.lapses_at if row.lapses else None
        return (
            row.state == "open"
            and (lapses_at is None or lapses_at > now)
            and (one.facts.outcome is None or row.planned.rule in OWED_AFTER_THE_END)
        )

    def _due(self, one: Known, row: FollowUp) -> tuple[datetime, Due]:
        planned, zone = row.planned, self._zone
        at = None
        day = planned.due_on
        if row.snoozed_to is not None:
            day = row.snoozed_to
        elif planned.due_at is not None:
            at = planned.due_at.astimezone(zone)  # type: ignore[arg-type]
            day = at.date()
        moment = at or datetime.combine(day, time(9), zone)  # type: ignore[arg-type]
        return moment, Due(day, at, one.id, planned.label, planned.nth, planned.of)
