"""The parts of the page about one application: pure functions from what is known to words.

A part without words is not shown. Every text of the user goes in literally.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from store.card import Card, Dossier, FollowUpEntry, Meeting
from store.clock import zone_name
from store.rules.dates import clock_time, countdown, echo_day, elapsed_words, short_day
from store.rules.fields import APPLICATION
from store.rules.urgency import Level, due_level
from tui.screens.due_rows import what

STRONG = "bold"
MUTED = "$foreground 66%"
_URGENT = {Level.LATE: "bold $text-error", Level.TODAY: "bold $text-warning"}
_NAMES_WIDE = 14
_MESSAGES = {
    "reply": "they replied",
    "automatic": "automatic acknowledgement",
    "invitation": "invitation",
    "date_given": "they named a date",
    "offer": "offer",
    "rejection": "rejection",
    "application": "application sent",
    "answer": "you answered",
    "nudge": "you asked",
    "thank_you": "thank-you sent",
    "acknowledgement": "you thanked them for the offer",
    "other": "message",
}


class Part(NamedTuple):
    """One part of the page: its heading and its words."""

    title: str
    words: Content


Tell = Callable[[Dossier, datetime], Part]


def heading(dossier: Dossier, now: datetime) -> Content:
    """Whose page it is, and how it stands."""
    card = dossier.card
    return Content.assemble(
        (f"{card.company}", STRONG), f" — {card.role}\n", (standing(card, now), MUTED)
    )


def standing(card: Card, now: datetime) -> str:
    """How an application stands in one line: "second · 6 days · applied 41 days"."""
    today = now.date()
    applied = []
    if card.applied_on is not None:
        days = elapsed_words(card.applied_on, today)
        applied = [f"applied {short_day(card.applied_on, today)}, {_ago(days)}"]
    if card.outcome is not None:
        on = f" on {short_day(card.closed_on, today)}" if card.closed_on else ""
        return " · ".join([f"{card.outcome.title}{on}", f"reached {card.stage}", *applied])
    since = elapsed_words(card.stage_since, today)
    stage = f"{card.stage} since {since}" if since == "today" else f"{card.stage} for {since}"
    quiet = ["gone quiet"] if card.dormant(today) else []
    return " · ".join([stage, *applied, *quiet])


def follow_ups(dossier: Dossier, now: datetime) -> Part:
    """What is planned and why, then what became of the rest."""
    entries = dossier.follow_ups
    planned = [entry for entry in entries if entry.state == "open"]
    past = [entry for entry in reversed(entries) if entry.state != "open"]
    lines = [_planned(entry, now) for entry in planned] + [_past(entry, now) for entry in past]
    if not planned and dossier.card.outcome is None:
        lines.insert(0, Content.assemble(("Nothing is planned. f makes a reminder.", MUTED)))
    return Part("Follow-ups", _stacked(lines))


def interviews(dossier: Dossier, now: datetime) -> Part:
    """Every interview: when, with whom, where."""
    return Part("Interviews", _stacked(_meeting(talk, now) for talk in dossier.interviews))


def facts(dossier: Dossier, now: datetime) -> Part:
    """The fields that are filled in, and the dates."""
    card, texts, today = dossier.card, dossier.fields, now.date()
    deadline = card.deadline_on and short_day(card.deadline_on, today)
    if deadline and card.deadline_at is not None:
        deadline += f" {clock_time(card.deadline_at)}"
    named = {"url": card.url, "location": card.location, "salary": card.salary}
    named |= {"source": card.source}
    rows = [
        *((APPLICATION[name].label, text) for name, text in named.items()),
        ("Tags", " ".join(f"#{tag}" if " " not in tag else f"“{tag}”" for tag in card.tags)),
        ("They decide by", card.expected_by and echo_day(card.expected_by, today)),
        ("Answer by", deadline),
        ("Offered", dossier.offered_on and short_day(dossier.offered_on, today)),
        ("Posted", dossier.posted_on and short_day(dossier.posted_on, today)),
        ("Closes", dossier.closing_on and short_day(dossier.closing_on, today)),
        ("No contact", "they asked not to be contacted" if dossier.no_contact else ""),
        *(
            (field.label, texts.get(field.name, ""))
            for field in APPLICATION.values()
            if not field.many_lines and field.name not in named
        ),
    ]
    return Part(
        "Application",
        Content("\n").join(_named(label, str(value)) for label, value in rows if value),
    )


def texts(dossier: Dossier, now: datetime) -> Part:  # noqa: ARG001 - every part is told the moment
    """The longer texts, each under its name."""
    return Part(
        "In full",
        _stacked(
            Content.assemble((APPLICATION[name].label, STRONG), "\n", text)
            for name, text in dossier.fields.items()
            if text and name in APPLICATION and APPLICATION[name].many_lines
        ),
    )


def notes(dossier: Dossier, now: datetime) -> Part:
    """The notes, newest first."""
    if not dossier.notes:
        return Part("Notes", Content.assemble(("No notes yet. n writes one.", MUTED)))
    today = now.date()
    return Part(
        f"Notes  {len(dossier.notes)}",
        _stacked(
            Content.assemble((short_day(note.noted_on, today), MUTED), "\n", note.text)
            for note in dossier.notes
        ),
    )


def messages(dossier: Dossier, now: datetime) -> Part:
    """What went in and out, newest first."""
    today = now.date()
    lines = []
    for message in dossier.messages:
        arrow = "←" if message.direction == "in" else "→"
        kind = _MESSAGES.get(message.kind, message.kind)
        line = Content.assemble(_day(short_day(message.sent_on, today)), f"{arrow} {kind}")
        lines.append(line + Content(f"\n{message.text}") if message.text else line)
    return Part("Messages", Content("\n").join(lines))


def timeline(dossier: Dossier, now: datetime) -> Part:
    """Everything that was done, newest first."""
    today = now.date()
    return Part(
        "Timeline",
        Content("\n").join(
            Content.assemble(_day(short_day(entry.happened_on, today)), entry.summary)
            for entry in dossier.timeline
        ),
    )


FIRST: dict[str, Tell] = {
    "follow-ups": follow_ups,
    "interviews": interviews,
    "facts": facts,
}
"""The parts of the left column, and the first ones where there is only one."""
SECOND: dict[str, Tell] = {
    "notes": notes,
    "texts": texts,
    "messages": messages,
    "timeline": timeline,
}


def _planned(entry: FollowUpEntry, now: datetime) -> Content:
    due = entry.due
    until = countdown(due.due_on, due.due_at, now, due.late_until)
    tone = _URGENT.get(due_level(due.due_on, due.due_at, now), "$text-accent")
    reason = f"\n{due.reason}" if due.reason else ""
    snoozed = " (snoozed)" if due.snoozed else ""
    return Content.assemble((until, tone), f"  {what(due)}{snoozed}", (reason, MUTED))


def _past(entry: FollowUpEntry, now: datetime) -> Content:
    on = f" {short_day(entry.done_on, now.date())}" if entry.done_on else ""
    reason = f", {entry.due.reason}" if entry.due.reason else ""
    return Content.assemble((f"{entry.state}{on}  {what(entry.due)}{reason}", MUTED))


def _meeting(talk: Meeting, now: datetime) -> Content:
    today = now.date()
    parts: list[str | tuple[str, str]] = []
    if talk.starts_at is None:
        invited = f" since {short_day(talk.invited_on, today)}" if talk.invited_on else ""
        parts.append((f"Invited{invited}, no time yet", STRONG))
    else:
        end = f"–{clock_time(talk.ends_at)}" if talk.ends_at else ""
        day = short_day(talk.starts_at.date(), today)
        parts.append((f"{day} {clock_time(talk.starts_at)}{end}", STRONG))
    parts.append((f"  {talk.stage}, {_held(talk, now)}", MUTED))
    zone = zone_name(now.tzinfo) if now.tzinfo else talk.zone
    if talk.starts_at is not None and talk.zone not in (zone, "UTC"):
        parts.append((f", arranged in {talk.zone}", MUTED))
    if talk.people:
        parts.append(f"\nwith {talk.people}")
    if talk.place:
        parts.append(f"\nat {talk.place}")
    return Content.assemble(*parts)


def _held(talk: Meeting, now: datetime) -> str:
    if talk.status == "confirmed" and talk.ends_at is not None:
        return "held" if talk.ends_at <= now else "to come"
    return talk.status


def _named(name: str, value: str) -> Content:
    return Content.assemble((f"{name:<{_NAMES_WIDE}}  ", MUTED), value)


def _day(day: str) -> tuple[str, str]:
    return f"{day:<10}  ", MUTED


def _stacked(lines: Iterable[Content]) -> Content:
    """Several pieces under each other with an empty line between those of more than one line."""
    return Content("\n").join(_spaced(list(lines)))


def _spaced(pieces: list[Content]) -> Iterator[Content]:
    for place, piece in enumerate(pieces):
        if place and ("\n" in piece.plain or "\n" in pieces[place - 1].plain):
            yield Content("")
        yield piece


def _ago(days: str) -> str:
    return days if days == "today" else f"{days} ago"
