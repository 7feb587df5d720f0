"""`rounds list` and `rounds due`: read through the standard library's sqlite3 alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.model.board import Card, Due
from store.model.due_list import IMPORTED, SILENT, Appointment, Entry, Part, Talk, due_list
from store.rules.dates import clock_time, short_day
from store.rules.stages import all_closed_line
from store.rules.urgency import Level
from tui.cli.call import Call
from tui.cli.output import RED, YELLOW, Cell, Output
from tui.cli.words import any_day, stage_named
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

COLOURS = {Level.LATE: RED, Level.TODAY: YELLOW}


def applications(call: Call) -> int:
    """List the open applications, or the closed ones, or all, by stage."""
    words, now = call.words, call.now
    stage = stage_named(words.stage)
    closed = None if words.all else bool(words.closed)
    with call.glance() as glance:
        cards = glance.cards(closed=closed, now=now) if glance else ()
        ended = _ended(glance) if glance and not (cards or words.json) else ""
        if glance and words.search is not None:
            from store.read.glance import read_search_texts

            cards = Filter(read_search_texts(glance)).matching(cards, words.search)
    if stage is not None:
        cards = tuple(card for card in cards if card.stage is stage)
    cards = tuple(sorted(cards, key=lambda c: (c.outcome is not None, c.stage.place, c.id)))
    if words.json:
        from tui.cli.json_shapes import card_shape

        call.out.json([card_shape(card, now) for card in cards])
    elif cards:
        _print_cards(call, cards, now)
    elif glance is None:
        call.out.say(BEGIN)
    else:
        call.out.say(_none(call, ended))
    return 0


def due(call: Call) -> int:
    """List what is late and what is due today, or would be on another day, by rank."""
    words, now = call.words, _moment(call)
    with call.glance() as glance:
        found = glance.due(now, words.days) if glance else ()
        nothing = all(each.waits(now) for each in found)
        told = not (words.json or words.line)
        ahead = glance.next_due(now) if glance and nothing and told else None
        ended = _ended(glance) if glance and nothing and told else ""
        parts = _parts(glance, found, now, words.days) if glance and not words.line else ()
    if words.json:
        from tui.cli.json_shapes import due_shapes

        call.out.json(due_shapes(parts, now))
    elif words.line:
        if not nothing:
            call.out.line(summary(found, now))
    else:
        if parts:
            print_due(call.out, parts, now, unfolded=words.all)
        if nothing:
            said = f"{_nothing(ahead, now, words.days)} {ended}".rstrip()
            call.out.say(BEGIN if glance is None else said)
    return SOMETHING_DUE if words.check and not nothing else 0


def _parts(glance: "Glance", found: Sequence[Due], now: datetime, days: int) -> "tuple[Part, ...]":
    """What is to be done, with the interviews ahead: at least those of today and tomorrow."""
    from store.read.glance import interviews_on

    talks = interviews_on(glance, now.date(), max(1, days))
    return due_list(found, [talk for talk in talks if not talk.over(now)], now)


def summary(found: Iterable[Due], now: datetime) -> str:
    """How much is due, in a few words: "2 late · 3 today · 1 ahead".

    A fold is one thing; what hangs on an interview that is not over is none yet.
    """
    names = {Level.LATE: "late", Level.TODAY: "today", Level.COMING: "ahead"}
    counts, folds = dict.fromkeys(names, 0), set[tuple[str, Level]]()
    for each in found:
        if each.waits(now):
            continue
        level = each.level(now)
        if each.fold:
            level = max(level, Level.TODAY)
            if (each.fold, level) in folds:
                continue
            folds.add((each.fold, level))
        counts[level] += 1
    return " · ".join(f"{count} {names[level]}" for level, count in counts.items() if count)


def _moment(call: Call) -> datetime:
    """Now, or the same time of day on the day that `--on` names."""
    now = call.now
    if call.words.on is None:
        return now
    day = any_day(call.words.on, now.date())
    there = datetime.combine(day, now.time(), now.tzinfo)
    return there.astimezone(UTC).astimezone(now.tzinfo)


def _print_cards(call: Call, cards: Sequence[Card], now: datetime) -> None:
    today = now.date()
    rows: list[tuple[Cell | str, ...]] = []
    for card in cards:
        applied = short_day(card.applied_on, today) if card.applied_on else "–"
        where = card.outcome.title if card.outcome else card.stage.value
        rows.append((str(card.id), where, card.company, card.role, applied, _next(card, now)))
    call.out.table(("ID", "STAGE", "COMPANY", "ROLE", "APPLIED", "NEXT"), rows)


def _next(card: Card, now: datetime) -> Cell:
    if card.follow_up is None:
        return Cell(QUIET if card.dormant(now.date()) else card.waits_for(now.date()))
    due = card.follow_up
    return Cell(follow_up_line(due, now), COLOURS.get(due.level(now), ""))


def _nothing(ahead: Due | None, now: datetime, days: int) -> str:
    span = f"in the next {days} days" if days > 1 else "today or tomorrow" if days else "today"
    if ahead is None:
        return f"Nothing is due {span}, and nothing is planned."
    day = short_day(ahead.due_on, now.date())
    return f"Nothing is due {span}. Next: {day}, {ahead.label} ({ahead.company})."


def _ended(glance: "Glance") -> str:
    """That all applications are closed, if they are."""
    from store.read.glance import read_all_closed

    found = read_all_closed(glance)
    return all_closed_line(found) if found is not None else ""


def _none(call: Call, ended: str) -> str:
    if call.words.search is not None or call.words.stage is not None:
        return "No application matches."
    if call.words.closed:
        return "No closed applications."
    if ended:
        return f"{ended} “rounds list --closed” shows them."
    return "No applications yet. Start with “rounds add COMPANY ROLE”."


HEAD = ("ID", "WHEN", "WHAT", "COMPANY", "ROLE", "WHY")
_Line = tuple[Cell | str, ...]


def print_due(out: Output, parts: Sequence[Part], now: datetime, *, unfolded: bool = False) -> None:
    """Print the parts of the list; `unfolded` prints each line of a fold."""
    lines = [
        line
        for part in parts
        for one in part.entries
        for line in (
            _talk_lines(one, now) if isinstance(one, Talk) else _entry_lines(one, now, unfolded)
        )
    ]
    out.table(HEAD, lines)
    for fold in () if unfolded else _folds(parts):
        out.say(_how(fold))


def _talk_lines(talk: Talk, now: datetime) -> Iterator[_Line]:
    one, meeting = talk.appointment, talk.appointment.meeting
    after = ", ".join(dict.fromkeys(due.label for due in talk.after))
    why = f"after it: {after}" if after else meeting.place
    what = interview_name(meeting, people=True)
    yield "", _begins(one, now), what, one.company, one.role, why


def _begins(one: Appointment, now: datetime) -> str:
    """ "today 15:00", "tomorrow 10:00", "Thu 26 Nov 10:00"."""
    starts, days = one.meeting.starts_at, (one.day() - now.date()).days
    day = ("today", "tomorrow")[days] if days in (0, 1) else short_day(one.day(), now.date())
    return f"{day} {clock_time(starts)}" if starts is not None else day


def _entry_lines(entry: Entry, now: datetime, unfolded: bool) -> Iterator[_Line]:
    if entry.fold and not unfolded:
        yield _fold_line(entry, now)
        return
    for due in entry.dues:
        yield _due_line(due, [other for other in entry.dues if other is not due], entry.fold, now)


def _due_line(due: Due, others: Sequence[Due], fold: str, now: datetime) -> _Line:
    what = due.label
    if others and fold not in (IMPORTED, SILENT):
        what += f" (with {', '.join(f'#{other.id}' for other in others)})"
    return str(due.id), _when(due, now), what, due.company, due.role, due.reason


def _fold_line(entry: Entry, now: datetime) -> _Line:
    first = entry.dues[0]
    if entry.fold in (IMPORTED, SILENT):
        return entry.fold, _when(first, now), entry.words(), "", "", ""
    numbers = " ".join(str(due.id) for due in entry.dues)
    roles = ", ".join(dict.fromkeys(due.role for due in entry.dues))
    return numbers, _when(first, now), entry.words(), first.company, roles, first.reason


def _when(due: Due, now: datetime) -> Cell:
    return Cell(due.countdown(now), COLOURS.get(due.level(now), ""))


def _folds(parts: Sequence[Part]) -> Iterator[str]:
    found = (one.fold for part in parts for one in part.entries if isinstance(one, Entry))
    return iter(dict.fromkeys(fold for fold in found if fold in (IMPORTED, SILENT)))


def _how(fold: str) -> str:
    """How to act on all of a fold with one command."""
    if fold == SILENT:
        return "“rounds done silent” closes them, “rounds due --all” lists them."
    return "“rounds skip imported” drops them, “rounds due --all” lists them."
