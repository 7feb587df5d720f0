"""Interviews as lines, as words, and as the line that makes one."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from store.advice.debriefs import debrief_of
from store.model.dossier import AssignmentEntry, Dossier, InterviewEntry, InterviewerEntry
from store.rules.dates import clock_time, echo_day, short_day
from store.rules.fields import MARKS, TASK_KINDS
from store.rules.lists import counts, format_words
from store.rules.points import KINDS
from store.rules.stages import Had, Stage, comes_after_first
from store.rules.text import Refused
from store.rules.typed.interview_line import is_zone, parse_slot
from store.rules.typed.point import PROMISES
from store.rules.urgency import Level, due_level
from store.zones import zone_name, zone_named
from tui.conversation import Act
from tui.typed.interviews import Agreed, TypedInterview, TypedTask, read_interview, read_move
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Cell, Column, Row, Tone
from tui.wording import (
    PROPOSED,
    abroad,
    distance,
    due_words,
    format_titles,
    hours_words,
    interview_name,
    moved_words,
    span,
    state,
    state_in_full,
    task_history,
)

COLUMNS = (
    Column(6, most=9, head="Stage"),
    Column(16, most=30, head="When"),
    Column(5, most=11, head="State"),
    Column(7, most=8, head="Debrief"),
    Column(10, most=40, head="With"),
    Column(10, most=14, turn=3, head="They decide"),
    Column(24, most=24, turn=2, head="Format"),
    Column(44, most=44, turn=1, head="Place"),
)
"""Which one it is, when, how it stands, its debrief, who takes part; the day they named in it,
formats, place, each where there is room for it whole."""
WHEN_WIDE = len("2026-11-24 10:00")
"""Characters of the day and the time at the beginning of `line_of`."""


class InterviewChange(NamedTuple):
    """What a line says otherwise than before: arguments of `Pipeline.reschedule`."""

    starts_at: datetime
    details: dict[str, Any]


def row(interview: InterviewEntry, now: datetime, decide_by: date | None = None) -> Row:
    """One interview as a line of the list; the key is its id.

    `decide_by` is the day that they named in it.
    """
    how = state(interview, now)
    over = how in ("held", "not held", "cancelled")
    when = span(interview, now)
    debrief = debrief_words(interview, now)
    return Row(
        interview.id,
        (
            Cell("" if how == "cancelled" else interview.called, Tone.MUTED),
            Cell(when, Tone.TEXT if over else Level.SOON if interview.starts_at else Level.ASK),
            Cell(how, Tone.MUTED if over else Tone.TEXT),
            Cell(debrief, Level.ASK if debrief in ("missing", "begun") else Tone.MUTED),
            Cell(_names(interview), Tone.STRONG),
            Cell(short_day(decide_by, now.date()) if decide_by is not None else "", Tone.MUTED),
            Cell(", ".join(format_titles(interview.formats)), Tone.MUTED),
            Cell(interview.place, Tone.MUTED),
        ),
    )


def entry_act(application_id: int, entry: TypedInterview | TypedTask, stage: Stage | None) -> Act:
    """What an interview, an invitation or a task that was typed means for an application."""
    if isinstance(entry, TypedTask):
        return lambda p: p.assignment(application_id, **entry._asdict())
    return lambda p: p.interview(application_id, **entry._asdict(), stage=stage)


def is_second_round(dossier: Dossier, entry: TypedInterview, now: datetime) -> bool:
    """Whether what was typed is the second round of an application that is in first."""
    had = [
        Had(interview.stage, interview.round, interview.ends_at)
        for interview in dossier.interviews
        if interview.status != "cancelled" and interview.kept is not False
    ]
    return comes_after_first(dossier.card.stage, had, now, entry.starts_at)


def task_row(task: AssignmentEntry, now: datetime) -> Row:
    """One task as a line of the list; the key is its id, negative, since interviews are there."""
    level: Level | Tone = Tone.MUTED
    if task.handed_in_on is None and task.due_on is not None:
        level = due_level(task.due_on, task.due_at, now)
    spent = f"{task.minutes_spent / 60:g} h" if task.minutes_spent else ""
    return Row(
        -task.id,
        (
            Cell("task", Tone.MUTED),
            Cell(due_words(task, now), level),
            Cell("to do" if task.handed_in_on is None else "handed in", Tone.MUTED),
            Cell(spent, Tone.MUTED),
            Cell(task.title, Tone.STRONG),
            Cell("", Tone.MUTED),
            Cell(TASK_KINDS[task.kind], Tone.MUTED),
            Cell("", Tone.MUTED),
        ),
    )


def task_detail(task: AssignmentEntry, now: datetime) -> tuple[Paragraph, ...]:
    toggles = "Handed in" if task.handed_in_on is None else "Not handed in yet"
    keys = (("d", toggles), ("#", "Hours"), ("enter", "Change"), ("D", "Remove"))
    words = [
        Paragraph(f"{TASK_KINDS[task.kind]}: {task.title}", Tone.STRONG),
        Paragraph(" · ".join(task_history(task, now)), Tone.MUTED),
    ]
    if task.remarks:
        words.append(Paragraph(task.remarks))
    return (*words, Paragraph(keys=keys))


def task_line(task: AssignmentEntry, zone: tzinfo) -> str:
    kind = {"take_home": "take-home", "assessment": "assessment"}[task.kind]
    title = "" if task.title == TASK_KINDS[task.kind] else f" {task.title}"
    if task.due_on is None:
        return f"{kind}{title}"
    if task.due_at is None:
        return f"{kind}{title} by {task.due_on.isoformat()}"
    due, named = task.due_at.astimezone(zone), ""
    if task.zone != zone_name(zone) and is_zone(task.zone):
        with suppress(Refused):
            due, named = task.due_at.astimezone(zone_named(task.zone)), f" {task.zone}"
    return f"{kind}{title} by {due.date().isoformat()} {clock_time(due)}{named}"


def read_hours(text: str) -> tuple[int, str]:
    """“6”, “1.5”, “6h”: hours that were spent, in minutes; and the words that say them back."""
    words = text.strip().lower().removesuffix("hours").removesuffix("h").strip().replace(",", ".")
    try:
        hours = float(words)
    except ValueError:
        raise Refused("Enter the hours: “6”, “1.5”.") from None
    if not 0 <= hours <= 1_000:
        raise Refused("Enter the hours you spent: “6”, “1.5”.")
    return round(hours * 60), hours_words(hours)


def detail(dossier: Dossier, interview: InterviewEntry, now: datetime) -> tuple[Paragraph, ...]:
    when = " · ".join(
        filter(None, (span(interview, now), abroad(interview, now), distance(interview, now)))
    )
    formats = ", ".join(format_titles(interview.formats))
    words = [Paragraph(f"{interview_name(interview).capitalize()} · {when}", Tone.STRONG)]
    history = [*_history(interview, now)]
    if history != [state(interview, now)]:  # that alone stands in the line
        words.append(Paragraph(" · ".join(history), lead="State"))
    if formats or interview.starts_at is not None:
        length = f"{interview.minutes} min" if interview.starts_at is not None else ""
        words.append(Paragraph(", ".join(filter(None, (formats, length))), lead="Format"))
    lead = "With"
    for person in interview.interviewers:
        words.append(Paragraph(_person(person, interview, dossier, now), lead=lead))
        lead = " "
    if interview.place:
        words.append(Paragraph(interview.place, lead="At"))
    if told := _debrief_line(dossier, interview, now):
        words.append(Paragraph(told, lead="Debrief"))
    return tuple(words)


def debrief_words(interview: InterviewEntry, now: datetime) -> str:
    """ "written", "begun", "missing", or nothing where there is nothing to write about."""
    if interview.debrief_left:
        return "begun"
    if interview.debriefed_on is not None:
        return "written"
    return "missing" if interview.was_held(now) else ""


def explain_no_debrief(
    interviews: Sequence[InterviewEntry], now: datetime, asked: int | None
) -> str:
    """Why there is nothing to write about, for when `for_debrief` finds none."""
    interview = next((t for t in interviews if t.id == asked), None)
    if interview is None:
        return "No interview to debrief yet. Press i to add one."
    match state(interview, now):
        case "cancelled":
            return "This interview was cancelled; there is nothing to debrief."
        case "not held":
            return "This interview did not take place; there is nothing to debrief."
        case _:
            return "This interview is still ahead. The debrief comes after it."


def first_to_show(interviews: Sequence[InterviewEntry], now: datetime) -> InterviewEntry | None:
    """The one under the cursor at first: the next one ahead, else the last one."""
    ahead = [
        t for t in interviews if t.status != "cancelled" and not t.was_held(now) and t.kept is None
    ]
    return next(iter(ahead), interviews[-1] if interviews else None)


def line_of(interview: InterviewEntry, today: date, zone: tzinfo) -> str:
    """The line that makes this interview; empty for an invitation without a time.

    A part that would not be read as it is, such as a place with “with” in it, is left out.
    """
    if interview.starts_at is None:
        return ""
    names = _names(interview)
    whole = format_words(interview.formats)
    for there in dict.fromkeys((interview.zone, "")):
        when = _when(interview, there, zone)
        if when is None:
            continue
        for parts in (
            (
                whole,
                f"with {names}" if names else "",
                f"at {interview.place}" if interview.place else "",
            ),
            (whole, f"with {names}" if names else ""),
            (whole,),
            (),
        ):
            line = " ".join(filter(None, (when, *parts)))
            if _reads_as(line, interview, today, zone, bool(parts)):
                return line
    return ""


def read_change(
    text: str, interview: InterviewEntry, first: str, today: date, zone: tzinfo
) -> tuple[InterviewChange, str]:
    """What `text` changes in `interview`, whose line is `first`; and the words that say it back.

    What was left out of that line stays as it is unless it is named now. Refused for a line that
    cannot be read, and for an invitation that gets no time.
    """
    before = TypedInterview(None)
    if interview.starts_at is None:
        value, echo = read_interview(text, today, zone, interview.stage)
    else:
        agreed = Agreed(interview.starts_at, interview.minutes, interview.zone)
        value, echo = read_move(text, agreed, today, zone)
        if first:
            before, _ = read_move(first, agreed, today, zone)
    if value.starts_at is None:
        raise Refused("Enter a date and time: “tue 10:00”. Press X to cancel it.")
    details: dict[str, Any] = {
        name: getattr(value, name)
        for name in ("minutes", "people", "place", "formats", "zone")
        if getattr(value, name) != getattr(before, name)
    }
    starts_at = value.starts_at
    if interview.starts_at is not None and starts_at == before.starts_at:
        starts_at = interview.starts_at
    return InterviewChange(starts_at, details), echo


def heading(interview: InterviewEntry, now: datetime, *, people: bool = True) -> str:
    """ "first interview Mon 16 Nov 10:00 with Ana Ruiz": which one a form is about.

    Without the names of its `people` it is short enough for a small screen.
    """
    words = interview_name(interview)
    if interview.starts_at is not None:
        day = short_day(interview.starts_at.date(), now.date())
        words += f" {day} {clock_time(interview.starts_at)}"
    return words + (f" with {interview.people}" if people and interview.people else "")


def _when(interview: InterviewEntry, there: str, zone: tzinfo) -> str | None:
    """Day, time, length, and the zone where that is another one than `zone`."""
    assert interview.starts_at is not None
    starts = interview.starts_at.astimezone(zone)
    named = ""
    if there and there != zone_name(zone):
        try:
            starts = interview.starts_at.astimezone(zone_named(there))
        except Refused:
            return None
        named = f" {there}"
    elif interview.zone not in ("", zone_name(zone)):
        # What names no zone would be read in that of the interview.
        named = f" {zone_name(zone)}"
    return f"{starts.date().isoformat()} {clock_time(starts)} {interview.minutes}m{named}"


def _names(interview: InterviewEntry) -> str:
    """Who takes part, as it can be typed."""
    return ", ".join(person.name for person in interview.interviewers) or interview.people


def _reads_as(
    line: str, interview: InterviewEntry, today: date, zone: tzinfo, formats: bool
) -> bool:
    """Whether `line` means `interview`, in those parts that it has."""
    assert interview.starts_at is not None
    try:
        agreed = Agreed(interview.starts_at, interview.minutes, interview.zone)
        value, _ = read_move(line, agreed, today, zone)
        slot = parse_slot(line, today)
    except Refused:
        return False
    same_time = (
        value.starts_at is not None
        and value.starts_at.timestamp() // 60 == interview.starts_at.timestamp() // 60
        and slot.minutes == interview.minutes
    )
    return (
        same_time
        and value.people in ("", _names(interview))
        and value.place in ("", interview.place)
        and (not formats or value.formats == interview.formats)
    )


def _history(interview: InterviewEntry, now: datetime) -> Iterator[str]:
    """What became of it, step by step."""
    today = now.date()
    if interview.invited_on is not None:
        yield f"invited {short_day(interview.invited_on, today)}"
    if interview.offered_slots_on is not None:
        yield f"you sent times {short_day(interview.offered_slots_on, today)}"
    elif interview.answered_on is not None:
        yield f"replied {short_day(interview.answered_on, today)}"
    how = state(interview, now)
    if how == "invited" and interview.offered_slots_on is None:
        yield "waiting for your reply" if interview.answered_on is None else "waiting for a time"
    elif how == "proposed":
        yield PROPOSED
    elif how != "invited":
        yield state_in_full(interview, now)
    if moved := moved_words(interview):
        yield moved


def ahead_of(dossier: Dossier, interview: InterviewEntry, now: datetime) -> Iterator[Paragraph]:
    """What is still to be done for an interview that is ahead, and the promises that are open."""
    for entry in dossier.follow_ups:
        due = entry.due
        if entry.state == "open" and due.interview_id == interview.id:
            when = due.countdown(now).removeprefix("due ")
            yield Paragraph(due.label, lead=when, lead_tone=due.level(now))
    for kind in PROMISES:
        lead = KINDS[kind].title
        for point in dossier.points:
            if point.kind == kind and point.state == "open":
                yield Paragraph(point.text, lead=lead)
                lead = " "


def _person(
    person: InterviewerEntry, interview: InterviewEntry, dossier: Dossier, now: datetime
) -> str:
    words = [person.name]
    known = next((one for one in dossier.contacts if one.id == person.contact_id), None)
    if known is not None:
        words += filter(None, (known.title, known.common_ground))
    if person.thanked:
        words.append("thanked")
    elif interview.was_held(now):
        words.append("not thanked yet")
    if person.point:
        words.append(f"to mention: {person.point}")
    return " · ".join(words)


def _debrief_line(dossier: Dossier, interview: InterviewEntry, now: datetime) -> str:
    """The debrief in a line: counts, never a score."""
    entry = debrief_of(dossier, interview)
    if entry is None:
        return ""
    good, bad = counts(entry.signals)
    said = [
        "" if entry.finished else "started, not finished",
        f"{good} good, {bad} warning signals" if good or bad else "",
        f"{MARKS['mood'].lower()} {entry.mood} of 5" if entry.mood else "",
        f"{MARKS['wish'].lower()} {entry.wish} of 5" if entry.wish else "",
        f"next: {entry.next_step}" if entry.next_step else "",
        f"they decide by {echo_day(entry.promised_by, now.date())}" if entry.promised_by else "",
    ]
    return " · ".join(filter(None, said)) or "written"
