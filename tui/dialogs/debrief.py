"""The two-minute form after an interview. Leaving it keeps what was typed; ctrl+s finishes it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, HorizontalGroup, VerticalGroup
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Label

from store.advice.debriefs import (
    SECTIONS,
    Texts,
    Unread,
    answers,
    promise_echo,
    read_decision,
)
from store.rules.fields import DEBRIEF, LABELS, MARKS
from store.rules.lists import CAVEAT, Signal
from store.rules.typed.fields import Meaning
from tui.dialogs.dialog import put
from tui.dialogs.form import ARROWS, Form
from tui.widgets.choice_fields import PickLine, TickList
from tui.widgets.line_fields import NoteArea, step_focus

PAUSE_SECONDS = 1.0
"""Seconds without a key after which the typed text is kept."""
_SCALE = {"": "–", **{str(n): str(n) for n in range(1, 6)}}
_TICKS = {"good": "Good signals", "bad": "Warning signals"}
_LINES = (
    ("next_step", DEBRIEF["next_step"].label, "what they said the next step is"),
    ("decide_by", LABELS["expected_by"], "e.g. next week, 3 dec, end of month"),
)
_LOOSE = "Press Ctrl+S again to keep this as their words, without a date."


class Debriefed(NamedTuple):
    """The arguments of `Pipeline.debrief`, the texts as typed, and whether the user finished.

    There are no arguments when a text cannot be stored as typed.
    """

    values: dict[str, Any] | None
    texts: dict[str, str]
    finished: bool


class LinesArea(NoteArea):
    """A text with one item a line, as high as it is long. The arrows lead out of it at its ends."""

    def action_cursor_down(self, select: bool = False) -> None:
        """Go to the line below, from the last one to the next field."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            step_focus(self.screen, 1)
            return
        super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go to the line above, from the first one to the previous field."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            step_focus(self.screen, -1)
            return
        super().action_cursor_up(select)


class DebriefForm(Form[Debriefed | None]):
    """Asks for questions, what went well, concerns, promises, signals and the decision date.

    Answers None when nothing was changed, else what was typed, finished or not.

    Args:
        title: which interview it is about, with its people.
        short_title: the same without them, for a small screen.
        held_on: the day of the interview.
        texts: what is stored or known, by the names of `store.advice.debriefs.NAMES`.
        words: their own words for days that are known, by those days in ISO form.
        signals: the signs to tick, by their keys.
        typed: what was typed, when the form is opened again; goes before `texts`.
        keep: called with all texts whenever typing pauses, and when the program ends.
        error: a sentence at the top.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Finish", id="dialog.save", tooltip="Finish", priority=True),
        *ARROWS,
    ]

    def __init__(
        self,
        title: str,
        today: date,
        held_on: date,
        texts: Texts,
        words: Mapping[str, str],
        signals: Mapping[str, Signal],
        *,
        short_title: str = "",
        typed: Texts | None = None,
        keep: Callable[[dict[str, str]], None] = lambda _: None,
        error: str = "",
    ) -> None:
        super().__init__(
            title,
            (("ctrl+s", "finish"), ("tab", "next field"), ("esc", "leave; all is kept")),
            stored=texts,
            texts=typed,
            error=error,
        )
        self.short_title = short_title
        self._today = today
        self._held_on = held_on
        self._kept = self._texts
        self._words = words
        self._signals = signals
        self._keep = keep
        self._pause: Timer | None = None
        self._loose = ""
        """The words for the decision date that were refused once; again, they are taken."""
        self._good: TickList
        self._bad: TickList

    def fields(self) -> ComposeResult:
        ticked = self._texts["signals"].split()
        self._good, self._bad = (
            TickList(
                {s.key: s.text for s in self._signals.values() if s.good is good},
                ticked,
                id="good" if good else "bad",
            )
            for good in (True, False)
        )
        with HorizontalGroup(id="columns"):
            with Grid(classes="column -first"):
                for section in SECTIONS:
                    area = self._area(section.name, section.example)
                    yield from self.with_label(section.title, section.name, area)
            with Grid(classes="column"):
                for name, title, example in _LINES:
                    yield from self.with_label(title, name, self.line(name, example))
                for name, title in MARKS.items():
                    scale = self.add(name, PickLine(_SCALE, self._texts[name], id=name))
                    yield from self.with_label(title, name, scale)
                remarks = self._area("remarks", "anything else: the team, pay, plans")
                yield from self.with_label(DEBRIEF["remarks"].label, "remarks", remarks)
        with HorizontalGroup(id="signs"):
            for ticks in (self._good, self._bad):
                with VerticalGroup(classes="signs -first" if ticks is self._good else "signs"):
                    yield Label(_TICKS[ticks.id or ""], classes="name", id=f"{ticks.id}-count")
                    yield ticks
        yield Label(CAVEAT, id="caveat")

    def _area(self, name: str, example: str) -> Widget:
        return self.area(name, example, kind=LinesArea, compact=True)

    def ready(self) -> None:
        super().ready()
        self.begin(self._echoes)
        for section in SECTIONS:
            self.query_one(f"#{section.name}", LinesArea).go_to_end()
        self._count()
        self.query_one(f"#{SECTIONS[0].name}").focus()

    def text(self, name: str) -> str:
        if name == "signals":
            return " ".join((*self._good.ticked, *self._bad.ticked))
        return super().text(name)

    def follow(self, name: str) -> None:
        super().follow(name)
        if isinstance(self._fields[name], LinesArea):
            self.call_after_refresh(self._fields[name].scroll_visible, animate=False)

    def enter(self) -> None:
        self.action_field(1)

    def note_typing(self) -> None:
        """Keep what was typed at the next pause."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._keep_now)

    def _keep_now(self) -> None:
        texts = self.texts
        if not self.is_left and texts != self._kept:
            self._kept = texts
            self._keep(texts)

    def on_unmount(self) -> None:
        """Keep what is typed at this moment: the program may be ending by a signal."""
        if self._fields:
            self._keep_now()

    def action_save(self) -> None:
        """Finish; a field that cannot be read gets the cursor instead."""
        texts = self.texts
        loose = bool(self._loose) and self._loose == texts["decide_by"]
        try:
            values = answers(texts, self._today, self._held_on, self._words, loose=loose)
        except Unread as unread:
            sentence = str(unread)
            if unread.field == "decide_by":
                self._loose = texts["decide_by"]
                sentence = f"{sentence} {_LOOSE}"
            self.turn_back(unread.field, sentence)
            return
        self.dismiss(Debriefed(values, texts, finished=True))

    def action_leave(self) -> None:
        """Leave and keep what was typed."""
        texts = self.texts
        if texts == self._stored:
            self.dismiss(None)
            return
        try:
            values = answers(texts, self._today, self._held_on, self._words, loose=True)
        except Unread:
            values = None
        self.dismiss(Debriefed(values, texts, finished=False))

    def read(self, name: str, text: str) -> Meaning:
        """Read the decision date and the days of promises; the rest is read when it is finished."""
        match name:
            case "mine":
                return Meaning(text, promise_echo(text, self._today))
            case "decide_by":
                decision = read_decision(text, self._today, self._held_on, self._words)
                return Meaning(decision, decision.echo)
            case _:
                return Meaning(text)

    @on(TickList.Changed)
    def _count(self) -> None:
        for ticks in (self._good, self._bad):
            label = self.query_one(f"#{ticks.id}-count", Label)
            put(label, f"{_TICKS[ticks.id or '']}  {len(ticks.ticked) or ''}")
