"""What `rounds list` and `rounds due` understand alike: in which order, how many lines, which
columns, and the format that a script asks for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from store.model.board import Card
from store.model.orders import URGENCY, rank
from store.rules.dates import clock_time, short_day
from store.rules.followups.actions import action_of
from store.rules.text import quoted, suggestion
from store.rules.urgency import Level
from tui.cli.call import Call
from tui.cli.output import RED, YELLOW, TableCell
from tui.cli.words import Usage, Words
from tui.wording import QUIET, follow_up_line

if TYPE_CHECKING:
    from store.read.glance import Glance, Stamps

COLOURS = {Level.LATE: RED, Level.TODAY: YELLOW}


class CardContext:
    """What a card is seen with: the moment, and where asked for what only its row tells."""

    def __init__(
        self, now: datetime, stamps: "Mapping[int, Stamps]" = MappingProxyType({})
    ) -> None:
        self.now = now
        self.today = now.date()
        self.stamps = stamps
        self._lines: dict[object, TableCell] = {}

    def next_line(self, card: Card) -> TableCell | str:
        """What comes next; each line is worded once, since thousands of cards share theirs."""
        due, today = card.follow_up, self.today
        if due is None:
            return QUIET if card.is_quiet(today) else card.waits_for(today)
        when = due.due_on, due.due_at, due.late_until, due.late_from, due.snoozed
        of = due.rule, due.action, due.label, due.nth, due.of, due.fold, when
        known = self._lines.get(of)
        if known is None:
            line, colour = follow_up_line(due, self.now), COLOURS.get(due.level(self.now), "")
            words = "" if due.own else action_of(due.action, due.rule).words
            short = f"{due.short_countdown(self.now)} · {words}" if words else ""
            known = self._lines[of] = TableCell(line, colour, short)
        short = f"{due.number}  {known.short}" if known.short else ""
        return TableCell(f"{due.number}  {known.text}", known.colour, short)


_STAMPED = frozenset(("posted", "closing", "added", "changed"))
"""Fields that a row tells, not a card."""


def stamps_for(
    glance: "Glance | None", sort: str, names: Sequence[str], *, json: bool
) -> "Mapping[int, Stamps]":
    """The stamps of all applications where they are shown or sorted by; else nothing is read."""
    if glance is None or not (json or sort == "changed" or _STAMPED.intersection(names)):
        return {}
    from store.read.glance import read_stamps

    return read_stamps(glance)


def _comparison(name: str) -> "Callable[[Card, CardContext], Any]":
    return lambda card, seen: rank(name, card, seen.now, seen.stamps)


SORTS: "Mapping[str, Callable[[Card, CardContext], Any]]" = {
    name: _comparison(name)
    for name in (URGENCY, "applied", "company", "stage", "due", "salary", "changed")
}
"""The orders of `--sort`: the newest, the highest and the next one first, names from A to Z."""


def read_sort(words: Words) -> str:
    """The order that `--sort` names; "" for the usual one."""
    return _one_of(words.sort, SORTS, "order") if words.sort is not None else ""


def _one_of(word: str, known: Iterable[str], what: str) -> str:
    """`word` if it is one of the `known`; else Usage, with what may have been meant."""
    names, name = list(known), word.strip().lower().replace("-", "_")
    if name in names:
        return name
    like = suggestion(name, names)
    raise Usage(f"There is no {what} {quoted(word)}.{like} There are {', '.join(names)}.")


def read_names(words: Words, known: Iterable[str], usual: Sequence[str]) -> Sequence[str]:
    """The fields that `--columns` names, or those in the `--format`; else the usual ones."""
    if words.format is not None:
        return [_one_of(name, known, "field") for name in _fields_in(words.format)]
    if words.columns is None:
        return usual
    names = [name for name in words.columns.split(",") if name.strip()]
    if not names:
        raise Usage(f"“--columns” names no column. There are {', '.join(known)}.")
    return [_one_of(name, known, "column") for name in names]


_IN_BRACES = r"\{\{|\}\}|\{([^{}]*)\}"
_SIGNS = {"{{": "{", "}}": "}"}
_SHELL_SIGNS = (("\\t", "\t"), ("\\n", "\n"))
"""How a tab and a line break are typed in a shell."""


def _fields_in(form: str) -> Iterator[str]:
    """The names in braces; Usage for a brace that stands alone."""
    for found in re.finditer(_IN_BRACES, form):
        if found[0] not in _SIGNS:
            yield found[1]
    if "{" in (rest := re.sub(_IN_BRACES, "", form)) or "}" in rest:
        raise Usage("“--format” has a brace alone. Write {{ or }} for one that is to be printed.")


def put_in(form: str, values: Mapping[str, object]) -> str:
    """`form` with the value of each field in its place; days as YYYY-MM-DD."""
    for typed, sign in _SHELL_SIGNS:
        form = form.replace(typed, sign)

    def put(found: "re.Match[str]") -> str:
        known = _SIGNS.get(found[0])
        if known is not None:
            return known
        return _plain(values[found[1].strip().lower().replace("-", "_")])

    return re.sub(_IN_BRACES, put, form)


def _plain(value: object) -> str:
    """A value for scripts: what is not there is empty."""
    if isinstance(value, TableCell):
        return value.text
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


class CellWords:
    """Makes the cell of a value; that of a day once, since thousands of cards share their days."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._days: dict[date, str] = {}

    def __call__(self, value: object) -> TableCell | str:
        kind = type(value)
        if isinstance(value, str):
            return value
        if kind is int:
            return str(value)
        if isinstance(value, date) and kind is date:
            known = self._days.get(value)
            if known is None:
                known = self._days[value] = short_day(value, self._today)
            return known
        return _as_cell(value, self._today)


def _as_cell(value: object, today: date) -> TableCell | str:
    """A value for people."""
    if isinstance(value, TableCell | str):
        return value
    if isinstance(value, datetime):
        return f"{short_day(value.date(), today)} {clock_time(value)}"
    if isinstance(value, date):
        return short_day(value, today)
    return "–" if value is None else str(value)


def say_left_out(call: Call, left_out: int) -> None:
    if left_out and call.words.format is None:
        call.out.say(f"{left_out:,} more; without --limit all are shown.")
