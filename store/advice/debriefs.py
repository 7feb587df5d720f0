"""What the form of a debrief holds, as texts: from what is known, and to what is stored.

All of it is pure. A line of a section is one point; see `SECTIONS` for which.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from store.model.dossier import DebriefEntry, Dossier, Meeting
from store.rules import fields
from store.rules.dates import echo_day
from store.rules.followups.ends import promised_for
from store.rules.text import Refused, clean
from store.rules.typed.days import parse_day, parse_window

Texts = Mapping[str, str]
"""The form as typed, by the names of its fields; the signals as their keys with spaces between."""

WEAK = "!"
"""What a question begins with when the answer to it was weak."""
_BULLETS = ("- ", "* ", "• ")


class Section(NamedTuple):
    """Lines of one kind: their name in the form, their title, an example."""

    name: str
    title: str
    example: str
    kind: str
    felt: bool = False


SECTIONS = (
    Section(
        "asked",
        "They asked",
        "one question a line; begin with ! where your answer was weak",
        "asked",
    ),
    Section("achievement", "Went down well", "a result or story of yours", "achievement"),
    Section("topic", "Warmed to", "a topic to pick up again", "topic"),
    Section("said", "Doubts voiced", "what they doubt about you", "concern"),
    Section("felt", "Doubts felt", "what nobody said", "concern", felt=True),
    Section("mine", "You promised", "send the sample by fri", "my_promise"),
    Section("theirs", "They promised", "Ana sends the agenda", "their_promise"),
)
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


def texts_of(dossier: Dossier, talk: Meeting) -> dict[str, str]:
    """What the form of `talk` shows: the debrief as written, else what is known without it."""
    texts = dict.fromkeys(NAMES, "")
    for section in SECTIONS:
        texts[section.name] = "\n".join(_lines(dossier, talk, section))
    entry = debrief_of(dossier, talk)
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
    held = talk.starts_at
    if step not in told:
        texts["next_step"] = step
    if by is not None and by not in told and held is not None and by >= held.date():
        texts["decide_by"] = by.isoformat()
    return texts


def debrief_of(dossier: Dossier, talk: Meeting) -> DebriefEntry | None:
    """What was written about `talk`, finished or not."""
    return next((e for e in dossier.debriefs if e.interview_id == talk.id), None)


def known_words(dossier: Dossier, talk: Meeting) -> dict[str, str]:
    """Their words for the days that the form may show, by those days in ISO form."""
    words = {}
    if dossier.card.expected_by is not None:
        words[dossier.card.expected_by.isoformat()] = dossier.fields.get("expected_text", "")
    entry = debrief_of(dossier, talk)
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
        day = parse_window(typed, today)
    except Refused as refused:
        past = _passed(typed, today, held_on)
        if past is None:
            raise Unread("decide_by", str(refused)) from None
        day = past
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
    days = (promised_for(line, today) for line in text.splitlines())
    return " · ".join(echo_day(day, today) for day in dict.fromkeys(days) if day is not None)


def merged(base: Texts, stored: Texts, typed: Texts) -> dict[str, str]:
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


def _lines(dossier: Dossier, talk: Meeting, section: Section) -> Iterator[str]:
    for point in dossier.points:
        if point.interview_id != talk.id or point.kind != section.kind:
            continue
        if section.kind == "concern" and point.felt != section.felt:
            continue
        weak = point.felt and section.kind == "asked"
        yield f"{WEAK} {point.text}" if weak else point.text


def _points(texts: Texts) -> Iterator[tuple[str, str, bool]]:
    for section in SECTIONS:
        for line in texts[section.name].splitlines():
            text, felt = line.strip(), section.felt
            for bullet in _BULLETS:
                text = text.removeprefix(bullet).lstrip()
            if section.kind == "asked" and text.startswith(WEAK):
                text, felt = text.lstrip(f"{WEAK} "), True
            if not text:
                continue
            try:
                clean(text, fields.POINT["text"])
            except Refused as refused:
                said = str(refused).replace(fields.POINT["text"].label, "A line", 1)
                raise Unread(section.name, said) from None
            yield section.kind, text, felt


def _passed(text: str, today: date, held_on: date) -> date | None:
    try:
        day = parse_day(text, today, past=True)
    except Refused:
        return None
    return day if day >= held_on else None
