"""The face of a card: the pure function that draws four lines, and what they follow from."""

from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.model.board import line_of
from store.model.dossier import Card
from store.rules.urgency import Level, in_room
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip, fit

ROWS = 4
"""Lines of a card: company, role, the line that matters most, and a blank one."""
BAR = "▌"
_GAP = 1
_TIGHT = 20
"""Cells up to which a card does without a blank column at its right."""
_WHEN_AT_MOST = 10


class Pose(IntEnum):
    """How a card lies in its lane."""

    PLAIN = 0
    CURSOR = 1
    LIFTED = 2
    """Being dragged."""


class Look(NamedTuple):
    """All that a card's pixels depend on, besides pose, width and theme."""

    company: str
    role: str
    level: Level
    what: str
    when: str
    aside: str = ""
    """The day and time beside the role: of the next interview, or of an offer's deadline."""


def look_of(card: Card, now: datetime) -> Look:
    """How `card` looks at `now` (aware, in the user's zone)."""
    line = line_of(card, now)
    return Look(card.company, card.role, *line)


@lru_cache(maxsize=4096)
def draw(look: Look, pose: Pose, width: int, inks: Inks, frame: Style) -> tuple[Strip, ...]:
    """The lines of a card, each `width` cells wide, between the sides of its lane."""
    if pose is Pose.CURSOR:
        strong, text, line = inks.cursor_strong, inks.cursor_text, inks.cursor_levels[look.level]
    else:
        strong, text, line = inks.card_strong, inks.card_text, inks.card_levels[look.level]
    if pose is Pose.LIFTED:
        strong = text = line = inks.lifted
    elif look.level is Level.DORMANT:
        strong = text = inks.cursor_muted if pose is Pose.CURSOR else inks.card_muted
    room = width - (1 if width <= _TIGHT else 2)
    tail = " " * (width - 1 - room)
    role = _beside(look.role, look.aside, room)
    lines = ((look.company, strong), (role, text), (_line(look, room), line))
    side = Segment("│", frame)
    blank = framed(Strip.blank(width, inks.ground), frame)
    if pose is Pose.CURSOR:
        bar = Segment(BAR, inks.cursor_bar)
        drawn = [[side, bar, Segment(fit(words, room) + tail, ink), side] for words, ink in lines]
    else:
        drawn = [[side, Segment(f" {fit(words, room)}{tail}", ink), side] for words, ink in lines]
    return (*(Strip(segments, width + 2) for segments in drawn), blank)


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
