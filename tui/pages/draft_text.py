"""The words around a message: pure functions from what is known to paragraphs and sentences."""

from datetime import datetime

from store.read.drafts import DraftView
from store.rules.dates import short_day
from store.rules.drafts.kinds import KINDS
from store.rules.drafts.templates import DraftMessage, as_text
from store.rules.text import as_sentence
from store.rules.urgency import Level
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone
from tui.wording import follow_up_title, heading_of

_ENDS = {
    "accept": "Press x to close the application as accepted.",
    "decline": "Press x to close the application as declined.",
    "withdraw": "Press x to close the application as withdrawn.",
}
"""What is left to do once such a message is sent."""


def heading(letter: DraftView, now: datetime) -> tuple[Paragraph, ...]:
    """For which application it is, and what asks for it."""
    card = letter.dossier.card
    if len(letter.dues) > 1:
        roles = ", ".join(dict.fromkeys(due.role for due in letter.dues))
        first = Paragraph(heading_of(card.company, roles), Tone.STRONG)
    else:
        first = Paragraph(heading_of(card.company, card.role), Tone.STRONG)
    return first, *(_reason_words(letter, now))


def _reason_words(letter: DraftView, now: datetime) -> tuple[Paragraph, ...]:
    if not letter.dues:
        words = "Its follow-up is done already." if letter.settled else "Not tied to a follow-up."
        return (Paragraph(words, Tone.MUTED),)
    due = letter.dues[0]
    until = due.countdown(now)
    level = due.level(now)
    if len(letter.dues) > 1:
        return (Paragraph(f"One message for {len(letter.dues)} applications · {until}", level),)
    return (Paragraph(follow_up_title(due, now), level),)


def envelope(letter: DraftView, message: DraftMessage) -> tuple[Paragraph, ...]:
    """Whom it is to, the subject, and how to set a name where none stands below the message."""
    to = addressee(letter) or "no one yet: press P to add contacts"
    return (
        Paragraph(to, Tone.TEXT if letter.address else Level.ASK, lead="To"),
        Paragraph(
            message.subject or "none",
            Tone.STRONG if message.subject else Tone.MUTED,
            lead="Subject",
        ),
        *([_NO_NAME] if is_unsigned(message) else []),
    )


_NO_NAME = Paragraph("not set", Level.TODAY, lead="Your name", keys=(("W", "Set"),))
_NAME_GOES_HERE = Paragraph("[your name]", Level.TODAY)


def text_words(message: DraftMessage) -> tuple[Paragraph, ...]:
    """The message itself; where the name is missing, where it will stand."""
    if not message.body:
        return (Paragraph("Nothing written yet.", Tone.MUTED),)
    return Paragraph(message.body), *([_NAME_GOES_HERE] if is_unsigned(message) else [])


def is_unsigned(message: DraftMessage) -> bool:
    """Whether the message ends with its greeting, and no name below it."""
    return message.body.rstrip().endswith(",")


def addressee(letter: DraftView) -> str:
    """ "Ana Silva <ana@example.org>", or as much of it as is known."""
    if not letter.address:
        return f"{letter.name} (no email address yet: press P)" if letter.name else ""
    return f"{letter.name} <{letter.address}>" if letter.name else letter.address


def title(letter: DraftView) -> str:
    """What kind of message it is."""
    return KINDS.get(letter.kind, letter.kind)


def state(letter: DraftView, *, unsaved: bool, now: datetime) -> str:
    """Whether it is as the template made it, or since when it is kept."""
    if unsaved:
        return "not saved"
    if letter.stored is None:
        return "from the template"
    return f"draft of {short_day(letter.stored.updated_on, now.date())}"


def whole(letter: DraftView, message: DraftMessage) -> str:
    """Address, subject and text, as one text to be copied."""
    to = f"To: {addressee(letter)}\n" if letter.address else ""
    return f"{to}{as_text(message)}"


def sent_words(letter: DraftView) -> str:
    """What is said once it is marked as sent."""
    if len(letter.dues) > 1:
        done = f"Sent, and done for {len(letter.dues)} applications."
    elif letter.dues:
        done = as_sentence(f"Sent: {letter.dues[0].label}")
    else:
        done = f"Sent: {title(letter)[:1].lower()}{title(letter)[1:]}."
    return " ".join(part for part in (done, "u undoes it.", _ENDS.get(letter.kind)) if part)


def replaced_words(letter: DraftView) -> str:
    """What is said when the draft took the place of one of another kind; else nothing."""
    if not letter.replaces:
        return ""
    other = KINDS.get(letter.replaces, letter.replaces)
    return f"Replaced your draft “{other}”. u restores it."
