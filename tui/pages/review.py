"""The week in one page: what was sent and answered, what is silent, what comes, what to learn."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.board import Written
from store.model.dossier import Card
from store.model.due_list import Reminder
from store.model.review import Review, ReviewLine
from store.read.glance import Glance
from store.read.weekly.goals import first_weekday
from store.read.weekly.reminders import read_reminders
from store.read.weekly.review import read_review
from store.rules.text import capital
from store.rules.urgency import Level
from store.rules.weekly.goals import Goal
from store.rules.weekly.weeks import week_of
from tui.actions.week import (
    drop_reminder,
    edit_reminder,
    finish_reminder,
    set_goal,
    snooze_reminder,
)
from tui.dialogs.dialog import WIDTHS
from tui.pages.page import KeyedLines, ListPage, ListPart, read_cards
from tui.review_words import ToldPart, line_when, line_whose, review_title, told_parts
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

COLUMNS = (
    Column(10, most=15),
    Column(30, most=64, yields=True),
    Column(8, most=28),
    Column(10, most=36, turn=1),
)
"""The day, what, the company, the role."""
_GOALS = "Goals"
_NONE = "None"
_NO_GOAL = "none: press + to set one"
_NOT_HERE = "d, z and Z are for reminders here. Press Enter to open the application."
_NO_LINE = "No line here. Press < for the week before."


class _PageLine(NamedTuple):
    """A line of the page: a goal, or one of the review."""

    ident: str
    line: ReviewLine | None = None
    goal: Goal | None = None


class _WeekShown(NamedTuple):
    """What the page shows: the review, the cards and reminders in it by id."""

    review: Review
    cards: Mapping[int, Card]
    reminders: Mapping[int, Reminder]


class ReviewScreen(ListPage[None], where="review"):
    """A week, this one to begin with; its lines lead to their cards."""

    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self) -> None:
        super().__init__()
        self._away = 0
        """How many weeks the one that is shown is away from this one; negative for past ones."""
        self._found: _WeekShown | None = None
        self._keyed: KeyedLines[_PageLine] = KeyedLines()

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="review")
            yield Detail()

    @property
    def chosen(self) -> _PageLine | None:
        """The line under the cursor."""
        return self.under_cursor(self._keyed.lines)

    def subject(self) -> Card | None:
        one = self.chosen
        if one is None or one.line is None or one.line.application_id is None or not self._found:
            return None
        return self._found.cards.get(one.line.application_id)

    def subject_reminder(self) -> Reminder | None:
        """The reminder under the cursor, where it is one that belongs to no card."""
        one = self.chosen
        if one is None or one.line is None or one.line.reminder_id is None or not self._found:
            return None
        return self._found.reminders.get(one.line.reminder_id)

    def no_subject(self) -> str:
        return _NO_LINE if self.chosen is None else "This line belongs to no card."

    async def reload(self) -> None:
        away, now = self._away, self.rounds.now()

        def read(glance: Glance) -> _WeekShown:
            week = week_of(now.date(), first_weekday(glance)).shift(away)
            review = read_review(glance, week, now)
            ids = {
                line.application_id
                for lines in review.parts.values()
                for line in lines
                if line.application_id is not None
            }
            reminders = {one.id: one for one in read_reminders(glance)}
            return _WeekShown(review, read_cards(glance, ids), reminders)

        self._found = await self.rounds.desk.read(read)
        self.draw()

    def draw(self) -> None:
        if self._found is None:
            return
        review, today = self._found.review, self.rounds.now().date()
        rows = self.query_one(Rows)
        rows.border_title = Content(review_title(review, today))
        parts = [_goal_part(review), *_list_parts(review, today)]
        rows.show(self._keyed.rows(parts, lambda key, one: _row(key, one, today)))
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        one = self.chosen
        if one is None:
            self.query_one(Detail).tell()
            return
        title = self._keyed.titles.get(_key(self.query_one(Rows)), "")
        self.query_one(Detail).tell(_detail(one, title, self.rounds.now().date()))

    def line_of(self, written: Written) -> int | None:
        """The line of the reminder that came back."""
        for key, one in self._keyed.lines.items():
            if one.line is not None and one.line.reminder_id == written.made is not None:
                return key
        return None

    def action_week(self, step: int) -> None:
        """The week after, or before."""
        self._away += step
        self.conversation.run(self.fetch())

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """What the line stands for: the application, the reminder, the posting, the goal."""
        one = self.chosen
        if one is None:
            self.rounds.say(_NO_LINE)
        elif one.goal is not None:
            set_goal(self.conversation, one.goal.set_by)
        elif (reminder := self.subject_reminder()) is not None:
            edit_reminder(self.conversation, reminder)
        elif one.line is not None and one.line.posting_id is not None:
            self.rounds.open("shelf", one.line.posting_id)
        elif (card := self.subject()) is not None:
            self.rounds.open("dossier", card.id)

    def action_sweep(self) -> None:
        """All quiet cards, to be closed in one step."""
        self.rounds.open("sweep")

    def action_mark_done(self) -> None:
        """The reminder is done."""
        if (reminder := self._own()) is not None:
            finish_reminder(self.conversation, reminder)

    def action_snooze(self) -> None:
        """Put the reminder off to another day."""
        if (reminder := self._own()) is not None:
            snooze_reminder(self.conversation, reminder)

    def action_skip(self) -> None:
        """Never raise the reminder again."""
        if (reminder := self._own()) is not None:
            drop_reminder(self.conversation, reminder)

    def _own(self) -> Reminder | None:
        """The reminder under the cursor; None, and a sentence, where there is none."""
        reminder = self.subject_reminder()
        if reminder is None:
            self.rounds.say(_NOT_HERE if self.chosen is not None else _NO_LINE)
        return reminder


def _key(rows: Rows) -> int:
    return rows.current.key if rows.current is not None else 0


def _goal_part(review: Review) -> ListPart[_PageLine]:
    lines = tuple(_PageLine(f"goal {goal.kind}", goal=goal) for goal in review.goals)
    reached = sum(goal.reached for goal in review.goals)
    return ListPart(_GOALS, f"{reached} of {len(lines)} reached" if lines else _NO_GOAL, lines)


def _list_parts(review: Review, today: date) -> Iterator[ListPart[_PageLine]]:
    """Those with something in them; the others in one line, since a page is short."""
    empty = []
    for told in told_parts(review, today, None):
        if told.lines or review.more.get(told.part, 0):
            yield ListPart(told.title, _number(told, review), tuple(_lines(told)))
        else:
            empty.append(told.part.value.lower())
    if empty:
        yield ListPart(_NONE, ", ".join(empty), (), Tone.MUTED)


def _number(told: ToldPart, review: Review) -> int | str:
    more = review.more.get(told.part, 0)
    return f"{told.number:,} new, {more:,} for longer" if more else told.number


def _lines(told: ToldPart) -> Iterator[_PageLine]:
    """Those that say the same are told apart by their place."""
    seen: dict[str, int] = {}
    for line in told.lines:
        ident = f"{told.part} {line._replace(late=False)}"
        seen[ident] = seen.get(ident, 0) + 1
        yield _PageLine(f"{ident} {seen[ident]}", line=line)


def _row(key: int, one: _PageLine, today: date) -> Row:
    if one.goal is not None:
        tone: Tone | Level = Level.SOON if one.goal.reached else Tone.ACCENT
        return Row(
            key,
            (Cell(one.goal.bar(), tone), Cell(one.goal.words("")), Cell(""), Cell("")),
            wide=True,
        )
    line = one.line
    assert line is not None
    when = Level.LATE if line.late else Tone.MUTED
    return Row(
        key,
        (
            Cell(line_when(line, today), when),
            Cell(line.what),
            Cell(line.company, Tone.STRONG),
            Cell(line.role, Tone.MUTED),
        ),
        wide=not line.company,
    )


def _detail(one: _PageLine, title: str, today: date) -> Iterator[Paragraph]:
    """The line in full, and under which heading it stands."""
    if one.goal is not None:
        yield Paragraph(capital(one.goal.words("")), Tone.STRONG)
        yield Paragraph("Enter changes the goal, from this week on.", Tone.ACCENT)
        return
    line = one.line
    assert line is not None
    whose = line_whose(line)
    yield Paragraph(whose or line.what, Tone.STRONG)
    if whose:
        yield Paragraph(line.what)
    when = line_when(line, today)
    yield Paragraph(
        " · ".join(filter(None, (title, when))), Level.LATE if line.late else Tone.MUTED
    )
