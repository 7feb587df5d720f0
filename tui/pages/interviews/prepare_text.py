"""What is taken along into the next interview, as the lines of a list: pure functions.

Every part has lines that can be ticked, edited or answered; a part that is empty says what to
enter, where that is worth doing at all.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from store.advice.carry_over import Carried, Question, also_words, preparation
from store.model.dossier import ContactEntry, Dossier, PointEntry
from store.rules.dates import echo_day, short_countdown, short_day
from store.rules.points import KINDS, LANDED, NEWS
from store.rules.typed.point import PROMISES, detail_word
from store.rules.urgency import Level, due_level
from tui.pages.page import ListPart
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone
from tui.wording import abroad, distance, span

INDENT = "  "
_ASIDE = "↳ "


class PrepareLine(NamedTuple):
    """One line: what it stands for, and how it reads.

    `ident` stays the same however the list changes; `question` is a usual one that is not noted
    yet. `kind` is what + adds here, in a line that begins with `lead`.
    """

    ident: str
    text: str
    kind: str = ""
    lead: str = ""
    box: bool = False
    ticked: bool = False
    note: str = ""
    group: str = ""
    tone: Tone | Level = Tone.TEXT
    note_tone: Tone | Level = Tone.MUTED
    point: PointEntry | None = None
    question: str = ""
    contact: ContactEntry | None = None
    detail: tuple[Paragraph, ...] = ()

    @property
    def tickable(self) -> bool:
        """Whether space does something here."""
        return self.box or self.is_plan

    @property
    def is_plan(self) -> bool:
        """Whether this is the line of a concern's plan."""
        return self.ident.startswith("plan:")


PreparePart = ListPart[PrepareLine]


def asides(points: Sequence[PointEntry], now: datetime) -> Iterator[PrepareLine]:
    """What answers the line above."""
    for point in points:
        entry = point_entry(point, now, note=short_day(point.noted_on, now.date())[4:])
        words = f"{INDENT}{_ASIDE}{KINDS[point.kind].title.lower()}: {entry.text}"
        yield entry._replace(ident=f"answer:{point.id}", text=words, box=False, tone=Tone.MUTED)


def point_entry(
    point: PointEntry,
    now: datetime,
    answers: Sequence[PointEntry] = (),
    *,
    note: str = "",
    note_tone: Tone | Level = Tone.MUTED,
    group: str = "",
) -> PrepareLine:
    done = point.state != "open"
    return PrepareLine(
        f"point:{point.id}",
        point.text,
        point.kind,
        box=True,
        ticked=done,
        note=note,
        group=group,
        tone=Tone.MUTED if done else Tone.TEXT,
        note_tone=note_tone,
        point=point,
        detail=tuple(_point_words(point, answers, now)),
    )


def _point_words(
    point: PointEntry, answers: Sequence[PointEntry], now: datetime
) -> Iterator[Paragraph]:
    """A point in full."""
    felt = {"concern": " (sensed)", "asked": " (weak)"}.get(point.kind, "") if point.felt else ""
    yield Paragraph(f"{KINDS[point.kind].title}{felt}: {point.text}", Tone.STRONG)
    if point.detail:
        word = detail_word(point.kind)
        yield Paragraph(point.detail, lead=word[:1].upper() + word[1:])
    if point.due_on is not None:
        lead = "By" if point.kind in PROMISES else "Of"
        yield Paragraph(echo_day(point.due_on, now.date()), lead=lead)
    if point.link:
        yield Paragraph(point.link, lead="Link")
    for answer in answers:
        more = f" — {in_a_line(answer.detail)}" if answer.detail else ""
        yield Paragraph(answer.text + more, lead=KINDS[answer.kind].title)
    if point.kind not in LANDED:
        yield Paragraph(f"noted {short_day(point.noted_on, now.date())}", Tone.MUTED)


def hint_entry(kind: str, words: str) -> PrepareLine:
    known = kind if kind in KINDS else ""
    return PrepareLine(f"none:{kind}", words, known, tone=Tone.MUTED, detail=(Paragraph(words),))


def answers_to(points: Sequence[PointEntry], to: PointEntry) -> tuple[PointEntry, ...]:
    return tuple(point for point in points if point.answers_id == to.id)


def age(days: int) -> str:
    """ "today", "3 days ago", "5 weeks ago": how fresh it is."""
    ago = -days
    if ago <= 0:
        return "today"
    if ago < 28:
        return f"{count_words(ago, 'day')} ago"
    if ago < 365:
        return f"{count_words(ago // 7, 'week')} ago"
    return f"{count_words(ago // 365, 'year')} ago"


def count_words(count: int, word: str, plural: str = "") -> str:
    return f"{count:,} {word if count == 1 else plural or f'{word}s'}"


def in_a_line(text: str) -> str:
    return " ".join(text[:500].split())


