"""What the side panel says about a card, line by line: a pure function."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.card import Card, Dossier, Due, Meeting, TipLine
from store.rules.dates import clock_time, distance_words, elapsed_words, short_countdown, short_day
from store.rules.stages import Stage
from store.rules.urgency import Level, due_level
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip, fit, wrap

_WHEN = 9
"""Cells of the countdown column; `short_countdown` never takes more."""
_TIMELINE = 8
_NOTES = 3
_NOTE_LINES = 3

FRAME = 2
"""Cells that the frame takes from width and height."""

Part = tuple[str, Style]


class PanelLine(NamedTuple):
    """One line, and the tip that it belongs to, if any."""

    strip: Strip
    tip: str | None = None


@lru_cache(maxsize=2048)
def _strip(parts: tuple[Part, ...], width: int, inks: Inks, frame: Style) -> Strip:
    """A line with a blank cell at each side, in its frame. The same words are drawn once."""
    room = width - 2
    segments = [Segment("│", frame), Segment(" ", inks.ground)]
    for text, style in parts:
        text = clip(text, room)
        room -= cell_len(text)
        if text:
            segments.append(Segment(text, style))
    segments += [Segment(" " * (room + 1), inks.ground), Segment("│", frame)]
    return Strip(segments, width + FRAME)


class PanelText:
    """Collects the lines of the panel, each with room for `width` cells in its frame."""

    def __init__(self, width: int, inks: Inks, frame: Style) -> None:
        self.width = width
        self.inks = inks
        self.frame = frame
        self.lines: list[PanelLine] = []

    def add(self, *parts: Part, tip: str | None = None) -> None:
        """One line of parts, with a blank cell at each side."""
        self.lines.append(PanelLine(_strip(parts, self.width, self.inks, self.frame), tip))

    def blank(self) -> None:
        """An empty line."""
        self.add()

    def heading(self, text: str, more: str = "") -> None:
        """The name of a section, after an empty line."""
        self.blank()
        self.add((text, self.inks.title_active), (f"  {more}" if more else "", self.inks.muted))

    def wrapped(self, text: str, style: Style, indent: int = 0, at_most: int = 1_000) -> None:
        """A text over as many lines as it takes."""
        for line in wrap(text, self.width - 2 - indent, at_most):
            self.add((" " * indent, self.inks.ground), (line, style))

    def dated(self, when: str, when_style: Style, what: str, style: Style) -> None:
        """A countdown, and beside it what it counts down to, over three lines at most."""
        first, *rest = wrap(what, self.width - 2 - _WHEN - 1, 3) or ("",)
        self.add((fit(when, _WHEN + 1), when_style), (first, style))
        for line in rest:
            self.add((" " * (_WHEN + 1), self.inks.ground), (line, style))


def panel_lines(
    card: Card,
    dossier: Dossier | None,
    now: datetime,
    width: int,
    inks: Inks,
    *,
    active: bool = False,
    tip: str | None = None,
    chances: Sequence[str] = (),
) -> tuple[PanelLine, ...]:
    """The lines about `card`, framed, each `width` cells wide without the frame.

    Args:
        card: the card as shown on the board.
        dossier: all that is stored about it; None while it is being read.
        now: aware, in the user's zone.
        width: at least 12.
        inks: the styles of the theme.
        active: whether the panel has the keys.
        tip: the tip under its cursor.
        chances: how applications fare from its stage, and what decides; none while not counted.
    """
    text = PanelText(width, inks, inks.frame_active if active else inks.frame)
    today = now.date()
    text.wrapped(card.role, inks.strong, at_most=2)
    text.wrapped(_standing(card, today), inks.muted)
    about = " · ".join(part for part in (card.location, card.salary, card.source) if part)
    if about:
        text.wrapped(about, inks.muted, at_most=2)
    if card.tags:
        text.wrapped(" ".join(f"#{tag}" for tag in card.tags), inks.muted, at_most=2)
    if card.interview is not None:
        _add_interview(text, card.interview, now)
    _add_next(text, card, dossier, now)
    if dossier is not None:
        _add_carried(text, dossier)
        _add_chances(text, chances)
        _add_tips(text, dossier.tips, tip)
        _add_notes(text, dossier)
        _add_timeline(text, dossier, today)
    return tuple(text.lines)


def _standing(card: Card, today: date) -> str:
    """ "second · 6 days · applied 41 days": where it is, how long, since when in all."""
    parts = [card.stage.value, elapsed_words(card.stage_since, today)]
    if card.applied_on is not None and card.stage is not Stage.APPLIED:
        parts.append(f"applied {elapsed_words(card.applied_on, today)}")
    if card.dormant(today):
        parts.append("dormant")
    return " · ".join(parts)


def _add_interview(text: PanelText, meeting: Meeting, now: datetime) -> None:
    inks = text.inks
    if meeting.starts_at is None:
        text.heading("Invited")
        asked = f"{short_day(meeting.invited_on, now.date())}, " if meeting.invited_on else ""
        text.wrapped(f"{asked}no time yet: i sets it", inks.text)
        return
    text.heading("Interview", meeting.stage.value)
    starts = meeting.starts_at.astimezone(now.tzinfo)
    span = clock_time(starts)
    if meeting.ends_at is not None:
        span += f"–{clock_time(meeting.ends_at.astimezone(now.tzinfo))}"
    day = starts.date()
    when = f"{short_day(day, now.date())} {span}, {distance_words((day - now.date()).days)}"
    text.wrapped(when, inks.levels[Level.SOON])
    if meeting.people:
        text.wrapped(f"with {meeting.people}", inks.text, at_most=2)
    if meeting.place:
        text.wrapped(meeting.place, inks.muted, at_most=2)


def _add_next(text: PanelText, card: Card, dossier: Dossier | None, now: datetime) -> None:
    """What is to be done, each with its countdown and its reason."""
    text.heading("Next")
    dues: tuple[Due, ...] = (card.follow_up,) if card.follow_up is not None else ()
    if dossier is not None:
        dues = open_dues(dossier)
    inks = text.inks
    reason = ""
    for due in dues:
        style = inks.levels[due_level(due.due_on, due.due_at, now)]
        when = short_countdown(due.due_on, due.due_at, now, due.late_until)
        text.dated(when, style, due.label, inks.text)
        if due.reason != reason:
            reason = due.reason
            text.wrapped(reason, inks.muted, indent=_WHEN + 1, at_most=2)
    if card.expected_by is not None:
        when = short_countdown(card.expected_by, None, now)
        said = f"they decide by {short_day(card.expected_by, now.date())}"
        text.dated(when, inks.muted, said, inks.muted)
    if card.deadline_on is not None:
        when = short_countdown(card.deadline_on, card.deadline_at, now)
        said = f"your answer is due {short_day(card.deadline_on, now.date())}"
        if card.deadline_at is not None:
            said += f" {clock_time(card.deadline_at.astimezone(now.tzinfo))}"
        text.dated(when, inks.levels[Level.SOON], said, inks.text)
    if not dues and card.expected_by is None and card.deadline_on is None:
        _add_nothing(text, card, now.date())


def _add_nothing(text: PanelText, card: Card, today: date) -> None:
    inks = text.inks
    closing = card.close_suggested_on
    if closing is not None and closing <= today:
        text.wrapped("Silent for so long that it may be over: x closes it.", inks.muted)
    elif card.dormant(today):
        text.wrapped("Nothing: only they can wake this one now.", inks.muted)
    else:
        text.wrapped("Nothing planned. f adds a reminder.", inks.muted)


def _add_carried(text: PanelText, dossier: Dossier) -> None:
    """What is carried over from the last talk."""
    carried = [
        (label, dossier.fields.get(name, ""))
        for label, name in (("next step", "next_step"), ("they said", "expected_text"))
    ]
    if not any(value for _, value in carried):
        return
    text.heading("From last time")
    for label, value in carried:
        if value:
            text.wrapped(f"{label}: {value}", text.inks.text, at_most=3)


def _add_chances(text: PanelText, chances: Sequence[str]) -> None:
    if not chances:
        return
    text.heading("Chances", "s: figures, sources")
    first, *rest = chances
    text.wrapped(first, text.inks.text)
    for words in rest:
        text.wrapped(words, text.inks.muted)


def _add_tips(text: PanelText, tips: Sequence[TipLine], chosen: str | None) -> None:
    """The tips of the stage with their boxes; the one under the cursor tells why."""
    if not tips:
        return
    boxes = [tip for tip in tips if tip.tickable]
    inks = text.inks
    text.heading("Tips", f"{sum(tip.ticked for tip in boxes)}/{len(boxes)}" if boxes else "")
    later = False
    for tip in tips:
        if not tip.now and not later:
            later = True
            text.add(("later", inks.muted))
        box = ("[x] " if tip.ticked else "[ ] ") if tip.tickable else "·   "
        style = inks.muted if tip.ticked else inks.text
        here = tip.id == chosen
        if here:
            style = inks.accent
        for number, line in enumerate(wrap(tip.text, text.width - 2 - len(box), 4)):
            lead = box if number == 0 else " " * len(box)
            text.add((lead, inks.accent if here else inks.muted), (line, style), tip=tip.id)
        if here and tip.why:
            for line in wrap(tip.why, text.width - 2 - len(box), 6):
                text.add((" " * len(box), inks.ground), (line, inks.muted), tip=tip.id)


def _add_notes(text: PanelText, dossier: Dossier) -> None:
    if not dossier.notes:
        return
    text.heading("Notes", str(len(dossier.notes)))
    for note in dossier.notes[:_NOTES]:
        text.wrapped(note.text, text.inks.text, at_most=_NOTE_LINES)


def _add_timeline(text: PanelText, dossier: Dossier, today: date) -> None:
    if not dossier.timeline:
        return
    text.heading("Timeline")
    for entry in sorted(dossier.timeline, key=lambda e: (e.happened_on, e.change_id))[::-1][
        :_TIMELINE
    ]:
        day = fit(short_day(entry.happened_on, today)[4:], _WHEN + 1)
        text.add((day, text.inks.muted), (entry.summary, text.inks.muted))


def open_dues(dossier: Dossier) -> tuple[Due, ...]:
    """The follow-ups of the dossier that are open, in its order."""
    return tuple(entry.due for entry in dossier.follow_ups if entry.state == "open")
