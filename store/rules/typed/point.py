"""One line that becomes a point: the order in which its kinds are offered, and how it is read.

"concern: little cloud experience -- the course I take by fri": the kind may stand in front, what
follows a dash is the detail, a link becomes the link, and a promise or a piece of news may end
with its day. What is read as none of these stays in the text.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from store.rules import fields
from store.rules.dates import echo_day
from store.rules.points import ANSWERS, KINDS, NEWS, STEPS
from store.rules.stages import Stage
from store.rules.text import Refused, clean, key_of
from store.rules.typed.days import LONGEST_DAY, parse_day, parse_window

PROMISES = ("my_promise", "their_promise")

_FIRST: Mapping[str, tuple[str, ...]] = {
    "applied": ("requirement", "story", "news", "research", "networking", "culture"),
    "first": ("requirement", "story", "question", "news", "culture", "project"),
    "second": (
        *("concern", "news", "question", "story", "research"),
        *("networking", "skill", "project", "culture"),
    ),
    "after": (
        *("concern", "topic", "achievement", "asked", "my_promise", "their_promise"),
        *("research", "networking", "skill", "news"),
    ),
    "offer": ("component", "condition", "counter", "my_promise", "their_promise", "question"),
    "over": ("concern", "asked", "skill", "story"),
}
"""What is most likely noted at each moment of an application (product)."""

_DETAILS: Mapping[str, str] = {
    "concern": "plan",
    "asked": "answer",
    "question": "answer",
    "story": "full story",
    "component": "amount",
    "counter": "reason",
}
_MORE = "more"

_ALIASES: Mapping[str, tuple[str, bool]] = {
    "sensed": ("concern", True),
    "felt": ("concern", True),
    "raised": ("concern", False),
    "doubt": ("concern", False),
    "gap": ("concern", False),
    "weak": ("asked", True),
    "ask": ("question", True),
    "promise": ("my_promise", False),
    "promised": ("my_promise", False),
    "i promised": ("my_promise", False),
    "counter": ("counter", False),
    "counter offer": ("counter", False),
    "counter-offer": ("counter", False),
    "counter-proposal": ("counter", False),
    "package": ("component", False),
    "package item": ("component", False),
    "contact": ("networking", False),
    "network": ("networking", False),
    "req": ("requirement", False),
}
"""Other words for a kind, and whether it is then one that was sensed, weak or the user's to ask."""

_NAMED: Mapping[str, tuple[str, bool]] = {
    **{kind.title.lower(): (kind.name, False) for kind in KINDS.values()},
    **{name.replace("_", " "): (name, False) for name in KINDS},
    **_ALIASES,
}
_BY_KEY = {key_of(name): kind for name, kind in _NAMED.items()}
_KIND = re.compile(rf"\s*({'|'.join(sorted(map(re.escape, _NAMED), key=len)[::-1])})\s*:\s*", re.I)
_DASH = re.compile(r"(?<!\s)\s+(?:--+|—|–)\s+")
_LINK = re.compile(r"\bhttps?://[^\s<>\"]+", re.I)
_ENDS = ".,;:!?)"
"""What may follow a link without being a part of it."""
_BY = re.compile(r"(?<!\s)\s+(?:by|until)\s+(\S.*)$", re.I)
_OF = re.compile(r"(?<!\s)\s+(?:of|on|from)\s+(\S.*)$", re.I)


class PointText(NamedTuple):
    """A line as it was read: the arguments of a point but whose it is."""

    kind: str
    text: str
    detail: str = ""
    link: str = ""
    due_on: date | None = None
    felt: bool = False


def moment(
    stage: Stage, *, over: bool = False, ahead: bool = False, again: bool = False, met: bool = False
) -> str:
    """The moment of an application, for `kinds_for`.

    Args:
        over: it is closed.
        ahead: an interview is agreed or invited.
        again: that one is the second or a later one.
        met: an interview of the stage is agreed or held.
    """
    if over:
        return "over"
    if stage in (Stage.APPLIED, Stage.OFFER):
        return stage.value
    if met and not ahead:
        return "after"
    return "second" if again or stage is Stage.SECOND else "first"


def kinds_for(when: str, used: str = "") -> tuple[str, ...]:
    """All kinds in the order in which they are offered at a moment (see `moment`).

    The kind that was `used` last comes first where it is likely at that moment at all.
    """
    first = _FIRST[when]
    lead = (used,) if used in first else ()
    return tuple(dict.fromkeys((*lead, *first, *KINDS)))


def kinds_answering(kind: str) -> tuple[str, ...]:
    """The kinds that may answer a point of `kind`; none where nothing does."""
    order: tuple[str, ...] = ("story", *STEPS, "achievement", "project", "news")
    if kind == "concern":
        order = (*STEPS, "story", "achievement")
    return tuple(name for name in order if kind in ANSWERS.get(name, ()))