def prepare_parts(dossier: Dossier, now: datetime) -> tuple[PreparePart, ...]:
    """All parts that have something to say."""
    carried = preparation(dossier, now)
    values = [point for point in dossier.points if point.kind == "culture"]
    stories = [p for p in dossier.points if p.kind == "story" and p.answers_id is None]
    parts = (
        _agenda(dossier, carried, now),
        _also(carried, now),
        _concerns(dossier, now),
        _weak(dossier, now),
        _went_well(carried, now),
        _people(dossier, carried, now),
        _news(dossier, now),
        _steps(carried, now),
        _requirements(dossier, now),
        _questions(carried, now),
        _to_ask(carried, now),
        _promises(dossier, now),
        _plain("Their values", values, now),
        _plain("Stories", stories, now),
        _earlier_questions(dossier, now),
    )
    return tuple(part for part in parts if part.lines)


def _agenda(dossier: Dossier, carried: Carried, now: datetime) -> PreparePart:
    ahead = carried.ahead
    if ahead is None:
        hint = "No interview ahead. Press i to add one; its formats say what to prepare."
        entries = [] if dossier.card.outcome is not None else [hint_entry("agenda", hint)]
        return PreparePart("Agenda", "", tuple(entries))
    when = [span(ahead, now), distance(ahead, now), f"with {ahead.people}" if ahead.people else ""]
    words = ", ".join(word for word in when if word)
    there = abroad(ahead, now)
    told = (
        Paragraph(words, Tone.STRONG),
        *([Paragraph(there, lead="Local time")] if there else []),
        *([Paragraph(ahead.place, lead="At")] if ahead.place else []),
    )
    entries = [PrepareLine(f"interview:{ahead.id}", words, tone=Level.SOON, detail=told)]
    from store.rules.lists import formats

    known = formats()
    for key in ahead.formats:
        prepare = known[key].prepare if key in known else ""
        title = known[key].title if key in known else key
        entries.append(
            PrepareLine(
                f"format:{key}",
                f"{title}: {prepare}" if prepare else title,
                detail=(Paragraph(title, Tone.STRONG), Paragraph(prepare)),
            )
        )
    if not ahead.formats:
        entries.append(hint_entry("format", "Format unknown. Ask, then press I to add it."))
    return PreparePart("Agenda", "", tuple(entries))


def _also(carried: Carried, now: datetime) -> PreparePart:
    """Other applications there: a question in the interview spares them a message."""
    entries = []
    for one in carried.also:
        words = also_words(one, now.date())
        told = (
            Paragraph(f"Also ask about: {words}", Tone.STRONG),
            Paragraph("Ask about it at this interview, not in writing."),
        )
        entries.append(PrepareLine(f"also:{one.id}", words, tone=Level.ASK, detail=told))
    return PreparePart("Also ask about", len(entries), tuple(entries))


def _concerns(dossier: Dossier, now: datetime) -> PreparePart:
    """Every concern with its plan and the steps taken since; those addressed are ticked."""
    concerns = [point for point in dossier.points if point.kind == "concern"]
    entries: list[PrepareLine] = []
    for point in concerns:
        steps = answers_to(dossier.points, point)
        note = count_words(len(steps), "step") if steps else "" if point.detail else "no plan"
        done = point.state != "open"
        level = Level.ASK if note == "no plan" and not done else Tone.MUTED
        entries.append(point_entry(point, now, steps, note=note, note_tone=level))
        if point.detail:
            plan = f"{INDENT}plan: {in_a_line(point.detail)}"
            entries.append(
                entries[-1]._replace(
                    ident=f"plan:{point.id}", text=plan, box=False, note="", tone=Tone.MUTED
                )
            )
        entries += asides(steps, now)
    still = sum(point.state == "open" for point in concerns)
    hint = "Press + to add a concern; your plan goes after “ -- ”."
    return PreparePart("Their concerns", still, tuple(entries) or (hint_entry("concern", hint),))


def _weak(dossier: Dossier, now: datetime) -> PreparePart:
    weak = [point for point in dossier.points if point.kind == "asked" and point.felt]
    part = _with_answers(dossier, now, "Weak answers", weak)
    return part._replace(lines=tuple(entry._replace(lead="weak: ") for entry in part.lines))


def _went_well(carried: Carried, now: datetime) -> PreparePart:
    entries = tuple(point_entry(p, now, note=KINDS[p.kind].title.lower()) for p in carried.landed)
    hint = "Press + to add a result or topic they liked."
    return PreparePart("What went well", len(entries), entries or (hint_entry("topic", hint),))


def _people(dossier: Dossier, carried: Carried, now: datetime) -> PreparePart:
    """Who was met, then who is met for the first time."""
    entries = []
    for met in carried.met:
        note = "again" if met.again else short_day(met.on, now.date())
        level = Level.SOON if met.again else Tone.MUTED
        entries.append(_person(met.contact, note, level))
    known = {met.contact.id for met in carried.met}
    ahead = {
        person.contact_id
        for interview in dossier.interviews
        if carried.ahead is not None and interview.id == carried.ahead.id
        for person in interview.interviewers
    }
    new = [c for c in dossier.contacts if c.id in ahead and c.id not in known]
    entries += [_person(contact, "new to you", Level.ASK) for contact in new]
    hint = (
        [hint_entry("people", "Who will you meet? Press P to add them.")] if carried.ahead else []
    )
    return PreparePart("People", len(entries), tuple(entries or hint))


