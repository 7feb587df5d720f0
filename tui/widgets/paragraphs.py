"""Texts that wrap, each with a lead in a column before it: pages, details, keys."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container, HorizontalGroup, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from store.rules.stages import Stage
from store.rules.urgency import Level
from tui.widgets.canvas import Inked, strip_of
from tui.widgets.cells import fit, wrap
from tui.widgets.rows import Tone, ink

EDGE = "▌"
"""The lead of a text with an edge, which goes along all its lines."""
_GAP = 2
_LINES_AT_MOST = 100_000
_LEAST_TEXT_WIDTH = 12
_INDENT_AT_MOST = 12
_BORDERS = 2
"""Lines of the box around a detail."""
_BESIDE_TITLE = 6
"""Cells of its border on both sides of its title."""


Keys = tuple[tuple[str, str], ...]
"""Keys, and what each of them does."""


class Paragraph(NamedTuple):
    """A text, the one or two words before it, and the keys for it behind it; without any it is an
    empty line."""

    text: str = ""
    tone: Tone | Level = Tone.TEXT
    lead: str = ""
    lead_tone: Tone | Level | Stage = Tone.MUTED
    second: str = ""
    keys: Keys = ()


class _TextLine(NamedTuple):
    lead: str
    second: str
    text: str
    paragraph: Paragraph
    keys: Keys = ()


class Paragraphs(Inked):
    """Paragraphs, as high as they need; only visible lines are drawn.

    All texts with a lead begin in one column; the line breaks and indents of a text are kept.
    """

    DEFAULT_CSS = "Paragraphs { height: auto; }"

    def __init__(
        self, *paragraphs: Paragraph, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.paragraphs = paragraphs
        self._lines: list[_TextLine] = []
        self._width = -1
        """The width that `_lines` are for; -1 when they have to be made again."""
        self._least_lead = 0

    @property
    def lead_cells(self) -> int:
        """How wide the column of leads is by itself, with the gap after it."""
        return _column(p.lead for p in self.paragraphs if p.text)

    def line_up(self, least: int) -> None:
        """Make the column of leads, if there is one, at least so many cells wide."""
        if least != self._least_lead:
            self._least_lead = least
            self._width = -1
            self.refresh(layout=True)

    @property
    def line_count(self) -> int:
        """How many lines the paragraphs take in the width that there is."""
        return len(self._wrap(self.size.width))

    def show(self, *paragraphs: Paragraph) -> None:
        """Show other paragraphs; the screen is laid out again only when the height changes."""
        if paragraphs == self.paragraphs:
            return
        before, width = len(self._lines), self._width
        self.paragraphs = paragraphs
        self._width = -1
        self.refresh(layout=width < 0 or len(self._wrap(width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._wrap(width))

    def render_line(self, y: int) -> Strip:
        width, inks = self.size.width, self.inks
        lines = self._wrap(width)
        if inks is None or width < 1 or y >= len(lines):
            return Strip.blank(width, None if inks is None else inks.ground)
        lead, second, text, paragraph, keys = lines[y]
        parts = [
            (lead, ink(paragraph.lead_tone, inks)),
            (second, inks.text),
            (text, ink(paragraph.tone, inks)),
        ]
        for place, (key, does) in enumerate(keys):
            gap = " " * _GAP if place or text else ""
            parts += [(gap, inks.ground), (key, inks.title), (f" {does}", inks.key_label)]
        return strip_of(parts, width, inks.ground)

    def _wrap(self, width: int) -> list[_TextLine]:
        if width != self._width:
            self._width = width
            self._lines = _lines(self.paragraphs, width, self._least_lead)
        return self._lines


def _lines(paragraphs: tuple[Paragraph, ...], width: int, least_lead: int = 0) -> list[_TextLine]:
    room = max(0, width - _LEAST_TEXT_WIDTH)
    leads = _column(p.lead for p in paragraphs if p.text)
    first = min(room, max(leads, least_lead) if leads else 0)
    second = min(room - first, _column(p.second for p in paragraphs))
    lines: list[_TextLine] = []
    for paragraph in paragraphs:
        text, lead, keys = paragraph.text, paragraph.lead, paragraph.keys
        aside = bool(lead and text)
        words = (fit(lead, first), fit(paragraph.second, second)) if aside else ("", "")
        room = width - first - second if aside else width
        folded = _fold(text or lead, room)
        if keys and any(folded) and cell_len(folded[-1]) + _GAP + _cells_of(keys) > room:
            folded.append("")
        for place, line in enumerate(folded, start=1):
            lines.append(_TextLine(*words, line, paragraph, keys if place == len(folded) else ()))
            if aside:
                words = words[0] if lead == EDGE else " " * first, " " * second
    return lines


def _cells_of(keys: Keys) -> int:
    """How much room keys and their words take, beside each other."""
    each = [cell_len(key) + 1 + cell_len(does) for key, does in keys]
    return sum(each) + _GAP * (len(each) - 1)


def _column(words: Iterable[str]) -> int:
    """The width of a column of words, with the gap after it; 0 without any."""
    widest = max(map(cell_len, words), default=0)
    return widest + _GAP if widest else 0


def _fold(text: str, width: int) -> list[str]:
    """Wrap `text` into lines of at most `width` cells; an indented line keeps its indent."""
    folded: list[str] = []
    for part in text.split("\n"):
        indent = min(len(part) - len(part.lstrip(" ")), _INDENT_AT_MOST)
        indent = indent if width - indent >= _LEAST_TEXT_WIDTH else 0
        folded += (
            " " * indent + line for line in wrap(part, max(1, width - indent), _LINES_AT_MOST)
        )
    return folded


class Spread(Container, can_focus=False):
    """A list and its detail, which fill the screen: below each other, or on a broad screen beside
    each other, as columns and panel stand on the board."""


class Detail(Vertical, can_focus=False):
    """All that is known of a list's line: two columns, side by side where the screen is wide, else
    under each other."""

    _rest = 0
    """How many lines have no room; none where there is more room than is needed."""
    _why: tuple[Paragraph, ...] = ()
    """The words of the first column, its title included."""

    def compose(self) -> ComposeResult:
        with HorizontalGroup(id="sides"):
            yield Paragraphs(id="why")
            yield Paragraphs(id="more")

    def tell(self, why: Iterable[Paragraph] = (), more: Iterable[Paragraph] = ()) -> None:
        """Show the words of the two columns; the first has all the room without the second, and
        nothing stands there without the first. Its first line is the title of the box, where the
        border has room for all of it."""
        self._why, second = tuple(why), tuple(more)
        if len(self._why) == 1 and not self._why[0].lead:
            self._why, second = (*self._why, *second), ()  # there is nothing but a title before it
        self.display = bool(self._why)
        if isinstance(self.parent, Spread):
            self.parent.set_class(not self._why, "-alone")
        self._entitle()
        self.query_one("#more", Paragraphs).show(*second)
        self.query_one("#more").display = bool(second)
        self._line_up()
        self.call_after_refresh(self._tell_rest)

    def _entitle(self) -> None:
        if not self.children:
            return  # it was left meanwhile
        why, title, width = self._why, "", self.size.width
        titled = len(why) > 1 and not why[0].lead
        # Before it is laid out, all is taken to fit: most titles do.
        if titled and (not width or cell_len(why[0].text) <= width - _BESIDE_TITLE):
            title, why = why[0].text, why[1:]
        self.query_one("#sides").border_title = Content(title)
        self.query_one("#why", Paragraphs).show(*why)

    def on_resize(self) -> None:
        self._line_up()
        # A height that changes while the screen is laid out would be missed.
        self.call_after_refresh(self._entitle)
        self.call_after_refresh(self._tell_rest)

    def _tell_rest(self) -> None:
        """Say in the border how many lines have no room."""
        if not self.is_attached:
            return
        lines = [block.line_count for block in self.query(Paragraphs) if block.paragraphs]
        wide = self.screen.has_class("-wide")
        needed = max(lines, default=0) if wide else sum(lines) + len(lines) - 1
        rest = max(0, needed - (self.size.height - _BORDERS))
        if rest != self._rest:
            self._rest = rest
            self.query_one("#sides").border_subtitle = f"↓ {rest:,}" if rest else ""

    def _line_up(self) -> None:
        """Let the texts of both begin in one column, while they stand under each other."""
        blocks = [block for block in self.query(Paragraphs) if block.paragraphs]
        wide = self.screen.has_class("-wide")
        least = 0 if wide else max((block.lead_cells for block in blocks), default=0)
        for block in blocks:
            block.line_up(least)
