"""Offers, and what an end leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model.dossier import Card, PointEntry
from store.rules.stages import Outcome, Stage
from tui.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tui.conversation import Act
    from tui.dialogs.lesson import Lesson, LessonForm
    from tui.typed.offers import Check


ENDS_WITH_A_LESSON = (Outcome.REJECTED, Outcome.NO_RESPONSE)
"""After which outcomes the lesson is pointed out."""
_STILL_OPEN = "This application is still open. Press x to close it."
_CARRIED = "Carried over: it is now among the concerns of that card too."


def offer(it: Conversation) -> None:
    """The offer: its parts, papers, and others to tell."""
    card = it.subject()
    if card is None:
        return
    if card.stage is not Stage.OFFER:
        if not it.refuse_closed(card):
            it.rounds.say(
                f"No offer from {card.company} yet. "
                "When it comes, press m to move the card to offer, and O to open its page."
            )
        return
    it.rounds.open("offer", card.id)


def references(it: Conversation) -> None:
    """They call the references: when, and when they said so."""
    card = it.subject()
    if card is not None and not it.refuse_closed(card):
        it.run(_ask_references(it, card))


async def _ask_references(it: Conversation, card: Card) -> None:
    from tui.dialogs.line import line_dialog
    from tui.typed.offers import check_line

    dossier = await it.read(lambda g: g.dossier(card.id))
    if dossier is None:
        return
    title, hint, example, read = check_words(it.rounds.now().date())
    first = check_line(dossier.reference_check_on, dossier.references_announced_on)
    await it.ask(
        line_dialog(
            f"{card.company}: {title[:1].lower()}{title[1:]}",
            hint,
            read,
            first,
            placeholder=example,
        ),
        lambda typed: check_act(card.id, typed.value),
    )


def check_words(today: date) -> tuple[str, str, str, Callable[[str], tuple[Check, str]]]:
    """How a check of references is asked for: title, hint, example and reader."""
    from tui.typed.offers import read_check

    return (
        "Date of the reference check",
        "A date; after “announced”, the date they told you (default today).",
        "fri · tue announced yesterday · announced today",
        lambda text: read_check(text, today),
    )


def check_act(application_id: int, read: Check) -> Act:
    """What a check of references that was read means for an application."""
    if read.on is None and read.announced_on is None:
        return lambda p: p.unsay(application_id, "reference_check_on")
    return lambda p: p.offer(
        application_id, reference_check_on=read.on, announced_on=read.announced_on
    )


def compare_offers(it: Conversation) -> None:
    it.rounds.open("compare", None)


async def end(it: Conversation, card: Card, first: Outcome | None = None) -> None:
    """Ask how it ended, beginning with `first`."""
    from tui.dialogs.pickers import OutcomePicker

    today = it.rounds.now().date()
    written = await it.ask(
        lambda choice, error: OutcomePicker([card], today, choice, error, first=first),
        lambda choice: (
            lambda p: p.close(card.id, choice.outcome, on=choice.on, reason=choice.reason)
        ),
    )
    if written is None or written.card is None:
        return
    it.rounds.just_closed = written.card
    it.rounds.say(_closing_sentence(written.card))


def lesson(it: Conversation) -> None:
    """What an end leaves: the lesson, and open concerns.

    Of the application that is meant, or where that is open, of the one that was closed last.
    """
    card, last = it.shown_subject(), it.rounds.just_closed
    if last is not None and (card is None or card.outcome is None):
        card = last
    if card is None:
        card = it.subject()
    elif card.outcome is None:
        it.rounds.say(_STILL_OPEN)
    else:
        it.run(_learn(it, card))


async def _learn(it: Conversation, card: Card) -> None:
    """Ask for the lesson of a closed application, then where its open concerns go."""
    from tui.dialogs.lesson import LessonForm

    found = await it.read(lambda g: (g.dossier(card.id), g.others(card.id)))
    if found is None:
        return
    dossier, others = found
    if dossier.card.outcome is None:
        it.rounds.say(_STILL_OPEN)
        return
    today = it.rounds.now().date()
    answered: list[Lesson] = []

    def form(lesson: Lesson | None, error: str) -> LessonForm:
        return LessonForm(dossier, today, lesson=lesson, carry=bool(others), error=error)

    def act(lesson: Lesson) -> Act:
        answered[:] = [lesson]
        return lambda p: p.lesson(card.id, **lesson.values, ticks=lesson.ticks)

    written = await it.ask(form, act, told="Noted.")
    if written is not None and answered and answered[0].carried:
        points = [point for point in dossier.points if point.id in answered[0].carried]
        await _carry_over(it, points, others)


async def _carry_over(
    it: Conversation, points: Sequence[PointEntry], others: Sequence[Card]
) -> None:
    """Ask which card the concerns go to, and copy them there; Esc leaves the rest."""
    from tui.dialogs.pickers import CardPicker

    others = sorted(others, key=lambda card: (card.interview is None, card.company.casefold()))
    for number, point in enumerate(points, start=1):
        of = f" ({number} of {len(points)})" if len(points) > 1 else ""
        about = f"“{point.text}”{of}"

        def picker(_: int | None, error: str, about: str = about) -> CardPicker:
            return CardPicker("Carry the concern over to", about, others, error=error)

        def act(card_id: int, point_id: int = point.id) -> Act:
            return lambda p: p.carry(point_id, card_id)

        if await it.ask(picker, act, told=_CARRIED) is None:
            return


def _closing_sentence(card: Card) -> str:
    """What a card that is closed is told with."""
    if card.outcome is Outcome.ACCEPTED:
        return f"{card.company}: accepted. Congratulations. u undoes it."
    ended = card.outcome.title if card.outcome is not None else ""
    lesson = ", B writes what you learned" if card.outcome in ENDS_WITH_A_LESSON else ""
    return f"{card.company} is closed: {ended}. u undoes it{lesson}."
