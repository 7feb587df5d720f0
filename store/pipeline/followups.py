"""What the user does with a follow-up: done, later, never; and follow-ups of the user's own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date

from sqlmodel import select

from store.advice.facts import ends_at
from store.model.board import Written
from store.pipeline.changes.use_case import Step, UseCases, must_be_open, must_be_pending
from store.pipeline.facts import facts_of
from store.pipeline.points import settlement
from store.pipeline.stages import end
from store.rules import fields
from store.rules.dates import short_day
from store.rules.followups.actions import PREPARING, UNANSWERED, action_of
from store.rules.followups.offers import questions_in_thanks
from store.rules.stages import Outcome
from store.rules.text import Refused, clean
from store.tables import Assignment, FollowUp, Interview, Point


class FollowUps(UseCases):
    """Use cases about follow-ups: one, or several that one message is about."""

    def complete(self, follow_up_id: int, *, on: date | None = None) -> Written:
        """It was done on the day `on`. A message that it asked for is logged as sent."""
        with self._step_of("done", FollowUp, follow_up_id, on=on) as (step, row):
            must_be_pending(row)
            complete(step, row, self._day(on, since=step.row.applied_on))
        return step.result()

    def complete_all(self, follow_up_ids: Sequence[int], *, on: date | None = None) -> Written:
        """Several were done with one message, on the day `on`: one step of undo for all.

        For the inquiries about several applications at one employer.
        """
        return self._to_all(
            "done",
            "done together",
            follow_up_ids,
            lambda step, row: complete(step, row, self._day(on, since=step.row.applied_on)),
            on=on,
        )

    def snooze(self, follow_up_id: int, to: date) -> Written:
        """Show it again on the day `to`. A snoozed follow-up does not lapse before it is seen."""
        with self._step_of("snooze", FollowUp, follow_up_id) as (step, row):
            must_be_pending(row)
            self._snooze(step, row, to)
            step.tell(f"snoozed to {short_day(to, self.today)}: {row.label}")
        return step.result()

    def snooze_all(self, follow_up_ids: Sequence[int], to: date) -> Written:
        """Show several again on the day `to`: one step of undo for all."""
        return self._to_all(
            "snooze",
            f"snoozed together to {short_day(to, self.today)}",
            follow_up_ids,
            lambda step, row: self._snooze(step, row, to),
        )

    def skip(self, follow_up_id: int) -> Written:
        """Never show it again."""
        with self._step_of("skip", FollowUp, follow_up_id) as (step, row):
            must_be_pending(row)
            step.tell(f"skipped: {row.label}")
            step.entry.put(row, state="skipped", done_on=self.today)
        return step.result()

    def skip_all(self, follow_up_ids: Sequence[int]) -> Written:
        """Never show several again: one step of undo for all."""
        return self._to_all(
            "skip",
            "skipped together",
            follow_up_ids,
            lambda step, row: step.entry.put(row, state="skipped", done_on=self.today),
        )

    def remind(self, application_id: int, on: date, label: str) -> Written:
        """A follow-up of the user's own, for the day `on`; the rules never touch it."""
        text = clean(label, fields.REMINDER)
        with self._step("remind", application_id) as step:
            must_be_open(step)
            if on < self.today:
                raise Refused("That date is in the past. Choose today or later.")
            step.tell(f"reminder for {short_day(on, self.today)}: {text}")
            step.add(
                FollowUp,
                rule="own",
                anchor=f"own:{step.entry.change.id}",
                action="own",
                label=text,
                reason="your own reminder",
                due_on=on,
            )
        return step.result()

    def _snooze(self, step: Step, row: FollowUp, to: date) -> None:
        if to <= self.today:
            raise Refused("The earliest snooze date is tomorrow.")
        if row.action in PREPARING and row.lapses_at is not None:
            starts = row.lapses_at.astimezone(self.database.clock.zone).date()
            if to > starts:
                raise Refused(
                    f"The interview is on {short_day(starts, self.today)}; "
                    "snooze it to that day at the latest."
                )
            step.entry.put(row, snoozed_to=to)
        else:
            step.entry.put(row, snoozed_to=to, lapses_at=None)


def complete(step: Step, row: FollowUp, day: date, text: str = "") -> None:
    """The open follow-up `row` was done on `day`, with `text` as the message that it asked for."""
    _refuse_before_interview(step, row)
    if row.action == UNANSWERED:
        raise Refused(
            f"Say what you answered: “rounds close {step.id} accepted”, or declined. "
            "On the board x does."
        )
    step.tell(f"done: {row.label}")
    step.entry.put(row, state="done", done_on=day)
    if sends := action_of(row.action).sends:
        step.log(sends, day, interview_id=row.interview_id, follow_up_id=row.id, text=text)
    if records := action_of(row.action).records:
        RECORDS[records](step, row, day)


