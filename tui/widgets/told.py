"""All that is known of a list's line, in a box below it as high as its words."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, Vertical

from tui.widgets.paragraphs import Paragraph, Paragraphs


class Told(Vertical, can_focus=False):
    """Two columns of words, side by side where the screen is wide, else under each other."""

    def compose(self) -> ComposeResult:
        with HorizontalGroup(id="sides"):
            yield Paragraphs(id="why")
            yield Paragraphs(id="more")

    def tell(self, why: Iterable[Paragraph] = (), more: Iterable[Paragraph] = ()) -> None:
        """Show the words of the two columns; the first has all the room without the second, and
        nothing stands there without the first."""
        first, second = tuple(why), tuple(more)
        self.query_one("#sides").display = bool(first)
        self.query_one("#why", Paragraphs).show(*first)
        self.query_one("#more", Paragraphs).show(*second)
        self.query_one("#more").display = bool(second)
