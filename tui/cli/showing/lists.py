"""`rounds list` and `rounds due`: read through the standard library's sqlite3 alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from store.model.board import Card, Due
from store.model.due_list import (
    IMPORTED,
    SILENT,
    Appointment,
    Closing,
    DueClosing,
    DueEntry,
    DueInterview,
    DueItem,
    DuePart,
    DueReminder,
    Reminder,
    due_list,
)
from store.model.orders import URGENCY, rank
from store.rules.dates import clock_time, echo_day, short_day
from store.rules.followups.actions import action_of
from store.rules.followups.shorter import shorter
from store.rules.stages import Stage, all_closed_line
from store.rules.text import quoted, suggestion
from store.rules.urgency import Level
from tui.cli.call import Call
from tui.cli.output import RED, YELLOW, Output, TableCell
from tui.cli.words import Usage, Words, any_day, read_query_option, read_stage_option
from tui.wording import (
    APPLY_OR_DROP,
    QUIET,
    YOUR_REMINDER,
    follow_up_line,
    goals_line,
    interview_name,
    not_agreed,
)

if TYPE_CHECKING:
    from store.read.glance import Glance, Stamps
    from store.rules.query.query import Query

SOMETHING_DUE = 10
"""The exit code of `rounds due --check` when there is something to do."""
BEGIN = (
    "No board yet. Start with “rounds add COMPANY ROLE” or “rounds import FILE”, "
    "or try “rounds demo”."
)

COUNTED = {Level.LATE: "late", Level.TODAY: "today", Level.COMING: "ahead"}
COLOURS = {Level.LATE: RED, Level.TODAY: YELLOW}


def applications(call: Call) -> int:
    """List the open applications, or the closed ones, or all, by stage or as `--sort` says."""
    words, now = call.words, call.now
    stage, query = read_stage_option(words.stage), read_query_option(words.search, now)
    names = _read_names(words, LIST_FIELDS, LIST_COLUMNS)
    sort = _read_sort(words)
    closed = None if words.all else bool(words.closed)
    lean = not words.json and sort in _LEAN_SORTS and _LEAN_FIELDS.issuperset(names)
    cards: Sequence[Card] = ()
    others, ended = 0, ""
    with call.glance() as glance:
        if glance is not None:
            if words.saved is not None:
                query = _with_saved(call, glance)
            cards = _find(glance, query, stage, now, closed=closed, lean=lean)
            if not (cards or words.json):
                others = len(_find(glance, query, stage, now, closed=True))
                ended = _say_all_closed(glance)
        stamps = _stamps(glance, sort, names, json=words.json)
    cards, left_out = _in_order(cards, sort, Seen(now, stamps), words)
    if words.json:
        from tui.cli.json_shapes import card_shape

        call.out.json("applications", [card_shape(card, now, stamps[card.id]) for card in cards])
    elif cards:
        _print_cards(call, cards, names, Seen(now, stamps))
        _say_left_out(call, left_out)
    elif glance is None:
        call.out.say(BEGIN)
    else:
        call.out.say(_say_none(call, ended, others))
    return 0


def _with_saved(call: Call, glance: "Glance") -> "Query | None":
    """The query that is kept under the name, and what is looked for besides."""
    from store.read.searches import read_search

    kept = read_search(glance, call.words.saved)
    return read_query_option(f"{kept} {call.words.search or ''}", call.now)


def _find(
    glance: "Glance",
    query: "Query | None",
    stage: Stage | None,
    now: datetime,
    *,
    closed: bool | None,
    lean: bool = False,
) -> Sequence[Card]:
    """The open applications, the closed ones or all, as far as `--stage` and `--search` fit.

    `lean` is that of `Glance.cards`.
    """
    if query is not None:
        from tui.filtering import find_cards  # with the language of queries: 3 ms

        cards: Sequence[Card] = find_cards(glance, query, now, closed=closed)
    else:
        cards = glance.cards(closed=closed, now=now, lean=lean)
    return cards if stage is None else [card for card in cards if card.stage is stage]


class Seen:
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


def _stamps(
    glance: "Glance | None", sort: str, names: Sequence[str], *, json: bool
) -> "Mapping[int, Stamps]":
    """The stamps of all applications where they are shown or sorted by; else nothing is read."""
    if glance is None or not (json or sort == "changed" or _STAMPED.intersection(names)):
        return {}
    from store.read.glance import read_stamps

    return read_stamps(glance)


# In which order, how much, and which fields


def _compared(name: str) -> "Callable[[Card, Seen], Any]":
    return lambda card, seen: rank(name, card, seen.now, seen.stamps)


SORTS: "Mapping[str, Callable[[Card, Seen], Any]]" = {
    name: _compared(name)
    for name in (URGENCY, "applied", "company", "stage", "due", "salary", "changed")
}
"""The orders of `--sort`: the newest, the highest and the next one first, names from A to Z."""


_PLACES = {stage: stage.place for stage in Stage}


def _read_sort(words: Words) -> str:
    """The order that `--sort` names; "" for the usual one."""
    return _one_of(words.sort, SORTS, "order") if words.sort is not None else ""


def _in_order(
    cards: Sequence[Card], sort: str, seen: Seen, words: Words
) -> tuple[Sequence[Card], int]:
    """The cards in their order, as many as wanted, and how many were left out."""
    order = sorted(cards, key=lambda card: (card.outcome is not None, _PLACES[card.stage], card.id))
    if sort:
        order.sort(key=lambda card: SORTS[sort](card, seen))
    if words.reverse:
        order.reverse()
    return order[: words.limit], max(0, len(order) - (words.limit or len(order)))


def _say_left_out(call: Call, left_out: int) -> None:
    if left_out and call.words.format is None:
        call.out.say(f"{left_out:,} more; without --limit all are shown.")


def _one_of(word: str, known: Iterable[str], what: str) -> str:
    """`word` if it is one of the `known`; else Usage, with what may have been meant."""
    names, name = list(known), word.strip().lower().replace("-", "_")
    if name in names:
        return name
    like = suggestion(name, names)
    raise Usage(f"There is no {what} {quoted(word)}.{like} There are {', '.join(names)}.")


def _read_names(words: Words, known: Iterable[str], usual: Sequence[str]) -> Sequence[str]:
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


def _fields_in(form: str) -> Iterator[str]:
    """The names in braces; Usage for a brace that stands alone."""
    for found in re.finditer(_IN_BRACES, form):
        if found[0] not in _SIGNS:
            yield found[1]
    if "{" in (rest := re.sub(_IN_BRACES, "", form)) or "}" in rest:
        raise Usage("“--format” has a brace alone. Write {{ or }} for one that is to be printed.")


_SIGNS = {"{{": "{", "}}": "}"}
_SHELL_SIGNS = (("\\t", "\t"), ("\\n", "\n"))
"""How a tab and a line break are typed in a shell."""


def _formatted(form: str, values: Mapping[str, object]) -> str:
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


def _as_cell(value: object, today: date) -> TableCell | str:
    """A value for people."""
    if isinstance(value, TableCell | str):
        return value
    if isinstance(value, datetime):
        return f"{short_day(value.date(), today)} {clock_time(value)}"
    if isinstance(value, date):
        return short_day(value, today)
    return "–" if value is None else str(value)


def due(call: Call) -> int:
    """List what is late and what is due today, or would be on another day, each by rank.

    For a prompt or a script it is only counted: with `--line` in a few words, with `--check` in
    the exit code alone.
    """
    words, now = call.words, _moment(call)
    names, sort = _read_names(words, DueLine._fields, DUE_COLUMNS), _read_sort(words)
    if words.line or (words.check and not words.json):
        return _count(call, now)
    with call.glance() as glance:
        found = glance.due(now, words.days) if glance else ()
        more = _beside(glance, now, words.days) if glance else _Beside()
        nothing = more.is_none and all(each.waits(now) for each in found)
        speaks = not words.json
        ahead = _say_next(glance, now) if glance and nothing and speaks else ""
        ended = _say_all_closed(glance) if glance and nothing and speaks else ""
        parts: Sequence[DuePart] = _parts(glance, found, now, words.days, more) if glance else ()
        told = (_say_goals(call, glance, now), _say_waiting(call, glance, now))
        if glance is not None and parts:
            parts = _sorted_parts(glance, parts, sort, now, reverse=words.reverse)
    parts, left_out = _first_of(parts, words.limit)
    if words.json:
        from tui.cli.json_shapes import due_shapes

        call.out.json("due", due_shapes(parts, now))
    else:
        if parts:
            print_due(call.out, parts, now, unfolded=words.all, names=names, form=words.format)
            _say_left_out(call, left_out)
        if nothing:
            said = f"{_say_nothing_due(ahead, words.days)} {ended}".rstrip()
            call.out.say(BEGIN if glance is None else said)
        for line in filter(None, told):
            call.out.say(line)
    return SOMETHING_DUE if words.check and not nothing else 0


def _say_goals(call: Call, glance: "Glance | None", now: datetime) -> str:
    """How far this week's goals are, to somebody who reads the list of today."""
    words = call.words
    if glance is None or words.json or words.format is not None or words.on is not None:
        return ""
    from store.read.weekly.reminders import has_goals

    if not has_goals(glance):
        return ""
    from store.read.weekly.goals import read_goals_now

    told = goals_line(read_goals_now(glance, now))
    return f"{told}." if told else ""


