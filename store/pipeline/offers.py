"""The offer: its deadline, its papers, the criteria it is weighed by, and what became of it."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, time
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store.clock import local_instant
from store.model.board import Written
from store.pipeline.changes.journal import record
from store.pipeline.changes.use_case import Step, UseCases, find, must_be_open
from store.pipeline.followups import complete_first
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.followups.actions import ACKNOWLEDGEMENT
from store.rules.people import same_name
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused, clean, quoted
from store.tables import OFFER_KINDS, Criterion, Score, StageMove
from store.zones import beside


class _OfferDay(NamedTuple):
    """A day of an offer: its column, how it is told, and how that it is not so, which empties
    the columns `also` too."""

    column: str
    told: str
    unsaid: str = ""
    also: tuple[str, ...] = ()


_DAYS = {
    "letter_on": _OfferDay("offer_letter_on", "written offer", "no written offer yet"),
    "signed_on": _OfferDay("offer_signed_on", "offer signed", "not signed yet"),
    "deadline_asked_on": _OfferDay(
        "offer_deadline_asked_on", "asked for the deadline", "not asked for the deadline"
    ),
    "extension_asked_on": _OfferDay(
        "extension_asked_on", "asked for more time", "not asked for more time"
    ),
    "reference_check_on": _OfferDay(
        "reference_check_on", "reference check", "no reference check", ("reference_check_set_on",)
    ),
    "announced_on": _OfferDay("reference_check_set_on", "reference check announced"),
    "counter_sent_on": _OfferDay("counter_sent_on", "counter-offer sent", "no counter-offer"),
    "starts_on": _OfferDay("starts_work_on", "", "no first day"),
}
"""The days that `Offers.offer` takes, in the order in which they are told."""
_DEADLINE = _OfferDay(
    "offer_deadline_on", "", "no deadline", ("offer_deadline_at", "offer_deadline_set_on")
)
_BEFORE_AN_OFFER = ("reference_check_on", "reference_check_set_on")
_MAY_LIE_AHEAD = ("reference_check_on", "starts_work_on")


class Offers(UseCases):
    """Use cases about an offer."""

    def deadline(
        self, application_id: int, day: date, at: time | None = None, *, zone: str = ""
    ) -> Written:
        """The employer wants an answer to the offer by `day`, at a local time if they named one.

        `zone` is the name of the zone in which they named it, whose time is told beside the local
        one where that is another. The fold of `at` counts where the clocks show it twice.
        """
        with self._step("deadline", application_id) as step:
            must_be_open(step)
            _must_have_offer(step, "Only an offer has a deadline: move the card to offer first.")
            self._set_deadline(step, day, at)
            said = short_day(day, self.today)
            if at is not None:
                moment = local_instant(day, at, self.database.clock.zone)
                said += f" {clock_time(at)}{beside(moment, zone)}"
            step.tell(f"answer due {said}")
        return step.result()

    def offer(
        self,
        application_id: int,
        *,
        kind: str | None = None,
        extended_to: date | None = None,
        unsaid: Collection[str] = (),
        **days: date | None,
    ) -> Written:
        """What became known of an offer; what is left out, or None, stays as it was.

        Args:
            kind: "verbal" or "written"; "" when that is not known. A letter makes it written.
            extended_to: the new deadline.
            unsaid: the days, as `days` names them, that are not so after all.
            days: `letter_on` and `signed_on`, when the letter came, and when both had signed;
                `deadline_asked_on` and `extension_asked_on`, when they were asked by when they
                need the answer, and for more time; `reference_check_on` and `announced_on`, when
                references are called, and when that was said: today unless told, or the day of
                the check where that is over (both are known before there is an offer, too);
                `counter_sent_on`, when other terms were proposed; `starts_on`, the first day at
                work, past or to come.

        An accepted offer is open in this respect: the papers often come after the yes. Raises
        KeyError for a day that there is not.
        """
        given = {_DAYS[name]: day for name, day in days.items() if day is not None}
        named = {one.column: given[one] for one in _DAYS.values() if one in given}
        with self._step("offer", application_id) as step:
            if step.row.outcome != Outcome.ACCEPTED:
                must_be_open(step)
            if kind is not None or extended_to is not None or set(named) - set(_BEFORE_AN_OFFER):
                _must_have_offer(step, "No offer yet: move the card to offer first.")
            told = [one.told for one in _DAYS.values() if one in given and one.told]
            if starts_on := named.get("starts_work_on"):
                told.append(f"first day: {short_day(starts_on, self.today)}")
            self._check_days(step, named)
            step.entry.put(step.row, **named, **self._announcement(step, named))
            for day in (_DAYS[name] for name in unsaid):
                step.entry.put(step.row, **dict.fromkeys((day.column, *day.also)))
                told.append(day.unsaid)
            letter_came = "offer_letter_on" in named
            if letter_came and kind is None:
                kind = "written"
            if kind is not None:
                _check_offer_kind(kind)
                step.entry.put(step.row, offer_kind=kind)
                if not letter_came:
                    told.append(f"{kind} offer" if kind else "offer")
            if extended_to is not None:
                self._extend(step, extended_to)
                told.append(f"answer due {short_day(extended_to, self.today)}")
            if not told:
                raise Refused("No offer details were given.")
            step.tell(", ".join(told))
        return step.result()

    def unsay(self, application_id: int, what: str) -> Written:
        """What was said of the offer is not so: a day named as in `offer`, or "deadline"."""
        day = _DEADLINE if what == "deadline" else _DAYS[what]
        with self._step("offer", application_id) as step:
            step.entry.put(step.row, **dict.fromkeys((day.column, *day.also)))
            step.tell(day.unsaid)
        return step.result()

    def receive_offer(
        self, application_id: int, on: date | None = None, *, kind: str | None = None
    ) -> Written:
        """The offer came on the day `on`, spoken or written: see `offer` for `kind`.

        The day is corrected in the history of the application too; None leaves it as it was.
        """
        if kind is not None:
            _check_offer_kind(kind)
        with self._step("offer", application_id, on=on) as step:
            _must_have_offer(step, "No offer yet: move the card to offer first.")
            if on is not None and on != step.row.offered_on:
                self._correct_offer_day(step, self._day(on))
            if kind is not None:
                step.entry.put(step.row, offer_kind=kind)
            day = step.row.offered_on or step.row.stage_since
            said = f"{kind} offer, " if kind else ""
            unknown = step.row.undated and step.row.offered_on is None
            when = "on a day that is not known" if unknown else f"on {short_day(day, self.today)}"
            step.tell(f"{said}offered {when}")
        return step.result()

    def thank_for_offer(self, application_id: int, *, on: date | None = None) -> Written:
        """They were thanked for the offer; the reminder to do so is done with it."""
        with self._step("offer", application_id, on=on) as step:
            _must_have_offer(step, "No offer yet: move the card to offer first.")
            day = self._day(on)
            self._check_since_offer(step, day)
            if not complete_first(step, ACKNOWLEDGEMENT, day):
                step.entry.put(step.row, offer_acknowledged_on=day)
                step.log("acknowledgement", day)
            step.tell("thanked for the offer")
        return step.result()

    def _correct_offer_day(self, step: Step, day: date) -> None:
        row, entry = step.row, step.entry
        later = (row.offer_letter_on, row.offer_signed_on, row.offer_deadline_on, row.closed_on)
        first = min((known for known in later if known is not None), default=None)
        if first is not None and day > first:
            raise Refused(
                f"{short_day(first, self.today)} is noted for it already; "
                "the offer itself cannot be later than that."
            )
        query = select(StageMove).where(StageMove.application_id == step.id)
        *before, move = entry.session.exec(query.order_by(col(StageMove.id))).all()
        known = [one for one in before if not one.undated]
        if known and day < known[-1].moved_on:
            raise Refused(
                f"It reached {known[-1].to_stage} on "
                f"{short_day(known[-1].moved_on, self.today)}; "
                "the offer cannot be earlier than that."
            )
        for one in before:
            if one.undated and one.moved_on > day:
                entry.put(one, moved_on=day)
        if move.to_stage == Stage.OFFER:
            entry.put(move, moved_on=day, undated=False)
        open_ = {"undated": False} if row.outcome is None else {}
        entry.put(row, offered_on=day, offered_at=None, stage_since=day, **open_)

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

    def _check_since_offer(self, step: Step, day: date) -> None:
        offered_on = step.row.offered_on
        if offered_on is not None and day < offered_on:
            raise Refused(
                f"{short_day(day)} lies before the offer itself ({short_day(offered_on)})."
            )

    def _announcement(self, step: Step, named: Mapping[str, date]) -> dict[str, date]:
        """The day on which a check of references was announced, where only the check is named."""
        checked_on = named.get("reference_check_on")
        if checked_on is None or "reference_check_set_on" in named:
            return {}
        known_since = step.row.reference_check_set_on or self.today
        return {"reference_check_set_on": min(known_since, checked_on)}

    def _check_days(self, step: Step, named: Mapping[str, date]) -> None:
        """Refused for days that have not come, and for papers from before the offer."""
        row = step.row
        for name, day in named.items():
            since = row.applied_on if name in _BEFORE_AN_OFFER else row.offered_on
            if name not in _MAY_LIE_AHEAD:
                self._day(day)
            if since is not None and day < since:
                thing = "application" if name in _BEFORE_AN_OFFER else "offer"
                raise Refused(
                    f"{short_day(day)} lies before the {thing} itself ({short_day(since)})."
                )
        checked_on = named.get("reference_check_on", row.reference_check_on)
        announced_on = named.get("reference_check_set_on")
        if checked_on is not None and announced_on is not None and checked_on < announced_on:
            raise Refused(
                f"References are called on {short_day(checked_on, self.today)}; "
                "that cannot have been announced later."
            )
        letter_on = named.get("offer_letter_on", row.offer_letter_on)
        signed_on = named.get("offer_signed_on", row.offer_signed_on)
        if letter_on is not None and signed_on is not None and signed_on < letter_on:
            raise Refused(
                f"The written offer came on {short_day(letter_on)}; it cannot be signed earlier."
            )


def _must_have_offer(step: Step, sentence: str) -> None:
    if step.row.stage != Stage.OFFER:
        raise Refused(sentence)


def _check_offer_kind(kind: str) -> None:
    if kind not in OFFER_KINDS:
        raise Refused(f"There is no kind {quoted(kind)} of offer: it is verbal or written.")


class Criteria(UseCases):
    """Use cases about the criteria for all offers, and the scores of each."""

    def criterion(self, name: str, weight: int) -> Written:
        """A thing that matters in every offer, from 1 (nice to have) to 5 (decides)."""
        called = clean(name, fields.CRITERION)
        _check_range("A weight", weight, 1, 5)
        with record(self.database, "criterion", f"criterion: {called}") as entry:
            row = _find_criterion(entry.session, called)
            if row is None:
                row = entry.add(Criterion(name=called, weight=weight))
            else:
                entry.put(row, name=called, weight=weight)
            return self._answer(entry.session, entry.change)._replace(made=row.id)

    def edit_criterion(self, criterion_id: int, name: str, weight: int) -> Written:
        """Call a criterion something else, or weigh it anew; its scores stay."""
        called = clean(name, fields.CRITERION)
        _check_range("A weight", weight, 1, 5)
        with record(self.database, "criterion", f"criterion changed: {called}") as entry:
            row = find(entry.session, Criterion, criterion_id)
            other = _find_criterion(entry.session, called)
            if other is not None and other.id != row.id:
                raise Refused(f"There is a criterion {quoted(other.name)} already.")
            entry.put(row, name=called, weight=weight)
            return self._answer(entry.session, entry.change)

    def remove_criterion(self, criterion_id: int) -> Written:
        """Remove a criterion, with its scores."""
        with record(self.database, "criterion", "criterion removed") as entry:
            row = find(entry.session, Criterion, criterion_id)
            entry.change.summary = f"criterion removed: {row.name}"
            for score in entry.session.exec(
                select(Score).where(Score.criterion_id == row.id)
            ).all():
                entry.remove(score)
            entry.remove(row)
            return self._answer(entry.session, entry.change)

    def score(self, application_id: int, criterion_id: int, value: int | None) -> Written:
        """How far the offer gives what a criterion asks for, 0 to 10; None takes the score off."""
        if value is not None:
            _check_range("A score", value, 0, 10)
        with self._step("score", application_id) as step:
            session = step.entry.session
            criterion = find(session, Criterion, criterion_id)
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
                step.add(Score, criterion_id=criterion_id, value=value)
            said = "no score" if value is None else str(value)
            step.tell(f"{criterion.name}: {said}")
        return step.result()


def _check_range(what: str, value: Any, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise Refused(f"{what} must be a whole number from {least} to {most}.")


def _find_criterion(session: Session, name: str) -> Criterion | None:
    """The criterion of this name, however its capitals are written."""
    rows = session.exec(select(Criterion).order_by(col(Criterion.id)))
    return next((row for row in rows if same_name(row.name, name)), None)
