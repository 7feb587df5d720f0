"""The face of a card: the pure function that draws four lines, and what they follow from."""

from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from store.card import Card
from store.rules.urgency import Level
from store.urgency import line_of
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip, fit

ROWS = 4
"""Lines of a card: company, role, the line that matters most, and a blank one."""
BAR = "▌"
_GAP = 1
_WHEN_AT_MOST = 9


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


def look_of(card: Card, now: datetime) -> Look:
    """How `card` looks at `now` (aware, in the user's zone)."""
    line = line_of(card, now)
    return Look(card.company, card.role, line.level, line.what, line.when)


@lru_cache(maxsize=4096)
def draw(look: Look, pose: Pose, width: int, inks: Inks) -> tuple[Strip, Strip, Strip, Strip]:
    """The four lines of a card, each `width` cells wide."""
    if pose is Pose.CURSOR:
        strong, text, ground = inks.cursor_strong, inks.cursor_text, inks.cursor_ground
        muted, line, bar = inks.cursor_muted, inks.cursor_levels[look.level], inks.cursor_bar
    else:
        strong, text, ground = inks.card_strong, inks.card_text, inks.card_ground
        muted, line, bar = inks.card_muted, inks.card_levels[look.level], ground
    if pose is Pose.LIFTED:
        strong = text = line = inks.lifted
    elif look.level is Level.DORMANT:
        strong = text = muted
    edge = Segment(BAR if pose is Pose.CURSOR else " ", bar)
    room = width - 1 if width <= 20 else width - 2
    tail = width - 1 - room
    when = clip(look.when, min(_WHEN_AT_MOST, room))
    if when:
        left = max(0, room - cell_len(when) - _GAP)
        words = f"{fit(look.what, left)}{' ' * (room - left - cell_len(when))}{when}"
    else:
        words = fit(look.what, room)
    padding = " " * tail
    return (
        Strip([edge, Segment(fit(look.company, room) + padding, strong)], width),
        Strip([edge, Segment(fit(look.role, room) + padding, text)], width),
        Strip([edge, Segment(words + padding, line)], width),
        Strip([Segment(" " * width, inks.ground)], width),
    )