def _say_waiting(call: Call, glance: "Glance | None", now: datetime) -> str:
    """Once a week, to somebody who reads the list of today: that some wait to be swept."""
    words = call.words
    if glance is None or words.json or words.format is not None or words.on is not None:
        return ""
    from store.read.quiet import tell_waiting, waiting_line

    number = tell_waiting(glance, now)
    return f"{waiting_line(number, '“rounds sweep” lists them')}." if number else ""


def _sorted_parts(
    glance: "Glance", parts: "Sequence[DuePart]", sort: str, now: datetime, *, reverse: bool
) -> "Sequence[DuePart]":
    """All lines in one order, under no headings; as they are unless another one is wanted."""
    entries = [entry for part in parts for entry in part.entries]
    if sort == "due":
        entries.sort(key=lambda entry: _day_of(entry))
    elif sort not in ("", "urgency"):
        cards = {card.id: card for card in glance.cards(closed=None, now=now)}
        seen = Seen(now, _stamps(glance, sort, (), json=False))
        of_none = [entry for entry in entries if isinstance(entry, DueClosing | DueReminder)]
        of_cards = [e for e in entries if not isinstance(e, DueClosing | DueReminder)]
        of_cards.sort(key=lambda entry: SORTS[sort](cards[_application_of(entry)], seen))
        entries = [*of_cards, *of_none]
    if reverse:
        entries.reverse()
    return [DuePart(parts[0].title, tuple(entries))] if sort or reverse else parts


