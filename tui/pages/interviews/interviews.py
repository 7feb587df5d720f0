"""All interviews of one application: when, with whom, how they stand, and what to change."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.dossier import AssignmentEntry, Dossier, InterviewEntry
from store.rules.fields import CONTACT, PEOPLE
from store.rules.people import names_in
from store.rules.stages import SAID, Round, read_round
from store.rules.text import clean
from tui.actions.interviews import open_debrief
from tui.dialogs.dialog import LIST_WIDTHS
from tui.dialogs.line import line_dialog
from tui.dialogs.pickers import WhoDialog
from tui.pages.dossier import points_of
from tui.pages.interviews.interviews_text import (
    COLUMNS,
    WHEN_WIDE,
    ahead_of,
    detail,
    first_to_show,
    line_of,
    read_change,
    read_hours,
    row,
    task_detail,
    task_line,
    task_row,
)
from tui.pages.page import ListPage
from tui.typed.interviews import read_task
from tui.widgets.cells import clip
from tui.widgets.paragraphs import Detail, Spread
from tui.widgets.rows import Row, Rows, Section

if TYPE_CHECKING:
    from tui.conversation import Act


_NAMES = PEOPLE._replace(limit=5_000)
_TITLE_CELLS = 70


class InterviewsScreen(ListPage[None], where="interviews"):
    """The interviews of the application `application_id`; it closes when that is deleted."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self._placed = False

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="interviews")
            yield Detail()

    @property
    def chosen(self) -> InterviewEntry | None:
        """The interview under the cursor."""
        interviews = self._dossier.interviews if self._dossier is not None else ()
        return self.under_cursor({interview.id: interview for interview in interviews})

    @property
    def chosen_task(self) -> AssignmentEntry | None:
        tasks = self._dossier.assignments if self._dossier is not None else ()
        return self.under_cursor({-task.id: task for task in tasks})

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        first = None if self._placed else first_to_show(dossier.interviews, now)
        self._placed = True
        rows = self.query_one(Rows)
        whose = f"{dossier.card.company} — {dossier.card.role}"
        rows.border_title = Content(clip(f"Interviews  {whose}", _TITLE_CELLS))
        at = first.id if first is not None else None
        named = {entry.interview_id: entry.promised_by for entry in dossier.debriefs}
        entries: list[Section | Row] = [
            row(interview, now, named.get(interview.id)) for interview in dossier.interviews
        ]
        if dossier.assignments:
            entries.append(Section("Tasks", len(dossier.assignments)))
            entries += [task_row(task, now) for task in dossier.assignments]
        rows.show(entries, at=at, hint=_HINT)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        interview, task, now = self.chosen, self.chosen_task, self.rounds.now()
        if task is not None:
            self.query_one(Detail).tell(task_detail(task, now))
        elif interview is not None and self._dossier is not None:
            said = [*points_of(interview.id, self._dossier.points)]
            if not said and not interview.was_held(now):
                said = [*ahead_of(self._dossier, interview, now)]
            self.query_one(Detail).tell(detail(self._dossier, interview, now), said)
        else:
            self.query_one(Detail).tell()

    def _need_interview(self) -> InterviewEntry | None:
        """The chosen interview; a sentence when there is none."""
        if self.chosen_task is not None:
            self.rounds.say(
                "This is a task. Press d to mark it as handed in, # to record the hours."
            )
        elif self.chosen is None:
            self.rounds.say("No interview yet. Press i to add one.")
        return self.chosen

    @on(Rows.Chosen)
    def action_change(self) -> None:
        """Another time, length, place, form, or other people, in the line that made it; of a task
        its title and day."""
        if self.chosen_task is not None:
            self._change_task(self.chosen_task)
            return
        interview = self._need_interview()
        if interview is None or self.subject() is None:
            return
        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        first = line_of(interview, today, zone)
        self.conversation.converse(
            line_dialog(
                "Change the interview",
                "A date and time. What you leave out stays as it is.",
                lambda text: read_change(text, interview, first, today, zone),
                first,
                placeholder="tue 10:00 45m panel with Ana at Room 4",
                editing=True,
                selected=WHEN_WIDE if first else 0,
            ),
            lambda typed: (
                lambda p: p.reschedule(interview.id, typed.value.starts_at, **typed.value.details)
            ),
        )

    def action_debrief(self) -> None:
        if interview := self._need_interview():
            self.conversation.run(
                open_debrief(self.conversation, self.application_id, interview.id)
            )

    def action_cancel(self) -> None:
        """It will not take place: they called it off, or the user did."""
        interview = self._need_interview()
        if interview is None:
            return
        self.conversation.run(
            self._ask_who(
                WhoDialog(
                    "Cancel the interview", "Who cancelled it?", interview.called_off_by or "them"
                ),
                lambda by: lambda p: p.cancel_interview(interview.id, by=by),
                "Interview cancelled. u undoes it.",
            ),
        )

    def action_not_held(self) -> None:
        """It did not take place after all, and who did not come; again: it did."""
        interview = self._need_interview()
        if interview is None:
            return
        if interview.starts_at is None or interview.starts_at > self.rounds.now():
            self.conversation.write(lambda p: p.mark_held(interview.id, False))
            return
        if interview.kept is False:
            self.conversation.write(
                lambda p: p.mark_held(interview.id, None), told="Marked as held again. u undoes it."
            )
            return
        self.conversation.run(
            self._ask_who(
                WhoDialog("Not held", "Who did not come?"),
                lambda by: lambda p: p.mark_held(interview.id, False, by=by),
                "It did not take place. u undoes it.",
            ),
        )

    async def _ask_who(self, dialog: WhoDialog, act: Callable[[str], "Act"], told: str) -> None:
        who = await self.rounds.push_screen_wait(dialog)
        if who is not None:
            await self.conversation.store(act(who), told)

    def action_round(self) -> None:
        """Which round it is."""
        if interview := self._need_interview():
            self.conversation.converse(
                line_dialog(
                    "Which round is it?",
                    f"first, {', '.join(SAID)}",
                    _read_round,
                    interview.called,
                    placeholder="second · third · final",
                ),
                lambda typed: lambda p: p.set_round(interview.id, typed.value),
            )

    def _need_task(self) -> AssignmentEntry | None:
        """The chosen task; a sentence when there is none."""
        if self.chosen_task is None:
            self.rounds.say("No task here. Press i to add one: “take-home by fri 17:00”.")
        return self.chosen_task

    def _change_task(self, task: AssignmentEntry) -> None:
        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        self.conversation.converse(
            line_dialog(
                "Change the task",
                "Kind, title and due date.",
                lambda text: read_task(text, today, zone, task.stage, now=self.rounds.now()),
                task_line(task, zone),
                placeholder="take-home Case study by fri 17:00",
                editing=True,
            ),
            lambda typed: lambda p: p.edit_assignment(task.id, typed.value._asdict()),
        )

    def action_handed_in(self) -> None:
        """The task was handed in today; again: not yet."""
        if task := self._need_task():
            on = self.rounds.now().date() if task.handed_in_on is None else None
            told = "Handed in." if on else "Not handed in yet."
            self.conversation.write(
                lambda p: p.edit_assignment(task.id, {"handed_in_on": on}),
                told=f"{told} u undoes it.",
            )

    def action_hours(self) -> None:
        if task := self._need_task():
            self.conversation.converse(
                line_dialog(
                    f"{task.title}: hours spent",
                    "Total so far.",
                    read_hours,
                    f"{task.minutes_spent / 60:g}",
                    placeholder="6 · 1.5",
                ),
                lambda typed: lambda p: p.edit_assignment(task.id, {"minutes_spent": typed.value}),
            )

    def action_remove_task(self) -> None:
        if task := self._need_task():
            self.conversation.write(
                lambda p: p.remove_assignment(task.id), told="Removed. u undoes it."
            )

    def action_slots(self) -> None:
        """The invitation was answered with times that suit."""
        if interview := self._need_interview():
            self.conversation.write(
                lambda p: p.log_slots(interview.id),
                told="Recorded: you sent times. Press Enter once they choose one.",
            )

    def action_who(self) -> None:
        """Who takes part."""
        if interview := self._need_interview():
            self.conversation.converse(
                line_dialog(
                    "Interviewers",
                    "Names; empty for none.",
                    _read_names,
                    ", ".join(person.name for person in interview.interviewers),
                    placeholder="Ana Ruiz, Bo Li and Cy",
                    editing=True,
                ),
                lambda typed: lambda p: p.set_interviewers(interview.id, typed.value),
            )


_HINT = ("No interview yet.", "", "Press i to add one: “tue 10:00 45m with Ana”, or “invited”.")


def _read_round(text: str) -> tuple[Round, str]:
    """A round, and the words that say it back."""
    which = read_round(text)
    return which, f"The {text.strip().lower()} interview"


def _read_names(text: str) -> tuple[Sequence[str], str]:
    """The names in a line, and the words that say them back."""
    names = [clean(name, CONTACT["name"]) for name in names_in(clean(text, _NAMES))]
    return names, f"With {', '.join(names)}" if names else "No interviewers"
