"""What belongs to no application: goals for a week, and reminders."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, select

from store.errors import NotFound
from store.model.board import Written
from store.pipeline.changes.journal import JournalEntry, record
from store.pipeline.changes.use_case import SUMMARY_AT_MOST, UseCases, distinct, find, summary_of
from store.rules import fields
from store.rules.dates import short_day
from store.rules.naming import refuse_any
from store.rules.text import Refused, clean
from store.rules.weekly.goals import KINDS, MOST
from store.rules.weekly.reminders import EVERY, every_words, next_day, reminder_number
from store.rules.weekly.weeks import Week
from store.tables import Goal, Reminder

_PAST = "That date is in the past. Choose today or later."
_Act = Callable[[JournalEntry, Reminder], object]


class Weekly(UseCases):
    """Use cases about the user's own goals and reminders."""

    def set_goal(self, kind: str, number: int, week: Week) -> Written:
        """How many of a kind are wanted in `week`, and in each week after it; 0 for no goal.

        Weeks before it keep the goals that they had. Raises Refused for another number, and when
        it is the goal already.
        """
        goal = KINDS[kind]
        if not 0 <= number <= MOST:
            raise Refused(f"A goal is a whole number from 1 to {MOST}; 0 ends it.")
        told = f"goal: {goal.words_for(number)} a week" if number else f"no goal for {goal.many}"
        with record(self.database, "goal", told) as entry:
            query = select(Goal).where(Goal.kind == kind)
            rows = sorted(entry.session.exec(query).all(), key=lambda row: row.from_on)
            before = next((row.number for row in rows[::-1] if row.from_on < week.first), 0)
            later = [row for row in rows if row.from_on >= week.first]
            same = next((row for row in later if row.from_on == week.first), None)
            if number == (before if same is None else same.number) and later in ([], [same]):
                raise Refused(_same_goal(kind, number))
            # What was set for a later week gives way: the number holds from this one on.
            entry.remove_all([row for row in later if row is not same or number == before])
            if number != before and same is not None:
                entry.put(same, number=number)
            elif number != before:
                entry.add(Goal(kind=kind, number=number, from_on=week.first))
            return self._answer(entry.session, entry.change)

    def add_reminder(self, text: str, on: date | None = None, *, every: str = "") -> Written:
        """A reminder that belongs to no application, for the day `on`, or for none.

        Args:
            every: how often it comes again from then on, by the names of `EVERY`; from today on
                where no day is given.

        Raises Refused for a day that is over.
        """
        label = clean(text, fields.REMINDER)
        day = _first_day(on, every, self.today)
        if day is not None and day < self.today:
            raise Refused(_PAST)
        with record(self.database, "reminder", "reminder") as entry:
            row = entry.add(
                Reminder(
                    text=label,
                    begins_on=day,
                    due_on=day,
                    every=every,
                    created_at=entry.now,
                    updated_at=entry.now,
                )
            )
            entry.change.summary = self._summary("reminder", row)
            return self._answer(entry.session, entry.change)._replace(made=row.id)

    def edit_reminder(self, reminder_id: int, changes: Mapping[str, Any]) -> Written:
        """Change the `text`, the day `on` (None for none), or how often it comes (`every`).

        With a new day it is counted from there, and what was snoozed is no more. Raises NotFound,
        and Refused for a day that is over, or when all of it is so already.
        """
        unknown = changes.keys() - {"text", "on", "every"}
        if unknown:
            raise TypeError(f"a reminder has no {sorted(unknown)[0]!r}")
        with record(self.database, "reminder", "reminder changed") as entry:
            row = _find_pending(entry.session, reminder_id)
            text = clean(changes["text"], fields.REMINDER) if "text" in changes else row.text
            every = changes.get("every", row.every)
            if every and "on" in changes and changes["on"] is None:
                raise Refused("What comes again needs a day. Nothing was changed.")
            shown = row.snoozed_to or row.due_on
            values: dict[str, object] = {"text": text, "every": every}
            on = _first_day(changes.get("on", shown), every, self.today)
            if on != shown:
                if on is not None and on < self.today:
                    raise Refused(_PAST)
                values |= {"begins_on": on, "due_on": on, "snoozed_to": None}
            elif every != row.every and every:
                values |= {"begins_on": shown, "due_on": shown, "snoozed_to": None}
            if not entry.put(row, **values):
                raise Refused("It says that already. Nothing was changed.")
            entry.put(row, updated_at=entry.now)
            entry.change.summary = self._summary("reminder changed", row)
            return self._answer(entry.session, entry.change)._replace(made=row.id)

    def complete_reminders(self, ids: Sequence[int], *, on: date | None = None) -> Written:
        """They were done on the day `on`; those that come again are due the next time then.

        One step of undo for all. Raises NotFound and Refused, naming them, when one is not open.
        """
        day = self._day(on)

        def act(entry: JournalEntry, row: Reminder) -> None:
            again = _next_time(row, day, self.today)
            if again is None:
                entry.put(row, state="done", done_on=day, snoozed_to=None)
            else:
                entry.put(row, due_on=again, done_on=day, snoozed_to=None)

        return self._to_reminders("done", ids, act, on=on)

    def snooze_reminders(self, ids: Sequence[int], to: date) -> Written:
        """Show them again on the day `to`, from tomorrow on; one step of undo for all."""
        if to <= self.today:
            raise Refused("The earliest snooze date is tomorrow.")

        def act(entry: JournalEntry, row: Reminder) -> None:
            if row.due_on is None:
                entry.put(row, begins_on=to, due_on=to)
            else:
                entry.put(row, snoozed_to=to)

        return self._to_reminders(f"snoozed to {short_day(to, self.today)}", ids, act)

    def drop_reminders(self, ids: Sequence[int]) -> Written:
        """Delete them, with all the times that they would come again; undo brings them back."""
        return self._to_reminders("reminder dropped", ids, lambda entry, row: entry.remove(row))

    def _to_reminders(
        self, told: str, ids: Sequence[int], act: _Act, *, on: date | None = None
    ) -> Written:
        with record(self.database, "reminder", told, on=on) as entry:
            rows, missing = [], []
            wanted = distinct(ids, "reminder")
            for reminder_id in wanted:
                try:
                    rows.append(_find_pending(entry.session, reminder_id))
                except (NotFound, Refused) as refused:
                    if len(wanted) == 1:
                        raise
                    missing.append((reminder_number(reminder_id), refused))
            refuse_any(missing, len(wanted))
            summary = summary_of(told, [row.text for row in rows])
            for row in rows:
                act(entry, row)
            if len(rows) == 1 and rows[0].every and told == "done":
                again = rows[0].due_on
                assert again is not None
                summary = f"{summary}; next {short_day(again, self.today)}"[:SUMMARY_AT_MOST]
            entry.change.summary = summary
            return self._answer(entry.session, entry.change)

    def _summary(self, what: str, row: Reminder) -> str:
        """ "reminder for Fri 27 Nov, every week: update the CV"."""
        day = f" for {short_day(row.due_on, self.today)}" if row.due_on is not None else ""
        again = f", {every_words(row.every)}" if row.every else ""
        return f"{what}{day}{again}: {row.text}"[:SUMMARY_AT_MOST]


def _same_goal(kind: str, number: int) -> str:
    goal = KINDS[kind]
    if not number:
        return f"You have no goal for {goal.many}. Nothing was changed."
    return f"Your goal is {goal.words_for(number)} a week already. Nothing was changed."


def _first_day(on: date | None, every: str, today: date) -> date | None:
    """What comes again needs a day to begin on."""
    if every and every not in EVERY:
        raise Refused("A reminder comes every day, week, two weeks or month.")
    return today if every and on is None else on


def _find_pending(session: Session, reminder_id: int) -> Reminder:
    number = reminder_number(reminder_id)
    row = find(session, Reminder, reminder_id, f"There is no reminder {number}.")
    if row.state != "open":
        day = f" on {short_day(row.done_on)}" if row.done_on else ""
        raise Refused(f"This reminder was done{day} already.")
    return row


def _next_time(row: Reminder, day: date, today: date) -> date | None:
    """The day on which it comes again once it was done on `day`; None for one that does not."""
    if not row.every or row.begins_on is None or row.due_on is None:
        return None
    try:
        return next_day(row.begins_on, row.every, max(row.due_on, day, today))
    except (OverflowError, ValueError):
        return None  # beyond the last day that there is
