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

from store.model.board import ANY_TIME, line_of
from store.model.dossier import Card
from store.rules.stages import Stage
from store.rules.urgency import Level, in_room
from tui.board.fourth_line import more_of
from tui.board.marks import MARK
from tui.themes import Inks
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
"""Cells of a role below which it is not worth reading: the hour beside it gives way."""
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
    if form is CardForm.SHORT:
        name, action = _short_face(look, pointer, room, first)
        lines: list[tuple[Part, ...]] = [((name, strong),), ((action, line),)]
    else:
        role, action, fourth = _face(look, room, fourth=form is CardForm.FULL)
        company = _beside(look.company, pointer, first)
        lines = [((company, strong),), ((role, text),), ((action, line),)]
        if form is CardForm.FULL and fourth:
            moments = ((words, line if words == look.when else text) for words in fourth)
            lines.append((*moments, (look.more, muted)))
        elif form is CardForm.FULL and look.more:
            lines.append(((_whole_words(look.more, room) or look.more, muted),))
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
        folded = _BETWEEN.join(words for words, _ in parts).casefold()
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
    return Strip([*front, *_on_one_line(parts, room, hits, tail), front[0]], width)


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


def _on_one_line(
    parts: tuple[Part, ...], room: int, hits: tuple[str, ...], tail: str
) -> Iterator[Segment]:
    """Parts beside each other, with a dot between them, and blanks up to the end."""
    *before, (last, ink) = [part for part in parts if part[0]] or parts[-1:]
    for place, (words, look) in enumerate(before):
        words = clip(_BETWEEN + words if place else words, room)
        room -= cell_len(words)
        yield from with_hits(words, look, hits)
    if before:
        last = _whole_words(_BETWEEN + last, room)
    yield from with_hits(fit(last, room) + tail, ink, hits)


def _whole_words(text: str, room: int) -> str:
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
    company, name, aside = look.company, _BETWEEN.join((look.company, look.role)), look.aside
    beside = f"{aside} {pointer}".strip()
    left = first - cell_len(beside) - _GAP
    if not aside or cell_len(name) <= left or cell_len(company) + _SOME_ROLE <= left:
        return _beside(name, beside, first), _action(look, room)
    below = _moment_below(look, room)
    if below and cell_len(look.what) + _GAP + cell_len(aside) <= room:
        return _beside(name, pointer, first), below
    if cell_len(company) <= left:
        return _beside(company, beside, first), _action(look, room)
    return _beside(name, pointer, first), below or _action(look, room)


def _face(look: Look, room: int, *, fourth: bool) -> tuple[str, str, tuple[str, ...]]:
    """The role with the moment of an interview, the action with the countdown, and which of those
    two go to the fourth line, where there is one, because they have no room."""
    role, aside, when = look.role, look.aside, clip(look.when, min(_WHEN_AT_MOST, room))
    together = not aside or cell_len(role) + _GAP + cell_len(aside) <= room
    if not together and fourth and cell_len(aside) <= room:
        beside = cell_len(look.what) + _GAP + cell_len(_tight(when)) <= room
        both = when and cell_len(f"{when}{_BETWEEN}{aside}") <= room
        if not beside and both and cell_len(look.what) <= room:
            return role, look.what, (when, aside)
        return role, _action(look, room), (aside,)
    if not together and (below := _moment_below(look, room)):
        left = room - cell_len(aside) - _GAP
        if cell_len(look.what) + _GAP + cell_len(aside) <= room or left < _SOME_ROLE:
            return role, below, ()
    if not together and room - cell_len(aside) - _GAP < _LEAST_ROLE:
        aside = aside.rpartition(" ")[0] or aside  # a day that is further off than a week
    role = _beside(role, aside, room)
    if fourth and when and cell_len(look.what) + _GAP + cell_len(when) > room:
        words = in_room(look.what, room)
        return role, words, (when,)
    return role, _action(look, room), ()


def _moment_below(look: Look, room: int) -> str:
    """The action with the moment of an interview in place of the countdown; "" where that is
    late, or there is no room."""
    words = in_room(look.what, max(0, room - cell_len(look.aside) - _GAP))
    if look.level is Level.LATE or cell_len(words) + _GAP + cell_len(look.aside) > room:
        return ""
    return _beside(words, look.aside, room)


def _action(look: Look, room: int) -> str:
    """What to do at the left, the countdown at the right: that is shortened before the words."""
    when = clip(look.when, min(_WHEN_AT_MOST, room))
    if not when:
        return in_room(look.what, room)
    brief = in_room(look.what, max(0, room - cell_len(when) - _GAP))
    for words, count in ((look.what, when), (look.what, _tight(when)), (brief, when)):
        if cell_len(words) + _GAP + cell_len(count) <= room:
            return _beside(words, count, room)
    return _beside(brief, _tight(when), room)


def _tight(when: str) -> str:
    """A countdown without its gaps: "22h", "5d late", "anytime"."""
    if when == ANY_TIME:
        return when.replace(" ", "")
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
            seen += f" {clip(look.more, room)}".casefold()
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
        """ " Applied  12/30 "."""
        view = self.view
        here = len(view.cards) + (view.quiet if view.folded else 0)
        count = f"{here:,}"
        if here != view.total:
            count += f"/{view.total:,}"
        return clip(f" {self.stage.title}  {count} ", self._inner_width)

    def _head(self, inks: Inks) -> Strip:
        """ "  Applied  12 ─── ↑ 3 ─ ": a line in the stage's colour below which the cursor is."""
        view = self.view
        title = self._title
        if self._order_in_head(title):
            title += f"{view.order} "
        above = f" ↑ {self.offset_cards:,} " if self.offset_cards else ""
        style = inks.stages[self.stage]
        if view.active or view.target:
            style += Style(bold=True)
        line = inks.stages[self.stage] if view.active else inks.frame
        return self._border("╭╮", (title, style), (above, inks.muted), ("─", line), inks)

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
