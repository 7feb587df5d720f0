"""Offers, and what an end leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import StoreError
from store.model.dossier import Card, Due, PointEntry
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tui.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.conversation import Act
    from tui.dialogs.lesson import Lesson, LessonForm


ENDS_WITH_A_LESSON = (Outcome.REJECTED, Outcome.NO_RESPONSE)
"""After which outcomes the form for the lesson opens by itself."""
_CARRIED = "Carried over: it stands among the doubts of that card too."


class OfferActions(Conversation):
    """The actions around offers and ends."""

    def action_offer(self) -> None:
        """The offer: its parts, papers, and others to tell."""
        card = self._open_subject()
        if card is None:
            return
        if card.stage is not Stage.OFFER:
            if not self._refuse_closed(card):
                self.rounds.say(
                    f"There is no offer from {card.company} yet. "
                    "When it comes, m moves the card to offer, and O opens the page of it."
                )
            return
        self.rounds.open("offer", card.id)

    def action_references(self) -> None:
        """They call the references: when, and when they said so."""
        card = self._open_subject()
        if card is not None and not self._refuse_closed(card):
            self.run_worker(self._ask_references(card), group="card")

    async def _ask_references(self, card: Card) -> None:
        from tui.dialogs.line import LineEntry
        from tui.one_line import check_line
        from tui.pages.offer import check_act, check_words

        try:
            dossier = await self.rounds.desk.read(lambda g: g.dossier(card.id))
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        title, hint, example, read = check_words(self.rounds.now().date())
        first = check_line(dossier.reference_check_on, dossier.references_announced_on)
        await self._ask(
            lambda typed, error: LineEntry(
                f"{card.company}: {title[:1].lower()}{title[1:]}",
                hint,
                read,
                initial=typed.text if typed else first,
                placeholder=example,
                error=error,
            ),
            lambda typed: check_act(card.id, typed.value),
        )

    def action_compare_offers(self) -> None:
        """The offers side by side."""
        self._compare(None)

    def _compare(self, application_id: int | None) -> None:
        """The open offers side by side, and the one of this application."""
        self.rounds.open("compare", application_id)

    async def _end(self, card: Card, first: Outcome | None = None) -> None:
        """Ask how it ended, beginning with `first`; then for what there is to learn of it."""
        from tui.dialogs.pickers import OutcomeChoice, OutcomePicker

        today = self.rounds.now().date()

        def picker(choice: OutcomeChoice | None, error: str) -> OutcomePicker:
            if choice is None:
                return OutcomePicker(card, today, chosen=first, error=error)
            return OutcomePicker(
                card,
                today,
                chosen=choice.outcome,
                typed=choice.typed,
                reason=choice.reason,
                error=error,
            )

        written = await self._ask(
            picker,
            lambda choice: (
                lambda p: p.close(card.id, choice.outcome, on=choice.on, reason=choice.reason)
            ),
        )
        if written is None or written.card is None:
            return
        self.rounds.say(_told(written.card))
        if written.card.outcome in ENDS_WITH_A_LESSON:
            await self._learn(written.card)

    def action_lesson(self) -> None:
        """What an end leaves: the lesson, and open doubts."""
        card = self._open_subject()
        if card is None:
            return
        if card.outcome is None:
            self.rounds.say("This application is not over. x says how it ended.")
            return
        self.run_worker(self._learn(card), group="card")

    async def _learn(self, card: Card) -> None:
        """Ask for the lesson of a closed application, then where its open doubts go."""
        from tui.dialogs.lesson import LessonForm

        try:
            dossier, others = await self.rounds.desk.read(
                lambda g: (g.dossier(card.id), g.others(card.id))
            )
        except (Refused, StoreError) as error:
            self.rounds.warn(str(error))
            return
        today = self.rounds.now().date()
        answered: list[Lesson] = []

        def form(lesson: Lesson | None, error: str) -> LessonForm:
            return LessonForm(dossier, today, lesson=lesson, carry=bool(others), error=error)

        def act(lesson: Lesson) -> Act:
            answered[:] = [lesson]
            return lambda p: p.lesson(card.id, **lesson.values, ticks=lesson.ticks)

        written = await self._ask(form, act, told="Noted.")
        if written is not None and answered and answered[0].carried:
            points = [point for point in dossier.points if point.id in answered[0].carried]
            await self._carry_over(points, others)

    async def _carry_over(self, points: Sequence[PointEntry], others: Sequence[Card]) -> None:
        """Ask which card the doubts go to, and copy them there; Esc leaves the rest."""
        from tui.dialogs.pickers import CardPicker

        others = sorted(others, key=lambda card: (card.interview is None, card.company.casefold()))
        for number, point in enumerate(points, start=1):
            of = f" ({number} of {len(points)})" if len(points) > 1 else ""
            about = f"“{point.text}”{of}"

            def picker(_: int | None, error: str, about: str = about) -> CardPicker:
                return CardPicker("Carry the doubt to", about, others, error=error)

            def act(card_id: int, point_id: int = point.id) -> Act:
                return lambda p: p.carry(point_id, card_id)

            if await self._ask(picker, act, told=_CARRIED) is None:
                return


def _told(card: Card) -> str:
    """What a card that is closed is told with."""
    if card.outcome is Outcome.ACCEPTED:
        return f"{card.company}: accepted. Congratulations! u takes it back."
    return f"{card.company} is closed. u takes it back, c shows the closed ones."


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
        from tui.dialogs.pickers import KindPicker

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
        self.rounds.open("draft", wanted)
