"""The parts of the page about one application that an offer, and writing, leave."""

from datetime import date, datetime

from store.model.dossier import Dossier
from store.rules.dates import clock_time, countdown, is_late, short_day
from store.rules.points import KINDS
from tui.screens.dossier_talks import OF_THE_OFFER, point_lines
from tui.screens.dossier_words import Part
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone


def offer(dossier: Dossier, now: datetime) -> Part:
    """The offer: its dates and papers, its parts, conditions and what was asked for."""
    entry = dossier.offer
    if entry is None:
        return Part("Offer", ())
    today = now.date()

    def said(day: date | None) -> str:
        return short_day(day, today) if day is not None else ""

    deadline = ""
    if entry.deadline_on is not None:
        deadline = said(entry.deadline_on)
        if entry.deadline_at is not None:
            deadline += f" {clock_time(entry.deadline_at.astimezone(now.tzinfo))}"
        if dossier.card.outcome is None:
            over = is_late(entry.deadline_on, entry.deadline_at, now)
            left = "over" if over else countdown(entry.deadline_on, entry.deadline_at, now)
            deadline += f", {left}"
    rows = (
        ("Made", " ".join(word for word in (entry.kind, said(entry.offered_on)) if word)),
        ("Thanked", said(entry.acknowledged_on)),
        ("Answer by", deadline),
        (
            "Deadline",
            f"asked for {said(entry.deadline_asked_on)}" if entry.deadline_asked_on else "",
        ),
        (
            "More time",
            f"asked {said(entry.extension_asked_on)}" if entry.extension_asked_on else "",
        ),
        ("Letter", said(entry.letter_on)),
        ("Signed", said(entry.signed_on)),
        ("First day", said(entry.starts_on)),
        ("Asked for", said(entry.counter_sent_on)),
    )
    words = [Paragraph(value, lead=name) for name, value in rows if value]
    for kind in OF_THE_OFFER:
        points = [point for point in dossier.points if point.kind == kind]
        if points:
            words.append(Paragraph(KINDS[kind].title, Tone.MUTED))
        words += [line for point in points for line in point_lines(point, dossier.points, now)]
    return Part("Offer  (O)", tuple(words))


def drafts(dossier: Dossier, now: datetime) -> Part:
    """The messages that are being written: what kind, since when, how they begin."""
    words = tuple(
        Paragraph(
            f"{draft.kind.replace('_', ' ')}: {_beginning(draft.text)}",
            lead=short_day(draft.updated_on, now.date()),
        )
        for draft in dossier.drafts
    )
    return Part("Drafts  (w)", words)


def _beginning(text: str) -> str:
    """The first line of a message that says something, after its subject."""
    lines = [line.strip() for line in text[:1_000].split("\n")]
    body = [line for line in lines if line and not line.lower().startswith("subject:")]
    return (body or lines)[0][:200]
