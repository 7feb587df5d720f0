"""What a message says: the kind that it is of, the sentence that says so, the day it names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from store.rules.mail.days_named import find_days
from store.rules.mail.letter import Body
from store.rules.mail.message import Kind, Letter
from store.rules.mail.phrases import Folded, Found, Language
from store.rules.mail.senders import Sender

_TOLD = ("rejection", "offer", "invitation", "acknowledgement")
_WEAK_ENOUGH = 2
"""Weak phrases that suggest a kind together (product)."""


class Reading(NamedTuple):
    """What a message says.

    `sentence` is the one that says so, as it stands there. `by` is the day by which they decide,
    or of an offer the one by which they want the answer. `sure` is False where another reading is
    possible. `applies` says that it is about an application at all, `programmed` that a program
    wrote it, `pitched` that strangers with a vacancy write so.
    """

    kind: Kind
    sentence: str
    by: date | None
    sure: bool
    applies: bool
    programmed: bool
    pitched: bool


class _Signs(NamedTuple):
    """What was found of each kind: the decisive phrases that count, and the others."""

    strong: Mapping[str, Sequence[Found]]
    weak: Mapping[str, int]
    said: Mapping[str, bool]
    """What else is said anywhere: absence, pitch, alert, automatic, about."""


def read_letter(letter: Letter, body: Body, sender: Sender) -> Reading:
    """What `letter` says; Kind.NOTHING for what is about no application."""
    lines, folded, languages = body.lines, body.folded, body.languages
    signs = _look(folded, Folded((body.below,)), languages)
    programmed = letter.automatic or sender.is_post or signs.said["automatic"]
    pitched = signs.said["pitch"]
    applies = signs.said["about"] or bool(signs.strong["acknowledgement"])

    def give(kind: Kind, found: Sequence[Found], sure: bool, by: date | None = None) -> Reading:
        place = _place(found)
        return Reading(kind, lines[place] if lines else "", by, sure, applies, programmed, pitched)

    if signs.said["absence"] and not signs.strong["acknowledgement"]:
        return give(Kind.NOTHING, (), sure=True)
    strong = {kind: signs.strong[kind] for kind in _TOLD}
    told = [kind for kind in ("rejection", "offer", "invitation") if strong[kind]]
    if signs.said["alert"] and (letter.bulk or sender.is_board or not told):
        confirmed = sender.confirms and strong["acknowledgement"]
        if not confirmed and not (strong["acknowledgement"] and not letter.bulk):
            return give(Kind.NOTHING, (), sure=True)
    if pitched and not told:
        return give(Kind.NOTHING, (), sure=True)
    if len(told) > 1:
        # Of two that are said the later one counts: “not this one; for the other we invite you”.
        last = max(told, key=lambda kind: _place(strong[kind]))
        if "offer" in told and "rejection" not in told:
            last = "offer"
        by = _deadline(folded, languages, letter.sent_on) if last == "offer" else None
        return give(Kind(last), strong[last], sure=set(told) == {"offer", "invitation"}, by=by)
    if told:
        (kind,) = told
        others = [other for other in ("rejection", "offer", "invitation") if other != kind]
        doubt = any(signs.weak[other] >= _WEAK_ENOUGH for other in others if other == "rejection")
        by = _deadline(folded, languages, letter.sent_on) if kind == "offer" else None
        sure = not doubt and not letter.bulk and not pitched
        return give(Kind(kind), strong[kind], sure, by)
    by, at = _decision(folded, languages, letter.sent_on)
    if strong["acknowledgement"]:
        place = [Found(at, 0, strong=True)] if by and not programmed else strong["acknowledgement"]
        doubt = bool(signs.weak["rejection"] or signs.weak["offer"])
        return give(Kind.ACKNOWLEDGEMENT, place, sure=programmed and not doubt, by=by)
    for weakly in ("rejection", "offer", "invitation"):
        if weakly == "invitation" and by is not None and not programmed:
            continue  # a day that is named for their answer says more
        if signs.weak[weakly] >= _WEAK_ENOUGH and (applies or not programmed):
            return give(Kind(weakly), (), sure=False)
    if signs.weak["acknowledgement"] and (programmed or signs.weak["acknowledgement"] > 1):
        return give(Kind.ACKNOWLEDGEMENT, (), sure=False, by=by)
    if by is not None:
        found = [Found(at, 0, strong=True)]
        sure = not programmed and not any(signs.weak[one] for one in ("rejection", "offer"))
        return give(Kind.DATE, found, sure, by)
    # What only seems to say nothing definite may well do: short words without a hint are sure.
    sure = not (programmed or letter.bulk or any(signs.weak.values()))
    sure = sure and not any(folded.has(spoken.phrases["hint"]) for spoken in languages)
    return give(Kind.REPLY, (Found(min(1, len(lines) - 1), 0, strong=False),), sure)


def may_begin(body: Body) -> bool:
    """Whether a message may be about an application: False is certain, and quickly told."""
    groups = ("about", "acknowledgement")
    return any(
        body.folded.may_have(spoken.phrases[group]) for spoken in body.languages for group in groups
    )


def _place(found: Iterable[Found]) -> int:
    """The sentence that says it: the last one, but the subject only where nothing else does."""
    return max((one.sentence for one in found), default=0)


def _look(folded: Folded, below: Folded, languages: Sequence[Language]) -> _Signs:
    strong: dict[str, list[Found]] = {kind: [] for kind in _TOLD}
    weak: dict[str, int] = dict.fromkeys(_TOLD, 0)
    said = dict.fromkeys(("absence", "pitch", "alert", "automatic", "about"), False)
    for spoken in languages:
        conditions = _conditions(folded, spoken)
        for kind in _TOLD:
            for found in folded.find(spoken.phrases[kind]):
                begins = conditions.get(found.sentence)
                if kind != "acknowledgement" and begins is not None and begins < found.start:
                    continue
                if found.strong:
                    strong[kind].append(found)
                else:
                    weak[kind] += 1
        for name in said:
            for part in (folded, below) if name in ("automatic", "alert") else (folded,):
                said[name] = said[name] or part.has(spoken.phrases[name])
    return _Signs(strong, weak, said)


def _conditions(folded: Folded, spoken: Language) -> dict[int, int]:
    """From where on each sentence says what is not so yet."""
    polite = {one.sentence for one in folded.find(spoken.phrases["exempt"])}
    found: dict[int, int] = {}
    for one in folded.find(spoken.phrases["condition"]):
        if one.sentence not in polite:
            found[one.sentence] = min(one.start, found.get(one.sentence, one.start))
    return found


def _decision(
    folded: Folded, languages: Sequence[Language], sent_on: date
) -> tuple[date | None, int]:
    """The day by which they decide or answer, and the sentence that names it."""
    for spoken in languages:
        asks = {one.sentence for one in folded.find(spoken.phrases["asks"])}
        conditions = _conditions(folded, spoken)
        said: dict[int, int] = {}
        for one in folded.find(spoken.phrases["decides"]):
            said[one.sentence] = min(one.start, said.get(one.sentence, one.start))
        for place, start in sorted(said.items()):
            if place in asks or conditions.get(place, start) < start:
                continue
            days = find_days(folded.sentences[place], spoken, sent_on)
            if days:
                return days[-1].day, place
    return None, 0


def _deadline(folded: Folded, languages: Sequence[Language], sent_on: date) -> date | None:
    """The day by which they want an answer to their offer."""
    for spoken in languages:
        for place in sorted({one.sentence for one in folded.find(spoken.phrases["asks"])}):
            days = find_days(folded.sentences[place], spoken, sent_on)
            if days:
                return days[-1].day
    return None
