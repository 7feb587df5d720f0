"""What the panel says of the last interview, for the next one: concerns, what went well, people."""

from collections.abc import Mapping
from datetime import date

from store.advice.carry_over import Carried, Concern, also_words
from store.model.dossier import Dossier
from store.rules.points import LANDED
from tui.board.panel.lines import LINES, WHEN, PanelText
from tui.widgets.cells import wrap

_PAGE = "v: see all"
_CONCERNS = 2
_DAYS_TOLD = 100
_KINDS = ("concern", *LANDED, "news", "project", "my_promise")
"""The kinds that this section shows."""


def add_carried(
    text: PanelText, dossier: Dossier, carried: Carried, *, held: bool, today: date
) -> None:
    """The section about the last interview.

    Where none was `held` and none is ahead, it says only what still matters.
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