def complete_first(step: Step, action: str, day: date) -> bool:
    """The first open follow-up that asks for `action` was done; tells whether there was one."""
    row = next(iter(_open_ones(step, action)), None)
    if row is not None:
        complete(step, row, day)
    return row is not None


def settle(step: Step, action: str, day: date, *, interview_id: int | None) -> None:
    """Mark the open follow-ups of an interview that ask for `action` as done by another step."""
    for row in _open_ones(step, action):
        if row.interview_id == interview_id:
            step.entry.put(row, state="done", done_on=day)


def _open_ones(step: Step, action: str) -> Sequence[FollowUp]:
    query = select(FollowUp).where(
        FollowUp.application_id == step.id, FollowUp.action == action, FollowUp.state == "open"
    )
    return step.entry.session.exec(query).all()


def _thank_for_offer(step: Step, row: FollowUp, day: date) -> None:
    """The thanks ask in the same message for the deadline and for the offer in writing, as far as
    they are missing."""
    # In no zone in particular: what is missing hangs on no hour.
    deadline, in_writing = questions_in_thanks(facts_of(step.entry.session, step.row, UTC))
    step.entry.put(step.row, offer_acknowledged_on=day)
    if deadline:
        step.entry.put(step.row, offer_deadline_asked_on=day)
    if in_writing:
        step.log("nudge", day, follow_up_id=row.id)


def _answer_invitation(step: Step, row: FollowUp, day: date) -> None:
    if interview := _interview(step, row):
        step.entry.put(interview, answered_on=day)


def _debrief(step: Step, row: FollowUp, day: date) -> None:
    if interview := _interview(step, row):
        step.entry.put(interview, debriefed_on=day, debrief_left=False)


def _hand_in(step: Step, row: FollowUp, day: date) -> None:
    task = step.entry.session.get(Assignment, int(row.anchor.removeprefix("hand_in:")))
    if task is not None:
        step.entry.put(task, handed_in_on=max(day, task.given_on))


def _ask_for_deadline(step: Step, _: FollowUp, day: date) -> None:
    step.entry.put(step.row, offer_deadline_asked_on=day)


def _ask_for_more_time(step: Step, _: FollowUp, day: date) -> None:
    step.entry.put(step.row, extension_asked_on=day)


def _sign(step: Step, _: FollowUp, day: date) -> None:
    step.entry.put(step.row, offer_signed_on=max(day, step.row.offer_letter_on or day))


def _thank_for_rejection(step: Step, _: FollowUp, day: date) -> None:
    step.entry.put(step.row, thanked_rejection_on=day, feedback_asked=True)


def _keep_promise(step: Step, row: FollowUp, day: date) -> None:
    promise = step.entry.session.get(Point, int(row.anchor.removeprefix("point:")))
    if promise is not None:
        step.entry.put(promise, **settlement(promise, "done", day))


def _decline(step: Step, _: FollowUp, day: date) -> None:
    _end(step, Outcome.DECLINED, day)


def _withdraw(step: Step, _: FollowUp, day: date) -> None:
    _end(step, Outcome.WITHDRAWN, day)


RECORDS: Mapping[str, Callable[[Step, FollowUp, date], None]] = {
    "invitation_answered": _answer_invitation,
    "debriefed": _debrief,
    "handed_in": _hand_in,
    "promise_done": _keep_promise,
    "offer_thanked": _thank_for_offer,
    "deadline_asked": _ask_for_deadline,
    "extension_asked": _ask_for_more_time,
    "signed": _sign,
    "rejection_thanked": _thank_for_rejection,
    "declined": _decline,
    "withdrawn": _withdraw,
}
"""What is recorded when a follow-up is done, by the name that its action gives it."""


def _interview(step: Step, row: FollowUp) -> Interview | None:
    if row.interview_id is None:
        return None
    return step.entry.session.get(Interview, row.interview_id)


def _end(step: Step, outcome: Outcome, day: date) -> None:
    """Close the application with the message that says so, or with none."""
    end(step, outcome, max(day, step.row.stage_since))
    step.tell(outcome.title)


def _refuse_before_interview(step: Step, row: FollowUp) -> None:
    """Nobody can be thanked for, or asked about, an interview that has not taken place."""
    if action_of(row.action).interview != "over" or row.interview_id is None:
        return
    interview = step.entry.session.get(Interview, row.interview_id)
    ended = ends_at(interview) if interview else None
    if ended is not None and ended > step.entry.now:
        raise Refused("The interview is not over yet.")
