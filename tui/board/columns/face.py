"""The face of a card: its lines, drawn by a pure function in one of three forms, and which of its
words give way where there is little room.
"""

import re
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
from store.rules.urgency import ANY_TIME, THEY, Level, in_room, shorter
from tui.board.marks import MARK
from tui.styles.themes import Inks
from tui.widgets.canvas import Part
from tui.widgets.cells import cell_len, clip, fit, wrap

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
MARKED = Style(bold=True)
_GAP = 1
_TIGHT = 20
"""Cells up to which a card does without a blank column at its right."""
_WHEN_AT_MOST = 10
BETWEEN = " · "
_SOME_ROLE = 9
"""Cells of the role, with what is before it, that say something of it."""
_LEAST_ROLE = 6
"""Cells below which a role beside something else is not cut in a word."""
_UNITS = re.compile(r"(?<=[0-9]) (?=(?:min|h|d|y)\b)")
"""The gap between a number and its unit."""


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


EXAMPLE = Look(
    company="Globex",
    role="Staff Engineer",
    level=Level.COMING,
    what="follow up",
    when="in 7 d",
    more="example",
)
"""The card that shows a newcomer what a column holds."""


def look_of(card: Card, now: datetime, more: str = "") -> Look:
    """How `card` looks at `now` (aware, in the user's zone), with `more` in its fourth line."""
    line = line_of(card, now)
    return Look(card.company, card.role, *line, more)


@lru_cache(maxsize=4096)
def draw(
    look: Look,
    pose: Pose,
    width: int,
    inks: Inks,
    side: Segment,
    form: CardForm = CardForm.USUAL,
    sign: str = "",
    hits: tuple[str, ...] = (),
    marked: bool = False,
) -> tuple[Strip, ...]:
    """The lines of a card, each `width` cells wide, between the sides of its lane.

    `sign` stands at the end of its first line (see `MOVED` and `STORED`), and a `marked` one has
    `MARK` at the beginning; the words `hits`, which are without case, are underlined wherever they
    stand.
    """
    shade = inks.cursor if pose is Pose.CURSOR else inks.card
    strong, text, muted = shade.strong, shade.text, shade.muted
    stripe = line = shade.levels[look.level]
    if pose in (Pose.LIFTED, Pose.EXAMPLE):
        strong = text = line = muted = inks.lifted
    elif look.level is Level.QUIET:
        strong = text = muted
    room = width - (1 if width <= _TIGHT else 2)
    tail = " " * (width - 1 - room)
    edge = Segment(STRIPE if look.level <= Level.SOON else " ", stripe)
    if pose is Pose.EXAMPLE:
        edge = Segment(DOTTED, inks.lifted)
    pointer = f"{sign} {POINTER if pose is Pose.CURSOR else ''}".strip()
    front = (Segment(f"{MARK} ", shade.accent + MARKED),) if marked else ()
    first = room - sum(segment.cell_length for segment in front)
    inked = _CardInks(text, line, muted)
    if form is CardForm.SHORT:
        name, action = _short_face(look, pointer, room, first)
        lines: list[tuple[Part, ...]] = [
            ((clip(name, first), strong),),
            ((clip(action, room), line),),
        ]
    else:
        face = _full_face(look, room) if form is CardForm.FULL else _usual_face(look, room)
        role = "" if any(one.role for one in face) else _role_beside(look, pointer, first)
        if role:
            rest = pointer.rjust(first - cell_len(look.company + role))
            lines = [((look.company, strong), (role, text), (rest, strong))]
        else:
            lines = [((clip(_beside(look.company, pointer, first), first), strong),)]
        lines += [_lay_out(one, inked, room) for one in face if any(one)]
    top, *below = lines
    strips = [_card_line((side, edge, *front), top, first, hits, tail, width + 2)]
    strips += [_card_line((side, edge), parts, room, hits, tail, width + 2) for parts in below]
    blank = blank_between(width, inks.ground, side)
    return (*strips, *[blank] * (form - len(strips)))


def _card_line(
    front: tuple[Segment, ...],
    parts: tuple[Part, ...],
    room: int,
    hits: tuple[str, ...],
    tail: str,
    width: int,
) -> Strip:
    """A line of a card. At every letter that is typed into the filter most lines stay the same
    ones: those without a hit."""
    if hits:
        folded = " ".join(words for words, _ in parts).casefold()
        hits = tuple(word for word in hits if word in folded)
    return _drawn_line(front, parts, room, hits, tail, width)


@lru_cache(maxsize=8192)
def _drawn_line(
    front: tuple[Segment, ...],
    parts: tuple[Part, ...],
    room: int,
    hits: tuple[str, ...],
    tail: str,
    width: int,
) -> Strip:
    body = [one for words, ink in parts for one in with_hits(words, ink, hits)]
    rest = room - sum(cell_len(words) for words, _ in parts)
    blank = Segment(" " * rest + tail, parts[-1][1])
    return Strip([*front, *body, *([blank] if blank.text else []), front[0]], width)


