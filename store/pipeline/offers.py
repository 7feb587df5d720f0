"""The offer: its deadline, its papers, and how it measures up to what the user wants."""

from collections.abc import Mapping
from datetime import UTC, date, time
from typing import Any

from sqlmodel import col, select

from store.clock import local_instant
from store.journal import Entry, recorded
from store.pipeline.use_case import Step, UseCases, found, must_be_open
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.people import same_name
from store.rules.refusal import Refused
from store.rules.stages import Outcome, Stage
from store.rules.text import clean, quoted
from store.tables import OFFER_KINDS, Criterion, Score
from store.written import Written

_NO_CRITERION = "This criterion does not exist any more."
_TOLD = {
    "offer_letter_on": "offer in writing",
    "offer_signed_on": "offer signed",
    "extension_asked_on": "asked for more time",
    "reference_check_on": "reference check",
    "counter_sent_on": "proposed other terms",
}
_BEFORE_AN_OFFER = ("reference_check_on",)


class Offers(UseCases):
    """Use cases about an offer, and about the criteria for all of them."""

    def deadline(self, application_id: int, day: date, at: time | None = None) -> Written:
        """The employer wants an answer to the offer by `day` (at a local time, if named)."""
        with self._step("deadline", application_id) as step:
            must_be_open(step)
            _must_be_offered(step, "Only an offer has a deadline: move the card to offer first.")
            self._set_deadline(step, day, at)
            said = short_day(day, self.today) + (f" {clock_time(at)}" if at else "")
            step.tell(f"answer wanted by {said}")
        return step.result()

    def offer(
        self,
        application_id: int,
        *,
        kind: str | None = None,
        letter_on: date | None = None,
        signed_on: date | None = None,
        extension_asked_on: date | None = None,
        extended_to: date | None = None,
        reference_check_on: date | None = None,
        counter_sent_on: date | None = None,
    ) -> Written:
        """What became known of an offer; what is left out stays as it was.

        Args:
            kind: "verbal" or "written"; "" when that is not known. A letter makes it written.
            letter_on, signed_on: when the letter came, and when both had signed.
            extension_asked_on, extended_to: when more time was asked for, and the new deadline.
            reference_check_on: when references are called; known before there is an offer, too.
            counter_sent_on: when other terms were proposed.

        An accepted offer is open in this respect: the papers often come after the yes.
        """
        days = {
            "offer_letter_on": letter_on,
            "offer_signed_on": signed_on,
            "extension_asked_on": extension_asked_on,
            "reference_check_on": reference_check_on,
            "counter_sent_on": counter_sent_on,
        }
        named = {name: day for name, day in days.items() if day is not None}
        with self._step("offer", application_id) as step:
            if step.row.outcome != Outcome.ACCEPTED:
                must_be_open(step)
            if kind is not None or extended_to is not None or set(named) - set(_BEFORE_AN_OFFER):
                _must_be_offered(step, "There is no offer yet: move the card to offer first.")
            told = [_TOLD[name] for name in named]
            self._check_days(step, named)
            step.entry.put(step.row, **named)
            if letter_on is not None and kind is None:
                kind = "written"
            if kind is not None:
                _check_offer_kind(kind)
                step.entry.put(step.row, offer_kind=kind)
                if letter_on is None:
                    told.append(f"{kind} offer" if kind else "offer")
            if extended_to is not None:
                self._extend(step, extended_to)
                told.append(f"answer wanted by {short_day(extended_to, self.today)}")
            if not told:
                raise Refused("Nothing was said about the offer.")
            step.tell(", ".join(told))
        return step.result()

    def criterion(self, name: str, weight: int) -> Written:
        """A thing that matters in every offer, from 1 (nice to have) to 5 (decides)."""
        called = clean(name, fields.CRITERION)
        _check_range("A weight", weight, 1, 5)
        with recorded(self.database, "criterion", f"criterion: {called}") as entry:
            row = next((c for c in _criteria(entry) if same_name(c.name, called)), None)
            if row is None:
                row = entry.add(Criterion(name=called, weight=weight))
            else:
                entry.put(row, name=called, weight=weight)
            return self._told(entry, made=row.id)

    def remove_criterion(self, criterion_id: int) -> Written:
        """Remove a criterion, with its scores."""
        with recorded(self.database, "criterion", "criterion removed") as entry:
            row = found(entry.session, Criterion, criterion_id, _NO_CRITERION)
            entry.change.summary = f"criterion removed: {row.name}"
            for score in entry.session.exec(
                select(Score).where(Score.criterion_id == row.id)
            ).all():
                entry.remove(score)
            entry.remove(row)
            return self._told(entry)

    def score(self, application_id: int, criterion_id: int, value: int | None) -> Written:
        """How far the offer gives what a criterion asks for, 0 to 10; None takes the score off."""
        if value is not None:
            _check_range("A score", value, 0, 10)
        with self._step("score", application_id) as step:
            session = step.entry.session
            criterion = found(session, Criterion, criterion_id, _NO_CRITERION)
            query = select(Score).where(
                Score.application_id == step.id, Score.criterion_id == criterion.id
            )
            row = session.exec(query).first()
            if value is None:
                if row is not None:
                    step.entry.remove(row)
            elif row is not None:
                step.entry.put(row, value=value)
            else:
                step.entry.add(
                    Score(application_id=step.id, criterion_id=criterion_id, value=value)
                )
            said = "no score" if value is None else str(value)
            step.tell(f"{criterion.name}: {said}")
        return step.result()

    def _told(self, entry: Entry, made: int | None = None) -> Written:
        assert entry.change.id is not None
        return Written(entry.change.id, None, None, entry.change.summary, made=made)

    def _set_deadline(self, step: Step, day: date, at: time | None) -> None:
        row, zone = step.row, self.database.clock.zone
        if row.offered_on is not None and day < row.offered_on:
            raise Refused(
                f"The offer came on {short_day(row.offered_on)}; "
                "its deadline cannot be before that."
            )
        moment = local_instant(day, at, zone) if at is not None else None
        step.entry.put(
            row,
            offer_deadline_on=day,
            offer_deadline_at=moment.astimezone(UTC) if moment else None,
            offer_deadline_set_on=self.today,
        )

    def _extend(self, step: Step, to: date) -> None:
        """A later deadline. A time of day that the old one had goes: nobody named it for this."""
        present = step.row.offer_deadline_on
        if present is None:
            raise Refused("This offer has no deadline to extend: enter the deadline itself.")
        if to <= present:
            raise Refused(
                f"The deadline is {short_day(present, self.today)} already; "
                "an extension is a later day."
            )
        self._set_deadline(step, to, None)

    def _check_days(self, step: Step, named: Mapping[str, date]) -> None:
        """Refused for days that have not come, and for papers from before the offer."""
        row = step.row
        for name, day in named.items():
            since = row.applied_on if name in _BEFORE_AN_OFFER else row.offered_on
            # A check of references is announced for a day to come.
            if name not in _BEFORE_AN_OFFER:
                self._day(day)
            if since is not None and day < since:
                thing = "application" if name in _BEFORE_AN_OFFER else "offer"
                raise Refused(
                    f"{short_day(day)} lies before the {thing} itself ({short_day(since)})."
                )
        letter_on = named.get("offer_letter_on", row.offer_letter_on)
        signed_on = named.get("offer_signed_on", row.offer_signed_on)
        if letter_on is not None and signed_on is not None and signed_on < letter_on:
            raise Refused(
                f"The letter came on {short_day(letter_on)}; it cannot be signed before that."
            )


def _must_be_offered(step: Step, sentence: str) -> None:
    if step.row.stage != Stage.OFFER:
        raise Refused(sentence)


def _check_offer_kind(kind: str) -> None:
    if kind not in OFFER_KINDS:
        raise Refused(f"There is no kind {quoted(kind)} of offer: it is verbal or written.")


def _check_range(what: str, value: Any, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise Refused(f"{what} is a whole number from {least} to {most}.")


def _criteria(entry: Entry) -> list[Criterion]:
    return list(entry.session.exec(select(Criterion).order_by(col(Criterion.id))))
