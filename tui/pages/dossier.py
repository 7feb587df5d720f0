"""Everything about one application, and everything that can be done to it.

The parts of the page are pure functions from what is known to words; one without words is not
shown.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll

from store.model.dossier import (
    ContactEntry,
    DebriefEntry,
    Dossier,
    Due,
    FollowUpEntry,
    InterviewEntry,
    PointEntry,
)
from store.rules.dates import echo_day, is_late, short_countdown, short_day
from store.rules.employers import before_line
from store.rules.fields import APPLICATION, DEBRIEF, LABELS, MARKS
from store.rules.lists import counts
from store.rules.points import KINDS, LANDED
from store.rules.typed.point import PROMISES, detail_word
from store.rules.urgency import Level, due_level
from tui.commands import moment_of
from tui.dialogs.dialog import WIDTHS
from tui.pages.page import Page, Scrolled
from tui.widgets.cells import BOX, TICKED, bar
from tui.widgets.keybar import KeyBar, key_hints
from tui.widgets.paragraphs import EDGE, Paragraph, Paragraphs
from tui.widgets.rows import Tone
from tui.wording import (
    MESSAGES,
    OFFER_LABELS,
    abroad,
    deadline_day,
    decision_label,
    format_titles,
    heading_of,
    how_far,
    interview_name,
    interview_when,
    moved_words,
    not_agreed,
    offer_words,
    references_words,
    relation_words,
    span,
    standing,
    state,
    state_in_full,
    task_history,
    week_left,
)

_EMPTY = Paragraph()


class DossierPart(NamedTuple):
    """One part of the page: its title, its words, and the key that leads on from it."""

    title: str
    words: tuple[Paragraph, ...]
    key: tuple[str, str] | None = None


Tell = Callable[[Dossier, datetime], DossierPart]


def space_out(groups: list[list[Paragraph]]) -> tuple[Paragraph, ...]:
    """The groups under each other with an empty line between them."""
    words: list[Paragraph] = []
    for group in groups:
        words += [_EMPTY, *group] if words else group
    return tuple(words)


OF_THE_OFFER = ("component", "condition", "counter")
"""The kinds of points that stand in the part about the offer."""
_SAID: Mapping[str, tuple[str, ...]] = {
    "Asked": ("asked",),
    "Went well": LANDED,
    "Concerns": ("concern",),
    "Promised": PROMISES,
}


def interviews(dossier: Dossier, now: datetime) -> DossierPart:
    """Every interview: when, here and there, in which form, with whom, where, what became of it;
    those ahead, then the others, the last one first."""
    over = ("held", "not held", "cancelled")
    past = [interview for interview in dossier.interviews if state(interview, now) in over]
    ahead = [interview for interview in dossier.interviews if interview not in past]
    groups = [list(_interview_lines(interview, now)) for interview in (*ahead, *past[::-1])]
    return DossierPart("Interviews", space_out(groups))


def tasks(dossier: Dossier, now: datetime) -> DossierPart:
    """What is to be done at home, and what was handed in."""
    words: list[Paragraph] = []
    for task in dossier.assignments:
        level = Level.IDLE
        if task.handed_in_on is None and task.due_on is not None:
            level = due_level(task.due_on, task.due_at, now)
        words.append(Paragraph(f"{task.title} · {', '.join(task_history(task, now))}", level))
        if task.remarks:
            words.append(Paragraph(task.remarks, Tone.MUTED, lead=" "))
    return DossierPart("Tasks", tuple(words), ("I", "Interviews"))


def _interview_lines(interview: InterviewEntry, now: datetime) -> Iterator[Paragraph]:
    today = now.date()
    when = interview_when(interview, now)
    how = state(interview, now)
    level = Level.SOON if how in ("confirmed", "proposed", "invited", "under way") else Level.IDLE
    came = ", ".join(
        filter(
            None,
            (interview_name(interview), state_in_full(interview, now), moved_words(interview)),
        )
    )
    yield Paragraph(f"{when} · {came}", level)
    if there := abroad(interview, now):
        yield Paragraph(there, lead="There")
    if interview.formats:
        yield Paragraph(", ".join(format_titles(interview.formats)), lead="Format")
    if interview.people:
        yield Paragraph(_people(interview, held=how == "held"), lead="With")
    for person in interview.interviewers:
        if person.point:
            yield Paragraph(f"to {person.name}: {person.point}", Tone.MUTED, lead="Mention")
    if interview.place:
        yield Paragraph(interview.place, lead="At")
    if interview.status == "invited" and interview.offered_slots_on is not None:
        said = f"you sent times on {short_day(interview.offered_slots_on, today)}"
        yield Paragraph(said, Tone.MUTED, lead=" ")
    if how == "held" and interview.debrief_left:
        yield Paragraph("debrief not finished; press b to continue", Tone.MUTED, lead=" ")


def _people(interview: InterviewEntry, *, held: bool) -> str:
    """The names, and after the interview who was thanked."""
    if not held or not any(person.thanked for person in interview.interviewers):
        return interview.people
    return ", ".join(
        f"{person.name} (thanked)" if person.thanked else person.name
        for person in interview.interviewers
    )


def debriefs(dossier: Dossier, now: datetime) -> DossierPart:
    """What was made of each interview, the latest first: signals are counted, never scored.

    What they said and liked are points, and stand there.
    """
    by_id = {interview.id: interview for interview in dossier.interviews}
    groups = [
        list(_debrief(entry, by_id.get(entry.interview_id), now))
        for entry in dossier.debriefs[::-1]
    ]
    return DossierPart("Debriefs", space_out(groups))


def _debrief(
    entry: DebriefEntry, interview: InterviewEntry | None, now: datetime
) -> Iterator[Paragraph]:
    today = now.date()
    when = span(interview, now) if interview is not None else short_day(entry.written_on, today)
    left = "" if entry.finished else " · not finished; press b to continue"
    yield Paragraph(when + left, Tone.MUTED)
    good, bad = counts(entry.signals)
    if good or bad:
        yield Paragraph(f"{good} good, {bad} warning", lead="Signals")
    feelings = (("Gut feeling", entry.mood), (MARKS["wish"], entry.wish))
    for label, value in feelings:
        if value is not None:
            yield Paragraph(f"{value} of 5", lead=label)
    if entry.next_step:
        yield Paragraph(entry.next_step, lead=DEBRIEF["next_step"].label)
    if entry.promised_by is not None or entry.promised_text:
        day = short_day(entry.promised_by, today) if entry.promised_by is not None else ""
        words = " · ".join(word for word in (day, entry.promised_text) if word)
        yield Paragraph(words, lead="They decide by")
    if entry.remarks:
        yield Paragraph(entry.remarks)


def points_of(interview_id: int, points: Sequence[PointEntry]) -> Iterator[Paragraph]:
    """What was said in an interview: what they asked and liked, concerns and promises."""
    for label, kinds in _SAID.items():
        said = [p for p in points if p.kind in kinds and p.interview_id == interview_id]
        for place, point in enumerate(said):
            weak = " (weak)" if point.felt and point.kind == "asked" else ""
            yield Paragraph(point.text + weak, lead=label if place == 0 else " ")


def points_part(dossier: Dossier, now: datetime) -> DossierPart:
    """What was noted, kind by kind: each line with its detail and what answers it."""
    known = {point.id for point in dossier.points}
    words: list[Paragraph] = []
    count = 0
    for kind in KINDS.values():
        points = [
            p
            for p in dossier.points
            if p.kind == kind.name and kind.name not in OF_THE_OFFER and p.answers_id not in known
        ]
        count += len(points)
        words += kind_lines(kind.title, points, dossier, now)
    return DossierPart(f"Points  {count}", tuple(words), ("v", "Prepare"))


def kind_lines(
    title: str, of: Sequence[PointEntry], dossier: Dossier, now: datetime
) -> Iterator[Paragraph]:
    """The points of one kind below each other, its title before the first."""
    for place, point in enumerate(of):
        yield from _point_lines(point, "" if place else title, dossier.points, now)


def _point_lines(
    point: PointEntry, title: str, points: Sequence[PointEntry], now: datetime
) -> Iterator[Paragraph]:
    """A point with its detail, its day and link, and what answers it."""
    done = point.state != "open"
    remarks = []
    if point.felt:
        felt = {"concern": "sensed", "asked": "weak", "question": "yours to ask"}
        remarks.append(felt.get(point.kind, ""))
    if point.due_on is not None:
        lead = "by" if point.kind in PROMISES else "of"
        remarks.append(f"{lead} {echo_day(point.due_on, now.date())}")
    remark = f" ({', '.join(filter(None, remarks))})" if any(remarks) else ""
    box = TICKED if done else BOX
    tone = Tone.MUTED if done else Tone.TEXT
    yield Paragraph(point.text + remark, tone, lead=title or " ", second=box)
    if point.detail:
        yield Paragraph(f"{detail_word(point.kind)}: {point.detail}", Tone.MUTED, lead=" ")
    if point.link:
        yield Paragraph(point.link, Tone.MUTED, lead=" ")
    for answer in points:
        if answer.answers_id == point.id:
            more = f": {answer.detail}" if answer.detail else ""
            words = f"{KINDS[answer.kind].title.lower()}: {answer.text}{more}"
            yield Paragraph(words, Tone.MUTED, lead=" ", second="↳")


def contacts(dossier: Dossier, now: datetime) -> DossierPart:  # noqa: ARG001 - every part is told the moment
    """The people: who they are, how to reach them, what there is in common."""
    groups: list[list[Paragraph]] = []
    for contact in dossier.contacts:
        lines = list(_contact(contact))
        if len(lines) == 1 and groups and not any(line.lead for line in groups[-1]):
            lines = [*groups.pop(), *lines]
        groups.append(lines)
    return DossierPart("People", space_out(groups))


def _contact(contact: ContactEntry) -> Iterator[Paragraph]:
    title = ", ".join(word for word in (contact.title, relation_words(contact)) if word)
    yield Paragraph(f"{contact.called} · {title}", Tone.STRONG)
    reach = " · ".join(word for word in (contact.email, contact.phone, contact.link) if word)
    for lead, words in (
        ("Reach", reach),
        ("Common ground", contact.common_ground),
        ("Background", contact.background),
    ):
        if words:
            yield Paragraph(words, lead=lead)


def offer(dossier: Dossier, now: datetime) -> DossierPart:
    """The offer: its dates and papers, its parts, conditions and what was asked for."""
    entry = dossier.offer
    if entry is None:
        return DossierPart("Offer", ())
    rows = offer_words(dossier, now)
    words = [Paragraph(rows[key], lead=label) for key, label in OFFER_LABELS.items() if rows[key]]
    for kind in OF_THE_OFFER:
        points = [point for point in dossier.points if point.kind == kind]
        words += kind_lines(KINDS[kind].title, points, dossier, now)
    return DossierPart("Offer", tuple(words), ("O", "Offer"))


def drafts(dossier: Dossier, now: datetime) -> DossierPart:
    """The messages that are being written: what kind, since when, how they begin."""
    words = tuple(
        Paragraph(
            f"{draft.kind.replace('_', ' ')}: {_beginning(draft.text)}",
            lead=short_day(draft.updated_on, now.date()),
        )
        for draft in dossier.drafts
    )
    return DossierPart("Drafts", words, ("w", "Write"))


def _beginning(text: str) -> str:
    """The first line of a message that says something, after its subject."""
    lines = [line.strip() for line in text[:1_000].split("\n")]
    body = [line for line in lines if line and not line.lower().startswith("subject:")]
    return (body or lines)[0][:200]


def heading(dossier: Dossier, now: datetime) -> tuple[Paragraph, ...]:
    """Whose page it is, and how it stands; at the edge the accent of its stage."""
    card = dossier.card
    return (
        Paragraph(heading_of(card.company, card.role), Tone.STRONG, EDGE, card.stage),
        Paragraph(standing(card, now), Tone.MUTED, EDGE, card.stage),
        *(Paragraph(words, Level.SOON, EDGE, card.stage) for words in _ahead(dossier, now)),
    )


def _ahead(dossier: Dossier, now: datetime) -> Iterator[str]:
    """The next interview, or the deadline of the offer: when, in how long, and as a bar."""
    card = dossier.card
    if card.outcome is not None:
        return
    for interview in dossier.interviews:
        if interview.starts_at is not None and state(interview, now) in (
            "confirmed",
            "proposed",
            "under way",
        ):
            left = "".join(bar(week_left(interview.starts_at, now), _BAR))
            when = f"{span(interview, now)}, {how_far(interview, now)}"
            what = f"{interview_name(interview)}{not_agreed(interview, now)}"
            yield f"■ {when}  {left}  {what}"
            return
    on, at, offer = card.deadline_on, card.deadline_at, dossier.offer
    if on is None or is_late(on, at, now) or (offer is not None and offer.signed_on is not None):
        return
    until = at or datetime.combine(on, time.max, now.tzinfo)
    left = "".join(bar(week_left(until, now), _BAR))
    when = f"{deadline_day(on, at, now)}, {short_countdown(on, at, now)}"
    yield f"◆ {when}  {left}  answer their offer"


def follow_ups(dossier: Dossier, now: datetime) -> DossierPart:
    """What is planned by date, and why: what several in a row have for a reason is told once."""
    planned = [entry.due for entry in dossier.follow_ups if entry.state == "open"]
    planned.sort(key=lambda due: due.by_date(now))
    words: tuple[Paragraph, ...] = ()
    told = ""
    for reason, run in groupby(planned, key=lambda due: due.reason):
        words += tuple(_planned_line(due, now, first=due is planned[0]) for due in run)
        new = reason.removeprefix(f"{told}, ") if told else reason
        words += (Paragraph(new, Tone.MUTED, lead=" "),) if new else ()
        told = reason
    if not words and dossier.card.outcome is None:
        waiting = dossier.card.waits_for(now.date()) or dossier.card.ending(now.date())
        said = (
            f"Nothing to do: {waiting}."
            if waiting
            else "Nothing planned. Press f to add a reminder."
        )
        words = (Paragraph(said, Tone.MUTED),)
    return DossierPart("Next", words)


def past_follow_ups(dossier: Dossier, now: datetime) -> DossierPart:
    """What became of the others, the last one first; those about one interview, or for the same
    reason, stand together below it."""
    past = [entry for entry in dossier.follow_ups[::-1] if entry.state != "open"]
    shared: dict[int | str, list[FollowUpEntry]] = {}
    for entry in past:
        shared.setdefault(entry.due.interview_id or entry.due.reason, []).append(entry)
    words: list[Paragraph] = []
    for several in shared.values():
        ((reason, _),) = Counter(entry.due.reason for entry in several).most_common(1)
        if len(several) > 1 and reason:
            words.append(Paragraph(reason, lead="for"))
            words += [_past_line(entry, now, why=False) for entry in several]
        else:
            words += [_past_line(entry, now) for entry in several]
    return DossierPart("Past follow-ups", tuple(words))


def facts(dossier: Dossier, now: datetime) -> DossierPart:
    """The fields that are filled in, and the dates; nothing that another part tells already."""
    card, texts, today = dossier.card, dossier.fields, now.date()
    told = {"next_step": {entry.next_step for entry in dossier.debriefs}} | {
        f"contact_{name}": {getattr(contact, name) for contact in dossier.contacts}
        for name in ("name", "email", "relation")
    }
    deadline = card.deadline_on and deadline_day(card.deadline_on, card.deadline_at, now)
    on_the_card = ("url", "location", "salary", "source")
    tags = " ".join(f"“{tag}”" if " " in tag else f"#{tag}" for tag in card.tags)
    rows = [
        *((LABELS[name], getattr(card, name)) for name in on_the_card),
        (LABELS["tags"], tags),
        (decision_label(card, today), card.expected_by and echo_day(card.expected_by, today)),
        (OFFER_LABELS["deadline"], deadline),
        ("Offer received", dossier.offered_on and short_day(dossier.offered_on, today)),
        (OFFER_LABELS["check"], references_words(dossier, today)),
        (_EMPLOYER, before_line(dossier.there, today, dossier.people_there)),
        (LABELS["posted_on"], dossier.posted_on and short_day(dossier.posted_on, today)),
        (LABELS["closing_on"], dossier.closing_on and echo_day(dossier.closing_on, today)),
        ("No contact", "they asked not to be contacted" if dossier.no_contact else ""),
        *(
            (field.label, texts.get(field.name, ""))
            for field in APPLICATION.values()
            if not field.many_lines
            and field.name not in on_the_card
            and texts.get(field.name) not in told.get(field.name, ())
        ),
    ]
    words = [
        Paragraph(str(v), lead=name, keys=(("E", "Employer"),) if name is _EMPLOYER else ())
        for name, v in rows
        if v
    ]
    return DossierPart("Application", tuple(words))


_EMPLOYER = "Employer"


def texts(dossier: Dossier, now: datetime) -> DossierPart:  # noqa: ARG001 - every part is told the moment
    """The longer texts, each under its name."""
    long = [
        [Paragraph(APPLICATION[name].label, Tone.STRONG), Paragraph(text)]
        for name, text in dossier.fields.items()
        if text and name in APPLICATION and APPLICATION[name].many_lines
    ]
    return DossierPart("Details", space_out(long))


def notes(dossier: Dossier, now: datetime) -> DossierPart:
    """The notes in full, newest first."""
    if not dossier.notes:
        return DossierPart("Notes", (Paragraph("No notes yet. Press n to add one.", Tone.MUTED),))
    written = [
        [Paragraph(short_day(note.noted_on, now.date()), Tone.MUTED), Paragraph(note.text)]
        for note in dossier.notes
    ]
    return DossierPart(f"Notes  {len(written)}", space_out(written), ("N", "Edit notes"))


def messages(dossier: Dossier, now: datetime) -> DossierPart:
    """What went in and out, newest first."""
    words: list[Paragraph] = []
    for message in dossier.messages:
        kind = MESSAGES.get(message.kind, message.kind)
        words.append(Paragraph(kind, lead=short_day(message.sent_on, now.date())))
        if message.text:
            words.append(Paragraph(message.text, Tone.MUTED, lead=" "))
    return DossierPart("Messages", tuple(words))


def timeline(dossier: Dossier, now: datetime) -> DossierPart:
    """Everything that was done, newest first."""
    today = now.date()
    return DossierPart(
        "Timeline",
        tuple(
            Paragraph(entry.told, lead=short_day(entry.happened_on, today))
            for entry in dossier.timeline
        ),
    )


FIRST: dict[str, Tell] = {
    "follow-ups": follow_ups,
    "interviews": interviews,
    "contacts": contacts,
    "tasks": tasks,
    "offer": offer,
    "drafts": drafts,
    "facts": facts,
}
"""The parts of the left column, by the id of their widget; on top where there is only one."""
SECOND: dict[str, Tell] = {
    "noted": points_part,
    "debriefs": debriefs,
    "notes": notes,
    "texts": texts,
    "messages": messages,
    "past": past_follow_ups,
    "timeline": timeline,
}
HISTORY = ("past", "timeline")
"""The parts of the second column that the first one has where there is more room in it."""
BESIDE = "-beside"
"""What ends the id of their widgets there."""
LOUDNESS = {"follow-ups": "-next"} | dict.fromkeys(
    ("interviews", "contacts", "tasks", "offer"), "-main"
)
"""The parts that are met first: what is next, in a box; then people and dates, with a title in the
accent; the others are calm."""
_BAR = 16
"""The cells of a bar, as in the panel of the board."""
_HEIGHTS = [(0, "-low"), (40, "-tall")]
"""From 40 lines on there is room for empty lines between the parts."""


def _with_step(due: Due) -> str:
    """What to do; of several in a row, which one it is: "follow up (step 1 of 2)"."""
    return f"{due.label} (step {due.nth} of {due.of})" if due.of > 1 else due.label


def _planned_line(due: Due, now: datetime, *, first: bool) -> Paragraph:
    words = _with_step(due)
    words += " (snoozed)" if due.snoozed else ""
    tone = Tone.STRONG if first else Tone.TEXT
    when = due.countdown(now).removeprefix("due ")
    return Paragraph(words, tone, lead=when, lead_tone=due.level(now))


def _past_line(entry: FollowUpEntry, now: datetime, *, why: bool = True) -> Paragraph:
    state = entry.state
    if entry.done_on is not None:
        state = f"{state} {short_day(entry.done_on, now.date())}"
    reason = f" · {entry.due.reason}" if entry.due.reason and why else ""
    return Paragraph(_with_step(entry.due) + reason, Tone.MUTED, lead=state)


def parts_beside(told: Mapping[str, DossierPart]) -> frozenset[str]:
    """Those parts of the history that go into the first column of two, as long as that is the
    shorter one."""
    lines = {name: len(part.words) + 1 if part.words else 0 for name, part in told.items()}
    first = sum(lines[name] for name in FIRST)
    second = sum(lines[name] for name in SECOND if name not in HISTORY)
    beside = set()
    for name in HISTORY:
        if first < second:
            beside.add(name)
            first += lines[name]
        else:
            second += lines[name]
    return frozenset(beside)


class DossierScreen(Scrolled[None], Page[None], where="dossier"):
    """The page of the application `application_id`; it closes when that is deleted."""

    scrolled: ClassVar[str] = "#parts"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self._wide = False
        """Whether it was drawn in two columns."""

    def parts(self) -> ComposeResult:
        yield Paragraphs(id="heading")
        with VerticalScroll(id="parts", can_focus=False), HorizontalGroup(id="columns"):
            for column, place in ((FIRST, "-first"), (SECOND, "-second")):
                with VerticalGroup(classes=f"column {place}"):
                    for name in column:
                        yield Paragraphs(id=name, classes=f"part {LOUDNESS.get(name, '')}")
                    for name in HISTORY if column is FIRST else ():
                        yield Paragraphs(id=name + BESIDE, classes="part")

    def on_resize(self) -> None:
        """With one column or two, the parts of the history stand elsewhere."""
        self.call_after_refresh(self._follow_width)

    def _follow_width(self) -> None:
        if self.has_class("-wide") is not self._wide:
            self.draw()

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        self.query_one(KeyBar).show(self.where, moment_of(dossier.card, now.date()))
        self.query_one("#heading", Paragraphs).show(*heading(dossier, now))
        told = {name: tell(dossier, now) for name, tell in (FIRST | SECOND).items()}
        self._wide = self.has_class("-wide")
        beside = parts_beside(told) if self._wide else frozenset()
        for name in HISTORY:
            self.query_one(f"#{name}" if name in beside else f"#{name}{BESIDE}").display = False
        for name, (title, words, key) in told.items():
            place = name + BESIDE if name in beside else name
            part = self.query_one(f"#{place}", Paragraphs)
            part.display = bool(words)
            entitled = key_hints(*([key] if key else []), before=title)
            part.border_title = entitled if LOUDNESS.get(name) == "-next" else entitled.pad(1, 1)
            part.show(*words)
