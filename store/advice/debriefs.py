"""A debrief: which interview it is about, and what its form holds, for screen and command line.

All of it is pure. A line of a section is one point; see `SECTIONS` for which.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from store.model.dossier import DebriefEntry, Dossier, Due, InterviewEntry
from store.rules import fields
from store.rules.dates import echo_day
from store.rules.followups.actions import DEBRIEF
from store.rules.followups.ends import promise_day
from store.rules.text import Refused, clean
from store.rules.typed.debrief import SECTIONS as SECTIONS
from store.rules.typed.debrief import (
    DebriefAnswers,
    DebriefLine,
    read_decision_day,
    read_line,
    section_lines,
    without_bullet,
)

Texts = Mapping[str, str]
"""The form as typed, by the names of its fields; the signals as their keys with spaces between."""

PLAIN = ("next_step", "decide_by", "mood", "wish", "signals", "remarks")
NAMES = (*(section.name for section in SECTIONS), *PLAIN)


class Unread(Refused):
    """A field that cannot be taken as it is typed; `field` is its name."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Decision(NamedTuple):
    """By when they decide, their words for it, and how that is said back."""

    day: date | None
    said: str
    echo: str


def texts_of(dossier: Dossier, interview: InterviewEntry) -> dict[str, str]:
    """What the form of `interview` shows: the debrief as written, else what is known without it."""
    texts = dict.fromkeys(NAMES, "")
    points = points_of(dossier, interview)
    for section in SECTIONS:
        texts[section.name] = "\n".join(section_lines(section, points))
    entry = debrief_of(dossier, interview)
    if entry is not None:
        day = entry.promised_by
        return texts | {
            "next_step": entry.next_step,
            "decide_by": day.isoformat() if day else entry.promised_text,
            "mood": str(entry.mood or ""),
            "wish": str(entry.wish or ""),
            "signals": " ".join(entry.signals),
            "remarks": entry.remarks,
        }
    told = {e.next_step for e in dossier.debriefs} | {e.promised_by for e in dossier.debriefs}
    step, by = dossier.fields.get("next_step", ""), dossier.card.expected_by
    held = interview.starts_at
    if step not in told:
        texts["next_step"] = step
    if by is not None and by not in told and held is not None and by >= held.date():
        texts["decide_by"] = by.isoformat()
    return texts


def points_of(dossier: Dossier, interview: InterviewEntry) -> tuple[DebriefLine, ...]:
    """The points that were noted after `interview`, as lines."""
    points = (point for point in dossier.points if point.interview_id == interview.id)
    return tuple((point.kind, point.text, point.felt) for point in points)


def answers_of(dossier: Dossier, interview: InterviewEntry) -> DebriefAnswers:
    """What is written about `interview` so far."""
    points, entry = points_of(dossier, interview), debrief_of(dossier, interview)
    if entry is None:
        return DebriefAnswers(points=points)
    return DebriefAnswers(
        mood=entry.mood,
        wish=entry.wish,
        signals=entry.signals,
        next_step=entry.next_step,
        promised_by=entry.promised_by,
        promised_text=entry.promised_text,
        remarks=entry.remarks,
        points=points,
    )


def interview_to_debrief(due: Due | None) -> int | None:
    """The interview of which a follow-up asks for the debrief; None when it asks for none."""
    return due.interview_id if due is not None and due.action == DEBRIEF else None


def for_debrief(
    interviews: Iterable[InterviewEntry], now: datetime, asked: int | None
) -> InterviewEntry | None:
    """The interview to write about, None when it has not begun: the one with the id `asked`.

    Where none is asked for: the last one held whose debrief is not finished, else the one under
    way unless its debrief is, else the last one held, else any that has begun.
    """
    begun = [interview for interview in interviews if _has_begun(interview, now)]
    if asked is not None:
        return next((interview for interview in begun if interview.id == asked), None)
    open_ones = [one for one in begun if one.debriefed_on is None or one.debrief_left]
    held = [one for one in begun if one.was_held(now)]
    for group in ([one for one in open_ones if one.was_held(now)], open_ones, held, begun):
        if group:
            return max(group, key=lambda one: one.starts_at or now)
    return None


def _has_begun(interview: InterviewEntry, now: datetime) -> bool:
    return (
        interview.status == "confirmed"
        and interview.kept is not False
        and interview.starts_at is not None
        and interview.starts_at.timestamp() <= now.timestamp()
    )