def _application_of(entry: DueEntry | DueInterview) -> int:
    if isinstance(entry, DueInterview):
        return entry.appointment.application_id
    return entry.dues[0].application_id


def _day_of(entry: DueItem) -> date:
    if isinstance(entry, DueClosing):
        return entry.posting.closing_on
    if isinstance(entry, DueReminder):
        return entry.reminder.due_on or date.max
    return entry.appointment.day() if isinstance(entry, DueInterview) else entry.dues[0].due_on


def _first_of(parts: "Sequence[DuePart]", limit: int | None) -> "tuple[Sequence[DuePart], int]":
    """The first `limit` lines under their headings, and how many were left out."""
    total = sum(len(part.entries) for part in parts)
    if limit is None or total <= limit:
        return parts, 0
    kept, room = [], limit
    for part in parts:
        if room > 0:
            kept.append(part._replace(entries=part.entries[:room]))
        room -= len(part.entries)
    return kept, total - limit


def _count(call: Call, now: datetime) -> int:
    """Print how much is due, "2 late · 3 today · 1 ahead", if `--line` asks for that."""
    from store.read.counted import count_due, is_due

    with call.glance() as glance:
        if not call.words.line:
            return SOMETHING_DUE if glance and is_due(glance, now, call.words.days) else 0
        counts = count_due(glance, now, call.words.days) if glance else {}
    said = [f"{counts[level]} {word}" for level, word in COUNTED.items() if counts.get(level)]
    if said:
        call.out.line(" · ".join(said))
    return SOMETHING_DUE if said and call.words.check else 0


