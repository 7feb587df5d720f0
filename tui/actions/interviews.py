"""Interviews, debriefs and people of one application, once for all screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from store.advice.debriefs import (
    answers,
    debrief_of,
    for_debrief,
    interview_to_debrief,
    known_words,
    merge,
    texts_of,
)
from store.errors import StoreError
from store.file.unsaved import Unsaved
from store.model.dossier import Card, Dossier, InterviewEntry
from store.rules.lists import signals
from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.point import PointText, kinds_for, moment
from tui.conversation import Conversation
from tui.pages.interviews.interviews_text import (
    entry_act,
    explain_no_debrief,
    heading,
    is_second_round,
)
from tui.rounds import Rounds
from tui.typed.interviews import TypedInterview, read_entry
from tui.typed.offers import read_deadline

if TYPE_CHECKING:
    from store.model.board import Written
    from tui.conversation import Act
    from tui.dialogs.debrief import Debriefed, DebriefForm
    from tui.dialogs.line import Typed
    from tui.typed.interviews import TypedInterview, TypedTask

    Entered = Typed[TypedInterview | TypedTask]


def interview(it: Conversation) -> None:
    """Log an interview or an invitation; for an offer, by when it wants an answer."""
    card = it.open_subject()
    if card is None:
        return
    if card.stage is Stage.OFFER:
        _ask_deadline(it, card)
        return
    it.run(_log_interview(it, card))


async def _log_interview(it: Conversation, card: Card) -> None:
    """Ask for an interview, an invitation or a task; and whether it is the second round."""
    from tui.dialogs.line import line_dialog
    from tui.dialogs.pickers import Confirm

    today, zone = it.rounds.now().date(), it.rounds.clock.zone
    stages: dict[str, Stage | None] = {}

    async def further(typed: Entered) -> Entered | None:
        stages.clear()
        if not isinstance(typed.value, TypedInterview) or card.stage is not Stage.FIRST:
            return typed
        try:
            dossier = await it.rounds.desk.read(lambda g: g.dossier(card.id))
        except (Refused, StoreError):
            return typed
        if not is_second_round(dossier, typed.value, it.rounds.now()):
            return typed
        question = "Second interview? This moves the card to second."
        second = await it.rounds.push_screen_wait(
            Confirm(question, "Second", "Stay in first", usual=True)
        )
        if second is None:
            return None
        stages["stage"] = Stage.SECOND if second else Stage.FIRST
        return typed

    await it.ask(
        line_dialog(
            f"Interview at {card.company}",
            "A date and time, then length, format, interviewers and place. "
            "Type “invited” if there is no time yet, “take-home by fri 17:00” for a task.",
            lambda text: read_entry(text, today, zone, card.stage, now=it.rounds.now()),
            placeholder="tue 10:00 45m panel with Ana and Bo at Room 4",
        ),
        lambda typed: entry_act(card.id, typed.value, stages.get("stage")),
        further=further,
    )


def _ask_deadline(it: Conversation, card: Card) -> None:
    from tui.dialogs.line import line_dialog

    today, zone = it.rounds.now().date(), it.rounds.clock.zone
    it.converse(
        line_dialog(
            f"{card.company}: deadline for your answer",
            "The date, and the time if they gave one.",
            lambda text: read_deadline(text, today, zone, now=it.rounds.now()),
            placeholder="thu 17:00",
        ),
        lambda typed: (
            lambda p: p.deadline(card.id, typed.value.day, typed.value.at, zone=typed.value.zone)
        ),
    )


def debrief(it: Conversation) -> None:
    """Write the debrief of the interview that the follow-up asks for, else of the last one."""
    if card := it.subject():
        it.run(open_debrief(it, card.id, interview_to_debrief(it.shown_follow_up())))


def interviews(it: Conversation) -> None:
    if card := it.subject():
        it.rounds.open("interviews", card.id)


def people(it: Conversation) -> None:
    if card := it.subject():
        it.rounds.open("people", card.id)


async def open_debrief(it: Conversation, application_id: int, asked: int | None) -> None:
    """Ask for the debrief of the interview `asked`, or of the one that wants it most."""
    dossier = await it.read(lambda g: g.dossier(application_id))
    if dossier is None:
        return
    now = it.rounds.now()
    held = for_debrief(dossier.interviews, now, asked)
    if held is None:
        it.rounds.say(explain_no_debrief(dossier.interviews, now, asked))
        return
    done = await Debriefing(it.rounds, dossier, held).run()
    if done is not None:
        await it.show(*done)


def point(it: Conversation) -> None:
    """Note one line with a kind."""
    if card := it.subject():
        note_point(it, card, _kinds(card, it.rounds.kind_used))


def prepare(it: Conversation) -> None:
    """What the last interview brings into the next."""
    if card := it.subject():
        it.rounds.open("prepare", card.id)


def note_point(it: Conversation, card: Card, kinds: Sequence[str], line: str = "") -> None:
    """Ask for a line of one of `kinds`, the first of them unless told, and note it.

    It begins with `line`, such as "weak: ".
    """
    from tui.dialogs.point import PointLine

    today = it.rounds.now().date()

    def act(typed: Typed[PointText]) -> Act:
        point = typed.value
        it.rounds.kind_used = point.kind
        return lambda p: p.point(card.id, **point._asdict())

    it.converse(
        lambda typed, error: PointLine(
            f"New point for {card.company}", today, kinds, line=line, typed=typed, error=error
        ),
        act,
        told=None,
    )


def _kinds(card: Card, used: str) -> tuple[str, ...]:
    """The kinds of points in the order in which they are offered for this card."""
    next_one = card.interview
    now = moment(
        card.stage,
        over=card.outcome is not None,
        ahead=next_one is not None,
        again=next_one is not None and next_one.round > 1,
        met=card.met,
    )
    return kinds_for(now, used)


RESTORED = "Restored what you typed last time. It is not saved yet: press Ctrl+S to finish."
WAITS = "Your text is kept. Press b to continue."
WRITTEN = "Debrief saved. Press b to open it again."
CHANGED = "Debrief changed. u undoes it."


class Debriefing:
    """One debrief being written: of an `interview` of the application in `dossier`.

    While the form is open its texts are kept in a file beside the board; one change is stored when
    it is left, finished or not, and then that file goes.
    """

    def __init__(self, rounds: Rounds, dossier: Dossier, interview: InterviewEntry) -> None:
        assert interview.starts_at is not None
        self._rounds = rounds
        self._dossier = dossier
        self._interview = interview
        self._held_on = interview.starts_at.date()
        begun = interview.starts_at.astimezone(UTC).isoformat()
        about = f"application {dossier.card.id}, {begun}"
        self._unsaved = Unsaved(rounds.path, f"debrief-{interview.id}", about)
        self._stored = texts_of(dossier, interview)

    async def run(self) -> tuple[Written, str] | None:
        """Ask until it is stored or kept; the stored change and what to tell, None without one."""
        typed, error = self._restore(), ""
        if typed is not None:
            error = RESTORED
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
                finished, interview_id = answer.finished or before, self._interview.id
                written = await self._rounds.desk.write(
                    lambda p: p.debrief(interview_id, finished=finished, **values)  # noqa: B023
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
        entry = debrief_of(self._dossier, self._interview)
        return entry is not None and entry.finished

    def _form(self, typed: dict[str, str] | None, error: str) -> DebriefForm:
        from tui.dialogs.debrief import DebriefForm

        now = self._rounds.now()
        whose = f"Debrief  {self._dossier.card.company}, "
        return DebriefForm(
            whose + heading(self._interview, now),
            now.date(),
            self._held_on,
            self._stored,
            known_words(self._dossier, self._interview),
            signals(),
            short_title=whose + heading(self._interview, now, people=False),
            typed=typed,
            keep=self._keep,
            error=error,
        )

    def _restore(self) -> dict[str, str] | None:
        """What was typed before the program ended, with what was stored since."""
        typed = self._unsaved.read("texts")
        if typed is None:
            return None
        typed = merge(self._unsaved.read("base") or {}, self._stored, typed)
        return None if typed == self._stored else typed

    def _keep(self, texts: dict[str, str]) -> None:
        self._unsaved.keep(base=self._stored, texts=texts)

    async def _values(self, answer: Debriefed) -> dict[str, Any] | None:
        """What to store: what was typed, with what another window wrote meanwhile."""
        if answer.values is None:
            return None
        application_id = self._dossier.card.id
        dossier = await self._rounds.desk.read(lambda g: g.dossier(application_id))
        stored = texts_of(dossier, self._interview)
        if stored == self._stored:
            return answer.values
        texts = merge(self._stored, stored, answer.texts)
        words = known_words(self._dossier, self._interview) | known_words(dossier, self._interview)
        return answers(texts, self._rounds.now().date(), self._held_on, words, loose=True)
