"""What a message says: the kind that it is of, the sentence that says so, the day it names.

What its sentences say is weighed by their cues, what the whole says by `weighing`; the phrases of
each language are signs among others, and decide whether it is sure.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from store.rules.mail.cues import shares_of
from store.rules.mail.days_named import find_days
from store.rules.mail.letter import LetterText, answers
from store.rules.mail.message import Letter, MailKind
from store.rules.mail.phrases import Folded, FoundPhrase, Language
from store.rules.mail.senders import Sender
from store.rules.mail.times_named import find_slots
from store.rules.mail.weighing import WeighedKind, weigh_message

_TOLD = (MailKind.REJECTION, MailKind.OFFER, MailKind.INVITATION, MailKind.ACKNOWLEDGEMENT)
_NOISE = ("alert", "absence", "pitch")
"""What is said in messages that mean nothing."""
_WEAK_AT_MOST = 2
"""Weak phrases of a kind; more of them tell no more (product)."""
_SHORT, _LONG = 4, 9
"""Sentences below which a message is short, and above which it is long (product)."""
_SURE, _OTHER_AT_MOST = 0.9, 0.35
"""How likely a kind must be to be sure, and how likely another may be in any sentence (product)."""
_QUOTES = re.compile('["“”„«»]')


class MailReading(NamedTuple):
    """What a message says.

    `sentence` is the one that says so, as it stands there. `by` is the day by which they decide,
    or of an offer the one by which they want the answer. `sure` is False where another reading is
    possible. `applies` says that it is about an application at all, `programmed` that a program
    wrote it, `pitched` that strangers with a vacancy write so, `hires` that a phrase of an offer of
    work stands there, and not only of one.
    """

    kind: MailKind
    sentence: str
    by: date | None
    sure: bool
    applies: bool
    programmed: bool
    pitched: bool
    hires: bool = False


class Signs(NamedTuple):
    """What was found of each kind: the decisive phrases that count, and the others."""

    strong: Mapping[MailKind, Sequence[FoundPhrase]]
    weak: Mapping[MailKind, int]
    said: Mapping[str, bool]
    """What else is said anywhere: absence, pitch, alert, automatic, about, elsewhere."""


def read_letter(letter: Letter, body: LetterText, sender: Sender) -> MailReading:
    """What `letter` says; Kind.NOTHING for what is about no application."""
    signs = look(body)
    by, at = decision(body.folded, body.languages, letter.sent_on)
    said = signs_of(letter, body, sender, signs, names_day=by is not None)
    applies = signs.said["about"] or bool(signs.strong[MailKind.ACKNOWLEDGEMENT])
    noise = any(signs.said[name] for name in (*_NOISE, "elsewhere"))
    told = [kind for kind in _TOLD if signs.strong[kind]] if applies else []
    told = [] if noise or letter.bulk or sender.is_board else told
    weighed = weigh_message(shares_of(body.folded.sentences, body.languages[0]), said, told)
    kind = weighed.kind
    programmed = letter.automatic or sender.is_post or signs.said["automatic"]
    place = weighed.place
    if kind in _TOLD and signs.strong[kind]:
        place = max(one.sentence for one in signs.strong[kind])
    elif kind is MailKind.DATE and by is not None:
        place = at
    if kind is MailKind.OFFER:
        by = _deadline(body.folded, body.languages, letter.sent_on)
    elif kind not in (MailKind.DATE, MailKind.ACKNOWLEDGEMENT):
        by = None
    lines = body.lines
    return MailReading(
        kind,
        lines[place] if lines else "",
        by,
        _is_sure(weighed, signs, letter, by, lines, applies=applies),
        applies,
        programmed,
        signs.said["pitch"],
        bool(signs.strong[MailKind.OFFER]),
    )


def signs_of(
    letter: Letter, body: LetterText, sender: Sender, signs: Signs, *, names_day: bool
) -> dict[str, float]:
    """The signs of a message beside what its sentences say: phrases, times, who sends it."""
    folded = body.folded
    found = {f"strong {kind}": bool(signs.strong[kind]) for kind in _TOLD}
    found |= {f"said {name}": said for name, said in signs.said.items() if name != "elsewhere"}
    found |= {
        "names a day": names_day,
        "names a time": bool(find_slots(folded, body.languages, letter.sent_on)),
        "asks": "?" in folded.text,
        "from a post": sender.is_post,
        "from a job board": sender.is_board,
        "to a list": letter.bulk,
        "automatic": letter.automatic,
        "answers": answers(letter.subject),
        "short": len(body.lines) < _SHORT,
        "long": len(body.lines) > _LONG,
    }
    weak = {f"weak {kind}": min(signs.weak[kind], _WEAK_AT_MOST) / _WEAK_AT_MOST for kind in _TOLD}
    return {sign: float(value) for sign, value in found.items()} | weak


def _is_sure(
    weighed: WeighedKind,
    signs: Signs,
    letter: Letter,
    by: date | None,
    lines: Sequence[str],
    *,
    applies: bool,
) -> bool:
    """Whether no other reading is possible: what is weighed and the phrases say the same, and no
    sentence says anything else."""
    kind = weighed.kind
    noise = any(signs.said[name] for name in _NOISE)
    if kind is MailKind.NOTHING:
        return noise and weighed.share >= _SURE
    # One may apply for a flat or a loan, too.
    if letter.bulk or noise or signs.said["elsewhere"]:
        return False
    if weighed.share < _SURE or weighed.other > _OTHER_AT_MOST:
        return False
    if any(signs.strong[other] for other in _TOLD if other != kind):
        return False
    if kind is MailKind.DATE:
        return by is not None
    # What only seems to say nothing definite may well do: a mere reply is never sure. Neither is
    # what somebody only quotes.
    told = [one for one in signs.strong.get(kind, ()) if not _QUOTES.search(lines[one.sentence])]
    return applies and bool(told)


def may_begin(body: LetterText) -> bool:
    """Whether a message may be about an application: False is certain, and quickly told."""
    groups = ("about", "acknowledgement")
    return any(
        body.folded.may_have(spoken.phrases[group]) for spoken in body.languages for group in groups
    )


def look(body: LetterText) -> Signs:
    """The phrases that are found in a message."""
    folded, below = body.folded, Folded((body.below,))
    strong: dict[MailKind, list[FoundPhrase]] = {kind: [] for kind in _TOLD}
    weak: dict[MailKind, int] = dict.fromkeys(_TOLD, 0)
    said = dict.fromkeys((*_NOISE, "automatic", "about", "elsewhere"), False)
    for spoken in body.languages:
        conditions = _conditions(folded, spoken)
        for kind in _TOLD:
            for found in folded.find(spoken.phrases[kind]):
                begins = conditions.get(found.sentence)
                if (
                    kind is not MailKind.ACKNOWLEDGEMENT
                    and begins is not None
                    and begins < found.start
                ):
                    continue
                if found.strong:
                    strong[kind].append(found)
                else:
                    weak[kind] += 1
        for name in said:
            for part in (folded, below) if name in ("automatic", "alert") else (folded,):
                said[name] = said[name] or part.has(spoken.phrases[name])
    return Signs(strong, weak, said)


def _conditions(folded: Folded, spoken: Language) -> dict[int, int]:
    """From where on each sentence says what is not so yet."""
    polite = {one.sentence for one in folded.find(spoken.phrases["exempt"])}
    found: dict[int, int] = {}
    for one in folded.find(spoken.phrases["condition"]):
        if one.sentence not in polite:
            found[one.sentence] = min(one.start, found.get(one.sentence, one.start))
    return found


def decision(
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
