"""`rounds list` and `rounds due`: read through the standard library's sqlite3 alone."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.board import Card, Due
from store.rules.dates import countdown, short_day
from store.rules.urgency import Level, due_level
from tui.commandline.arguments import any_day, stage_named
from tui.commandline.call import Call
from tui.commandline.output import RED, YELLOW, Cell
from tui.filtering import Filter

if TYPE_CHECKING:
    from store.glance import Glance

SOMETHING_DUE = 10
"""The exit code of `rounds due --check` when there is something to do."""
BEGIN = (
    "There is no board yet. Begin with “rounds add COMPANY ROLE” or “rounds import FILE”, "
    "or look around with “rounds demo”."
)

_COLOURS = {Level.LATE: RED, Level.TODAY: YELLOW}


def applications(call: Call) -> int:
    """List the open applications, or the closed ones, or all, by stage."""
    words, now = call.words, call.now
    stage = stage_named(words.stage)
    closed = None if words.all else bool(words.closed)
    with call.glance() as glance:
        cards = glance.cards(closed=closed, now=now) if glance else ()
        ended = _ended(glance) if glance and not (cards or words.json) else ""
        if glance and words.search is not None:
            from store.searching import read_search_texts

            cards = Filter(read_search_texts(glance)).matching(cards, words.search)
    if stage is not None:
        cards = tuple(card for card in cards if card.stage is stage)
    cards = tuple(sorted(cards, key=lambda c: (c.outcome is not None, c.stage.place, c.id)))
    if words.json:
        from tui.commandline.shapes import card_shape

        call.out.json([card_shape(card, now) for card in cards])
    elif cards:
        _print_cards(call, cards, now)
    elif glance is None:
        call.out.say(BEGIN)
    else:
        call.out.say(_none(call, ended))
    return 0


def due(call: Call) -> int:
    """List what is late and what is due today, or would be on another day."""
    words, now = call.words, _moment(call)
    with call.glance() as glance:
        found = glance.due(now, words.days) if glance else ()
        nothing = glance and not (found or words.json or words.line)
        ahead = glance.next_due(now) if glance and nothing else None
        ended = _ended(glance) if glance and nothing else ""
    if words.json:
        from tui.commandline.shapes import due_shape

        others = _together(found, now)
        call.out.json([due_shape(d, now) | {"together": others.get(d.id, [])} for d in found])
    elif words.line:
        if found:
            call.out.line(summary(found, now))
    elif found:
        _print_due(call, found, now)
    else:
        call.out.say(
            BEGIN if glance is None else f"{_nothing(ahead, now, words.days)} {ended}".rstrip()
        )
    return SOMETHING_DUE if words.check and found else 0


def summary(found: Iterable[Due], now: datetime) -> str:
    """How much is due, in a few words: "2 late · 3 today · 1 ahead"."""
    names = {Level.LATE: "late", Level.TODAY: "today", Level.COMING: "ahead"}
    counts = dict.fromkeys(names, 0)
    for each in found:
        counts[due_level(each.due_on, each.due_at, now)] += 1
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
        return Cell("dormant" if card.dormant(now.date()) else "")
    due = card.follow_up
    return Cell(f"{_when(due, now)} · {due.label}", _colour(due, now))


def _together(found: Sequence[Due], now: datetime) -> dict[int, list[int]]:
    """For each follow-up that one message answers with others: the numbers of those others."""
    companies = [" ".join(each.company.casefold().split()) for each in found]
    if len(set(companies)) == len(companies):
        return {}
    from store.rules.together import together

    groups = [[each.id for each in group] for group in together(found, now.date())]
    return {one: [id_ for id_ in group if id_ != one] for group in groups for one in group}


def _what(due: Due, others: Sequence[int]) -> str:
    """What to do, and with which others it is one message."""
    return (
        f"{due.label} (with {', '.join(f'#{other}' for other in others)})" if others else due.label
    )


def _print_due(call: Call, found: Sequence[Due], now: datetime) -> None:
    others = _together(found, now)
    rows = [
        (
            str(each.id),
            Cell(_when(each, now), _colour(each, now)),
            _what(each, others.get(each.id, ())),
            each.company,
            each.role,
            each.reason,
        )
        for each in found
    ]
    call.out.table(("ID", "WHEN", "WHAT", "COMPANY", "ROLE", "WHY"), rows)


def _when(due: Due, now: datetime) -> str:
    return countdown(due.due_on, due.due_at, now, due.late_until)


def _colour(due: Due, now: datetime) -> str:
    return _COLOURS.get(due_level(due.due_on, due.due_at, now), "")


def _nothing(ahead: Due | None, now: datetime, days: int) -> str:
    span = f"in the next {days} days" if days > 1 else "today or tomorrow" if days else "today"
    if ahead is None:
        return f"Nothing is due {span}, and nothing is planned."
    day = short_day(ahead.due_on, now.date())
    return f"Nothing is due {span}. Next: {day}, {ahead.label} ({ahead.company})."


def _ended(glance: "Glance") -> str:
    """That all applications are closed, if they are."""
    from store.ended import read_all_closed
    from store.rules.all_closed import all_closed_line

    found = read_all_closed(glance)
    return all_closed_line(found) if found is not None else ""


def _none(call: Call, ended: str) -> str:
    if call.words.search is not None or call.words.stage is not None:
        return "No application matches."
    if call.words.closed:
        return "No application is closed."
    if ended:
        return f"{ended} “rounds list --closed” shows what is closed."
    return "There is no application. Begin with “rounds add COMPANY ROLE”."
