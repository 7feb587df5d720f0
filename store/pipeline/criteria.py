"""What the user wants of a job, and how far each offer gives it."""

from typing import Any

from sqlmodel import Session, col, select

from store.journal import Entry, recorded
from store.pipeline.use_case import UseCases, found
from store.rules import fields
from store.rules.people import same_name
from store.rules.text import Refused, clean, quoted
from store.tables import Criterion, Score
from store.written import Written

_NO_CRITERION = "This criterion does not exist any more."


class Criteria(UseCases):
    """Use cases about the criteria for all offers, and the scores of each."""

    def criterion(self, name: str, weight: int) -> Written:
        """A thing that matters in every offer, from 1 (nice to have) to 5 (decides)."""
        called = clean(name, fields.CRITERION)
        _check_range("A weight", weight, 1, 5)
        with recorded(self.database, "criterion", f"criterion: {called}") as entry:
            row = _called(entry.session, called)
            if row is None:
                row = entry.add(Criterion(name=called, weight=weight))
            else:
                entry.put(row, name=called, weight=weight)
            return self._told(entry, made=row.id)

    def edit_criterion(self, criterion_id: int, name: str, weight: int) -> Written:
        """Call a criterion something else, or weigh it anew; its scores stay."""
        called = clean(name, fields.CRITERION)
        _check_range("A weight", weight, 1, 5)
        with recorded(self.database, "criterion", f"criterion changed: {called}") as entry:
            row = found(entry.session, Criterion, criterion_id, _NO_CRITERION)
            other = _called(entry.session, called)
            if other is not None and other.id != row.id:
                raise Refused(f"There is a criterion {quoted(other.name)} already.")
            entry.put(row, name=called, weight=weight)
            return self._told(entry)

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


def _check_range(what: str, value: Any, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise Refused(f"{what} is a whole number from {least} to {most}.")


def _called(session: Session, name: str) -> Criterion | None:
    """The criterion of this name, however its capitals are written."""
    rows = session.exec(select(Criterion).order_by(col(Criterion.id)))
    return next((row for row in rows if same_name(row.name, name)), None)
