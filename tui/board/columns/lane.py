"""A column of the board and its cards, drawn line by line: no widget per card, no layout when
anything moves.

A lane is a plain widget with a scroll offset of its own, counted in cards. It never has the focus:
the board screen tells it what to show, and it repaints the cards that differ from before. A card
is drawn by a pure function, in one of three forms.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model.board import line_of
from store.model.dossier import Card
from store.rules.stages import INTERVIEW_STAGES, Stage, brief_stage_name, stage_name
from store.rules.text import capital
from store.rules.urgency import ANY_TIME, THEY, Level, in_room, shorter
from tui.board.columns.fourth_line import more_of
from tui.board.marks import MARK
from tui.styles.themes import Inks
from tui.widgets.cells import cell_len, clip, fit, wrap
from tui.widgets.drawn import Drawn, Part, Wheeled, strip_of

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
_BETWEEN = " · "
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


EXAMPLE = Look("Globex", "Staff Engineer", Level.COMING, "follow up", "in 7 d", "", "example")
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
    inked = _Inked(text, line, muted)
    if form is CardForm.SHORT:
        name, action = _short_face(look, pointer, room, first)
        lines: list[tuple[Part, ...]] = [
            ((clip(name, first), strong),),
            ((clip(action, room), line),),
        ]
    else:
        company = _beside(look.company, pointer, first)
        face = _full_face(look, room) if form is CardForm.FULL else _usual_face(look, room)
        lines = [((clip(company, first), strong),)]
        lines += [_laid_out(one, inked, room) for one in face if any(one)]
    top, *below = lines
    strips = [_card_line((side, edge, *front), top, first, hits, tail, width + 2)]
    strips += [_card_line((side, edge), parts, room, hits, tail, width + 2) for parts in below]
    blank = _blank_between(width, inks.ground, side)
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
def _blank_between(width: int, ground: Style, side: Segment) -> Strip:
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


class _Inked(NamedTuple):
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


def _laid_out(face: _FaceLine, inks: _Inked, room: int) -> tuple[Part, ...]:
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
        between = _BETWEEN if parts else ""
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
    for item in text.split(_BETWEEN):
        tagged = item.startswith("#")
        for word in item.split(" ") if tagged else [item]:
            if cell_len(kept + between + word) <= room:
                kept, between = kept + between + word, " " if tagged else _BETWEEN
        between = _BETWEEN if kept else ""
    return kept or whole_words(text.partition(_BETWEEN)[0], room)


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
    name = _BETWEEN.join((company, look.role))
    beside = f"{aside} {pointer}".strip()
    left = first - cell_len(beside) - _GAP if beside else first
    if not aside or cell_len(name) <= left or cell_len(company) + _SOME_ROLE <= left:
        return _beside(_named(look, left), beside, first), _action(look, room)
    left = first - cell_len(pointer) - _GAP if pointer else first
    below = _moment_below(look, room)
    if below and cell_len(look.what) + _GAP + cell_len(aside) <= room:
        return _beside(_named(look, left), pointer, first), below
    if cell_len(company) <= first - cell_len(beside) - _GAP:
        return _beside(company, beside, first), _action(look, room)
    return _beside(_named(look, left), pointer, first), below or _action(look, room)


def _named(look: Look, room: int) -> str:
    """The company, and the role as far as there is room for enough of it."""
    left = room - cell_len(look.company) - cell_len(_BETWEEN)
    if cell_len(look.role) > left and left < _LEAST_ROLE:
        return look.company
    return _BETWEEN.join((look.company, _some_of(look.role, left)))


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
    """A countdown without its gaps: "22h", "5d late"; "any time" has no shorter spelling."""
    return _UNITS.sub("", when.removeprefix("in "))


def _beside(words: str, aside: str, room: int) -> str:
    """Words at the left, and at the right what must be seen whatever the width."""
    if not aside:
        return words
    aside = clip(aside, room)
    left = max(0, room - cell_len(aside) - _GAP)
    return f"{fit(words, left)}{' ' * (room - left - cell_len(aside))}{aside}"


_BESIDE = 2
"""Cells of a card that its words do not have: its edge, and a blank at its right."""
_FRAME = 2
"""Cells that the gaps, or the frame, take from width and height."""
_HINT_LINES = 4
_OTHERS_IN_HEAD = 2
"""Cells of the head beside its title."""
_EXAMPLE_FROM = 16
"""Lines of a lane from which it has room for an example beside the words in its middle."""


EMPTY: Mapping[Stage, str] = {
    Stage.APPLIED: "Applications you have sent stand here.",
    Stage.FIRST: "An invitation brings a card here: press i on the card.",
    Stage.SECOND: "A second interview brings a card here: press i on the card.",
    Stage.OFFER: "An offer brings a card here: press L on the card.",
}
"""What a lane without cards says: what brings one there."""


@dataclass(frozen=True, slots=True)
class View:
    """What a lane shows. `cursor` is the place of the cursor, None when it is in another lane."""

    cards: tuple[Card, ...]
    now: datetime
    cursor: int | None = None
    active: bool = False
    total: int = 0
    """Cards in the lane without the filter."""
    order: str = ""
    """What it is sorted by, if not by urgency: “by hand”."""
    quiet: int = 0
    """How many quiet cards at its end are one line, or can be."""
    folded: bool = False
    """Whether they are, and are not among `cards`."""
    lifted: int | None = None
    """The id of the card being dragged."""
    target: bool = False
    """Whether a dragged card would land here."""
    hint: str = ""
    """What an empty lane says."""
    short: bool | None = None
    """Whether cards are short; None where the lane decides: when they fill it twice and more."""
    example: Look | None = None
    """The card that an empty lane shows, dim, above its hint."""
    signs: tuple[tuple[int, str], ...] = ()
    """The cards that have just been moved or changed, by their ids, and the sign of each."""
    hits: tuple[str, ...] = ()
    """The words looked for, without case."""
    more: tuple[str, ...] = ()
    """The fields of the fourth line of a card, for which there must be room."""
    marked: frozenset[int] = frozenset()
    """The ids of the cards in it that are marked."""


class Lane(Wheeled, Drawn):
    """One stage of the board, and its cards."""

    DEFAULT_CSS = "Lane { width: 1fr; height: 1fr; }"

    @dataclass
    class Pressed(Message):
        """A card was clicked, twice when it `opens`; without a card, the lane itself."""

        stage: Stage
        card_id: int | None
        opens: bool = False

    @dataclass
    class Dragged(Message):
        """The card picked up in this lane is held over the screen column `x`."""

        card_id: int
        x: int

    @dataclass
    class Dropped(Message):
        """The card picked up in this lane was let go over the screen column `x`."""

        card_id: int
        x: int

    def __init__(self, stage: Stage, view: View) -> None:
        super().__init__(id=f"lane-{stage}")
        self.stage = stage
        self.view = view
        self.offset_cards = 0
        """How many cards are scrolled out at the top."""
        self.form = CardForm.USUAL
        """How many lines each card takes."""
        self._looks: dict[int, tuple[Card, datetime, Look]] = {}
        self._picked_up: int | None = None
        self._dragging = False

    @property
    def full_slots(self) -> int:
        """How many cards fit whole; at least one."""
        blank = self.form is not CardForm.SHORT
        return max(1, (self._inner_height + blank) // self.form)

    @property
    def _inner_height(self) -> int:
        return max(0, self.size.height - _FRAME)

    @property
    def _inner_width(self) -> int:
        return max(0, self.size.width - _FRAME)

    def show(self, view: View, *, follow: bool = True) -> None:
        """Show `view`, repainting what differs; with `follow` the cursor stays in sight."""
        if view != self.view:
            if view.more != self.view.more:
                self._looks.clear()
            self.view = view
            self._settle(follow=follow)
            self.repaint()

    def scroll_by(self, steps: int) -> None:
        """Scroll by so many cards as far as there are any; the cursor stays where it is."""
        before = self.offset_cards
        self.offset_cards += steps
        self._settle(follow=False)
        if self.offset_cards != before:
            self.repaint()

    def card_at(self, y: int) -> Card | None:
        """The card drawn on the line `y` of the widget."""
        if not 1 <= y <= self._inner_height:
            return None
        place = self.offset_cards + (y - 1) // self.form
        return self.view.cards[place] if place < len(self.view.cards) else None

    def on_resize(self) -> None:
        self._settle(follow=True)
        super().on_resize()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        card = self.card_at(event.y)
        self.post_message(self.Pressed(self.stage, card.id if card else None))
        if card is not None and event.button == 1:
            self._picked_up = card.id
            self._dragging = False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._picked_up is None:
            return
        if self._dragging or not self.region.contains(event.screen_x, event.screen_y):
            self._dragging = True
            self.post_message(self.Dragged(self._picked_up, event.screen_x))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        picked_up, self._picked_up = self._picked_up, None
        self.release_mouse()
        if picked_up is not None and self._dragging:
            self._dragging = False
            self.post_message(self.Dropped(picked_up, event.screen_x))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        card = self.card_at(event.y)
        if event.chain == 2 and card is not None:
            self.post_message(self.Pressed(self.stage, card.id, opens=True))

    def _settle(self, *, follow: bool) -> None:
        """Choose the form of the cards, keep the offset within the lane and the cursor in sight."""
        self.form = self._choose_form()
        cursor, full = self.view.cursor, self.full_slots
        if follow and cursor is not None:
            self.offset_cards = max(cursor - full + 1, min(self.offset_cards, cursor))
        self.offset_cards = max(0, min(self.offset_cards, len(self.view.cards) - full))

    def _choose_form(self) -> CardForm:
        """Short cards where the usual ones would fill the lane twice, full ones where all fit."""
        count, height = len(self.view.cards), self._inner_height
        twice = count * CardForm.USUAL > 2 * (height + 1)
        if self.view.short or (self.view.short is None and twice):
            return CardForm.SHORT
        if self.view.more and count * CardForm.FULL <= height + 1:
            return CardForm.FULL
        return CardForm.USUAL

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The head, the cards from the first in sight on, and the foot."""
        inner = self._inner_height
        if width < _FRAME + 1 or height < _FRAME + 1:
            return [Strip.blank(width, inks.ground)] * height
        side = self._side(inks)
        blank = _blank_between(width - _FRAME, inks.ground, side)
        lines = [self._head(inks)]
        for slot in range((inner + self.form - 1) // self.form):
            seen = self._slot(slot)
            if seen is None:
                lines += [blank] * self.form
            else:
                look, pose, sign, marked = seen
                room, hits = width - _FRAME, self.view.hits
                lines += draw(look, pose, room, inks, side, self.form, sign, hits, marked)
        del lines[inner + 1 :]
        if self.view.hint and not self.view.cards:
            below = 2
            if (example := self.view.example) is not None and inner >= _EXAMPLE_FROM:
                drawn = draw(example, Pose.EXAMPLE, width - _FRAME, inks, side, CardForm.FULL)
                lines[1 : 1 + CardForm.FULL] = drawn
                below += CardForm.USUAL
            hint = self._hint(inks, side)[: max(0, inner + 1 - below)]
            lines[below : below + len(hint)] = hint
        lines.append(self._foot(inks))
        return lines

    def _slot(self, slot: int) -> tuple[Look, Pose, str, bool] | None:
        """What lies on the place `slot` of the screen, how, the sign on it, and whether it is
        marked."""
        place = self.offset_cards + slot
        view = self.view
        if place >= len(view.cards):
            return None
        card = view.cards[place]
        pose = Pose.CURSOR if place == view.cursor else Pose.PLAIN
        sign = next((sign for id_, sign in view.signs if id_ == card.id), "")
        pose = Pose.LIFTED if card.id == view.lifted else pose
        return self._look(card), pose, sign, card.id in view.marked

    def _look(self, card: Card) -> Look:
        known = self._looks.get(card.id)
        if known is not None and known[0] is card and known[1] == self.view.now:
            return self._with_found_tag(known[2], card)
        if len(self._looks) > 512:
            self._looks.clear()
        look = look_of(card, self.view.now, more_of(card, self.view.more))
        self._looks[card.id] = (card, self.view.now, look)
        return self._with_found_tag(look, card)

    def _with_found_tag(self, look: Look, card: Card) -> Look:
        """In place of the action, the tag for which a card was found, unless it can be seen."""
        if not self.view.hits:
            return look
        seen = f"{look.company} {look.role} {look.what}".casefold()
        if self.form is CardForm.FULL:
            room = self._inner_width - _BESIDE
            before = cell_len(look.aside) + len(_BETWEEN) if look.aside else 0
            seen += f" {in_items(look.more, room - before)}".casefold()
        for word in self.view.hits:
            tag = next((f"#{tag}" for tag in card.tags if word in f"#{tag}".casefold()), "")
            if tag and word not in seen:
                return look._replace(what=tag, when="")
        return look

    def _side(self, inks: Inks) -> Segment:
        """Columns stand apart by a gap; one that a card would land in has a line around it."""
        return Segment("│", inks.frame_active) if self.view.target else Segment(" ", inks.ground)

    @property
    def _title(self) -> str:
        """ " Applied  12/30 "; " First interview  4 ", or " 1st interview 4 " in a lane that does
        not scroll, where there is room for that."""
        view = self.view
        here = len(view.cards) + (view.quiet if view.folded else 0)
        count = f"{here:,}"
        if here != view.total:
            count += f"/{view.total:,}"
        if self.stage in INTERVIEW_STAGES:
            named = f" {capital(stage_name(self.stage))}  {count} "
            if cell_len(named) + _OTHERS_IN_HEAD <= self._inner_width:
                return named
            # What is scrolled out stands in the head as well.
            named = f" {brief_stage_name(self.stage)} {count} "
            if cell_len(named) <= self._inner_width and len(view.cards) <= self.full_slots:
                return named
        return clip(f" {self.stage.title}  {count} ", self._inner_width)

    def _head(self, inks: Inks) -> Strip:
        """ "  Applied  12 ─── ↑ 3 ─ ": a line in the stage's colour below which the cursor is."""
        view = self.view
        title = self._title
        if self._order_in_head(title):
            title += f"{view.order} "
        above = self._above(self._inner_width - cell_len(title))
        style = inks.stages[self.stage]
        if view.active or view.target:
            style += Style(bold=True)
        line = inks.stages[self.stage] if view.active else inks.frame
        return self._border("╭╮", (title, style), (above, inks.muted), ("─", line), inks)

    def _above(self, room: int) -> str:
        """ " ↑ 3 ", or in less room "↑ 3 ", "↑3 ", "↑", with a cell of the line behind it; ""
        where there is none: the name of the lane and its count do not give way."""
        if not (above := self.offset_cards):
            return ""
        for words in (f" ↑ {above:,} ", f"↑ {above:,} ", f"↑{above:,} ", " ↑ ", "↑"):
            if len(words) < room:
                return words
        return ""

    def _order_in_head(self, title: str) -> bool:
        """Whether there is room behind the title for what it is sorted by; else it is in the
        foot."""
        cards = self.view.cards
        above = len(f" ↑ {len(cards):,} ") if len(cards) > self.full_slots else 0
        room = self._inner_width - cell_len(title) - above
        return bool(self.view.order) and cell_len(self.view.order) < room

    def _foot(self, inks: Inks) -> Strip:
        """ "  by hand     ↓ 340  ", "  3 quiet: Q"."""
        view = self.view
        below = len(view.cards) - self.offset_cards - self.full_slots
        more = f" ↓ {below:,} " if below > 0 else ""
        in_head = not view.order or self._order_in_head(self._title)
        order = "" if in_head else f" {view.order} "
        if view.quiet:
            order = f" {view.quiet:,} quiet: Q " if view.folded else " - folds quiet "
            if view.folded and cell_len(order) + len(more) + 1 > self._inner_width:
                order = f" {view.quiet:,} quiet "
        return self._border("╰╯", (order, inks.muted), (more, inks.muted), (" ", inks.ground), inks)

    def _border(self, ends: str, first: Part, last: Part, along: Part, inks: Inks) -> Strip:
        """A line with words at its left and right, or where there is no room for both, at one of
        them; around a lane that a card would land in it is a border line."""
        (words, look), (more, more_look), (sign, frame) = first, last, along
        inner = self._inner_width
        if self.view.target:
            sign, frame = "─", inks.frame_active
        else:
            ends = "  "
        if cell_len(words) + len(more) + 1 > inner:
            words, more = ("", more) if more and cell_len(words) < inner else (words, "")
            words, more = clip(words, inner), clip(more, inner)
        end = sign if more else ""
        line = sign * (inner - cell_len(words) - len(more + end))
        parts = [(ends[0], frame), (words, look), (line, frame), (more, more_look)]
        return strip_of([*parts, (end + ends[1], frame)], self.size.width, frame)

    def _hint(self, inks: Inks, side: Segment) -> list[Strip]:
        width = self._inner_width
        return [
            between_sides(Strip([Segment(" " + fit(words, width - 1), inks.muted)], width), side)
            for words in wrap(self.view.hint, width - 2, _HINT_LINES)
        ]
