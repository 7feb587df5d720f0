"""Invitations and interviews: logged, agreed, moved, cancelled, or not held after all."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from store.advice.facts import aware, ends_at
from store.clock import Clock
from store.model.board import Written
from store.pipeline.applications import check_formats
from store.pipeline.changes.use_case import Step, UseCases, must_be_open
from store.pipeline.contacts import set_people
from store.pipeline.followups import settle
from store.pipeline.stages import last_known, put_in_stage, redate, relabel
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.people import names_in
from store.rules.stages import Had, Round, Stage, comes_after_first, next_number, round_words
from store.rules.text import Refused, clean, quoted
from store.tables import Application, Interview, StageMove
from store.zones import beside, zone_name, zone_named

_LONGEST = timedelta(days=1)
"""No interview lasts longer."""


def warn(step: Step, row: Interview, clock: Clock) -> None:
    """Warn of an agreed interview in the past, and of others at the same time."""
    starts_at, ended = aware(row.starts_at), ends_at(row)
    assert starts_at is not None
    assert ended is not None
    if ended <= step.entry.now:
        step.warnings.append("This interview is in the past: logged as held.")
    query = (
        select(Interview, Application.company)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .where(
            Interview.status == "confirmed",
            col(Interview.kept).is_not(False),
            col(Application.outcome).is_(None),
            col(Interview.id) != row.id,
            col(Interview.starts_at) < ended,
            col(Interview.starts_at) > starts_at - _LONGEST,
        )
        .order_by(col(Interview.starts_at), col(Interview.id))
    )
    for other, company in step.entry.session.exec(query):
        began, until = aware(other.starts_at), ends_at(other)
        if began is not None and until is not None and until > starts_at:
            began, until = began.astimezone(clock.zone), until.astimezone(clock.zone)
            step.warnings.append(
                f"It overlaps with the interview at {company}, "
                f"{short_day(began.date(), clock.now().date())} "
                f"{clock_time(began)}–{clock_time(until)}."
            )


_DAY_IN_MINUTES = 1_440
_ROUNDS_AT_MOST = 1_000


class Interviews(UseCases):
    """Use cases about interviews."""

    def interview(
        self,
        application_id: int,
        starts_at: datetime | None,
        *,
        minutes: int = 60,
        stage: Stage | None = None,
        number: int | None = None,
        final: bool = False,
        place: str = "",
        people: str = "",
        invited_on: date | None = None,
        formats: Sequence[str] = (),
        zone: str = "",
    ) -> Written:
        """Log an interview at the aware moment `starts_at`, or an invitation without a time.

        An open invitation gets the time instead of a second row. An application that has not
        reached the interview's stage moves there in the same step. Without a `stage` it is of the
        present one; of second where the card is in first and its first interview was held.
        `number` is the round (see `store.rules.stages`), the next one where it is not named, and
        `final` says that it is the last. Those named in `people`
        become contacts of the application, unless they are already. `zone` is the IANA name of
        the zone in which the time was agreed, when that is not the user's own. An interview that
        overlaps with another one, or lies in the past, is logged with a warning.
        """
        details = clean_interview(
            minutes=minutes, place=place, people=people, formats=formats, zone=zone
        )
        with self._step("interview", application_id) as step:
            must_be_open(step)
            at = self._stage_for(step, stage, starts_at)
            details |= self._round(step, at, number, final)
            if starts_at is None:
                details.pop("zone")
                self._invite(step, at, self._day(invited_on, since=step.row.applied_on), details)
            else:
                self._agree(step, at, starts_at, details)
        return step.result()

    def reschedule(
        self,
        interview_id: int,
        starts_at: datetime,
        *,
        minutes: int | None = None,
        place: str | None = None,
        people: str | None = None,
        formats: Sequence[str] | None = None,
        zone: str | None = None,
    ) -> Written:
        """Give an interview another time, and where given another length, place, people, formats.

        Warns as `interview` does. What is left out stays as it was.
        """
        details = clean_interview(
            minutes=minutes, place=place, people=people, formats=formats, zone=zone
        )
        with self._step_of("interview", Interview, interview_id) as (step, row):
            self._reschedule(step, row, starts_at, details)
        return step.result()

    def _reschedule(
        self,
        step: Step,
        row: Interview,
        starts_at: datetime,
        details: dict[str, Any],
        known_on: date | None = None,
        asked_at: datetime | None = None,
    ) -> None:
        must_be_open(step)
        before = aware(row.starts_at)
        if before is not None and before != starts_at:
            step.entry.put(row, moved_times=row.moved_times + 1, kept=None)
        if row.called_off_by:
            step.entry.put(row, called_off_by="", called_off_on=None, kept=None)
        self._set(step, row, starts_at, details, known_on, asked_at)
        step.tell(f"interview now {self._time_words(starts_at, row.zone)}")

    def cancel_interview(
        self, interview_id: int, *, by: str = "you", on: date | None = None
    ) -> Written:
        """The interview will not take place; what was to be done for it goes.

        `by` says who called it off, "them" or "you", and `on` since when that is known: today
        unless told. Of one that is cancelled already the other side can be named.
        """
        _check_who(by)
        with self._step_of("interview", Interview, interview_id, on=on) as (step, row):
            if row.status == "cancelled" and row.called_off_by == by:
                raise Refused("This interview is already cancelled.")
            day = self._day(on, since=step.row.applied_on)
            step.tell("they cancelled the interview" if by == "them" else "interview cancelled")
            step.entry.put(row, status="cancelled", called_off_by=by, called_off_on=day)
        return step.result()

    def set_round(self, interview_id: int, which: Round) -> Written:
        """The interview belongs to another round; the card moves along where it is not that far.

        A card that was further stays there.
        """
        with self._step_of("interview", Interview, interview_id) as (step, row):
            if which.stage.place > Stage(step.row.stage).place and not row.called_off_by:
                must_be_open(step)
            number = which.number or max(row.round, 2)
            relabel(step, row, which.stage, number, final=which.final)
            step.tell(f"it is the {round_words(which.stage, number, which.final)} interview")
            if which.stage.place > Stage(step.row.stage).place and not row.called_off_by:
                self._move_along(step, which.stage, aware(row.starts_at))
        return step.result()

    def log_slots(self, interview_id: int, *, on: date | None = None) -> Written:
        """The invitation was answered, on the day `on`, with times that suit."""
        with self._step_of("slots", Interview, interview_id, on=on) as (step, row):
            must_be_open(step)
            if row.status != "invited" and not _awaits_reply(row):
                raise Refused("This interview is no longer waiting for a time.")
            day = self._day(on)
            if row.invited_on is not None and day < row.invited_on:
                raise Refused(f"The invitation came later, on {short_day(row.invited_on)}.")
            step.tell("sent times for the interview")
            answered_on = row.answered_on or day
            step.entry.put(row, offered_slots_on=day, answered_on=answered_on)
            if row.status == "confirmed":
                # The time that they proposed is none any more.
                step.entry.put(row, status="invited", starts_at=None, timed_on=None)
            settle(step, "answer", day, interview_id=row.id)
            step.log("answer", day, interview_id=row.id)
        return step.result()

    def mark_held(self, interview_id: int, kept: bool | None, *, by: str = "them") -> Written:
        """Say whether an interview took place; with None that follows from the clock again.

        `by` says who did not come, "them" or "you", where it did not. That is known since the day
        of the interview.
        """
        _check_who(by)
        with self._step_of("interview", Interview, interview_id) as (step, row):
            starts_at, ended = aware(row.starts_at), ends_at(row)
            if row.status != "confirmed" or starts_at is None or ended is None:
                raise Refused("This interview was not agreed, so it cannot have been held.")
            if kept is True and ended > step.entry.now:
                raise Refused("The interview is not over yet.")
            if kept is False and starts_at > step.entry.now:
                raise Refused("The interview is still ahead: cancel it, or give it another time.")
            said = {True: "took place", False: "did not take place", None: "as the clock says"}
            missed = kept is False and by == "them"
            step.tell(f"interview {said[kept]}" + (": they did not come" if missed else ""))
            off: dict[str, object] = {"called_off_by": "", "called_off_on": None}
            if kept is False:
                held_on = starts_at.astimezone(self.database.clock.zone).date()
                off = {"called_off_by": by, "called_off_on": held_on}
            step.entry.put(row, kept=kept, **off)
        return step.result()

    def _stage_for(
        self,
        step: Step,
        stage: Stage | None,
        starts_at: datetime | None,
        known_on: date | None = None,
    ) -> Stage:
        """The interview's stage; the application moves there when it has not come that far.

        `known_on` is the day on which they wrote of it, where that is not today.
        """
        present = Stage(step.row.stage)
        if stage is None:
            stage = present if present.place in (1, 2) else Stage.FIRST
            if present is Stage.OFFER or comes_after_first(
                present, had(step), step.entry.now, starts_at
            ):
                stage = Stage.SECOND
        if stage.place not in (1, 2):
            raise Refused("Interviews belong to the stages first and second.")
        if stage.place > present.place:
            self._move_along(step, stage, starts_at, known_on)
        elif stage is present and starts_at is not None:
            self._backdate_stage(step, starts_at.astimezone(self.database.clock.zone).date())
        return stage

    def _move_along(
        self, step: Step, stage: Stage, starts_at: datetime | None, known_on: date | None = None
    ) -> None:
        """The application moves to the stage of its interview: on its day, that on which it is
        known at the latest."""
        day, before = known_on or self.today, step.row.stage
        if starts_at is not None:
            day = min(day, starts_at.astimezone(self.database.clock.zone).date())
        put_in_stage(step, stage, max(day, last_known(step)))
        if before != Stage.APPLIED:
            step.moved_to = stage

    def _backdate_stage(self, step: Step, held_on: date) -> None:
        """The stage was reached on the day of its first interview at the latest, also where that
        is told after a later one."""
        row, entry = step.row, step.entry
        if held_on >= row.stage_since:
            return
        if row.undated:
            redate(step, max(held_on, last_known(step)))
            return
        query = select(StageMove).where(StageMove.application_id == step.id)
        *before, move = entry.session.exec(query.order_by(col(StageMove.id))).all()
        since = max([held_on, *(earlier.moved_on for earlier in before)])
        if move.to_stage == row.stage and since < row.stage_since:
            entry.put(move, moved_on=since)
            entry.put(row, stage_since=since)

    def _round(self, step: Step, stage: Stage, number: int | None, final: bool) -> dict[str, Any]:
        """The columns that say which round an interview of `stage` is."""
        if number is None:
            number = next_number(stage, had(step), step.entry.now)
        elif not 1 <= number <= _ROUNDS_AT_MOST:
            raise Refused(f"Rounds are counted from 1 to {_ROUNDS_AT_MOST}.")
        return {"round": number, "final": final and stage is Stage.SECOND}

    def _invite(
        self, step: Step, stage: Stage, day: date, details: dict[str, Any], *, text: str = ""
    ) -> None:
        entry = step.entry
        names = details.pop("people")
        row = step.add(
            Interview,
            stage=stage,
            status="invited",
            logged_on=self.today,
            invited_on=day,
            invited_at=entry.now.astimezone(UTC) if day == self.today else None,
            **details,
        )
        step.made = row.id
        set_people(step, row, names)
        step.log("invitation", day, direction="in", interview_id=row.id, text=text)
        step.tell(f"invited to a {_round_name(row)} interview{_move_words(step)}")

    def _agree(
        self,
        step: Step,
        stage: Stage,
        starts_at: datetime,
        details: dict[str, Any],
        known_on: date | None = None,
        asked_at: datetime | None = None,
    ) -> Interview:
        """An interview at `starts_at`. `known_on` is the day on which they wrote of it, where that
        is not today; `asked_at` the moment at which they proposed it, where it is not answered."""
        query = (
            select(Interview)
            .where(
                Interview.application_id == step.id,
                Interview.status == "invited",
                Interview.stage == stage.value,
            )
            .order_by(col(Interview.id))
        )
        row = step.entry.session.exec(query).first()
        if row is None:
            row = Interview(
                application_id=step.id,
                stage=stage,
                status="confirmed",
                logged_on=known_on or self.today,
                starts_at=starts_at.astimezone(UTC),
                timed_on=self.today,
            )
            step.entry.add(row)
            step.made = row.id
        else:
            # What the invitation named already counts, unless it is said anew.
            told = {"place": "", "formats": "[]", "people": [], "final": False}
            details = {n: v for n, v in details.items() if n not in told or v != told[n]}
        self._set(step, row, starts_at, details, known_on, asked_at)
        when = self._time_words(starts_at, row.zone)
        what = "interview proposed for" if _awaits_reply(row) else "interview"
        step.tell(f"{_round_name(row)} {what} {when}{_move_words(step)}")
        return row

    def _set(
        self,
        step: Step,
        row: Interview,
        starts_at: datetime,
        details: dict[str, Any],
        known_on: date | None = None,
        asked_at: datetime | None = None,
    ) -> None:
        """Agree on `starts_at` and on what `details` say; with `asked_at` they only propose it."""
        zone = self.database.clock.zone
        day = starts_at.astimezone(zone).date()
        _not_before_application(step, day)
        names = details.pop("people", None)
        if not details.get("zone") and (row.starts_at is None or "zone" in details):
            details["zone"] = zone_name(zone)
        if asked_at is not None:
            asked_on = min(asked_at.astimezone(zone).date(), self.today)
            details |= {"invited_on": asked_on, "invited_at": asked_at.astimezone(UTC)}
            if row.invited_on is not None:
                details |= {"invited_on": row.invited_on, "invited_at": row.invited_at}
        elif row.status == "invited" or _awaits_reply(row):
            details["answered_on"] = row.answered_on or known_on or self.today
        # Nobody is invited after the interview: what is noted later was known by then.
        if row.invited_on is None and row.logged_on > day:
            details["logged_on"] = day
        elif row.invited_on is not None and row.invited_on > day:
            details |= {"invited_on": day, "invited_at": None, "answered_on": day}
        if row.status != "confirmed" or aware(row.starts_at) != starts_at:
            details["timed_on"] = self.today
        step.entry.put(row, status="confirmed", starts_at=starts_at.astimezone(UTC), **details)
        if names is not None:
            set_people(step, row, names)
        warn(step, row, self.database.clock)

    def _time_words(self, moment: datetime, zone: str) -> str:
        local = moment.astimezone(self.database.clock.zone)
        there = "" if zone == zone_name(self.database.clock.zone) else beside(local, zone)
        return f"{short_day(local.date(), self.today)} {clock_time(local)}{there}"


def clean_interview(
    *,
    minutes: int | None,
    place: str | None,
    people: str | None,
    formats: Sequence[str] | None,
    zone: str | None,
) -> dict[str, Any]:
    """What is given, cleaned: the columns of an interview, but `people` as names."""
    details: dict[str, Any] = {}
    if minutes is not None:
        if not 1 <= minutes <= _DAY_IN_MINUTES:
            raise Refused("An interview lasts between 1 minute and 24 hours.")
        details["minutes"] = minutes
    if place is not None:
        details["place"] = clean(place, fields.PLACE)
    if people is not None:
        line = clean(people, fields.PEOPLE)
        details["people"] = [clean(n, fields.CONTACT["name"]) for n in names_in(line)]
    if formats is not None:
        details["formats"] = json.dumps(check_formats(formats))
    if zone is not None:
        details["zone"] = zone_name(zone_named(zone)) if zone.strip() else ""
    return details


def _check_who(by: str) -> None:
    if by not in ("them", "you"):
        raise Refused(f"Who was it: them, or you? {quoted(by)} is neither.")


def had(step: Step) -> list[Had]:
    """The interviews of the application that were not called off."""
    query = select(Interview).where(
        Interview.application_id == step.id,
        Interview.status != "cancelled",
        col(Interview.kept).is_not(False),
    )
    rows = step.entry.session.exec(query.order_by(col(Interview.id)))
    return [Had(Stage(row.stage), row.round, ends_at(row)) for row in rows]


def _awaits_reply(row: Interview) -> bool:
    """Whether they proposed its time, and the user has not answered."""
    asked = row.status == "confirmed" and row.invited_on is not None
    return asked and row.answered_on is None


def _round_name(row: Interview) -> str:
    return round_words(Stage(row.stage), row.round, row.final)


def _move_words(step: Step) -> str:
    return f", moved to {step.moved_to}" if step.moved_to is not None else ""


def _not_before_application(step: Step, day: date) -> None:
    applied_on = step.row.applied_on
    if applied_on is not None and day < applied_on:
        raise Refused(f"The interview would lie before the application ({short_day(applied_on)}).")
