"""Interviews, debriefs and people of one application, once for all screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import StoreError
from store.model.dossier import Card
from store.rules.stages import Stage
from store.rules.text import Refused
from tui.screens.confirm import Confirm
from tui.screens.conversation import Conversation

if TYPE_CHECKING:
    from tui.readings import Talk, Task
    from tui.screens.line_entry import Typed

_DEBRIEF_RULE = "R6"


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
        self.run_worker(self._log_interview(card), group="card")

    async def _log_interview(self, card: Card) -> None:
        """Ask for an interview, an invitation or a task; and whether it is the second round."""
        from tui.readings import Talk, read_entry
        from tui.screens.interview_lines import entry_act, is_second_round
        from tui.screens.line_entry import LineEntry

        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        stages: dict[str, Stage | None] = {}

        async def further(typed: Typed[Talk | Task]) -> Typed[Talk | Task] | None:
            stages.clear()
            if not isinstance(typed.value, Talk) or card.stage is not Stage.FIRST:
                return typed
            try:
                dossier = await self.rounds.desk.read(lambda g: g.dossier(card.id))
            except (Refused, StoreError):
                return typed
            if not is_second_round(dossier, typed.value, self.rounds.now()):
                return typed
            question = "Second interview? The card moves to second."
            second = await self.app.push_screen_wait(
                Confirm(question, "Second", "Stay in first", usual=True)
            )
            if second is None:
                return None
            stages["stage"] = Stage.SECOND if second else Stage.FIRST
            return typed

        await self._ask(
            lambda typed, error: LineEntry(
                f"Interview at {card.company}",
                "A day and a time, then how long, what kind, with whom, where. "
                "“invited” when there is no time yet; “take-home by fri 17:00” for a task.",
                lambda text: read_entry(text, today, zone, card.stage),
                initial=typed.text if typed else "",
                placeholder="tue 10:00 45m panel with Ana and Bo at Room 4",
                error=error,
            ),
            lambda typed: entry_act(card.id, typed.value, stages.get("stage")),
            further=further,
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
        """Write the debrief of the interview that the follow-up asks for, else of the last one."""
        if card := self._open_subject():
            due = self.subject_follow_up()
            asked = due.interview_id if due is not None and due.rule == _DEBRIEF_RULE else None
            self.run_worker(self._debrief(card.id, asked), group="card")

    def action_interviews(self) -> None:
        """All interviews of the application."""
        if card := self._open_subject():
            from tui.screens.interviews import InterviewsScreen

            self.app.push_screen(InterviewsScreen(card.id))

    def action_people(self) -> None:
        """Its interviewers and other contacts."""
        if card := self._open_subject():
            from tui.screens.people import PeopleScreen

            self.app.push_screen(PeopleScreen(card.id))

    async def _debrief(self, application_id: int, asked: int | None) -> None:
        """Ask for the debrief of the interview `asked`, or of the one that wants it most."""
        from tui.screens.debriefing import Debriefing
        from tui.screens.interview_lines import for_debrief, too_early

        try:
            dossier = await self.rounds.desk.read(lambda g: g.dossier(application_id))
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        now = self.rounds.now()
        talk = for_debrief(dossier.interviews, now, asked)
        if talk is None:
            self.rounds.say(too_early(dossier.interviews, now, asked))
            return
        done = await Debriefing(self.rounds, dossier, talk).run()
        if done is not None:
            await self._stored(*done)
