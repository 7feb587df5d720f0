"""An offer as the lines of a list: pure functions from what is known to words."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from store.advice.tips import known_items
from store.model.dossier import Dossier, Due, OfferEntry, PointEntry
from store.rules.dates import echo_day, is_late
from store.rules.followups.actions import LEAVING, TELLING
from store.rules.lists import Item, offer_items
from store.rules.points import KINDS
from store.rules.stages import Outcome, stage_name
from store.rules.urgency import Level, due_level
from tui.pages.page import ListPart
from tui.widgets.cells import bar
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone
from tui.wording import OFFER_LABELS, follow_up_line, offer_words, week_left


class OfferLine(NamedTuple):
    """One line: what it stands for, and how it reads.

    `ident` stays the same however the list changes. `kind` is the kind of point that is added
    here; `due` is the follow-up that the line is about, of another card where `other` is true.
    """

    ident: str
    label: str
    text: str
    box: bool | None = None
    """Whether its box is ticked; None for a line without one."""
    tone: Tone | Level = Tone.TEXT
    kind: str = ""
    fact: str = ""
    item: str = ""
    point: PointEntry | None = None
    due: Due | None = None
    other: bool = False
    detail: tuple[Paragraph, ...] = ()


OfferPart = ListPart[OfferLine]


def offer_parts(dossier: Dossier, others: Sequence[Due], now: datetime) -> tuple[OfferPart, ...]:
    """The whole page of an application with an offer, `others` being follow-ups of other cards."""
    telling = [due for due in others if due.action == TELLING]
    leaving = [due for due in others if due.action in LEAVING]
    known, missing = _facts(dossier, now)
    return (
        *_others("Withdraw elsewhere", leaving, now),
        OfferPart("Offer", "", known),
        *_others("Tell others your deadline", telling, now),
        _points(dossier, "component", "Package"),
        _points(dossier, "condition", "Conditions"),
        _points(dossier, "counter", "What you are asking for"),
        *((OfferPart("Not yet", len(missing), missing),) if missing else ()),
        _checklist(dossier),
    )


def pay_of(dossier: Dossier) -> str:
    """What the offer pays, as far as a part of it says so; else the salary on the card."""
    for point in dossier.points:
        words = point.text.casefold()
        if point.kind == "component" and any(word in words for word in ("pay", "salary", "base")):
            return point.detail or point.text
    return dossier.card.salary


def _facts(dossier: Dossier, now: datetime) -> tuple[tuple[OfferLine, ...], tuple[OfferLine, ...]]:
    """What is known or to be done, the deadline first; and what has no day yet."""
    lines = sorted(_fact_lines(dossier, now), key=lambda line: _FIRST.get(line.fact, len(_FIRST)))
    missing = tuple(line._replace(text=_LATER[line.fact]) for line in lines if not line.text)
    return tuple(line for line in lines if line.text), missing


_FIRST = {"end": 0, "deadline": 1}
"""What the page begins with: all else about an offer depends on them."""
_LATER = {
    "received": "date the offer came",
    "thanked": "soon, without saying yes yet",
    "letter": "title, pay, first day and a signature",
    "asked": "date you asked for the deadline",
    "time": "if you need longer to decide",
    "counter": "date you sent it",
    "check": "date they call your references",
    "signed": "once both have signed; do not resign before that",
    "starts": "your first day at work",
}
"""What belongs where no day is known yet."""


def _fact_lines(dossier: Dossier, now: datetime) -> Iterator[OfferLine]:
    offer, today = dossier.offer, now.date()
    assert offer is not None
    card = dossier.card
    if card.outcome is not None:
        on = f" {echo_day(card.closed_on, today)}" if card.closed_on else ""
        level = Level.SOON if card.outcome is Outcome.ACCEPTED else Tone.MUTED
        title = card.outcome.title
        yield OfferLine("fact:end", "Ended", f"{title}{on}", tone=level, fact="end")
    words = offer_words(dossier, now)
    came = words["received"] if offer.kind else f"{words['received']} · verbal or written?"
    yield _fact_line("received", came, "The date, and whether it was verbal or written.")
    yield _day_line("thanked", offer.acknowledged_on, dossier, now, ("acknowledge",))
    yield _day_line("letter", offer.letter_on, dossier, now, ("ask_letter",))
    yield _deadline_line(dossier, offer, words["deadline"], now)
    if offer.deadline_on is None or offer.deadline_asked_on is not None:
        yield _day_line("asked", offer.deadline_asked_on, dossier, now, ())
    yield _fact_line(
        "time",
        words["time"],
        "“asked today”; once they agree, “until 4 dec” moves the deadline.",
        due=_open(dossier, ("more_time",)),
    )
    yield _fact_line(
        "counter",
        words["counter"],
        "The date you sent it; the points are listed below.",
        due=_open(dossier, ("ask_counter",)),
    )
    yield _fact_line("check", words["check"], "The date of the reference check.")
    yield _day_line("signed", offer.signed_on, dossier, now, ())
    yield _fact_line("starts", words["starts"], "Your first day at work.")


def _deadline_line(dossier: Dossier, offer: OfferEntry, words: str, now: datetime) -> OfferLine:
    due = _open(dossier, ("decide", "ask_deadline", "decide_soft"))
    if offer.deadline_on is None:
        words = "none given yet: ask for one"
        return _fact_line("deadline", words, _BY_WHEN, tone=Level.ASK, due=due)
    level = min(due_level(offer.deadline_on, offer.deadline_at, now), Level.SOON)
    over = is_late(offer.deadline_on, offer.deadline_at, now)
    if dossier.card.outcome is not None or offer.signed_on is not None or over:
        level = Level.IDLE
    else:
        ends = offer.deadline_at or datetime.combine(offer.deadline_on, time.max, now.tzinfo)
        words = f"{words}  {''.join(bar(week_left(ends, now), _BAR))}"
    return _fact_line("deadline", words, _BY_WHEN, tone=level, due=due)


_BY_WHEN = "The deadline for your answer, such as “fri 17:00”."
_BAR = 14


_OF_THE_LETTER = " for the written offer"
"""What the label of its line says already."""
_WHY = {
    "thanked": "Thank them soon, without accepting yet. Press w to write the message.",
    "letter": "Ask for it in writing: title, pay, start date and a signature make it an offer.",
    "signed": "When both have signed. Do not resign before that.",
    "asked": "The date you asked for the deadline.",
}


def _day_line(
    fact: str,
    day: date | None,
    dossier: Dossier,
    now: datetime,
    actions: Sequence[str],
) -> OfferLine:
    """A line with a box: something that is done on a day."""
    due = _open(dossier, actions)
    text, tone = echo_day(day, now.date()) if day is not None else "", Tone.TEXT
    level: Tone | Level = tone
    if day is None and due is not None:
        text = follow_up_line(due, now, brief=True).removesuffix(_OF_THE_LETTER)
        level = due.level(now)
    return _fact_line(fact, text, _WHY[fact], box=day is not None, tone=level, due=due)


def _fact_line(
    fact: str,
    text: str,
    hint: str,
    *,
    box: bool | None = None,
    tone: Tone | Level = Tone.TEXT,
    due: Due | None = None,
) -> OfferLine:
    keys = [("space", "Today")] if box is False else []
    keys.append(("enter", "Edit" if text and box is not False else "Set the date"))
    why = [Paragraph(due.reason, Tone.MUTED)] if due is not None and due.reason else []
    return OfferLine(
        f"fact:{fact}",
        OFFER_LABELS[fact],
        text,
        box,
        tone if text else Tone.MUTED,
        fact=fact,
        due=due,
        detail=(Paragraph(hint), *why, Paragraph(keys=tuple(keys))),
    )


def _points(dossier: Dossier, kind: str, title: str) -> OfferPart:
    found = [point for point in dossier.points if point.kind == kind]
    lines = [_point_line(point) for point in found]
    if not found:
        lines = [OfferLine(f"add:{kind}", "", _EXAMPLES[kind], tone=Tone.MUTED, kind=kind)]
    return OfferPart(title, len(found), tuple(lines))


_EXAMPLES = {
    "component": "Press a to add an item: pay, bonus, leave, location",
    "condition": "Press a to add a condition: references, a check",
    "counter": "Press a to add a point: “pay 120k -- market rate”",
}


def _point_line(point: PointEntry) -> OfferLine:
    box = point.state == "done" if point.kind in ("condition", "counter") else None
    short = len(point.text) <= _LABEL_AT_MOST and bool(point.detail)
    detail = " ".join(point.detail.split())
    label, text = (point.text, detail) if short else ("", point.text)
    if detail and not short:
        text = f"{text} · {detail}"
    ticks = {"condition": (("space", "Cleared"),), "counter": (("space", "Agreed"),)}
    more = tuple(Paragraph(words, Tone.MUTED) for words in (point.detail, point.link) if words)
    return OfferLine(
        f"point:{point.id}",
        label,
        text,
        box,
        Tone.MUTED if box else Tone.TEXT,
        kind=point.kind,
        point=point,
        detail=(
            Paragraph(f"{KINDS[point.kind].title}: {point.text}", Tone.STRONG),
            *more,
            Paragraph(keys=(*ticks.get(point.kind, ()), *_POINT_KEYS)),
        ),
    )


_POINT_KEYS = (("enter", "Edit"), ("D", "Remove"), ("a", "Add another"))
_LABEL_AT_MOST = 16
"""Longer names stand in the wide column."""


def _others(title: str, dues: Sequence[Due], now: datetime) -> Iterator[OfferPart]:
    """The other cards that a follow-up asks to tell of the offer, or to withdraw."""
    if dues:
        lines = tuple(_other_line(due, now) for due in dues)
        yield OfferPart(title, len(lines), lines, Tone.ACCENT)


def _other_line(due: Due, now: datetime) -> OfferLine:
    left = due.short_countdown(now)
    done = "Told them"
    if due.action in LEAVING:
        done = f"{'Declined' if due.action == 'decline' else 'Withdrawn'}: the card closes"
    return OfferLine(
        f"other:{due.id}",
        due.company,
        f"{left} · {due.role} · {stage_name(due.stage)}",
        False,
        due.level(now),
        due=due,
        other=True,
        detail=(
            Paragraph(f"{due.company}: {due.label}", Tone.STRONG),
            Paragraph(due.reason, Tone.MUTED),
            Paragraph(keys=(("space", done), ("w", "Write"), ("Z", "Skip"))),
        ),
    )


def _checklist(dossier: Dossier) -> OfferPart:
    known, ticked = known_items(dossier), dossier.ticked
    items = offer_items()
    done = sum(item.id in known or item.id in ticked for item in items)
    lines: list[OfferLine] = []
    group = ""
    for item in items:
        label = item.group if item.group != group else ""
        group = item.group
        lines.append(_item_line(item, label, item.id in known, item.id in ticked))
    return OfferPart("Checklist", f"{done} of {len(items)}", tuple(lines))


def _item_line(item: Item, label: str, known: bool, ticked: bool) -> OfferLine:
    how = Paragraph("This is ticked automatically from the lines above.", Tone.MUTED)
    if not known:
        how = Paragraph(keys=(("space", "Tick"),))
    return OfferLine(
        f"item:{item.id}",
        label,
        item.text,
        known or ticked,
        Tone.MUTED if known or ticked else Tone.TEXT,
        item="" if known else item.id,
        detail=(Paragraph(f"{item.group}: {item.text}"), how),
    )


def _open(dossier: Dossier, actions: Sequence[str]) -> Due | None:
    for entry in dossier.follow_ups:
        if entry.state == "open" and entry.due.action in actions:
            return entry.due
    return None
