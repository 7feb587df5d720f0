"""Leaving a screen, once."""

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete
from textual.binding import Binding

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object


class LeftOnce(_Base):
    """A screen that is in front when it is left.

    A second key that means the same, or an answer that comes while the screen is going, would
    take the next one away with it: Textual pops whichever screen is in front.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave with `result`; nothing once it has been left, or while another one covers it."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)


def ctrl_c(action: str) -> tuple[Binding, Binding]:
    """Ctrl+C for a screen above the board: copies what is selected, else does `action`.

    Only the bindings of the screen itself count above the board, and those of the program do not.
    """
    return (
        Binding("ctrl+c", "screen.copy_text", show=False),
        Binding("ctrl+c", action, show=False),
    )
