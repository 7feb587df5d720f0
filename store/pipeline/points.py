"""Points: one line with a kind each, around an interview or an offer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select

from store.model.board import Written
from store.pipeline.changes.use_case import Step, UseCases, find, must_be_open
from store.rules import fields
from store.rules.points import KINDS, check_answer, check_kind, check_state
from store.rules.text import Refused, clean, quoted
from store.tables import FollowUp, Interview, Point

_OTHER_CARD = "belongs to another application."


class Points(UseCases):
    """Use cases about points (see `store.rules.points` for the kinds)."""

    def point(
        self,
        application_id: int,
        kind: str,
        text: str,
        *,
        detail: str = "",
        interview_id: int | None = None,
        felt: bool = False,
        due_on: date | None = None,
        link: str = "",
        answers_id: int | None = None,
        question: str = "",
    ) -> Written:
        """Note a point.

        Args:
            detail: the user's own answer, plan, reason, amount.
            interview_id: the interview that it comes from.
            felt: a concern that nobody said; of a question asked, that the answer was weak; of a
                question to prepare, that it is the user's to ask.
            due_on: by when a promise is due; of which day a piece of news is.
            answers_id: the point this one answers: a step taken against a concern, a story
                for a requirement.
            question: instead of `answers_id`, the words of a question to prepare that this one
                answers; it is noted as well if it is not there yet.
        """
        columns = _clean({"kind": kind, "text": text, "detail": detail, "link": link})
        columns |= {"felt": felt, "due_on": due_on}
        with self._step("point", application_id) as step:
            _check_interview(step, interview_id)
            if question:
                answers_id = self._question(step, question).id
            if answers_id is not None:
                check_answer(kind, _mine(step, answers_id).kind)
            row = step.add(
                Point,
                interview_id=interview_id,
                answers_id=answers_id,
                noted_on=self.today,
                **columns,
            )
            step.made = row.id
            step.tell(f"{KINDS[kind].title.lower()}: {row.text}")
        return step.result()

    def edit_point(self, point_id: int, changes: Mapping[str, Any]) -> Written:
        """Change a point: the arguments of `point`, and `state` (see `store.rules.points`).

        A promise that is open again is to be delivered again.
        """
        columns = _clean(changes)
        with self._step_of("point", Point, point_id) as (step, row):
            if "interview_id" in columns:
                _check_interview(step, columns["interview_id"])
            _check_answers(step, row, columns)
            opened = row.state == "done" and columns.get("state", "done") != "done"
            if "state" in columns:
                columns |= settlement(row, columns["state"], self.today)
            step.entry.put(row, **columns)
            title = KINDS[row.kind].title.lower()
            step.tell(
                f"{title} {row.state}: {row.text}"
                if "state" in columns
                else f"{title} changed: {row.text}"
            )
            if opened:
                _take_up_again(step, row)
        return step.result()

    def remove_point(self, point_id: int) -> Written:
        """Remove a point; what answered it stays, on its own."""
        with self._step_of("point", Point, point_id) as (step, row):
            step.tell(f"{KINDS[row.kind].title.lower()} removed: {row.text}")
            drop(step, row)
        return step.result()

    def rehearse(self, application_id: int, question: str, rehearsed: bool = True) -> Written:
        """Tick a question to prepare, or take the tick away; one that is not noted yet is noted."""
        with self._step("point", application_id) as step:
            row = self._question(step, question)
            step.entry.put(row, **settlement(row, "done" if rehearsed else "open", self.today))
            step.tell(f"{'rehearsed' if rehearsed else 'to rehearse'}: {row.text}")
        return step.result()

    def _question(self, step: Step, question: str) -> Point:
        """The question to prepare with these words, whatever their case; noted if it was not."""
        text = clean(question, fields.POINT["text"])
        query = select(Point).where(Point.application_id == step.id, Point.kind == "question")
        rows = step.entry.session.exec(query).all()
        row = next((row for row in rows if row.text.casefold() == text.casefold()), None)
        if row is None:
            row = step.add(Point, kind="question", text=text, noted_on=self.today)
            step.made = row.id
        return row

    def carry(self, point_id: int, to_application_id: int) -> Written:
        """Copy an open concern to another application: the same question will come again."""
        with self._step("point", to_application_id) as step:
            must_be_open(step)
            source = find(step.entry.session, Point, point_id)
            if source.kind != "concern" or source.state != "open":
                raise Refused("Only open concerns can be carried over.")
            if source.application_id == step.id:
                raise Refused("This concern belongs to that application already.")
            query = select(Point.text).where(
                Point.application_id == step.id, Point.kind == "concern"
            )
            known = {text.casefold() for text in step.entry.session.exec(query)}
            if source.text.casefold() in known:
                raise Refused(f"{quoted(source.text)} is among its concerns already.")
            row = step.add(
                Point,
                kind=source.kind,
                text=source.text,
                detail=source.detail,
                felt=source.felt,
                noted_on=self.today,
            )
            step.made = row.id
            step.tell(f"concern carried over: {row.text}")
        return step.result()


def settlement(row: Point, state: str, day: date) -> dict[str, Any]:
    """The columns of a point that comes into `state` on `day`; the day stays while that does."""
    if state == "open":
        return {"state": state, "settled_on": None}
    return {"state": state, "settled_on": row.settled_on if state == row.state else day}


def drop(step: Step, row: Point) -> None:
    """Remove a point, and the references of those that answer it."""
    query = select(Point).where(Point.answers_id == row.id)
    for other in step.entry.session.exec(query).all():
        step.entry.put(other, answers_id=None)
    step.entry.session.flush()
    step.entry.remove(row)


def _clean(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `point` for `changes`; TypeError for one that there is not."""
    columns: dict[str, Any] = {}
    for name, value in changes.items():
        if name in fields.POINT:
            columns[name] = clean(value, fields.POINT[name])
        elif name == "kind":
            columns[name] = check_kind(value)
        elif name == "state":
            columns[name] = check_state(value)
        elif name == "felt":
            columns[name] = bool(value)
        elif name in ("due_on", "interview_id", "answers_id"):
            columns[name] = value
        else:
            raise TypeError(f"a point has no field {name!r}")
    return columns


def _check_interview(step: Step, interview_id: int | None) -> None:
    if interview_id is None:
        return
    missing = f"There is no interview {interview_id}."
    row = find(step.entry.session, Interview, interview_id, missing)
    if row.application_id != step.id:
        raise Refused(f"This interview {_OTHER_CARD}")


def _mine(step: Step, point_id: int) -> Point:
    row = find(step.entry.session, Point, point_id)
    if row.application_id != step.id:
        raise Refused(f"What it answers {_OTHER_CARD}")
    return row


def _check_answers(step: Step, row: Point, columns: Mapping[str, Any]) -> None:
    """Refused when the point would answer, or be answered by, what does not go together."""
    kind = columns.get("kind", row.kind)
    answers_id = columns.get("answers_id", row.answers_id)
    if answers_id is not None:
        check_answer(kind, _mine(step, answers_id).kind)
    if kind != row.kind:
        answering = select(Point.kind).where(Point.answers_id == row.id)
        for other in step.entry.session.exec(answering.order_by(col(Point.id))):
            check_answer(other, kind)


def _take_up_again(step: Step, row: Point) -> None:
    query = select(FollowUp).where(
        FollowUp.application_id == step.id,
        FollowUp.anchor == f"point:{row.id}",
        FollowUp.state == "done",
    )
    for follow_up in step.entry.session.exec(query).all():
        step.entry.put(follow_up, state="open", done_on=None)
