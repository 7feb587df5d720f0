"""Small questions around messages: which kind, to whom, and for all applications or one."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from store.model.dossier import ContactEntry
from store.read.drafts import Offered, Wanted
from store.rules.people import RELATIONS
from tui.screens.dialog import Dialog
from tui.widgets.cells import clip
from tui.widgets.choice_list import Choice, ChoiceList

_REMARK_CELLS = 22
_NAME_CELLS = 30
_ADDRESS_CELLS = 36


class KindPicker(Dialog[Wanted | None]):
    """Asks which message to write.

    Args:
        title: whose messages they are.
        offered: those that can be written.
        chosen: the place of the one to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Take this choice"),
    ]

    def __init__(self, title: str, offered: Sequence[Offered], chosen: int = 0) -> None:
        keys = (("↑ ↓", "choose"), ("enter", "write"), ("esc", "cancel"))
        super().__init__(title, keys)
        self._offered = tuple(offered)
        self._chosen = chosen

    def fields(self) -> ComposeResult:
        choices = (Choice(one.title, clip(one.remark, _REMARK_CELLS)) for one in self._offered)
        yield ChoiceList(tuple(choices), self._chosen, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    def action_take(self) -> None:
        """Hand the choice over."""
        self.dismiss(self._offered[self.query_one("#choices", ChoiceList).chosen].wanted)


class RecipientChoice(NamedTuple):
    """Whom to write to, and whether that is for good: the main contact from now on."""

    contact_id: int
    for_good: bool = False


class RecipientPicker(Dialog[RecipientChoice | None]):
    """Asks which of the people of an application a message is to.

    Args:
        company: whose people they are.
        people: all of them.
        chosen: the place of the one to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take(False)", "OK", id="recipient.take", tooltip="This message only"),
        Binding("m", "take(True)", "Main", id="recipient.main", tooltip="From now on"),
    ]

    def __init__(self, company: str, people: Sequence[ContactEntry], chosen: int = 0) -> None:
        keys = (("enter", "this message"), ("m", "from now on"), ("esc", "cancel"))
        super().__init__(f"To whom at {company}?", keys)
        self._people = tuple(people)
        self._chosen = chosen

    def fields(self) -> ComposeResult:
        choices = (
            Choice(
                clip(one.called, _NAME_CELLS),
                clip(one.email or f"{RELATIONS.get(one.relation, '')}, no address", _ADDRESS_CELLS),
            )
            for one in self._people
        )
        yield ChoiceList(tuple(choices), self._chosen, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    def action_take(self, for_good: bool) -> None:
        """Hand the choice over."""
        person = self._people[self.query_one("#choices", ChoiceList).chosen]
        self.dismiss(RecipientChoice(person.id, for_good))


class TogetherPicker(Dialog[bool | None]):
    """Asks whether something is meant for all the follow-ups of one message; True for all.

    Args:
        verb: what is done: “Done”.
        company: the employer.
        label: the follow-up that was chosen.
        count: how many there are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "OK", id="picker.take", tooltip="Take this choice"),
    ]

    def __init__(self, verb: str, company: str, label: str, count: int) -> None:
        keys = (("1–2", "choose"), ("enter", verb.lower()), ("esc", "cancel"))
        super().__init__(f"{verb}: {company}", keys)
        self._label = label
        self._choices = (
            Choice("Both" if count == 2 else f"All {count}", "one message, one step of undo"),
            Choice("Only this one", "the other one stays" if count == 2 else "the others stay"),
        )

    def fields(self) -> ComposeResult:
        yield Static(Content(self._label), id="question")
        yield ChoiceList(self._choices, id="choices")

    def ready(self) -> None:
        super().ready()
        self.query_one("#choices").focus()

    def action_take(self) -> None:
        """Hand the choice over."""
        self.dismiss(self.query_one("#choices", ChoiceList).chosen == 0)
