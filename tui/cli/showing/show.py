"""`rounds show`: everything about one application."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from store.advice.carry_over import carried_words, carry_over
from store.model.board import follow_up_number
from store.model.dossier import (
    DebriefEntry,
    Dossier,
    InterviewEntry,
    NoteEntry,
    PointEntry,
)
from store.read.glance import read_stamps
from store.rules.dates import short_day
from store.rules.employers import before_line
from store.rules.fields import APPLICATION, DEBRIEF, LABELS, MARKS, ON_THE_CARD, TASK_KINDS
from store.rules.offer_weights import CriterionEntry
from store.rules.points import KINDS
from store.rules.tips.tips import TipLine
from tui.cli.call import Call
from tui.cli.json_shapes import dossier_shape
from tui.cli.output import Output
from tui.wording import (
    MESSAGES,
    OFFER_LABELS,
    abroad,
    decision_label,
    follow_up_line,
    interview_name,
    interview_when,
    moved_words,
    offer_words,
    relation_words,
    span,
    standing,
    state,
    state_in_full,
    task_history,
)


def interview_line(interview: InterviewEntry, now: datetime) -> str:
    """An interview: here and there, in which form, with whom and where, what became of it."""
    when = interview_when(interview, now)
    parts = [f"{when} ({there})" if (there := abroad(interview, now)) else when]
    parts.append(interview_name(interview))
    if interview.formats:
        from store.rules.lists import format_words

        parts.append(format_words(interview.formats))
    if state(interview, now) in ("cancelled", "not held", "under way", "proposed"):
        parts.append(state_in_full(interview, now))
    if interview.people:
        parts.append(f"with {interview.people}")
    if interview.place:
        parts.append(interview.place)
    if moved := moved_words(interview):
        parts.append(moved)
    return f"{' · '.join(parts)}  (interview {interview.id})"


def task_lines(dossier: Dossier, now: datetime) -> Iterable[str]:
    """The tasks and tests: by when, how long they took, when they were handed in."""
    for task in dossier.assignments:
        said = ", ".join(task_history(task, now))
        yield f"{TASK_KINDS[task.kind]}: {task.title} · {said}  (task {task.id})"
        if task.remarks:
            yield task.remarks


def contact_lines(dossier: Dossier) -> Iterable[str]:
    """The people, each with all that is known, and what to mention when thanking."""
    for contact in dossier.contacts:
        who = (contact.called, contact.title, relation_words(contact))
        lines = [" · ".join(filter(None, (*who, contact.email, contact.phone)))]
        more = (
            ("", contact.link),
            ("in common: ", contact.common_ground),
            ("background: ", contact.background),
            *(("to mention: ", point) for point in _mentions(dossier, contact.id)),
        )
        lines += [label + text for label, text in more if text]
        yield "\n".join(lines)


def debrief_lines(dossier: Dossier, now: datetime) -> Iterable[str]:
    """The debriefs: what the user made of each interview; signals are counted, never scored."""
    by_id = {interview.id: interview for interview in dossier.interviews}
    for debrief in dossier.debriefs:
        interview = by_id.get(debrief.interview_id)
        head = span(interview, now) if interview else short_day(debrief.written_on, now.date())
        lines = [head if debrief.finished else f"{head} · not finished"]
        lines += [text for text in _debrief_words(debrief, now) if text]
        yield "\n".join(lines)


def point_lines(points: Sequence[PointEntry], now: datetime) -> Iterable[str]:
    """The points, kind by kind in the order in which the kinds are listed."""
    numbers = {point.id: point for point in points}
    for kind in KINDS.values():
        for point in points:
            if point.kind == kind.name:
                yield _point(point, kind.title, numbers, now)


def offer_lines(
    dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry] = ()
) -> Iterable[str]:
    """What is known of the offer, and how it measures up to the user's criteria."""
    for key, words in offer_words(dossier, now).items():
        if words:
            yield f"{OFFER_LABELS[key]}: {words}"
    offer = dossier.offer
    if offer is None:
        return
    for criterion in criteria:
        score = offer.scores.get(criterion.id)
        if score is not None:
            yield f"{criterion.name}: {score} of 10 (weight {criterion.weight})"


def draft_lines(dossier: Dossier, now: datetime) -> Iterable[str]:
    """The messages that are being written, with their first line."""
    for draft in dossier.drafts:
        kind = draft.kind.replace("_", " ")
        first = draft.text.split("\n", 1)[0]
        whose = (
            f"  (follow-up {follow_up_number(draft.follow_up_id)})" if draft.follow_up_id else ""
        )
        yield f"{short_day(draft.updated_on, now.date())}  {kind}: {first}{whose}"


def carried_lines(dossier: Dossier, now: datetime) -> Iterable[str]:
    """What to take along into the interview ahead; nothing while none is."""
    carried = carry_over(dossier, now)
    return () if carried.ahead is None else carried_words(carried, now.date())


def _mentions(dossier: Dossier, contact_id: int) -> Iterable[str]:
    for interview in dossier.interviews:
        for person in interview.interviewers:
            if person.contact_id == contact_id and person.point:
                yield person.point


