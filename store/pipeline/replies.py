"""What the employer wrote, and what an end leaves: thanks, a lesson, a checklist."""

from collections.abc import Mapping
from datetime import date, tzinfo

from store.model.board import Written
from store.pipeline.applications import tick
from store.pipeline.changes.use_case import Step, UseCases
from store.pipeline.decision import take_written
from store.pipeline.followups import complete_first
from store.rules import fields
from store.rules.dates import short_day
from store.rules.lists import is_item
from store.rules.text import Refused, clean, quoted
from store.rules.typed.days import worth_quoting


def hear(
    step: Step,
    day: date,
    decides_by: date | None,
    words: str,
    text: str,
    zone: tzinfo,
    automatic: bool,
) -> None:
    """They wrote on `day`; see `Replies.log_reply`. Texts are cleaned."""
    if decides_by is not None and decides_by < day:
        raise Refused("The decision date is before their message. Check both dates.")
    kind = "automatic" if automatic else "date_given" if decides_by else "reply"
    if decides_by is not None:
        worth = words if worth_quoting(words, day) else ""
        take_written(step, decides_by, day, worth, zone)
    step.log(kind, day, direction="in", text=text)
    step.tell(
        "auto-reply"
        if automatic
        else f"they replied: decision by {short_day(decides_by, step.entry.today)}"
        if decides_by
        else "they replied"
    )


class Replies(UseCases):
    """Use cases about messages that came in."""

    def log_reply(
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

        A human reply ends the pending inquiries and wakes a quiet card; a date that they named
        before the one that is known changes nothing about that. An automatic
        acknowledgement is logged and changes nothing.
        """
        expected_text = clean(said, fields.APPLICATION["expected_text"])
        body = clean(text, fields.MESSAGE) if text.strip() else ""
        with self._step("reply", application_id, on=on) as step:
            day = self._day(on, since=step.row.applied_on)
            hear(step, day, decides_by, expected_text, body, self.database.clock.zone, automatic)
        return step.result()


class Ends(UseCases):
    """Use cases about applications that are over."""

    def lesson(
        self,
        application_id: int,
        *,
        reason: str | None = None,
        lesson_keep: str | None = None,
        lesson_change: str | None = None,
        feedback_asked: bool | None = None,
        thanked_on: date | None = None,
        stay_in_touch: bool | None = None,
        ticks: Mapping[str, bool] | None = None,
    ) -> Written:
        """What is worth keeping of an application that is over; what is None stays as it was.

        Args:
            reason: why it ended, as far as that is known.
            lesson_keep, lesson_change: one thing to do again, and one to do otherwise.
            feedback_asked: whether they were asked for feedback.
            thanked_on: when they were thanked; the reminder to do so is done with it.
            stay_in_touch: whether to come back to them after months.
            ticks: items of the checklist for an end (see `store.rules.lists`).
        """
        given = {"reason": reason, "lesson_keep": lesson_keep, "lesson_change": lesson_change}
        columns: dict[str, object] = {
            name: clean(text, fields.APPLICATION[name])
            for name, text in given.items()
            if text is not None
        }
        if stay_in_touch is not None:
            columns["stay_in_touch"] = stay_in_touch
        with self._step("lesson", application_id) as step:
            if step.row.outcome is None:
                raise Refused("This application is still open. Close it first.")
            step.entry.put(step.row, **columns)
            if thanked_on is not None and thanked_on != step.row.thanked_rejection_on:
                self._note_thanks(step, thanked_on)
            if feedback_asked is not None:
                step.entry.put(step.row, feedback_asked=feedback_asked)
            for item_id, ticked in (ticks or {}).items():
                if not is_item(item_id):
                    raise Refused(f"There is no item {quoted(item_id)} in the checklist.")
                tick(step, item_id, ticked)
            step.tell("lesson noted")
        return step.result()

    def _note_thanks(self, step: Step, on: date) -> None:
        day, closed_on = self._day(on), step.row.closed_on
        if closed_on is not None and day < closed_on:
            raise Refused(
                f"It ended on {short_day(closed_on, self.today)}; "
                "thanks for that cannot be earlier."
            )
        complete_first(step, "thank_reply", day)
        step.entry.put(step.row, thanked_rejection_on=day)