@lru_cache(maxsize=64)
def blank_between(width: int, ground: Style, side: Segment) -> Strip:
    return between_sides(Strip.blank(width, ground), side)


def with_hits(text: str, ink: Style, hits: tuple[str, ...]) -> Iterator[Segment]:
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


def between_sides(inner: Strip, side: Segment) -> Strip:
    """A line between the sides of its lane."""
    return Strip([side, *inner, side], inner.cell_length + 2)


class _CardInks(NamedTuple):
    """What the words of a card are written with."""

    text: Style
    line: Style
    muted: Style


class _FaceLine(NamedTuple):
    """A line of a card: its words by what they are, of which those at the right end stand in one
    column on all cards: when it is due, or the moment of an interview."""

    role: str = ""
    action: str = ""
    moment: str = ""
    more: str = ""
    when: str = ""
    aside: str = ""


def _lay_out(face: _FaceLine, inks: _CardInks, room: int) -> tuple[Part, ...]:
    """The words of a line in their places, the last of them at the right edge."""
    right = face.when or face.aside
    ink = inks.line if face.when else inks.text
    right = clip(right, room)
    left = max(0, room - cell_len(right) - _GAP) if right else room
    parts: list[Part] = []
    if face.role:
        parts = [(_some_of(face.role, left), inks.text)]
    elif face.action:
        parts = [(clip(face.action, left), inks.line)]
    elif face.moment:
        parts = [(clip(face.moment, left), inks.text)]
    used = sum(cell_len(words) for words, _ in parts)
    if face.more:
        between = BETWEEN if parts else ""
        if more := in_items(face.more, left - used - len(between)):
            parts.append((between + more, inks.muted))
            used += cell_len(parts[-1][0])
    if right:
        parts.append((" " * (room - used - cell_len(right)) + right, ink))
    return tuple(parts) or (("", inks.text),)


@lru_cache(maxsize=2048)
def in_items(text: str, room: int) -> str:
    """Those items of the fourth line that fit whole, one tag after the other; where none does, the
    words of the first one that do."""
    kept = between = ""
    for item in text.split(BETWEEN):
        tagged = item.startswith("#")
        for word in item.split(" ") if tagged else [item]:
            if cell_len(kept + between + word) <= room:
                kept, between = kept + between + word, " " if tagged else BETWEEN
        between = BETWEEN if kept else ""
    return kept or whole_words(text.partition(BETWEEN)[0], room)


def whole_words(text: str, room: int) -> str:
    """As many whole words as fit, with an ellipsis behind them; "" where the first does not."""
    if cell_len(text) <= room:
        return text
    cut = clip(text, room)[:-1]
    if text[len(cut) : len(cut) + 1] not in ("", " "):
        cut = cut.rpartition(" ")[0]
    cut = cut.rstrip(" ·,")
    return f"{cut}…" if cut else ""


def _short_face(look: Look, pointer: str, room: int, first: int) -> tuple[str, str]:
    """The two lines of a short card, of which the first one has `first` cells.

    The moment of an interview stands in the first one where it leaves company and some of the
    role; else in the second one, in place of the countdown unless that is late. The company gives
    way to nothing but the signs.
    """
    company, aside = look.company, look.aside
    name = BETWEEN.join((company, look.role))
    beside = f"{aside} {pointer}".strip()
    left = first - cell_len(beside) - _GAP if beside else first
    if not aside or cell_len(name) <= left or cell_len(company) + _SOME_ROLE <= left:
        return _beside(_company_and_role(look, left), beside, first), _action(look, room)
    left = first - cell_len(pointer) - _GAP if pointer else first
    below = _moment_below(look, room)
    if below and cell_len(look.what) + _GAP + cell_len(aside) <= room:
        return _beside(_company_and_role(look, left), pointer, first), below
    if cell_len(company) <= first - cell_len(beside) - _GAP:
        return _beside(company, beside, first), _action(look, room)
    return _beside(_company_and_role(look, left), pointer, first), below or _action(look, room)


def _company_and_role(look: Look, room: int) -> str:
    """The company, and the role as far as there is room for enough of it."""
    left = room - cell_len(look.company) - cell_len(BETWEEN)
    if cell_len(look.role) > left and left < _LEAST_ROLE:
        return look.company
    return BETWEEN.join((look.company, _some_of(look.role, left)))


def _moment_below(look: Look, room: int) -> str:
    """The action with the moment of an interview in place of the countdown; "" where that is
    late, or there is no room."""
    words = in_room(look.what, max(0, room - cell_len(look.aside) - _GAP))
    if look.level is Level.LATE or cell_len(words) + _GAP + cell_len(look.aside) > room:
        return ""
    return _beside(words, look.aside, room)


