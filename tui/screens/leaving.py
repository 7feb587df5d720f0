"""Leaving a screen, once."""

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

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
