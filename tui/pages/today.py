"""What is late, due today and in the coming days, with the interviews: what to do now, and why. How
the lines are worded stands in `today_text`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.board import Written
from store.model.dossier import Card, Due
from store.model.due_list import (
    IMPORTED,
    SILENT,
    CardInterview,
    Closing,
    DueEntry,
    DueInterview,
    Reminder,
    due_list,
)
from store.read.glance import Glance, closings_on, interviews_on
from store.read.weekly.goals import read_goals_now
from store.read.weekly.reminders import reminders_on
from store.rules.dates import short_day
from store.rules.text import as_sentence
from store.rules.weekly.goals import Goal
from tui.actions.applications import mark_done, skip, snooze
from tui.actions.many import ask_until
from tui.actions.week import drop_reminder, edit_reminder, finish_reminder, snooze_reminder
from tui.board.agenda import DAYS_AHEAD, Agenda
from tui.board.headline import Headline
from tui.conversation import Conversation
from tui.pages.page import ListPage, read_cards
from tui.pages.today_groups import Grouping
from tui.pages.today_text import (
    COLUMNS,
    ONE_MESSAGE,
    begins_bracket,
    closing_detail,
    closing_key,
    due_detail,
    explain_empty,
    first_on,
    fold_detail,
    fold_key,
    fold_name,
    interview_detail,
    key_of,
    part_rows,
    reminder_detail,
    reminder_key,
)
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Rows, Tone
from tui.wording import (
    goals_line,
)

_SORTED = "what costs most to miss comes first"
_BETWEEN = " · "
_OF_NO_CARD = "This reminder belongs to no card. Press Enter to edit it."
_ON_THE_SHELF = "This is a posting. Press Enter to see it on the shelf."

Group = tuple[Due, ...]
"""The follow-ups that go into one message."""
OnOne = Callable[[Conversation], None]
OnAll = Callable[[DueEntry], None]


class _DuesShown(NamedTuple):
    """What the screen shows: interviews, follow-ups, the first one after them, cards by id."""

    interviews: tuple[CardInterview, ...] = ()
    dues: tuple[Due, ...] = ()
    following: Due | None = None
    cards: Mapping[int, Card] = {}
    closings: tuple[Closing, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    goals: tuple[Goal, ...] = ()


class TodayScreen(ListPage[int | None], where="today"):
    """The interviews of today, what is late, and the follow-ups and interviews of today, tomorrow
    and the days after; what is late or for today by rank.

    Follow-ups that go into one message are done, put off and skipped together, or one by one;
    those of a fold together, or one by one once it is open.
    Left with the id of the application to jump to, or with None.

    Args:
        day: the day to begin at; one beyond the coming week is listed too, with those before it.
    """

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self._begin_at = day
        """The day to put the cursor on, until the list is shown."""
        self._last = day
        self._found = _DuesShown()
        self._due: dict[int, Due] = {}
        self._interviews: dict[int, DueInterview] = {}
        self._folds: dict[int, DueEntry] = {}
        self._closings: dict[int, Closing] = {}
        self._reminders: dict[int, Reminder] = {}
        self._by = Grouping.DAY
        self._opened: set[str] = set()
        """The names of the folds that show their members."""
        self._groups: dict[int, Group] = {}
        """For each follow-up those that go into one message with it, itself among them."""
        self._gone: set[int] = set()
        """Follow-ups, and the lines of reminders, just done or skipped, whose writing has not been
        answered yet."""

    def parts(self) -> ComposeResult:
        yield Headline()
        yield Rows(COLUMNS, id="due")
        yield Paragraphs(id="why")

    def ready(self) -> None:
        super().ready()
        self._entitle()

    def _entitle(self) -> None:
        by = "" if self._by is Grouping.DAY else f" by {self._by}"
        self.query_one("#due").border_title = Content(f"Due{by}")

    def subject(self) -> Card | None:
        if (ahead := self.subject_interview()) is not None:
            return self._found.cards.get(ahead.card_interview.application_id)
        due = self.subject_follow_up()
        return self._found.cards.get(due.application_id) if due is not None else None

    def subject_follow_up(self) -> Due | None:
        return self.under_cursor(self._due)

    def subject_fold(self) -> DueEntry | None:
        """The fold whose line is under the cursor."""
        return self.under_cursor(self._folds)

    def subject_posting(self) -> Closing | None:
        """The posting under the cursor."""
        return self.under_cursor(self._closings)

    def subject_reminder(self) -> Reminder | None:
        """The reminder that belongs to no card, under the cursor."""
        return self.under_cursor(self._reminders)

    def no_subject(self) -> str:
        if self.subject_reminder() is not None:
            return _OF_NO_CARD
        if self.subject_posting() is not None:
            return _ON_THE_SHELF
        if (fold := self.subject_fold()) is None:
            return super().no_subject()
        return f"These are {len(fold.dues)} applications. Press Enter to open the line."

    def line_of(self, written: Written) -> int | None:
        """The line of the follow-up, or of the fold that holds it; the line of the application
        where it was about something else."""
        meant = [id_ for id_ in written.follow_ups if id_ in self._due]
        if not meant and written.about is not None:
            meant = [id_ for id_, due in self._due.items() if due.application_id == written.about]
        rows = {row.key for row in self.query_one(Rows).rows}
        for id_ in meant:
            if id_ in rows:
                return id_
            for key, fold in self._folds.items():
                if id_ in (due.id for due in fold.dues):
                    return key
        return None

    def subject_interview(self) -> DueInterview | None:
        """The interview under the cursor."""
        return self.under_cursor(self._interviews)

    async def reload(self) -> None:
        days = self._days_ahead()
        self._found = await self.rounds.desk.read(lambda glance: _find(glance, days))
        if not self.rounds.desk.writes_waiting:
            self._gone.clear()
        self._due = {due.id: due for due in self._found.dues}
        self.draw()

    def _days_ahead(self) -> int:
        """How many days after today are listed: a week, or up to the day that was asked for."""
        today = self.rounds.now().date()
        return max(DAYS_AHEAD, (self._last - today).days if self._last is not None else 0)

    def draw(self) -> None:
        now = self.rounds.now()
        dues = [due for due in self._found.dues if due.id not in self._gone]
        closings, every = self._found.closings, self._found.reminders
        reminders = [one for one in every if reminder_key(one.id) not in self._gone]
        parts = due_list(dues, self._found.interviews, now, closings, reminders)
        self._reminders = {reminder_key(one.id): one for one in reminders}
        self._closings = {closing_key(one.id): one for one in closings}
        listed = [one for part in parts for one in part.entries]
        entries = [one for one in listed if isinstance(one, DueEntry)]
        self._groups = {due.id: one.dues for one in entries if not one.fold for due in one.dues}
        self._folds = {fold_key(one): one for one in entries if one.fold}
        interviews = (one for one in listed if isinstance(one, DueInterview))
        self._interviews = {
            key_of(ahead.card_interview.interview.id): ahead for ahead in interviews
        }
        hint = explain_empty(self._found.following, now)
        rows = list(part_rows(parts, now, self._opened, days=self._days_ahead(), by=self._by))
        at = first_on(listed, self._begin_at, now) if self._begin_at is not None else None
        self._begin_at = None
        lines = self.query_one(Rows)
        lines.show(rows, at=at, hint=hint)
        below = goals_line(self._found.goals) or (_SORTED if rows else "")
        bracket = ONE_MESSAGE if any(map(begins_bracket, rows)) else ""
        lines.border_subtitle = Content(_BETWEEN.join(filter(None, (bracket, below))))
        self.query_one(Headline).show(
            short_day(now.date(), now.date()),
            Agenda(dues, now, closings, reminders).tally,
        )
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        ahead, due, now = self.subject_interview(), self.subject_follow_up(), self.rounds.now()
        fold, detail = self.subject_fold(), self.query_one(Paragraphs)
        posting, reminder = self.subject_posting(), self.subject_reminder()
        detail.display = (ahead or due or fold or posting or reminder) is not None
        words: tuple[Paragraph, ...] = ()
        if ahead is not None:
            words = interview_detail(ahead, now)
        elif posting is not None:
            words = closing_detail(posting, now)
        elif reminder is not None:
            words = reminder_detail(reminder, now)
        elif fold is not None:
            words = fold_detail(fold, now)
        elif due is not None:
            words = due_detail(due, now, len(self._group(due)) - 1)
        # Whose it is, is the title of the box; of a fold, what it is.
        title = next((line for line in words if line.tone is Tone.STRONG), *words[:1] or (None,))
        detail.border_title = Content(title.text if title is not None else "")
        detail.show(*(line for line in words if line is not title))

    @on(Rows.Chosen)
    def action_jump(self) -> None:
        """To the card on the board; to the dossier of one that is not on it any more, to the shelf
        for a posting. A fold opens or closes; a reminder of no card is edited."""
        if (fold := self.subject_fold()) is not None:
            self._opened ^= {fold_name(fold)}
            self.draw()
            return
        if (posting := self.subject_posting()) is not None:
            self.rounds.open("shelf", posting.id)
            return
        if (reminder := self.subject_reminder()) is not None:
            edit_reminder(self.conversation, reminder)
            return
        card = self.subject()
        if card is None:
            return
        if card.outcome is None:
            self.dismiss(card.id)
        else:
            self.rounds.open("dossier", card.id)

    def action_group(self) -> None:
        """Under the next kind of headings: days, employers, kinds of actions."""
        self._by = self._by.next_one()
        self._entitle()
        self.draw()

    def action_mark_done(self) -> None:
        """The follow-up is done, or all of its message or fold."""
        self._act_on("Done", mark_done, self._complete_all)

    def action_skip(self) -> None:
        """Never raise it again."""
        self._act_on("Skip", skip, self._skip_all)

    def action_snooze(self) -> None:
        self._act_on("Snooze", snooze, self._snooze_all, leaves=False)

    def _act_on(self, verb: str, on_one: OnOne, every: OnAll, *, leaves: bool = True) -> None:
        """Do something with the follow-up under the cursor, or with all of its message."""

        def one() -> None:
            on_one(self.conversation)

        if self.subject_interview() is not None:
            self.rounds.say("This is an interview. Press b to write its debrief or I to change it.")
            return
        if self.subject_posting() is not None:
            self.rounds.say(_ON_THE_SHELF)
            return
        if (reminder := self.subject_reminder()) is not None:
            _ON_REMINDER[verb](self.conversation, reminder)
            if leaves:
                self._gone.add(reminder_key(reminder.id))
                self.draw()
            return
        if (fold := self.subject_fold()) is not None:
            self._let_go(lambda: every(fold), fold.dues if leaves else ())
            return
        due = self.subject_follow_up()
        group = DueEntry(self._group(due)) if due is not None else DueEntry(())
        if due is None or len(group.dues) == 1:
            self._let_go(one, group.dues if leaves else ())
            return

        async def ask() -> None:
            from tui.dialogs.pickers import TogetherPicker

            picker = TogetherPicker(verb, due.company, f"{due.role}: {due.label}", len(group.dues))
            together = await self.rounds.push_screen_wait(picker)
            if together is not None:
                action = (lambda: every(group)) if together else one
                meant = group.dues if together else (due,)
                self._let_go(action, meant if leaves else ())

        self.conversation.run(ask())

    def _complete_all(self, entry: DueEntry) -> None:
        ids, told = [due.id for due in entry.dues], _say_done("Done", entry)
        self.conversation.write(lambda p: p.complete_all(ids), told=told)

    def _skip_all(self, entry: DueEntry) -> None:
        ids, told = [due.id for due in entry.dues], _say_done("Skipped", entry)
        self.conversation.write(lambda p: p.skip_all(ids), told=told)

    def _snooze_all(self, entry: DueEntry) -> None:
        ids = [due.id for due in entry.dues]
        ask_until(
            self.conversation,
            _whose(entry),
            entry.dues,
            lambda day: lambda p: p.snooze_all(ids, day),
        )

    def _let_go(self, action: Callable[[], None], dues: Iterable[Due]) -> None:
        """Take the lines away at once, so that a key pressed twice means two lines."""
        action()
        gone = {due.id for due in dues}
        if gone:
            self._gone |= gone
            self.draw()

    def _group(self, due: Due) -> Group:
        return self._groups.get(due.id, (due,))


_ON_REMINDER: Mapping[str, Callable[[Conversation, Reminder], None]] = {
    "Done": finish_reminder,
    "Skip": drop_reminder,
    "Snooze": snooze_reminder,
}
"""What a key does with a reminder that belongs to no card."""


def _say_done(verb: str, entry: DueEntry) -> str:
    if entry.fold == SILENT and verb == "Done":
        verb = "Closed as withdrawn"
    return f"{as_sentence(f'{verb}: {_whose(entry)}')} u undoes it."


def _whose(entry: DueEntry) -> str:
    count = len(entry.dues)
    if entry.fold in (IMPORTED, SILENT):
        return f"{count:,} {entry.fold} applications"
    return f"{count} follow-ups at {entry.dues[0].company}"


def _find(glance: Glance, days: int) -> _DuesShown:
    dues = glance.due(days=days)
    interviews = interviews_on(glance, glance.clock.now().date(), days)
    ids = {due.application_id for due in dues} | {ahead.application_id for ahead in interviews}
    following = glance.next_due() if not dues else None
    closings = closings_on(glance, glance.clock.now().date(), days)
    return _DuesShown(
        interviews,
        dues,
        following,
        read_cards(glance, ids),
        closings,
        reminders_on(glance, glance.clock.now().date(), days),
        read_goals_now(glance),
    )
