"""Interviews, debriefs and people of one application, once for all screens."""

from __future__ import annotations

from store.card import Card
from store.rules.stages import Stage
from tui.screens.conversation import Conversation


class InterviewActions(Conversation):
    """The actions around interviews."""

    def action_interview(self) -> None:
        """Log an interview or an invitation; for an offer, by when it wants an answer."""
        card = self._open_subject()
        if card is None or self._refuse_closed(card):
            return
        if card.stage is Stage.OFFER:
            self._ask_deadline(card)
            return
        from tui.readings import read_talk
        from tui.screens.line_entry import LineEntry

        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        self._converse(
            lambda typed, error: LineEntry(
                f"Interview at {card.company}",
                "A day and a time, then how long, with whom, where. "
                "“invited” when there is no time yet.",
                lambda text: read_talk(text, today, zone, card.stage),
                initial=typed.text if typed else "",
                placeholder="tue 10:00 45m with Ana",
                error=error,
            ),
            lambda typed: (
                lambda p: p.interview(
                    card.id,
                    typed.value.starts_at,
                    minutes=typed.value.minutes,
                    place=typed.value.place,
                    people=typed.value.people,
                    invited_on=typed.value.invited_on,
                )
            ),
        )

    def _ask_deadline(self, card: Card) -> None:
        from tui.readings import read_deadline
        from tui.screens.line_entry import LineEntry

        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        self._converse(
            lambda typed, error: LineEntry(
                f"{card.company}: answer by when?",
                "The day, and the time if they named one.",
                lambda text: read_deadline(text, today, zone),
                initial=typed.text if typed else "",
                placeholder="thu 17:00",
                error=error,
            ),
            lambda typed: lambda p: p.deadline(card.id, typed.value.day, typed.value.at),
        )

    def action_debrief(self) -> None:
        """Write the debrief of an interview."""

    def action_interviews(self) -> None:
        """All interviews of the application."""

    def action_people(self) -> None:
        """Its interviewers and other contacts."""
