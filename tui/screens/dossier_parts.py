"""The parts of the page about one application: pure functions from what is known to words.

A part without words is not shown.
"""

from collections.abc import Iterator
from datetime import datetime

from store.card import Card, Dossier, Due, FollowUpEntry
from store.rules.dates import clock_time, echo_day, elapsed_words, short_day
from store.rules.fields import APPLICATION
from store.rules.stages import Stage
from tui.screens.dossier_offer import drafts, offer
from tui.screens.dossier_talks import contacts, debriefs, interviews, noted, tasks
from tui.screens.dossier_words import Part, Tell, spaced
from tui.screens.due_rows import what
from tui.screens.offer_lines import references_words
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone

_MESSAGES = {
    "reply": "they replied",
    "automatic": "automatic acknowledgement",
    "invitation": "they invited you",
    "date_given": "they named a date",
    "offer": "they made an offer",
    "rejection": "they said no",
    "application": "you applied",
    "answer": "you answered",
    "nudge": "you asked",
    "thank_you": "you thanked them",
    "acknowledgement": "you thanked them for the offer",
    "other": "you wrote",
}


def heading(dossier: Dossier, now: datetime) -> tuple[Paragraph, ...]:
    """Whose page it is, and how it stands."""
    card = dossier.card
    return (
        Paragraph(f"{card.company} — {card.role}", Tone.STRONG),
        Paragraph(standing(card, now), Tone.MUTED),
    )


def standing(card: Card, now: datetime) -> str:
    """How an application stands in one line: "second for 6 days · applied Tue 13 Oct"."""
    today = now.date()
    applied = []
    if card.applied_on is not None:
        applied = [f"applied {echo_day(card.applied_on, today)}"]
    if card.outcome is not None:
        on = f" on {short_day(card.closed_on, today)}" if card.closed_on else ""
        reached = [] if card.stage is Stage.APPLIED else [f"got as far as {card.stage}"]
        return " · ".join([f"{card.outcome.title}{on}", *reached, *applied])
    quiet = ["gone quiet"] if card.dormant(today) else []
    if card.applied_on == card.stage_since:
        return " · ".join([*applied, *quiet])
    since = elapsed_words(card.stage_since, today)
    stage = f"in {card.stage} since today" if since == "today" else f"in {card.stage} for {since}"
    return " · ".join([stage, *applied, *quiet])


def follow_ups(dossier: Dossier, now: datetime) -> Part:
    """What is planned, and why."""
    planned = [entry.due for entry in dossier.follow_ups if entry.state == "open"]
    words = tuple(line for due in planned for line in _planned(due, now))
    if not words and dossier.card.outcome is None:
        waiting = dossier.card.waits_for(now.date()) or dossier.card.ending(now.date())
        said = (
            f"Nothing to do: {waiting}." if waiting else "Nothing is planned. f makes a reminder."
        )
        words = (Paragraph(said, Tone.MUTED),)
    return Part("Follow-ups", words)


def past_follow_ups(dossier: Dossier, now: datetime) -> Part:
    """What became of the others, the last one first."""
    past = [entry for entry in dossier.follow_ups[::-1] if entry.state != "open"]
    return Part("Follow-ups before", tuple(_past(entry, now) for entry in past))


def facts(dossier: Dossier, now: datetime) -> Part:
    """The fields that are filled in, and the dates."""
    card, texts, today = dossier.card, dossier.fields, now.date()
    deadline = card.deadline_on and short_day(card.deadline_on, today)
    if deadline and card.deadline_at is not None:
        deadline += f" {clock_time(card.deadline_at)}"
    named = {
        "url": card.url,
        "location": card.location,
        "salary": card.salary,
        "source": card.source,
    }
    tags = " ".join(f"“{tag}”" if " " in tag else f"#{tag}" for tag in card.tags)
    rows = [
        *((APPLICATION[name].label, text) for name, text in named.items()),
        ("Tags", tags),
        (
            "They decided by"
            if card.expected_by and card.expected_by < today
            else "They decide by",
            card.expected_by and echo_day(card.expected_by, today),
        ),
        ("Answer by", deadline),
        ("Offered", dossier.offered_on and short_day(dossier.offered_on, today)),
        ("References", references_words(dossier, today)),
        ("Posted", dossier.posted_on and short_day(dossier.posted_on, today)),
        ("Closes", dossier.closing_on and echo_day(dossier.closing_on, today)),
        ("No contact", "they asked not to be contacted" if dossier.no_contact else ""),
        *(
            (field.label, texts.get(field.name, ""))
            for field in APPLICATION.values()
            if not field.many_lines and field.name not in named
        ),
    ]
    return Part("Application", tuple(Paragraph(str(v), lead=name) for name, v in rows if v))


def texts(dossier: Dossier, now: datetime) -> Part:  # noqa: ARG001 - every part is told the moment
    """The longer texts, each under its name."""
    long = [
        [Paragraph(APPLICATION[name].label, Tone.STRONG), Paragraph(text)]
        for name, text in dossier.fields.items()
        if text and name in APPLICATION and APPLICATION[name].many_lines
    ]
    return Part("In full", spaced(long))


def notes(dossier: Dossier, now: datetime) -> Part:
    """The notes in full, newest first."""
    if not dossier.notes:
        return Part("Notes", (Paragraph("No notes yet. n writes one.", Tone.MUTED),))
    written = [
        [Paragraph(short_day(note.noted_on, now.date()), Tone.MUTED), Paragraph(note.text)]
        for note in dossier.notes
    ]
    return Part(f"Notes  {len(written)}  (N)", spaced(written))


def messages(dossier: Dossier, now: datetime) -> Part:
    """What went in and out, newest first."""
    words: list[Paragraph] = []
    for message in dossier.messages:
        kind = _MESSAGES.get(message.kind, message.kind)
        words.append(Paragraph(kind, lead=short_day(message.sent_on, now.date())))
        if message.text:
            words.append(Paragraph(message.text, Tone.MUTED, lead=" "))
    return Part("Messages", tuple(words))


def timeline(dossier: Dossier, now: datetime) -> Part:
    """Everything that was done, newest first."""
    today = now.date()
    return Part(
        "Timeline",
        tuple(
            Paragraph(entry.summary, lead=short_day(entry.happened_on, today))
            for entry in dossier.timeline
        ),
    )


FIRST: dict[str, Tell] = {
    "follow-ups": follow_ups,
    "interviews": interviews,
    "tasks": tasks,
    "offer": offer,
    "drafts": drafts,
    "facts": facts,
    "contacts": contacts,
}
"""The parts of the left column, by the id of their widget; on top where there is only one."""
SECOND: dict[str, Tell] = {
    "noted": noted,
    "debriefs": debriefs,
    "notes": notes,
    "texts": texts,
    "messages": messages,
    "past": past_follow_ups,
    "timeline": timeline,
}


def _planned(due: Due, now: datetime) -> Iterator[Paragraph]:
    until = due.countdown(now)
    level = due.level(now)
    snoozed = " (snoozed)" if due.snoozed else ""
    yield Paragraph(what(due) + snoozed, lead=until, lead_tone=level)
    if due.reason:
        yield Paragraph(due.reason, Tone.MUTED, lead=" ")


def _past(entry: FollowUpEntry, now: datetime) -> Paragraph:
    state = entry.state
    if entry.done_on is not None:
        state = f"{state} {short_day(entry.done_on, now.date())}"
    reason = f" · {entry.due.reason}" if entry.due.reason else ""
    return Paragraph(what(entry.due) + reason, Tone.MUTED, lead=state)