def debrief_of(dossier: Dossier, interview: InterviewEntry) -> DebriefEntry | None:
    """What was written about `interview`, finished or not."""
    return next((e for e in dossier.debriefs if e.interview_id == interview.id), None)


def known_words(dossier: Dossier, interview: InterviewEntry) -> dict[str, str]:
    """Their words for the days that the form may show, by those days in ISO form."""
    words = {}
    if dossier.card.expected_by is not None:
        words[dossier.card.expected_by.isoformat()] = dossier.fields.get("expected_text", "")
    entry = debrief_of(dossier, interview)
    if entry is not None and entry.promised_by is not None:
        words[entry.promised_by.isoformat()] = entry.promised_text
    return words


def read_decision(text: str, today: date, held_on: date, words: Mapping[str, str]) -> Decision:
    """By when they decide: “next week”, “3 dec”. `words` are theirs for days known already.

    A day that has passed meanwhile counts when it lies after the interview. Refused when no day
    can be read.
    """
    typed = " ".join(text.split())
    if not typed:
        return Decision(None, "", "")
    if typed in words:
        day, said = date.fromisoformat(typed), words[typed]
        echo = echo_day(day, today) + (f" (“{said}”)" if said and said != typed else "")
        return Decision(day, said, echo)
    try:
        day = read_decision_day(typed, today, held_on)
    except Refused as refused:
        raise Unread("decide_by", str(refused)) from None
    said = clean(typed, fields.DEBRIEF["promised_text"])
    return Decision(day, said, echo_day(day, today))


def answers(
    texts: Texts, today: date, held_on: date, words: Mapping[str, str], *, loose: bool = False
) -> dict[str, Any]:
    """The arguments of `Pipeline.debrief`; Unread for a field that cannot be stored.

    With `loose`, words by which no day can be read are kept as what they said.
    """
    try:
        decision = read_decision(texts["decide_by"], today, held_on, words)
    except Unread:
        if not loose:
            raise
        decision = Decision(None, texts["decide_by"], "")
    plain = {
        "next_step": (texts["next_step"], "next_step"),
        "promised_text": (decision.said, "decide_by"),
        "remarks": (texts["remarks"], "remarks"),
    }
    stored: dict[str, Any] = {}
    for name, (text, field) in plain.items():
        try:
            stored[name] = clean(text, fields.DEBRIEF[name])
        except Refused as refused:
            raise Unread(field, str(refused)) from None
    return stored | {
        "promised_by": decision.day,
        "mood": int(texts["mood"]) if texts["mood"] else None,
        "wish": int(texts["wish"]) if texts["wish"] else None,
        "signals": tuple(texts["signals"].split()),
        "points": tuple(_points(texts)),
    }


def promise_echo(text: str, today: date) -> str:
    """The days that the user's promises name, as they are read; empty when none does."""
    days = (promise_day(line, today) for line in text.splitlines())
    return " · ".join(echo_day(day, today) for day in dict.fromkeys(days) if day is not None)


def merge(base: Texts, stored: Texts, typed: Texts) -> dict[str, str]:
    """`typed`, which began as `base`, with what was stored elsewhere meanwhile.

    Of a field that nobody touched here, what is stored counts; lines and remarks written on both
    sides are kept both; else what is typed goes before.
    """
    result = {}
    for name in NAMES:
        was, is_, here = base.get(name, ""), stored.get(name, ""), typed.get(name, "")
        if here == was or is_ == was:
            result[name] = is_ if here == was else here
            continue
        if name in ("next_step", "decide_by", "mood", "wish"):
            result[name] = here
            continue
        split = " " if name == "signals" else "\n"
        known = {*was.split(split), *here.split(split)}
        new = [line for line in is_.split(split) if line not in known]
        result[name] = split.join([here, *new]) if here else split.join(new)
    return result


def _points(texts: Texts) -> Iterator[DebriefLine]:
    for section in SECTIONS:
        for line in texts[section.name].splitlines():
            try:
                point = read_line(section, without_bullet(line))
            except Refused as refused:
                said = str(refused).replace(fields.POINT["text"].label, "A line", 1)
                raise Unread(section.name, said) from None
            if point is not None:
                yield point
