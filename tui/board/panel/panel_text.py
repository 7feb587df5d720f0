"""What the side panel says about a card, line by line: a pure function."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.advice.carried import Carried, Concern, also_words
from store.model.dossier import Card, Dossier, Due, InterviewEntry
from store.rules.dates import is_late, short_countdown, short_day
from store.rules.employers import before_brief
from store.rules.followups.actions import THANKS, action_of
from store.rules.followups.shorter import shorter
from store.rules.points import LANDED
from store.rules.stages import Stage
from store.rules.text import capital, ended
from store.rules.urgency import DECIDE, Level, deadline_level
from tui.styles.themes import Inks
from tui.widgets.cells import BOX, TICKED, bar, cell_len, clip, fit, wrap
from tui.widgets.drawn import Part
from tui.wording import (
    PROPOSED,
    abroad,
    deadline_day,
    follow_up_words,
    format_titles,
    how_far,
    span,
    standing,
    state,
    week_left,
)

if TYPE_CHECKING:
    from store.rules.tips.tips import TipLine

WHEN = 10
"""Cells of the countdown column; `short_countdown` never takes more."""

FRAME = 2
"""Cells that the frame takes from width and height."""

LINES = 2
"""Lines of a text: it is wrapped once at most."""

BAR = 16
"""Cells of the bar that empties towards a moment."""
_BAR_AT_LEAST = 6


class PanelLine(NamedTuple):
    """One line, and the tip that it belongs to, if any."""

    strip: Strip
    tip: str | None = None
    first: bool = False
    """Whether it is to be seen without scrolling, wherever there is room for it."""
    heading: bool = False
    """Whether it is the name of a section, which does not stand there alone."""
    rest: bool = False
    """Whether it tells how to come to the tips that are not shown."""


MARK = "▌"
"""Before the lines of the tip under the cursor, as before a row of a list."""


@lru_cache(maxsize=2048)
def _strip(
    parts: tuple[Part, ...], width: int, inks: Inks, frame: Style, *, marked: bool = False
) -> Strip:
    """A line with a blank cell at each side, the first one marked, in its frame. The same words
    are drawn once."""
    room = width - 2
    mark = Segment(MARK, inks.accent) if marked else Segment(" ", inks.ground)
    segments = [Segment("│", frame), mark]
    for text, style in parts:
        text = clip(text, room)
        room -= cell_len(text)
        if text:
            segments.append(Segment(text, style))
    segments += [Segment(" " * (room + 1), inks.ground), Segment("│", frame)]
    return Strip(segments, width + FRAME)


class PanelText:
    """Collects the lines of the panel, each with room for `width` cells in its frame.

    A `dense` one has no empty lines between its sections; a `brief` one shortens them.
    """

    def __init__(
        self, width: int, inks: Inks, frame: Style, *, dense: bool = False, brief: bool = False
    ) -> None:
        self.width = width
        self.inks = inks
        self.frame = frame
        self.dense = dense
        self.brief = brief
        self.lines: list[PanelLine] = []
        self.first = False
        """Whether the lines added now are to be seen without scrolling."""

    def add(
        self,
        *parts: Part,
        tip: str | None = None,
        marked: bool = False,
        heading: bool = False,
        rest: bool = False,
    ) -> None:
        """One line of parts, with a blank cell at each side."""
        strip = _strip(parts, self.width, self.inks, self.frame, marked=marked)
        self.lines.append(PanelLine(strip, tip, self.first, heading, rest))

    def gap(self) -> None:
        """An empty line before a section, unless dense."""
        if not self.dense:
            self.add()

    def heading(self, text: str, more: str = "") -> None:
        """The name of a section, with a gap before it."""
        self.gap()
        more = f"  {more}" if more else ""
        self.add((text, self.inks.title), (more, self.inks.muted), heading=True)

    def apart(self, left: Part, right: Part) -> None:
        """Words at both ends of a line; those at the left give way."""
        room = max(0, self.width - 2 - cell_len(right[0]) - 1)
        self.add((fit(left[0], room), left[1]), (" ", self.inks.ground), right)

    def bar(self, share: float, style: Style, words: str, words_style: Style) -> None:
        """A bar of which `share` (0 to 1) is still full, and words beside it: it gives way."""
        beside = "  " + words if words else ""
        room = self.width - 2 - cell_len(beside)
        full, empty = bar(share, max(_BAR_AT_LEAST, min(BAR, room)))
        self.add((full, style), (empty, self.inks.muted), (beside, words_style))

    def paragraph(self, text: str, style: Style, indent: int = 0, at_most: int = 1_000) -> None:
        """A text over as many lines as it takes."""
        for line in wrap(text, self.width - 2 - indent, at_most):
            self.add((" " * indent, self.inks.ground), (line, style))

    def items(self, text: str, style: Style, at_most: int = 1_000) -> None:
        """Items with dots between them; a line ends between two rather than within one."""
        for line in item_lines(text, self.width - 2)[:at_most]:
            self.add((line, style))

    def has_room(self, text: str) -> bool:
        """Whether a text has to be wrapped once at most."""
        return len(wrap(text, self.width - 2)) <= LINES

    def entry(
        self, when: str, when_style: Style, what: str, style: Style, at_most: int = LINES
    ) -> None:
        """A countdown or a word, and beside it what it is about, over `at_most` lines."""
        first, *rest = wrap(what, self.width - 2 - WHEN - 1, at_most) or ("",)
        self.add((fit(when, WHEN + 1), when_style), (first, style))
        for line in rest:
            self.add((" " * (WHEN + 1), self.inks.ground), (line, style))


_BETWEEN = " · "


def item_lines(text: str, room: int) -> list[str]:
    """`text` in lines of `room` cells, broken at its dots where that can be."""
    lines: list[str] = []
    for item in text.split(_BETWEEN):
        longer = f"{lines[-1]}{_BETWEEN}{item}" if lines else ""
        if lines and cell_len(longer) <= room:
            lines[-1] = longer
        else:
            lines += wrap(item, room)
    return lines


_PAGE = "v: see all"
_CONCERNS = 2
_DAYS_TOLD = 100
_KINDS = ("concern", *LANDED, "news", "project", "my_promise")
"""The kinds that this section shows."""


def add_carried(
    text: PanelText, dossier: Dossier, carried: Carried, *, held: bool, today: date
) -> None:
    """The section about the last interview.

    Where none was `held` and none is ahead only what still matters is told of it.
    """
    said = _their_words(dossier.fields)
    _add_also(text, carried, today)
    if carried.ahead is None and not held:
        if said:
            text.heading("From last time")
            _add_said(text, said)
        return
    noted = [point for point in dossier.points if point.kind in _KINDS]
    if not (noted or said or carried.met):
        if carried.ahead is not None:
            text.heading("Preparation", _ready(carried))
            text.paragraph("stories, questions, news, interviewers", text.inks.muted, at_most=2)
        return
    text.heading("From last time", _ready(carried) if carried.ahead is not None else _PAGE)
    text.first = carried.ahead is not None
    _add_concerns(text, carried)
    text.first = False
    if carried.landed:
        at_most = 1 if text.brief or carried.ahead is None else 2
        landed = [point.text for point in carried.landed]
        shown = len(landed[:4])
        while True:
            more = f" (+{len(landed) - shown})" if len(landed) > shown else ""
            words = " · ".join(landed[:shown]) + more
            if shown == 1 or len(wrap(words, text.width - 2 - WHEN - 1)) <= at_most:
                break
            shown -= 1
        _add(text, "went well", words, at_most)
    if carried.ahead is not None:
        _add_met(text, carried)
        _add_news(text, carried)
    else:
        _add_promised(text, dossier)
    _add_said(text, said)


def _add_also(text: PanelText, carried: Carried, today: date) -> None:
    """The other applications there that are to be asked about in the interview."""
    if carried.also:
        text.heading("Also ask about")
        for one in carried.also[:2]:
            text.paragraph(also_words(one, today), text.inks.text, at_most=1)
        if len(carried.also) > 2:
            text.paragraph(f"and {len(carried.also) - 2} more", text.inks.muted, at_most=1)


def _ready(carried: Carried) -> str:
    asked = carried.to_rehearse
    done = sum(question.rehearsed for question in asked)
    return f"v · {done}/{len(asked)} rehearsed" if asked else _PAGE


def _add(text: PanelText, lead: str, words: str, at_most: int = 1) -> None:
    text.entry(lead, text.inks.muted, words, text.inks.text, at_most)


def _add_concerns(text: PanelText, carried: Carried) -> None:
    """The first open concerns, each with its plan and how many steps were taken."""
    concerns = carried.concerns
    if text.brief and len(concerns) > 1:
        _add(text, f"{len(concerns)} concerns", " · ".join(c.point.text for c in concerns[:4]))
        steps, plans = sum(len(c.steps) for c in concerns), sum(bool(c.plan) for c in concerns)
        words = f"{_steps(steps)}, {plans} planned"
        text.paragraph(words, text.inks.muted, indent=WHEN + 1, at_most=1)
        return
    for concern in concerns[:_CONCERNS]:
        _add(text, "concern", concern.point.text, at_most=1 if text.brief else 2)
        text.paragraph(_against(concern), text.inks.muted, indent=WHEN + 1, at_most=1)
    if len(concerns) > _CONCERNS:
        more = f"and {len(concerns) - _CONCERNS} more"
        text.paragraph(more, text.inks.muted, indent=WHEN + 1)


def _against(concern: Concern) -> str:
    """What is done about a concern: "2 steps · plan: the on-call rota"."""
    taken = _steps(len(concern.steps))
    plan = " ".join(concern.plan[:200].split())
    return f"{taken} · plan: {plan}" if plan else f"{taken}, no plan"


def _steps(count: int) -> str:
    return f"{count} step{'' if count == 1 else 's'}" if count else "nothing done yet"


def _add_met(text: PanelText, carried: Carried) -> None:
    """Who was met, with what there is in common; those who are met again first."""
    if not carried.met:
        return
    words = []
    for met in carried.met[:4]:
        first = met.contact.name.split(" ")[0]
        ground = " ".join(met.contact.common_ground[:80].split())
        words.append(f"{first} ({ground})" if ground else first)
    _add(text, "met", " · ".join(words), at_most=1 if text.brief else 2)


def _add_news(text: PanelText, carried: Carried) -> None:
    if carried.news:
        point, _, days = carried.news[0]
        age = f"{days} d" if days < _DAYS_TOLD else f"{days // 7} w"
        more = f" (+{len(carried.news) - 1})" if len(carried.news) > 1 else ""
        _add(text, f"news {age}", point.text + more, at_most=1 if text.brief else 2)


def _add_promised(text: PanelText, dossier: Dossier) -> None:
    mine = [p for p in dossier.points if p.kind == "my_promise" and p.state != "done"]
    for point in mine[:1]:
        _add(text, "promised", point.text)


def _their_words(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    named = (("next step", "next_step"), ("they said", "expected_text"))
    return [(label, fields[name]) for label, name in named if fields.get(name)]


def _add_said(text: PanelText, said: list[tuple[str, str]]) -> None:
    for label, words in said:
        _add(text, label, words, at_most=1 if text.brief else LINES)


_TIMELINE = 8
_NOTES = 3
_PAUSES = ("; ", ", ", " and ")
"""Where a sentence can end sooner; the last one within a list only."""
_QUOTE = re.compile("“[^”]*”")
"""What somebody wrote: it has no pauses of ours."""
_AS_NO_RESPONSE = " as no response"
_DECISION = "decide, and answer them"
"""The follow-up to answer an offer, whose deadline has a headline of its own."""
_DUES_WHEN_BRIEF = (3, 5)
"""How many follow-ups a low screen shows with an interview ahead, and without."""

__all__ = ["FRAME", "PanelLine", "in_room", "open_dues", "panel_lines"]


def panel_lines(
    card: Card,
    dossier: Dossier | None,
    now: datetime,
    width: int,
    inks: Inks,
    *,
    active: bool = False,
    tip: str | None = None,
    chances: str = "",
    tips: int | None = None,
    carried: Carried | None = None,
    dense: bool = False,
    brief: bool = False,
) -> tuple[PanelLine, ...]:
    """The lines about `card`, framed, each `width` cells wide without the frame.

    Args:
        dossier: all that is stored about it; None while it is being read.
        now: aware, in the user's zone.
        width: at least 12.
        active: whether the panel has the keys.
        tip: the tip under its cursor.
        chances: how applications fare from its stage, in one line; "" while not counted.
        tips: how many tips to show, those to do first; None for all of them.
        carried: what its interviews brought, where there is any to tell of.
        dense: without empty lines.
        brief: dense, and the longer sections shortened.
    """
    dense = dense or brief
    accent = inks.stages[card.stage]
    text = PanelText(width, inks, accent if active else inks.frame, dense=dense, brief=brief)
    today = now.date()
    text.paragraph(card.role, inks.strong, at_most=2)
    stands = standing(card, now, brief=True)
    if brief and cell_len(stands) > text.width - 2:
        stands = standing(card, now, brief=True, alone=True)
    if not brief or card.interview is None:
        _add_about(text, card, stands)
    else:
        text.items(stands, inks.muted)
    if card.interview is not None:
        _add_interview(text, card.interview, now)
    elif dossier is not None:
        _add_not_held(text, dossier, now)
    if card.deadline_on is not None:
        _add_deadline(text, card.deadline_on, card.deadline_at, now)
    _add_next(text, card, dossier, now)
    if dossier is not None:
        text.first = True
        _add_tips(text, dossier.tips, tip, tips)
        text.first = False
        if carried is not None:
            add_carried(text, dossier, carried, held=card.met, today=now.date())
        if there := before_brief(dossier.there, today, dossier.people_there, text.has_room):
            text.heading("Employer", "E: see all")
            text.paragraph(there, inks.text, at_most=LINES)
        if chances:
            leads_to, _, words = chances.partition(": ")
            text.heading("Chances", leads_to)
            text.items(words, inks.text, at_most=LINES)
        _add_notes(text, dossier)
        _add_timeline(text, dossier, today)
    return tuple(text.lines)


def _add_about(text: PanelText, card: Card, stands: str) -> None:
    """How it stands; where it is, what it pays, how it came; its tags. All is one text where how it
    stands takes more than a line."""
    muted = text.inks.muted
    parts = [part for part in (card.location, card.salary, card.source) if part]
    room = text.width - 2
    above = stands if len(item_lines(stands, room)) > 1 else ""
    at_most = 3 if above else 2 - text.brief
    if not above:
        text.items(stands, muted)

    def words() -> str:
        return _BETWEEN.join(filter(None, (above, *parts)))

    while len(parts) > 1 and len(item_lines(words(), room)) > at_most:
        parts.pop()
    tags = " ".join(f"#{tag}" for tag in card.tags)
    if tags and (parts or above):
        longer = _BETWEEN.join((words(), tags))
        if len(item_lines(longer, room)) == len(item_lines(words(), room)):
            parts.append(tags)
            tags = ""
    if parts or above:
        text.items(words(), muted, at_most=max(at_most, 2))
    if tags:
        text.paragraph(tags, muted, at_most=2)


def _add_interview(text: PanelText, meeting: InterviewEntry, now: datetime) -> None:
    """When it is, here and there, in which form, with whom, where."""
    inks = text.inks
    forms = ", ".join(format_titles(meeting.formats)).lower()
    if meeting.starts_at is None:
        text.heading("Invited", forms)
        asked = f"{short_day(meeting.invited_on, now.date())}, " if meeting.invited_on else ""
        text.paragraph(f"{asked}no time yet; press i to add it", inks.text)
        return
    text.gap()
    soon = inks.levels[Level.SOON]
    left = how_far(meeting, now)
    text.apart((f"■ {span(meeting, now)}", soon), (left, soon))
    called, named = (
        " · ".join(word for word in (words, forms) if word)
        for words in (meeting.called, f"{meeting.called} interview")
    )
    if meeting.called and cell_len(named) + _BAR_AT_LEAST + 2 <= text.width - 2:
        called = named
    text.bar(week_left(meeting.starts_at, now), soon, called, inks.text)
    if state(meeting, now) == "proposed":
        text.paragraph(PROPOSED, soon)
    there = abroad(meeting, now)
    if there:
        text.paragraph(there, inks.muted)
    if meeting.people:
        text.paragraph(f"with {meeting.people}", inks.text, at_most=2)
    today = meeting.starts_at.astimezone(now.tzinfo).date() == now.date()
    if meeting.place and (today or not (text.brief and there)):
        text.paragraph(meeting.place, inks.muted, at_most=2)


def _add_not_held(text: PanelText, dossier: Dossier, now: datetime) -> None:
    """The last interview, where it did not take place: it has to be agreed on anew."""
    agreed = [meeting for meeting in dossier.interviews if meeting.status == "confirmed"]
    if agreed and state(agreed[-1], now) == "not held":
        text.heading(f"{capital(agreed[-1].called)} interview")
        text.paragraph(f"{span(agreed[-1], now)}: not held", text.inks.text)


def _add_next(text: PanelText, card: Card, dossier: Dossier | None, now: datetime) -> None:
    """What is to be done by date, each with its countdown and its reason.

    What comes after the interview that is ahead is only counted, and a reason that stands in a
    headline above is not said again.
    """
    dues: tuple[Due, ...] = (card.follow_up,) if card.follow_up is not None else ()
    if dossier is not None:
        dues = open_dues(dossier)
    shown, more = _pick_dues(dues, card, now, brief=text.brief)
    inks = text.inks
    if text.brief and more:
        text.gap()
        text.apart(("Next", inks.title), (f"then {more}", inks.muted))
    else:
        text.heading("Next")
    said = _headlines(card, now)
    decides = card.expected_by if card.stage is not Stage.OFFER else None
    for due in shown:
        if decides is not None and now.date() <= decides < _day_of(due, now):
            _add_decision(text, decides, now)
            said.append(f"they said by {short_day(decides, now.date())}")
            decides = None
        label = follow_up_words(due, brief=True)
        if due.action == DECIDE and card.deadline_on is not None:
            label = _DECISION
        room = text.width - 2 - WHEN - 1
        if text.brief and cell_len(label) > room:
            label = action_of(due.action, due.rule).words or label
        elif len(wrap(label, room)) > LINES:
            label = shorter(label) or label
        lines = 1 if due.action == THANKS else LINES
        text.entry(due.short_countdown(now), inks.levels[due.level(now)], label, inks.text, lines)
        known = any(words in due.reason for words in said)
        if not known and not (text.brief and (len(said) > 1 or card.interview)):
            said.append(due.reason)
            at_most = 1 if text.brief else LINES
            reason = "\n".join(_in_lines(due.reason, room, at_most))
            text.paragraph(reason, inks.muted, indent=WHEN + 1)
    if decides is not None:
        _add_decision(text, decides, now)
    if more and not text.brief:
        text.entry("then", inks.muted, more, inks.muted)
    ahead = (card.expected_by or card.deadline_on) is not None
    waiting = "" if dues else card.waits_for(now.date())
    if waiting:
        text.paragraph(f"Nothing to do: {waiting}.", inks.muted)
    elif not dues and not ahead:
        _add_nothing(text, card, now.date())


def _headlines(card: Card, now: datetime) -> list[str]:
    """The moments that stand above the list, as a reason would name them."""
    moments = []
    if card.interview is not None and card.interview.starts_at is not None:
        moments.append(span(card.interview, now).partition("–")[0])
    if card.deadline_on is not None:
        moments.append(deadline_day(card.deadline_on, card.deadline_at, now))
    return moments


def _day_of(due: Due, now: datetime) -> date:
    """The day to which its countdown runs."""
    day, at = due.countdown_target(now)
    return day if at is None else at.astimezone(now.tzinfo).date()


def _add_decision(text: PanelText, expected_by: date, now: datetime) -> None:
    """By when they decide, or wanted to: once that day is over it is a fact, and nothing late."""
    muted, day = text.inks.muted, short_day(expected_by, now.date())
    if is_late(expected_by, None, now):
        text.entry("", muted, f"they decided by {day}", muted)
    else:
        when = short_countdown(expected_by, None, now)
        text.entry(when, muted, f"they decide by {day}", muted)


def _add_deadline(text: PanelText, on: date, at: datetime | None, now: datetime) -> None:
    """By when the offer wants an answer, like the moment of an interview; or wanted one."""
    inks, day = text.inks, deadline_day(on, at, now)
    text.gap()
    if is_late(on, at, now):
        text.paragraph(f"◆ your answer was due {day}", inks.muted)
        return
    until = at or datetime.combine(on + timedelta(days=1), time(), now.tzinfo)
    style = inks.levels[min(deadline_level(on, at, now), Level.SOON)]
    text.apart((f"◆ {day}", style), (short_countdown(on, at, now), style))
    text.bar(week_left(until, now), style, "answer their offer", inks.text)


def _pick_dues(
    dues: Sequence[Due], card: Card, now: datetime, *, brief: bool
) -> tuple[tuple[Due, ...], str]:
    """The follow-ups to show, by date, and a word about the others."""
    asked = (due for due in dues if due.interview_id is not None or not due.waits(now))
    ordered = tuple(sorted(asked, key=lambda due: due.by_date(now)))
    ends = card.interview.ends_at if card.interview is not None else None
    shown, word, room = ordered, "more", _DUES_WHEN_BRIEF[card.interview is None]
    if ends is not None:
        day = ends.astimezone(now.tzinfo).date()
        shown = tuple(due for due in ordered if not due.waits(now) and _before(due, ends, day))
        word = "after the interview" if len(shown) <= room or not brief else word
    if brief:
        shown = shown[:room]
    left = len(ordered) - len(shown)
    return shown, f"{left} {word}" if left else ""


def _before(due: Due, ends: datetime, day: date) -> bool:
    """Whether it is to be done before an interview that `ends` on that day."""
    return due.due_at < ends if due.due_at is not None else due.due_on <= day


def _add_nothing(text: PanelText, card: Card, today: date) -> None:
    inks = text.inks
    closing = card.close_suggested_on
    if closing is not None and closing <= today:
        text.paragraph("No reply for weeks; it may be over. Press x to close it.", inks.muted)
    elif card.is_quiet(today):
        words = f"Nothing: {card.ending(today)}."
        if not text.has_room(words):
            words = ended(capital(card.ending(today).removesuffix(_AS_NO_RESPONSE)))
        text.paragraph(words, inks.muted)
    else:
        text.paragraph("Nothing planned. Press f to add a reminder.", inks.muted)


def _add_tips(
    text: PanelText, tips: "Sequence[TipLine]", chosen: str | None, at_most: int | None
) -> None:
    """The tips of the stage with their boxes; the one under the cursor tells why.

    With `at_most` those that are to be done first, and how to come to all of them.
    """
    if not tips:
        return
    boxes = [tip for tip in tips if tip.tickable]
    inks = text.inks
    ticked = sum(tip.ticked for tip in boxes)
    done, others = f"{ticked} of {len(boxes)} ticked" if boxes else "", "tab: all tips"
    beside = (done, others) if text.brief and at_most is not None else (done,)
    text.heading("Tips", " · ".join(filter(None, beside)))
    shown = tips if at_most is None else _first_of(tips, at_most)
    later = False
    for tip in shown:
        if not tip.now and not later and at_most is None:
            later = True
            text.add(("later", inks.muted))
        box = f"{(TICKED if tip.ticked else BOX) if tip.tickable else ' '} "
        style = inks.muted if tip.ticked else inks.text
        here = tip.id == chosen
        if here:
            style = inks.accent
        room = text.width - 2 - len(box)
        words = wrap(tip.text, room) if here else _in_lines(tip.text, room, LINES)
        for number, line in enumerate(words):
            lead = box if number == 0 else " " * len(box)
            text.add(
                (lead, inks.accent if here else inks.muted), (line, style), tip=tip.id, marked=here
            )
        if here and tip.why:
            for line in wrap(tip.why, text.width - 2 - len(box), 6):
                lead = " " * len(box)
                text.add((lead, inks.ground), (line, inks.muted), tip=tip.id, marked=True)
    if at_most is not None and not text.brief:
        text.add((f"  {others}", inks.muted), rest=True)


def in_room(
    lines: tuple[PanelLine, ...], room: int, least: int, total: int
) -> tuple[PanelLine, ...]:
    """`lines` without the last of the tips beyond the first `least`, as far as there are more lines
    than `room`; and without a word about the others where all of the `total` are there."""
    shown = list(dict.fromkeys(line.tip for line in lines if line.tip is not None))
    if len(shown) >= total:
        alone = tuple(line for line in lines if not line.rest)
        if len(alone) <= room or total <= least:
            return alone
    over = len(lines) - room
    dropped: set[str] = set()
    for tip in reversed(shown[least:]):
        if over <= 0:
            break
        dropped.add(tip)
        over -= sum(line.tip == tip for line in lines)
    return tuple(line for line in lines if line.tip not in dropped) if dropped else lines


def _in_lines(words: str, width: int, at_most: int) -> tuple[str, ...]:
    """The words over `at_most` lines; what does not fit goes at a pause, where there is one."""
    kept = words
    while len(wrap(kept, width)) > at_most:
        kept = _without_tail(kept)
        if not kept:
            return wrap(words, width, at_most)
    return wrap(kept, width)


def _without_tail(words: str) -> str:
    """The words up to their last pause; of what stands behind a colon the first part as long as
    there is another. "" where there is no pause."""
    plain = _QUOTE.sub(lambda found: "x" * len(found[0]), words)
    head, colon, tail = plain.rpartition(": ")
    at = max(map(tail.rfind, _PAUSES if colon else _PAUSES[:2]))
    kept = len(head + colon) + at if at > 0 else len(head)
    return words[:kept].rstrip(" ,;")


def _first_of(tips: "Sequence[TipLine]", count: int) -> "tuple[TipLine, ...]":
    """The first `count` tips to do: open ones for now, then open ones for later, then what has no
    box, and what is done."""
    order = sorted(tips, key=lambda tip: (tip.ticked, not tip.tickable, not tip.now))
    return tuple(order[:count])


def _add_notes(text: PanelText, dossier: Dossier) -> None:
    if not dossier.notes:
        return
    text.heading("Notes", str(len(dossier.notes)))
    for note in dossier.notes[:_NOTES]:
        text.paragraph(note.text, text.inks.text, at_most=LINES)


def _add_timeline(text: PanelText, dossier: Dossier, today: date) -> None:
    if not dossier.timeline:
        return
    text.heading("Timeline")
    for entry in sorted(dossier.timeline, key=lambda e: (e.happened_on, e.change_id))[::-1][
        :_TIMELINE
    ]:
        day = fit(short_day(entry.happened_on, today)[4:], WHEN + 1)
        text.entry(day, text.inks.muted, entry.told, text.inks.muted, 2)


def open_dues(dossier: Dossier) -> tuple[Due, ...]:
    """The follow-ups of the dossier that are open, in its order."""
    return tuple(entry.due for entry in dossier.follow_ups if entry.state == "open")
