"""The lines of the page to prepare an interview, one by one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from store.model.dossier import ContactEntry, PointEntry
from store.rules.dates import echo_day, short_day
from store.rules.points import KINDS, LANDED
from store.rules.typed.point import PROMISES, detail_word
from store.rules.urgency import Level
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone

INDENT = "  "
_ASIDE = "↳ "


class Entry(NamedTuple):
    """One line: what it stands for, and how it reads.

    `ident` stays the same however the list changes; `question` is a usual one that is not noted
    yet. `kind` is what + adds here, in a line that begins with `lead`.
    """

    ident: str
    text: str
    kind: str = ""
    lead: str = ""
    box: bool = False
    ticked: bool = False
    note: str = ""
    group: str = ""
    tone: Tone | Level = Tone.TEXT
    note_tone: Tone | Level = Tone.MUTED
    point: PointEntry | None = None
    question: str = ""
    contact: ContactEntry | None = None
    detail: tuple[Paragraph, ...] = ()

    @property
    def tickable(self) -> bool:
        """Whether space does something here."""
        return self.box or self.is_plan

    @property
    def is_plan(self) -> bool:
        """Whether this is the line of a concern's plan."""
        return self.ident.startswith("plan:")


class Part(NamedTuple):
    """A heading with the number beside it, and its lines."""

    title: str
    number: int
    entries: tuple[Entry, ...]


def asides(points: Sequence[PointEntry], now: datetime) -> Iterator[Entry]:
    """What answers the line above."""
    for point in points:
        entry = point_entry(point, now, note=short_day(point.noted_on, now.date())[4:])
        words = f"{INDENT}{_ASIDE}{KINDS[point.kind].title.lower()}: {entry.text}"
        yield entry._replace(ident=f"answer:{point.id}", text=words, box=False, tone=Tone.MUTED)


def point_entry(
    point: PointEntry,
    now: datetime,
    answers: Sequence[PointEntry] = (),
    *,
    note: str = "",
    note_tone: Tone | Level = Tone.MUTED,
    group: str = "",
) -> Entry:
    """The line of a point."""
    done = point.state != "open"
    return Entry(
        f"point:{point.id}",
        point.text,
        point.kind,
        box=True,
        ticked=done,
        note=note,
        group=group,
        tone=Tone.MUTED if done else Tone.TEXT,
        note_tone=note_tone,
        point=point,
        detail=tuple(_told(point, answers, now)),
    )


def _told(point: PointEntry, answers: Sequence[PointEntry], now: datetime) -> Iterator[Paragraph]:
    """A point in full."""
    felt = {"concern": " (felt)", "asked": " (weak)"}.get(point.kind, "") if point.felt else ""
    yield Paragraph(f"{KINDS[point.kind].title}{felt}: {point.text}", Tone.STRONG)
    if point.detail:
        word = detail_word(point.kind)
        yield Paragraph(point.detail, lead=word[:1].upper() + word[1:])
    if point.due_on is not None:
        lead = "By" if point.kind in PROMISES else "Of"
        yield Paragraph(echo_day(point.due_on, now.date()), lead=lead)
    if point.link:
        yield Paragraph(point.link, lead="Link")
    for answer in answers:
        more = f" — {in_a_line(answer.detail)}" if answer.detail else ""
        yield Paragraph(answer.text + more, lead=KINDS[answer.kind].title)
    if point.kind not in LANDED:
        yield Paragraph(f"noted {short_day(point.noted_on, now.date())}", Tone.MUTED)


def hint_entry(kind: str, words: str) -> Entry:
    known = kind if kind in KINDS else ""
    return Entry(f"none:{kind}", words, known, tone=Tone.MUTED, detail=(Paragraph(words),))


def answering(points: Sequence[PointEntry], to: PointEntry) -> tuple[PointEntry, ...]:
    return tuple(point for point in points if point.answers_id == to.id)


def age(days: int) -> str:
    """ "today", "3 days ago", "5 weeks ago": how fresh it is."""
    ago = -days
    if ago <= 0:
        return "today"
    if ago < 28:
        return f"{counted(ago, 'day')} ago"
    return f"{ago // 7}w ago" if ago < 365 else f"{ago // 365}y ago"


def counted(count: int, word: str, plural: str = "") -> str:
    return f"{count:,} {word if count == 1 else plural or f'{word}s'}"


def in_a_line(text: str) -> str:
    return " ".join(text[:500].split())
