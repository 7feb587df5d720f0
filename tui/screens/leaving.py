"""Leaving a screen, once."""

from typing import TYPE_CHECKING, Any

from textual import messages
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.events import ScreenResume
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object

_INTERNAL = messages.__name__
"""Where the messages are from by which Textual itself works."""


class LeftOnce(_Base):
    """A screen that is in front when it is left, and hears nothing more once it is.

    A second key that means the same, or an answer that comes while the screen is going, would
    take the next one away with it: Textual pops whichever screen is in front. And what its
    widgets still tell would be looked up among widgets that are gone.
    """

    focused = Reactive[Widget | None](None, repaint=False)
    """The widget with the cursor. It paints itself, and so does the one before: the rest of the
    screen, which Textual would paint too, looks as it did."""
    is_left = False
    """Whether it has been left, and is only waiting to be removed."""
    _was_shown = False

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave with `result`; nothing once it has been left, or while another one covers it."""
        if self.is_left or self.app.screen is not self:
            return AwaitComplete()
        self.is_left = True
        return super().dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be asked for before the widgets are there, nor once the screen is left."""
        if self.is_left or not self.is_mounted:
            return False
        return super().check_action(action, parameters)

    async def _dispatch_message(self, message: Message) -> None:
        told = isinstance(message._sender, Widget) and message._sender is not self
        if self.is_left and told and type(message).__module__ != _INTERNAL:
            return
        if isinstance(message, ScreenResume):
            # All that it holds was styled a moment ago, when it was put there.
            message.refresh_styles = message.refresh_styles and self._was_shown
            self._was_shown = True
        await super()._dispatch_message(message)


def ctrl_c(action: str) -> tuple[Binding, Binding]:
    """Ctrl+C for a screen above the board: copies what is selected, else does `action`.

    Only the bindings of the screen itself count above the board, and those of the program do not.
    """
    return (
        Binding("ctrl+c", "screen.copy_text", show=False),
        Binding("ctrl+c", action, show=False),
    )
