"""`rounds show`: everything about one application."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from store.card import Card, CriterionEntry, Dossier
from store.errors import NotFound
from store.rules.dates import elapsed_words, short_day
from store.rules.fields import APPLICATION
from tui.commandline.call import Call
from tui.commandline.full_shapes import dossier_shape
from tui.commandline.output import Output
from tui.commandline.showing_more import (
    carried_lines,
    contact_lines,
    debrief_lines,
    draft_lines,
    meeting_line,
    offer_lines,
    point_lines,
    task_lines,
)

_ON_THE_CARD = ("location", "url", "source", "salary")


def show(call: Call) -> int:
    """Print one application; NotFound when there is none with this number."""
    wanted, now = call.words.id, call.now
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application {wanted}.")
        dossier, criteria = glance.dossier(wanted, now), glance.criteria()
    if call.words.json:
        call.out.json(dossier_shape(dossier, now, criteria))
    else:
        _print(call.out, dossier, now, criteria)
    return 0


def _print(
    out: Output, dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry]
) -> None:
    card, today = dossier.card, now.date()
    out.line(f"{card.company} — {card.role}  ({card.id})")
    out.line(_standing(card, today))
    for name, value in _details(dossier, today):
        out.lines(f"{name}: {value}", "  ")
    _section(out, "Next", _next(dossier, now))
    _section(out, "Interviews", (meeting_line(each, now) for each in dossier.interviews))
    _section(out, "Tasks", task_lines(dossier, now))
    _section(out, "To take along", carried_lines(dossier, now))
    _section(out, "People", contact_lines(dossier))
    _section(out, "Debriefs", debrief_lines(dossier, now))
    _section(out, "Points", point_lines(dossier.points, now))
    _section(out, "Offer", offer_lines(dossier, now, criteria))
    _section(out, "Drafts", draft_lines(dossier, now))
    ticked = sum(tip.ticked for tip in dossier.tips)
    _section(
        out,
        f"Tips {ticked}/{len(dossier.tips)}",
        (f"[{'x' if tip.ticked else ' '}] {tip.text}" for tip in dossier.tips),
    )
    _section(out, "Notes", (f"{short_day(n.noted_on, today)}  {n.text}" for n in dossier.notes))
    _section(
        out,
        "Messages",
        (
            f"{short_day(message.sent_on, today)}  {'from' if message.direction == 'in' else 'to'}"
            f" them: {message.kind.replace('_', ' ')}  {message.text}".rstrip()
            for message in dossier.messages
        ),
    )
    _section(
        out,
        "Timeline",
        (f"{short_day(entry.happened_on, today)}  {entry.summary}" for entry in dossier.timeline),
    )


def _section(out: Output, title: str, entries: Iterable[str]) -> None:
    shown = list(entries)
    if shown:
        out.line()
        out.line(title)
        for entry in shown:
            first, *rest = entry.split("\n")
            out.line(f"  {first}")
            for line in rest:
                out.line(f"    {line}")


def _standing(card: Card, today: date) -> str:
    if card.outcome is not None and card.closed_on is not None:
        now = f"{card.outcome.title} on {short_day(card.closed_on, today)}, in {card.stage}"
    else:
        now = f"{card.stage} since {short_day(card.stage_since, today)}"
        now += f" ({elapsed_words(card.stage_since, today)})"
    applied = f"applied {short_day(card.applied_on, today)}" if card.applied_on else ""
    dormant = "dormant" if card.dormant(today) else ""
    return " · ".join(filter(None, (now, applied, dormant)))


def _details(dossier: Dossier, today: date) -> Iterable[tuple[str, str]]:
    card = dossier.card
    texts = {name: str(getattr(card, name)) for name in _ON_THE_CARD} | dict(dossier.fields)
    for name, value in texts.items():
        if value and name in APPLICATION:
            yield APPLICATION[name].label, value
    if card.tags:
        yield "Tags", ", ".join(card.tags)
    days = (
        ("Posted", dossier.posted_on),
        ("Posting closes", dossier.closing_on),
        (_decision(card, today), card.expected_by),
        ("First day", card.starts_work_on),
    )
    for name, day in days:
        if day is not None:
            yield name, short_day(day, today)
    if dossier.no_contact:
        yield "Contact", "they ask not to be contacted"


def _decision(card: Card, today: date) -> str:
    over = card.expected_by is not None and card.expected_by < today
    return "They decided by" if over else "They decide by"


def _next(dossier: Dossier, now: datetime) -> Iterable[str]:
    planned = [entry.due for entry in dossier.follow_ups if entry.state == "open"]
    waiting = dossier.card.waits_for(now.date()) or dossier.card.ending(now.date())
    if waiting and not planned:
        yield f"nothing to do: {waiting}"
    for due in planned:
        reason = f" — {due.reason}" if due.reason else ""
        yield f"{due.countdown(now)}: {due.label}{reason}  (follow-up {due.id})"
