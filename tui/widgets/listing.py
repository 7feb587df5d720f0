"""What all widgets with a cursor share: entries on lines that scroll, keys and mouse."""

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message

from tui.styles.themes import Inks
from tui.widgets.canvas import Inked, Wheeled


class Listing(Wheeled, Inked):
    """Entries on lines under each other, with a cursor on one of them.

    The screen around it holds the focus and moves the cursor; the lines scroll with it. A class
    on this one says how many entries and lines there are, which lines belong to an entry, and
    draws them in `render_line`.
    """

    wheel = 3
    DEFAULT_CSS = "Listing { height: 1fr; }"

    class Moved(Message):
        """Posted when another entry, or none, is under the cursor, and when its words changed."""

    class Chosen(Message):
        """Posted on a double click on an entry."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cursor = 0
        self._top = 0

    @property
    def count(self) -> int:
        """How many entries the cursor can stand on."""
        raise NotImplementedError

    @property
    def line_count(self) -> int:
        """How many lines there are to scroll through."""
        raise NotImplementedError

    def lines_of(self, place: int) -> range:
        """The lines of the entry at `place`."""
        raise NotImplementedError

    def entry_at(self, line: int) -> int | None:
        """The place of the entry that `line` belongs to; None for a heading and beyond the end."""
        raise NotImplementedError

    def lines_with(self, place: int) -> range:
        """The lines to be seen when the cursor is on the entry at `place`."""
        return self.lines_of(place)

    def forget(self) -> None:
        """Forget what was drawn: it will look different."""

    @property
    def head(self) -> int:
        """How many lines stand above the entries and do not scroll."""
        return 0

    @property
    def room(self) -> int:
        """How many lines are seen at once; at least one."""
        return max(1, self.size.height - self.head)

    @property
    def cursor(self) -> int:
        """The place of the cursor among the entries, from 0."""
        return self._cursor

    def show_inks(self, inks: Inks) -> None:
        self.inks = inks
        self.forget()
        self.repaint()

    def move(self, step: int) -> None:
        """Move the cursor by `step` entries, not beyond either end."""
        self.go(self._cursor + step)

    def page(self, pages: int) -> None:
        """Move the cursor by as many entries as there are lines in sight."""
        self.move(pages * max(1, self.room - 1))

    def edge(self, end: int) -> None:
        """Go to the first entry (-1) or the last one (1)."""
        self.go(0 if end < 0 else self.count - 1)

    def go(self, place: int) -> None:
        """Put the cursor on the entry at `place`; a place beyond an end means that end."""
        place = self.nearest(place)
        if place == self._cursor or not self.count:
            return
        left, self._cursor = self._cursor, place
        if self.reveal():
            self.repaint()
        else:
            self.repaint(left)
            self.repaint(place)
        self.post_message(self.Moved())

    def nearest(self, place: int) -> int:
        """`place`, or the end that it lies beyond."""
        return max(0, min(place, self.count - 1))

    def repaint(self, place: int | None = None) -> None:
        """Paint the lines of one entry again, or all of them."""
        if place is None:
            self.refresh()
            return
        lines, width = self.lines_of(place), self.size.width
        first = max(0, lines.start - self._top) + self.head
        last = min(self.size.height, lines.stop - self._top + self.head)
        if first < last:
            self.refresh(Region(0, first, width, last - first))

    def reveal(self) -> bool:
        """Scroll so that the cursor is seen; whether that moved anything."""
        if not self.size.height:
            return False  # not laid out: nothing is seen that it could scroll away from
        if not self.count:
            return self._scroll(self._top)
        lines = self.lines_with(self._cursor)
        return self._scroll(max(lines.stop - self.room, min(self._top, lines.start)))

    def _scroll(self, top: int) -> bool:
        top = max(0, min(top, self.line_count - self.room))
        moved, self._top = top != self._top, top
        return moved

    def is_marked(self, y: int) -> bool:
        """Whether the scroll mark covers line `y` below the head: none is where all is seen."""
        height, total = self.size.height - self.head, self.line_count
        if total <= height:
            return False
        length = max(1, height * height // total)
        start = round(self._top / (total - height) * (height - length))
        return start <= y < start + length

    def point_at(self, at: Offset) -> bool:
        """Put the cursor on the entry under the mouse; whether there is one."""
        line = at.y - self.head
        place = self.entry_at(self._top + line) if line >= 0 else None
        if place is not None:
            self.go(place)
        return place is not None

    def on_resize(self) -> None:
        self.forget()
        self.reveal()
        self.repaint()

    def scroll_by(self, steps: int) -> None:
        if self._scroll(self._top + steps):
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is not None and self.point_at(at) and event.chain == 2:
            self.post_message(self.Chosen())
