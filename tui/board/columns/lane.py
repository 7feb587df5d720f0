"""A column of the board and its cards: no widget per card, no layout when anything moves.

A lane is a plain widget with a scroll offset of its own, counted in cards. It never has the focus:
the board screen tells it what to show, and it repaints the cards that differ from before. What a
card looks like is a matter of `face`.
"""

from dataclasses import dataclass
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model.dossier import Card
from store.rules.stages import INTERVIEW_STAGES, Stage, brief_stage_name, stage_name
from store.rules.text import capital
from tui.board.columns.face import (
    BETWEEN,
    CardForm,
    Look,
    Pose,
    between_sides,
    blank_between,
    draw,
    in_items,
    look_of,
)
from tui.board.columns.fourth_line import more_of
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, Part, Wheeled, strip_of
from tui.widgets.cells import cell_len, clip, fit, wrap

_BESIDE = 2
"""Cells of a card that its words do not have: its edge, and a blank at its right."""
_FRAME = 2
"""Cells that the gaps, or the frame, take from width and height."""
_HINT_LINES = 4
_OTHERS_IN_HEAD = 2
"""Cells of the head beside its title."""
_EXAMPLE_FROM = 16
"""Lines of a lane from which it has room for an example beside the words in its middle."""


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
        blank = blank_between(width - _FRAME, inks.ground, side)
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
            before = cell_len(look.aside) + len(BETWEEN) if look.aside else 0
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
