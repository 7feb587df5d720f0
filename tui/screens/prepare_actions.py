"""What is noted around an interview, and carried over into the next."""

from __future__ import annotations

from tui.screens.conversation import Conversation


class PrepareActions(Conversation):
    """What is noted around an interview, and carried over into the next."""

    def action_point(self) -> None:
        """Note one line with a kind."""

    def action_prepare(self) -> None:
        """What the last interview brings into the next."""
