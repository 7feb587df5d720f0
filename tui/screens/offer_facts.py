"""Changing an offer line by line: a day, a part of it, what it depends on."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from store.model.dossier import Dossier, OfferEntry, PointEntry
from store.rules.dates import clock_time
from store.rules.points import KINDS
from tui.screens.conversation import Act, Conversation
from tui.screens.offer_lines import Line

if TYPE_CHECKING:
    from tui.screens.offer_readings import Check

Read = TypeVar("Read")

_COLUMNS = {
    "letter": "letter_on",
    "time": "extension_asked_on",
    "counter": "counter_sent_on",
    "check": "reference_check_on",
    "signed": "signed_on",
    "deadline": "deadline",
    "asked": "deadline_asked_on",
    "starts": "starts_on",
}
"""The lines that hold a day, and what the store calls it."""
_FIXED = "This cannot be taken back here: u undoes the last change."


class _Ask(NamedTuple):
    """How a line is asked for: the reader, and what to do with what was read."""

    title: str
    hint: str
    example: str
    read: Callable[[str], tuple[Any, str]]
    act: Callable[[Any], Act]


class OfferFacts(Conversation):
    """The one-line entries of the offer page."""

    application_id: int

    @property
    def dossier(self) -> Dossier | None:
        """What is known of the application."""
        raise NotImplementedError

    def change_fact(self, line: Line) -> None:
        """Ask for the day of the line, or for whatever else it holds."""
        dossier = self.dossier
        if dossier is None or dossier.offer is None:
            return
        if line.fact == "end":
            self.rounds.say("R on its page or in the closed list reopens it.")
            return
        from tui.screens.line_entry import LineEntry

        ask = self._ask_for(line.fact)
        initial = _initial(line.fact, dossier.offer, dossier)
        self._converse(
            lambda typed, error: LineEntry(
                ask.title,
                ask.hint,
                ask.read,
                initial=typed.text if typed else initial,
                placeholder=ask.example,
                error=error,
            ),
            lambda typed: ask.act(typed.value),
        )

    def toggle_fact(self, line: Line) -> None:
        """Done today, or not done after all; a line without a box asks for its day."""
        today, whose = self.rounds.now().date(), self.application_id
        if line.box is None:
            self.change_fact(line)
        elif line.box:
            self.forget_fact(line)
        elif line.fact == "thanked":
            self._write(lambda p: p.offer_thanked(whose))
        elif line.fact == "letter":
            self._write(lambda p: p.offer(whose, letter_on=today))
        elif line.fact == "asked":
            self._write(lambda p: p.offer(whose, deadline_asked_on=today))
        else:
            self._write(lambda p: p.offer(whose, signed_on=today))

    def forget_fact(self, line: Line) -> None:
        """Empty the line, as far as it can be."""
        name = _COLUMNS.get(line.fact)
        if name is None:
            self.rounds.say(_FIXED)
            return
        whose = self.application_id
        self._write(lambda p: p.unsay(whose, name), told="Emptied. u brings it back.")

    def add_point(self, kind: str) -> None:
        """Ask for a part, a condition or a proposal, and note it."""
        from tui.screens.line_entry import LineEntry
        from tui.screens.offer_readings import read_part

        today, whose = self.rounds.now().date(), self.application_id
        self._converse(
            lambda typed, error: LineEntry(
                _ADDING[kind],
                _HINTS[kind],
                lambda text: read_part(text, kind, today),
                initial=typed.text if typed else "",
                placeholder=_EXAMPLES[kind],
                error=error,
            ),
            lambda typed: (
                lambda p: p.point(
                    whose,
                    kind,
                    typed.value.text,
                    detail=typed.value.detail,
                    link=typed.value.link,
                )
            ),
        )

    def change_point(self, point: PointEntry) -> None:
        """Change a part, a condition or a proposal; one with many lines in full."""
        if "\n" in point.detail:
            self._change_in_full(point)
            return
        from tui.screens.line_entry import LineEntry
        from tui.screens.offer_readings import part_line, read_part

        today, initial = self.rounds.now().date(), part_line(point)
        self._converse(
            lambda typed, error: LineEntry(
                KINDS[point.kind].title,
                _HINTS[point.kind],
                lambda text: read_part(text, point.kind, today),
                initial=typed.text if typed else initial,
                placeholder=_EXAMPLES[point.kind],
                error=error,
                editing=True,
            ),
            lambda typed: (
                lambda p: p.edit_point(
                    point.id,
                    {
                        "text": typed.value.text,
                        "detail": typed.value.detail,
                        "link": typed.value.link,
                    },
                )
            ),
        )

    def _change_in_full(self, point: PointEntry) -> None:
        from tui.screens.point_form import PointForm

        today = self.rounds.now().date()
        self._converse(
            lambda filled, error: PointForm(
                KINDS[point.kind].title,
                point,
                today,
                (point.kind,),
                texts=filled.texts if filled else None,
                error=error,
            ),
            lambda filled: lambda p: p.edit_point(point.id, filled.changes),
        )

    def _ask_for(self, fact: str) -> _Ask:
        from tui import readings
        from tui.screens import offer_readings as offers

        today, zone = self.rounds.now().date(), self.rounds.clock.zone
        whose = self.application_id

        def day(what: str, nothing: str) -> Callable[[str], tuple[date | None, str]]:
            return lambda text: offers.read_past_day(text, today, what=what, nothing=nothing)

        def put(name: str) -> Callable[[date | None], Act]:
            return lambda on: (
                (lambda p: p.unsay(whose, name))
                if on is None
                else (lambda p: p.offer(whose, **_named(name, on)))
            )

        def deadline(text: str) -> tuple[readings.Deadline | None, str]:
            if not text.strip():
                return None, "They named no day"
            return readings.read_deadline(text, today, zone)

        def more_time(read: offers.MoreTime) -> Act:
            if read.asked_on is None and read.until is None:
                return lambda p: p.unsay(whose, "extension_asked_on")
            return lambda p: p.offer(
                whose, extension_asked_on=read.asked_on, extended_to=read.until
            )

        match fact:
            case "received":
                return _Ask(
                    "When did the offer come, and how?",
                    "A day, and “spoken” or “in writing”.",
                    "mon spoken · yesterday in writing",
                    lambda text: offers.read_received(text, today),
                    lambda read: lambda p: p.offer_received(whose, read.on, kind=read.kind),
                )
            case "thanked":
                return _Ask(
                    "When did you thank them?",
                    "Enter for today.",
                    "today",
                    lambda text: offers.read_past_day(
                        text or "today", today, what="You thanked them", nothing=""
                    ),
                    lambda on: lambda p: p.offer_thanked(whose, on=on),
                )
            case "deadline":
                return _Ask(
                    "Answer by when?",
                    "The day, and the time if they named one.",
                    "thu 17:00",
                    deadline,
                    lambda read: (
                        (lambda p: p.unsay(whose, "deadline"))
                        if read is None
                        else (lambda p: p.deadline(whose, read.day, read.at))
                    ),
                )
            case "time":
                return _Ask(
                    "More time",
                    "When you asked for it, and until when they gave it.",
                    "asked today · until 4 dec · asked mon until fri",
                    lambda text: offers.read_more_time(text, today),
                    more_time,
                )
            case "check":
                return _Ask(*check_words(today), lambda read: check_act(whose, read))
            case "starts":
                return _Ask(
                    "When is your first day?",
                    "A day to come, or one that is over; nothing while it is open.",
                    "1 feb · mon",
                    lambda text: offers.read_first_day(text, today),
                    put("starts_on"),
                )
        title, what, nothing = _DAYS[fact]
        return _Ask(
            title,
            "A day; nothing when it has not happened.",
            "today · last fri",
            day(what, nothing),
            put(_COLUMNS[fact]),
        )


def check_words(today: date) -> tuple[str, str, str, Callable[[str], tuple["Check", str]]]:
    """How a check of references is asked for: title, hint, example and reader."""
    from tui.screens.offer_readings import read_check

    return (
        "When do they call your references?",
        "A day; after “announced” the one on which they said so, today unless you name it.",
        "fri · tue announced yesterday · announced today",
        lambda text: read_check(text, today),
    )


def check_act(application_id: int, read: "Check") -> Act:
    """What a check of references that was read means for an application."""
    if read.on is None and read.announced_on is None:
        return lambda p: p.unsay(application_id, "reference_check_on")
    return lambda p: p.offer(
        application_id, reference_check_on=read.on, announced_on=read.announced_on
    )


def _named(name: str, on: date) -> dict[str, Any]:
    return {name: on}


_DAYS = {
    "letter": ("When did it come in writing?", "In writing since", "Nothing in writing yet"),
    "signed": ("When had both signed?", "Signed", "Not signed yet"),
    "asked": (
        "When did you ask by when they need your answer?",
        "You asked for the deadline",
        "Not asked for the deadline",
    ),
    "counter": (
        "When did you send your proposal?",
        "You sent your proposal",
        "No proposal of yours",
    ),
}
"""The titles and words of the lines with one day that is over."""
_ADDING = {
    "component": "A part of the offer",
    "condition": "What the offer depends on",
    "counter": "What you ask for",
}
_HINTS = {
    "component": "Its name, a colon, then how much.",
    "condition": "One condition.",
    "counter": "What you ask for; after “ -- ” the reason.",
}
_EXAMPLES = {
    "component": "pay: 112k a year · leave: 28 days",
    "condition": "two references, by the end of the month",
    "counter": "pay 120k -- what the market pays",
}


def _initial(fact: str, offer: OfferEntry, dossier: Dossier) -> str:
    """What the line holds, as it can be typed."""
    days = {
        "received": offer.offered_on,
        "thanked": offer.acknowledged_on,
        "letter": offer.letter_on,
        "signed": offer.signed_on,
        "counter": offer.counter_sent_on,
        "deadline": offer.deadline_on,
        "asked": offer.deadline_asked_on,
        "starts": offer.starts_on,
    }
    if fact == "check":
        from tui.screens.offer_readings import check_line

        return check_line(dossier.reference_check_on, dossier.references_announced_on)
    if fact == "time":
        asked = offer.extension_asked_on
        return f"asked {asked.isoformat()}" if asked is not None else ""
    day = days[fact]
    if day is None:
        return "" if fact in ("received", "deadline", "starts") else "today"
    at = ""
    if fact == "deadline" and offer.deadline_at is not None:
        at = f" {clock_time(offer.deadline_at)}"
    kind = {"verbal": " spoken", "written": " in writing"}.get(offer.kind, "")
    return f"{day.isoformat()}{at}{kind if fact == 'received' else ''}"