def _parts(
    glance: "Glance",
    found: Sequence[Due],
    now: datetime,
    days: int,
    more: "_Beside",
) -> "tuple[DuePart, ...]":
    """What is to be done, with the interviews ahead: at least those of today and tomorrow."""
    from store.read.glance import interviews_on

    talks = interviews_on(glance, now.date(), max(1, days))
    ahead = [talk for talk in talks if not talk.over(now)]
    return due_list(found, ahead, now, more.closings, more.reminders)


class _Beside(NamedTuple):
    """What is to be done besides follow-ups: postings that close, reminders of no application."""

    closings: Sequence[Closing] = ()
    reminders: Sequence[Reminder] = ()

    @property
    def is_none(self) -> bool:
        """Whether none of it is due; what has no day never is."""
        return not self.closings and all(one.due_on is None for one in self.reminders)


def _beside(glance: "Glance", now: datetime, days: int) -> _Beside:
    """What closes soon or is to be done besides, today or in the next `days` days."""
    from store.read.glance import closings_on
    from store.read.weekly.reminders import reminders_on

    today = now.date()
    return _Beside(closings_on(glance, today, days), reminders_on(glance, today, days))


def _moment(call: Call) -> datetime:
    """Now, or the same time of day on the day that `--on` names."""
    now = call.now
    if call.words.on is None:
        return now
    day = any_day(call.words.on, now.date())
    if day != now.date() and not (call.words.line or call.words.json):
        call.out.say(f"As if today were {echo_day(day, now.date())}.")
    there = datetime.combine(day, now.time(), now.tzinfo)
    return there.astimezone(UTC).astimezone(now.tzinfo)


class Field(NamedTuple):
    """What can be shown of an application. A plain one is an attribute of its card, by its name."""

    of: "Callable[[Card, Seen], object] | str"

    def values(self, cards: Sequence[Card], seen: Seen) -> Iterable[object]:
        """The value of each card."""
        if isinstance(self.of, str):
            return map(attrgetter(self.of), cards)
        of = self.of
        return [of(card, seen) for card in cards]


def _stamp(name: str) -> Field:
    def value(card: Card, seen: Seen) -> object:
        stamps = seen.stamps.get(card.id)
        return getattr(stamps, name) if stamps else None

    return Field(value)


LIST_FIELDS: "Mapping[str, Field]" = {
    "id": Field("id"),
    "stage": Field(lambda card, _: card.outcome.title if card.outcome else card.stage.value),
    "company": Field("company"),
    "role": Field("role"),
    "applied": Field("applied_on"),
    "next": Field(lambda card, seen: seen.next_line(card)),
    "location": Field("location"),
    "source": Field("source"),
    "salary": Field("salary"),
    "tags": Field(lambda card, _: ", ".join(card.tags)),
    "url": Field("url"),
    "outcome": Field(lambda card, _: card.outcome.value if card.outcome else None),
    "since": Field("stage_since"),
    "closed": Field("closed_on"),
    "due": Field(lambda card, _: card.follow_up.due_on if card.follow_up else None),
    "follow_up": Field(lambda card, _: card.follow_up.number if card.follow_up else None),
    "interview": Field(lambda card, _: card.interview.starts_at if card.interview else None),
    "deadline": Field("deadline_on"),
    "decision": Field("expected_by"),
    "posted": _stamp("posted_on"),
    "closing": _stamp("closing_on"),
    "added": _stamp("created_at"),
    "changed": _stamp("updated_at"),
}
"""What `--columns` and `--format` can show of an application."""
LIST_COLUMNS = ("id", "stage", "company", "role", "applied", "next")
_LEAN_FIELDS = frozenset((*LIST_COLUMNS, "outcome", "due", "follow_up", "interview"))
_LEAN_SORTS = ("", "applied", "company", "stage", "due")
"""What is shown and sorted by without all columns being read."""
_STAMPED = frozenset(("posted", "closing", "added", "changed"))
_YIELDING = (
    *("url", "tags", "source", "location", "applied", "since", "posted", "closing", "added"),
    *("changed", "closed", "salary", "role", "company"),
)
"""What is cut first where there is no room: what matters least."""


