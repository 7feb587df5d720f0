"""The parts of the page about one application that interviews leave: pure functions to words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from store.model.dossier import ContactEntry, DebriefEntry, Dossier, Meeting, PointEntry
from store.rules.dates import echo_day, short_day
from store.rules.lists import counts
from store.rules.people import RELATIONS
from store.rules.points import KINDS, LANDED
from store.rules.typed.point import PROMISES, detail_word
from store.rules.urgency import Level, due_level
from tui.meeting_words import abroad, became, format_titles, span, state, task_history
from tui.screens.dossier_words import Part, spaced
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone

OF_THE_OFFER = ("component", "condition", "counter")
"""The kinds of points that stand in the part about the offer."""
_SAID: Mapping[str, tuple[str, ...]] = {
    "Asked": ("asked",),
    "Landed": LANDED,
    "Doubts": ("concern",),
    "Promised": PROMISES,
}


def interviews(dossier: Dossier, now: datetime) -> Part:
    """Every interview: when, here and there, in which form, with whom, where, what became of it."""
    talks = [list(_meeting(talk, now)) for talk in dossier.interviews]
    return Part("Interviews", spaced(talks))


def tasks(dossier: Dossier, now: datetime) -> Part:
    """What is to be done at home, and what was handed in."""
    words: list[Paragraph] = []
    for task in dossier.assignments:
        level = Level.QUIET
        if task.handed_in_on is None and task.due_on is not None:
            level = due_level(task.due_on, task.due_at, now)
        words.append(Paragraph(f"{task.title} · {', '.join(task_history(task, now))}", level))
        if task.remarks:
            words.append(Paragraph(task.remarks, Tone.MUTED, lead=" "))
    return Part("Tasks  (I)", tuple(words))


def _meeting(talk: Meeting, now: datetime) -> Iterator[Paragraph]:
    today = now.date()
    when = span(talk, now)
    if talk.starts_at is None:
        since = f" {short_day(talk.invited_on, today)}" if talk.invited_on else ""
        when = f"invited{since}, {when}"
    how = state(talk, now)
    level = Level.SOON if how in ("confirmed", "invited", "under way") else Level.QUIET
    moved = f", moved {talk.moved_times}×" if talk.moved_times else ""
    yield Paragraph(f"{when} · {talk.called}, {became(talk, now)}{moved}", level)
    if there := abroad(talk, now):
        yield Paragraph(there, lead="there")
    if talk.formats:
        yield Paragraph(", ".join(format_titles(talk.formats)), lead="form")
    if talk.people:
        yield Paragraph(_people(talk, held=how == "held"), lead="with")
    for person in talk.interviewers:
        if person.point:
            yield Paragraph(f"to {person.name}: {person.point}", Tone.MUTED, lead="mention")
    if talk.place:
        yield Paragraph(talk.place, lead="at")
    if talk.status == "invited" and talk.offered_slots_on is not None:
        said = f"you offered times on {short_day(talk.offered_slots_on, today)}"
        yield Paragraph(said, Tone.MUTED, lead=" ")
    if how == "held" and talk.debrief_left:
        yield Paragraph("the debrief was left: b takes it up", Tone.MUTED, lead=" ")


def _people(talk: Meeting, *, held: bool) -> str:
    """The names, and after the interview who was thanked."""
    if not held or not any(person.thanked for person in talk.interviewers):
        return talk.people
    return ", ".join(
        f"{person.name} (thanked)" if person.thanked else person.name
        for person in talk.interviewers
    )


def debriefs(dossier: Dossier, now: datetime) -> Part:
    """What was made of each interview, the latest first: signals are counted, never scored."""
    meetings = {meeting.id: meeting for meeting in dossier.interviews}
    groups = [
        list(_debrief(entry, meetings.get(entry.interview_id), dossier.points, now))
        for entry in dossier.debriefs[::-1]
    ]
    return Part("Debriefs", spaced(groups))


def _debrief(
    entry: DebriefEntry, meeting: Meeting | None, points: Sequence[PointEntry], now: datetime
) -> Iterator[Paragraph]:
    today = now.date()
    when = span(meeting, now) if meeting is not None else short_day(entry.written_on, today)
    left = "" if entry.finished else " · not finished: b takes it up"
    yield Paragraph(when + left, Tone.STRONG)
    for label, kinds in _SAID.items():
        said = [p for p in points if p.kind in kinds and p.interview_id == entry.interview_id]
        for place, point in enumerate(said):
            weak = " (weak)" if point.felt and point.kind == "asked" else ""
            yield Paragraph(point.text + weak, lead=label if place == 0 else " ")
    good, bad = counts(entry.signals)
    if good or bad:
        yield Paragraph(f"{good} good, {bad} bad", lead="Signs")
    feelings = (("Feeling", entry.mood), ("Wish to go on", entry.wish))
    for label, value in feelings:
        if value is not None:
            yield Paragraph(f"{value} of 5", lead=label)
    if entry.next_step:
        yield Paragraph(entry.next_step, lead="Next step")
    if entry.promised_by is not None or entry.promised_text:
        day = short_day(entry.promised_by, today) if entry.promised_by is not None else ""
        words = " · ".join(word for word in (day, entry.promised_text) if word)
        yield Paragraph(words, lead="They decide")
    if entry.remarks:
        yield Paragraph(entry.remarks)


def noted(dossier: Dossier, now: datetime) -> Part:
    """What was noted, kind by kind: each line with its detail and what answers it."""
    known = {point.id for point in dossier.points}
    groups: list[list[Paragraph]] = []
    count = 0
    for kind in KINDS.values():
        points = [
            p
            for p in dossier.points
            if p.kind == kind.name and kind.name not in OF_THE_OFFER and p.answers_id not in known
        ]
        count += len(points)
        lines = [line for point in points for line in point_lines(point, dossier.points, now)]
        if lines:
            groups.append([Paragraph(kind.title, Tone.MUTED), *lines])
    return Part(f"Noted  {count}  (v)", tuple(line for group in groups for line in group))


def point_lines(
    point: PointEntry, points: Sequence[PointEntry], now: datetime
) -> Iterator[Paragraph]:
    """A point with its detail, its day and link, and what answers it."""
    done = point.state != "open"
    remarks = []
    if point.felt:
        felt = {"concern": "felt", "asked": "weak", "question": "yours to ask"}
        remarks.append(felt.get(point.kind, ""))
    if point.due_on is not None:
        lead = "by" if point.kind in PROMISES else "of"
        remarks.append(f"{lead} {echo_day(point.due_on, now.date())}")
    remark = f" ({', '.join(filter(None, remarks))})" if any(remarks) else ""
    box = "[x]" if done else "[ ]"
    yield Paragraph(point.text + remark, Tone.MUTED if done else Tone.TEXT, lead=box)
    if point.detail:
        yield Paragraph(f"{detail_word(point.kind)}: {point.detail}", Tone.MUTED, lead=" ")
    if point.link:
        yield Paragraph(point.link, Tone.MUTED, lead=" ")
    for answer in points:
        if answer.answers_id == point.id:
            more = f": {answer.detail}" if answer.detail else ""
            words = f"{KINDS[answer.kind].title.lower()}: {answer.text}{more}"
            yield Paragraph(words, Tone.MUTED, lead=" ↳")


def contacts(dossier: Dossier, now: datetime) -> Part:  # noqa: ARG001 - every part is told the moment
    """The people: who they are, how to reach them, what there is in common."""
    groups: list[list[Paragraph]] = []
    for contact in dossier.contacts:
        lines = list(_contact(contact))
        if len(lines) == 1 and groups and not any(line.lead for line in groups[-1]):
            lines = [*groups.pop(), *lines]
        groups.append(lines)
    return Part("People", spaced(groups))


def _contact(contact: ContactEntry) -> Iterator[Paragraph]:
    what = RELATIONS.get(contact.relation, contact.relation)
    main = "main contact" if contact.main else ""
    title = ", ".join(word for word in (contact.title, what, main) if word)
    yield Paragraph(f"{contact.called} · {title}", Tone.STRONG)
    reach = " · ".join(word for word in (contact.email, contact.phone, contact.link) if word)
    for lead, words in (
        ("reach", reach),
        ("in common", contact.common_ground),
        ("background", contact.background),
    ):
        if words:
            yield Paragraph(words, lead=lead)
