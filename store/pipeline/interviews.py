"""Interviews, invitations, replies, and the answer that an offer waits for."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import col, select

from store.clock import local_instant, zone_name
from store.pipeline.applications import put_in_stage
from store.pipeline.use_case import Step, UseCases, found, owner_of
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.refusal import Refused
from store.rules.stages import Stage
from store.rules.text import clean
from store.tables import Interview, Message
from store.written import Written

_DAY_IN_MINUTES = 1_440
_MISSING = "This interview does not exist any more."


class Interviews(UseCases):
    """Use cases about talking with the employer."""

    def interview(
        self,
        application_id: int,
        starts_at: datetime | None,
        *,
        minutes: int = 60,
        stage: Stage | None = None,
        place: str = "",
        people: str = "",
        invited_on: date | None = None,
    ) -> Written:
        """Log an interview at the aware moment `starts_at`, or an invitation without a time.

        An open invitation gets the time instead of a second row. An application that has not
        reached the interview's stage moves there in the same step.
        """
        where, with_whom = clean(place, fields.PLACE), clean(people, fields.PEOPLE)
        if not 1 <= minutes <= _DAY_IN_MINUTES:
            raise Refused("An interview lasts between 1 minute and 24 hours.")
        with self._step("interview", application_id) as step:
            _must_be_open(step)
            at = self._stage_for(step, stage, starts_at)
            if starts_at is None:
                self._invite(step, at, self._day(invited_on, since=step.row.applied_on))
            else:
                self._agree(step, at, starts_at, minutes, where, with_whom)
        return step.result()

    def reschedule(
        self,
        interview_id: int,
        starts_at: datetime,
        *,
        minutes: int = 60,
        place: str = "",
        people: str = "",
    ) -> Written:
        """Give an interview another time, length, place or people."""
        where, with_whom = clean(place, fields.PLACE), clean(people, fields.PEOPLE)
        if not 1 <= minutes <= _DAY_IN_MINUTES:
            raise Refused("An interview lasts between 1 minute and 24 hours.")
        with self._step("interview", owner_of(Interview, interview_id, _MISSING)) as step:
            _must_be_open(step)
            row = found(step.entry.session, Interview, interview_id, _MISSING)
            _not_before_application(step, starts_at.astimezone(self.database.clock.zone).date())
            step.tell(f"interview now {self._said(starts_at)}")
            step.entry.put(
                row,
                status="confirmed",
                starts_at=starts_at.astimezone(UTC),
                minutes=minutes,
                zone=zone_name(self.database.clock.zone),
                place=where,
                people=with_whom,
            )
        return step.result()

    def cancel_interview(self, interview_id: int) -> Written:
        """The interview will not take place; what was to be done for it goes."""
        with self._step("interview", owner_of(Interview, interview_id, _MISSING)) as step:
            row = found(step.entry.session, Interview, interview_id, _MISSING)
            if row.status == "cancelled":
                raise Refused("This interview is cancelled already.")
            step.tell("interview cancelled")
            step.entry.put(row, status="cancelled")
        return step.result()

    def deadline(self, application_id: int, day: date, at: time | None = None) -> Written:
        """The employer wants an answer to the offer by `day` (at a local time, if named)."""
        zone = self.database.clock.zone
        moment = local_instant(day, at, zone) if at is not None else None
        with self._step("deadline", application_id) as step:
            _must_be_open(step)
            row = step.row
            if row.stage != Stage.OFFER:
                raise Refused("Only an offer has a deadline: move the card to offer first.")
            if row.offered_on is not None and day < row.offered_on:
                raise Refused(
                    f"The offer came on {short_day(row.offered_on)}; "
                    "its deadline cannot be before that."
                )
            said = short_day(day, self.today) + (f" {clock_time(at)}" if at else "")
            step.tell(f"answer wanted by {said}")
            step.entry.put(
                row,
                offer_deadline_on=day,
                offer_deadline_at=moment.astimezone(UTC) if moment else None,
                offer_deadline_set_on=self.today,
            )
        return step.result()

    def replied(
        self,
        application_id: int,
        *,
        on: date | None = None,
        decides_by: date | None = None,
        said: str = "",
        text: str = "",
        automatic: bool = False,
    ) -> Written:
        """The employer wrote on the day `on`; perhaps they named a day by when they decide.

        A human reply ends the pending inquiries and wakes a dormant card. An automatic
        acknowledgement is logged and changes nothing.
        """
        expected_text = clean(said, fields.APPLICATION["expected_text"])
        body = clean(text, fields.MESSAGE) if text.strip() else ""
        with self._step("reply", application_id, on=on) as step:
            row = step.row
            day = self._day(on, since=row.applied_on)
            if decides_by is not None and decides_by < day:
                raise Refused("The day by which they decide lies before their message.")
            kind = "automatic" if automatic else "date_given" if decides_by else "reply"
            if decides_by is not None:
                step.entry.put(
                    row,
                    expected_by=decides_by,
                    expected_set_on=day,
                    expected_text=expected_text,
                )
            step.entry.add(
                Message(application_id=step.id, direction="in", kind=kind, sent_on=day, text=body)
            )
            step.tell(
                "automatic acknowledgement"
                if automatic
                else f"they replied: decision by {short_day(decides_by, self.today)}"
                if decides_by
                else "they replied"
            )
        return step.result()

    def _stage_for(self, step: Step, stage: Stage | None, starts_at: datetime | None) -> Stage:
        """The interview's stage; the application moves there when it has not come that far."""
        present = Stage(step.row.stage)
        if stage is None:
            stage = present if present.place in (1, 2) else Stage.FIRST
            if present is Stage.OFFER:
                stage = Stage.SECOND
        if stage.place not in (1, 2):
            raise Refused("Interviews belong to the stages first and second.")
        if stage.place > present.place:
            day = self.today
            if starts_at is not None:
                held = starts_at.astimezone(self.database.clock.zone).date()
                day = max(min(day, held), step.row.stage_since)
            put_in_stage(step, stage, day)
        return stage

    def _invite(self, step: Step, stage: Stage, day: date) -> None:
        entry = step.entry
        row = entry.add(
            Interview(
                application_id=step.id,
                stage=stage,
                status="invited",
                logged_on=self.today,
                invited_on=day,
                invited_at=entry.now.astimezone(UTC) if day == self.today else None,
            )
        )
        entry.add(
            Message(
                application_id=step.id,
                interview_id=row.id,
                direction="in",
                kind="invitation",
                sent_on=day,
            )
        )
        step.tell(f"invited to a {stage} interview")

    def _agree(
        self,
        step: Step,
        stage: Stage,
        starts_at: datetime,
        minutes: int,
        place: str,
        people: str,
    ) -> None:
        entry, zone = step.entry, self.database.clock.zone
        _not_before_application(step, starts_at.astimezone(zone).date())
        agreed: dict[str, Any] = {
            "status": "confirmed",
            "starts_at": starts_at.astimezone(UTC),
            "minutes": minutes,
            "zone": zone_name(zone),
            "place": place,
            "people": people,
        }
        query = (
            select(Interview)
            .where(
                Interview.application_id == step.id,
                Interview.status == "invited",
                Interview.stage == stage.value,
            )
            .order_by(col(Interview.id))
        )
        invitation = entry.session.exec(query).first()
        if invitation is None:
            entry.add(
                Interview(application_id=step.id, stage=stage, logged_on=self.today, **agreed)
            )
        else:
            entry.put(invitation, answered_on=invitation.answered_on or self.today, **agreed)
        step.tell(f"{stage} interview {self._said(starts_at)}")

    def _said(self, moment: datetime) -> str:
        local = moment.astimezone(self.database.clock.zone)
        return f"{short_day(local.date(), self.today)} {clock_time(local)}"


def _must_be_open(step: Step) -> None:
    if step.row.outcome is not None:
        raise Refused("This application is closed. Reopen it first.")


def _not_before_application(step: Step, day: date) -> None:
    applied_on = step.row.applied_on
    if applied_on is not None and day < applied_on:
        raise Refused(f"The interview would lie before the application ({short_day(applied_on)}).")
