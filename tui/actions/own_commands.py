"""Commands of the user's own on an application, or on all that are marked."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from store.errors import StoreError
from store.rules.own_commands import MESSAGE, SCREEN, FilledCommand, OwnCommand, fill
from store.rules.text import Refused
from tui import programs

if TYPE_CHECKING:
    from store.model.dossier import Card, Dossier
    from tui.conversation import Conversation


def run_own(it: Conversation, own: OwnCommand) -> None:
    """Run `own` for the application that is meant, for each that is marked one after the other, or
    once where it is about none."""
    if not own.needs_card:
        it.rounds.run_worker(_run(it, own, (None,)), group="own")
        return
    if it.on_marked(lambda it, cards: _begin(it, own, cards)):
        return
    if card := it.subject():
        _begin(it, own, (card,))


def _begin(it: Conversation, own: OwnCommand, cards: Sequence[Card]) -> None:
    # Of the program's own, so that it is told how it ended on whichever screen that is.
    it.rounds.run_worker(_run(it, own, cards), group="own")


async def _run(it: Conversation, own: OwnCommand, cards: Sequence[Card | None]) -> None:
    """Nothing is run unless all that is to be filled in is known, for each of them."""
    rounds = it.rounds
    try:
        filled = [fill(own, await _values(it, own, card)) for card in cards]
    except (Refused, StoreError) as problem:
        rounds.warn(f"{own.title}: {problem}")
        return
    done = 0
    for one in filled:
        ended = await _run_one(it, own, one)
        if ended is None:
            return
        if ended.failed or len(filled) == 1 or ended.printed:
            _tell(it, own, ended)
        if ended.failed:
            return
        done += 1
    if len(filled) > 1:
        rounds.say(f"{own.title}: done for {done} applications.")


async def _run_one(
    it: Conversation, own: OwnCommand, filled: FilledCommand
) -> programs.Ended | None:
    """How it ended; None where it could not be given the screen, which is told."""
    rounds = it.rounds
    env = programs.environment(filled, rounds.path, os.environ)
    if own.output == SCREEN:
        # What was typed after this key was for the program, which cannot be given it.
        rounds.door.drop()
        try:
            with rounds.suspend():
                return programs.run_on_screen(filled, env)
        except SuspendNotSupported:
            rounds.warn(f"{own.title}: a program cannot have this terminal.")
            return None
    if own.output == MESSAGE:
        return await asyncio.to_thread(programs.run_and_read, filled, env)
    loop = asyncio.get_running_loop()

    def warn(ended: programs.Ended) -> None:
        with suppress(RuntimeError):  # the program has been left
            loop.call_soon_threadsafe(rounds.warn, ended.sentence(own.title))

    return await asyncio.to_thread(programs.run_quietly, filled, env, warn)


def _tell(it: Conversation, own: OwnCommand, ended: programs.Ended) -> None:
    told = ended.sentence(own.title)
    if ended.printed:
        told = ended.printed if not ended.failed else f"{told}\n{ended.printed}"
    if ended.failed:
        it.rounds.warn(told)
    else:
        it.rounds.say(told)


async def _values(it: Conversation, own: OwnCommand, card: Card | None) -> Mapping[str, str]:
    """What there is to fill in."""
    values = {"board": str(it.rounds.path)}
    if card is None:
        return values
    values |= {
        "id": str(card.id),
        "company": card.company,
        "role": card.role,
        "stage": card.stage.value,
        "outcome": card.outcome.value if card.outcome is not None else "",
        "url": card.url,
        "location": card.location,
        "source": card.source,
        "salary": card.salary,
        "tags": ",".join(card.tags),
        "applied": card.applied_on.isoformat() if card.applied_on is not None else "",
        "follow_up": card.follow_up.number if card.follow_up and card.follow_up.id > 0 else "",
    }
    if own.needs_dossier:
        dossier = await it.rounds.desk.read(lambda glance: glance.dossier(card.id))
        values |= _main_contact(dossier)
    return values


def _main_contact(dossier: Dossier) -> Mapping[str, str]:
    """The main contact, or else the first one who has what is wanted."""
    people = sorted(dossier.contacts, key=lambda one: not one.main)
    return {
        "contact": next((one.name for one in people if one.name), ""),
        "email": next((one.email for one in people if one.email), ""),
    }
