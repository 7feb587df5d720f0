"""How a message that is being written is kept: nothing typed gets lost, also when saving fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.advice.drafts import draft_folder
from store.errors import NotFound, StoreError
from store.file.unsaved import Unsaved
from store.model.dossier import Card, Due
from store.read.drafts import Letter, Wanted, read_letter
from store.rules.drafts.templates import Message, parted, written
from store.rules.text import Refused
from tui.screens.draft_parts import replaced_words
from tui.screens.page import Page

if TYPE_CHECKING:
    from store.pipeline import Pipeline
    from store.pipeline.journal import Written


class DraftKeeping(Page[None]):
    """Reads a message and stores what the user makes of it.

    What is typed is put aside on the disk while it is typed, and stored as a draft when editing
    ends. When it cannot be stored it stays on the page, and is tried again on leaving.
    """

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.letter: Letter | None = None
        self.unsaved: Message | None = None
        """What the user made of it, while that is not stored."""
        self.trouble = ""
        """Why it could not be stored."""
        self._wanted = wanted
        self._told = ""

    def subject(self) -> Card | None:
        return self.letter.dossier.card if self.letter is not None else None

    def subject_follow_up(self) -> Due | None:
        return self.letter.dues[0] if self.letter is not None and self.letter.dues else None

    @property
    def message(self) -> Message:
        """The message as it stands."""
        if self.unsaved is not None:
            return self.unsaved
        return self.letter.message if self.letter is not None else Message("", "")

    def typed(self) -> Message | None:
        """The message as it stands in the fields; None while they are closed."""
        return None

    async def reload(self) -> None:
        now, wanted, folder = self.rounds.now(), self._wanted, draft_folder()
        try:
            letter = await self.rounds.desk.read(lambda g: read_letter(g, wanted, now, folder))
        except (NotFound, Refused) as error:
            if self.is_current and (self.letter is None or isinstance(error, NotFound)):
                self.rounds.warn(str(error))
                self.dismiss(None)
            return
        first, self.letter = self.letter is None, letter
        self._wanted = wanted._replace(kind=letter.kind)
        if letter.trouble and letter.trouble != self._told:
            self._told = letter.trouble
            self.rounds.warn(f"{letter.trouble} Until then the template of rounds is used.")
        if first:
            self._take_up(letter)
        self.draw()

    def keep(self, message: Message) -> None:
        """Store the message, unless it is as it was."""
        if self.letter is None or (message == self.message and not self.trouble):
            return
        self.unsaved = message
        self.put_aside()
        self.draw()
        self.run_worker(self.store(), group="card")

    async def store(self) -> bool:
        """Whether what the user made of it is safe."""
        letter, message = self.letter, self.unsaved
        if letter is None or message is None:
            return True
        if not message.subject and not message.body:
            return await self._throw(letter)
        application, follow_up = letter.kept_in
        kind, text = letter.kind, written(message)
        told = replaced_words(letter)
        return await self.do(
            lambda p: p.draft(application, kind, text, follow_up_id=follow_up), message, told
        )

    async def _throw(self, letter: Letter) -> bool:
        if letter.stored is None:
            self._safe(self.unsaved)
            await self.fetch()
            return True
        (application, follow_up), kind = letter.kept_in, letter.kind
        return await self.do(
            lambda p: p.draft(application, kind, "", follow_up_id=follow_up), self.unsaved
        )

    async def do(
        self,
        act: Callable[[Pipeline], Written],
        message: Message | None,
        told: str = "",
        *,
        leave: bool = False,
    ) -> bool:
        """Store what became of `message`, and leave if that is wished.

        A failure is shown above the message, which stays as it is; whether there was none.
        """
        try:
            done = await self.rounds.desk.write(act)
        except (Refused, StoreError) as error:
            self.trouble = str(error)
            self.draw()
            return False
        self._safe(message)
        if leave:
            self.rounds.take(done)
            self.rounds.say(told)
            self.dismiss(None)
        else:
            await self._stored(done, told)
        return True

    def _safe(self, message: Message | None) -> None:
        """`message` is stored; what was typed since is not yet."""
        self.trouble = ""
        if self.unsaved is message:
            self.unsaved = None
            self._aside().forget()

    def _aside(self) -> Unsaved:
        ids = "-".join(map(str, self._wanted.follow_up_ids[:1])) or self._wanted.kind or "new"
        card = self.subject()
        about = f"{card.company} — {card.role}" if card is not None else ""
        name = f"draft-{self._wanted.application_id}-{ids}"
        return Unsaved(self.rounds.path, name, about)

    def put_aside(self) -> None:
        """Keep what is typed beside the board until it is stored."""
        if self.letter is None:
            return
        message = self.typed() or self.unsaved
        if message is not None and message != self.letter.message:
            kept = {"kind": self.letter.kind, "text": written(message)}
            self._aside().keep(message=kept)

    def _take_up(self, letter: Letter) -> None:
        """Take up what was typed last time and could not be stored."""
        kept = self._aside().kept("message")
        if kept is None or kept.get("kind") != letter.kind:
            return
        message = parted(kept.get("text", ""))
        if message != letter.message:
            self.rounds.say("What you typed last time is here again.")
            self.keep(message)
        else:
            self._aside().forget()

    def on_unmount(self) -> None:
        """The program ends in the middle of it: what is typed is put aside."""
        self.put_aside()

    def action_throw_away(self) -> None:
        """Throw the draft away and begin with the template again."""
        letter = self.letter
        if letter is None:
            return
        if letter.stored is None and self.unsaved is None:
            self.rounds.say("This is the template. Nothing was changed yet.")
            return
        self.run_worker(self._thrown(letter), group="card")

    async def _thrown(self, letter: Letter) -> None:
        if await self._throw(letter):
            self.rounds.say("The template again. u brings your draft back.")

    def action_back(self) -> None:
        """Leave, once everything is safe."""
        if self.unsaved is None:
            self.dismiss(None)
        else:
            self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        from tui.screens.confirm import Confirm

        question = "{} Leave all the same? What you wrote is kept beside the board."
        safe = await self.store()
        if not safe:
            confirm = Confirm(question.format(self.trouble), "Leave", "Stay")
            safe = await self.app.push_screen_wait(confirm)
        if safe:
            self.dismiss(None)
