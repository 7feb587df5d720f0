"""The user's own chances: bars that show how sure they are, and what is published beside them."""

from collections.abc import Mapping, Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.dossier import Card
from store.read.history import GROUPINGS, By, Summary, read_histories, summary
from store.rules.chances.chances import History
from store.rules.dates import short_day
from store.rules.stages import Outcome, Stage
from store.rules.urgency import Level
from tui.pages.chances_text import COMPARED, ChartText, Story, picture, step_key
from tui.pages.page import ListPage, read_cards
from tui.widgets.cells import clip
from tui.widgets.chart import Chart
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone

_WIDTHS = [(0, "-narrow"), (100, "-usual")]
"""Columns from which an explanation needs fewer lines."""


class ChancesScreen(ListPage[None], where="chances"):
    """Funnel, time in stage, comparison, ends and activity; the cursor begins at `stage`."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS

    def __init__(self, stage: Stage = Stage.APPLIED) -> None:
        super().__init__()
        self._begin_at: str | None = step_key(stage)
        self._by: By = GROUPINGS[0]
        self._histories: tuple[History, ...] = ()
        self._picture = ChartText((), {})

    def parts(self) -> ComposeResult:
        yield Chart(id="chart")
        yield Paragraphs(id="why")

    def ready(self) -> None:
        super().ready()
        self.query_one(Chart).border_title = Content("Chances")

    def subject(self) -> Card | None:
        return None

    @property
    def story(self) -> Story | None:
        """What is behind the bar under the cursor."""
        key = self.query_one(Chart).current
        return self._picture.stories.get(key) if key is not None else None

    async def reload(self) -> None:
        self._histories = await self.rounds.desk.read(read_histories)
        await self._count()

    def draw(self) -> None:
        """The figures change with what is stored, and with the day; never with the hour."""

    async def _count(self) -> None:
        """Work the figures out on the desk's thread, for they may take a tenth of a second."""
        histories, by, today = self._histories, self._by, self.rounds.now().date()
        report: Summary = await self.rounds.desk.read(lambda _: summary(histories, today, by=by))
        self._picture = picture(report)
        self.query_one(Chart).show(self._picture.entries, at=self._begin_at)
        self._begin_at = None

    @on(Chart.Moved)
    def _explain(self) -> None:
        story, words = self.story, self.query_one(Paragraphs)
        words.display = story is not None
        if story is not None:
            words.border_title = Content(story.title)
            words.show(*story.words)

    async def action_compare(self) -> None:
        """Compare by the next of source, tag, month and referral, and go there to see it."""
        self._by = GROUPINGS[(GROUPINGS.index(self._by) + 1) % len(GROUPINGS)]
        await self._count()
        self.query_one(Chart).go_below(COMPARED[self._by])

    def action_figures(self) -> None:
        """The published figures in full, those of this step first."""
        self.rounds.open("figures", self.story.stage if self.story else Stage.APPLIED)

    @on(Chart.Chosen)
    def action_behind(self) -> None:
        """The applications behind the bar."""
        if (story := self.story) is not None:
            self.rounds.open("behind", story.title, story.behind)


COLUMNS = (
    Column(8, most=13),
    Column(20, most=32, yields=True),
    Column(8, most=60),
    Column(10, most=15),
)
"""How it stands, company, role, the day it was made."""
_TITLE_CELLS = 60


class BehindScreen(ListPage[None], where="behind"):
    """Applications in this bar, under what became of them.

    Args:
        title: the name of the bar.
        behind: the groups of applications by their ids; one may be in several.
    """

    def __init__(self, title: str, behind: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        super().__init__()
        self._title = title
        self._behind = behind
        self._cards: Mapping[int, Card] = {}
        self._shown: dict[int, Card] = {}
        """The application of each row, by the row's place."""

    def parts(self) -> ComposeResult:
        yield Rows(COLUMNS, id="behind")

    def ready(self) -> None:
        super().ready()
        self.query_one(Rows).border_title = Content(clip(self._title, _TITLE_CELLS))

    def subject(self) -> Card | None:
        return self.under_cursor(self._shown)

    async def reload(self) -> None:
        ids = {id_ for _, group in self._behind for id_ in group}
        self._cards = await self.rounds.desk.read(lambda glance: read_cards(glance, ids))
        self.draw()

    def draw(self) -> None:
        today = self.rounds.now().date()
        entries: list[Section | Row] = []
        self._shown = {}
        for title, ids in self._behind:
            there = [self._cards[id_] for id_ in ids if id_ in self._cards]
            if there:
                entries.append(Section(title, len(there)))
            for card in there:
                entries.append(_row(len(self._shown), card, today))
                self._shown[len(self._shown)] = card
        self.query_one(Rows).show(entries, hint=("No applications in this bar yet.",))

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Everything about the chosen application."""
        if card := self.subject():
            self.rounds.open("dossier", card.id)


def _row(key: int, card: Card, today: date) -> Row:
    state = card.outcome.title if card.outcome is not None else card.stage.value
    tone = Level.SOON if card.outcome is Outcome.ACCEPTED else Tone.MUTED
    applied = short_day(card.applied_on, today) if card.applied_on else "–"
    return Row(
        key,
        (
            Cell(state, tone),
            Cell(card.company, Tone.STRONG),
            Cell(card.role),
            Cell(applied, Tone.MUTED),
        ),
    )
