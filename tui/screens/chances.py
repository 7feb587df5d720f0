"""The user's own chances: bars that show how sure they are, and what is published beside them."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.model.dossier import Card
from store.read.history import GROUPINGS, By, Summary, read_histories, summary
from store.rules.chances.chances import History
from store.rules.stages import Stage
from tui.commands import bindings_for
from tui.screens.chance_parts import Picture, Story, picture, step_key
from tui.screens.page import Page
from tui.widgets.chart import Chart
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs


class ChancesScreen(Page[None]):
    """Funnel, time in stage, comparison, ends and activity; the cursor begins at `stage`."""

    where: ClassVar[str] = "chances"
    bar: ClassVar[tuple[str, ...]] = ("behind", "figures", "back", "compare", "help", "palette")
    inked: ClassVar[tuple[type[Widget], ...]] = (Chart, Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("chances")]

    def __init__(self, stage: Stage = Stage.APPLIED) -> None:
        super().__init__()
        self._begin_at: str | None = step_key(stage)
        self._by: By = GROUPINGS[0]
        self._histories: tuple[History, ...] = ()
        self._picture = Picture((), {})

    def compose(self) -> ComposeResult:
        yield Chart(id="chart")
        yield Paragraphs(id="why")
        yield KeyBar(self.where, self.bar)

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

    def action_cursor(self, step: int) -> None:
        """To the bar above or below."""
        self.query_one(Chart).move(step)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self.query_one(Chart).page(pages)

    def action_edge(self, end: int) -> None:
        """To the first bar or the last."""
        self.query_one(Chart).edge(end)

    async def action_compare(self) -> None:
        """Compare by the next of source, tag, month and referral."""
        self._by = GROUPINGS[(GROUPINGS.index(self._by) + 1) % len(GROUPINGS)]
        await self._count()

    def action_figures(self) -> None:
        """The published figures in full, those of this step first."""
        from tui.screens.figures import FiguresScreen

        self.app.push_screen(FiguresScreen(self.story.stage if self.story else Stage.APPLIED))

    @on(Chart.Chosen)
    def action_behind(self) -> None:
        """The applications behind the bar."""
        if (story := self.story) is not None:
            from tui.screens.behind import BehindScreen

            self.app.push_screen(BehindScreen(story.title, story.behind))
