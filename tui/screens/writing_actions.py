"""The messages that follow-ups ask for."""

from __future__ import annotations

from store.errors import StoreError
from store.model.dossier import Card, Due
from store.rules.text import Refused
from tui.screens.conversation import Conversation


class WritingActions(Conversation):
    """The messages that follow-ups ask for, on every screen that shows applications."""

    def action_write(self) -> None:
        """Open the message that the follow-up asks for; where none does, ask which one."""
        card = self._open_subject()
        if card is None:
            return
        due = self.subject_follow_up()
        if due is not None and due.id < 0:
            self.run_worker(self._once_written(self.action_write), group="card")
        else:
            self.run_worker(self._open_letter(card, due), group="card")

    async def _open_letter(self, card: Card, due: Due | None) -> None:
        from store.read.drafts import Wanted, first_wanted, read_offered
        from tui.screens.draft import DraftScreen
        from tui.screens.draft_picker import KindPicker

        now = self.rounds.now()
        try:
            wanted = await self.rounds.desk.read(lambda g: first_wanted(g, card.id, due, now))
            if not wanted.follow_up_ids:
                offered = await self.rounds.desk.read(lambda g: read_offered(g, card.id, now))
                picker = KindPicker(f"Write to {card.company}", offered)
                chosen: Wanted | None = await self.app.push_screen_wait(picker)
                if chosen is None:
                    return
                wanted = chosen
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        self.app.push_screen(DraftScreen(wanted))
