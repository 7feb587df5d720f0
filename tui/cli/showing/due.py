"""`rounds due`: what is late and what is due, each with its reason, or only counted for a prompt;
read through the standard library's sqlite3 alone.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from store.model.board import Due
from store.model.due_list import (
    IMPORTED,
    SILENT,
    CardInterview,
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
from store.rules.dates import clock_time, echo_day, short_day
from store.rules.followups.shorter import shorter
from store.rules.urgency import Level
from tui.cli.call import BEGIN, Call, say_all_closed
from tui.cli.output import Output, TableCell
from tui.cli.showing.options import (
    COLOURS,
    SORTS,
    CardContext,
    CellWords,
    put_in,
    read_names,
    read_sort,
    say_left_out,
    stamps_for,
)
from tui.cli.words import any_day
from tui.wording import APPLY_OR_DROP, YOUR_REMINDER, goals_line, interview_name, not_agreed

if TYPE_CHECKING:
    from store.read.glance import Glance

SOMETHING_DUE = 10
"""The exit code of `rounds due --check` when there is something to do."""


class DueLine(NamedTuple):
    """One line of `rounds due`: what `--columns` and `--format` can show of it."""

    id: str
    when: TableCell | str
    what: TableCell | str
    app: str = ""
    company: str = ""
    role: str = ""
    why: str = ""
    stage: str = ""
    due: date | None = None
    """The day of it; None for a line that stands for many."""


DUE_COLUMNS = DueLine._fields[:7]
COUNTED = {Level.LATE: "late", Level.TODAY: "today", Level.COMING: "ahead"}


def due(call: Call) -> int:
    """List what is late and what is due today, or would be on another day, each by rank.

    For a prompt or a script it is only counted: with `--line` in a few words, with `--check` in
    the exit code alone.
    """
    words, now = call.words, _moment(call)
    names, sort = read_names(words, DueLine._fields, DUE_COLUMNS), read_sort(words)
    if words.line or (words.check and not words.json):
        return _count(call, now)
    with call.glance() as glance:
        found = glance.due(now, words.days) if glance else ()
        more = _beside(glance, now, words.days) if glance else _Extras()
        nothing = more.is_none and all(each.waits(now) for each in found)
        speaks = not words.json
        ahead = _say_next(glance, now) if glance and nothing and speaks else ""
        ended = say_all_closed(glance) if glance and nothing and speaks else ""
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
            say_left_out(call, left_out)
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
        seen = CardContext(now, stamps_for(glance, sort, (), json=False))
        of_none = [entry for entry in entries if isinstance(entry, DueClosing | DueReminder)]
        of_cards = [e for e in entries if not isinstance(e, DueClosing | DueReminder)]
        of_cards.sort(key=lambda entry: SORTS[sort](cards[_application_of(entry)], seen))
        entries = [*of_cards, *of_none]
    if reverse:
        entries.reverse()
    return [DuePart(parts[0].title, tuple(entries))] if sort or reverse else parts


def _application_of(entry: DueEntry | DueInterview) -> int:
    if isinstance(entry, DueInterview):
        return entry.card_interview.application_id
    return entry.dues[0].application_id


def _day_of(entry: DueItem) -> date:
    if isinstance(entry, DueClosing):
        return entry.posting.closing_on
    if isinstance(entry, DueReminder):
        return entry.reminder.due_on or date.max
    return entry.card_interview.day() if isinstance(entry, DueInterview) else entry.dues[0].due_on


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
    from store.read.counts import count_due, is_due

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
    more: "_Extras",
) -> "tuple[DuePart, ...]":
    """What is to be done, with the interviews ahead: at least those of today and tomorrow."""
    from store.read.glance import interviews_on

    interviews = interviews_on(glance, now.date(), max(1, days))
    ahead = [item for item in interviews if not item.over(now)]
    return due_list(found, ahead, now, more.closings, more.reminders)


class _Extras(NamedTuple):
    """What is to be done besides follow-ups: postings that close, reminders of no application."""

    closings: Sequence[Closing] = ()
    reminders: Sequence[Reminder] = ()

    @property
    def is_none(self) -> bool:
        """Whether none of it is due; what has no day never is."""
        return not self.closings and all(one.due_on is None for one in self.reminders)


def _beside(glance: "Glance", now: datetime, days: int) -> _Extras:
    """What closes soon or is to be done besides, today or in the next `days` days."""
    from store.read.glance import closings_on
    from store.read.weekly.reminders import reminders_on

    today = now.date()
    return _Extras(closings_on(glance, today, days), reminders_on(glance, today, days))


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
            out.print_as_is(put_in(form, line._asdict()))
        return
    cell = CellWords(now.date())
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
        return _interview_lines(one, now)
    if isinstance(one, DueClosing):
        return iter((_closing_line(one.posting, now),))
    if isinstance(one, DueReminder):
        return iter((_reminder_line(one.reminder, now),))
    return _entry_lines(one, now, unfolded)


def _closing_line(one: Closing, now: datetime) -> DueLine:
    when = TableCell(one.words(now), COLOURS.get(one.level(now), ""))
    return DueLine(
        id=one.number,
        when=when,
        what=APPLY_OR_DROP,
        company=one.company,
        role=one.role,
        due=one.closing_on,
    )


def _reminder_line(one: Reminder, now: datetime) -> DueLine:
    when = TableCell(one.countdown(now), COLOURS.get(one.level(now), ""))
    why = one.again or YOUR_REMINDER
    return DueLine(id=one.number, when=when, what=one.text, why=why, due=one.due_on)


def _interview_lines(item: DueInterview, now: datetime) -> Iterator[DueLine]:
    one, interview = item.card_interview, item.card_interview.interview
    after = ", ".join(dict.fromkeys(due.label for due in item.after))
    why = f"after it: {after}" if after else interview.place
    what = f"{interview_name(interview, people=True)}{not_agreed(interview, now)}"
    app = str(one.application_id)
    when, stage = _say_begin(one, now), interview.stage.value
    yield DueLine(
        id="",
        when=when,
        what=what,
        app=app,
        company=one.company,
        role=one.role,
        why=why,
        stage=stage,
        due=one.day(),
    )


def _say_begin(one: CardInterview, now: datetime) -> str:
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
        id=due.number,
        when=when,
        what=said,
        app=app,
        company=due.company,
        role=due.role,
        why=due.reason,
        stage=stage,
        due=due.due_on,
    )


def _fold_line(entry: DueEntry, now: datetime) -> DueLine:
    first = entry.dues[0]
    if entry.fold in (IMPORTED, SILENT):
        return DueLine(id=entry.fold, when=_when(first, now), what=entry.words())
    numbers = " ".join(due.number for due in entry.dues)
    apps = " ".join(str(due.application_id) for due in entry.dues)
    roles = ", ".join(dict.fromkeys(due.role for due in entry.dues))
    when = _when(first, now)
    return DueLine(
        id=numbers,
        when=when,
        what=entry.words(),
        app=apps,
        company=first.company,
        role=roles,
        why=first.reason,
    )


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