def detail_word(kind: str) -> str:
    """What the detail of a point is called: the plan against a concern, the answer."""
    return _DETAILS.get(kind, _MORE)


def split_kind(line: str) -> tuple[str, bool, str] | None:
    """The kind that `line` begins with, whether it was sensed, and the rest; None without one."""
    found = _KIND.match(line)
    if found is None:
        return None
    name, felt = _NAMED[" ".join(found[1].lower().split())]
    return name, felt, line[found.end() :]


def read_kind(word: str) -> tuple[str, bool] | None:
    """The kind that `word` names, and whether it is felt; None for what names none.

    By the stored name, the title or another word, however its parts are joined, and in the plural.
    """
    key = key_of(word).rstrip(":").rstrip("_")
    return _BY_KEY.get(key) or _BY_KEY.get(key.removesuffix("s"))


def hint(kind: str) -> str:
    """What can be written into the line of a point of `kind`."""
    day = ""
    if kind in PROMISES:
        day = " “by fri” at its end is the day."
    elif kind in NEWS:
        day = " “on 12 nov” at its end is the day; a link is kept."
    about = KINDS[kind].hint
    word = detail_word(kind)
    then = word if word == _MORE else f"the {word}"
    return f"{about[:1].upper()}{about[1:]}. After “ -- ” comes {then}.{day}"


def read_point(
    line: str, kind: str, today: date, *, kinds: Sequence[str] = ()
) -> tuple[PointText, str]:
    """A line as a point of `kind`, or of the kind that it names itself, and the words for it.

    Args:
        kinds: those that may be; all when empty.

    Raises Refused for a line without a text, one that is too long, and a kind that may not be.
    """
    felt = False
    if named := split_kind(line):
        kind, felt, line = named
    if kinds and kind not in kinds:
        allowed = ", ".join(KINDS[name].title.lower() for name in kinds)
        raise Refused(f"{KINDS[kind].title} does not fit here. What does: {allowed}.")
    point = read_text(line, kind, today)._replace(felt=felt)
    return point, echo(point, today)


def read_text(line: str, kind: str, today: date) -> PointText:
    """A line as a point of `kind`, whatever it begins with: its text, detail, link and day."""
    link = ""
    if found := _LINK.search(line):
        link = found[0].rstrip(_ENDS)
        before, after = line[: found.start()].rstrip(), line[found.start() + len(link) :]
        gap = "" if after[:1] in _ENDS else " "
        line = f"{before}{gap}{after.lstrip()}" if before else after.lstrip(f" {_ENDS}")
    text, *rest = _DASH.split(f" {line} ", maxsplit=1)
    detail = rest[0] if rest else ""
    text, due_on = _day(text.strip(), kind, today)
    if due_on is None and detail:
        detail, due_on = _day(f" {detail.strip()}", kind, today)
    if not text.strip() and link:
        text = link[: fields.POINT["text"].limit]
    if not text.strip():
        raise Refused(f"The line is empty. {hint(kind)}")
    return PointText(
        kind,
        clean(text, fields.POINT["text"]),
        clean(detail, fields.POINT["detail"]),
        clean(link, fields.POINT["link"]),
        due_on,
    )


def echo(point: PointText, today: date) -> str:
    """A point said back: its kind and text, and on a second line what else was understood."""
    remark = {"concern": " (sensed)", "asked": " (a weak answer)", "question": " (yours to ask)"}
    title = KINDS[point.kind].title + (remark.get(point.kind, "") if point.felt else "")
    more = []
    if point.detail:
        more.append(f"{detail_word(point.kind)}: {point.detail}")
    if point.due_on is not None:
        lead = "by" if point.kind in PROMISES else "of"
        more.append(f"{lead} {echo_day(point.due_on, today)}")
    elif point.kind in PROMISES:
        more.append("no date yet")
    if point.link:
        more.append(point.link)
    return f"{title}: {point.text}" + (f"\n{' · '.join(more)}" if more else "")


def read_day(text: str, kind: str, today: date) -> date:
    """The day that belongs to a point of `kind`: by when a promise is due, else of which day it is.

    Raises Refused for what is no day, and for one on the wrong side of today.
    """
    if kind in PROMISES:
        return parse_window(text, today)
    return parse_day(text, today, past=True)


def _day(text: str, kind: str, today: date) -> tuple[str, date | None]:
    """`text` without the day at its end, and that day, for kinds that have one."""
    form = _BY if kind in PROMISES else _OF if kind in NEWS else None
    # The last “by” that is followed by a day: nothing longer than a day can be one.
    start = max(0, len(text) - LONGEST_DAY - 8)
    while form is not None and (found := form.search(text, start)):
        words = found[1].strip().rstrip(".")
        try:
            return text[: found.start()], read_day(words, kind, today)
        except Refused:
            start = found.start() + 1
    return text, None
