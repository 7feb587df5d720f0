"""What is done with reminders that belong to no card, and with the goals of a week; its review."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from store.read.weekly.goals import first_weekday
from store.rules.text import as_sentence
from store.rules.weekly.weeks import week_of
from tui.conversation import Act, Conversation

if TYPE_CHECKING:
    from store.model.board import Written
    from store.model.due_list import Reminder
    from store.pipeline import Pipeline

_HINT = "A date if it has one, what to do, and “every week” or “every month” if it comes again."
_EXAMPLE = "fri update the CV"


def open_review(it: Conversation) -> None:
    """The week in one page."""
    it.rounds.open("review")


def add_reminder(it: Conversation) -> None:
    """A reminder that belongs to no card."""
    from tui.dialogs.line import line_dialog
    from tui.typed.weekly import read_free_reminder

    today = it.rounds.now().date()
    it.converse(
        line_dialog(
            "Reminder without a card",
            _HINT,
            lambda text: read_free_reminder(text, today),
            placeholder=_EXAMPLE,
        ),
        lambda typed: (
            lambda p: p.add_reminder(typed.value.text, typed.value.on, every=typed.value.every)
        ),
        told=None,
    )


def edit_reminder(it: Conversation, one: Reminder) -> None:
    """Change what it says, its day, how often it comes."""
    from tui.dialogs.line import line_dialog
    from tui.typed.weekly import read_free_reminder, reminder_text

    today = it.rounds.now().date()
    it.converse(
        line_dialog(
            "Edit reminder",
            _HINT,
            lambda text: read_free_reminder(text, today, one.due_on),
            reminder_text(one.text, one.due_on, one.every),
            placeholder=_EXAMPLE,
            editing=True,
        ),
        lambda typed: lambda p: p.edit_reminder(one.id, typed.value._asdict()),
        told=None,
    )


def finish_reminder(it: Conversation, one: Reminder) -> None:
    """It is done; one that comes again is due the next time then."""
    it.write(lambda p: p.complete_reminders([one.id]), told=None)


def drop_reminder(it: Conversation, one: Reminder) -> None:
    """Never raise it again."""
    told = f"{as_sentence(f'Dropped: {one.text}')} u undoes it."
    it.write(lambda p: p.drop_reminders([one.id]), told=told)


def snooze_reminder(it: Conversation, one: Reminder) -> None:
    """Put it off to another day."""
    from tui.dialogs.line import line_dialog
    from tui.typed.applications import read_later_day

    today = it.rounds.now().date()
    due_on = one.due_on or today
    it.converse(
        line_dialog(
            f"Snooze: {one.text}",
            "Remind me on: +1d, +3d, +1w, fri, 3 dec",
            lambda text: read_later_day(text, today, due_on),
            "+1d",
            placeholder="+1d · +3d · +1w · fri",
        ),
        lambda typed: lambda p: p.snooze_reminders([one.id], typed.value),
        told=None,
    )


def set_goal(it: Conversation, initial: str = "") -> None:
    """A goal for this week and those after it."""
    from tui.dialogs.line import line_dialog
    from tui.typed.weekly import read_goal_line

    today = it.rounds.now().date()

    def store(kind: str, number: int) -> Act:
        def act(pipeline: Pipeline) -> Written:
            with closing(pipeline.database.glance()) as glance:
                begins = first_weekday(glance)
            return pipeline.set_goal(kind, number, week_of(today, begins))

        return act

    it.converse(
        line_dialog(
            "Goal for a week",
            "A number and what to count: applications, follow-ups, interviews or contacts; 0 ends "
            "a goal.",
            read_goal_line,
            initial,
            placeholder="5 applications",
            editing=bool(initial),
        ),
        lambda typed: store(*typed.value),
        told=None,
    )
