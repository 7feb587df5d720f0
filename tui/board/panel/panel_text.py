"""What the side panel says about a card, line by line: a pure function."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from store.advice.carry_over import Carried
from store.model.dossier import Card, Dossier, Due, InterviewEntry
from store.rules.dates import is_late, short_countdown, short_day
from store.rules.employers import before_brief
from store.rules.followups.actions import THANKS, action_of
from store.rules.followups.shorter import shorter
from store.rules.stages import Stage
from store.rules.text import as_sentence, capital
from store.rules.urgency import DECIDE, Level, deadline_level
from tui.board.panel.last_time import add_carried
from tui.board.panel.lines import (
    BAR_AT_LEAST,
    BETWEEN,
    LINES,
    WHEN,
    PanelLine,
    PanelText,
    in_lines,
    item_lines,
)
from tui.styles.themes import Inks
from tui.widgets.cells import BOX, TICKED, cell_len, fit, wrap
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
_TIMELINE = 8
_NOTES = 3
_AS_NO_RESPONSE = " as no response"
_DECISION = "decide, and answer them"
"""The follow-up to answer an offer, whose deadline has a headline of its own."""
_DUES_WHEN_BRIEF = (3, 5)
"""How many follow-ups a low screen shows with an interview ahead, and without."""


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
    """The standing; location, pay and source; the tags. Where the standing takes more than a line
    the first two are one text."""
    muted = text.inks.muted
    parts = [part for part in (card.location, card.salary, card.source) if part]
    room = text.width - 2
    above = stands if len(item_lines(stands, room)) > 1 else ""
    at_most = 3 if above else 2 - text.brief
    if not above:
        text.items(stands, muted)

    def words() -> str:
        return BETWEEN.join(filter(None, (above, *parts)))

    while len(parts) > 1 and len(item_lines(words(), room)) > at_most:
        parts.pop()
    tags = " ".join(f"#{tag}" for tag in card.tags)
    if tags and (parts or above):
        longer = BETWEEN.join((words(), tags))
        if len(item_lines(longer, room)) == len(item_lines(words(), room)):
            parts.append(tags)
            tags = ""
    if parts or above:
        text.items(words(), muted, at_most=max(at_most, 2))
    if tags:
        text.paragraph(tags, muted, at_most=2)


def _add_interview(text: PanelText, interview: InterviewEntry, now: datetime) -> None:
    """When it is, here and there, in which form, with whom, where."""
    inks = text.inks
    forms = ", ".join(format_titles(interview.formats)).lower()
    if interview.starts_at is None:
        text.heading("Invited", forms)
        asked = f"{short_day(interview.invited_on, now.date())}, " if interview.invited_on else ""
        text.paragraph(f"{asked}no time yet; press i to add it", inks.text)
        return
    text.gap()
    soon = inks.levels[Level.SOON]
    left = how_far(interview, now)
    text.apart((f"■ {span(interview, now)}", soon), (left, soon))
    called, named = (
        " · ".join(word for word in (words, forms) if word)
        for words in (interview.called, f"{interview.called} interview")
    )
    if interview.called and cell_len(named) + BAR_AT_LEAST + 2 <= text.width - 2:
        called = named
    text.bar(week_left(interview.starts_at, now), soon, called, inks.text)
    if state(interview, now) == "proposed":
        text.paragraph(PROPOSED, soon)
    there = abroad(interview, now)
    if there:
        text.paragraph(there, inks.muted)
    if interview.people:
        text.paragraph(f"with {interview.people}", inks.text, at_most=2)
    today = interview.starts_at.astimezone(now.tzinfo).date() == now.date()
    if interview.place and (today or not (text.brief and there)):
        text.paragraph(interview.place, inks.muted, at_most=2)


def _add_not_held(text: PanelText, dossier: Dossier, now: datetime) -> None:
    """The last interview, where it did not take place: it has to be agreed on anew."""
    agreed = [interview for interview in dossier.interviews if interview.status == "confirmed"]
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
            reason = "\n".join(in_lines(due.reason, room, at_most))
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
            words = as_sentence(capital(card.ending(today).removesuffix(_AS_NO_RESPONSE)))
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
        words = wrap(tip.text, room) if here else in_lines(tip.text, room, LINES)
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
    """Drops the last tips, but never the first `least`, until the lines fit into `room`; and the
    word about more tips where all `total` of them are shown."""
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
