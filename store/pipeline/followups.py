"""What the user does with a follow-up: done, later, never; and follow-ups of the user's own."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from store.pipeline.replan import ends_at
from store.pipeline.use_case import Step, UseCases, found, owner_of
from store.rules import fields
from store.rules.dates import short_day
from store.rules.refusal import Refused
from store.rules.text import clean
from store.tables import FollowUp, Interview, Message
from store.written import Written

_MESSAGES = {
    "answer": "answer",
    "thank": "thank_you",
    "inquire": "nudge",
    "acknowledge": "acknowledgement",
    "more_time": "other",
    "ask_deadline": "other",
}
"""What doing a follow-up of this action sends; the other actions send nothing."""


class FollowUps(UseCases):
    """Use cases about one follow-up."""

    def complete(self, follow_up_id: int, *, on: date | None = None) -> Written:
        """It was done on the day `on`. A message that it asked for is logged as sent."""
        with self._step("done", _whose(follow_up_id), on=on) as step:
            row = _open(step, follow_up_id)
            day = self._day(on, since=step.row.applied_on)
            _refuse_before_the_talk(step, row)
            step.tell(f"done: {row.label}")
            step.entry.put(row, state="done", done_on=day)
            if row.action in _MESSAGES:
                step.entry.add(
                    Message(
                        application_id=step.id,
                        interview_id=row.interview_id,
                        follow_up_id=row.id,
                        direction="out",
                        kind=_MESSAGES[row.action],
                        sent_on=day,
                    )
                )
            if row.action == "acknowledge":
                step.entry.put(step.row, offer_acknowledged_on=day)
            if row.action == "answer" and row.interview_id is not None:
                invitation = step.entry.session.get(Interview, row.interview_id)
                if invitation is not None:
                    step.entry.put(invitation, answered_on=day)
        return step.result()

    def snooze(self, follow_up_id: int, to: date) -> Written:
        """Show it again on the day `to`. A snoozed follow-up does not lapse before it is seen."""
        with self._step("snooze", _whose(follow_up_id)) as step:
            row = _open(step, follow_up_id)
            if to <= self.today:
                raise Refused("A follow-up can be put off to tomorrow at the earliest.")
            if row.rule == "R5" and row.lapses_at is not None:
                zone = self.database.clock.zone
                starts = row.lapses_at.astimezone(zone).date()
                if to > starts:
                    raise Refused(
                        f"The interview is on {short_day(starts, self.today)}; "
                        "put it off to that day at the latest."
                    )
                step.entry.put(row, snoozed_to=to)
            else:
                step.entry.put(row, snoozed_to=to, lapses_at=None)
            step.tell(f"put off to {short_day(to, self.today)}: {row.label}")
        return step.result()

    def skip(self, follow_up_id: int) -> Written:
        """Never show it again."""
        with self._step("skip", _whose(follow_up_id)) as step:
            row = _open(step, follow_up_id)
            step.tell(f"skipped: {row.label}")
            step.entry.put(row, state="skipped", done_on=self.today)
        return step.result()

    def remind(self, application_id: int, on: date, label: str) -> Written:
        """A follow-up of the user's own, for the day `on`; the rules never touch it."""
        text = clean(label, fields.REMINDER)
        with self._step("remind", application_id) as step:
            if step.row.outcome is not None:
                raise Refused("This application is closed. Reopen it first.")
            if on < self.today:
                raise Refused("A reminder for a day that is over would only be late.")
            step.tell(f"reminder for {short_day(on, self.today)}: {text}")
            step.entry.add(
                FollowUp(
                    application_id=step.id,
                    rule="own",
                    anchor=f"own:{step.entry.change.id}",
                    action="own",
                    label=text,
                    reason="your own reminder",
                    due_on=on,
                )
            )
        return step.result()


def _missing(follow_up_id: int) -> str:
    return f"There is no follow-up {follow_up_id}."


def _whose(follow_up_id: int) -> Callable[[Session], int]:
    return owner_of(FollowUp, follow_up_id, _missing(follow_up_id))


def _open(step: Step, follow_up_id: int) -> FollowUp:
    row = found(step.entry.session, FollowUp, follow_up_id, _missing(follow_up_id))
    if row.state != "open":
        day = f" on {short_day(row.done_on)}" if row.done_on else ""
        raise Refused(f"This follow-up was {row.state}{day} already.")
    return row


def _refuse_before_the_talk(step: Step, row: FollowUp) -> None:
    """Nobody can be thanked for, or asked about, a talk that has not taken place."""
    if row.action not in ("thank", "inquire") or row.interview_id is None:
        return
    talk = step.entry.session.get(Interview, row.interview_id)
    ended = ends_at(talk) if talk else None
    if ended is not None and ended > step.entry.now:
        raise Refused("The interview is not over yet.")