@lru_cache(maxsize=2048)
def _full_face(look: Look, room: int) -> tuple[_FaceLine, ...]:
    """The three lines below the company: the role, what to do, and the moment of an interview with
    tags, pay and place. When it is due stands at the right of what to do, where there is room for
    both; else in the last line. The role gives way where what to do takes two lines."""
    role, aside, more = _FaceLine(role=look.role), look.aside, look.more
    action, *rest = _action_lines(look, room)
    if not rest:
        return role, action, _FaceLine(moment=aside, more=more)
    (below,) = rest
    if not aside:
        return role, action, below if below.action else below._replace(more=more)
    if not below.action and cell_len(aside) + _GAP + cell_len(below.when) <= room:
        return role, action, below._replace(moment=aside)
    return action, below, _FaceLine(moment=aside, more=more)


@lru_cache(maxsize=2048)
def _usual_face(look: Look, room: int) -> tuple[_FaceLine, ...]:
    """The two lines below the company: the role, with the moment of an interview at its right, and
    what to do. The role gives way to when it is due, where what to do leaves no room for that, and
    to words of two lines."""
    role, aside = look.role, look.aside
    action, *rest = _action_lines(look, room)
    if rest:
        (below,) = rest
        if below.action:
            if not aside:
                return action, below
        elif not aside:
            return _FaceLine(role=_some_beside(role, below.when, room), when=below.when), action
        elif cell_len(aside) + _GAP + cell_len(below.when) <= room:
            return below._replace(moment=aside), action
        action = _FaceLine(action=_action(look, room))
    return _FaceLine(role=_some_beside(role, aside, room), aside=aside), action


def _role_beside(look: Look, pointer: str, room: int) -> str:
    """The role behind the company, where no line of its own is left for it; "" where there is no
    room for enough of it."""
    signs = cell_len(pointer) + _GAP if pointer else 0
    left = room - signs - cell_len(look.company) - cell_len(BETWEEN)
    if not look.role or (left < _LEAST_ROLE and cell_len(look.role) > left):
        return ""
    return f"{BETWEEN}{_some_of(look.role, left)}"


def _some_beside(role: str, beside: str, room: int) -> str:
    """As much of the role as there is room for; "" where a part of a word would be a riddle."""
    if not beside:
        return role
    left = room - cell_len(beside) - _GAP
    return (_some_of if left >= _LEAST_ROLE else whole_words)(role, left)


def _some_of(role: str, room: int) -> str:
    """As many whole words of the role as fit, or a part of a word where those would leave more
    than half of the room blank."""
    words = whole_words(role, room)
    return words if words == role or 2 * cell_len(words) >= room else clip(role, room)


def _action_lines(look: Look, room: int) -> tuple[_FaceLine, ...]:
    """What to do, and when it is due at the right: in one line where both fit, else in two. Neither
    is shortened, but by words that say the same."""
    when = clip(look.when, min(_WHEN_AT_MOST, room))
    beside = cell_len(when) + _GAP if when else 0
    for words in (look.what, shorter(look.what)):
        if cell_len(words) + beside <= room:
            return (_FaceLine(action=words, when=when),)
    for words in (look.what, shorter(look.what)):
        if when and cell_len(words) <= room:
            return _FaceLine(action=words), _FaceLine(when=when)
    first, *others = wrap(look.what, room, 3) or ("",)
    if not others:
        return (_FaceLine(action=first, when=when),)
    left = max(0, room - beside)
    rest = " ".join(others)
    rest = whole_words(rest, left) or clip(rest, left)
    return _FaceLine(action=first), _FaceLine(action=rest, when=when)


def _action(look: Look, room: int) -> str:
    """What to do at the left, the countdown at the right: that is shortened before the words."""
    when = clip(look.when, min(_WHEN_AT_MOST, room))
    if not when:
        return in_room(look.what, room)
    brief = in_room(look.what, max(0, room - cell_len(when) - _GAP))
    for words, count in ((look.what, when), (look.what, _tight(when)), (brief, when)):
        if cell_len(words) + _GAP + cell_len(count) <= room:
            if when == ANY_TIME and words != look.what and cell_len(look.what) <= room:
                return look.what  # what to do says more than that it has no day
            return _beside(words, count, room)
    if brief.startswith(THEY) and cell_len(brief) <= room:
        return brief  # its own day says as much
    return _beside(brief, _tight(when), room)


def _tight(when: str) -> str:
    """A countdown without its gaps: "22h", "5d late", "1d"; "any time" has no shorter spelling."""
    return "1d" if when == "tomorrow" else _UNITS.sub("", when.removeprefix("in "))


def _beside(words: str, aside: str, room: int) -> str:
    """Words at the left, and at the right what must be seen whatever the width."""
    if not aside:
        return words
    aside = clip(aside, room)
    left = max(0, room - cell_len(aside) - _GAP)
    return f"{fit(words, left)}{' ' * (room - left - cell_len(aside))}{aside}"
