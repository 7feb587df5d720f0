"""The two-minute form after an interview. Leaving it keeps what was typed; ctrl+s finishes it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from store.rules.signals import CAVEAT, Signal
from tui.screens.debrief_lines import (
    NAMES,
    SECTIONS,
    Texts,
    Unread,
    answers,
    promise_echo,
    read_decision,
)
from tui.screens.dialog import Dialog, put
from tui.screens.note_form import NoteArea
from tui.widgets.line_input import LineInput
from tui.widgets.pick_line import PickLine
from tui.widgets.tick_list import TickList

PAUSE_SECONDS = 1.0
"""How long nothing is typed before what was typed is kept."""
_SCALE = {"": "–", **{str(n): str(n) for n in range(1, 6)}}
_LOOSE = "ctrl+s again keeps this as their words, without a day."


class Debriefed(NamedTuple):
    """What the form is left with: arguments of `Pipeline.debrief` (none when something cannot be
    stored as it is typed), the texts, and whether the user is done with it."""

    values: dict[str, Any] | None
    texts: dict[str, str]
    finished: bool


class LinesArea(NoteArea):
    """As high as its lines, one line an item; up and down go on to the next field at the ends."""

    def action_cursor_down(self, select: bool = False) -> None:
        """To the line below, or from the last one to the next field."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.screen.focus_next()
            return
        super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """To the line above, or from the first one to the field before."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.screen.focus_previous()
            return
        super().action_cursor_up(select)


class DebriefForm(Dialog[Debriefed | None]):
    """Asks what was asked, what went down well, doubts, promises, signs, and their date.

    Left with None when nothing was changed; else with what was typed, finished or not.

    Args:
        title: which interview it is about, with its people.
        today: the day at the user's place.
        held_on: the day of the interview.
        texts: what is stored or known, by the names of `debrief_lines.NAMES`.
        words: their own words for days that are known, by those days in ISO form.
        signals: the signs to tick, by their keys.
        typed: what was typed, when the form is opened again; goes before `texts`.
        keep: called with all texts whenever typing pauses, and when the program ends.
        error: a sentence at the top.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Finish", id="dialog.save", tooltip="Finish", priority=True),
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
        typed: Texts | None = None,
        keep: Callable[[dict[str, str]], None] = lambda _: None,
        error: str = "",
    ) -> None:
        keys = (("ctrl+s", "finish"), ("tab", "next field"), ("esc", "leave, all is kept"))
        super().__init__(title, keys, error)
        self._today = today
        self._held_on = held_on
        self._stored = dict(texts)
        self._texts = self._stored | dict(typed or {})
        self._kept = self._texts
        self._words = words
        self._signals = signals
        self._keep = keep
        self._pause: Timer | None = None
        self._loose = ""
        """The words for their date that were refused once: the second time they may stay."""
        self._inputs: dict[str, Widget] = {}
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
                    area = LinesArea(
                        self._texts[section.name],
                        soft_wrap=True,
                        placeholder=Content(section.example),
                        compact=True,
                        id=section.name,
                    )
                    yield from self._named(section.title, section.name, area)
            with Grid(classes="column"):
                yield from self._named(
                    "Next step", "next_step", self._line("next_step", "what they said comes next")
                )
                example = "next week, 3 dec, end of month"
                yield from self._named(
                    "They decide by", "decide_by", self._line("decide_by", example)
                )
                for name, title in (("mood", "Gut feeling"), ("wish", "Wish to go on")):
                    scale = PickLine(_SCALE, self._texts[name], id=name)
                    yield from self._named(title, name, scale)
                remarks = LinesArea(
                    self._texts["remarks"],
                    soft_wrap=True,
                    placeholder=Content("anything else: the team, pay, plans"),
                    compact=True,
                    id="remarks",
                )
                yield from self._named("Remarks", "remarks", remarks)
        with HorizontalGroup(id="signs"):
            for title, ticks in (("Good signs", self._good), ("Bad signs", self._bad)):
                with VerticalGroup(classes="signs -first" if ticks is self._good else "signs"):
                    yield Label(title, classes="name", id=f"{ticks.id}-count")
                    yield ticks
        yield Label(CAVEAT, id="caveat")

    def _line(self, name: str, example: str) -> LineInput:
        return LineInput(self._texts[name], placeholder=example, select_on_focus=False, id=name)

    def _named(self, title: str, name: str, field: Widget) -> ComposeResult:
        self._inputs[name] = field
        yield Label(title, classes="name")
        with VerticalGroup():
            yield field
            yield Static(classes="echo", id=f"{name}-echo")

    def ready(self) -> None:
        super().ready()
        for name in self._inputs:
            self._under(name, "")
        for name in ("next_step", "decide_by"):
            line = self.query_one(f"#{name}", LineInput)
            line.cursor_position = len(line.value)
        for section in SECTIONS:
            area = self.query_one(f"#{section.name}", TextArea)
            area.move_cursor(area.document.end)
        self._read_back()
        self._count()
        self.query_one(f"#{SECTIONS[0].name}").focus()

    @property
    def texts(self) -> dict[str, str]:
        """Everything as it is typed now."""
        texts = {}
        for name, field in self._inputs.items():
            match field:
                case TextArea():
                    texts[name] = field.text
                case LineInput() | PickLine():
                    texts[name] = field.value
        texts["signals"] = " ".join((*self._good.ticked, *self._bad.ticked))
        return {name: texts[name] for name in NAMES}

    @on(TextArea.Changed)
    def _area_changed(self, event: TextArea.Changed) -> None:
        self._touched()
        self._under(event.text_area.id or "", "")
        self._read_back()
        self.call_after_refresh(event.text_area.scroll_visible, animate=False)

    @on(Input.Changed)
    def _line_changed(self, event: Input.Changed) -> None:
        self._touched()
        self._under(event.input.id or "", "")
        self._read_back()

    @on(PickLine.Changed)
    def _picked(self) -> None:
        self._touched()

    @on(TickList.Changed)
    def _ticked(self) -> None:
        self._touched()
        self._count()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.focus_next()

    def _touched(self) -> None:
        """Something was typed: keep it as soon as there is a pause."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._keep_now)

    def _keep_now(self) -> None:
        texts = self.texts
        if not self.is_left and texts != self._kept:
            self._kept = texts
            self._keep(texts)

    def on_unmount(self) -> None:
        """The program ends, perhaps by a signal: what is typed at this moment is kept."""
        if self._inputs:
            self._keep_now()

    def action_save(self) -> None:
        """It is done; what cannot be taken gets the cursor instead."""
        texts = self.texts
        loose = bool(self._loose) and self._loose == texts["decide_by"]
        try:
            values = answers(texts, self._today, self._held_on, self._words, loose=loose)
        except Unread as unread:
            sentence = str(unread)
            if unread.field == "decide_by":
                self._loose = texts["decide_by"]
                sentence = f"{sentence} {_LOOSE}"
            self._under(unread.field, sentence, refused=True)
            self.focus_field(self._inputs[unread.field])
            return
        self.dismiss(Debriefed(values, texts, finished=True))

    def action_leave(self) -> None:
        """Leave, and keep what was typed."""
        texts = self.texts
        if texts == self._stored:
            self.dismiss(None)
            return
        try:
            values = answers(texts, self._today, self._held_on, self._words, loose=True)
        except Unread:
            values = None
        self.dismiss(Debriefed(values, texts, finished=False))

    def _read_back(self) -> None:
        """Say back by when they decide, and when the user's promises are due."""
        self._under("mine", promise_echo(self.query_one("#mine", TextArea).text, self._today))
        text = self.query_one("#decide_by", LineInput).value
        try:
            decision = read_decision(text, self._today, self._held_on, self._words)
        except Unread as unread:
            self._under("decide_by", str(unread), refused=True)
        else:
            self._under("decide_by", decision.echo)

    def _count(self) -> None:
        for ticks, title in ((self._good, "Good signs"), (self._bad, "Bad signs")):
            count = len(ticks.ticked)
            put(self.query_one(f"#{ticks.id}-count", Label), f"{title}  {count or ''}")

    def _under(self, name: str, words: str, *, refused: bool = False) -> None:
        echo = self.query_one(f"#{name}-echo", Static)
        put(echo, words)
        echo.display = bool(words)
        echo.set_class(refused, "-refused")