def _person(contact: ContactEntry, note: str, level: Tone | Level) -> PrepareLine:
    name = f"{contact.name}, {contact.title}" if contact.title else contact.name
    ground = contact.common_ground or "common ground?"
    return PrepareLine(
        f"contact:{contact.id}",
        f"{name}: {in_a_line(ground)}",
        note=note,
        note_tone=level,
        contact=contact,
        detail=(
            Paragraph(name, Tone.STRONG),
            Paragraph(contact.common_ground or "Press Enter to add it.", lead="Common ground"),
            *([Paragraph(contact.background, lead="Background")] if contact.background else []),
        ),
    )


def _news(dossier: Dossier, now: datetime) -> PreparePart:
    """The freshest first; what was raised is ticked."""
    points = [point for point in dossier.points if point.kind in NEWS]
    points.sort(key=lambda point: point.due_on or point.noted_on, reverse=True)
    entries = tuple(
        point_entry(p, now, note=age(((p.due_on or p.noted_on) - now.date()).days)) for p in points
    )
    fresh = sum(point.state != "done" for point in points)
    hint = "Press + to add news; two recent items are enough."
    return PreparePart("News to bring up", fresh, entries or (hint_entry("news", hint),))


def _steps(carried: Carried, now: datetime) -> PreparePart:
    entries = tuple(
        point_entry(p, now, note=short_day(p.noted_on, now.date())[4:], group=p.kind)
        for p in carried.steps
    )
    return PreparePart("Done since then", len(entries), entries)


def _requirements(dossier: Dossier, now: datetime) -> PreparePart:
    """What the posting asks for, each with its stories; the uncovered ones stand out."""
    points = [point for point in dossier.points if point.kind == "requirement"]
    part = _with_answers(dossier, now, "Requirements", points, missing="no story")
    hint = "Press + to add one from the posting, then a to add a story to it."
    return part if points else PreparePart(part.title, 0, (hint_entry("requirement", hint),))


def _questions(carried: Carried, now: datetime) -> PreparePart:
    """What they may ask; ticked once it was rehearsed aloud."""
    asked = carried.to_rehearse
    entries = [line for each in asked for line in _question(each, now)]
    done = sum(each.rehearsed for each in asked)
    return PreparePart("Likely questions", f"{done} of {len(asked)}", tuple(entries))


def _to_ask(carried: Carried, now: datetime) -> PreparePart:
    mine = [question for question in carried.questions if question.mine]
    entries = tuple(line._replace(lead="ask: ") for each in mine for line in _question(each, now))
    return PreparePart("Questions to ask", len(mine), entries)


def _promises(dossier: Dossier, now: datetime) -> PreparePart:
    points = [point for point in dossier.points if point.kind in PROMISES]
    entries = []
    for point in points:
        who = "you: " if point.kind == PROMISES[0] else "they: "
        when, level = "", Level.COMING
        if point.due_on is not None and point.state != "done":
            when = short_countdown(point.due_on, None, now)
            level = due_level(point.due_on, None, now)
        entry = point_entry(point, now, note=when, note_tone=level)
        entries.append(entry._replace(text=who + entry.text))
    still = sum(point.state != "done" for point in points)
    return PreparePart("Promises", still, tuple(entries))


def _earlier_questions(dossier: Dossier, now: datetime) -> PreparePart:
    points = [point for point in dossier.points if point.kind == "asked" and not point.felt]
    return _with_answers(dossier, now, "Asked before", points)


def _plain(title: str, points: Sequence[PointEntry], now: datetime) -> PreparePart:
    return PreparePart(title, len(points), tuple(point_entry(point, now) for point in points))


def _with_answers(
    dossier: Dossier, now: datetime, title: str, points: Sequence[PointEntry], missing: str = ""
) -> PreparePart:
    entries: list[PrepareLine] = []
    for point in points:
        answers = answers_to(dossier.points, point)
        note = count_words(len(answers), "answer") if answers else missing
        level = Tone.MUTED if answers or point.state != "open" else Level.ASK
        entries.append(point_entry(point, now, answers, note=note, note_tone=level))
        entries += asides(answers, now)
    return PreparePart(title, len(points), tuple(entries))


def _question(question: Question, now: datetime) -> Iterator[PrepareLine]:
    note = count_words(len(question.stories), "story", "stories") if question.stories else ""
    group = "" if question.mine else question.group
    if question.point is not None:
        yield point_entry(question.point, now, question.stories, note=note, group=group)
    else:
        yield PrepareLine(
            f"usual:{question.text.casefold()}",
            question.text,
            "question",
            box=True,
            note=note,
            group=group,
            question=question.text,
            detail=(
                Paragraph(question.text, Tone.STRONG),
                Paragraph("Press space once you have rehearsed it aloud.", Tone.MUTED),
            ),
        )
    yield from asides(question.stories, now)
