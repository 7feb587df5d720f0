"""`rounds show`: everything about one application."""

from collections.abc import Iterable
from datetime import date, datetime

from store.card import Card, Dossier, Meeting
from store.errors import NotFound
from store.rules.dates import clock_time, countdown, elapsed_words, short_day
from store.rules.fields import APPLICATION
from tui.commandline.call import Call
from tui.commandline.output import Output
from tui.commandline.shapes import dossier_shape

_ON_THE_CARD = ("location", "url", "source", "salary")


def show(call: Call) -> int:
    """Print one application; NotFound when there is none with this number."""
    wanted, now = call.words.id, call.now
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application {wanted}.")
        dossier = glance.dossier(wanted, now)
    if call.words.json:
        call.out.json(dossier_shape(dossier, now))
    else:
        _print(call.out, dossier, now)
    return 0


def _print(out: Output, dossier: Dossier, now: datetime) -> None:
    card, today = dossier.card, now.date()
    out.line(f"{card.company} — {card.role}  ({card.id})")
    out.line(_standing(card, today))
    for name, value in _details(dossier, today):
        out.lines(f"{name}: {value}", "  ")
    _section(out, "Next", _next(dossier, now))
    _section(out, "Interviews", (_meeting(meeting, now) for meeting in dossier.interviews))
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
        ("They decide by", card.expected_by),
        ("Offer received", dossier.offered_on),
    )
    for name, day in days:
        if day is not None:
            yield name, short_day(day, today)
    if card.deadline_on is not None:
        at = f" {clock_time(card.deadline_at)}" if card.deadline_at else ""
        yield "Answer by", short_day(card.deadline_on, today) + at
    if dossier.no_contact:
        yield "Contact", "they ask not to be contacted"


def _next(dossier: Dossier, now: datetime) -> Iterable[str]:
    for entry in dossier.follow_ups:
        due = entry.due
        if entry.state == "open":
            when = countdown(due.due_on, due.due_at, now, due.late_until)
            reason = f" — {due.reason}" if due.reason else ""
            yield f"{when}: {due.label}{reason}  (follow-up {due.id})"


def _meeting(meeting: Meeting, now: datetime) -> str:
    today = now.date()
    if meeting.starts_at is None:
        when = "no time yet"
        if meeting.invited_on is not None:
            when = f"invited {short_day(meeting.invited_on, today)}, {when}"
    else:
        starts = meeting.starts_at.astimezone(now.tzinfo)
        when = f"{short_day(starts.date(), today)} {clock_time(starts)}"
        if meeting.ends_at is not None:
            when += f"–{clock_time(meeting.ends_at.astimezone(now.tzinfo))}"
    parts = [when, f"{meeting.stage} interview"]
    if meeting.status == "cancelled":
        parts.append("cancelled")
    if meeting.people:
        parts.append(f"with {meeting.people}")
    if meeting.place:
        parts.append(meeting.place)
    return " · ".join(parts)
