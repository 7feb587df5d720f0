"""The shelf: postings that wait for an answer, the next to close first."""

from collections.abc import Iterator
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.board import Written
from store.model.dossier import Card
from store.model.shelf import Shelved
from store.read.arriving.shelf import read_shelf
from store.read.employers import read_employers
from store.read.glance import Glance
from store.rules.dates import short_day
from store.rules.employers import Employers, before_line
from store.rules.shelf import closing_level, closing_words, is_closed
from store.rules.text import shorten
from store.rules.urgency import Level
from tui.actions.applications import open_link
from tui.conversation import Act
from tui.dialogs.dialog import LIST_WIDTHS
from tui.pages.page import ListPage
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

COLUMNS = (
    Column(13, most=17, head="Closes"),
    Column(10, most=32, head="Company"),
    Column(12, most=44, head="Role"),
    Column(28, most=28, turn=3, head="Location"),
    Column(32, most=32, turn=2, head="Salary"),
    Column(15, most=15, turn=1, head="Saved"),
)
"""When it closes, of whom, which role; where, for what pay and since when, each where there is room
for it whole."""
_HINT = (
    "Nothing is on the shelf.",
    "",
    "Press A to save a posting: a saved page, a paste, an address.",
)
_TEXT_AT_MOST = 1_200


class ShelfScreen(ListPage[None], where="shelf"):
    """The postings that nobody has answered yet; `a` makes an application of one.

    Args:
        posting_id: the posting to put the cursor on.
    """

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self, posting_id: int | None = None) -> None:
        super().__init__()
        self._begin_at = posting_id
        self._found: dict[int, Shelved] = {}
        self._employers = Employers()

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="shelf")
            yield Detail()

    @property
    def chosen(self) -> Shelved | None:
        """The posting under the cursor."""
        return self.under_cursor(self._found)

    def subject(self) -> Card | None:
        return None

    def no_subject(self) -> str:
        return _HINT[0] if not self._found else "This is a posting, no application yet."

    async def reload(self) -> None:
        today = self.rounds.now().date()

        def read(glance: Glance) -> tuple[tuple[Shelved, ...], Employers]:
            return read_shelf(glance, today), read_employers(glance)

        found, self._employers = await self.rounds.desk.read(read)
        self._found = {one.id: one for one in found}
        self.draw()

    def draw(self) -> None:
        today, rows = self.rounds.now().date(), self.query_one(Rows)
        number = len(self._found)
        rows.border_title = Content(f"Shelf  {number:,}" if number else "Shelf")
        shown = [_row(one, today) for one in self._found.values()]
        rows.show(shown, at=self._begin_at, hint=_HINT)
        if self._found:
            self._begin_at = None
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        one = self.chosen
        if one is None:
            self.query_one(Detail).tell()
            return
        today = self.rounds.now().date()
        self.query_one(Detail).tell(
            [*_detail(one, self._employers, today)], [*_requirement_lines(one)]
        )

    def line_of(self, written: Written) -> int | None:
        return written.made

    def action_apply(self) -> None:
        """Make an application of it, sent today."""
        if (one := self._one()) is not None:
            told = f"{one.company}, {one.role}: applied today, on the board. u undoes it."
            self.conversation.write(lambda p: p.apply_to(one.id), told=told)

    def action_drop(self) -> None:
        """Take it off the shelf for good."""
        if (one := self._one()) is not None:
            told = f"Removed: {one.company}, {one.role}. u undoes it."
            self.conversation.write(lambda p: p.drop_postings([one.id]), told=told)

    @on(Rows.Chosen)
    def action_edit(self) -> None:
        """See all of it, and correct it."""
        if (one := self._one()) is not None:
            self.conversation.run(self._edit(one))

    async def _edit(self, one: Shelved) -> None:
        from tui.dialogs.posting import FilledPosting, PostingForm

        def form(filled: FilledPosting | None, error: str) -> PostingForm:
            return PostingForm(
                f"{one.company} — {one.role}",
                self.rounds.now().date(),
                values=one.form_values(),
                requirements=one.requirements,
                stored=True,
                texts=filled.texts if filled else None,
                companies=self.rounds.companies(),
                error=error,
            )

        def act(filled: FilledPosting) -> Act:
            return lambda p: p.edit_posting(one.id, filled.values)

        await self.conversation.ask(form, act, told=None)

    def action_open_posting(self) -> None:
        """Open its link in the browser."""
        if (one := self._one()) is not None:
            open_link(self.conversation, one.company, one.url)

    def action_employer(self) -> None:
        """All that was with its employer."""
        one = self._one()
        if one is None:
            return
        if self._employers.at(one.company):
            self.rounds.open("employer", one.company)
        else:
            self.rounds.say(f"There was no application to {one.company} before.")

    def _one(self) -> Shelved | None:
        """The posting under the cursor; None, and a sentence, where there is none."""
        one = self.chosen
        if one is None:
            self.rounds.say(self.no_subject())
        return one


def _row(one: Shelved, today: date) -> Row:
    over = is_closed(one.closing_on, today)
    tone: Tone | Level = Tone.MUTED
    if one.closing_on is not None and not over:
        tone = closing_level(one.closing_on, today)
    words = _closing_words(one.closing_on, today) or "no date"
    return Row(
        one.id,
        (
            Cell(words, tone if tone is Level.TODAY else Tone.MUTED if over else Tone.TEXT),
            Cell(one.company, Tone.MUTED if over else Tone.STRONG),
            Cell(one.role, Tone.MUTED if over else Tone.TEXT),
            Cell(one.location, Tone.MUTED),
            Cell(one.salary, Tone.MUTED),
            Cell(short_day(one.taken_on, today), Tone.MUTED),
        ),
    )


def _closing_words(on: date | None, today: date) -> str:
    """ "in 2 d", "closed 3 d ago": what stands below or beside “Closes”; "" without a day."""
    return closing_words(on, today).removeprefix("closes ")


def _detail(one: Shelved, employers: Employers, today: date) -> Iterator[Paragraph]:
    """What is known of it, and what was with its employer before."""
    yield Paragraph(f"{one.company} — {one.role}", Tone.STRONG)
    before = before_line(employers.at(one.company), today, employers.people_at(one.company))
    if before:
        yield Paragraph(before, Tone.ACCENT)
    closes = _closing_words(one.closing_on, today)
    if one.closing_on is not None:
        closes = f"{closes}, {short_day(one.closing_on, today)}"
    for lead, text in (
        ("Closes", closes),
        ("Location", one.location),
        ("Salary", one.salary),
        ("Tags", " ".join(f"#{tag}" for tag in one.tags)),
        ("Source", one.source),
        ("Posting", one.url),
    ):
        if text:
            yield Paragraph(text, lead=lead)


def _requirement_lines(one: Shelved) -> Iterator[Paragraph]:
    """What it asks for, and how its text begins."""
    if one.requirements:
        yield Paragraph("\n".join(one.requirements), lead="Asks for")
    if one.posting_text:
        yield Paragraph(shorten(one.posting_text, _TEXT_AT_MOST), Tone.MUTED, lead="Text")