def _debrief_words(debrief: DebriefEntry, now: datetime) -> Iterable[str]:
    from store.rules.lists import counts

    good, bad = counts(debrief.signals)
    felt = (MARKS["mood"].lower(), debrief.mood), (MARKS["wish"].lower(), debrief.wish)
    yield ", ".join(f"{name} {value} of 5" for name, value in felt if value is not None)
    if good or bad:
        yield f"signals: {good} good, {bad} warning"
    if debrief.next_step:
        yield f"{DEBRIEF['next_step'].label.lower()}: {debrief.next_step}"
    if debrief.promised_by is not None:
        words = f" (“{debrief.promised_text}”)" if debrief.promised_text else ""
        yield f"they decide by {short_day(debrief.promised_by, now.date())}{words}"
    yield debrief.remarks


def _point(point: PointEntry, title: str, numbers: dict[int, PointEntry], now: datetime) -> str:
    marks = [point.state] if point.state != "open" else []
    if point.felt:
        marks += {"concern": ["sensed"], "asked": ["weak"]}.get(point.kind, [])
    if point.due_on is not None:
        marks.append(short_day(point.due_on, now.date()))
    said = f" ({', '.join(marks)})" if marks else ""
    lines = [f"{title}: {point.text}{said}  (point {point.id})", point.detail, point.link]
    if point.answers_id in numbers:
        lines.append(f"answers: {numbers[point.answers_id].text}")
    return "\n".join(filter(None, lines))


def _note(note: NoteEntry, today: date) -> str:
    first, *more = note.text.split("\n")
    return "\n".join((f"{short_day(note.noted_on, today)}  {first}  (note {note.id})", *more))


_FIELDS = tuple(name for name in ON_THE_CARD if name not in ("company", "role"))


def show(call: Call) -> int:
    """Print one application; NotFound when there is none with this number."""
    wanted, now = call.words.id, call.now
    dossier, criteria, stamps = call.read(
        lambda g: (g.dossier(wanted, now), g.criteria(), read_stamps(g, wanted))
    )
    if call.words.json:
        call.out.json("application", dossier_shape(dossier, now, criteria, stamps[wanted]))
    else:
        _print(call.out, dossier, now, criteria)
    return 0


def _print(
    out: Output, dossier: Dossier, now: datetime, criteria: Sequence[CriterionEntry]
) -> None:
    card, today = dossier.card, now.date()
    out.line(f"{card.company} — {card.role}  ({card.id})")
    out.line(standing(card, now))
    for name, value in _details(dossier, today):
        out.lines(f"{name}: {value}", "  ")
    out.section("Next", _next(dossier, now))
    out.section("Interviews", (interview_line(each, now) for each in dossier.interviews))
    out.section("Tasks", task_lines(dossier, now))
    out.section("To carry over", carried_lines(dossier, now))
    out.section("People", contact_lines(dossier))
    out.section("Debriefs", debrief_lines(dossier, now))
    out.section("Points", point_lines(dossier.points, now))
    out.section("Offer", offer_lines(dossier, now, criteria))
    out.section("Drafts", draft_lines(dossier, now))
    boxes = [tip.ticked for tip in dossier.tips if tip.tickable]
    out.section(
        f"Tips  {sum(boxes)} of {len(boxes)} ticked",
        (f"{_box(tip)} {tip.text}" for tip in dossier.tips),
    )
    out.section("Notes", (_note(note, today) for note in dossier.notes))
    out.section(
        "Messages",
        (
            f"{short_day(message.sent_on, today)}  "
            f"{MESSAGES.get(message.kind, message.kind)}  {message.text}".rstrip()
            for message in dossier.messages
        ),
    )
    out.section(
        "Timeline",
        (f"{short_day(entry.happened_on, today)}  {entry.told}" for entry in dossier.timeline),
    )


def _box(tip: TipLine) -> str:
    """Whether it is ticked; nothing where there is nothing to tick."""
    return ("[x]" if tip.ticked else "[ ]") if tip.tickable else " - "


def _details(dossier: Dossier, today: date) -> Iterable[tuple[str, str]]:
    card = dossier.card
    texts = {name: str(getattr(card, name)) for name in _FIELDS} | dict(dossier.fields)
    for name, value in texts.items():
        if value and name in APPLICATION:
            yield APPLICATION[name].label, value
    if card.tags:
        yield LABELS["tags"], ", ".join(card.tags)
    days = (
        (LABELS["posted_on"], dossier.posted_on),
        ("Posting closes", dossier.closing_on),
        (decision_label(card, today), card.expected_by),
        ("First day", card.starts_work_on),
    )
    for name, day in days:
        if day is not None:
            yield name, short_day(day, today)
    if there := before_line(dossier.there, today, dossier.people_there):
        yield "Employer", there
    if dossier.no_contact:
        yield "Contact", "they ask not to be contacted"


def _next(dossier: Dossier, now: datetime) -> Iterable[str]:
    planned = [entry.due for entry in dossier.follow_ups if entry.state == "open"]
    waiting = dossier.card.waits_for(now.date()) or dossier.card.ending(now.date())
    if waiting and not planned:
        yield f"nothing to do: {waiting}"
    for due in sorted(planned, key=lambda due: due.by_date(now)):
        reason = f" — {due.reason}" if due.reason else ""
        yield f"{follow_up_line(due, now)}{reason}  (follow-up {due.number})"
