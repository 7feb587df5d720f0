"""The messages that follow-ups ask for."""

from __future__ import annotations

from tui.screens.conversation import Conversation


class WritingActions(Conversation):
    """The messages that follow-ups ask for."""

    def action_write(self) -> None:
        """The message that the follow-up asks for."""