def _print_cards(call: Call, cards: Sequence[Card], names: Sequence[str], seen: Seen) -> None:
    columns = {name: LIST_FIELDS[name].values(cards, seen) for name in names}
    form, cell = call.words.format, _Cells(seen.now.date())
    if form is not None:
        for values in zip(*columns.values(), strict=True) if names else [()] * len(cards):
            call.out.formatted(_formatted(form, dict(zip(columns, values, strict=True))))
        return
    call.out.columns(
        {
            name.replace("_", " ").upper(): list(map(cell, values))
            for name, values in columns.items()
        },
        yielding=[name.upper() for name in _YIELDING],
    )


class _Cells:
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


def _say_nothing_due(ahead: str, days: int) -> str:
    span = f"in the next {days} days" if days > 1 else "today or tomorrow" if days else "today"
    if not ahead:
        return f"Nothing is due {span}, and nothing is planned."
    return f"Nothing is due {span}. Next: {ahead}."


def _say_next(glance: "Glance", now: datetime) -> str:
    """What comes first after today: "Fri 27 Nov, call Ana (f4, Globex)"; "" for nothing."""
    from store.read.weekly.reminders import read_next_reminder

    due, own = glance.next_due(now), read_next_reminder(glance, now.date())
    if own is not None and own.due_on is not None and (due is None or own.due_on < due.due_on):
        return f"{short_day(own.due_on, now.date())}, {own.text} ({own.number})"
    if due is None:
        return ""
    day = short_day(due.due_on, now.date())
    return f"{day}, {due.label} ({due.number}, {due.company})"


def _say_all_closed(glance: "Glance") -> str:
    """That all applications are closed, if they are."""
    from store.read.glance import read_all_closed

    found = read_all_closed(glance)
    return all_closed_line(found) if found is not None else ""


def _say_none(call: Call, ended: str, others: int) -> str:
    """Why the list is empty; `others` are the closed ones that would match."""
    asked = call.words.search, call.words.saved, call.words.stage
    if any(word is not None for word in asked):
        if not others or call.words.closed or call.words.all:
            return "No application matches."
        some = "1 closed one does" if others == 1 else f"{others:,} closed ones do"
        return f"No open application matches, but {some}: add --all."
    if call.words.closed:
        return "No closed applications."
    if ended:
        return f"{ended} “rounds list --closed” shows them."
    return "No applications yet. Start with “rounds add COMPANY ROLE”."


class DueLine(NamedTuple):
    """One line of `rounds due`: what `--columns` and `--format` can show of it."""

    id: str
    when: TableCell | str
    what: TableCell | str
    app: str
    company: str
    role: str
    why: str
    stage: str = ""
    due: date | None = None
    """The day of it; None for a line that stands for many."""


DUE_COLUMNS = DueLine._fields[:7]


def print_due(
    out: Output,
    parts: Sequence[DuePart],
    now: datetime,
    *,
    unfolded: bool = False,
    names: Sequence[str] = DUE_COLUMNS,
    form: str | None = None,
) -> None:
    """Print the parts of the list; `unfolded` prints each line of a fold.

    `names` are the fields to show, in columns or by the format `form`.
    """
    lines = [
        line for part in parts for one in part.entries for line in _lines_of(one, now, unfolded)
    ]
    if form is not None:
        for line in lines:
            out.formatted(_formatted(form, line._asdict()))
        return
    cell = _Cells(now.date())
    rows = [[cell(getattr(line, name)) for name in names] for line in lines]
    heads = [name.upper() for name in names]
    out.table(heads, rows, yielding=("ROLE", "WHY", "COMPANY"), whole="WHAT")
    for fold in () if unfolded else _folds(parts):
        out.say(_say_how(fold))
    every = [one for part in parts for one in part.entries]
    for one in every:
        if isinstance(one, DueClosing):
            number = one.posting.number
            out.say(f"“rounds shelf {number} --apply” makes an application of {number}.")
            return


