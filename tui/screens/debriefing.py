"""From the form of a debrief to the store, so that nothing typed is lost on the way."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from store.advice.debriefs import answers, debrief_of, known_words, merged, texts_of
from store.errors import StoreError
from store.file.unsaved import Unsaved
from store.model.dossier import Dossier, Meeting
from store.rules.lists import signals
from store.rules.text import Refused
from tui.screens.debrief_form import Debriefed, DebriefForm
from tui.screens.interview_lines import heading

if TYPE_CHECKING:
    from store.pipeline.journal import Written
    from tui.app import RoundsApp

TAKEN_UP = "This is what you typed last time. It is not saved yet: ctrl+s finishes it."
WAITS = "What you typed is kept. b takes it up again."
WRITTEN = "The debrief is written. b shows it again."
CHANGED = "The debrief is changed. u takes that back."


class Debriefing:
    """One debrief being written: of the interview `talk` of the application in `dossier`.

    While the form is open its texts are kept in a file beside the board; one change is stored when
    it is left, finished or not, and then that file goes.
    """

    def __init__(self, rounds: RoundsApp, dossier: Dossier, talk: Meeting) -> None:
        assert talk.starts_at is not None
        self._rounds = rounds
        self._dossier = dossier
        self._talk = talk
        self._held_on = talk.starts_at.date()
        begun = talk.starts_at.astimezone(UTC).isoformat()
        about = f"application {dossier.card.id}, {begun}"
        self._unsaved = Unsaved(rounds.path, f"debrief-{talk.id}", about)
        self._stored = texts_of(dossier, talk)

    async def run(self) -> tuple[Written, str] | None:
        """Ask until it is stored or kept; the stored change and what to tell, None without one."""
        typed, error = self._kept(), ""
        if typed is not None:
            error = TAKEN_UP
        while True:
            answer = await self._rounds.push_screen_wait(self._form(typed, error))
            if answer is None:
                self._unsaved.forget()
                return None
            self._keep(answer.texts)
            try:
                values = await self._values(answer)
                if values is None:
                    self._rounds.say(WAITS)
                    return None
                before = self._finished
                finished, talk_id = answer.finished or before, self._talk.id
                written = await self._rounds.desk.write(
                    lambda p: p.debrief(talk_id, finished=finished, **values)  # noqa: B023
                )
            except (Refused, StoreError) as problem:
                if not answer.finished:
                    self._rounds.warn(f"{problem} {WAITS}")
                    return None
                typed, error = answer.texts, str(problem)
                continue
            self._unsaved.forget()
            return written, CHANGED if before else WRITTEN if finished else WAITS

    @property
    def _finished(self) -> bool:
        """A debrief that was finished once stays so, also when it is changed and left."""
        entry = debrief_of(self._dossier, self._talk)
        return entry is not None and entry.finished

    def _form(self, typed: dict[str, str] | None, error: str) -> DebriefForm:
        now = self._rounds.now()
        return DebriefForm(
            f"Debrief  {self._dossier.card.company}, {heading(self._talk, now)}",
            now.date(),
            self._held_on,
            self._stored,
            known_words(self._dossier, self._talk),
            signals(),
            typed=typed,
            keep=self._keep,
            error=error,
        )

    def _kept(self) -> dict[str, str] | None:
        """What was typed before the program ended, with what was stored since."""
        typed = self._unsaved.kept("texts")
        if typed is None:
            return None
        typed = merged(self._unsaved.kept("base") or {}, self._stored, typed)
        return None if typed == self._stored else typed

    def _keep(self, texts: dict[str, str]) -> None:
        self._unsaved.keep(base=self._stored, texts=texts)

    async def _values(self, answer: Debriefed) -> dict[str, Any] | None:
        """What to store: what was typed, with what another window wrote meanwhile."""
        if answer.values is None:
            return None
        application_id = self._dossier.card.id
        dossier = await self._rounds.desk.read(lambda g: g.dossier(application_id))
        stored = texts_of(dossier, self._talk)
        if stored == self._stored:
            return answer.values
        texts = merged(self._stored, stored, answer.texts)
        words = known_words(self._dossier, self._talk) | known_words(dossier, self._talk)
        return answers(texts, self._rounds.now().date(), self._held_on, words, loose=True)
