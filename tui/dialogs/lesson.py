"""The form of a closed application: the reason, the lesson, thanks, open concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Label

from store.model.dossier import Dossier
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION, LESSON
from store.rules.lists import items_to_tick
from store.rules.text import Refused, clean
from store.rules.typed.days import parse_day
from store.rules.typed.fields import Meaning
from tui.dialogs.dialog import beside
from tui.dialogs.form import BY_LINE, Form
from tui.widgets.choice_fields import TickList

_LINES = {
    "reason": "what they said, what you think",
    "lesson_keep": "one thing to keep doing",
    "lesson_change": "one thing to do differently",
}
"""An example for each line."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The arguments of the use case, the concerns to carry over, and the texts as typed."""

    values: Mapping[str, Any]
    ticks: Mapping[str, bool]
    carried: tuple[int, ...]
    """The ids of the concerns to carry over to another card."""
    texts: Mapping[str, str]


class LessonForm(Form[Lesson | None]):
    """Asks for the lesson of an application; ctrl+s saves from anywhere, Enter from any line.

    Args:
        dossier: of the application, closed.
        lesson: what was entered before, when the form is opened again.
        carry: whether there is another open card to carry concerns over to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*BY_LINE]

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
        keys = (("enter", "save"), ("tab", "next"), ("space", "tick"), ("esc", "leave"))
        outcome = card.outcome.title if card.outcome is not None else ""
        super().__init__(
            f"{card.company}, {outcome}: what did you learn? (optional)",
            keys,
            stored=_first_texts(dossier),
            texts=lesson.texts if lesson else None,
            error=error,
        )
        self._today = today
        self._ticked = frozenset(dossier.ticked)
        if lesson is not None:
            self._ticked = frozenset(item for item, ticked in lesson.ticks.items() if ticked)
        self._reminds = any(interview.status == "confirmed" for interview in dossier.interviews)
        self._items = {item.id: item.text for item in items_to_tick(reminded=self._reminds)}
        concerns = [p for p in dossier.points if p.kind == "concern" and p.state == "open"]
        self._concerns = {str(p.id): p.text for p in concerns} if carry else {}
        self._carried = tuple(map(str, lesson.carried)) if lesson else ()

    def fields(self) -> ComposeResult:
        for name, example in _LINES.items():
            yield from beside(LESSON[name], self.line(name, example))
        thanked_on = self.line("thanked_on", "today; empty if you have not")
        yield from beside("Thanked on", thanked_on)
        yield self.echo("thanked_on", id="echo", steady=True)
        yield self.switch("feedback_asked", "asked them for feedback")
        reminders = ": reminders after three and six months" * self._reminds
        yield self.switch("stay_in_touch", f"stay in touch{reminders}")
        if self._concerns:
            yield Label("Carry open concerns over to another card", classes="over")
            yield TickList(self._concerns, self._carried, id="concerns")
        yield Label("Reminders", classes="over")
        yield TickList(self._items, self._ticked, id="items")

    def ready(self) -> None:
        super().ready()
        self.begin(_LINES)
        first = next((name for name in _LINES if not self._texts[name]), "reason")
        self.query_one(f"#{first}").focus()
        self.show_meaning("thanked_on")

    def is_unsaved(self) -> bool:
        return (
            super().is_unsaved()
            or bool(self._chosen_concerns)
            or self._ticks != {item: item in self._ticked for item in self._items}
        )

    def action_save(self) -> None:
        """Answer with everything; a field that cannot be read gets the cursor instead."""
        values = self.read_all(("thanked_on", *self._stored))
        if values is not None:
            carried = tuple(map(int, self._chosen_concerns))
            self.dismiss(Lesson(values, self._ticks, carried, self.texts))

    def read(self, name: str, text: str) -> Meaning:
        if name == "thanked_on":
            return self._read_day(text.strip())
        if name in APPLICATION:
            return Meaning(clean(text, APPLICATION[name]))
        return Meaning(bool(text))

    def _read_day(self, text: str) -> Meaning:
        """Read the day of the thanks; an empty line means none."""
        if not text:
            return Meaning(None)
        day = parse_day(text, self._today, past=True)
        echo = echo_day(day, self._today)
        if day > self._today:
            raise Refused(f"{echo}: that date is in the future.")
        return Meaning(day, echo)

    @property
    def _ticks(self) -> dict[str, bool]:
        ticked = self.query_one("#items", TickList).ticked
        return {item: item in ticked for item in self._items}

    @property
    def _chosen_concerns(self) -> tuple[str, ...]:
        return self.query_one("#concerns", TickList).ticked if self._concerns else ()


def _first_texts(dossier: Dossier) -> dict[str, str]:
    thanked = dossier.thanked_rejection_on
    return {
        **{name: dossier.fields[name] for name in _LINES},
        "thanked_on": thanked.isoformat() if thanked is not None else "",
        "feedback_asked": "yes" if dossier.feedback_asked else "",
        "stay_in_touch": "yes" if dossier.stay_in_touch else "",
    }