def _lines_of(one: DueItem, now: datetime, unfolded: bool) -> Iterator[DueLine]:
    if isinstance(one, DueInterview):
        return _talk_lines(one, now)
    if isinstance(one, DueClosing):
        return iter((_closing_line(one.posting, now),))
    if isinstance(one, DueReminder):
        return iter((_reminder_line(one.reminder, now),))
    return _entry_lines(one, now, unfolded)


def _closing_line(one: Closing, now: datetime) -> DueLine:
    when = TableCell(one.words(now), COLOURS.get(one.level(now), ""))
    return DueLine(
        one.number, when, APPLY_OR_DROP, "", one.company, one.role, "", "", one.closing_on
    )


def _reminder_line(one: Reminder, now: datetime) -> DueLine:
    when = TableCell(one.countdown(now), COLOURS.get(one.level(now), ""))
    why = one.again or YOUR_REMINDER
    return DueLine(one.number, when, one.text, "", "", "", why, "", one.due_on)


def _talk_lines(talk: DueInterview, now: datetime) -> Iterator[DueLine]:
    one, interview = talk.appointment, talk.appointment.interview
    after = ", ".join(dict.fromkeys(due.label for due in talk.after))
    why = f"after it: {after}" if after else interview.place
    what = f"{interview_name(interview, people=True)}{not_agreed(interview, now)}"
    app = str(one.application_id)
    when, stage = _say_begin(one, now), interview.stage.value
    yield DueLine("", when, what, app, one.company, one.role, why, stage, one.day())


def _say_begin(one: Appointment, now: datetime) -> str:
    """ "today 15:00", "tomorrow 10:00", "Thu 26 Nov 10:00"."""
    starts, days = one.interview.starts_at, (one.day() - now.date()).days
    day = ("today", "tomorrow")[days] if days in (0, 1) else short_day(one.day(), now.date())
    return f"{day} {clock_time(starts)}" if starts is not None else day


def _entry_lines(entry: DueEntry, now: datetime, unfolded: bool) -> Iterator[DueLine]:
    if entry.fold and not unfolded:
        yield _fold_line(entry, now)
        return
    for due in entry.dues:
        yield _due_line(due, [other for other in entry.dues if other is not due], entry.fold, now)


def _due_line(due: Due, others: Sequence[Due], fold: str, now: datetime) -> DueLine:
    what = due.label
    if others and fold not in (IMPORTED, SILENT):
        what += f" (with {', '.join(other.number for other in others)})"
    app, when, stage = str(due.application_id), _when(due, now), due.stage.value
    said = TableCell(what, short="" if due.own else shorter(what))
    return DueLine(
        due.number, when, said, app, due.company, due.role, due.reason, stage, due.due_on
    )


def _fold_line(entry: DueEntry, now: datetime) -> DueLine:
    first = entry.dues[0]
    if entry.fold in (IMPORTED, SILENT):
        return DueLine(entry.fold, _when(first, now), entry.words(), "", "", "", "")
    numbers = " ".join(due.number for due in entry.dues)
    apps = " ".join(str(due.application_id) for due in entry.dues)
    roles = ", ".join(dict.fromkeys(due.role for due in entry.dues))
    when = _when(first, now)
    return DueLine(numbers, when, entry.words(), apps, first.company, roles, first.reason)


def _when(due: Due, now: datetime) -> TableCell:
    return TableCell(due.countdown(now), COLOURS.get(due.level(now), ""))


def _folds(parts: Sequence[DuePart]) -> Iterator[str]:
    found = (one.fold for part in parts for one in part.entries if isinstance(one, DueEntry))
    return iter(dict.fromkeys(fold for fold in found if fold in (IMPORTED, SILENT)))


def _say_how(fold: str) -> str:
    """How to act on all of a fold with one command."""
    if fold == SILENT:
        return "“rounds done silent” closes them, “rounds due --all” lists them."
    return "“rounds skip imported” drops them, “rounds due --all” lists them."
