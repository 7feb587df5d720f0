"""The face of a card: the pure function that draws its lines, and what they follow from.

A card has one of three forms: two lines where a column is long, three as a rule, and a fourth for
tags, pay or place where there is room.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.model.board import line_of
from store.model.dossier import Card
from store.rules.urgency import Level, in_room
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip, fit

STRIPE = "▌"
"""The edge of a card that wants something: late, for today, or soon."""
DOTTED = "┊"
"""The edge of the example of a card."""
POINTER = "◀"
"""Beside the company of the card under the cursor."""
MOVED, STORED = "→", "✓"
"""Beside the company of a card that was moved just now, and of one whose change was stored; both
stay until the next key."""
_HIT = Style(bold=True, underline=True)
_GAP = 1
_TIGHT = 20
"""Cells up to which a card does without a blank column at its right."""
_WHEN_AT_MOST = 10
_BETWEEN = " · "


class CardForm(IntEnum):
    """How many lines of the screen a card takes."""

    SHORT = 2
    """Company and role in one line, below it the line that matters most; no blank one."""
    USUAL = 4
    """Company, role, the line that matters most, and a blank one."""
    FULL = 5
    """The same with tags, pay or place."""


class Pose(IntEnum):
    """How a card lies in its lane."""

    PLAIN = 0
    CURSOR = 1
    LIFTED = 2
    """Being dragged."""
    EXAMPLE = 3
    """Not there: it shows what a card will look like."""


class Look(NamedTuple):
    """All that a card's pixels depend on, besides pose, form, width and theme."""

    company: str
    role: str
    level: Level
    what: str
    when: str
    aside: str = ""
    """The day and time beside the role: of the next interview, or of an offer's deadline."""
    more: str = ""
    """The fourth line: tags, pay, place."""


EXAMPLE = Look("Globex", "Staff Engineer", Level.COMING, "follow up", "in 7 d", "", "example")
"""The card that shows a newcomer what a column holds."""


def look_of(card: Card, now: datetime, more: str = "") -> Look:
    """How `card` looks at `now` (aware, in the user's zone), with `more` in its fourth line."""
    line = line_of(card, now)
    return Look(card.company, card.role, *line, more)


def more_of(card: Card, fields: tuple[str, ...]) -> str:
    """The fourth line of a card: those of `fields` (salary, location, tags, source) it has."""
    tags = " ".join(f"#{tag}" for tag in card.tags)
    words = {"salary": card.salary, "location": card.location, "source": card.source, "tags": tags}
    return _BETWEEN.join(words[name] for name in fields if words[name])


@lru_cache(maxsize=4096)
def draw(
    look: Look,
    pose: Pose,
    width: int,
    inks: Inks,
    frame: Style,
    form: CardForm = CardForm.USUAL,
    sign: str = "",
    hits: tuple[str, ...] = (),
) -> tuple[Strip, ...]:
    """The lines of a card, each `width` cells wide, between the sides of its lane.

    `sign` stands at the end of its first line (see `MOVED` and `STORED`); the words `hits`, which
    are without case, are underlined wherever they stand.
    """
    if pose is Pose.CURSOR:
        strong, text, line = inks.cursor_strong, inks.cursor_text, inks.cursor_levels[look.level]
        muted = inks.cursor_muted
    else:
        strong, text, line = inks.card_strong, inks.card_text, inks.card_levels[look.level]
        muted = inks.card_muted
    stripe = line
    if pose in (Pose.LIFTED, Pose.EXAMPLE):
        strong = text = line = muted = inks.lifted
    elif look.level is Level.QUIET:
        strong = text = muted
    room = width - (1 if width <= _TIGHT else 2)
    tail = " " * (width - 1 - room)
    side = Segment("│", frame)
    edge = Segment(STRIPE if look.level <= Level.SOON else " ", stripe)
    if pose is Pose.EXAMPLE:
        edge = Segment(DOTTED, inks.lifted)
    pointer = f"{sign} {POINTER if pose is Pose.CURSOR else ''}".strip()
    lines = [(_line(look, room), line)]
    if form is CardForm.SHORT:
        name = _BETWEEN.join((look.company, look.role))
        lines.insert(0, (_beside(name, f"{look.aside} {pointer}".strip(), room), strong))
    else:
        lines.insert(0, (_beside(look.role, look.aside, room), text))
        lines.insert(0, (_beside(look.company, pointer, room), strong))
    if form is CardForm.FULL and look.more:
        lines.append((clip(look.more, room), muted))
    drawn = [
        [side, edge, *_with_hits(fit(words, room) + tail, ink, hits), side] for words, ink in lines
    ]
    blank = framed(Strip.blank(width, inks.ground), frame)
    strips = tuple(Strip(segments, width + 2) for segments in drawn)
    return strips + (blank,) * (form - len(strips))


def _with_hits(text: str, ink: Style, hits: tuple[str, ...]) -> Iterator[Segment]:
    """The text, with what was looked for underlined."""
    folded = text.casefold() if hits else ""
    # A letter that becomes two without case would put the lines elsewhere.
    if not hits or len(folded) != len(text):
        yield Segment(text, ink)
        return
    hit = [False] * len(text)
    for word in hits:
        at = folded.find(word)
        while at >= 0:
            hit[at : at + len(word)] = [True] * len(word)
            at = folded.find(word, at + len(word))
    for found, part in groupby(zip(text, hit, strict=True), key=itemgetter(1)):
        yield Segment("".join(sign for sign, _ in part), ink + _HIT if found else ink)


def framed(inner: Strip, frame: Style) -> Strip:
    """A line between the sides of its lane."""
    side = Segment("│", frame)
    return Strip([side, *inner, side], inner.cell_length + 2)


def _line(look: Look, room: int) -> str:
    """What matters most at the left, the countdown at the right."""
    when = clip(look.when, min(_WHEN_AT_MOST, room))
    if not when:
        return look.what
    left = max(0, room - cell_len(when) - _GAP)
    what = in_room(look.what, left)
    return f"{fit(what, left)}{' ' * (room - left - cell_len(when))}{when}"


def _beside(words: str, aside: str, room: int) -> str:
    """Words at the left, and at the right what must be seen whatever the width."""
    if not aside:
        return words
    aside = clip(aside, room)
    left = max(0, room - cell_len(aside) - _GAP)
    return f"{fit(words, left)}{' ' * (room - left - cell_len(aside))}{aside}"
