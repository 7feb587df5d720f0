"""What an application that is over leaves: the reason, the lesson, thanks, open doubts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.widgets import Checkbox, Input, Label, Static

from store.card import Dossier
from store.rules.checklist import rejection_items
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.reading import parse_day
from store.rules.refusal import Refused
from store.rules.text import clean
from tui.screens.dialog import Dialog, put
from tui.widgets.line_input import LineInput
from tui.widgets.switch_line import SwitchLine
from tui.widgets.tick_list import TickList

_LINES = (
    ("reason", "Why", "what they said, what you think"),
    ("lesson_keep", "One to keep", "one thing to do again"),
    ("lesson_change", "One to change", "one thing to do otherwise"),
)
_ANSWERED = ("RC-01", "RC-02", "RC-03", "RC-05")
"""Items of the checklist that the lines above it answer."""
_REMINDED = ("RC-07", "RC-08")
"""Those that become reminders, by the rules, where there was an interview."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The arguments of the use case, the doubts to carry over, and the form as it was left."""

    values: Mapping[str, Any]
    ticks: Mapping[str, bool]
    carried: tuple[int, ...]
    """The ids of the concerns that go along to another card."""
    texts: Mapping[str, str]


class LessonForm(Dialog[Lesson | None]):
    """Asks for the lesson of an application; ctrl+s saves from anywhere, Enter from any line.

    Args:
        dossier: of the application, closed.
        today: the day at the user's place.
        lesson: what was entered before, when the form is opened again.
        carry: whether there is another open card, to which doubts can go.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save it", priority=True),
        Binding("enter", "save", "Save", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(
        self,
        dossier: Dossier,
        today: date,
        *,
        lesson: Lesson | None = None,
        carry: bool = True,
        error: str = "",
    ) -> None:
        card = dossier.card
        keys = (("enter", "save"), ("tab", "next"), ("space", "tick"), ("esc", "skip"))
        outcome = card.outcome.title if card.outcome is not None else ""
        super().__init__(f"{card.company} — {outcome}: what stays", keys, error)
        self._today = today
        self._stored = _stored(dossier)
        self._texts = self._stored | dict(lesson.texts if lesson else {})
        self._ticked = frozenset(dossier.ticked)
        if lesson is not None:
            self._ticked = frozenset(item for item, ticked in lesson.ticks.items() if ticked)
        self._reminds = any(meeting.status == "confirmed" for meeting in dossier.interviews)
        answered = (*_ANSWERED, *(_REMINDED if self._reminds else ()))
        self._items = {item.id: item.text for item in rejection_items() if item.id not in answered}
        concerns = [p for p in dossier.points if p.kind == "concern" and p.state == "open"]
        self._concerns = {str(p.id): p.text for p in concerns} if carry else {}
        self._carried = tuple(map(str, lesson.carried)) if lesson else ()

    def fields(self) -> ComposeResult:
        for name, label, example in _LINES:
            with HorizontalGroup(classes="line"):
                yield Label(label, classes="name")
                yield LineInput(
                    self._texts[name], placeholder=example, select_on_focus=False, id=name
                )
        with HorizontalGroup(classes="line"):
            yield Label("Thanked on", classes="name")
            yield LineInput(
                self._texts["thanked_on"],
                placeholder="today; empty when you have not",
                select_on_focus=False,
                id="thanked_on",
            )
        yield Static(classes="echo", id="echo")
        yield SwitchLine(
            "asked them for feedback",
            value=bool(self._texts["feedback_asked"]),
            id="feedback_asked",
        )
        yield SwitchLine(
            "stay in touch" + (": reminders after three and six months" * self._reminds),
            value=bool(self._texts["stay_in_touch"]),
            id="stay_in_touch",
        )
        if self._concerns:
            yield Label("Open doubts: which come along to another card?", classes="over")
            yield TickList(self._concerns, self._carried, id="concerns")
        yield Label("And later", classes="over")
        yield TickList(self._items, self._ticked, id="items")

    def ready(self) -> None:
        super().ready()
        first = next((name for name, *_ in _LINES if not self._texts[name]), _LINES[0][0])
        for name, *_ in _LINES:
            field = self.query_one(f"#{name}", LineInput)
            field.cursor_position = len(field.value)
        self.query_one(f"#{first}").focus()
        self._echo()

    @property
    def texts(self) -> dict[str, str]:
        """Everything as it is typed and switched now."""
        texts = {name: self.query_one(f"#{name}", LineInput).value for name, *_ in _LINES}
        texts["thanked_on"] = self.query_one("#thanked_on", LineInput).value
        for name in ("feedback_asked", "stay_in_touch"):
            texts[name] = "yes" if self.query_one(f"#{name}", Checkbox).value else ""
        return texts

    def unsaved(self) -> bool:
        return (
            self.texts != self._stored
            or bool(self._carrying)
            or self._ticks != {item: item in self._ticked for item in self._items}
        )

    @on(Input.Changed)
    @on(Checkbox.Changed)
    @on(TickList.Changed)
    def _typed(self) -> None:
        self.touched()
        self._echo()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand everything over; a line that cannot be read gets the cursor instead."""
        thanked = self._echo()
        if thanked is None:
            self.focus_field(self.query_one("#thanked_on"))
            return
        texts = self.texts
        values: dict[str, Any] = {}
        for name, *_ in _LINES:
            try:
                values[name] = clean(texts[name], APPLICATION[name])
            except Refused as refused:
                self.say(str(refused))
                self.focus_field(self.query_one(f"#{name}"))
                return
        values["thanked_on"] = thanked[0]
        values["feedback_asked"] = bool(texts["feedback_asked"])
        values["stay_in_touch"] = bool(texts["stay_in_touch"])
        self.dismiss(Lesson(values, self._ticks, tuple(map(int, self._carrying)), texts))

    @property
    def _ticks(self) -> dict[str, bool]:
        ticked = self.query_one("#items", TickList).ticked
        return {item: item in ticked for item in self._items}

    @property
    def _carrying(self) -> tuple[str, ...]:
        return self.query_one("#concerns", TickList).ticked if self._concerns else ()

    def _echo(self) -> tuple[date | None] | None:
        """Show how the day of the thanks is read; the day in a tuple, or None if it cannot be."""
        echo = self.query_one("#echo", Static)
        text = self.query_one("#thanked_on", LineInput).value.strip()
        try:
            day = parse_day(text, self._today, past=True) if text else None
            if day is not None and day > self._today:
                raise Refused(f"{echo_day(day, self._today)}: that day has not come yet.")
        except Refused as refused:
            put(echo, str(refused))
            echo.add_class("-refused")
            return None
        put(echo, echo_day(day, self._today) if day is not None else "")
        echo.remove_class("-refused")
        return (day,)


def _stored(dossier: Dossier) -> dict[str, str]:
    """What the form shows at first."""
    thanked = dossier.thanked_rejection_on
    return {
        **{name: dossier.fields[name] for name, *_ in _LINES},
        "thanked_on": thanked.isoformat() if thanked is not None else "",
        "feedback_asked": "yes" if dossier.feedback_asked else "",
        "stay_in_touch": "yes" if dossier.stay_in_touch else "",
    }
