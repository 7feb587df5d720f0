"""A file before it comes in: what its columns and statuses are taken for, and its first rows."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.errors import StoreError
from store.exchange.cells import DatesUnclear
from store.exchange.days import Order
from store.exchange.document import Document
from store.exchange.exported import is_export
from store.exchange.files import read_document
from store.exchange.incoming import FileColumn, Incoming, Parsed, Report, Status
from store.exchange.mapping import MEANINGS, SKIP, TARGETS, Choices, status_key
from store.exchange.tables.table import header_key
from store.pipeline import Pipeline
from store.read.arriving.mappings import read_mapping
from store.read.glance import Glance
from store.rules.dates import short_day
from store.rules.text import Refused, quoted
from tui.dialogs.dialog import LIST_WIDTHS
from tui.dialogs.pickers import ChoicePicker
from tui.pages.page import KeyedLines, ListPage, ListPart
from tui.widgets.cells import clip
from tui.widgets.choice_fields import Choice
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone
from tui.wording import count_of

COLUMNS = (
    Column(12, most=30),
    Column(10, most=24),
    Column(14, most=60),
)
"""What stands in the file, what it is taken for, an example or how many rows have it."""
_COLUMN_HEADS = ("", "read as", "for example")
_STATUS_HEADS = ("", "read as", "found in")
_ROW_HEADS = ("", "stage", "role, day of application")
"""What stands in the columns of each part; its title is over the first of them."""
FIRST_ROWS = 5
PROBLEMS_AT_MOST = 6
_TITLE_CELLS = 70
_MANY = 2_000
"""Rows from which on it takes long enough to say so (product: half a second)."""
_WANTED = ("company", "role")
_WHOLE = (
    "{name} is a whole board, and nothing is on this one: leave, and “rounds import FILE” "
    "restores all of it, with its numbers. Nothing was changed."
)
_ORDERS: dict[Order, str] = {"dmy": "day first", "mdy": "month first"}


class TableLine(NamedTuple):
    """One line of the page; `about` is what can be changed there, None where nothing can."""

    ident: str
    cells: tuple[Cell, ...]
    about: FileColumn | Status | str | None = None


class TableScreen(ListPage[None], where="import"):
    """What the file `file` holds, as it would come in; Enter brings it in, in one step of undo."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._document: Document | None = None
        self._said = Choices()
        self._unclear = ""
        """Why the order of day and month has to be said; "" where it is known."""
        self._parsed: Parsed | None = None
        self._report: Report | None = None
        self._lines: KeyedLines[TableLine] = KeyedLines()

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="import")
            yield Detail()

    async def reload(self) -> None:
        try:
            self._parsed = await self.rounds.desk.read(self._read)
            rows, problems = self._parsed.rows, self._parsed.problems
            self._report = await self.rounds.desk.write(lambda p: p.preview(rows, problems))
        except Refused as refused:
            self.rounds.warn(str(refused))
            self.dismiss(None)
            return
        self.draw()

    def _read(self, glance: Glance) -> Parsed:
        """The file as it is taken by now; on the desk's thread."""
        if self._document is None:
            self._document = Document.open(self._file)
        if is_export(self._document.data) and not glance.cards(closed=None, lean=True):
            raise Refused(_WHOLE.format(name=quoted(self._file.name)))
        self._unclear = ""

        def recall(headers: str) -> Choices:
            return read_mapping(glance, headers)

        now = self.rounds.now()
        zone = self.rounds.desk.clock.zone

        def read(document: Document, said: Choices) -> Parsed:
            return read_document(document, now.date(), said, recall, wanted=_WANTED, zone=zone)

        try:
            return read(self._document, self._said)
        except DatesUnclear as unclear:
            self._unclear = str(unclear)
            return read(self._document, Choices(self._said.columns, self._said.statuses, "dmy"))

    def draw(self) -> None:
        parsed, report = self._parsed, self._report
        if parsed is None or report is None:
            return
        rows = self.query_one(Rows)
        rows.border_title = Content(clip(f"Import  {self._file.name}", _TITLE_CELLS))
        rows.show(
            self._lines.rows(self._parts_of(parsed), lambda key, line: Row(key, line.cells)),
        )
        self._explain()

    def _parts_of(self, parsed: Parsed) -> Sequence[ListPart[TableLine]]:
        """The parts of the page that there are."""
        columns = tuple(map(_column_line, parsed.columns))
        most = max((len(f"{status.rows:,}") for status in parsed.statuses), default=0)
        statuses = tuple(_status_line(status, most) for status in parsed.statuses)
        today = self.rounds.now().date()
        first = tuple(
            _row_line(number, row, short_day(row.applied_on, today) if row.applied_on else "")
            for number, row in enumerate(parsed.rows[:FIRST_ROWS])
        )
        parts = [
            ListPart("Columns", len(columns), columns, heads=_COLUMN_HEADS),
            ListPart("Statuses", len(statuses), statuses, heads=_STATUS_HEADS),
            ListPart("First rows", len(parsed.rows), first, heads=_ROW_HEADS),
        ]
        if self._unclear or self._said.order is not None:
            parts.insert(1, ListPart("Dates such as 3/4/2026", 1, (self._order_line(),)))
        return [part for part in parts if part.lines]

    def _order_line(self) -> TableLine:
        said = _ORDERS[self._said.order] if self._said.order else "not known: press e"
        tone = Tone.TEXT if self._said.order else Tone.ACCENT
        return TableLine("order", (Cell("Day or month"), Cell(said, tone), Cell("")), "order")

    @on(Rows.Moved)
    def _explain(self) -> None:
        parsed, report = self._parsed, self._report
        if parsed is not None and report is not None:
            self.query_one(Detail).tell(_counts(parsed, report), _problems(parsed))

    def _chosen_line(self) -> TableLine | None:
        return self.under_cursor(self._lines.lines)

    def action_change(self) -> None:
        """Say what the column or the status under the cursor is."""
        chosen = self._chosen_line()
        about = chosen.about if chosen is not None else None
        if isinstance(about, FileColumn):
            self.conversation.run(self._change_column(about))
        elif isinstance(about, Status):
            self.conversation.run(self._change_status(about))
        elif about == "order":
            self.conversation.run(self._change_order())
        else:
            self.rounds.say("Move to a column or a status to change what it is taken for.")

    async def _change_column(self, column: FileColumn) -> None:
        target = await self._pick(f"Column {column.name}", (*TARGETS, SKIP), column.target or SKIP)
        if target is not None:
            columns = {**self._said.columns, header_key(column.name): target}
            await self._say(Choices(columns, self._said.statuses, self._said.order))

    async def _change_status(self, status: Status) -> None:
        meaning = await self._pick(f"Status {status.name}", MEANINGS, status.meaning or "applied")
        if meaning is not None:
            statuses = {**self._said.statuses, status_key(status.name): str(meaning)}
            await self._say(Choices(self._said.columns, statuses, self._said.order))

    async def _change_order(self) -> None:
        names = tuple(_ORDERS.values())
        now = _ORDERS[self._said.order or "dmy"]
        picked = await self._pick("Day or month first", names, now)
        for order, name in _ORDERS.items():
            if name == picked:
                await self._say(Choices(self._said.columns, self._said.statuses, order))

    async def _pick(self, title: str, names: Sequence[str], now: str) -> str | None:
        choices = [(Choice(name), str(name)) for name in names]
        keys = (("↑ ↓", "choose"), ("enter", "take"), ("esc", "cancel"))
        picker: ChoicePicker[str] = ChoicePicker(title, keys, choices, chosen=names.index(now))
        picked: str | None = await self.rounds.push_screen_wait(picker)
        return picked

    async def _say(self, said: Choices) -> None:
        before, self._said = self._said, said
        try:
            self._parsed = await self.rounds.desk.read(self._read)
        except (Refused, StoreError) as problem:
            self._said = before
            self.rounds.warn(str(problem))
        await self.fetch()

    def action_take(self) -> None:
        """Bring everything in."""
        if self._unclear:
            self.rounds.warn("Say first whether day or month comes first: e on the line “Dates”.")
        elif self._parsed is not None and self._report is not None:
            self.conversation.run(self._take(self._parsed))

    async def _take(self, parsed: Parsed) -> None:
        def act(pipeline: Pipeline) -> Report:
            report = pipeline.bring_in(parsed.rows, source=parsed.source, problems=parsed.problems)
            if self._said:
                with closing(pipeline.database.glance()) as glance:
                    said = self._said.over(read_mapping(glance, parsed.headers))
                pipeline.remember_mapping(parsed.headers, said)
            return report

        if len(parsed.rows) > _MANY:
            self.rounds.say(f"Importing {len(parsed.rows):,} rows…")
        try:
            report = await self.rounds.desk.write(act)
        except (Refused, StoreError) as problem:
            self.rounds.warn(str(problem))
            return
        self.rounds.say(_report_words(report))
        for warning in report.warnings:
            self.rounds.warn(warning)
        self.rounds.look_again()
        self.dismiss(None)


