"""All that was with one employer: its applications, who is known there, which names mean it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.errors import NotFound
from store.model.dossier import Card
from store.model.employer import AtEmployer, EmployerRecord
from store.read.employers import read_employer, read_employers
from store.rules.dates import short_day
from store.rules.employers import EmployerNames, as_one, as_two, before_line
from store.rules.fields import APPLICATION
from store.rules.text import clean, quoted
from store.rules.urgency import Level
from tui.conversation import Act
from tui.dialogs.dialog import LIST_WIDTHS
from tui.employer_words import (
    facts,
    known_people,
    longest_silence,
    names_line,
    person_words,
    summary_line,
)
from tui.pages.page import ListPage
from tui.widgets.cells import clip
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

COLUMNS = (
    Column(10, most=15, head="Applied"),
    Column(8, most=14, head="Outcome"),
    Column(5, most=7, head="Reached"),
    Column(12, most=40, head="Role"),
    Column(6, most=8, head="Answer", right=True),
    Column(7, most=8, turn=4, head="Silence", right=True),
    Column(16, most=16, turn=3, head="Look again"),
    Column(12, most=32, turn=2, head="Company"),
    Column(15, most=15, turn=1, head="Closed"),
)
"""When it was made, how it ended, the stage that was reached, the role; the days to the first
answer and of the longest silence, when to look again, how the company is spelled, when it ended."""
_TITLE_CELLS = 70
_OPEN = "open"
_Check = Callable[[EmployerNames, str, str], object]
"""Raises Refused where something cannot be said of two names."""


class EmployerScreen(ListPage[None], where="employer"):
    """What was with the employer that is called `company`; it closes when nothing is left of it."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self, company: str) -> None:
        super().__init__()
        self._company = company
        self._record: EmployerRecord | None = None

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="employer")
            yield Detail()

    @property
    def chosen(self) -> AtEmployer | None:
        """The application under the cursor."""
        found = self._record.applications if self._record is not None else ()
        return self.under_cursor({one.card.id: one for one in found})

    def subject(self) -> Card | None:
        chosen = self.chosen
        return chosen.card if chosen is not None else None

    async def reload(self) -> None:
        try:
            self._record = await self.rounds.desk.read(lambda g: read_employer(g, self._company))
        except NotFound:
            self.dismiss(None)
            return
        self.draw()

    def draw(self) -> None:
        record, today = self._record, self.rounds.now().date()
        if record is None:
            return
        names = names_line(record)
        title = f"Employer  {record.name}" + (f"  ({names})" if names else "")
        rows = self.query_one(Rows)
        rows.border_title = Content(clip(title, _TITLE_CELLS))
        rows.show([_row(one, today) for one in record.applications])
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        record, chosen, now = self._record, self.chosen, self.rounds.now()
        if record is None or chosen is None:
            self.query_one(Detail).tell()
        else:
            self.query_one(Detail).tell(_application_lines(chosen, now), _together(record, now))

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Everything about the chosen application."""
        if card := self.subject():
            self.rounds.open("dossier", card.id)

    def action_same(self) -> None:
        """Another name means this employer too."""
        if record := self._record:
            name, title = record.name, f"Same employer as {record.name}"
            self.conversation.run(
                self._ask_name(title, as_one, lambda typed: lambda p: p.same_employer(typed, name))
            )

    def action_other(self) -> None:
        """A name that is taken for this employer means another one."""
        if record := self._record:
            name, title = record.name, f"Not the same employer as {record.name}"
            card = self.subject()
            spelled = (card.company if card is not None else name, *record.names)
            self.conversation.run(
                self._ask_name(
                    title,
                    as_two,
                    lambda typed: lambda p: p.other_employer(typed, name),
                    next((one for one in spelled if one != name), ""),
                )
            )

    async def _ask_name(
        self, title: str, check: _Check, act: Callable[[str], Act], initial: str = ""
    ) -> None:
        """Ask for a name that may be said of this employer, and store that."""
        from tui.dialogs.line import line_dialog

        employers = await self.conversation.read(read_employers)
        record = self._record
        if employers is None or record is None:
            return

        def read(text: str) -> tuple[str, str]:
            name = clean(text, APPLICATION["company"])
            check(employers.names, name, record.name)
            today = self.rounds.now().date()
            line = before_line(employers.at(name), today, employers.people_at(name))
            return name, line or f"There is no application at {quoted(name)} yet."

        await self.conversation.ask(
            line_dialog(title, "Another name for a company, as you spell it.", read, initial),
            lambda typed: act(typed.value),
            told=None,
        )


def _row(one: AtEmployer, today: date) -> Row:
    card = one.card
    reached = one.steps[-1].stage if one.steps else card.stage
    days = "" if one.answered_after is None else f"{one.answered_after:,} d"
    silence = f"{longest} d" if (longest := longest_silence(one)) else ""
    return Row(
        card.id,
        (
            Cell(_day(card.applied_on, today), Tone.MUTED),
            Cell(card.outcome.title if card.outcome else _OPEN, _tone(one)),
            Cell(reached, Tone.MUTED),
            Cell(card.role, Tone.STRONG),
            Cell(days, Tone.TEXT),
            Cell(silence, Tone.TEXT),
            Cell(_day(one.look_again_on, today), Level.SOON),
            Cell(card.company, Tone.MUTED),
            Cell(_day(card.closed_on, today), Tone.MUTED),
        ),
    )


def _tone(one: AtEmployer) -> Tone | Level:
    return Tone.TEXT if one.card.outcome is not None else Tone.STRONG


def _day(day: date | None, today: date) -> str:
    return short_day(day, today) if day is not None else ""


def _application_lines(one: AtEmployer, now: datetime) -> Iterator[Paragraph]:
    """One application in full."""
    yield Paragraph(f"{one.card.company} — {one.card.role}", Tone.STRONG)
    for lead, words in facts(one, now):
        if words:
            yield Paragraph(words, lead=lead)


def _together(record: EmployerRecord, now: datetime) -> Iterator[Paragraph]:
    """What there is of the employer as a whole."""
    yield Paragraph(summary_line(record, now.date()), lead="Overall")
    if names := names_line(record):
        yield Paragraph(names, lead="Names")
    for person in known_people(record):
        yield Paragraph(person_words(person), lead="Person")
