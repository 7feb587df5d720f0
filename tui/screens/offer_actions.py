"""Offers, and what a rejection leaves."""

from __future__ import annotations

from tui.screens.conversation import Conversation


class OfferActions(Conversation):
    """Offers, and what a rejection leaves."""

    def action_offer(self) -> None:
        """The offer: its parts, papers, and others to tell."""

    def action_lesson(self) -> None:
        """What a rejection leaves: the lesson, and open doubts."""
