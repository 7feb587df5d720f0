"""What earlier interviews bring into the next one: pure over a `Dossier`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from store.model.dossier import ContactEntry, Dossier, InterviewEntry, PointEntry, Sibling
from store.rules.dates import elapsed_words, short_day
from store.rules.points import LANDED, NEWS, STEPS
from store.rules.stages import Stage


class Concern(NamedTuple):
    """An open concern: its plan is the `detail`; `steps` are what was done about it since."""

    point: PointEntry
    steps: tuple[PointEntry, ...]

    @property
    def plan(self) -> str:
        """What the user means to do or say about it."""
        return self.point.detail


class Met(NamedTuple):
    """Someone who was met, on the day `on` for the last time, with what there is in common.

    `again` when they take part in the next interview too.
    """

    contact: ContactEntry
    on: date
    again: bool


class News(NamedTuple):
    """Something to raise: the day it is of, and how many days ago that is."""

    point: PointEntry
    on: date
    days_old: int


class Question(NamedTuple):
    """A question to be ready for.

    `point` is the line in which the user keeps it, if any; `rehearsed` once they practised the
    answer; `stories` are what the user means to tell; `group` is that of the usual ones. One that
    is `mine` is for the user to ask.
    """

    text: str
    point: PointEntry | None
    rehearsed: bool
    stories: tuple[PointEntry, ...]
    group: str = ""
    mine: bool = False


class Carried(NamedTuple):
    """What to take along into the interview `ahead` (None when none is agreed or invited)."""

    ahead: InterviewEntry | None
    agenda: tuple[str, ...]
    """The formats of the interview ahead, as keys."""
    concerns: tuple[Concern, ...]
    """The concerns that are open, in the order in which they were noted."""
    landed: tuple[PointEntry, ...]
    """The topics and achievements that went down well, the latest interview first."""
    met: tuple[Met, ...]
    """Who was met, those who are met again first."""
    news: tuple[News, ...]
    """What is to be raised, the freshest first."""
    weak: tuple[PointEntry, ...]
    """Questions that were asked, and whose answers were weak."""
    steps: tuple[PointEntry, ...]
    """Steps taken since the last interview that answer no concern."""
    questions: tuple[Question, ...]
    also: tuple[Sibling, ...] = ()
    """The other applications there whose inquiry rests meanwhile: they are asked about then."""

    @property
    def to_rehearse(self) -> tuple[Question, ...]:
        """The questions that they may ask."""
        return tuple(question for question in self.questions if not question.mine)


def preparation(dossier: Dossier, now: datetime) -> Carried:
    """`carry_over` with the usual questions, filled with what they liked and their concerns."""
    carried = carry_over(dossier, now)
    topic = carried.landed[0].text if carried.landed else ""
    concern = carried.concerns[0].point.text if carried.concerns else ""
    met = any(interview.was_held(now) for interview in dossier.interviews)
    later = met or dossier.card.stage.place > Stage.FIRST.place
    return carried._replace(questions=_questions(dossier.points, _usual(topic, concern, later)))


def carry_over(dossier: Dossier, now: datetime, questions: Sequence[str] = ()) -> Carried:
    """What the dossier has for the next interview, at `now` (aware, in the user's zone).

    `questions` are those to prepare whatever the application; the user's own come after them.
    """
    ahead = dossier.card.interview
    held = [interview for interview in dossier.interviews if interview.was_held(now)]
    since = max((_day(interview) for interview in held), default=None)
    points = dossier.points
    return Carried(
        ahead=ahead,
        agenda=ahead.formats if ahead is not None else (),
        concerns=tuple(
            Concern(point, _answers(points, point))
            for point in points
            if point.kind == "concern" and point.state == "open"
        ),
        landed=_latest_first((p for p in points if p.kind in LANDED), held),
        met=_people_met(dossier, held, ahead),
        news=_news(points, now.date()),
        weak=tuple(p for p in points if p.kind == "asked" and p.felt and p.state == "open"),
        steps=tuple(
            p
            for p in points
            if p.kind in STEPS and p.answers_id is None and (since is None or p.noted_on >= since)
        ),
        questions=_questions(points, [(text, "", False, ()) for text in questions]),
        also=_also(dossier) if ahead is not None else (),
    )


def _also(dossier: Dossier) -> tuple[Sibling, ...]:
    """The other applications at this employer that have not come further than this one."""
    stage = dossier.card.stage
    return tuple(one for one in dossier.siblings if one.stage.place <= stage.place < 3)


def also_words(sibling: Sibling, today: date) -> str:
    """ "Data Engineer, applied 3 Oct"."""
    if sibling.applied_on is None:
        return sibling.role
    _, day = short_day(sibling.applied_on, today).split(" ", 1)
    return f"{sibling.role}, applied {day}"


def carried_words(carried: Carried, today: date, *, ages: bool = True) -> Iterator[str]:
    """What to take along, line by line: what each format asks for, then what earlier ones left.

    `ages` says of news how old it is on `today`, where what is written is read on that day.
    """
    if carried.agenda:
        from store.rules.lists import formats

        known = formats()
        for key in carried.agenda:
            if key in known:
                yield f"{known[key].title}: {known[key].prepare}"
    for one in carried.also:
        yield f"also ask about: {also_words(one, today)}"
    for concern in carried.concerns:
        plan = f" — {concern.plan}" if concern.plan else ""
        yield f"open concern: {concern.point.text}{plan}"
        for step in concern.steps:
            yield f"  since then: {step.text}"
    for point in carried.landed:
        yield f"went well: {point.text}"
    for met in carried.met:
        ground = f", {met.contact.common_ground}" if met.contact.common_ground else ""
        yield f"met {met.contact.name}{' (again)' if met.again else ''}{ground}"
    for news in carried.news:
        age = elapsed_words(news.on, today)
        old = f" ({age}{' old' if age != 'today' else ''})" if ages else ""
        yield f"to bring up:  {news.point.text}{old}"
    for point in carried.weak:
        yield f"weak answer: {point.text}"
    for point in carried.steps:
        yield f"since then: {point.text}"


def _day(interview: InterviewEntry) -> date:
    assert interview.ends_at is not None
    return interview.ends_at.date()


def _answers(points: Iterable[PointEntry], to: PointEntry) -> tuple[PointEntry, ...]:
    return tuple(point for point in points if point.answers_id == to.id)


def _latest_first(
    points: Iterable[PointEntry], held: Sequence[InterviewEntry]
) -> tuple[PointEntry, ...]:
    """The points by the interview that they come from, the latest first."""
    days = {interview.id: _day(interview) for interview in held}

    def when(point: PointEntry) -> date:
        return days.get(point.interview_id or 0, point.noted_on)

    return tuple(sorted(points, key=when, reverse=True))


def _people_met(
    dossier: Dossier, held: Sequence[InterviewEntry], ahead: InterviewEntry | None
) -> tuple[Met, ...]:
    """Those who took part in interviews that were held."""
    last: dict[int, date] = {}
    for interview in held:
        for person in interview.interviewers:
            day = _day(interview)
            last[person.contact_id] = max(day, last.get(person.contact_id, day))
    coming: set[int] = set()
    for interview in dossier.interviews:
        if ahead is not None and interview.id == ahead.id:
            coming = {person.contact_id for person in interview.interviewers}
    met = (
        Met(contact, last[contact.id], contact.id in coming)
        for contact in dossier.contacts
        if contact.id in last
    )
    return tuple(sorted(met, key=lambda one: not one.again))


def _news(points: Iterable[PointEntry], today: date) -> tuple[News, ...]:
    news = [(p.due_on or p.noted_on, p) for p in points if p.kind in NEWS and p.state != "done"]
    return tuple(
        News(point, on, max(0, (today - on).days))
        for on, point in sorted(news, key=lambda one: one[0], reverse=True)
    )


_Usual = tuple[str, str, bool, tuple[str, ...]]
"""A usual question: its text, its group, whether the user asks it, and its other wordings."""


@lru_cache(maxsize=128)
def _usual(topic: str, concern: str, later: bool) -> tuple[_Usual, ...]:
    """The usual questions; kept, since the panel asks for them with every card."""
    from store.rules.lists import questions

    now, other = (questions(topic, concern, later=when) for when in (later, not later))
    return tuple(
        (each.text, each.group, each.mine, (each.was, elsewhere.text))
        for each, elsewhere in zip(now, other, strict=True)
    )


def _take_kept(kept: dict[str, PointEntry], wordings: Iterable[str]) -> PointEntry | None:
    """The line in which a question is kept, under any of its wordings; it is taken out."""
    found = [kept.pop(text.casefold(), None) for text in dict.fromkeys(wordings)]
    return next((point for point in found if point is not None), None)


def _questions(points: Sequence[PointEntry], usual: Iterable[_Usual]) -> tuple[Question, ...]:
    """The usual questions, then the user's own, each once.

    A usual one is found under its other wordings too: what was rehearsed stays rehearsed.
    """
    kept = {point.text.casefold(): point for point in points if point.kind == "question"}
    lines = [
        (text, group, mine, _take_kept(kept, (text, *others)))
        for text, group, mine, others in usual
    ]
    lines += [(point.text, "", point.felt, point) for point in kept.values()]
    return tuple(
        Question(
            text,
            point,
            rehearsed=point is not None and point.state == "done",
            stories=_answers(points, point) if point is not None else (),
            group=group,
            mine=mine,
        )
        for text, group, mine, point in lines
    )
