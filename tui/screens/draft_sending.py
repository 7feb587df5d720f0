"""How a message leaves: copied, handed to the mail program, and marked as sent."""

from __future__ import annotations

import asyncio

from store.read.drafts import Letter
from store.rules.drafts.templates import Message, mailto, written
from store.rules.text import Refused
from tui.clipboard import fill_clipboard
from tui.screens.draft_keeping import DraftKeeping
from tui.screens.draft_parts import sent_words, whole

LONGEST_LINK = 2_000
"""Characters of a mailto link that every mail program takes whole (product)."""


class DraftSending(DraftKeeping):
    """The ways out for a message; the program itself sends nothing."""

    def action_copy_text(self) -> None:
        """Copy the text."""
        self._copy(self.message.body, "The text")

    def action_copy_all(self) -> None:
        """Copy address, subject and text."""
        if self.letter is not None:
            self._copy(whole(self.letter, self.message), "Address, subject and text")

    def _copy(self, text: str, what: str) -> None:
        self.rounds.copy_to_clipboard(text)
        self.run_worker(self._copied(text, what), group="copy", exclusive=True)

    async def _copied(self, text: str, what: str) -> None:
        program = await asyncio.to_thread(fill_clipboard, text)
        if program:
            self.rounds.say(f"{what}: copied with {program}.")
        else:
            self.rounds.say(
                f"{what}: copied by way of the terminal. "
                "If it cannot be pasted, install wl-clipboard or xclip."
            )

    def action_mail(self) -> None:
        """Open it in the user's mail program."""
        letter, message = self.letter, self.message
        if letter is None:
            return
        try:
            link = mailto(letter.address, message.subject, message.body)
            short = mailto(letter.address, message.subject, "")
        except Refused as refused:
            self.rounds.warn(str(refused))
            return
        fits = len(link) <= LONGEST_LINK
        if not fits:
            self._copy(message.body, "The text is too long for a link")
        self.run_worker(self._opened(link if fits else short, fits), group="mail")

    async def _opened(self, link: str, fits: bool) -> None:
        from tui.browser import open_link

        if await asyncio.to_thread(open_link, link):
            paste = "" if fits else "Paste the text there. "
            self.rounds.say(f"Handed to your mail program. {paste}d marks it as sent.")
        elif fits:
            self._copy(self.message.body, "No mail program was found. The text")

    def action_sent(self) -> None:
        """It was sent today: its follow-ups are done, and the message is in the log."""
        if self.letter is None:
            return
        if self.letter.settled:
            self.rounds.warn("What it was for was done meanwhile. Esc leaves, K writes another.")
            return
        self.run_worker(self._send(self.letter, self.message), group="card")

    async def _send(self, letter: Letter, message: Message) -> None:
        ids = [due.id for due in letter.dues]
        application, kind, text = letter.dossier.card.id, letter.kind, written(message)
        await self.do(
            lambda p: p.sent_text(application, kind, text, follow_up_ids=ids),
            self.unsaved,
            sent_words(letter),
            leave=True,
        )