def _column_line(column: FileColumn) -> TableLine:
    tone = Tone.STRONG if column.target else Tone.MUTED
    cells = (Cell(column.name), Cell(column.target or SKIP, tone), Cell(column.example, Tone.MUTED))
    return TableLine(f"column {header_key(column.name)}", cells, column)


def _status_line(status: Status, digits: int) -> TableLine:
    """A status with what it is taken for, and its number of rows in so many `digits`."""
    known = Cell(status.meaning, Tone.STRONG) if status.meaning else Cell("applied?", Tone.ACCENT)
    rows = f"{status.rows:>{digits},} row{'' if status.rows == 1 else 's'}"
    cells = (Cell(status.name), known, Cell(rows, Tone.MUTED))
    return TableLine(f"status {status.name}", cells, status)


def _row_line(number: int, row: Incoming, day: str) -> TableLine:
    state = row.outcome.title if row.outcome else row.stage.value
    return TableLine(
        f"row {number}",
        (
            Cell(row.company),
            Cell(state, Tone.STRONG),
            Cell(f"{row.role}{f' · applied {day}' if day else ''}", Tone.MUTED),
        ),
    )


def _counts(parsed: Parsed, report: Report) -> Sequence[Paragraph]:
    """How many of the rows are new, known, left out."""
    lines = [
        (len(report.merged), "would be brought up to date"),
        (len(report.duplicates) - report.twice, "there already"),
        (report.twice, "on another line, too"),
        (report.undated, "without a date"),
        (len(parsed.saved), "saved only, left out"),
        (len(parsed.problems), "to check"),
    ]
    words = "; ".join(f"{number:,} {what}" for number, what in lines if number)
    return [
        Paragraph(f"{parsed.format}: {count_of(len(parsed.rows))}", Tone.STRONG),
        Paragraph(f"{report.added:,} would be added"),
        *([Paragraph(words)] if words else []),
    ]


def _problems(parsed: Parsed) -> Sequence[Paragraph]:
    shown = [Paragraph(p.sentence, lead=p.where) for p in parsed.problems[:PROBLEMS_AT_MOST]]
    more = len(parsed.problems) - len(shown)
    return [*shown, *([Paragraph(f"and {more:,} more", Tone.MUTED)] if more > 0 else [])]


def _report_words(report: Report) -> str:
    if report.change_id is None:
        return "Nothing was changed: all of it is on the board already."
    also = f", {len(report.merged):,} brought up to date" if report.merged else ""
    return f"{report.added:,} added{also}. u undoes it."
