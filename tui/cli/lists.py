"""`rounds list` and `rounds due`: read through the standard library's sqlite3 alone."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.model.board import Card, Due
from store.model.due_list import (
    IMPORTED,
    SILENT,
    Appointment,
    DueEntry,
    DueInterview,
    DuePart,
    due_list,
)
from store.rules.dates import clock_time, echo_day, short_day
from store.rules.stages import all_closed_line
from store.rules.urgency import Level
from tui.cli.call import Call
from tui.cli.output import RED, YELLOW, Output, TableCell
from tui.cli.words import any_day, read_stage_option
from tui.filtering import Filter
from tui.wording import QUIET, follow_up_line, interview_name

if TYPE_CHECKING:
    from store.read.glance import Glance

SOMETHING_DUE = 10
"""The exit code of `rounds due --check` when there is something to do."""
BEGIN = (
    "No board yet. Start with “rounds add COMPANY ROLE” or “rounds import FILE”, "
    "or try “rounds demo”."
)

COUNTED = {Level.LATE: "late", Level.TODAY: "today", Level.COMING: "ahead"}
COLOURS = {Level.LATE: RED, Level.TODAY: YELLOW}


def applications(call: Call) -> int:
    """List the open applications, or the closed ones, or all, by stage."""
    words, now = call.words, call.now
    read_stage_option(words.stage)
    closed = None if words.all else bool(words.closed)
    with call.glance() as glance:
        cards = _find_cards(call, glance, closed, now) if glance else ()
        others = (
            _find_cards(call, glance, True, now) if glance and not (cards or words.json) else ()
        )
        ended = _say_all_closed(glance) if glance and not (cards or words.json) else ""
    cards = tuple(sorted(cards, key=lambda c: (c.outcome is not None, c.stage.place, c.id)))
    if words.json:
        from tui.cli.json_shapes import card_shape

        call.out.json([card_shape(card, now) for card in cards])
    elif cards:
        _print_cards(call, cards, now)
    elif glance is None:
        call.out.say(BEGIN)
    else:
        call.out.say(_say_none(call, ended, len(others)))
    return 0


def _find_cards(call: Call, glance: "Glance", closed: bool | None, now: datetime) -> Sequence[Card]:
    """The open applications, the closed ones or all, as far as `--stage` and `--search` fit."""
    stage = read_stage_option(call.words.stage)
    cards: Sequence[Card] = glance.cards(closed=closed, now=now)
    if call.words.search is not None:
        from store.read.glance import read_search_texts

        cards = Filter(read_search_texts(glance)).matching(cards, call.words.search)
    return cards if stage is None else [card for card in cards if card.stage is stage]


def due(call: Call) -> int:
    """List what is late and what is due today, or would be on another day, by rank.

    For a prompt or a script it is only counted: with `--line` in a few words, with `--check` in
    the exit code alone.
    """
    words, now = call.words, _moment(call)
    if words.line or (words.check and not words.json):
        return _count(call, now)
    with call.glance() as glance:
        found = glance.due(now, words.days) if glance else ()
        nothing = all(each.waits(now) for each in found)
        speaks = not words.json
        ahead = glance.next_due(now) if glance and nothing and speaks else None
        ended = _say_all_closed(glance) if glance and nothing and speaks else ""
        parts = _parts(glance, found, now, words.days) if glance else ()
    if words.json:
        from tui.cli.json_shapes import due_shapes

        call.out.json(due_shapes(parts, now))
    else:
        if parts:
            print_due(call.out, parts, now, unfolded=words.all)
        if nothing:
            said = f"{_say_nothing_due(ahead, now, words.days)} {ended}".rstrip()
            call.out.say(BEGIN if glance is None else said)
    return SOMETHING_DUE if words.check and not nothing else 0


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
    glance: "Glance", found: Sequence[Due], now: datetime, days: int
) -> "tuple[DuePart, ...]":
    """What is to be done, with the interviews ahead: at least those of today and tomorrow."""
    from store.read.glance import interviews_on

    talks = interviews_on(glance, now.date(), max(1, days))
    return due_list(found, [talk for talk in talks if not talk.over(now)], now)


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


def _print_cards(call: Call, cards: Sequence[Card], now: datetime) -> None:
    today = now.date()
    rows: list[tuple[TableCell | str, ...]] = []
    for card in cards:
        applied = short_day(card.applied_on, today) if card.applied_on else "–"
        where = card.outcome.title if card.outcome else card.stage.value
        rows.append((str(card.id), where, card.company, card.role, applied, _next(card, now)))
    heads = ("ID", "STAGE", "COMPANY", "ROLE", "APPLIED", "NEXT")
    call.out.table(heads, rows, yielding=("COMPANY", "ROLE"))


def _next(card: Card, now: datetime) -> TableCell:
    if card.follow_up is None:
        return TableCell(QUIET if card.is_quiet(now.date()) else card.waits_for(now.date()))
    due = card.follow_up
    line = f"{due.number}  {follow_up_line(due, now)}"
    return TableCell(line, COLOURS.get(due.level(now), ""))


def _say_nothing_due(ahead: Due | None, now: datetime, days: int) -> str:
    span = f"in the next {days} days" if days > 1 else "today or tomorrow" if days else "today"
    if ahead is None:
        return f"Nothing is due {span}, and nothing is planned."
    day = short_day(ahead.due_on, now.date())
    return f"Nothing is due {span}. Next: {day}, {ahead.label} ({ahead.number}, {ahead.company})."


def _say_all_closed(glance: "Glance") -> str:
    """That all applications are closed, if they are."""
    from store.read.glance import read_all_closed

    found = read_all_closed(glance)
    return all_closed_line(found) if found is not None else ""


def _say_none(call: Call, ended: str, others: int) -> str:
    """Why the list is empty; `others` are the closed ones that would match."""
    if call.words.search is not None or call.words.stage is not None:
        if not others or call.words.closed or call.words.all:
            return "No application matches."
        some = "1 closed one does" if others == 1 else f"{others:,} closed ones do"
        return f"No open application matches, but {some}: add --all."
    if call.words.closed:
        return "No closed applications."
    if ended:
        return f"{ended} “rounds list --closed” shows them."
    return "No applications yet. Start with “rounds add COMPANY ROLE”."


HEAD = ("ID", "WHEN", "WHAT", "APP", "COMPANY", "ROLE", "WHY")
_Line = tuple[TableCell | str, ...]


def print_due(
    out: Output, parts: Sequence[DuePart], now: datetime, *, unfolded: bool = False
) -> None:
    """Print the parts of the list; `unfolded` prints each line of a fold."""
    lines = [
        line
        for part in parts
        for one in part.entries
        for line in (
            _talk_lines(one, now)
            if isinstance(one, DueInterview)
            else _entry_lines(one, now, unfolded)
        )
    ]
    out.table(HEAD, lines, yielding=("COMPANY", "ROLE", "WHY"))
    for fold in () if unfolded else _folds(parts):
        out.say(_say_how(fold))


def _talk_lines(talk: DueInterview, now: datetime) -> Iterator[_Line]:
    one, interview = talk.appointment, talk.appointment.interview
    after = ", ".join(dict.fromkeys(due.label for due in talk.after))
    why = f"after it: {after}" if after else interview.place
    what, app = interview_name(interview, people=True), str(one.application_id)
    yield "", _say_begin(one, now), what, app, one.company, one.role, why


def _say_begin(one: Appointment, now: datetime) -> str:
    """ "today 15:00", "tomorrow 10:00", "Thu 26 Nov 10:00"."""
    starts, days = one.interview.starts_at, (one.day() - now.date()).days
    day = ("today", "tomorrow")[days] if days in (0, 1) else short_day(one.day(), now.date())
    return f"{day} {clock_time(starts)}" if starts is not None else day


def _entry_lines(entry: DueEntry, now: datetime, unfolded: bool) -> Iterator[_Line]:
    if entry.fold and not unfolded:
        yield _fold_line(entry, now)
        return
    for due in entry.dues:
        yield _due_line(due, [other for other in entry.dues if other is not due], entry.fold, now)


def _due_line(due: Due, others: Sequence[Due], fold: str, now: datetime) -> _Line:
    what = due.label
    if others and fold not in (IMPORTED, SILENT):
        what += f" (with {', '.join(other.number for other in others)})"
    app = str(due.application_id)
    return due.number, _when(due, now), what, app, due.company, due.role, due.reason


def _fold_line(entry: DueEntry, now: datetime) -> _Line:
    first = entry.dues[0]
    if entry.fold in (IMPORTED, SILENT):
        return entry.fold, _when(first, now), entry.words(), "", "", "", ""
    numbers = " ".join(due.number for due in entry.dues)
    apps = " ".join(str(due.application_id) for due in entry.dues)
    roles = ", ".join(dict.fromkeys(due.role for due in entry.dues))
    when = _when(first, now)
    return numbers, when, entry.words(), apps, first.company, roles, first.reason


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
