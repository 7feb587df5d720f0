"""The debrief of an interview: written down at once, left and taken up again, then finished."""

import json
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from sqlmodel import col, select

from store.advice.facts import aware
from store.model.board import Written
from store.pipeline.applications import check_signals
from store.pipeline.changes.use_case import Step, UseCases
from store.pipeline.decision import take_spoken
from store.pipeline.followups import settle
from store.pipeline.points import drop
from store.rules import fields
from store.rules.dates import short_day
from store.rules.followups.actions import DEBRIEF
from store.rules.followups.ends import promise_day
from store.rules.points import DEBRIEFED, check_kind
from store.rules.stages import Stage
from store.rules.text import Refused, clean
from store.rules.typed.days import worth_quoting
from store.rules.typed.debrief import DebriefLine
from store.tables import Debrief, Interview, Point

_ALIKE = 0.6
"""From which share of letters in common a line is the old one reworded (product)."""


class Debriefs(UseCases):
    """Use cases about debriefs."""

    def debrief(
        self,
        interview_id: int,
        *,
        finished: bool = True,
        mood: int | None = None,
        wish: int | None = None,
        signals: Sequence[str] = (),
        next_step: str = "",
        promised_by: date | None = None,
        promised_text: str = "",
        remarks: str = "",
        points: Sequence[DebriefLine] | None = None,
    ) -> Written:
        """Write the debrief of an interview, the first time or again.

        Args:
            finished: False when it was left in the middle: it waits to be taken up again.
            mood, wish: the gut feeling, and the wish to go on, 1 to 5.
            signals: keys of `store.rules.lists`.
            next_step: what they said comes next; goes onto the application too.
            promised_by, promised_text: the day by which they decide, and their words for it. A
                day that is new goes onto the application as named on the day of the interview,
                as with a reply, unless there is an offer already: that is the decision.
            points: all lines of the form, of the kinds `store.rules.points.DEBRIEFED`; None when
                they were not asked for. A line that is there already stays, with its plan and
                what answers it; one that was reworded keeps them too; one that is missing goes.
                A promise of the user's that names a day, “send it by fri”, is due on that day.
        """
        columns = _clean(mood, wish, signals, next_step, promised_text, remarks)
        lines = _lines(points) if points is not None else None
        with self._step_of("debrief", Interview, interview_id) as (step, interview):
            held_on = self._day_of(step, interview)
            if promised_by is not None and promised_by < held_on:
                raise Refused(
                    "The day by which they decide lies before the interview "
                    f"({short_day(held_on)})."
                )
            columns |= {"finished": finished, "promised_by": promised_by}
            self._write(step, interview, columns, held_on)
            if lines is not None:
                self._keep_lines(step, interview, lines)
            self._finish(step, interview, finished)
        return step.result()

    def _day_of(self, step: Step, interview: Interview) -> date:
        """The day of the interview; Refused when there is nothing to write about yet."""
        starts_at = aware(interview.starts_at)
        if interview.status != "confirmed" or starts_at is None:
            raise Refused("This interview was never agreed; there is nothing to debrief.")
        if interview.kept is False:
            raise Refused("This interview did not take place; there is nothing to debrief.")
        if starts_at > step.entry.now:
            raise Refused("The interview has not begun yet.")
        return starts_at.astimezone(self.database.clock.zone).date()

    def _write(
        self, step: Step, interview: Interview, columns: dict[str, Any], held_on: date
    ) -> None:
        query = select(Debrief).where(Debrief.interview_id == interview.id)
        row = step.entry.session.exec(query).first()
        promised_before = row.promised_by if row is not None else None
        step_before = row.next_step if row is not None else ""
        if row is None:
            assert interview.id is not None
            row = step.add(Debrief, interview_id=interview.id, written_on=self.today, **columns)
            step.made = row.id
        else:
            step.entry.put(row, written_on=self.today, **columns)
        said = row.promised_text
        decided = step.row.stage == Stage.OFFER
        if row.promised_by is not None and row.promised_by != promised_before and not decided:
            words = said if worth_quoting(said, self.today) else ""
            zone = self.database.clock.zone
            take_spoken(step, row.promised_by, held_on, words, zone, before=promised_before)
        if row.next_step and row.next_step != step_before:
            step.entry.put(step.row, next_step=row.next_step)

    def _keep_lines(self, step: Step, interview: Interview, lines: Sequence[DebriefLine]) -> None:
        """Make the points of the interview those of the form."""
        query = (
            select(Point)
            .where(Point.interview_id == interview.id, col(Point.kind).in_(DEBRIEFED))
            .order_by(col(Point.id))
        )
        old = list(step.entry.session.exec(query))
        new = list(lines)
        for line in lines:
            same = next((p for p in old if (p.kind, p.text) == line[:2]), None)
            if same is not None:
                old.remove(same)
                new.remove(line)
                step.entry.put(same, felt=line[2])
        for kind, text, felt in new:
            reworded = next((p for p in old if p.kind == kind and _alike(p.text, text)), None)
            if reworded is not None:
                old.remove(reworded)
                due_on = self._due_on(kind, text) or reworded.due_on
                step.entry.put(reworded, text=text, felt=felt, due_on=due_on)
                continue
            step.add(
                Point,
                interview_id=interview.id,
                kind=kind,
                text=text,
                felt=felt,
                due_on=self._due_on(kind, text),
                noted_on=self.today,
            )
        for point in old:
            drop(step, point)

    def _due_on(self, kind: str, text: str) -> date | None:
        return promise_day(text, self.today) if kind == "my_promise" else None

    def _finish(self, step: Step, interview: Interview, finished: bool) -> None:
        """A debrief that was finished once stays so, also when it is opened again and left."""
        if finished:
            step.entry.put(
                interview, debriefed_on=interview.debriefed_on or self.today, debrief_left=False
            )
            settle(step, DEBRIEF, self.today, interview_id=interview.id)
        else:
            step.entry.put(interview, debrief_left=True)
        step.tell("debrief written" if finished else "debrief begun")


def _alike(old: str, new: str) -> bool:
    """Whether `new` is `old` in other words, rather than something else."""
    return SequenceMatcher(None, old.casefold(), new.casefold()).ratio() >= _ALIKE


def _clean(
    mood: int | None,
    wish: int | None,
    signals: Sequence[str],
    next_step: str,
    promised_text: str,
    remarks: str,
) -> dict[str, Any]:
    for what, value in (("The gut feeling", mood), ("Still interested", wish)):
        if value is not None and (type(value) is not int or not 1 <= value <= 5):
            raise Refused(f"{what} must be a whole number from 1 to 5.")
    return {
        "mood": mood,
        "wish": wish,
        "signals": json.dumps(check_signals(signals)),
        "next_step": clean(next_step, fields.DEBRIEF["next_step"]),
        "promised_text": clean(promised_text, fields.DEBRIEF["promised_text"]),
        "remarks": clean(remarks, fields.DEBRIEF["remarks"]),
    }


def _lines(points: Sequence[DebriefLine]) -> list[DebriefLine]:
    """The lines of the form, cleaned, each once; empty ones are left out."""
    lines: dict[tuple[str, str], bool] = {}
    for kind, text, felt in points:
        if check_kind(kind) not in DEBRIEFED:
            raise Refused(f"A debrief has no lines of the kind {kind}.")
        if text.strip():
            lines[kind, clean(text, fields.POINT["text"])] = bool(felt)
    return [(kind, text, felt) for (kind, text), felt in lines.items()]
